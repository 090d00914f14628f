/* Any bytes as an article; see collector.h. */
#include "core/collect/article.h"
#include "tests/fuzz/collector.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_twice(&article_collector, "page.html", data, size);
}
