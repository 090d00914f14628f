#include "core/identity/people.h"

#include "core/base/map.h"
#include "core/base/utf8.h"
#include "core/config/ini.h"
#include "core/identity/account.h"
#include "core/model/key.h"

#include <stdlib.h>

enum { YEAR_DIGITS = 4 };

/* Texts in the order they were given. */
struct list {
	struct rp_slice *items;
	size_t n, room;
};

struct draft {
	struct rp_slice name, short_name;
	struct list accounts, aliases, roles;
};

struct reading {
	struct arena *arena;
	struct draft *drafts;
	size_t n, room;
	struct map *names;  /* folded name: index into drafts */
	struct map *owners; /* account key: index into drafts */
	struct rp_error *err;
};

static enum rp_status
list_add(struct reading *r, struct list *list, struct rp_slice item)
{
	if (list->n == list->room) {
		size_t room = list->room ? list->room * 2 : 4;
		struct rp_slice *more =
			arena_grow(r->arena, list->items, list->n, room, sizeof(*more));

		if (more == NULL)
			return rp_fail_memory(r->err);
		list->items = more;
		list->room = room;
	}
	list->items[list->n++] = item;
	return RP_OK;
}

static enum rp_status
take_short(struct reading *r, uint32_t who, const struct ini_entry *entry)
{
	struct draft *draft = &r->drafts[who];

	if (draft->short_name.n != 0)
		return ini_complain(r->err, entry, "short is given twice for %.*s",
		                    RP_FMT(draft->name));
	draft->short_name = entry->value;
	return RP_OK;
}

static enum rp_status
take_account(struct reading *r, uint32_t who, const struct ini_entry *entry)
{
	struct rp_slice key;
	uint32_t *owner;
	bool fresh;

	if (!account_key(r->arena, entry->value, &key))
		return rp_fail_memory(r->err);
	if (key.n == 0)
		return ini_complain(r->err, entry,
		                    "account \"%.*s\" is none; write x:@handle",
		                    RP_FMT(entry->value));
	owner = map_put(r->owners, key, who, &fresh);
	if (owner == NULL)
		return rp_fail_memory(r->err);
	if (!fresh && *owner != who)
		return ini_complain(r->err, entry, "account %.*s belongs to %.*s already",
		                    RP_FMT(entry->value), RP_FMT(r->drafts[*owner].name));
	return fresh ? list_add(r, &r->drafts[who].accounts, key) : RP_OK;
}

static enum rp_status
take_alias(struct reading *r, uint32_t who, const struct ini_entry *entry)
{
	return list_add(r, &r->drafts[who].aliases, entry->value);
}

/* "2014"; cuts it off. */
static bool
cut_year(struct rp_slice *text)
{
	for (size_t i = 0; i < YEAR_DIGITS; i++)
		if (i >= text->n || text->p[i] < '0' || text->p[i] > '9')
			return false;
	*text = rp_slice_skip(*text, YEAR_DIGITS);
	return true;
}

/* "2014-2019", one of them may be missing; "2014". */
static bool
is_years(struct rp_slice text)
{
	const bool from = cut_year(&text);

	if (text.n == 0 || text.p[0] != '-')
		return from && text.n == 0;
	text = rp_slice_skip(text, 1);
	return (text.n == 0 && from) || (cut_year(&text) && text.n == 0);
}

/* Behind the last ";" of a role, what begins like years must be years. */
static enum rp_status
take_role(struct reading *r, uint32_t who, const struct ini_entry *entry)
{
	struct rp_slice years = entry->value;

	while (rp_slice_find_byte(years, ';') < years.n)
		years = rp_slice_skip(years, rp_slice_find_byte(years, ';') + 1);
	years = rp_slice_trim(years);
	if (years.n < entry->value.n && years.n > 0 &&
	    (years.p[0] == '-' || (years.p[0] >= '0' && years.p[0] <= '9')) &&
	    !is_years(years))
		return ini_complain(r->err, entry,
		                    "\"%.*s\" are no years of a role; write 2014-, or "
		                    "2014-2019",
		                    RP_FMT(years));
	return list_add(r, &r->drafts[who].roles, entry->value);
}

/* clang-format off */
static const struct {
	const char *key;
	enum rp_status (*take)(struct reading *r, uint32_t who, const struct ini_entry *entry);
} settings[] = {
	{ "short",   take_short },
	{ "account", take_account },
	{ "alias",   take_alias },
	{ "role",    take_role },
};
/* clang-format on */

static enum rp_status
take_setting(struct reading *r, uint32_t who, const struct ini_entry *entry)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		if (!rp_slice_eq(entry->key, rp_slice_str(settings[i].key)))
			continue;
		if (entry->value.n == 0)
			return ini_complain(r->err, entry, "%s without a value",
			                    settings[i].key);
		return settings[i].take(r, who, entry);
	}
	return ini_complain(r->err, entry,
	                    "unknown key \"%.*s\"; there are short, account, alias, role",
	                    RP_FMT(entry->key));
}

