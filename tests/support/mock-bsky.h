/*
 * The insides of the mock of Bluesky.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_MOCK_BSKY_H
#define RIPOSTE_TESTS_SUPPORT_MOCK_BSKY_H

#include "tests/support/mock.h"

struct bsky {
	struct mock *m;
	const struct mock_request *r;
	struct mock_answer *a;
	struct jsonw w;
};

/* mock-bsky-record.c: what stands in repositories, and its names. */
struct rp_slice bsky_did(const struct mock_thing *post);
struct rp_slice bsky_rkey(const struct mock_thing *post);
struct mock_thing *bsky_author(const struct bsky *b, const struct mock_thing *post);
struct rp_slice bsky_uri(const struct bsky *b, struct rp_slice key);
struct rp_slice bsky_cid(const struct bsky *b, struct rp_slice key);
void bsky_put_record(const struct bsky *b, const struct mock_thing *post,
                     struct jsonw *w);
/* By handle or DID. */
struct mock_thing *bsky_account(const struct bsky *b, struct rp_slice actor);
/* By at-uri, its authority either. */
struct mock_thing *bsky_at(const struct bsky *b, const char *uri);
bool bsky_visible(const struct bsky *b, const struct mock_thing *post);

/* mock-bsky-view.c: what the AppView makes of it; into b->w. */
void bsky_put_author(struct bsky *b, const struct mock_thing *account);
void bsky_put_post(struct bsky *b, const struct mock_thing *post, const char *type);
void bsky_put_missing(struct bsky *b, struct rp_slice key);
void bsky_put_thread(struct bsky *b, const struct mock_thing *post, int up, int down);

/* mock-bsky.c */
void bsky_error(struct bsky *b, int status, const char *error, const char *message);
bool bsky_limit(struct bsky *b, int otherwise, size_t *out); /* false: answered */

/* mock-bsky-repo.c: what both kinds of servers answer. */
void bsky_resolve(struct bsky *b);
void bsky_get_record(struct bsky *b);

#endif
