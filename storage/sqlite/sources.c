/* What is kept of collecting: rows put, read and bound. */
#include "storage/sqlite/sources.h"

static enum rp_status
damaged(struct rp_error *err, const char *what, struct rp_slice who)
{
	return rp_fail(err, RP_CORRUPT, "%s \"%.*s\" is damaged", what, RP_FMT(who));
}

/* ---- from a row to a struct ---- */

enum rp_status
row_source(const struct sql *sql, struct source_state *out, struct rp_error *err)
{
	const int64_t failures = sql_int(sql, 6);

	if (failures < 0 || failures > UINT32_MAX)
		return damaged(err, "where it is told how far we got, source",
		               sql_slice(sql, 0));
	*out = (struct source_state){
		.name = sql_slice(sql, 0),
		.collector = sql_slice(sql, 1),
		.cursor = sql_slice(sql, 2),
		.due = sql_int(sql, 3),
		.tried = sql_int(sql, 4),
		.worked = sql_int(sql, 5),
		.failures = (uint32_t)failures,
		.paused = sql_int(sql, 7) != 0,
		.trouble = sql_slice(sql, 8),
	};
	return RP_OK;
}

enum rp_status
row_coverage(const struct sql *sql, struct coverage *out, struct rp_error *err)
{
	const struct coverage coverage = {
		.source = sql_slice(sql, 0),
		.subject = sql_slice(sql, 1),
		.from = sql_int(sql, 2),
		.until = sql_int(sql, 3),
		.gap = sql_int(sql, 4) != 0,
		.why = sql_slice(sql, 5),
		.run = sql_int(sql, 6),
	};

	if (coverage.from >= coverage.until)
		return damaged(err, "a stretch of the coverage of", coverage.source);
	*out = coverage;
	return RP_OK;
}

enum rp_status
row_source_run(const struct sql *sql, struct source_run *out, struct rp_error *err)
{
	const int64_t end = sql_int(sql, 14);

	if (end < SOURCE_DONE || end > SOURCE_FAILED)
		return damaged(err, "what a run made of source", sql_slice(sql, 1));
	*out = (struct source_run){
		.run = sql_int(sql, 0),
		.source = sql_slice(sql, 1),
		.began = sql_int(sql, 2),
		.ended = sql_int(sql, 3),
		.requests = (uint64_t)sql_int(sql, 4),
		.unchanged = (uint64_t)sql_int(sql, 5),
		.captures = (uint64_t)sql_int(sql, 6),
		.records = (uint64_t)sql_int(sql, 7),
		.fresh = (uint64_t)sql_int(sql, 8),
		.same = (uint64_t)sql_int(sql, 9),
		.versions = (uint64_t)sql_int(sql, 10),
		.rejected = (uint64_t)sql_int(sql, 11),
		.bytes_in = (uint64_t)sql_int(sql, 12),
		.spent_micro = sql_int(sql, 13),
		.end = (enum source_end)end,
		.why = sql_slice(sql, 15),
	};
	return RP_OK;
}

void
row_spending(const struct sql *sql, struct spending *out)
{
	*out = (struct spending){
		.id = sql_int(sql, 0),
		.run = sql_int(sql, 1),
		.source = sql_slice(sql, 2),
		.payer = sql_slice(sql, 3),
		.what = sql_slice(sql, 4),
		.at = sql_int(sql, 5),
		.units = (uint64_t)sql_int(sql, 6),
		.micro = sql_int(sql, 7),
		.settled = sql_int(sql, 8) != 0,
	};
}

enum rp_status
row_look(struct sql *sql, struct look *out, struct rp_error *err)
{
	const struct rp_slice key = sql_key(sql, 0, 0);
	const int64_t outcome = sql_int(sql, 3);

	if (outcome < LOOK_FOUND || outcome > LOOK_NOTHING)
		return damaged(err, "what came of asking for", key);
	*out = (struct look){
		.key = key,
		.way = sql_slice(sql, 1),
		.at = sql_int(sql, 2),
		.outcome = (enum look_outcome)outcome,
		.run = sql_int(sql, 4),
	};
	return RP_OK;
}

/* ---- sources ---- */

static enum rp_status
source_to_arena(struct arena *arena, const struct source_state *state,
                struct source_state *out, struct rp_error *err)
{
	struct source_state copy = *state;
	struct rp_slice *const slices[] = { &copy.name, &copy.collector, &copy.cursor,
		                            &copy.trouble };

