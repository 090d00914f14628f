/*
 * Fetchers, net and archive, joined for one run.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "cmd/signals.h"
#include "cmd/web.h"
#include "core/net/retry.h"

#include <inttypes.h>

enum { FLUSH_MS = 1000 }; /* what is noted waits no longer */

#define CLOCK_OFF (366 * RP_DAY)
#define JUMP (5 * RP_SECOND) /* of a clock, not of a slow machine */

/* ---- the clock ----------------------------------------------------------------- */

int64_t
run_clock_now(const struct run_clock *clock)
{
	const int64_t gone = (rp_monotonic_ms() - clock->mono_ms) * 1000;

	if (clock->frozen)
		return clock->start;
	return clock->start > INT64_MAX - gone ? INT64_MAX : clock->start + gone;
}

/* By how much it was set since the run began; 0: it was not. */
static int64_t
clock_jump(const struct run_clock *clock)
{
	int64_t wall, by;

	if (clock->frozen || rp_now(&wall, NULL) != RP_OK)
		return 0;
	by = wall - run_clock_now(clock);
	return by > JUMP || by < -JUMP ? by : 0;
}

static int64_t
now(void *context)
{
	return run_clock_now(&((struct collecting *)context)->clock);
}

/* Once a run, whoever finds it out. */
static void
warn_of_clock(struct collecting *run, int64_t ours, int64_t theirs)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 200);
	if (run->clock.warned)
		return;
	run->clock.warned = true;
	buf_add_str(&text, "the clock of this machine says ");
	rp_time_write(&text, ours, RP_PRECISION_DAY);
	if (theirs != RP_TIME_UNKNOWN) {
		buf_add_str(&text, ", that of a server ");
		rp_time_write(&text, theirs, RP_PRECISION_DAY);
	}
	if (!buf_failed(&text))
		report("%.*s (set it: times, gaps and budgets go by it)",
		       RP_FMT(buf_slice(&text)));
}

/* One that stands still is not that of the machine: only what lies ahead is odd then. */
static void
clock_seen(void *context, int64_t ours, int64_t theirs)
{
	struct collecting *run = context;

	if (ours < theirs + RP_HOUR && ours > theirs - RP_HOUR)
		run->clock.right = true;
	if (ours > theirs + CLOCK_OFF ||
	    (!run->clock.frozen && ours < theirs - CLOCK_OFF))
		warn_of_clock(run, ours, theirs);
}

/* ---- what gather wants --------------------------------------------------------- */

static struct spending *
pending_of(struct collecting *run, const struct gather_source *source)
{
	return &run->pending[source - run->sources];
}

/* Soon enough, and not for each source. */
static enum rp_status
flush_sometimes(struct collecting *run, struct rp_error *err)
{
	const int64_t ms = rp_monotonic_ms();

	if (ms - run->flushed_ms < FLUSH_MS)
		return RP_OK;
	run->flushed_ms = ms;
	return ingest_flush(run->ingest, err);
}

static void
settle(struct collecting *run, struct spending *spending, uint64_t units)
{
	spending->units = units;
	spending->micro = config_price(run->inv->config, (const char *)spending->what.p) *
	                  (int64_t)units;
	spending->settled = true;
}

enum rp_status
collecting_store(void *context, struct gather_source *source, const struct page *page,
                 const struct fetch_taken *taken, struct tally *told_out,
                 struct rp_error *err)
{
	struct collecting *run = context;
	struct spending *pending = pending_of(run, source);
	struct ingest_with with = { .states = &source->state,
		                    .n_states = !run->made,
		                    .coverage = taken->coverage,
		                    .n_coverage = run->made ? 0 : taken->n_coverage,
		                    .looks = taken->looks,
		                    .n_looks = taken->n_looks,
		                    .now = run->clock.right && !run->made ? now(run)
		                                                          : 0 };
	struct ingest_page kept;
	enum rp_status st;

	if (page == NULL && pending->id == 0) {
		st = ingest_note(run->ingest, &with, err);
		return st == RP_OK ? flush_sometimes(run, err) : st;
	}
	if (pending->id != 0) {
		settle(run, pending, taken->units);
		with.spending = pending;
	}
	if (page != NULL)
		kept = (struct ingest_page){ .name = page->name,
			                     .format = page->format,
			                     .options = page->options,
			                     .body = page->body,
			                     .at = page->at,
			                     .cut = page->cut };
	st = ingest_page(run->ingest, page != NULL ? &kept : NULL, &with, told_out, err);
	if (st == RP_OK) {
		source->told.spent_micro += pending->id != 0 ? pending->micro : 0;
		*pending = (struct spending){ .id = 0 };
	}
	return st;
}

