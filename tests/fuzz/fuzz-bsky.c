/* Any bytes through the importer of posts of Bluesky; see collector.h. */
#include "core/collect/bsky.h"
#include "tests/fuzz/collector.h"

static enum rp_status
open_small(const struct input *input, struct collector **out, struct rp_error *err)
{
	static const struct values_limits small = { 900, 5, 1200 };

	return bsky_open_limited(input, &small, out, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzz_stream stream = {
		.collector = "bsky",
		.open = open_small,
		.options = "url=at://did:plc:abc/app.bsky.feed.post/3a\n",
		.told = 32,
		.arena_bytes = 128 << 10,
	};

	return fuzz_in_chunks(&stream, data, size);
}
