/*
 * Posts of an account of Mastodon, page by page: whatever happens in between, every post
 * is seen.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"
#include "tests/support/random.h"

enum { POSTS_MOST = 3000 };

#define HOST "https://social.example"

enum link_form { LINKS, NO_LINKS, ODD_LINKS };

static struct timeline {
	uint64_t id[POSTS_MOST]; /* rising */
	bool held[POSTS_MOST];
	size_t n;
	size_t page;
	int links; /* enum link_form */
	bool ragged;
	int broken;
	bool locked, forgetful, long_pages;
	bool newest_first; /* min_id is taken for since_id */
	bool deaf;         /* and not even that */
} line;

/* Ids as Pixelfed makes them: from another beginning, and with more bits behind. */
static bool other_ids;
static const uint64_t other_beginning = UINT64_C(1549756800000);

static int64_t
made_at(uint64_t id)
{
	if (other_ids)
		return (int64_t)((id >> 22) + other_beginning) * 1000;
	return (int64_t)(id >> 16) * 1000;
}

static void
post_at(int64_t at)
{
	uint64_t id = other_ids ? ((uint64_t)(at / 1000) - other_beginning) << 22
	                        : (uint64_t)(at / 1000) << 16;

	assert_true(line.n < POSTS_MOST);
	if (line.n > 0 && id <= line.id[line.n - 1])
		id = line.id[line.n - 1] + 1;
	line.id[line.n++] = id;
}

static uint64_t
id_in(struct rp_slice url, const char *name, uint64_t otherwise)
{
	uint64_t id;

	return rp_slice_u64(parameter(url, name), &id) ? id : otherwise;
}

static void
write_status(struct rp_buf *out, uint64_t id, bool first)
{
	buf_printf(
		out,
		"%s{\"id\":\"%llu\",\"uri\":\"" HOST
		"/users/ana/statuses/%llu\",\"content\":\"<p>x</p>\",\"account\":{"
		"\"id\":\"7\",\"acct\":\"ana\",\"username\":\"ana\"},\"in_reply_to_id\":"
		"\"1\",\"created_at\":\"",
		first ? "" : ",", (unsigned long long)id, (unsigned long long)id);
	rp_time_write(out, made_at(id), RP_PRECISION_MS);
	buf_add_str(out, "\"}");
}

/* [from, until) of the timeline, newest first. */
static void
write_page(size_t from, size_t until, struct rp_buf *out)
{
	buf_add_byte(out, '[');
	for (size_t i = until; i > from; i--)
		write_status(out, line.id[i - 1], i == until);
	buf_add_byte(out, ']');
}

#define PAGE "<" HOST "/api/v1/accounts/7/statuses?limit=40&"

static const char *
links(size_t from, size_t until)
{
	static char header[500];
	unsigned long long last, first;

	if (from == until || line.links == NO_LINKS)
		return "";
	last = line.id[from];
	first = line.id[until - 1];
	if (line.links == LINKS)
		(void)snprintf(header, sizeof(header),
		               PAGE "max_id=%llu>; rel=\"next\", " PAGE
		                    "min_id=%llu>; rel=\"prev\"",
		               last, first);
	else
		(void)snprintf(header, sizeof(header),
		               PAGE "min_id=%llu> ;title=x; rel=prev\n" PAGE
		                    "max_id=%llu>;rel=next",
		               first, last);
	return header;
}

static void
serve_page(struct rp_slice url, struct reply *out)
{
	const uint64_t below = id_in(url, "max_id", UINT64_MAX);
	const uint64_t above = line.deaf ? 0 : id_in(url, "min_id", 0);
	const size_t most =
		line.ragged ? 2 + random_below((uint32_t)line.page) : line.page;
	size_t from = 0, until = line.n;

	while (from < line.n && line.id[from] <= above)
		from++;
	while (until > 0 && line.id[until - 1] >= below)
		until--;
	if (from > until)
		from = until;
	if (above > 0 && until - from > most && !line.newest_first)
		until = from + most;
	else if (until - from > most)
		from = until - most;
	write_page(from, until, &out->body);
	out->link = links(from, until);
}

static void
serve(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)request;
	if (line.long_pages && has(url, "limit=")) {
		out->cut = true;
		buf_add_str(&out->body, "[{\"id\":\"1\"");
	} else if (line.broken > 0) {
		line.broken--;
		out->status = 503;
		buf_add_str(&out->body, "<html>");
	} else if (line.locked) {
		out->status = 401;
		buf_add_str(&out->body, "{\"error\":\"This API requires an authenticated "
		                        "user\"}");
	} else if (line.forgetful && parameter(url, "limit").n > 0 && has(url, "_id")) {
		line.forgetful = false;
		out->status = 400;
		buf_add_str(&out->body, "{\"error\":\"bad id\"}");
	} else if (has(url, "/lookup?acct=ana")) {
		buf_add_str(&out->body,
		            "{\"id\":\"7\",\"acct\":\"ana\",\"username\":\"ana\","
		            "\"uri\":\"" HOST "/users/ana\"}");
	} else if (has(url, "/accounts/7/statuses")) {
		serve_page(url, out);
	} else {
		fail_msg("asked for %.*s", RP_FMT(url));
	}
}

