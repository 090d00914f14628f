#include "core/base/buf.h"
#include "core/base/map.h"
#include "core/base/utf8.h"
#include "core/identity/account.h"
#include "core/identity/people.h"
#include "core/model/key.h"

#include <stdlib.h>

enum {
	INDEX_BYTES = 64 << 20,
	QUESTION_BYTES = 4 << 20, /* folded names while one question is answered */
	SEVERAL = UINT32_MAX >> 1,
};

struct people_index {
	const struct people *people;
	struct arena *arena;    /* keys of the maps */
	struct arena *question; /* what one look-up needs */
	struct map *names;      /* folded full name: index of the person */
	struct map *others;     /* folded short name, alias: index, or SEVERAL */
	struct map *handles;    /* without "@", lower case: index, or SEVERAL */
	struct map *accounts;   /* key: index */
};

static bool
put(struct map *map, struct rp_slice key, uint32_t who)
{
	bool fresh;
	uint32_t *value = map_put(map, key, who, &fresh);

	if (value != NULL && *value != who)
		*value = SEVERAL;
	return value != NULL;
}

static bool
put_folded(struct people_index *index, struct map *map, struct rp_slice name,
           uint32_t who)
{
	struct rp_slice folded;

	if (!utf8_fold(index->arena, name, &folded))
		return false;
	return folded.n == 0 || put(map, folded, who);
}

/* "satyanadella" of "x:@satyanadella?". */
static struct rp_slice
handle_of(struct rp_slice account)
{
	struct rp_slice name = rp_slice_skip(key_native(account), 1);

	name.n--;
	return name;
}

static bool
put_person(struct people_index *index, uint32_t who)
{
	const struct person *person = &index->people->list[who];

	if (!put_folded(index, index->names, person->name, who) ||
	    !put_folded(index, index->others, person->short_name, who))
		return false;
	for (size_t i = 0; i < person->n_aliases; i++)
		if (!put_folded(index, index->others, person->aliases[i], who))
			return false;
	for (size_t i = 0; i < person->n_accounts; i++) {
		struct rp_slice account = person->accounts[i];

		if (!put(index->accounts, account, who))
			return false;
		if (key_is_handle_only(account) &&
		    !put(index->handles, handle_of(account), who))
			return false;
	}
	return true;
}

struct people_index *
people_index_new(const struct people *people)
{
	struct people_index *index = calloc(1, sizeof(*index));

	if (index == NULL)
		return NULL;
	index->people = people;
	index->arena = arena_new(INDEX_BYTES);
	index->question = arena_new(QUESTION_BYTES);
	index->names = map_new();
	index->others = map_new();
	index->handles = map_new();
	index->accounts = map_new();
	if (index->arena == NULL || index->question == NULL || index->names == NULL ||
	    index->others == NULL || index->handles == NULL || index->accounts == NULL)
		return people_index_free(index);
	for (uint32_t who = 0; who < people->n; who++)
		if (!put_person(index, who))
			return people_index_free(index);
	return index;
}

struct people_index *
people_index_free(struct people_index *index)
{
	if (index == NULL)
		return NULL;
	arena_free(index->arena);
	arena_free(index->question);
	map_free(index->names);
	map_free(index->others);
	map_free(index->handles);
	map_free(index->accounts);
	free(index);
	return NULL;
}

/* The value as a person; NULL for none and for several. */
static const struct person *
person_at(const struct people_index *index, const uint32_t *who)
{
	return who == NULL || *who == SEVERAL ? NULL : &index->people->list[*who];
}

const struct person *
people_by_speaker(struct people_index *index, struct rp_slice name)
{
	struct rp_slice folded;
	const uint32_t *who;

	arena_reset(index->question);
	if (!utf8_fold(index->question, name, &folded))
		return NULL;
	who = map_get(index->names, folded);
	return person_at(index, who ? who : map_get(index->others, folded));
}

