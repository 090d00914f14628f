#include "core/collect/bundle-plan.h"

#include "core/base/map.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum { GROUPS_MAX = 64 };

/*
 * What is read of each layout: nothing else is.  A name with parts may have "-part1" in
 * front of its ending.  Of equal rank, what stands first in the archive is read first.
 */
/* clang-format off */
static const struct rule {
	enum bundle_layout layout;
	const char *stem, *ending;
	bool parts;
	int rank;
	enum { USE_OWNER, USE_NOTES, USE_POSTS, USE_FACTS, USE_TABLE } use;
	const char *as;
} rules[] = {
	{ LAYOUT_X,        "manifest",              ".js",   false, 0, USE_OWNER, "x" },
	{ LAYOUT_X,        "account",               ".js",   false, 0, USE_OWNER, "x" },
	{ LAYOUT_X,        "screen-name-change",    ".js",   false, 0, USE_FACTS, "x" },
	{ LAYOUT_X,        "note-tweet",            ".js",   true,  1, USE_NOTES, "x" },
	{ LAYOUT_X,        "tweets",                ".js",   true,  2, USE_POSTS, "x" },
	{ LAYOUT_X,        "tweet",                 ".js",   true,  2, USE_POSTS, "x" },
	{ LAYOUT_X,        "community-tweet",       ".js",   true,  2, USE_POSTS, "x" },
	{ LAYOUT_X,        "deleted-tweets",        ".js",   true,  2, USE_POSTS, "x" },
	{ LAYOUT_X,        "tweet-headers",         ".js",   true,  3, USE_FACTS, "x" },
	{ LAYOUT_X,        "deleted-tweet-headers", ".js",   true,  3, USE_FACTS, "x" },
	{ LAYOUT_X_OLD,    "data/js/user_details",  ".js",   false, 0, USE_OWNER, "x" },
	{ LAYOUT_X_OLD,    "data/js/tweets/",       ".js",   false, 2, USE_POSTS, "x" },
	{ LAYOUT_X_OLD,    "tweets",                ".csv",  false, 2, USE_TABLE, "x-archive" },
	{ LAYOUT_MASTODON, "actor",                 ".json", false, 0, USE_FACTS, "masto" },
	{ LAYOUT_MASTODON, "outbox",                ".json", false, 2, USE_POSTS, "masto" },
};
enum { RULES = sizeof(rules) / sizeof(*rules) };

/* By what an archive is known; the file is in its base, which some must be called
 * "data/" for that. */
static const struct mark {
	enum bundle_layout layout;
	const char *file;
	bool in_data;
} marks[] = {
	{ LAYOUT_X,        "tweets.js",               false },
	{ LAYOUT_X,        "tweet.js",                false },
	{ LAYOUT_X,        "account.js",              true },
	{ LAYOUT_X,        "manifest.js",             true },
	{ LAYOUT_X_OLD,    "data/js/tweet_index.js",  false },
	{ LAYOUT_X_OLD,    "data/js/user_details.js", false },
	{ LAYOUT_MASTODON, "outbox.json",             false },
};
enum { MARKS = sizeof(marks) / sizeof(*marks) };

/* Outside of such archives: endings of files that a collector may know.  No ".js", and
 * none of the names below: those are private parts of an archive that is not whole. */
static const char *const endings[] = {
	".json", ".jsonl", ".ndjson", ".txt", ".csv", ".vtt", ".srt", ".html", ".htm",
	".xhtml", ".xml", ".rss", ".atom", ".rdf", ".md", ".json3", ".srv1", ".srv2", ".srv3",
	".ttml", ".car",
};
static const char *const never[] = {
	"likes.json", "bookmarks.json", "following_accounts.csv", "lists.csv",
	"bookmarks.csv", "muted_accounts.csv", "blocked_accounts.csv", "blocked_domains.csv",
};
/* clang-format on */

const char *const bundle_owner_files[] = { "manifest.js", "account.js", NULL };
const char *const bundle_notes_file = "note-tweet.js";

static struct rp_slice
base_name(struct rp_slice name)
{
	size_t at = name.n;

	while (at > 0 && name.p[at - 1] != '/')
		at--;
	return rp_slice_skip(name, at);
}

bool
bundle_is_private(struct rp_slice name)
{
	const struct rp_slice file = base_name(name);

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (rp_slice_eq_nocase(file, rp_slice_str(never[i])))
			return true;
	return false;
}

