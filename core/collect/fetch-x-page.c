/*
 * What is in an answer of X: posts by both vocabularies, and problems.
 */
#include "core/collect/fetch-x.h"

enum member { ID, AUTHOR, CONVERSATION, EDIT_CONTROLS, MEMBERS };

static const char *const member_names[MEMBERS] = {
	[ID] = "id",
	[AUTHOR] = "author_id",
	[CONVERSATION] = "conversation_id",
	[EDIT_CONTROLS] = "edit_controls",
};

/* Texts of this answer die with it. */
static struct rp_slice
text_of(struct fetcher *x, uint32_t node)
{
	struct rp_slice text = RP_SLICE("");

	if (json_type(&x->doc, node) == JSON_STRING)
		(void)!json_text(&x->doc, node, x->scratch, &text, NULL);
	else if (json_type(&x->doc, node) == JSON_NUMBER)
		text = json_span(&x->doc, node);
	return text;
}

struct rp_slice
fx_text(struct fetcher *x, uint32_t node, const char *name)
{
	return text_of(x, json_get(&x->doc, node, rp_slice_str(name)));
}

/* 1 to 19 digits, no zero in front, and room for all in 63 bits. */
bool
fx_is_id(struct rp_slice id, uint64_t *number_out)
{
	uint64_t number;

	if (id.n == 0 || id.n > 19 || id.p[0] == '0' || !rp_slice_u64(id, &number) ||
	    number > INT64_MAX)
		return false;
	*number_out = number;
	return true;
}

/* ---- posts ----------------------------------------------------------------- */

struct fx_posts
fx_posts(struct fetcher *x)
{
	const uint32_t data = json_get(&x->doc, JSON_ROOT, RP_SLICE("data"));
	const uint32_t includes = json_get(&x->doc, JSON_ROOT, RP_SLICE("includes"));
	struct fx_posts posts = { .x = x, .single = JSON_NONE };

	posts.included = json_get(&x->doc, includes, RP_SLICE("tweets"));
	if (json_absent(&x->doc, posts.included))
		posts.included = json_get(&x->doc, includes, RP_SLICE("posts"));
	if (json_type(&x->doc, data) == JSON_OBJECT)
		posts.single = data;
	posts.each = json_each(&x->doc, posts.single == JSON_NONE ? data : JSON_NONE);
	return posts;
}

static int64_t
editable_until(struct fetcher *x, uint32_t controls)
{
	struct rp_time until;
	bool eligible = false;

	if (!json_bool(&x->doc, json_get(&x->doc, controls, RP_SLICE("is_edit_eligible")),
	               &eligible) ||
	    !eligible ||
	    !rp_time_read(fx_text(x, controls, "editable_until"), RP_BASIS_PLATFORM,
	                  &until))
		return RP_TIME_UNKNOWN;
	return until.hi;
}

/* false: it has no id, or is no object. */
static bool
read_post(struct fetcher *x, uint32_t node, bool included, struct fx_post *out)
{
	uint32_t at[MEMBERS];

	if (json_type(&x->doc, node) != JSON_OBJECT)
		return false;
	for (int i = 0; i < MEMBERS; i++)
		at[i] = json_get(&x->doc, node, rp_slice_str(member_names[i]));
	*out = (struct fx_post){
		.node = node,
		.id = text_of(x, at[ID]),
		.author = text_of(x, at[AUTHOR]),
		.conversation = text_of(x, at[CONVERSATION]),
		.editable_until = editable_until(x, at[EDIT_CONTROLS]),
		.included = included,
	};
	return fx_is_id(out->id, &out->number);
}

static bool
next_node(struct fx_posts *posts, uint32_t *node_out)
{
	if (posts->single != JSON_NONE) {
		*node_out = posts->single;
		posts->single = JSON_NONE;
		return true;
	}
	if (!json_next(&posts->each)) {
		if (posts->in_includes)
			return false;
		posts->in_includes = true;
		posts->each = json_each(&posts->x->doc, posts->included);
		return next_node(posts, node_out);
	}
	*node_out = posts->each.value;
	return true;
}

