/*
 * Which sources are asked in this run.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "core/base/near.h"
#include "core/config/paths.h"
#include "core/config/value.h"

/* ---- what is wanted -------------------------------------------------------------- */

static enum rp_status
read_budget(struct collecting *run, struct rp_error *err)
{
	static const struct setting_row row = { .name = "budget",
		                                .type = SETTING_BUDGET };
	const char *text = option(&run->inv->options, "budget");
	struct setting setting = { .row = &row, .value = rp_slice_str(text) };
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	if (text == NULL)
		return RP_OK;
	st = value_read(&setting, &why);
	if (st == RP_BAD_CONFIG)
		return rp_fail(err, RP_BAD_USAGE, "--budget: %s", why.text);
	run->budget = (struct budget){ setting.number, setting.per };
	return st;
}

/* Of a file that is not there, too, it is told where it would be. */
static enum rp_status
no_sources(const struct collecting *run, struct rp_error *err)
{
	const bool is_there = run->inv->config->path.n > 0;
	const char *path;
	enum rp_status st =
		path_config(run->arena, option(&run->inv->options, "config"), &path, err);

	if (st != RP_OK)
		return st;
	return rp_fail(err, RP_BAD_CONFIG,
	               "%s%.200s%s; write \"[source NAME]\" with what to collect "
	               "(see riposte-config(5))",
	               is_there ? "" : "there is no config file ", path,
	               is_there ? " has no sources" : "");
}

enum rp_status
collecting_configure(struct collecting *run, struct rp_error *err)
{
	const enum rp_status st = read_budget(run, err);

	return st == RP_OK && !run->made && run->inv->config->n_sources == 0
	               ? no_sources(run, err)
	               : st;
}

/* ---- named --------------------------------------------------------------------- */

static enum rp_status
no_such_source(const struct collecting *run, struct rp_slice name, struct rp_error *err)
{
	const struct config *config = run->inv->config;
	const struct source *nearest = NULL;
	size_t best = 4;

	for (size_t i = 0; i < config->n_sources; i++) {
		const size_t d = near_distance(name, config->sources[i].name);

		if (d < best) {
			best = d;
			nearest = &config->sources[i];
		}
	}
	if (nearest == NULL)
		return rp_fail(err, RP_BAD_USAGE, "there is no source \"%.*s\" in %.*s",
		               RP_FMT(name), RP_FMT(config->path));
	return rp_fail(err, RP_BAD_USAGE,
	               "there is no source \"%.*s\"; did you mean \"%.*s\"?",
	               RP_FMT(name), RP_FMT(nearest->name));
}

static enum rp_status
check_names(const struct collecting *run, struct rp_error *err)
{
	for (int i = 0; i < run->inv->n_operands; i++) {
		const struct rp_slice name = rp_slice_str(run->inv->operands[i]);

		if (config_source(run->inv->config, name) == NULL)
			return no_such_source(run, name, err);
	}
	return RP_OK;
}

static bool
is_named(const struct collecting *run, struct rp_slice name)
{
	for (int i = 0; i < run->inv->n_operands; i++)
		if (rp_slice_eq(rp_slice_str(run->inv->operands[i]), name))
			return true;
	return false;
}

/* ---- due ----------------------------------------------------------------------- */

/* One that was asked in the future was so by a clock that is set right by now. */
bool
collecting_is_due(const struct source_state *state, int64_t now)
{
	return state->due == RP_TIME_UNKNOWN || state->due <= now ||
	       (state->tried != RP_TIME_UNKNOWN && state->tried > now);
}

static bool
is_wanted(const struct collecting *run, const struct source_state *state, bool tell)
{
	const bool all = option(&run->inv->options, "all") != NULL;
	const bool named = run->inv->n_operands > 0;

	if (named && !is_named(run, state->name))
		return false;
	if (state->paused && named && tell)
		report("%.*s: paused (\"riposte source resume %.*s\")",
		       RP_FMT(state->name), RP_FMT(state->name));
	return !state->paused &&
	       (named || all || collecting_is_due(state, run->inv->now));
}

static bool
copy_state(struct arena *arena, const struct source_state *from, struct source_state *to)
{
	*to = *from;
	return arena_copy(arena, from->name, &to->name) &&
	       arena_copy(arena, from->collector, &to->collector) &&
	       arena_copy(arena, from->cursor, &to->cursor) &&
	       arena_copy(arena, from->trouble, &to->trouble);
}

static enum rp_status
add(struct collecting *run, const struct source *source, const struct source_state *state,
    struct rp_error *err)
{
	struct gather_source *to =
		arena_room(run->arena, run->sources, run->n, &run->room, sizeof(*to));

	if (to == NULL)
		return rp_fail_memory(err);
	run->sources = to;
	to += run->n++;
	*to = (struct gather_source){ .source = source,
		                      .ops = fetcher_find(source->collector) };
	return copy_state(run->arena, state, &to->state) ? RP_OK : rp_fail_memory(err);
}

static struct source_state
never_asked(const struct source *source)
{
	return (struct source_state){ .name = source->name,
		                      .due = RP_TIME_UNKNOWN,
		                      .tried = RP_TIME_UNKNOWN,
		                      .worked = RP_TIME_UNKNOWN };
}

/* The state of one, out of a scan that is in the order of names as the sources are; it is
 * moved on to behind it.  *at: RP_END: nothing more in it. */
static enum rp_status
find_state(struct store_iter *it, const struct source *source, union scan_row *row,
           enum rp_status *at, struct source_state *out, struct rp_error *err)
{
	while (*at == RP_OK && rp_slice_cmp(row->source.name, source->name) < 0)
		*at = store_next(it, row, err);
	if (*at != RP_OK && *at != RP_END)
		return *at;
	*out = *at == RP_OK && rp_slice_eq(row->source.name, source->name)
	               ? row->source
	               : never_asked(source);
	return RP_OK;
}

enum rp_status
collecting_plan(struct collecting *run, struct store *store, bool tell,
                struct rp_error *err)
{
	const struct config *config = run->inv->config;
	const struct scan scan = { .of = SCAN_SOURCES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	enum rp_status at = RP_END, st = check_names(run, err);
	union scan_row row;

	run->n = 0;
	if (st == RP_OK && store != NULL &&
	    (st = store_scan(store, &scan, &it, err)) == RP_OK)
		at = store_next(it, &row, err);
	for (size_t i = 0; i < config->n_sources && st == RP_OK; i++) {
		const struct source *source = &config->sources[i];
		struct source_state state;

		st = find_state(it, source, &row, &at, &state, err);
		if (st == RP_OK && is_wanted(run, &state, tell))
			st = add(run, source, &state, err);
	}
	return st;
}
