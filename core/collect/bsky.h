/*
 * Inside of the importer of Bluesky (AT protocol): records and views in JSON,
 * repositories in CAR files.
 *
 * bsky.c takes values of a stream; bsky-view.c says what a value is and finds the posts
 * in it; bsky-post.c reads one record, bsky-text.c its text; bsky-uri.c knows the
 * identifiers; bsky-car.c takes a repository apart, whose blocks become the same JSON.
 *
 * A post's key is "bsky:DID/RKEY", never its handle.  Time: what the record claims
 * (createdAt), unless a view saw the post before that or the claim cannot be read; then
 * when it was seen (indexedAt).
 */
#ifndef RIPOSTE_CORE_COLLECT_BSKY_H
#define RIPOSTE_CORE_COLLECT_BSKY_H

#include "core/collect/values.h"

/* Members of any object that is looked at. */
enum bsky_name {
	BSKY_TYPE,
	BSKY_URI,
	BSKY_CID,
	BSKY_AUTHOR,
	BSKY_RECORD,
	BSKY_VALUE,
	BSKY_POST,
	BSKY_REASON,
	BSKY_NOT_FOUND,
	BSKY_BLOCKED,
	BSKY_TEXT,
	BSKY_CREATED_AT,
	BSKY_INDEXED_AT,
	BSKY_DID,
	BSKY_HANDLE,
	BSKY_DISPLAY_NAME,
	BSKY_ERROR,
	BSKY_MESSAGE,
	BSKY_BY,
	BSKY_EMBED,
	BSKY_EMBEDS,
	BSKY_REPLY,
	BSKY_FACETS,
	BSKY_LANGS,
	BSKY_SUBJECT,
	BSKY_POSTS,
	BSKY_FEED,
	BSKY_RECORDS,
	BSKY_THREAD,
	BSKY_ACTIVE,
	BSKY_STATUS,
	BSKY_NAMES
};

/* What reads one value. */
struct bsky {
	struct value *value;
	struct json_names names;
	struct rp_slice
		address;       /* of a record that comes without one: at-uri; or empty */
	struct rp_slice asked; /* key that the answer is to a question for; or empty */
	struct value_queue queue; /* views inside the record being read */
	int64_t latest; /* when the youngest post of the value was seen; may be unknown */
};

void bsky_init(struct bsky *bsky, struct rp_slice options);

/* Everything that a value says. */
void bsky_read(struct bsky *bsky, struct value *value);

/* The importer with limits of the caller's, so that tests and fuzzers reach them. */
enum rp_status bsky_open_limited(const struct input *input,
                                 const struct values_limits *limits,
                                 struct collector **out,
                                 struct rp_error *err) RP_MUST_USE;

/* ---- bsky-state.c ----------------------------------------------------------- */

/* What an answer without posts says of the one that was asked for; false: nothing that we
 * understand.  at: its members. */
bool bsky_error(struct bsky *bsky, const uint32_t *at);
bool bsky_repo_status(struct bsky *bsky, const uint32_t *at);

/* ---- bsky-uri.c ------------------------------------------------------------- */

struct at_uri {
	struct rp_slice authority; /* DID or handle */
	struct rp_slice collection, rkey;
};

/* "at://AUTHORITY/COLLECTION/RKEY", all three there and valid. */
bool at_uri_read(struct rp_slice text, struct at_uri *out);

bool at_did_valid(struct rp_slice text);
bool at_handle_valid(struct rp_slice text);
bool at_nsid_valid(struct rp_slice text);
bool at_rkey_valid(struct rp_slice text);

/* ---- bsky-post.c ------------------------------------------------------------ */

/* A record, and what a view says of it. */
struct bsky_record {
	uint32_t node;          /* the view, or the record itself: its bytes */
	uint32_t record;        /* the record */
	struct at_uri uri;      /* with the DID, if anything tells it */
	struct rp_slice handle; /* of the author; may be empty, or none */
	struct rp_time indexed; /* RP_TIME_NONE: no view */
};

/*
 * A post or a repost; records of other collections say nothing.  RP_BAD_ITEM: no key can
 * be made of it, or it has no text.
 */
enum rp_status bsky_record(struct bsky *bsky, const struct bsky_record *record,
                           struct rp_error *err) RP_MUST_USE;

/* "bsky:DID/RKEY" of a post's or repost's at-uri; empty for other collections. */
struct rp_slice bsky_key(struct bsky *bsky, const struct at_uri *uri);

/* A profile's key, "bsky:@DID"; the account is added to the batch. */
struct rp_slice bsky_account(struct bsky *bsky, uint32_t node, int64_t as_of);

/* When a post was as it is shown: when the answer came, else when it was indexed. */
int64_t bsky_as_of(const struct bsky *bsky, struct rp_time indexed);

/* Is this the $type of a record, whatever stands behind "#"? */
bool bsky_is(const struct bsky *bsky, uint32_t node, const char *nsid);

/* ---- bsky-text.c ------------------------------------------------------------ */

struct bsky_words {
	struct rp_slice text;     /* links as their addresses */
	struct rp_slice mentions; /* lines */
	struct rp_slice *links;   /* addresses, in order */
	size_t n_links;
};

/* The text of a record with its facets.  A facet that fits no text is left out. */
void bsky_words(struct bsky *bsky, struct rp_slice text, uint32_t facets,
                struct bsky_words *out);

#endif
