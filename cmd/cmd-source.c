/*
 * riposte source list|show|test|pause|resume: the sources of the config file and how they
 * stand.
 */
#include "cmd/report.h"
#include "cmd/source.h"
#include "core/base/near.h"

#include <string.h>

enum { FAR = 3 }; /* so many mistypings are another name */

/* The source of that name, or a complaint with the nearest one. */
static const struct source *
find(const struct invocation *inv, const char *name)
{
	const struct config *config = inv->config;
	const struct source *source = config_source(config, rp_slice_str(name)),
			    *nearest = NULL;
	size_t best = FAR;

	if (source != NULL)
		return source;
	for (size_t i = 0; i < config->n_sources; i++) {
		size_t d = near_distance(rp_slice_str(name), config->sources[i].name);

		if (d < best) {
			best = d;
			nearest = &config->sources[i];
		}
	}
	if (nearest != NULL)
		report("there is no source \"%.60s\"; did you mean \"%.*s\"?", name,
		       RP_FMT(nearest->name));
	else
		report("there is no source \"%.60s\" (\"riposte source list\" lists "
		       "them)",
		       name);
	return NULL;
}

/* Nothing is written when it stands like that already. */
static enum rp_status
set_paused(struct store *store, const struct source *source, bool paused,
           struct arena *arena, bool *changed_out, struct rp_error *err)
{
	struct source_state state;
	enum rp_status st = store_source_get(store, source->name, arena, &state, err);

	if (st == RP_NOT_FOUND)
		state = (struct source_state){ .name = source->name,
			                       .collector = source->collector,
			                       .due = RP_TIME_UNKNOWN,
			                       .tried = RP_TIME_UNKNOWN,
			                       .worked = RP_TIME_UNKNOWN };
	else if (st != RP_OK)
		return st;
	*changed_out = state.paused != paused;
	if (!*changed_out)
		return RP_OK;
	state.paused = paused;
	return store_source_put(store, &state, err);
}

/* All of them, in one transaction. */
static int
pause(struct invocation *inv, bool paused)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 24);
	struct rp_error err = { .status = RP_OK };
	bool quiet = option(&inv->options, "quiet") != NULL, changed;
	enum rp_status st;

	if (arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	for (int i = 1; i < inv->n_operands; i++)
		if (find(inv, inv->operands[i]) == NULL)
			return EXIT_USAGE;
	/* It was opened for reading alone, as the other verbs need no more. */
	inv->store = store_close(inv->store);
	st = store_sqlite_open(inv->archive, STORE_CREATE, &inv->store, NULL, &err);
	if (st == RP_OK)
		st = store_begin(inv->store, &err);
	for (int i = 1; st == RP_OK && i < inv->n_operands; i++) {
		st = set_paused(inv->store, find(inv, inv->operands[i]), paused, arena,
		                &changed, &err);
		if (st == RP_OK && !quiet)
			report("%.60s %s%s", inv->operands[i], changed ? "" : "was ",
			       paused ? "paused" : "not paused");
	}
	if (st == RP_OK)
		st = store_commit(inv->store, &err);
	if (st == RP_OK)
		return EXIT_DONE;
	rp_error_where(&err, "%s", inv->archive);
	return report_error(&err);
}

int
check_source(const struct invocation *inv)
{
	const char *verb = inv->operands[0], *format = option(&inv->options, "format");
	const bool list = strcmp(verb, "list") == 0,
		   one = strcmp(verb, "show") == 0 || strcmp(verb, "test") == 0,
		   more = strcmp(verb, "pause") == 0 || strcmp(verb, "resume") == 0;

	if ((!list || inv->n_operands != 1) && (!one || inv->n_operands != 2) &&
	    (!more || inv->n_operands < 2))
		return report_usage(inv,
		                    "source takes \"list\", \"show NAME\", \"test "
		                    "NAME\", \"pause NAME...\" or \"resume NAME...\"");
	if (format != NULL && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
		return report_usage(inv, "sources are written as text or json");
	return EXIT_DONE;
}

int
cmd_source(struct invocation *inv)
{
	const char *verb = inv->operands[0], *format = option(&inv->options, "format");
	bool json = option(&inv->options, "json") != NULL ||
	            (format != NULL && strcmp(format, "json") == 0);
	const struct source *source;

	if (strcmp(verb, "list") == 0)
		return source_list(inv, json);
	if (strcmp(verb, "pause") == 0 || strcmp(verb, "resume") == 0)
		return pause(inv, strcmp(verb, "pause") == 0);
	source = find(inv, inv->operands[1]);
	if (source == NULL)
		return EXIT_USAGE;
	return strcmp(verb, "show") == 0 ? source_show(inv, source, json)
	                                 : source_test(inv, source, json);
}
