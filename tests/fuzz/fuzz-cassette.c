/*
 * Any bytes as a cassette: it is refused with a word, or every answer on it can be
 * recorded again and comes back the same.
 */
#include "core/net/cassette.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_options options;
static const struct http_request request = { .url = RP_LIT("http://h/a") };
static char first[] = "/tmp/riposte-fuzz-XXXXXX", second[] = "/tmp/riposte-fuzz-XXXXXX";

static void
require(bool truth)
{
	if (!truth)
		abort();
}

static void
remove_both(void)
{
	unlink(first);
	unlink(second);
}

static void
make_both(void)
{
	static bool made;

	if (!made)
		require(close(mkstemp(first)) == 0 && close(mkstemp(second)) == 0 &&
		        atexit(remove_both) == 0);
	made = true;
}

static void
write_first(const uint8_t *data, size_t size)
{
	FILE *file = fopen(first, "w");

	require(file != NULL && fwrite(data, 1, size, file) == size);
	require(fclose(file) == 0);
}

static void
require_same(const struct http_answer *a, const struct http_answer *b)
{
	require(a->status == b->status && a->at == b->at && a->hops == b->hops);
	require(a->cut == b->cut && a->unverified_end == b->unverified_end);
	require(rp_slice_eq(a->body, b->body) && a->n_headers == b->n_headers);
	require(sha256_eq(&a->certificate, &b->certificate));
}

/* Alone on a second cassette. */
static void
again(const struct http_answer *answer)
{
	CLEANUP(cassette_free) struct cassette *copy = NULL;
	struct cassette *written;
	struct http_answer back;
	struct rp_error err;

	require(cassette_record(rp_slice_str(second), &written, &err) == RP_OK);
	require(cassette_add(written, &options, &request, answer, NULL, &err) == RP_OK);
	cassette_free(written);
	require(cassette_play(rp_slice_str(second), &copy, &err) == RP_OK);
	require(cassette_answer(copy, &options, &request, &back, &err) == RP_OK);
	require_same(answer, &back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(cassette_free) struct cassette *cassette = NULL;
	struct rp_error err = { .status = RP_OK };
	struct http_answer answer;
	enum rp_status st;

	make_both();
	write_first(data, size);
	if (cassette_play(rp_slice_str(first), &cassette, &err) != RP_OK) {
		require(err.text[0] != '\0');
		return 0;
	}
	do {
		st = cassette_answer(cassette, &options, &request, &answer, &err);
		if (st == RP_OK)
			again(&answer);
		require(st == RP_OK || err.text[0] != '\0' || st == RP_RETRY_LATER);
	} while (st == RP_OK);
	return 0;
}
