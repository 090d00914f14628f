/* Posts, users, includes and partial errors of the mock of X, in either vocabulary. */
#include "tests/support/mock-x.h"

#include <inttypes.h>
#include <stdlib.h>

const char *
x_word(const struct x_call *c, const char *old, const char *new_name)
{
	return c->post ? new_name : old;
}

bool
x_listed(const char *list, const char *name)
{
	struct rp_slice rest = rp_slice_str(list);

	while (rest.n > 0)
		if (rp_slice_eq(rp_slice_cut(&rest, ','), rp_slice_str(name)))
			return true;
	return false;
}

bool
x_field(const struct x_call *c, const char *name)
{
	return x_listed(c->fields, name);
}

bool
x_expands(const struct x_call *c, const char *old, const char *new_name)
{
	return x_listed(c->expansions, old) || x_listed(c->expansions, new_name);
}

static void
set_add(struct x_set *set, struct mock_thing *thing)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->at[i] == thing)
			return;
	if (set->n < X_SET)
		set->at[set->n++] = thing;
}

/* Each edit is a post of its own that names the one before. */
struct mock_thing *
x_first(const struct mock *m, struct mock_thing *post)
{
	struct mock_thing *before;
	int steps = 0;

	while (post != NULL && post->texts[M_EDITS].n > 0 && steps++ < 16) {
		before = mock_find(m, post->texts[M_EDITS]);
		if (before == NULL)
			break;
		post = before;
	}
	return post;
}

bool
x_superseded(const struct mock_thing *post)
{
	return post->edit != NULL && !post->edit->flags[M_HIDDEN];
}

static void
put_chain(struct x_call *c, struct mock_thing *post)
{
	jsonw_key(&c->w, x_word(c, "edit_history_tweet_ids", "edit_history_post_ids"));
	jsonw_array(&c->w);
	for (post = x_first(c->m, post); post != NULL; post = post->edit)
		if (!post->flags[M_HIDDEN])
			jsonw_text(&c->w, post->id);
	jsonw_end_array(&c->w);
}

/* A key's id, whether or not we hold the post. */
static struct rp_slice
id_of(struct rp_slice key)
{
	return rp_slice_skip(key, rp_slice_find_byte(key, ':') + 1);
}

static void
reference(struct x_call *c, struct rp_slice key, const char *type)
{
	struct mock_thing *post = mock_find(c->m, key);

	jsonw_object(&c->w);
	jsonw_field_text(&c->w, "type", rp_slice_str(type));
	jsonw_field_text(&c->w, "id", id_of(key));
	jsonw_end_object(&c->w);
	/* Of some that cannot be had nothing is said. */
	if (post != NULL && post->flags[M_BLOCKED])
		return;
	if (x_expands(c, "referenced_tweets.id", "referenced_posts") &&
	    !x_trouble(c, post, false, id_of(key),
	               x_word(c, "referenced_tweets.id", "referenced_posts"), "includes"))
		set_add(&c->posts, post);
}

static void
put_references(struct x_call *c, const struct mock_thing *post)
{
	static const struct {
		enum mock_text which;
		const char *type;
	} kinds[] = { { M_REPOST, "retweeted" },
		      { M_QUOTE, "quoted" },
		      { M_REPLY, "replied_to" } };
	bool any =
		post->texts[M_REPOST].n + post->texts[M_QUOTE].n + post->texts[M_REPLY].n;

	if (!any)
		return;
	jsonw_key(&c->w, x_word(c, "referenced_tweets", "referenced_posts"));
	jsonw_array(&c->w);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (post->texts[kinds[i].which].n > 0)
			reference(c, post->texts[kinds[i].which], kinds[i].type);
	jsonw_end_array(&c->w);
}

static struct rp_slice
conversation(const struct mock *m, struct mock_thing *post)
{
	struct rp_slice id;
	int steps = 0;

	while (steps++ < 10000) {
		struct mock_thing *parent = mock_find(m, post->texts[M_REPLY]);

		if (post->texts[M_ROOT].n > 0)
			return id_of(post->texts[M_ROOT]);
		if (parent == NULL)
			break;
		post = parent;
	}
	id = post->texts[M_REPLY].n > 0 ? id_of(post->texts[M_REPLY])
	                                : x_first(m, post)->id;
	return id;
}

/* Who is answered: "to", else the author of the parent. */
static struct rp_slice
answered(const struct mock *m, const struct mock_thing *post)
{
	struct rp_slice key = post->texts[M_TO];

	if (key.n == 0)
		key = mock_text(mock_find(m, post->texts[M_REPLY]), M_BY);
	return key;
}

