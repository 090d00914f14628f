/*
 * Many sources side by side, over a net and an archive that are made up: rows A09, A10,
 * N10, N13, S11 of the project's table of hostile inputs.
 */
#include "core/base/time.h"
#include "core/collect/gather.h"
#include "core/config/secret.h"
#include "tests/unit/collect/fake-fetcher.h"
#include "tests/unit/collect/fake-http.h"

enum { SOURCES_MAX = 300 };

struct fixture {
	struct http http;
	struct arena *arena;
	struct config config;
	struct gather_source sources[SOURCES_MAX];
	struct gather_options options;
	struct gather_hooks hooks;
	struct secrets *secrets;
	/* What the hooks saw. */
	struct rp_buf stored, ended; /* a line each */
	uint64_t budget, reserved, settled;
	size_t n_stored;
	size_t stop_after; /* pages; 0: never */
	enum rp_status store_fails;
	int64_t not_before;
};

/* ---- an archive ---------------------------------------------------------------- */

static enum rp_status
store(void *context, struct gather_source *source, const struct page *page,
      const struct fetch_taken *taken, struct tally *told_out, struct rp_error *err)
{
	struct fixture *f = context;

	if (f->store_fails != RP_OK)
		return rp_fail(err, f->store_fails, "the disk is full");
	f->n_stored++;
	f->settled += taken->units;
	buf_printf(&f->stored, "%.*s cursor=%.*s", RP_FMT(source->source->name),
	           RP_FMT(source->state.cursor));
	if (page != NULL)
		buf_printf(&f->stored, " %.*s %.*s [%.*s]%s\n", RP_FMT(page->name),
		           RP_FMT(page->format), RP_FMT(page->body),
		           page->cut ? " cut" : "");
	else
		buf_add_str(&f->stored, " no page\n");
	told_out->captures = page != NULL;
	told_out->records = told_out->fresh = 2;
	return RP_OK;
}

static enum rp_status
spend(void *context, struct gather_source *source, const char *price, uint64_t units,
      struct rp_error *err)
{
	struct fixture *f = context;

	(void)source;
	assert_string_equal(price, "x.post");
	if (f->reserved + units > f->budget)
		return rp_fail(err, RP_END, "its budget would be passed");
	f->reserved += units;
	return RP_OK;
}

static enum rp_status
ended(void *context, struct gather_source *source, int64_t not_before,
      struct rp_error *err)
{
	struct fixture *f = context;

	(void)err;
	f->not_before = not_before;
	buf_printf(&f->ended, "%.*s %s: %.*s\n", RP_FMT(source->source->name),
	           source_end_name(source->told.end), RP_FMT(source->told.why));
	return RP_OK;
}

static bool
stop(void *context)
{
	const struct fixture *f = context;

	return f->stop_after != 0 && f->n_stored >= f->stop_after;
}

static int64_t
now(void *context)
{
	(void)context;
	return FAKE_NOW;
}

/* ---- given, when --------------------------------------------------------------- */

static const struct setting_row *
no_settings(struct rp_slice name)
{
	static const struct setting_row none[] = { { .name = NULL } };

	(void)name;
	return none;
}

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	f.arena = arena_new(1 << 26);
	f.options = (struct gather_options){ .http = &f.http, .arena = f.arena };
	f.hooks = (struct gather_hooks){ .context = &f,
		                         .store = store,
		                         .spend = spend,
		                         .ended = ended,
		                         .stop = stop,
		                         .now = now };
	buf_init(&f.stored, 1 << 20);
	buf_init(&f.ended, 1 << 20);
	fake_pages = 3;
	fake_price = NULL;
	fake_robots = false;
	fake_spacing_ms = 0;
	fake_divides = false;
	fake_units = 7;
	fake_open = 0;
	*state = &f;
	return f.arena == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	buf_done(&f->stored);
	buf_done(&f->ended);
	arena_free(f->arena);
	secrets_free(f->secrets);
	return fake_open; /* every fetcher was closed */
}

static void
given_sources(struct fixture *f, const char *text)
{
	struct rp_error err;

	assert_ok(config_read_text(f->arena, "test.conf", rp_slice_str(text), no_settings,
	                           &f->config, &err),
	          err);
	assert_true(f->config.n_sources <= SOURCES_MAX);
	for (size_t i = 0; i < f->config.n_sources; i++)
		f->sources[i] = (struct gather_source){ .source = &f->config.sources[i],
			                                .ops = &fake_fetcher };
}

