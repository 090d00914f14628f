/*
 * What would be asked, without asking.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"

#include <inttypes.h>

static enum rp_status
first_request(struct collecting *run, const struct gather_source *source,
              struct fetcher **fetcher_out, struct fetch_request *out,
              struct rp_error *err)
{
	const struct archive_view view = collecting_view(run);
	const struct rp_slice cursor =
		rp_slice_eq(source->state.collector, rp_slice_str(source->ops->name))
			? source->state.cursor
			: RP_SLICE("");
	enum rp_status st;

	st = source->ops->open(source->source, cursor,
	                       run->inv->store != NULL ? &view : NULL, run->inv->now,
	                       fetcher_out, err);
	return st == RP_OK ? source->ops->next(*fetcher_out, run->inv->now, out, err)
	                   : st;
}

static void
print_cost(struct collecting *run, struct rp_slice name,
           const struct fetch_request *request, int64_t *sum)
{
	CLEANUP(buf_done) struct rp_buf line;
	int64_t micro;

	buf_init(&line, 4096);
	buf_add(&line, name);
	if (request->price == NULL) {
		buf_add_str(&line, ": free\n");
	} else {
		micro = config_price(run->inv->config, request->price) *
		        (int64_t)request->most_units;
		*sum += micro;
		buf_add_str(&line, ": at most $");
		add_dollars(&line, micro);
		buf_printf(&line, " a request (%" PRIu64 " of %s)\n", request->most_units,
		           request->price);
	}
	fwrite(line.p, 1, line.n, stdout);
}

static int
foresee_one(struct collecting *run, const struct gather_source *source, bool costs,
            int64_t *sum)
{
	const struct rp_slice name = source->source->name;
	struct fetch_request request = { .price = NULL };
	struct rp_error err = { .status = RP_OK };
	struct fetcher *fetcher = NULL;
	enum rp_status st = first_request(run, source, &fetcher, &request, &err);
	int exit_status = EXIT_DONE;

	if (st == RP_OK && costs)
		print_cost(run, name, &request, sum);
	else if (st == RP_OK)
		printf("%.*s: %.*s\n", RP_FMT(name), RP_FMT(request.url));
	else if (st == RP_END)
		printf("%.*s: nothing to ask\n", RP_FMT(name));
	else {
		rp_error_where(&err, "%.*s", RP_FMT(name));
		exit_status = report_error(&err);
	}
	if (fetcher != NULL)
		source->ops->close(fetcher);
	return exit_status;
}

int
collecting_foresee(struct collecting *run, bool costs)
{
	int exit_status = EXIT_DONE;
	int64_t sum = 0;

	for (size_t i = 0; i < run->n; i++) {
		const int one = foresee_one(run, &run->sources[i], costs, &sum);

		exit_status = exit_status == EXIT_DONE ? one : exit_status;
	}
	if (costs && sum > 0) {
		CLEANUP(buf_done) struct rp_buf line;

		buf_init(&line, 256);
		buf_add_str(&line, "all: at most $");
		add_dollars(&line, sum);
		buf_add_str(&line, " for the first request of each\n");
		fwrite(line.p, 1, line.n, stdout);
	}
	return finish_output(stdout, exit_status);
}
