/*
 * Stretches of time that a source saw, or missed: a list in order, apart, and with one
 * more stretch a list again.  What is covered goes before what is a gap, whichever was
 * told first; of two gaps the first one keeps its words, unless they are that it is not
 * read yet, and the other one knows why.
 */
#include "core/ingest/collect.h"

#include <stdlib.h>

/* A source that has been followed for years with a gap a day has some thousands. */
enum { STRETCHES_BYTES = 16 << 20 };

struct stretches {
	struct arena *arena;
	struct coverage *list;
	size_t n, room;
};

static bool
add(struct stretches *to, const struct coverage *one)
{
	if (to->n == to->room) {
		const size_t room = to->room > 0 ? 2 * to->room : 16;
		struct coverage *list = arena_array(to->arena, room, sizeof(*list));

		if (list == NULL)
			return false;
		if (to->n > 0)
			memcpy(list, to->list, to->n * sizeof(*list));
		to->list = list;
		to->room = room;
	}
	to->list[to->n++] = *one;
	return true;
}

static enum rp_status
read_held(struct store *store, const struct coverage *more, struct stretches *out,
          struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_COVERAGE, .key = more->source };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (!rp_slice_eq(row.coverage.subject, more->subject))
			continue;
		if (!arena_copy(out->arena, row.coverage.why, &row.coverage.why) ||
		    !add(out, &row.coverage))
			return rp_fail_memory(err);
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- what a clock that was ahead made of it ------------------------------------- */

/*
 * The end of the last run before `now` that may have seen something: whatever is covered
 * behind it was told by one whose clock was ahead.
 */
static enum rp_status
last_sound(struct store *store, struct rp_slice source, int64_t now, int64_t *out,
           struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SOURCE_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	*out = RP_TIME_UNKNOWN;
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		const struct source_run *run = &row.source_run;

		if (rp_slice_eq(run->source, source) && run->ended <= now &&
		    run->ended > *out &&
		    (run->end == SOURCE_DONE || run->end == SOURCE_STOPPED))
			*out = run->ended;
	}
	return st == RP_END ? RP_OK : st;
}

static bool
is_ahead(const struct coverage *one, int64_t now)
{
	return one->until > INT64_MIN + RP_HOUR && one->until - RP_HOUR > now;
}

/* By source and subject. */
static enum rp_status
read_all(struct store *store, int64_t now, struct stretches *out, bool *ahead_out,
         struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_COVERAGE };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	*ahead_out = false;
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct coverage *one = &row.coverage;

		*ahead_out = *ahead_out || is_ahead(one, now);
		if (!arena_copy(out->arena, one->why, &one->why) ||
		    !arena_copy(out->arena, one->subject, &one->subject) ||
		    !arena_copy(out->arena, one->source, &one->source) || !add(out, one))
			return rp_fail_memory(err);
	}
	return st == RP_END ? RP_OK : st;
}

/* One subject, up to `sound`; from there to now nobody knows. */
static enum rp_status
cut_subject(struct store *store, const struct coverage *list, size_t n, int64_t sound,
            int64_t now, struct arena *arena, struct rp_error *err)
{
	struct stretches kept = { .arena = arena };
	struct coverage rest = list[0];
	int64_t end = RP_TIME_UNKNOWN;

	for (size_t i = 0; i < n; i++) {
		struct coverage one = list[i];

		if (one.until > now)
			one.until = one.gap ? now : sound;
		if (one.from < one.until) {
			end = one.until;
			if (!add(&kept, &one))
				return rp_fail_memory(err);
		}
	}
	rest.from = end != RP_TIME_UNKNOWN ? end : list[0].from;
	rest.until = now;
	rest.gap = true;
	rest.why = RP_SLICE("the clock of this machine was ahead");
	if (rest.from < rest.until && !add(&kept, &rest))
		return rp_fail_memory(err);
	return store_coverage_set(store, rest.source, rest.subject, kept.list, kept.n,
	                          err);
}

static bool
is_same_subject(const struct coverage *a, const struct coverage *b)
{
	return rp_slice_eq(a->source, b->source) && rp_slice_eq(a->subject, b->subject);
}

static enum rp_status
cut_back(struct store *store, int64_t now, struct arena *arena, struct rp_error *err)
{
	struct stretches all = { .arena = arena };
	int64_t sound;
	bool ahead;
	enum rp_status st = read_all(store, now, &all, &ahead, err);

	for (size_t i = 0, n; st == RP_OK && ahead && i < all.n; i += n) {
		const struct coverage *first = &all.list[i];

		for (n = 1; i + n < all.n && is_same_subject(first, first + n);)
			n++;
		if (!is_ahead(&first[n - 1], now))
			continue;
		st = last_sound(store, first->source, now, &sound, err);
		if (st == RP_OK)
			st = cut_subject(store, first, n, sound, now, arena, err);
	}
	return st;
}

