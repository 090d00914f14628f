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

/* ---- what was taken -------------------------------------------------------------- */

static void
add_stretch(struct fetch_taken *taken, const struct coverage *stretch)
{
	if (taken->n_coverage < FETCH_COVERAGE_MAX && stretch->subject.n > 0 &&
	    stretch->until != RP_TIME_UNKNOWN && stretch->from < stretch->until)
		taken->coverage[taken->n_coverage++] = *stretch;
}

void
taken_cover(struct fetch_taken *taken, struct rp_slice subject, int64_t from,
            int64_t until)
{
	if (from != RP_TIME_UNKNOWN)
		add_stretch(taken, &(struct coverage){ .subject = subject,
		                                       .from = from,
		                                       .until = until });
}

void
taken_cover_all(struct fetch_taken *taken, struct rp_slice subject, int64_t until)
{
	add_stretch(taken, &(struct coverage){ .subject = subject,
	                                       .from = RP_TIME_UNKNOWN,
	                                       .until = until });
}

void
taken_gap(struct fetch_taken *taken, struct rp_slice subject, int64_t from, int64_t until,
          const char *why)
{
	add_stretch(taken, &(struct coverage){ .subject = subject,
	                                       .from = from,
	                                       .until = until,
	                                       .gap = true,
	                                       .why = rp_slice_str(why) });
}

void
taken_look(struct fetch_taken *taken, struct rp_slice key, const char *way,
           enum look_outcome outcome)
{
	if (taken->n_looks < FETCH_LOOKS_MAX && key.n > 0)
		taken->looks[taken->n_looks++] = (struct look){ .key = key,
			                                        .way = rp_slice_str(way),
			                                        .outcome = outcome };
}
