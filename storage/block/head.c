#include "storage/block/head.h"

#include "storage/block/column.h"

#include <stdlib.h>

static const struct rp_slice magic = RP_LIT("RPBK\x01");

/* A stream is never much longer than the records it was made of. */
enum { STREAM_TIMES = 4, STREAM_MORE = 1 << 16 };

struct block_codec *
block_codec_new(void)
{
	struct block_codec *codec = calloc(1, sizeof(*codec));

	if (codec == NULL)
		return NULL;
	codec->shapes = shapes_new();
	codec->packer = packer_new();
	if (codec->shapes == NULL || codec->packer == NULL)
		return block_codec_free(codec);
	return codec;
}

struct block_codec *
block_codec_free(struct block_codec *codec)
{
	if (codec != NULL) {
		shapes_free(codec->shapes);
		packer_free(codec->packer);
	}
	free(codec);
	return NULL;
}

void
head_write_u64(struct rp_buf *out, uint64_t value)
{
	for (int i = 0; i < 8; i++)
		buf_add_byte(out, (char)(value >> 8 * i & 0xff));
}

uint64_t
head_read_u64(const char *p)
{
	uint64_t value = 0;

	for (int i = 7; i >= 0; i--)
		value = value << 8 | (unsigned char)p[i];
	return value;
}

void
head_write(const struct head *head, struct rp_buf *out)
{
	buf_add(out, magic);
	buf_add_byte(out, (char)head->kind);
	buf_add_byte(out, (char)head->flags);
	if (head->flags & HEAD_NUMBERS_DICT)
		head_write_u64(out, head->numbers.dict);
	if (head->flags & HEAD_TEXTS_DICT)
		head_write_u64(out, head->texts.dict);
	column_add_number(out, head->n);
	column_add_number(out, head->bytes);
	column_add_number(out, head->base);
	column_add_number(out, head->numbers.bytes);
	column_add_number(out, head->numbers.packed);
	column_add_number(out, head->texts.bytes);
	column_add_number(out, head->texts.packed);
}

static bool
read_dict(struct column *in, bool present, uint64_t *out)
{
	struct rp_slice hash;

	if (!present)
		return true;
	if (!column_bytes(in, 8, &hash))
		return false;
	*out = head_read_u64(hash.p);
	return true;
}

static bool
plausible(const struct head *head, size_t total)
{
	uint64_t most = head->bytes * STREAM_TIMES + STREAM_MORE;
	size_t behind = SHA256_BYTES + CHECKSUM_BYTES;

	return head->flags <= HEAD_FLAGS && head->kind > 0 && head->kind < RECORD_KINDS &&
	       head->n > 0 && head->n <= BLOCK_MAX_RECORDS &&
	       head->bytes <= BLOCK_MAX_BYTES && head->numbers.bytes <= most &&
	       head->texts.bytes <= most && head->base <= INT64_MAX >> 1 &&
	       head->numbers.packed <= total && head->texts.packed <= total &&
	       head->length + head->numbers.packed + head->texts.packed + behind == total;
}

enum rp_status
head_read(struct rp_slice bytes, struct head *out, struct rp_error *err)
{
	struct column in = { (const uint8_t *)bytes.p, NULL };
	struct head head = { .kind = 0 };
	struct rp_slice got;

	if (!rp_slice_starts(bytes, magic))
		return rp_fail(err, RP_CORRUPT,
		               "this is no block, or of a later version");
	in.at += magic.n;
	in.end = (const uint8_t *)bytes.p + bytes.n;
	if (!column_bytes(&in, 2, &got))
		return rp_fail(err, RP_CORRUPT, "a block that is cut off");
	head.kind = (uint8_t)got.p[0];
	head.flags = (uint8_t)got.p[1];
	if (!read_dict(&in, head.flags & HEAD_NUMBERS_DICT, &head.numbers.dict) ||
	    !read_dict(&in, head.flags & HEAD_TEXTS_DICT, &head.texts.dict) ||
	    !column_number(&in, &head.n) || !column_number(&in, &head.bytes) ||
	    !column_number(&in, &head.base) || !column_number(&in, &head.numbers.bytes) ||
	    !column_number(&in, &head.numbers.packed) ||
	    !column_number(&in, &head.texts.bytes) ||
	    !column_number(&in, &head.texts.packed))
		return rp_fail(err, RP_CORRUPT, "a block that is cut off");
	head.length = (size_t)(in.at - (const uint8_t *)bytes.p);
	if (!plausible(&head, bytes.n))
		return rp_fail(err, RP_CORRUPT, "the head of a block is damaged");
	*out = head;
	return RP_OK;
}

enum rp_status
block_needs(struct rp_slice bytes, struct block_needs *out, struct rp_error *err)
{
	struct head head;
	enum rp_status st = head_read(bytes, &head, err);

	if (st == RP_OK)
		*out = (struct block_needs){
			.kind = (enum record_kind)head.kind,
			.n = (uint32_t)head.n,
			.numbers = (head.flags & HEAD_NUMBERS_DICT) != 0,
			.texts = (head.flags & HEAD_TEXTS_DICT) != 0,
			.numbers_hash = head.numbers.dict,
			.texts_hash = head.texts.dict,
			.bytes = head.bytes,
		};
	return st;
}

struct sha256
head_root(const struct sha256 *hashes, size_t n)
{
	return sha256_of(rp_slice_from((const char *)hashes, n * sizeof(*hashes)));
}
