/*
 * Any bytes as what the index of the Wayback Machine says: copies have a time and an
 * address that can be asked for, and those of a post are of that post.
 */
#include "core/base/ascii.h"
#include "core/base/url.h"
#include "core/collect/fetch-wayback.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct rp_slice key = RP_LIT("x:1881923570458304780");

static void
require(bool truth)
{
	if (!truth)
		abort();
}

static void
check_copy(struct arena *arena, const struct wayback_copy *copy, bool of_post)
{
	CLEANUP(buf_done) struct rp_buf url;
	struct url_meaning meaning;

	buf_init(&url, 1 << 24);
	wayback_copy_url(&url, RP_SLICE("https://w.example"), copy);
	require(!buf_failed(&url));
	for (size_t i = 0; i < url.n; i++)
		require((unsigned char)url.p[i] > ' ' && (unsigned char)url.p[i] < 0x7f);
	require(ascii_digits(copy->timestamp) == WAYBACK_DIGITS);
	if (of_post)
		require(url_meaning(arena, copy->original, &meaning) &&
		        rp_slice_eq(meaning.key, key));
}

static void
check_list(struct rp_slice bytes, struct rp_slice wanted)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(64 << 20);
	struct wayback_list list = { .n = 0 };
	struct rp_error err;

	if (wayback_read(arena, bytes, wanted, &list, &err) != RP_OK)
		require(err.text[0] != '\0');
	for (size_t i = 0; i < list.n; i++)
		check_copy(arena, &list.copies[i], wanted.n > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct rp_slice bytes = rp_slice_from((const char *)data, size);
	CLEANUP(buf_done) struct rp_buf text;

	check_list(bytes, RP_SLICE(""));
	check_list(bytes, key);
	buf_init(&text, 1 << 24);
	(void)wayback_as_of(&text, bytes);
	wayback_question(&text, RP_SLICE("https://w.example"), bytes, true, bytes);
	return 0;
}
