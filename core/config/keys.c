#include "core/base/near.h"
#include "core/config/reading.h"
#include "core/config/value.h"

static size_t
count_defaults(const struct section *section)
{
	size_t n = 0;

	for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
		for (const struct setting_row *row = section->tables[t];
		     row->name != NULL; row++)
			n += row->otherwise != NULL;
	return n;
}

/* What a table says of itself is read like what users write; a default that cannot be
 * read is our mistake, and told like theirs. */
enum rp_status
make_defaults(struct reading *r, struct section *section)
{
	struct setting *list =
		arena_array(r->arena, count_defaults(section), sizeof(*list));
	size_t n = 0;

	if (list == NULL)
		return rp_fail_memory(r->err);
	for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
		for (const struct setting_row *row = section->tables[t];
		     row->name != NULL; row++) {
			if (row->otherwise == NULL)
				continue;
			list[n].row = row;
			list[n].value = rp_slice_str(row->otherwise);
			if (value_read(&list[n], r->err) != RP_OK)
				return r->err->status;
			n++;
		}
	section->defaults = list;
	section->n_defaults = n;
	return RP_OK;
}

static enum rp_status
unknown_key(const struct reading *r, const struct section *section,
            const struct ini_entry *entry)
{
	const char *nearest = NULL;
	size_t best = FAR;

	for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
		for (const struct setting_row *row = section->tables[t];
		     row->name != NULL; row++) {
			size_t d = near_distance(entry->key, rp_slice_str(row->name));

			if (d < best) {
				best = d;
				nearest = row->name;
			}
		}
	if (nearest != NULL)
		return complain(r, entry,
		                "there is no such setting; did you mean \"%s\"?",
		                nearest);
	return complain(r, entry, "there is no such setting (see riposte-config(5))");
}

/* Which rows were met, and in which line: by table and place in it. */
typedef uint32_t lines_met[SECTION_TABLES][SECTION_ROWS_MAX];

static uint32_t *
line_of(const struct section *section, const struct setting_row *row, lines_met lines)
{
	size_t t = 0, i;

	for (;; t++)
		for (i = 0; section->tables[t][i].name != NULL && i < SECTION_ROWS_MAX;
		     i++)
			if (&section->tables[t][i] == row)
				return &lines[t][i];
}

static enum rp_status
read_setting(struct reading *r, const struct section *section,
             const struct ini_entry *entry, struct setting *out, lines_met lines)
{
	const struct setting_row *row = section_row(section, entry->key);
	uint32_t *line;
	struct rp_error why = { .status = RP_OK };

	if (row == NULL)
		return unknown_key(r, section, entry);
	line = line_of(section, row, lines);
	if (*line != 0 && !row->several)
		return complain(r, entry, "comes twice; it is in line %u already", *line);
	*line = entry->line;
	*out = (struct setting){ .row = row, .value = entry->value, .line = entry->line };
	if (value_read(out, &why) != RP_OK)
		return complain(r, entry, "%s", why.text);
	return RP_OK;
}

static enum rp_status
check_needed(const struct reading *r, const struct section *section,
             const struct ini_entry *begin, lines_met lines)
{
	for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
		for (const struct setting_row *row = section->tables[t];
		     row->name != NULL; row++)
			if (row->needed && *line_of(section, row, lines) == 0)
				return complain(r, begin, "needs a setting \"%s\": %s",
				                row->name, row->help);
	return RP_OK;
}

enum rp_status
read_settings(struct reading *r, struct section *section, size_t at, size_t end)
{
	struct setting *settings = r->settings + at;
	lines_met lines = { { 0 } };
	enum rp_status st;

	section->line = r->ini.entries[at].line;
	section->settings = settings;
	for (size_t i = at + 1; i < end; i++)
		if ((st = read_setting(r, section, &r->ini.entries[i],
		                       &settings[section->n++], lines)) != RP_OK)
			return st;
	return check_needed(r, section, &r->ini.entries[at], lines);
}
