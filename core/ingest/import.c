/*
 * One file: recognised, read in batches, each batch a transaction.
 */
#include "core/base/file.h"
#include "core/base/pack.h"
#include "core/collect/refuse.h"
#include "core/ingest/peek.h"
#include "core/ingest/run.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Compressed bytes read since the last batch was stored. */
enum { RAW_PENDING_BYTES = 64 << 20 };

/* What the importer adds to the options. */
enum { SETTLED_BYTES = 4096 };

/* Of a tar file that comes through a pipe; it is put aside on the disk. */
#define PIPED_TAR_BYTES (INT64_C(16) << 30)

/* ---- one file ----------------------------------------------------------------- */

struct importing {
	struct ingest *ingest;
	const struct import_file *file;
	struct instream *stream;
	struct bundle *bundle;  /* instead of a stream: its current member */
	struct rp_error damage; /* which the member has */
	struct rp_buf raw;      /* compressed bytes read but not yet stored */
	struct rp_buf settled;  /* options; see collector_settle() */
	struct rp_buf marked;   /* the same of a member that breaks off */
	bool wrapped; /* the file is compressed: `container` keeps it as it came */
	bool broken;  /* ... and breaks off: `sink` never becomes complete */
	struct sink container, sink;
	struct stored_beside beside;
	struct collector *collector;
	const struct collector_ops *ops;
	struct tally tally; /* the run's, this file's batches included */
	bool open;          /* a transaction is; it began with ... */
	struct tally before;
};

static void
importing_done(struct importing *im)
{
	if (im->collector != NULL)
		im->ops->close(im->collector);
	sink_done(&im->sink);
	sink_done(&im->container);
	stored_beside_done(&im->beside);
	instream_close(im->stream);
	buf_done(&im->raw);
	buf_done(&im->settled);
	buf_done(&im->marked);
}
DEFINE_CLEANUP_DONE(struct importing, importing_done);

static void
raw_seen(void *context, struct rp_slice raw)
{
	buf_add(&((struct importing *)context)->raw, raw);
}

static enum rp_status
read_stream(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct importing *im = context;
	enum rp_status st = instream_read(im->stream, into, size, n_out, err);

	if (st == RP_BAD_SOURCE)
		im->broken = true;
	return st;
}

/* Damage ends a member: what came before it is kept, as a capture that is not complete.
 */
static enum rp_status
read_bundle(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct importing *im = context;
	const struct reader reader = bundle_reader(im->bundle);
	enum rp_status st = RP_BAD_SOURCE;

	if (!im->broken)
		st = reader.read(reader.context, into, size, n_out, &im->damage);
	im->broken = im->broken || st == RP_BAD_SOURCE;
	return st == RP_OK || st == RP_END ? st : rp_fail(err, st, "%s", im->damage.text);
}

/* Nothing else tells, when a member is read again out of the archive, that it broke off.
 */
static enum rp_status
mark_damage(struct importing *im, struct rp_error *err)
{
	enum rp_status st;

	if (im->bundle == NULL || !im->broken)
		return RP_OK;
	buf_init(&im->marked, im->sink.capture.options.n + SETTLED_BYTES);
	buf_add(&im->marked, im->sink.capture.options);
	st = collector_settle_damage(&im->marked, im->damage.text, err);
	im->sink.capture.options = buf_slice(&im->marked);
	im->ingest->damaged = true;
	return st;
}

/* The compressed bytes that were read since the last time. */
static enum rp_status
keep_raw(struct importing *im, struct rp_error *err)
{
	enum rp_status st = buf_failed(&im->raw) ? rp_fail_memory(err)
	                                         : sink_bytes(&im->container,
	                                                      buf_slice(&im->raw), err);

	buf_clear(&im->raw);
	return st;
}

/* Bring the captures up to date with what the open transaction holds of them. */
static enum rp_status
update(struct importing *im, bool complete, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (im->wrapped) {
		st = keep_raw(im, err);
		if (st == RP_OK)
			st = sink_update(&im->container, complete, err);
	}
	if (st == RP_OK)
		st = sink_update(&im->sink, complete && !im->broken, err);
	return st;
}

