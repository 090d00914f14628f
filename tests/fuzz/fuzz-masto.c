/* Any bytes through the importer of posts of Mastodon and ActivityPub;
 * see collector.h. */
#include "core/collect/masto.h"
#include "tests/fuzz/collector.h"

static enum rp_status
open_small(const struct input *input, struct collector **out, struct rp_error *err)
{
	static const struct values_limits small = { 900, 5, 1200 };

	return masto_open_limited(input, &small, out, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzz_stream stream = {
		.collector = "masto",
		.open = open_small,
		.options = "url=https://s.example/@ana/1\n",
		.told = 32,
		.arena_bytes = 128 << 10,
	};

	return fuzz_in_chunks(&stream, data, size);
}
