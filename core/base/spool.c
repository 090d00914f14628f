#include "core/base/spool.h"

#include "core/base/file.h"

#include <errno.h>
#include <unistd.h>

void
spool_init(struct spool *spool, size_t memory_bytes)
{
	*spool = (struct spool){ .most = memory_bytes };
	buf_init(&spool->memory, memory_bytes);
}

void
spool_done(struct spool *spool)
{
	buf_done(&spool->memory);
	if (spool->on_disk)
		(void)close(spool->fd);
	spool->on_disk = false;
}

static enum rp_status
write_out(struct spool *spool, struct rp_slice bytes, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (!spool->on_disk)
		st = file_nameless(&spool->fd, err);
	if (st != RP_OK)
		return st;
	spool->on_disk = true;
	st = file_write(spool->fd, bytes, err);
	if (st == RP_OK)
		spool->written += bytes.n;
	return st;
}

/* What is added at once is in one place. */
enum rp_status
spool_add(struct spool *spool, struct rp_slice bytes, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (bytes.n > spool->most - spool->memory.n) {
		st = write_out(spool, buf_slice(&spool->memory), err);
		if (st == RP_OK)
			buf_clear(&spool->memory);
	}
	if (st == RP_OK && bytes.n > spool->most) {
		st = write_out(spool, bytes, err);
	} else if (st == RP_OK) {
		buf_add(&spool->memory, bytes);
		if (buf_failed(&spool->memory))
			return rp_fail_memory(err);
	}
	if (st == RP_OK)
		spool->n += bytes.n;
	return st;
}

static enum rp_status
read_file(int fd, uint64_t at, char *to, size_t n, struct rp_error *err)
{
	while (n > 0) {
		ssize_t got = pread(fd, to, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return rp_fail_errno(err, RP_FAILED, got < 0 ? errno : EIO,
			                     "cannot read a temporary file");
		to += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return RP_OK;
}

enum rp_status
spool_read(const struct spool *spool, uint64_t at, size_t n, struct rp_buf *out,
           struct rp_error *err)
{
	char *to;
	enum rp_status st;

	if (at >= spool->written) {
		buf_add(out,
		        n == 0 ? RP_SLICE("")
		               : rp_slice_from(spool->memory.p + (at - spool->written),
		                               n));
		return buf_failed(out) ? rp_fail_memory(err) : RP_OK;
	}
	to = buf_reserve(out, n);
	if (to == NULL)
		return rp_fail_memory(err);
	st = read_file(spool->fd, at, to, n, err);
	if (st == RP_OK)
		out->n += n;
	return st;
}
