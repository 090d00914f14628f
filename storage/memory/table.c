#include "storage/memory/table.h"

#include <stdlib.h>

static bool
index_init(struct table_index *index, table_key *key)
{
	index->key = key;
	if (key == NULL)
		return true;
	buf_init(&index->bytes, SIZE_MAX);
	index->heads = map_new();
	index->keys = arena_new(SIZE_MAX);
	return index->heads != NULL && index->keys != NULL;
}

bool
table_init(struct table *table, size_t row_bytes, table_key *const keys[TABLE_INDEXES])
{
	*table = (struct table){ .row_bytes = row_bytes };
	for (size_t i = 0; i < TABLE_INDEXES && keys[i] != NULL; i++)
		if (!index_init(&table->index[i], keys[i]))
			return false;
	return true;
}

void
table_done(struct table *table)
{
	for (size_t i = 0; i < TABLE_INDEXES; i++) {
		struct table_index *index = &table->index[i];

		map_free(index->heads);
		arena_free(index->keys);
		buf_done(&index->bytes);
		free(index->next);
	}
	free(table->rows);
	free(table->saved);
	*table = (struct table){ 0 };
}

void
table_begin(struct table *table)
{
	table->in_transaction = true;
	table->saved_n = table->n;
}

void
table_commit(struct table *table)
{
	free(table->saved);
	table->saved = NULL;
	table->in_transaction = false;
}

void
table_rollback(struct table *table)
{
	if (table->saved != NULL) {
		free(table->rows);
		table->rows = table->saved;
		table->cap = table->saved_n;
		table->saved = NULL;
		table_rekey_all(table);
	}
	for (size_t i = 0; i < TABLE_INDEXES; i++)
		if (table->index[i].done > table->saved_n)
			table->index[i].stale = true;
	table->n = table->saved_n;
	table->in_transaction = false;
}

static bool
save(struct table *table)
{
	size_t bytes = table->saved_n * table->row_bytes;

	if (!table->in_transaction || table->saved != NULL || bytes == 0)
		return true;
	table->saved = malloc(bytes);
	if (table->saved == NULL)
		return false;
	memcpy(table->saved, table->rows, bytes);
	return true;
}

void *
table_add(struct table *table)
{
	char *row;

	if (table->n == table->cap) {
		size_t cap = table->cap ? table->cap * 2 : 16;
		char *rows;

		if (cap >= UINT32_MAX || cap > SIZE_MAX / table->row_bytes)
			return NULL;
		rows = realloc(table->rows, cap * table->row_bytes);
		if (rows == NULL)
			return NULL;
		table->rows = rows;
		table->cap = cap;
	}
	row = table->rows + table->n++ * table->row_bytes;
	return memset(row, 0, table->row_bytes);
}

const void *
table_row(const struct table *table, size_t i)
{
	return table->rows + i * table->row_bytes;
}

void *
table_change(struct table *table, size_t i)
{
	if (i < table->saved_n && !save(table))
		return NULL;
	return table->rows + i * table->row_bytes;
}

void
table_rekey(struct table *table, size_t index)
{
	table->index[index].stale = true;
}

void
table_rekey_all(struct table *table)
{
	for (size_t i = 0; i < TABLE_INDEXES; i++)
		table_rekey(table, i);
}

bool
table_clear(struct table *table)
{
	if (!save(table))
		return false;
	table->n = 0;
	table_rekey_all(table);
	return true;
}

/* Put row i in front of the chain of its key. */
static bool
index_add(struct table_index *index, const void *row, uint32_t i)
{
	struct rp_slice key;
	uint32_t *head;

	buf_clear(&index->bytes);
	index->key(row, &index->bytes);
	if (buf_failed(&index->bytes))
		return false;
	index->next[i] = 0;
	if (index->bytes.n == 0)
		return true;
	head = map_get(index->heads, buf_slice(&index->bytes));
	if (head != NULL) {
		index->next[i] = *head + 1;
		*head = i;
		return true;
	}
	return arena_copy(index->keys, buf_slice(&index->bytes), &key) &&
	       map_put(index->heads, key, i, NULL) != NULL;
}

static bool
index_refresh(struct table *table, struct table_index *index)
{
	uint32_t *next;

	if (index->stale) {
		map_clear(index->heads);
		arena_reset(index->keys);
		index->done = 0;
		index->stale = false;
	}
	if (index->done == table->n)
		return true;
	next = realloc(index->next, table->cap * sizeof(*next));
	if (next == NULL)
		return false;
	index->next = next;
	for (; index->done < table->n; index->done++)
		if (!index_add(index, table_row(table, index->done),
		               (uint32_t)index->done))
			return false;
	return true;
}

enum rp_status
table_find(struct table *table, size_t index, struct rp_slice key, size_t *at_out,
           struct rp_error *err)
{
	const uint32_t *head;

	if (!index_refresh(table, &table->index[index]))
		return rp_fail_memory(err);
	head = map_get(table->index[index].heads, key);
	if (head == NULL)
		return RP_NOT_FOUND;
	*at_out = *head;
	return RP_OK;
}

enum rp_status
table_after(const struct table *table, size_t index, size_t *at)
{
	uint32_t next = table->index[index].next[*at];

	if (next == 0)
		return RP_NOT_FOUND;
	*at = next - 1;
	return RP_OK;
}