#define SOURCE(name) "[source " name "]\ncollector = fake\n"

static void
given_replies(struct fixture *f, const struct reply *replies, size_t n)
{
	assert_true(n <= sizeof(f->http.replies) / sizeof(*replies));
	memcpy(f->http.replies, replies, n * sizeof(*replies));
	f->http.n_replies = n;
}

#define REPLIES(f, ...)                                                                  \
	given_replies((f), (const struct reply[]){ __VA_ARGS__ },                        \
	              sizeof((const struct reply[]){ __VA_ARGS__ }) /                    \
	                      sizeof(struct reply))

static enum rp_status
run(struct fixture *f)
{
	struct rp_error err;

	return gather(f->sources, f->config.n_sources, &f->options, &f->hooks, &err);
}

static size_t
asked(const struct fixture *f, const char *url)
{
	size_t n = 0;

	for (size_t i = 0; i < f->http.n_asked; i++)
		n += strstr(f->http.asked[i].url, url) != NULL;
	return n;
}

/* ---- pages --------------------------------------------------------------------- */

static void
each_page_is_stored_with_the_cursor_behind_it(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/1", .status = 200, .body = "one" },
	        { .url = "/2", .status = 200, .body = "two" },
	        { .url = "/3", .status = 200, .body = "three" });
	assert_int_equal(run(f), RP_OK);
	assert_slice(buf_slice(&f->stored), "a cursor=1 http://h/a/1 x [one]\n"
	                                    "a cursor=2 http://h/a/2 x [two]\n"
	                                    "a cursor=3 http://h/a/3 x [three]\n");
	assert_slice(buf_slice(&f->ended), "a done: \n");
	assert_int_equal(f->sources[0].told.requests, 3);
	assert_int_equal(f->sources[0].told.records, 6);
	assert_int_equal(f->sources[0].state.worked, FAKE_NOW);
}

static void
it_goes_on_from_the_cursor_of_the_archive(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	f->sources[0].state = (struct source_state){ .collector = RP_SLICE("fake"),
		                                     .cursor = RP_SLICE("2") };
	REPLIES(f, { .url = "/3", .status = 200, .body = "three" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 1);
}

static void
but_not_from_one_that_another_collector_wrote(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	f->sources[0].state = (struct source_state){ .collector = RP_SLICE("feed"),
		                                     .cursor = RP_SLICE("2") };
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 3);
}

static void
a_source_without_end_ends_at_the_most_answers_of_a_run(void **state)
{
	struct fixture *f = *state;

	fake_pages = 1000;
	f->options.pages = 5;
	given_sources(f, SOURCE("a") "pages = 3\n");
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 3);
	assert_int_equal(f->sources[0].told.end, SOURCE_STOPPED);
	assert_slice(f->sources[0].state.cursor, "3");
}

static void
nothing_new_is_not_stored(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .status = 304 });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->n_stored, 0);
	assert_int_equal(f->sources[0].told.unchanged, 1);
	assert_slice(buf_slice(&f->ended), "a done: \n");
}

/* ---- trouble ------------------------------------------------------------------- */

static void
the_trouble_of_one_does_not_end_another(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a") SOURCE("b") SOURCE("wrong"));
	REPLIES(f, { .url = "/a/", .status = 404, .body = "gone" },
	        { .url = "/b/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->sources[0].told.end, SOURCE_FAILED);
	assert_slice(f->sources[0].told.why, "HTTP 404");
	assert_int_equal(f->sources[1].told.end, SOURCE_DONE);
	assert_int_equal(f->sources[2].told.end, SOURCE_FAILED);
	assert_slice(f->sources[2].state.trouble, "nothing to ask for");
}

static void
a_request_that_fails_once_is_made_again_as_it_was(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/1", .status = 503 },
	        { .url = "/1", .st = RP_RETRY_LATER, .words = "broken" },
	        { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 5);
	assert_string_equal(f->http.asked[1].url, "http://h/a/1");
	assert_int_equal(f->sources[0].told.end, SOURCE_DONE);
}

static void
one_that_never_works_ends_its_source_to_be_tried_later(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .status = 503 });
	f->sources[0].state.failures = 2;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 4);
	assert_slice(buf_slice(&f->ended), "a later: answered HTTP 503, 4 times\n");
	assert_int_equal(f->sources[0].state.failures, 3);
	assert_int_equal(f->sources[0].state.worked, 0);
}

