/*
 * Money: noted down before it is spent, so that whoever is killed in between has spent
 * too much rather than too little.
 */
#include "core/ingest/collect.h"
#include "core/ingest/run.h"

#include <inttypes.h>

enum { MICRO_IN_DOLLAR = 1000000 };

/* The start of the UTC month; since ever, where there is none of that year. */
static int64_t
month_of(int64_t at)
{
	const struct rp_civil now = rp_time_to_civil(at);
	const struct rp_civil first = { .year = now.year, .month = now.month, .day = 1 };
	int64_t start;

	return rp_time_from_civil(&first, &start) ? start : INT64_MIN;
}

static int64_t
day_of(int64_t at)
{
	int64_t day = at / RP_DAY - (at % RP_DAY < 0);

	return day > INT64_MIN / RP_DAY ? day * RP_DAY : INT64_MIN;
}

enum rp_status
ledger_sum(struct store *store, struct rp_slice source, int64_t since, int64_t *micro_out,
           struct rp_error *err)
{
	return store_spending_sum(store, source, since, micro_out, err);
}

static enum rp_status
spent_so_far(struct store *store, struct rp_slice source, char per,
             const struct spending *next, int64_t *out, struct rp_error *err)
{
	if (per == 'r')
		return store_spending_run_sum(store, source, next->run, out, err);
	return ledger_sum(store, source,
	                  per == 'd' ? day_of(next->at) : month_of(next->at), out, err);
}

/* "$0.005": cents, and what is below them if there is anything. */
static void
add_dollars(struct rp_buf *out, int64_t micro)
{
	buf_printf(out, "$%" PRId64 ".%06d", micro / MICRO_IN_DOLLAR,
	           (int)(micro % MICRO_IN_DOLLAR));
	for (int i = 0; i < 4 && out->n > 0 && out->p[out->n - 1] == '0'; i++)
		out->n--;
}

static enum rp_status
too_much(const struct budget *budget, struct rp_slice source, int64_t left,
         int64_t wanted, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 512);
	if (source.n > 0)
		buf_printf(&text, "the budget of %.*s, ", RP_FMT(source));
	else
		buf_add_str(&text, "the budget of all sources, ");
	add_dollars(&text, budget->micro);
	buf_printf(&text, " a %s, has ",
	           budget->per == 'r'   ? "run"
	           : budget->per == 'd' ? "day"
	                                : "month");
	add_dollars(&text, left > 0 ? left : 0);
	buf_add_str(&text, " left; the next request may cost ");
	add_dollars(&text, wanted);
	if (buf_failed(&text))
		return rp_fail(err, RP_END, "a budget has not enough left");
	return rp_fail(err, RP_END, "%.*s", RP_FMT(buf_slice(&text)));
}

/* source: whose budget it is; empty: of all together. */
static enum rp_status
check_budget(struct store *store, const struct budget *budget, struct rp_slice source,
             const struct spending *next, struct rp_error *err)
{
	int64_t spent = 0;
	enum rp_status st;

	if (budget == NULL || budget->per == 0)
		return RP_OK;
	st = spent_so_far(store, source, budget->per, next, &spent, err);
	if (st != RP_OK)
		return st;
	if (spent > budget->micro || next->micro > budget->micro - spent)
		return too_much(budget, source, budget->micro - spent, next->micro, err);
	return RP_OK;
}

enum rp_status
ledger_reserve(struct ingest *ingest, struct spending *spending,
               const struct budget *source, const struct budget *run,
               struct rp_error *err)
{
	struct spending next = *spending;
	enum rp_status st = run_begin(ingest, err);

	next.id = 0;
	next.run = ingest->run;
	next.settled = false;
	if (st == RP_OK)
		st = check_budget(ingest->store, source, next.source, &next, err);
	if (st == RP_OK)
		st = check_budget(ingest->store, run, RP_SLICE(""), &next, err);
	if (st == RP_OK)
		st = store_spending_put(ingest->store, &next, &next.id, err);
	st = run_finish(ingest, st, err);
	if (st == RP_OK)
		*spending = next;
	return st;
}
