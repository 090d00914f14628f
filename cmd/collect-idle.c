/*
 * Whether there is anything to collect: what nearly every run of a cron job finds out, so
 * that it takes some milliseconds, with a thousand sources too, and writes nothing.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "core/config/paths.h"

/* All of these are in the archive, none is due, and the config file was read in whole
 * when one of them was asked. */
static bool
all_wait(struct store *store, const struct config_names *names, int64_t now)
{
	const struct scan scan = { .of = SCAN_SOURCES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	int64_t asked = RP_TIME_UNKNOWN;
	struct rp_error err = { .status = RP_OK };
	union scan_row row;
	enum rp_status at = store_scan(store, &scan, &it, &err);

	if (at == RP_OK)
		at = store_next(it, &row, &err);
	for (size_t i = 0; i < names->n; i++) {
		while (at == RP_OK && rp_slice_cmp(row.source.name, names->names[i]) < 0)
			at = store_next(it, &row, &err);
		if (at != RP_OK || !rp_slice_eq(row.source.name, names->names[i]) ||
		    (!row.source.paused && collecting_is_due(&row.source, now)))
			return false;
		if (row.source.tried != RP_TIME_UNKNOWN &&
		    (asked == RP_TIME_UNKNOWN || row.source.tried > asked))
			asked = row.source.tried;
	}
	return asked != RP_TIME_UNKNOWN && names->changed < asked;
}

static bool
nothing_is_due(struct collecting *run)
{
	const struct invocation *inv = run->inv;
	CLEANUP(store_close) struct store *store = NULL;
	struct config_names names;
	struct rp_error err = { .status = RP_OK };
	const char *path;

	return path_config(run->arena, option(&inv->options, "config"), &path, &err) ==
	               RP_OK &&
	       config_names(run->arena, path, &names) == RP_OK &&
	       collecting_has_archive(run) &&
	       store_sqlite_open(inv->archive, STORE_GLANCE, &store, NULL, &err) ==
	               RP_OK &&
	       all_wait(store, &names, inv->now) && store_sqlite_unchanged(store);
}

/* Nothing is asked for but what is due. */
static bool
asks_for_no_more(const struct invocation *inv)
{
	static const char *const more[] = { "all", "budget", "dry-run", "estimate" };

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		if (option(&inv->options, more[i]) != NULL)
			return false;
	return inv->n_operands == 0;
}

bool
collect_idle(struct invocation *inv)
{
	static const struct tally nothing;
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	struct collecting run = { .inv = inv,
		                  .arena = arena,
		                  .quiet = option(&inv->options, "quiet") != NULL,
		                  .json = option(&inv->options, "json") != NULL };

	if (arena == NULL || !asks_for_no_more(inv) || !nothing_is_due(&run))
		return false;
	collecting_summarise(&run, &nothing);
	return true;
}
