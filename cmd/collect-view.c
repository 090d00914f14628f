/*
 * What a fetcher may know of the archive.
 */
#include "cmd/collecting.h"

/* Was anybody asked for it, and did one say that it is gone? */
static void
ask_looks(struct store *store, struct rp_slice key, bool *asked_out, bool *gone_out)
{
	const struct scan scan = { .of = SCAN_LOOKS, .key = key };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;

	*asked_out = *gone_out = false;
	if (store_scan(store, &scan, &it, NULL) != RP_OK)
		return;
	while (store_next(it, &row, NULL) == RP_OK) {
		*asked_out = true;
		*gone_out = *gone_out || row.look.outcome == LOOK_GONE;
	}
}

static enum holding
held(void *context, struct rp_slice key)
{
	struct collecting *run = context;
	bool asked, gone;
	struct post post;

	arena_reset(run->scratch);
	if (store_post_get(run->inv->store, key, run->scratch, &post, NULL) == RP_OK &&
	    post.kind != KIND_GHOST)
		return HOLDING_HELD;
	ask_looks(run->inv->store, key, &asked, &gone);
	return gone ? HOLDING_GONE : HOLDING_NONE;
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
	bool asked, gone;

	arena_reset(run->scratch);
	if (store_scan(run->inv->store, &scan, &it, NULL) != RP_OK)
		return;
	while (most > 0 && store_next(it, &row, NULL) == RP_OK) {
		if (!arena_copy(run->scratch, row.key, &key))
			return;
		ask_looks(run->inv->store, key, &asked, &gone);
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
