/* Whether what is kept of collecting is what was written. */
#include "storage/sqlite/sources.h"

/* Check the row a statement stands on; what is wrong with it is told, or returned. */
typedef enum rp_status row_check(struct findings *findings, struct sql *row,
                                 struct row_sum *sum, struct rp_error *err);

static enum rp_status
check_source(struct findings *findings, struct sql *row, struct row_sum *sum,
             struct rp_error *err)
{
	struct source_state state;
	enum rp_status st = row_source(row, &state, err);

	if (st == RP_OK && row_sum_of_source(sum, &state) != sql_int(row, 9))
		findings_add(findings, "where source \"%.*s\" stands fails its check",
		             RP_FMT(state.name));
	return st;
}

static enum rp_status
check_coverage(struct findings *findings, struct sql *row, struct row_sum *sum,
               struct rp_error *err)
{
	struct coverage coverage;
	enum rp_status st = row_coverage(row, &coverage, err);

	if (st == RP_OK && row_sum_of_coverage(sum, &coverage) != sql_int(row, 7))
		findings_add(findings,
		             "a stretch of the coverage of \"%.*s\" by source \"%.*s\" "
		             "fails its check",
		             RP_FMT(coverage.subject), RP_FMT(coverage.source));
	return st;
}

static enum rp_status
check_source_run(struct findings *findings, struct sql *row, struct row_sum *sum,
                 struct rp_error *err)
{
	struct source_run told;
	enum rp_status st = row_source_run(row, &told, err);

	if (st == RP_OK && row_sum_of_source_run(sum, &told) != sql_int(row, 16))
		findings_add(findings,
		             "what run %lld made of source \"%.*s\" fails its check",
		             (long long)told.run, RP_FMT(told.source));
	return st;
}

static enum rp_status
check_spending(struct findings *findings, struct sql *row, struct row_sum *sum,
               struct rp_error *err)
{
	struct spending spending;

	(void)err;
	row_spending(row, &spending);
	if (row_sum_of_spending(sum, &spending) != sql_int(row, 9))
		findings_add(findings, "spending %lld fails its check",
		             (long long)spending.id);
	return RP_OK;
}

static enum rp_status
check_look(struct findings *findings, struct sql *row, struct row_sum *sum,
           struct rp_error *err)
{
	struct look look;
	enum rp_status st = row_look(row, &look, err);

	if (st == RP_OK && row_sum_of_look(sum, &look) != sql_int(row, 5))
		findings_add(findings,
		             "that %.*s was asked for by way of %.*s fails its check",
		             RP_FMT(look.key), RP_FMT(look.way));
	return st;
}

static enum rp_status
check_rows(struct findings *findings, enum sql_id scan, bool from_id, row_check *check,
           struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	struct row_sum sum;
	enum rp_status st = sql_open(findings->s, scan, &rows, err);

	row_sum_init(&sum);
	if (st != RP_OK)
		return st;
	if (from_id)
		sql_bind_int(&rows, 1, INT64_MIN);
	while ((st = sql_step(&rows, err)) == RP_OK) {
		struct rp_error why = { 0 };
		enum rp_status one = check(findings, &rows, &sum, &why);

		if (one == RP_CORRUPT)
			findings_add(findings, "%s", why.text);
		else if (one != RP_OK)
			return rp_fail(err, one, "%s", why.text);
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
verify_sources(struct findings *findings, struct rp_error *err)
{
	static const struct {
		enum sql_id scan;
		bool from_id;
		row_check *check;
	} tables[] = {
		{ SQL_SCAN_SOURCES, false, check_source },
		{ SQL_SCAN_COVERAGE, false, check_coverage },
		{ SQL_SCAN_SOURCE_RUNS, true, check_source_run },
		{ SQL_SCAN_SPENDING, true, check_spending },
		{ SQL_SCAN_LOOKS, false, check_look },
	};
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < sizeof(tables) / sizeof(tables[0]); i++)
		st = check_rows(findings, tables[i].scan, tables[i].from_id,
		                tables[i].check, err);
	return st;
}