const struct person *
people_by_account(struct people_index *index, struct rp_slice key, struct rp_slice handle)
{
	const struct person *person = person_at(index, map_get(index->accounts, key));
	struct rp_slice by_handle;

	if (person != NULL)
		return person;
	if (key_platform(key) == PLATFORM_SPOKEN)
		return people_by_speaker(index, rp_slice_skip(key_native(key), 1));
	if (handle.n == 0)
		return NULL;
	arena_reset(index->question);
	if (!key_make_handle(index->question, key_platform(key), handle, &by_handle))
		return NULL;
	return person_at(index, map_get(index->accounts, by_handle));
}

/* ---- what the user typed ------------------------------------------------- */

static bool
has_name(struct people_index *index, const struct person *person, struct rp_slice folded)
{
	for (size_t i = 0; i <= person->n_aliases; i++) {
		struct rp_slice name = i ? person->aliases[i - 1] : person->short_name;
		struct rp_slice own;

		if (utf8_fold(index->question, name, &own) && rp_slice_eq(own, folded))
			return true;
	}
	return false;
}

static bool
has_handle(const struct person *person, struct rp_slice handle)
{
	for (size_t i = 0; i < person->n_accounts; i++)
		if (key_is_handle_only(person->accounts[i]) &&
		    rp_slice_eq_nocase(handle_of(person->accounts[i]), handle))
			return true;
	return false;
}

/* name: as typed, for the sentence; folded or handle may be empty. */
static enum rp_status
several(struct people_index *index, struct rp_slice name, struct rp_slice folded,
        struct rp_slice handle, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf list;

	buf_init(&list, sizeof(err->text));
	for (size_t i = 0; i < index->people->n; i++) {
		const struct person *person = &index->people->list[i];

		if (!(folded.n && has_name(index, person, folded)) &&
		    !(handle.n && has_handle(person, handle)))
			continue;
		if (list.n > 0)
			buf_add_str(&list, ", ");
		buf_add(&list, person->name);
	}
	return rp_fail(err, RP_BAD_USAGE, "\"%.*s\" may be any of %.*s", RP_FMT(name),
	               (int)list.n, list.n ? list.p : "");
}

static enum rp_status
found(const struct person *person, struct rp_slice name, const struct person **out,
      struct rp_error *err)
{
	if (person == NULL)
		return rp_fail(err, RP_NOT_FOUND, "nobody here is called \"%.*s\"",
		               RP_FMT(name));
	*out = person;
	return RP_OK;
}

/* "satyanadella", with or without "@". */
static const uint32_t *
find_handle(struct people_index *index, struct rp_slice *handle)
{
	struct rp_slice key;

	if (rp_slice_starts(*handle, RP_SLICE("@")))
		*handle = rp_slice_skip(*handle, 1);
	if (handle->n == 0 ||
	    !key_make_handle(index->question, PLATFORM_X, *handle, &key))
		return NULL;
	return map_get(index->handles, handle_of(key));
}

enum rp_status
people_find(struct people_index *index, struct rp_slice name, const struct person **out,
            struct rp_error *err)
{
	struct rp_slice typed = rp_slice_trim(name), handle = typed, folded, account;
	const uint32_t *other = NULL, *by_handle;

	arena_reset(index->question);
	if (!utf8_fold(index->question, typed, &folded) ||
	    !account_key(index->question, typed, &account))
		return rp_fail(err, RP_NOT_FOUND, "that name is too long");
	if (account.n != 0)
		return found(people_by_account(index, account, RP_SLICE("")), typed, out,
		             err);

	if (!rp_slice_starts(typed, RP_SLICE("@"))) {
		const uint32_t *full = map_get(index->names, folded);

		if (full != NULL)
			return found(person_at(index, full), typed, out, err);
		other = map_get(index->others, folded);
	} else {
		folded = RP_SLICE("");
	}
	by_handle = find_handle(index, &handle);
	if ((other != NULL && *other == SEVERAL) ||
	    (by_handle != NULL && *by_handle == SEVERAL) ||
	    (other != NULL && by_handle != NULL && *other != *by_handle))
		return several(index, typed, folded, handle, err);
	return found(person_at(index, other ? other : by_handle), typed, out, err);
}
