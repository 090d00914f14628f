#include "core/collect/collector.h"

#include "core/collect/captions.h"
#include "core/collect/transcript.h"

extern const struct collector_ops collector_x, list_collector;

const struct collector_ops *const collectors[] = {
	&collector_x,
	&transcript_collector,
	&list_collector,
	&captions_collector,
	NULL,
};

const struct collector_ops *
collector_find(struct rp_slice name)
{
	for (const struct collector_ops *const *c = collectors; *c != NULL; c++)
		if (rp_slice_eq(name, rp_slice_str((*c)->name)))
			return *c;
	return NULL;
}

const struct collector_ops *
collector_sniff(struct rp_slice head, const struct input *input)
{
	const struct collector_ops *best = NULL;
	int most = 0, sure;

	for (const struct collector_ops *const *c = collectors; *c != NULL; c++) {
		sure = (*c)->sniff(head, input);
		if (sure > most) {
			most = sure;
			best = *c;
		}
	}
	return best;
}
