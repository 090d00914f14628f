#include "core/config/settings.h"

#include <assert.h>

const struct setting_row *
section_row(const struct section *section, struct rp_slice name)
{
	for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
		for (const struct setting_row *row = section->tables[t];
		     row->name != NULL; row++)
			if (rp_slice_eq(rp_slice_str(row->name), name))
				return row;
	return NULL;
}

static const struct setting *
find(const struct setting *settings, size_t n, const struct setting_row *row)
{
	for (size_t i = 0; i < n; i++)
		if (settings[i].row == row)
			return &settings[i];
	return NULL;
}

const struct setting *
section_get(const struct section *section, const char *name)
{
	const struct setting_row *row = section_row(section, rp_slice_str(name));
	const struct setting *setting;

	assert(row != NULL && "a setting that is in no table");
	setting = find(section->settings, section->n, row);
	return setting != NULL ? setting
	                       : find(section->defaults, section->n_defaults, row);
}

struct rp_slice
section_text(const struct section *section, const char *name)
{
	const struct setting *setting = section_get(section, name);

	return setting != NULL ? setting->value : RP_SLICE("");
}

int64_t
section_number(const struct section *section, const char *name, int64_t otherwise)
{
	const struct setting *setting = section_get(section, name);

	return setting != NULL ? setting->number : otherwise;
}

const struct setting *
section_next(const struct section *section, const char *name, const struct setting *after)
{
	size_t from;

	if (after == NULL)
		return section_get(section, name);
	if (after->line == 0)
		return NULL;
	from = (size_t)(after - section->settings) + 1;
	return find(section->settings + from, section->n - from, after->row);
}
