#include "core/net/cassette.h"

#include "core/base/file.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/riposte-cassette-XXXXXX";

static int
make_path(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int
remove_path(void **state)
{
	(void)state;
	return unlink(path);
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

static const struct http_options options = { .mask = blot };

static struct http_request
get(const char *url)
{
	return (struct http_request){ .url = rp_slice_str(url) };
}

static struct http_answer
answer_of(struct rp_slice url, const char *body)
{
	return (struct http_answer){ .status = 200,
		                     .url = url,
		                     .body = rp_slice_str(body),
		                     .at = INT64_C(1737547200000000) };
}

/* A cassette with these, each answered with its body. */
static void
record(const struct http_request *requests, const char *const *bodies, size_t n)
{
	struct cassette *cassette;
	struct rp_error err = { 0 };

	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	for (size_t i = 0; i < n; i++) {
		const struct http_answer answer = answer_of(requests[i].url, bodies[i]);

		assert_ok(cassette_add(cassette, &options, &requests[i], &answer, NULL,
		                       &err),
		          err);
	}
	cassette_free(cassette);
}

static struct cassette *
play(void)
{
	struct cassette *cassette;
	struct rp_error err = { 0 };

	assert_ok(cassette_play(rp_slice_str(path), &cassette, &err), err);
	return cassette;
}

static void
assert_body(struct cassette *cassette, struct http_request request, const char *body)
{
	struct http_answer answer;
	struct rp_error err = { 0 };

	assert_ok(cassette_answer(cassette, &options, &request, &answer, &err), err);
	assert_slice(answer.body, body);
}

static void
assert_missing(struct cassette *cassette, struct http_request request, const char *words)
{
	struct http_answer answer;
	struct rp_error err = { 0 };

	assert_int_equal(cassette_answer(cassette, &options, &request, &answer, &err),
	                 RP_BAD_SOURCE);
	if (strstr(err.text, words) == NULL)
		fail_msg("%s", err.text);
}

static void
everything_of_an_answer_comes_back(void **state)
{
	const struct http_header headers[] = { { RP_LIT("ETag"), RP_LIT("W/\"a: b\"") },
		                               { RP_LIT("X-Empty"), RP_LIT("") } };
	const struct http_request request = get("https://h.example/a");
	const struct http_answer told = {
		.status = 404,
		.url = RP_SLICE("https://h.example/b"),
		.hops = 2,
		.moved_for_good = true,
		.headers = headers,
		.n_headers = 2,
		.body = RP_SLICE("\nask GET x\nbody 3\n\0\xff"),
		.wire_bytes = 77,
		.cut = true,
		.unverified_end = true,
		.at = 1,
		.address = "192.0.2.7",
		.certificate = sha256_of(RP_SLICE("x")),
	};
	struct cassette *cassette;
	struct http_answer answer;
	struct rp_error err = { 0 };
	struct stat about;

	(void)state;
	unlink(path);
	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	assert_ok(cassette_add(cassette, &options, &request, &told, NULL, &err), err);
	cassette_free(cassette);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);

	cassette = play();
	assert_ok(cassette_answer(cassette, &options, &request, &answer, &err), err);
	assert_int_equal(answer.status, 404);
	assert_slice(answer.url, "https://h.example/b");
	assert_int_equal(answer.hops, 2);
	assert_true(answer.moved_for_good && answer.cut && answer.unverified_end);
	assert_int_equal(answer.n_headers, 2);
	assert_slice(http_header(&answer, "etag"), "W/\"a: b\"");
	assert_slice(http_header(&answer, "x-empty"), "");
	assert_true(rp_slice_eq(answer.body, told.body));
	assert_int_equal(answer.wire_bytes, 77);
	assert_int_equal(answer.at, 1);
	assert_string_equal(answer.address, "192.0.2.7");
	assert_true(sha256_eq(&answer.certificate, &told.certificate));
	cassette_free(cassette);
}

static void
the_same_request_is_answered_in_order(void **state)
{
	const struct http_request requests[] = { get("http://h/a"), get("http://h/b"),
		                                 get("http://h/a"), get("http://h/a") };
	static const char *const bodies[] = { "1", "2", "3", "" };
	struct cassette *cassette;

	(void)state;
	record(requests, bodies, 4);
	cassette = play();
	assert_body(cassette, requests[0], "1");
	assert_body(cassette, requests[0], "3");
	assert_body(cassette, requests[1], "2");
	assert_body(cassette, requests[0], "");
	assert_missing(cassette, requests[0],
	               "not on the cassette so often: ask GET http://h/a");
	cassette_free(cassette);
}

static void
what_was_not_recorded_fails_by_name(void **state)
{
	const struct http_request request = get("http://h/a");
	const char *const body = "1";
	struct cassette *cassette;

	(void)state;
	record(&request, &body, 1);
	cassette = play();
	assert_missing(cassette, get("http://h/b"),
	               "not on the cassette: ask GET http://h/b");
	cassette_free(cassette);
}

static void
what_was_posted_tells_requests_apart(void **state)
{
	struct http_request requests[] = { get("http://h/a"), get("http://h/a"),
		                           get("http://h/a") };
	static const char *const bodies[] = { "1", "2", "3" };
	struct cassette *cassette;

	(void)state;
	requests[1].post = RP_SLICE("x");
	requests[2].post = RP_SLICE("y");
	record(requests, bodies, 3);
	cassette = play();
	assert_body(cassette, requests[2], "3");
	assert_body(cassette, requests[1], "2");
	assert_body(cassette, requests[0], "1");
	cassette_free(cassette);
}

static void
failures_come_back_as_failures(void **state)
{
	const struct http_request request = get("http://h/a");
	struct rp_error told = { .status = RP_RETRY_LATER, .text = "too slow" },
			err = { 0 };
	struct cassette *cassette;
	struct http_answer answer;

	(void)state;
	told.retry_at = 42;
	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	assert_ok(cassette_add(cassette, &options, &request, NULL, &told, &err), err);
	told = (struct rp_error){ .status = RP_BAD_SOURCE, .text = "no HTTP" };
	assert_ok(cassette_add(cassette, &options, &request, NULL, &told, &err), err);
	cassette_free(cassette);

	cassette = play();
	assert_int_equal(cassette_answer(cassette, &options, &request, &answer, &err),
	                 RP_RETRY_LATER);
	assert_string_equal(err.text, "too slow");
	assert_int_equal(err.retry_at, 42);
	assert_int_equal(cassette_answer(cassette, &options, &request, &answer, &err),
	                 RP_BAD_SOURCE);
	assert_string_equal(err.text, "no HTTP");
	cassette_free(cassette);
}

static void
secrets_are_not_on_it(void **state) /* S07, S11, S12 */
{
	const struct http_header header = { RP_LIT("X-Echo"), RP_LIT("canary") };
	struct http_request request = get("http://h/a?key=canary");
	struct http_answer answer = answer_of(request.url, "{\"token\":\"canary\"}");
	struct rp_error err = { 0 };
	struct cassette *cassette;
	CLEANUP(buf_done) struct rp_buf bytes;

	(void)state;
	buf_init(&bytes, 4096);
	request.secret = RP_SLICE("canary");
	request.headers = &header;
	request.n_headers = 1;
	answer.headers = &header;
	answer.n_headers = 1;
	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	assert_ok(cassette_add(cassette, &options, &request, &answer, NULL, &err), err);
	cassette_free(cassette);
	assert_ok(file_read(path, &bytes, &err), err);
	assert_int_equal(rp_slice_find(buf_slice(&bytes), RP_SLICE("canary")), bytes.n);

	cassette = play();
	assert_body(cassette, request, "{\"token\":\"******\"}");
	cassette_free(cassette);
}

static void
write_bytes(const char *bytes, size_t n)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fwrite(bytes, 1, n, file);
	fclose(file);
}

