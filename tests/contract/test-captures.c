/* Bytes come back exactly, records are kept once. */
#include "tests/contract/contract.h"

static const char page[] = "{\"data\":[{\"id\":\"1\"},{\"id\":\"2\"}],\n\"n\":2}\n";

static struct hole
hole_at(struct fixture *f, const char *whole, const char *part, uint32_t from)
{
	struct rp_slice record = rp_slice_str(part);
	size_t at = from + rp_slice_find(rp_slice_str(whole + from), record);

	return (struct hole){ (uint32_t)at, (uint32_t)record.n, put_record(f, record) };
}

static int64_t
begin_capture(struct fixture *f)
{
	const struct capture capture = { .run = put_run(f, 1),
		                         .name = RP_SLICE("page.json"),
		                         .at = 7 };
	int64_t id = 0;

	assert_ok(store_capture_begin(f->store, &capture, &id, &f->err), f->err);
	return id;
}

static void
append(struct fixture *f, int64_t capture, uint64_t offset, struct rp_slice bytes,
       const struct hole *holes, size_t n)
{
	const struct segment segment = { offset, bytes, holes, n };

	assert_ok(store_capture_append(f->store, capture, &segment, &f->err), f->err);
}

static void
a_page_with_two_records_comes_back_byte_for_byte(void **state)
{
	struct fixture *f = *state;
	struct hole holes[2];
	int64_t capture;

	begin(f);
	holes[0] = hole_at(f, page, "{\"id\":\"1\"}", 0);
	holes[1] = hole_at(f, page, "{\"id\":\"2\"}", 0);
	capture = begin_capture(f);
	append(f, capture, 0, rp_slice_str(page), holes, 2);
	complete(f, capture, rp_slice_str(page));
	commit(f);

	reopen(f);
	assert_slice(capture_bytes(f, capture), page);
}

static void
the_same_page_in_any_split_comes_back_the_same(void **state)
{
	struct fixture *f = *state;
	struct rp_slice whole = rp_slice_str(page);

	for (size_t cut = 0; cut <= whole.n; cut++) {
		int64_t capture;

		begin(f);
		capture = begin_capture(f);
		append(f, capture, 0, rp_slice_from(whole.p, cut), NULL, 0);
		append(f, capture, cut, rp_slice_skip(whole, cut), NULL, 0);
		complete(f, capture, whole);
		commit(f);
		assert_slice(capture_bytes(f, capture), page);
	}
}

static void
a_hole_may_be_all_of_a_segment_and_touch_the_next_hole(void **state)
{
	struct fixture *f = *state;
	struct hole one, two[2];
	int64_t capture;

	begin(f);
	one = (struct hole){ 0, 3, put_record(f, RP_SLICE("abc")) };
	two[0] = one;
	two[1] = (struct hole){ 3, 2, put_record(f, RP_SLICE("de")) };
	capture = begin_capture(f);
	append(f, capture, 0, RP_SLICE("abc"), &one, 1);
	append(f, capture, 3, RP_SLICE("abcde"), two, 2);
	append(f, capture, 8, RP_SLICE("\n"), NULL, 0);
	complete(f, capture, RP_SLICE("abcabcde\n"));
	commit(f);

	reopen(f);
	assert_slice(capture_bytes(f, capture), "abcabcde\n");
}

static void
segments_may_come_in_transactions_of_their_own(void **state)
{
	struct fixture *f = *state;
	int64_t capture;

	begin(f);
	capture = begin_capture(f);
	append(f, capture, 0, RP_SLICE("first "), NULL, 0);
	commit(f);
	begin(f);
	append(f, capture, 6, RP_SLICE("second"), NULL, 0);
	complete(f, capture, RP_SLICE("first second"));
	commit(f);

	assert_slice(capture_bytes(f, capture), "first second");
}

static void
a_capture_without_bytes_has_none(void **state)
{
	struct fixture *f = *state;
	int64_t capture;

	begin(f);
	capture = put_capture(f, put_run(f, 1), "empty", RP_SLICE(""));
	commit(f);

	reopen(f);
	assert_slice(capture_bytes(f, capture), "");
	assert_string_equal(rows(f, SCAN_CAPTURES, 0, ""), "empty");
}

