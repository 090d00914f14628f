#include "core/collect/feed.h"

#include "core/parse/json.h"

enum rp_status
feed_read(struct arena *arena, struct rp_slice bytes, struct rp_slice encoding,
          struct rp_slice url, struct feed *out, struct rp_error *err)
{
	const struct rp_slice start =
		rp_slice_trim(rp_slice_skip(bytes, json_bom(bytes)));

	if (rp_slice_starts(start, RP_SLICE("{")))
		return feed_read_json(arena, bytes, url, out, err);
	return feed_read_xml(arena, bytes, encoding, url, out, err);
}
