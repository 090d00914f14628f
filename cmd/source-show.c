/*
 * riposte source show: every setting, how far it got, what was covered, what it cost.
 */
#include "cmd/report.h"
#include "cmd/source.h"
#include "cmd/tally.h"
#include "core/base/utf8.h"
#include "core/config/secret.h"

#include <inttypes.h>

enum { SHOW_CEILING = 64 << 20, RUNS_SHOWN = 5, NAME_COLUMN = 14 };

/* What is known of the token, which is itself not looked at. */
struct token {
	struct rp_slice reference; /* empty: it has none */
	bool readable;
	char why[384];
};

struct showing {
	const struct invocation *inv;
	const struct source *source;
	struct arena *arena;
	struct source_states states;
	const struct source_state *state; /* NULL: never asked */
	struct token token;
	struct coverage *coverage;
	size_t n_coverage, coverage_room;
	struct source_run runs[RUNS_SHOWN]; /* the last ones, oldest first */
	size_t n_runs;
	int64_t spent, spent_month;
};

static void
try_token(struct showing *s)
{
	CLEANUP(secrets_free) struct secrets *secrets = secrets_new();
	struct rp_error err = { .status = RP_OK };
	struct rp_slice secret;

	s->token.reference = section_text(&s->source->settings, "token");
	if (s->token.reference.n == 0 || secrets == NULL)
		return;
	s->token.readable = secret_read(secrets, s->token.reference, s->inv->config->path,
	                                &secret, &err) == RP_OK;
	if (!s->token.readable)
		(void)snprintf(s->token.why, sizeof(s->token.why), "%s", err.text);
}

