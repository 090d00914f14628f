/*
 * Threads that are read in parts: covered when the last part has come, up to when the
 * first one came, unless one did not.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_THREAD_H
#define RIPOSTE_CORE_COLLECT_FETCH_THREAD_H

#include "core/collect/fetch-api.h"

struct fetch_thread {
	struct rp_slice subject; /* "conversation:…" */
	int64_t from, until;     /* of its oldest post; its first part came */
	bool missed;             /* a part of it */
	struct fetch_thread *next;
};

/* Those of one run, in memory of the caller's. */
struct fetch_threads {
	struct arena *arena;
	struct fetch_thread *head;
};

/* A part came, of which the oldest post was made then.  NULL: of no subject, or no
 * memory; the others take that for nothing. */
struct fetch_thread *thread_part(struct fetch_threads *threads, struct rp_slice subject,
                                 int64_t made, int64_t at);
/* Not all of it was, or will be, seen in this run. */
void thread_missed(struct fetch_thread *thread, int64_t at, const char *why,
                   struct fetch_taken *taken);
/* No part is to be asked for any more. */
void thread_end(const struct fetch_thread *thread, struct fetch_taken *taken);

#endif
