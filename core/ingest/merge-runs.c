/*
 * Runs of another archive, its own and those it had taken over, as they are told there.
 *
 * A run that is closed is known by its archive, its link and its hash: copies of one
 * archive that went on apart have several runs with one link, and all are kept.  One that
 * is open is known by its id, start and process; what is known of it is put anew when
 * there is more to tell.
 */
#include "core/ingest/merge-run.h"

#include <stdlib.h>

/* Parts put between two commits. */
enum { PENDING_PARTS = 4096 };

struct their_run {
	struct foreign_run run; /* run.run.id: theirs */
	struct scan parts;
};

/* One that is held; ours and those of others. */
struct held_run {
	int64_t foreign; /* its handle; 0: one of ours */
	bool open;
	uint64_t parts, bytes; /* of one that is open */
};

struct merging_runs {
	struct merging *m;
	struct their_run *theirs;
	size_t n, room;
	struct held_run *held;
	size_t n_held, room_held;
	struct map *links, *starts; /* to places in held */
	struct rp_slice broken;     /* archive whose chain cannot be followed further */
	bool open;                  /* a transaction is */
	uint64_t pending;           /* parts in it */
};

static void
runs_done(struct merging_runs *r)
{
	r->links = map_free(r->links);
	r->starts = map_free(r->starts);
}
DEFINE_CLEANUP_DONE(struct merging_runs, runs_done);

/* ---- what a run is known by ------------------------------------------------------ */

static bool
link_key(struct arena *arena, const char *archive, int64_t link,
         const struct sha256 *hash, struct rp_slice *out)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(hash, hex);
	return arena_printf(arena, out, "%s %lld %s", archive, (long long)link, hex);
}

static bool
start_key(struct arena *arena, const struct foreign_run *run, struct rp_slice *out)
{
	return arena_printf(arena, out, "%s %lld %lld %lld", run->archive,
	                    (long long)run->number, (long long)run->run.started,
	                    (long long)run->run.pid);
}

/* ---- what it is made of ----------------------------------------------------------- */

struct measure {
	struct sha256 hash;
	uint64_t parts, bytes;
};

static enum rp_status
measure_parts(struct store *store, const struct run *run, const struct scan *parts,
              struct measure *out, struct rp_error *err)
{
	CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(run);
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	*out = (struct measure){ .parts = 0 };
	if (hasher == NULL)
		return rp_fail_memory(err);
	st = store_scan(store, parts, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		run_hasher_part(hasher, &row.part);
		out->parts++;
		out->bytes += row.part.capture.bytes;
	}
	out->hash = run_hasher_end(hasher);
	return st == RP_END ? RP_OK : st;
}

/* ---- the runs of both ------------------------------------------------------------- */

static enum rp_status
hold(struct merging_runs *r, const struct foreign_run *run, const struct held_run *held,
     struct rp_error *err)
{
	struct arena *arena = r->m->arena;
	struct rp_slice start, link;
	uint32_t *place;

	r->held = arena_room(arena, r->held, r->n_held, &r->room_held, sizeof(*r->held));
	if (r->held == NULL || !start_key(arena, run, &start) ||
	    !link_key(arena, run->archive, run->run.link, &run->run.hash, &link))
		return rp_fail_memory(err);
	r->held[r->n_held] = *held;
	place = map_put(r->starts, start, (uint32_t)r->n_held, NULL);
	if (place == NULL ||
	    (!held->open && map_put(r->links, link, (uint32_t)r->n_held, NULL) == NULL))
		return rp_fail_memory(err);
	*place = (uint32_t)r->n_held++;
	return RP_OK;
}