static void
store(const struct fetch_taken *taken, struct rp_slice body)
{
	const struct rp_slice mark = RP_LIT("\"id\":\"");
	unsigned long long id;

	assert_slice(taken->format, "masto");
	while ((body = rp_slice_skip(body, rp_slice_find(body, mark))).n > 0) {
		body = rp_slice_skip(body, mark.n);
		id = strtoull(body.p, NULL, 10);
		for (size_t i = 0; i < line.n; i++)
			line.held[i] = line.held[i] || line.id[i] == id;
	}
}

/* Whatever is called covered was seen. */
static void
assert_seen(int64_t from, int64_t until)
{
	for (size_t i = 0; i < line.n; i++)
		if (!line.held[i] && made_at(line.id[i]) >= from &&
		    made_at(line.id[i]) < until)
			fail_msg("post %zu is covered and was not seen", i);
}

static void
begin(size_t posts, size_t page)
{
	memset(&line, 0, sizeof(line));
	line.page = page;
	loop_begin("masto");
	loop.serve = serve;
	loop.kept = store;
	loop.covered = assert_seen;
	set("instance", HOST);
	set("account", "@ana");
	for (size_t i = 0; i < posts; i++)
		post_at(NOW - (int64_t)(posts - i) * RP_HOUR);
}

static size_t
missed(void)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n; i++)
		n += !line.held[i];
	return n;
}

/* ---- specs ------------------------------------------------------------------ */

static void
the_first_run_goes_back_to_the_first_post(void **state)
{
	(void)state;
	for (int form = LINKS; form <= ODD_LINKS; form++) {
		begin(23, 5);
		line.links = form;
		assert_ok(run(0), loop.err);
		assert_int_equal(missed(), 0);
		assert_told("seen masto:@" HOST "/users/ana");
	}
}

static void
later_runs_read_forward_from_the_newest_post(void **state)
{
	(void)state;
	begin(23, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/"), 1); /* nothing is new: one question */
	assert_int_equal(times_asked("min_id="), 1);
	for (int i = 1; i < 18; i++)
		post_at(NOW + i * RP_MINUTE);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	assert_int_equal(times_asked("max_id="), 0);
}

/* Whatever a server makes of min_id, in one run or in many. */
static void
a_server_that_gives_its_newest_page_instead_is_read_downward(void **state)
{
	(void)state;
	for (unsigned way = 0; way < 6; way++) {
		begin(8, 5);
		assert_ok(run(0), loop.err);
		loop.now += RP_HOUR;
		for (int i = 1; i < 48; i++)
			post_at(NOW + i * RP_MINUTE);
		line.newest_first = way % 3 == 0;
		line.deaf = way % 3 == 1;
		line.links = way % 3 == 2 ? NO_LINKS : LINKS;
		for (int runs = 0; way >= 3 && runs < 20; runs++)
			(void)run(1);
		assert_ok(run(0), loop.err);
		assert_int_equal(missed(), 0);
		assert_ok(run(0), loop.err);
		assert_int_equal(times_asked("/"), 1);
	}
}

static void
a_newest_post_that_is_gone_is_no_end(void **state)
{
	(void)state;
	begin(8, 5);
	assert_ok(run(0), loop.err);
	line.n--;
	line.newest_first = true;
	loop.now += RP_HOUR;
	for (int i = 1; i < 18; i++)
		post_at(NOW + i * RP_MINUTE);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	line.n--;
	assert_ok(run(0), loop.err);
	assert_told("seen masto:@" HOST "/users/ana");
	assert_int_equal(times_asked("/"), 2);
}

static void
serve_nothing(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)url;
	(void)request;
	buf_add_str(&out->body, "[]");
}

static void
an_empty_list_where_there_was_one_proves_nothing(void **state)
{
	(void)state;
	begin(8, 5);
	assert_ok(run(0), loop.err);
	loop.serve = serve_nothing;
	assert_ok(run(0), loop.err);
	assert_int_equal(loop.told.n, 0);
}

static void
a_first_run_that_was_killed_goes_on_where_it_was(void **state)
{
	(void)state;
	begin(40, 5);
	set_number("since", "2026", NOW - 100 * RP_HOUR);
	assert_ok(run(4), loop.err);
	assert_told("not read yet");
	loop.now += RP_HOUR;
	post_at(NOW + 1000);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	assert_int_equal(times_asked("max_id="), 6);
}

static void
since_says_how_far_back_the_first_run_goes(void **state)
{
	(void)state;
	begin(40, 5);
	set_number("since", "2026", NOW - 12 * RP_HOUR);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 25);
}

static void
a_locked_instance_is_told_in_a_sentence(void **state)
{
	(void)state;
	begin(3, 5);
	line.locked = true;
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text), "only to those who have logged in"));
}

