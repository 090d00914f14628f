#include "core/model/capture.h"
#include "core/model/post.h"
#include "tests/support/spec.h"

/* Microseconds of 22 January 2025, 04:35:18 UTC. */
#define MUSK_SECOND INT64_C(1737520518000000)

static struct rp_time
printed(int64_t us)
{
	return rp_time_at(us, RP_PRECISION_S, RP_BASIS_PLATFORM);
}

static void
an_x_post_has_the_milliseconds_of_its_id_when_the_platform_agrees(void **state)
{
	struct rp_slice key = RP_SLICE("x:1881923570458304780");
	struct rp_time t = post_x_time(key, printed(MUSK_SECOND));

	(void)state;
	assert_int_equal(t.lo, MUSK_SECOND + 303000);
	assert_int_equal(t.precision, RP_PRECISION_MS);
	assert_int_equal(t.basis, RP_BASIS_PLATFORM);

	assert_int_equal(post_x_time(key, RP_TIME_NONE).basis, RP_BASIS_ID);
	assert_int_equal(post_x_time(key, printed(MUSK_SECOND + RP_HOUR)).lo,
	                 MUSK_SECOND + RP_HOUR);
	assert_int_equal(post_x_time(RP_SLICE("x:20"), printed(MUSK_SECOND)).precision,
	                 RP_PRECISION_S);
	assert_false(rp_time_known(post_x_time(RP_SLICE("x:abc"), RP_TIME_NONE)));
}

static void
merging_what_two_sources_know_does_not_depend_on_who_came_first(void **state)
{
	const struct post ghost = { .key = RP_SLICE("x:1881923570458304780"),
		                    .kind = KIND_GHOST,
		                    .author = RP_SLICE("x:@elonmusk?"),
		                    .time = key_time(RP_SLICE("x:1881923570458304780")) };
	const struct post seen = { .key = RP_SLICE("x:1881923570458304780"),
		                   .kind = KIND_POST,
		                   .author = RP_SLICE("x:@44196397"),
		                   .time = printed(MUSK_SECOND),
		                   .conversation = RP_SLICE("x:1881830103858172059") };
	struct post a = ghost, b = seen;

	(void)state;
	assert_true(post_merge(&a, &seen));
	assert_false(post_merge(&b, &ghost));
	assert_slice(a.author, "x:@44196397");
	assert_slice(b.author, "x:@44196397");
	assert_int_equal(a.kind, KIND_POST);
	assert_int_equal(a.time.basis, RP_BASIS_PLATFORM);
	assert_slice(a.conversation, "x:1881830103858172059");
	assert_false(post_merge(&a, &seen));
}

static void
what_a_post_says_of_its_author_beats_what_a_reference_said(void **state)
{
	const struct post said = { .kind = KIND_GHOST, .author = RP_SLICE("x:@1") };
	const struct post seen = { .kind = KIND_POST, .author = RP_SLICE("x:@2") };
	const struct post untold = { .kind = KIND_POST };
	const struct post *const orders[][3] = {
		{ &said, &seen, &untold }, { &said, &untold, &seen },
		{ &seen, &said, &untold }, { &seen, &untold, &said },
		{ &untold, &said, &seen }, { &untold, &seen, &said },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct post post = *orders[i][0];

		post_merge(&post, orders[i][1]);
		post_merge(&post, orders[i][2]);
		assert_slice(post.author, "x:@2");
	}
}

static void
two_sources_that_contradict_each_other_are_settled_the_same_way_round(void **state)
{
	struct post a = { .author = RP_SLICE("x:@2") },
		    b = { .author = RP_SLICE("x:@10") };
	struct post c = a, d = b;

	(void)state;
	post_merge(&c, &b);
	post_merge(&d, &a);
	assert_true(rp_slice_eq(c.author, d.author));
}

