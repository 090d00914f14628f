/*
 * Captures of another archive: found among ours, or read into it.
 */
#include "core/ingest/event.h"
#include "core/ingest/merge-run.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

enum {
	RAW_PENDING_BYTES = 16 << 20, /* bytes without records, between two commits */
	READING_MAX = 1 << 20,        /* name and options of a capture */
};

/* ---- the same ----------------------------------------------------------------- */

static void
add_number(struct rp_buf *out, uint64_t number)
{
	buf_add(out, rp_slice_from((const char *)&number, sizeof(number)));
}

static void
add_text(struct rp_buf *out, struct rp_slice text)
{
	add_number(out, text.n);
	buf_add(out, text);
}

static void
add_bytes_of(struct rp_buf *out, const struct capture *capture)
{
	buf_add(out, rp_slice_from((const char *)capture->sha256.bytes, SHA256_BYTES));
	add_number(out, capture->bytes);
	add_number(out, capture->complete ? 1 : 0);
}

/* Bytes, and what they are read as. */
static void
add_reading(struct rp_buf *out, const struct capture *capture)
{
	const struct collector_ops *ops = collector_find(capture->format);

	add_bytes_of(out, capture);
	add_text(out, capture->format);
	add_text(out, capture->options);
	add_text(out, ops != NULL && ops->events ? capture->name : RP_SLICE(""));
}

/*
 * Everything that what is read out of a capture depends on, as bytes in the arena: two
 * captures with the same are one.  A compressed file and what is inside of it are a pair,
 * and are found as one.  container, inner: of the pair, or NULL.
 */
static enum rp_status
how_it_reads(struct arena *arena, const struct capture *capture,
             const struct capture *container, const struct capture *inner,
             struct rp_slice *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf how;

	buf_init(&how, READING_MAX);
	add_reading(&how, capture);
	buf_add_byte(&how, container != NULL ? 'c' : inner != NULL ? 'i' : 0);
	if (container != NULL)
		add_bytes_of(&how, container);
	else if (inner != NULL)
		add_reading(&how, inner);
	if (buf_failed(&how) || !arena_copy(arena, buf_slice(&how), out))
		return rp_fail_memory(err);
	return RP_OK;
}

/* For each capture the place of the one inside of it; as many as there are: none. */
static size_t *
list_inner(struct arena *arena, const struct captures *all)
{
	size_t *inner = arena_array(arena, all->n, sizeof(*inner));

	if (inner == NULL)
		return NULL;
	for (size_t i = 0; i < all->n; i++)
		inner[i] = all->n;
	for (size_t i = 0; i < all->n; i++) {
		const size_t at = captures_find(all, all->list[i].inside);

		if (at < all->n && inner[at] == all->n)
			inner[at] = i;
	}
	return inner;
}

/* The other of the pair, if it is one, and whole: see drop_damaged_inner(). */
static const struct capture *
pair_container(const struct captures *all, const size_t *inner, size_t index)
{
	const size_t at = captures_find(all, all->list[index].inside);

	return at < all->n && inner[at] == index ? &all->list[at] : NULL;
}

static const struct capture *
pair_inner(const struct captures *all, const size_t *inner, size_t index)
{
	return inner[index] < all->n ? &all->list[inner[index]] : NULL;
}

/* The first of those with the same counts for all. */
static enum rp_status
list_ours(struct merging *m, struct rp_error *err)
{
	enum rp_status st = captures_list(m->ingest->store, m->arena, &m->ours, err);
	const size_t *inner = list_inner(m->arena, &m->ours);

	if (st == RP_OK && inner == NULL)
		st = rp_fail_memory(err);
	for (size_t i = 0; i < m->ours.n && st == RP_OK; i++) {
		struct rp_slice how;

		st = how_it_reads(m->arena, &m->ours.list[i],
		                  pair_container(&m->ours, inner, i),
		                  pair_inner(&m->ours, inner, i), &how, err);
		if (st == RP_OK && map_put(m->held, how, (uint32_t)i, NULL) == NULL)
			st = rp_fail_memory(err);
	}
	return st;
}

