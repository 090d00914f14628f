/*
 * Queries of the mock of X: words and operators, "-" before one term, OR, parentheses.
 * A query is worked on as a list of tokens; nesting is a caller's of our own tests.
 */
#include "tests/support/mock-x.h"

#include <stdlib.h>

struct query {
	const struct mock *m;
	const struct mock_thing *post;
	struct rp_slice rest;
	const char *wrong;
};

static const char *const operators[] = {
	"from:",
	"to:",
	"conversation_id:",
	"in_reply_to_tweet_id:",
	"retweets_of_tweet_id:",
	"quotes_of_tweet_id:",
	"retweets_of:",
	"is:",
	"has:",
	"lang:",
	"url:",
	"min_likes:",
	"min_replies:",
	"min_reposts:",
	"list:",
	"place:",
	"place_country:",
	"context:",
	"entity:",
};

/* One term: up to a blank or a bracket, quotes kept together. */
static struct rp_slice
term(struct query *q)
{
	size_t n = 0;
	bool quoted = false;

	for (; n < q->rest.n; n++) {
		char c = q->rest.p[n];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == ' ' || c == '(' || c == ')'))
			break;
	}
	q->rest.p += n;
	q->rest.n -= n;
	return rp_slice_from(q->rest.p - n, n);
}

static bool
contains(struct rp_slice text, struct rp_slice word)
{
	for (size_t i = 0; i + word.n <= text.n; i++)
		if (rp_slice_eq_nocase(rp_slice_from(text.p + i, word.n), word))
			return true;
	return false;
}

static bool
by_name(const struct mock *m, struct rp_slice key, struct rp_slice name)
{
	const struct mock_thing *user = mock_find(m, key);

	if (rp_slice_starts(name, RP_SLICE("@")))
		name = rp_slice_skip(name, 1);
	return user != NULL && (rp_slice_eq_nocase(user->texts[M_NAME], name) ||
	                        rp_slice_eq(user->id, name));
}

static bool
key_is(struct rp_slice key, struct rp_slice id)
{
	return key.n == id.n + 2 && rp_slice_eq(rp_slice_skip(key, 2), id);
}

/* The root is not part of its conversation. */
static bool
in_conversation(const struct mock *m, const struct mock_thing *post, struct rp_slice id)
{
	for (int steps = 0; post != NULL && steps < 10000; steps++) {
		if (post->texts[M_REPLY].n == 0)
			return steps > 0 && rp_slice_eq(post->id, id);
		if (key_is(post->texts[M_ROOT], id) || key_is(post->texts[M_REPLY], id))
			return true;
		post = mock_find(m, post->texts[M_REPLY]);
	}
	return false;
}

static bool
is_kind(const struct query *q, struct rp_slice what)
{
	const struct mock_thing *post = q->post;

	if (rp_slice_eq(what, RP_SLICE("retweet")))
		return post->texts[M_REPOST].n > 0;
	if (rp_slice_eq(what, RP_SLICE("reply")))
		return post->texts[M_REPLY].n > 0;
	if (rp_slice_eq(what, RP_SLICE("quote")))
		return post->texts[M_QUOTE].n > 0;
	return false;
}

static bool
operator_fits(struct query *q, const char *name, struct rp_slice value)
{
	const struct mock_thing *post = q->post;
	const struct mock_thing *parent = mock_find(q->m, post->texts[M_REPLY]);

	if (strcmp(name, "from:") == 0)
		return by_name(q->m, post->texts[M_BY], value);
	if (strcmp(name, "to:") == 0)
		return by_name(q->m,
		               post->texts[M_TO].n ? post->texts[M_TO]
		                                   : mock_text(parent, M_BY),
		               value);
	if (strcmp(name, "conversation_id:") == 0)
		return in_conversation(q->m, post, value);
	if (strcmp(name, "in_reply_to_tweet_id:") == 0)
		return key_is(post->texts[M_REPLY], value);
	if (strcmp(name, "quotes_of_tweet_id:") == 0)
		return key_is(post->texts[M_QUOTE], value);
	if (strcmp(name, "retweets_of_tweet_id:") == 0)
		return key_is(post->texts[M_REPOST], value);
	if (strcmp(name, "is:") == 0)
		return is_kind(q, value);
	if (strcmp(name, "has:") == 0)
		return post->raws[M_MEDIA].n > 0;
	if (strcmp(name, "lang:") == 0)
		return rp_slice_eq(post->texts[M_LANG], value);
	if (strcmp(name, "url:") == 0 && value.n > 2)
		return contains(post->texts[M_TEXT],
		                rp_slice_from(value.p + 1, value.n - 2));
	return strncmp(name, "min_", 4) != 0;
}

static bool
one(struct query *q)
{
	struct rp_slice word = term(q);

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (rp_slice_starts(word, rp_slice_str(operators[i])))
			return operator_fits(q, operators[i],
			                     rp_slice_skip(word, strlen(operators[i])));
	if (rp_slice_starts(word, RP_SLICE("min_")))
		q->wrong = "Reference to invalid operator";
	if (word.n >= 2 && word.p[0] == '"')
		word = rp_slice_from(word.p + 1, word.n - 2);
	return contains(q->post->texts[M_TEXT], word);
}

static void
blanks(struct query *q)
{
	while (q->rest.n > 0 && q->rest.p[0] == ' ')
		q->rest = rp_slice_skip(q->rest, 1);
}

static bool any_of(struct query *q, int depth);

static bool
factor(struct query *q, int depth)
{
	bool negated = false, fits;

	if (rp_slice_starts(q->rest, RP_SLICE("-"))) {
		negated = true;
		q->rest = rp_slice_skip(q->rest, 1);
	}
	if (!rp_slice_starts(q->rest, RP_SLICE("(")))
		return one(q) != negated;
	if (negated || depth > 20) {
		q->wrong = "The '-' operator cannot be applied to a group";
		q->rest.n = 0;
		return false;
	}
	q->rest = rp_slice_skip(q->rest, 1);
	fits = any_of(q, depth + 1);
	if (!rp_slice_starts(q->rest, RP_SLICE(")")))
		q->wrong = "missing ')'";
	q->rest = rp_slice_skip(q->rest, 1);
	return fits;
}

static bool
all_of(struct query *q, int depth)
{
	bool fits = true;

	blanks(q);
	while (q->rest.n > 0 && q->rest.p[0] != ')' &&
	       !rp_slice_starts(q->rest, RP_SLICE("OR "))) {
		fits = factor(q, depth) && fits;
		blanks(q);
	}
	return fits;
}

static bool
any_of(struct query *q, int depth)
{
	bool fits = all_of(q, depth);

	while (rp_slice_starts(q->rest, RP_SLICE("OR "))) {
		q->rest = rp_slice_skip(q->rest, 3);
		fits = all_of(q, depth) || fits;
	}
	return fits;
}

bool
x_matches(const struct mock *m, const struct mock_thing *post, const char *query)
{
	struct query q = { m, post, rp_slice_str(query), NULL };

	return any_of(&q, 0) && q.rest.n == 0;
}

const char *
x_bad_query(const char *query, size_t longest)
{
	struct mock_thing nothing = { .id = RP_SLICE("0") };
	struct mock empty = { .keys = map_new() };
	struct query q = { &empty, &nothing, rp_slice_str(query), NULL };

	(void)any_of(&q, 0);
	if (q.rest.n > 0 && q.wrong == NULL)
		q.wrong = "unexpected ')'";
	map_free(empty.keys);
	return strlen(query) > longest ? "The query is too long" : q.wrong;
}