static void
bytes_that_are_no_text_come_back_too(void **state)
{
	struct fixture *f = *state;
	char bytes[512];
	struct rp_slice all = { bytes, sizeof(bytes) };
	struct rp_slice got;
	struct hole hole = { 17, 300, 0 };
	int64_t capture;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(unsigned char)i;
	begin(f);
	hole.record = put_record(f, rp_slice_from(bytes + 17, 300));
	capture = begin_capture(f);
	append(f, capture, 0, all, &hole, 1);
	complete(f, capture, all);
	commit(f);

	reopen(f);
	got = capture_bytes(f, capture);
	assert_int_equal(got.n, sizeof(bytes));
	assert_memory_equal(got.p, bytes, sizeof(bytes));
}

static void
a_large_segment_comes_back(void **state)
{
	struct fixture *f = *state;
	size_t n = (size_t)5 << 20;
	char *bytes = arena_alloc(f->arena, n);
	struct rp_slice all = { bytes, n };
	struct hole hole = { 1000, 3 << 20, 0 };
	int64_t capture;

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(unsigned char)(i * 2654435761u >> 13);
	begin(f);
	hole.record = put_record(f, rp_slice_from(bytes + 1000, (size_t)3 << 20));
	capture = begin_capture(f);
	append(f, capture, 0, all, &hole, 1);
	complete(f, capture, all);
	commit(f);

	assert_true(rp_slice_eq(capture_bytes(f, capture), all));
}

/* ---- records ----------------------------------------------------------------- */

static void
a_record_that_comes_again_is_not_stored_again(void **state)
{
	struct fixture *f = *state;
	int64_t first;

	begin(f);
	first = put_record(f, RP_SLICE("{\"id\":1}"));
	assert_int_equal(put_record(f, RP_SLICE("{\"id\":1}")), first);
	commit(f);
	reopen(f);
	begin(f);
	assert_int_equal(put_record(f, RP_SLICE("{\"id\":1}")), first);
	assert_int_not_equal(put_record(f, RP_SLICE("{\"id\":2}")), first);
	commit(f);
}

static void
a_record_that_comes_twice_in_one_call_is_stored_once(void **state)
{
	struct fixture *f = *state;
	const struct record_bytes twins[] = { { RECORD_X2_POST, RP_SLICE("same") },
		                              { RECORD_X2_POST, RP_SLICE("other") },
		                              { RECORD_X2_POST, RP_SLICE("same") } };
	int64_t ids[3] = { 0 };

	begin(f);
	assert_ok(store_records_put(f->store, twins, 3, ids, &f->err), f->err);
	commit(f);

	assert_int_equal(ids[0], ids[2]);
	assert_int_not_equal(ids[0], ids[1]);
}

static void
records_of_every_kind_come_back_exactly(void **state)
{
	struct fixture *f = *state;
	struct record_bytes records[(RECORD_KINDS - 1) * 40];
	int64_t ids[(RECORD_KINDS - 1) * 40];
	size_t n = sizeof(ids) / sizeof(ids[0]);

	for (size_t i = 0; i < n; i++) {
		records[i].kind =
			(enum record_kind)(RECORD_X1_POST + i % (RECORD_KINDS - 1));
		records[i].bytes = text(
			f, "{\"id\":\"%zu\",\"text\":\"the %zu-th of its kind\"}", i, i);
	}
	begin(f);
	assert_ok(store_records_put(f->store, records, n, ids, &f->err), f->err);
	commit(f);

	reopen(f);
	for (size_t i = 0; i < n; i++) {
		CLEANUP(buf_done) struct rp_buf got;

		buf_init(&got, 10000);
		buf_add_str(&got, "before:");
		assert_ok(store_record_get(f->store, ids[i], &got, &f->err), f->err);
		assert_true(
			rp_slice_eq(rp_slice_skip(buf_slice(&got), 7), records[i].bytes));
	}
}

static void
a_batch_without_records_is_fine(void **state)
{
	struct fixture *f = *state;

	begin(f);
	assert_ok(store_records_put(f->store, NULL, 0, NULL, &f->err), f->err);
	commit(f);
}

/* ---- finding captures -------------------------------------------------------- */

