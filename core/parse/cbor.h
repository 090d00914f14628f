/*
 * DAG-CBOR, the form in which the AT protocol keeps records, as the JSON that it shows
 * them in: whoever reads one reads both.
 *
 * Strict: one item, lengths told and in as few bytes as they need, map keys texts in
 * order and each once, texts UTF-8, no tag but 42, no floats but of 64 bits.  Anything
 * else has a hash of its own for the same words, and is no DAG-CBOR.
 *
 *	bytes   {"$bytes":"base64"}
 *	tag 42  {"$link":"bafyrei…"}
 */
#ifndef RIPOSTE_CORE_PARSE_CBOR_H
#define RIPOSTE_CORE_PARSE_CBOR_H

#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	CBOR_MAX_BYTES = 2 << 20, /* servers allow records of 1 MiB */
	CBOR_MAX_DEPTH = 128,     /* arrays and maps open at the same time */
	CBOR_MAX_OUT = 16 << 20,
};

/*
 * Append one value as JSON.
 *
 * RP_BAD_ITEM: no DAG-CBOR, or over one of the limits; the text says what and at which
 * byte.  No recursion, linear in the bytes.
 */
enum rp_status cbor_to_json(struct rp_slice bytes, struct rp_buf *out,
                            struct rp_error *err) RP_MUST_USE;

/* A hash of content as it stands before a block, or in a tag 42 behind its zero byte:
 * version 1, DAG-CBOR or raw bytes, SHA-256. */
enum { CID_BYTES = 36, CID_TEXT_BYTES = 59 };
bool cid_valid(struct rp_slice bytes);

/* "bafyrei…", as JSON shows it.  bytes: CID_BYTES of them. */
void cid_text(struct rp_slice bytes, char out[CID_TEXT_BYTES]);

/* The 32 bytes of the hash. */
struct rp_slice cid_hash(struct rp_slice bytes);

#endif
