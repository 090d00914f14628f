/*
 * Other people's files as they come: plain, gzip, zstd.
 *
 * A checksum comes behind what it is of, and a flipped bit decompresses into other
 * people's words more often than into an error.  So compressed input is read twice: once
 * to its end to learn how much of it is sound, and then to be handed out up to there.
 *
 * What is damaged or cut off is told after everything before it was handed out, so each
 * step keeps its trouble in `trouble` until the caller comes back for more.
 */
#include "core/base/file.h"
#include "core/base/pack.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#define ZLIB_CONST /* or next_in would want to write to what it reads */
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
	PIECE_BYTES = 128 << 10,
	FORMAT_BYTES = 18, /* the longest zstd frame header; enough for every magic */
	WINDOW_LOG_MAX = 27,

	GZIP_ONLY = 16 + MAX_WBITS,

	ZSTD_HEADER_START = 5,
	ZSTD_BLOCK_HEADER = 3,

	SEEMS_BYTES = 2048, /* four blocks of a tar file */
};

struct instream {
	int fd;
	int copy; /* of what came through a pipe; -1: none was needed */
	enum instream_format format;
	void (*raw_seen)(void *context, struct rp_slice raw);
	void *context;

	char *piece;          /* PIECE_BYTES, read from fd */
	struct rp_slice left; /* of piece, not used yet */
	bool fd_ended;

	z_stream gzip;
	bool gzip_open;
	ZSTD_DCtx *zstd;
	size_t zstd_wants; /* input for its next step */
	bool zstd_full;    /* it may hold output that had no room */
	bool inside;       /* a gzip member or a zstd frame that is not complete */
	bool cut;          /* the input ended inside of it */

	uint64_t out;   /* decompressed bytes so far, */
	uint64_t whole; /* and of them those in complete members and frames */
	uint64_t sound; /* how many there are before damage; UINT64_MAX: all of them */
	struct rp_error damage;  /* what comes behind those */
	char seems[SEEMS_BYTES]; /* how it begins, sound or not */
	size_t n_seems;

	struct rp_error trouble; /* told from now on; status RP_OK: none */
};

/* Up to n bytes, fewer only at the end. */
static enum rp_status
read_some(int fd, char *into, size_t n, size_t *n_out, struct rp_error *err)
{
	for (;;) {
		ssize_t got = read(fd, into, n);
		struct pollfd wait = { .fd = fd, .events = POLLIN };

		if (got >= 0) {
			*n_out = (size_t)got;
			return RP_OK;
		}
		if (errno == EAGAIN)
			(void)poll(&wait, 1, -1); /* stdin can be set so by others */
		else if (errno != EINTR)
			return rp_fail_errno(err, RP_FAILED, errno, "cannot read");
	}
}

/* More bytes behind what is left of the piece, which is moved to its front. */
static enum rp_status
fill(struct instream *stream, struct rp_error *err)
{
	size_t n = 0;
	enum rp_status st;

	if (stream->left.n)
		memmove(stream->piece, stream->left.p, stream->left.n);
	stream->left.p = stream->piece;
	st = read_some(stream->fd, stream->piece + stream->left.n,
	               PIECE_BYTES - stream->left.n, &n, err);
	if (st != RP_OK)
		return st;
	stream->fd_ended = n == 0;
	if (n > 0 && stream->raw_seen && stream->format != INSTREAM_PLAIN)
		stream->raw_seen(stream->context,
		                 rp_slice_from(stream->piece + stream->left.n, n));
	stream->left.n += n;
	return RP_OK;
}

static enum instream_format
recognise(struct rp_slice bytes)
{
	if (rp_slice_starts(bytes, RP_SLICE("\x1f\x8b")))
		return INSTREAM_GZIP;
	if (rp_slice_starts(bytes, RP_SLICE("\x28\xb5\x2f\xfd")))
		return INSTREAM_ZSTD;
	if (bytes.n >= 4 && ((unsigned char)bytes.p[0] & 0xf0) == 0x50 &&
	    rp_slice_starts(rp_slice_skip(bytes, 1), RP_SLICE("\x2a\x4d\x18")))
		return INSTREAM_ZSTD;
	return INSTREAM_PLAIN;
}

