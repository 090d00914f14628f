#include "core/ingest/captures.h"

#include "core/collect/collector.h"

enum rp_status
captures_add(struct captures *captures, struct arena *arena,
             const struct capture *capture, struct rp_error *err)
{
	struct capture *out;

	if (captures->n == captures->room) {
		size_t room = captures->room ? captures->room * 2 : 64;

		captures->list = arena_grow(arena, captures->list, captures->n, room,
		                            sizeof(*captures->list));
		if (captures->list == NULL)
			return rp_fail_memory(err);
		captures->room = room;
	}
	out = &captures->list[captures->n];
	*out = *capture;
	if (!arena_copy(arena, capture->name, &out->name) ||
	    !arena_copy(arena, capture->format, &out->format) ||
	    !arena_copy(arena, capture->options, &out->options))
		return rp_fail_memory(err);
	captures->n++;
	return RP_OK;
}

enum rp_status
captures_list(struct store *store, struct arena *arena, struct captures *into,
              struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (captures_add(into, arena, &row.capture, err) != RP_OK)
			return RP_FAILED;
	return st == RP_END ? RP_OK : st;
}

size_t
captures_find(const struct captures *captures, int64_t id)
{
	size_t low = 0, high = captures->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (captures->list[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < captures->n && captures->list[low].id == id ? low : captures->n;
}

bool
captures_broke_off(const struct capture *capture, const struct capture *container)
{
	return !capture->complete && ((container != NULL && container->complete) ||
	                              collector_settled_damage(capture->options));
}

static enum rp_status
last_again(struct store *store, int64_t capture, int64_t *last, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		*last = row.again.at > *last ? row.again.at : *last;
	return st == RP_END ? RP_OK : st;
}

enum rp_status
captures_last_at(struct store *store, const struct capture *capture, int64_t *out,
                 struct rp_error *err)
{
	int64_t last = capture->at;
	enum rp_status st = last_again(store, capture->id, &last, err);

	if (st == RP_OK && capture->inside != 0)
		st = last_again(store, capture->inside, &last, err);
	*out = last;
	return st;
}
