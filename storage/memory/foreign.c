#include "storage/memory/memory.h"

#include <assert.h>
#include <string.h>

enum rp_status
memory_hash_parts(struct memory *memory, const struct run *run, const struct scan *parts,
                  struct sha256 *out, struct rp_error *err)
{
	CLEANUP(run_hasher_free) struct run_hasher *hasher = run_hasher_new(run);
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st;

	if (hasher == NULL)
		return rp_fail_memory(err);
	st = store_scan(&memory->store, parts, &iter, err);
	while (st == RP_OK && (st = store_next(iter, &row, err)) == RP_OK)
		run_hasher_part(hasher, &row.part);
	if (st != RP_END)
		return st;
	*out = run_hasher_end(hasher);
	return RP_OK;
}

enum rp_status
memory_foreign_run_put(struct store *store, const struct foreign_run *run,
                       int64_t *id_out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct foreign_run copy = *run;
	struct foreign_run *row;

	if (!memory_copy_texts(memory->arena, &memory_run_texts, &copy.run, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[FOREIGN_RUNS]);
	if (row == NULL)
		return rp_fail_memory(err);
	copy.run.id = (int64_t)memory->tables[FOREIGN_RUNS].n;
	*row = copy;
	*id_out = copy.run.id;
	return RP_OK;
}

enum rp_status
memory_foreign_part_put(struct store *store, int64_t run, const struct run_part *part,
                        struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct run_part copy = *part;
	struct part_row *row;

	assert((uint64_t)run <= memory->tables[FOREIGN_RUNS].n);
	copy.capture.run = copy.capture.inside = 0;
	if (part->kind == PART_RUN)
		copy.capture = (struct capture){ .id = 0 };
	else
		copy.archive[0] = '\0';
	if (!memory_copy_texts(memory->arena, &memory_capture_texts, &copy.capture, NULL))
		return rp_fail_memory(err);
	row = table_add(&memory->tables[FOREIGN_PARTS]);
	if (row == NULL)
		return rp_fail_memory(err);
	*row = (struct part_row){ run, copy };
	return RP_OK;
}

/* The row stays, blank. */
enum rp_status
memory_foreign_run_drop(struct store *store, int64_t run, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct foreign_run *row =
		table_change(&memory->tables[FOREIGN_RUNS], (size_t)run - 1);

	if (row == NULL)
		return rp_fail_memory(err);
	assert(row->run.open);
	*row = (struct foreign_run){ .taken_by = 0 };
	for (size_t i = 0; i < memory->tables[FOREIGN_PARTS].n; i++) {
		struct part_row *part;

		if (ROW(memory, FOREIGN_PARTS, struct part_row, i)->run != run)
			continue;
		part = table_change(&memory->tables[FOREIGN_PARTS], i);
		if (part == NULL)
			return rp_fail_memory(err);
		*part = (struct part_row){ .run = 0 };
	}
	table_rekey(&memory->tables[FOREIGN_PARTS], PARTS_BY_RUN);
	return RP_OK;
}

static bool
comes_before(const struct run *a, const struct run *b)
{
	return !a->open && a->link == b->link - 1 && sha256_eq(&a->hash, &b->previous);
}

bool
memory_has_run_before(const struct memory *memory, const struct foreign_run *run)
{
	static const struct sha256 none;

	if (run->run.open || (run->run.link == 1 && sha256_eq(&run->run.previous, &none)))
		return true;
	for (size_t i = 0; i < memory->tables[FOREIGN_RUNS].n; i++) {
		const struct foreign_run *other =
			ROW(memory, FOREIGN_RUNS, struct foreign_run, i);

		if (strcmp(other->archive, run->archive) == 0 &&
		    comes_before(&other->run, &run->run))
			return true;
	}
	for (size_t i = 0; i < memory->tables[RUNS].n; i++)
		if (strcmp(memory->id, run->archive) == 0 &&
		    comes_before(&ROW(memory, RUNS, struct run_row, i)->run, &run->run))
			return true;
	return false;
}
