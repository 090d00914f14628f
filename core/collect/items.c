#include "core/collect/items.h"

#include "core/collect/items-cut.h"

#include <inttypes.h>
#include <stdlib.h>

enum { CHUNK = 256 * 1024 };

enum rp_status
items_init(struct items *items, const struct reader *reader, size_t batch_max,
           size_t item_max, struct rp_error *err)
{
	size_t room = batch_max > item_max ? batch_max : item_max + 1;

	*items = (struct items){ .reader = *reader,
		                 .batch_max = batch_max,
		                 .item_max = item_max,
		                 .room = room,
		                 .line = 1 };
	/* All at once, so that nothing moves while it is looked at; pages that are never
	 * filled cost nothing. */
	items->window = malloc(room);
	return items->window ? RP_OK : rp_fail_memory(err);
}

void
items_done(struct items *items)
{
	free(items->window);
	items->window = NULL;
}

void
items_begin(struct items *items)
{
	items->n -= items->done;
	items->offset += items->done;
	memmove(items->window, items->window + items->done, items->n);
	items->done = 0;
}

void
items_back(struct items *items, const struct item *last)
{
	items->done = last->at;
	items->line = last->line;
	items->seen = 0;
	items->in_value = false;
}

struct rp_slice
items_bytes(const struct items *items)
{
	return rp_slice_from(items->window, items->done);
}

/* RP_OK: there is more in the window, or the input is over.  RP_END: no room for it. */
static enum rp_status
fill(struct items *items, struct rp_error *err)
{
	/* A value that is alone in its batch may be longer than a batch. */
	size_t limit = items->done > 0 || items->passing ? items->batch_max : items->room;
	size_t want, got = 0;
	enum rp_status st;

	if (items->n >= limit)
		return RP_END;
	want = limit - items->n < CHUNK ? limit - items->n : CHUNK;
	st = items->reader.read(items->reader.context, items->window + items->n, want,
	                        &got, err);
	if (st == RP_OK) {
		items->n += got;
		return RP_OK;
	}
	if (st != RP_END && st != RP_BAD_SOURCE)
		return st;
	items->over = true;
	items->broken = st == RP_BAD_SOURCE;
	return RP_OK;
}

void
items_take(struct items *items, size_t end)
{
	const char *p = items->window + items->done, *stop = items->window + end;

	while ((p = memchr(p, '\n', (size_t)(stop - p))) != NULL) {
		items->line++;
		p++;
	}
	items->done = end;
	items->seen = 0;
}

static enum step
give(struct items *items, enum item_kind kind, size_t at, size_t n, struct item *out)
{
	*out = (struct item){ .kind = kind,
		              .value = rp_slice_from(items->window + at, n),
		              .at = at,
		              .offset = items->offset + at,
		              .bytes = n,
		              .line = items->line };
	return STEP_ITEM;
}

/* The value at `done` is too long: can it be opened? */
static bool
open_value(struct items *items)
{
	size_t inside = items_find_array(items);

	if (inside == 0)
		return false;
	items->mode = ITEMS_VALUES;
	items->in_object = items->in_array = true;
	items->in_value = false;
	items_take(items, inside);
	return true;
}

/* The value at `done` will not fit: open it, or let it go by from here on. */
static enum step
begin_passing(struct items *items)
{
	if (open_value(items))
		return STEP_AGAIN;
	items->passing = true;
	items->passing_offset = items->offset + items->done;
	items->passing_line = items->line;
	items_take(items, items->n);
	return STEP_MORE;
}

static enum step
end_passing(struct items *items, size_t end, struct item *out)
{
	items->passing = false;
	*out = (struct item){ .kind = ITEM_TOO_LONG,
		              .value = RP_SLICE(""),
		              .at = items->done,
		              .offset = items->passing_offset,
		              .bytes = items->offset + end - items->passing_offset,
		              .line = items->passing_line };
	return STEP_ITEM;
}

/* ---- by lines -------------------------------------------------------------- */

