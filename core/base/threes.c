#include "core/base/threes.h"

#include "core/base/hash.h"

#include <stdlib.h>

static int
cmp_hash(const void *pa, const void *pb)
{
	const uint64_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

bool
threes_read(struct rp_slice folded, struct arena *arena, struct threes *out)
{
	struct rp_slice rest = folded;
	size_t n = 0, words = 1;
	const char *starts[3];

	for (size_t i = 0; i < rest.n; i++)
		words += rest.p[i] == ' ';
	*out = (struct threes){ .hashes = arena_array(arena, words, sizeof(uint64_t)) };
	if (out->hashes == NULL)
		return false;
	for (size_t i = 0; rest.n > 0; i++) {
		struct rp_slice word = rp_slice_cut(&rest, ' ');

		starts[i % 3] = word.p;
		if (i >= 2) {
			const char *first = starts[(i + 1) % 3];

			out->hashes[n++] = hash_stable(
				rp_slice_from(first, (size_t)(word.p + word.n - first)));
		}
	}
	if (n > 1)
		qsort(out->hashes, n, sizeof(*out->hashes), cmp_hash);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || out->hashes[i] != out->hashes[i - 1])
			out->hashes[out->n++] = out->hashes[i];
	return true;
}

size_t
threes_common(const struct threes *a, const struct threes *b)
{
	size_t i = 0, k = 0, common = 0;

	while (i < a->n && k < b->n) {
		uint64_t left = a->hashes[i], right = b->hashes[k];

		common += left == right;
		i += left <= right;
		k += right <= left;
	}
	return common;
}