	for (size_t i = 0; i < sizeof(slices) / sizeof(slices[0]); i++)
		if (!arena_copy(arena, *slices[i], slices[i]))
			return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}

enum rp_status
sources_get(struct store *store, struct rp_slice name, struct arena *arena,
            struct source_state *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct source_state state;
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_SOURCE_GET, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_slice(&get, 1, name);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no source \"%.*s\" was ever asked",
		               RP_FMT(name));
	if (st == RP_OK)
		st = row_source(&get, &state, err);
	return st == RP_OK ? source_to_arena(arena, &state, out, err) : st;
}

enum rp_status
sources_put(struct store *store, const struct source_state *state, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_SOURCE_PUT, &put, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_slice(&put, 1, state->name);
	sql_bind_slice(&put, 2, state->collector);
	sql_bind_slice(&put, 3, state->cursor);
	sql_bind_int(&put, 4, state->due);
	sql_bind_int(&put, 5, state->tried);
	sql_bind_int(&put, 6, state->worked);
	sql_bind_int(&put, 7, state->failures);
	sql_bind_int(&put, 8, state->paused ? 1 : 0);
	sql_bind_slice(&put, 9, state->trouble);
	sql_bind_int(&put, 10, row_sum_of_source(&sum, state));
	return sql_run(&put, err);
}

/* ---- coverage ---- */

static enum rp_status
coverage_delete(struct sqlite_store *s, struct rp_slice source, struct rp_slice subject,
                struct rp_error *err)
{
	CLEANUP(sql_done) struct sql drop = { 0 };
	enum rp_status st = sql_open(s, SQL_COVERAGE_DELETE, &drop, err);

	if (st != RP_OK)
		return st;
	sql_bind_slice(&drop, 1, source);
	sql_bind_slice(&drop, 2, subject);
	return sql_run(&drop, err);
}

static enum rp_status
coverage_insert(struct sqlite_store *s, const struct coverage *coverage,
                struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	enum rp_status st = sql_open(s, SQL_COVERAGE_INSERT, &put, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_slice(&put, 1, coverage->source);
	sql_bind_slice(&put, 2, coverage->subject);
	sql_bind_int(&put, 3, coverage->from);
	sql_bind_int(&put, 4, coverage->until);
	sql_bind_int(&put, 5, coverage->gap ? 1 : 0);
	sql_bind_slice(&put, 6, coverage->why);
	sql_bind_int(&put, 7, coverage->run);
	sql_bind_int(&put, 8, row_sum_of_coverage(&sum, coverage));
	return sql_run(&put, err);
}

enum rp_status
sources_coverage_set(struct store *store, struct rp_slice source, struct rp_slice subject,
                     const struct coverage *list, size_t n, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	enum rp_status st = coverage_delete(s, source, subject, err);

	for (size_t i = 0; st == RP_OK && i < n; i++) {
		struct coverage row = list[i];

		row.source = source;
		row.subject = subject;
		st = coverage_insert(s, &row, err);
	}
	return st;
}

/* ---- runs, money, look-ups ---- */

enum rp_status
sources_run_put(struct store *store, const struct source_run *told, struct rp_error *err)
{
	const uint64_t counts[] = { told->requests, told->unchanged, told->captures,
		                    told->records,  told->fresh,     told->same,
		                    told->versions, told->rejected,  told->bytes_in };
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	enum rp_status st =
		sql_open(sqlite_store_of(store), SQL_SOURCE_RUN_PUT, &put, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, told->run);
	sql_bind_slice(&put, 2, told->source);
	sql_bind_int(&put, 3, told->began);
	sql_bind_int(&put, 4, told->ended);
	for (int i = 0; i < 9; i++)
		sql_bind_int(&put, 5 + i, (int64_t)counts[i]);
	sql_bind_int(&put, 14, told->spent_micro);
	sql_bind_int(&put, 15, told->end);
	sql_bind_slice(&put, 16, told->why);
	sql_bind_int(&put, 17, row_sum_of_source_run(&sum, told));
	return sql_run(&put, err);
}

enum rp_status
sources_spending_put(struct store *store, const struct spending *spending,
                     int64_t *id_out, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	CLEANUP(sql_done) struct sql put = { 0 };
	struct spending row = *spending;
	struct row_sum sum;
	enum rp_status st = sql_open(s, SQL_SPENDING_PUT, &put, err);

	row_sum_init(&sum);
	if (st == RP_OK && row.id == 0)
		st = sql_number(s, SQL_SPENDING_NEXT, &row.id, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, row.id);
	sql_bind_int(&put, 2, row.run);
	sql_bind_slice(&put, 3, row.source);
	sql_bind_slice(&put, 4, row.payer);
	sql_bind_slice(&put, 5, row.what);
	sql_bind_int(&put, 6, row.at);
	sql_bind_int(&put, 7, (int64_t)row.units);
	sql_bind_int(&put, 8, row.micro);
	sql_bind_int(&put, 9, row.settled ? 1 : 0);
	sql_bind_int(&put, 10, row_sum_of_spending(&sum, &row));
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = row.id;
	return st;
}

/* Of a source, or by the other statement of all. */
static enum rp_status
spending_sum(struct sqlite_store *s, enum sql_id of_source, enum sql_id of_all,
             struct rp_slice source, int64_t from, int64_t *micro_out,
             struct rp_error *err)
{
	const bool all = source.n == 0;
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, all ? of_all : of_source, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, from);
	if (!all)
		sql_bind_slice(&get, 2, source);
	st = sql_step(&get, err);
	if (st == RP_OK)
		*micro_out = sql_int(&get, 0);
	return st;
}

