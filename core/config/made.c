/*
 * Sources that stand in no config file.
 */
#include "core/config/reading.h"
#include "core/config/value.h"

static enum rp_status
add(struct section *section, struct setting *list, const char *name,
    struct rp_slice value, struct rp_error *err)
{
	struct setting *setting = &list[section->n];
	struct rp_error why = { .status = RP_OK };

	*setting = (struct setting){ .row = section_row(section, rp_slice_str(name)),
		                     .value = value,
		                     .line = 1 };
	if (setting->row == NULL)
		return rp_fail(err, RP_BAD_CONFIG, "there is no setting \"%s\"", name);
	if (value_read(setting, &why) != RP_OK)
		return rp_fail(err, RP_BAD_CONFIG, "%s: %s", name, why.text);
	section->n++;
	return RP_OK;
}

static bool
is_given(const struct made_source *made, const char *name)
{
	for (size_t i = 0; i < made->n; i++)
		if (strcmp(made->settings[i].name, name) == 0)
			return true;
	return false;
}

/* What another source says of how its server is reached. */
static enum rp_status
add_likeness(struct section *section, struct setting *list,
             const struct made_source *made, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; made->like != NULL && made->alike[i] != NULL && st == RP_OK;
	     i++) {
		const struct section *from = &made->like->settings;
		const char *name = made->alike[i];
		const struct setting *setting = NULL;

		if (section_row(from, rp_slice_str(name)) != NULL &&
		    section_row(section, rp_slice_str(name)) != NULL &&
		    !is_given(made, name))
			setting = section_get(from, name);
		if (setting != NULL && setting->line > 0)
			st = add(section, list, name, setting->value, err);
	}
	return st;
}

enum rp_status
source_make(struct arena *arena, const struct made_source *made,
            config_collector *collector, struct source *out, struct rp_error *err)
{
	struct reading r = { .arena = arena, .err = err };
	struct source source = { .name = made->name,
		                 .collector = made->collector,
		                 .settings = { .name = made->name, .line = 1 } };
	struct section *section = &source.settings;
	size_t n = made->n;
	struct setting *list;
	enum rp_status st;

	for (size_t i = 0; made->like != NULL && made->alike[i] != NULL; i++)
		n++;
	list = arena_array(arena, n, sizeof(*list));
	if (list == NULL)
		return rp_fail_memory(err);
	section->tables[0] = collector(made->collector);
	section->tables[1] = source_settings;
	section->settings = list;
	if (section->tables[0] == NULL)
		return rp_fail(err, RP_BAD_CONFIG, "there is no collector \"%.*s\"",
		               RP_FMT(made->collector));
	st = make_defaults(&r, section);
	for (size_t i = 0; i < made->n && st == RP_OK; i++)
		st = add(section, list, made->settings[i].name, made->settings[i].value,
		         err);
	if (st == RP_OK)
		st = add_likeness(section, list, made, err);
	if (st == RP_OK)
		*out = source;
	return st;
}