static struct rp_slice
payer_of(struct collecting *run, const struct source *source)
{
	const struct rp_slice label = section_text(&source->settings, "label");
	struct rp_slice payer;

	if (label.n > 0 && arena_printf(run->arena, &payer, "%.*s:%.*s",
	                                RP_FMT(source->collector), RP_FMT(label)))
		return payer;
	return source->collector;
}

enum rp_status
collecting_spend(void *context, struct gather_source *source, const char *price,
                 uint64_t units, struct rp_error *err)
{
	struct collecting *run = context;
	const struct setting *budget = section_get(&source->source->settings, "budget");
	const struct budget own = { budget != NULL ? budget->number : 0,
		                    budget != NULL ? budget->per : 0 };
	struct spending *pending = pending_of(run, source);
	enum rp_status st;

	*pending = (struct spending){ .source = source->source->name,
		                      .payer = payer_of(run, source->source),
		                      .what = rp_slice_str(price),
		                      .at = now(run),
		                      .units = units };
	pending->micro = config_price(run->inv->config, price) * (int64_t)units;
	st = ledger_reserve(run->ingest, pending, &own, &run->budget, err);
	if (st != RP_OK)
		*pending = (struct spending){ .id = 0 };
	return st;
}

/* What was spent for an answer that never came counts. */
static void
count_pending(struct collecting *run, struct gather_source *source)
{
	struct spending *pending = pending_of(run, source);

	if (pending->id != 0)
		source->told.spent_micro += pending->micro;
	*pending = (struct spending){ .id = 0 };
}

static void
note_jump(struct collecting *run, struct gather_source *source)
{
	const int64_t by = clock_jump(&run->clock);
	struct rp_slice why = source->told.why;

	if (by != 0 && arena_printf(run->arena, &why,
	                            "%.*s%sthe clock was set by %" PRId64
	                            " s meanwhile; times go on from the start of the run",
	                            RP_FMT(source->told.why),
	                            source->told.why.n > 0 ? "; " : "", by / RP_SECOND))
		source->told.why = why;
}

static void
judge(struct collecting *run, const struct source_run *told)
{
	if (told->end == SOURCE_LATER)
		run->exit_status = EXIT_LATER;
	else if (told->end == SOURCE_FAILED && run->exit_status != EXIT_LATER)
		run->exit_status = EXIT_UNAVAILABLE;
	else if (told->rejected > 0 && run->exit_status == EXIT_DONE)
		run->exit_status = EXIT_REJECTS;
}

static enum rp_status
ended(void *context, struct gather_source *source, int64_t not_before,
      struct rp_error *err)
{
	struct collecting *run = context;
	const int64_t every = section_number(&source->source->settings, "every", RP_HOUR);
	const bool old = run->quiet && !run->made && collecting_is_old_news(run, source);
	const bool broke_off = source->told.end == SOURCE_STOPPED && signals_stop(NULL);
	const struct ingest_with with = { .states = &source->state,
		                          .n_states = !run->made,
		                          .now = run->clock.right && !run->made ? now(run)
		                                                                : 0,
		                          .runs = &source->told,
		                          .n_runs = 1 };
	enum rp_status st;

	source->state.due = broke_off ? RP_TIME_UNKNOWN
	                              : due_next(&source->state, every, not_before,
	                                         source->told.end, now(run));
	count_pending(run, source);
	note_jump(run, source);
	judge(run, &source->told);
	st = ingest_note(run->ingest, &with, err);
	if (st == RP_OK)
		st = flush_sometimes(run, err);
	if (!old)
		collecting_tell(run, source);
	return st;
}

/* ---- tokens -------------------------------------------------------------------- */

/* One that cannot be read is the trouble of its source alone. */
static enum rp_status
read_token(struct collecting *run, struct gather_source *source, bool *read_out,
           struct rp_error *err)
{
	const struct rp_slice reference =
		section_text(&source->source->settings, "token");
	struct rp_error why = { .status = RP_OK };
	enum rp_status st = RP_OK;

	if (reference.n > 0 && run->secrets == NULL)
		run->secrets = secrets_new();
	if (reference.n > 0 && run->secrets == NULL)
		return rp_fail_memory(err);
	if (reference.n > 0)
		st = secret_read(run->secrets, reference, run->inv->config->path,
		                 &source->token, &why);
	*read_out = st == RP_OK;
	if (st == RP_OK)
		return RP_OK;
	if (st != RP_BAD_CONFIG)
		return rp_fail(err, st, "%s", why.text);
	rp_error_where(&why, "%.*s", RP_FMT(source->source->name));
	run->exit_status = report_error(&why);
	return RP_OK;
}

