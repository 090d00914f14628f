/* The made-up world of `mock` (mock.h): reading its lines, finding, listing. */
#include "tests/support/mock.h"

#include "core/base/date.h"
#include "core/base/file.h"

#include <dirent.h>
#include <stdlib.h>

static const char *const text_names[M_TEXTS] = {
	[M_NAME] = "name",         [M_DISPLAY] = "display", [M_BIO] = "bio",
	[M_TEXT] = "text",         [M_TIME] = "time",       [M_BY] = "by",
	[M_REPLY] = "reply",       [M_TO] = "to",           [M_QUOTE] = "quote",
	[M_REPOST] = "repost",     [M_ROOT] = "root",       [M_EDITS] = "edits",
	[M_LANG] = "lang",         [M_PINNED] = "pinned",   [M_STATUS] = "status",
	[M_BODY] = "body",         [M_TYPE] = "type",       [M_ETAG] = "etag",
	[M_MODIFIED] = "modified", [M_TARGET] = "to",       [M_RETRY] = "retry",
	[M_SOURCE] = "source",     [M_AT] = "at",           [M_FILE] = "file",
};
static const char *const raw_names[M_RAWS] = {
	[M_MEDIA] = "media",
	[M_POLL] = "poll",
	[M_WITHHELD] = "withheld",
	[M_EXTRA] = "extra",
};
static const char *const flag_names[M_FLAGS] = {
	[M_PROTECTED] = "protected", [M_SUSPENDED] = "suspended", [M_DELETED] = "deleted",
	[M_BLOCKED] = "blocked",     [M_HIDDEN] = "hidden",
};
static const char *const kind_names[] = {
	[MOCK_ACCOUNT] = "account",
	[MOCK_POST] = "post",
	[MOCK_CAPTURE] = "capture",
	[MOCK_FILE] = "file",
};

/* A string, or a number as it stands. */
static struct rp_slice
value_of(const struct json_doc *doc, uint32_t node, struct arena *arena)
{
	struct rp_slice text = RP_SLICE("");

	if (json_type(doc, node) == JSON_NUMBER)
		return json_span(doc, node);
	if (json_type(doc, node) == JSON_STRING &&
	    json_text(doc, node, arena, &text, NULL) != RP_OK)
		return RP_SLICE("");
	return text;
}

static void
read_members(struct mock_thing *thing, const struct json_doc *doc, struct arena *arena)
{
	for (int i = 0; i < M_TEXTS; i++)
		thing->texts[i] = value_of(
			doc, json_get(doc, JSON_ROOT, rp_slice_str(text_names[i])),
			arena);
	for (int i = 0; i < M_RAWS; i++)
		thing->raws[i] = json_span(
			doc, json_get(doc, JSON_ROOT, rp_slice_str(raw_names[i])));
	for (int i = 0; i < M_FLAGS; i++)
		(void)json_bool(doc,
		                json_get(doc, JSON_ROOT, rp_slice_str(flag_names[i])),
		                &thing->flags[i]);
}

/* "time" as it can be read; what an id says where there is none. */
static int64_t
time_of(const struct mock_thing *thing)
{
	struct date_context context = { NULL, RP_BASIS_PLATFORM };
	size_t slash = rp_slice_find_byte(thing->id, '/');
	struct rp_time time = RP_TIME_NONE;

	if (!date_read(thing->texts[M_TIME], &context, &time, NULL))
		time = slash < thing->id.n
		               ? rp_time_from_tid(rp_slice_skip(thing->id, slash + 1))
		               : rp_time_from_x_id(thing->id);
	return time.lo;
}

static bool
keep(struct mock *m, struct mock_thing *thing)
{
	uint32_t *at;
	struct mock_thing *before = mock_find(m, thing->texts[M_EDITS]);
	bool fresh;

	if (before != NULL)
		before->edit = thing;
	if (m->n == m->room) {
		m->room = m->room ? 2 * m->room : 256;
		m->things = realloc(m->things, m->room * sizeof(*m->things));
		if (m->things == NULL)
			return false;
	}
	at = map_put(m->keys, thing->key, (uint32_t)m->n, &fresh);
	if (at == NULL)
		return false;
	if (fresh) {
		m->things[m->n++] = thing;
		return true;
	}
	if (thing->kind == MOCK_POST)
		thing->older = m->things[*at];
	if (thing->older != NULL)
		thing->made = thing->older->made;
	thing->edit = m->things[*at]->edit;
	m->things[*at] = thing;
	return true;
}

static void
settings(struct mock *m, const struct json_doc *doc, uint32_t object, struct arena *arena)
{
	struct json_each each = json_each(doc, object);

	while (json_next(&each)) {
		struct rp_slice name = value_of(doc, each.key, arena), value, copy;

		value = value_of(doc, each.value, arena);
		if (arena_copy(arena, name, &name) && arena_copy(arena, value, &copy))
			mock_set(m, name.p, copy.n ? copy.p : "");
	}
}

