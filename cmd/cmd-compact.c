/*
 * riposte compact: the same archive in less room.
 */
#include "cmd/report.h"
#include "cmd/signals.h"

#include <inttypes.h>

static enum rp_status
pack_all(struct store *store, const struct compact_options *options,
         struct compact_tally *tally, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK && !signals_stop(NULL))
		st = store_compact(store, options, tally, err);
	return st == RP_END ? RP_OK : st;
}

static void
summarise(const struct invocation *inv, const struct compact_tally *tally,
          uint64_t before, uint64_t after)
{
	if (option(&inv->options, "json") != NULL)
		printf("{\"v\":1,\"records\":%" PRIu64 ",\"bytes\":%" PRIu64
		       ",\"packed_bytes\":%" PRIu64 ",\"file_bytes_before\":%" PRIu64
		       ",\"file_bytes\":%" PRIu64 "}\n",
		       tally->records, tally->bytes, tally->packed, before, after);
	else if (option(&inv->options, "quiet") == NULL)
		report("%" PRIu64 " record%s of %.1f MB packed into %.1f MB; the archive "
		       "takes %.1f MB, it took %.1f MB",
		       tally->records, tally->records == 1 ? "" : "s",
		       (double)tally->bytes / 1e6, (double)tally->packed / 1e6,
		       (double)after / 1e6, (double)before / 1e6);
}

int
cmd_compact(struct invocation *inv)
{
	const struct compact_options options = { .tight = option(&inv->options,
		                                                 "tight") != NULL };
	const uint64_t before = store_file_bytes(inv->store);
	struct compact_tally tally = { 0 };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	signals_catch();
	st = pack_all(inv->store, &options, &tally, &err);
	if (st == RP_OK && !signals_stop(NULL))
		st = store_shrink(inv->store, &options, &err);
	if (st != RP_OK)
		return report_error(&err);
	summarise(inv, &tally, before, store_file_bytes(inv->store));
	if (signals_stop(NULL)) {
		inv->store = store_close(inv->store);
		signals_end();
	}
	return finish_output(stdout, EXIT_DONE);
}