static enum rp_status
hold_ours(struct merging_runs *r, const char *archive, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(r->m->ingest->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct foreign_run run = { .run = row.run, .number = row.run.id };
		const struct held_run held = { .open = row.run.open };

		memcpy(run.archive, archive, sizeof(run.archive));
		if ((st = hold(r, &run, &held, err)) != RP_OK)
			return st;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
hold_foreign(struct merging_runs *r, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_FOREIGN_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct store *store = r->m->ingest->store;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		const struct foreign_run *run = &row.foreign;
		const struct scan parts = { .of = SCAN_FOREIGN_PARTS, .id = run->run.id };
		struct measure now = { .parts = 0 };
		struct held_run held = { .foreign = run->run.id, .open = run->run.open };

		if (held.open)
			st = measure_parts(store, &run->run, &parts, &now, err);
		held.parts = now.parts;
		held.bytes = now.bytes;
		if (st == RP_OK)
			st = hold(r, run, &held, err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
add_their(struct merging_runs *r, const struct foreign_run *run, enum scan_of parts,
          struct rp_error *err)
{
	struct arena *arena = r->m->arena;
	struct their_run *their;

	r->theirs = arena_room(arena, r->theirs, r->n, &r->room, sizeof(*r->theirs));
	if (r->theirs == NULL)
		return rp_fail_memory(err);
	their = &r->theirs[r->n];
	*their = (struct their_run){ *run, { .of = parts, .id = run->run.id } };
	if (!arena_copy(arena, run->run.kind, &their->run.run.kind) ||
	    !arena_copy(arena, run->run.program, &their->run.run.program))
		return rp_fail_memory(err);
	r->n++;
	return RP_OK;
}

static enum rp_status
list_theirs(struct merging_runs *r, enum scan_of of, const char *archive,
            struct rp_error *err)
{
	const struct scan scan = { .of = of };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(r->m->other, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct foreign_run run = { .run = row.run, .number = row.run.id };

		memcpy(run.archive, archive, sizeof(run.archive));
		st = of == SCAN_RUNS
		             ? add_their(r, &run, SCAN_RUN_PARTS, err)
		             : add_their(r, &row.foreign, SCAN_FOREIGN_PARTS, err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_END ? RP_OK : st;
}

/* Chain by chain, each from its beginning; what is open comes after it. */
static int
cmp_their(const void *pa, const void *pb)
{
	const struct foreign_run *a = &((const struct their_run *)pa)->run;
	const struct foreign_run *b = &((const struct their_run *)pb)->run;
	int d = strcmp(a->archive, b->archive);

	if (d != 0)
		return d;
	if (a->run.open != b->run.open)
		return a->run.open ? 1 : -1;
	if (a->run.link != b->run.link)
		return a->run.link < b->run.link ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return memcmp(a->run.hash.bytes, b->run.hash.bytes, SHA256_BYTES);
}

static enum rp_status
list_runs(struct merging_runs *r, struct rp_error *err)
{
	char ours[ARCHIVE_ID + 1], other[ARCHIVE_ID + 1];
	struct sha256 head;
	enum rp_status st = store_identity(r->m->ingest->store, ours, &head, err);

	if (st == RP_OK)
		st = store_identity(r->m->other, other, &head, err);
	if (st == RP_OK)
		st = hold_ours(r, ours, err);
	if (st == RP_OK)
		st = hold_foreign(r, err);
	if (st == RP_OK)
		st = list_theirs(r, SCAN_FOREIGN_RUNS, other, err);
	if (st == RP_OK)
		st = list_theirs(r, SCAN_RUNS, other, err);
	if (st == RP_OK && r->n > 0)
		qsort(r->theirs, r->n, sizeof(*r->theirs), cmp_their);
	return st;
}

/* ---- taken ------------------------------------------------------------------------- */

static enum rp_status
begin(struct merging_runs *r, struct rp_error *err)
{
	if (r->open)
		return RP_OK;
	r->open = true;
	r->pending = 0;
	return run_begin(r->m->ingest, err);
}

static enum rp_status
finish(struct merging_runs *r, enum rp_status st, struct rp_error *err)
{
	if (!r->open)
		return st;
	r->open = false;
	return run_finish(r->m->ingest, st, err);
}

/* Of a capture that is damaged there, none of ours has the bytes. */
static int64_t
our_capture(const struct merging *m, int64_t their)
{
	const size_t at = captures_find(&m->theirs, their);

	return at < m->theirs.n ? m->taken[at] : 0;
}

static enum rp_status
put_parts(struct merging_runs *r, const struct their_run *their, int64_t id,
          struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(r->m->other, &their->parts, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		row.part.capture.id = our_capture(r->m, row.part.capture.id);
		st = store_foreign_part_put(r->m->ingest->store, id, &row.part, err);
		r->pending++;
		if (st != RP_OK)
			return st;
	}
	return st == RP_END ? RP_OK : st;
}

/* drop: what was known of it while it was open; 0: nothing. */
static enum rp_status
put_run(struct merging_runs *r, const struct their_run *their, int64_t drop,
        const struct measure *now, struct rp_error *err)
{
	struct store *store = r->m->ingest->store;
	struct foreign_run run = their->run;
	struct held_run held = { .open = run.run.open,
		                 .parts = now->parts,
		                 .bytes = now->bytes };
	enum rp_status st = begin(r, err);

	run.taken_by = r->m->ingest->run;
	if (run.run.open)
		run.run.hash = now->hash;
	if (st == RP_OK && drop != 0)
		st = store_foreign_run_drop(store, drop, err);
	if (st == RP_OK)
		st = store_foreign_run_put(store, &run, &held.foreign, err);
	if (st == RP_OK)
		st = put_parts(r, their, held.foreign, err);
	if (st == RP_OK)
		st = hold(r, &run, &held, err);
	r->m->tally.runs++;
	r->pending++;
	if (st != RP_OK || r->pending >= PENDING_PARTS)
		st = finish(r, st, err);
	return st;
}

static enum rp_status
find_link(struct merging_runs *r, const struct foreign_run *run, int64_t link,
          const struct sha256 *hash, bool *out, struct rp_error *err)
{
	struct rp_slice key;

	if (!link_key(r->m->batch, run->archive, link, hash, &key))
		return rp_fail_memory(err);
	*out = map_get(r->links, key) != NULL;
	return RP_OK;
}

/* What is held of a run that began then, or NULL. */
static enum rp_status
find_start(struct merging_runs *r, const struct foreign_run *run,
           const struct held_run **out, struct rp_error *err)
{
	const uint32_t *place;
	struct rp_slice key;

	if (!start_key(r->m->batch, run, &key))
		return rp_fail_memory(err);
	place = map_get(r->starts, key);
	*out = place != NULL ? &r->held[*place] : NULL;
	return RP_OK;
}

/* Does it follow on a run that is held, and have the hash that its parts make? */
static enum rp_status
is_sound(struct merging_runs *r, const struct foreign_run *run, const struct measure *now,
         bool *out, struct rp_error *err)
{
	static const struct sha256 none;

	*out = sha256_eq(&now->hash, &run->run.hash);
	if (!*out)
		return RP_OK;
	if (run->run.link > 1)
		return find_link(r, run, run->run.link - 1, &run->run.previous, out, err);
	*out = run->run.link == 1 && sha256_eq(&run->run.previous, &none);
	return RP_OK;
}

static enum rp_status
merge_closed(struct merging_runs *r, const struct their_run *their,
             const struct held_run *known, struct rp_error *err)
{
	const struct foreign_run *run = &their->run;
	const bool was_open = known != NULL && known->open && known->foreign != 0;
	struct measure now;
	bool held = false, sound = false;
	enum rp_status st = find_link(r, run, run->run.link, &run->run.hash, &held, err);

	if (st != RP_OK || held || rp_slice_eq(r->broken, rp_slice_str(run->archive)))
		return st;
	st = measure_parts(r->m->other, &run->run, &their->parts, &now, err);
	if (st == RP_OK)
		st = is_sound(r, run, &now, &sound, err);
	if (st != RP_OK)
		return st;
	if (sound)
		return put_run(r, their, was_open ? known->foreign : 0, &now, err);
	r->broken = rp_slice_str(run->archive);
	merging_tell(r->m,
	             "run %lld of archive %s is damaged there: it, and the runs after "
	             "it, are not taken",
	             (long long)run->number, run->archive);
	return RP_OK;
}

static enum rp_status
merge_open(struct merging_runs *r, const struct their_run *their,
           const struct held_run *known, struct rp_error *err)
{
	struct measure now;
	enum rp_status st;

	if (known != NULL && (!known->open || known->foreign == 0))
		return RP_OK;
	st = measure_parts(r->m->other, &their->run.run, &their->parts, &now, err);
	if (st != RP_OK ||
	    (known != NULL && (now.parts < known->parts ||
	                       (now.parts == known->parts && now.bytes <= known->bytes))))
		return st;
	return put_run(r, their, known != NULL ? known->foreign : 0, &now, err);
}

static enum rp_status
merge_run(struct merging_runs *r, const struct their_run *their, struct rp_error *err)
{
	const struct held_run *known = NULL;
	enum rp_status st;

	arena_reset(r->m->batch);
	if ((st = find_start(r, &their->run, &known, err)) != RP_OK)
		return st;
	return their->run.run.open ? merge_open(r, their, known, err)
	                           : merge_closed(r, their, known, err);
}

enum rp_status
merge_runs(struct merging *m, struct rp_error *err)
{
	CLEANUP(runs_done)
	struct merging_runs r = { .m = m, .links = map_new(), .starts = map_new() };
	enum rp_status st;

	if (r.links == NULL || r.starts == NULL)
		return rp_fail_memory(err);
	st = list_runs(&r, err);
	for (size_t i = 0; i < r.n && st == RP_OK; i++)
		st = merging_stopped(m) ? RP_END : merge_run(&r, &r.theirs[i], err);
	/* What was put before a stop is kept. */
	if (st == RP_END)
		return (st = finish(&r, RP_OK, err)) == RP_OK ? RP_END : st;
	return finish(&r, st, err);
}
