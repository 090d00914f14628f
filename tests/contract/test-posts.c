/* Posts, their wordings, their other names. */
#include "tests/contract/contract.h"

static void
a_post_comes_back_by_key_and_by_handle(void **state)
{
	struct fixture *f = *state;
	struct post by_id;
	int64_t id;

	begin(f);
	id = say(f, "x:1", "x:@44", "hello");
	commit(f);

	reopen(f);
	assert_int_equal(get_post(f, "x:1").id, id);
	assert_slice(get_post(f, "x:1").author, "x:@44");
	assert_ok(store_post_by_id(f->store, id, f->arena, &by_id, &f->err), f->err);
	assert_slice(by_id.key, "x:1");
	assert_int_equal(find_post(f, "x:2"), RP_NOT_FOUND);
	assert_int_equal(find_post(f, ""), RP_NOT_FOUND);
	assert_int_equal(store_post_by_id(f->store, id + 1000, f->arena, &by_id, &f->err),
	                 RP_NOT_FOUND);
}

static void
a_post_put_again_is_overwritten_and_keeps_its_handle(void **state)
{
	struct fixture *f = *state;
	struct post post;
	int64_t id;

	begin(f);
	id = put_ghost(f, "x:1");
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:0"), "");
	post = get_post(f, "x:1");
	post.kind = KIND_POST;
	post.author = RP_SLICE("x:@44");
	post.conversation = RP_SLICE("x:0");
	post.time = at(99);
	assert_int_equal(put_post(f, post), id);
	commit(f);

	reopen(f);
	post = get_post(f, "x:1");
	assert_int_equal(post.id, id);
	assert_int_equal(post.kind, KIND_POST);
	assert_slice(post.author, "x:@44");
	assert_int_equal(post.time.lo, 99);
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:0"), "x:1");
}

static void
a_post_keeps_every_field(void **state)
{
	struct fixture *f = *state;
	const struct post post = {
		.key = RP_SLICE("spoken:davos/1"),
		.kind = KIND_SPOKEN,
		.author = RP_SLICE("spoken:@Ana"),
		.time = { 5, RP_TIME_UNKNOWN, RP_PRECISION_DAY, RP_BASIS_EVENT },
		.conversation = RP_SLICE("spoken:davos/0"),
		.url = RP_SLICE("https://example.org/1"),
		.context = RP_SLICE("asked about it"),
		.place = RP_SLICE("Davos"),
		.zone = RP_SLICE("Europe/Zurich"),
		.title = RP_SLICE("A talk"),
		.not_before = RP_SLICE("x:1"),
		.not_after = RP_SLICE("x:2"),
	};
	struct post got;

	begin(f);
	put_post(f, post);
	commit(f);

	reopen(f);
	got = get_post(f, "spoken:davos/1");
	assert_int_equal(got.kind, KIND_SPOKEN);
	assert_slice(got.author, "spoken:@Ana");
	assert_int_equal(got.time.lo, 5);
	assert_true(got.time.hi == RP_TIME_UNKNOWN);
	assert_int_equal(got.time.precision, RP_PRECISION_DAY);
	assert_int_equal(got.time.basis, RP_BASIS_EVENT);
	assert_slice(got.conversation, "spoken:davos/0");
	assert_slice(got.url, "https://example.org/1");
	assert_slice(got.context, "asked about it");
	assert_slice(got.place, "Davos");
	assert_slice(got.zone, "Europe/Zurich");
	assert_slice(got.title, "A talk");
	assert_slice(got.not_before, "x:1");
	assert_slice(got.not_after, "x:2");
}

static void
times_before_1970_and_at_the_ends_of_the_calendar_are_kept(void **state)
{
	struct fixture *f = *state;
	const int64_t times[] = { -1, INT64_MIN + 1, INT64_MAX, 0 };

	for (size_t i = 0; i < 4; i++) {
		struct rp_slice key = text(f, "x:%zu", i);

		begin(f);
		put_post(f, (struct post){ .key = key, .time = at(times[i]) });
		commit(f);
		assert_true(get_post(f, key.p).time.lo == times[i]);
		assert_true(get_post(f, key.p).time.hi == times[i]);
	}
}

/* ---- conversations ----------------------------------------------------------- */