static void
who_asks_us_to_come_back_in_an_hour_is_not_waited_for(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f,
	        { .url = "/", .status = 429, .header = "Retry-After", .value = "3600" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 1);
	assert_int_equal(f->not_before, FAKE_NOW + 3600 * INT64_C(1000000));
	assert_int_equal(f->sources[0].told.end, SOURCE_LATER);
}

static void
a_host_that_is_closed_for_longer_is_asked_when_it_says(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/",
	             .st = RP_RETRY_LATER,
	             .words = "limited",
	             .retry_at = 5000 });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 1);
	assert_int_equal(f->not_before, 5000);
	assert_slice(buf_slice(&f->ended), "a later: limited\n");
}

static void
what_http_refuses_is_for_somebody_to_mend(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .st = RP_BAD_SOURCE, .words = "a wrong certificate" });
	assert_int_equal(run(f), RP_OK);
	assert_slice(buf_slice(&f->ended), "a failed: a wrong certificate\n");
}

static void
a_full_disk_ends_the_run(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a") SOURCE("b"));
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	f->store_fails = RP_FAILED;
	assert_int_equal(run(f), RP_FAILED);
	assert_int_equal(f->ended.n, 0);
}

static void
so_does_memory_that_runs_out_when_a_source_begins(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("large") SOURCE("b"));
	assert_int_equal(run(f), RP_FAILED);
	assert_int_equal(f->n_stored, 0);
}

/* ---- robots.txt ---------------------------------------------------------------- */

#define FORBIDS(path) "User-agent: *\nDisallow: " path "\n"

