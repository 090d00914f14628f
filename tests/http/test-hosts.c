/* How hosts are asked: limits, connections that are kept, TLS, proxies. */
#include "tests/http/evil-server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JSON "{\"data\":[1]}"

static void
add(struct http *http, const char *path, struct got *got)
{
	struct rp_error err = { 0 };
	char url[256];

	snprintf(url, sizeof(url), "%s%s", evil_at("base"), path);
	assert_ok(http_add(http, &(struct http_request){ .url = rp_slice_str(url) },
	                   got_it, got, &err),
	          err);
}

static struct http *
new_http(void)
{
	struct rp_error err = { 0 };
	struct http *http;

	assert_ok(http_new(&options, &http, &err), err);
	return http;
}

/* What the second request meets after the first one had this answer. */
static struct got
after(const char *path)
{
	struct got first = { .n = 0 }, second = { .n = 0 };
	struct http *http = new_http();

	add(http, path, &first);
	run_all(http);
	add(http, "/ok", &second);
	run_all(http);
	http_free(http);
	assert_int_equal(first.st, RP_OK);
	return second;
}

static void
a_host_that_says_when_is_not_asked_before(void **state) /* N13, T07 */
{
	static const struct {
		const char *path;
		int64_t least_s, most_s;
	} rows[] = {
		{ "/limit/seconds", 90, 100 },    { "/limit/retry", 90, 100 },
		{ "/limit/date", 50, 60 },        { "/limit/used", 990, 1000 },
		{ "/limit/years", 86390, 86400 }, { "/limit/ms", 86399, 86400 },
		{ "/limit/iso", 86390, 86400 },
	};

	(void)state;
	options.patience_ms = 100;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct got got = after(rows[i].path);
		const int64_t wait = got.err.retry_at - clock_now;

		assert_refused(&got, RP_RETRY_LATER, "asked again in");
		if (wait < rows[i].least_s * RP_SECOND ||
		    wait > rows[i].most_s * RP_SECOND)
			fail_msg("%s: %lld us", rows[i].path, (long long)wait);
	}
}

static void
a_host_that_does_not_say_is_left_alone_for_a_while(void **state) /* N13 */
{
	static const char *const paths[] = { "/limit/none", "/limit/past",
		                             "/limit/html", "/limit/garbage",
		                             "/limit/zero", "/limit/negative" };

	(void)state;
	options.patience_ms = 100;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct got got = after(paths[i]);
		const int64_t wait = got.err.retry_at - clock_now;

		assert_refused(&got, RP_RETRY_LATER, "");
		assert_true(wait > 0 && wait <= 2 * RP_SECOND);
	}
}

static void
limits_that_lie_block_nothing(void **state) /* N14 */
{
	static const char *const paths[] = { "/limit/huge", "/limit/missing",
		                             "/limit/minus" };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct got got = after(paths[i]);

		assert_answer(&got, 200, JSON);
	}
}

static void
requests_to_one_host_are_spaced(void **state) /* N14 */
{
	struct got got[3] = { 0 };
	struct http *http;
	const int64_t begin = rp_monotonic_ms();

	(void)state;
	options.spacing_ms = 150;
	options.patience_ms = 200;
	http = new_http();
	for (size_t i = 0; i < 3; i++)
		add(http, "/ok", &got[i]);
	run_all(http);
	http_free(http);
	for (size_t i = 0; i < 3; i++)
		assert_answer(&got[i], 200, JSON);
	assert_true(rp_monotonic_ms() - begin >= 300);
}

static void
a_short_limit_is_waited_for_inside(void **state)
{
	const int64_t begin = rp_monotonic_ms();
	const struct got got = after("/limit/none");

	(void)state;
	assert_answer(&got, 200, JSON);
	assert_true(rp_monotonic_ms() - begin >= 1000);
}

