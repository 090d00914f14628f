#include "core/base/error.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/*
 * Error texts quote what strangers wrote, and end up on terminals and in logs: no control
 * bytes, and no sequence cut in half at the end of the array.
 */
static void
make_printable(char *text, size_t size)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = '?';

	if (n + 1 < size)
		return;
	while (n > 0 && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		text[--n] = '\0';
	if (n > 0 && (unsigned char)text[n - 1] >= 0xc0)
		text[n - 1] = '\0';
}

RP_PRINTF(3, 0)
static void
print_text(struct rp_error *err, enum rp_status status, const char *format, va_list args)
{
	char text[sizeof(err->text)];

	/* What is said may be about what *err says already. */
	(void)vsnprintf(text, sizeof(text), format, args);
	make_printable(text, sizeof(text));
	memcpy(err->text, text, sizeof(text));
	err->status = status;
	err->retry_at = 0;
}

enum rp_status
rp_fail(struct rp_error *err, enum rp_status status, const char *format, ...)
{
	va_list args;

	if (err == NULL)
		return status;
	va_start(args, format);
	print_text(err, status, format, args);
	va_end(args);
	return status;
}

enum rp_status
rp_fail_errno(struct rp_error *err, enum rp_status status, int errno_value,
              const char *format, ...)
{
	const char *cause = strerror(errno_value);
	va_list args;
	size_t n, room;

	if (err == NULL)
		return status;
	va_start(args, format);
	print_text(err, status, format, args);
	va_end(args);

	/* A path may be as long as it likes: the cause stays. */
	n = strlen(err->text);
	room = sizeof(err->text) - sizeof("...: ");
	if (strlen(cause) < room && n > room - strlen(cause)) {
		n = room - strlen(cause);
		while (n > 0 && ((unsigned char)err->text[n] & 0xc0) == 0x80)
			n--;
		(void)snprintf(err->text + n, sizeof(err->text) - n, "...");
		n += 3;
	}
	(void)snprintf(err->text + n, sizeof(err->text) - n, ": %s", cause);
	make_printable(err->text, sizeof(err->text));
	return status;
}

enum rp_status
rp_fail_memory(struct rp_error *err)
{
	rp_memory_refuse();
	return rp_fail(err, RP_FAILED, "out of memory");
}

/* Records are packed in a second thread. */
static atomic_size_t refusals;

void
rp_memory_refuse(void)
{
	atomic_fetch_add(&refusals, 1);
}

size_t
rp_memory_refusals(void)
{
	return atomic_load(&refusals);
}

void
rp_error_where(struct rp_error *err, const char *format, ...)
{
	va_list args;

	if (err == NULL)
		return;
	va_start(args, format);
	(void)vsnprintf(err->where, sizeof(err->where), format, args);
	va_end(args);
	make_printable(err->where, sizeof(err->where));
}
