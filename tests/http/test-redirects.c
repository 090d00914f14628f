#include "tests/http/evil-server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON "{\"data\":[1]}"

static void
an_address_that_moved_is_followed_where_that_is_allowed(void **state)
{
	const int64_t begin = rp_monotonic_ms();
	const struct got followed = follow("base", "/chain/5", NULL);
	const int64_t took = rp_monotonic_ms() - begin;
	const struct got mixed = follow("base", "/to?/chain/1", NULL);
	const struct got kept = get("/chain/5");

	(void)state;
	assert_answer(&followed, 200, JSON);
	assert_int_equal(followed.answer.hops, 5);
	/* Nothing is waited for between hops. */
	assert_true(took < 1000);
	assert_true(followed.answer.moved_for_good);
	assert_non_null(strstr(followed.url, "/chain/0"));
	assert_answer(&mixed, 200, JSON);
	assert_false(mixed.answer.moved_for_good);
	assert_answer(&kept, 301, "");
	assert_false(kept.answer.moved_for_good);
}

static void
a_redirect_to_nowhere_is_an_answer(void **state) /* N12 */
{
	const struct got got = follow("base", "/nowhere", NULL);

	(void)state;
	assert_answer(&got, 301, "{}");
}

static void
only_addresses_of_the_web_are_followed(void **state) /* S01 */
{
	static const char *const paths[] = {
		"/to?file:///etc/passwd",
		"/to?gopher://127.0.0.1/1",
		"/to?ftp://127.0.0.1/",
		"/to?dict://127.0.0.1:11211/stat",
		"/to?data:text/html,x",
		"/to?http://user:password@127.0.0.1/",
		"/to?http://",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct got got = follow("base", paths[i], NULL);

		assert_refused(&got, RP_BAD_SOURCE, "no address of http or https");
		assert_null(strstr(got.err.text, "password"));
	}
}

static void
circles_and_long_ways_end(void **state) /* S06 */
{
	const struct got circle = follow("base", "/loop", NULL);
	const struct got far = follow("base", "/chain/6", NULL);

	(void)state;
	assert_refused(&circle, RP_BAD_SOURCE, "in a circle");
	assert_refused(&far, RP_BAD_SOURCE, "more than 5 redirects");
}

static struct got
with_headers(const char *path, const char *secret)
{
	const struct http_header headers[] = {
		{ RP_LIT("X-Api-Key"), RP_LIT("canary-of-a-header") },
		{ RP_LIT("If-None-Match"), RP_LIT("\"etag\"") },
	};
	char url[256];

	snprintf(url, sizeof(url), "%s%s", evil_at("base"), path);
	return ask((struct http_request){ .url = rp_slice_str(url),
	                                  .headers = headers,
	                                  .n_headers = 2,
	                                  .secret = rp_slice_str(secret),
	                                  .redirects = true });
}

static void
a_secret_never_reaches_another_host_or_port(void **state) /* S05 */
{
	const struct got host = with_headers("/to/other-host?/ok", "canary-1");
	const struct got port = with_headers("/to/other-port?/ok", "canary-1");
	const char *second = evil_at("other-port") + strlen("http://");

	(void)state;
	assert_answer(&host, 200, JSON);
	assert_answer(&port, 200, JSON);
	assert_int_equal(evil_logged("127.0.0.1", "Bearer canary-1"), 2);
	assert_int_equal(evil_logged("127.0.0.2", "If-None-Match"), 1);
	assert_int_equal(evil_logged("127.0.0.2", "canary"), 0);
	assert_int_equal(evil_logged(second, "GET /ok"), 1);
	assert_int_equal(evil_logged(second, "canary"), 0);
}

static void
a_secret_goes_with_a_redirect_at_home(void **state) /* S05 */
{
	const struct got got = follow("base", "/to?/echo", "canary-2");

	(void)state;
	assert_int_equal(got.st, RP_OK);
	assert_non_null(strstr(got.headers, "X-Echo: canary-2\n"));
}

static void
a_secret_in_the_address_of_another_host_is_not_followed(void **state) /* S05, S11 */
{
	const struct got got = follow("base", "/echo/redirect", "canary-3");

	(void)state;
	assert_refused(&got, RP_BAD_SOURCE, "with the secret in the address");
	assert_null(strstr(got.err.text, "canary"));
	assert_int_equal(evil_logged("127.0.0.2", "canary-3"), 0);
}

static void
https_never_becomes_http_with_a_secret(void **state) /* S04 */
{
	char path[256];
	struct got got;

	(void)state;
	snprintf(path, sizeof(path), "/to?%s/ok", evil_at("base"));
	got = follow("tls", path, "canary-4");
	assert_refused(&got, RP_BAD_SOURCE, "from https to http, with a secret");
	assert_int_equal(evil_logged("127.0.0.1", "GET /ok"), 0);

	got = follow("tls", path, NULL);
	assert_answer(&got, 200, JSON);
	assert_non_null(strstr(got.url, "http://127"));
}

