#include "core/thread/author.h"

#include "core/thread/again.h"

#include "core/base/utf8.h"

/* ---- people
 * ---------------------------------------------------------------------------- */

/* The account is named by the person's entry: as itself, or by a handle it ever had. */
static bool
account_is(struct rp_slice entry, struct rp_slice account, struct rp_slice handle)
{
	struct rp_slice named;

	if (rp_slice_eq(entry, account))
		return true;
	if (handle.n == 0 || !key_is_handle_only(entry) ||
	    key_platform(entry) != key_platform(account))
		return false;
	named = rp_slice_skip(key_native(entry), 1);
	named.n--;
	return rp_slice_eq_nocase(named, handle);
}

static bool
person_has(const struct person *person, struct rp_slice account, struct rp_slice handle)
{
	for (size_t i = 0; i < person->n_accounts; i++)
		if (account_is(person->accounts[i], account, handle))
			return true;
	return false;
}

static bool
same_name(struct arena *arena, struct rp_slice folded, struct rp_slice name)
{
	return name.n > 0 && utf8_fold(arena, name, &name) && rp_slice_eq(folded, name);
}

/* A speaker goes by a person's name, short name or alias, whatever the case
 * or accents. */
static bool
person_speaks_as(const struct person *person, struct arena *arena, struct rp_slice folded)
{
	if (same_name(arena, folded, person->name) ||
	    same_name(arena, folded, person->short_name))
		return true;
	for (size_t i = 0; i < person->n_aliases; i++)
		if (same_name(arena, folded, person->aliases[i]))
			return true;
	return false;
}

/* One way of asking "is it this person?", put to the asked ones first, then to all. */
struct question {
	struct rp_slice account, handle;
	struct rp_slice speaker; /* folded name; empty: compare accounts */
	struct arena *arena;
};

static bool
fits(const struct person *person, const struct question *q)
{
	return q->speaker.n > 0 ? person_speaks_as(person, q->arena, q->speaker)
	                        : person_has(person, q->account, q->handle);
}

static void
find_person(struct authors *authors, const struct question *q, struct author *author)
{
	for (size_t i = 0; i < authors->n_asked && author->asked == 0; i++)
		if (fits(authors->asked[i], q)) {
			author->asked = i + 1;
			author->view.person = authors->asked[i];
		}
	for (size_t i = 0; authors->people != NULL && author->view.person == NULL &&
	                   i < authors->people->n;
	     i++)
		if (fits(&authors->people->list[i], q))
			author->view.person = &authors->people->list[i];
}

static enum rp_status
find_speaker(struct authors *authors, struct author *author, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(1 << 20);
	struct question q = { .arena = scratch };

	if (scratch == NULL)
		return rp_fail_memory(err);
	/* A name that is too long to be folded is nobody's. */
	if (utf8_fold(scratch, rp_slice_skip(key_native(author->view.key), 1),
	              &q.speaker))
		find_person(authors, &q, author);
	return RP_OK;
}

/* ---- accounts
 * -------------------------------------------------------------------------- */

static enum rp_status
scan_key(struct store *store, enum scan_of of, struct rp_slice key,
         struct store_iter **out, struct rp_error *err)
{
	const struct scan scan = { .of = of, .key = key };

	return store_scan(store, &scan, out, err);
}

static struct rp_slice
handle_of(struct rp_slice handle_key)
{
	struct rp_slice handle = rp_slice_skip(key_native(handle_key), 1);

	handle.n--;
	return handle;
}

/* The one account of its platform that has or had this handle, else the key itself. */
static enum rp_status
resolve_handle(struct authors *authors, struct rp_slice key, struct rp_slice *out,
               struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	struct rp_slice found = RP_LIT("");
	union scan_row row;
	bool several = false;
	enum rp_status st =
		scan_key(authors->store, SCAN_HANDLE_USERS, handle_of(key), &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		struct rp_slice user = row.account.key;

		if (key_platform(user) != key_platform(key) || key_is_handle_only(user) ||
		    rp_slice_eq(user, found))
			continue;
		several |= found.n > 0;
		if (!arena_copy(authors->arena, user, &found))
			return rp_fail_memory(err);
	}
	if (st != RP_END)
		return st;
	*out = found.n > 0 && !several ? found : key;
	return RP_OK;
}

/* Handles one by one, latest last: the last is shown, any may tell the person. */
static enum rp_status
read_handles(struct authors *authors, struct author *author, struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st =
		scan_key(authors->store, SCAN_HANDLES, author->view.key, &iter, err);
	struct rp_slice handle = RP_LIT(""), name = RP_LIT("");

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		const struct question q = { .account = author->view.key,
			                    .handle = row.account.handle };

		if (author->asked == 0)
			find_person(authors, &q, author);
		if (!arena_copy(authors->arena, row.account.handle, &handle) ||
		    !arena_copy(authors->arena, row.account.name, &name))
			return rp_fail_memory(err);
	}
	if (st != RP_END)
		return st;
	author->view.handle = handle;
	author->view.name = name;
	return RP_OK;
}

static enum rp_status
read_author(struct authors *authors, struct rp_slice key, struct author *author,
            struct rp_error *err)
{
	const struct question q = { .account = key };
	enum rp_status st;

	*author = (struct author){ .view.key = key };
	find_person(authors, &q, author);
	st = read_handles(authors, author, err);
	if (st != RP_OK)
		return st;
	if (author->view.handle.n == 0 && key_is_handle_only(key))
		author->view.handle = handle_of(key);
	if (key_is_handle_only(key) && author->asked == 0) {
		const struct question by_handle = { .account = key,
			                            .handle = handle_of(key) };

		find_person(authors, &by_handle, author);
	}
	if (key_platform(key) != PLATFORM_SPOKEN || author->asked != 0)
		return RP_OK;
	if (author->view.name.n == 0)
		author->view.name = rp_slice_skip(key_native(key), 1);
	return find_speaker(authors, author, err);
}

