#include "core/thread/coverage.h"

#include <stdlib.h>

/* Somebody or something that a source may follow. */
struct subject {
	struct rp_slice label;
	bool is_account;
	bool ever,
		told; /* followed at some time; a stretch of it reaches into the view */
	bool whole, missed;
};

/* A stretch that reaches into the view's time, and whose. */
struct told {
	size_t subject;
	const struct coverage *stretch;
};

struct watch {
	struct looker *looker;
	struct arena *scratch;
	struct map *by_name; /* of a subject -> its index */
	struct subject *subjects;
	size_t n_subjects, room;
	struct view_coverage *out;
	struct told *told;
	size_t n_told, room_told;
};

/* A list of at least one more, in an arena: twice as long as it was. */
static void *
grown(struct arena *arena, const void *list, size_t n, size_t *room, size_t size)
{
	const size_t more = *room > 0 ? 2 * *room : 16;
	void *longer = arena_array(arena, more, size);

	if (longer == NULL)
		return NULL;
	if (n > 0)
		memcpy(longer, list, n * size);
	*room = more;
	return longer;
}

/* ---- the view's time ---- */

static void
widen(struct view_coverage *out, int64_t us)
{
	if (us == RP_TIME_UNKNOWN)
		return;
	if (out->from == RP_TIME_UNKNOWN || us < out->from)
		out->from = us;
	if (out->until == RP_TIME_UNKNOWN || us >= out->until)
		out->until = us < INT64_MAX ? us + 1 : us;
}

static void
find_time(const struct view_node *nodes, size_t n, struct view_coverage *out)
{
	out->from = out->until = RP_TIME_UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		widen(out, nodes[i].p.time.lo);
		widen(out, nodes[i].p.time.hi);
	}
}

/* ---- its subjects ---- */

static bool
add_subject(struct watch *watch, struct rp_slice name, struct rp_slice label,
            bool is_account, size_t *out)
{
	bool fresh;
	const uint32_t *at =
		map_put(watch->by_name, name, (uint32_t)watch->n_subjects, &fresh);

	if (at == NULL)
		return false;
	*out = *at;
	if (!fresh)
		return true;
	if (watch->n_subjects == watch->room) {
		struct subject *list =
			grown(watch->scratch, watch->subjects, watch->n_subjects,
		              &watch->room, sizeof(*list));

		if (list == NULL)
			return false;
		watch->subjects = list;
	}
	watch->subjects[watch->n_subjects++] =
		(struct subject){ .label = label, .is_account = is_account };
	return true;
}

/* Nobody follows who only speaks, or is quoted. */
static bool
can_be_followed(struct rp_slice account)
{
	const enum platform platform = key_platform(account);

	return platform == PLATFORM_X || platform == PLATFORM_BSKY ||
	       platform == PLATFORM_MASTO || platform == PLATFORM_FEED;
}

/* By its key, and by its handle, for a source that knows no more than that. */
static bool
add_author(struct watch *watch, const struct view_author *author)
{
	struct rp_slice label, by_handle;
	size_t at;

	if (author->key.n == 0 || !can_be_followed(author->key) ||
	    map_get(watch->by_name, author->key) != NULL)
		return true;
	if (!author_label(author, watch->looker->arena, &label) ||
	    !add_subject(watch, author->key, label, true, &at))
		return false;
	return author->handle.n == 0 ||
	       (key_make_handle(watch->scratch, key_platform(author->key), author->handle,
	                        &by_handle) &&
	        map_put(watch->by_name, by_handle, (uint32_t)at, NULL) != NULL);
}

static bool
add_conversation(struct watch *watch, struct rp_slice key)
{
	const struct rp_slice label = RP_LIT("the conversation");
	struct rp_slice name;
	size_t at;

	return key.n == 0 ||
	       (arena_join(watch->scratch, RP_SLICE("conversation:"), key, &name) &&
	        add_subject(watch, name, label, false, &at));
}

