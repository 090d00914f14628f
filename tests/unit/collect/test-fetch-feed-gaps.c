/*
 * What a feed proves of what it does not list any more, whatever else stands in it.
 */
#include "tests/support/fake-web.h"
#include "tests/support/random.h"

#include <stdlib.h>

extern const struct fetcher_ops feed_fetcher;

#define FEED "[source f]\ncollector = feed\nurl = https://b.example/feed\n"
#define BEGAN (INT64_C(1767225600) * RP_SECOND) /* 2026-01-01 */
#define LATER (INT64_C(1780272000) * RP_SECOND) /* 2026-06-01 */

static struct fake_web web;
static struct rp_buf body;

/* ---- a document ---------------------------------------------------------------- */

static void
add_item(const char *id, int64_t time)
{
	buf_printf(&body, "<item><guid>%s</guid>", id);
	if (time != RP_TIME_UNKNOWN) {
		buf_add_str(&body, "<pubDate>");
		rp_time_write(&body, time, RP_PRECISION_S);
		buf_add_str(&body, "</pubDate>");
	}
	buf_add_str(&body, "</item>");
}

static void
begin_document(void)
{
	buf_clear(&body);
	buf_add_str(&body, "<rss version=\"2.0\"><channel><title>t</title>");
}

static void
end_document(void)
{
	buf_add_str(&body, "</channel></rss>");
	buf_add_byte(&body, '\0');
}

static void
serve(const struct fetch_request *request, struct fake_answer *out)
{
	(void)request;
	out->body = body.p;
}

/* ---- ten of January, and ten of June ---------------------------------------------- */

struct oddity {
	const char *first, *last; /* ids of what is always there; NULL: nothing */
	int64_t first_time, last_time;
	const char *id; /* of all others; NULL: each has its own */
};

static void
ten_entries(const struct oddity *odd, int64_t newest)
{
	begin_document();
	if (odd->first != NULL)
		add_item(odd->first, odd->first_time);
	for (int i = 0; i < 10; i++) {
		const int64_t time = newest - i * RP_HOUR;
		char id[32];

		snprintf(id, sizeof(id), "e%lld", (long long)(time / RP_HOUR));
		add_item(odd->id != NULL ? odd->id : id, time);
	}
	if (odd->last != NULL)
		add_item(odd->last, odd->last_time);
	end_document();
}

static void
run_at(int64_t now)
{
	web.now = now;
	assert_int_equal(fake_run(&web, &feed_fetcher, FEED), RP_OK);
}

/* The months between are in a gap, and nothing long ago is covered. */
static void
assert_hole(void)
{
	const char *line = fake_text(&web.covered);

	if (strstr(line, "1767225600-") == NULL || strstr(line, " gap") == NULL)
		fail_msg("no gap since January in \"%s\"", line);
	assert_null(strstr(line, "1767225600-1780272000\n"));
}

static void
what_is_always_there_joins_no_two_documents(void **state)
{
	const int64_t y2005 = INT64_C(1104537600) * RP_SECOND;
	const struct oddity rows[] = {
		{ .first = NULL },
		{ .first = "about", .first_time = RP_TIME_UNKNOWN },
		{ .first = "about", .first_time = y2005 },
		{ .first = "party", .first_time = LATER + 900 * RP_DAY },
		{ .first = "news", .first_time = BEGAN - RP_MINUTE },
		{ .last = "about", .last_time = y2005 },
		{ .last = "about", .last_time = RP_TIME_UNKNOWN },
		{ .last = "about", .last_time = 0 },
		{ .last = "news", .last_time = BEGAN - RP_MINUTE },
		{ .id = "https://b.example/" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&web.cursor);
		ten_entries(&rows[i], BEGAN - RP_HOUR);
		run_at(BEGAN);
		for (const char *line = fake_text(&web.covered); *line != '\0';
		     line = strchr(line, '\n') + 1)
			assert_true(atoll(line) * RP_SECOND > BEGAN - RP_DAY);
		ten_entries(&rows[i], LATER - RP_HOUR);
		run_at(LATER);
		assert_hole();
	}
}

static void
nor_do_a_few_that_were_all_there_was(void **state)
{
	const int64_t y2005 = INT64_C(1104537600) * RP_SECOND;

	(void)state;
	begin_document();
	add_item("about", y2005);
	add_item("imprint", y2005);
	end_document();
	run_at(BEGAN);
	begin_document();
	for (int i = 1; i < 9; i++) {
		char id[8];

		snprintf(id, sizeof(id), "e%d", i);
		add_item(id, LATER - i * RP_HOUR);
	}
	add_item("about", y2005);
	add_item("imprint", y2005);
	end_document();
	run_at(LATER);
	assert_hole();
}

