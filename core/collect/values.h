/*
 * What the importers of networks in JSON share: values out of a stream into a batch, and
 * the members of a value as texts, times and keys.
 *
 * An importer says what one value says; where values begin, that a batch is never too
 * long, and what is told of bytes that are no value, is done here.
 *
 *	open():	values_init(&c->values, &input->reader, &limits, read_value, c, err)
 *	next():	values_next(&c->values, batch, err)
 *
 * Nothing fails one by one: when the batch's arena is full, value->full is set, and the
 * whole value is taken back.
 */
#ifndef RIPOSTE_CORE_COLLECT_VALUES_H
#define RIPOSTE_CORE_COLLECT_VALUES_H

#include "core/collect/items.h"
#include "core/collect/links.h"
#include "core/collect/lists.h"

/* One value of the stream. */
struct value {
	struct batch_lists *lists;
	struct arena *arena; /* the batch's */
	const struct json_doc *doc;
	size_t at;             /* of doc's text in the batch's bytes */
	uint64_t offset, line; /* in the input */
	uint32_t record;       /* node whose bytes the record is */
	/* The text was made out of these many bytes at `at`, which are the record
	 * whatever node is looked at; 0: it is them. */
	size_t made_of;
	int64_t as_of; /* what no time is told of was so then; may be unknown */
	bool full;
};

struct values_limits {
	size_t batch_bytes, batch_records, item_bytes;
};
extern const struct values_limits values_limits; /* what importers read with */

struct values {
	struct values_limits limits;
	struct items items;
	struct json_doc doc;
	/* Read one value into its lists; they are as they were when it did not fit. */
	void (*read)(void *context, struct value *value);
	/* The batch is complete, but for what only all of it tells; may be NULL. */
	void (*finish)(void *context, struct value *value);
	void *context;
	bool loss_told;
	int64_t as_of; /* of an answer, when it was so; unknown until its importer says */
	struct rp_error failed; /* told once what was read before it is handed over */
};

/* RP_FAILED: out of memory; nothing is left to be done.  as_of is set afterwards. */
enum rp_status values_init(struct values *values, const struct reader *reader,
                           const struct values_limits *limits,
                           void (*read)(void *, struct value *), void *context,
                           struct rp_error *err) RP_MUST_USE;
void values_done(struct values *values);

/* As collector_ops.next(). */
enum rp_status values_next(struct values *values, struct batch *batch,
                           struct rp_error *err) RP_MUST_USE;

/* ---- parts of a value ------------------------------------------------------- */

/* Everything from here to the next such call is said by these bytes. */
bool value_record(struct value *value, uint32_t node, enum record_kind kind);

/* Take the last record out again: nothing was said by it. */
void value_no_record(struct value *value);

/* One more post, its bytes those of the node inside the record; NULL when full. */
struct observation *value_observe(struct value *value, uint32_t node);

/* What a post says that it refers to: one post it answers, one it quotes, one it passes
 * on.  Zeroed to begin with. */
struct value_edges {
	struct observed_edge list[3];
	size_t n;
};

/* One more, stated by the platform; nothing for an empty key, or when there are three. */
void value_refer(struct value_edges *edges, enum edge_type type, struct rp_slice key);

/*
 * The same with what was found out of it: `o` but for record, offset and bytes, edges to
 * `edges`, then to the posts that `links` has the addresses of, whose authors become
 * ghosts.  false when full.
 */
bool value_observed(struct value *value, uint32_t node, const struct observation *o,
                    const struct observed_edge *edges, size_t n_edges,
                    const struct post_links *links);

/* A post that is only named by the one at `node`, and who wrote it. */
void value_ghost(struct value *value, uint32_t node, struct rp_slice key,
                 struct rp_slice author);

void value_reject(struct value *value, uint32_t node, const char *reason);

/* Somebody says that of a post or an account; nothing for an empty key. */
void value_state(struct value *value, struct rp_slice subject, enum post_state state,
                 int64_t as_of, struct rp_slice evidence);

/* Nothing for an empty key.  A mere mention, without name, has no time. */
void value_account(struct value *value, struct rp_slice key, struct rp_slice handle,
                   struct rp_slice name, int64_t as_of);

/* Text of a string; empty when it is missing or of another type. */
struct rp_slice value_text(struct value *value, uint32_t node);

/* The same where it can be part of a key and of a line "KEY HANDLE\n": UTF-8 without
 * blanks and controls; a number's digits too.  Empty otherwise. */
struct rp_slice value_word(struct value *value, uint32_t node);

/* RFC 3339; unknown when it is anything else.  Whole seconds have that precision, though
 * programs write ".000". */
struct rp_time value_time(struct value *value, uint32_t node);

struct rp_slice value_joined(struct value *value, struct rp_slice a, struct rp_slice b);
struct rp_slice value_copy(struct value *value, const struct rp_buf *buf);

/* "PLATFORM:NATIVE", "PLATFORM:@NATIVE"; empty when that is no key. */
struct rp_slice value_key(struct value *value, enum platform platform,
                          struct rp_slice native);
struct rp_slice value_account_key(struct value *value, enum platform platform,
                                  struct rp_slice native);

/* Sorted lines, each once. */
struct rp_slice value_lines(struct value *value, struct rp_slice *lines, size_t n);

/* More nodes to be looked at: a list instead of recursion. */
struct value_queue {
	uint32_t *nodes;
	size_t n, room;
};
void value_queue(struct value *value, struct value_queue *queue, uint32_t node);

#endif
