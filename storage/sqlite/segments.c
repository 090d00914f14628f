/*
 * Captures as skeletons with holes: taken apart here, and put together again.  What the
 * columns hold is told in schema.c.
 */
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"

#include <assert.h>

enum {
	/* A piece is handed out when it is about this long. */
	PIECE_BYTES = 256 << 10,

	/* Of one row: a segment with more between its records becomes several. */
	SKELETON_MAX_BYTES = 4 << 20,
};

/* ---- apart ---- */

/* Part of a segment that becomes a row: bytes from..to, and the holes in it. */
struct stretch {
	size_t from, to;
	size_t hole, n_holes;
};

/* What follows `last`, with a limited amount of skeleton, so that rows can be handled. */
static struct stretch
next_stretch(const struct segment *segment, const struct stretch *last)
{
	struct stretch s = { last->to, last->to, last->hole + last->n_holes, 0 };
	size_t skeleton = 0;

	while (s.to < segment->bytes.n && skeleton < SKELETON_MAX_BYTES) {
		size_t h = s.hole + s.n_holes;
		size_t end =
			h < segment->n_holes ? segment->holes[h].at : segment->bytes.n;

		if (end == s.to) {
			s.to += segment->holes[h].n;
			s.n_holes++;
			continue;
		}
		if (end - s.to > SKELETON_MAX_BYTES - skeleton)
			end = s.to + (SKELETON_MAX_BYTES - skeleton);
		skeleton += end - s.to;
		s.to = end;
	}
	return s;
}

static void
cut(const struct segment *segment, const struct stretch *stretch, struct rp_buf *skeleton,
    struct rp_buf *holes)
{
	size_t from = stretch->from;
	int64_t last = 0;

	for (size_t i = 0; i < stretch->n_holes; i++) {
		const struct hole *hole = &segment->holes[stretch->hole + i];

		buf_add(skeleton,
		        rp_slice_from(segment->bytes.p + from, hole->at - from));
		varint_add(holes, hole->at - from);
		varint_add(holes, zigzag(hole->record - last));
		from = (size_t)hole->at + hole->n;
		last = hole->record;
	}
	buf_add(skeleton, rp_slice_from(segment->bytes.p + from, stretch->to - from));
}

static enum rp_status
check_follows(struct sqlite_store *s, int64_t capture, uint64_t offset,
              struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	uint64_t end = 0;
	enum rp_status st = sql_open(s, SQL_CAPTURE_END, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, capture);
	st = sql_step(&get, err);
	if (st == RP_OK)
		end = (uint64_t)sql_int(&get, 0);
	else if (st != RP_END)
		return st;
	assert(end == offset);
	return end == offset
	               ? RP_OK
	               : rp_fail(err, RP_FAILED,
	                         "a segment does not start where the last one ended");
}

static enum rp_status
put_row(struct sqlite_store *s, int64_t capture, const struct segment *segment,
        const struct stretch *stretch, struct rp_slice skeleton, struct rp_slice holes,
        struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf packed_skeleton;
	CLEANUP(buf_done) struct rp_buf packed_holes;
	CLEANUP(sql_done) struct sql put = { 0 };
	enum packing skeleton_packing, holes_packing;
	struct rp_slice kept_skeleton, kept_holes;
	enum rp_status st;

	buf_init(&packed_skeleton, SIZE_MAX / 2);
	buf_init(&packed_holes, SIZE_MAX / 2);
	st = records_pack_plain(s, RECORDS_LEVEL, skeleton, &packed_skeleton,
	                        &skeleton_packing, &kept_skeleton, err);
	if (st == RP_OK)
		st = records_pack_plain(s, RECORDS_LEVEL, holes, &packed_holes,
		                        &holes_packing, &kept_holes, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_SEGMENT_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, capture);
	sql_bind_int(&put, 2, (int64_t)(segment->offset + stretch->from));
	sql_bind_int(&put, 3, (int64_t)(stretch->to - stretch->from));
	sql_bind_int(&put, 4, (int64_t)stretch->n_holes);
	sql_bind_int(&put, 5, (int64_t)skeleton.n);
	sql_bind_int(&put, 6, skeleton_packing);
	sql_bind_int(&put, 7, (int64_t)holes.n);
	sql_bind_int(&put, 8, holes_packing);
	sql_bind_slice(&put, 9, kept_holes);
	sql_bind_slice(&put, 10, kept_skeleton);
	return sql_run(&put, err);
}

static enum rp_status
put_stretch(struct sqlite_store *s, int64_t capture, const struct segment *segment,
            const struct stretch *stretch, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf skeleton;
	CLEANUP(buf_done) struct rp_buf holes;

	buf_init(&skeleton, SIZE_MAX / 2);
	buf_init(&holes, SIZE_MAX / 2);
	cut(segment, stretch, &skeleton, &holes);
	if (buf_failed(&skeleton) || buf_failed(&holes))
		return rp_fail_memory(err);
	return put_row(s, capture, segment, stretch, buf_slice(&skeleton),
	               buf_slice(&holes), err);
}