static bool
has_plain_ending(struct rp_slice name)
{
	const struct rp_slice file = base_name(name);

	if (bundle_is_private(name))
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const size_t n = strlen(endings[i]);

		if (file.n > n && rp_slice_eq_nocase(rp_slice_skip(file, file.n - n),
		                                     rp_slice_str(endings[i])))
			return true;
	}
	return false;
}

/* ---- groups --------------------------------------------------------------------- */

/* Is it this file in some folder?  The folder, with its slash. */
static bool
is_in_folder(struct rp_slice name, struct rp_slice file, struct rp_slice *folder_out)
{
	if (!rp_slice_ends(name, file))
		return false;
	*folder_out = rp_slice_from(name.p, name.n - file.n);
	return folder_out->n == 0 || folder_out->p[folder_out->n - 1] == '/';
}

static enum rp_status
add_group(struct bundle_plan *plan, enum bundle_layout layout, struct rp_slice base,
          struct rp_error *err)
{
	const struct rp_slice data = RP_SLICE("data/");
	struct bundle_group group = { .layout = layout, .base = base };

	if (layout != LAYOUT_X || !is_in_folder(base, data, &group.covers))
		group.covers = base;
	for (size_t i = 0; i < plan->n_groups; i++)
		if (plan->groups[i].layout == layout &&
		    rp_slice_eq(plan->groups[i].base, base))
			return RP_OK;
	if (plan->n_groups == GROUPS_MAX)
		return rp_fail(err, RP_BAD_SOURCE,
		               "more than %d people's archives are in it; name them one "
		               "by one",
		               (int)GROUPS_MAX);
	plan->groups[plan->n_groups++] = group;
	return RP_OK;
}

/* The innermost one. */
static struct bundle_group *
group_of(const struct bundle_plan *plan, struct rp_slice name)
{
	struct bundle_group *best = NULL;

	for (size_t i = 0; i < plan->n_groups; i++)
		if (rp_slice_starts(name, plan->groups[i].covers) &&
		    (best == NULL || plan->groups[i].covers.n > best->covers.n))
			best = &plan->groups[i];
	return best;
}

/* ---- choosing ------------------------------------------------------------------- */

static bool
is_part(struct rp_slice middle)
{
	const struct rp_slice part = RP_SLICE("-part");
	uint64_t number;

	return rp_slice_starts(middle, part) &&
	       rp_slice_u64(rp_slice_skip(middle, part.n), &number);
}

static bool
fits(const struct rule *rule, struct rp_slice name)
{
	const struct rp_slice stem = rp_slice_str(rule->stem);
	const struct rp_slice ending = rp_slice_str(rule->ending);

	if (name.n < stem.n + ending.n || !rp_slice_starts(name, stem) ||
	    !rp_slice_ends(name, ending))
		return false;
	name = rp_slice_from(name.p + stem.n, name.n - stem.n - ending.n);
	if (rp_slice_ends(stem, RP_SLICE("/")))
		return name.n > 0 && rp_slice_find_byte(name, '/') == name.n;
	return name.n == 0 || (rule->parts && is_part(name));
}

static const struct rule *
rule_of(enum bundle_layout layout, struct rp_slice name)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].layout == layout && fits(&rules[i], name))
			return &rules[i];
	return NULL;
}

/* "deleted-tweets" is "deleted_tweets" in the file, or once was "deleted_tweet". */
static bool
names_stem(struct rp_slice part, struct rp_slice stem)
{
	if (rp_slice_ends(part, RP_SLICE("s")))
		part.n--;
	if (rp_slice_ends(stem, RP_SLICE("s")))
		stem.n--;
	for (size_t i = 0; i < part.n && part.n == stem.n; i++)
		if (part.p[i] != stem.p[i] && (part.p[i] != '_' || stem.p[i] != '-'))
			return false;
	return part.n == stem.n;
}

bool
bundle_reads_part(struct rp_slice part)
{
	for (size_t i = 0; i < RULES; i++)
		if (rules[i].layout == LAYOUT_X &&
		    names_stem(part, rp_slice_str(rules[i].stem)))
			return true;
	return false;
}

static const struct rule *
rule_for(const struct bundle_entry *entry)
{
	const struct bundle_group *group = entry->group;

	if (group == NULL || !rp_slice_starts(entry->name, group->base))
		return NULL;
	return rule_of(group->layout, rp_slice_skip(entry->name, group->base.n));
}

