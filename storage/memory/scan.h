/*
 * What the scans share: rows found so far, each with what it is sorted by.
 */
#ifndef RIPOSTE_STORAGE_MEMORY_SCAN_H
#define RIPOSTE_STORAGE_MEMORY_SCAN_H

#include "storage/memory/memory.h"

enum { FOUND_NUMBERS = 4 };

struct found {
	union scan_row row;
	int64_t first[FOUND_NUMBERS]; /* compared in this order */
	struct rp_slice key, more;
	int64_t last[FOUND_NUMBERS];
	size_t seq;
};

struct memory_iter {
	struct store_iter base;
	struct memory *memory;
	struct table found;
	size_t at;
};

/* A blank row; NULL when out of memory. */
struct found *scan_add(struct memory_iter *iter) RP_MUST_USE;

/* By first, key, more, last; rows that are equal in all stay in the order they came. */
int scan_cmp(const void *a, const void *b);
void scan_sort(struct table *found, int (*cmp)(const void *, const void *));

enum rp_status scan_accounts(struct memory_iter *iter, struct rp_error *err) RP_MUST_USE;
enum rp_status scan_handle_users(struct memory_iter *iter, struct rp_slice handle,
                                 struct rp_error *err) RP_MUST_USE;
/* key: see SCAN_GHOSTS. */
enum rp_status scan_ghosts(struct memory_iter *iter, struct rp_slice key,
                           struct rp_error *err) RP_MUST_USE;
enum rp_status scan_bytes(struct memory_iter *iter, int64_t capture,
                          struct rp_error *err) RP_MUST_USE;

#endif