bool
fx_post_next(struct fx_posts *posts, struct fx_post *out)
{
	uint32_t node;

	while (next_node(posts, &node))
		if (read_post(posts->x, node, posts->in_includes, out))
			return true;
	return false;
}

bool
fx_reference(struct fetcher *x, const struct fx_post *post, uint32_t *at,
             struct rp_slice *out)
{
	uint32_t list = json_get(&x->doc, post->node, RP_SLICE("referenced_tweets"));
	struct json_each each;
	uint64_t number;

	if (json_absent(&x->doc, list))
		list = json_get(&x->doc, post->node, RP_SLICE("referenced_posts"));
	each = json_each(&x->doc, list);
	if (*at > 0)
		each.at = *at;
	while (json_next(&each)) {
		*at = each.at;
		*out = fx_text(x, each.value, "id");
		if (fx_is_id(*out, &number))
			return true;
	}
	return false;
}

/* ---- problems -------------------------------------------------------------- */

struct json_each
fx_problems(struct fetcher *x)
{
	return json_each(&x->doc, json_get(&x->doc, JSON_ROOT, RP_SLICE("errors")));
}

static struct rp_slice
last_part(struct rp_slice type)
{
	for (size_t i = type.n; i > 0; i--)
		if (type.p[i - 1] == '/')
			return rp_slice_skip(type, i);
	return type;
}

void
fx_problem_read(struct fetcher *x, uint32_t node, struct fx_problem *out)
{
	*out = (struct fx_problem){
		.type = last_part(fx_text(x, node, "type")),
		.title = fx_text(x, node, "title"),
		.detail = fx_text(x, node, "detail"),
		.subject = fx_text(x, node, "value"),
		.parameter = fx_text(x, node, "parameter"),
		.resource = fx_text(x, node, "resource_type"),
	};
	if (out->subject.n == 0)
		out->subject = fx_text(x, node, "resource_id");
	if (out->detail.n == 0)
		out->detail = fx_text(x, node, "message");
	(void)json_int64(&x->doc, json_get(&x->doc, node, RP_SLICE("code")), &out->code);
}

bool
fx_problem_next(struct fetcher *x, struct json_each *each, struct fx_problem *out)
{
	while (json_next(each))
		if (json_type(&x->doc, each->value) == JSON_OBJECT) {
			fx_problem_read(x, each->value, out);
			return true;
		}
	return false;
}

bool
fx_problem_is_gone(const struct fx_problem *problem)
{
	static const struct rp_slice gone[] = {
		RP_LIT("resource-not-found"),
		RP_LIT("not-authorized-for-resource"),
		RP_LIT("disallowed-resource"),
	};

	for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++)
		if (rp_slice_eq(problem->type, gone[i]))
			return true;
	return false;
}

/* ---- all of it? ------------------------------------------------------------ */

uint64_t
fx_count(struct fetcher *x)
{
	const uint32_t data = json_get(&x->doc, JSON_ROOT, RP_SLICE("data"));
	struct json_each each = json_each(&x->doc, data);
	uint64_t n = 0;

	if (json_type(&x->doc, data) == JSON_OBJECT)
		return 1;
	if (json_type(&x->doc, data) != JSON_ARRAY)
		return 0;
	while (json_next(&each))
		n++;
	return n;
}

/* What is missing has a name, or a kind that X uses for what was taken away. */
static bool
is_servers(const struct fx_problem *problem)
{
	return problem->subject.n == 0 && !fx_problem_is_gone(problem);
}

const char *
fx_lacks(struct fetcher *x)
{
	const uint32_t meta = json_get(&x->doc, JSON_ROOT, RP_SLICE("meta"));
	struct json_each each = fx_problems(x);
	struct fx_problem problem;
	int64_t count = 0;

	(void)json_int64(&x->doc, json_get(&x->doc, meta, RP_SLICE("result_count")),
	                 &count);
	/* More than a page may have is meant for all pages. */
	if (count > 0 && (fx_count(x) == 0 ||
	                  (count <= FX_PAGE_POSTS && (uint64_t)count > fx_count(x))))
		return "X counts more posts than it shows";
	while (fx_problem_next(x, &each, &problem))
		if (is_servers(&problem))
			return "X says that it could not answer in full";
	return NULL;
}