static enum rp_status
zstd_failed(size_t code, struct rp_error *err)
{
	switch ((int)ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		return rp_fail_memory(err);
	case ZSTD_error_frameParameter_windowTooLarge:
		return rp_fail(err, RP_BAD_SOURCE,
		               "its zstd window is above the limit of 128 MiB (unpack it "
		               "with \"zstd -d --long=31\" first)");
	case ZSTD_error_dictionary_wrong:
		return rp_fail(
			err, RP_BAD_SOURCE,
			"it was compressed with a zstd dictionary that is not here");
	default:
		return rp_fail(err, RP_BAD_SOURCE, "its zstd data is damaged: %s",
		               ZSTD_getErrorName(code));
	}
}

/*
 * Either output that was left over, or one block: when a call fails,
 * ZSTD_decompressStream() does not say what it wrote before, so nothing but the damaged
 * part may be in one call.  What it asks for includes the header of the block after next.
 */
static enum rp_status
zstd_step(struct instream *stream, char *into, size_t size, size_t *n_out,
          struct rp_error *err)
{
	size_t wants = stream->zstd_wants, result;
	ZSTD_inBuffer in = { stream->left.p, 0, 0 };
	ZSTD_outBuffer out = { into, size, 0 };

	if (wants > ZSTD_BLOCK_HEADER)
		wants -= ZSTD_BLOCK_HEADER;
	if (!stream->zstd_full)
		in.size = wants < stream->left.n ? wants : stream->left.n;
	result = ZSTD_decompressStream(stream->zstd, &out, &in);
	if (ZSTD_isError(result))
		return zstd_failed(result, err);

	stream->left = rp_slice_skip(stream->left, in.pos);
	stream->inside = result != 0;
	stream->zstd_wants = result ? result : ZSTD_HEADER_START;
	stream->zstd_full = size > 0 && out.pos == size;
	*n_out = out.pos;
	return RP_OK;
}

static enum rp_status
gzip_step(struct instream *stream, char *into, size_t size, size_t *n_out,
          struct rp_error *err)
{
	z_stream *gzip = &stream->gzip;
	int result;

	/* Between members; inflate() would go on saying that it is at the end. */
	if (!stream->inside)
		(void)inflateReset(gzip);
	gzip->next_in = (const Bytef *)stream->left.p;
	gzip->avail_in = (uInt)stream->left.n;
	gzip->next_out = (Bytef *)into;
	gzip->avail_out = size > UINT_MAX ? UINT_MAX : (uInt)size;
	size = gzip->avail_out;

	result = inflate(gzip, Z_NO_FLUSH);
	stream->left = rp_slice_skip(stream->left, stream->left.n - gzip->avail_in);
	stream->inside = result != Z_STREAM_END;
	*n_out = size - gzip->avail_out;
	if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR)
		return RP_OK;
	if (result == Z_MEM_ERROR)
		return rp_fail_memory(err);
	return rp_fail(err, RP_BAD_SOURCE, "its gzip data is damaged: %s",
	               gzip->msg ? gzip->msg : "unknown");
}

/* Past what was read to learn the format, large pieces go where they are wanted
 * at once. */
static enum rp_status
plain_step(struct instream *stream, char *into, size_t size, size_t *n_out,
           struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (stream->left.n == 0 && size >= (size_t)PIECE_BYTES) {
		st = read_some(stream->fd, into, size, n_out, err);
		stream->fd_ended = st == RP_OK && *n_out == 0;
		return st;
	}
	if (stream->left.n == 0)
		st = fill(stream, err);
	if (st != RP_OK)
		return st;
	*n_out = size < stream->left.n ? size : stream->left.n;
	memcpy(into, stream->left.p, *n_out);
	stream->left = rp_slice_skip(stream->left, *n_out);
	return RP_OK;
}

static enum rp_status
step(struct instream *stream, char *into, size_t size, size_t *n_out,
     struct rp_error *err)
{
	switch (stream->format) {
	case INSTREAM_GZIP:
		return gzip_step(stream, into, size, n_out, err);
	case INSTREAM_ZSTD:
		return zstd_step(stream, into, size, n_out, err);
	case INSTREAM_PLAIN:
		break;
	}
	return plain_step(stream, into, size, n_out, err);
}