static void
a_feed_without_entries_proves_nothing(void **state)
{
	const struct oddity none = { .first = NULL };

	(void)state;
	begin_document();
	end_document();
	run_at(BEGAN);
	assert_string_equal(fake_text(&web.covered), "");
	ten_entries(&none, LATER - RP_HOUR);
	run_at(LATER);
	assert_hole();
}

static void
an_empty_answer_in_between_hides_no_gap(void **state)
{
	const struct oddity none = { .first = NULL };

	(void)state;
	ten_entries(&none, BEGAN - RP_HOUR);
	run_at(BEGAN);
	begin_document();
	end_document();
	for (int i = 1; i <= 2; i++) {
		run_at(BEGAN + i * RP_DAY);
		assert_non_null(strstr(fake_text(&web.covered), " gap"));
	}
	ten_entries(&none, LATER - RP_HOUR);
	run_at(LATER);
	assert_hole();
}

static void
what_was_known_before_an_empty_answer_is_met_behind_it(void **state)
{
	const struct oddity none = { .first = NULL };

	(void)state;
	ten_entries(&none, BEGAN - RP_HOUR);
	run_at(BEGAN);
	begin_document();
	end_document();
	run_at(BEGAN + RP_HOUR);
	ten_entries(&none, BEGAN + 2 * RP_HOUR);
	run_at(BEGAN + 3 * RP_HOUR);
	assert_string_equal(fake_text(&web.covered), "1767225600-1767236400\n");
}

/* ---- months of any feed --------------------------------------------------------------
 */

enum { LISTED = 10, POSTS_MAX = 2000, STEPS = 400, STRETCHES_MAX = 1000 };

static const int64_t step = 6 * RP_HOUR;

static struct {
	struct post {
		int64_t time;
		bool undated, shared, seen;
	} posts[POSTS_MAX];
	unsigned n;
	unsigned pinned[2], n_pinned; /* posts at the front */
	int64_t evergreen[2];         /* at the end; may be unknown */
	unsigned n_evergreen;
	bool event, nought, rising, shuffled; /* event: of the future, on top */
	unsigned undated, shared, empty, cut; /* of a hundred */
	bool outages;
	unsigned busy; /* posts of a step, at most */

	struct {
		int64_t from, until;
	} covered[STRETCHES_MAX];
	unsigned n_covered, n_gaps;
} blog;

static bool
happens(unsigned of_hundred)
{
	return random_below(100) < of_hundred;
}

static void
add_post(int64_t time)
{
	assert_true(blog.n < POSTS_MAX);
	blog.posts[blog.n++] = (struct post){ .time = time,
		                              .undated = happens(blog.undated),
		                              .shared = happens(blog.shared) };
}

static void
list_post(unsigned i, size_t *ends)
{
	const struct post *post = &blog.posts[i];
	char id[32];

	snprintf(id, sizeof(id), "e%u", i);
	add_item(post->shared ? "same" : id,
	         post->undated ? RP_TIME_UNKNOWN : post->time);
	ends[i] = body.n;
}

static bool
is_pinned(unsigned i)
{
	for (unsigned k = 0; k < blog.n_pinned; k++)
		if (blog.pinned[k] == i)
			return true;
	return false;
}

static void
choose_listed(unsigned *list, unsigned *n)
{
	for (unsigned i = blog.n; i-- > 0 && *n < LISTED;)
		if (!is_pinned(i))
			list[(*n)++] = i;
	for (unsigned i = 0; i < *n; i++) {
		const unsigned with = blog.shuffled ? i + random_below(*n - i)
		                      : blog.rising ? *n - 1 - i
		                                    : i;
		const unsigned kept = list[i];

		if (!blog.shuffled && with <= i)
			continue;
		list[i] = list[with];
		list[with] = kept;
	}
}

static void
write_blog(size_t *ends)
{
	unsigned list[LISTED], n = 0;

	choose_listed(list, &n);
	begin_document();
	if (blog.event)
		add_item("party", LATER + 900 * RP_DAY);
	for (unsigned i = 0; i < blog.n_pinned; i++)
		list_post(blog.pinned[i], ends);
	for (unsigned i = 0; i < n; i++)
		list_post(list[i], ends);
	for (unsigned i = 0; i < blog.n_evergreen; i++)
		add_item(i > 0 ? "imprint" : "about", blog.evergreen[i]);
	if (blog.nought)
		add_item("nought", 0);
}

static void
serve_blog(const struct fetch_request *request, struct fake_answer *out)
{
	static size_t ends[POSTS_MAX];
	const bool empty = happens(blog.empty);

	(void)request;
	memset(ends, 0, sizeof(ends));
	if (empty)
		begin_document();
	else
		write_blog(ends);
	out->cut = !empty && happens(blog.cut);
	if (out->cut)
		body.n = 60 + random_below((uint32_t)(body.n - 60));
	for (unsigned i = 0; i < blog.n; i++)
		blog.posts[i].seen |= ends[i] > 0 && ends[i] <= body.n;
	if (out->cut)
		buf_add_byte(&body, '\0');
	else
		end_document();
	out->body = body.p;
}