static void
what_a_site_asks_robots_to_leave_alone_is_left_alone(void **state)
{
	struct fixture *f = *state;

	fake_robots = true;
	given_sources(f, SOURCE("a") SOURCE("b") SOURCE("c") "robots = ignore\n");
	REPLIES(f,
	        { .url = "/robots.txt",
	          .status = 200,
	          .body = "User-agent: *\nDisallow: /a/2\nDisallow: /c/\n" },
	        { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(asked(f, "http://h/a/1"), 1);
	assert_int_equal(asked(f, "http://h/a/2"), 0);
	assert_int_equal(f->sources[0].told.end, SOURCE_FAILED);
	assert_slice(f->sources[0].told.why,
	             "the robots.txt of http://h forbids this page (\"robots = ignore\" "
	             "asks all the same)");
	assert_int_equal(f->sources[1].told.end, SOURCE_DONE);
	assert_int_equal(f->sources[2].told.end, SOURCE_DONE);
	assert_string_equal(f->http.asked[0].secret, "");
}

static void
a_site_is_asked_for_its_robots_txt_once(void **state)
{
	struct fixture *f = *state;

	fake_robots = true;
	given_sources(f, SOURCE("a") SOURCE("b"));
	REPLIES(f, { .url = "/robots.txt", .status = 404 },
	        { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(asked(f, "/robots.txt"), 1);
	assert_int_equal(f->sources[1].told.end, SOURCE_DONE);
}

/* What was allowed in a run before may have been another address. */
static void
however_well_the_last_run_went(void **state)
{
	struct fixture *f = *state;

	fake_robots = true;
	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/robots.txt", .status = 200, .body = FORBIDS("/a/1") },
	        { .url = "/", .status = 200, .body = "page" });
	f->sources[0].state.worked = FAKE_NOW - 1;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(asked(f, "/a/1"), 0);
	assert_int_equal(f->sources[0].told.end, SOURCE_FAILED);
}

static void
where_a_page_leads_to_its_site_is_asked_before(void **state)
{
	static const struct {
		const char *to, *robots;
		enum source_end end;
	} rows[] = {
		{ "http://h/a/moved", "http://h/robots.txt", SOURCE_DONE },
		{ "http://h/private/a", "http://h/robots.txt", SOURCE_FAILED },
		{ "http://other/a", "http://other/robots.txt", SOURCE_DONE },
		{ "http://other/private/a", "http://other/robots.txt", SOURCE_FAILED },
	};
	struct fixture *f = *state;

	fake_robots = true;
	fake_pages = 1;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		given_sources(f, SOURCE("a"));
		memset(&f->http, 0, sizeof(f->http));
		REPLIES(f,
		        { .url = "/robots.txt",
		          .status = 200,
		          .body = FORBIDS("/private/") },
		        { .url = "/a/1",
		          .status = 200,
		          .body = "page",
		          .leads_to = rows[i].to });
		assert_int_equal(run(f), RP_OK);
		assert_int_equal(f->sources[0].told.end, rows[i].end);
		assert_int_equal(asked(f, rows[i].robots), 1);
		assert_int_equal(f->http.n_hops, rows[i].end == SOURCE_DONE);
	}
}

static void
a_source_that_ignores_robots_txt_is_led_anywhere(void **state)
{
	struct fixture *f = *state;

	fake_robots = true;
	fake_pages = 1;
	given_sources(f, SOURCE("a") "robots = ignore\n");
	REPLIES(f, { .url = "/a/1",
	             .status = 200,
	             .body = "page",
	             .leads_to = "http://other/private/a" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->sources[0].told.end, SOURCE_DONE);
	assert_int_equal(asked(f, "/robots.txt"), 0);
}

static void
without_an_answer_for_it_nothing_is_asked(void **state)
{
	static const struct reply troubles[] = {
		{ .url = "/robots.txt", .status = 503 },
		{ .url = "/robots.txt", .st = RP_RETRY_LATER, .words = "broken" },
	};
	struct fixture *f = *state;

	fake_robots = true;
	given_sources(f, SOURCE("a"));
	for (size_t i = 0; i < 2; i++) {
		memset(&f->http, 0, sizeof(f->http));
		given_replies(f, &troubles[i], 1);
		assert_int_equal(run(f), RP_OK);
		assert_int_equal(f->http.n_asked, 1);
		assert_int_equal(f->sources[0].told.end, SOURCE_LATER);
	}
}

static void
between_two_pages_of_a_site_there_is_the_time_it_wants(void **state)
{
	struct fixture *f = *state;
	const int64_t began = rp_monotonic_ms();

	fake_spacing_ms = 20;
	given_sources(f, SOURCE("a") SOURCE("b"));
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 6);
	assert_true(rp_monotonic_ms() - began >= 5 * 20);
}

static void
who_wants_an_hour_between_two_pages_gets_it(void **state)
{
	struct fixture *f = *state;

	fake_robots = true;
	given_sources(f, SOURCE("a"));
	REPLIES(f,
	        { .url = "/robots.txt",
	          .status = 200,
	          .body = "User-agent: *\nCrawl-delay: 3600\n" },
	        { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(asked(f, "/a/"), 1);
	assert_int_equal(f->sources[0].told.end, SOURCE_LATER);
	assert_true(f->not_before > FAKE_NOW + 3590 * INT64_C(1000000));
}

/* ---- tokens, money ------------------------------------------------------------- */

/* 200 sources, and sources of others. */
static void
given_many_of_one_payer(struct fixture *f)
{
	struct rp_buf text;

	buf_init(&text, 1 << 20);
	for (int i = 0; i < 200; i++)
		buf_printf(&text, "[source s%03d]\ncollector = fake\n", i);
	buf_add_str(&text, SOURCE("z"));
	buf_add_byte(&text, '\0');
	given_sources(f, text.p);
	buf_done(&text);
	for (size_t i = 0; i < f->config.n_sources; i++)
		f->sources[i].token = RP_SLICE("t0ken");
	f->sources[200].token = RP_SLICE("another");
}

static void
a_token_that_is_refused_is_not_tried_for_every_source(void **state)
{
	static const int statuses[] = { 401, 402, 420 };
	struct fixture *f = *state;

	given_many_of_one_payer(f);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		memset(&f->http, 0, sizeof(f->http));
		REPLIES(f, { .url = "/s", .status = statuses[i], .body = "no" },
		        { .url = "/z/", .status = 200, .body = "page" });
		assert_int_equal(run(f), RP_OK);
		assert_int_equal(asked(f, "/s"), 1);
		assert_int_equal(f->sources[199].told.end, SOURCE_FAILED);
		assert_slice(f->sources[199].told.why,
		             "not asked: its token was refused to s000");
		assert_int_equal(f->sources[200].told.end, SOURCE_DONE);
	}
}

static void
the_budget_is_asked_before_each_request_and_told_what_came(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	fake_price = "x.post";
	f->budget = 250;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 2);
	assert_int_equal(f->reserved, 200);
	assert_int_equal(f->settled, 14);
	assert_slice(buf_slice(&f->ended), "a stopped: its budget would be passed\n");
	assert_slice(f->sources[0].state.cursor, "2");
}

static void
more_than_was_asked_for_is_told_and_counts(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	fake_price = "x.post";
	fake_units = 130;
	f->budget = 250;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->settled, 260);
	assert_slice(buf_slice(&f->ended),
	             "a stopped: its budget would be passed; 60 more of x.post came than "
	             "were asked for, and count\n");
}

static void
what_is_left_of_a_budget_is_spent_on_smaller_requests(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	fake_price = "x.post";
	fake_divides = true;
	f->budget = 160;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 3);
	assert_int_equal(f->reserved, 100 + 50 + 6);
	assert_int_equal(f->sources[0].told.end, SOURCE_DONE);
}

