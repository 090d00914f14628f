/*
 * Texts in other encodings than UTF-8.
 */
#ifndef RIPOSTE_CORE_BASE_CHARSET_H
#define RIPOSTE_CORE_BASE_CHARSET_H

#include "core/base/buf.h"
#include "core/base/slice.h"

/*
 * The encoding a byte order mark tells ("utf-8", "utf-16le", "utf-16be", "utf-32le",
 * "utf-32be"; empty: there is none), and how long the mark is.
 */
struct rp_slice charset_of_mark(struct rp_slice bytes, size_t *mark_bytes_out);

/*
 * Append the text as UTF-8.  Names as the Web knows them, any case: iso-8859-1 and
 * us-ascii mean windows-1252, gb2312 means gb18030.  What fits nothing becomes U+FFFD.
 *
 * false: nothing of that name is known, or (strict) there are bytes that do not fit;
 * `out` is then as it was.  A full buffer is buf_failed().
 */
bool charset_read(struct rp_buf *out, struct rp_slice bytes, struct rp_slice name,
                  bool strict);

/*
 * Of a text whose encoding nobody tells: "utf-8", or "windows-1252" when most of what is
 * not ASCII is no UTF-8.  A byte that was damaged makes no other encoding.
 */
struct rp_slice charset_guess(struct rp_slice bytes);

#endif
