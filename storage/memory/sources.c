/* What is kept of collecting: rows that are overwritten, and never gone but for coverage.
 */
#include "storage/memory/memory.h"

#include <assert.h>

/* Over the row that is the same by the table's first index, or as a new one. */
static enum rp_status
put_row(struct memory *memory, enum memory_table table, const struct texts *texts,
        void *copy, struct rp_error *err)
{
	size_t at;
	void *row;
	enum rp_status st = memory_find_same(memory, table, 0, copy, &at, err);

	if (st == RP_FAILED)
		return st;
	if (!memory_copy_texts(memory->arena, texts, copy, NULL))
		return rp_fail_memory(err);
	row = st == RP_OK ? table_change(&memory->tables[table], at)
	                  : table_add(&memory->tables[table]);
	if (row == NULL)
		return rp_fail_memory(err);
	memcpy(row, copy, memory->tables[table].row_bytes);
	return RP_OK;
}

enum rp_status
memory_source_get(struct store *store, struct rp_slice name, struct arena *arena,
                  struct source_state *out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	const struct source_state like = { .name = name };
	struct source_state copy;
	size_t at;
	enum rp_status st = RP_NOT_FOUND;

	if (name.n > 0)
		st = memory_find_same(memory, SOURCES, SOURCES_BY_NAME, &like, &at, err);
	if (st == RP_NOT_FOUND)
		return rp_fail(err, st, "no source \"%.*s\" was ever asked",
		               RP_FMT(name));
	if (st != RP_OK)
		return st;
	copy = *ROW(memory, SOURCES, struct source_state, at);
	if (!memory_copy_texts(arena, &memory_source_texts, &copy, NULL))
		return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}

enum rp_status
memory_source_put(struct store *store, const struct source_state *state,
                  struct rp_error *err)
{
	struct source_state copy = *state;

	return put_row(memory_of(store), SOURCES, &memory_source_texts, &copy, err);
}

static enum rp_status
forget_coverage(struct memory *memory, struct rp_slice source, struct rp_slice subject,
                struct rp_error *err)
{
	struct table *table = &memory->tables[COVERAGE];

	for (size_t i = 0; i < table->n; i++) {
		const struct coverage *held = ROW(memory, COVERAGE, struct coverage, i);
		struct coverage *row;

		if (!rp_slice_eq(held->source, source) ||
		    !rp_slice_eq(held->subject, subject))
			continue;
		row = table_change(table, i);
		if (row == NULL)
			return rp_fail_memory(err);
		*row = (struct coverage){ .run = 0 };
	}
	table_rekey(table, COVERAGE_BY_SUBJECT);
	return RP_OK;
}

enum rp_status
memory_coverage_set(struct store *store, struct rp_slice source, struct rp_slice subject,
                    const struct coverage *list, size_t n, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	enum rp_status st = forget_coverage(memory, source, subject, err);

	for (size_t i = 0; st == RP_OK && i < n; i++) {
		struct coverage copy = list[i];
		struct coverage *row;

		copy.source = source;
		copy.subject = subject;
		if (!memory_copy_texts(memory->arena, &memory_coverage_texts, &copy,
		                       NULL) ||
		    (row = table_add(&memory->tables[COVERAGE])) == NULL)
			return rp_fail_memory(err);
		*row = copy;
	}
	return st;
}

enum rp_status
memory_source_run_put(struct store *store, const struct source_run *told,
                      struct rp_error *err)
{
	struct source_run copy = *told;

	return put_row(memory_of(store), SOURCE_RUNS, &memory_source_run_texts, &copy,
	               err);
}

enum rp_status
memory_spending_put(struct store *store, const struct spending *spending, int64_t *id_out,
                    struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	struct table *table = &memory->tables[SPENDING];
	struct spending copy = *spending;
	struct spending *row;

	assert((uint64_t)spending->id <= table->n);
	if (!memory_copy_texts(memory->arena, &memory_spending_texts, &copy, NULL))
		return rp_fail_memory(err);
	row = copy.id > 0 ? table_change(table, (size_t)copy.id - 1) : table_add(table);
	if (row == NULL)
		return rp_fail_memory(err);
	if (copy.id == 0)
		copy.id = (int64_t)table->n;
	*row = copy;
	*id_out = copy.id;
	return RP_OK;
}

enum rp_status
memory_spending_sum(struct store *store, struct rp_slice source, int64_t since,
                    int64_t *micro_out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	int64_t sum = 0;

	(void)err;
	for (size_t i = 0; i < memory->tables[SPENDING].n; i++) {
		const struct spending *row = ROW(memory, SPENDING, struct spending, i);

		if (row->at >= since &&
		    (source.n == 0 || rp_slice_eq(row->source, source)))
			sum += row->micro;
	}
	*micro_out = sum;
	return RP_OK;
}

enum rp_status
memory_spending_run_sum(struct store *store, struct rp_slice source, int64_t run,
                        int64_t *micro_out, struct rp_error *err)
{
	struct memory *memory = memory_of(store);
	int64_t sum = 0;

	(void)err;
	for (size_t i = 0; i < memory->tables[SPENDING].n; i++) {
		const struct spending *row = ROW(memory, SPENDING, struct spending, i);

		if (row->run == run &&
		    (source.n == 0 || rp_slice_eq(row->source, source)))
			sum += row->micro;
	}
	*micro_out = sum;
	return RP_OK;
}

enum rp_status
memory_look_put(struct store *store, const struct look *look, struct rp_error *err)
{
	struct look copy = *look;

	return put_row(memory_of(store), LOOKS, &memory_look_texts, &copy, err);
}
