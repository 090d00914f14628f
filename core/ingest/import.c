/*
 * One file: recognised, read in batches, each batch a transaction.
 */
#include "core/base/pack.h"
#include "core/ingest/peek.h"
#include "core/ingest/run.h"
#include "core/ingest/sink.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Compressed bytes read since the last batch was stored. */
enum { RAW_PENDING_BYTES = 64 << 20 };

/* ---- one file ----------------------------------------------------------------- */

struct importing {
	struct ingest *ingest;
	const struct import_file *file;
	struct instream *stream;
	struct rp_buf raw; /* compressed bytes read but not yet stored */
	bool wrapped;      /* the file is compressed: `container` keeps it as it came */
	bool broken;       /* ... and breaks off: `sink` never becomes complete */
	struct sink container, sink;
	struct collector *collector;
	const struct collector_ops *ops;
	struct tally tally; /* the run's, this file's batches included */
};

static void
importing_done(struct importing *im)
{
	if (im->collector != NULL)
		im->ops->close(im->collector);
	sink_done(&im->sink);
	sink_done(&im->container);
	instream_close(im->stream);
	buf_done(&im->raw);
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

	while (st == RP_OK && im->broken &&
	       (st = instream_pass(im->stream, err)) == RP_OK)
		st = keep_raw(im, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
begin_captures(struct importing *im, struct rp_error *err)
{
	enum rp_status st = run_begin(im->ingest, err);

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

/* One batch, one transaction. */
static enum rp_status
store_batch(struct importing *im, const struct batch *batch, struct rp_error *err)
{
	struct tally before = im->tally;
	enum rp_status st;

	if ((st = begin_captures(im, err)) == RP_OK &&
	    (st = sink_batch(&im->sink, batch, err)) == RP_OK)
		st = update(im, false, err);
	st = run_finish(im->ingest, st, err);
	if (st != RP_OK)
		im->tally = before;
	return st;
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

	if ((st = begin_captures(im, err)) == RP_OK && (st = pass_rest(im, err)) == RP_OK)
		st = update(im, true, err);
	st = run_finish(im->ingest, st, err);
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
	enum rp_status st;

	for (;;) {
		struct batch batch = { .arena = im->ingest->batch };

		if (stopped(im->ingest))
			return RP_END;
		arena_reset(im->ingest->batch);
		st = im->ops->next(im->collector, &batch, err);
		if (st != RP_OK)
			break;
		st = store_batch(im, &batch, err);
		if (st != RP_OK)
			return st;
		report(im);
	}
	return st == RP_END ? store_end(im, err) : st;
}

static enum rp_status
check_kind_of_file(const struct import_file *file, bool *regular_out, uint64_t *size_out,
                   struct rp_error *err)
{
	struct stat info;

	if (fstat(file->fd, &info) != 0)
		return rp_fail_errno(err, RP_BAD_SOURCE, errno, "cannot be read");
	*regular_out = S_ISREG(info.st_mode);
	*size_out = (uint64_t)info.st_size;
	if (S_ISDIR(info.st_mode))
		return rp_fail(err, RP_BAD_SOURCE,
		               "is a directory; name the files in it");
	if (S_ISBLK(info.st_mode) || (S_ISCHR(info.st_mode) && !isatty(file->fd)))
		return rp_fail(err, RP_BAD_SOURCE, "is a device, not a file or a pipe");
	return RP_OK;
}

/* ---- recognise, then read ----------------------------------------------------- */

static enum rp_status
choose(struct importing *im, struct peek *peek, const struct input *input,
       struct rp_error *err)
{
	enum rp_status st;

	if (im->file->as.n != 0) {
		im->ops = collector_find(im->file->as);
		return RP_OK;
	}
	st = peek_fill(peek, err);
	if (st != RP_OK)
		return st;
	im->ops = collector_sniff(peek_head(peek), input);
	return RP_OK;
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
	if (st == RP_OK && (st = pass_rest(im, err)) == RP_OK)
		st = update(im, true, err);
	st = run_finish(im->ingest, st, err);
	return st == RP_OK ? count_file(im, err) : st;
}

static enum rp_status
open_sinks(struct importing *im, struct rp_error *err)
{
	struct capture capture = { .name = im->file->name,
		                   .at = im->ingest->options.now,
		                   .format = RP_SLICE("raw") };
	enum rp_status st;

	im->wrapped = instream_format(im->stream) != INSTREAM_PLAIN;
	st = sink_open(&im->container, im->ingest->store, SINK_KEEPS, &capture,
	               &im->ingest->chains, &im->tally, err);
	if (st != RP_OK)
		return st;
	capture.format = im->ops ? rp_slice_str(im->ops->name) : RP_SLICE("unknown");
	capture.options = im->file->options;
	return sink_open(&im->sink, im->ingest->store, SINK_KEEPS, &capture,
	                 &im->ingest->chains, &im->tally, err);
}

static enum rp_status
import(struct importing *im, struct rp_error *err)
{
	CLEANUP(peek_free) struct peek *peek = NULL;
	struct input input = { .name = im->file->name, .options = im->file->options };
	enum rp_status st;

	buf_init(&im->raw, RAW_PENDING_BYTES);
	st = instream_open(im->file->fd, raw_seen, im, &im->stream, err);
	if (st != RP_OK)
		return st;
	peek = peek_new((struct reader){ read_stream, im });
	if (peek == NULL)
		return rp_fail_memory(err);
	input.reader = peek_reader(peek);

	if ((st = choose(im, peek, &input, err)) != RP_OK ||
	    (st = open_sinks(im, err)) != RP_OK)
		return st;
	if (im->ops == NULL)
		return keep_unread(im, peek, err);
	st = im->ops->open(&input, &im->collector, err);
	return st == RP_OK ? run_batches(im, err) : st;
}

enum rp_status
ingest_file(struct ingest *ingest, const struct import_file *file, struct rp_error *err)
{
	CLEANUP(importing_done)
	struct importing im = { .ingest = ingest, .file = file, .tally = ingest->tally };
	enum rp_status st;
	bool regular = false;
	uint64_t size = 0;

	if (file->as.n != 0 && collector_find(file->as) == NULL)
		return rp_fail(err, RP_BAD_USAGE, "no format is called \"%.*s\"",
		               RP_FMT(rp_slice_from(file->as.p,
		                                    file->as.n < 40 ? file->as.n : 40)));
	if ((st = check_kind_of_file(file, &regular, &size, err)) != RP_OK)
		return st;
	if (regular && (st = again_note(ingest, file, size, err)) != RP_NOT_FOUND)
		return st;

	st = import(&im, err);
	ingest->tally = im.tally;
	return st == RP_OK ? run_rejects(ingest, file->name, &im.sink.capture, err) : st;
}
