/* Q08, R04: the config file. */
#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/config/settings.h"
#include "tests/support/spec.h"

#include <stdio.h>

static struct arena *arena;
static struct config config;
static struct rp_error err;

/* clang-format off */
static const struct setting_row feed_settings[] = {
	{ "url", SETTING_URL, .needed = true, .help = "address of the feed" },
	{ .name = NULL },
};
static const struct setting_row x_settings[] = {
	{ "account", SETTING_TEXT, .several = true, .help = "whose posts" },
	{ "since",   SETTING_TIME, .help = "how far back the first run goes" },
	{ "pages",   SETTING_NUMBER, "7", .low = 1, .high = 9, .help = "hides the common one" },
	{ "roots",   SETTING_YES, "yes", .help = "missing parents" },
	{ .name = NULL },
};
/* clang-format on */

static const struct setting_row *
collector(struct rp_slice name)
{
	if (rp_slice_eq(name, RP_SLICE("feed")))
		return feed_settings;
	return rp_slice_eq(name, RP_SLICE("x")) ? x_settings : NULL;
}

static enum rp_status
read_config(const char *text)
{
	arena_reset(arena);
	err = (struct rp_error){ .status = RP_OK };
	return config_read_text(arena, "etc/riposte.conf", rp_slice_str(text), collector,
	                        &config, &err);
}

static void
assert_refused(const char *text, const char *where, const char *why)
{
	assert_int_equal(read_config(text), RP_BAD_CONFIG);
	assert_string_equal(err.text, why);
	assert_string_equal(err.where, where);
}

static const struct section *
source(const char *name)
{
	const struct source *found = config_source(&config, rp_slice_str(name));

	assert_non_null(found);
	return &found->settings;
}

static void
a_source_has_what_is_written_and_else_the_defaults(void **state)
{
	const struct section *musk;

	(void)state;
	assert_ok(read_config("[source musk]\n"
	                      "collector = x\n"
	                      "account = elonmusk\n"
	                      "every = 6h\n"
	                      "token = file:x-token\n"
	                      "budget = 5usd/month\n"),
	          err);
	musk = source("musk");
	assert_int_equal(musk->line, 1);
	assert_slice(section_text(musk, "account"), "elonmusk");
	assert_slice(section_text(musk, "token"), "file:x-token");
	assert_int_equal(section_number(musk, "every", 0), 6 * RP_HOUR);
	assert_int_equal(section_get(musk, "every")->line, 4);
	assert_int_equal(section_number(musk, "budget", 0), 5000000);
	assert_int_equal(section_get(musk, "budget")->per, 'm');
	assert_int_equal(section_number(musk, "roots", 0), 1);
	assert_int_equal(section_get(musk, "roots")->line, 0);
	assert_null(section_get(musk, "since"));
	assert_int_equal(section_number(musk, "since", -1), -1);
	assert_slice(section_text(musk, "lang"), "");
}

static void
a_setting_of_the_collector_hides_the_common_one_of_its_name(void **state)
{
	(void)state;
	assert_ok(read_config("[source a]\ncollector = x\n"
	                      "[source b]\ncollector = x\npages = 9\n"
	                      "[source c]\ncollector = feed\nurl = http://a\n"),
	          err);
	assert_int_equal(section_number(source("a"), "pages", 0), 7);
	assert_int_equal(section_number(source("b"), "pages", 0), 9);
	assert_int_equal(section_number(source("c"), "pages", 0), 500);
	assert_refused("[source b]\ncollector = x\npages = 10\n", "etc/riposte.conf:3",
	               "[source b] pages: 10 is not from 1 to 9");
}

static void
a_setting_that_may_come_often_is_read_in_order(void **state)
{
	const struct setting *one, *two;

	(void)state;
	assert_ok(read_config("[source a]\ncollector = x\naccount = b\nevery = 1h\n"
	                      "account = a\n"),
	          err);
	one = section_next(source("a"), "account", NULL);
	assert_slice(one->value, "b");
	two = section_next(source("a"), "account", one);
	assert_slice(two->value, "a");
	assert_null(section_next(source("a"), "account", two));
	one = section_next(source("a"), "roots", NULL);
	assert_non_null(one);
	assert_null(section_next(source("a"), "roots", one));
}

static void
sources_are_found_by_name_and_listed_in_its_order(void **state)
{
	(void)state;
	assert_ok(read_config("[source b]\ncollector = x\n[source a]\ncollector = x\n"),
	          err);
	assert_int_equal(config.n_sources, 2);
	assert_slice(config.sources[0].name, "a");
	assert_slice(config.sources[1].name, "b");
	assert_null(config_source(&config, RP_SLICE("c")));
}

