/*
 * A capture being written: batches in, segments, records and derived rows out.
 */
#ifndef RIPOSTE_CORE_INGEST_SINK_H
#define RIPOSTE_CORE_INGEST_SINK_H

#include "core/ingest/chains.h"
#include "core/ingest/ingest.h"

/* Of a file that no collector recognises. */
#define REASON_UNKNOWN "format not recognised"

/* What a batch is turned into. */
enum sink_mode {
	SINK_KEEPS,   /* segments and derived rows: an import */
	SINK_DERIVES, /* derived rows only, the bytes are there: a rebuild */
};

struct sink {
	struct store *store;
	enum sink_mode mode;
	struct capture
		capture; /* id, bytes, sha256, records, rejected follow the batches */
	struct sha256_stream *hash;
	struct arena *scratch;
	struct chains *chains; /* of the run or rebuild it is part of; borrowed */
	struct tally *tally;   /* whose counts the batches add to; borrowed */
	struct rp_buf event;   /* the one it tells of; empty: none, so far */
	struct tally told;     /* counts of its posts */
	bool looked;           /* who else tells of it: nobody, when ... */
	int64_t looked_at;     /* ... this was store_changes() */
	bool owes;             /* the event is to be derived, with these batches */
};

/* capture: what store_capture_begin() takes; its id is set already when mode is DERIVES.
 */
enum rp_status sink_open(struct sink *sink, struct store *store, enum sink_mode mode,
                         const struct capture *capture, struct chains *chains,
                         struct tally *tally, struct rp_error *err) RP_MUST_USE;
void sink_done(struct sink *sink);
DEFINE_CLEANUP_DONE(struct sink, sink_done);

/* The capture's row, on the first call.  Inside a transaction, like the next two. */
enum rp_status sink_begin(struct sink *sink, struct rp_error *err) RP_MUST_USE;

/*
 * When other captures tell of the batch's event, what it says is not derived yet: all of
 * the event would be, with every batch of a long one.  It waits, and sink->owes becomes
 * true, until sink_settle() or sink_update(), which must come before the commit.
 */
enum rp_status sink_batch(struct sink *sink, const struct batch *batch,
                          struct rp_error *err) RP_MUST_USE;

/* Derive what waits; nothing is to come. */
enum rp_status sink_settle(struct sink *sink, struct rp_error *err) RP_MUST_USE;

/* Bytes that hold no records. */
enum rp_status sink_bytes(struct sink *sink, struct rp_slice bytes,
                          struct rp_error *err) RP_MUST_USE;

/*
 * No collector could read the capture: one reject covers its bytes, of which none may be
 * left.  broken: it came out of a compressed file that is damaged.
 */
enum rp_status sink_unread(struct sink *sink, bool broken, uint64_t bytes,
                           struct rp_error *err) RP_MUST_USE;

/* Bring the capture's row up to date, with what waits; complete: that was all of it. */
enum rp_status sink_update(struct sink *sink, bool complete,
                           struct rp_error *err) RP_MUST_USE;

#endif
