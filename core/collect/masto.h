/*
 * Inside of the importer of Mastodon and what speaks its languages: the REST API's
 * objects, and ActivityPub's, out of answers of servers and out of the export of an
 * account.
 *
 * masto.c takes values of a stream; masto-shape.c says what a value is and finds the
 * posts in it; masto-rest.c and masto-activity.c read one each and describe it as a
 * struct masto_post; masto-post.c makes an observation of that, the same for both
 * languages; masto-text.c reads its HTML; masto-account.c says who somebody is,
 * masto-host.c whose local ids those are.
 *
 * A post's key is its ActivityPub id, "masto:URI".  An id that counts on one server alone
 * is an alias, "masto:HOST!ID".  An account's key is its actor's, "masto:@URI"; see
 * masto_rest_account() for where the API does not tell it.
 *
 * Posts that are neither public nor unlisted are not taken for posts: their bytes are
 * part of the file and stay in it, and they are counted as rejects.
 */
#ifndef RIPOSTE_CORE_COLLECT_MASTO_H
#define RIPOSTE_CORE_COLLECT_MASTO_H

#include "core/collect/values.h"

/* clang-format off */
/* Members of an object of the API. */
enum rest_name {
	REST_ID, REST_URI, REST_URL, REST_CREATED, REST_EDITED, REST_ACCOUNT, REST_CONTENT,
	REST_SPOILER, REST_VISIBILITY, REST_LANGUAGE, REST_REPLY, REST_REBLOG, REST_QUOTE,
	REST_MEDIA, REST_MENTIONS, REST_POLL, REST_ACCT, REST_USERNAME, REST_DISPLAY_NAME,
	REST_ANCESTORS, REST_STATUSES, REST_ACCOUNTS, REST_ERROR,
	REST_NAMES
};

/* Members of an ActivityPub object. */
enum ap_name {
	AP_TYPE, AP_ID, AP_URL, AP_ACTOR, AP_AUTHOR, AP_OBJECT, AP_PUBLISHED, AP_UPDATED,
	AP_TO, AP_CC, AP_REPLY, AP_CONTENT, AP_CONTENT_MAP, AP_SUMMARY, AP_NAME,
	AP_ATTACHMENT, AP_TAG, AP_QUOTE, AP_QUOTE_URI, AP_QUOTE_URL, AP_QUOTE_MISSKEY,
	AP_ONE_OF, AP_ANY_OF, AP_DELETED, AP_USERNAME,
	AP_NAMES
};
/* clang-format on */

/* Something said of a post under an id that only the server it came from knows: until
 * that is known, at the latest where the batch ends. */
struct masto_local {
	size_t observation;
	struct rp_slice id, reply, quote;
	/* Room for what comes of it, so that no batch is too full for its end. */
	struct observed_edge *edges;
	struct rp_slice *alias;
	char *keys;
};

enum { MASTO_HOST_MAX = 300 };

enum masto_host_known { HOST_UNKNOWN, HOST_SEEN, HOST_SEVERAL, HOST_TOLD };

/* What reads one value. */
struct masto {
	struct value *value;
	struct json_names rest, ap;
	struct rp_slice address;  /* of the status that a history is of; may be empty */
	struct rp_slice asked;    /* key that the answer is to a question for; or empty */
	bool gone;                /* ... which the server says to be gone (410) */
	struct rp_slice server;   /* an address of the one that answered; may be empty */
	struct value_queue queue; /* posts inside the one being read */
	struct rp_buf host;       /* of the server that the file came from */
	enum masto_host_known host_known;
	struct masto_local *locals;
	size_t n_locals, room_locals;
};

/* name: of the file; the address that was asked when it is an answer. */
void masto_init(struct masto *masto, struct rp_slice name, struct rp_slice options);
void masto_done(struct masto *masto);

/* Everything that a value says. */
void masto_read(struct masto *masto, struct value *value);

/* The importer with limits of the caller's, so that tests and fuzzers reach them. */
enum rp_status masto_open_limited(const struct input *input,
                                  const struct values_limits *limits,
                                  struct collector **out,
                                  struct rp_error *err) RP_MUST_USE;

/* The elements of an array, or the one value that stands there bare. */
struct masto_each {
	struct json_each each;
	uint32_t bare; /* JSON_NONE: it was given */
};

static inline struct masto_each
masto_each(const struct json_doc *doc, uint32_t node)
{
	const bool array = json_type(doc, node) == JSON_ARRAY;

	return (struct masto_each){ json_each(doc, array ? node : JSON_NONE),
		                    array || json_absent(doc, node) ? JSON_NONE : node };
}

static inline bool
masto_next(struct masto_each *each, uint32_t *out)
{
	if (each->bare != JSON_NONE) {
		*out = each->bare;
		each->bare = JSON_NONE;
		return true;
	}
	if (!json_next(&each->each))
		return false;
	*out = each->each.value;
	return true;
}

