/*
 * How an answer of a server was got, out of the options of its capture.
 *
 * Which keys there are and what they may be: core/collect/options.h, which checks them
 * before they are stored.
 */
#ifndef RIPOSTE_CORE_MODEL_ANSWER_H
#define RIPOSTE_CORE_MODEL_ANSWER_H

#include "core/base/slice.h"

#include <stdbool.h>

/* Slices of the options; empty: not told. */
struct answer {
	struct rp_slice fetched, as_of;                     /* RFC 3339 */
	struct rp_slice asked;                              /* key */
	struct rp_slice status;                             /* empty: 200 */
	struct rp_slice date, type, server, etag, modified; /* headers */
	struct rp_slice url, address, certificate;
	bool masked;
};

/* false: it is no answer of a server, but a file. */
bool answer_read(struct rp_slice options, struct answer *out);

#endif
