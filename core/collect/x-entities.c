/*
 * What a post carries beside its text: links, mentions, media, the options of a poll.
 */
#include "core/collect/x-archive.h"

#include "core/base/url.h"

#include <stdlib.h>

static int
by_bytes(const void *a, const void *b)
{
	return rp_slice_cmp(*(const struct rp_slice *)a, *(const struct rp_slice *)b);
}

/* The slices, each with a newline behind it. */
static struct rp_slice
lines(struct x_value *value, const struct rp_slice *list, size_t n)
{
	size_t size = 0;
	char *text, *into;

	for (size_t i = 0; i < n; i++)
		size += list[i].n + 1;
	if (size == 0)
		return RP_SLICE("");
	text = into = arena_alloc(value->batch->arena, size);
	if (text == NULL) {
		value->batch->full = true;
		return RP_SLICE("");
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < list[i].n; k++)
			*into++ = list[i].p[k] == '\n' ? ' ' : list[i].p[k];
		*into++ = '\n';
	}
	return rp_slice_from(text, size);
}

enum entity_name {
	ENTITY_URL,
	ENTITY_EXPANDED,
	ENTITY_DISPLAY,
	ENTITY_MEDIA_KEY,
	ENTITY_START,
	ENTITY_INDICES,
	ENTITY_ID,
	ENTITY_ID_STR,
	ENTITY_SCREEN_NAME,
	ENTITY_USERNAME,
	ENTITY_TCO,
	ENTITY_NAME,
	ENTITY_NICK,
	ENTITY_NAMES
};

static const struct rp_slice entity_names[ENTITY_NAMES] = {
	[ENTITY_URL] = RP_LIT("url"),
	[ENTITY_EXPANDED] = RP_LIT("expanded_url"),
	[ENTITY_DISPLAY] = RP_LIT("display_url"),
	[ENTITY_MEDIA_KEY] = RP_LIT("media_key"),
	[ENTITY_START] = RP_LIT("start"),
	[ENTITY_INDICES] = RP_LIT("indices"),
	[ENTITY_ID] = RP_LIT("id"),
	[ENTITY_ID_STR] = RP_LIT("id_str"),
	[ENTITY_SCREEN_NAME] = RP_LIT("screen_name"),
	[ENTITY_USERNAME] = RP_LIT("username"),
	[ENTITY_TCO] = RP_LIT("tcourl"),
	[ENTITY_NAME] = RP_LIT("name"),
	[ENTITY_NICK] = RP_LIT("nick"),
};

/*
 * A medium is known by the number behind the kind ("3_1576994475507077121"), which is its
 * id in v1.1, so that both vintages name it alike.
 */
static struct rp_slice
media_id(struct rp_slice key)
{
	size_t digits = 0;

	while (digits < key.n && key.p[digits] >= '0' && key.p[digits] <= '9')
		digits++;
	if (digits > 0 && digits + 1 < key.n && key.p[digits] == '_')
		return rp_slice_skip(key, digits + 1);
	return key;
}

static struct rp_slice
medium(struct x_value *value, uint32_t node)
{
	uint32_t at[ENTITY_NAMES];
	struct rp_slice id = RP_SLICE("");

	if (json_type(value->doc, node) == JSON_STRING)
		return media_id(x_text(value, node));
	(void)json_pick(value->doc, node, &value->names->entity, at);
	if (!json_absent(value->doc, at[ENTITY_MEDIA_KEY]))
		return media_id(x_text(value, at[ENTITY_MEDIA_KEY]));
	if (x_twin_id(value, at[ENTITY_ID_STR], at[ENTITY_ID], "id of a medium", &id,
	              NULL) != RP_OK)
		return RP_SLICE("");
	return id;
}

struct rp_slice
x_media(struct x_value *value, uint32_t array)
{
	struct json_each each = json_each(value->doc, array);
	size_t n = 0, kept = 0, most = x_count(value->doc, array);
	struct rp_slice *ids, id;

	if (most == 0 || (ids = x_slices(value, most)) == NULL)
		return RP_SLICE("");
	while (json_next(&each)) {
		id = medium(value, each.value);
		if (x_is_word(id))
			ids[n++] = id;
	}
	qsort(ids, n, sizeof(*ids), by_bytes);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !rp_slice_eq(ids[kept - 1], ids[i]))
			ids[kept++] = ids[i];
	return lines(value, ids, kept);
}

struct rp_slice
x_poll(struct x_value *value, uint32_t node)
{
	uint32_t options = json_get(value->doc, node, RP_SLICE("options"));
	struct json_each each = json_each(value->doc, options);
	size_t n = 0, most = x_count(value->doc, options);
	struct rp_slice *labels;

	if (most == 0 || (labels = x_slices(value, most)) == NULL)
		return RP_SLICE("");
	while (json_next(&each))
		labels[n++] = x_text(value,
		                     json_get(value->doc, each.value, RP_SLICE("label")));
	return lines(value, labels, n);
}

/* ---- entities -------------------------------------------------------------- */