static void
a_place_that_the_server_forgot_means_from_the_top_again(void **state)
{
	(void)state;
	begin(30, 5);
	assert_ok(run(4), loop.err);
	line.forgetful = true;
	assert_ok(run(0), loop.err);
	assert_told("remark the server does not know");
	assert_int_equal(missed(), 0);
}

static void
an_id_of_the_future_does_not_become_the_newest(void **state)
{
	(void)state;
	begin(5, 5);
	line.id[line.n++] = (uint64_t)((NOW + 4000 * RP_DAY) / 1000) << 16;
	assert_ok(run(0), loop.err);
	line.n--;
	loop.now += RP_HOUR;
	post_at(NOW + 1000);
	line.held[line.n - 1] = false;
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
}

static void
ids_that_are_no_time_of_mastodons_are_as_good(void **state)
{
	(void)state;
	other_ids = true;
	begin(23, 5);
	assert_ok(run(0), loop.err);
	loop.now += RP_HOUR;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("/"), 1);
	for (int i = 1; i < 18; i++)
		post_at(NOW + i * RP_MINUTE);
	assert_ok(run(0), loop.err);
	assert_int_equal(missed(), 0);
	other_ids = false;
}

static void
serve_elsewhere(struct rp_slice url, const struct fetch_request *request,
                struct reply *out)
{
	serve(url, request, out);
	if (out->link[0] != '\0')
		out->link = "<https://evil.example/?max_id=1>; rel=\"next\", "
			    "<https://social.example.evil.example/?min_id=2>; rel=prev";
}

static void
a_page_that_is_too_long_is_told_with_the_setting_that_says_so(void **state)
{
	(void)state;
	begin(3, 5);
	line.long_pages = true;
	assert_int_equal(run(0), RP_BAD_SOURCE);
	assert_true(has(rp_slice_str(loop.err.text),
	                "social.example is longer than `max_body`"));
	assert_false(was_told("seen"));
}

static void
links_to_other_servers_are_not_followed(void **state)
{
	(void)state;
	begin(12, 5);
	loop.serve = serve_elsewhere;
	assert_ok(run(0), loop.err);
	assert_int_equal(times_asked("evil"), 0);
}

static void
nothing_is_missed_however_often_a_run_is_killed(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 150; round++) {
		random_state = round + 1;
		begin(random_below(60), 2 + random_below(8));
		line.links = (int)(round % 3);
		line.ragged = round % 4 == 1;
		for (int runs = 0; runs < 12; runs++) {
			loop.now += RP_HOUR;
			for (uint32_t i = random_below(12); i > 0; i--)
				post_at(loop.now - (int64_t)i * RP_SECOND);
			line.broken = random_below(5) == 0;
			line.forgetful = random_below(9) == 0;
			(void)run(1 + (unsigned)random_below(5));
		}
		line.broken = 0;
		assert_ok(run(0), loop.err);
		if (missed() > 0)
			fail_msg("round %u: %zu of %zu were missed", round, missed(),
			         line.n);
	}
}

static void
a_cursor_of_rubbish_is_none(void **state)
{
	static const char *const rubbish[] = {
		"masto 2\n",
		"masto 1\nback account:7 1 https://evil.example/\n",
		"masto 1\naccount ana 1795457914000000 ../../x masto:@x\n",
		"masto 1\ntop account:7 x y z\n",
		"\n\n\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rubbish) / sizeof(*rubbish); i++) {
		begin(12, 5);
		buf_add_str(&loop.cursor, rubbish[i]);
		assert_ok(run(0), loop.err);
		assert_int_equal(missed(), 0);
		assert_int_equal(times_asked("evil"), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_run_goes_back_to_the_first_post),
		cmocka_unit_test(later_runs_read_forward_from_the_newest_post),
		cmocka_unit_test(
			a_server_that_gives_its_newest_page_instead_is_read_downward),
		cmocka_unit_test(a_newest_post_that_is_gone_is_no_end),
		cmocka_unit_test(an_empty_list_where_there_was_one_proves_nothing),
		cmocka_unit_test(a_first_run_that_was_killed_goes_on_where_it_was),
		cmocka_unit_test(since_says_how_far_back_the_first_run_goes),
		cmocka_unit_test(a_locked_instance_is_told_in_a_sentence),
		cmocka_unit_test(a_place_that_the_server_forgot_means_from_the_top_again),
		cmocka_unit_test(ids_that_are_no_time_of_mastodons_are_as_good),
		cmocka_unit_test(an_id_of_the_future_does_not_become_the_newest),
		cmocka_unit_test(
			a_page_that_is_too_long_is_told_with_the_setting_that_says_so),
		cmocka_unit_test(links_to_other_servers_are_not_followed),
		cmocka_unit_test(nothing_is_missed_however_often_a_run_is_killed),
		cmocka_unit_test(a_cursor_of_rubbish_is_none),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	loop_done();
	return failed;
}