/* What is left of a line without the blanks, and without the marks of the array. */
static struct rp_slice
line_value(const struct items *items, struct rp_slice line)
{
	line = rp_slice_trim(line);
	if (items->mode != ITEMS_ARRAY_LINES)
		return line;
	while (line.n > 0 && items_is_one_of(line.p[0], "[,] \t"))
		line = rp_slice_skip(line, 1);
	while (line.n > 0 && items_is_one_of(line.p[line.n - 1], ",]; \t\r"))
		line.n--;
	return line;
}

static enum step
line_item(struct items *items, size_t end, bool last, struct item *out)
{
	struct rp_slice line =
		rp_slice_from(items->window + items->done, end - items->done);
	struct rp_slice value = line_value(items, line);
	enum item_kind kind = ITEM_VALUE;

	if (line.n > items->item_max) {
		give(items, ITEM_TOO_LONG, items->done, line.n, out);
		out->value = RP_SLICE("");
		return STEP_ITEM;
	}
	if (value.n == 0)
		return STEP_AGAIN;
	if (value.p[0] != '{' && value.p[0] != '[')
		kind = ITEM_GARBAGE;
	else if (last && !items_is_whole(value))
		kind = ITEM_CUT;
	return give(items, kind, (size_t)(value.p - items->window), value.n, out);
}

static enum step
next_line(struct items *items, struct item *out)
{
	size_t from = items->done + items->seen, end, next;
	const char *newline = memchr(items->window + from, '\n', items->n - from);
	enum step step;

	if (newline == NULL && !items->over) {
		items->seen = items->n - items->done;
		if (items->passing) {
			items_take(items, items->n);
			return STEP_MORE;
		}
		return items->seen > items->item_max ? begin_passing(items) : STEP_MORE;
	}
	end = newline ? (size_t)(newline - items->window) : items->n;
	next = newline ? end + 1 : end;
	if (items->passing) {
		step = end_passing(items, end, out);
	} else {
		if (items->done == items->n)
			return STEP_END;
		if (next > items->batch_max && items->done > 0)
			return STEP_FULL;
		if (end - items->done > items->item_max && open_value(items))
			return STEP_AGAIN;
		step = line_item(items, end, newline == NULL, out);
	}
	items_take(items, next);
	return step;
}

/* ---- by brackets ----------------------------------------------------------- */

/* Bytes that are no part of anything, up to a blank or what may stand between values. */
static enum step
garbage(struct items *items, size_t stop, struct item *out)
{
	size_t at = items->done, end = at + 1;

	while (end < stop && !ascii_is_blank(items->window[end]) &&
	       !items_is_one_of(items->window[end], "{[],;"))
		end++;
	if (end == stop && end == items->n && !items->over && end < items->batch_max)
		return STEP_MORE;
	if (end == items->batch_max && at > 0)
		return STEP_FULL;
	give(items, ITEM_GARBAGE, at, end - at, out);
	items_take(items, end);
	return STEP_ITEM;
}

/* What stands between values, up to the first byte of the next. */
static enum step
between_values(struct items *items, struct item *out)
{
	size_t stop = items->n < items->batch_max ? items->n : items->batch_max;
	size_t at = items->done;
	char c;

	if (items->in_object && !items->in_array)
		return items_between_members(items);
	for (; at < stop; at++) {
		c = items->window[at];
		if (c == ']' && items->in_object) {
			items->in_array = false;
			items_take(items, at + 1);
			return STEP_AGAIN;
		}
		if (c == '[' && !items->in_array)
			items->in_array = true;
		else if (c == ']' && items->in_array)
			items->in_array = false;
		else if (!ascii_is_blank(c) && c != ',' && c != ';')
			break;
	}
	items_take(items, at);
	if (at >= stop) {
		if (at < items->n)
			return STEP_FULL;
		return items->over ? STEP_END : STEP_MORE;
	}
	if (items->window[at] == '{' || items->window[at] == '[') {
		json_splitter_init(&items->split);
		items->in_value = true;
		return STEP_AGAIN;
	}
	return garbage(items, stop, out);
}

