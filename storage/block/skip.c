/*
 * Over the values of a container whose template was met before: which columns they are in
 * is known then, and nothing else about them matters.
 */
#include "storage/block/read.h"

enum { SKIPS_A_VALUE = 4 };

/* The columns that a value with this tag is in; SKIP_NONE: it has to be looked at. */
static enum skip_how
columns_of(uint8_t tag, enum column_use *first, enum column_use *last)
{
	static const struct {
		uint8_t how, first, last;
	} ways[TAG_DATE] = {
		[TAG_OWN_COLUMN] = { SKIP_TAG, USE_TAG, USE_TAG },
		[TAG_STRING] = { SKIP_TEXT, USE_TEXT, USE_TEXT },
		[TAG_PARTS] = { SKIP_TEXT, USE_TEXT, USE_TEXT },
		[TAG_RAW_STRING] = { SKIP_TEXT, USE_RAW, USE_RAW },
		[TAG_NUMBER] = { SKIP_TEXT, USE_RAW, USE_RAW },
		[TAG_DIGITS] = { SKIP_NUMBER, USE_INTEGER, USE_INTEGER },
		[TAG_INTEGER] = { SKIP_NUMBER, USE_INTEGER, USE_INTEGER },
		[TAG_CHANGE] = { SKIP_NUMBER, USE_CHANGE, USE_CHANGE },
		[TAG_SNOWFLAKE] = { SKIP_NUMBER, USE_TIME, USE_SEQUENCE },
		[TAG_BARE_SNOWFLAKE] = { SKIP_NUMBER, USE_TIME, USE_SEQUENCE },
		[TAG_ANCHORED] = { SKIP_NUMBER, USE_TIME, USE_SEQUENCE },
		[TAG_BARE_ANCHORED] = { SKIP_NUMBER, USE_TIME, USE_SEQUENCE },
		[TAG_MEDIA_KEY] = { SKIP_NUMBER, USE_INTEGER, USE_SEQUENCE },
	};

	if (tag >= TAG_DATE) {
		*first = *last = USE_DATE;
		return SKIP_DATE;
	}
	*first = (enum column_use)ways[tag].first;
	*last = (enum column_use)ways[tag].last;
	return (enum skip_how)ways[tag].how;
}

static void
add_value(const struct walk *walk, uint32_t class, struct layout *layout, uint32_t value)
{
	uint32_t place = schema_nth_place(&walk->schema, class, layout->list, value);
	const uint32_t *columns = walk->schema.all_places[place].columns;
	enum column_use first, last;
	enum skip_how how = columns_of(layout->tags[value], &first, &last);

	for (unsigned use = first; how != SKIP_NONE && use <= (unsigned)last; use++)
		if (columns[use] == NONE) /* a template inside itself */
			how = SKIP_NONE;
	if (how == SKIP_NONE)
		last = first;
	for (unsigned use = first; use <= (unsigned)last; use++)
		layout->skips[layout->n_skips++] =
			(struct skip){ how == SKIP_NONE ? 0 : columns[use], value,
			               (uint8_t)how };
}

bool
skip_prepare(struct walk *walk, uint32_t class, struct layout *layout)
{
	layout->skips =
		arena_array(walk->schema.arena, (size_t)layout->n_work * SKIPS_A_VALUE,
	                    sizeof(*layout->skips));
	if (layout->skips == NULL)
		return false;
	for (uint32_t i = 0; i < layout->n_work; i++)
		add_value(walk, class, layout, layout->work[i]);
	return true;
}

/* The tag of a value in its own column; *over_out: nothing else is stored of it. */
static bool
skip_tag(struct column *column, uint8_t *out, bool *over_out)
{
	if (!column_byte(column, out) || !read_tag_is_valid(*out) ||
	    *out == TAG_OWN_COLUMN)
		return false;
	*over_out = tag_is_all(*out);
	return true;
}

bool
skip_values(struct walk *walk, struct level *level)
{
	bool ok = true, over = true;

	for (; ok && level->next < level->n; level->next++) {
		const struct skip *skip = &level->skips[level->next];
		struct column *column = &walk->columns[skip->column];
		uint8_t tag;

		switch ((enum skip_how)skip->how) {
		case SKIP_NUMBER:
			ok = column_skip_number(column);
			break;
		case SKIP_TEXT:
			ok = column_skip_text(column);
			break;
		case SKIP_DATE:
			ok = column_skip_bytes(column, 4);
			break;
		case SKIP_TAG:
			ok = skip_tag(column, &tag, &over);
			if (ok && !over) {
				level->tag = tag;
				return true;
			}
			break;
		case SKIP_NONE:
			return true;
		}
	}
	return ok;
}