static void
the_address_that_leads_further_wins_in_any_order(void **state)
{
	static const char *const urls[] = { "",
		                            "https://a.example/w?v=1",
		                            "https://a.example/w?v=1&t=7",
		                            "https://a.example/w?v=1&t=70",
		                            "https://a.example/w?v=1#x",
		                            "https://a.example/w?v=2",
		                            "https://b.example/" };
	const size_t n = sizeof(urls) / sizeof(urls[0]);

	(void)state;
	for (size_t i = 0; i < n * n * n; i++) {
		const struct post a = { .url = rp_slice_str(urls[i % n]) },
				  b = { .url = rp_slice_str(urls[i / n % n]) },
				  c = { .url = rp_slice_str(urls[i / n / n]) };
		struct post left = a, right = b, flipped = b;

		post_merge(&left, &b);
		post_merge(&flipped, &a);
		assert_true(rp_slice_eq(left.url, flipped.url));
		post_merge(&left, &c);
		post_merge(&right, &c);
		post_merge(&right, &a);
		assert_true(rp_slice_eq(left.url, right.url));
	}
	struct post plain = { .url = rp_slice_str(urls[1]) };
	const struct post deep = { .url = rp_slice_str(urls[2]) };

	assert_true(post_merge(&plain, &deep));
	assert_slice(plain.url, "https://a.example/w?v=1&t=7");
	assert_false(post_merge(&plain, &(struct post){ .url = rp_slice_str(urls[1]) }));
	assert_false(post_merge(&plain, &deep));
}

static void
a_counter_or_a_blank_more_is_no_new_wording_but_a_word_is(void **state)
{
	struct version a = { .text = RP_SLICE("no, you"), .lang = RP_SLICE("en") };
	struct version b = { .text = RP_SLICE(" no,\n  you ") };
	struct version c = { .text = RP_SLICE("no, you did") };
	struct version d = a;

	(void)state;
	d.media = RP_SLICE("3_1\n");
	version_fingerprint(&a, RP_SLICE("x:@1"));
	version_fingerprint(&b, RP_SLICE("x:@1"));
	version_fingerprint(&c, RP_SLICE("x:@1"));
	version_fingerprint(&d, RP_SLICE("x:@1"));
	assert_memory_equal(a.fingerprint, b.fingerprint, FINGERPRINT_BYTES);
	assert_memory_not_equal(a.fingerprint, c.fingerprint, FINGERPRINT_BYTES);
	assert_memory_not_equal(a.fingerprint, d.fingerprint, FINGERPRINT_BYTES);
}

static void
a_text_that_was_cut_off_is_part_of_the_whole_one(void **state)
{
	const struct version whole = { .text = RP_SLICE("one two\n\nthree four") };
	const struct version cut = { .text = RP_SLICE("one two thr\xe2\x80\xa6"),
		                     .truncated = true };
	const struct version other = { .text = RP_SLICE("one too\xe2\x80\xa6"),
		                       .truncated = true };
	const struct version not_cut = { .text = RP_SLICE("one two") };

	(void)state;
	assert_true(version_is_cut_of(&cut, &whole));
	assert_false(version_is_cut_of(&other, &whole));
	assert_false(version_is_cut_of(&not_cut, &whole));
	assert_false(version_is_cut_of(&whole, &cut));
}

static void
the_wordings_of_an_edited_post_stand_in_the_order_of_its_edit_ids(void **state)
{
	const struct version first = { .text = RP_SLICE("a") };
	const struct version second = { .native = RP_SLICE("x:99"),
		                        .text = RP_SLICE("b") };
	const struct version third = { .native = RP_SLICE("x:100"),
		                       .text = RP_SLICE("c") };
	const struct version third_cut = { .native = RP_SLICE("x:100"),
		                           .truncated = true };

	(void)state;
	assert_true(version_cmp(&first, &second) < 0);
	assert_true(version_cmp(&second, &third) < 0);
	assert_true(version_cmp(&third_cut, &third) < 0);
	assert_int_equal(version_cmp(&second, &second), 0);
}

