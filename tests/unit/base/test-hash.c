/* Hashes that others can compute too, of bytes that come in whatever pieces. */
#include "core/base/hash.h"
#include "tests/support/spec.h"

/* NIST's own examples. */
static const struct {
	const char *bytes, *hex;
} known[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static void
sha256_is_what_everybody_calls_so(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct sha256 hash = sha256_of(rp_slice_str(known[i].bytes));
		char hex[SHA256_HEX + 1];

		sha256_hex(&hash, hex);
		assert_string_equal(hex, known[i].hex);
	}
}

enum { BYTES = 3000 };
static char bytes[BYTES];

static void
pieces_hash_like_the_whole_whatever_their_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < BYTES; i++)
		bytes[i] = (char)(i * 131 >> 3);
	for (size_t n = 0; n <= BYTES; n += n < 300 ? 1 : 97)
		for (size_t piece = 1; piece < 600; piece = piece * 3 + 1) {
			const struct rp_slice whole = rp_slice_from(bytes, n);
			const struct sha256 expected = sha256_of(whole);
			struct sha256_stream sha256;
			struct hash_stream xxh3;
			struct sha256 got;

			sha256_stream_init(&sha256);
			hash_stream_init(&xxh3);
			for (size_t at = 0; at < n; at += piece) {
				struct rp_slice part = rp_slice_skip(whole, at);

				part.n = part.n < piece ? part.n : piece;
				sha256_stream_add(&sha256, part);
				hash_stream_add(&xxh3, part);
			}
			got = sha256_stream_peek(&sha256);
			assert_true(sha256_eq(&got, &expected));
			assert_true(hash_stream_end(&xxh3) == hash_stable(whole));
		}
}

static void
a_look_in_between_changes_nothing(void **state)
{
	CLEANUP(sha256_stream_free) struct sha256_stream *stream = sha256_stream_new();
	struct sha256 expected = sha256_of(RP_SLICE("ab")), got;

	(void)state;
	assert_non_null(stream);
	sha256_stream_add(stream, RP_SLICE("ab"));
	got = sha256_stream_peek(stream);
	assert_true(sha256_eq(&got, &expected));
	sha256_stream_add(stream, RP_SLICE("c"));
	expected = sha256_of(RP_SLICE("abc"));
	got = sha256_stream_peek(stream);
	assert_true(sha256_eq(&got, &expected));
}

/* It is stored: the same everywhere and forever. */
static void
the_stable_hash_is_xxh3(void **state)
{
	(void)state;
	assert_true(hash_stable(RP_SLICE("")) == UINT64_C(0x2d06800538d394c2));
	assert_true(hash_stable(RP_SLICE("abc")) == UINT64_C(0x78af5f94892f3950));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_is_what_everybody_calls_so),
		cmocka_unit_test(pieces_hash_like_the_whole_whatever_their_size),
		cmocka_unit_test(a_look_in_between_changes_nothing),
		cmocka_unit_test(the_stable_hash_is_xxh3),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
