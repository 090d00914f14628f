#include "cmd/signals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void
note(int signal_number)
{
	caught = signal_number;
}

void
signals_catch(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct sigaction before;
		struct sigaction action = { .sa_handler = note,
			                    .sa_flags = (int)SA_RESETHAND };

		sigemptyset(&action.sa_mask);
		/* What was ignored stays ignored: nohup, background jobs. */
		if (sigaction(numbers[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			(void)sigaction(numbers[i], &action, NULL);
	}
}

bool
signals_stop(void *context)
{
	(void)context;
	return caught != 0;
}

void
signals_end(void)
{
	if (caught == 0)
		return;
	(void)signal(caught, SIG_DFL);
	(void)raise(caught);
}