static void
a_cassette_that_breaks_off_anywhere_is_told(void **state)
{
	const struct http_request request = get("http://h/a");
	const char *const body = "12345";
	struct rp_error err = { 0 };
	struct cassette *cassette;
	CLEANUP(buf_done) struct rp_buf bytes;

	(void)state;
	buf_init(&bytes, 4096);
	record(&request, &body, 1);
	assert_ok(file_read(path, &bytes, &err), err);
	for (size_t n = 0; n < bytes.n; n++) {
		enum rp_status st;

		write_bytes(bytes.p, n);
		st = cassette_play(rp_slice_str(path), &cassette, &err);
		if (st == RP_OK)
			cassette_free(cassette);
		/* Nothing but the first line is an empty cassette. */
		if (st != RP_CORRUPT && st != RP_BAD_CONFIG && n > 19)
			fail_msg("%zu bytes: %d", n, (int)st);
	}
}

static void
what_is_no_cassette_is_not_played(void **state)
{
	struct rp_error err = { 0 };
	struct cassette *cassette;

	(void)state;
	write_bytes("{\"a\":1}\n", 8);
	assert_int_equal(cassette_play(rp_slice_str(path), &cassette, &err),
	                 RP_BAD_CONFIG);
	assert_int_equal(cassette_play(RP_SLICE("/tmp/none/none"), &cassette, &err),
	                 RP_BAD_CONFIG);
	assert_int_equal(cassette_record(RP_SLICE("/tmp/none/none"), &cassette, &err),
	                 RP_FAILED);
}