/* Private addresses in all their spellings, asked for and redirected to. */
static const char *const private_urls[] = {
	"http://127.0.0.1/",
	"http://localhost/",
	"http://[::1]/",
	"http://[::ffff:127.0.0.1]/",
	"http://0x7f.1/",
	"http://2130706433/",
	"http://0177.0.0.1/",
	"http://0/",
	"http://10.1.2.3/",
	"http://172.16.0.1/",
	"http://192.168.1.1/",
	"http://169.254.169.254/latest/meta-data/",
	"http://[fe80::1]/",
	"http://[fc00::1]/",
	"http://100.64.0.1/",
	"http://224.0.0.1/",
	"http://[64:ff9b::7f00:1]/",
};

static void
private_addresses_are_refused_when_the_socket_opens(void **state) /* S02, S03 */
{
	(void)state;
	options.allow_private = false;
	for (size_t i = 0; i < sizeof(private_urls) / sizeof(*private_urls); i++) {
		const struct got got = ask(
			(struct http_request){ .url = rp_slice_str(private_urls[i]) });

		if (got.st != RP_BAD_SOURCE)
			fail_msg("%s: %d %s", private_urls[i], (int)got.st, got.err.text);
		assert_refused(&got, RP_BAD_SOURCE, "private network");
	}
}

static void
an_address_with_a_password_is_not_asked_and_not_shown(void **state) /* S07 */
{
	const struct got got = ask((struct http_request){
		.url = RP_SLICE("http://ana:canary-5@127.0.0.1/") });

	(void)state;
	assert_refused(&got, RP_BAD_USAGE, "user or password");
	assert_null(strstr(got.err.text, "canary-5"));
}

static void
what_is_no_address_of_the_web_is_not_asked(void **state)
{
	static const char *const urls[] = {
		"",        "example.org/", "file:///etc/passwd",
		"http://", "ftp://h/",     "http://a b/"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		const struct got got =
			ask((struct http_request){ .url = rp_slice_str(urls[i]) });

		assert_int_equal(got.st, RP_BAD_USAGE);
	}
}

static char logged[4096];

static void
keep_log(void *context, const char *line)
{
	(void)context;
	snprintf(logged + strlen(logged), sizeof(logged) - strlen(logged), "%s\n", line);
}

static size_t
blot(void *context, char *text, size_t n)
{
	size_t places = 0;

	(void)context;
	for (size_t i = 0; i + 6 <= n; i++)
		if (memcmp(text + i, "canary", 6) == 0) {
			memset(text + i, '*', 6);
			places++;
		}
	return places;
}

static void
secrets_are_masked_in_logs_and_addresses(void **state) /* S07 */
{
	struct got got;

	(void)state;
	logged[0] = '\0';
	options.log = keep_log;
	options.mask = blot;
	got = follow("base", "/to?/ok%3Fkey=canary", NULL);
	got = follow("base", "/ok?key=canary", NULL);
	assert_answer(&got, 200, JSON);
	assert_non_null(strstr(got.url, "/ok?key=******"));
	assert_non_null(strstr(logged, "/ok?key=******: 200, 12 bytes"));
	assert_null(strstr(logged, "canary"));
}

static void
a_header_with_a_line_end_is_not_sent(void **state) /* S10 */
{
	const struct http_header header = { RP_LIT("X-A"), RP_LIT("b\r\nX-Evil: c") };
	const struct got split =
		ask((struct http_request){ .url = RP_SLICE("http://127.0.0.1/"),
	                                   .headers = &header,
	                                   .n_headers = 1 });
	const struct got secret = ask((struct http_request){
		.url = RP_SLICE("http://127.0.0.1/"), .secret = RP_SLICE("a\nb") });

	(void)state;
	assert_refused(&split, RP_BAD_USAGE, "line end");
	assert_refused(&secret, RP_BAD_USAGE, "line end");
}

static void
cookies_are_forgotten(void **state) /* S14 */
{
	struct got got = { .n = 0 };
	struct rp_error err = { 0 };
	struct http *http;
	char url[256];

	(void)state;
	assert_ok(http_new(&options, &http, &err), err);
	for (int i = 0; i < 2; i++) {
		snprintf(url, sizeof(url), "%s/cookie%s", evil_at("base"),
		         i ? "/back" : "");
		assert_ok(http_add(http,
		                   &(struct http_request){ .url = rp_slice_str(url) },
		                   got_it, &got, &err),
		          err);
		run_all(http);
	}
	http_free(http);
	assert_answer(&got, 200, "");
	assert_int_equal(evil_logged("127.0.0.1", "Cookie:"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(an_address_that_moved_is_followed_where_that_is_allowed),
		SPEC(https_never_becomes_http_with_a_secret),
		SPEC(a_redirect_to_nowhere_is_an_answer),
		SPEC(only_addresses_of_the_web_are_followed),
		SPEC(circles_and_long_ways_end),
		SPEC(a_secret_never_reaches_another_host_or_port),
		SPEC(a_secret_goes_with_a_redirect_at_home),
		SPEC(a_secret_in_the_address_of_another_host_is_not_followed),
		SPEC(private_addresses_are_refused_when_the_socket_opens),
		SPEC(an_address_with_a_password_is_not_asked_and_not_shown),
		SPEC(what_is_no_address_of_the_web_is_not_asked),
		SPEC(secrets_are_masked_in_logs_and_addresses),
		SPEC(a_header_with_a_line_end_is_not_sent),
		SPEC(cookies_are_forgotten),
	};

	return cmocka_run_group_tests(tests, evil_start, evil_stop);
}
