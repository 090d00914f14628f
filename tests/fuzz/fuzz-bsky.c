/* Any bytes through the importer of posts of Bluesky: see fuzz-networks.h. */
#include "fuzz-networks.h"

#include "core/collect/bsky.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct values_limits small = { 900, 5, 1200 };

	fuzz_all(data, size, "bsky", bsky_open_limited, &small,
	         "url=at://did:plc:abc/app.bsky.feed.post/3a\n");
	return 0;
}