/* The compressed file one of theirs came out of; NULL: none, or it was not taken. */
static const struct capture *
taken_container(const struct merging *m, size_t index)
{
	const struct capture *container = pair_container(&m->theirs, m->inner, index);

	return container != NULL && m->taken[container - m->theirs.list] != 0 ? container
	                                                                      : NULL;
}

/* The one of ours that reads like one of theirs, or NULL. */
static enum rp_status
find_same(struct merging *m, size_t index, struct rp_slice *how_out,
          const struct capture **out, struct rp_error *err)
{
	const uint32_t *at;
	enum rp_status st =
		how_it_reads(m->arena, &m->theirs.list[index], taken_container(m, index),
	                     pair_inner(&m->theirs, m->inner, index), how_out, err);

	if (st != RP_OK)
		return st;
	at = map_get(m->held, *how_out);
	*out = at != NULL ? &m->ours.list[*at] : NULL;
	return RP_OK;
}

/* One that was taken from now on counts for all that read the same. */
static enum rp_status
remember(struct merging *m, const struct capture *capture, struct rp_slice how,
         struct rp_error *err)
{
	enum rp_status st = captures_add(&m->ours, m->arena, capture, err);

	if (st == RP_OK && map_put(m->held, how, (uint32_t)(m->ours.n - 1), NULL) == NULL)
		return rp_fail_memory(err);
	return st;
}

/* ---- taken -------------------------------------------------------------------- */

struct taking {
	struct merging *m;
	struct sink sink;
	size_t index;          /* of theirs */
	enum rp_status failed; /* what our archive said, when it did not take a batch */
	bool open;             /* a transaction is */
	uint64_t pending;      /* bytes in it */
	struct tally before;   /* when it began */
};

static enum rp_status
taking_begin(struct taking *t, struct rp_error *err)
{
	enum rp_status st;

	if (t->open)
		return RP_OK;
	t->before = t->m->ingest->tally;
	t->pending = 0;
	t->open = true;
	if ((st = run_begin(t->m->ingest, err)) != RP_OK)
		return st;
	t->sink.capture.run = t->m->ingest->run;
	return sink_begin(&t->sink, err);
}

static enum rp_status
taking_finish(struct taking *t, enum rp_status st, struct rp_error *err)
{
	st = run_finish(t->m->ingest, st, err);
	if (st != RP_OK)
		t->m->ingest->tally = t->before;
	t->open = false;
	return st;
}

static enum rp_status
take_batch(struct taking *t, const struct batch *batch, struct rp_error *err)
{
	enum rp_status st = taking_begin(t, err);

	if (st == RP_OK)
		st = batch->arena != NULL ? sink_batch(&t->sink, batch, err)
		                          : sink_bytes(&t->sink, batch->bytes, err);
	t->pending += batch->bytes.n;
	if (st == RP_OK && batch->arena == NULL && t->pending < RAW_PENDING_BYTES)
		return RP_OK;
	if (st == RP_OK)
		st = sink_update(&t->sink, false, err);
	return taking_finish(t, st, err);
}

static enum rp_status
take(void *context, const struct batch *batch, struct rp_error *err)
{
	struct taking *t = context;

	t->failed = merging_stopped(t->m) ? RP_END : take_batch(t, batch, err);
	return t->failed;
}

/*
 * A compressed file is complete once what is inside of it is: what is not there of that
 * would else be taken for what a damaged file lacks.
 */
static enum rp_status
update(struct taking *t, bool complete, struct rp_error *err)
{
	struct merging *m = t->m;
	const bool waits = complete && pair_inner(&m->theirs, m->inner, t->index) != NULL;
	enum rp_status st = sink_update(&t->sink, complete && !waits, err);

	t->sink.capture.complete = complete;
	if (waits)
		m->waiting = t->sink.capture;
	if (st == RP_OK && m->waiting.id != 0 &&
	    t->sink.capture.inside == m->waiting.id) {
		st = store_capture_update(m->ingest->store, &m->waiting, err);
		m->waiting.id = 0;
	}
	return st;
}