static void
put_attachments(struct x_call *c, const struct mock_thing *post)
{
	struct rp_slice key;

	if (post->raws[M_MEDIA].n == 0 && post->raws[M_POLL].n == 0)
		return;
	jsonw_key(&c->w, "attachments");
	jsonw_object(&c->w);
	if (post->raws[M_MEDIA].n > 0) {
		jsonw_key(&c->w, "media_keys");
		jsonw_array(&c->w);
		for (size_t i = 0; x_media_key(c->r, post, i, &key); i++)
			jsonw_text(&c->w, key);
		jsonw_end_array(&c->w);
	}
	if (post->raws[M_POLL].n > 0) {
		CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;

		jsonw_key(&c->w, "poll_ids");
		jsonw_array(&c->w);
		if (json_parse(&doc, post->raws[M_POLL], NULL) == RP_OK)
			jsonw_raw(&c->w, json_span(&doc, json_get(&doc, JSON_ROOT,
			                                          RP_SLICE("id"))));
		jsonw_end_array(&c->w);
	}
	jsonw_end_object(&c->w);
}

static void
put_withheld(struct x_call *c, struct rp_slice countries, const char *scope)
{
	jsonw_key(&c->w, "withheld");
	jsonw_object(&c->w);
	jsonw_field_bool(&c->w, "copyright", false);
	jsonw_key(&c->w, "country_codes");
	jsonw_raw(&c->w, countries);
	jsonw_field_text(&c->w, "scope", rp_slice_str(scope));
	jsonw_end_object(&c->w);
}

static void
put_note(struct x_call *c, const struct mock_thing *post)
{
	CLEANUP(x_text_done) struct x_text whole;

	x_text_init(&whole);
	x_text_of(c->m, c->r, post, true, &whole);
	jsonw_key(&c->w, x_word(c, "note_tweet", "note_post"));
	jsonw_object(&c->w);
	jsonw_field_text(&c->w, "text", buf_slice(&whole.text));
	if (whole.n > 0) {
		jsonw_key(&c->w, "entities");
		x_entities(c->m, &whole, &c->w);
	}
	jsonw_end_object(&c->w);
}

static void
put_metrics(struct x_call *c, const struct mock_thing *post)
{
	int replies = 0, quotes = 0, reposts = 0;

	for (size_t i = 0; i < c->m->n; i++) {
		const struct mock_thing *t = c->m->things[i];

		if (t->kind != MOCK_POST || t->flags[M_HIDDEN] || t->flags[M_DELETED])
			continue;
		replies += rp_slice_eq(t->texts[M_REPLY], post->key);
		quotes += rp_slice_eq(t->texts[M_QUOTE], post->key);
		reposts += rp_slice_eq(t->texts[M_REPOST], post->key);
	}
	jsonw_key(&c->w, "public_metrics");
	jsonw_object(&c->w);
	jsonw_field_int(&c->w, x_word(c, "retweet_count", "repost_count"), reposts);
	jsonw_field_int(&c->w, "reply_count", replies);
	jsonw_field_int(&c->w, "like_count", 2);
	jsonw_field_int(&c->w, "quote_count", quotes);
	jsonw_field_int(&c->w, "bookmark_count", 0);
	jsonw_field_int(&c->w, "impression_count", 1000);
	jsonw_end_object(&c->w);
}

static void
put_edit_controls(struct x_call *c, struct mock_thing *post)
{
	const struct mock_thing *first = x_first(c->m, post);

	jsonw_key(&c->w, "edit_controls");
	jsonw_object(&c->w);
	jsonw_field_bool(&c->w, "is_edit_eligible", post->texts[M_REPLY].n == 0);
	jsonw_field_text(&c->w, "editable_until",
	                 mock_time(c->r, first->time + RP_HOUR, RP_PRECISION_MS));
	jsonw_field_int(&c->w, "edits_remaining", first == post ? 5 : 4);
	jsonw_end_object(&c->w);
}

/* What was selected of the text and around it. */
static void
put_text_fields(struct x_call *c, const struct mock_thing *post, const struct x_text *t)
{
	if (x_field(c, "entities") && t->n > 0) {
		jsonw_key(&c->w, "entities");
		x_entities(c->m, t, &c->w);
	}
	if (x_field(c, "display_text_range")) {
		jsonw_key(&c->w, "display_text_range");
		jsonw_array(&c->w);
		jsonw_int(&c->w, (int64_t)t->from);
		jsonw_int(&c->w, (int64_t)t->to);
		jsonw_end_array(&c->w);
	}
	if (t->cut && x_field(c, x_word(c, "note_tweet", "note_post")))
		put_note(c, post);
}

/* The properties that the new names made expansions, and the old ones fields. */
static bool
property(const struct x_call *c, const char *field, const char *expansion)
{
	return x_field(c, field) || x_listed(c->expansions, expansion) || c->post;
}

static void
put_people(struct x_call *c, const struct mock_thing *post)
{
	struct rp_slice to = answered(c->m, post), by = post->texts[M_BY];
	struct mock_thing *user;

	if (property(c, "author_id", "author_id"))
		jsonw_field_text(&c->w, "author_id", id_of(by));
	if (to.n > 0 && property(c, "in_reply_to_user_id", "in_reply_to_user_id"))
		jsonw_field_text(&c->w, "in_reply_to_user_id", id_of(to));
	if (x_listed(c->expansions, "author_id") && (user = mock_find(c->m, by)) != NULL)
		set_add(&c->users, user);
	if (to.n > 0 && x_listed(c->expansions, "in_reply_to_user_id")) {
		user = mock_find(c->m, to);
		if (!x_trouble(c, user, true, id_of(to), "in_reply_to_user_id",
		               "includes"))
			set_add(&c->users, user);
	}
}

