/* Any bytes as a labelled transcript; see collector.h. */
#include "core/collect/transcript.h"
#include "tests/fuzz/collector.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_twice(&transcript_collector, "talk.txt", data, size);
}
