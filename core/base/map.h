/*
 * From text to a small number: interned keys, handles, seen ids.
 *
 * Open addressing over XXH3 with a seed of the process's own, so that a stranger cannot
 * choose keys that collide; iteration order is insertion order and so deterministic. Keys
 * are borrowed: they must outlive the map (put them in an arena first).
 */
#ifndef RIPOSTE_CORE_BASE_MAP_H
#define RIPOSTE_CORE_BASE_MAP_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

struct map;

struct map *map_new(void) RP_MUST_USE;
struct map *map_free(struct map *map);
DEFINE_CLEANUP(struct map *, map_free);

/* Forget everything, keep the memory. */
void map_clear(struct map *map);

/* The value of key, or NULL.  The pointer is good until the next map_put(). */
uint32_t *map_get(const struct map *map, struct rp_slice key);

/*
 * The value of key, made with `value` when the key is new (*fresh_out, may be NULL, says
 * which).  NULL when out of memory.
 */
uint32_t *map_put(struct map *map, struct rp_slice key, uint32_t value,
                  bool *fresh_out) RP_MUST_USE;

/* How many keys, and the i-th one put. */
size_t map_count(const struct map *map);
struct rp_slice map_key(const struct map *map, size_t i);
uint32_t map_value(const struct map *map, size_t i);

#endif