/* Whose section begins here: a new person, or one who has been met. */
static enum rp_status
begin_person(struct reading *r, const struct ini_entry *entry, uint32_t *who_out)
{
	struct rp_slice folded;
	uint32_t *at;
	bool fresh;

	if (!utf8_fold(r->arena, entry->section, &folded))
		return rp_fail_memory(r->err);
	at = map_put(r->names, folded, (uint32_t)r->n, &fresh);
	if (at == NULL)
		return rp_fail_memory(r->err);
	*who_out = *at;
	if (!fresh && !rp_slice_eq(r->drafts[*at].name, entry->section))
		return ini_complain(r->err, entry, "[%.*s] is [%.*s] in another spelling",
		                    RP_FMT(entry->section), RP_FMT(r->drafts[*at].name));
	if (!fresh)
		return RP_OK;
	if (r->n == r->room) {
		size_t room = r->room ? r->room * 2 : 32;
		struct draft *more =
			arena_grow(r->arena, r->drafts, r->n, room, sizeof(*more));

		if (more == NULL)
			return rp_fail_memory(r->err);
		r->drafts = more;
		r->room = room;
	}
	r->drafts[r->n++].name = entry->section;
	return RP_OK;
}

static enum rp_status
read_entries(struct reading *r, const struct ini *ini)
{
	enum rp_status st = RP_OK;
	uint32_t who = 0;

	for (size_t i = 0; i < ini->n && st == RP_OK; i++) {
		const struct ini_entry *entry = &ini->entries[i];

		if (entry->section.n == 0)
			return ini_complain(r->err, entry,
			                    "%.*s comes before the first [NAME]",
			                    RP_FMT(entry->key));
		st = entry->key.n == 0 ? begin_person(r, entry, &who)
		                       : take_setting(r, who, entry);
	}
	return st;
}

/* How many people would be called that: 2 stands for more, too. */
static enum rp_status
count_names(struct reading *r, struct map *counts)
{
	for (size_t who = 0; who < r->n; who++) {
		const struct draft *draft = &r->drafts[who];

		for (size_t i = 0; i < draft->aliases.n + 2; i++) {
			struct rp_slice name = i == 0   ? draft->name
			                       : i == 1 ? draft->short_name
			                                : draft->aliases.items[i - 2];
			struct rp_slice folded;
			uint32_t *last;
			bool fresh;

			if (!utf8_fold(r->arena, name, &folded))
				return rp_fail_memory(r->err);
			last = map_put(counts, folded, (uint32_t)who, &fresh);
			if (last == NULL)
				return rp_fail_memory(r->err);
			if (!fresh && *last != (uint32_t)who)
				*last = UINT32_MAX;
		}
	}
	return RP_OK;
}

static enum rp_status
add_speaker(struct reading *r, uint32_t who, struct rp_slice name, struct map *counts)
{
	struct rp_slice folded, key;
	bool fresh;

	if (!utf8_fold(r->arena, name, &folded) ||
	    !key_make_account(r->arena, PLATFORM_SPOKEN, name, &key))
		return rp_fail_memory(r->err);
	if (folded.n == 0 || *map_get(counts, folded) != who || !key_valid(key))
		return RP_OK;
	if (map_put(r->owners, key, who, &fresh) == NULL)
		return rp_fail_memory(r->err);
	return fresh ? list_add(r, &r->drafts[who].accounts, key) : RP_OK;
}

/* A person's own names are accounts, too: what they said aloud is filed under them. */
static enum rp_status
add_speakers(struct reading *r)
{
	CLEANUP(map_free) struct map *counts = map_new();
	enum rp_status st;

	if (counts == NULL)
		return rp_fail_memory(r->err);
	st = count_names(r, counts);
	for (uint32_t who = 0; who < r->n && st == RP_OK; who++) {
		const struct draft *draft = &r->drafts[who];

		if ((st = add_speaker(r, who, draft->name, counts)) == RP_OK)
			st = add_speaker(r, who, draft->short_name, counts);
		for (size_t i = 0; i < draft->aliases.n && st == RP_OK; i++)
			st = add_speaker(r, who, draft->aliases.items[i], counts);
	}
	return st;
}

static int
by_name(const void *a, const void *b)
{
	return rp_slice_cmp(((const struct person *)a)->name,
	                    ((const struct person *)b)->name);
}

static enum rp_status
finish(struct reading *r, struct people *out)
{
	struct person *list = arena_array(r->arena, r->n, sizeof(*list));

	if (list == NULL)
		return rp_fail_memory(r->err);
	for (size_t i = 0; i < r->n; i++) {
		const struct draft *draft = &r->drafts[i];

		list[i] = (struct person){
			.name = draft->name,
			.short_name = draft->short_name,
			.accounts = draft->accounts.items,
			.n_accounts = draft->accounts.n,
			.aliases = draft->aliases.items,
			.n_aliases = draft->aliases.n,
			.roles = draft->roles.items,
			.n_roles = draft->roles.n,
		};
	}
	if (r->n > 0)
		qsort(list, r->n, sizeof(*list), by_name);
	*out = (struct people){ list, r->n };
	return RP_OK;
}

enum rp_status
people_read(struct arena *arena, struct rp_slice text, struct people *out,
            struct rp_error *err)
{
	CLEANUP(map_free) struct map *names = map_new();
	CLEANUP(map_free) struct map *owners = map_new();
	struct reading r = {
		.arena = arena, .names = names, .owners = owners, .err = err
	};
	struct ini ini;
	enum rp_status st;

	if (names == NULL || owners == NULL)
		return rp_fail_memory(err);
	if ((st = ini_read(arena, text, &ini, err)) != RP_OK ||
	    (st = read_entries(&r, &ini)) != RP_OK || (st = add_speakers(&r)) != RP_OK)
		return st;
	return finish(&r, out);
}