bool
mock_add(struct mock *m, struct rp_slice line)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct mock_thing *thing = arena_alloc(m->arena, sizeof(*thing));
	uint32_t node = JSON_NONE;
	size_t kind;

	if (thing == NULL || !arena_copy(m->arena, line, &line) ||
	    json_parse(&doc, line, NULL) != RP_OK)
		return false;
	node = json_get(&doc, JSON_ROOT, RP_SLICE("set"));
	if (node != JSON_NONE) {
		settings(m, &doc, node, m->arena);
		return true;
	}
	for (kind = 0; kind < sizeof(kind_names) / sizeof(*kind_names); kind++) {
		node = json_get(&doc, JSON_ROOT, rp_slice_str(kind_names[kind]));
		if (node != JSON_NONE)
			break;
	}
	if (node == JSON_NONE)
		return false;
	thing->kind = (enum mock_kind)kind;
	thing->key = value_of(&doc, node, m->arena);
	thing->id = rp_slice_skip(thing->key, rp_slice_find_byte(thing->key, ':') + 1);
	read_members(thing, &doc, m->arena);
	if (kind == MOCK_CAPTURE &&
	    !arena_printf(m->arena, &thing->key, "%.*s %.*s", RP_FMT(thing->texts[M_AT]),
	                  RP_FMT(thing->key)))
		return false;
	thing->time = thing->made = time_of(thing);
	return keep(m, thing);
}

bool
mock_add_lines(struct mock *m, struct rp_slice lines)
{
	bool good = true;

	while (lines.n > 0) {
		struct rp_slice line = rp_slice_trim(rp_slice_cut(&lines, '\n'));

		if (line.n > 0 && line.p[0] == '{' && !mock_add(m, line)) {
			fprintf(stderr, "mock: bad line: %.*s\n", RP_FMT(line));
			good = false;
		}
	}
	return good;
}

static int
wanted(const struct dirent *entry)
{
	return rp_slice_ends(rp_slice_str(entry->d_name), RP_SLICE(".jsonl"));
}

static void
load_file(struct mock *m, const char *path)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 256 << 20);
	if (file_read(path, &text, NULL) == RP_OK)
		(void)mock_add_lines(m, buf_slice(&text));
}

void
mock_load(struct mock *m)
{
	struct dirent **entries = NULL;
	int n = m->dir != NULL ? scandir(m->dir, &entries, wanted, alphasort) : 0;
	char path[4096];

	arena_reset(m->arena);
	map_clear(m->keys);
	m->n = 0;
	for (int i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", m->dir, entries[i]->d_name);
		load_file(m, path);
		free(entries[i]);
	}
	free(entries);
	if (m->state != NULL)
		load_file(m, m->state);
}

struct mock_thing *
mock_find(const struct mock *m, struct rp_slice key)
{
	const uint32_t *at = key.n > 0 ? map_get(m->keys, key) : NULL;

	return at != NULL ? m->things[*at] : NULL;
}

struct mock_thing *
mock_find2(const struct mock *m, const char *network, struct rp_slice id)
{
	char key[2100];
	int n = snprintf(key, sizeof(key), "%s:%.*s", network, (int)id.n,
	                 id.n ? id.p : "");

	return n > 0 && (size_t)n < sizeof(key)
	               ? mock_find(m, rp_slice_from(key, (size_t)n))
	               : NULL;
}

bool
mock_is(const struct mock_thing *thing, const char *network, enum mock_kind kind)
{
	size_t n = strlen(network);

	return thing != NULL && thing->kind == kind && thing->key.n > n &&
	       memcmp(thing->key.p, network, n) == 0 && thing->key.p[n] == ':';
}

struct mock_thing *
mock_named(const struct mock *m, const char *network, struct rp_slice name)
{
	for (size_t i = 0; i < m->n; i++)
		if (mock_is(m->things[i], network, MOCK_ACCOUNT) &&
		    rp_slice_eq_nocase(m->things[i]->texts[M_NAME], name))
			return m->things[i];
	return NULL;
}

bool
mock_file(struct mock *m, struct rp_slice name, struct rp_buf *out)
{
	const struct mock_thing *file = mock_find(m, name);
	char path[4096];

	if (file != NULL && file->texts[M_BODY].n > 0) {
		buf_add(out, file->texts[M_BODY]);
		return true;
	}
	/* A world may point out of itself; who asks may not. */
	if (file != NULL && file->texts[M_SOURCE].n > 0)
		name = file->texts[M_SOURCE];
	else if (rp_slice_find(name, RP_SLICE("..")) < name.n)
		return false;
	if (m->dir == NULL)
		return false;
	(void)snprintf(path, sizeof(path), "%s/%.*s", m->dir, RP_FMT(name));
	return file_read(path, out, NULL) == RP_OK;
}

/* Newest first, by time, then by the longer and larger id. */
static int
newer_first(const void *a, const void *b)
{
	const struct mock_thing *x = *(struct mock_thing *const *)a;
	const struct mock_thing *y = *(struct mock_thing *const *)b;

	if (x->made != y->made)
		return x->made < y->made ? 1 : -1;
	if (x->id.n != y->id.n)
		return x->id.n < y->id.n ? 1 : -1;
	return rp_slice_cmp(y->id, x->id);
}

struct mock_list
mock_posts(const struct mock *m, struct arena *arena, const char *network,
           mock_filter filter, const void *context)
{
	struct mock_list list = { arena_array(arena, m->n + 1, sizeof(*list.at)), 0 };

	if (list.at == NULL)
		abort();
	for (size_t i = 0; i < m->n; i++)
		if (mock_is(m->things[i], network, MOCK_POST) &&
		    filter(m, m->things[i], context))
			list.at[list.n++] = m->things[i];
	qsort(list.at, list.n, sizeof(*list.at), newer_first);
	return list;
}