static void
put_in(struct fixture *f, const char *key, const char *conversation, enum post_kind kind,
       struct rp_time time)
{
	put_post(f, (struct post){ .key = rp_slice_str(key),
	                           .kind = kind,
	                           .conversation = rp_slice_str(conversation),
	                           .time = time });
}

static void
a_conversation_is_listed_by_time_then_key_ghosts_too(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_in(f, "x:9", "x:1", KIND_POST, at(10));
	put_in(f, "x:1", "x:1", KIND_GHOST, RP_TIME_NONE);
	put_in(f, "x:3", "x:1", KIND_POST, at(30));
	put_in(f, "x:2", "x:1", KIND_POST, at(30));
	put_in(f, "x:5", "x:7", KIND_POST, at(5));
	put_in(f, "x:6", "", KIND_POST, at(6));
	put_in(f, "x:0", "x:1", KIND_GHOST, RP_TIME_NONE);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:1"),
	                    "x:9, x:2, x:3, x:0, x:1");
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:7"), "x:5");
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:2"), "");
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, ""), "");
}

static void
of_posts_at_one_moment_the_more_precise_comes_first(void **state)
{
	struct fixture *f = *state;
	struct rp_time day = { 10, 99, RP_PRECISION_DAY, RP_BASIS_ARTICLE };
	struct rp_time by = { RP_TIME_UNKNOWN, 3, RP_PRECISION_S, RP_BASIS_PLATFORM };

	begin(f);
	put_in(f, "x:1", "x:1", KIND_POST, day);
	put_in(f, "x:2", "x:1", KIND_POST, at(10));
	put_in(f, "x:3", "x:1", KIND_POST, by);
	put_in(f, "x:4", "x:1", KIND_POST, at(-10));
	commit(f);

	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:1"), "x:4, x:2, x:1, x:3");
}

/* ---- versions ---------------------------------------------------------------- */

static void
the_same_wording_is_kept_once_and_learns(void **state)
{
	struct fixture *f = *state;
	struct version version = { .text = RP_SLICE("hello"),
		                   .as_of = 5,
		                   .printed = RP_TIME_NONE,
		                   .truncated = true };
	int64_t first, again = 0;
	bool fresh = false;

	begin(f);
	version.post = put_ghost(f, "x:1");
	version_fingerprint(&version, RP_SLICE("x:@1"));
	assert_ok(store_version_put(f->store, &version, &first, &fresh, &f->err), f->err);
	assert_true(fresh);
	version.as_of = 9;
	version.truncated = false;
	version.lang = RP_SLICE("en");
	assert_ok(store_version_put(f->store, &version, &again, &fresh, &f->err), f->err);
	assert_false(fresh);
	assert_int_equal(first, again);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_VERSIONS, version.post, ""), "hello");
	assert_int_equal(stats_of(f).versions, 1);
}

static void
a_version_keeps_every_field(void **state)
{
	struct fixture *f = *state;
	struct version version = {
		.native = RP_SLICE("x:2"),
		.text = RP_SLICE("a text…"),
		.text_raw = RP_SLICE("a text… https://t.co/1"),
		.lang = RP_SLICE("fr"),
		.mentions = RP_SLICE("x:@1 ana\nx:@2 bo\n"),
		.media = RP_SLICE("3_1\n3_2\n"),
		.poll = RP_SLICE("yes\nno\n"),
		.printed = at(1234),
		.as_of = 77,
		.truncated = true,
		.damaged = true,
	};
	struct version got;

	begin(f);
	version.post = put_ghost(f, "x:1");
	version_fingerprint(&version, RP_SLICE("x:@1"));
	version.id = put_version(f, version);
	commit(f);

	reopen(f);
	got = only_version(f, version.post);
	assert_int_equal(got.id, version.id);
	assert_int_equal(got.post, version.post);
	assert_memory_equal(got.fingerprint, version.fingerprint, FINGERPRINT_BYTES);
	assert_slice(got.native, "x:2");
	assert_slice(got.text, "a text…");
	assert_slice(got.text_raw, "a text… https://t.co/1");
	assert_slice(got.lang, "fr");
	assert_slice(got.mentions, "x:@1 ana\nx:@2 bo\n");
	assert_slice(got.media, "3_1\n3_2\n");
	assert_slice(got.poll, "yes\nno\n");
	assert_memory_equal(&got.printed, &version.printed, sizeof(got.printed));
	assert_int_equal(got.as_of, 77);
	assert_true(got.truncated && got.damaged);
}

