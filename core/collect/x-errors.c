/*
 * What the platform says about posts and accounts it does not show.
 *
 * One problem, by the last part of its "type" (hosts and vocabularies differ):
 *
 *	resource-not-found, "Forbidden" or
 *	    "User has been suspended: [x]."   suspended: the account
 *	resource-not-found of a post          deleted
 *	resource-not-found of a user          by id: deleted; by handle only: unavailable,
 *	                                      since whoever had the name may have another
 *	not-authorized-for-resource           protected
 *	disallowed-resource                   withheld
 *	resource-unavailable                  unavailable
 *	field problems, our rights, limits    nothing about the post
 *
 * Old bodies have a "code" and no name: they are believed where one post or account alone
 * was asked for, and so are problems without a name.
 *
 * A server's own trouble (internal-error, field-hydration-failure) says nothing about
 * the post either, and absence never means deletion.
 */
#include "core/collect/x.h"

#include "core/model/key.h"

enum problem {
	TYPE,
	TITLE,
	DETAIL,
	RESOURCE_TYPE,
	RESOURCE_ID,
	VALUE,
	PARAMETER,
	CODE,
	MESSAGE,
	PROBLEM_NAMES
};

static const struct rp_slice problem_names[PROBLEM_NAMES] = {
	[TYPE] = RP_LIT("type"),
	[TITLE] = RP_LIT("title"),
	[DETAIL] = RP_LIT("detail"),
	[RESOURCE_TYPE] = RP_LIT("resource_type"),
	[RESOURCE_ID] = RP_LIT("resource_id"),
	[VALUE] = RP_LIT("value"),
	[PARAMETER] = RP_LIT("parameter"),
	[CODE] = RP_LIT("code"),
	[MESSAGE] = RP_LIT("message"),
};

enum subject { SUBJECT_UNKNOWN, SUBJECT_POST, SUBJECT_USER };

void
x_problem_names(struct x_names *names)
{
	json_names_init(&names->problem, problem_names, PROBLEM_NAMES);
}

static struct rp_slice
last_segment(struct rp_slice type)
{
	for (size_t i = type.n; i > 0; i--)
		if (type.p[i - 1] == '/')
			return rp_slice_skip(type, i);
	return type;
}

static bool
has(struct rp_slice s, const char *word)
{
	return rp_slice_find(s, rp_slice_str(word)) < s.n;
}

static bool
names_handle(struct rp_slice parameter)
{
	return rp_slice_ends(parameter, RP_SLICE("username")) ||
	       rp_slice_ends(parameter, RP_SLICE("usernames"));
}

/* What was asked for: the resource's type says so, else the parameter that named it. */
static enum subject
subject_of(struct rp_slice resource, struct rp_slice parameter)
{
	if (rp_slice_eq(resource, RP_SLICE("user")))
		return SUBJECT_USER;
	if (rp_slice_eq(resource, RP_SLICE("tweet")) ||
	    rp_slice_eq(resource, RP_SLICE("post")))
		return SUBJECT_POST;
	if (resource.n > 0)
		return SUBJECT_UNKNOWN; /* a medium, a place, … */
	if (names_handle(parameter) || rp_slice_ends(parameter, RP_SLICE("author_id")) ||
	    rp_slice_ends(parameter, RP_SLICE("user_id")))
		return SUBJECT_USER;
	if (rp_slice_eq(parameter, RP_SLICE("id")) ||
	    rp_slice_eq(parameter, RP_SLICE("ids")) || has(parameter, "tweet") ||
	    has(parameter, "post"))
		return SUBJECT_POST;
	return SUBJECT_UNKNOWN;
}

static enum post_state
state_of_problem(struct rp_slice type, struct rp_slice title, struct rp_slice detail,
                 enum subject subject, bool by_handle)
{
	if (rp_slice_eq(type, RP_SLICE("resource-not-found"))) {
		if (has(detail, "suspended") || rp_slice_eq(title, RP_SLICE("Forbidden")))
			return STATE_SUSPENDED;
		return subject == SUBJECT_USER && by_handle ? STATE_UNAVAILABLE
		                                            : STATE_DELETED;
	}
	if (rp_slice_eq(type, RP_SLICE("not-authorized-for-resource")))
		return STATE_PROTECTED;
	if (rp_slice_eq(type, RP_SLICE("disallowed-resource")))
		return STATE_WITHHELD;
	if (rp_slice_eq(type, RP_SLICE("resource-unavailable")))
		return STATE_UNAVAILABLE;
	return STATE_LIVE;
}

static bool
all_digits(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* {"code":144,"message":"No status found with that ID."} */
static enum post_state
state_of_code(const struct json_doc *doc, uint32_t node)
{
	int64_t code = 0;

	(void)json_int64(doc, node, &code);
	switch (code) {
	case 50: /* of a user */
	case 144:
		return STATE_DELETED;
	case 63:
		return STATE_SUSPENDED;
	case 179:
		return STATE_PROTECTED;
	case 421:
	case 422:
		return STATE_UNAVAILABLE;
	default:
		return STATE_LIVE;
	}
}

/* No name in it: it is about the one that was asked for. */
static bool
problem_of_asked(struct x_value *value, const uint32_t *at)
{
	const struct rp_slice key = value->asked, type = x_text(value, at[TYPE]);
	struct rp_slice detail = x_text(value, at[DETAIL]);
	const enum subject subject = key_is_account(key) ? SUBJECT_USER : SUBJECT_POST;
	enum post_state state = state_of_code(value->doc, at[CODE]);

	if (key.n == 0)
		return false;
	if (state == STATE_LIVE)
		state = state_of_problem(last_segment(type), x_text(value, at[TITLE]),
		                         detail, subject, key_is_handle_only(key));
	if (state == STATE_LIVE)
		return false;
	if (detail.n == 0)
		detail = x_text(value, at[MESSAGE]);
	x_state(value, key, state, detail.n ? detail : x_text(value, at[TITLE]));
	return true;
}

static bool
problem(struct x_value *value, uint32_t node)
{
	uint32_t at[PROBLEM_NAMES];
	struct rp_slice name, title, detail, parameter, key;
	enum post_state state;
	enum subject subject;
	bool by_handle;

	(void)json_pick(value->doc, node, &value->names->problem, at);
	if (x_twin_id(value, at[VALUE], at[RESOURCE_ID], "value", &name, NULL) != RP_OK)
		return false;
	if (name.n == 0)
		return problem_of_asked(value, at);
	title = x_text(value, at[TITLE]);
	detail = x_text(value, at[DETAIL]);
	parameter = x_text(value, at[PARAMETER]);
	subject = subject_of(x_text(value, at[RESOURCE_TYPE]), parameter);
	if (subject == SUBJECT_UNKNOWN)
		return false;
	by_handle = names_handle(parameter) || !all_digits(name);
	state = state_of_problem(last_segment(x_text(value, at[TYPE])), title, detail,
	                         subject, by_handle);
	if (state == STATE_LIVE)
		return false;
	if (subject == SUBJECT_POST)
		key = x_key(value, name);
	else
		key = by_handle ? x_handle_key(value, name) : x_account_key(value, name);
	x_state(value, key, state, detail.n ? detail : title);
	return true;
}

size_t
x_problems(struct x_value *value, uint32_t node)
{
	struct json_each each = json_each(value->doc, node);
	size_t told = 0;

	if (json_type(value->doc, node) == JSON_OBJECT)
		return problem(value, node);
	while (json_next(&each))
		told += problem(value, each.value);
	return told;
}
