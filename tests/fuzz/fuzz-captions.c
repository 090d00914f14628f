/* Any bytes as a file of captions, in any of their forms; see collector.h. */
#include "core/collect/captions.h"
#include "tests/fuzz/collector.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_twice(&captions_collector, "talk.txt", data, size);
}
