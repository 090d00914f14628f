/*
 * Any bytes as a file of captions, in any of their forms; see spoken.h.
 */
#include "core/collect/captions.h"
#include "tests/fuzz/spoken.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return spoken_fuzz(&captions_collector, data, size);
}
