/*
 * Canonical export: what is known of a post, and nothing about how or when we looked.
 *
 * Two archives are the same when this gives the same bytes for both.  So nothing is in
 * here that depends on the order of arrival, on a people file, or on the reader.
 */
#include "core/render/json-post.h"

/* "a\nb\n" as ["a","b"]. */
static void
lines(struct jsonw *w, const char *name, struct rp_slice text)
{
	jsonw_key(w, name);
	jsonw_array(w);
	while (text.n > 0)
		jsonw_text(w, rp_slice_cut(&text, '\n'));
	jsonw_end_array(w);
}

static void
fingerprint(struct jsonw *w, const struct version *version)
{
	char hex[2 * FINGERPRINT_BYTES + 1];

	for (size_t i = 0; i < FINGERPRINT_BYTES; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", version->fingerprint[i]);
	jsonw_field_text(w, "fingerprint", rp_slice_str(hex));
}

static void
version_object(struct jsonw *w, const struct view_post *post,
               const struct version *version)
{
	jsonw_object(w);
	jsonw_field_text(w, "key",
	                 version->native.n > 0 ? version->native : post->post.key);
	fingerprint(w, version);
	json_time(w, "time", version->printed);
	jsonw_field_text(w, "text", version->text);
	if (version->text_raw.n > 0 && !rp_slice_eq(version->text_raw, version->text))
		jsonw_field_text(w, "text_raw", version->text_raw);
	jsonw_field_text_or_null(w, "lang", version->lang);
	lines(w, "mentions", version->mentions);
	lines(w, "media", version->media);
	lines(w, "poll", version->poll);
	jsonw_field_bool(w, "truncated", version->truncated);
	jsonw_field_bool(w, "damaged", version->damaged);
	jsonw_end_object(w);
}

static void
versions(struct jsonw *w, const struct view_post *post)
{
	jsonw_key(w, "versions");
	jsonw_array(w);
	for (uint32_t i = 0; i < post->n_versions; i++)
		version_object(w, post, &post->versions[i]);
	jsonw_end_array(w);
}

static void
edges(struct jsonw *w, const struct view_post *post)
{
	jsonw_key(w, "edges");
	jsonw_array(w);
	for (size_t i = 0; i < post->n_edges; i++) {
		const struct view_edge *e = &post->edges[i];

		/* Guesses are made from the facts, and by whom is no fact about
		 * a post. */
		if (e->origin == ORIGIN_INFERRED)
			continue;
		jsonw_object(w);
		jsonw_field_text(w, "type", rp_slice_str(edge_type_name(e->type)));
		jsonw_field_text(w, "parent", e->parent_key);
		jsonw_field_text(w, "origin", rp_slice_str(edge_origin_name(e->origin)));
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

static void
event(struct jsonw *w, const struct post *post)
{
	jsonw_field_text_or_null(w, "title", post->title);
	jsonw_field_text_or_null(w, "place", post->place);
	jsonw_field_text_or_null(w, "zone", post->zone);
	jsonw_field_text_or_null(w, "context", post->context);
	jsonw_field_text_or_null(w, "not_before", post->not_before);
	jsonw_field_text_or_null(w, "not_after", post->not_after);
}

void
write_canonical(FILE *out, const struct view_post *post, const struct rp_slice *aliases,
                size_t n_aliases)
{
	CLEANUP(json_page_done) struct json_page page;
	struct jsonw *w = &page.w;

	json_page_init(&page, out);
	jsonw_object(w);
	jsonw_field_text(w, "key", post->post.key);
	jsonw_key(w, "aliases");
	jsonw_array(w);
	for (size_t i = 0; i < n_aliases; i++)
		jsonw_text(w, aliases[i]);
	jsonw_end_array(w);
	jsonw_field_text(w, "kind", rp_slice_str(post_kind_name(post->post.kind)));
	jsonw_key(w, "author");
	jsonw_object(w);
	jsonw_field_text_or_null(w, "key", post->author.key);
	jsonw_field_text_or_null(w, "handle", post->author.handle);
	jsonw_field_text_or_null(w, "name", post->author.name);
	json_account_state(w, post->author.state);
	jsonw_end_object(w);
	json_time(w, "time", post->post.time);
	jsonw_field_text(w, "state", rp_slice_str(post_state_name(post->state)));
	jsonw_field_text_or_null(w, "conversation", post->post.conversation);
	jsonw_field_text_or_null(w, "url", post->post.url);
	event(w, &post->post);
	versions(w, post);
	edges(w, post);
	jsonw_end_object(w);
	buf_add_byte(&page.buf, '\n');
}