static enum rp_status
find(struct fixture *f, struct rp_slice prefix, struct capture *out)
{
	return store_capture_find_prefix(f->store, prefix, f->arena, out, &f->err);
}

static void
a_capture_is_found_by_its_hash(void **state)
{
	struct fixture *f = *state;
	struct sha256 hash = sha256_of(RP_SLICE("two")),
		      other = sha256_of(RP_SLICE("no"));
	struct capture found = { 0 };
	int64_t two;

	begin(f);
	put_capture(f, put_run(f, 1), "one.json", RP_SLICE("one"));
	two = put_capture(f, put_run(f, 2), "two.json", RP_SLICE("two"));
	commit(f);

	reopen(f);
	assert_ok(store_capture_find(f->store, &hash, f->arena, &found, &f->err), f->err);
	assert_int_equal(found.id, two);
	assert_slice(found.name, "two.json");
	assert_slice(found.format, "x");
	assert_int_equal(found.bytes, 3);
	assert_true(found.complete);
	assert_int_equal(store_capture_find(f->store, &other, f->arena, &found, &f->err),
	                 RP_NOT_FOUND);
}

static void
a_capture_is_found_by_a_prefix_of_its_hash_in_either_case_and_any_length(void **state)
{
	struct fixture *f = *state;
	struct sha256 hash = sha256_of(RP_SLICE("one"));
	char hex[SHA256_HEX + 1];
	struct capture found = { 0 };

	begin(f);
	put_capture(f, put_run(f, 1), "one.json", RP_SLICE("one"));
	commit(f);
	sha256_hex(&hash, hex);

	for (size_t n = 0; n <= SHA256_HEX; n++) {
		assert_ok(find(f, rp_slice_from(hex, n), &found), f->err);
		assert_slice(found.name, "one.json");
	}
	for (size_t i = 0; i < SHA256_HEX; i++)
		if (hex[i] >= 'a')
			hex[i] = (char)(hex[i] - 'a' + 'A');
	assert_ok(find(f, rp_slice_str(hex), &found), f->err);
	assert_ok(find(f, rp_slice_from(hex, 7), &found), f->err);
}

static void
a_prefix_that_fits_several_captures_is_refused_and_one_more_digit_tells_them_apart(
	void **state)
{
	struct fixture *f = *state;
	char hex[40][SHA256_HEX + 1];
	struct capture found = { 0 };
	size_t a = 0, b = 0, shared = 0;

	begin(f);
	for (size_t i = 0; i < 40; i++) {
		struct rp_slice bytes = text(f, "capture %zu", i);
		struct sha256 hash = sha256_of(bytes);

		sha256_hex(&hash, hex[i]);
		put_capture(f, put_run(f, 1), bytes.p, bytes);
	}
	commit(f);
	for (size_t i = 0; i < 40; i++)
		for (size_t j = 0; j < i; j++) {
			size_t n = 0;

			while (hex[i][n] == hex[j][n])
				n++;
			if (n > shared) {
				shared = n;
				a = i;
				b = j;
			}
		}

	assert_true(shared > 0);
	assert_int_equal(find(f, rp_slice_from(hex[a], shared), &found), RP_BAD_USAGE);
	assert_int_equal(find(f, RP_SLICE(""), &found), RP_BAD_USAGE);
	assert_ok(find(f, rp_slice_from(hex[a], shared + 1), &found), f->err);
	assert_slice(found.name, text(f, "capture %zu", a).p);
	assert_ok(find(f, rp_slice_from(hex[b], shared + 1), &found), f->err);
	assert_slice(found.name, text(f, "capture %zu", b).p);
}

