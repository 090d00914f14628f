/*
 * Inside of the importer of X files: a batch being filled, and the value being read.
 *
 * x.c takes the values of a stream into a batch; x-shape.c says what a value is; x-v1.c
 * and x-v2.c (x-scraped.c for what scrapers made of them) read one post each and describe
 * it as a struct x_post; x-post.c makes an observation of that; x-errors.c reads what the
 * platform says about posts it does not show.
 *
 * Nothing here fails one by one: when the batch's arena is full, `full` is set, and x.c
 * takes the whole value back.
 */
#ifndef RIPOSTE_CORE_COLLECT_X_H
#define RIPOSTE_CORE_COLLECT_X_H

#include "core/base/map.h"
#include "core/collect/collector.h"
#include "core/collect/x-text.h"
#include "core/parse/json.h"

/* An array in the arena that grows. */
struct x_list {
	void *items;
	size_t n, cap;
};

struct x_batch {
	struct arena *arena;
	struct x_list records;      /* struct batch_record */
	struct x_list observations; /* struct observation */
	struct x_list accounts;     /* struct account */
	struct x_list states;       /* struct state_note */
	struct x_list rejects;      /* struct reject */
	bool full;
	bool owned;     /* some of its posts are the owner's of the archive */
	int64_t latest; /* time of the youngest of its posts; may be unknown */
};

/* Made once for a collector: which names we look for in which object. */
struct x_names {
	struct json_names shape, includes, v1, v2, web, user, entity, entities, problem,
		scraped;
};

/* One value of the stream: a post, a page, an answer full of errors. */
struct x_value {
	struct x_batch *batch;
	const struct x_names *names;
	const struct json_doc *doc;
	const struct x_archive *archive; /* what is known of the file; x-archive.h */
	size_t at;                       /* of the value in the batch's bytes */
	uint64_t offset, line;           /* in the input */
	int64_t fetched;       /* when it was got, of an answer; may be unknown */
	int64_t as_of;         /* when the source says it was so, else fetched */
	int64_t latest;        /* time of the youngest post in it; may be unknown */
	bool is_answer;        /* to a look-up of posts or accounts */
	struct rp_slice asked; /* the key that was asked for, when it was one alone */
	struct x_list queue;   /* uint32_t: posts inside the post being read */
	struct map *index;     /* of a page's includes; see x2_included() */
	bool indexed;
	uint32_t includes;
	uint32_t record; /* node whose bytes are the record; observations refer to it */
};

/* The importer with limits of the caller's, so that tests and fuzzers reach them. */
struct x_limits {
	size_t batch_bytes, batch_records, item_bytes;
};
enum rp_status x_open_limited(const struct input *input, const struct x_limits *limits,
                              struct collector **out, struct rp_error *err) RP_MUST_USE;

/* ---- x-value.c ------------------------------------------------------------- */

/* A zeroed element behind the last one; NULL, and batch->full, when it does not fit. */
void *x_add(struct x_batch *batch, struct x_list *list, size_t size);

/* Texts of members: empty when they are missing or of another type. */
struct rp_slice x_text(struct x_value *value, uint32_t node);
struct rp_slice x_joined(struct x_value *value, struct rp_slice a, struct rp_slice b);
struct rp_slice *x_slices(struct x_value *value, size_t n);
/* "created_at" in either form, whatever the vintage: tools convert one into the other.
 * Unknown when it cannot be read. */
struct rp_time x_time(struct x_value *value, uint32_t node);

size_t x_count(const struct json_doc *doc, uint32_t array);

/* Can be a part of a key, and of a line "KEY HANDLE\n": no blanks, no controls. */
bool x_is_word(struct rp_slice s);

/* "x:ID", "x:@ID", "x:@name?"; empty for empty ids. */
struct rp_slice x_key(struct x_value *value, struct rp_slice id);
struct rp_slice x_account_key(struct x_value *value, struct rp_slice id);
struct rp_slice x_handle_key(struct x_value *value, struct rp_slice handle);

/*
 * An id under the name it has in the file.  Missing and null: RP_OK and empty.
 * RP_BAD_ITEM names the member: nothing an id can be, or no part of a key.
 */
enum rp_status x_id(struct x_value *value, uint32_t node, const char *name,
                    struct rp_slice *out, struct rp_error *err) RP_MUST_USE;

/* The same for the twins "id_str" and "id": the text wins, numbers get damaged. */
enum rp_status x_twin_id(struct x_value *value, uint32_t text, uint32_t number,
                         const char *name, struct rp_slice *out,
                         struct rp_error *err) RP_MUST_USE;

/* No part of a post is worth the bytes: a reject for those of a node. */
void x_reject(struct x_value *value, uint32_t node, const char *reason);

/* What a source shows of an account.  A time is added when the value has been read. */
void x_account(struct x_value *value, struct rp_slice id, struct rp_slice handle,
               struct rp_slice name);

/* A user object of any vintage, its id, handle and name.  That it is protected or
 * withheld becomes a state of the account. */
struct x_user {
	struct rp_slice id, handle, name;
};
enum rp_status x_user(struct x_value *value, uint32_t node, struct x_user *out,
                      struct rp_error *err) RP_MUST_USE;

void x_user_names(struct x_names *names);

/* ---- x-post.c, x-entities.c, x-links.c ------------------------------------- */

enum { X_REFERENCES_MAX = 32 }; /* two, and the links in a long text */

