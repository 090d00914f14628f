#include "core/collect/fetch-thread.h"

static struct fetch_thread *
find(const struct fetch_threads *threads, struct rp_slice subject)
{
	struct fetch_thread *thread = threads->head;

	while (thread != NULL && !rp_slice_eq(thread->subject, subject))
		thread = thread->next;
	return thread;
}

struct fetch_thread *
thread_part(struct fetch_threads *threads, struct rp_slice subject, int64_t made,
            int64_t at)
{
	struct fetch_thread *thread = subject.n > 0 ? find(threads, subject) : NULL;

	if (thread == NULL) {
		thread = subject.n > 0 ? arena_alloc(threads->arena, sizeof(*thread))
		                       : NULL;
		if (thread == NULL)
			return NULL;
		*thread = (struct fetch_thread){ .from = RP_TIME_UNKNOWN,
			                         .until = at,
			                         .next = threads->head };
		if (!arena_copy(threads->arena, subject, &thread->subject))
			return NULL;
		threads->head = thread;
	}
	if (made != RP_TIME_UNKNOWN &&
	    (thread->from == RP_TIME_UNKNOWN || made < thread->from))
		thread->from = made;
	return thread;
}

void
thread_missed(struct fetch_thread *thread, int64_t at, const char *why,
              struct fetch_taken *taken)
{
	if (thread == NULL)
		return;
	thread->missed = true;
	taken_gap(taken, thread->subject, thread->from, at, why);
}

void
thread_end(const struct fetch_thread *thread, struct fetch_taken *taken)
{
	if (thread != NULL && !thread->missed)
		taken_cover(taken, thread->subject, thread->from, thread->until);
}
