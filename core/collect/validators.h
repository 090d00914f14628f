/*
 * Has a document changed?  What its server said to tell that by, kept in cursors and sent
 * back as it was.
 *
 *	validators_ask(&v, now, &request)      before
 *	validators_heard(&v, arena, &answer)   after
 *
 * Servers are known that keep an ETag over changes: once a week nothing is sent, and the
 * whole document comes.  Others change it and send the same bytes: those are the same.
 */
#ifndef RIPOSTE_CORE_COLLECT_VALIDATORS_H
#define RIPOSTE_CORE_COLLECT_VALIDATORS_H

#include "core/base/buf.h"
#include "core/collect/fetcher.h"

/* Zeroed: nothing is known. */
struct validators {
	struct rp_slice etag, modified; /* as they came, quotes and W/ and all */
	uint64_t body;                  /* hash of the last one; 0: there was none */
	int64_t full; /* when one came that was not asked for conditionally; 0: never */
	bool asked;   /* the request under way had one of them */
};

/* Lines of a cursor, "key=value": false: this one is not ours.  The value is borrowed. */
bool validators_line(struct validators *v, struct rp_slice key, struct rp_slice value);
void validators_write(const struct validators *v, struct rp_buf *out);

/* Add If-None-Match and If-Modified-Since, or nothing. */
void validators_ask(struct validators *v, int64_t now, struct fetch_request *request);

enum validators_verdict {
	VALIDATORS_NEW,
	VALIDATORS_SAME, /* 304, or the same bytes */
	VALIDATORS_ODD,  /* 304, though nobody asked */
};

/* Of a 304, or of a body that was read whole.  What is kept is copied to the arena; when
 * that is full nothing is, and everything comes again the next time. */
enum validators_verdict validators_heard(struct validators *v, struct arena *arena,
                                         const struct fetch_answer *answer);

/* The body was no good after all: the next request is for all of it. */
void validators_forget(struct validators *v);

#endif