/* A post as one vintage writes it. */
struct x_post {
	uint32_t node; /* its bytes */
	enum post_kind kind;
	struct rp_slice id;
	struct rp_slice author;       /* id; may be empty */
	struct rp_slice conversation; /* id; may be empty */
	struct rp_slice lang;
	struct rp_time printed;
	uint32_t edits; /* array of ids, oldest first; or JSON_NONE */
	struct {
		enum edge_type type;
		struct rp_slice id;     /* empty: it is a post of another network */
		struct rp_slice key;    /* of that */
		struct rp_slice author; /* account key; may be empty */
		bool derived;           /* not the platform's word */
	} references[X_REFERENCES_MAX];
	size_t n_references;
	uint32_t text;     /* node */
	uint32_t range;    /* display range: node or JSON_NONE */
	uint32_t entities; /* object or JSON_NONE */
	uint32_t media;    /* attached: array of keys, or of objects; or JSON_NONE */
	uint32_t poll;     /* object or JSON_NONE */
	bool ranged;       /* this vintage tells a range whenever something is hidden */
	bool cut;          /* the source says that there is more text */
	const struct x_note *note; /* the whole text, from elsewhere; or NULL */
	bool media_apart; /* it has media, whose link in the text no entity tells */
	/* What a repost passes on, when that is here too: its text is the whole one. */
	struct x_post *original;
	uint32_t reposted; /* its node, or JSON_NONE */
};

/* A reference, unless there are too many already or the id is empty.  Links are derived,
 * the others the platform's word, unless they are marked. */
void x_refer(struct x_post *post, enum edge_type type, struct rp_slice id,
             struct rp_slice author);

/* The same, by the key of a post of any network. */
void x_refer_key(struct x_post *post, enum edge_type type, struct rp_slice key,
                 struct rp_slice author);

/* What the entities of a post are turned into. */
struct x_gathered {
	struct x_link *links;
	size_t n_links;
	struct rp_slice *handles, *ids; /* of mentions; an id may be empty */
	size_t n_mentions;
};
void x_entity_names(struct x_names *names);

/* Tells a quoting post too who wrote the quoted one.  Links are in the order of the
 * entities until x_text_clean() sorts them. */
void x_gather(struct x_value *value, struct x_post *post, struct x_gathered *out);

/* Fields of a version. */
struct rp_slice x_mention_lines(struct x_value *value, const struct x_gathered *gathered);
struct rp_slice x_media(struct x_value *value, uint32_t array);
struct rp_slice x_poll(struct x_value *value, uint32_t node);

/* A reference for each other post whose address is an entity's or in the text. */
void x_links(struct x_value *value, struct x_post *post,
             const struct x_gathered *gathered, const struct observation *o);

/* Make an observation of it, and of the ghosts it refers to.  RP_BAD_ITEM: no text. */
enum rp_status x_observe(struct x_value *value, struct x_post *post,
                         struct rp_error *err) RP_MUST_USE;

/* A post that stands inside the one being read: read next, into the same record. */
void x_embedded(struct x_value *value, uint32_t node);

/* ---- x-shape.c ------------------------------------------------------------- */

void x_shape_names(struct x_names *names);

/* The node becomes a record; false: no memory. */
bool x_record(struct x_value *value, uint32_t node, enum record_kind kind);

/* Everything that the value says. */
void x_read(struct x_value *value);

/* ---- the vintages ---------------------------------------------------------- */

void x1_names(struct x_names *names);
enum rp_status x1_post(struct x_value *value, uint32_t node,
                       struct rp_error *err) RP_MUST_USE;

/* A user, poll or post of the page by its name; JSON_NONE when the page has none. */
enum x2_kind { X2_BY_HANDLE = '@', X2_BY_POLL_ID = 'p', X2_BY_POST_ID = 't' };
uint32_t x2_included(struct x_value *value, enum x2_kind kind, struct rp_slice name);

void x2_names(struct x_names *names);
enum rp_status x2_post(struct x_value *value, uint32_t node,
                       struct rp_error *err) RP_MUST_USE;

/* Is it an object of snscrape, twscrape or gallery-dl? */
void x_scraped_names(struct x_names *names);
bool x_is_scraped(struct x_value *value, uint32_t node);
enum rp_status x_scraped_post(struct x_value *value, uint32_t node,
                              struct rp_error *err) RP_MUST_USE;

/* What oEmbed says of a post: the copy that pages show of it, and where it is. */
enum rp_status x_oembed_post(struct x_value *value, uint32_t node,
                             struct rp_error *err) RP_MUST_USE;

/* ---- x-withheld.c ---------------------------------------------------------- */

/* Somebody says that of a post or an account; nothing for an empty key. */
void x_state(struct x_value *value, struct rp_slice subject, enum post_state state,
             struct rp_slice evidence);

/* It is not shown in the listed countries, or because of a copyright claim: an array and
 * a bool, either of which may be missing; nothing for neither. */
void x_withheld(struct x_value *value, struct rp_slice subject, uint32_t countries,
                uint32_t copyright);

/* Whose state that is: the author's when the scope is "user", else the post's. */
struct rp_slice x_withheld_key(struct x_value *value, const struct x_post *post,
                               uint32_t scope);

/* ---- x-errors.c ------------------------------------------------------------ */

/*
 * What the entries of an "errors" array, or a single problem object, say about posts and
 * accounts.  How many of them said something.
 */
void x_problem_names(struct x_names *names);
size_t x_problems(struct x_value *value, uint32_t node);

#endif
