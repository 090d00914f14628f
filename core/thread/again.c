#include "core/thread/again.h"

#include <stdlib.h>

typedef enum rp_status again_take(void *context, int64_t at, struct rp_error *err);

/* An answer's own time has milliseconds. */
static bool
is_of_that_moment(const struct capture *capture, int64_t as_of)
{
	const struct rp_slice key = RP_LIT("fetched=");
	struct rp_slice rest = capture->options;

	if (as_of == RP_TIME_UNKNOWN || capture->at / 1000 != as_of / 1000)
		return false;
	while (rest.n > 0)
		if (rp_slice_starts(rp_slice_cut(&rest, '\n'), key))
			return true;
	return false;
}

static enum rp_status
find_capture(struct store *store, int64_t id, int64_t as_of, bool *fits_out,
             struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES, .id = id };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &iter, err);

	*fits_out = false;
	if (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		*fits_out =
			row.capture.id == id && is_of_that_moment(&row.capture, as_of);
	return st == RP_END ? RP_OK : st;
}

/* Told each later time, by time. */
static enum rp_status
each_again(struct store *store, int64_t capture, int64_t as_of, again_take *take,
           void *context, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	bool fits = false;
	enum rp_status st = RP_OK;

	if (as_of != RP_TIME_UNKNOWN && capture != 0)
		st = find_capture(store, capture, as_of, &fits, err);
	if (st != RP_OK || !fits)
		return st;
	st = store_scan(store, &scan, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		if (row.again.at > as_of)
			st = take(context, row.again.at, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
take_last(void *context, int64_t at, struct rp_error *err)
{
	int64_t *last = context;

	(void)err;
	*last = at > *last ? at : *last;
	return RP_OK;
}

enum rp_status
again_last(struct store *store, int64_t capture, int64_t as_of, int64_t *last_out,
           struct rp_error *err)
{
	*last_out = as_of;
	return each_again(store, capture, as_of, take_last, last_out, err);
}

/* ---- notes ----------------------------------------------------------------- */

struct notes {
	struct arena *arena;
	struct state_note *list;
	size_t n, room;
};

static enum rp_status
add_again(void *context, int64_t at, struct rp_error *err)
{
	struct notes *notes = context;
	struct state_note *list = arena_room(notes->arena, notes->list, notes->n,
	                                     &notes->room, sizeof(*list));

	if (list == NULL)
		return rp_fail_memory(err);
	notes->list = list;
	list[notes->n] = list[notes->n - 1];
	list[notes->n++].as_of = at;
	return RP_OK;
}

static enum rp_status
add_note(struct notes *notes, const struct state_note *note, struct rp_error *err)
{
	struct state_note *list = arena_room(notes->arena, notes->list, notes->n,
	                                     &notes->room, sizeof(*list));

	if (list == NULL ||
	    !arena_copy(notes->arena, note->subject, &list[notes->n].subject) ||
	    !arena_copy(notes->arena, note->evidence, &list[notes->n].evidence))
		return rp_fail_memory(err);
	notes->list = list;
	list[notes->n].state = note->state;
	list[notes->n].as_of = note->as_of;
	list[notes->n].capture = note->capture;
	notes->n++;
	return RP_OK;
}

static int
note_cmp(const void *left, const void *right)
{
	const struct state_note *a = left, *b = right;

	if (a->as_of != b->as_of)
		return a->as_of < b->as_of ? -1 : 1; /* unknown is the smallest */
	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	return rp_slice_cmp(a->evidence, b->evidence);
}

enum rp_status
state_notes(struct store *store, struct rp_slice subject, struct arena *arena,
            struct state_note **out, size_t *n_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_STATES, .key = subject };
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	struct notes notes = { .arena = arena };
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &iter, err);

	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK) {
		const struct state_note note = row.state;

		st = add_note(&notes, &note, err);
		if (st == RP_OK)
			st = each_again(store, note.capture, note.as_of, add_again,
			                &notes, err);
	}
	if (st != RP_END)
		return st;
	if (notes.n > 1)
		qsort(notes.list, notes.n, sizeof(*notes.list), note_cmp);
	*out = notes.list;
	*n_out = notes.n;
	return RP_OK;
}
