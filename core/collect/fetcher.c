#include "core/collect/fetcher.h"

extern const struct fetcher_ops x_fetcher;
extern const struct fetcher_ops x_embed_fetcher;
extern const struct fetcher_ops bsky_fetcher;
extern const struct fetcher_ops masto_fetcher;
extern const struct fetcher_ops feed_fetcher;
extern const struct fetcher_ops press_fetcher;
extern const struct fetcher_ops transcript_fetcher;
extern const struct fetcher_ops wayback_fetcher;

const struct fetcher_ops *const fetchers[] = {
	&x_fetcher,          &x_embed_fetcher, &bsky_fetcher,
	&masto_fetcher,      &feed_fetcher,    &press_fetcher,
	&transcript_fetcher, &wayback_fetcher, NULL,
};

const struct fetcher_ops *
fetcher_find(struct rp_slice name)
{
	for (const struct fetcher_ops *const *ops = fetchers; *ops != NULL; ops++)
		if (rp_slice_eq(rp_slice_str((*ops)->name), name))
			return *ops;
	return NULL;
}