enum rp_status
facts_capture_append(struct store *store, int64_t capture, const struct segment *segment,
                     struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	struct stretch stretch = { 0 };
	enum rp_status st = check_follows(s, capture, segment->offset, err);

	while (st == RP_OK && stretch.to < segment->bytes.n) {
		stretch = next_stretch(segment, &stretch);
		st = put_stretch(s, capture, segment, &stretch, err);
	}
	return st;
}

/* ---- together ---- */

/* Which capture, for people: the first digits of its hash, and its name. */
static enum rp_status
load_capture(struct splice *splice, int64_t capture, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct capture row;
	char hex[SHA256_HEX + 1];
	enum rp_status st = sql_open(splice->store, SQL_CAPTURE_GET, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, capture);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "no such capture");
	if (st == RP_OK)
		st = row_capture(&get, &row, err);
	if (st != RP_OK)
		return st;
	splice->complete = row.complete;
	splice->bytes = row.bytes;
	splice->sha256 = row.sha256;
	sha256_hex(&row.sha256, hex);
	(void)snprintf(splice->who, sizeof(splice->who), "capture %.12s (%.*s)", hex,
	               (int)(row.name.n < 100 ? row.name.n : 100),
	               row.name.n ? row.name.p : "");
	return RP_OK;
}

enum rp_status
splice_open(struct sqlite_store *s, int64_t capture, bool lengths_only,
            struct splice *out, struct rp_error *err)
{
	enum rp_status st;

	*out = (struct splice){ .store = s, .lengths_only = lengths_only };
	buf_init(&out->skeleton, SEGMENT_MAX_BYTES);
	buf_init(&out->holes, SIZE_MAX / 2);
	buf_init(&out->piece, PIECE_BYTES + RECORD_MAX_BYTES);
	out->hash = sha256_stream_new();
	if (out->hash == NULL)
		return rp_fail_memory(err);
	st = load_capture(out, capture, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_SEGMENTS, &out->segments, err);
	if (st == RP_OK)
		sql_bind_int(&out->segments, 1, capture);
	return st;
}

void
splice_done(struct splice *splice)
{
	sql_done(&splice->segments);
	buf_done(&splice->skeleton);
	buf_done(&splice->holes);
	buf_done(&splice->piece);
	splice->hash = sha256_stream_free(splice->hash);
}

static enum rp_status
broken(const struct splice *splice, struct rp_error *err, const char *how)
{
	return rp_fail(err, RP_CORRUPT, "%s: segment %llu %s", splice->who,
	               (unsigned long long)splice->number, how);
}

/* RP_CORRUPT gets the place in front of its words. */
static enum rp_status
located(const struct splice *splice, enum rp_status st, const char *what,
        struct rp_error *err)
{
	struct rp_error inner;

	if (st != RP_CORRUPT || err == NULL)
		return st;
	inner = *err;
	return rp_fail(err, st, "%s of %s: %s", what, splice->who, inner.text);
}

static enum rp_status
unpack_into(struct splice *splice, int column, struct rp_buf *out, const char *what,
            struct rp_error *err)
{
	int64_t bytes = sql_int(&splice->segments, column);
	int64_t packing = sql_int(&splice->segments, column + 1);
	struct rp_slice kept = sql_slice(&splice->segments, column == 3 ? 8 : 7);
	enum rp_status st;

	buf_clear(out);
	st = records_unpack_plain(splice->store, packing, kept, bytes, out, err);
	return located(splice, st, what, err);
}

/* RP_END: there is no further segment. */
static enum rp_status
next_segment(struct splice *splice, struct rp_error *err)
{
	enum rp_status st = sql_step(&splice->segments, err);

	if (st != RP_OK)
		return st;
	splice->number++;
	if ((uint64_t)sql_int(&splice->segments, 0) != splice->offset)
		return broken(splice, err, "does not start where the one before it ends");
	splice->end = splice->offset + (uint64_t)sql_int(&splice->segments, 1);
	splice->n_holes = (uint64_t)sql_int(&splice->segments, 2);
	splice->record = 0;
	splice->guessed = false;
	splice->skeleton_at = splice->holes_at = 0;
	splice->skeleton_bytes = (uint64_t)sql_int(&splice->segments, 3);
	if (!splice->lengths_only)
		st = unpack_into(splice, 3, &splice->skeleton, "the skeleton", err);
	if (st == RP_OK)
		st = unpack_into(splice, 5, &splice->holes, "the list of records", err);
	splice->open = st == RP_OK;
	return st;
}