bool
bundle_has_owner(struct rp_slice file_name)
{
	const struct rule *rule = rule_of(LAYOUT_X, base_name(file_name));

	return rule != NULL && rule->use == USE_POSTS;
}

/* A manifest before account.js, in which there is an e-mail address as well. */
static void
note_owner(struct bundle_entry *entry)
{
	const struct rule *rule = rule_for(entry);

	if (rule != NULL && rule->use == USE_OWNER &&
	    (entry->group->owner == NULL || rule < rule_for(entry->group->owner)))
		entry->group->owner = entry;
	if (rule != NULL && rule->use == USE_POSTS)
		entry->group->has_posts = true;
}

static bool
marks_group(const struct mark *mark, struct rp_slice name, struct rp_slice *base_out)
{
	struct rp_slice above;

	return is_in_folder(name, rp_slice_str(mark->file), base_out) &&
	       (!mark->in_data || is_in_folder(*base_out, RP_SLICE("data/"), &above));
}

enum rp_status
plan_groups(struct bundle_plan *plan, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	struct rp_slice base;

	plan->groups = arena_array(plan->arena, GROUPS_MAX, sizeof(*plan->groups));
	if (plan->groups == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; st == RP_OK && i < plan->n; i++)
		for (size_t m = 0; st == RP_OK && m < MARKS; m++)
			if (marks_group(&marks[m], plan->entries[i].name, &base))
				st = add_group(plan, marks[m].layout, base, err);
	for (size_t i = 0; st == RP_OK && i < plan->n; i++) {
		plan->entries[i].group = group_of(plan, plan->entries[i].name);
		note_owner(&plan->entries[i]);
	}
	return st;
}

static bool
is_archive(struct rp_slice name)
{
	static const char *const packed[] = { ".zip",     ".tar",    ".tgz", ".tar.gz",
		                              ".txz",     ".tar.xz", ".tbz", ".tar.bz2",
		                              ".tar.zst", ".7z",     ".rar" };

	for (size_t i = 0; i < sizeof(packed) / sizeof(*packed); i++) {
		const size_t n = strlen(packed[i]);

		if (name.n > n && rp_slice_eq_nocase(rp_slice_skip(name, name.n - n),
		                                     rp_slice_str(packed[i])))
			return true;
	}
	return false;
}

/* Of an ending that would be read elsewhere, beside what X hands out: somebody put it
 * there.  What is new in "data/" is private until we know it. */
static bool
is_strange(const struct bundle_entry *entry)
{
	const struct bundle_group *group = entry->group;
	const struct rp_slice inside = rp_slice_skip(entry->name, group->covers.n);

	return group->base.n > group->covers.n && has_plain_ending(entry->name) &&
	       !rp_slice_starts(entry->name, group->base) &&
	       !rp_slice_starts(inside, RP_SLICE("assets/")) &&
	       !rp_slice_ends(inside, RP_SLICE("archive.html"));
}

/* Not read. */
static void
leave(struct bundle_entry *entry, const struct rule *rule)
{
	if (is_archive(entry->name)) {
		entry->left = LEFT_ARCHIVE;
		entry->why = "is an archive: import it by itself";
	} else if (entry->group == NULL) {
		entry->why = bundle_is_private(entry->name)
		                     ? "private in an archive of Mastodon"
		                     : "files that are called so are not looked at";
	} else if (rule == NULL) {
		entry->left = is_strange(entry) ? LEFT_STRANGE : LEFT_PLAIN;
		entry->why =
			entry->group->layout == LAYOUT_MASTODON
				? "not on the list of what is read of an archive of "
				  "Mastodon"
				: "not on the list of what is read of an archive of X";
	} else {
		entry->why = rule->use == USE_OWNER ? "another file tells the owner"
		                                    : "other files have its posts";
	}
}

static void
choose(struct bundle_plan *plan, struct bundle_entry *entry)
{
	const struct rule *rule = rule_for(entry);

	entry->chosen =
		entry->group == NULL
			? has_plain_ending(entry->name)
			: rule != NULL &&
				  (rule->use != USE_TABLE || !entry->group->has_posts) &&
				  (rule->use != USE_OWNER ||
	                           rp_slice_eq(entry->name, entry->group->owner->name));
	if (!entry->chosen)
		leave(entry, rule);
	if (!entry->chosen || rule == NULL)
		return;
	entry->rank = rule->rank;
	if (collector_find(rp_slice_str(rule->as)) != NULL)
		entry->as = rp_slice_str(rule->as);
	if (rule->use == USE_NOTES)
		entry->gives = (unsigned)(entry->group - plan->groups) + 1;
	else if (rule->use == USE_POSTS && rule->layout == LAYOUT_X)
		entry->wants = (unsigned)(entry->group - plan->groups) + 1;
}

