/*
 * Small archives for tests: posts put into any store by the few words the test is about.
 *
 *	put(s, (struct said){ .key = "x:2", .by = "x:@1", .text = "no, you",
 *	                      .reply_to = "x:1" });
 *
 * Parents become ghosts, what is learned of a post twice is merged, as ingest does it.
 * A failure ends the test.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_ARCHIVE_H
#define RIPOSTE_TESTS_SUPPORT_ARCHIVE_H

#include "storage/store.h"

/* What is left out is unknown. */
struct said {
	const char *key;
	enum post_kind kind; /* KIND_GHOST stands for KIND_POST here; see put_ghost() */
	const char *by;      /* account key */
	const char *handle, *name; /* of that account */
	const char *text;
	const char *at; /* RFC 3339, a date for a whole day; else the time in the key */
	const char *until; /* with at: an interval from at to this */
	const char *conversation;
	const char *reply_to, *quote_of, *repost_of, *link_to, *attests, *same_as;
	const char *not_before, *not_after;
	const char *context;
	const char *edit; /* key of this edit of the post */
	bool cut;         /* the text is a cut-off form */
	int64_t as_of;    /* of the version; 0: unknown */
};

/* In a transaction of its own; the post's handle. */
int64_t put(struct store *store, struct said said);
/* In the transaction that is open. */
int64_t put_open(struct store *store, struct said said);

/* A reference to a post, and who is said to have written it (may be NULL). */
int64_t put_ghost(struct store *store, const char *key, const char *by);

void put_alias(struct store *store, const char *alias, const char *key);
void put_edge(struct store *store, const char *child, const char *parent,
              enum edge_type type, enum edge_origin origin, int confidence_percent);
void put_handle(struct store *store, const char *account, const char *handle,
                const char *name, int64_t first, int64_t last);
void put_state(struct store *store, const char *subject, enum post_state state,
               int64_t as_of);

#endif
