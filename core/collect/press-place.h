/* Where something was said or written: "à Davos", "told CNBC", "sur X". */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_PLACE_H
#define RIPOSTE_CORE_COLLECT_PRESS_PLACE_H

#include "core/collect/press-say.h"

enum { PRESS_RANK_MEDIA = 3 };

struct press_place {
	struct rp_slice venue; /* as printed; empty: none */
	enum platform platform;
	int rank; /* how telling it is; 0: nothing found */
};

/* Look at the article's own words among tokens from..beyond; what is found counts when it
 * tells more than *place. */
void press_place_find(const struct press_sayer *sayer, size_t from, size_t beyond,
                      struct press_place *place);

#endif
