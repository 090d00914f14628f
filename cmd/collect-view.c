/*
 * What a fetcher may know of the archive.
 */
#include "cmd/collecting.h"

/* What nobody had anything to say about is asked for again, but not in every run. */
#define REST RP_DAY

/* Was anybody asked for it, and is there no use in asking `way` now? */
static void
ask_looks(struct collecting *run, const char *way, struct rp_slice key, bool *asked_out,
          bool *vain_out)
{
	const struct scan scan = { .of = SCAN_LOOKS, .key = key };
	const int64_t now = run_clock_now(&run->clock);
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;

	*asked_out = *vain_out = false;
	if (store_scan(run->inv->store, &scan, &it, NULL) != RP_OK)
		return;
	while (store_next(it, &row, NULL) == RP_OK) {
		*asked_out = true;
		*vain_out = *vain_out || row.look.outcome == LOOK_GONE ||
		            (row.look.outcome == LOOK_NOTHING && row.look.at <= now &&
		             now - row.look.at < REST &&
		             rp_slice_eq(row.look.way, rp_slice_str(way)));
	}
}

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	struct collecting *run = context;
	bool asked, vain;
	struct post post;

	arena_reset(run->scratch);
	if (store_post_get(run->inv->store, key, run->scratch, &post, NULL) == RP_OK &&
	    post.kind != KIND_GHOST)
		return HOLDING_HELD;
	ask_looks(run, way, key, &asked, &vain);
	return vain ? HOLDING_GONE : HOLDING_NONE;
}

static void
missing(void *context, struct rp_slice subject, size_t most,
        void (*tell)(void *to, struct rp_slice key), void *to)
{
	struct collecting *run = context;
	const struct scan scan = { .of = SCAN_GHOSTS, .key = subject };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	struct rp_slice key;
	bool asked, vain;

	arena_reset(run->scratch);
	if (store_scan(run->inv->store, &scan, &it, NULL) != RP_OK)
		return;
	while (most > 0 && store_next(it, &row, NULL) == RP_OK) {
		if (!arena_copy(run->scratch, row.key, &key))
			return;
		ask_looks(run, "", key, &asked, &vain);
		if (asked)
			continue;
		tell(to, key);
		most--;
	}
}

struct archive_view
collecting_view(struct collecting *run)
{
	return (struct archive_view){ .context = run, .held = held, .missing = missing };
}