static void
hosts_are_asked_at_the_same_time_and_one_at_a_time_each(void **state)
{
	static const char *const names[] = { "base", "other-host", "other-port" };
	struct got got[3] = { 0 };
	struct http *http;
	const int64_t begin = rp_monotonic_ms();

	(void)state;
	options.total_ms = 800;
	http = new_http();
	for (size_t i = 0; i < 3; i++) {
		struct rp_error err = { 0 };
		char url[256];

		snprintf(url, sizeof(url), "%s/silence", evil_at(names[i]));
		assert_ok(http_add(http,
		                   &(struct http_request){ .url = rp_slice_str(url) },
		                   got_it, &got[i], &err),
		          err);
	}
	run_all(http);
	http_free(http);
	for (size_t i = 0; i < 3; i++)
		assert_refused(&got[i], RP_RETRY_LATER, "timed out");
	assert_true(rp_monotonic_ms() - begin < 2 * 800);
}

static void
a_kept_connection_that_is_gone_is_made_anew(void **state) /* N17 */
{
	struct got got[3] = { 0 };
	struct http *http = new_http();

	(void)state;
	for (size_t i = 0; i < 3; i++)
		add(http, "/drop", &got[i]);
	run_all(http);
	http_free(http);
	for (size_t i = 0; i < 3; i++)
		assert_answer(&got[i], 200, JSON);
}

static void
a_post_is_never_sent_twice(void **state) /* N17 */
{
	struct got got[2] = { 0 };
	struct http *http = new_http();
	struct rp_error err = { 0 };
	char url[256];

	(void)state;
	add(http, "/drop", &got[0]);
	snprintf(url, sizeof(url), "%s/drop", evil_at("base"));
	assert_ok(http_add(http,
	                   &(struct http_request){ .url = rp_slice_str(url),
	                                           .post = RP_SLICE("a=1") },
	                   got_it, &got[1], &err),
	          err);
	run_all(http);
	http_free(http);
	assert_answer(&got[1], 200, JSON);
	assert_int_equal(evil_logged("127.0.0.1", "POST /drop"), 1);
}

static void
certificates_are_noted(void **state) /* N15 */
{
	static const struct sha256 none;
	struct got got[2];

	(void)state;
	got[0] = get_from("tls", "/ok");
	got[1] = get_from("tls", "/ok");
	assert_answer(&got[0], 200, JSON);
	assert_false(sha256_eq(&got[0].answer.certificate, &none));
	assert_true(sha256_eq(&got[0].answer.certificate, &got[1].answer.certificate));
}

static void
certificates_are_known_of_connections_that_were_kept(void **state) /* N15 */
{
	struct got got[2] = { 0 };
	struct http *http = new_http();
	struct rp_error err = { 0 };
	char url[128];

	(void)state;
	snprintf(url, sizeof(url), "%s/ok", evil_at("tls"));
	for (size_t i = 0; i < 2; i++)
		assert_ok(http_add(http,
		                   &(struct http_request){ .url = rp_slice_str(url) },
		                   got_it, &got[i], &err),
		          err);
	run_all(http);
	http_free(http);
	assert_answer(&got[1], 200, JSON);
	assert_true(sha256_eq(&got[0].answer.certificate, &got[1].answer.certificate));
}

static void
certificates_that_are_wrong_are_refused(void **state) /* N15 */
{
	static const char *const names[] = { "expired", "wrong-host", "self-signed",
		                             "tls10" };
	struct got got;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		got = get_from(names[i], "/ok");
		assert_int_equal(got.st, RP_BAD_SOURCE);
	}
	options.ca = RP_SLICE("");
	got = get_from("tls", "/ok");
	assert_refused(&got, RP_BAD_SOURCE, "certificate");
	assert_int_equal(evil_logged("127.0.0.1", "GET /ok"), 4);
}

static void
a_wrong_clock_is_named_where_it_makes_certificates_bad(void **state) /* T03 */
{
	struct got got;

	(void)state;
	clock_now = 0;
	got = get_from("expired", "/ok");
	assert_refused(&got, RP_BAD_SOURCE, "the clock of this machine is wrong");
}

