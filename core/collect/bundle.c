#include "core/collect/bundle.h"

#include "core/base/map.h"
#include "core/collect/bundle-plan.h"
#include "core/collect/neighbours.h"
#include "core/collect/options.h"
#include "core/parse/archive.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum {
	NAMES_BYTES = 512 << 20, /* of a million entries, with their names */
	OWNER_BYTES = 4 << 20,   /* of the file that tells who it is */

	/* Of all that lies beside others: some thousand info.json of yt-dlp. */
	NEIGHBOURS_BYTES = 256 << 20,
};

struct bundle {
	struct entries *entries;
	enum bundle_kind kind;
	size_t position; /* entries that were stepped over or begun, since a rewind */
	struct bundle_plan plan;
	size_t n, next; /* chosen ones at the front of plan.entries; the next of them */
	struct bundle_count count;
	struct map *neighbours; /* names to texts, below; NULL: not looked for yet */
	struct arena *texts_arena;
	struct rp_slice *texts;
	size_t n_texts, room_texts;
	struct rp_error damage; /* that ends the list of entries early */
};

bool
bundle_is_zip(int fd)
{
	return archive_is_zip(fd);
}

bool
bundle_is_packed(struct rp_slice head)
{
	return archive_is_packed(head);
}

bool
bundle_has_zip(int fd)
{
	return archive_has_zip(fd);
}

bool
bundle_is_tar(struct rp_slice head)
{
	return archive_is_tar(head);
}

struct bundle *
bundle_close(struct bundle *bundle)
{
	if (bundle != NULL) {
		entries_close(bundle->entries);
		arena_free(bundle->plan.arena);
		map_free(bundle->neighbours);
		arena_free(bundle->texts_arena);
	}
	free(bundle);
	return NULL;
}

/* ---- whose it is ---------------------------------------------------------------- */

static void
add_setting(struct rp_buf *options, const char *key, const struct json_doc *doc,
            uint32_t node)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 2000);
	if (json_type(doc, node) == JSON_NUMBER)
		buf_add(&text, json_span(doc, node));
	else
		(void)json_add_text(doc, node, &text);
	/* What cannot be a setting (a name with a line break in it) is left out. */
	if (!buf_failed(&text) && text.n > 0 &&
	    options_add(options, rp_slice_str(key), buf_slice(&text), NULL) != RP_OK)
		return;
}

/* Three files tell it, each in its own words. */
static bool
add_owner(const struct json_doc *doc, struct rp_buf *options)
{
	static const char *const names[][3] = {
		{ "accountId", "userName", "displayName" },
		{ "accountId", "username", "accountDisplayName" },
		{ "id", "screen_name", "full_name" },
	};
	static const char *const keys[] = { "account", "handle", "name" };
	struct json_each each = json_each(doc, JSON_ROOT);
	const size_t before = options->n;
	uint32_t first = JSON_ROOT, node;

	if (json_type(doc, JSON_ROOT) == JSON_ARRAY && json_next(&each))
		first = each.value;
	for (size_t i = 0; i < 3 && options->n == before; i++) {
		node = i == 0   ? json_get(doc, first, RP_SLICE("userInfo"))
		       : i == 1 ? json_get(doc, first, RP_SLICE("account"))
		                : first;
		if (json_absent(doc, json_get(doc, node, rp_slice_str(names[i][0]))))
			continue;
		for (size_t k = 0; k < 3; k++)
			add_setting(options, keys[k], doc,
			            json_get(doc, node, rp_slice_str(names[i][k])));
	}
	return options->n > before;
}

/* The value in "window.YTD.account.part0 = [ … ];" */
static struct rp_slice
assigned(struct rp_slice text)
{
	text = rp_slice_trim(rp_slice_skip(text, rp_slice_find_byte(text, '=') + 1));
	while (rp_slice_ends(text, RP_SLICE(";")))
		text = rp_slice_trim(rp_slice_from(text.p, text.n - 1));
	return text;
}

bool
bundle_owner(struct rp_slice text, struct rp_buf *options)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;

	return json_parse(&doc, assigned(text), NULL) == RP_OK &&
	       add_owner(&doc, options);
}

/* ---- one entry ------------------------------------------------------------------ */

static struct rp_slice
plain_name(struct rp_slice name)
{
	while (rp_slice_starts(name, RP_SLICE("./")))
		name = rp_slice_skip(name, 2);
	return name;
}

