/*
 * The insides of the mock of Mastodon.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_MOCK_MASTO_H
#define RIPOSTE_TESTS_SUPPORT_MOCK_MASTO_H

#include "tests/support/mock.h"

/* mock-masto-post.c.  What `extra` of a line has comes last and so wins. */
void masto_put_account(struct mock *m, const struct mock_request *r,
                       const struct mock_thing *account, struct jsonw *w);
void masto_put_status(struct mock *m, const struct mock_request *r,
                      const struct mock_thing *post, bool nested, struct jsonw *w);
void masto_put_history(struct mock *m, const struct mock_request *r,
                       const struct mock_thing *post, struct jsonw *w);
bool masto_visible(const struct mock *m, const struct mock_thing *post);

#endif
