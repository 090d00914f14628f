/*
 * Posts that are looked for, one way after the other.
 */
#include "cmd/looking.h"
#include "cmd/report.h"
#include "cmd/signals.h"
#include "cmd/tally.h"
#include "core/thread/author.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SCRATCH_BYTES = 256 << 20, LINE_BYTES = 4096 };

/* ---- a run ---------------------------------------------------------------------- */

int
looking_configure(struct looking *looking)
{
	struct collecting *run = &looking->run;
	const struct options *options = &run->inv->options;
	struct rp_error err = { .status = RP_OK };

	run->made = true;
	run->clock = (struct run_clock){ .start = run->inv->now,
		                         .mono_ms = rp_monotonic_ms(),
		                         .frozen = getenv("RIPOSTE_NOW") != NULL };
	run->verbose = option(options, "verbose") != NULL;
	run->quiet = option(options, "quiet") != NULL;
	run->json = option(options, "json") != NULL;
	run->arena = arena_new(CONFIG_CEILING_BYTES);
	run->scratch = arena_new(SCRATCH_BYTES);
	if (run->arena == NULL || run->scratch == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (collecting_configure(run, &err) == RP_OK)
		return EXIT_DONE;
	return err.status == RP_BAD_USAGE ? report_usage(run->inv, "%s", err.text)
	                                  : report_error(&err);
}

int
looking_done(struct looking *looking, int exit_status)
{
	struct collecting *run = &looking->run;

	secrets_free(run->secrets);
	arena_free(run->scratch);
	arena_free(run->arena);
	if (signals_stop(NULL)) {
		run->inv->store = store_close(run->inv->store);
		signals_end();
	}
	return exit_status;
}

enum rp_status
looking_for(struct looking *looking, const struct wants *wants, size_t most,
            struct rp_error *err)
{
	const size_t n = wants->n < most ? wants->n : most;

	looking->list = arena_array(looking->run.arena, n, sizeof(*looking->list));
	if (looking->list == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		looking->list[i] = (struct sought){ .want = wants->list[i] };
	looking->n = n;
	return RP_OK;
}

/* ---- what came ------------------------------------------------------------------- */

static enum rp_status
is_held(struct looking *looking, struct rp_slice key, bool *out, struct rp_error *err)
{
	struct post post;
	enum rp_status st;

	arena_reset(looking->run.scratch);
	st = store_post_get(looking->run.inv->store, key, looking->run.scratch, &post,
	                    err);
	*out = st == RP_OK && post.kind != KIND_GHOST;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

static enum rp_status
is_gone(struct looking *looking, struct rp_slice key, bool *out, struct rp_error *err)
{
	struct state_note note = { .as_of = RP_TIME_UNKNOWN };
	enum rp_status st = state_latest(looking->run.inv->store, key, &note, err);

	*out = note.subject.n > 0 && note.state != STATE_LIVE;
	return st;
}

/* What the fetcher has not noted itself: a page, a post that goes by another key there.
 */
static enum rp_status
note_look(struct looking *looking, const struct sought *sought, enum way way,
          enum look_outcome *outcome, struct rp_error *err)
{
	struct collecting *run = &looking->run;
	struct look look = { .key = sought->want.key,
		             .way = rp_slice_str(way_name(way)),
		             .at = run_clock_now(&run->clock) };
	const struct ingest_with with = { .looks = &look, .n_looks = 1 };
	enum rp_status st = wants_looked(run->inv->store, look.key, look.way,
	                                 run->inv->now, outcome, err);

	if (st != RP_NOT_FOUND)
		return st;
	if (sought->ask_as.n > 0)
		st = wants_looked(run->inv->store, sought->ask_as, look.way,
		                  run->inv->now, outcome, err);
	if (st != RP_OK && st != RP_NOT_FOUND)
		return st;
	look.outcome = *outcome;
	return ingest_note(run->ingest, &with, err);
}

static enum rp_status
settle(struct looking *looking, const struct made_way *made, bool answered,
       struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < made->n && st == RP_OK; i++) {
		struct sought *sought = &looking->list[made->who[i]];
		enum look_outcome outcome;
		bool held = false;

		st = is_held(looking, sought->want.key, &held, err);
		if (st == RP_OK)
			st = is_gone(looking, sought->want.key, &sought->gone, err);
		if (st != RP_OK)
			return st;
		outcome = held && !(looking->recheck && sought->gone) ? LOOK_FOUND
		          : sought->gone                              ? LOOK_GONE
		                                                      : LOOK_NOTHING;
		if (answered)
			st = note_look(looking, sought, made->way, &outcome, err);
		sought->answered |= answered && outcome != LOOK_NOTHING;
		if (!held || looking->recheck || sought->found)
			continue;
		sought->found = true;
		sought->by = made->way;
		if (looking->run.verbose)
			report("%.*s: filled by %s", RP_FMT(sought->want.key),
			       way_name(made->way));
	}
	return st;
}

static void
sum_up(struct source_run *into, const struct source_run *told)
{
	into->requests += told->requests;
	into->unchanged += told->unchanged;
	into->records += told->records;
	into->fresh += told->fresh;
	into->versions += told->versions;
	into->rejected += told->rejected;
	into->spent_micro += told->spent_micro;
	if (told->end == SOURCE_LATER ||
	    (told->end == SOURCE_FAILED && into->end != SOURCE_LATER))
		into->end = told->end;
}

/* That a page is not there, or cannot be read, is an answer, and no trouble. */
static enum rp_status
is_answered(struct looking *looking, const struct gather_source *source, bool *out,
            struct rp_error *err)
{
	const struct made_way *made = (const void *)source->source;
	enum look_outcome outcome;
	enum rp_status st = RP_OK;

	*out = source->told.end == SOURCE_DONE ||
	       (source->told.end == SOURCE_FAILED && made->way == WAY_PRESS);
	if (*out || made->way != WAY_PRESS || source->told.end != SOURCE_LATER)
		return RP_OK;
	st = wants_looked(looking->run.inv->store, looking->list[made->who[0]].want.key,
	                  RP_SLICE("press"), looking->run.inv->now, &outcome, err);
	*out = st == RP_OK;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

static enum rp_status
take_source(struct looking *looking, const struct gather_source *source,
            struct rp_error *err)
{
	const struct made_way *made = (const void *)source->source;
	struct source_run told = source->told;
	bool answered = false;
	enum rp_status st = is_answered(looking, source, &answered, err);

	if (st == RP_OK)
		st = settle(looking, made, answered, err);
	if (answered)
		told.end = SOURCE_DONE;
	sum_up(&looking->told[made->way], &told);
	return st;
}

enum rp_status
looking_pass(struct looking *looking, unsigned ways, struct rp_error *err)
{
	struct collecting *run = &looking->run;
	struct made_ways made;
	enum rp_status st = looking_make(looking, ways, &made, err), end;

	if (st != RP_OK || made.n == 0)
		return st;
	run->n = made.n;
	run->sources = arena_array(run->arena, made.n, sizeof(*run->sources));
	if (run->sources == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < made.n; i++)
		run->sources[i] = (struct gather_source){
			.source = &made.list[i]->source,
			.ops = fetcher_find(made.list[i]->source.collector),
			.state = { .name = made.list[i]->source.name,
			           .collector = made.list[i]->source.collector,
			           .cursor = made.list[i]->cursor,
			           .due = RP_TIME_UNKNOWN,
			           .tried = RP_TIME_UNKNOWN,
			           .worked = RP_TIME_UNKNOWN },
		};
	end = collecting_ask(run, err);
	if (end != RP_OK && end != RP_END)
		return end;
	/* What fetchers have noted is looked for below. */
	st = ingest_flush(run->ingest, err);
	for (size_t i = 0; i < run->n && st == RP_OK; i++)
		if (run->sources[i].told.began != RP_TIME_UNKNOWN)
			st = take_source(looking, &run->sources[i], err);
	return st == RP_OK ? end : st;
}

int
looking_trouble(const struct looking *looking)
{
	int exit_status = EXIT_DONE;

	for (int way = 0; way < WAYS; way++) {
		if (looking->told[way].end == SOURCE_LATER)
			return EXIT_LATER;
		if (looking->told[way].end == SOURCE_FAILED)
			exit_status = EXIT_UNAVAILABLE;
	}
	return exit_status;
}

/* ---- what would be --------------------------------------------------------------- */

static enum rp_status
print_ways(struct looking *looking, const struct sought *sought, unsigned ways,
           struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf line;
	enum rp_status st = RP_OK;
	bool may, any = false;

	buf_init(&line, LINE_BYTES);
	buf_add(&line, sought->want.key);
	if (sought->held_as.n > 0)
		buf_printf(&line, "  held as %.*s", RP_FMT(sought->held_as));
	for (int way = 0; way < WAYS && st == RP_OK; way++) {
		st = ways & WAY(way)
		             ? looking_may_ask(looking, sought, (enum way)way, &may, err)
		             : RP_OK;
		if (st != RP_OK || !(ways & WAY(way)) || !may)
			continue;
		buf_printf(&line, "%s%s", any ? ", " : "  ", way_name((enum way)way));
		any = true;
	}
	if (!any && sought->held_as.n == 0)
		buf_add_str(&line, "  asked before");
	buf_add_byte(&line, '\n');
	if (st == RP_OK && !buf_failed(&line))
		fwrite(line.p, 1, line.n, stdout);
	return st;
}

int
looking_foresee(struct looking *looking, unsigned ways, bool costs)
{
	const int64_t price = config_price(looking->run.inv->config, "x.post");
	struct rp_error err = { .status = RP_OK };
	CLEANUP(buf_done) struct rp_buf line;
	enum rp_status st = RP_OK;
	uint64_t n = 0;
	bool may = false;

	buf_init(&line, LINE_BYTES);
	for (size_t i = 0; i < looking->n && st == RP_OK; i++) {
		if (!costs) {
			st = print_ways(looking, &looking->list[i], ways, &err);
			continue;
		}
		st = ways & WAY(WAY_X) ? looking_may_ask(looking, &looking->list[i],
		                                         WAY_X, &may, &err)
		                       : RP_OK;
		n += may;
	}
	if (st != RP_OK)
		return report_error(&err);
	if (costs) {
		buf_printf(&line, "%zu posts: at most $", looking->n);
		tally_dollars(&line, price * (int64_t)n);
		buf_printf(&line, " (%" PRIu64 " of x.post, if nothing else has them)\n",
		           n);
		fwrite(line.p, 1, line.n, stdout);
	}
	return finish_output(stdout, EXIT_DONE);
}

/* ---- what is said ----------------------------------------------------------------- */

void
looking_add_costs(const struct looking *looking, struct rp_buf *out)
{
	struct source_run sum = { .requests = 0 };

	for (int way = 0; way < WAYS; way++)
		sum_up(&sum, &looking->told[way]);
	buf_printf(out, "%" PRIu64 " request%s", sum.requests,
	           sum.requests == 1 ? "" : "s");
	if (sum.spent_micro > 0) {
		buf_add_str(out, ", $");
		tally_dollars(out, sum.spent_micro);
	}
}

void
looking_ways_json(const struct looking *looking, struct jsonw *json)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, LINE_BYTES);
	jsonw_key(json, "ways");
	jsonw_array(json);
	for (int way = 0; way < WAYS; way++) {
		const struct source_run *told = &looking->told[way];
		size_t found = 0;

		if (looking->asked[way] == 0)
			continue;
		for (size_t i = 0; i < looking->n; i++)
			found += looking->list[i].found &&
			         looking->list[i].by == (enum way)way;
		buf_clear(&text);
		tally_dollars(&text, told->spent_micro);
		jsonw_object(json);
		jsonw_field_text(json, "way", rp_slice_str(way_name((enum way)way)));
		jsonw_field_text(json, "end", rp_slice_str(source_end_name(told->end)));
		jsonw_field_int(json, "asked", (int64_t)looking->asked[way]);
		jsonw_field_int(json, "found", (int64_t)found);
		jsonw_field_int(json, "requests", (int64_t)told->requests);
		jsonw_key(json, "spent_usd");
		jsonw_raw(json, buf_slice(&text));
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
}