/* To the entry, from its beginning. */
static enum rp_status
go_to(struct bundle *bundle, const struct bundle_entry *entry, struct rp_error *err)
{
	struct entry found = { .kind = ENTRY_OTHER };
	enum rp_status st = RP_OK;

	if (bundle->position > entry->index) {
		bundle->position = 0;
		st = entries_rewind(bundle->entries, err);
	}
	while (st == RP_OK && bundle->position <= entry->index) {
		st = entries_next(bundle->entries, &found, err);
		bundle->position += st == RP_OK;
	}
	if (st == RP_OK && found.kind == ENTRY_FILE &&
	    rp_slice_eq(plain_name(found.name), entry->name))
		return RP_OK;
	return st == RP_OK || st == RP_END
	               ? rp_fail(err, RP_BAD_SOURCE, "it changed while it was read")
	               : st;
}

/* All of the entry; RP_NOT_FOUND: it is longer than that. */
static enum rp_status
read_entry(struct bundle *bundle, const struct bundle_entry *entry, struct rp_buf *text,
           struct rp_error *err)
{
	enum rp_status st = go_to(bundle, entry, err);
	size_t n = 0;
	char *into;

	while (st == RP_OK) {
		text->n += n;
		if ((into = buf_reserve(text, 1 << 16)) == NULL)
			return RP_NOT_FOUND;
		st = entries_read(bundle->entries, into, 1 << 16, &n, err);
	}
	return st;
}

