/* Iterators: a statement each, its rows handed out as they come. */
#include "storage/sqlite/sqlite.h"

#include "storage/sqlite/sources.h"

#include <stdlib.h>

enum { ITER_ARENA_BYTES = 64 << 20 };

/* One account out of its rows, copied, as the next account's first row is read by then.
 */
struct account_group {
	struct account account;
	struct rp_buf texts;
};

struct sqlite_iter {
	struct store_iter base;
	struct sqlite_store *s;
	enum scan_of of;
	struct sql sql[FILTER_STATEMENTS]; /* gone through one after the other */
	size_t n, at;
	uint64_t left;       /* rows still wanted */
	struct arena *arena; /* what is bound; NULL: nothing needed */
	struct splice *splice;
	struct account_group groups[2]; /* handed out, and being read */
	bool group_begun;
};

/* ---- which statement ---- */

enum scan_by { BY_NOTHING, BY_ID, BY_KEY };

/* clang-format off */
static const struct {
	enum sql_id sql;
	enum scan_by by;
} plain_scans[] = {
	[SCAN_POSTS]        = { SQL_SCAN_POSTS, BY_NOTHING },
	[SCAN_CONVERSATION] = { SQL_SCAN_CONVERSATION, BY_KEY },
	[SCAN_VERSIONS]     = { SQL_SCAN_VERSIONS, BY_ID },
	[SCAN_ALIASES]      = { SQL_SCAN_ALIASES, BY_ID },
	[SCAN_PARENTS]      = { SQL_SCAN_PARENTS, BY_ID },
	[SCAN_CHILDREN]     = { SQL_SCAN_CHILDREN, BY_ID },
	[SCAN_STATES]       = { SQL_SCAN_STATES, BY_KEY },
	[SCAN_SIGHTINGS]    = { SQL_SCAN_SIGHTINGS, BY_ID },
	[SCAN_ACCOUNTS]     = { SQL_SCAN_ACCOUNTS, BY_NOTHING },
	[SCAN_HANDLES]      = { SQL_SCAN_HANDLES, BY_KEY },
	[SCAN_HANDLE_USERS] = { SQL_SCAN_HANDLE_USERS, BY_KEY },
	[SCAN_RUNS]         = { SQL_SCAN_RUNS, BY_ID },
	[SCAN_RUN_PARTS]    = { SQL_RUN_CAPTURES, BY_ID }, /* the first of PARTS_STATEMENTS */
	[SCAN_FOREIGN_RUNS] = { SQL_SCAN_FOREIGN_RUNS, BY_ID },
	[SCAN_FOREIGN_PARTS] = { SQL_SCAN_FOREIGN_PARTS, BY_ID },
	[SCAN_CAPTURES]     = { SQL_SCAN_CAPTURES, BY_ID },
	[SCAN_AGAIN]        = { SQL_SCAN_AGAIN, BY_ID },
	[SCAN_REJECTS]      = { SQL_SCAN_REJECTS, BY_ID },
	[SCAN_SOURCES]      = { SQL_SCAN_SOURCES, BY_NOTHING },
	[SCAN_SOURCE_RUNS]  = { SQL_SCAN_SOURCE_RUNS, BY_ID },
	[SCAN_SPENDING]     = { SQL_SCAN_SPENDING, BY_ID },
};
/* clang-format on */

static enum rp_status
bind_key(struct sql *sql, enum scan_of of, struct rp_slice key, struct rp_error *err)
{
	struct rp_buf folded;

	if (of != SCAN_HANDLE_USERS) {
		sql_bind_key_copy(sql, 1, key);
		return RP_OK;
	}
	buf_init(&folded, SIZE_MAX / 2);
	derived_fold_handle(key, &folded);
	if (buf_failed(&folded))
		return rp_fail_memory(err);
	if (key.n > 0)
		sql_bind_int(sql, 1, row_fold(buf_slice(&folded)));
	sql_bind_copy(sql, 2, buf_slice(&folded));
	buf_done(&folded);
	return RP_OK;
}

/* What has no time comes last, and an index has it first. */
static enum rp_status
open_conversation(struct sqlite_iter *iter, struct rp_slice key, struct rp_error *err)
{
	enum rp_status st;

	st = sql_open(iter->s, SQL_SCAN_CONVERSATION_TIMELESS, &iter->sql[1], err);
	if (st != RP_OK)
		return st;
	iter->n = 2;
	sql_bind_key_copy(&iter->sql[0], 1, key);
	sql_bind_key_copy(&iter->sql[1], 1, key);
	return RP_OK;
}

