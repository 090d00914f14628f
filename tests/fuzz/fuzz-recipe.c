/*
 * Captures as skeletons with holes.  The first byte says what the rest is:
 *
 *	0  a capture: pieces between bytes 0xff, every other one a record; 0xfe ends a
 *	   segment.  It comes back as it was, from both stores.
 *	1  rows of segments as they might stand in a damaged archive.  What comes out is
 *	   what the rows say, by a second reading of them here, and nothing is good that
 *	   does not have the hash of its capture.
 *	2  a map of sealed records.  Reading them gives a status.
 *
 * SQLite is spoken to directly: no function of the store writes such rows.
 */
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"
#include "tests/fuzz/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HOLES_MAX = 64, RECORDS = 6, OUT_MAX = 1 << 24 };

/* What the records of archives are that damaged rows refer to; their ids are 1, 2, … */
static const char *const texts[RECORDS] = {
	"{\"id\":\"1\",\"text\":\"one\"}",
	"{\"id\":\"2\",\"text\":\"two\"}",
	"{\"id\":\"3\",\"text\":\"\"}",
	"{}",
	"{\"id\":\"4\"}",
	"[]",
};

static struct store *
writing(struct store *store)
{
	struct rp_error err = { .status = RP_OK };

	require(store_begin(store, &err) == RP_OK, err.text);
	return store;
}

static int64_t
begin_capture(struct store *store, struct capture *capture)
{
	const struct run run = { .kind = RP_SLICE("import") };
	struct rp_error err = { .status = RP_OK };

	capture->name = RP_SLICE("any");
	require(store_run_begin(store, &run, &capture->run, &err) == RP_OK, err.text);
	require(store_capture_begin(store, capture, &capture->id, &err) == RP_OK,
	        err.text);
	return capture->id;
}

static void
end_capture(struct store *store, struct capture *capture, struct rp_slice bytes)
{
	struct rp_error err = { .status = RP_OK };

	capture->bytes = bytes.n;
	capture->sha256 = sha256_of(bytes);
	capture->complete = true;
	require(store_capture_update(store, capture, &err) == RP_OK, err.text);
}

/* ---- there and back ---- */

static void
append(struct store *store, int64_t capture, uint64_t offset, struct rp_slice bytes)
{
	struct hole holes[HOLES_MAX];
	struct segment segment = { offset, bytes, holes, 0 };
	struct rp_slice rest = bytes;
	struct rp_error err = { .status = RP_OK };

	for (bool inside = false; rest.n > 0 && segment.n_holes < HOLES_MAX;
	     inside = !inside) {
		struct record_bytes record = { RECORD_X2_POST,
			                       rp_slice_cut(&rest, '\xff') };
		struct hole *hole = &holes[segment.n_holes];

		if (!inside || record.bytes.n == 0)
			continue;
		*hole = (struct hole){ (uint32_t)(record.bytes.p - bytes.p),
			               (uint32_t)record.bytes.n, 0 };
		require(store_records_put(store, &record, 1, &hole->record, &err) ==
		                RP_OK,
		        err.text);
		segment.n_holes++;
	}
	require(store_capture_append(store, capture, &segment, &err) == RP_OK, err.text);
}

static void
there_and_back(struct store *store, struct rp_slice bytes)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct capture capture = { .at = 1 };
	struct rp_slice rest = bytes;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, OUT_MAX);
	(void)begin_capture(writing(store), &capture);
	while (rest.n > 0) {
		const uint64_t offset = (uint64_t)(rest.p - bytes.p);
		struct rp_slice piece = rp_slice_cut(&rest, '\xfe');

		/* The byte that ends it is of the skeleton, as a line's end is. */
		piece.n = bytes.n - (size_t)offset - rest.n;
		append(store, capture.id, offset, piece);
	}
	end_capture(store, &capture, bytes);
	require(scratch_bytes(store, capture.id, &out, &err) == RP_OK, err.text);
	require(rp_slice_eq(buf_slice(&out), bytes), "other bytes");
	store_rollback(store);
}

/* ---- damaged rows ---- */

struct row {
	int64_t start, bytes, n_holes, skeleton_bytes, skeleton_packing, holes_bytes,
		holes_packing;
	struct rp_slice holes, skeleton;
};

static int64_t
take_byte(struct rp_slice *in)
{
	int64_t byte = in->n > 0 ? (unsigned char)in->p[0] : 0;

	*in = rp_slice_skip(*in, 1);
	return byte;
}