static enum rp_status
read_owner(struct bundle *bundle, struct bundle_group *group, struct rp_error *err)
{
	const struct bundle_entry *entry = group->owner;
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf options;
	enum rp_status st;

	buf_init(&text, OWNER_BYTES);
	buf_init(&options, 10000);
	if (entry == NULL)
		return RP_OK;
	st = read_entry(bundle, entry, &text, err);
	if (st == RP_NOT_FOUND)
		return RP_OK; /* too long to be what it seems: nobody is named */
	/* Damage is told when it is that member's turn. */
	if (st != RP_END && st != RP_BAD_SOURCE)
		return st;
	(void)bundle_owner(buf_slice(&text), &options);
	st = plan_promise(&bundle->plan, group, assigned(buf_slice(&text)), err);
	if (st != RP_OK)
		return st;
	if (!arena_copy(bundle->plan.arena, buf_slice(&options), &group->options))
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- what lies beside them ------------------------------------------------------ */

/* Those that a member which is read may have beside it, and that are there. */
static enum rp_status
mark_names(struct bundle *bundle, struct map *stems, struct rp_error *err)
{
	struct rp_slice stem;

	for (size_t i = 0; i < bundle->n; i++) {
		const struct bundle_entry *entry = &bundle->plan.entries[i];

		if (entry->group != NULL)
			continue;
		if (map_put(stems, entry->name, 0, NULL) == NULL ||
		    (neighbours_stem(entry->name, &stem) &&
		     map_put(stems, stem, 0, NULL) == NULL))
			return rp_fail_memory(err);
	}
	return RP_OK;
}

static bool
is_neighbour(const struct bundle_entry *entry, const struct map *stems)
{
	static const char *const endings[] = { ".riposte.ini", ".info.json", ".html",
		                               ".htm" };
	struct rp_slice stem = entry->name;

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (entry->group == NULL &&
		    rp_slice_ends(entry->name, rp_slice_str(endings[i]))) {
			stem.n -= strlen(endings[i]);
			return map_get(stems, stem) != NULL;
		}
	return false;
}

static enum rp_status
keep_text(struct bundle *bundle, const struct bundle_entry *entry, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice copy;
	bool fresh;
	enum rp_status st;

	buf_init(&text, RECORD_MAX_BYTES);
	st = read_entry(bundle, entry, &text, err);
	if (st != RP_END)
		return st == RP_FAILED ? st : RP_OK; /* damage is told in its turn */
	bundle->texts = arena_room(bundle->texts_arena, bundle->texts, bundle->n_texts,
	                           &bundle->room_texts, sizeof(*bundle->texts));
	if (bundle->texts == NULL ||
	    !arena_copy(bundle->texts_arena, buf_slice(&text), &copy))
		return rp_fail(err, RP_BAD_SOURCE,
		               "more than %d MiB lie beside other files in it",
		               NEIGHBOURS_BYTES >> 20);
	if (map_put(bundle->neighbours, entry->name, (uint32_t)bundle->n_texts, &fresh) ==
	    NULL)
		return rp_fail_memory(err);
	if (fresh)
		bundle->texts[bundle->n_texts++] = copy;
	return RP_OK;
}

static int
by_index(const void *pa, const void *pb)
{
	const struct bundle_entry *const *a = pa, *const *b = pb;

	return ((*a)->index > (*b)->index) - ((*a)->index < (*b)->index);
}

/* In one pass, since there may be no way back but from the beginning. */
static enum rp_status
read_neighbours(struct bundle *bundle, struct rp_error *err)
{
	CLEANUP(map_free) struct map *stems = map_new();
	const struct bundle_entry **found = NULL;
	const struct bundle_plan *plan = &bundle->plan;
	size_t n = 0, room = 0;
	enum rp_status st;

	bundle->neighbours = map_new();
	bundle->texts_arena = arena_new(NEIGHBOURS_BYTES);
	if (stems == NULL || bundle->neighbours == NULL || bundle->texts_arena == NULL)
		return rp_fail_memory(err);
	st = mark_names(bundle, stems, err);
	for (size_t i = 0; st == RP_OK && i < plan->n; i++) {
		if (!is_neighbour(&plan->entries[i], stems))
			continue;
		found = arena_room(plan->arena, found, n, &room, sizeof(*found));
		if (found == NULL)
			return rp_fail_memory(err);
		found[n++] = &plan->entries[i];
	}
	if (n > 0)
		qsort(found, n, sizeof(*found), by_index);
	for (size_t i = 0; st == RP_OK && i < n; i++)
		st = keep_text(bundle, found[i], err);
	return st;
}

enum rp_status
bundle_neighbour(void *context, struct rp_slice name, struct rp_buf *text,
                 struct rp_error *err)
{
	struct bundle *bundle = context;
	const uint32_t *at = map_get(bundle->neighbours, name);

	if (at == NULL || bundle->plan.entries[bundle->next - 1].group != NULL)
		return RP_NOT_FOUND;
	buf_add(text, bundle->texts[*at]);
	return buf_failed(text) ? rp_fail(err, RP_BAD_ITEM, "too long") : RP_OK;
}

/* ---- opening -------------------------------------------------------------------- */

static enum rp_status
add_entry(struct bundle *bundle, const struct entry *found, struct rp_error *err)
{
	struct bundle_plan *plan = &bundle->plan;
	struct bundle_entry *entry;

	bundle->count.members += found->kind == ENTRY_FILE;
	bundle->count.odd += found->kind == ENTRY_OTHER;
	if (found->kind != ENTRY_FILE)
		return RP_OK;
	plan->entries = arena_room(plan->arena, plan->entries, plan->n, &plan->room,
	                           sizeof(*plan->entries));
	if (plan->entries == NULL)
		return rp_fail_memory(err);
	entry = &plan->entries[plan->n++];
	*entry = (struct bundle_entry){ .size = found->size,
		                        .index = bundle->position,
		                        .promised = UINT64_MAX };
	if (!arena_copy(plan->arena, plain_name(found->name), &entry->name))
		return rp_fail_memory(err);
	return RP_OK;
}

static enum rp_status
list(struct bundle *bundle, struct rp_error *err)
{
	struct entry found;
	enum rp_status st;

	while ((st = entries_next(bundle->entries, &found, err)) == RP_OK) {
		st = add_entry(bundle, &found, err);
		bundle->position++;
		if (st != RP_OK)
			return st;
	}
	if (st == RP_BAD_SOURCE && bundle->count.members > 0) {
		if (err != NULL)
			bundle->damage = *err;
		bundle->damage.status = RP_BAD_SOURCE;
		return RP_OK;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
plan(struct bundle *bundle, struct rp_error *err)
{
	struct bundle_left left;
	enum rp_status st = plan_groups(&bundle->plan, err);

	for (size_t i = 0; st == RP_OK && i < bundle->plan.n_groups; i++)
		st = read_owner(bundle, &bundle->plan.groups[i], err);
	if (st == RP_OK)
		st = plan_choose(&bundle->plan, &bundle->n, err);
	if (st != RP_OK)
		return st;
	bundle->count.chosen = bundle->n;
	if (bundle->n > 0)
		return RP_OK;
	if (bundle->damage.status != RP_OK)
		return rp_fail(err, RP_BAD_SOURCE, "%s", bundle->damage.text);
	for (size_t i = 0; bundle_left(bundle, i, &left); i++)
		if (left.as == LEFT_ARCHIVE)
			return rp_fail(err, RP_BAD_SOURCE,
			               "nothing in it is known, but archives are in it, "
			               "such as %.*s: unpack it, and import those",
			               RP_FMT(left.name));
	return rp_fail(
		err, RP_BAD_SOURCE,
		"nothing in it is known: no archive of X (data/tweets.js, tweets.csv) "
		"or Mastodon (outbox.json), no .json, .txt, .csv, .vtt, .html, .car");
}

enum rp_status
bundle_open(int fd, enum bundle_kind kind, struct bundle **out, struct rp_error *err)
{
	CLEANUP(bundle_close) struct bundle *bundle = calloc(1, sizeof(*bundle));
	enum rp_status st;

	if (bundle == NULL || (bundle->plan.arena = arena_new(NAMES_BYTES)) == NULL)
		return rp_fail_memory(err);
	bundle->kind = kind;
	if (kind == BUNDLE_FOLDER)
		st = entries_open_folder(fd, &bundle->entries, err);
	else if (kind == BUNDLE_ZIP)
		st = entries_open_zip(fd, &bundle->entries, err);
	else
		st = entries_open_tar(fd, &bundle->entries, err);
	if (st == RP_OK)
		st = list(bundle, err);
	if (st == RP_OK)
		st = plan(bundle, err);
	if (st == RP_OK)
		st = read_neighbours(bundle, err);
	if (st != RP_OK)
		return st;
	*out = bundle;
	bundle = NULL;
	return RP_OK;
}

/* ---- members -------------------------------------------------------------------- */

enum rp_status
bundle_next(struct bundle *bundle, struct bundle_member *out, struct rp_error *err)
{
	const struct bundle_entry *entry;

	if (bundle->next == bundle->n)
		return RP_END;
	entry = &bundle->plan.entries[bundle->next++];
	*out = (struct bundle_member){ .name = entry->name,
		                       .as = entry->as,
		                       .size = entry->size,
		                       .gives = entry->gives,
		                       .wants = entry->wants,
		                       .twin = entry->twin,
		                       .promised = entry->promised };
	if (entry->group != NULL)
		out->options = entry->group->options;
	return go_to(bundle, entry, err);
}

static enum rp_status
read_member(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	return entries_read(((struct bundle *)context)->entries, into, size, n_out, err);
}

struct reader
bundle_reader(struct bundle *bundle)
{
	return (struct reader){ read_member, bundle };
}

enum rp_status
bundle_again(struct bundle *bundle, struct rp_error *err)
{
	return go_to(bundle, &bundle->plan.entries[bundle->next - 1], err);
}

bool
bundle_missing(const struct bundle *bundle, struct bundle_missing *out)
{
	*out = (struct bundle_missing){ .files = 0 };
	for (size_t g = 0; g < bundle->plan.n_groups; g++)
		for (size_t i = 0; i < bundle->plan.groups[g].n_promises; i++) {
			const struct bundle_promise *promise =
				&bundle->plan.groups[g].promises[i];

			if (promise->kept || promise->count == 0)
				continue;
			if (out->files++ == 0)
				out->first = promise->name;
			out->posts += promise->posts ? promise->count : 0;
		}
	return out->files > 0;
}

enum rp_status
bundle_damage(const struct bundle *bundle, struct rp_error *err)
{
	return bundle->damage.status == RP_OK
	               ? RP_OK
	               : rp_fail(err, RP_BAD_SOURCE, "%s", bundle->damage.text);
}

bool
bundle_left(const struct bundle *bundle, size_t i, struct bundle_left *out)
{
	const struct bundle_entry *entry;

	if (i >= bundle->plan.n - bundle->n)
		return false;
	entry = &bundle->plan.entries[bundle->n + i];
	*out = (struct bundle_left){ entry->name, entry->left, entry->why };
	return true;
}

const struct bundle_count *
bundle_count(const struct bundle *bundle)
{
	return &bundle->count;
}
