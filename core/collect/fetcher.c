#include "core/collect/fetcher.h"

const struct fetcher_ops *const fetchers[] = {
	NULL,
};

const struct fetcher_ops *
fetcher_find(struct rp_slice name)
{
	for (const struct fetcher_ops *const *ops = fetchers; *ops != NULL; ops++)
		if (rp_slice_eq(rp_slice_str((*ops)->name), name))
			return *ops;
	return NULL;
}
