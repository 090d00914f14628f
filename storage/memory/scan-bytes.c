#include "storage/memory/scan.h"

static bool
add_piece(struct memory_iter *iter, const struct segment_row *segment, size_t piece,
          struct rp_slice bytes)
{
	struct found *found;

	if (bytes.n == 0)
		return true;
	found = scan_add(iter);
	if (found == NULL)
		return false;
	found->row.bytes = bytes;
	found->first[0] = (int64_t)segment->offset;
	found->first[1] = (int64_t)piece;
	return true;
}

/* Skeleton, record, skeleton, record … skeleton. */
static enum rp_status
add_segment(struct memory_iter *iter, const struct segment_row *segment,
            struct rp_error *err)
{
	struct rp_slice rest = segment->skeleton;
	size_t at = 0;

	for (size_t i = 0; i < segment->n_holes; i++) {
		const struct hole *hole = &segment->holes[i];
		const struct record_row *record =
			memory_record(iter->memory, hole->record);

		if (record == NULL || record->bytes.n != hole->n)
			return rp_fail(err, RP_CORRUPT,
			               "a hole of %u bytes does not fit its record",
			               hole->n);
		if (!add_piece(iter, segment, 2 * i,
		               rp_slice_from(rest.p, hole->at - at)) ||
		    !add_piece(iter, segment, 2 * i + 1, record->bytes))
			return rp_fail_memory(err);
		rest = rp_slice_skip(rest, hole->at - at);
		at = (size_t)hole->at + hole->n;
	}
	if (!add_piece(iter, segment, 2 * segment->n_holes, rest))
		return rp_fail_memory(err);
	return RP_OK;
}

enum rp_status
scan_bytes(struct memory_iter *iter, int64_t capture, struct rp_error *err)
{
	struct table *segments = &iter->memory->tables[SEGMENTS];
	size_t at;
	enum rp_status st = table_find(segments, SEGMENTS_BY_CAPTURE,
	                               memory_id_key(&capture), &at, err);

	while (st == RP_OK) {
		st = add_segment(
			iter, ROW(iter->memory, SEGMENTS, struct segment_row, at), err);
		if (st == RP_OK)
			st = table_after(segments, SEGMENTS_BY_CAPTURE, &at);
	}
	scan_sort(&iter->found, scan_cmp);
	return st == RP_NOT_FOUND ? RP_OK : st;
}
