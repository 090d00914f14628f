/*
 * Frames of our own, and the dictionaries they are made with.
 *
 * A frame as we keep it is a zstd frame (RFC 8878) without its four magic bytes, which
 * are always the same:
 *
 *	offset  size  meaning
 *	0       1     frame header descriptor: a checksum, no size, no dictionary id
 *	1       1     window descriptor
 *	2       n     blocks
 *	2+n     4     lowest 32 bits of XXH64 of the content, little-endian
 *
 * To read one with other tools, put 28 b5 2f fd in front.
 */
#include "core/base/pack.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>
#include <zstd_errors.h>

static const struct rp_slice magic = RP_LIT("\x28\xb5\x2f\xfd");

enum {
	/* What a dictionary has in front of its content: tables, at most this long. */
	DICT_TABLES_BYTES = 256,
	DICT_CONTENT_MIN = 256,
	DICT_SAMPLES_MIN = 16,

	/* A block is at most this long, and takes at least four bytes (three, and one for
	   RLE). */
	BLOCK_MAX = 128 << 10,
	BLOCK_PACKED_MIN = 4,

	/* Scratch that a huge frame made is not kept. */
	SCRATCH_KEPT = 1 << 20,
};

struct packer {
	ZSTD_CCtx *compressor;
	ZSTD_DCtx *decompressor;
	struct rp_buf frame; /* with its magic, while it is unpacked */
};

struct packer *
packer_new(void)
{
	struct packer *packer = calloc(1, sizeof(*packer));

	if (packer == NULL)
		return NULL;
	buf_init(&packer->frame, SIZE_MAX / 2);
	packer->compressor = ZSTD_createCCtx();
	packer->decompressor = ZSTD_createDCtx();
	if (packer->compressor == NULL || packer->decompressor == NULL)
		return packer_free(packer);

	/* These stay set; none of them can fail for a fresh context. */
	(void)ZSTD_CCtx_setParameter(packer->compressor, ZSTD_c_checksumFlag, 1);
	(void)ZSTD_CCtx_setParameter(packer->compressor, ZSTD_c_contentSizeFlag, 0);
	(void)ZSTD_CCtx_setParameter(packer->compressor, ZSTD_c_dictIDFlag, 0);
	return packer;
}

struct packer *
packer_free(struct packer *packer)
{
	if (packer == NULL)
		return NULL;
	ZSTD_freeCCtx(packer->compressor);
	ZSTD_freeDCtx(packer->decompressor);
	buf_done(&packer->frame);
	free(packer);
	return NULL;
}

struct pack_dict {
	ZSTD_CDict *compress; /* NULL: it unpacks only */
	ZSTD_DDict *decompress;
};

struct pack_dict *
pack_dict_new(struct rp_slice bytes, int level)
{
	struct pack_dict *dict = calloc(1, sizeof(*dict));

	if (dict == NULL)
		return NULL;
	if (level > 0)
		dict->compress = ZSTD_createCDict(bytes.p, bytes.n, level);
	dict->decompress = ZSTD_createDDict(bytes.p, bytes.n);
	if ((level > 0 && dict->compress == NULL) || dict->decompress == NULL)
		return pack_dict_free(dict);
	return dict;
}

struct pack_dict *
pack_dict_free(struct pack_dict *dict)
{
	if (dict == NULL)
		return NULL;
	ZSTD_freeCDict(dict->compress);
	ZSTD_freeDDict(dict->decompress);
	free(dict);
	return NULL;
}

/*
 * Whole samples, evenly spread.  zstd's own trainers choose the content by what repeats
 * most: ten times the time (90 ms for 2 MB against 7), for frames 1.7 % smaller on full
 * posts and 0.9 % larger on flat ones.
 */
static void
spread_samples(struct rp_slice samples, const size_t *sizes, size_t n, size_t want,
               struct rp_buf *content)
{
	size_t at = 0;
	uint64_t owed = 0; /* bytes of content, times samples.n */

	for (size_t i = 0; i < n && content->n < want; i++) {
		size_t take = want - content->n;

		owed += (uint64_t)sizes[i] * want;
		if (owed / samples.n >= content->n + sizes[i]) {
			if (take > sizes[i])
				take = sizes[i];
			buf_add(content, rp_slice_from(samples.p + at, take));
		}
		at += sizes[i];
	}
}

static enum rp_status
train(struct rp_slice samples, const size_t *sizes, size_t n, size_t max_bytes,
      bool common, struct rp_buf *out, struct rp_error *err)
{
	const ZDICT_params_t params = { .compressionLevel = 3 };
	CLEANUP(buf_done) struct rp_buf content;
	size_t want, made;
	char *at;

	/* Statistics come from all samples, so most of them must not be in the
	 * dictionary. */
	want = samples.n / 4;
	if (max_bytes < DICT_TABLES_BYTES || want > max_bytes - DICT_TABLES_BYTES)
		want = max_bytes < DICT_TABLES_BYTES ? 0 : max_bytes - DICT_TABLES_BYTES;
	buf_init(&content, want);
	if (n < DICT_SAMPLES_MIN || n > UINT32_MAX || want < DICT_CONTENT_MIN)
		return rp_fail(err, RP_NOT_FOUND, "too few samples for a dictionary");

	if (!common)
		spread_samples(samples, sizes, n, want, &content);
	else if (!pack_common(samples, want, &content))
		return rp_fail_memory(err);
	if (max_bytes > out->ceiling - out->n)
		return rp_fail(err, RP_BAD_ITEM, "no room for a dictionary");
	at = buf_reserve(out, max_bytes);
	if (at == NULL || buf_failed(&content))
		return rp_fail_memory(err);
	made = ZDICT_finalizeDictionary(at, max_bytes, content.p, content.n, samples.p,
	                                sizes, (unsigned)n, params);
	if (ZDICT_isError(made))
		return rp_fail(err, RP_NOT_FOUND, "no dictionary from these samples: %s",
		               ZDICT_getErrorName(made));
	out->n += made;
	return RP_OK;
}

