/*
 * Inside of the reader of feeds: JSON Feed 1 and 1.1.
 */
#ifndef RIPOSTE_CORE_COLLECT_FEED_JSON_H
#define RIPOSTE_CORE_COLLECT_FEED_JSON_H

#include "core/collect/feed.h"
#include "core/parse/json.h"

struct feed_json {
	struct arena *arena; /* where texts go */
	struct json_doc doc;
	struct json_each items;
	struct rp_slice url;
	size_t lead; /* bytes before the object: a byte order mark */
	bool full;
};

/* doc is initialised; what the feed says of itself goes to `out`. */
enum rp_status feed_json_begin(struct feed_json *w, struct arena *arena,
                               struct rp_slice bytes, struct rp_slice url,
                               struct feed *out, struct rp_error *err) RP_MUST_USE;

enum rp_status feed_json_next(struct feed_json *w, struct arena *arena,
                              struct feed_entry *out, struct rp_error *err) RP_MUST_USE;

#endif
