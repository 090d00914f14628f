#include "core/collect/fetch-feed-row.h"

#include "core/base/hash.h"
#include "core/base/time.h"

#include <stdlib.h>
#include <string.h>

/* 1990: no entry is older than the web, but many a date is nought. */
static const int64_t first_time = INT64_C(631152000) * RP_SECOND;

/* ---- what counts ----------------------------------------------------------- */

static int
compare_ids(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool
is_shared(const uint64_t *sorted, size_t n, uint64_t id)
{
	const uint64_t *at = bsearch(&id, sorted, n, sizeof(*sorted), compare_ids);

	return at != NULL &&
	       ((at > sorted && at[-1] == id) || (at + 1 < sorted + n && at[1] == id));
}

static uint64_t
hash_mark(struct feed_mark mark)
{
	return hash_stable(rp_slice_from((const char *)&mark, sizeof(mark)));
}

/* Those with an id of their own and a time that can be. */
static size_t
choose(struct feed_mark *entries, size_t n, const uint64_t *sorted, int64_t at)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct feed_mark mark = entries[i];

		if (mark.time < first_time || mark.time > at ||
		    is_shared(sorted, n, mark.id))
			continue;
		entries[kept++] = (struct feed_mark){ hash_mark(mark), mark.time };
	}
	return kept;
}

/* ---- what stands in order ---------------------------------------------------- */

static void
turn_round(struct feed_mark *marks, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		const struct feed_mark mark = marks[i];

		marks[i] = marks[n - 1 - i];
		marks[n - 1 - i] = mark;
	}
}

/*
 * The longest part of the marks of which none is newer than the one before it.
 * ends[k]: where such a part of k + 1 may end at the latest time; before[i]: what is in
 * front of i in the longest that ends there.
 */
static size_t
find_falling(const struct feed_mark *marks, uint32_t n, uint32_t *ends, uint32_t *before)
{
	uint32_t longest = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t lo = 0, hi = longest;

		while (lo < hi) {
			const uint32_t mid = (lo + hi) / 2;

			if (marks[ends[mid]].time < marks[i].time)
				hi = mid;
			else
				lo = mid + 1;
		}
		before[i] = lo > 0 ? ends[lo - 1] : 0;
		ends[lo] = i;
		longest += lo == longest;
	}
	return longest;
}

static void
take_falling(struct feed_mark *marks, size_t longest, uint32_t *ends,
             const uint32_t *before)
{
	uint32_t at = longest > 0 ? ends[longest - 1] : 0;

	for (size_t k = longest; k-- > 0; at = before[at])
		ends[k] = at;
	for (size_t k = 0; k < longest; k++)
		marks[k] = marks[ends[k]];
}

bool
feed_row_of(struct arena *arena, struct feed_mark *entries, size_t n, int64_t at,
            struct feed_row *out)
{
	uint64_t *sorted = arena_array(arena, n + 1, sizeof(*sorted));
	uint32_t *ends = arena_array(arena, n + 1, sizeof(*ends));
	uint32_t *before = arena_array(arena, n + 1, sizeof(*before));
	size_t kept, falling, rising;

	*out = (struct feed_row){ .marks = entries };
	if (sorted == NULL || ends == NULL || before == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		sorted[i] = entries[i].id;
	qsort(sorted, n, sizeof(*sorted), compare_ids);
	kept = choose(entries, n, sorted, at);
	falling = find_falling(entries, (uint32_t)kept, ends, before);
	turn_round(entries, kept);
	rising = find_falling(entries, (uint32_t)kept, ends, before);
	if (rising <= falling) {
		turn_round(entries, kept);
		rising = find_falling(entries, (uint32_t)kept, ends, before);
	}
	take_falling(entries, rising, ends, before);
	out->n = 2 * rising >= n ? rising : 0;
	return true;
}

/* ---- what that proves ---------------------------------------------------------- */

int64_t
feed_row_since(const struct feed_row *row, size_t entries)
{
	const size_t doubtful = (entries + 1) / 2;

	return row->n > doubtful ? row->marks[row->n - 1 - doubtful].time
	                         : RP_TIME_UNKNOWN;
}

struct feed_ids
feed_row_ids(const struct feed_row *row)
{
	struct feed_ids ids = { .n = row->n < FEED_IDS ? row->n : FEED_IDS };

	for (size_t i = 0; i < ids.n; i++)
		ids.list[i] = row->marks[i].id;
	return ids;
}

static bool
has(const struct feed_ids *known, uint64_t id)
{
	for (size_t i = 0; i < known->n; i++)
		if (known->list[i] == id)
			return true;
	return false;
}

bool
feed_row_meets(const struct feed_row *row, const struct feed_ids *known)
{
	const size_t enough = known->n < FEED_MET ? known->n : FEED_MET;
	size_t met = 0;

	for (size_t i = 0; i < row->n; i++)
		met += has(known, row->marks[i].id);
	/* A few may be the ones that are always there: then most must be known. */
	return met > 0 && met >= enough && (known->n == FEED_IDS || 2 * met >= row->n);
}