static void
a_request_that_broke_off_is_not_paid_for_twice(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	fake_pages = 1;
	REPLIES(f, { .url = "/1", .st = RP_RETRY_LATER, .words = "broken" },
	        { .url = "/1", .status = 200, .body = "page" });
	fake_price = "x.post";
	f->budget = 100;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->reserved, 100);
	assert_int_equal(f->sources[0].told.end, SOURCE_DONE);
}

static void
one_that_reached_nobody_costs_nothing(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f,
	        { .url = "/1", .st = RP_RETRY_LATER, .words = "closed", .unsent = true });
	fake_price = "x.post";
	f->budget = 100;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 4);
	assert_slice(buf_slice(&f->stored), "a cursor= no page\n");
	assert_int_equal(f->settled, 0);
}

static void
but_not_one_that_reached_somebody_once(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	REPLIES(f, { .url = "/1", .st = RP_RETRY_LATER, .words = "broken" },
	        { .url = "/1", .st = RP_RETRY_LATER, .words = "closed", .unsent = true });
	fake_price = "x.post";
	f->budget = 100;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 4);
	assert_int_equal(f->n_stored, 0);
}

static void
sources_of_one_token_take_turns(void **state)
{
	struct fixture *f = *state;

	given_many_of_one_payer(f);
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	f->config.n_sources = 3;
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->http.n_asked, 9);
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(f->http.asked[i].url[strlen("http://h/s00")],
		                 '0' + (int)(i % 3));
}

static void
given_a_secret(struct fixture *f)
{
	struct rp_slice token;
	struct rp_error err;

	assert_int_equal(setenv("RIPOSTE_TEST_TOKEN", "s3cret-c4nary", 1), 0);
	f->secrets = secrets_new();
	assert_non_null(f->secrets);
	assert_ok(secret_read(f->secrets, RP_SLICE("env:RIPOSTE_TEST_TOKEN"),
	                      RP_SLICE(""), &token, &err),
	          err);
	f->sources[0].token = token;
	f->options.secrets = f->secrets;
}

static void
our_own_secret_is_blotted_out_of_what_is_kept(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	given_a_secret(f);
	fake_pages = 1;
	REPLIES(f, { .url = "/",
	             .status = 200,
	             .body = "you are s3cret-c4nary!",
	             .header = "ETag",
	             .value = "s3cret-c4nary" });
	assert_int_equal(run(f), RP_OK);
	assert_string_equal(f->http.asked[0].secret, "s3cret-c4nary");
	assert_slice(buf_slice(&f->stored),
	             "a cursor=1 http://h/a/1 x [you are *************!]\n");
}

static void
an_answer_with_our_own_secret_in_pieces_is_not_kept(void **state)
{
	struct fixture *f = *state;
	static const char *const bodies[] = {
		"&#115;3cret-c4nary",
		"s3cret<wbr>-c4nary",
		"<p>s3cret-<b title='>'></b>c4nary</p>",
		"s3cret<!-- > -->-c4nary",
		"s3cret&shy;-c4nary",
		"s3cret\xe2\x80\x8b-c4nary",
		"{\"content\":\"s3cret\\u003cb\\u003e-c4nary\"}",
		"<description>s3cret&lt;i&gt;&lt;/i&gt;-c4n&amp;#97;ry</description>",
		"<a href=\"/?t=s3cret&#45;c4nary\">",
	};

	given_a_secret(f);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		given_sources(f, SOURCE("a"));
		f->sources[0].token = RP_SLICE("s3cret-c4nary");
		f->http.n_replies = f->http.n_asked = f->http.n_answered = 0;
		REPLIES(f, { .url = "/", .status = 200, .body = bodies[i] });
		assert_int_equal(run(f), RP_OK);
		if (f->n_stored > 0)
			fail_msg("kept: %s", bodies[i]);
		assert_int_equal(f->sources[0].told.end, SOURCE_FAILED);
	}
}

