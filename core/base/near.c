#include "core/base/near.h"

size_t
near_distance(struct rp_slice a, struct rp_slice b)
{
	size_t row[NEAR_MAX];

	if (a.n >= NEAR_MAX || b.n >= NEAR_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j];
			size_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);

			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = above;
		}
	}
	return row[b.n];
}
