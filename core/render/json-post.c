#include "core/render/json-post.h"

#include "core/render/answer.h"

#include "core/base/arena.h"

enum { JSON_CEILING = 512 << 20 };

void
json_page_init(struct json_page *page, FILE *out)
{
	page->out = out;
	buf_init(&page->buf, JSON_CEILING);
	page->w = jsonw_to(&page->buf);
}

void
json_page_flush(struct json_page *page)
{
	if (page->buf.n > 0)
		fwrite(page->buf.p, 1, page->buf.n, page->out);
	buf_clear(&page->buf);
}

void
json_page_done(struct json_page *page)
{
	json_page_flush(page);
	buf_done(&page->buf);
}

/* The fewest digits that lose nothing: bounds are exact, whatever they bound. */
static enum rp_precision
needed(int64_t us)
{
	if (us % 1000 != 0)
		return RP_PRECISION_US;
	return us % RP_SECOND != 0 ? RP_PRECISION_MS : RP_PRECISION_S;
}

void
json_instant(struct jsonw *w, const char *name, int64_t us, enum rp_precision precision)
{
	jsonw_field_time(w, name, us,
	                 precision == RP_PRECISION_UNKNOWN ? needed(us) : precision);
}

void
json_time(struct jsonw *w, const char *name, struct rp_time time)
{
	enum rp_precision digits =
		rp_time_exact(time) ? time.precision : RP_PRECISION_UNKNOWN;

	jsonw_key(w, name);
	jsonw_object(w);
	json_instant(w, "lo", time.lo, digits);
	json_instant(w, "hi", time.hi, digits);
	jsonw_field_text(w, "precision", rp_slice_str(rp_precision_name(time.precision)));
	jsonw_field_text(w, "basis", rp_slice_str(rp_basis_name(time.basis)));
	jsonw_end_object(w);
}

void
json_confidence(struct jsonw *w, enum edge_origin origin, int percent)
{
	char text[16];

	if (origin != ORIGIN_INFERRED) {
		jsonw_field_null(w, "confidence");
		return;
	}
	(void)snprintf(text, sizeof(text), "%d.%02d", percent / 100, percent % 100);
	jsonw_key(w, "confidence");
	jsonw_raw(w, rp_slice_str(text));
}

void
json_account_state(struct jsonw *w, enum post_state state)
{
	if (state != STATE_LIVE)
		jsonw_field_text(w, "state", rp_slice_str(post_state_name(state)));
}

static void
author(struct jsonw *w, const struct view_author *a)
{
	jsonw_key(w, "author");
	jsonw_object(w);
	jsonw_field_text_or_null(w, "key", a->key);
	jsonw_field_text_or_null(w, "handle", a->handle);
	jsonw_field_text_or_null(w, "name", a->name);
	jsonw_field_text_or_null(w, "person",
	                         a->person ? a->person->name : (struct rp_slice){ 0 });
	json_account_state(w, a->state);
	jsonw_end_object(w);
}

/* The post's own address, else the one that follows from its key. */
static void
url(struct jsonw *w, const struct view_post *post)
{
	CLEANUP(arena_free) struct arena *arena = NULL;
	struct rp_slice text = post->post.url;

	if (text.n == 0) {
		arena = arena_new(1 << 16);
		if (arena == NULL ||
		    !key_url(arena, post->post.key, post->author.handle, &text))
			text = (struct rp_slice){ 0 };
	}
	jsonw_field_text_or_null(w, "url", text);
}

/* The parent by the first edge of a type; edges come primary first. */
static void
parent(struct jsonw *w, const char *name, const struct view_post *post,
       enum edge_type type)
{
	struct rp_slice key = { 0 };

	for (size_t i = post->n_edges; i-- > 0;)
		if (post->edges[i].type == type)
			key = post->edges[i].parent_key;
	jsonw_field_text_or_null(w, name, key);
}

