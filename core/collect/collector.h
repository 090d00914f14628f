/*
 * Where posts come from.  A collector reads one kind of input and yields batches; it
 * never sees the archive.
 *
 * A batch is a stretch of the input: its bytes, which parts of them are records, and what
 * those records say.  Batches follow one another without a gap, so that the input can be
 * given back byte for byte.  What cannot be read is not skipped: it stays in the bytes,
 * with a reject.
 */
#ifndef RIPOSTE_CORE_COLLECT_COLLECTOR_H
#define RIPOSTE_CORE_COLLECT_COLLECTOR_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/model/capture.h"
#include "core/model/post.h"

/*
 * Bytes to read: a file, standard input, or a capture out of the archive.
 * read: up to size bytes, at least one; RP_END at the end; RP_BAD_SOURCE when the rest is
 * lost (a compressed file that breaks off): what came before is good.
 */
struct reader {
	enum rp_status (*read)(void *context, char *into, size_t size, size_t *n_out,
	                       struct rp_error *err);
	void *context;
};

/* What a collector says where RP_BAD_SOURCE ended its input between two records.  Not in
 * the reader's words: read again out of the archive, the same capture must come to the
 * same rejects, and there the decompressor has no say any more. */
#define REASON_BROKEN_OFF "the compressed data is damaged or ends early here"

struct input {
	struct rp_slice name; /* "tweets.jsonl", "-": for messages */
	struct reader reader;
	/*
	 * Another file that this one cannot be understood without (the long texts of an
	 * X archive are in a file of their own), named by the setting "beside"; read is
	 * NULL when there is none.  To be read in open().
	 */
	struct reader beside;
	/* Settings as "key=value\n" lines, from options and sidecar: options.h. */
	struct rp_slice options;
};

struct batch_record {
	size_t at, n; /* in batch.bytes */
	enum record_kind kind;
};

struct observed_edge {
	enum edge_type type;
	enum edge_origin origin;
	struct rp_slice parent; /* key */
};

/*
 * What one record says about one post.  A ghost kind is a hint: nothing but a reference
 * taught it (the author of a parent, say), it is not counted and has no version.
 */
struct observation {
	struct post post;
	struct version version; /* post, id and fingerprint are filled in by ingest */
	size_t record;          /* index into batch.records */
	uint32_t offset, bytes; /* this post's own bytes inside that record */
	const struct observed_edge *edges;
	size_t n_edges;
	const struct rp_slice *aliases; /* other keys of this post */
	size_t n_aliases;
};

struct batch {
	struct arena *arena; /* owns everything below; reset by ingest between batches */
	uint64_t offset;     /* of bytes in the input */
	struct rp_slice bytes; /* at most SEGMENT_MAX_BYTES; the collector's until its
	                          next next(), and texts below may point into them */
	const struct batch_record *records; /* in order, not overlapping */
	size_t n_records;
	const struct observation *observations;
	size_t n_observations;
	const struct account *accounts; /* id ignored */
	size_t n_accounts;
	const struct state_note *states; /* capture ignored */
	size_t n_states;
	const struct reject *rejects; /* capture ignored; offsets in the input */
	size_t n_rejects;
};

struct collector;

/*
 * One kind of file.  sniff() looks at the first bytes (up to 64 KiB, decompressed) and
 * says how sure it is: 0 not mine, 100 certainly.  The list is tried in order, the surest
 * wins.
 *
 * next() fills the batch (whose arena is empty) and gives RP_OK, RP_END after the last
 * one, or RP_FAILED.  It never gives up on a record: that is a reject.  A batch has some
 * thousand records or 8 MB, whatever comes first.
 */
struct collector_ops {
	const char *name;    /* what --as takes: "x", "transcript" */
	const char *summary; /* for --help */
	/* Files tell of events: what is read out of one depends on its name, if nothing
	 * else names the event, and on other files of the event (ingest/event.h). */
	bool events;
	int (*sniff)(struct rp_slice head, const struct input *input);
	enum rp_status (*open)(const struct input *input, struct collector **out,
	                       struct rp_error *err);
	enum rp_status (*next)(struct collector *collector, struct batch *batch,
	                       struct rp_error *err);
	struct collector *(*close)(struct collector *collector);
};

/* Every one, NULL at the end, in the order of riposte-import(1).  One more:
 * docs/adding-a-collector.md. */
extern const struct collector_ops *const collectors[];

/* By name; NULL when there is none. */
const struct collector_ops *collector_find(struct rp_slice name);

/*
 * Append the settings that an input is read under and that are kept with its bytes, so
 * that it means the same when it is read again, whatever of it is held by then: those of
 * the input, and for a file of events the event's name where nobody gave it one.  That is
 * made of the file's name and of `head`, the first 64 KiB or all there are.
 */
enum rp_status collector_settle(const struct collector_ops *ops,
                                const struct input *input, struct rp_slice head,
                                struct rp_buf *options, struct rp_error *err) RP_MUST_USE;

/*
 * Append that the bytes break off, and why: read again, they end as they did, with what a
 * collector says to that.  Only behind settled options.
 */
enum rp_status collector_settle_damage(struct rp_buf *options, const char *why,
                                       struct rp_error *err) RP_MUST_USE;
bool collector_settled_damage(struct rp_slice options);

/* The same of bytes out of which nothing is to be read; why, empty: something is. */
enum rp_status collector_settle_unread(struct rp_buf *options, const char *why,
                                       struct rp_error *err) RP_MUST_USE;
struct rp_slice collector_unread(struct rp_slice options);

/* Settled options as they were given, without when and from where an answer came. */
struct rp_slice collector_given(struct rp_slice options);

/* The collector that is surest of `head`; NULL when none is above 0. */
const struct collector_ops *collector_sniff(struct rp_slice head,
                                            const struct input *input);

#endif
