#include "core/base/ascii.h"
#include "core/base/near.h"
#include "core/config/reading.h"

enum { NAME_MAX_BYTES = 64 }; /* of a source */

/* The tables of a source, and what they have as defaults, made once a collector. */
static enum rp_status
use_collector(struct reading *r, struct source *source, const struct ini_entry *entry)
{
	uint32_t *place = map_get(r->collectors, source->collector);
	struct section *section = &source->settings;
	struct shared *shared;
	enum rp_status st;

	if (place != NULL) {
		shared = &r->shared[*place];
		section->tables[0] = shared->own;
		section->tables[1] = source_settings;
		section->defaults = shared->defaults;
		section->n_defaults = shared->n_defaults;
		return RP_OK;
	}
	section->tables[0] = r->collector(source->collector);
	section->tables[1] = source_settings;
	if (section->tables[0] == NULL)
		return complain(
			r, entry,
			"there is no collector \"%.60s\" (riposte-config(5) lists "
			"them)",
			source->collector.p);
	if ((st = make_defaults(r, section)) != RP_OK)
		return st;
	shared = arena_room(r->arena, r->shared, r->n_shared, &r->shared_room,
	                    sizeof(*shared));
	if (shared == NULL || map_put(r->collectors, source->collector,
	                              (uint32_t)r->n_shared, NULL) == NULL)
		return rp_fail_memory(r->err);
	r->shared = shared;
	r->shared[r->n_shared++] = (struct shared){ section->tables[0], section->defaults,
		                                    section->n_defaults };
	return RP_OK;
}

static bool
is_source_name(struct rp_slice name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_letter(name.p[i]) && !ascii_is_digit(name.p[i]) &&
		    memchr("._-", name.p[i], 3) == NULL)
			return false;
	return name.n > 0 && name.n <= NAME_MAX_BYTES && name.p[0] != '-';
}

static const struct ini_entry *
find_key(const struct ini *ini, size_t at, size_t end, struct rp_slice key)
{
	for (size_t i = at + 1; i < end; i++)
		if (rp_slice_eq(ini->entries[i].key, key))
			return &ini->entries[i];
	return NULL;
}

/* NULL: r->err says why not. */
static struct source *
add_source(struct reading *r, const struct ini_entry *begin, struct rp_slice name)
{
	struct config *config = r->config;
	struct source *sources = arena_room(r->arena, config->sources, config->n_sources,
	                                    &r->sources_room, sizeof(*sources));
	bool fresh;
	uint32_t *place = map_put(r->names, name, (uint32_t)config->n_sources, &fresh);

	if (place == NULL || sources == NULL) {
		(void)rp_fail_memory(r->err);
		return NULL;
	}
	config->sources = sources;
	if (!fresh) {
		(void)complain(r, begin,
		               "there are two of that name; the other begins in line %u",
		               sources[*place].settings.line);
		return NULL;
	}
	sources += config->n_sources++;
	*sources = (struct source){ .name = name, .settings.name = name };
	return sources;
}

static enum rp_status
read_source(struct reading *r, struct rp_slice name, size_t at, size_t end)
{
	const struct ini_entry *begin = &r->ini.entries[at],
			       *entry = find_key(&r->ini, at, end, RP_SLICE("collector"));
	struct source *source;
	enum rp_status st;

	if (!is_source_name(name))
		return complain(r, begin,
		                "the name of a source is a word of letters, digits and "
		                ". _ -, at most %d of them",
		                NAME_MAX_BYTES);
	if (entry == NULL)
		return complain(r, begin, "needs a setting \"collector\": %s",
		                source_settings[0].help);
	if (entry->value.n == 0)
		return complain(r, entry, "has no value");
	source = add_source(r, begin, name);
	if (source == NULL)
		return r->err->status;
	source->collector = entry->value;
	st = use_collector(r, source, entry);
	return st == RP_OK ? read_settings(r, &source->settings, at, end) : st;
}

static struct section *
section_called(struct config *config, struct rp_slice name)
{
	struct section *all[] = { &config->archive, &config->http, &config->prices };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (rp_slice_eq(all[i]->name, name))
			return all[i];
	return NULL;
}

static enum rp_status
unknown_section(const struct reading *r, const struct ini_entry *begin,
                struct rp_slice word)
{
	static const char *const known[] = { "archive", "http", "prices", "source" };
	const char *nearest = NULL;
	size_t best = FAR;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		size_t d = near_distance(word, rp_slice_str(known[i]));

		if (d < best) {
			best = d;
			nearest = known[i];
		}
	}
	if (nearest == NULL)
		return complain(r, begin,
		                "there is no such section (see riposte-config(5))");
	return complain(r, begin, "there is no such section; did you mean [%s%s]?",
	                nearest, strcmp(nearest, "source") == 0 ? " NAME" : "");
}

static enum rp_status
read_section(struct reading *r, size_t at, size_t end)
{
	const struct ini_entry *begin = &r->ini.entries[at];
	struct section *section = section_called(r->config, begin->section);
	struct rp_slice rest = begin->section, word = rp_slice_cut(&rest, ' ');

	if (rp_slice_eq(word, RP_SLICE("source")))
		return read_source(r, rp_slice_trim(rest), at, end);
	if (section == NULL)
		return unknown_section(r, begin, word);
	if (section->line > 0)
		return complain(r, begin,
		                "there are two of that name; the other begins in line %u",
		                section->line);
	return read_settings(r, section, at, end);
}

enum rp_status
read_sections(struct reading *r)
{
	size_t end;
	enum rp_status st;

	r->settings = arena_array(r->arena, r->ini.n, sizeof(*r->settings));
	if (r->settings == NULL)
		return rp_fail_memory(r->err);
	if (r->ini.n > 0 && r->ini.entries[0].key.n > 0)
		return complain(r, &r->ini.entries[0],
		                "stands before the first [section]");
	for (size_t at = 0; at < r->ini.n; at = end) {
		for (end = at + 1; end < r->ini.n && r->ini.entries[end].key.n > 0;)
			end++;
		if ((st = read_section(r, at, end)) != RP_OK)
			return st;
	}
	return RP_OK;
}
