/*
 * CAR files for tests, written by an encoder of our own: records given as JSON become
 * blocks, a tree of two levels names them, a commit says whose they are.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_CAR_H
#define RIPOSTE_TESTS_SUPPORT_CAR_H

#include "core/base/buf.h"

/* JSON as DAG-CBOR; {"$link":…} and {"$bytes":…} are not known here.  false: no JSON. */
bool car_encode(struct rp_slice json, struct rp_buf *out);

enum car_order { CAR_RECORDS_LAST, CAR_RECORDS_FIRST };

struct car_record {
	const char *name; /* "app.bsky.feed.post/3a"; in order */
	const char *json;
};

/* A whole file. */
bool car_make(const char *did, const struct car_record *records, size_t n,
              enum car_order order, struct rp_buf *out);

#endif
