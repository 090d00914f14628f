#include "core/collect/bundle.h"

#include "core/collect/bundle-plan.h"
#include "core/collect/options.h"
#include "core/parse/archive.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum {
	NAMES_BYTES = 512 << 20, /* of a million entries, with their names */
	OWNER_BYTES = 4 << 20,   /* of the file that tells who it is */
};

struct bundle {
	struct entries *entries;
	enum bundle_kind kind;
	size_t position; /* entries that were stepped over or begun, since a rewind */
	struct bundle_plan plan;
	size_t n, next; /* chosen ones at the front of plan.entries; the next of them */
	struct bundle_count count;
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

static enum rp_status
read_owner(struct bundle *bundle, struct bundle_group *group, struct rp_error *err)
{
	const struct bundle_entry *entry = group->owner;
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(buf_done) struct rp_buf options;
	enum rp_status st = RP_OK;
	size_t n = 0;
	char *into;

	buf_init(&text, OWNER_BYTES);
	buf_init(&options, 10000);
	if (entry == NULL || (st = go_to(bundle, entry, err)) != RP_OK)
		return st;
	while (st == RP_OK) {
		text.n += n;
		if ((into = buf_reserve(&text, 1 << 16)) == NULL)
			return RP_OK; /* too long to be what it seems: nobody is named */
		st = entries_read(bundle->entries, into, 1 << 16, &n, err);
	}
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
