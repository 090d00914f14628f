/*
 * One answer of a server, and all that goes with it, in one transaction.
 */
#include "core/ingest/collect.h"
#include "core/ingest/run.h"
#include "core/ingest/sink.h"
#include "core/ingest/stored.h"

#include <stdlib.h>

enum {
	HEAD_BYTES = 64 << 10,
	SETTLED_BYTES = 4096, /* what is added to the options */
};

/* ---- pages that were there before ---------------------------------------------- */

/*
 * Which captures are held, by what makes two of them the same page: bytes, importer and
 * settings.  The store finds one capture by its bytes; of an answer like "not found"
 * there may be thousands, each to another question.
 */
struct pages {
	struct map *places; /* in list */
	struct page_held {
		int64_t id;
		uint64_t records, rejected;
	} * list;
	size_t n, room;
	struct arena *arena;
};

struct pages *
pages_free(struct pages *pages)
{
	if (pages != NULL) {
		map_free(pages->places);
		arena_free(pages->arena);
	}
	free(pages);
	return NULL;
}
DEFINE_CLEANUP(struct pages *, pages_free);

static struct sha256
page_identity(const struct sha256 *bytes, struct rp_slice format, struct rp_slice options)
{
	struct sha256_stream stream;

	sha256_stream_init(&stream);
	sha256_stream_add(&stream,
	                  rp_slice_from((const char *)bytes->bytes, SHA256_BYTES));
	sha256_stream_add(&stream, format);
	sha256_stream_add(&stream, RP_SLICE("\n"));
	sha256_stream_add(&stream, collector_given(options));
	return sha256_stream_peek(&stream);
}

static struct rp_slice
slice_of_hash(const struct sha256 *hash)
{
	return rp_slice_from((const char *)hash->bytes, SHA256_BYTES);
}

static enum rp_status
pages_add(struct pages *pages, const struct capture *capture, struct rp_error *err)
{
	const bool cut = collector_settled_damage(capture->options);
	struct sha256 hash =
		page_identity(&capture->sha256, capture->format, capture->options);
	struct rp_slice key;
	struct page_held *list;

	if (!capture->complete && !cut)
		return RP_OK;
	list = arena_room(pages->arena, pages->list, pages->n, &pages->room,
	                  sizeof(*list));
	if (list == NULL || !arena_copy(pages->arena, slice_of_hash(&hash), &key) ||
	    map_put(pages->places, key, (uint32_t)pages->n, NULL) == NULL)
		return rp_fail_memory(err);
	pages->list = list;
	list[pages->n++] =
		(struct page_held){ capture->id, capture->records, capture->rejected };
	return RP_OK;
}

