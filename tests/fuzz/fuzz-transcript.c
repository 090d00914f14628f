/*
 * Any bytes as a labelled transcript; see spoken.h.
 */
#include "core/collect/transcript.h"
#include "tests/fuzz/spoken.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return spoken_fuzz(&transcript_collector, data, size);
}