static void
proxies_of_the_environment_count_for_nothing(void **state) /* N18 */
{
	struct got got;

	(void)state;
	setenv("http_proxy", evil_at("closed"), 1);
	setenv("https_proxy", evil_at("closed"), 1);
	setenv("ALL_PROXY", evil_at("closed"), 1);
	got = get("/ok");
	assert_answer(&got, 200, JSON);
	got = get_from("tls", "/ok");
	assert_answer(&got, 200, JSON);
	setenv("NO_PROXY", "*", 1);
	options.proxy = rp_slice_str(evil_at("closed"));
	got = get("/ok");
	assert_refused(&got, RP_RETRY_LATER, "onnect");
	options.proxy = rp_slice_str(evil_at("base"));
	got = ask((struct http_request){ .url = RP_SLICE("http://paper.example/") });
	assert_answer(&got, 404, "{}");
	assert_int_equal(evil_logged("127.0.0.1", "GET http://paper.example/"), 1);
	unsetenv("http_proxy");
	unsetenv("https_proxy");
	unsetenv("ALL_PROXY");
	unsetenv("NO_PROXY");
}

static void
what_is_under_way_can_be_left(void **state)
{
	struct got got = { .n = 0 };
	struct http *http = new_http();
	struct rp_error err = { 0 };

	(void)state;
	add(http, "/silence", &got);
	add(http, "/ok", &got);
	assert_int_equal(http_run(http, 100, &err), RP_OK);
	http_free(http);
	assert_int_equal(got.n, 0);
}

static void
what_was_recorded_is_answered_again_without_the_host(void **state)
{
	char tape[] = "/tmp/riposte-tape-XXXXXX";
	struct got first, again, failed, cut;

	(void)state;
	assert_int_equal(close(mkstemp(tape)), 0);
	options.record = rp_slice_str(tape);
	first = get("/date?Sat,_01_Jan_2000_00:00:00_GMT");
	options.record = RP_SLICE("");
	options.replay = rp_slice_str(tape);
	again = get("/date?Sat,_01_Jan_2000_00:00:00_GMT");
	assert_answer(&again, 200, "{}");
	assert_string_equal(first.headers, again.headers);
	assert_int_equal(first.answer.wire_bytes, again.answer.wire_bytes);
	assert_int_equal(evil_logged("127.0.0.1", "GET /date"), 1);
	options.replay = RP_SLICE("");

	options.record = rp_slice_str(tape);
	cut = get("/half");
	options.record = RP_SLICE("");
	options.replay = rp_slice_str(tape);
	failed = get("/half");
	assert_int_equal(cut.st, failed.st);
	assert_string_equal(cut.err.text, failed.err.text);
	unlink(tape);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(certificates_are_noted),
		SPEC(certificates_are_known_of_connections_that_were_kept),
		SPEC(certificates_that_are_wrong_are_refused),
		SPEC(a_wrong_clock_is_named_where_it_makes_certificates_bad),
		SPEC(a_host_that_says_when_is_not_asked_before),
		SPEC(a_host_that_does_not_say_is_left_alone_for_a_while),
		SPEC(limits_that_lie_block_nothing),
		SPEC(requests_to_one_host_are_spaced),
		SPEC(a_short_limit_is_waited_for_inside),
		SPEC(hosts_are_asked_at_the_same_time_and_one_at_a_time_each),
		SPEC(a_kept_connection_that_is_gone_is_made_anew),
		SPEC(a_post_is_never_sent_twice),
		SPEC(proxies_of_the_environment_count_for_nothing),
		SPEC(what_is_under_way_can_be_left),
		SPEC(what_was_recorded_is_answered_again_without_the_host),
	};

	return cmocka_run_group_tests(tests, evil_start, evil_stop);
}
