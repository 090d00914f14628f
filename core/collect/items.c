#include "core/collect/items.h"

#include <stdlib.h>

enum { CHUNK = 256 * 1024, ASSIGNMENT_MAX = 256 };

/* What one look at the window came to. */
enum step {
	STEP_ITEM,
	STEP_AGAIN, /* nothing to hand out yet, but something was taken */
	STEP_MORE,  /* more of the input is needed */
	STEP_FULL,  /* the next value belongs to the next batch */
	STEP_END,
};

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

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static size_t
skip_blanks(const struct items *items, size_t at)
{
	while (at < items->n && is_blank(items->window[at]))
		at++;
	return at;
}

/* Bytes up to `end` are settled: they belong to the batch. */
static void
take(struct items *items, size_t end)
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

/* The value at `done` will not fit: let it go by from here on. */
static enum step
begin_passing(struct items *items)
{
	items->passing = true;
	items->passing_offset = items->offset + items->done;
	items->passing_line = items->line;
	take(items, items->n);
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

static bool
is_whole(struct rp_slice value)
{
	struct json_splitter split;
	size_t used;

	json_splitter_init(&split);
	return json_split(&split, value, &used) == JSON_SPLIT_END;
}

/* ---- which way to cut ------------------------------------------------------ */

/* At `at`, one whole object and nothing else on its line: -1 not so, 0 not known yet, 1
 * yes, and *behind_out is where the next line begins. */
static int
object_has_line(const struct items *items, size_t at, size_t *behind_out)
{
	const char *newline = memchr(items->window + at, '\n', items->n - at);
	size_t end = newline ? (size_t)(newline - items->window) : items->n, used;
	struct rp_slice line = rp_slice_from(items->window + at, end - at);
	struct json_splitter split;

	if (items->window[at] != '{')
		return -1;
	if (newline == NULL && !items->over)
		return 0;
	json_splitter_init(&split);
	if (json_split(&split, line, &used) != JSON_SPLIT_END ||
	    rp_slice_trim(rp_slice_skip(line, used)).n > 0)
		return -1;
	*behind_out = newline ? end + 1 : end;
	return 1;
}

/* From `next` on an object has a line to itself, without a comma, and then another begins
 * or nothing comes: inside a value that cannot be.  -1 not so, 0 not known yet, 1 yes. */
static int
are_json_lines(const struct items *items, size_t next)
{
	int found = object_has_line(items, next, &next);

	if (found <= 0)
		return found;
	next = skip_blanks(items, next);
	if (next == items->n)
		return items->over;
	return items->window[next] == '{' ? 1 : -1;
}

/* The first value is not whole where its line ends, at `newline`, and the next one begins
 * at `next`.  Is it broken, or does it go on?  A line that a writer broke inside a value
 * ends with a bracket, a comma or a colon, or the next one does not begin with "{".  -1
 * it goes on, 0 not known yet, 1 broken. */
static int
is_broken_line(const struct items *items, size_t from, size_t newline, size_t next,
               bool in_array)
{
	size_t end = newline;

	if (next == items->n)
		return items->over ? -1 : 0;
	while (end > from && is_blank(items->window[end - 1]))
		end--;
	if (!is_one_of(items->window[end - 1], "{[,:"))
		return items->window[next] == '{' ? 1 : -1;
	return in_array ? -1 : are_json_lines(items, next);
}

/* Behind the first value, on its line, only what stands between values: -1 not so, 0 not
 * known yet, 1 yes. */
static int
line_ends_at(const struct items *items, size_t at, bool in_array)
{
	const char *between = in_array ? " \t\r,]" : " \t\r";

	while (at < items->n && is_one_of(items->window[at], between))
		at++;
	if (at < items->n)
		return items->window[at] == '\n' ? 1 : -1;
	return items->over;
}

/* The first value begins at `from`: what its line tells, and the first byte of the next.
 */
static enum step
decide_by_value(struct items *items, size_t from, bool in_array)
{
	size_t most = from + items->item_max + 1, used, next;
	size_t stop = items->n < most ? items->n : most, known = from + items->seen;
	const char *newline = memchr(items->window + from, '\n', stop - from);
	int line_ends, broken;

	if (newline != NULL)
		stop = (size_t)(newline - items->window);
	if (items->seen == 0)
		json_splitter_init(&items->split);
	if (json_split(&items->split, rp_slice_from(items->window + known, stop - known),
	               &used) == JSON_SPLIT_END) {
		known += used;
		line_ends = line_ends_at(items, known, in_array);
		if (line_ends == 0) {
			items->seen = 0; /* looked at again, once more is here */
			return STEP_MORE;
		}
		if (line_ends > 0 && known - from > 2) /* "{}" tells nothing */
			items->mode = in_array ? ITEMS_ARRAY_LINES : ITEMS_LINES;
		return STEP_AGAIN;
	}
	items->seen = stop - from;
	if (newline == NULL) {
		if (stop < most)
			return items->over ? STEP_AGAIN : STEP_MORE;
		if (!in_array)
			items->mode = ITEMS_LINES;
		return STEP_AGAIN;
	}
	next = stop + 1;
	if (in_array)
		next = skip_blanks(items, next);
	broken = is_broken_line(items, from, stop, next, in_array);
	if (broken > 0)
		items->mode = in_array ? ITEMS_ARRAY_LINES : ITEMS_LINES;
	return broken == 0 ? STEP_MORE : STEP_AGAIN;
}

/* "[[", the second at `from`: no known file is an array of arrays, so when this one does
 * not close on its line and the next begins with "{", it is a broken line. */
static enum step
decide_by_nested(struct items *items, size_t from)
{
	size_t most = from + items->item_max + 1;
	size_t stop = items->n < most ? items->n : most, next;
	const char *newline = memchr(items->window + from, '\n', stop - from);

	if (newline == NULL)
		return stop < most && !items->over ? STEP_MORE : STEP_AGAIN;
	stop = (size_t)(newline - items->window);
	next = stop + 1;
	if (next == items->n)
		return items->over ? STEP_AGAIN : STEP_MORE;
	if (items->window[next] == '{' &&
	    !is_whole(rp_slice_from(items->window + from, stop - from)))
		items->mode = ITEMS_LINES;
	return STEP_AGAIN;
}

/* How long "window.YTD.tweets.part0 =" is at `at`: 0, when it is not that; SIZE_MAX, when
 * its end is not here yet. */
static size_t
assignment(const struct items *items, size_t at)
{
	struct rp_slice window = RP_SLICE("window.");
	struct rp_slice head = rp_slice_from(items->window + at, items->n - at);
	size_t equals;

	if (head.n > ASSIGNMENT_MAX)
		head.n = ASSIGNMENT_MAX;
	if (window.n > head.n)
		window.n = head.n;
	if (!rp_slice_starts(head, window))
		return 0;
	equals = rp_slice_find_byte(head, '=');
	if (equals < head.n)
		return equals + 1;
	return head.n < ASSIGNMENT_MAX && !items->over ? SIZE_MAX : 0;
}

/*
 * Look at the beginning, before anything is taken.  *from: what belongs to the file and
 * not to its values.
 */
static enum step
look(struct items *items, size_t *from)
{
	size_t at, prefix, open;
	bool in_array;

	if (items->n < 3 && !items->over)
		return STEP_MORE;
	*from = json_bom(rp_slice_from(items->window, items->n));
	at = skip_blanks(items, *from);
	if (at < items->n && items->window[at] == 'w') {
		prefix = assignment(items, at);
		if (prefix == SIZE_MAX)
			return STEP_MORE;
		if (prefix > 0)
			*from = at + prefix;
		at = skip_blanks(items, *from);
	}
	if (at == items->n)
		return items->over ? STEP_AGAIN : STEP_MORE;
	in_array = items->window[at] == '[';
	if (!in_array && items->window[at] != '{') {
		items->mode = ITEMS_LINES;
		return STEP_AGAIN;
	}
	open = at;
	if (in_array)
		at = skip_blanks(items, at + 1);
	if (at == items->n)
		return items->over ? STEP_AGAIN : STEP_MORE;
	if (items->window[at] == '{')
		return decide_by_value(items, at, in_array);
	return items->window[at] == '[' && at == open + 1 ? decide_by_nested(items, at)
	                                                  : STEP_AGAIN;
}

static enum step
decide(struct items *items)
{
	size_t from = 0;

	if (look(items, &from) == STEP_MORE && items->n < items->room)
		return STEP_MORE;
	if (items->mode == ITEMS_UNDECIDED)
		items->mode = ITEMS_VALUES;
	take(items, from);
	return STEP_AGAIN;
}

/* ---- by lines -------------------------------------------------------------- */

/* What is left of a line without the blanks, and without the marks of the array. */
static struct rp_slice
line_value(const struct items *items, struct rp_slice line)
{
	line = rp_slice_trim(line);
	if (items->mode != ITEMS_ARRAY_LINES)
		return line;
	while (line.n > 0 && is_one_of(line.p[0], "[,] \t"))
		line = rp_slice_skip(line, 1);
	while (line.n > 0 && is_one_of(line.p[line.n - 1], ",]; \t\r"))
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
	else if (last && !is_whole(value))
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
			take(items, items->n);
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
		step = line_item(items, end, newline == NULL, out);
	}
	take(items, next);
	return step;
}