static enum rp_status
find_subjects(struct watch *watch, const struct view_node *nodes, size_t n,
              struct rp_error *err)
{
	const struct rp_slice *last = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct rp_slice *key = &nodes[i].p.post.conversation;

		if (!add_author(watch, &nodes[i].p.author))
			return rp_fail_memory(err);
		if (last != NULL && rp_slice_eq(*last, *key))
			continue;
		if (!add_conversation(watch, *key))
			return rp_fail_memory(err);
		last = key;
	}
	return RP_OK;
}

/* ---- what is told of them ---- */

static bool
add_told(struct watch *watch, size_t subject, const struct coverage *row)
{
	struct arena *arena = watch->looker->arena;
	struct coverage *copy = arena_alloc(watch->scratch, sizeof(*copy));

	if (copy == NULL)
		return false;
	*copy = *row;
	if (watch->n_told == watch->room_told) {
		struct told *list = grown(watch->scratch, watch->told, watch->n_told,
		                          &watch->room_told, sizeof(*list));

		if (list == NULL)
			return false;
		watch->told = list;
	}
	watch->told[watch->n_told++] = (struct told){ subject, copy };
	return arena_copy(arena, row->source, &copy->source) &&
	       arena_copy(arena, row->subject, &copy->subject) &&
	       arena_copy(arena, row->why, &copy->why);
}

static enum rp_status
take_row(struct watch *watch, const struct coverage *row, struct rp_error *err)
{
	const uint32_t *at = map_get(watch->by_name, row->subject);
	struct subject *subject;

	if (at == NULL)
		return RP_OK;
	subject = &watch->subjects[*at];
	subject->ever = watch->out->ever = true;
	if (row->from >= watch->out->until || row->until <= watch->out->from)
		return RP_OK;
	subject->told = true;
	return add_told(watch, *at, row) ? RP_OK : rp_fail_memory(err);
}

