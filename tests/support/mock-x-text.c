/* Texts as X delivers them: escaped, links wrapped, offsets in code points. */
#include "tests/support/mock-x.h"

#include "core/base/ascii.h"
#include "core/base/hash.h"

#include <stdlib.h>

enum { X_SHORT = 280 };

void
x_text_init(struct x_text *t)
{
	memset(t, 0, sizeof(*t));
	buf_init(&t->text, 1 << 20);
}

void
x_text_done(struct x_text *t)
{
	buf_done(&t->text);
}

/* Escaped: `&`, `<` and `>`, nothing else. */
static void
put(struct x_text *t, struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		const char *escaped = text.p[i] == '&'   ? "&amp;"
		                      : text.p[i] == '<' ? "&lt;"
		                      : text.p[i] == '>' ? "&gt;"
		                                         : NULL;

		if (escaped != NULL) {
			buf_add_str(&t->text, escaped);
			t->points += strlen(escaped);
			continue;
		}
		buf_add_byte(&t->text, text.p[i]);
		t->points += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	}
}

static struct x_entity *
entity(struct x_text *t, enum x_kind kind, size_t start, struct rp_slice value)
{
	static struct x_entity none;
	struct x_entity *e = t->n < X_ENTITIES ? &t->at[t->n++] : &none;

	*e = (struct x_entity){
		.kind = kind, .start = start, .end = t->points, .value = value
	};
	return e;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

static size_t
word_length(struct rp_slice text, bool ascii)
{
	size_t n = 0;

	while (n < text.n && is_word(text.p[n]) && (!ascii || (text.p[n] & 0x80) == 0))
		n++;
	return n;
}

/* Up to the next blank, without the punctuation of the sentence around it. */
static size_t
link_length(struct rp_slice text)
{
	size_t n = 0;

	if (!rp_slice_starts(text, RP_SLICE("https://")) &&
	    !rp_slice_starts(text, RP_SLICE("http://")))
		return 0;
	while (n < text.n && strchr(" \n\t\"<>", text.p[n]) == NULL)
		n++;
	while (n > 0 && strchr(".,;:!?)", text.p[n - 1]) != NULL)
		n--;
	return n;
}

static struct rp_slice
shortened(const struct mock_request *r, struct rp_slice url)
{
	static const char letters[] = "abcdefghijkmnopqrstuvwxyzABCDEFG";
	uint64_t hash = hash_stable(url);
	char name[11] = "";

	for (int i = 0; i < 10; i++, hash >>= 5)
		name[i] = letters[hash & 31];
	return mock_print(r, "https://t.co/%s", name);
}

/* A link behind the text: of media, of the post that is quoted, of the note. */
static struct x_entity *
put_link(const struct mock_request *r, struct x_text *t, struct rp_slice url)
{
	struct rp_slice shown = shortened(r, url);
	size_t start = t->points;
	struct x_entity *e;

	put(t, shown);
	e = entity(t, X_URL, start, url);
	e->url = shown;
	return e;
}

static void
put_body(const struct mock_request *r, struct x_text *t, struct rp_slice text)
{
	while (text.n > 0) {
		size_t n = link_length(text), start = t->points;
		char before = t->text.n > 0 ? t->text.p[t->text.n - 1] : ' ';

		if (n > 0 && !rp_slice_starts(text, RP_SLICE("https://t.co/"))) {
			(void)put_link(r, t, rp_slice_from(text.p, n));
		} else if (text.p[0] == '@' && !is_word(before) &&
		           (n = word_length(rp_slice_skip(text, 1), true)) > 0) {
			put(t, rp_slice_from(text.p, ++n));
			(void)entity(t, X_MENTION, start,
			             rp_slice_from(text.p + 1, n - 1));
		} else if (text.p[0] == '#' && !is_word(before) &&
		           (n = word_length(rp_slice_skip(text, 1), false)) > 0) {
			put(t, rp_slice_from(text.p, ++n));
			(void)entity(t, X_HASHTAG, start,
			             rp_slice_from(text.p + 1, n - 1));
		} else {
			n = 1;
			put(t, rp_slice_from(text.p, 1));
		}
		text = rp_slice_skip(text, n);
	}
}

bool
x_media_key(const struct mock_request *r, const struct mock_thing *post, size_t i,
            struct rp_slice *out)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct json_each each;

	if (post->raws[M_MEDIA].n == 0 ||
	    json_parse(&doc, post->raws[M_MEDIA], NULL) != RP_OK)
		return false;
	each = json_each(&doc, JSON_ROOT);
	while (json_next(&each))
		if (i-- == 0)
			return json_text(
				       &doc,
				       json_get(&doc, each.value, RP_SLICE("media_key")),
				       r->arena, out, NULL) == RP_OK;
	return false;
}

