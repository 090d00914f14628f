#include "core/base/map.h"

#include "core/base/error.h"
#include "core/base/hash.h"

#include <stdlib.h>

struct entry {
	struct rp_slice key;
	uint64_t hash;
	uint32_t value;
};

struct map {
	struct entry *entries; /* in the order they came */
	uint32_t *slots;       /* index into entries + 1; 0 is free */
	size_t n, cap;
	size_t mask; /* number of slots - 1; slots is NULL while 0 */
};

struct map *
map_new(void)
{
	struct map *map = calloc(1, sizeof(*map));

	if (map == NULL)
		rp_memory_refuse();
	return map;
}

struct map *
map_free(struct map *map)
{
	if (map != NULL) {
		free(map->entries);
		free(map->slots);
	}
	free(map);
	return NULL;
}

void
map_clear(struct map *map)
{
	map->n = 0;
	if (map->slots != NULL)
		memset(map->slots, 0, (map->mask + 1) * sizeof(*map->slots));
}

/* The slot that holds key, or the free one where it belongs. */
static size_t
probe(const struct map *map, struct rp_slice key, uint64_t hash)
{
	size_t at = (size_t)hash & map->mask;

	while (map->slots[at] != 0) {
		const struct entry *e = &map->entries[map->slots[at] - 1];

		if (e->hash == hash && rp_slice_eq(e->key, key))
			break;
		at = (at + 1) & map->mask;
	}
	return at;
}

uint32_t *
map_get(const struct map *map, struct rp_slice key)
{
	size_t at;

	if (map->slots == NULL)
		return NULL;
	at = probe(map, key, hash_seeded(key));
	return map->slots[at] ? &map->entries[map->slots[at] - 1].value : NULL;
}

static bool
grow(struct map *map)
{
	size_t cap = map->cap ? map->cap * 2 : 32;
	struct entry *entries;
	uint32_t *slots;

	if (cap >= UINT32_MAX / 2)
		return false;
	entries = realloc(map->entries, cap * sizeof(*entries));
	if (entries != NULL)
		map->entries = entries;
	if (entries == NULL || (slots = calloc(cap * 2, sizeof(*slots))) == NULL) {
		rp_memory_refuse();
		return false;
	}
	free(map->slots);
	map->slots = slots;
	map->cap = cap;
	map->mask = cap * 2 - 1;
	for (size_t i = 0; i < map->n; i++) {
		const struct entry *e = &map->entries[i];

		map->slots[probe(map, e->key, e->hash)] = (uint32_t)i + 1;
	}
	return true;
}

uint32_t *
map_put(struct map *map, struct rp_slice key, uint32_t value, bool *fresh_out)
{
	uint64_t hash = hash_seeded(key);
	size_t at;

	if (map->n == map->cap && !grow(map))
		return NULL;
	at = probe(map, key, hash);
	if (fresh_out != NULL)
		*fresh_out = map->slots[at] == 0;
	if (map->slots[at] == 0) {
		map->entries[map->n] = (struct entry){ key, hash, value };
		map->slots[at] = (uint32_t)++map->n;
	}
	return &map->entries[map->slots[at] - 1].value;
}

size_t
map_count(const struct map *map)
{
	return map->n;
}

struct rp_slice
map_key(const struct map *map, size_t i)
{
	return map->entries[i].key;
}

uint32_t
map_value(const struct map *map, size_t i)
{
	return map->entries[i].value;
}