static enum step
end_value(struct items *items, size_t end, struct item *out)
{
	size_t from = items->done;

	if (end > items->batch_max && from > 0 && !items->passing) {
		json_splitter_init(&items->split); /* it is read again, once */
		items->seen = 0;
		return STEP_FULL;
	}
	if (!items->passing && end - from > items->item_max && open_value(items))
		return STEP_AGAIN;
	items->in_value = false;
	if (items->passing)
		end_passing(items, end, out);
	else if (end - from > items->item_max) {
		give(items, ITEM_TOO_LONG, from, end - from, out);
		out->value = RP_SLICE("");
	} else {
		give(items, ITEM_VALUE, from, end - from, out);
	}
	items_take(items, end);
	return STEP_ITEM;
}

static enum step
cut_value(struct items *items, struct item *out)
{
	size_t end = items->n;

	items->in_value = false;
	if (items->passing) {
		end_passing(items, end, out);
	} else {
		give(items, ITEM_CUT, items->done, end - items->done, out);
		out->value = rp_slice_trim(out->value);
		out->bytes = out->value.n;
	}
	items_take(items, end);
	return STEP_ITEM;
}

static enum step
next_value(struct items *items, struct item *out)
{
	size_t from = items->done + items->seen, used;

	if (!items->in_value)
		return between_values(items, out);
	if (json_split(&items->split,
	               rp_slice_from(items->window + from, items->n - from),
	               &used) == JSON_SPLIT_END)
		return end_value(items, from + used, out);
	if (items->over)
		return cut_value(items, out);
	items->seen = items->n - items->done;
	if (items->passing)
		items_take(items, items->n);
	else if (items->seen > items->item_max)
		return begin_passing(items);
	return STEP_MORE;
}

static enum step
next_step(struct items *items, struct item *out)
{
	switch (items->mode) {
	case ITEMS_UNDECIDED:
		return items_decide(items);
	case ITEMS_LINES:
	case ITEMS_ARRAY_LINES:
		return next_line(items, out);
	case ITEMS_VALUES:
		break;
	}
	return next_value(items, out);
}

enum rp_status
items_next(struct items *items, struct item *out, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK)
		switch (next_step(items, out)) {
		case STEP_ITEM:
			return RP_OK;
		case STEP_AGAIN:
			break;
		case STEP_MORE:
			st = fill(items, err);
			break;
		case STEP_FULL:
		case STEP_END:
			return RP_END;
		}
	return st;
}

/* ---- what is no value ---------------------------------------------------- */

/* Brackets that are open where the input ends; more than a record may have are the matter
 * with it, whatever came next. */
static bool
is_too_deep(struct rp_slice cut)
{
	struct json_splitter split;
	size_t used;

	json_splitter_init(&split);
	(void)json_split(&split, cut, &used);
	return split.depth > JSON_MAX_DEPTH;
}

bool
items_problem(const struct items *items, const struct item *item, struct rp_error *why)
{
	if (item->kind == ITEM_VALUE ||
	    (item->kind == ITEM_CUT && is_too_deep(item->value)))
		return false;
	if (item->kind == ITEM_GARBAGE)
		(void)rp_fail(why, RP_BAD_ITEM, "%s", ITEMS_GARBAGE);
	else if (item->kind == ITEM_TOO_LONG)
		(void)rp_fail(why, RP_BAD_ITEM,
		              "too long: %" PRIu64 " bytes, a record has at most %zu",
		              item->bytes, items->item_max);
	else if (items->broken)
		(void)rp_fail(why, RP_BAD_ITEM, "%s",
		              "the compressed data is damaged or ends early, "
		              "inside this record");
	else
		(void)rp_fail(why, RP_BAD_ITEM, "%s",
		              "the input ends in the middle of this record");
	return true;
}