static enum rp_status
next_hole(struct splice *splice, struct rp_error *err)
{
	uint64_t gap, delta;

	if (!varint_take(buf_slice(&splice->holes), &splice->holes_at, &gap) ||
	    !varint_take(buf_slice(&splice->holes), &splice->holes_at, &delta) ||
	    gap > splice->skeleton_bytes - splice->skeleton_at)
		return broken(splice, err, "has a damaged list of records");
	splice->n_holes--;
	splice->gap = gap;
	splice->record = (int64_t)((uint64_t)splice->record + (uint64_t)unzigzag(delta));
	splice->wants_record = true;
	return RP_OK;
}

/* Behind the last hole. */
static enum rp_status
finish_segment(struct splice *splice, struct rp_error *err)
{
	if (splice->skeleton_at < splice->skeleton_bytes) {
		splice->gap = splice->skeleton_bytes - splice->skeleton_at;
		return RP_OK;
	}
	splice->open = false;
	if (splice->guessed)
		splice->offset = splice->end;
	if (splice->offset != splice->end)
		return broken(splice, err, "is not as long as was noted");
	if (splice->holes_at != splice->holes.n)
		return broken(splice, err, "has a damaged list of records");
	return RP_OK;
}

static void
add_gap(struct splice *splice)
{
	uint64_t n = PIECE_BYTES - splice->piece.n;

	if (n > splice->gap)
		n = splice->gap;
	if (!splice->lengths_only)
		buf_add(&splice->piece,
		        rp_slice_from(splice->skeleton.p + splice->skeleton_at,
		                      (size_t)n));
	splice->skeleton_at += n;
	splice->gap -= n;
	splice->offset += n;
}

/* Of a sealed record the length is not known without its bytes: then the segment is
 * taken at its word. */
static enum rp_status
add_length(struct splice *splice, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct sealed_window window;
	enum rp_status st = pending_settle(splice->store, err);

	if (st == RP_OK)
		st = sql_open(splice->store, SQL_RECORD_BYTES, &get, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, splice->record);
	st = sql_step(&get, err);
	if (st == RP_OK)
		splice->offset += (uint64_t)sql_int(&get, 0);
	if (st != RP_END)
		return st;
	splice->guessed = true;
	return sealed_find(splice->store, splice->record, &window, err);
}

static enum rp_status
add_record(struct splice *splice, struct rp_error *err)
{
	size_t before = splice->piece.n;
	char what[64];
	enum rp_status st;

	splice->wants_record = false;
	st = splice->lengths_only
	             ? add_length(splice, err)
	             : records_read(splice->store, splice->record, &splice->piece, err);
	splice->offset += splice->piece.n - before;
	(void)snprintf(what, sizeof(what), "record %lld", (long long)splice->record);
	if (st == RP_NOT_FOUND)
		st = rp_fail(err, RP_CORRUPT, "it is missing");
	return located(splice, st, what, err);
}

static enum rp_status
add_some(struct splice *splice, struct rp_error *err)
{
	if (!splice->open)
		return next_segment(splice, err);
	if (splice->gap > 0) {
		add_gap(splice);
		return RP_OK;
	}
	if (splice->wants_record)
		return add_record(splice, err);
	if (splice->n_holes > 0)
		return next_hole(splice, err);
	return finish_segment(splice, err);
}

/* The hash of what is still being written is noted batch by batch, and may be behind. */
static enum rp_status
check_whole(const struct splice *splice, struct rp_error *err)
{
	struct sha256 hash = sha256_stream_peek(splice->hash);
	bool noted = splice->complete ||
	             (splice->bytes > 0 && splice->bytes == splice->offset);

	if (splice->complete && splice->bytes != splice->offset)
		return rp_fail(err, RP_CORRUPT, "%s: %llu bytes of %llu are there",
		               splice->who, (unsigned long long)splice->offset,
		               (unsigned long long)splice->bytes);
	if (noted && !splice->lengths_only && !sha256_eq(&hash, &splice->sha256))
		return rp_fail(err, RP_CORRUPT, "%s: its bytes do not have its hash",
		               splice->who);
	return RP_END;
}

enum rp_status
splice_step(struct splice *splice, struct rp_slice *piece_out, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	buf_clear(&splice->piece);
	while (st == RP_OK && !splice->ended && splice->piece.n < PIECE_BYTES)
		st = add_some(splice, err);
	splice->ended = splice->ended || st == RP_END; /* a step further begins again */
	if (buf_failed(&splice->piece))
		return rp_fail_memory(err);
	if (st != RP_OK && st != RP_END)
		return st;
	sha256_stream_add(splice->hash, buf_slice(&splice->piece));
	if (splice->piece.n == 0)
		return check_whole(splice, err);
	*piece_out = buf_slice(&splice->piece);
	return RP_OK;
}