/* ---- masto-post.c ----------------------------------------------------------- */

struct masto_mention {
	struct rp_slice href; /* page or actor, as it is told */
	struct rp_slice key, handle;
};

enum { MASTO_MEDIA_MAX = 64, MASTO_MENTIONS_MAX = 1000 };

/* A post as one language writes it.  Addresses and ids may be empty. */
struct masto_post {
	uint32_t node; /* its bytes */
	enum post_kind kind;
	bool of_history; /* a wording of which nobody says that it is shown still */
	struct rp_slice uri, url, title, lang;
	struct rp_slice author;                 /* account key */
	struct rp_time made, changed;           /* changed: of this wording */
	struct rp_slice warning;                /* plain text */
	uint32_t content;                       /* HTML: node */
	struct rp_slice reply, quote, reposted; /* addresses */
	struct rp_slice local_id, local_reply, local_quote;
	struct rp_slice media[MASTO_MEDIA_MAX];
	size_t n_media;
	struct rp_slice poll;
	struct masto_mention *mentions;
	size_t n_mentions;
};

/* Make an observation of it.  RP_BAD_ITEM: no key can be made, or its text not read. */
enum rp_status masto_observe(struct masto *masto, struct masto_post *post,
                             struct rp_error *err) RP_MUST_USE;

/* What a server calls the same picture by, whoever keeps a copy of it. */
void masto_add_media(struct masto_post *post, struct rp_slice url);

/* Lines of the texts under `member` in an array of options. */
struct rp_slice masto_poll(struct masto *masto, uint32_t options, const char *member);

/* "masto:URI"; empty when that is none. */
struct rp_slice masto_key(struct masto *masto, struct rp_slice uri);

/* The key of a post by its address, be it its page's or its uri. */
struct rp_slice masto_address_key(struct masto *masto, struct rp_slice address);

/* ---- masto-text.c ----------------------------------------------------------- */

/* The words of a post: its warning, an empty line, its text.  Names of mentions get their
 * server, links are whole.  links: for the edges. */
struct masto_words {
	struct rp_slice text;
	struct rp_slice *links;
	size_t n_links;
	struct rp_slice
		quoted; /* the page that "RE: …" in front refers to; may be empty */
};
enum rp_status masto_words(struct masto *masto, const struct masto_post *post,
                           struct masto_words *out, struct rp_error *err) RP_MUST_USE;

/* ---- masto-account.c -------------------------------------------------------- */

/*
 * An account of the API: its key, and the account is added to the batch.  The key is, of
 * these the first that is there: its uri (newer servers tell it); what stands before
 * "/statuses/" in the uri of a status of its own; its url where that is an actor's, as on
 * Pleroma ("/users/NAME"); "masto:@NAME@HOST?", known only by its handle.
 */
struct rp_slice masto_rest_account(struct masto *masto, uint32_t node,
                                   struct rp_slice status_uri, int64_t as_of);

/* The people a status mentions. */
void masto_rest_mentions(struct masto *masto, uint32_t array, struct masto_post *post);

/* An actor: an address, or the whole object, which is then added to the batch. */
struct rp_slice masto_actor(struct masto *masto, uint32_t node, int64_t as_of);

/* The people among the tags of an object. */
void masto_tags(struct masto *masto, uint32_t tags, struct masto_post *post);

/* Is this the type of an actor? */
bool masto_is_actor(struct rp_slice type);

/* ---- masto-host.c ----------------------------------------------------------- */

/* "host:3000" of an address, in the arena, in lower case; empty when it has none. */
struct rp_slice masto_host_of(struct masto *masto, struct rp_slice url);

/* A local account's page was at this host: its server's.  */
void masto_learn_host(struct masto *masto, struct rp_slice host);

/* "masto:HOST!ID"; empty when the host is empty. */
struct rp_slice masto_local_key(struct masto *masto, struct rp_slice host,
                                struct rp_slice id);

/* What stands under local ids for the observation:
 * resolved when the batch is complete. */
void masto_add_local(struct masto *masto, const struct masto_local *local);
void masto_resolve_locals(struct masto *masto);

/* ---- the languages ---------------------------------------------------------- */

/* A status, or one wording out of a history.  RP_BAD_ITEM: it is no post. */
enum rp_status masto_status(struct masto *masto, uint32_t node,
                            struct rp_error *err) RP_MUST_USE;

/* An activity or an object; `type` is its type. */
enum rp_status masto_activity(struct masto *masto, uint32_t node,
                              struct rp_error *err) RP_MUST_USE;

/* The type of an object, of several the first; empty when it has none. */
struct rp_slice masto_type(struct masto *masto, uint32_t node);

/* Is something read when masto_activity() meets this type? */
bool masto_says_something(struct rp_slice type);

#define MASTO_NOT_PUBLIC "not public: its author chose who reads it; kept as bytes only"

#endif