/* ---- what is promised ----------------------------------------------------------- */

enum { PROMISES_MAX = 256 };

static enum rp_status
add_promise(struct bundle_plan *plan, struct bundle_group *group,
            const struct json_doc *doc, uint32_t file, struct rp_error *err)
{
	const struct rp_slice data = RP_SLICE("data/");
	const uint32_t told = json_get(doc, file, RP_SLICE("fileName"));
	int64_t count;
	struct rp_slice name;
	struct bundle_promise *promise = &group->promises[group->n_promises];
	const struct rule *rule;

	if (json_type(doc, told) != JSON_STRING ||
	    !json_int64(doc, json_get(doc, file, RP_SLICE("count")), &count) || count < 0)
		return RP_OK;
	if (json_text(doc, told, plan->arena, &name, NULL) != RP_OK)
		return rp_fail_memory(err);
	if (!rp_slice_starts(name, data))
		return RP_OK;
	rule = rule_of(LAYOUT_X, rp_slice_skip(name, data.n));
	if (rule == NULL || rule->use == USE_OWNER)
		return RP_OK;
	if (!arena_join(plan->arena, group->covers, name, &promise->name))
		return rp_fail_memory(err);
	promise->count = (uint64_t)count;
	promise->posts = rule->use == USE_POSTS;
	promise->kept = false;
	group->n_promises++;
	return RP_OK;
}

enum rp_status
plan_promise(struct bundle_plan *plan, struct bundle_group *group, struct rp_slice text,
             struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct json_each types, files;
	enum rp_status st = RP_OK;

	if (group->layout != LAYOUT_X || json_parse(&doc, text, NULL) != RP_OK)
		return RP_OK;
	group->promises =
		arena_array(plan->arena, PROMISES_MAX, sizeof(*group->promises));
	if (group->promises == NULL)
		return rp_fail_memory(err);
	types = json_each(&doc, json_get(&doc, JSON_ROOT, RP_SLICE("dataTypes")));
	while (st == RP_OK && json_next(&types)) {
		files = json_each(&doc, json_get(&doc, types.value, RP_SLICE("files")));
		while (st == RP_OK && group->n_promises < PROMISES_MAX &&
		       json_next(&files))
			st = add_promise(plan, group, &doc, files.value, err);
	}
	return st;
}

/* names: of the entries that are read, with their places. */
static void
find_promised(struct bundle_plan *plan, const struct map *names)
{
	for (size_t g = 0; g < plan->n_groups; g++)
		for (size_t i = 0; i < plan->groups[g].n_promises; i++) {
			struct bundle_promise *promise = &plan->groups[g].promises[i];
			const uint32_t *at = map_get(names, promise->name);

			promise->kept = at != NULL;
			if (at != NULL && promise->posts)
				plan->entries[*at].promised = promise->count;
		}
}

/* ---- in order ------------------------------------------------------------------- */

static int
by_order(const void *pa, const void *pb)
{
	const struct bundle_entry *a = pa, *b = pb;

	if (a->chosen != b->chosen)
		return a->chosen ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

enum rp_status
plan_choose(struct bundle_plan *plan, size_t *n_out, struct rp_error *err)
{
	CLEANUP(map_free) struct map *names = map_new();
	size_t n = 0;
	bool fresh = true;

	if (names == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < plan->n; i++) {
		choose(plan, &plan->entries[i]);
		if (plan->entries[i].chosen &&
		    map_put(names, plan->entries[i].name, (uint32_t)i, &fresh) == NULL)
			return rp_fail_memory(err);
		plan->entries[i].twin = plan->entries[i].chosen && !fresh;
	}
	find_promised(plan, names);
	if (plan->n > 0)
		qsort(plan->entries, plan->n, sizeof(*plan->entries), by_order);
	while (n < plan->n && plan->entries[n].chosen)
		n++;
	*n_out = n;
	return RP_OK;
}