static enum rp_status
open_gzip(struct instream *stream, struct rp_error *err)
{
	if (inflateInit2(&stream->gzip, GZIP_ONLY) != Z_OK)
		return rp_fail_memory(err);
	stream->gzip_open = true;
	return RP_OK;
}

/* What the first frame's header says is wrong with it is said now, before any output. */
static enum rp_status
open_zstd(struct instream *stream, struct rp_error *err)
{
	unsigned dict = ZSTD_getDictID_fromFrame(stream->left.p, stream->left.n);
	enum rp_status st = RP_OK;
	char nothing[1];
	size_t n;

	if (dict != 0)
		return rp_fail(err, RP_BAD_SOURCE,
		               "it was compressed with zstd dictionary %u, which is not "
		               "here",
		               dict);
	stream->zstd = ZSTD_createDCtx();
	if (stream->zstd == NULL)
		return rp_fail_memory(err);
	(void)ZSTD_DCtx_setParameter(stream->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
	stream->zstd_wants = ZSTD_HEADER_START;
	/* Two bytes, four, the rest of the header; no block is complete after that. */
	for (int i = 0; i < 3 && st == RP_OK; i++)
		st = zstd_step(stream, nothing, 0, &n, err);
	return st;
}

static enum rp_status
open_format(struct instream *stream, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK && stream->left.n < FORMAT_BYTES && !stream->fd_ended)
		st = fill(stream, err);
	if (st != RP_OK)
		return st;

	if (rp_slice_starts(stream->left, RP_SLICE("PK\x03\x04")))
		return rp_fail(err, RP_BAD_SOURCE,
		               "it is a zip archive, which cannot be read from a "
		               "pipe: save it, and import the file");
	stream->format = recognise(stream->left);
	switch (stream->format) {
	case INSTREAM_GZIP:
		return open_gzip(stream, err);
	case INSTREAM_ZSTD:
		return open_zstd(stream, err);
	case INSTREAM_PLAIN:
		break;
	}
	return RP_OK;
}

/* Steps until there are bytes, the end, or trouble. */
static enum rp_status
read_more(struct instream *stream, char *into, size_t size, size_t *n_out,
          struct rp_error *err)
{
	enum rp_status st = RP_OK;
	bool last;

	*n_out = 0;
	while (st == RP_OK && *n_out == 0) {
		if (stream->left.n == 0 && !stream->fd_ended &&
		    stream->format != INSTREAM_PLAIN)
			st = fill(stream, err);
		last = stream->left.n == 0 && stream->fd_ended;
		if (st != RP_OK || (last && !stream->inside))
			break;
		st = step(stream, into, size, n_out, err);
		if (st == RP_OK)
			stream->out += *n_out;
		if (st == RP_OK && !stream->inside)
			stream->whole = stream->out;
		stream->cut = last && st == RP_OK && *n_out == 0 && stream->inside;
		if (stream->cut)
			return rp_fail(err, RP_BAD_SOURCE,
			               "its compressed data is cut off");
	}
	if (st == RP_OK && *n_out == 0)
		return RP_END;
	return st;
}

static void
close_format(struct instream *stream)
{
	if (stream->gzip_open)
		(void)inflateEnd(&stream->gzip);
	stream->gzip_open = false;
	ZSTD_freeDCtx(stream->zstd);
	stream->zstd = NULL;
}

/* ---- how much of it is sound ------------------------------------------------- */

/* All that was read of it when it has just been opened. */
static struct rp_slice
front(const struct instream *stream)
{
	size_t used = stream->left.p ? (size_t)(stream->left.p - stream->piece) : 0;

	return rp_slice_from(stream->piece, used + stream->left.n);
}

/* What a pipe gives cannot be read twice: into a file of our own with it. */
static enum rp_status
copy_pipe(struct instream *stream, struct rp_error *err)
{
	enum rp_status st = file_nameless(&stream->copy, err);

	stream->left = front(stream);
	while (st == RP_OK && stream->left.n > 0) {
		st = file_write(stream->copy, stream->left, err);
		stream->left.n = 0;
		if (st == RP_OK)
			st = fill(stream, err);
	}
	stream->fd = stream->copy;
	return st;
}

