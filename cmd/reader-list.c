/*
 * Lists of posts in the order of their time: timeline and search.
 *
 * An exact time is what the store sorts and finds posts by.  Of the others a thread may
 * know more: these are read first, decided with that, and put between the exact ones.
 */
#include "cmd/reader.h"
#include "core/thread/thread.h"

#include <stdlib.h>

/* A post without an exact time, by its key. */
struct loose {
	struct place place;
	struct shown_time shown;
};

struct list {
	struct reader *reader;
	const struct filter *filter;
	struct shown_times *times;
	struct loose *loose; /* those that match, in order */
	size_t n_loose, cap_loose;
	FILE *out;
	struct post_list written;
	struct arena *arena; /* of one post */
};

/* ---- without an exact time ----------------------------------------------- */

static bool
lies_between(const struct filter *filter, struct rp_time time)
{
	if (filter->since == RP_TIME_UNKNOWN && filter->until == RP_TIME_UNKNOWN)
		return true;
	if (!rp_time_known(time))
		return false;
	if (filter->since != RP_TIME_UNKNOWN && time.hi != RP_TIME_UNKNOWN &&
	    time.hi < filter->since)
		return false;
	return filter->until == RP_TIME_UNKNOWN || time.lo < filter->until;
}

static enum rp_status
consider(struct list *list, const struct post *post, struct rp_error *err)
{
	struct arena *arena = list->reader->arena;
	struct loose loose;
	enum rp_status st = shown_times_get(list->times, post, &loose.shown, err);

	if (st != RP_OK || !lies_between(list->filter, loose.shown.time))
		return st;
	if (list->n_loose == list->cap_loose) {
		const size_t cap = list->cap_loose ? 2 * list->cap_loose : 64;
		void *grown =
			arena_grow(arena, list->loose, list->n_loose, cap, sizeof(loose));

		if (grown == NULL)
			return rp_fail_memory(err);
		list->loose = grown;
		list->cap_loose = cap;
	}
	loose.place = place_of(post, &loose.shown);
	if (!arena_copy(arena, post->key, &loose.place.key))
		return rp_fail_memory(err);
	list->loose[list->n_loose++] = loose;
	return RP_OK;
}

static int
cmp_up(const void *a, const void *b)
{
	return place_cmp(&((const struct loose *)a)->place,
	                 &((const struct loose *)b)->place);
}

/* Down, all but what has no time turns round. */
static int
place_cmp_in(enum filter_order order, const struct place *a, const struct place *b)
{
	const bool timeless = a->at == UINT64_MAX || b->at == UINT64_MAX;

	if (order != ORDER_TIME_DOWN || (timeless && a->at != b->at))
		return place_cmp(a, b);
	return place_cmp(b, a);
}

static int
cmp_down(const void *a, const void *b)
{
	return place_cmp_in(ORDER_TIME_DOWN, &((const struct loose *)a)->place,
	                    &((const struct loose *)b)->place);
}

static enum rp_status
read_loose(struct list *list, struct rp_error *err)
{
	struct filter filter = *list->filter;
	const struct scan scan = { .of = SCAN_POSTS, .filter = &filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	filter.times = TIMES_LOOSE;
	filter.limit = 0;
	st = store_scan(list->reader->inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = consider(list, &row.post, err);
	if (st != RP_END)
		return st;
	if (list->n_loose > 1)
		qsort(list->loose, list->n_loose, sizeof(*list->loose),
		      filter.order == ORDER_TIME_DOWN ? cmp_down : cmp_up);
	return RP_OK;
}

/* ---- one after the other ------------------------------------------------- */

static enum rp_status
write_post(struct list *list, const struct post *post, const struct shown_time *shown,
           struct rp_error *err)
{
	const struct reader *reader = list->reader;
	struct view_post view;
	enum rp_status st = post_view(reader->inv->store, post, &reader->people,
	                              list->arena, &view, err);

	if (st != RP_OK)
		return st;
	view.time = shown->time;
	view.time_conflict = shown->conflict;
	reader->writer->post(list->out, &reader->style, &list->written, &view);
	arena_reset(list->arena);
	/* output_close() tells why. */
	if (ferror(list->out) || list->written.n == list->filter->limit)
		return RP_END;
	return RP_OK;
}

static enum rp_status
write_loose(struct list *list, const struct loose *loose, struct rp_error *err)
{
	struct post post;
	enum rp_status st = store_post_get(list->reader->inv->store, loose->place.key,
	                                   list->arena, &post, err);

	return st == RP_OK ? write_post(list, &post, &loose->shown, err) : st;
}

/* Exact ones as they come from the store, the others between them. */
static enum rp_status
write_all(struct list *list, struct rp_error *err)
{
	struct filter filter = *list->filter;
	const struct scan scan = { .of = SCAN_POSTS, .filter = &filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	size_t at = 0;
	enum rp_status st;

	filter.times = TIMES_EXACT;
	st = store_scan(list->reader->inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct shown_time shown;
		struct place place;

		st = shown_times_get(list->times, &row.post, &shown, err);
		place = place_of(&row.post, &shown);
		for (; st == RP_OK && at < list->n_loose &&
		       place_cmp_in(filter.order, &list->loose[at].place, &place) < 0;
		     at++)
			st = write_loose(list, &list->loose[at], err);
		if (st == RP_OK)
			st = write_post(list, &row.post, &shown, err);
		if (st == RP_END)
			return RP_OK;
	}
	if (st == RP_END)
		st = RP_OK;
	for (; st == RP_OK && at < list->n_loose; at++)
		st = write_loose(list, &list->loose[at], err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
write_posts(struct reader *reader, const struct filter *filter, FILE *out,
            uint64_t *n_out, struct rp_error *err)
{
	CLEANUP(shown_times_free)
	struct shown_times *times = shown_times_new(reader->inv->store);
	CLEANUP(arena_free) struct arena *arena = arena_new(VIEW_CEILING_BYTES);
	struct list list = { .reader = reader,
		             .filter = filter,
		             .times = times,
		             .out = out,
		             .arena = arena };
	enum rp_status st;

	if (times == NULL || arena == NULL)
		return rp_fail_memory(err);
	st = read_loose(&list, err);
	if (st == RP_OK)
		st = write_all(&list, err);
	*n_out = list.written.n;
	return st;
}

int
reader_list(struct invocation *inv, enum filter_order order)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct rp_error err = { .status = RP_OK };
	struct filter filter;
	struct output out;
	uint64_t n = 0;
	enum rp_status st;

	if (reader_init(&reader, inv, "text", &err) != RP_OK ||
	    reader_filter(&reader, &filter, &err) != RP_OK)
		return report_error(&err);
	filter.order = order;
	if (output_open(inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (reader.writer->posts_begin != NULL)
		reader.writer->posts_begin(out.stream, &reader.style);
	st = write_posts(&reader, &filter, out.stream, &n, &err);
	if (reader.writer->posts_end != NULL)
		reader.writer->posts_end(out.stream, &reader.style);
	if (st != RP_OK)
		return output_close(&out, report_error(&err));
	return output_close(&out, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}