static enum rp_status
add_author(struct authors *authors, struct rp_slice key, size_t *out,
           struct rp_error *err)
{
	struct author author;
	enum rp_status st = read_author(authors, key, &author, err);

	if (st != RP_OK)
		return st;
	if (authors->n == authors->cap) {
		struct author *list =
			arena_grow(authors->arena, authors->list, authors->cap,
		                   2 * authors->cap, sizeof(*list));

		if (list == NULL)
			return rp_fail_memory(err);
		authors->list = list;
		authors->cap *= 2;
	}
	authors->list[authors->n] = author;
	*out = authors->n++;
	return RP_OK;
}

enum rp_status
authors_find(struct authors *authors, struct rp_slice key, size_t *out,
             struct rp_error *err)
{
	const uint32_t *held = map_get(authors->by_key, key);
	struct rp_slice account;
	enum rp_status st = RP_OK;
	size_t at = 0;

	if (key.n == 0 || held != NULL) {
		*out = held != NULL ? *held : 0;
		return RP_OK;
	}
	if (!arena_copy(authors->arena, key, &key))
		return rp_fail_memory(err);
	account = key;
	if (key_is_handle_only(key))
		st = resolve_handle(authors, key, &account, err);
	if (st != RP_OK)
		return st;
	held = map_get(authors->by_key, account);
	if (held != NULL)
		at = *held;
	else
		st = add_author(authors, account, &at, err);
	if (st != RP_OK)
		return st;
	if (map_put(authors->by_key, account, (uint32_t)at, NULL) == NULL ||
	    map_put(authors->by_key, key, (uint32_t)at, NULL) == NULL)
		return rp_fail_memory(err);
	*out = at;
	return RP_OK;
}

enum rp_status
authors_init(struct authors *authors, struct store *store, const struct people *people,
             struct arena *arena, struct rp_error *err)
{
	*authors = (struct authors){
		.store = store, .people = people, .arena = arena, .cap = 2
	};
	authors->list = arena_array(arena, authors->cap, sizeof(*authors->list));
	authors->by_key = map_new();
	if (authors->list == NULL || authors->by_key == NULL)
		return rp_fail_memory(err);
	authors->n = 1;
	return RP_OK;
}

void
authors_done(struct authors *authors)
{
	authors->by_key = map_free(authors->by_key);
}

/* ---- states
 * ---------------------------------------------------------------------------- */

enum rp_status
state_latest(struct store *store, struct rp_slice subject, struct state_note *best,
             struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = scan_key(store, SCAN_STATES, subject, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		struct state_note pair[] = { *best, row.state };

		st = again_last(store, row.state.capture, row.state.as_of, &pair[1].as_of,
		                err);
		if (st != RP_OK ||
		    (best->subject.n > 0 && state_of(pair, 2) == best->state &&
		     pair[1].as_of <= best->as_of))
			continue;
		*best = (struct state_note){ .subject = subject,
			                     .state = pair[1].state,
			                     .as_of = pair[1].as_of };
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
authors_handle(struct authors *authors, struct rp_slice key, struct rp_slice *out,
               struct rp_error *err)
{
	struct state_note note = { .as_of = RP_TIME_UNKNOWN };
	const struct view_author *author;
	struct rp_slice by_handle, account;
	size_t at = 0;
	enum rp_status st = authors_find(authors, key, &at, err);

	if (st != RP_OK)
		return st;
	author = &authors->list[at].view;
	*out = RP_SLICE("");
	if (author->handle.n == 0 || key_is_handle_only(author->key))
		return RP_OK;
	if (!key_make_handle(authors->arena, key_platform(author->key), author->handle,
	                     &by_handle))
		return rp_fail_memory(err);
	st = state_latest(authors->store, by_handle, &note, err);
	if (st != RP_OK || note.subject.n == 0)
		return st;
	st = resolve_handle(authors, by_handle, &account, err);
	if (st == RP_OK && rp_slice_eq(account, author->key))
		*out = by_handle;
	return st;
}

static enum rp_status
read_state(struct authors *authors, struct rp_slice key, enum post_state *out,
           struct rp_error *err)
{
	struct state_note best = { .as_of = RP_TIME_UNKNOWN };
	struct rp_slice by_handle;
	enum rp_status st = state_latest(authors->store, key, &best, err);

	if (st == RP_OK)
		st = authors_handle(authors, key, &by_handle, err);
	if (st == RP_OK && by_handle.n > 0)
		st = state_latest(authors->store, by_handle, &best, err);
	*out = best.subject.n > 0 ? best.state : STATE_LIVE;
	return st;
}

enum rp_status
authors_state(struct authors *authors, struct rp_slice key, enum post_state *out,
              struct rp_error *err)
{
	struct author *author;
	enum post_state state;
	size_t at = 0;
	enum rp_status st = authors_find(authors, key, &at, err);

	if (st == RP_OK && at != 0 && !authors->list[at].has_state) {
		st = read_state(authors, authors->list[at].view.key, &state, err);
		author = &authors->list[at];
		author->has_state = st == RP_OK;
		if (st == RP_OK)
			author->view.state = state;
	}
	if (st == RP_OK)
		*out = authors->list[at].view.state;
	return st;
}

bool
author_label(const struct view_author *author, struct arena *arena, struct rp_slice *out)
{
	if (author->handle.n > 0)
		return arena_join(arena, RP_SLICE("@"), author->handle, out);
	*out = author->name.n > 0 ? author->name
	                          : rp_slice_skip(key_native(author->key), 1);
	return true;
}