static void
an_edit_seen_before_its_history_gives_up_its_id_and_its_time(void **state)
{
	struct post post = { .key = RP_SLICE("x:1881923570458304781"),
		             .time = printed(MUSK_SECOND + RP_HOUR) };
	struct version version = { .text = RP_SLICE("better") };

	(void)state;
	post_becomes_edit(&post, RP_SLICE("x:1881923570458304780"));
	version_becomes_edit(&version, RP_SLICE("x:1881923570458304781"));
	assert_slice(post.key, "x:1881923570458304780");
	assert_int_equal(post.time.lo, MUSK_SECOND + 303000);
	assert_slice(version.native, "x:1881923570458304781");
}

static void
the_latest_word_about_a_post_is_its_state_and_silence_is_not(void **state)
{
	const struct state_note notes[] = {
		{ .state = STATE_DELETED, .as_of = 200 },
		{ .state = STATE_LIVE, .as_of = 300 },
		{ .state = STATE_SUSPENDED, .as_of = RP_TIME_UNKNOWN },
	};

	(void)state;
	assert_int_equal(state_of(NULL, 0), STATE_LIVE);
	assert_int_equal(state_of(notes, 1), STATE_DELETED);
	assert_int_equal(state_of(notes, 3), STATE_LIVE);
	assert_int_equal(state_of(notes + 2, 1), STATE_SUSPENDED);
}

static void
mentions_are_read_back_one_by_one(void **state)
{
	struct rp_slice rest = RP_SLICE("x:@1 ada\nx:@bob? Bob\n"), account, handle;

	(void)state;
	assert_true(mention_next(&rest, &account, &handle));
	assert_slice(account, "x:@1");
	assert_slice(handle, "ada");
	assert_true(mention_next(&rest, &account, &handle));
	assert_slice(account, "x:@bob?");
	assert_slice(handle, "Bob");
	assert_false(mention_next(&rest, &account, &handle));
}

static void
a_changed_name_time_or_byte_count_breaks_the_chain(void **state)
{
	const struct run run = { .kind = RP_SLICE("import"), .started = 1, .ended = 2 };
	struct capture capture = { .name = RP_SLICE("a.jsonl"),
		                   .bytes = 10,
		                   .complete = true };
	struct sha256 hashes[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(&run);

		if (i == 1)
			capture.bytes = 11;
		run_hasher_capture(hasher, &capture, i == 2);
		hashes[i] = run_hasher_end(hasher);
	}
	assert_false(sha256_eq(&hashes[0], &hashes[1]));
	assert_false(sha256_eq(&hashes[1], &hashes[2]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_x_post_has_the_milliseconds_of_its_id_when_the_platform_agrees),
		cmocka_unit_test(
			merging_what_two_sources_know_does_not_depend_on_who_came_first),
		cmocka_unit_test(
			two_sources_that_contradict_each_other_are_settled_the_same_way_round),
		cmocka_unit_test(
			a_counter_or_a_blank_more_is_no_new_wording_but_a_word_is),
		cmocka_unit_test(
			what_a_post_says_of_its_author_beats_what_a_reference_said),
		cmocka_unit_test(the_address_that_leads_further_wins_in_any_order),
		cmocka_unit_test(a_text_that_was_cut_off_is_part_of_the_whole_one),
		cmocka_unit_test(
			the_wordings_of_an_edited_post_stand_in_the_order_of_its_edit_ids),
		cmocka_unit_test(
			an_edit_seen_before_its_history_gives_up_its_id_and_its_time),
		cmocka_unit_test(
			the_latest_word_about_a_post_is_its_state_and_silence_is_not),
		cmocka_unit_test(mentions_are_read_back_one_by_one),
		cmocka_unit_test(a_changed_name_time_or_byte_count_breaks_the_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
