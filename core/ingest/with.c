/*
 * What is noted of a source: where it stands, how it fared, what it covered, what was
 * looked for, what that cost.
 */
#include "core/ingest/collect.h"
#include "core/ingest/run.h"

#include <assert.h>
#include <stdlib.h>

enum { NOTED_BYTES = 64 << 20 };

/* What waits, in the order in which it was told: the last state of a source counts. */
struct noted {
	struct arena *arena;
	struct ingest_with *list;
	size_t n, room;
};

struct noted *
noted_free(struct noted *noted)
{
	if (noted != NULL)
		arena_free(noted->arena);
	free(noted);
	return NULL;
}

/* ---- into a transaction -------------------------------------------------------- */

static enum rp_status
put_found(struct ingest *ingest, const struct ingest_with *with, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < with->n_coverage && st == RP_OK; i++) {
		struct coverage coverage = with->coverage[i];

		coverage.run = ingest->run;
		st = coverage_note(ingest->store, &coverage, err);
	}
	for (size_t i = 0; i < with->n_looks && st == RP_OK; i++) {
		struct look look = with->looks[i];

		look.run = ingest->run;
		st = store_look_put(ingest->store, &look, err);
	}
	return st;
}

enum rp_status
with_put(struct ingest *ingest, const struct ingest_with *with, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	int64_t id;

	if (with->now != 0 && !ingest->cut_back) {
		st = coverage_cut_back(ingest->store, with->now, err);
		ingest->cut_back = st == RP_OK;
	}
	if (st == RP_OK)
		st = put_found(ingest, with, err);

	for (size_t i = 0; i < with->n_states && st == RP_OK; i++)
		st = store_source_put(ingest->store, &with->states[i], err);
	for (size_t i = 0; i < with->n_runs && st == RP_OK; i++) {
		struct source_run told = with->runs[i];

		told.run = ingest->run;
		st = store_source_run_put(ingest->store, &told, err);
	}
	if (st == RP_OK && with->spending != NULL)
		st = store_spending_put(ingest->store, with->spending, &id, err);
	return st;
}

enum rp_status
with_put_noted(struct ingest *ingest, struct rp_error *err)
{
	const struct noted *noted = ingest->noted;
	enum rp_status st = RP_OK;

	for (size_t i = 0; noted != NULL && i < noted->n && st == RP_OK; i++)
		st = with_put(ingest, &noted->list[i], err);
	return st;
}

void
with_forget_noted(struct ingest *ingest)
{
	if (ingest->noted == NULL)
		return;
	arena_reset(ingest->noted->arena);
	ingest->noted->list = NULL;
	ingest->noted->n = ingest->noted->room = 0;
}

/* ---- for later ----------------------------------------------------------------- */

static bool
copy_states(struct arena *arena, struct ingest_with *to, const struct ingest_with *from)
{
	struct source_state *list = arena_array(arena, from->n_states, sizeof(*list));

	for (size_t i = 0; list != NULL && i < from->n_states; i++) {
		list[i] = from->states[i];
		if (!arena_copy(arena, list[i].name, &list[i].name) ||
		    !arena_copy(arena, list[i].collector, &list[i].collector) ||
		    !arena_copy(arena, list[i].cursor, &list[i].cursor) ||
		    !arena_copy(arena, list[i].trouble, &list[i].trouble))
			return false;
	}
	to->states = list;
	return list != NULL;
}

static bool
copy_runs(struct arena *arena, struct ingest_with *to, const struct ingest_with *from)
{
	struct source_run *list = arena_array(arena, from->n_runs, sizeof(*list));

	for (size_t i = 0; list != NULL && i < from->n_runs; i++) {
		list[i] = from->runs[i];
		if (!arena_copy(arena, list[i].source, &list[i].source) ||
		    !arena_copy(arena, list[i].why, &list[i].why))
			return false;
	}
	to->runs = list;
	return list != NULL;
}

static bool
copy_coverage(struct arena *arena, struct ingest_with *to, const struct ingest_with *from)
{
	struct coverage *list = arena_array(arena, from->n_coverage, sizeof(*list));

	for (size_t i = 0; list != NULL && i < from->n_coverage; i++) {
		list[i] = from->coverage[i];
		if (!arena_copy(arena, list[i].source, &list[i].source) ||
		    !arena_copy(arena, list[i].subject, &list[i].subject) ||
		    !arena_copy(arena, list[i].why, &list[i].why))
			return false;
	}
	to->coverage = list;
	return list != NULL;
}

static bool
copy_looks(struct arena *arena, struct ingest_with *to, const struct ingest_with *from)
{
	struct look *list = arena_array(arena, from->n_looks, sizeof(*list));

	for (size_t i = 0; list != NULL && i < from->n_looks; i++) {
		list[i] = from->looks[i];
		if (!arena_copy(arena, list[i].key, &list[i].key) ||
		    !arena_copy(arena, list[i].way, &list[i].way))
			return false;
	}
	to->looks = list;
	return list != NULL;
}

static struct noted *
noted_of(struct ingest *ingest)
{
	struct noted *noted = ingest->noted;

	if (noted == NULL)
		ingest->noted = noted = calloc(1, sizeof(*noted));
	if (noted != NULL && noted->arena == NULL)
		noted->arena = arena_new(NOTED_BYTES);
	return noted != NULL && noted->arena != NULL ? noted : NULL;
}

enum rp_status
ingest_note(struct ingest *ingest, const struct ingest_with *with, struct rp_error *err)
{
	struct noted *noted = noted_of(ingest);
	struct ingest_with copy = *with, *list;

	assert(with->spending == NULL); /* never left to chance */
	if (noted == NULL)
		return rp_fail_memory(err);
	list = arena_room(noted->arena, noted->list, noted->n, &noted->room,
	                  sizeof(*list));
	if (list == NULL || !copy_states(noted->arena, &copy, with) ||
	    !copy_runs(noted->arena, &copy, with) ||
	    !copy_coverage(noted->arena, &copy, with) ||
	    !copy_looks(noted->arena, &copy, with))
		return rp_fail_memory(err);
	noted->list = list;
	list[noted->n++] = copy;
	return RP_OK;
}

enum rp_status
ingest_flush(struct ingest *ingest, struct rp_error *err)
{
	if (ingest->noted == NULL || ingest->noted->n == 0)
		return RP_OK;
	return ingest_page(ingest, NULL, NULL, NULL, err);
}
