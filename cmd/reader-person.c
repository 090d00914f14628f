/*
 * Whom the user means: somebody of the people file, or an account the archive knows.
 */
#include "cmd/reader.h"
#include "core/base/near.h"
#include "core/base/utf8.h"

#include <string.h>

struct nearest {
	struct arena *arena;   /* of what is kept */
	struct arena *scratch; /* of one name */
	struct rp_slice wanted, name;
	size_t best;
};

/* To the whole of a folded name; a surname alone counts one more. */
static size_t
distance_of_name(struct rp_slice wanted, struct rp_slice name)
{
	struct rp_slice surname = name;
	size_t whole = near_distance(wanted, name), last;

	while (rp_slice_find_byte(surname, ' ') < surname.n)
		surname = rp_slice_skip(surname, rp_slice_find_byte(surname, ' ') + 1);
	last = near_distance(wanted, surname);
	return last < whole ? last + 1 : whole;
}

/* By any of its names, called by `name`; the first of equals stays. */
static bool
compare(struct nearest *nearest, struct rp_slice name, struct rp_slice by)
{
	struct rp_slice folded;
	size_t d;

	arena_reset(nearest->scratch);
	if (by.n == 0)
		return true;
	if (!utf8_fold(nearest->scratch, by, &folded))
		return false;
	d = distance_of_name(nearest->wanted, folded);
	if (d >= nearest->best)
		return true;
	nearest->best = d;
	return arena_copy(nearest->arena, name, &nearest->name);
}

static bool
compare_person(struct nearest *nearest, const struct person *person)
{
	bool ok = compare(nearest, person->name, person->name) &&
	          compare(nearest, person->name, person->short_name);

	for (size_t i = 0; ok && i < person->n_aliases; i++)
		ok = compare(nearest, person->name, person->aliases[i]);
	return ok;
}

/* Speakers by their names, others by handle and name, called by what finds them. */
static bool
compare_account(struct nearest *nearest, const struct account *account)
{
	struct rp_slice name = account->handle;

	if (key_platform(account->key) == PLATFORM_SPOKEN)
		name = rp_slice_skip(key_native(account->key), 1);
	return name.n == 0 ||
	       (compare(nearest, name, name) && compare(nearest, name, account->name));
}