static enum rp_status
open_plain(struct sqlite_iter *iter, const struct scan *scan, struct rp_error *err)
{
	enum rp_status st =
		sql_open(iter->s, plain_scans[scan->of].sql, &iter->sql[0], err);

	if (st != RP_OK)
		return st;
	iter->n = 1;
	if (scan->of == SCAN_CONVERSATION)
		return open_conversation(iter, scan->key, err);
	switch (plain_scans[scan->of].by) {
	case BY_ID:
		sql_bind_int(&iter->sql[0], 1, scan->id);
		break;
	case BY_KEY:
		return bind_key(&iter->sql[0], scan->of, scan->key, err);
	case BY_NOTHING:
		break;
	}
	return RP_OK;
}

static enum rp_status
open_bytes(struct sqlite_iter *iter, int64_t capture, struct rp_error *err)
{
	enum rp_status st;

	iter->splice = calloc(1, sizeof(*iter->splice));
	if (iter->splice == NULL)
		return rp_fail_memory(err);
	st = splice_open(iter->s, capture, false, iter->splice, err);
	if (st != RP_NOT_FOUND) /* no capture has no bytes */
		return st;
	iter->left = 0;
	return RP_OK;
}

static enum rp_status
open_filter(struct sqlite_iter *iter, const struct filter *filter, struct rp_error *err)
{
	iter->arena = arena_new(ITER_ARENA_BYTES);
	if (iter->arena == NULL)
		return rp_fail_memory(err);
	if (filter->limit != 0)
		iter->left = filter->limit;
	return sqlite_filter_open(iter->s, filter, iter->arena, iter->sql, &iter->n, err);
}

_Static_assert((int)PARTS_STATEMENTS <= (int)FILTER_STATEMENTS, "they fit an iterator");

/* An archive of an older format has none of others. */
static bool
has_none(const struct sqlite_iter *iter)
{
	return (iter->of == SCAN_FOREIGN_RUNS || iter->of == SCAN_FOREIGN_PARTS) &&
	       iter->s->version < 3;
}

static enum rp_status
open_scan(struct sqlite_iter *iter, const struct scan *scan, struct rp_error *err)
{
	if (scan->of == SCAN_CAPTURE_BYTES)
		return open_bytes(iter, scan->id, err);
	if (scan->of == SCAN_RUN_PARTS)
		return parts_open(iter->s, scan->id, iter->sql, &iter->n, err);
	if (has_none(iter))
		return RP_OK;
	if (scan->of == SCAN_COVERAGE || scan->of == SCAN_LOOKS ||
	    scan->of == SCAN_GHOSTS) {
		iter->n = 1;
		return sources_scan(iter->s, scan, &iter->sql[0], err);
	}
	if (scan->of == SCAN_POSTS && scan->filter != NULL)
		return open_filter(iter, scan->filter, err);
	return open_plain(iter, scan, err);
}

enum rp_status
sqlite_scan_open(struct store *store, const struct scan *scan, struct store_iter **out,
                 struct rp_error *err)
{
	struct sqlite_iter *iter = calloc(1, sizeof(*iter));
	enum rp_status st;

	if (iter == NULL)
		return rp_fail_memory(err);
	iter->s = sqlite_store_of(store);
	iter->of = scan->of;
	iter->left = UINT64_MAX;
	for (size_t i = 0; i < 2; i++)
		buf_init(&iter->groups[i].texts, SIZE_MAX / 2);
	st = open_scan(iter, scan, err);
	if (st != RP_OK) {
		sqlite_scan_close(&iter->base);
		return st;
	}
	*out = &iter->base;
	return RP_OK;
}

void
sqlite_scan_close(struct store_iter *base)
{
	struct sqlite_iter *iter = (struct sqlite_iter *)base;

	for (size_t i = 0; i < FILTER_STATEMENTS; i++)
		sql_done(&iter->sql[i]);
	if (iter->splice != NULL)
		splice_done(iter->splice);
	free(iter->splice);
	arena_free(iter->arena);
	for (size_t i = 0; i < 2; i++)
		buf_done(&iter->groups[i].texts);
	free(iter);
}

/* ---- accounts ---- */

static bool
is_later(const struct account *a, const struct account *b)
{
	int d;

	if (a->last != b->last)
		return a->last > b->last; /* unknown is the smallest */
	d = rp_slice_cmp(a->handle, b->handle);
	return d != 0 ? d > 0 : rp_slice_cmp(a->name, b->name) > 0;
}

static bool
group_set(struct account_group *group, const struct account *account)
{
	struct rp_slice *const slices[] = { &group->account.key, &group->account.handle,
		                            &group->account.name };
	size_t at = 0;

	group->account = *account;
	buf_clear(&group->texts);
	for (size_t i = 0; i < 3; i++)
		buf_add(&group->texts, *slices[i]);
	if (buf_failed(&group->texts))
		return false;
	for (size_t i = 0; i < 3; i++) {
		slices[i]->p = group->texts.p + at;
		at += slices[i]->n;
	}
	return true;
}

