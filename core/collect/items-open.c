/*
 * Objects that are too long to be values: an export of hundreds of megabytes is one
 * object around one array.
 */
#include "core/collect/items-cut.h"

void
items_open(struct items *items, const struct rp_slice *arrays, size_t n)
{
	items->arrays = arrays;
	items->n_arrays = n;
}

/* Is the string of these bytes, quotes included, the name of an array to be opened? */
static bool
is_named(const struct items *items, size_t at, size_t end)
{
	struct rp_slice name = rp_slice_from(items->window + at + 1, end - at - 2);

	for (size_t i = 0; i < items->n_arrays; i++)
		if (rp_slice_eq(name, items->arrays[i]))
			return true;
	return false;
}

enum member {
	MEMBER_MORE,  /* its beginning is not in the window as a whole */
	MEMBER_ARRAY, /* to be opened: *behind_out is behind "[" */
	MEMBER_OTHER, /* *behind_out is where its value begins */
	MEMBER_NONE,  /* no name stands there */
};

/* The name at `at`, its colon, and the first byte of its value. */
static enum member
read_member(const struct items *items, size_t at, size_t *behind_out)
{
	struct json_splitter split;
	size_t used, end, colon, value;

	json_splitter_init(&split);
	if (items->window[at] != '"')
		return MEMBER_NONE;
	if (json_split(&split, rp_slice_from(items->window + at, items->n - at), &used) !=
	    JSON_SPLIT_END)
		return MEMBER_MORE;
	end = at + used;
	colon = items_skip_blanks(items, end);
	if (colon < items->n && items->window[colon] != ':')
		return MEMBER_NONE;
	value = items_skip_blanks(items, colon + 1);
	if (colon >= items->n || value >= items->n)
		return MEMBER_MORE;
	*behind_out = value;
	if (items->window[value] != '[' || !is_named(items, at, end))
		return MEMBER_OTHER;
	*behind_out = value + 1;
	return MEMBER_ARRAY;
}

/* Only the first bytes count, as many as a value may have: how many more are in the
 * window depends on how they came. */
static struct items
first_bytes(const struct items *items)
{
	struct items first = *items;

	if (first.n - first.done > first.item_max)
		first.n = first.done + first.item_max;
	return first;
}

size_t
items_find_array(const struct items *whole)
{
	const struct items first = first_bytes(whole), *items = &first;
	size_t at = items_skip_blanks(items, items->done), used;
	struct json_splitter split;
	enum member found = MEMBER_OTHER;

	if (items->n_arrays == 0 || at == items->n || items->window[at] != '{')
		return 0;
	at++;
	while (found == MEMBER_OTHER) {
		while (at < items->n &&
		       (ascii_is_blank(items->window[at]) || items->window[at] == ','))
			at++;
		if (at == items->n)
			return 0;
		found = read_member(items, at, &at);
		if (found != MEMBER_OTHER)
			break;
		json_splitter_init(&split);
		if (json_split(&split, rp_slice_from(items->window + at, items->n - at),
		               &used) != JSON_SPLIT_END)
			return 0;
		at += used;
	}
	return found == MEMBER_ARRAY ? at : 0;
}

/* Bytes of a member that is passed by. */
static enum step
pass_member(struct items *items, size_t stop)
{
	struct rp_slice rest =
		rp_slice_from(items->window + items->done, stop - items->done);
	enum json_split found;
	size_t used = 0;

	found = json_split(&items->split, rest, &used);
	items->in_member = found == JSON_SPLIT_MORE;
	items_take(items, items->done + used);
	if (!items->in_member)
		return STEP_AGAIN;
	if (stop < items->n)
		return STEP_FULL;
	return items->over ? STEP_END : STEP_MORE;
}

enum step
items_between_members(struct items *items)
{
	size_t stop = items->n < items->batch_max ? items->n : items->batch_max;
	size_t at = items->done, behind = at;
	struct items seen;
	enum member found;

	if (items->in_member)
		return pass_member(items, stop > at ? stop : at);
	while (at < stop &&
	       (ascii_is_blank(items->window[at]) || items->window[at] == ','))
		at++;
	items_take(items, at);
	if (at >= stop) {
		if (at < items->n)
			return STEP_FULL;
		return items->over ? STEP_END : STEP_MORE;
	}
	/* Behind others, what is past the batch does not count: it need not be here. */
	seen = *items;
	if (at > 0 && seen.n > seen.batch_max)
		seen.n = seen.batch_max;
	found = read_member(&seen, at, &behind);
	if (found == MEMBER_MORE && at > 0 && seen.n == seen.batch_max)
		return STEP_FULL;
	if (found == MEMBER_MORE && !items->over && items->n < items->room)
		return STEP_MORE;
	items->in_array = found == MEMBER_ARRAY;
	items->in_member = found == MEMBER_OTHER;
	items->in_object = found == MEMBER_ARRAY || found == MEMBER_OTHER;
	json_splitter_init(&items->split);
	/* The end of the object, or nothing that belongs into one. */
	if (!items->in_object)
		behind = items->window[at] == '}' ? at + 1 : at;
	items_take(items, behind);
	return STEP_AGAIN;
}
