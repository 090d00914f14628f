/*
 * Any bytes through the importer of X posts; see collector.h.  The first byte also says
 * whether they are somebody's archive, and then note-tweet.js beside themselves.
 */
#include "core/collect/x.h"
#include "tests/fuzz/collector.h"

static enum rp_status
open_small(const struct input *input, struct collector **out, struct rp_error *err)
{
	static const struct x_limits small = { 600, 5, 900 };

	return x_open_limited(input, &small, out, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzz_stream stream = {
		.collector = "x",
		.open = open_small,
		.options = "account=1\nhandle=ana\nname=Ana\n",
		.told = 128,
		.beside = true,
		.arena_bytes = 32 << 10,
	};

	return fuzz_in_chunks(&stream, data, size);
}
