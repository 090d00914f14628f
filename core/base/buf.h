/*
 * Bytes that grow: text being built, a file being read.  Storage the caller owns.
 *
 * A buffer has a ceiling and a sticky failure: after the first append that does not fit
 * (or finds no memory) it stays as it was and buf_failed() is true, so a run of appends
 * needs one check at its end.
 */
#ifndef RIPOSTE_CORE_BASE_BUF_H
#define RIPOSTE_CORE_BASE_BUF_H

#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

struct rp_buf {
	char *p;
	size_t n;       /* bytes in use */
	size_t cap;     /* bytes allocated */
	size_t ceiling; /* n never passes this; 0 means no bytes at all */
	bool failed;
};

void buf_init(struct rp_buf *buf, size_t ceiling_bytes);
void buf_done(struct rp_buf *buf);
DEFINE_CLEANUP_DONE(struct rp_buf, buf_done);

/* Empty it and forget a failure; keeps the memory. */
void buf_clear(struct rp_buf *buf);

void buf_add(struct rp_buf *buf, struct rp_slice bytes);
void buf_add_str(struct rp_buf *buf, const char *s);
void buf_add_byte(struct rp_buf *buf, char byte);
void buf_printf(struct rp_buf *buf, const char *format, ...) RP_PRINTF(2, 3);

/*
 * Room for n more bytes at buf->p + buf->n, to be claimed with buf->n += used.
 * NULL, and the buffer failed, when they do not fit.
 */
char *buf_reserve(struct rp_buf *buf, size_t n) RP_MUST_USE;

/* Drop the first n bytes; what follows moves to the front. */
void buf_drop(struct rp_buf *buf, size_t n);

static inline struct rp_slice
buf_slice(const struct rp_buf *buf)
{
	return (struct rp_slice){ buf->p, buf->n };
}

static inline bool
buf_failed(const struct rp_buf *buf)
{
	return buf->failed;
}

#endif
