/*
 * Files that were read before.
 */
#include "core/ingest/captures.h"
#include "core/ingest/run.h"

#include <errno.h>
#include <unistd.h>

enum rp_status
again_remember(struct ingest *ingest, uint64_t size, struct rp_error *err)
{
	struct rp_slice key = rp_slice_from((const char *)&size, sizeof(size));

	if (ingest->sizes == NULL || map_get(ingest->sizes, key) != NULL)
		return RP_OK;
	if (!arena_copy(ingest->kept, key, &key) ||
	    map_put(ingest->sizes, key, 0, NULL) == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- before it is read -------------------------------------------------------- */

enum rp_status
again_hash_file(void *context, struct sha256 *out, struct rp_error *damage)
{
	const int fd = *(const int *)context;
	CLEANUP(sha256_stream_free) struct sha256_stream *hash = sha256_stream_new();
	off_t at = lseek(fd, 0, SEEK_CUR);
	static char chunk[1 << 17];
	ssize_t n;

	if (at < 0 || hash == NULL)
		return rp_fail(damage, RP_FAILED, "cannot be hashed");
	for (off_t i = at; (n = pread(fd, chunk, sizeof(chunk), i)) != 0; i += n) {
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return rp_fail_errno(damage, RP_FAILED, errno, "cannot be read");
		sha256_stream_add(hash, rp_slice_from(chunk, (size_t)n));
	}
	*out = sha256_stream_peek(hash);
	return RP_OK;
}

enum rp_status
again_damaged(const struct rp_error *damage, struct rp_error *err)
{
	return rp_fail(err, RP_BAD_SOURCE, "%s; what came before it is kept",
	               damage->text);
}

/*
 * Is there a capture of that many bytes?  A file is read twice, to be hashed first, only
 * if so: hashing is a tenth of an import.
 */
static enum rp_status
size_is_held(struct ingest *ingest, uint64_t size, bool *held_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = RP_END;

	if (ingest->sizes == NULL) {
		ingest->sizes = map_new();
		ingest->kept = arena_new(SIZE_MAX / 2);
		if (ingest->sizes == NULL || ingest->kept == NULL)
			return rp_fail_memory(err);
		if ((st = store_scan(ingest->store, &scan, &it, err)) != RP_OK)
			return st;
		while ((st = store_next(it, &row, err)) == RP_OK) {
			ingest->damaged |= collector_settled_damage(row.capture.options);
			if (again_remember(ingest, row.capture.bytes, err) != RP_OK)
				return RP_FAILED;
		}
	}
	*held_out = map_get(ingest->sizes,
	                    rp_slice_from((const char *)&size, sizeof(size))) != NULL;
	return st == RP_END ? RP_OK : st;
}

/* What is held of a file's bytes. */
struct held {
	bool damaged;          /* they end early: so must what is held */
	int64_t id, container; /* 0: none yet; container: compressed, or set
	                        * aside by what it lay beside */
	uint64_t bytes;
	struct capture read; /* what its records came out of, without texts */
	int64_t last_at;     /* when those that were read last came last */
	bool opened;         /* something came out of the container */
};

/*
 * Bytes mean what the options say: the date of a transcript, who its speakers are, what
 * to read it as.  Those that came last under other options are read anew; what was merged
 * may have come before what was there.
 */
static bool
read_alike(const struct capture *capture, const struct import_file *file)
{
	return rp_slice_eq(collector_given(capture->options),
	                   collector_given(file->options)) &&
	       (file->as.n == 0 || rp_slice_eq(capture->format, file->as));
}

static enum rp_status
consider(struct held *held, struct store *store, const struct capture *capture,
         const struct sha256 *hash, const struct import_file *file, struct rp_error *err)
{
	const bool inside = held->container != 0 && capture->inside == held->container;
	const bool same = (held->damaged ? collector_settled_damage(capture->options)
	                                 : capture->complete) &&
	                  sha256_eq(&capture->sha256, hash);
	int64_t last_at;
	enum rp_status st;

	if (same && rp_slice_eq(capture->format, RP_SLICE("raw"))) {
		held->container = capture->id;
		held->bytes = capture->bytes;
		held->opened = false;
		return RP_OK;
	}
	held->opened = held->opened || inside;
	if ((!inside && !same) || !rp_slice_eq(collector_unread(capture->options),
	                                       collector_unread(file->options)))
		return RP_OK;
	if ((st = captures_last_at(store, capture, &last_at, err)) != RP_OK ||
	    last_at < held->last_at)
		return st;
	held->last_at = last_at;
	if (!read_alike(capture, file)) {
		held->id = 0;
		return RP_OK;
	}
	held->id = inside ? held->container : capture->id;
	held->bytes = inside ? held->bytes : capture->bytes;
	held->read = (struct capture){ .id = capture->id,
		                       .records = capture->records,
		                       .rejected = capture->rejected };
	return RP_OK;
}

/* RP_NOT_FOUND: these bytes were never read as they would be now. */
static enum rp_status
find_held(struct ingest *ingest, const struct import_file *file,
          const struct sha256 *hash, bool damaged, struct held *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct held held = { .damaged = damaged, .last_at = INT64_MIN };
	struct capture any;
	union scan_row row;
	enum rp_status st = RP_OK;

	arena_reset(ingest->batch);
	if (!damaged)
		st = store_capture_find(ingest->store, hash, ingest->batch, &any, err);
	if (st != RP_OK || (st = store_scan(ingest->store, &scan, &it, err)) != RP_OK)
		return st;
	while ((st = store_next(it, &row, err)) == RP_OK)
		if ((st = consider(&held, ingest->store, &row.capture, hash, file,
		                   err)) != RP_OK)
			return st;
	if (st != RP_END)
		return st;
	*out = held;
	return held.id == 0 ? RP_NOT_FOUND : RP_OK;
}

enum rp_status
again_held(struct ingest *ingest, const struct import_file *file,
           const struct sha256 *hash, struct capture *out, struct rp_error *err)
{
	struct held held = { .id = 0 };
	enum rp_status st = find_held(ingest, file, hash, false, &held, err);

	if (st != RP_OK)
		return st;
	*out = held.read;
	out->bytes = held.bytes;
	out->id = held.id;
	return RP_OK;
}

static enum rp_status
note_capture(struct ingest *ingest, int64_t capture, struct rp_error *err)
{
	enum rp_status st = run_begin(ingest, err);

	if (st == RP_OK)
		st = store_capture_again(ingest->store, capture, ingest->run,
		                         ingest->options.now, err);
	return run_finish(ingest, st, err);
}

enum rp_status
again_note_aside(struct ingest *ingest, const struct again_bytes *bytes,
                 struct rp_error *err)
{
	enum rp_status st = note_capture(ingest, bytes->aside, err);

	if (st != RP_OK)
		return st;
	ingest->tally.captures++;
	ingest->tally.bytes_in += bytes->size;
	return RP_OK;
}

static enum rp_status
note_again(struct ingest *ingest, const struct import_file *file,
           const struct sha256 *hash, const struct rp_error *damage,
           struct again_bytes *bytes, struct again_found *out, struct rp_error *err)
{
	const bool damaged = damage->status != RP_OK;
	struct held held = { .id = 0 };
	enum rp_status st = find_held(ingest, file, hash, damaged, &held, err);

	if (st == RP_NOT_FOUND && !held.opened)
		bytes->aside = held.container;
	if (st != RP_OK || (st = note_capture(ingest, held.id, err)) != RP_OK)
		return st;
	if (out != NULL)
		*out = (struct again_found){ .hash = *hash,
			                     .records = held.read.records };
	ingest->tally.captures++;
	ingest->tally.records += held.read.records;
	ingest->tally.rejected += held.read.rejected;
	ingest->tally.same += held.read.records - held.read.rejected;
	ingest->tally.bytes_in += held.bytes;
	if (!damaged || held.read.rejected > 1)
		st = run_rejects(ingest, file->name, &held.read, err);
	return damaged && (st == RP_OK || st == RP_BAD_SOURCE)
	               ? again_damaged(damage, err)
	               : st;
}

enum rp_status
again_note(struct ingest *ingest, const struct import_file *file,
           struct again_bytes *bytes, struct again_found *out, struct rp_error *err)
{
	struct rp_error damage = { .status = RP_OK };
	struct sha256 hash;
	bool held = false;
	enum rp_status st = size_is_held(ingest, bytes->size, &held, err);

	if (st != RP_OK)
		return st;
	if (!held && !(ingest->damaged && out != NULL))
		return RP_NOT_FOUND;
	bytes->hashed = true;
	st = bytes->hash(bytes->context, &hash, &damage);
	if (st != RP_OK && st != RP_BAD_SOURCE)
		return RP_NOT_FOUND;
	return note_again(ingest, file, &hash, &damage, bytes, out, err);
}
