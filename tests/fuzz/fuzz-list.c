/* Any bytes as a list; see collector.h. */
#include "core/collect/list.h"
#include "tests/fuzz/collector.h"

extern const struct collector_ops list_collector;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_twice(&list_collector, "list.txt", data, size);
}
