/* Any bytes as a feed; see collector.h. */
#include "core/collect/feed-post.h"
#include "tests/fuzz/collector.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_twice(&feed_collector, "feed.xml", data, size);
}