static void
expand_mentions(struct x_call *c, const struct x_text *text)
{
	struct mock_thing *user;

	if (!x_listed(c->expansions, "entities.mentions.username"))
		return;
	for (size_t i = 0; i < text->n; i++)
		if (text->at[i].kind == X_MENTION &&
		    (user = mock_named(c->m, "x", text->at[i].value)) != NULL)
			set_add(&c->users, user);
}

/* Posts of includes are not expanded further. */
void
x_put_post(struct x_call *c, const struct mock_thing *shown, bool first)
{
	struct mock_thing *post = mock_find(c->m, shown->key);
	CLEANUP(x_text_done) struct x_text text;
	const char *expansions = c->expansions;
	size_t opened;

	if (!first)
		c->expansions = "";
	x_text_init(&text);
	x_text_of(c->m, c->r, post, false, &text);
	opened = mock_open(&c->w);
	jsonw_field_text(&c->w, "id", post->id);
	jsonw_field_text(&c->w, "text", buf_slice(&text.text));
	put_chain(c, post);
	if (x_field(c, "created_at"))
		jsonw_field_text(&c->w, "created_at",
		                 mock_time(c->r, post->time - post->time % RP_SECOND,
		                           RP_PRECISION_MS));
	if (x_field(c, "conversation_id"))
		jsonw_field_text(&c->w, "conversation_id", conversation(c->m, post));
	if (x_field(c, "lang"))
		jsonw_field_text(&c->w, "lang",
		                 post->texts[M_LANG].n ? post->texts[M_LANG]
		                                       : RP_SLICE("en"));
	if (x_field(c, "possibly_sensitive"))
		jsonw_field_bool(&c->w, "possibly_sensitive", false);
	if (x_field(c, "reply_settings"))
		jsonw_field_text(&c->w, "reply_settings", RP_SLICE("everyone"));
	put_people(c, post);
	if (property(c, "referenced_tweets", "referenced_tweets.id") ||
	    x_listed(c->expansions, "referenced_posts"))
		put_references(c, post);
	if (x_field(c, "attachments"))
		put_attachments(c, post);
	put_text_fields(c, post, &text);
	if (x_field(c, "edit_controls"))
		put_edit_controls(c, post);
	if (x_field(c, "public_metrics"))
		put_metrics(c, post);
	if (x_field(c, "withheld") && post->raws[M_WITHHELD].n > 0)
		put_withheld(c, post->raws[M_WITHHELD], x_word(c, "tweet", "post"));
	mock_close(&c->w, opened, post->raws[M_EXTRA]);
	expand_mentions(c, &text);
	c->expansions = expansions;
	if (!first && x_listed(c->expansions, "referenced_tweets.id.author_id") &&
	    mock_find(c->m, post->texts[M_BY]) != NULL)
		set_add(&c->users, mock_find(c->m, post->texts[M_BY]));
}

void
x_put_user(struct x_call *c, const struct mock_thing *user)
{
	const char *fields = c->user_fields;
	size_t opened;

	opened = mock_open(&c->w);
	jsonw_field_text(&c->w, "id", user->id);
	jsonw_field_text(&c->w, "name", user->texts[M_DISPLAY]);
	jsonw_field_text(&c->w, "username", user->texts[M_NAME]);
	if (x_listed(fields, "created_at") && user->time != RP_TIME_UNKNOWN)
		jsonw_field_text(&c->w, "created_at",
		                 mock_time(c->r, user->time, RP_PRECISION_MS));
	if (x_listed(fields, "description"))
		jsonw_field_text(&c->w, "description", user->texts[M_BIO]);
	if (x_listed(fields, "protected"))
		jsonw_field_bool(&c->w, "protected", user->flags[M_PROTECTED]);
	if (x_listed(fields, "verified"))
		jsonw_field_bool(&c->w, "verified", false);
	if (x_listed(fields, "verified_type"))
		jsonw_field_text(&c->w, "verified_type", RP_SLICE("none"));
	if (x_listed(fields, "withheld") && user->raws[M_WITHHELD].n > 0)
		put_withheld(c, user->raws[M_WITHHELD], "user");
	if (x_listed(fields, "public_metrics")) {
		jsonw_key(&c->w, "public_metrics");
		jsonw_object(&c->w);
		jsonw_field_int(&c->w, "followers_count", 10);
		jsonw_field_int(&c->w, "following_count", 20);
		jsonw_field_int(&c->w, x_word(c, "tweet_count", "post_count"), 30);
		jsonw_field_int(&c->w, "listed_count", 0);
		jsonw_end_object(&c->w);
	}
	mock_close(&c->w, opened, user->raws[M_EXTRA]);
}
