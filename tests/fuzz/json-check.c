#include "tests/fuzz/json-check.h"

#include "core/base/jsonw.h"
#include "core/base/utf8.h"

/* The text accounted for from its first byte on, while the nodes are walked. */
struct walk {
	const struct json_doc *doc;
	struct rp_buf rebuilt;
	uint32_t open[JSON_MAX_DEPTH]; /* containers around the node */
	uint32_t depth;
	bool want_key;
	const char *wrong;
};

static bool
complain(struct walk *w, const char *words)
{
	if (w->wrong == NULL)
		w->wrong = words;
	return false;
}

static bool
put(struct walk *w, size_t to)
{
	size_t from = w->rebuilt.n;

	if (to < from || to > w->doc->text.n)
		return complain(w, "spans overlap or lie outside");
	buf_add(&w->rebuilt, rp_slice_from(w->doc->text.p + from, to - from));
	return true;
}

static bool
put_gap(struct walk *w, size_t to)
{
	for (size_t i = w->rebuilt.n; i < to && i < w->doc->text.n; i++)
		if (strchr(" \t\r\n,:", w->doc->text.p[i]) == NULL ||
		    w->doc->text.p[i] == '\0')
			return complain(w, "a gap that is more than blanks and commas");
	return put(w, to);
}

static bool
in_object(const struct walk *w)
{
	return w->depth > 0 &&
	       w->doc->nodes[w->open[w->depth - 1]].type == (uint8_t)JSON_OBJECT;
}

static bool
close_last(struct walk *w)
{
	const struct json_node *node = &w->doc->nodes[w->open[--w->depth]];
	size_t end = (size_t)node->at + node->n;

	if (!put_gap(w, end - 1) || !put(w, end))
		return false;
	if (w->rebuilt.p[end - 1] != (node->type == (uint8_t)JSON_OBJECT ? '}' : ']'))
		return complain(w, "a container that ends without its bracket");
	if (node->type == (uint8_t)JSON_OBJECT && !w->want_key)
		return complain(w, "a key without a value");
	w->want_key = in_object(w);
	return true;
}

static bool
check_next(struct walk *w, uint32_t i)
{
	const struct json_node *node = &w->doc->nodes[i];
	uint32_t limit = w->depth ? w->doc->nodes[w->open[w->depth - 1]].next : w->doc->n;

	if (node->next <= i || node->next > limit)
		return complain(w, "next leads out of the container");
	if (node->type < JSON_ARRAY && node->next != i + 1)
		return complain(w, "next of a plain value skips something");
	return true;
}

static bool
enter(struct walk *w, uint32_t i)
{
	const struct json_node *node = &w->doc->nodes[i];
	bool is_key = (node->flags & JSON_KEY) != 0;

	if (!check_next(w, i) || !put_gap(w, node->at))
		return false;
	if (is_key != (in_object(w) && w->want_key))
		return complain(w, "a key out of place");
	if (in_object(w))
		w->want_key = !w->want_key;
	if (node->n == 0 || node->type < JSON_ARRAY)
		return node->n > 0 ? put(w, (size_t)node->at + node->n)
		                   : complain(w, "an empty span");
	if (w->depth == (uint32_t)JSON_MAX_DEPTH)
		return complain(w, "too deep");
	w->open[w->depth++] = i;
	w->want_key = node->type == (uint8_t)JSON_OBJECT;
	return put(w, (size_t)node->at + 1);
}

static bool
walk_all(struct walk *w)
{
	for (uint32_t i = 0; i < w->doc->n; i++) {
		while (w->depth > 0 && w->doc->nodes[w->open[w->depth - 1]].next == i)
			if (!close_last(w))
				return false;
		if (w->depth == 0 && i > 0)
			return complain(w, "two roots");
		if (!enter(w, i))
			return false;
	}
	while (w->depth > 0)
		if (!close_last(w))
			return false;
	return put_gap(w, w->doc->text.n) &&
	       (rp_slice_eq(buf_slice(&w->rebuilt), w->doc->text) ||
	        complain(w, "spans and gaps do not give the text back"));
}

static const char *
check_structure(const struct json_doc *doc)
{
	struct walk w = { .doc = doc };

	if (doc->n == 0 || doc->nodes[0].next != doc->n)
		return "the root does not span the nodes";
	buf_init(&w.rebuilt, JSON_MAX_BYTES);
	(void)walk_all(&w);
	buf_done(&w.rebuilt);
	return w.wrong;
}

/* Write the text as JSON and read it back. */
static bool
survives_writing(struct rp_slice text, struct json_doc *again, struct rp_buf *json)
{
	buf_clear(json);
	jsonw_string(json, text);
	return json_parse(again, buf_slice(json), NULL) == RP_OK &&
	       !json_damaged(again, JSON_ROOT) && json_text_is(again, JSON_ROOT, text);
}

static const char *
check_string(const struct json_doc *doc, uint32_t i, struct json_doc *again,
             struct rp_buf *text, struct rp_buf *json)
{
	bool shows_damage;

	buf_clear(text);
	if (!json_add_text(doc, i, text) || buf_failed(text))
		return "a string without a text";
	if (!utf8_valid(buf_slice(text)))
		return "a decoded text that is not UTF-8";
	shows_damage =
		rp_slice_find(buf_slice(text), RP_SLICE(UTF8_REPLACEMENT)) < text->n;
	if (json_damaged(doc, i) && !shows_damage)
		return "damage that does not show";
	if (!json_damaged(doc, i) && !utf8_valid(json_raw_text(doc, i)))
		return "damage that is not marked";
	if (!json_text_is(doc, i, buf_slice(text)) || !json_same(doc, i, i))
		return "a string that is not its own text";
	/* Six escaped bytes for one at most, and the record limit holds for both. */
	if (text->n < (size_t)JSON_MAX_BYTES / 8 &&
	    !survives_writing(buf_slice(text), again, json))
		return "a text that does not survive being written";
	return NULL;
}

const char *
json_check(const struct json_doc *doc)
{
	CLEANUP(json_done) struct json_doc again = JSON_DOC_INIT;
	CLEANUP(buf_done) struct rp_buf text, json;
	const char *wrong = check_structure(doc);

	buf_init(&text, 3 * (size_t)JSON_MAX_BYTES);
	buf_init(&json, 8 * (size_t)JSON_MAX_BYTES);
	for (uint32_t i = 0; i < doc->n && wrong == NULL; i++)
		if (json_type(doc, i) == JSON_STRING)
			wrong = check_string(doc, i, &again, &text, &json);
	return wrong;
}

const char *
json_check_split(const struct json_doc *doc, size_t chunk)
{
	struct rp_slice rest = doc->text;
	enum json_split said = JSON_SPLIT_MORE;
	struct json_splitter split;
	size_t used;

	json_splitter_init(&split);
	while (rest.n > 0 && said == JSON_SPLIT_MORE) {
		said = json_split(&split,
		                  rp_slice_from(rest.p, chunk < rest.n ? chunk : rest.n),
		                  &used);
		rest = rp_slice_skip(rest, used);
	}
	if (said == JSON_SPLIT_MORE)
		said = json_split_finish(&split);
	if (said != JSON_SPLIT_END || split.begin != doc->nodes[0].at ||
	    split.fed - split.begin != doc->nodes[0].n)
		return "the splitter sees another end";
	return NULL;
}
