/*
 * Captures of another archive: found among ours, or read into it.
 */
#include "core/ingest/merge-run.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

enum { RAW_PENDING_BYTES = 16 << 20 }; /* bytes without records, between two commits */

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
	if (st == RP_OK &&
	    (t->sink.owes || (batch->arena == NULL && t->pending < RAW_PENDING_BYTES)))
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
	const bool waits =
		complete && merging_pair_inner(&m->theirs, m->inner, t->index) != NULL;
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
	const struct capture *container = merging_container(t->m, t->index);
	const struct stored stored = {
		.store = t->m->other,
		.capture = their,
		.options = their->options,
		.broken = captures_broke_off(their, container),
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
	const struct capture *container = merging_container(m, index);
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
		st = merging_remember(m, &t.sink.capture, how, err);
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
	const struct capture *inner = merging_pair_inner(&m->theirs, m->inner, index);
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
	enum rp_status st = merging_find_same(m, index, &how, our_out, err);

	if (st != RP_OK || *our_out != NULL)
		return st;
	st = drop_damaged_inner(m, index, &again, err);
	if (st == RP_OK && again)
		st = merging_find_same(m, index, &how, our_out, err);
	if (st != RP_OK || *our_out != NULL)
		return st;
	return take_unless_damaged(m, index, how, err);
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
	enum rp_status st;

	if (merging_is_itself(m, their)) {
		count_file(m, their);
		count_held(m, their);
		return RP_OK;
	}
	if ((st = find_or_take(m, index, &our, err)) != RP_OK)
		return st;
	count_file(m, their);
	if (our != NULL)
		count_held(m, their);
	else if (m->taken[index] == 0)
		return RP_OK; /* damaged, and told */
	if (our == NULL)
		return merging_note_times(m, their, &m->ours.list[m->ours.n - 1], &noted,
		                          err);
	m->taken[index] = our->id;
	st = merging_note_times(m, their, our, &noted, err);
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

static enum rp_status
compare_archives(struct merging *m, struct rp_error *err)
{
	char ours[ARCHIVE_ID + 1], other[ARCHIVE_ID + 1];
	struct sha256 head;
	enum rp_status st = store_identity(m->ingest->store, ours, &head, err);

	if (st == RP_OK)
		st = store_identity(m->other, other, &head, err);
	m->copies = st == RP_OK && strcmp(ours, other) == 0;
	return st;
}

enum rp_status
merge_captures(struct merging *m, struct rp_error *err)
{
	enum rp_status st = compare_archives(m, err);

	if (st == RP_OK)
		st = captures_list(m->other, m->arena, &m->theirs, err);
	if (st == RP_OK)
		st = merging_list_ours(m, err);
	if (st != RP_OK)
		return st;
	m->taken = arena_array(m->arena, m->theirs.n, sizeof(*m->taken));
	m->inner = merging_list_inner(m->arena, &m->theirs);
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
