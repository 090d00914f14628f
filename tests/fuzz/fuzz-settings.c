/*
 * Any bytes as a config file: what is refused has a place and a reason, what is read is
 * found again by its name.
 */
#include "core/config/settings.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* clang-format off */
static const struct setting_row all_kinds[] = {
	{ "text",     SETTING_TEXT, "a", .several = true, .help = "" },
	{ "word",     SETTING_WORD, "b", .words = "a|b", .help = "" },
	{ "yes",      SETTING_YES, "no", .help = "" },
	{ "number",   SETTING_NUMBER, "5", .low = 1, .high = 9, .help = "" },
	{ "duration", SETTING_DURATION, "1h", .help = "" },
	{ "size",     SETTING_SIZE, "1kB", .help = "" },
	{ "url",      SETTING_URL, "http://a", .help = "" },
	{ "money",    SETTING_MONEY, "1usd", .help = "" },
	{ "budget",   SETTING_BUDGET, "1usd/day", .help = "" },
	{ "secret",   SETTING_SECRET, .help = "" },
	{ "time",     SETTING_TIME, .help = "" },
	{ "path",     SETTING_PATH, .help = "" },
	{ .name = NULL },
};
/* clang-format on */

static const struct setting_row *
collector(struct rp_slice name)
{
	return rp_slice_eq(name, RP_SLICE("x")) ? all_kinds : NULL;
}

static void
require(bool truth)
{
	if (!truth)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 24);
	struct rp_error err = { .status = RP_OK };
	struct config config;

	if (config_read_text(arena, "c", rp_slice_from((const char *)data, size),
	                     collector, &config, &err) != RP_OK) {
		require(err.text[0] != '\0' && err.where[0] == 'c');
		return 0;
	}
	for (size_t i = 0; i < config.n_sources; i++) {
		const struct source *source = &config.sources[i];

		require(config_source(&config, source->name) == source);
		require(section_text(&source->settings, "collector").n > 0);
		require(section_number(&source->settings, "number", 0) >= 1);
		require(section_number(&source->settings, "duration", -1) >= 0);
		require(section_number(&source->settings, "money", -1) >= 0);
	}
	return 0;
}
