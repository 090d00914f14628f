/* Any bytes through the importer of posts of Mastodon and ActivityPub: see
 * fuzz-networks.h. */
#include "fuzz-networks.h"

#include "core/collect/masto.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct values_limits small = { 900, 5, 1200 };

	fuzz_all(data, size, "masto", masto_open_limited, &small,
	         "url=https://s.example/@ana/1\n");
	return 0;
}
