/*
 * Pages that are held: how to ask whether they have changed.
 */
#include "cmd/looking.h"
#include "core/model/key.h"

#include <inttypes.h>

static struct rp_slice
said(struct rp_slice options, struct rp_slice key)
{
	struct rp_slice line = RP_SLICE("");

	while (options.n > 0) {
		line = rp_slice_cut(&options, '\n');
		if (rp_slice_starts(line, key))
			return rp_slice_skip(line, key.n);
	}
	return RP_SLICE("");
}

/* The last answer that showed it told how to ask whether it has changed since. */
static enum rp_status
find_validators(struct looking *looking, int64_t capture, struct rp_buf *out,
                struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct rp_slice etag, modified;
	union scan_row row;
	enum rp_status st = store_scan(looking->run.inv->store, &scan, &it, err);

	if (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		etag = said(row.capture.options, RP_SLICE("http.etag="));
		modified = said(row.capture.options, RP_SLICE("http.modified="));
		if (etag.n > 0)
			buf_printf(out, "etag=%.*s\n", RP_FMT(etag));
		if (modified.n > 0)
			buf_printf(out, "modified=%.*s\n", RP_FMT(modified));
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
looking_write_cursor(struct looking *looking, struct made_way *made,
                     const struct want *want, struct rp_error *err)
{
	struct scan scan = { .of = SCAN_SIGHTINGS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(buf_done) struct rp_buf text;
	struct post post;
	union scan_row row;
	int64_t capture = 0;
	enum rp_status st;

	buf_init(&text, 64 << 10);
	arena_reset(looking->run.scratch);
	st = store_post_get(looking->run.inv->store, want->key, looking->run.scratch,
	                    &post, err);
	if (st != RP_OK)
		return st;
	scan.id = post.id;
	st = store_scan(looking->run.inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (row.sighting.version != 0)
			capture = row.sighting.capture;
	buf_printf(&text, "page=%.*s\nfull=%" PRId64 "\n", RP_FMT(key_native(want->key)),
	           looking->run.inv->now);
	if (st == RP_END && capture != 0)
		st = find_validators(looking, capture, &text, err);
	if ((st == RP_OK || st == RP_END) &&
	    (buf_failed(&text) ||
	     !arena_copy(looking->run.arena, buf_slice(&text), &made->cursor)))
		return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}