/* What comes behind damage is no part of `sink`, but the file is kept whole. */
static enum rp_status
pass_rest(struct importing *im, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK && im->broken && im->stream != NULL &&
	       (st = instream_pass(im->stream, err)) == RP_OK)
		st = keep_raw(im, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
begin_captures(struct importing *im, struct rp_error *err)
{
	enum rp_status st;

	if (im->open)
		return RP_OK;
	im->before = im->tally;
	im->open = true;
	st = run_begin(im->ingest, err);
	if (st == RP_OK && im->wrapped) {
		im->container.capture.run = im->ingest->run;
		st = sink_begin(&im->container, err);
		im->sink.capture.inside = im->container.capture.id;
	}
	if (st == RP_OK) {
		im->sink.capture.run = im->ingest->run;
		st = sink_begin(&im->sink, err);
	}
	return st;
}

static enum rp_status
end_transaction(struct importing *im, enum rp_status st, struct rp_error *err)
{
	im->open = false;
	st = run_finish(im->ingest, st, err);
	if (st != RP_OK)
		im->tally = im->before;
	return st;
}

/* One batch, one transaction; more of them while what they say has to wait. */
static enum rp_status
store_batch(struct importing *im, const struct batch *batch, struct rp_error *err)
{
	enum rp_status st;

	if ((st = begin_captures(im, err)) == RP_OK)
		st = sink_batch(&im->sink, batch, err);
	if (st == RP_OK && im->sink.owes)
		return RP_OK;
	if (st == RP_OK)
		st = update(im, false, err);
	return end_transaction(im, st, err);
}

/* What waits, when the file will not be read to its end. */
static enum rp_status
store_waiting(struct importing *im, struct rp_error *err)
{
	return im->open ? end_transaction(im, update(im, false, err), err) : RP_OK;
}

/* The file is one capture in the summary, by its size as it came. */
static enum rp_status
count_file(struct importing *im, struct rp_error *err)
{
	const struct sink *file = im->wrapped ? &im->container : &im->sink;

	im->tally.captures++;
	im->tally.bytes_in += file->capture.bytes;
	return again_remember(im->ingest, file->capture.bytes, err);
}

static enum rp_status
store_end(struct importing *im, struct rp_error *err)
{
	enum rp_status st;

	if ((st = begin_captures(im, err)) == RP_OK &&
	    (st = pass_rest(im, err)) == RP_OK && (st = mark_damage(im, err)) == RP_OK)
		st = update(im, true, err);
	st = end_transaction(im, st, err);
	return st == RP_OK ? count_file(im, err) : st;
}

static bool
stopped(const struct ingest *ingest)
{
	return ingest->options.stop != NULL &&
	       ingest->options.stop(ingest->options.context);
}

static void
report(const struct importing *im)
{
	struct tally sum = im->tally;

	if (im->ingest->options.progress == NULL)
		return;
	sum.bytes_in += im->sink.capture.bytes;
	im->ingest->options.progress(im->ingest->options.context, &sum);
}

static enum rp_status
run_batches(struct importing *im, struct rp_error *err)
{
	struct rp_error why;
	enum rp_status st;

	for (;;) {
		struct batch batch = { .arena = im->ingest->batch };

		if (stopped(im->ingest))
			return (st = store_waiting(im, err)) == RP_OK ? RP_END : st;
		arena_reset(im->ingest->batch);
		st = im->ops->next(im->collector, &batch, err);
		if (st != RP_OK)
			break;
		st = store_batch(im, &batch, err);
		if (st != RP_OK)
			return st;
		report(im);
	}
	if (st == RP_END)
		return store_end(im, err);
	return store_waiting(im, &why) == RP_OK ? st
	                                        : rp_fail(err, RP_FAILED, "%s", why.text);
}

static enum rp_status
check_kind_of_file(const struct import_file *file, bool *regular_out, bool *folder_out,
                   uint64_t *size_out, struct rp_error *err)
{
	struct stat info;

	if (fstat(file->fd, &info) != 0)
		return rp_fail_errno(err, RP_BAD_SOURCE, errno, "cannot be read");
	*regular_out = S_ISREG(info.st_mode);
	*size_out = (uint64_t)info.st_size;
	*folder_out = S_ISDIR(info.st_mode);
	if (S_ISBLK(info.st_mode) || (S_ISCHR(info.st_mode) && !isatty(file->fd)))
		return rp_fail(err, RP_BAD_SOURCE, "is a device, not a file or a pipe");
	return RP_OK;
}

/* ---- recognise, then read ----------------------------------------------------- */

static enum rp_status
choose(struct importing *im, struct peek *peek, struct input *input, struct rp_error *err)
{
	enum rp_status st = peek_fill(peek, err);

	if (im->file->as.n != 0)
		im->ops = collector_find(im->file->as);
	else if (st == RP_OK)
		im->ops = collector_sniff(peek_head(peek), input);
	if (st != RP_OK || im->ops == NULL)
		return st;
	buf_init(&im->settled, input->options.n + SETTLED_BYTES);
	st = collector_settle(im->ops, input, peek_head(peek), &im->settled, err);
	input->options = buf_slice(&im->settled);
	return st;
}

/* Of a member, or a file that came beside another: nobody may have meant it to be read.
 */
static bool
is_plain_to_see(const struct importing *im, const struct peek *peek,
                const struct input *input)
{
	enum { SURE_ENOUGH = 20 };

	return im->ops != NULL && (im->file->as.n != 0 ||
	                           im->ops->sniff(peek_head(peek), input) >= SURE_ENOUGH);
}

/* Not everything is: see refuse.h. */
static enum rp_status
may_be_kept(const struct importing *im, const struct peek *peek,
            const struct input *input, bool *private_out, struct rp_error *err)
{
	struct refuse_look look = {
		.name = im->file->name,
		.head = peek_head(peek),
		.named = im->file->as.n != 0,
		.sure = im->ops != NULL ? im->ops->sniff(peek_head(peek), input) : 0,
		.has_zip = im->bundle == NULL && bundle_has_zip(im->file->fd),
	};

	if (im->stream != NULL)
		look.unsound = instream_seems(im->stream, &look.seems);
	return refuse(&look, private_out, err);
}

/* Not recognised: the bytes are kept all the same. */
static enum rp_status
keep_unread(struct importing *im, struct peek *peek, struct rp_error *err)
{
	static char chunk[1 << 17];
	struct reader reader = peek_reader(peek);
	enum rp_status st = begin_captures(im, err);
	size_t n;

	while (st == RP_OK &&
	       (st = reader.read(reader.context, chunk, sizeof(chunk), &n, err)) == RP_OK)
		if ((st = sink_bytes(&im->sink, rp_slice_from(chunk, n), err)) == RP_OK &&
		    im->wrapped)
			st = keep_raw(im, err);
	if (st == RP_END || st == RP_BAD_SOURCE)
		st = sink_unread(&im->sink, im->broken, im->sink.capture.bytes, err);
	if (st == RP_OK && (st = pass_rest(im, err)) == RP_OK &&
	    (st = mark_damage(im, err)) == RP_OK)
		st = update(im, true, err);
	st = end_transaction(im, st, err);
	return st == RP_OK ? count_file(im, err) : st;
}

static enum rp_status
open_sinks(struct importing *im, struct rp_error *err)
{
	struct capture capture = { .name = im->file->name,
		                   .at = im->ingest->options.now,
		                   .format = RP_SLICE("raw") };
	enum rp_status st;

	im->wrapped = im->stream != NULL && instream_format(im->stream) != INSTREAM_PLAIN;
	st = sink_open(&im->container, im->ingest->store, SINK_KEEPS, &capture,
	               &im->ingest->chains, &im->tally, err);
	if (st != RP_OK)
		return st;
	capture.format = im->ops ? rp_slice_str(im->ops->name) : RP_SLICE("unknown");
	capture.options = im->ops ? buf_slice(&im->settled) : im->file->options;
	return sink_open(&im->sink, im->ingest->store, SINK_KEEPS, &capture,
	                 &im->ingest->chains, &im->tally, err);
}

static enum rp_status
open_collector(struct importing *im, struct input *input, struct rp_error *err)
{
	stored_beside_init(&im->beside, im->ingest->store, im->file->options);
	input->beside = stored_beside_reader(&im->beside);
	return im->ops->open(input, &im->collector, err);
}

/* A tar file is many files: it is read as one of them after the other. */
static enum rp_status
import_tar(struct importing *im, struct peek *peek, off_t begin, struct rp_error *err)
{
	static char chunk[1 << 17];
	const struct reader reader = peek_reader(peek);
	enum rp_status st = RP_OK;
	int64_t size = 0;
	size_t n;
	int fd = -1;

	if (begin >= 0 && lseek(im->file->fd, begin, SEEK_SET) >= 0)
		return import_bundle(im->ingest, im->file, im->file->fd, BUNDLE_TAR, err);
	st = file_nameless(&fd, err);
	while (st == RP_OK && (st = reader.read(reader.context, chunk, sizeof(chunk), &n,
	                                        err)) == RP_OK) {
		if ((size += (int64_t)n) > PIPED_TAR_BYTES)
			st = rp_fail(err, RP_BAD_SOURCE,
			             "more than %d GiB of a tar file come out of a pipe; "
			             "save it first",
			             (int)(PIPED_TAR_BYTES >> 30));
		else
			st = file_write(fd, rp_slice_from(chunk, n), err);
	}
	if (st == RP_END && lseek(fd, 0, SEEK_SET) == 0)
		st = import_bundle(im->ingest, im->file, fd, BUNDLE_TAR, err);
	if (fd >= 0)
		(void)close(fd);
	return st;
}

static enum rp_status
import(struct importing *im, off_t begin, const struct again_bytes *bytes,
       struct rp_error *err)
{
	CLEANUP(peek_free) struct peek *peek = NULL;
	struct input input = { .name = im->file->name, .options = im->file->options };
	bool private;
	enum rp_status st;

	buf_init(&im->raw, RAW_PENDING_BYTES);
	st = instream_open(im->file->fd, raw_seen, im, &im->stream, err);
	if (st != RP_OK)
		return st;
	peek = peek_new((struct reader){ read_stream, im });
	if (peek == NULL)
		return rp_fail_memory(err);
	input.reader = peek_reader(peek);

	if ((st = choose(im, peek, &input, err)) != RP_OK)
		return st;
	if (bundle_is_tar(peek_head(peek)) ||
	    (instream_format(im->stream) == INSTREAM_PLAIN &&
	     bundle_is_packed(peek_head(peek))))
		return import_tar(im, peek, begin, err);
	if ((st = may_be_kept(im, peek, &input, &private, err)) != RP_OK)
		return st;
	if (bytes->aside != 0 && !is_plain_to_see(im, peek, &input))
		return again_note_aside(im->ingest, bytes, err);
	if ((st = open_sinks(im, err)) != RP_OK)
		return st;
	if (im->ops == NULL)
		return keep_unread(im, peek, err);
	st = open_collector(im, &input, err);
	return st == RP_OK ? run_batches(im, err) : st;
}

enum rp_status
ingest_file(struct ingest *ingest, const struct import_file *file, struct rp_error *err)
{
	CLEANUP(importing_done)
	struct importing im = { .ingest = ingest, .file = file, .tally = ingest->tally };
	const off_t begin = lseek(file->fd, 0, SEEK_CUR);
	struct again_bytes bytes = { .hash = again_hash_file };
	bool regular = false, folder = false;
	int fd = file->fd;
	enum rp_status st;

	if (file->as.n != 0 && collector_find(file->as) == NULL)
		return rp_fail(err, RP_BAD_USAGE, "no format is called \"%.*s\"",
		               RP_FMT(rp_slice_from(file->as.p,
		                                    file->as.n < 40 ? file->as.n : 40)));
	if ((st = check_kind_of_file(file, &regular, &folder, &bytes.size, err)) != RP_OK)
		return st;
	if (folder)
		return import_bundle(ingest, file, fd, BUNDLE_FOLDER, err);
	if (bundle_is_zip(fd))
		return import_bundle(ingest, file, fd, BUNDLE_ZIP, err);
	bytes.context = &fd;
	if (regular && (st = again_note(ingest, file, &bytes, NULL, err)) != RP_NOT_FOUND)
		return st;

	st = import(&im, begin, &bytes, err);
	if (im.sink.store == NULL) /* a tar file: its members counted for themselves */
		return st;
	ingest->tally = im.tally;
	return st == RP_OK ? run_rejects(ingest, file->name, &im.sink.capture, err) : st;
}

/* ---- one of many -------------------------------------------------------------- */

static enum rp_status
hash_member(void *context, struct sha256 *out, struct rp_error *damage)
{
	static char chunk[1 << 17];
	struct bundle *bundle = context;
	const struct reader reader = bundle_reader(bundle);
	CLEANUP(sha256_stream_free) struct sha256_stream *hash = sha256_stream_new();
	enum rp_status st = RP_OK;
	size_t n;

	if (hash == NULL)
		return rp_fail_memory(damage);
	while ((st = reader.read(reader.context, chunk, sizeof(chunk), &n, damage)) ==
	       RP_OK)
		sha256_stream_add(hash, rp_slice_from(chunk, n));
	*out = sha256_stream_peek(hash);
	return st == RP_END ? RP_OK : st;
}

/* RP_NOT_FOUND: of no format, as far as one can be sure without being asked to read it.
 */
static enum rp_status
read_member(struct importing *im, bool *private_out, struct rp_error *err)
{
	const bool unread = collector_unread(im->file->options).n > 0;
	CLEANUP(peek_free)
	struct peek *peek = peek_new((struct reader){ read_bundle, im });
	struct input input = { .name = im->file->name, .options = im->file->options };
	enum rp_status st;

	if (peek == NULL)
		return rp_fail_memory(err);
	input.reader = peek_reader(peek);
	st = unread ? peek_fill(peek, err) : choose(im, peek, &input, err);
	if (st != RP_OK)
		return st;
	st = may_be_kept(im, peek, &input, private_out, err);
	if (*private_out)
		return RP_NOT_FOUND;
	if (st == RP_OK && unread) {
		st = open_sinks(im, err);
		return st == RP_OK ? keep_unread(im, peek, err) : st;
	}
	if (im->broken && peek_head(peek).n == 0)
		return rp_fail(err, RP_BAD_SOURCE, "%s", im->damage.text);
	if (!is_plain_to_see(im, peek, &input))
		return im->broken ? rp_fail(err, RP_BAD_SOURCE, "%s", im->damage.text)
		                  : RP_NOT_FOUND;
	if (st == RP_OK && (st = open_sinks(im, err)) == RP_OK &&
	    (st = open_collector(im, &input, err)) == RP_OK)
		st = run_batches(im, err);
	return st;
}

/* Its rejects, of which the damage is one: that is told by what is wrong with it. */
static enum rp_status
tell_member(struct importing *im, struct rp_error *err)
{
	const struct capture *capture = &im->sink.capture;
	enum rp_status st = RP_OK;

	if (!im->broken)
		return run_rejects(im->ingest, im->file->name, capture, err);
	if (capture->rejected > 1)
		st = run_rejects(im->ingest, im->file->name, capture, err);
	if (st != RP_OK && st != RP_BAD_SOURCE)
		return st;
	return again_damaged(&im->damage, err);
}

enum rp_status
import_member(struct ingest *ingest, const struct import_file *file,
              struct bundle *bundle, uint64_t size, struct again_found *out,
              struct rp_error *err)
{
	CLEANUP(importing_done)
	struct importing im = {
		.ingest = ingest, .file = file, .tally = ingest->tally, .bundle = bundle
	};
	struct again_bytes bytes = { .size = size,
		                     .hash = hash_member,
		                     .context = bundle };
	enum rp_status st = again_note(ingest, file, &bytes, out, err);

	if (st != RP_NOT_FOUND)
		return st;
	/* Only then: going back means stepping over all that is in front of it. */
	if (bytes.hashed && (st = bundle_again(bundle, err)) != RP_OK)
		return st;
	*out = (struct again_found){ .aside = bytes.aside != 0 };
	st = read_member(&im, &out->private, err);
	ingest->tally = im.tally;
	if (st != RP_OK)
		return st;
	out->hash = im.sink.capture.sha256;
	out->records = im.sink.capture.records;
	return tell_member(&im, err);
}
