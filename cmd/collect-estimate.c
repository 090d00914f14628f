/*
 * What collecting may cost: the first request, a run, a day.
 */
#include "cmd/collecting.h"
#include "cmd/tally.h"

#include <inttypes.h>

enum { LINE_BYTES = 1 << 16 };

/* What its runs came to so far; the first one is like no other. */
struct lately {
	uint64_t runs;
	int64_t spent_micro;
};

static enum rp_status
look_back(struct collecting *run, struct rp_slice name, struct lately *out,
          struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SOURCE_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	bool first = true;
	enum rp_status st;

	*out = (struct lately){ 0 };
	if (run->inv->store == NULL)
		return RP_OK;
	st = store_scan(run->inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (!rp_slice_eq(row.source_run.source, name))
			continue;
		out->runs += !first;
		out->spent_micro += first ? 0 : row.source_run.spent_micro;
		first = false;
	}
	return st == RP_END ? RP_OK : st;
}

static int64_t
every_of(const struct source *source)
{
	const int64_t every = section_number(&source->settings, "every", 0);

	return every > 0 ? every : RP_DAY;
}

/* One for each account, search, address: where nothing is new. */
static uint64_t
requests_a_run(const struct source *source)
{
	const struct section *section = &source->settings;
	uint64_t n = 0;

	for (size_t i = 0; i < section->n; i++)
		n += section->settings[i].row->several &&
		     section->settings[i].row->type != SETTING_PATH;
	return n > 0 ? n : 1;
}

/* Rounded up: nobody is told less than there will be. */
static uint64_t
requests_a_day(const struct source *source)
{
	const uint64_t every = (uint64_t)every_of(source);

	return ((uint64_t)RP_DAY * requests_a_run(source) + every - 1) / every;
}

static void
add_requests(struct rp_buf *out, uint64_t n)
{
	tally_number(out, n);
	buf_add_str(out, n == 1 ? " request a day" : " requests a day");
}

static void
add_money(struct rp_buf *out, int64_t micro)
{
	buf_add_byte(out, '$');
	tally_dollars(out, micro);
}

/* What keeps a run from costing more. */
static enum rp_status
add_budget(struct collecting *run, const struct source *source, struct rp_buf *out,
           struct rp_error *err)
{
	const struct setting *budget = section_get(&source->settings, "budget");
	const struct rp_civil now = rp_time_to_civil(run->inv->now);
	const struct rp_civil first = { .year = now.year,
		                        .month = now.month,
		                        .day = budget != NULL && budget->per == 'd'
		                                       ? now.day
		                                       : 1 };
	int64_t since = INT64_MIN, spent = 0, left;
	enum rp_status st = RP_OK;

	if (budget == NULL) {
		buf_add_str(out, "  budget    none\n");
		return RP_OK;
	}
	(void)rp_time_from_civil(&first, &since);
	if (run->inv->store != NULL && budget->per != 'r')
		st = ledger_sum(run->inv->store, source->name, since, &spent, err);
	left = budget->number > spent ? budget->number - spent : 0;
	buf_add_str(out, "  budget    ");
	add_money(out, budget->number);
	buf_printf(out, " a %s, ",
	           budget->per == 'r'   ? "run"
	           : budget->per == 'd' ? "day"
	                                : "month");
	add_money(out, left);
	buf_add_str(out, " left\n");
	return st;
}

static void
add_lately(struct rp_buf *out, const struct source *source, const struct lately *lately)
{
	const double runs = (double)RP_DAY / (double)every_of(source);

	if (lately->runs == 0) {
		buf_add_str(out,
		            "  first run what its posts cost: all that are there, or "
		            "those since \"since\"\n");
		return;
	}
	buf_add_str(out, "  a day     ");
	add_money(out,
	          (int64_t)(runs * (double)lately->spent_micro / (double)lately->runs));
	buf_add_str(out, ", as in the ");
	tally_number(out, lately->runs);
	buf_add_str(out, lately->runs == 1 ? " run after the first\n"
	                                   : " runs after the first\n");
}

static enum rp_status
add_priced(struct collecting *run, const struct source *source,
           const struct fetch_request *request, struct rp_buf *out, struct estimate *sum,
           struct rp_error *err)
{
	const int64_t micro = config_price(run->inv->config, request->price) *
	                      (int64_t)request->most_units;
	struct lately lately;
	enum rp_status st = look_back(run, source->name, &lately, err);

	sum->micro += micro;
	buf_add_str(out, "at most ");
	add_money(out, micro);
	buf_printf(out, " a request (%" PRIu64 " of %s), ", request->most_units,
	           request->price);
	add_requests(out, requests_a_day(source));
	buf_add_str(out, " or more\n");
	if (st == RP_OK)
		st = add_budget(run, source, out, err);
	add_lately(out, source, &lately);
	return st;
}

enum rp_status
collecting_estimate(struct collecting *run, const struct source *source,
                    const struct fetch_request *request, struct estimate *sum,
                    struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st = RP_OK;

	buf_init(&text, LINE_BYTES);
	sum->requests += requests_a_day(source);
	buf_printf(&text, "%.*s: ", RP_FMT(source->name));
	if (request->price != NULL) {
		st = add_priced(run, source, request, &text, sum, err);
	} else {
		buf_add_str(&text, "free, ");
		add_requests(&text, requests_a_day(source));
		buf_add_str(&text, " or more\n");
	}
	if (st == RP_OK && buf_failed(&text))
		st = rp_fail_memory(err);
	if (st == RP_OK)
		fwrite(text.p, 1, text.n, stdout);
	return st;
}

void
collecting_estimated(const struct estimate *sum)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, LINE_BYTES);
	buf_add_str(&text, "all: ");
	if (sum->micro > 0) {
		buf_add_str(&text, "at most ");
		add_money(&text, sum->micro);
		buf_add_str(&text, " for the first request of each, ");
	}
	add_requests(&text, sum->requests);
	buf_add_str(&text, " or more\n");
	fwrite(text.p, 1, text.n, stdout);
}
