/*
 * Any bytes as INI text: what is read is valid text in the order of its lines.
 */
#include "core/base/utf8.h"
#include "core/config/ini.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool truth)
{
	if (!truth)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 22);
	struct rp_error err = { .status = RP_OK };
	struct ini ini;

	if (ini_read(arena, rp_slice_from((const char *)data, size), &ini, &err) !=
	    RP_OK) {
		require(err.text[0] != '\0');
		return 0;
	}
	for (size_t i = 0; i < ini.n; i++) {
		const struct ini_entry *entry = &ini.entries[i];

		require(entry->line >= (i == 0 ? 1 : ini.entries[i - 1].line));
		require(utf8_valid(entry->section) && utf8_valid(entry->key) &&
		        utf8_valid(entry->value));
		require(entry->key.n > 0 || entry->section.n > 0);
	}
	return 0;
}