enum entities_name {
	ENTITIES_URLS,
	ENTITIES_MEDIA,
	ENTITIES_MENTIONS,
	ENTITIES_USER_MENTIONS,
	ENTITIES_LINKS,     /* of scrapers */
	ENTITIES_MENTIONED, /* ... */
	ENTITIES_OUT,       /* of old ones: where links lead */
	ENTITIES_OUT_TCO,   /* ... and what stands in the text, in the same order */
	ENTITIES_NAMES
};

static const struct rp_slice entities_names[ENTITIES_NAMES] = {
	[ENTITIES_URLS] = RP_LIT("urls"),
	[ENTITIES_MEDIA] = RP_LIT("media"),
	[ENTITIES_MENTIONS] = RP_LIT("mentions"),
	[ENTITIES_USER_MENTIONS] = RP_LIT("user_mentions"),
	[ENTITIES_LINKS] = RP_LIT("links"),
	[ENTITIES_MENTIONED] = RP_LIT("mentionedUsers"),
	[ENTITIES_OUT] = RP_LIT("outlinks"),
	[ENTITIES_OUT_TCO] = RP_LIT("tcooutlinks"),
};

void
x_entity_names(struct x_names *names)
{
	json_names_init(&names->entity, entity_names, ENTITY_NAMES);
	json_names_init(&names->entities, entities_names, ENTITIES_NAMES);
}

static int64_t
start_of(struct x_value *value, const uint32_t *at)
{
	uint32_t node = at[ENTITY_START];
	int64_t start;

	if (json_type(value->doc, at[ENTITY_INDICES]) == JSON_ARRAY)
		node = at[ENTITY_INDICES] + 1;
	return json_int64(value->doc, node, &start) ? start : -1;
}

static bool
is_self(struct rp_slice expanded, struct rp_slice id)
{
	struct rp_slice path = RP_SLICE("/i/web/status/");

	if (!rp_slice_ends(expanded, id))
		return false;
	expanded.n -= id.n;
	return rp_slice_ends(expanded, path);
}

/* To a post that this one quotes?  The link tells who wrote it. */
static bool
is_quote(struct x_value *value, struct x_post *post, struct rp_slice expanded)
{
	struct url_meaning meaning;

	for (size_t i = 0; i < post->n_references; i++) {
		if (post->references[i].type != EDGE_QUOTE)
			continue;
		if (!url_meaning(value->batch->arena, expanded, &meaning)) {
			value->batch->full = true;
			return false;
		}
		if (meaning.kind != URL_POST || key_platform(meaning.key) != PLATFORM_X ||
		    !rp_slice_eq(key_native(meaning.key), post->references[i].id))
			continue;
		if (post->references[i].author.n == 0)
			post->references[i].author = meaning.author;
		return true;
	}
	return false;
}

/* What a link is for that nothing says more of. */
static enum x_link_use
use_of(struct x_value *value, struct x_post *post, struct rp_slice expanded)
{
	if (is_self(expanded, post->id))
		return X_LINK_SELF;
	return is_quote(value, post, expanded) ? X_LINK_QUOTE : X_LINK_SAID;
}

static void
gather_link(struct x_value *value, struct x_post *post, uint32_t node, bool is_media,
            struct x_gathered *out)
{
	uint32_t at[ENTITY_NAMES];
	struct x_link *link = &out->links[out->n_links];
	struct rp_slice display;

	(void)json_pick(value->doc, node, &value->names->entity, at);
	link->url = x_text(value, at[ENTITY_URL]);
	link->expanded = x_text(value, at[ENTITY_EXPANDED]);
	if (!json_absent(value->doc, at[ENTITY_TCO])) {
		link->expanded = link->url;
		link->url = x_text(value, at[ENTITY_TCO]);
	}
	link->start = start_of(value, at);
	display = x_text(value, at[ENTITY_DISPLAY]);
	if (is_media || !json_absent(value->doc, at[ENTITY_MEDIA_KEY]) ||
	    rp_slice_starts(display, RP_SLICE("pic.twitter.com/")) ||
	    rp_slice_starts(display, RP_SLICE("pic.x.com/")))
		link->use = X_LINK_MEDIA;
	else
		link->use = use_of(value, post, link->expanded);
	if (link->url.n > 0)
		out->n_links++;
}

static void
gather_from_note(struct x_value *value, struct x_post *post, const struct x_link *from,
                 struct x_gathered *out)
{
	struct x_link *link = &out->links[out->n_links];

	for (size_t i = 0; i < out->n_links; i++)
		if (rp_slice_eq(out->links[i].url, from->url))
			return;
	*link = *from;
	if (is_quote(value, post, link->expanded))
		link->use = X_LINK_QUOTE;
	out->n_links++;
}