static void
a_merged_version_has_what_either_knew(void **state)
{
	struct fixture *f = *state;
	struct version a = { .text = RP_SLICE("hello"),
		             .mentions = RP_SLICE("x:@1 ana\n"),
		             .printed = RP_TIME_NONE,
		             .as_of = 9,
		             .truncated = true };
	struct version b = { .text = RP_SLICE("hello"),
		             .lang = RP_SLICE("en"),
		             .printed = at(5),
		             .as_of = 3 };
	struct version got;

	begin(f);
	a.post = b.post = put_ghost(f, "x:1");
	put_version(f, a); /* fingerprints of zeros, both */
	put_version(f, b);
	commit(f);

	reopen(f);
	got = only_version(f, a.post);
	assert_slice(got.mentions, "x:@1 ana\n");
	assert_slice(got.lang, "en");
	assert_int_equal(got.printed.lo, 5);
	assert_int_equal(got.as_of, 9);
	assert_false(got.truncated);
}

static void
two_posts_may_have_the_same_wording(void **state)
{
	struct fixture *f = *state;
	int64_t a, b;

	begin(f);
	a = say(f, "x:1", "x:@1", "same");
	b = say(f, "x:2", "x:@1", "same");
	commit(f);

	assert_string_equal(rows(f, SCAN_VERSIONS, a, ""), "same");
	assert_string_equal(rows(f, SCAN_VERSIONS, b, ""), "same");
	assert_int_equal(stats_of(f).versions, 2);
}

static void
versions_are_listed_oldest_first_by_edit_cut_and_time(void **state)
{
	struct fixture *f = *state;
	int64_t post;

	begin(f);
	post = put_ghost(f, "x:1");
	put_wording(f, post, "x:10", "later edit", 1, false);
	put_wording(f, post, "x:9", "edit", 50, false);
	put_wording(f, post, "", "seen last", 9, false);
	put_wording(f, post, "", "cut", 100, true);
	put_wording(f, post, "", "seen first", 3, false);
	put_wording(f, post, "", "nobody said when", RP_TIME_UNKNOWN, false);
	commit(f);

	reopen(f);
	assert_string_equal(
		rows(f, SCAN_VERSIONS, post, ""),
		"cut, nobody said when, seen first, seen last, edit, later edit");
}

/* ---- sightings --------------------------------------------------------------- */

static void
a_sighting_noted_twice_is_one(void **state)
{
	struct fixture *f = *state;
	struct sighting sighting = { .bytes = 2, .as_of = 3 };

	begin(f);
	sighting.capture = put_capture(f, put_run(f, 1), "c", RP_SLICE("{}"));
	sighting.record = put_record(f, RP_SLICE("{}"));
	sighting.post = put_ghost(f, "x:1");
	put_sighting(f, sighting);
	put_sighting(f, sighting);
	commit(f);
	reopen(f);
	begin(f);
	put_sighting(f, sighting);
	sighting.version = put_words(f, sighting.post, "seen now");
	put_sighting(f, sighting);
	commit(f);

	assert_int_equal(stats_of(f).sightings, 2);
}

static void
sightings_come_by_capture_record_and_offset(void **state)
{
	struct fixture *f = *state;
	int64_t run, one, two, small, large, post, other;

	begin(f);
	run = put_run(f, 1);
	one = put_capture(f, run, "1", RP_SLICE("1"));
	two = put_capture(f, run, "2", RP_SLICE("2"));
	small = put_record(f, RP_SLICE("{}"));
	large = put_record(f, RP_SLICE("{\"a\":{}}"));
	post = put_ghost(f, "x:1");
	other = put_ghost(f, "x:2");
	assert_true(small < large);
	put_sighting(f, (struct sighting){ post, 0, two, small, 0, 2, 0 });
	put_sighting(f, (struct sighting){ post, 0, one, large, 5, 2, 0 });
	put_sighting(f, (struct sighting){ post, 0, one, large, 0, 8, 0 });
	put_sighting(f, (struct sighting){ post, 0, one, small, 0, 2, 0 });
	put_sighting(f, (struct sighting){ other, 0, one, small, 0, 2, 0 });
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_SIGHTINGS, post, ""),
	                    text(f, "%lld+0, %lld+0, %lld+5, %lld+0", (long long)small,
	                         (long long)large, (long long)large, (long long)small)
	                            .p);
}

