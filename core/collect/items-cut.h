/*
 * Inside of the cutter: items.c cuts, items-decide.c says in which way, items-open.c
 * opens objects.
 */
#ifndef RIPOSTE_CORE_COLLECT_ITEMS_CUT_H
#define RIPOSTE_CORE_COLLECT_ITEMS_CUT_H

#include "core/base/ascii.h"
#include "core/collect/items.h"

/* What one look at the window came to. */
enum step {
	STEP_ITEM,
	STEP_AGAIN, /* nothing to hand out yet, but something was taken */
	STEP_MORE,  /* more of the input is needed */
	STEP_FULL,  /* the next value belongs to the next batch */
	STEP_END,
};

/*
 * Look at the beginning of the input, before anything of it is handed out.  STEP_MORE:
 * what is in the window does not tell yet; else items->mode is set, and what belongs to
 * the file and not to its values is taken.
 */
enum step items_decide(struct items *items);

/*
 * The value that begins at `done`, of which the window holds more than a value may have:
 * where behind "[" of an array to be opened the elements begin; 0: it has none.
 */
size_t items_find_array(const struct items *whole);

/* Inside an opened object, behind an array or a member: go on to the next array. */
enum step items_between_members(struct items *items);

/* Bytes up to `end` are settled: they belong to the batch. */
void items_take(struct items *items, size_t end);

/* Where in the window the blanks at `at` end. */
static inline size_t
items_skip_blanks(const struct items *items, size_t at)
{
	while (at < items->n && ascii_is_blank(items->window[at]))
		at++;
	return at;
}

static inline bool
items_is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* One whole value, whatever comes behind it. */
static inline bool
items_is_whole(struct rp_slice value)
{
	struct json_splitter split;
	size_t used;

	json_splitter_init(&split);
	return json_split(&split, value, &used) == JSON_SPLIT_END;
}

#endif