static enum rp_status
read_rows(struct watch *watch, const struct view_node *nodes, size_t n,
          struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_COVERAGE };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(watch->looker->store, &scan, &it, err);

	if (st == RP_OK)
		st = store_next(it, &row, err);
	if (st == RP_OK)
		st = find_subjects(watch, nodes, n, err);
	while (st == RP_OK) {
		st = take_row(watch, &row.coverage, err);
		if (st == RP_OK)
			st = store_next(it, &row, err);
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- what comes of it ---- */

/* What was seen of a subject before its gaps, each in the order of time. */
static int
cmp_told(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	if (x->stretch->gap != y->stretch->gap)
		return x->stretch->gap ? 1 : -1;
	return (x->stretch->from > y->stretch->from) -
	       (x->stretch->from < y->stretch->from);
}

/* Is that time seen whole, by stretches in order? */
static bool
is_seen(const struct told *seen, size_t n, int64_t from, int64_t until)
{
	for (size_t i = 0; i < n && from < until; i++)
		if (seen[i].stretch->from <= from && seen[i].stretch->until > from)
			from = seen[i].stretch->until;
	return from >= until;
}

static void
judge_subject(struct watch *watch, const struct told *told, size_t n,
              struct view_gap *gaps)
{
	struct view_coverage *out = watch->out;
	struct subject *subject = &watch->subjects[told->subject];
	size_t seen = 0;

	while (seen < n && !told[seen].stretch->gap)
		seen++;
	subject->whole = is_seen(told, seen, out->from, out->until);
	for (size_t i = seen; i < n; i++) {
		const struct coverage *gap = told[i].stretch;
		struct view_gap in = { .label = subject->label,
			               .from = gap->from,
			               .until = gap->until,
			               .why = gap->why };

		if (in.from < out->from)
			in.from = out->from;
		if (in.until > out->until)
			in.until = out->until;
		if (is_seen(told, seen, in.from, in.until))
			continue;
		gaps[out->n_gaps++] = in;
		subject->missed = true;
	}
}

static enum rp_status
judge(struct watch *watch, struct rp_error *err)
{
	struct arena *arena = watch->looker->arena;
	struct view_gap *gaps = arena_array(arena, watch->n_told, sizeof(*gaps));
	struct coverage *all = arena_array(arena, watch->n_told, sizeof(*all));

	if (gaps == NULL || all == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < watch->n_told; i++)
		all[i] = *watch->told[i].stretch;
	if (watch->n_told > 1)
		qsort(watch->told, watch->n_told, sizeof(*watch->told), cmp_told);
	for (size_t i = 0, n; i < watch->n_told; i += n) {
		for (n = 1; i + n < watch->n_told &&
		            watch->told[i + n].subject == watch->told[i].subject;)
			n++;
		judge_subject(watch, &watch->told[i], n, gaps);
	}
	watch->out->gaps = gaps;
	watch->out->stretches = all;
	watch->out->n_stretches = watch->n_told;
	return RP_OK;
}

static enum rp_status
list_labels(struct watch *watch, struct rp_error *err)
{
	struct view_coverage *out = watch->out;
	struct arena *arena = watch->looker->arena;
	const size_t n = watch->n_subjects;
	struct rp_slice *whole = arena_array(arena, n, sizeof(*whole));
	struct rp_slice *partly = arena_array(arena, n, sizeof(*partly));
	struct rp_slice *unfollowed = arena_array(arena, n, sizeof(*unfollowed));

	if (whole == NULL || partly == NULL || unfollowed == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct subject *subject = &watch->subjects[i];

		if (subject->whole)
			whole[out->n_whole++] = subject->label;
		else if (subject->told && !subject->missed)
			partly[out->n_partly++] = subject->label;
		else if (!subject->told && subject->is_account)
			unfollowed[out->n_unfollowed++] = subject->label;
	}
	out->whole = whole;
	out->partly = partly;
	out->unfollowed = unfollowed;
	return RP_OK;
}

/* "@sama was not seen from … until …: seven-day limit" */
static bool
tell_gap(struct arena *arena, const struct view_gap *gap, struct view_why *out)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 20);
	buf_add(&text, gap->label);
	buf_add_str(&text, " was not seen from ");
	rp_time_write(&text, gap->from, RP_PRECISION_S);
	buf_add_str(&text, " until ");
	rp_time_write(&text, gap->until, RP_PRECISION_S);
	buf_add_str(&text, ": ");
	buf_add(&text, gap->why);
	*out = (struct view_why){ .code = WHY_GAP };
	return !buf_failed(&text) && arena_copy(arena, buf_slice(&text), &out->text);
}

static enum rp_status
add_why(struct arena *arena, const struct view_coverage *coverage,
        const struct view_why **why, size_t *n_why, struct rp_error *err)
{
	struct view_why *list;

	if (coverage->n_gaps == 0)
		return RP_OK;
	list = arena_array(arena, *n_why + coverage->n_gaps, sizeof(*list));
	if (list == NULL)
		return rp_fail_memory(err);
	if (*n_why > 0)
		memcpy(list, *why, *n_why * sizeof(*list));
	for (size_t i = 0; i < coverage->n_gaps; i++)
		if (!tell_gap(arena, &coverage->gaps[i], &list[(*n_why)++]))
			return rp_fail_memory(err);
	*why = list;
	return RP_OK;
}

enum rp_status
coverage_view(struct looker *looker, const struct view_node *nodes, size_t n,
              struct view_coverage *out, const struct view_why **why, size_t *n_why,
              struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new(SIZE_MAX);
	CLEANUP(map_free) struct map *by_name = map_new();
	struct watch watch = {
		.looker = looker, .scratch = scratch, .by_name = by_name, .out = out
	};
	enum rp_status st;

	*out = (struct view_coverage){ .ever = false };
	if (scratch == NULL || by_name == NULL)
		return rp_fail_memory(err);
	find_time(nodes, n, out);
	st = read_rows(&watch, nodes, n, err);
	if (st != RP_OK || !out->ever)
		return st;
	if ((st = judge(&watch, err)) != RP_OK ||
	    (st = list_labels(&watch, err)) != RP_OK)
		return st;
	return add_why(looker->arena, out, why, n_why, err);
}