enum rp_status
pack_train(struct rp_slice samples, const size_t *sizes, size_t n, size_t max_bytes,
           struct rp_buf *out, struct rp_error *err)
{
	return train(samples, sizes, n, max_bytes, false, out, err);
}

enum rp_status
pack_train_common(struct rp_slice samples, const size_t *sizes, size_t n,
                  size_t max_bytes, struct rp_buf *out, struct rp_error *err)
{
	return train(samples, sizes, n, max_bytes, true, out, err);
}

/* A stranger's bytes cannot make these fail: memory, or room in `out`. */
static enum rp_status
pack_failed(size_t code, struct rp_error *err)
{
	switch ((int)ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		return rp_fail_memory(err);
	case ZSTD_error_dstSize_tooSmall:
		return rp_fail(err, RP_BAD_ITEM, "no room for what was compressed");
	default:
		return rp_fail(err, RP_FAILED, "cannot compress: %s",
		               ZSTD_getErrorName(code));
	}
}

enum rp_status
pack(struct packer *packer, const struct pack_dict *dict, int level,
     struct rp_slice bytes, struct rp_buf *out, struct rp_error *err)
{
	size_t room = ZSTD_compressBound(bytes.n), made;
	char *at;

	if (ZSTD_isError(room) || room > out->ceiling - out->n)
		room = out->ceiling - out->n;
	at = buf_reserve(out, room);
	if (at == NULL)
		return rp_fail_memory(err);

	if (dict == NULL)
		(void)ZSTD_CCtx_setParameter(packer->compressor, ZSTD_c_compressionLevel,
		                             level);
	(void)ZSTD_CCtx_refCDict(packer->compressor, dict ? dict->compress : NULL);
	made = ZSTD_compress2(packer->compressor, at, room, bytes.p, bytes.n);
	if (ZSTD_isError(made)) {
		(void)ZSTD_CCtx_reset(packer->compressor, ZSTD_reset_session_only);
		return pack_failed(made, err);
	}
	memmove(at, at + magic.n, made - magic.n);
	out->n += made - magic.n;
	return RP_OK;
}

static enum rp_status
damaged(struct rp_error *err, const char *how)
{
	return rp_fail(err, RP_CORRUPT, "a compressed record is damaged: %s", how);
}

/* `frame` with its magic, checked to be one whole frame and nothing else. */
static enum rp_status
add_magic(struct packer *packer, struct rp_slice frame, struct rp_error *err)
{
	size_t n;

	buf_clear(&packer->frame);
	buf_add(&packer->frame, magic);
	buf_add(&packer->frame, frame);
	if (buf_failed(&packer->frame))
		return rp_fail_memory(err);
	n = ZSTD_findFrameCompressedSize(packer->frame.p, packer->frame.n);
	if (ZSTD_isError(n))
		return damaged(err, ZSTD_getErrorName(n));
	if (n != packer->frame.n)
		return damaged(err, "there are bytes behind its end");
	return RP_OK;
}

static enum rp_status
decompress(struct packer *packer, const struct pack_dict *dict, size_t content_bytes,
           struct rp_buf *out, struct rp_error *err)
{
	size_t made;
	char *at;

	if (content_bytes > out->ceiling - out->n)
		return rp_fail(err, RP_BAD_ITEM, "no room for %zu bytes of a record",
		               content_bytes);
	at = buf_reserve(out, content_bytes);
	if (at == NULL)
		return rp_fail_memory(err);
	made = ZSTD_decompress_usingDDict(packer->decompressor, at, content_bytes,
	                                  packer->frame.p, packer->frame.n,
	                                  dict ? dict->decompress : NULL);
	if (ZSTD_isError(made)) {
		if (ZSTD_getErrorCode(made) == ZSTD_error_memory_allocation)
			return rp_fail_memory(err);
		return damaged(err, ZSTD_getErrorName(made));
	}
	if (made != content_bytes)
		return damaged(err, "it is shorter than was noted");
	out->n += made;
	return RP_OK;
}

enum rp_status
unpack(struct packer *packer, const struct pack_dict *dict, struct rp_slice frame,
       size_t content_bytes, struct rp_buf *out, struct rp_error *err)
{
	enum rp_status st;

	/* The noted length may be damaged too: no frame this short becomes that long. */
	if (content_bytes / BLOCK_MAX > frame.n / BLOCK_PACKED_MIN)
		return damaged(err, "it cannot be as long as was noted");
	st = add_magic(packer, frame, err);
	if (st == RP_OK)
		st = decompress(packer, dict, content_bytes, out, err);
	if (packer->frame.cap > SCRATCH_KEPT)
		buf_done(&packer->frame);
	return st;
}