static enum rp_status
find_nearest(struct reader *reader, struct nearest *nearest, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_ACCOUNTS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	for (size_t i = 0; i < reader->people.n; i++)
		if (!compare_person(nearest, &reader->people.list[i]))
			return rp_fail_memory(err);
	st = store_scan(reader->inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (!compare_account(nearest, &row.account))
			return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
nobody(struct reader *reader, struct rp_slice name, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(1 << 20);
	struct nearest nearest = { .arena = reader->arena, .scratch = scratch };
	struct rp_slice wanted = name;
	enum rp_status st;

	if (rp_slice_starts(wanted, RP_SLICE("@")))
		wanted = rp_slice_skip(wanted, 1);
	nearest.best = wanted.n / 3 + 2;
	if (scratch == NULL || !utf8_fold(reader->arena, wanted, &nearest.wanted))
		return rp_fail_memory(err);
	st = find_nearest(reader, &nearest, err);
	if (st != RP_OK)
		return st;
	if (nearest.name.n == 0)
		return rp_fail(err, RP_NOT_FOUND,
		               "nobody here is called \"%.*s\" (\"riposte person list\" "
		               "lists people)",
		               RP_FMT(name));
	return rp_fail(err, RP_NOT_FOUND,
	               "nobody here is called \"%.*s\"; did you mean %.*s?", RP_FMT(name),
	               RP_FMT(nearest.name));
}

/* Accounts found for one handle: more than one owner is for the user to settle. */
struct owners {
	struct rp_slice keys[8];
	struct rp_slice handle;
	size_t n, n_owners;
};

static enum rp_status
add_owner(struct reader *reader, struct owners *owners, const struct account *account,
          struct rp_error *err)
{
	/* One account under several names is one, called by the last. */
	const bool again =
		owners->n > 0 && rp_slice_eq(owners->keys[owners->n - 1], account->key);

	if (!again && owners->n == sizeof(owners->keys) / sizeof(owners->keys[0]))
		return RP_OK;
	if (!arena_copy(reader->arena, account->handle, &owners->handle))
		return rp_fail_memory(err);
	if (again)
		return RP_OK;
	if (!arena_copy(reader->arena, account->key, &owners->keys[owners->n]))
		return rp_fail_memory(err);
	/* "x:@name?" is the owner of "name" wherever the id was not told. */
	owners->n_owners += !key_is_handle_only(account->key);
	owners->n++;
	return RP_OK;
}

static enum rp_status
scan_owners(struct reader *reader, enum scan_of of, struct rp_slice key,
            struct owners *owners, struct rp_error *err)
{
	const struct scan scan = { .of = of, .key = key };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(reader->inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_owner(reader, owners, &row.account, err);
	return st == RP_END ? RP_OK : st;
}

/* An account whose own object never came: its posts are all there is of it. */
static enum rp_status
find_author(struct reader *reader, struct rp_slice key, struct owners *owners,
            struct rp_error *err)
{
	const struct filter_authors author = { .keys = &key, .n = 1 };
	struct filter filter = FILTER_ALL;
	const struct scan scan = { .of = SCAN_POSTS, .filter = &filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	filter.authors = &author;
	filter.n_authors = 1;
	filter.ghosts = true;
	filter.limit = 1;
	st = store_scan(reader->inv->store, &scan, &it, err);
	if (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		return add_owner(reader, owners, &(struct account){ .key = key }, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
find_account(struct reader *reader, struct rp_slice key, struct owners *owners,
             struct rp_error *err)
{
	enum rp_status st = scan_owners(reader, SCAN_HANDLES, key, owners, err);

	return st == RP_OK && owners->n == 0 ? find_author(reader, key, owners, err) : st;
}

static enum rp_status
find_owners(struct reader *reader, struct rp_slice name, struct owners *owners,
            struct rp_error *err)
{
	struct rp_slice handle = name, speaker;
	enum rp_status st;

	if (key_valid(name) && key_is_account(name))
		return find_account(reader, name, owners, err);
	if (rp_slice_starts(handle, RP_SLICE("@")))
		handle = rp_slice_skip(handle, 1);
	if (handle.n == 0 || !utf8_valid(handle))
		return RP_OK;
	st = scan_owners(reader, SCAN_HANDLE_USERS, handle, owners, err);
	if (st != RP_OK || owners->n > 0 || handle.n != name.n)
		return st;
	if (!key_make_account(reader->arena, PLATFORM_SPOKEN, name, &speaker))
		return rp_fail_memory(err);
	return find_account(reader, speaker, owners, err);
}

static enum rp_status
several(const struct owners *owners, struct rp_slice name, struct rp_error *err)
{
	char list[256] = "";
	size_t n = 0;

	for (size_t i = 0; i < owners->n && n < sizeof(list) - 1; i++) {
		int wrote = snprintf(list + n, sizeof(list) - n, "%s%.*s", i ? ", " : "",
		                     RP_FMT(owners->keys[i]));

		n += wrote > 0 ? (size_t)wrote : 0;
	}
	return rp_fail(err, RP_BAD_USAGE, "\"%.*s\" is several accounts: %s",
	               RP_FMT(name), list);
}

/* All handle-only, or one id and its handle: one account as far as anybody can tell. */
static bool
is_one(const struct owners *owners)
{
	for (size_t i = 1; i < owners->n; i++)
		if (key_platform(owners->keys[i]) != key_platform(owners->keys[0]))
			return false;
	return owners->n_owners <= 1;
}

enum rp_status
reader_person(struct reader *reader, const char *words, struct person *out,
              struct rp_error *err)
{
	const struct rp_slice name = rp_slice_str(words);
	const struct person *known = NULL;
	struct owners owners = { .n = 0 };
	struct rp_slice *keys, called;
	enum rp_status st = people_find(reader->index, name, &known, err);

	if (st == RP_OK)
		*out = *known;
	if (st != RP_NOT_FOUND)
		return st;
	st = find_owners(reader, name, &owners, err);
	if (st != RP_OK)
		return st;
	if (owners.n == 0)
		return nobody(reader, name, err);
	if (!is_one(&owners))
		return several(&owners, name, err);
	keys = arena_array(reader->arena, owners.n, sizeof(*keys));
	if (keys == NULL)
		return rp_fail_memory(err);
	memcpy(keys, owners.keys, owners.n * sizeof(*keys));
	called = owners.handle;
	if (key_platform(keys[0]) == PLATFORM_SPOKEN)
		called = rp_slice_skip(key_native(keys[0]), 1);
	else if (called.n == 0)
		called = keys[0];
	else if (!arena_join(reader->arena, RP_SLICE("@"), called, &called))
		return rp_fail_memory(err);
	*out = (struct person){ .name = called,
		                .accounts = keys,
		                .n_accounts = owners.n };
	return RP_OK;
}

/* ---- what is held of somebody -------------------------------------------- */

struct keys {
	struct rp_slice *list;
	size_t n, room;
};

static enum rp_status
add_key(struct reader *reader, struct keys *keys, struct rp_slice key,
        struct rp_error *err)
{
	for (size_t i = 0; i < keys->n; i++)
		if (rp_slice_eq(keys->list[i], key))
			return RP_OK;
	if (keys->n == keys->room) {
		const size_t room = keys->room ? 2 * keys->room : 8;
		void *grown = arena_grow(reader->arena, keys->list, keys->n, room,
		                         sizeof(*keys->list));

		if (grown == NULL)
			return rp_fail_memory(err);
		keys->list = grown;
		keys->room = room;
	}
	return arena_copy(reader->arena, key, &keys->list[keys->n++])
	               ? RP_OK
	               : rp_fail_memory(err);
}

/* "x:@ana?": those who are called that now. */
static enum rp_status
add_of_handle(struct reader *reader, struct keys *keys, struct rp_slice key,
              struct rp_error *err)
{
	const struct rp_slice name = rp_slice_skip(key_native(key), 1);
	const struct rp_slice handle = rp_slice_from(name.p, name.n - 1);
	const struct scan scan = { .of = SCAN_HANDLE_USERS, .key = handle };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	bool any = false;
	enum rp_status st = store_scan(reader->inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (key_platform(row.account.key) != key_platform(key) ||
		    key_is_handle_only(row.account.key) ||
		    !rp_slice_eq_nocase(row.account.handle, handle))
			continue;
		st = add_key(reader, keys, row.account.key, err);
		any = true;
	}
	if (st != RP_END)
		return st;
	return any ? RP_OK : add_key(reader, keys, key, err);
}

static enum rp_status
add_if_spoke(struct reader *reader, struct keys *keys, struct rp_slice key,
             struct rp_error *err)
{
	struct owners owners = { .n = 0 };
	enum rp_status st = find_account(reader, key, &owners, err);

	return st == RP_OK && owners.n > 0 ? add_key(reader, keys, key, err) : st;
}

enum rp_status
reader_accounts(struct reader *reader, struct person *person, struct rp_error *err)
{
	struct keys keys = { .n = 0 };
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < person->n_accounts && st == RP_OK; i++) {
		const struct rp_slice key = person->accounts[i];

		if (key_platform(key) == PLATFORM_SPOKEN)
			st = add_if_spoke(reader, &keys, key, err);
		else if (key_is_handle_only(key))
			st = add_of_handle(reader, &keys, key, err);
		else
			st = add_key(reader, &keys, key, err);
	}
	if (st != RP_OK)
		return st;
	person->accounts = keys.list;
	person->n_accounts = keys.n;
	return RP_OK;
}
