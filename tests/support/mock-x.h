/*
 * The insides of the mock of X: what a call carries while its answer is made.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_MOCK_X_H
#define RIPOSTE_TESTS_SUPPORT_MOCK_X_H

#include "tests/support/mock.h"

enum { X_SET = 4096 };

struct x_set {
	struct mock_thing *at[X_SET];
	size_t n;
};

struct x_call {
	struct mock *m;
	const struct mock_request *r;
	struct mock_answer *a;
	bool post; /* answer in the new names */
	const char *fields, *expansions, *user_fields, *media_fields, *poll_fields;
	struct x_set posts, users; /* of includes */
	struct x_set shown;        /* of data */
	struct rp_buf errors;      /* partial ones: objects with commas between */
	struct jsonw w;
};

/* mock-x-text.c: a text as X gives it, with what stands in it. */
enum x_kind { X_MENTION, X_URL, X_HASHTAG };
struct x_entity {
	enum x_kind kind;
	size_t start, end;     /* code points of the escaped text */
	struct rp_slice value; /* name, tag, expanded address */
	struct rp_slice url;   /* t.co */
	struct rp_slice media; /* media_key, or empty */
};
enum { X_ENTITIES = 64 };
struct x_text {
	struct rp_buf text;
	size_t points; /* code points so far */
	size_t from, to;
	struct x_entity at[X_ENTITIES];
	size_t n;
	bool cut; /* the rest is in the note */
};
void x_text_init(struct x_text *t);
void x_text_done(struct x_text *t);
DEFINE_CLEANUP_DONE(struct x_text, x_text_done);
void x_text_of(const struct mock *m, const struct mock_request *r,
               const struct mock_thing *post, bool whole, struct x_text *out);
void x_entities(const struct mock *m, const struct x_text *text, struct jsonw *w);
/* Of media, in order; false past the last. */
bool x_media_key(const struct mock_request *r, const struct mock_thing *post, size_t i,
                 struct rp_slice *out);

/* mock-x-post.c */
const char *x_word(const struct x_call *c, const char *old, const char *new_name);
bool x_listed(const char *list, const char *name);
bool x_field(const struct x_call *c, const char *name);
bool x_expands(const struct x_call *c, const char *old, const char *new_name);
void x_put_post(struct x_call *c, const struct mock_thing *post, bool first);
void x_put_user(struct x_call *c, const struct mock_thing *user);
void x_put_includes(struct x_call *c);
/* The first wording of an edited post, the newest, and whether this one is neither. */
struct mock_thing *x_first(const struct mock *m, struct mock_thing *post);
bool x_superseded(const struct mock_thing *post);
/* A partial error about a post or user that cannot be had; false: it can. */
bool x_trouble(struct x_call *c, struct mock_thing *thing, bool user,
               struct rp_slice value, const char *parameter, const char *section);

/* mock-x-fail.c: answers that are errors. */
void x_invalid(struct x_call *c, const char *parameter, const char *value,
               const char *message);
/* "402", "cap", ...; false: none of that name. */
bool x_fails(struct x_call *c, const char *how);
bool x_authorized(struct x_call *c); /* false: the answer says so */
/* The first value of a list parameter that the vocabularies spoken do not have. */
const char *x_bad_value(const struct mock_request *r, const char *name, const char *list,
                        bool old, bool new_names);

/* mock-x-lists.c: data. */
struct x_listing {
	int least, most, size;
	struct rp_slice star;
	int64_t after, before; /* times, start inclusive */
	struct rp_slice since, until;
};
void x_lookup(struct x_call *c, struct rp_slice id, bool one);
void x_users(struct x_call *c, struct rp_slice value, const char *parameter, bool one);
void x_timeline(struct x_call *c, struct x_listing *listing, bool mentions);
void x_search(struct x_call *c, struct x_listing *listing, bool recent);
void x_around(struct x_call *c, struct x_listing *listing, bool quotes);
void x_counts(struct x_call *c);

/* mock-x-search.c */
bool x_matches(const struct mock *m, const struct mock_thing *post, const char *query);
/* NULL, or what is wrong with it. */
const char *x_bad_query(const char *query, size_t longest);

#endif