static void
no_file_is_all_defaults(void **state)
{
	(void)state;
	arena_reset(arena);
	assert_ok(config_read(arena, "no/such/file", false, collector, &config, &err),
	          err);
	assert_slice(config.path, "");
	assert_int_equal(config.n_sources, 0);
	assert_int_equal(section_number(&config.http, "connect", 0), 15 * RP_SECOND);
	assert_int_equal(section_number(&config.http, "max_body", 0), 32000000);
	assert_slice(section_text(&config.archive, "path"), "");
	assert_int_equal(config_price(&config, "x.post"), 5000);
	assert_int_equal(config_price(&config, "x.user"), 10000);
	assert_int_equal(config_price(&config, "y.post"), 0);
}

static void
a_file_that_was_asked_for_must_be_there(void **state)
{
	(void)state;
	assert_int_equal(
		config_read(arena, "no/such/file", true, collector, &config, &err),
		RP_BAD_CONFIG);
	assert_string_equal(err.text,
	                    "cannot open no/such/file: No such file or directory");
	assert_int_equal(config_read(arena, "/", false, collector, &config, &err),
	                 RP_BAD_CONFIG);
}

static void
prices_and_limits_are_the_users(void **state)
{
	(void)state;
	assert_ok(read_config("[prices]\nx.post = 0.0015 usd\n[http]\nmax_body = 1GB\n"
	                      "spacing = 250ms\nallow_private = yes\n"),
	          err);
	assert_int_equal(config_price(&config, "x.post"), 1500);
	assert_int_equal(section_number(&config.http, "max_body", 0), 1000000000);
	assert_int_equal(section_number(&config.http, "spacing", 0), 250000);
	assert_int_equal(section_number(&config.http, "allow_private", 0), 1);
}

static void
what_nobody_knows_is_refused_with_what_was_meant(void **state)
{
	(void)state;
	assert_refused("[http]\r\nparalel = 3\r\n", "etc/riposte.conf:2",
	               "[http] paralel: there is no such setting; did you mean "
	               "\"parallel\"?");
	assert_refused("[source a]\ncollector = x\n\nacount = b\n", "etc/riposte.conf:4",
	               "[source a] acount: there is no such setting; did you mean "
	               "\"account\"?");
	assert_refused("[http]\nwarp = 9\n", "etc/riposte.conf:2",
	               "[http] warp: there is no such setting (see riposte-config(5))");
	assert_refused("[sorce a]\n", "etc/riposte.conf:1",
	               "[sorce a] there is no such section; did you mean [source NAME]?");
	assert_refused("[https]\n", "etc/riposte.conf:1",
	               "[https] there is no such section; did you mean [http]?");
	assert_refused("[include]\n", "etc/riposte.conf:1",
	               "[include] there is no such section (see riposte-config(5))");
	assert_refused("[source a]\ncollector = blusky\n", "etc/riposte.conf:2",
	               "[source a] collector: there is no collector \"blusky\" "
	               "(riposte-config(5) lists them)");
}

static void
what_comes_twice_is_refused(void **state)
{
	(void)state;
	assert_refused("[http]\nca = a\nca = b\n", "etc/riposte.conf:3",
	               "[http] ca: comes twice; it is in line 2 already");
	assert_refused("[source a]\ncollector = x\ncollector = feed\n",
	               "etc/riposte.conf:3",
	               "[source a] collector: comes twice; it is in line 2 already");
	assert_refused(
		"[source a]\ncollector = x\n[source a]\ncollector = x\n",
		"etc/riposte.conf:3",
		"[source a] there are two of that name; the other begins in line 1");
	assert_refused("[http]\n[http]\n", "etc/riposte.conf:2",
	               "[http] there are two of that name; the other begins in line 1");
}

static void
what_is_missing_is_named(void **state)
{
	(void)state;
	assert_refused("[source a]\ncollector = x\naccount =\n", "etc/riposte.conf:3",
	               "[source a] account: has no value");
	assert_refused("[source a]\ncollector =\n", "etc/riposte.conf:2",
	               "[source a] collector: has no value");
	assert_refused("\n[source a]\nevery = 1h\n", "etc/riposte.conf:2",
	               "[source a] needs a setting \"collector\": what fetches it");
	assert_refused("[source a]\ncollector = feed\n", "etc/riposte.conf:1",
	               "[source a] needs a setting \"url\": address of the feed");
	assert_refused("every = 1h\n", "etc/riposte.conf:1",
	               "every: stands before the first [section]");
	assert_refused("[source]\ncollector = x\n", "etc/riposte.conf:1",
	               "[source] the name of a source is a word of letters, digits and "
	               ". _ -, at most 64 of them");
	assert_refused("[source a b]\ncollector = x\n", "etc/riposte.conf:1",
	               "[source a b] the name of a source is a word of letters, digits "
	               "and . _ -, at most 64 of them");
}