static void
gather_mention(struct x_value *value, uint32_t node, struct x_gathered *out)
{
	uint32_t at[ENTITY_NAMES];
	struct rp_slice handle, id;

	(void)json_pick(value->doc, node, &value->names->entity, at);
	handle = x_text(value, json_absent(value->doc, at[ENTITY_USERNAME])
	                               ? at[ENTITY_SCREEN_NAME]
	                               : at[ENTITY_USERNAME]);
	if (handle.n == 0 && !json_absent(value->doc, at[ENTITY_NICK]))
		handle = x_text(value, at[ENTITY_NAME]); /* gallery-dl's word for it */
	if (!x_is_word(handle))
		return;
	if (x_twin_id(value, at[ENTITY_ID_STR], at[ENTITY_ID], "id of a mention", &id,
	              NULL) != RP_OK)
		id = RP_SLICE("");
	if (id.n == 0 &&
	    x_id(value,
	         json_get(value->doc, x2_included(value, X2_BY_HANDLE, handle),
	                  RP_SLICE("id")),
	         "id", &id, NULL) != RP_OK)
		id = RP_SLICE("");
	out->handles[out->n_mentions] = handle;
	out->ids[out->n_mentions++] = id;
}

/* Two lists of addresses, one beside the other. */
static void
gather_pairs(struct x_value *value, struct x_post *post, uint32_t expanded, uint32_t urls,
             struct x_gathered *out)
{
	struct json_each to = json_each(value->doc, expanded);
	struct json_each from = json_each(value->doc, urls);

	if (x_count(value->doc, expanded) != x_count(value->doc, urls))
		return;
	while (json_next(&to) && json_next(&from)) {
		struct x_link link = { .start = -1 };

		link.url = x_text(value, from.value);
		link.expanded = x_text(value, to.value);
		link.use = use_of(value, post, link.expanded);
		if (link.url.n > 0)
			out->links[out->n_links++] = link;
	}
}

/* The last word of a text with media, if it is a link that nothing else tells of. */
static void
gather_last_word(struct x_value *value, const struct x_post *post, struct x_gathered *out)
{
	struct rp_slice text = rp_slice_trim(x_text(value, post->text));
	size_t at = text.n;

	while (at > 0 && (unsigned char)text.p[at - 1] > ' ')
		at--;
	text = rp_slice_skip(text, at);
	if (!rp_slice_starts(text, RP_SLICE("https://t.co/")))
		return;
	for (size_t i = 0; i < out->n_links; i++)
		if (rp_slice_eq(out->links[i].url, text))
			return;
	out->links[out->n_links++] =
		(struct x_link){ .start = -1, .url = text, .use = X_LINK_MEDIA };
}

void
x_gather(struct x_value *value, struct x_post *post, struct x_gathered *out)
{
	uint32_t at[ENTITIES_NAMES], mentions, urls;
	struct json_each each;
	size_t n_links, n_mentions;

	*out = (struct x_gathered){ .n_links = 0 };
	(void)json_pick(value->doc, post->entities, &value->names->entities, at);
	mentions = json_absent(value->doc, at[ENTITIES_MENTIONS])
	                   ? at[ENTITIES_USER_MENTIONS]
	                   : at[ENTITIES_MENTIONS];
	if (json_absent(value->doc, mentions))
		mentions = at[ENTITIES_MENTIONED];
	urls = json_absent(value->doc, at[ENTITIES_URLS]) ? at[ENTITIES_LINKS]
	                                                  : at[ENTITIES_URLS];
	n_links = x_count(value->doc, urls) + x_count(value->doc, at[ENTITIES_MEDIA]) +
	          x_count(value->doc, at[ENTITIES_OUT_TCO]) +
	          (post->note ? post->note->n_links : 0) + post->media_apart;
	n_mentions = x_count(value->doc, mentions);
	if (n_links > 0)
		out->links =
			arena_array(value->batch->arena, n_links, sizeof(*out->links));
	if (n_mentions > 0) {
		out->handles = x_slices(value, n_mentions);
		out->ids = x_slices(value, n_mentions);
	}
	value->batch->full |= n_links > 0 && out->links == NULL;
	if (value->batch->full)
		return;
	for (each = json_each(value->doc, urls); json_next(&each);)
		gather_link(value, post, each.value, false, out);
	for (each = json_each(value->doc, at[ENTITIES_MEDIA]); json_next(&each);)
		gather_link(value, post, each.value, true, out);
	if (json_absent(value->doc, urls))
		gather_pairs(value, post, at[ENTITIES_OUT], at[ENTITIES_OUT_TCO], out);
	for (size_t i = 0; post->note != NULL && i < post->note->n_links; i++)
		gather_from_note(value, post, &post->note->links[i], out);
	for (each = json_each(value->doc, mentions); json_next(&each);)
		gather_mention(value, each.value, out);
	if (post->media_apart)
		gather_last_word(value, post, out);
}

struct rp_slice
x_mention_lines(struct x_value *value, const struct x_gathered *gathered)
{
	struct rp_slice *list, key;

	if (gathered->n_mentions == 0 ||
	    (list = x_slices(value, gathered->n_mentions)) == NULL)
		return RP_SLICE("");
	for (size_t i = 0; i < gathered->n_mentions; i++) {
		key = gathered->ids[i].n ? x_account_key(value, gathered->ids[i])
		                         : x_handle_key(value, gathered->handles[i]);
		list[i] = x_joined(value, key, RP_SLICE(" "));
		list[i] = x_joined(value, list[i], gathered->handles[i]);
	}
	return lines(value, list, gathered->n_mentions);
}
