#include "core/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
buf_init(struct rp_buf *buf, size_t ceiling_bytes)
{
	*buf = (struct rp_buf){ .ceiling = ceiling_bytes };
}

void
buf_done(struct rp_buf *buf)
{
	free(buf->p);
	*buf = (struct rp_buf){ .ceiling = buf->ceiling };
}

void
buf_clear(struct rp_buf *buf)
{
	buf->n = 0;
	buf->failed = false;
}

char *
buf_reserve(struct rp_buf *buf, size_t n)
{
	size_t cap = buf->cap < 64 ? 64 : buf->cap;
	char *p;

	if (buf->failed || n > buf->ceiling - buf->n) {
		buf->failed = true;
		return NULL;
	}
	while (cap - buf->n < n)
		cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
	if (cap != buf->cap) {
		p = realloc(buf->p, cap);
		if (p == NULL) {
			rp_memory_refuse();
			buf->failed = true;
			return NULL;
		}
		buf->p = p;
		buf->cap = cap;
	}
	return buf->p + buf->n;
}

void
buf_add(struct rp_buf *buf, struct rp_slice bytes)
{
	char *at = buf_reserve(buf, bytes.n);

	if (at == NULL || bytes.n == 0)
		return;
	memcpy(at, bytes.p, bytes.n);
	buf->n += bytes.n;
}

void
buf_add_str(struct rp_buf *buf, const char *s)
{
	buf_add(buf, rp_slice_str(s));
}

void
buf_add_byte(struct rp_buf *buf, char byte)
{
	buf_add(buf, rp_slice_from(&byte, 1));
}

void
buf_printf(struct rp_buf *buf, const char *format, ...)
{
	va_list args;
	char *at;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0) {
		buf->failed = true;
		return;
	}
	at = buf_reserve(buf, (size_t)n + 1);
	if (at == NULL)
		return;
	va_start(args, format);
	(void)vsnprintf(at, (size_t)n + 1, format, args);
	va_end(args);
	buf->n += (size_t)n;
}

void
buf_drop(struct rp_buf *buf, size_t n)
{
	if (n > buf->n)
		n = buf->n;
	if (n == 0)
		return;
	memmove(buf->p, buf->p + n, buf->n - n);
	buf->n -= n;
}