static void
note_covered(void)
{
	const char *line = fake_text(&web.covered);

	for (; *line != '\0'; line = strchr(line, '\n') + 1) {
		long long from, until;
		char word[4] = "";

		assert_true(sscanf(line, "%lld-%lld%*[ ]%3s", &from, &until, word) >= 2);
		if (word[0] != '\0') {
			blog.n_gaps++;
			continue;
		}
		assert_true(blog.n_covered < STRETCHES_MAX);
		blog.covered[blog.n_covered].from = from * RP_SECOND;
		blog.covered[blog.n_covered++].until = until * RP_SECOND;
	}
}

static void
assert_nothing_unseen_is_covered(unsigned round)
{
	for (unsigned i = 0; i < blog.n; i++)
		for (unsigned k = 0; k < blog.n_covered && !blog.posts[i].seen; k++)
			if (blog.posts[i].time >= blog.covered[k].from &&
			    blog.posts[i].time < blog.covered[k].until)
				fail_msg("round %u: post %u of %lld is covered and was "
				         "never seen",
				         round, i,
				         (long long)(blog.posts[i].time / RP_SECOND));
}

static void
begin_blog(unsigned posts)
{
	buf_clear(&web.cursor);
	blog.n = 0;
	for (unsigned i = posts; i-- > 0;)
		add_post(BEGAN - (int64_t)i * 2 * RP_DAY - random_below(40) * RP_HOUR -
		         RP_HOUR);
}

static void
live_on(void)
{
	unsigned away = 0;

	web.serve = serve_blog;
	for (unsigned i = 0; i < STEPS; i++) {
		web.now = BEGAN + i * step;
		for (unsigned k = random_below(blog.busy + 1); k > 0; k--)
			add_post(web.now - (int64_t)k * RP_HOUR);
		if (blog.n_pinned > 0 && happens(2))
			blog.pinned[0] = blog.n - 1;
		if (blog.outages && away == 0 && happens(4))
			away = 1 + random_below(60);
		if (away > 0) {
			away--;
			continue;
		}
		(void)fake_run(&web, &feed_fetcher, FEED);
		note_covered();
	}
}

static void
nothing_is_called_covered_in_which_a_post_was_never_seen(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		memset(&blog, 0, sizeof(blog));
		blog.outages = true;
		blog.busy = 1 + random_below(3);
		blog.undated = happens(30) ? random_below(100) : 0;
		blog.shared = happens(30) ? random_below(101) : 0;
		blog.empty = happens(40) ? random_below(30) : 0;
		blog.cut = happens(40) ? random_below(60) : 0;
		blog.event = happens(30);
		blog.nought = happens(30);
		blog.rising = happens(20);
		blog.shuffled = happens(20);
		begin_blog(random_below(30));
		blog.n_pinned = blog.n > 2 ? random_below(3) : 0;
		for (unsigned i = 0; i < blog.n_pinned; i++)
			blog.pinned[i] = i;
		blog.n_evergreen = random_below(3);
		for (unsigned i = 0; i < blog.n_evergreen; i++)
			blog.evergreen[i] =
				happens(30) ? RP_TIME_UNKNOWN
					    : BEGAN - random_below(4000) * RP_HOUR;
		live_on();
		assert_nothing_unseen_is_covered(round);
	}
}

static void
an_honest_feed_that_is_read_in_time_has_no_gaps(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 60; round++) {
		memset(&blog, 0, sizeof(blog));
		blog.busy = 1 + round % 3;
		blog.rising = happens(30);
		begin_blog(blog.busy == 1 ? 1 + random_below(12) : LISTED);
		blog.event = blog.busy > 1 && happens(30);
		blog.n_evergreen = blog.busy > 1 ? random_below(3) : 0;
		for (unsigned i = 0; i < blog.n_evergreen; i++)
			blog.evergreen[i] = BEGAN - 2000 * RP_DAY;
		live_on();
		assert_nothing_unseen_is_covered(round);
		if (blog.n_gaps > 0)
			fail_msg("round %u: %u gaps", round, blog.n_gaps);
	}
}

static int
set_up(void **state)
{
	(void)state;
	fake_web_init(&web);
	web.serve = serve;
	buf_init(&body, 1 << 20);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	fake_web_done(&web);
	buf_done(&body);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_always_there_joins_no_two_documents),
		TEST(nor_do_a_few_that_were_all_there_was),
		TEST(a_feed_without_entries_proves_nothing),
		TEST(an_empty_answer_in_between_hides_no_gap),
		TEST(what_was_known_before_an_empty_answer_is_met_behind_it),
		TEST(nothing_is_called_covered_in_which_a_post_was_never_seen),
		TEST(an_honest_feed_that_is_read_in_time_has_no_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