static void
edges(struct jsonw *w, const struct view_post *post)
{
	jsonw_key(w, "edges");
	jsonw_array(w);
	for (size_t i = 0; i < post->n_edges; i++) {
		const struct view_edge *e = &post->edges[i];

		jsonw_object(w);
		jsonw_field_text(w, "type", rp_slice_str(edge_type_name(e->type)));
		jsonw_field_text(w, "parent", e->parent_key);
		jsonw_field_text(w, "origin", rp_slice_str(edge_origin_name(e->origin)));
		json_confidence(w, e->origin, e->confidence_percent);
		jsonw_field_text_or_null(w, "rule", e->rule);
		jsonw_key(w, "evidence");
		jsonw_array(w);
		jsonw_end_array(w);
		if (e->impossible)
			jsonw_field_bool(w, "impossible", true);
		if (e->cyclic)
			jsonw_field_bool(w, "cyclic", true);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

/* All wordings, only where there are several. */
static void
history(struct jsonw *w, const struct view_post *post)
{
	if (post->n_versions < 2)
		return;
	jsonw_key(w, "history");
	jsonw_array(w);
	for (uint32_t i = 0; i < post->n_versions; i++) {
		const struct version *v = &post->versions[i];

		jsonw_object(w);
		jsonw_field_text(w, "key", v->native.n > 0 ? v->native : post->post.key);
		json_time(w, "time", v->printed);
		jsonw_field_text(w, "text", v->text);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

static void
field_if(struct jsonw *w, const char *name, struct rp_slice text)
{
	if (text.n > 0)
		jsonw_field_text(w, name, text);
}

static bool
same_bounds(struct rp_time a, struct rp_time b)
{
	return a.lo == b.lo && a.hi == b.hi;
}

/* What is known beyond the stated time of an interval. */
static void
bounds(struct jsonw *w, const struct view_post *post)
{
	if (!same_bounds(post->time, post->post.time))
		json_time(w, "bounds", post->time);
	if (post->time_conflict)
		jsonw_field_bool(w, "time_conflict", true);
}

void
json_post_members(struct jsonw *w, const struct view_post *post)
{
	const struct post *p = &post->post;
	const struct version *v = &post->version;

	jsonw_field_text(w, "key", p->key);
	jsonw_field_text(w, "kind", rp_slice_str(post_kind_name(p->kind)));
	jsonw_field_text(w, "platform",
	                 rp_slice_str(platform_name(key_platform(p->key))));
	url(w, post);
	author(w, &post->author);
	json_time(w, "time", p->time);
	bounds(w, post);
	if (p->kind == KIND_GHOST && v->text.n == 0)
		jsonw_field_null(w, "text");
	else
		jsonw_field_text(w, "text", v->text);
	if (v->text_raw.n > 0 && !rp_slice_eq(v->text_raw, v->text))
		jsonw_field_text(w, "text_raw", v->text_raw);
	jsonw_field_text_or_null(w, "lang", v->lang);
	jsonw_field_text(w, "state", rp_slice_str(post_state_name(post->state)));
	if (post->seen_until != RP_TIME_UNKNOWN)
		json_instant(w, "seen_until", post->seen_until, RP_PRECISION_UNKNOWN);
	if (post->gone_by != RP_TIME_UNKNOWN)
		json_instant(w, "gone_by", post->gone_by, RP_PRECISION_UNKNOWN);
	parent(w, "reply_to", post, EDGE_REPLY);
	parent(w, "quote_of", post, EDGE_QUOTE);
	parent(w, "repost_of", post, EDGE_REPOST);
	jsonw_field_text_or_null(w, "conversation", p->conversation);
	jsonw_field_int(w, "versions", post->n_versions);
	history(w, post);
	edges(w, post);
	field_if(w, "title", p->title);
	field_if(w, "place", p->place);
	field_if(w, "zone", p->zone);
	field_if(w, "context", p->context);
	field_if(w, "not_before", p->not_before);
	field_if(w, "not_after", p->not_after);
	if (v->truncated)
		jsonw_field_bool(w, "truncated", true);
	if (v->damaged)
		jsonw_field_bool(w, "damaged", true);
}

void
json_seen_members(struct jsonw *w, const struct view_seen *seen)
{
	json_instant(w, "first_seen", seen->first, RP_PRECISION_UNKNOWN);
	json_instant(w, "last_seen", seen->last, RP_PRECISION_UNKNOWN);
	jsonw_key(w, "sources");
	jsonw_array(w);
	for (size_t i = 0; i < seen->n_captures; i++) {
		const struct capture *c = &seen->captures[i];
		char sha256[SHA256_HEX + 1];

		sha256_hex(&c->sha256, sha256);
		jsonw_object(w);
		jsonw_field_text(w, "name", c->name);
		json_instant(w, "at", c->at, RP_PRECISION_UNKNOWN);
		jsonw_field_text(w, "sha256", rp_slice_str(sha256));
		jsonw_field_int(w, "run", c->run);
		answer_member(w, c);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

void
write_exported(FILE *out, const struct view_post *post, const struct view_seen *seen)
{
	CLEANUP(json_page_done) struct json_page page;

	json_page_init(&page, out);
	jsonw_object(&page.w);
	json_post_members(&page.w, post);
	json_seen_members(&page.w, seen);
	jsonw_end_object(&page.w);
	buf_add_byte(&page.buf, '\n');
}