static void
what_is_no_prefix_of_a_hash_finds_nothing(void **state)
{
	struct fixture *f = *state;
	struct capture found = { 0 };
	const struct rp_slice wrong[] = {
		RP_LIT("xyz"), RP_LIT("0x"),   RP_LIT("%"),        RP_LIT("*"),
		RP_LIT(" "),   RP_LIT("\0\0"), RP_LIT("_"),        RP_LIT("'"),
		RP_LIT("g"),   RP_LIT("-"),    RP_LIT("\xff\xfe"),
	};
	struct sha256 hash = sha256_of(RP_SLICE("one"));
	char hex[SHA256_HEX + 2];

	assert_int_equal(find(f, RP_SLICE(""), &found), RP_NOT_FOUND);
	begin(f);
	put_capture(f, put_run(f, 1), "one.json", RP_SLICE("one"));
	commit(f);

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(find(f, wrong[i], &found), RP_NOT_FOUND);
	sha256_hex(&hash, hex);
	hex[64] = '0';
	assert_int_equal(find(f, rp_slice_from(hex, 65), &found), RP_NOT_FOUND);
	hex[5] = hex[5] == '0' ? '1' : '0';
	assert_int_equal(find(f, rp_slice_from(hex, 6), &found), RP_NOT_FOUND);
	assert_int_equal(find(f, rp_slice_from(hex, 64), &found), RP_NOT_FOUND);
}

static void
a_capture_that_was_not_completed_is_found_by_a_prefix_alone(void **state)
{
	struct fixture *f = *state;
	struct capture part = { .bytes = 4, .sha256 = sha256_of(RP_SLICE("part")) };
	struct capture found = { 0 };

	begin(f);
	part.id = begin_capture(f);
	append(f, part.id, 0, RP_SLICE("part"), NULL, 0);
	assert_ok(store_capture_update(f->store, &part, &f->err), f->err);
	commit(f);

	assert_int_equal(
		store_capture_find(f->store, &part.sha256, f->arena, &found, &f->err),
		RP_NOT_FOUND);
	assert_ok(find(f, RP_SLICE(""), &found), f->err);
	assert_int_equal(found.id, part.id);
	assert_false(found.complete);
	assert_string_equal(rows(f, SCAN_CAPTURES, 0, ""), "page.json");
	assert_slice(capture_bytes(f, part.id), "part");

	/* A complete one of the same bytes counts more. */
	begin(f);
	put_capture(f, put_run(f, 2), "whole.json", RP_SLICE("part"));
	commit(f);
	assert_ok(find(f, RP_SLICE(""), &found), f->err);
	assert_slice(found.name, "whole.json");
}

static void
see_capture(struct fixture *f, const union scan_row *row, void *context)
{
	struct capture *out = context;

	*out = row->capture;
	assert_true(arena_copy(f->arena, row->capture.name, &out->name));
	assert_true(arena_copy(f->arena, row->capture.options, &out->options));
}

static void
a_capture_keeps_every_field(void **state)
{
	struct fixture *f = *state;
	struct capture capture = { .name = RP_SLICE("a b\n\"c'%s\0d.json"),
		                   .format = RP_SLICE("transcript"),
		                   .options = RP_SLICE("event=davos\ntz=Europe/Zurich\n"),
		                   .at = 1737500000000001 };
	const struct scan all = { .of = SCAN_CAPTURES };
	struct capture got = { 0 };
	int64_t outer;

	begin(f);
	capture.run = put_run(f, 1);
	outer = put_capture(f, capture.run, "outer.gz", RP_SLICE("zipped"));
	capture.inside = outer;
	assert_ok(store_capture_begin(f->store, &capture, &capture.id, &f->err), f->err);
	append(f, capture.id, 0, RP_SLICE("1234567"), NULL, 0);
	capture.bytes = 7;
	capture.sha256 = sha256_of(RP_SLICE("1234567"));
	capture.complete = true;
	capture.records = 5;
	capture.rejected = 2;
	assert_ok(store_capture_update(f->store, &capture, &f->err), f->err);
	commit(f);

	reopen(f);
	each_row(f, &all, see_capture, &got);
	assert_int_equal(got.id, capture.id);
	assert_int_equal(got.run, capture.run);
	assert_int_equal(got.inside, outer);
	assert_true(rp_slice_eq(got.name, capture.name));
	assert_true(rp_slice_eq(got.options, capture.options));
	assert_int_equal(got.at, capture.at);
	assert_int_equal(got.bytes, 7);
	assert_true(got.complete);
	assert_true(sha256_eq(&got.sha256, &capture.sha256));
	assert_int_equal(got.records, 5);
	assert_int_equal(got.rejected, 2);
}