/* A small number, or after 0xff any. */
static int64_t
take_number(struct rp_slice *in)
{
	uint64_t number = (uint64_t)take_byte(in);

	if (number < 255)
		return (int64_t)number;
	for (int i = 0; i < 8; i++)
		number = number << 8 | (uint64_t)take_byte(in);
	return (int64_t)number;
}

static struct rp_slice
take_bytes(struct rp_slice *in, size_t n)
{
	struct rp_slice taken = { in->p, n < in->n ? n : in->n };

	*in = rp_slice_skip(*in, n);
	return taken;
}

/* What is not told of a row is as it should be, so that others get far. */
static struct row
take_row(struct rp_slice *in, int64_t start)
{
	const int64_t told = take_byte(in);
	struct row row = { .start = start };

	row.n_holes = take_number(in);
	row.bytes = take_number(in);
	row.holes = take_bytes(in, (size_t)take_byte(in));
	row.skeleton = take_bytes(in, (size_t)take_byte(in));
	row.holes_bytes = (int64_t)row.holes.n;
	row.skeleton_bytes = (int64_t)row.skeleton.n;
	if (told & 1)
		row.holes_bytes = take_number(in);
	if (told & 2)
		row.skeleton_bytes = take_number(in);
	if (told & 4)
		row.holes_packing = take_number(in);
	if (told & 8)
		row.skeleton_packing = take_number(in);
	if (told & 16)
		row.start = take_number(in);
	return row;
}

/* Whether it is there now: two segments with one start are not. */
static bool
insert(struct store *store, const char *text, const int64_t *numbers, int n,
       const struct rp_slice *blobs, int n_blobs)
{
	struct sqlite_store *s = sqlite_store_of(store);
	sqlite3_stmt *put = NULL;
	bool done;

	require(sqlite3_prepare_v2(s->db, text, -1, &put, NULL) == SQLITE_OK,
	        sqlite3_errmsg(s->db));
	for (int i = 0; i < n; i++)
		(void)sqlite3_bind_int64(put, i + 1, numbers[i]);
	for (int i = 0; i < n_blobs; i++)
		(void)sqlite3_bind_blob64(put, n + i + 1, blobs[i].n ? blobs[i].p : "",
		                          blobs[i].n, SQLITE_STATIC);
	done = sqlite3_step(put) == SQLITE_DONE;
	(void)sqlite3_finalize(put);
	return done;
}