enum rp_status
coverage_cut_back(struct store *store, int64_t now, struct rp_error *err)
{
	struct arena *arena = arena_new(STRETCHES_BYTES);
	enum rp_status st =
		arena != NULL ? cut_back(store, now, arena, err) : rp_fail_memory(err);

	arena_free(arena);
	return st;
}

/* ---- one more ------------------------------------------------------------------- */

/* One stretch without what lies in another: what is before it, and behind. */
static bool
add_outside(struct stretches *to, const struct coverage *one, const struct coverage *of)
{
	struct coverage before = *one, behind = *one;

	if (before.until > of->from)
		before.until = of->from;
	if (behind.from < of->until)
		behind.from = of->until;
	return (before.from >= before.until || add(to, &before)) &&
	       (behind.from >= behind.until || add(to, &behind));
}

static bool
is_for_now(const struct coverage *gap)
{
	return rp_slice_eq(gap->why, RP_SLICE("not read yet"));
}

static bool
gives_way(const struct coverage *one, const struct coverage *more)
{
	return one->gap && (!more->gap || (is_for_now(one) && !is_for_now(more)));
}

/* What is left of a gap where nothing is told yet; the list is in order. */
static bool
add_untold(struct stretches *to, struct coverage rest, const struct stretches *held)
{
	for (size_t i = 0; i < held->n && rest.from < rest.until; i++) {
		const struct coverage *told = &held->list[i];
		struct coverage piece = rest;

		if (told->until <= rest.from || gives_way(told, &rest))
			continue;
		if (told->from < piece.until)
			piece.until = told->from;
		if (piece.from < piece.until && !add(to, &piece))
			return false;
		rest.from = told->until;
	}
	return rest.from >= rest.until || add(to, &rest);
}

static bool
combine(const struct stretches *held, const struct coverage *more, struct stretches *out)
{
	for (size_t i = 0; i < held->n; i++) {
		const struct coverage *one = &held->list[i];

		if (!(gives_way(one, more) ? add_outside(out, one, more) : add(out, one)))
			return false;
	}
	return more->gap ? add_untold(out, *more, held) : add(out, more);
}

static int
cmp_from(const void *a, const void *b)
{
	const struct coverage *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static bool
agree(const struct coverage *a, const struct coverage *b)
{
	return a->until >= b->from && a->gap == b->gap &&
	       (!a->gap || rp_slice_eq(a->why, b->why));
}

static void
join(struct stretches *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct coverage *one = &list->list[i];
		struct coverage *last = n > 0 ? &list->list[n - 1] : NULL;

		if (last == NULL || !agree(last, one)) {
			list->list[n++] = *one;
			continue;
		}
		if (one->until > last->until)
			last->until = one->until;
		if (one->run > last->run)
			last->run = one->run;
	}
	list->n = n;
}

/* All but who found it so: the same list may as well stay. */
static bool
same(const struct stretches *a, const struct stretches *b)
{
	for (size_t i = 0; a->n == b->n && i < a->n; i++) {
		const struct coverage *x = &a->list[i], *y = &b->list[i];

		if (x->from != y->from || x->until != y->until || x->gap != y->gap ||
		    !rp_slice_eq(x->why, y->why))
			return false;
	}
	return a->n == b->n;
}

static enum rp_status
note(struct store *store, const struct coverage *more, struct arena *arena,
     struct rp_error *err)
{
	struct stretches held = { .arena = arena }, now = { .arena = arena };
	enum rp_status st = read_held(store, more, &held, err);

	if (st != RP_OK)
		return st;
	if (!combine(&held, more, &now))
		return rp_fail_memory(err);
	qsort(now.list, now.n, sizeof(*now.list), cmp_from);
	join(&now);
	if (same(&held, &now))
		return RP_OK;
	return store_coverage_set(store, more->source, more->subject, now.list, now.n,
	                          err);
}

enum rp_status
coverage_note(struct store *store, const struct coverage *more, struct rp_error *err)
{
	struct arena *arena;
	enum rp_status st;

	if (more->from >= more->until) /* also when its end is unknown */
		return RP_OK;
	arena = arena_new(STRETCHES_BYTES);
	st = arena != NULL ? note(store, more, arena, err) : rp_fail_memory(err);
	arena_free(arena);
	return st;
}
