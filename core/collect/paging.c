#include "core/collect/paging.h"

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/base/map.h"

#include <stdlib.h>

/* What is remembered of a page, or of the way to one: which of them, and a hash that
 * nobody outside can aim at. */
enum { PRINT_BYTES = 1 + sizeof(uint64_t), PRINTS_BYTES = 64 << 20 };

struct paging {
	unsigned most, most_empty;
	unsigned pages, empty; /* so far; empty ones, one behind the other */
	size_t told, fresh;    /* items of the page in hand; those never seen before */
	struct map *seen;
	struct arena *prints;
};

struct paging *
paging_new(unsigned most, unsigned empty)
{
	struct paging *paging = calloc(1, sizeof(*paging));

	if (paging == NULL)
		return NULL;
	paging->most = most;
	paging->most_empty = empty;
	paging->seen = map_new();
	paging->prints = arena_new(PRINTS_BYTES);
	return paging->seen != NULL && paging->prints != NULL ? paging
	                                                      : paging_free(paging);
}

struct paging *
paging_free(struct paging *paging)
{
	if (paging != NULL) {
		map_free(paging->seen);
		arena_free(paging->prints);
	}
	free(paging);
	return NULL;
}

/* Was it there before?  Without memory it counts as such: we had better stop. */
static bool
is_repeated(struct paging *paging, char what, struct rp_slice text)
{
	const uint64_t hash = hash_seeded(text);
	char print[PRINT_BYTES] = { what };
	struct rp_slice key;
	bool fresh = false;

	memcpy(print + 1, &hash, sizeof(hash));
	if (!arena_copy(paging->prints, rp_slice_from(print, sizeof(print)), &key) ||
	    map_put(paging->seen, key, 0, &fresh) == NULL)
		return true;
	return !fresh;
}

void
paging_item(struct paging *paging, struct rp_slice id)
{
	paging->told++;
	paging->fresh += !is_repeated(paging, 'i', id);
}

enum paging_verdict
paging_next(struct paging *paging, struct rp_slice body, size_t items,
            struct rp_slice next)
{
	const bool stale = paging->told > 0 && paging->fresh == 0;

	paging->told = paging->fresh = 0;
	paging->pages++;
	paging->empty = items == 0 ? paging->empty + 1 : 0;

	/* Empty pages are alike without being the same. */
	if (items > 0 && is_repeated(paging, 'p', body))
		return PAGING_LOOP;
	if (next.n == 0)
		return PAGING_END;
	if (stale || is_repeated(paging, 'n', next))
		return PAGING_LOOP;
	if (paging->empty >= paging->most_empty)
		return PAGING_EMPTY;
	return paging->pages >= paging->most ? PAGING_MOST : PAGING_ON;
}

const char *
paging_why(enum paging_verdict verdict)
{
	switch (verdict) {
	case PAGING_ON:
	case PAGING_END:
		return "";
	case PAGING_LOOP:
		return "the server's pages repeat themselves";
	case PAGING_EMPTY:
		return "the server's pages are empty and go on";
	case PAGING_MOST:
		return "more pages than one run asks for";
	case PAGING_ODD:
		return "the server's way to the next page makes no sense";
	}
	return "";
}
