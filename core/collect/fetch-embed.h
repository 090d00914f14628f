/*
 * Inside of the fetcher of X's embeds.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_EMBED_H
#define RIPOSTE_CORE_COLLECT_FETCH_EMBED_H

#include "core/base/buf.h"

/*
 * What has to stand in the request for a post beside its id: id / 10^15 * pi, as
 * JavaScript writes that to the base 36, without its zeros and its point.
 */
void embed_token(struct rp_buf *out, uint64_t id);

#endif