enum rp_status
sources_spending_sum(struct store *store, struct rp_slice source, int64_t since,
                     int64_t *micro_out, struct rp_error *err)
{
	return spending_sum(sqlite_store_of(store), SQL_SPENDING_SUM,
	                    SQL_SPENDING_SUM_ALL, source, since, micro_out, err);
}

enum rp_status
sources_spending_run_sum(struct store *store, struct rp_slice source, int64_t run,
                         int64_t *micro_out, struct rp_error *err)
{
	return spending_sum(sqlite_store_of(store), SQL_SPENDING_RUN_SUM,
	                    SQL_SPENDING_RUN_SUM_ALL, source, run, micro_out, err);
}

enum rp_status
sources_look_put(struct store *store, const struct look *look, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct row_sum sum;
	enum rp_status st = sql_open(sqlite_store_of(store), SQL_LOOK_PUT, &put, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	sql_bind_key(&put, 1, look->key);
	sql_bind_slice(&put, 2, look->way);
	sql_bind_int(&put, 3, look->at);
	sql_bind_int(&put, 4, look->outcome);
	sql_bind_int(&put, 5, look->run);
	sql_bind_int(&put, 6, row_sum_of_look(&sum, look));
	return sql_run(&put, err);
}

/* ---- scans ---- */

/* Of "x:@name?" also what tells the accounts that have or had the handle. */
static enum rp_status
bind_ghosts(struct sql *sql, struct rp_slice key, struct rp_error *err)
{
	const struct rp_slice native = key_native(key);
	CLEANUP(buf_done) struct rp_buf folded;

	buf_init(&folded, SIZE_MAX / 2);
	sql_bind_key_copy(sql, 1, key);
	if (!key_is_handle_only(key))
		return RP_OK;
	derived_fold_handle(rp_slice_from(native.p + 1, native.n - 2), &folded);
	if (buf_failed(&folded))
		return rp_fail_memory(err);
	sql_bind_int(sql, 2, row_fold(buf_slice(&folded)));
	sql_bind_copy(sql, 3, buf_slice(&folded));
	sql_bind_copy(sql, 4, rp_slice_from(key.p, key.n - native.n));
	return RP_OK;
}

enum rp_status
sources_scan(struct sqlite_store *s, const struct scan *scan, struct sql *out,
             struct rp_error *err)
{
	const bool all = scan->key.n == 0;
	enum sql_id id = SQL_SCAN_GHOSTS;
	enum rp_status st;

	if (scan->of == SCAN_COVERAGE)
		id = all ? SQL_SCAN_COVERAGE : SQL_SCAN_COVERAGE_OF;
	else if (scan->of == SCAN_LOOKS)
		id = all ? SQL_SCAN_LOOKS : SQL_SCAN_LOOKS_OF;
	st = sql_open(s, id, out, err);
	if (st != RP_OK || all)
		return st;
	if (scan->of == SCAN_GHOSTS)
		return bind_ghosts(out, scan->key, err);
	if (scan->of == SCAN_COVERAGE)
		sql_bind_copy(out, 1, scan->key);
	else
		sql_bind_key_copy(out, 1, scan->key);
	return RP_OK;
}
