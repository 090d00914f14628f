/*
 * What would be asked, without asking.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"

enum { LINE_COLUMNS = 80 };

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

/* An address on one line, if need be with its middle left out; all of it with -v. */
static void
print_address(const struct collecting *run, struct rp_slice name, struct rp_slice url)
{
	const size_t room = LINE_COLUMNS - (name.n < 30 ? name.n : 30) - 2;
	const size_t head = room * 3 / 4, tail = room - head - 3;

	if (run->verbose || url.n <= room)
		printf("%.*s: %.*s\n", RP_FMT(name), RP_FMT(url));
	else
		printf("%.*s: %.*s...%.*s\n", RP_FMT(name), (int)head, url.p, (int)tail,
		       url.p + url.n - tail);
}

/* The same without what is secret in it. */
static void
print_url(const struct collecting *run, struct rp_slice name, struct rp_slice url)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 20);
	buf_add(&text, url);
	if (buf_failed(&text))
		return;
	if (run->secrets != NULL)
		(void)secrets_mask(run->secrets, text.p, text.n);
	print_address(run, name, buf_slice(&text));
}

static int
foresee_one(struct collecting *run, const struct gather_source *source, bool costs,
            struct estimate *sum)
{
	const struct rp_slice name = source->source->name;
	struct fetch_request request = { .price = NULL };
	struct rp_error err = { .status = RP_OK };
	struct fetcher *fetcher = NULL;
	enum rp_status st = first_request(run, source, &fetcher, &request, &err);
	int exit_status = EXIT_DONE;

	if (st == RP_OK && costs)
		st = collecting_estimate(run, source->source, &request, sum, &err);
	else if (st == RP_OK)
		print_url(run, name, request.url);
	if (st == RP_END)
		printf("%.*s: nothing to ask\n", RP_FMT(name));
	else if (st != RP_OK) {
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
	struct rp_error err = { .status = RP_OK };
	int exit_status = EXIT_DONE;
	struct estimate sum = { 0 };

	if (collecting_addresses(run, &err) != RP_OK)
		return report_error(&err);
	for (size_t i = 0; i < run->n; i++) {
		const int one = foresee_one(run, &run->sources[i], costs, &sum);

		exit_status = exit_status == EXIT_DONE ? one : exit_status;
	}
	if (run->n == 0 && !run->quiet)
		report("nothing is due; with --all every source is shown");
	if (costs && run->n > 1)
		collecting_estimated(&sum);
	return finish_output(stdout, exit_status);
}