static enum rp_status
load_coverage(struct showing *s, struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	const struct scan scan = { .of = SCAN_COVERAGE, .key = s->source->name };
	union scan_row row;
	enum rp_status st = store_scan(s->inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct coverage *list = arena_room(s->arena, s->coverage, s->n_coverage,
		                                   &s->coverage_room, sizeof(*list));

		if (list == NULL)
			return rp_fail_memory(err);
		s->coverage = list;
		list[s->n_coverage] = row.coverage;
		if (!arena_copy(s->arena, row.coverage.subject,
		                &list[s->n_coverage].subject) ||
		    !arena_copy(s->arena, row.coverage.why, &list[s->n_coverage].why))
			return rp_fail_memory(err);
		s->n_coverage++;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
load_runs(struct showing *s, struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(
		s->inv->store, &(struct scan){ .of = SCAN_SOURCE_RUNS }, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct source_run *last;

		if (!rp_slice_eq(row.source_run.source, s->source->name))
			continue;
		if (s->n_runs == RUNS_SHOWN)
			memmove(s->runs, s->runs + 1, --s->n_runs * sizeof(*s->runs));
		last = &s->runs[s->n_runs++];
		*last = row.source_run;
		if (!arena_copy(s->arena, row.source_run.why, &last->why))
			return rp_fail_memory(err);
	}
	return st == RP_END ? RP_OK : st;
}

static int64_t
begin_of_month(int64_t now)
{
	struct rp_civil civil = rp_time_to_civil(now);
	int64_t begin = now;

	(void)rp_time_from_civil(
		&(struct rp_civil){ .year = civil.year, .month = civil.month, .day = 1 },
		&begin);
	return begin;
}

static enum rp_status
load(struct showing *s, struct rp_error *err)
{
	enum rp_status st = source_states_load(&s->states, s->inv->store, err);

	if (st != RP_OK)
		return st;
	s->state = source_state_of(&s->states, s->source->name);
	try_token(s);
	if (s->inv->store == NULL)
		return RP_OK;
	if ((st = load_coverage(s, err)) != RP_OK || (st = load_runs(s, err)) != RP_OK)
		return st;
	st = store_spending_sum(s->inv->store, s->source->name, INT64_MIN, &s->spent,
	                        err);
	return st == RP_OK ? store_spending_sum(s->inv->store, s->source->name,
	                                        begin_of_month(s->inv->now),
	                                        &s->spent_month, err)
	                   : st;
}

/* ---- settings, in the order of the tables ---------------------------------------- */

typedef void each_setting(void *context, const struct showing *s,
                          const struct setting *setting);

static void
for_each_setting(const struct showing *s, each_setting *each, void *context)
{
	const struct section *section = &s->source->settings;

	for (size_t t = SECTION_TABLES; t-- > 0;)
		for (const struct setting_row *row = section->tables[t];
		     row != NULL && row->name != NULL; row++) {
			/* One that is hidden by the collector's is told there. */
			if (section_row(section, rp_slice_str(row->name)) != row)
				continue;
			for (const struct setting *setting = NULL;
			     (setting = section_next(section, row->name, setting)) !=
			     NULL;)
				each(context, s, setting);
		}
}

/* ---- as text --------------------------------------------------------------------- */

static void
setting_text(void *context, const struct showing *s, const struct setting *setting)
{
	struct rp_buf *out = context;

	buf_printf(out, "  %-*s ", NAME_COLUMN, setting->row->name);
	source_value(out, setting);
	if (setting->line == 0)
		buf_add_str(out, " (default)");
	if (setting->row->type == SETTING_SECRET)
		buf_printf(out, " (%s%s)",
		           s->token.readable ? "can be read" : "cannot be read: ",
		           s->token.why);
	buf_add_byte(out, '\n');
}

static void
labelled_time(struct rp_buf *out, const char *label, int64_t us)
{
	buf_printf(out, "  %-*s ", NAME_COLUMN, label);
	source_time(out, us);
	buf_add_byte(out, '\n');
}

static void
state_text(struct rp_buf *out, const struct showing *s)
{
	const struct source_state *state = s->state;

	buf_printf(out, "\n%s\n", source_standing(s->source, state, s->inv->now));
	if (state == NULL)
		return;
	labelled_time(out, "last asked", state->tried);
	labelled_time(out, "last well", state->worked);
	labelled_time(out, "due", state->due);
	if (state->failures > 0)
		buf_printf(out, "  %-*s %u in a row\n", NAME_COLUMN, "failures",
		           state->failures);
	if (state->trouble.n > 0) {
		buf_printf(out, "  %-*s ", NAME_COLUMN, "trouble");
		utf8_show(out, state->trouble, true);
		buf_add_byte(out, '\n');
	}
}

static void
coverage_text(struct rp_buf *out, const struct coverage *coverage)
{
	buf_printf(out, "  %-*s ", NAME_COLUMN, coverage->gap ? "missed" : "seen");
	source_time(out, coverage->from);
	buf_add_str(out, " to ");
	source_time(out, coverage->until);
	buf_add_str(out, "  ");
	utf8_show(out, coverage->subject, true);
	if (coverage->why.n > 0) {
		buf_add_str(out, ": ");
		utf8_show(out, coverage->why, true);
	}
	buf_add_byte(out, '\n');
}

static void
run_text(struct rp_buf *out, const struct source_run *run)
{
	buf_add_str(out, "  ");
	source_time(out, run->began);
	buf_printf(out, "  %s, %" PRIu64 " requests, %" PRIu64 " new, %" PRIu64 " same",
	           source_end_name(run->end), run->requests, run->fresh, run->same);
	if (run->spent_micro > 0) {
		buf_add_str(out, ", ");
		source_money(out, run->spent_micro);
	}
	if (run->why.n > 0) {
		buf_add_str(out, ": ");
		utf8_show(out, run->why, true);
	}
	buf_add_byte(out, '\n');
}

static void
show_text(const struct showing *s, struct rp_buf *out)
{
	utf8_show(out, s->source->name, true);
	buf_add_str(out, "  (");
	utf8_show(out, s->inv->config->path, true);
	buf_printf(out, ":%u)\n", s->source->settings.line);
	for_each_setting(s, setting_text, out);
	state_text(out, s);
	if (s->n_coverage > 0)
		buf_add_str(out, "\ncoverage\n");
	for (size_t i = 0; i < s->n_coverage; i++)
		coverage_text(out, &s->coverage[i]);
	if (s->n_runs > 0)
		buf_add_str(out, "\nlast runs\n");
	for (size_t i = 0; i < s->n_runs; i++)
		run_text(out, &s->runs[i]);
	if (s->spent > 0) {
		buf_add_str(out, "\nspent ");
		source_money(out, s->spent);
		buf_add_str(out, ", this month ");
		source_money(out, s->spent_month);
		buf_add_byte(out, '\n');
	}
}

/* ---- as JSON --------------------------------------------------------------------- */

static void
setting_json(void *context, const struct showing *s, const struct setting *setting)
{
	struct jsonw *json = context;
	CLEANUP(buf_done) struct rp_buf value;

	buf_init(&value, 1 << 20);
	source_value(&value, setting);
	jsonw_object(json);
	jsonw_field_text(json, "name", rp_slice_str(setting->row->name));
	jsonw_field_text(json, "value", buf_slice(&value));
	jsonw_field_bool(json, "default", setting->line == 0);
	if (setting->row->type == SETTING_SECRET) {
		jsonw_field_bool(json, "readable", s->token.readable);
		jsonw_field_text_or_null(json, "why", rp_slice_str(s->token.why));
	}
	jsonw_end_object(json);
}

static void
state_json(struct jsonw *json, const struct showing *s)
{
	static const struct source_state never = { .due = RP_TIME_UNKNOWN,
		                                   .tried = RP_TIME_UNKNOWN,
		                                   .worked = RP_TIME_UNKNOWN };
	const struct source_state *state = s->state != NULL ? s->state : &never;

	jsonw_field_text(json, "state",
	                 rp_slice_str(source_standing(s->source, s->state, s->inv->now)));
	jsonw_field_time(json, "tried", state->tried, RP_PRECISION_US);
	jsonw_field_time(json, "worked", state->worked, RP_PRECISION_US);
	jsonw_field_time(json, "due", state->due, RP_PRECISION_US);
	jsonw_field_int(json, "failures", state->failures);
	jsonw_field_text_or_null(json, "trouble", state->trouble);
}

static void
coverage_json(struct jsonw *json, const struct showing *s)
{
	jsonw_key(json, "coverage");
	jsonw_array(json);
	for (size_t i = 0; i < s->n_coverage; i++) {
		jsonw_object(json);
		jsonw_field_text(json, "subject", s->coverage[i].subject);
		jsonw_field_time(json, "from", s->coverage[i].from, RP_PRECISION_US);
		jsonw_field_time(json, "until", s->coverage[i].until, RP_PRECISION_US);
		jsonw_field_bool(json, "gap", s->coverage[i].gap);
		jsonw_field_text_or_null(json, "why", s->coverage[i].why);
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
}

static void
runs_json(struct jsonw *json, const struct showing *s)
{
	jsonw_key(json, "runs");
	jsonw_array(json);
	for (size_t i = 0; i < s->n_runs; i++) {
		const struct source_run *run = &s->runs[i];

		jsonw_object(json);
		jsonw_field_time(json, "began", run->began, RP_PRECISION_US);
		jsonw_field_time(json, "ended", run->ended, RP_PRECISION_US);
		jsonw_field_text(json, "end", rp_slice_str(source_end_name(run->end)));
		jsonw_field_int(json, "requests", (int64_t)run->requests);
		jsonw_field_int(json, "unchanged", (int64_t)run->unchanged);
		jsonw_field_int(json, "new", (int64_t)run->fresh);
		jsonw_field_int(json, "same", (int64_t)run->same);
		jsonw_field_int(json, "rejected", (int64_t)run->rejected);
		tally_json_dollars(json, "spent_usd", run->spent_micro);
		jsonw_field_text_or_null(json, "why", run->why);
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
}

static void
show_json(const struct showing *s, struct rp_buf *out)
{
	struct jsonw json = jsonw_to(out);

	jsonw_object(&json);
	jsonw_field_int(&json, "v", 1);
	jsonw_field_text(&json, "name", s->source->name);
	jsonw_field_text(&json, "collector", s->source->collector);
	jsonw_key(&json, "settings");
	jsonw_array(&json);
	for_each_setting(s, setting_json, &json);
	jsonw_end_array(&json);
	state_json(&json, s);
	coverage_json(&json, s);
	runs_json(&json, s);
	tally_json_dollars(&json, "spent_usd", s->spent);
	tally_json_dollars(&json, "spent_month_usd", s->spent_month);
	jsonw_end_object(&json);
	buf_add_byte(out, '\n');
}

int
source_show(struct invocation *inv, const struct source *source, bool json)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SHOW_CEILING);
	CLEANUP(buf_done) struct rp_buf text;
	struct showing s = { .inv = inv, .source = source, .arena = arena };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	buf_init(&text, SHOW_CEILING);
	st = arena != NULL ? load(&s, &err) : rp_fail_memory(&err);
	if (st == RP_OK && json)
		show_json(&s, &text);
	else if (st == RP_OK)
		show_text(&s, &text);
	source_states_done(&s.states);
	if (st == RP_OK && buf_failed(&text))
		st = rp_fail_memory(&err);
	if (st != RP_OK)
		return report_error(&err);
	fwrite(text.p, 1, text.n, stdout);
	return finish_output(stdout, EXIT_DONE);
}
