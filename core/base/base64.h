/*
 * Bytes written as letters: the alphabet of RFC 4648 with "+" and "/".
 */
#ifndef RIPOSTE_CORE_BASE_BASE64_H
#define RIPOSTE_CORE_BASE_BASE64_H

#include "core/base/buf.h"
#include "core/base/slice.h"

/* Append the bytes, without "=" at the end. */
void base64_write(struct rp_buf *out, struct rp_slice bytes);

/*
 * Append what the text means; 3 bytes for 4 letters.  "=" at the end may be missing, bits
 * that make no whole byte are dropped.
 *
 * false: strict, and it holds something else; what stood before that is appended.  When
 * not strict, everything else is passed over.  A full buffer is buf_failed().
 */
bool base64_read(struct rp_buf *out, struct rp_slice text, bool strict);

#endif