/* Rows of one account follow one another: the latest of them is the account. */
static enum rp_status
next_account(struct sqlite_iter *iter, struct account *out, struct rp_error *err)
{
	struct account_group *group = &iter->groups[0];
	struct account account;
	enum rp_status st;

	while ((st = sql_step(&iter->sql[0], err)) == RP_OK) {
		bool other;

		row_account(&iter->sql[0], &account);
		other = iter->group_begun &&
		        !rp_slice_eq(account.key, group->account.key);
		if (other) { /* keep the whole one for the caller, begin with this */
			struct account_group done = iter->groups[0];

			iter->groups[0] = iter->groups[1];
			iter->groups[1] = done;
		}
		if ((other || !iter->group_begun ||
		     is_later(&account, &group->account)) &&
		    !group_set(group, &account))
			return rp_fail_memory(err);
		iter->group_begun = true;
		if (other) {
			*out = iter->groups[1].account;
			return RP_OK;
		}
	}
	if (st == RP_END && iter->group_begun) {
		iter->left = 0; /* a step behind the end would begin again */
		*out = group->account;
		return RP_OK;
	}
	return st;
}

/* ---- rows ---- */

static enum rp_status
read_row(struct sqlite_iter *iter, struct sql *sql, union scan_row *row,
         struct rp_error *err)
{
	switch (iter->of) {
	case SCAN_POSTS:
	case SCAN_CONVERSATION:
		return row_post(sql, &row->post, err);
	case SCAN_VERSIONS:
		return row_version(sql, &row->version, err);
	case SCAN_ALIASES:
	case SCAN_GHOSTS:
		row->key = sql_key(sql, 0, 0);
		return RP_OK;
	case SCAN_PARENTS:
	case SCAN_CHILDREN:
		return row_edge(sql, &row->edge, err);
	case SCAN_STATES:
		return row_state(sql, &row->state, err);
	case SCAN_SIGHTINGS:
		return row_sighting(sql, &row->sighting, err);
	case SCAN_HANDLES:
		row_account(sql, &row->account);
		return RP_OK;
	case SCAN_RUNS:
		return row_run(sql, &row->run, err);
	case SCAN_RUN_PARTS:
	case SCAN_FOREIGN_PARTS:
		return row_part(sql, &row->part, err);
	case SCAN_FOREIGN_RUNS:
		return row_foreign_run(sql, &row->foreign, err);
	case SCAN_CAPTURES:
		return row_capture(sql, &row->capture, err);
	case SCAN_AGAIN:
		row->again.run = sql_int(sql, 0);
		row->again.at = sql_int(sql, 1);
		return RP_OK;
	case SCAN_REJECTS:
		row_reject(sql, &row->reject);
		return RP_OK;
	case SCAN_SOURCES:
		return row_source(sql, &row->source, err);
	case SCAN_COVERAGE:
		return row_coverage(sql, &row->coverage, err);
	case SCAN_SOURCE_RUNS:
		return row_source_run(sql, &row->source_run, err);
	case SCAN_SPENDING:
		row_spending(sql, &row->spending);
		return RP_OK;
	case SCAN_LOOKS:
		return row_look(sql, &row->look, err);
	case SCAN_ACCOUNTS:
	case SCAN_HANDLE_USERS:
	case SCAN_CAPTURE_BYTES:
		break;
	}
	return rp_fail(err, RP_FAILED, "no rows of this kind");
}

static enum rp_status
next_plain(struct sqlite_iter *iter, union scan_row *row_out, struct rp_error *err)
{
	enum rp_status st = RP_END;

	while (iter->at < iter->n) {
		st = sql_step(&iter->sql[iter->at], err);
		if (st != RP_END)
			break;
		iter->at++;
	}
	return st == RP_OK ? read_row(iter, &iter->sql[iter->at], row_out, err) : st;
}

enum rp_status
sqlite_scan_next(struct store_iter *base, union scan_row *row_out, struct rp_error *err)
{
	struct sqlite_iter *iter = (struct sqlite_iter *)base;

	if (iter->left == 0)
		return RP_END;
	iter->left--;
	if (iter->splice != NULL)
		return splice_step(iter->splice, &row_out->bytes, err);
	if (iter->of == SCAN_ACCOUNTS || iter->of == SCAN_HANDLE_USERS)
		return next_account(iter, &row_out->account, err);
	return next_plain(iter, row_out, err);
}