enum rp_status
collecting_addresses(struct collecting *run, struct rp_error *err)
{
	const struct config *config = run->inv->config;
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < config->n_sources && st == RP_OK; i++)
		st = secrets_add_addresses(&run->secrets, &config->sources[i].settings,
		                           err);
	return st;
}

static enum rp_status
read_tokens(struct collecting *run, struct rp_error *err)
{
	size_t kept = 0;
	enum rp_status st = collecting_addresses(run, err);

	for (size_t i = 0; i < run->n && st == RP_OK; i++) {
		bool read = false;

		st = read_token(run, &run->sources[i], &read, err);
		if (read)
			run->sources[kept++] = run->sources[i];
	}
	run->n = kept;
	return st;
}

/* ---- all of it ----------------------------------------------------------------- */

static enum rp_status
ask_all(struct collecting *run, struct rp_error *err)
{
	const struct web_user user = { .secrets = run->secrets,
		                       .verbose = run->verbose,
		                       .now = now,
		                       .context = run };
	CLEANUP(http_free) struct http *http = NULL;
	const struct gather_hooks hooks = {
		.context = run,
		.store = collecting_store,
		.spend = collecting_spend,
		.ended = ended,
		.view = collecting_view(run),
		.stop = signals_stop,
		.now = now,
		.clock_seen = clock_seen,
	};
	struct gather_options options = { .arena = run->arena };
	enum rp_status st = web_open(run->inv->config, &user, run->arena, &http, err);

	if (st != RP_OK)
		return st;
	options.http = http;
	options.secrets = run->secrets;
	options.patience_ms =
		section_number(&run->inv->config->http, "patience", 0) / 1000;
	return gather(run->sources, run->n, &options, &hooks, err);
}

int
collecting_end(struct collecting *run, int exit_status, struct tally *tally_out)
{
	struct invocation *inv = run->inv;
	struct rp_error err = { .status = RP_OK };
	struct tally tally = { .captures = 0 };
	uint64_t used;

	if (exit_status == EXIT_DONE && ingest_flush(run->ingest, &err) != RP_OK)
		exit_status = report_error(&err);
	if (ingest_close(run->ingest, &tally, &err) != RP_OK && exit_status == EXIT_DONE)
		exit_status = report_error(&err);
	if (exit_status == EXIT_DONE &&
	    ingest_tidy(inv->store, signals_stop, NULL, &err) != RP_OK)
		exit_status = report_error(&err);
	used = store_used_bytes(inv->store);
	tally.bytes_stored = used > run->used_before ? used - run->used_before : 0;
	if (tally_out != NULL)
		*tally_out = tally;
	return exit_status;
}

enum rp_status
collecting_begin(struct collecting *run, struct rp_error *err)
{
	const struct ingest_options options = { .kind = run->kind,
		                                .program = "riposte " RIPOSTE_VERSION,
		                                .now = run->clock.start,
		                                .clock = now,
		                                .context = run,
		                                .stop = signals_stop };

	if (run->clock.start < HTTP_OLDEST_NOW)
		warn_of_clock(run, run->clock.start, RP_TIME_UNKNOWN);
	run->used_before = store_used_bytes(run->inv->store);
	run->flushed_ms = rp_monotonic_ms();
	run->ingest = ingest_new(run->inv->store, &options);
	signals_catch();
	return run->ingest != NULL ? RP_OK : rp_fail_memory(err);
}

enum rp_status
collecting_ask(struct collecting *run, struct rp_error *err)
{
	enum rp_status st = read_tokens(run, err);

	run->pending = arena_array(run->arena, run->n, sizeof(*run->pending));
	if (st == RP_OK && run->pending == NULL)
		st = rp_fail_memory(err);
	return st == RP_OK ? ask_all(run, err) : st;
}

int
collecting_run(struct collecting *run)
{
	struct rp_error err = { .status = RP_OK };
	struct tally tally = { .captures = 0 };
	enum rp_status st = collecting_begin(run, &err);
	int exit_status;

	if (st != RP_OK)
		return report_error(&err);
	st = collecting_ask(run, &err);
	exit_status = st == RP_OK || st == RP_END ? EXIT_DONE : report_error(&err);
	exit_status = collecting_end(run, exit_status, &tally);
	collecting_summarise(run, &tally);
	return exit_status != EXIT_DONE ? exit_status : run->exit_status;
}