/* All of it came, or what comes before damage: then *whole becomes false. */
static enum rp_status
take_end(struct taking *t, const struct capture *their, bool broken, bool *whole,
         struct rp_error *err)
{
	const struct sha256 hash = sha256_stream_peek(t->sink.hash);
	enum rp_status st = taking_begin(t, err);

	*whole = *whole && t->sink.capture.bytes == their->bytes &&
	         sha256_eq(&hash, &their->sha256);
	if (st == RP_OK && rp_slice_eq(their->format, RP_SLICE("unknown")))
		st = sink_unread(&t->sink, broken, t->sink.capture.bytes, err);
	if (st == RP_OK)
		st = update(t, *whole && their->complete, err);
	return taking_finish(t, st, err);
}

static void
tell_damage(struct merging *m, const struct capture *their, const struct rp_error *why)
{
	char sha256[SHA256_HEX + 1];

	sha256_hex(&their->sha256, sha256);
	if (rp_slice_starts(rp_slice_str(why->text), RP_SLICE("capture ")))
		merging_tell(m, "damaged there: %s", why->text);
	else
		merging_tell(m, "damaged there: capture %.12s (%.*s): %s", sha256,
		             RP_FMT(their->name), why->text);
}

/* What ends a merge; anything else that the other archive says is damage to a capture. */
static bool
ends_merge(enum rp_status st)
{
	return st == RP_FAILED || st == RP_RETRY_LATER || st == RP_END;
}

static enum rp_status
read_into(struct taking *t, const struct capture *their, bool *whole,
          struct rp_error *err)
{
	const struct capture *container = taken_container(t->m, t->index);
	const struct stored stored = {
		.store = t->m->other,
		.capture = their,
		.options = their->options,
		.broken = container != NULL && container->complete && !their->complete,
	};
	struct rp_error why = { .status = RP_OK };
	enum rp_status st = stored_read(&stored, t->m->batch, take, t, &why);

	if (t->failed != RP_OK || ends_merge(st)) {
		if (t->open)
			(void)taking_finish(t, RP_FAILED, NULL);
		return rp_fail(err, t->failed != RP_OK ? t->failed : st, "%s", why.text);
	}
	*whole = st == RP_OK;
	if (!*whole && t->sink.capture.id == 0 && !t->open) {
		tell_damage(t->m, their, &why); /* at the very beginning */
		return RP_OK;
	}
	if (*whole)
		(void)rp_fail(&why, RP_CORRUPT, "it has other bytes than were noted");
	st = take_end(t, their, stored.broken, whole, err);
	if (st == RP_OK && !*whole)
		tell_damage(t->m, their, &why);
	return st;
}

/* taken[index] stays 0 when not all of it could be read, which is told. */
static enum rp_status
take_capture(struct merging *m, size_t index, struct rp_slice how, struct rp_error *err)
{
	const struct capture *their = &m->theirs.list[index];
	const struct capture *container = taken_container(m, index);
	struct taking t = { .m = m, .index = index };
	struct capture capture = *their;
	bool whole = false;
	enum rp_status st;

	capture.id = 0;
	capture.inside = container != NULL ? m->taken[container - m->theirs.list] : 0;
	st = sink_open(&t.sink, m->ingest->store, SINK_KEEPS, &capture,
	               &m->ingest->chains, &m->ingest->tally, err);
	if (st != RP_OK)
		return st;
	st = read_into(&t, their, &whole, err);
	if (st == RP_OK && whole) {
		m->taken[index] = t.sink.capture.id;
		m->tally.captures++;
		st = remember(m, &t.sink.capture, how, err);
	}
	sink_done(&t.sink);
	return st;
}

/* ---- damaged before ------------------------------------------------------------ */

static enum rp_status
check_bytes(struct store *store, int64_t capture, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK)
		st = store_next(it, &row, err);
	return st == RP_END ? RP_OK : st;
}

/*
 * What breaks off here may have done so because of damage there: taken once more, it
 * would be there twice, and three times.
 */
