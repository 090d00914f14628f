#include "cmd/open-runs.h"

#include <inttypes.h>

enum rp_status
open_runs_count(struct store *store, struct open_runs *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct open_runs runs = { .since = RP_TIME_UNKNOWN };
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (!row.run.open)
			continue;
		if (runs.n == 0 || row.run.started < runs.since)
			runs.since = row.run.started;
		runs.n++;
	}
	if (st != RP_END)
		return st;
	*out = runs;
	return RP_OK;
}

void
open_runs_text(struct rp_buf *out, const struct open_runs *runs)
{
	buf_printf(out, "%" PRIu64 " run%s of ", runs->n,
	           runs->n == 1 ? "" : "s, the first");
	rp_time_write(out, runs->since, RP_PRECISION_S);
	buf_add_str(out, ", under way or killed");
}
