/*
 * A stream of JSON cut into the values it is made of, one at a time, so that files of any
 * size pass through a window of fixed size.
 *
 * Two ways to cut.  By lines, when the first value is whole on its line (JSON Lines, or
 * an array with one element a line), or when what follows its line shows that it is a
 * broken one: a broken line costs that line and nothing behind it.
 * By brackets otherwise (values over several lines, one behind the other, the elements of
 * an array one by one): a value whose brackets do not close takes the rest of the file
 * with it.  Between the values there may be blanks, commas, the brackets of the array, a
 * byte order mark at the start, and the assignment that X's own archive files begin with
 * ("window.YTD.tweets.part0 = ").
 *
 *	items_begin(&items);
 *	while ((st = items_next(&items, &item, err)) == RP_OK)
 *		... item, items_bytes(&items) ...
 *
 * A value that is too long, but is an object with one of the arrays that its reader knows
 * (items_open()), is opened: its elements are values of their own, and what stands around
 * them passes by as bytes.
 *
 * A batch is what lies between two calls of items_begin(): its bytes follow on those of
 * the batch before, and where it ends does not depend on how the bytes came in.
 */
#ifndef RIPOSTE_CORE_COLLECT_ITEMS_H
#define RIPOSTE_CORE_COLLECT_ITEMS_H

#include "core/collect/collector.h"
#include "core/parse/json.h"

enum item_kind {
	ITEM_VALUE,    /* begins with a bracket; the parser judges the rest */
	ITEM_GARBAGE,  /* bytes with which no record can begin */
	ITEM_CUT,      /* the input ends in the middle of it */
	ITEM_TOO_LONG, /* went by as bytes; value is empty */
};

struct item {
	enum item_kind kind;
	struct rp_slice value;  /* in the window: good until the next items_begin() */
	size_t at;              /* of value in the batch's bytes */
	uint64_t offset, bytes; /* in the input */
	uint64_t line;          /* on which it begins, from 1 */
};

struct items {
	struct reader reader;
	size_t batch_max, item_max; /* bytes */
	char *window;               /* room for the larger of the two and a little more */
	size_t room, n;
	uint64_t offset; /* of window[0] in the input */
	size_t done;     /* bytes of the window that belong to this batch */
	size_t seen;     /* bytes behind done that were looked at and are no end */
	size_t items;    /* in this batch */
	uint64_t line;   /* at done */
	enum { ITEMS_UNDECIDED, ITEMS_LINES, ITEMS_ARRAY_LINES, ITEMS_VALUES } mode;
	bool in_array;                 /* ITEMS_VALUES: behind "[" */
	bool in_value;                 /* ITEMS_VALUES: split is at work */
	const struct rp_slice *arrays; /* names of those to be opened */
	size_t n_arrays;
	bool in_object; /* ITEMS_VALUES: behind "{" of one that was opened */
	bool in_member; /* ... split is at work on a member of it that is passed by */
	bool over;      /* the reader has no more */
	bool broken;    /* and this was not the end */
	bool passing;   /* a value that is too long goes by; it began at: */
	uint64_t passing_offset, passing_line;
	struct json_splitter split;
};

/*
 * batch_max  a batch ends before the value that would make it longer, unless that value
 *            is its only one
 * item_max   longer values are passed by
 *
 * RP_FAILED: out of memory.
 */
enum rp_status items_init(struct items *items, const struct reader *reader,
                          size_t batch_max, size_t item_max,
                          struct rp_error *err) RP_MUST_USE;
void items_done(struct items *items);

/* Open objects that are too long at these of their members.  The names are borrowed; to
 * be called before the first items_begin(). */
void items_open(struct items *items, const struct rp_slice *arrays, size_t n);

/* Begin a batch behind the last one: its bytes and values are gone. */
void items_begin(struct items *items);

/*
 * The next value of this batch.  RP_END: the batch is full or the input over; when
 * items_bytes() is empty as well, there is nothing more at all.  RP_FAILED: the reader.
 *
 * A reader that loses the rest of its input ends it: what was whole is given, what is cut
 * off by it is ITEM_CUT; items->broken tells.
 */
enum rp_status items_next(struct items *items, struct item *out,
                          struct rp_error *err) RP_MUST_USE;

/* Put the last value back: it becomes the first of the next batch, and this one ends. */
void items_back(struct items *items, const struct item *last);

#define ITEMS_GARBAGE "no JSON: nothing here begins a record"

/*
 * Why an item is no value, in the words of a reject.  false: it is one, or is cut off but
 * nests too deep wherever it ends, which the parser tells.
 */
bool items_problem(const struct items *items, const struct item *item,
                   struct rp_error *why);

/* Of this batch so far, and where in the input they begin. */
struct rp_slice items_bytes(const struct items *items);

#endif
