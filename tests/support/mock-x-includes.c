/* The includes of the mock of X, and what it says of things that cannot be had. */
#include "tests/support/mock-x.h"

#include <stdlib.h>

/* The members of an object that were selected, or that always come. */
static void
put_selected(struct x_call *c, const struct json_doc *doc, uint32_t object,
             const char *fields, const char *always)
{
	struct json_each each = json_each(doc, object);
	char name[64];

	jsonw_object(&c->w);
	while (json_next(&each)) {
		(void)snprintf(name, sizeof(name), "%.*s",
		               RP_FMT(json_raw_text(doc, each.key)));
		if (!x_listed(always, name) && !x_listed(fields, name))
			continue;
		jsonw_key(&c->w, name);
		jsonw_raw(&c->w, json_span(doc, each.value));
	}
	jsonw_end_object(&c->w);
}

static void
put_media_of(struct x_call *c, const struct x_set *set, bool *open)
{
	for (size_t i = 0; i < set->n; i++) {
		CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
		struct json_each each;

		if (set->at[i]->raws[M_MEDIA].n == 0 ||
		    json_parse(&doc, set->at[i]->raws[M_MEDIA], NULL) != RP_OK)
			continue;
		each = json_each(&doc, JSON_ROOT);
		while (json_next(&each)) {
			if (!*open) {
				jsonw_key(&c->w, "media");
				jsonw_array(&c->w);
				*open = true;
			}
			put_selected(c, &doc, each.value, c->media_fields,
			             "media_key,type");
		}
	}
}

static void
put_polls_of(struct x_call *c, const struct x_set *set)
{
	bool open = false;

	for (size_t i = 0; i < set->n; i++) {
		CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;

		if (set->at[i]->raws[M_POLL].n == 0 ||
		    json_parse(&doc, set->at[i]->raws[M_POLL], NULL) != RP_OK)
			continue;
		if (!open) {
			jsonw_key(&c->w, "polls");
			jsonw_array(&c->w);
			open = true;
		}
		put_selected(c, &doc, JSON_ROOT, c->poll_fields, "id,options");
	}
	if (open)
		jsonw_end_array(&c->w);
}

static void
put_posts(struct x_call *c)
{
	jsonw_key(&c->w, x_word(c, "tweets", "posts"));
	jsonw_array(&c->w);
	for (size_t i = 0; i < c->posts.n; i++)
		x_put_post(c, c->posts.at[i], false);
	jsonw_end_array(&c->w);
}

void
x_put_includes(struct x_call *c)
{
	bool media = false;
	bool attached = x_listed(c->expansions, "attachments.media_keys");
	bool polls = x_listed(c->expansions, "attachments.poll_ids");
	struct jsonw was = c->w;
	size_t before = c->w.out->n;

	jsonw_key(&c->w, "includes");
	jsonw_object(&c->w);
	if (c->posts.n > 0)
		put_posts(c);
	if (c->users.n > 0) {
		jsonw_key(&c->w, "users");
		jsonw_array(&c->w);
		for (size_t i = 0; i < c->users.n; i++)
			x_put_user(c, c->users.at[i]);
		jsonw_end_array(&c->w);
	}
	if (attached)
		put_media_of(c, &c->shown, &media);
	if (x_listed(c->expansions, "referenced_tweets.id.attachments.media_keys"))
		put_media_of(c, &c->posts, &media);
	if (media)
		jsonw_end_array(&c->w);
	if (polls)
		put_polls_of(c, &c->shown);
	/* Nothing was included: then there is no such member. */
	if (c->w.out->p[c->w.out->n - 1] == '{') {
		c->w.out->n = before;
		c->w = was;
		return;
	}
	jsonw_end_object(&c->w);
}

enum trouble { FINE, GONE, SUSPENDED, LOCKED };

static void
put_error(struct x_call *c, enum trouble trouble, bool user, struct rp_slice value,
          const char *parameter, const char *section)
{
	static const char *const titles[] = { "", "Not Found Error", "Forbidden",
		                              "Authorization Error" };
	const char *what = user ? "user" : x_word(c, "tweet", "post");
	const char *prefix = x_word(c, "https://api.twitter.com/2/problems/",
	                            "https://api.x.com/2/problems/");
	struct rp_slice detail;
	struct jsonw w = jsonw_to(&c->errors);

	if (trouble == SUSPENDED)
		detail = mock_print(c->r, "User has been suspended: [%.*s].",
		                    RP_FMT(value));
	else if (trouble == LOCKED)
		detail =
			mock_print(c->r,
		                   "Sorry, you are not authorized to see the %s with %s: "
		                   "[%.*s].",
		                   user ? "user" : x_word(c, "Tweet", "Post"), parameter,
		                   RP_FMT(value));
	else
		detail = mock_print(c->r, "Could not find %s with %s: [%.*s].", what,
		                    parameter, RP_FMT(value));
	if (c->errors.n > 0)
		buf_add_byte(&c->errors, ',');
	jsonw_object(&w);
	jsonw_field_text(&w, "resource_type", rp_slice_str(what));
	jsonw_field_text(&w, "resource_id", value);
	jsonw_field_text(&w, "value", value);
	jsonw_field_text(&w, "parameter", rp_slice_str(parameter));
	jsonw_field_text(&w, "section", rp_slice_str(section));
	jsonw_field_text(&w, "title", rp_slice_str(titles[trouble]));
	jsonw_field_text(&w, "detail", detail);
	jsonw_field_text(&w, "type",
	                 mock_print(c->r, "%s%s", prefix,
	                            trouble == LOCKED ? "not-authorized-for-resource"
	                                              : "resource-not-found"));
	jsonw_end_object(&w);
}

bool
x_trouble(struct x_call *c, struct mock_thing *thing, bool user, struct rp_slice value,
          const char *parameter, const char *section)
{
	const struct mock_thing *by;
	enum trouble trouble = FINE;

	if (thing == NULL || thing->flags[M_DELETED] || thing->flags[M_HIDDEN]) {
		trouble = GONE;
	} else if (user) {
		if (thing->flags[M_SUSPENDED])
			trouble = SUSPENDED;
		else if (thing->flags[M_PROTECTED] && strcmp(section, "includes") == 0)
			trouble = LOCKED;
	} else {
		by = mock_find(c->m, thing->texts[M_BY]);
		if (by != NULL && by->flags[M_DELETED])
			trouble = GONE;
		else if (thing->flags[M_PROTECTED] ||
		         (by != NULL &&
		          (by->flags[M_PROTECTED] || by->flags[M_SUSPENDED])))
			trouble = LOCKED;
	}
	if (trouble != FINE)
		put_error(c, trouble, user, value, parameter, section);
	return trouble != FINE;
}
