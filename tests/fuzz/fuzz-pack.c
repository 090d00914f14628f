/*
 * Any bytes packed come back; any bytes as a frame give a status, never more or fewer
 * bytes than were noted.  The first byte says with which: a dictionary, a level, and how
 * much of the input is the dictionary's.
 */
#include "core/base/pack.h"
#include "tests/fuzz/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20, SAMPLES = 24 };

static void
there_and_back(struct packer *packer, const struct pack_dict *dict, int level,
               struct rp_slice bytes)
{
	CLEANUP(buf_done) struct rp_buf frame;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };

	buf_init(&frame, OUT_MAX);
	buf_init(&out, OUT_MAX);
	buf_add_str(&out, "before");
	require(pack(packer, dict, level, bytes, &frame, &err) == RP_OK, err.text);
	require(unpack(packer, dict, buf_slice(&frame), bytes.n, &out, &err) == RP_OK,
	        err.text);
	require(rp_slice_eq(rp_slice_skip(buf_slice(&out), 6), bytes), "other bytes");
	require(unpack(packer, dict, buf_slice(&frame), bytes.n + 1, &out, &err) ==
	                RP_CORRUPT,
	        "a frame is taken for a longer one");
	require(out.n == bytes.n + 6, "more after an error");
}

static void
unpack_anything(struct packer *packer, const struct pack_dict *dict,
                struct rp_slice frame, size_t bytes)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	buf_init(&out, OUT_MAX);
	st = unpack(packer, dict, frame, bytes, &out, &err);
	require(st == RP_OK || st == RP_CORRUPT || st == RP_BAD_ITEM, err.text);
	require(out.n == (st == RP_OK ? bytes : 0), "another length than was noted");
}

static void
train(struct rp_slice bytes)
{
	CLEANUP(buf_done) struct rp_buf made;
	size_t sizes[SAMPLES];
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	for (size_t i = 0; i < SAMPLES; i++)
		sizes[i] = bytes.n / SAMPLES;
	bytes.n = bytes.n / SAMPLES * SAMPLES;
	buf_init(&made, OUT_MAX);
	st = pack_train(bytes, sizes, SAMPLES, 1 << 14, &made, &err);
	require(st == RP_OK || (st == RP_NOT_FOUND && made.n == 0), err.text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct packer *packer;
	CLEANUP(pack_dict_free) struct pack_dict *dict = NULL;
	struct rp_slice in = rp_slice_from((const char *)data, size);
	size_t split;

	if (packer == NULL)
		packer = packer_new();
	require(packer != NULL, "out of memory");
	if (size < 3)
		return 0;
	split = (size_t)data[1] * (size - 3) / 255;
	if (data[0] & 1)
		dict = pack_dict_new(rp_slice_from(in.p + 3, split), data[0] & 2 ? 3 : 0);
	in = rp_slice_skip(in, dict != NULL ? 3 + split : 3);
	if (dict == NULL || data[0] & 2)
		there_and_back(packer, dict, data[0] % 19 + 1, in);
	unpack_anything(packer, dict, in, data[2]);
	unpack_anything(packer, dict, in, (size_t)data[2] << 16);
	if (data[0] & 4)
		train(in);
	return 0;
}
