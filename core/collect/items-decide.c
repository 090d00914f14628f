/*
 * Which way to cut a stream: by lines, or by brackets.
 */
#include "core/collect/items-cut.h"

enum { ASSIGNMENT_MAX = 256 };

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
	next = items_skip_blanks(items, next);
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
	while (end > from && ascii_is_blank(items->window[end - 1]))
		end--;
	if (!items_is_one_of(items->window[end - 1], "{[,:"))
		return items->window[next] == '{' ? 1 : -1;
	return in_array ? -1 : are_json_lines(items, next);
}

/* Behind the first value, on its line, only what stands between values: -1 not so, 0 not
 * known yet, 1 yes. */
static int
line_ends_at(const struct items *items, size_t at, bool in_array)
{
	const char *between = in_array ? " \t\r,]" : " \t\r";

	while (at < items->n && items_is_one_of(items->window[at], between))
		at++;
	if (at < items->n)
		return items->window[at] == '\n' ? 1 : -1;
	return items->over;
}

/* The first value begins at `from`: what its line tells, and the first byte of
 * the next. */
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
		next = items_skip_blanks(items, next);
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
	    !items_is_whole(rp_slice_from(items->window + from, stop - from)))
		items->mode = ITEMS_LINES;
	return STEP_AGAIN;
}

/* How long "window.YTD.tweets.part0 =" is at `at`, or what older archives have there: 0,
 * when it is not that; SIZE_MAX, when its end is not here yet. */
static size_t
assignment(const struct items *items, size_t at)
{
	static const struct rp_slice starts[] = { RP_LIT("window."), RP_LIT("Grailbird."),
		                                  RP_LIT("var ") };
	struct rp_slice head = rp_slice_from(items->window + at, items->n - at), start;
	size_t equals, i;

	if (head.n > ASSIGNMENT_MAX)
		head.n = ASSIGNMENT_MAX;
	for (i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		start = starts[i];
		start.n = start.n < head.n ? start.n : head.n;
		if (rp_slice_starts(head, start))
			break;
	}
	if (i == sizeof(starts) / sizeof(*starts))
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
	at = items_skip_blanks(items, *from);
	if (at < items->n && items_is_one_of(items->window[at], "wGv")) {
		prefix = assignment(items, at);
		if (prefix == SIZE_MAX)
			return STEP_MORE;
		if (prefix > 0)
			*from = at + prefix;
		at = items_skip_blanks(items, *from);
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
		at = items_skip_blanks(items, at + 1);
	if (at == items->n)
		return items->over ? STEP_AGAIN : STEP_MORE;
	if (items->window[at] == '{')
		return decide_by_value(items, at, in_array);
	return items->window[at] == '[' && at == open + 1 ? decide_by_nested(items, at)
	                                                  : STEP_AGAIN;
}

enum step
items_decide(struct items *items)
{
	size_t from = 0;

	if (look(items, &from) == STEP_MORE && items->n < items->room)
		return STEP_MORE;
	if (items->mode == ITEMS_UNDECIDED)
		items->mode = ITEMS_VALUES;
	items_take(items, from);
	return STEP_AGAIN;
}