/* From the place `from` in fd on, as if nothing had been read. */
static enum rp_status
start_again(struct instream *stream, off_t from, struct rp_error *err)
{
	close_format(stream);
	if (lseek(stream->fd, from, SEEK_SET) < 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot read it again");
	stream->left.n = 0;
	stream->fd_ended = stream->inside = stream->zstd_full = false;
	stream->out = stream->whole = 0;
	return open_format(stream, err);
}

/*
 * Of a member or frame that is damaged nothing can be believed: which of its bytes are
 * wrong only the checksum would tell.  One that merely ends early is good to its end.
 */
static enum rp_status
look_through(struct instream *stream, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf unread;
	char *room;
	enum rp_status st = RP_OK;
	size_t n;

	buf_init(&unread, PIECE_BYTES);
	room = buf_reserve(&unread, PIECE_BYTES);
	if (room == NULL)
		return rp_fail_memory(err);
	while (st == RP_OK) {
		st = read_more(stream, room, PIECE_BYTES, &n, &stream->damage);
		if (n > SEEMS_BYTES - stream->n_seems)
			n = SEEMS_BYTES - stream->n_seems;
		memcpy(stream->seems + stream->n_seems, room, n);
		stream->n_seems += n;
	}
	if (st == RP_BAD_SOURCE)
		stream->sound = stream->cut ? stream->out : stream->whole;
	else if (st != RP_END && err != NULL)
		*err = stream->damage;
	return st == RP_END || st == RP_BAD_SOURCE ? RP_OK : st;
}

static enum rp_status
find_damage(struct instream *stream, off_t from, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (stream->format == INSTREAM_PLAIN)
		return RP_OK;
	if (from < 0) {
		from = 0;
		st = copy_pipe(stream, err);
		if (st == RP_OK)
			st = start_again(stream, from, err);
	}
	if (st == RP_OK)
		st = look_through(stream, err);
	return st == RP_OK ? start_again(stream, from, err) : st;
}

enum rp_status
instream_open(int fd, void (*raw_seen)(void *context, struct rp_slice raw), void *context,
              struct instream **out, struct rp_error *err)
{
	struct instream *stream = calloc(1, sizeof(*stream));
	const off_t from = lseek(fd, 0, SEEK_CUR);
	enum rp_status st;

	if (stream == NULL || (stream->piece = malloc(PIECE_BYTES)) == NULL) {
		free(stream);
		return rp_fail_memory(err);
	}
	stream->fd = fd;
	stream->copy = -1;
	stream->sound = UINT64_MAX;
	st = open_format(stream, err);
	if (st == RP_OK)
		st = find_damage(stream, from, err);
	if (st != RP_OK) {
		(void)instream_close(stream);
		return st;
	}
	stream->raw_seen = raw_seen;
	stream->context = context;
	if (raw_seen != NULL && stream->format != INSTREAM_PLAIN)
		raw_seen(context, front(stream));
	*out = stream;
	return RP_OK;
}

struct instream *
instream_close(struct instream *stream)
{
	if (stream == NULL)
		return NULL;
	close_format(stream);
	if (stream->copy >= 0)
		(void)close(stream->copy);
	free(stream->piece);
	free(stream);
	return NULL;
}

bool
instream_seems(const struct instream *stream, struct rp_slice *out)
{
	*out = rp_slice_from(stream->seems, stream->n_seems);
	return stream->sound == 0;
}

enum instream_format
instream_format(const struct instream *stream)
{
	return stream->format;
}

enum rp_status
instream_read(struct instream *stream, char *into, size_t size, size_t *n_out,
              struct rp_error *err)
{
	struct rp_error *trouble = &stream->trouble;
	size_t n = 0;

	assert(size > 0);
	if (size > stream->sound - stream->out)
		size = (size_t)(stream->sound - stream->out);
	if (size == 0)
		*trouble = stream->damage;
	if (trouble->status == RP_OK) {
		trouble->status = read_more(stream, into, size, &n, trouble);
		if (n > 0) {
			*n_out = n;
			return RP_OK;
		}
	}
	if (trouble->status != RP_END && err != NULL) {
		err->status = trouble->status;
		err->retry_at = 0;
		memcpy(err->text, trouble->text, sizeof(err->text));
	}
	return trouble->status;
}

enum rp_status
instream_pass(struct instream *stream, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	stream->left.n = 0;
	if (!stream->fd_ended)
		st = fill(stream, err);
	return st == RP_OK && stream->fd_ended ? RP_END : st;
}