static void
what_is_like_our_own_secret_is_kept_where_none_was_sent(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a"));
	given_a_secret(f);
	f->sources[0].token = RP_SLICE("");
	fake_pages = 1;
	REPLIES(f, { .url = "/", .status = 200, .body = "s3cret<wbr>-c4nary" });
	assert_int_equal(run(f), RP_OK);
	assert_int_equal(f->n_stored, 1);
}

/* ---- a signal ------------------------------------------------------------------ */

static void
a_signal_stops_it_with_what_was_stored(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a") SOURCE("b") SOURCE("c"));
	f->options.side_by_side = 2;
	f->stop_after = 3;
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_END);
	assert_int_equal(f->n_stored, 3);
	assert_slice(buf_slice(&f->ended), "a stopped: stopped; goes on from there\n"
	                                   "b stopped: stopped; goes on from there\n");
	assert_int_equal(f->sources[2].told.began, RP_TIME_UNKNOWN);
}

static void
nor_does_it_wait_then_for_who_does_not_answer(void **state)
{
	struct fixture *f = *state;

	given_sources(f, SOURCE("a") SOURCE("b"));
	f->stop_after = 1;
	f->http.deaf_after = 1;
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_END);
}

static void
sources_are_side_by_side_but_not_all_at_once(void **state)
{
	struct fixture *f = *state;

	given_many_of_one_payer(f);
	for (size_t i = 0; i < f->config.n_sources; i++)
		f->sources[i].token = RP_SLICE("");
	f->http.deaf_after = 1;
	f->stop_after = 1;
	f->options.side_by_side = 4;
	REPLIES(f, { .url = "/", .status = 200, .body = "page" });
	assert_int_equal(run(f), RP_END);
	assert_int_equal(asked(f, "/1"), 4);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(each_page_is_stored_with_the_cursor_behind_it),
		SPEC(it_goes_on_from_the_cursor_of_the_archive),
		SPEC(but_not_from_one_that_another_collector_wrote),
		SPEC(a_source_without_end_ends_at_the_most_answers_of_a_run),
		SPEC(nothing_new_is_not_stored),
		SPEC(the_trouble_of_one_does_not_end_another),
		SPEC(a_request_that_fails_once_is_made_again_as_it_was),
		SPEC(one_that_never_works_ends_its_source_to_be_tried_later),
		SPEC(who_asks_us_to_come_back_in_an_hour_is_not_waited_for),
		SPEC(a_host_that_is_closed_for_longer_is_asked_when_it_says),
		SPEC(what_http_refuses_is_for_somebody_to_mend),
		SPEC(a_full_disk_ends_the_run),
		SPEC(so_does_memory_that_runs_out_when_a_source_begins),
		SPEC(what_a_site_asks_robots_to_leave_alone_is_left_alone),
		SPEC(a_site_is_asked_for_its_robots_txt_once),
		SPEC(however_well_the_last_run_went),
		SPEC(where_a_page_leads_to_its_site_is_asked_before),
		SPEC(a_source_that_ignores_robots_txt_is_led_anywhere),
		SPEC(without_an_answer_for_it_nothing_is_asked),
		SPEC(between_two_pages_of_a_site_there_is_the_time_it_wants),
		SPEC(who_wants_an_hour_between_two_pages_gets_it),
		SPEC(a_token_that_is_refused_is_not_tried_for_every_source),
		SPEC(the_budget_is_asked_before_each_request_and_told_what_came),
		SPEC(more_than_was_asked_for_is_told_and_counts),
		SPEC(what_is_left_of_a_budget_is_spent_on_smaller_requests),
		SPEC(a_request_that_broke_off_is_not_paid_for_twice),
		SPEC(one_that_reached_nobody_costs_nothing),
		SPEC(but_not_one_that_reached_somebody_once),
		SPEC(sources_of_one_token_take_turns),
		SPEC(our_own_secret_is_blotted_out_of_what_is_kept),
		SPEC(an_answer_with_our_own_secret_in_pieces_is_not_kept),
		SPEC(what_is_like_our_own_secret_is_kept_where_none_was_sent),
		SPEC(a_signal_stops_it_with_what_was_stored),
		SPEC(nor_does_it_wait_then_for_who_does_not_answer),
		SPEC(sources_are_side_by_side_but_not_all_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
