/*
 * Files that can be understood only as a whole (pages, captions, feeds): read into one
 * buffer, and handed out as one batch.  What is longer than a record may be goes by as
 * bytes, with a reject.
 *
 *	open():	whole_init(&c->whole, input->reader);
 *		st = whole_read(&c->whole, err);
 *	next():	st = whole_next(&c->whole, batch, &lists, &bytes, err);
 *		if (st != RP_OK || bytes.n == 0)
 *			return st;
 *		... read bytes into lists ...
 *		batch_finish(&lists, batch);
 */
#ifndef RIPOSTE_CORE_COLLECT_WHOLE_H
#define RIPOSTE_CORE_COLLECT_WHOLE_H

#include "core/base/buf.h"
#include "core/collect/lists.h"

struct whole {
	struct reader reader;
	struct rp_buf bytes;
	uint64_t given; /* of the input, so far */
	bool over;      /* the reader has no more */
	bool broken;    /* ... and that was not the end */
};

void whole_init(struct whole *whole, struct reader reader);
void whole_done(struct whole *whole);

/* All of the input, or RECORD_MAX_BYTES and a byte of it.
 * RP_FAILED: memory, the reader. */
enum rp_status whole_read(struct whole *whole, struct rp_error *err) RP_MUST_USE;

/*
 * Begin the next batch, and its lists.  RP_OK with bytes: the whole input, to be read
 * into `lists`, which may hold a reject already (it breaks off).  RP_OK without bytes:
 * the batch is complete.  RP_END: nothing more.
 */
enum rp_status whole_next(struct whole *whole, struct batch *batch,
                          struct batch_lists *lists, struct rp_slice *bytes_out,
                          struct rp_error *err) RP_MUST_USE;

#endif
