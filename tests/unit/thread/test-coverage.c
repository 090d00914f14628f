/* How well the accounts of a thread were followed while it was written. */
#include "tests/unit/thread/given.h"

#include <stdio.h>

/* Two posts by two people, and a ghost: from 10:00 until 12:00. */
static void
put_thread(struct given *g)
{
	put(g->s, (struct said){ .key = "x:10",
	                         .at = "2025-01-01T10:00:00Z",
	                         .by = "x:@1",
	                         .handle = "ana",
	                         .conversation = "x:10" });
	put(g->s, (struct said){ .key = "x:20",
	                         .at = "2025-01-01T12:00:00Z",
	                         .by = "x:@2",
	                         .handle = "ben",
	                         .reply_to = "x:10",
	                         .conversation = "x:10" });
	put(g->s, (struct said){ .key = "press:https://n.example/1#q1",
	                         .kind = KIND_PRESS_QUOTE,
	                         .by = "press:@Cleo",
	                         .at = "2025-01-01T11:00:00Z",
	                         .link_to = "x:10" });
}

static int64_t
instant(const char *text)
{
	struct rp_time time;

	assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_USER, &time));
	return time.lo;
}

struct stretch {
	const char *from, *until, *gap; /* times of that day; why it is a gap */
};

static void
cover(struct given *g, const char *source, const char *subject,
      const struct stretch *list, size_t n)
{
	struct coverage rows[4];
	char text[32];

	assert_true(n <= 4);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct coverage){ .gap = list[i].gap != NULL,
			                     .why = rp_slice_str(list[i].gap) };
		(void)snprintf(text, sizeof(text), "2025-01-01T%sZ", list[i].from);
		rows[i].from = instant(text);
		(void)snprintf(text, sizeof(text), "2025-01-01T%sZ", list[i].until);
		rows[i].until = instant(text);
	}
	assert_ok(store_begin(g->s, &g->err), g->err);
	assert_ok(store_coverage_set(g->s, rp_slice_str(source), rp_slice_str(subject),
	                             rows, n, &g->err),
	          g->err);
	assert_ok(store_commit(g->s, &g->err), g->err);
}

#define COVER(g, source, subject, ...)                                                   \
	cover(g, source, subject, (const struct stretch[]){ __VA_ARGS__ },               \
	      sizeof((const struct stretch[]){ __VA_ARGS__ }) / sizeof(struct stretch))

static void
expect_labels(const struct rp_slice *labels, size_t n, const char *expected)
{
	struct rp_buf text;

	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < n; i++)
		buf_printf(&text, "%s%.*s", i > 0 ? " " : "", RP_FMT(labels[i]));
	buf_add_byte(&text, '\0');
	assert_string_equal(text.p, expected);
	buf_done(&text);
}

#define expect_whole(c, expected) expect_labels((c).whole, (c).n_whole, expected)
#define expect_partly(c, expected) expect_labels((c).partly, (c).n_partly, expected)
#define expect_unfollowed(c, expected)                                                   \
	expect_labels((c).unfollowed, (c).n_unfollowed, expected)

static struct view_coverage
coverage_of(struct given *g)
{
	return thread_of(g, "x:10").coverage;
}

static void
without_a_source_nothing_is_told_but_that(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_thread(g);
	view = thread_of(g, "x:10");

	assert_false(view.coverage.ever);
	assert_int_equal(view.coverage.n_stretches + view.coverage.n_unfollowed, 0);
	assert_true(view.complete);
}

static void
who_was_followed_all_the_time_was_followed_whole(void **state)
{
	struct given *g = *state;
	struct view_coverage got;

	put_thread(g);
	COVER(g, "a", "x:@1", { "09:00", "11:00", NULL });
	COVER(g, "b", "x:@1", { "10:30", "12:01", NULL });
	COVER(g, "b", "x:@2", { "10:00", "12:00", NULL });
	got = coverage_of(g);

	assert_true(got.ever);
	expect_whole(got, "@ana");
	expect_partly(got, "@ben"); /* the post at 12:00 is not in [10:00, 12:00) */
	expect_unfollowed(got, "");
	assert_int_equal(got.n_stretches, 3);
}

static void
a_source_may_know_an_account_by_its_handle_alone(void **state)
{
	struct given *g = *state;
	struct view_coverage got;

	put_thread(g);
	COVER(g, "a", "x:@ben?", { "09:00", "13:00", NULL });
	got = coverage_of(g);

	expect_whole(got, "@ben");
	expect_unfollowed(got, "@ana");
}

static void
a_gap_in_its_time_makes_a_thread_incomplete(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_thread(g);
	COVER(g, "a", "x:@1", { "09:00", "11:00", NULL },
	      { "11:00", "15:00", "seven-day limit" });
	view = thread_of(g, "x:10");

	assert_false(view.complete);
	assert_int_equal(view.n_why, 1);
	assert_int_equal(view.why[0].code, WHY_GAP);
	assert_true(rp_slice_eq(view.why[0].text,
	                        RP_SLICE("@ana was not seen from 2025-01-01T11:00:00Z "
	                                 "until 2025-01-01T12:00:00Z: seven-day limit")));
	assert_int_equal(view.coverage.n_gaps, 1);
	expect_whole(view.coverage, "");
	expect_partly(view.coverage, "");
}

static void
a_gap_before_or_behind_does_not(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_thread(g);
	COVER(g, "a", "x:@1", { "08:00", "10:00", "broken off" },
	      { "10:00", "12:30", NULL }, { "12:30", "15:00", "seven-day limit" });
	view = thread_of(g, "x:10");

	assert_true(view.complete);
	expect_whole(view.coverage, "@ana");
}

static void
a_gap_that_another_source_fills_is_none(void **state)
{
	struct given *g = *state;
	struct thread_view view;

	put_thread(g);
	COVER(g, "a", "x:@1", { "09:00", "11:00", NULL },
	      { "11:00", "13:00", "seven-day limit" });
	COVER(g, "b", "x:@1", { "10:30", "11:30", NULL }, { "11:30", "14:00", NULL });
	view = thread_of(g, "x:10");

	assert_true(view.complete);
	expect_whole(view.coverage, "@ana");
	assert_int_equal(view.coverage.n_stretches, 4);
}

static void
a_conversation_can_be_followed_too(void **state)
{
	struct given *g = *state;
	struct view_coverage got;

	put_thread(g);
	COVER(g, "a", "conversation:x:10", { "09:00", "13:00", NULL });
	got = coverage_of(g);

	expect_whole(got, "the conversation");
	expect_unfollowed(got, "@ana @ben");
}

static void
who_was_followed_at_other_times_was_not_followed_then(void **state)
{
	struct given *g = *state;
	struct view_coverage got;

	put_thread(g);
	COVER(g, "a", "x:@1", { "07:00", "08:00", NULL });
	COVER(g, "a", "x:@9", { "07:00", "18:00", NULL });
	got = coverage_of(g);

	assert_true(got.ever);
	assert_int_equal(got.n_stretches, 0);
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(without_a_source_nothing_is_told_but_that),
		SPEC(who_was_followed_all_the_time_was_followed_whole),
		SPEC(a_source_may_know_an_account_by_its_handle_alone),
		SPEC(a_gap_in_its_time_makes_a_thread_incomplete),
		SPEC(a_gap_before_or_behind_does_not),
		SPEC(a_gap_that_another_source_fills_is_none),
		SPEC(a_conversation_can_be_followed_too),
		SPEC(who_was_followed_at_other_times_was_not_followed_then),
	};

	return cmocka_run_group_tests_name("thread-coverage", specs, NULL, NULL);
}
