/*
 * What a robots.txt asks for.
 */
#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/collect/robots.h"
#include "tests/support/spec.h"

static struct arena *arena;
static struct robots robots;

static void
given(const char *text)
{
	arena_reset(arena);
	assert_true(robots_parse(arena, rp_slice_str(text), &robots));
}

static void
assert_allowed(const char *path)
{
	if (!robots_allows(&robots, rp_slice_str(path)))
		fail_msg("%s is not allowed", path);
}

static void
assert_forbidden(const char *path)
{
	if (robots_allows(&robots, rp_slice_str(path)))
		fail_msg("%s is allowed", path);
}

static void
the_group_that_names_us_counts_and_else_that_of_all(void **state)
{
	(void)state;
	given("User-agent: *\nDisallow: /\n\nUser-agent: RIPOSTE/2.0\nDisallow: /a\n");
	assert_allowed("/b");
	assert_forbidden("/a/b");
	given("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /c\n");
	assert_allowed("/b");
	assert_forbidden("/c");
	given("User-agent: ripostebot\nDisallow: /\n");
	assert_allowed("/b");
}

static void
groups_of_one_name_are_one_and_a_group_may_have_several_names(void **state)
{
	(void)state;
	given("User-agent: riposte\nUser-agent: other\nDisallow: /a\n"
	      "User-agent: *\nDisallow: /b\nSitemap: https://a.example/s\n"
	      "User-agent: riposte\nDisallow: /c\n");
	assert_forbidden("/a");
	assert_allowed("/b");
	assert_forbidden("/c");
}

static void
the_longest_pattern_wins_and_of_two_as_long_the_one_that_allows(void **state)
{
	(void)state;
	given("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n"
	      "Disallow: /x\nAllow: /x\n");
	assert_forbidden("/a");
	assert_allowed("/a/b");
	assert_forbidden("/a/b/c/d");
	assert_allowed("/x");
	assert_allowed("/y");
}

static void
stars_are_anything_and_a_dollar_is_the_end(void **state)
{
	(void)state;
	given("User-agent: *\nDisallow: /*.php$\nDisallow: /a*b*c\nDisallow: /exact$\n"
	      "Disallow: *?session=\n");
	assert_forbidden("/x/y.php");
	assert_allowed("/x/y.php?z");
	assert_forbidden("/a1b2c3");
	assert_allowed("/a1c2b3");
	assert_forbidden("/exact");
	assert_allowed("/exactly");
	assert_forbidden("/p?session=1");
	given("User-agent: *\nDisallow: /*aa$\n");
	assert_forbidden("/aaa");
	assert_allowed("/a");
}

static void
the_same_path_written_otherwise_is_the_same(void **state)
{
	(void)state;
	given("User-agent: *\nDisallow: /%7ebo\nDisallow: /\xc3\xa9t\xc3\xa9\n"
	      "Disallow: /a%2fb\n");
	assert_forbidden("/~bo/x");
	assert_forbidden("/%C3%a9t%c3%A9");
	assert_forbidden("/a%2Fb");
	assert_allowed("/a/b");
}

static void
what_makes_no_sense_forbids_nothing(void **state)
{
	(void)state;
	given("");
	assert_allowed("/");
	given("Disallow: /\n");
	assert_allowed("/a");
	given("<html><body>Not found: /</body></html>");
	assert_allowed("/a");
	given("User-agent: *\nDisallow:\nDisallow # /\n: /\n");
	assert_allowed("/a");
}

static void
line_ends_comments_marks_and_blanks_are_of_all_kinds(void **state)
{
	(void)state;
	given("\xef\xbb\xbfuser-AGENT :  *  # all\r\rDISALLOW:/a # not this\r\nAllow : "
	      "/a/b");
	assert_forbidden("/a");
	assert_allowed("/a/b");
}

static void
robots_txt_itself_may_always_be_asked_for(void **state)
{
	(void)state;
	given("User-agent: *\nDisallow: /\n");
	assert_allowed("/robots.txt");
	assert_forbidden("");
}

static void
without_a_file_all_is_allowed_and_of_a_broken_server_nothing(void **state)
{
	(void)state;
	robots = robots_of_status(404);
	assert_allowed("/a");
	robots = robots_of_status(403);
	assert_allowed("/a");
	robots = robots_of_status(503);
	assert_forbidden("/a");
	robots = robots_of_status(0);
	assert_forbidden("/a");
}

static void
a_delay_is_in_seconds_and_a_day_at_the_most(void **state)
{
	(void)state;
	given("User-agent: *\nCrawl-delay: 2.5\n");
	assert_int_equal(robots_delay_ms(&robots), 2500);
	given("User-agent: *\nCrawl-delay: 99999999999999999999999\n");
	assert_int_equal(robots_delay_ms(&robots), 86400000);
	given("User-agent: *\nCrawl-delay: soon\n");
	assert_int_equal(robots_delay_ms(&robots), 0);
	given("User-agent: riposte\nCrawl-delay: 10\nUser-agent: *\nCrawl-delay: 60\n");
	assert_int_equal(robots_delay_ms(&robots), 10000);
}

static void
what_lies_beyond_500_kib_is_not_read(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "User-agent: *\nDisallow: /a\n");
	while (text.n < ROBOTS_MAX_BYTES)
		buf_add_str(&text, "# nothing to see here\n");
	buf_add_str(&text, "Disallow: /b\n");
	arena_reset(arena);
	assert_true(robots_parse(arena, buf_slice(&text), &robots));
	assert_forbidden("/a");
	assert_allowed("/b");
}

static void
patterns_made_to_be_slow_are_not(void **state)
{
	CLEANUP(buf_done) struct rp_buf text, path;
	const int64_t began = rp_monotonic_ms();

	(void)state;
	buf_init(&text, 1 << 20);
	buf_init(&path, 1 << 20);
	buf_add_str(&text, "User-agent: *\nDisallow: ");
	while (text.n + 4 < ROBOTS_MAX_BYTES)
		buf_add_str(&text, "*a");
	buf_add_str(&text, "b\n");
	while (path.n < 60000)
		buf_add_byte(&path, 'a');
	assert_true(robots_parse(arena, buf_slice(&text), &robots));
	assert_true(robots_allows(&robots, buf_slice(&path)));
	assert_true(rp_monotonic_ms() - began < 2000);
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(8 << 20);
	return arena ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_group_that_names_us_counts_and_else_that_of_all),
		cmocka_unit_test(
			groups_of_one_name_are_one_and_a_group_may_have_several_names),
		cmocka_unit_test(
			the_longest_pattern_wins_and_of_two_as_long_the_one_that_allows),
		cmocka_unit_test(stars_are_anything_and_a_dollar_is_the_end),
		cmocka_unit_test(the_same_path_written_otherwise_is_the_same),
		cmocka_unit_test(what_makes_no_sense_forbids_nothing),
		cmocka_unit_test(line_ends_comments_marks_and_blanks_are_of_all_kinds),
		cmocka_unit_test(robots_txt_itself_may_always_be_asked_for),
		cmocka_unit_test(
			without_a_file_all_is_allowed_and_of_a_broken_server_nothing),
		cmocka_unit_test(a_delay_is_in_seconds_and_a_day_at_the_most),
		cmocka_unit_test(what_lies_beyond_500_kib_is_not_read),
		cmocka_unit_test(patterns_made_to_be_slow_are_not),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