static void
assert_value_refused(const char *line, const char *why)
{
	char text[400], whole[400];

	(void)snprintf(text, sizeof(text), "[source a]\ncollector = x\n%s\n", line);
	(void)snprintf(whole, sizeof(whole), "[source a] %s", why);
	assert_refused(text, "etc/riposte.conf:3", whole);
}

static void
values_that_make_no_sense_are_refused(void **state)
{
	(void)state;
	assert_value_refused("every = 90",
	                     "every: \"90\" is not written like 90s, 15min, 6h or 7d");
	assert_value_refused("every = 59s", "every: \"59s\" is too little");
	assert_value_refused("every = 9223372036854775807w",
	                     "every: \"9223372036854775807w\" is too much");
	assert_value_refused("every = -1h",
	                     "every: \"-1h\" is not written like 90s, 15min, 6h or 7d");
	assert_value_refused("roots = ja", "roots: \"ja\" is neither yes nor no");
	assert_value_refused("robots = obay", "robots: \"obay\" is none of obey|ignore");
	assert_value_refused("pages = 1e3", "pages: \"1e3\" is no whole number");
	assert_value_refused("pages = 99999999999999999999",
	                     "pages: \"99999999999999999999\" is no whole number");
	assert_value_refused("budget = 5eur",
	                     "budget: \"5eur\" is not written like 5usd/month (or /day, "
	                     "/run)");
	assert_value_refused("budget = 5usd/",
	                     "budget: \"5usd/\" is not written like 5usd/month (or /day, "
	                     "/run)");
	assert_value_refused(
		"budget = 0.0000001usd",
		"budget: \"0.0000001usd\" is not written like 5usd/month (or "
		"/day, /run)");
	assert_value_refused("since = 30 February",
	                     "since: \"30 February\" is no time (write it as "
	                     "2025-01-22T15:19:07Z)");
	assert_value_refused("lang = a\x01z", "lang: has a control character in it");
}

static void
budgets_are_of_a_run_unless_they_say(void **state)
{
	(void)state;
	assert_ok(read_config("[source a]\ncollector = x\nbudget = 0.5usd\n"
	                      "[source b]\ncollector = x\nbudget = 1 USD / day\n"),
	          err);
	assert_int_equal(section_get(source("a"), "budget")->per, 'r');
	assert_int_equal(section_number(source("a"), "budget", 0), 500000);
	assert_int_equal(section_get(source("b"), "budget")->per, 'd');
}

static void
addresses_are_of_the_web_and_have_no_password(void **state)
{
	(void)state;
	assert_ok(read_config("[source a]\ncollector = x\nbase = https://api.x.com///\n"),
	          err);
	assert_slice(section_text(source("a"), "base"), "https://api.x.com");
	assert_value_refused("base = ftp://a",
	                     "base: this is no address that begins with https:// or "
	                     "http://");
	assert_value_refused("base = https://me:hunter2@a/",
	                     "base: a user or password in the address would be shown to "
	                     "everybody: leave it out");
	assert_value_refused("base = https:///a", "base: the address has no host");
	assert_value_refused("base = https://a/#b",
	                     "base: the address has a # in it: leave it out");
	assert_value_refused("base = https://a b/",
	                     "base: the address has a blank in it: leave it out");
}

static void
paths_are_written_out(void **state)
{
	struct rp_slice path;

	(void)state;
	assert_ok(read_config("[archive]\npath = posts/a b.db\n"), err);
	assert_true(config_file(arena, &config, section_text(&config.archive, "path"),
	                        &path));
	assert_string_equal(path.p, "etc/posts/a b.db");
	assert_true(config_file(arena, &config, RP_SLICE("/srv/a.db"), &path));
	assert_string_equal(path.p, "/srv/a.db");
	assert_refused("[archive]\npath = ~/a.db\n", "etc/riposte.conf:2",
	               "[archive] path: \"~\" means nothing here: write the path from / "
	               "on, or as seen from this file");
	assert_refused("[archive]\npath = a/../b.db\n", "etc/riposte.conf:2",
	               "[archive] path: \"..\" is not followed here: write the path from "
	               "/ on");
	assert_value_refused("token = file:../token",
	                     "token: \"..\" is not followed here: write the path from / "
	                     "on");
}