/* ---- taken back -------------------------------------------------------------- */

static void
a_dropped_post_is_gone_with_all_that_hangs_on_it(void **state)
{
	struct fixture *f = *state;
	int64_t posts[2], other;

	begin(f);
	posts[0] = say(f, "spoken:e/1", "spoken:@Ana", "first words");
	posts[1] = say(f, "spoken:e/2", "spoken:@Bob", "second words");
	other = say(f, "spoken:f/1", "spoken:@Ana", "other words");
	put_account(f, "spoken:@Ana", "", "Ana", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_account(f, "spoken:@Bob", "", "Bob", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	put_reply(f, posts[1], posts[0]);
	put_reply(f, other, posts[1]);
	put_alias(f, "spoken:e/9", posts[0]);
	assert_ok(store_posts_drop(f->store, posts, 2, &f->err), f->err);
	commit(f);

	reopen(f);
	assert_int_equal(find_post(f, "spoken:e/1"), RP_NOT_FOUND);
	assert_int_equal(find_post(f, "spoken:e/9"), RP_NOT_FOUND);
	assert_int_equal(get_post(f, "spoken:e/2").kind, KIND_GHOST);
	assert_slice(get_post(f, "spoken:e/2").author, "");
	assert_string_equal(rows(f, SCAN_VERSIONS, posts[1], ""), "");
	assert_string_equal(rows(f, SCAN_PARENTS, posts[1], ""), "");
	assert_string_equal(rows(f, SCAN_PARENTS, other, ""), "reply spoken:e/2");
	assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""), "spoken:@Ana  Ana");
	assert_int_equal(stats_of(f).posts, 1);
	assert_int_equal(stats_of(f).ghosts, 1);
	assert_int_equal(stats_of(f).versions, 1);
}

static void
a_dropped_post_can_be_put_again(void **state)
{
	CLEANUP(fixture_close) struct fixture g = { 0 };
	struct fixture *f = *state;
	struct sha256 one, two;
	int64_t post;

	fixture_open(&g, chosen_backend);
	begin(f);
	post = say(f, "spoken:e/1", "spoken:@Ana", "other words");
	put_account(f, "spoken:@Ana", "", "Ana", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	assert_ok(store_posts_drop(f->store, &post, 1, &f->err), f->err);
	say(f, "spoken:e/1", "spoken:@Ana", "first words");
	put_account(f, "spoken:@Ana", "", "Ana", RP_TIME_UNKNOWN, RP_TIME_UNKNOWN);
	commit(f);
	begin(&g);
	say(&g, "spoken:e/1", "spoken:@Ana", "first words");
	commit(&g);

	assert_ok(store_text_digest(f->store, &one, &f->err), f->err);
	assert_ok(store_text_digest(g.store, &two, &f->err), f->err);
	assert_true(sha256_eq(&one, &two));
	assert_string_equal(rows(f, SCAN_ACCOUNTS, 0, ""), "spoken:@Ana  Ana");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_post_comes_back_by_key_and_by_handle),
		SPEC(a_post_put_again_is_overwritten_and_keeps_its_handle),
		SPEC(a_post_keeps_every_field),
		SPEC(times_before_1970_and_at_the_ends_of_the_calendar_are_kept),
		SPEC(a_conversation_is_listed_by_time_then_key_ghosts_too),
		SPEC(of_posts_at_one_moment_the_more_precise_comes_first),
		SPEC(the_same_wording_is_kept_once_and_learns),
		SPEC(a_version_keeps_every_field),
		SPEC(a_merged_version_has_what_either_knew),
		SPEC(two_posts_may_have_the_same_wording),
		SPEC(versions_are_listed_oldest_first_by_edit_cut_and_time),
		SPEC(a_sighting_noted_twice_is_one),
		SPEC(sightings_come_by_capture_record_and_offset),
		SPEC(a_dropped_post_is_gone_with_all_that_hangs_on_it),
		SPEC(a_dropped_post_can_be_put_again),
	};

	return CONTRACT_RUN(argc, argv, "posts", specs);
}