static enum rp_status
pages_list(struct ingest *ingest, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(pages_free) struct pages *pages = calloc(1, sizeof(*pages));
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	if (pages == NULL)
		return rp_fail_memory(err);
	pages->places = map_new();
	pages->arena = arena_new(SIZE_MAX / 2);
	if (pages->places == NULL || pages->arena == NULL)
		return rp_fail_memory(err);
	st = store_scan(ingest->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if ((st = pages_add(pages, &row.capture, err)) != RP_OK)
			return st;
	if (st != RP_END)
		return st;
	ingest->pages = pages;
	pages = NULL;
	return RP_OK;
}

static bool
pages_find(const struct pages *pages, const struct sha256 *identity, struct capture *out)
{
	const uint32_t *place = map_get(pages->places, slice_of_hash(identity));

	if (place == NULL)
		return false;
	*out = (struct capture){ .id = pages->list[*place].id,
		                 .records = pages->list[*place].records,
		                 .rejected = pages->list[*place].rejected };
	return true;
}

/* ---- one page ------------------------------------------------------------------ */

struct intake {
	struct ingest *ingest;
	const struct ingest_page *page;
	const struct collector_ops *ops; /* NULL: nobody reads it */
	struct collector *collector;
	struct rp_slice format;
	struct rp_buf options; /* settled */
	struct rp_slice left;  /* of the body, to be read */
	struct stored_beside beside;
	struct sink sink;
	struct tally told;
};

static void
intake_done(struct intake *in)
{
	if (in->collector != NULL)
		in->ops->close(in->collector);
	sink_done(&in->sink);
	stored_beside_done(&in->beside);
	buf_done(&in->options);
}
DEFINE_CLEANUP_DONE(struct intake, intake_done);

static enum rp_status
read_body(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct intake *in = context;

	if (in->left.n == 0)
		return in->page->cut ? rp_fail(err, RP_BAD_SOURCE, "the answer was cut")
		                     : RP_END;
	*n_out = in->left.n < size ? in->left.n : size;
	memcpy(into, in->left.p, *n_out);
	in->left = rp_slice_skip(in->left, *n_out);
	return RP_OK;
}

/* Which importer reads it, and the settings it does so under, now and at each rebuild. */
static enum rp_status
choose(struct intake *in, struct input *input, struct rp_error *err)
{
	const struct ingest_page *page = in->page;
	const size_t n = page->body.n < HEAD_BYTES ? page->body.n : HEAD_BYTES;
	const struct rp_slice head = rp_slice_from(page->body.p, n);
	enum rp_status st = RP_OK;

	in->left = page->body;
	in->ops = collector_find(page->format);
	if (in->ops == NULL)
		in->ops = collector_sniff(head, input);
	in->format = rp_slice_str(in->ops != NULL ? in->ops->name : "unknown");
	buf_init(&in->options, page->options.n + SETTLED_BYTES);
	if (in->ops != NULL)
		st = collector_settle(in->ops, input, head, &in->options, err);
	else
		buf_add(&in->options, page->options);
	if (st == RP_OK && page->cut)
		st = collector_settle_damage(&in->options, "the answer was cut", err);
	if (st == RP_OK && buf_failed(&in->options))
		st = rp_fail_memory(err);
	input->options = buf_slice(&in->options);
	return st;
}

/* RP_NOT_FOUND: this page is new. */
static enum rp_status
find_again(struct intake *in, struct capture *out, struct rp_error *err)
{
	const struct sha256 hash = sha256_of(in->page->body);
	const struct import_file file = { .name = in->page->name,
		                          .as = in->format,
		                          .options = collector_given(
						  buf_slice(&in->options)) };
	const struct sha256 identity = page_identity(&hash, in->format, file.options);
	enum rp_status st = RP_OK;

	arena_reset(in->ingest->batch);
	if (in->ops != NULL && in->ops->events && !in->page->cut)
		return again_held(in->ingest, &file, &hash, out, err);
	if (!in->page->cut)
		st = store_capture_find(in->ingest->store, &hash, in->ingest->batch, out,
		                        err);
	if (st != RP_OK)
		return st;
	if (!in->page->cut && rp_slice_eq(out->format, in->format) &&
	    rp_slice_eq(collector_given(out->options), file.options))
		return RP_OK;
	if (in->ingest->pages == NULL && (st = pages_list(in->ingest, err)) != RP_OK)
		return st;
	return pages_find(in->ingest->pages, &identity, out) ? RP_OK : RP_NOT_FOUND;
}

static enum rp_status
note_again(struct intake *in, const struct capture *held, struct rp_error *err)
{
	in->told.records = held->records;
	in->told.rejected = held->rejected;
	in->told.same = held->records - held->rejected;
	return store_capture_again(in->ingest->store, held->id, in->ingest->run,
	                           in->page->at, err);
}

/* What cannot even be begun with is kept like what nobody recognises. */
static enum rp_status
open_collector(struct intake *in, struct input *input, struct rp_error *err)
{
	enum rp_status st;

	if (in->ops == NULL)
		return RP_OK;
	stored_beside_init(&in->beside, in->ingest->store, in->page->options);
	input->beside = stored_beside_reader(&in->beside);
	st = in->ops->open(input, &in->collector, err);
	if (st != RP_BAD_SOURCE && st != RP_BAD_ITEM && st != RP_BAD_CONFIG &&
	    st != RP_BAD_USAGE)
		return st;
	in->ops = NULL;
	in->format = RP_SLICE("unknown");
	return RP_OK;
}

static enum rp_status
put_batches(struct intake *in, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK) {
		struct batch batch = { .arena = in->ingest->batch };

		arena_reset(in->ingest->batch);
		st = in->ops->next(in->collector, &batch, err);
		if (st == RP_OK)
			st = sink_batch(&in->sink, &batch, err);
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
put_unread(struct intake *in, struct rp_error *err)
{
	enum rp_status st = sink_bytes(&in->sink, in->page->body, err);

	return st == RP_OK ? sink_unread(&in->sink, in->page->cut, in->page->body.n, err)
	                   : st;
}

static enum rp_status
put_capture(struct intake *in, struct input *input, struct rp_error *err)
{
	struct capture capture = { .run = in->ingest->run,
		                   .name = in->page->name,
		                   .options = buf_slice(&in->options),
		                   .at = in->page->at };
	enum rp_status st = open_collector(in, input, err);

	capture.format = in->format;
	if (st == RP_OK)
		st = sink_open(&in->sink, in->ingest->store, SINK_KEEPS, &capture,
		               &in->ingest->chains, &in->told, err);
	if (st == RP_OK && (st = sink_begin(&in->sink, err)) == RP_OK)
		st = in->ops != NULL ? put_batches(in, err) : put_unread(in, err);
	return st == RP_OK ? sink_update(&in->sink, !in->page->cut, err) : st;
}

static enum rp_status
put_page(struct intake *in, struct rp_error *err)
{
	struct input input = { .name = in->page->name,
		               .options = in->page->options,
		               .reader = { read_body, in } };
	struct capture held;
	enum rp_status st;

	if ((st = choose(in, &input, err)) != RP_OK)
		return st;
	st = find_again(in, &held, err);
	if (st == RP_OK)
		st = note_again(in, &held, err);
	else if (st == RP_NOT_FOUND)
		st = put_capture(in, &input, err);
	in->told.captures = 1;
	in->told.bytes_in = in->page->body.n;
	return st;
}

/* ---- all of it ---------------------------------------------------------------- */

static void
count(struct tally *into, const struct tally *more)
{
	into->captures += more->captures;
	into->records += more->records;
	into->fresh += more->fresh;
	into->same += more->same;
	into->versions += more->versions;
	into->ghosts += more->ghosts;
	into->rejected += more->rejected;
	into->bytes_in += more->bytes_in;
}

/* For who asks whether a page was there before. */
static enum rp_status
remember(struct intake *in, struct rp_error *err)
{
	if (in->sink.capture.id == 0 || in->ingest->pages == NULL)
		return RP_OK;
	return pages_add(in->ingest->pages, &in->sink.capture, err);
}

enum rp_status
ingest_page(struct ingest *ingest, const struct ingest_page *page,
            const struct ingest_with *with, struct tally *told_out, struct rp_error *err)
{
	CLEANUP(intake_done) struct intake in = { .ingest = ingest, .page = page };
	enum rp_status st = run_begin(ingest, err);

	if (st == RP_OK && page != NULL)
		st = put_page(&in, err);
	if (st == RP_OK)
		st = with_put_noted(ingest, err);
	if (st == RP_OK && with != NULL)
		st = with_put(ingest, with, err);
	if ((st = run_finish(ingest, st, err)) != RP_OK)
		return st;
	with_forget_noted(ingest);
	count(&ingest->tally, &in.told);
	if (told_out != NULL)
		*told_out = in.told;
	return remember(&in, err);
}