static void
a_token_written_into_the_file_is_refused_and_not_repeated(void **state)
{
	(void)state;
	assert_value_refused("token = AAAA%2Fcanary=",
	                     "token: this is neither file:PATH nor env:NAME nor "
	                     "credential:NAME; the secret itself must not be in this "
	                     "file");
	assert_value_refused("token = file:", "token: file: without a path");
}

static void
lines_that_are_none_are_named_with_file_and_line(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	assert_refused("[http]\nwhat is this\n", "etc/riposte.conf:2",
	               "neither a [section] nor a key = value");
	buf_init(&text, 2 << 20);
	buf_add_str(&text, "[http]\ncontact = ");
	for (size_t i = 0; i < 1 << 20; i++)
		buf_add_byte(&text, 'a');
	buf_add_byte(&text, '\0');
	assert_int_equal(read_config(text.p), RP_BAD_CONFIG);
	assert_string_equal(err.where, "etc/riposte.conf:2");
	assert_non_null(strstr(err.text, "longer than "));
}

static void
the_end_of_a_long_path_is_told_with_the_line(void **state)
{
	char path[400] = "";

	(void)state;
	memset(path, 'p', sizeof(path) - 1);
	memcpy(path + 380, "/riposte.conf", 14);
	assert_int_equal(config_read_text(arena, path, RP_SLICE("[httb]\n"), collector,
	                                  &config, &err),
	                 RP_BAD_CONFIG);
	assert_non_null(strstr(err.where, "/riposte.conf:1"));
}

static void
others_complain_about_settings_in_the_same_words(void **state)
{
	const struct section *a;

	(void)state;
	assert_ok(read_config("[source a]\ncollector = x\ntoken = file:t\n"), err);
	a = source("a");
	assert_int_equal(config_complain(&err, &config, a, section_get(a, "token"),
	                                 "is %s", "gone"),
	                 RP_BAD_CONFIG);
	assert_string_equal(err.where, "etc/riposte.conf:3");
	assert_string_equal(err.text, "[source a] token: is gone");
	(void)config_complain(&err, &config, a, NULL, "does nothing");
	assert_string_equal(err.where, "etc/riposte.conf:1");
	assert_string_equal(err.text, "[source a] does nothing");
}

static void
a_hundred_thousand_sources_take_less_than_a_second(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(arena_free) struct arena *large = arena_new(CONFIG_CEILING_BYTES);
	int64_t began;

	(void)state;
	buf_init(&text, CONFIG_MAX_BYTES);
	for (int i = 0; i < 100000; i++)
		buf_printf(&text,
		           "[source feed-%d]\ncollector = feed\n"
		           "url = https://news.example/feeds/%d.xml\nevery = 1h\n",
		           i, i);
	assert_false(buf_failed(&text));
	began = rp_monotonic_ms();
	assert_ok(
		config_read_text(large, "c", buf_slice(&text), collector, &config, &err),
		err);
	/* Valgrind and sanitizers take many times as long; what is quadratic takes
	 * minutes. */
	assert_true(rp_monotonic_ms() - began < 20000);
	print_message("# %lld ms, %zu MB\n", (long long)(rp_monotonic_ms() - began),
	              arena_used(large) >> 20);
	assert_int_equal(config.n_sources, 100000);
	assert_slice(section_text(source("feed-99999"), "url"),
	             "https://news.example/feeds/99999.xml");
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return arena == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_has_what_is_written_and_else_the_defaults),
		cmocka_unit_test(
			a_setting_of_the_collector_hides_the_common_one_of_its_name),
		cmocka_unit_test(a_setting_that_may_come_often_is_read_in_order),
		cmocka_unit_test(sources_are_found_by_name_and_listed_in_its_order),
		cmocka_unit_test(no_file_is_all_defaults),
		cmocka_unit_test(a_file_that_was_asked_for_must_be_there),
		cmocka_unit_test(prices_and_limits_are_the_users),
		cmocka_unit_test(what_nobody_knows_is_refused_with_what_was_meant),
		cmocka_unit_test(what_comes_twice_is_refused),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(values_that_make_no_sense_are_refused),
		cmocka_unit_test(budgets_are_of_a_run_unless_they_say),
		cmocka_unit_test(addresses_are_of_the_web_and_have_no_password),
		cmocka_unit_test(paths_are_written_out),
		cmocka_unit_test(
			a_token_written_into_the_file_is_refused_and_not_repeated),
		cmocka_unit_test(lines_that_are_none_are_named_with_file_and_line),
		cmocka_unit_test(the_end_of_a_long_path_is_told_with_the_line),
		cmocka_unit_test(others_complain_about_settings_in_the_same_words),
		cmocka_unit_test(a_hundred_thousand_sources_take_less_than_a_second),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