static bool
broke_off_before(const struct merging *m, const struct capture *their)
{
	for (size_t i = 0; i < m->ours.n; i++) {
		const struct capture *c = &m->ours.list[i];

		if (!c->complete && c->at == their->at && c->bytes <= their->bytes &&
		    rp_slice_eq(c->name, their->name) &&
		    rp_slice_eq(c->format, their->format) &&
		    rp_slice_eq(c->options, their->options))
			return true;
	}
	return false;
}

static enum rp_status
take_unless_damaged(struct merging *m, size_t index, struct rp_slice how,
                    struct rp_error *err)
{
	const struct capture *their = &m->theirs.list[index];
	struct rp_error why = { 0 };
	enum rp_status st = RP_OK;

	if (broke_off_before(m, their))
		st = check_bytes(m->other, their->id, &why);
	if (ends_merge(st))
		return rp_fail(err, st, "%s", why.text);
	if (st == RP_OK)
		return take_capture(m, index, how, err);
	tell_damage(m, their, &why);
	return RP_OK;
}

/*
 * What is inside of a compressed file and damaged is taken by itself: as a part of the
 * pair it would look like what could be read of a damaged file.
 */
static enum rp_status
drop_damaged_inner(struct merging *m, size_t index, bool *dropped, struct rp_error *err)
{
	const struct capture *inner = pair_inner(&m->theirs, m->inner, index);
	struct rp_error why = { .status = RP_OK };
	enum rp_status st = RP_OK;

	*dropped = false;
	if (inner == NULL || (st = check_bytes(m->other, inner->id, &why)) == RP_OK)
		return RP_OK;
	if (ends_merge(st))
		return rp_fail(err, st, "%s", why.text);
	m->inner[index] = m->theirs.n;
	*dropped = true;
	return RP_OK;
}

static enum rp_status
find_or_take(struct merging *m, size_t index, const struct capture **our_out,
             struct rp_error *err)
{
	struct rp_slice how;
	bool again = false;
	enum rp_status st = find_same(m, index, &how, our_out, err);

	if (st != RP_OK || *our_out != NULL)
		return st;
	st = drop_damaged_inner(m, index, &again, err);
	if (st == RP_OK && again)
		st = find_same(m, index, &how, our_out, err);
	if (st != RP_OK || *our_out != NULL)
		return st;
	return take_unless_damaged(m, index, how, err);
}

/* ---- when they came ------------------------------------------------------------ */

/* All that is to be noted of one of ours. */
struct times {
	int64_t *list;
	size_t n, room;
};

static bool
add_time(struct arena *arena, struct times *times, int64_t at)
{
	for (size_t i = 0; i < times->n; i++)
		if (times->list[i] == at)
			return true;
	if (times->n == times->room) {
		size_t room = times->room ? times->room * 2 : 16;

		times->list = arena_grow(arena, times->list, times->n, room,
		                         sizeof(*times->list));
		if (times->list == NULL)
			return false;
		times->room = room;
	}
	times->list[times->n++] = at;
	return true;
}

