/*
 * Dictionaries: what the columns of small blocks of such records look like.
 */
#include "storage/block/emit.h"
#include "storage/block/head.h"
#include "storage/block/share.h"

#include <stdlib.h>

enum {
	GROUP = 128,             /* records a block, as they will be packed */
	SAMPLE_BYTES = 4 << 10,  /* longer columns are several samples */
	SAMPLES_BYTES = 8 << 20, /* of each stream; more bring nothing */
	SAMPLES_MAX = 1 << 20,
};

/* The samples of one stream. */
struct samples {
	struct rp_buf bytes;
	size_t *sizes;
	size_t n;
};

static bool
samples_init(struct samples *s)
{
	buf_init(&s->bytes, SAMPLES_BYTES);
	s->sizes = malloc(SAMPLES_MAX * sizeof(*s->sizes));
	s->n = 0;
	return s->sizes != NULL;
}

static void
samples_done(struct samples *s)
{
	buf_done(&s->bytes);
	free(s->sizes);
}

static void
add_samples(struct samples *s, struct rp_slice column)
{
	while (column.n > 0) {
		size_t n = column.n < SAMPLE_BYTES ? column.n : SAMPLE_BYTES;

		if (s->n == SAMPLES_MAX || n > s->bytes.ceiling - s->bytes.n)
			return;
		buf_add(&s->bytes, rp_slice_from(column.p, n));
		s->sizes[s->n++] = n;
		column = rp_slice_skip(column, n);
	}
}

static bool
sample_group(struct block_codec *codec, enum record_kind kind,
             const struct rp_slice *records, size_t n, struct samples *numbers,
             struct samples *texts)
{
	CLEANUP(buf_done) struct rp_buf stream;
	struct plan plan;
	struct emitter e = { .plan = NULL };
	bool ok = plan_init(&plan, codec->shapes, kind, n);

	buf_init(&stream, SIZE_MAX / 2);
	for (size_t i = 0; ok && i < n; i++)
		ok = plan_record(&plan, i, records[i]);
	ok = ok && share_objects(&plan, n) && emitter_init(&e, &plan, records, n) &&
	     emit_all(&e, &stream, &stream);
	for (uint32_t i = 0; ok && i < e.n_columns; i++)
		add_samples(e.is_text[i] ? texts : numbers, buf_slice(&e.columns[i]));
	emitter_done(&e);
	plan_done(&plan);
	return ok;
}

enum rp_status
block_train(struct block_codec *codec, enum record_kind kind,
            const struct rp_slice *records, size_t n, size_t max_bytes,
            struct rp_buf *numbers_out, struct rp_buf *texts_out, struct rp_error *err)
{
	size_t before = numbers_out->n;
	struct samples numbers, texts;
	bool ok = samples_init(&numbers);
	enum rp_status st;

	ok = samples_init(&texts) && ok;
	for (size_t i = 0; ok && i < n; i += GROUP)
		ok = sample_group(codec, kind, records + i, n - i < GROUP ? n - i : GROUP,
		                  &numbers, &texts);
	st = ok ? RP_OK : rp_fail_memory(err);
	if (st == RP_OK)
		st = pack_train_common(buf_slice(&numbers.bytes), numbers.sizes,
		                       numbers.n, max_bytes / 4, numbers_out, err);
	if (st == RP_OK)
		st = pack_train_common(buf_slice(&texts.bytes), texts.sizes, texts.n,
		                       max_bytes, texts_out, err);
	if (st != RP_OK)
		numbers_out->n = before;
	samples_done(&numbers);
	samples_done(&texts);
	return st;
}