/* ---- by brackets ----------------------------------------------------------- */

/* Bytes that are no part of anything, up to a blank or what may stand between values. */
static enum step
garbage(struct items *items, size_t stop, struct item *out)
{
	size_t at = items->done, end = at + 1;

	while (end < stop && !is_blank(items->window[end]) &&
	       !is_one_of(items->window[end], "{[],;"))
		end++;
	if (end == stop && end == items->n && !items->over && end < items->batch_max)
		return STEP_MORE;
	if (end == items->batch_max && at > 0)
		return STEP_FULL;
	give(items, ITEM_GARBAGE, at, end - at, out);
	take(items, end);
	return STEP_ITEM;
}

/* What stands between values, up to the first byte of the next. */
static enum step
between_values(struct items *items, struct item *out)
{
	size_t stop = items->n < items->batch_max ? items->n : items->batch_max;
	size_t at = items->done;
	char c;

	for (; at < stop; at++) {
		c = items->window[at];
		if (c == '[' && !items->in_array)
			items->in_array = true;
		else if (c == ']' && items->in_array)
			items->in_array = false;
		else if (!is_blank(c) && c != ',' && c != ';')
			break;
	}
	take(items, at);
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
	items->in_value = false;
	if (items->passing)
		end_passing(items, end, out);
	else if (end - from > items->item_max) {
		give(items, ITEM_TOO_LONG, from, end - from, out);
		out->value = RP_SLICE("");
	} else {
		give(items, ITEM_VALUE, from, end - from, out);
	}
	take(items, end);
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
	take(items, end);
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
		take(items, items->n);
	else if (items->seen > items->item_max)
		return begin_passing(items);
	return STEP_MORE;
}

static enum step
next_step(struct items *items, struct item *out)
{
	switch (items->mode) {
	case ITEMS_UNDECIDED:
		return decide(items);
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
