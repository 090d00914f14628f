/*
 * Rows in an array, found again by any bytes made from them, and put back as they were.
 *
 * Undo is naive on purpose.  What a transaction adds is cut off again; the first time it
 * changes a row that was there before, the whole array is copied and the copy becomes the
 * array when the transaction is rolled back.
 */
#ifndef RIPOSTE_STORAGE_MEMORY_TABLE_H
#define RIPOSTE_STORAGE_MEMORY_TABLE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/map.h"

enum { TABLE_INDEXES = 3 };

/* The bytes a row is found by; a row that adds none is not in the index. */
typedef void table_key(const void *row, struct rp_buf *out);

/* Rows of the same key form a chain.  Brought up to date when it is asked. */
struct table_index {
	table_key *key;
	struct map *heads;   /* key -> row */
	uint32_t *next;      /* for each row the next of its key + 1; 0: none */
	size_t done;         /* rows in the index */
	struct arena *keys;  /* what heads borrows */
	struct rp_buf bytes; /* the key being made */
	bool stale;          /* keys of rows in it changed */
};

struct table {
	size_t row_bytes;
	char *rows;
	size_t n, cap;
	struct table_index index[TABLE_INDEXES];
	bool in_transaction;
	size_t saved_n; /* rows when the transaction began */
	char *saved;    /* a copy of them, once one was changed */
};

/* keys: as many as there are indexes, NULL at the end when fewer than TABLE_INDEXES. */
bool table_init(struct table *table, size_t row_bytes,
                table_key *const keys[TABLE_INDEXES]) RP_MUST_USE;
void table_done(struct table *table);
DEFINE_CLEANUP_DONE(struct table, table_done);

void table_begin(struct table *table);
void table_commit(struct table *table);
void table_rollback(struct table *table);

/* A zeroed row at the end, good until the next one; NULL when out of memory. */
void *table_add(struct table *table) RP_MUST_USE;

/* Row i, from 0, to look at. */
const void *table_row(const struct table *table, size_t i);

/* Row i to write to; NULL when out of memory.  Tell table_rekey() what you changed. */
void *table_change(struct table *table, size_t i) RP_MUST_USE;
void table_rekey(struct table *table, size_t index);
void table_rekey_all(struct table *table);

/* No rows any more; can be rolled back.  false when out of memory. */
bool table_clear(struct table *table) RP_MUST_USE;

/*
 * The first row of a key, and the next one, in no order.  RP_NOT_FOUND, without words,
 * when there is none; find also RP_FAILED.
 */
enum rp_status table_find(struct table *table, size_t index, struct rp_slice key,
                          size_t *at_out, struct rp_error *err) RP_MUST_USE;
enum rp_status table_after(const struct table *table, size_t index, size_t *at);

#endif