static void
what_is_no_cassette_is_not_recorded_over(void **state)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	struct rp_error err = { 0 };
	struct cassette *cassette;

	(void)state;
	buf_init(&bytes, 1000);
	write_bytes("root:x:0:0:root:/root:/bin/sh\n", 30);
	assert_int_equal(cassette_record(rp_slice_str(path), &cassette, &err),
	                 RP_BAD_CONFIG);
	assert_ok(file_read(path, &bytes, &err), err);
	assert_slice(buf_slice(&bytes), "root:x:0:0:root:/root:/bin/sh\n");
	write_bytes("", 0);
	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	cassette_free(cassette);
	assert_ok(cassette_record(rp_slice_str(path), &cassette, &err), err);
	cassette_free(cassette);
}

static void
keep_body(void *context, enum rp_status st, const struct http_answer *answer,
          const struct rp_error *err)
{
	if (st != RP_OK)
		fail_msg("%s", err->text);
	snprintf(context, 16, "%.*s", RP_FMT(answer->body));
}

static void
http_answers_from_it_without_a_network(void **state)
{
	const struct http_request request = get("http://nobody.invalid/a");
	const char *const body = "1";
	const struct http_options replay = { .replay = rp_slice_str(path) };
	struct rp_error err = { 0 };
	struct http *http;
	char got[16] = "";

	(void)state;
	record(&request, &body, 1);
	assert_ok(http_new(&replay, &http, &err), err);
	assert_ok(http_add(http, &request, keep_body, got, &err), err);
	assert_int_equal(http_run(http, 1000, &err), RP_OK);
	assert_int_equal(http_run(http, 1000, &err), RP_END);
	assert_string_equal(got, "1");
	http_free(http);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_of_an_answer_comes_back),
		cmocka_unit_test(the_same_request_is_answered_in_order),
		cmocka_unit_test(what_was_not_recorded_fails_by_name),
		cmocka_unit_test(what_was_posted_tells_requests_apart),
		cmocka_unit_test(failures_come_back_as_failures),
		cmocka_unit_test(secrets_are_not_on_it),
		cmocka_unit_test(a_cassette_that_breaks_off_anywhere_is_told),
		cmocka_unit_test(what_is_no_cassette_is_not_played),
		cmocka_unit_test(what_is_no_cassette_is_not_recorded_over),
		cmocka_unit_test(http_answers_from_it_without_a_network),
	};

	return cmocka_run_group_tests(tests, make_path, remove_path);
}
