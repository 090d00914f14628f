/* Captures that are not lines of small records. */
#include "tests/unit/sqlite/sample.h"

#include <stdlib.h>

enum { LONG_BYTES = 10 << 20, RECORD_AT = 7 << 20, RECORD_BYTES = 1000 };

static char *
noise(size_t n)
{
	char *p = malloc(n);
	uint64_t x = 1;

	assert_non_null(p);
	for (size_t i = 0; i < n; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		p[i] = (char)(x >> 56);
	}
	return p;
}

/* The bytes come back in order, and nothing but them. */
static void
assert_bytes(struct store *store, int64_t capture, struct rp_slice want)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture };
	struct rp_error err = { 0 };
	union scan_row row;
	size_t at = 0;
	enum rp_status st;

	assert_ok(store_scan(store, &scan, &iter, &err), err);
	while ((st = store_next(iter, &row, &err)) == RP_OK) {
		assert_true(row.bytes.n <= want.n - at);
		assert_memory_equal(row.bytes.p, want.p + at, row.bytes.n);
		at += row.bytes.n;
	}
	if (st != RP_END)
		assert_ok(st, err);
	assert_int_equal(at, want.n);
}

static void
no_finding(void *context, const char *sentence)
{
	(void)context;
	fail_msg("%s", sentence);
}

static void
a_long_stretch_between_records_comes_back(void **state)
{
	struct place place;
	struct store *store = NULL;
	struct rp_error err = { 0 };
	char *bytes = noise(LONG_BYTES);
	struct record_bytes record = { RECORD_X1_POST,
		                       { bytes + RECORD_AT, RECORD_BYTES } };
	struct hole hole = { RECORD_AT, RECORD_BYTES, 0 };
	struct segment segment = { 0, { bytes, LONG_BYTES }, &hole, 1 };
	struct run run = { .kind = RP_SLICE("import") };
	struct capture capture = { .name = RP_SLICE("long"),
		                   .bytes = LONG_BYTES,
		                   .complete = true };

	(void)state;
	place_make(&place);
	capture.sha256 = sha256_of(segment.bytes);
	assert_ok(store_sqlite_open(place.path, STORE_CREATE, &store, NULL, &err), err);
	assert_ok(store_begin(store, &err), err);
	assert_ok(store_run_begin(store, &run, &capture.run, &err), err);
	assert_ok(store_capture_begin(store, &capture, &capture.id, &err), err);
	assert_ok(store_records_put(store, &record, 1, &hole.record, &err), err);
	assert_ok(store_capture_append(store, capture.id, &segment, &err), err);
	assert_ok(store_capture_update(store, &capture, &err), err);
	assert_ok(store_commit(store, &err), err);

	assert_bytes(store, capture.id, segment.bytes);
	assert_ok(store_verify(store, true, no_finding, NULL, &err), err);
	store_close(store);
	place_remove(&place);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(a_long_stretch_between_records_comes_back),
	};

	return cmocka_run_group_tests_name("segments", specs, NULL, NULL);
}