static void
what_is_known_of_a_capture_at_its_end_goes_into_its_options(void **state)
{
	struct fixture *f = *state;
	struct capture capture = { .name = RP_SLICE("tweets.js"),
		                   .format = RP_SLICE("x"),
		                   .options = RP_SLICE("account=1\n") };
	const struct scan all = { .of = SCAN_CAPTURES };
	struct capture got = { 0 };

	begin(f);
	capture.run = put_run(f, 1);
	assert_ok(store_capture_begin(f->store, &capture, &capture.id, &f->err), f->err);
	capture.options = RP_SLICE("");
	assert_ok(store_capture_update(f->store, &capture, &f->err), f->err);
	each_row(f, &all, see_capture, &got);
	assert_slice(got.options, "account=1\n");

	capture.options = RP_SLICE("account=1\ndamaged=a wrong sum\n");
	assert_ok(store_capture_update(f->store, &capture, &f->err), f->err);
	commit(f);
	reopen(f);
	each_row(f, &all, see_capture, &got);
	assert_slice(got.options, "account=1\ndamaged=a wrong sum\n");
}

static void
a_capture_that_came_again_says_when_each_time(void **state)
{
	struct fixture *f = *state;
	int64_t first, second, capture;

	begin(f);
	first = put_run(f, 1);
	second = put_run(f, 2);
	capture = put_capture(f, first, "one", RP_SLICE("12345"));
	put_again(f, capture, second, 900);
	put_again(f, capture, first, 900);
	put_again(f, capture, second, 20);
	put_again(f, capture, second, 20); /* twice in one command */
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_AGAIN, capture, ""),
	                    text(f, "%lld@20, %lld@20, %lld@900, %lld@900",
	                         (long long)second, (long long)second, (long long)first,
	                         (long long)second)
	                            .p);
	assert_int_equal(stats_of(f).bytes_in, 25);
	assert_int_equal(stats_of(f).captures, 1);
}

static void
rejects_come_by_capture_and_place_with_their_reason(void **state)
{
	struct fixture *f = *state;
	int64_t run, a, b;

	begin(f);
	run = put_run(f, 1);
	a = put_capture(f, run, "a", RP_SLICE("0123456789"));
	b = put_capture(f, run, "b", RP_SLICE("x"));
	put_reject(f, (struct reject){ b, 0, 1, 0, RP_SLICE("neither") });
	put_reject(f, (struct reject){ a, 7, 3, 2, RP_SLICE("not \"JSON\"") });
	put_reject(f, (struct reject){ a, 0, 5, 1, RP_SLICE("no id") });
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_REJECTS, 0, ""),
	                    "0 no id, 7 not \"JSON\", 0 neither");
	assert_string_equal(rows(f, SCAN_REJECTS, b, ""), "0 neither");
	assert_string_equal(rows(f, SCAN_REJECTS, b + 1, ""), "");
	assert_int_equal(stats_of(f).rejected, 3);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_page_with_two_records_comes_back_byte_for_byte),
		SPEC(the_same_page_in_any_split_comes_back_the_same),
		SPEC(a_hole_may_be_all_of_a_segment_and_touch_the_next_hole),
		SPEC(segments_may_come_in_transactions_of_their_own),
		SPEC(a_capture_without_bytes_has_none),
		SPEC(bytes_that_are_no_text_come_back_too),
		SPEC(a_large_segment_comes_back),
		SPEC(a_record_that_comes_again_is_not_stored_again),
		SPEC(a_record_that_comes_twice_in_one_call_is_stored_once),
		SPEC(records_of_every_kind_come_back_exactly),
		SPEC(a_batch_without_records_is_fine),
		SPEC(a_capture_is_found_by_its_hash),
		SPEC(a_capture_is_found_by_a_prefix_of_its_hash_in_either_case_and_any_length),
		SPEC(a_prefix_that_fits_several_captures_is_refused_and_one_more_digit_tells_them_apart),
		SPEC(what_is_no_prefix_of_a_hash_finds_nothing),
		SPEC(a_capture_that_was_not_completed_is_found_by_a_prefix_alone),
		SPEC(a_capture_keeps_every_field),
		SPEC(what_is_known_of_a_capture_at_its_end_goes_into_its_options),
		SPEC(a_capture_that_came_again_says_when_each_time),
		SPEC(rejects_come_by_capture_and_place_with_their_reason),
	};

	return CONTRACT_RUN(argc, argv, "captures", specs);
}