/* One address for all of them, one entity for each. */
static void
put_media(const struct mock_request *r, const struct mock_thing *post, struct x_text *t)
{
	struct rp_slice key, url;
	struct x_entity *e = NULL;

	for (size_t i = 0; x_media_key(r, post, i, &key); i++) {
		if (e == NULL) {
			url = mock_print(r, "https://x.com/i/status/%.*s/photo/1",
			                 RP_FMT(post->id));
			put(t, RP_SLICE(" "));
			e = put_link(r, t, url);
		} else if (t->n < X_ENTITIES) {
			t->at[t->n] = *e;
			e = &t->at[t->n++];
		}
		e->media = key;
	}
}

/* Cut after so many code points of the plain text. */
static struct rp_slice
cut_to(struct rp_slice text, size_t points)
{
	size_t at = 0;

	for (; at < text.n; at++)
		if (((unsigned char)text.p[at] & 0xc0) != 0x80 && points-- == 0)
			break;
	return rp_slice_from(text.p, at);
}

/* Where the mentions end that a reply begins with. */
static size_t
after_mentions(const struct x_text *t)
{
	size_t at = 0;

	for (size_t i = 0; i < t->n && t->at[i].kind == X_MENTION; i++) {
		if (t->at[i].start != at)
			break;
		at = t->at[i].end + 1;
	}
	return at < t->points ? at : t->points;
}

static void
repost_text(const struct mock *m, const struct mock_request *r,
            const struct mock_thing *post, struct x_text *t)
{
	const struct mock_thing *of = mock_find(m, post->texts[M_REPOST]);
	const struct mock_thing *by = mock_find(m, mock_text(of, M_BY));
	struct rp_slice text = mock_text(of, M_TEXT);
	struct rp_slice whole = mock_print(r, "RT @%.*s: %.*s",
	                                   RP_FMT(mock_text(by, M_NAME)), RP_FMT(text));
	struct rp_slice part = cut_to(whole, 139);

	put_body(r, t, part);
	if (part.n < whole.n)
		put(t, RP_SLICE("\xe2\x80\xa6"));
	t->to = t->points;
}

void
x_text_of(const struct mock *m, const struct mock_request *r,
          const struct mock_thing *post, bool whole, struct x_text *out)
{
	struct rp_slice text = post->texts[M_TEXT];
	struct rp_slice part = whole ? text : cut_to(text, X_SHORT);

	if (post->texts[M_REPOST].n > 0) {
		repost_text(m, r, post, out);
		return;
	}
	out->cut = part.n < text.n;
	put_body(r, out, out->cut ? cut_to(text, X_SHORT - 27) : part);
	if (post->texts[M_REPLY].n > 0)
		out->from = after_mentions(out);
	out->to = out->points;
	if (whole && text.n > cut_to(text, X_SHORT).n)
		return;
	if (out->cut) {
		put(out, RP_SLICE("\xe2\x80\xa6 "));
		(void)put_link(r, out,
		               mock_print(r, "https://x.com/i/web/status/%.*s",
		                          RP_FMT(post->id)));
		out->to = out->points;
	}
	put_media(r, post, out);
	if (post->texts[M_QUOTE].n > 2) {
		put(out, RP_SLICE(" "));
		(void)put_link(
			r, out,
			mock_print(r, "https://x.com/i/status/%.*s",
		                   RP_FMT(rp_slice_skip(post->texts[M_QUOTE], 2))));
	}
}

static void
put_url(const struct x_entity *e, struct jsonw *w)
{
	struct rp_slice shown = e->value;

	if (rp_slice_starts(shown, RP_SLICE("https://")))
		shown = rp_slice_skip(shown, 8);
	jsonw_field_text(w, "url", e->url);
	jsonw_field_text(w, "expanded_url", e->value);
	if (e->media.n > 0) {
		jsonw_field_text(w, "display_url", RP_SLICE("pic.x.com/AbCdEfGhIj"));
		jsonw_field_text(w, "media_key", e->media);
	} else {
		jsonw_field_text(w, "display_url", shown);
	}
}

void
x_entities(const struct mock *m, const struct x_text *text, struct jsonw *w)
{
	static const char *const names[] = { "mentions", "urls", "hashtags" };

	jsonw_object(w);
	for (int kind = X_MENTION; kind <= X_HASHTAG; kind++) {
		bool open = false;

		for (size_t i = 0; i < text->n; i++) {
			const struct x_entity *e = &text->at[i];
			const struct mock_thing *user;

			if (e->kind != (enum x_kind)kind)
				continue;
			if (!open) {
				jsonw_key(w, names[kind]);
				jsonw_array(w);
				open = true;
			}
			jsonw_object(w);
			jsonw_field_int(w, "start", (int64_t)e->start);
			jsonw_field_int(w, "end", (int64_t)e->end);
			if (e->kind == X_URL)
				put_url(e, w);
			else
				jsonw_field_text(
					w, e->kind == X_MENTION ? "username" : "tag",
					e->value);
			user = e->kind == X_MENTION ? mock_named(m, "x", e->value) : NULL;
			if (user != NULL)
				jsonw_field_text(w, "id", user->id);
			jsonw_end_object(w);
		}
		if (open)
			jsonw_end_array(w);
	}
	jsonw_end_object(w);
}