static enum rp_status
list_times(struct store *store, const struct capture *capture, struct arena *arena,
           struct times *times, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_AGAIN, .id = capture->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	bool good = add_time(arena, times, capture->at);
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (good && st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		good = add_time(arena, times, row.again.at);
	if (!good)
		return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

struct root {
	struct arena *arena;
	struct rp_slice key;
};

/* One batch is enough. */
static enum rp_status
see_root(void *context, const struct batch *batch, struct rp_error *err)
{
	struct root *root = context;

	if (!arena_copy(root->arena, event_of(batch), &root->key))
		return rp_fail_memory(err);
	return root->key.n > 0 ? RP_END : RP_OK;
}

/* What came out of one of ours, if anything did; itself, if it is no compressed file. */
static const struct capture *
what_is_read(const struct merging *m, const struct capture *our)
{
	const struct capture *end = m->ours.list + m->ours.n;

	if (!rp_slice_eq(our->format, RP_SLICE("raw")))
		return our;
	for (const struct capture *c = our + 1; c < end; c++)
		if (c->inside == our->id)
			return c;
	return NULL;
}

/* Its options may count now, and did not before. */
static enum rp_status
derive_event(struct merging *m, const struct capture *our, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(READING_MAX);
	const struct collector_ops *ops = collector_find(our->format);
	const struct stored stored = { .store = m->ingest->store,
		                       .capture = our,
		                       .options = our->options };
	struct root root = { .arena = arena };
	struct tally counted = { 0 };
	bool shared = false;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	if (ops == NULL || !ops->events || !our->complete)
		return RP_OK;
	st = stored_read(&stored, m->batch, see_root, &root, err);
	if ((st != RP_OK && st != RP_END) || root.key.n == 0)
		return st == RP_END ? RP_OK : st;
	st = event_is_shared(m->ingest->store, root.key, our->id, &shared, err);
	return st == RP_OK && shared
	               ? event_derive(m->ingest->store, root.key, our->id, &counted, err)
	               : st;
}

static enum rp_status
put_times(struct merging *m, const struct capture *our, const struct times *times,
          size_t known, struct rp_error *err)
{
	enum rp_status st = run_begin(m->ingest, err);

	for (size_t i = known; st == RP_OK && i < times->n; i++)
		st = store_capture_again(m->ingest->store, our->id, m->ingest->run,
		                         times->list[i], err);
	if (st == RP_OK && (our = what_is_read(m, our)) != NULL)
		st = derive_event(m, our, err);
	return run_finish(m->ingest, st, err);
}

/* The times at which theirs came and that are not known of ours. */
static enum rp_status
note_times(struct merging *m, const struct capture *their, const struct capture *our,
           bool *noted_out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX / 2);
	struct times times = { 0 };
	size_t known;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = list_times(m->ingest->store, our, arena, &times, err);
	known = times.n;
	if (st == RP_OK)
		st = list_times(m->other, their, arena, &times, err);
	*noted_out = times.n > known;
	return st == RP_OK && *noted_out ? put_times(m, our, &times, known, err) : st;
}

/* ---- all ----------------------------------------------------------------------- */

/* In the summary a compressed file is one, by its size as it came. */
static void
count_file(struct merging *m, const struct capture *their)
{
	if (their->inside != 0)
		return;
	m->ingest->tally.captures++;
	m->ingest->tally.bytes_in += their->bytes;
}

static void
count_held(struct merging *m, const struct capture *their)
{
	m->ingest->tally.records += their->records;
	m->ingest->tally.rejected += their->rejected;
	m->ingest->tally.same += their->records - their->rejected;
}

static enum rp_status
merge_capture(struct merging *m, size_t index, struct rp_error *err)
{
	const struct capture *their = &m->theirs.list[index];
	const struct capture *our = NULL;
	bool noted = false;
	enum rp_status st = find_or_take(m, index, &our, err);

	if (st != RP_OK)
		return st;
	count_file(m, their);
	if (our != NULL)
		count_held(m, their);
	else if (m->taken[index] == 0)
		return RP_OK; /* damaged, and told */
	if (our == NULL)
		return note_times(m, their, &m->ours.list[m->ours.n - 1], &noted, err);
	m->taken[index] = our->id;
	st = note_times(m, their, our, &noted, err);
	m->tally.captures += noted;
	return st;
}

static void
report(const struct merging *m)
{
	const struct ingest_options *options = &m->ingest->options;

	if (options->progress != NULL)
		options->progress(options->context, &m->ingest->tally);
}

enum rp_status
merge_captures(struct merging *m, struct rp_error *err)
{
	enum rp_status st = captures_list(m->other, m->arena, &m->theirs, err);

	if (st == RP_OK)
		st = list_ours(m, err);
	if (st != RP_OK)
		return st;
	m->taken = arena_array(m->arena, m->theirs.n, sizeof(*m->taken));
	m->inner = list_inner(m->arena, &m->theirs);
	if (m->taken == NULL || m->inner == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < m->theirs.n; i++)
		m->taken[i] = 0;
	for (size_t i = 0; i < m->theirs.n && st == RP_OK; i++) {
		if (merging_stopped(m))
			return RP_END;
		st = merge_capture(m, i, err);
		report(m);
	}
	return st;
}