static bool
insert_segment(struct store *store, int64_t capture, const struct row *row)
{
	const int64_t numbers[] = {
		capture,          row->start,          row->bytes,
		row->n_holes,     row->skeleton_bytes, row->skeleton_packing,
		row->holes_bytes, row->holes_packing
	};
	const struct rp_slice blobs[] = { row->holes, row->skeleton };

	return insert(store,
	              "INSERT INTO segment(capture,start,bytes,n_holes,skeleton_bytes,"
	              "skeleton_packing,holes_bytes,holes_packing,holes,skeleton)"
	              " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	              numbers, 8, blobs, 2);
}

/* What a row of unpacked columns says, appended; false: nothing that could be. */
static bool
splice_row(const struct row *row, struct rp_buf *out)
{
	struct rp_slice skeleton = row->skeleton;
	const size_t before = out->n;
	size_t at = 0;
	int64_t id = 0;

	if (row->start != (int64_t)out->n || row->n_holes < 0 ||
	    row->holes_packing != PACKING_PLAIN ||
	    row->skeleton_packing != PACKING_PLAIN ||
	    row->holes_bytes != (int64_t)row->holes.n ||
	    row->skeleton_bytes != (int64_t)row->skeleton.n)
		return false;
	for (int64_t i = 0; i < row->n_holes; i++) {
		uint64_t gap, delta;

		if (!varint_take(row->holes, &at, &gap) ||
		    !varint_take(row->holes, &at, &delta) || gap > skeleton.n)
			return false;
		id = (int64_t)((uint64_t)id + (uint64_t)unzigzag(delta));
		if (id < 1 || id > RECORDS)
			return false;
		buf_add(out, rp_slice_from(skeleton.p, (size_t)gap));
		buf_add_str(out, texts[id - 1]);
		skeleton = rp_slice_skip(skeleton, (size_t)gap);
	}
	buf_add(out, skeleton);
	return at == row->holes.n && (int64_t)(out->n - before) == row->bytes;
}

static void
put_texts(struct store *store)
{
	struct rp_error err = { .status = RP_OK };

	for (int64_t i = 0; i < RECORDS; i++) {
		const struct record_bytes record = { RECORD_X2_POST,
			                             rp_slice_str(texts[i]) };
		int64_t id = 0;

		require(store_records_put(store, &record, 1, &id, &err) == RP_OK,
		        err.text);
		require(id == i + 1, "ids that do not begin with 1");
	}
}

static void
damaged_rows(struct store *store, struct rp_slice in)
{
	CLEANUP(buf_done) struct rp_buf want;
	CLEANUP(buf_done) struct rp_buf out;
	const int64_t lie = take_byte(&in);
	struct capture capture = { .at = 1 };
	struct rp_error err = { .status = RP_OK };
	bool good = true;
	enum rp_status st;

	buf_init(&want, OUT_MAX);
	buf_init(&out, OUT_MAX);
	(void)begin_capture(writing(store), &capture);
	put_texts(store);
	for (int i = 0; i < 4 && in.n > 0; i++) {
		const struct row row = take_row(&in, (int64_t)want.n);

		if (insert_segment(store, capture.id, &row))
			good = good && splice_row(&row, &want);
	}
	if (lie == 255)
		buf_add_byte(&want, '!');
	end_capture(store, &capture, buf_slice(&want));
	st = scratch_bytes(store, capture.id, &out, &err);
	require(st == RP_OK || st == RP_CORRUPT || st == RP_FAILED, err.text);
	require(st != RP_OK || rp_slice_eq(buf_slice(&out), buf_slice(&want)),
	        "wrong bytes as good ones");
	require(st == RP_OK || !good || lie == 255, err.text);
	store_rollback(store);
}

/* ---- a damaged map ---- */

static void
damaged_map(struct store *store, struct rp_slice in)
{
	CLEANUP(buf_done) struct rp_buf block;
	CLEANUP(buf_done) struct rp_buf out;
	static struct block_codec *codec;
	struct rp_slice records[RECORDS];
	struct block_input input = {
		.records = records, .n = RECORDS, .kind = RECORD_X2_POST, .level = 1
	};
	struct block_stats stats;
	struct rp_error err = { .status = RP_OK };
	int64_t bytes = 0;

	if (codec == NULL)
		codec = block_codec_new();
	require(codec != NULL, "out of memory");
	buf_init(&block, OUT_MAX);
	buf_init(&out, OUT_MAX);
	for (size_t i = 0; i < RECORDS; i++) {
		records[i] = rp_slice_str(texts[i]);
		bytes += (int64_t)records[i].n;
	}
	require(block_encode(codec, &input, &block, &stats, &err) == RP_OK, err.text);

	(void)writing(store);
	for (int64_t id = 1; id <= 2; id++) {
		const int64_t row[] = { id, RECORD_X2_POST, RECORDS, bytes, 0, 0 };
		const struct rp_slice blob = buf_slice(&block);

		(void)insert(store, "INSERT INTO block VALUES(?1,?2,?3,?4,?5,?6,?7)", row,
		             6, &blob, 1);
	}
	for (int i = 0; i < 2 && in.n > 0; i++) {
		int64_t row[7];
		struct rp_slice map;

		for (size_t j = 0; j < 5; j++)
			row[j] = take_number(&in);
		row[6] = take_number(&in); /* how it is packed */
		map = take_bytes(&in, (size_t)take_byte(&in));
		row[5] = row[4] & 2 ? take_number(&in) : (int64_t)map.n;
		(void)insert(store, "INSERT INTO sealed VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
		             row, 7, &map, 1);
	}
	sqlite_store_of(store)->nothing_sealed = false;
	for (int64_t id = -1; id < 3 * RECORDS; id++) {
		enum rp_status st;

		buf_clear(&out);
		st = store_record_get(store, id, &out, &err);
		require(st == RP_OK || st == RP_CORRUPT || st == RP_NOT_FOUND, err.text);
		require(st == RP_OK || out.n == 0, "bytes and an error");
	}
	store_rollback(store);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct store *disk, *plain;
	struct rp_slice in = rp_slice_from((const char *)data, size);
	struct rp_error err = { .status = RP_OK };

	if (size < 2)
		return 0;
	if (disk == NULL) {
		disk = scratch_open();
		require(store_memory_open(&plain, &err) == RP_OK, err.text);
	}
	in = rp_slice_skip(in, 1);
	switch (data[0] % 3) {
	case 0:
		there_and_back(disk, in);
		there_and_back(plain, in);
		break;
	case 1:
		damaged_rows(disk, in);
		break;
	default:
		damaged_map(disk, in);
	}
	return 0;
}
