/*
 * Any bytes as records: they come back out of a sealed block as they went in, and without
 * the encoder having found out only at the end that it was wrong.  The first byte is the
 * kind; records are separated by 0xff, which no text has, or by nothing when there is
 * none.
 */
#include "storage/block/block.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RECORDS_MAX = 64 };

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-seal: %s\n", what);
	abort();
}

static void
compare(struct block_codec *codec, struct rp_slice bytes, const struct rp_slice *records,
        size_t n)
{
	CLEANUP(block_close) struct block *block = NULL;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, RECORD_MAX_BYTES);
	require(block_open(codec, bytes, NULL, &block, &err) == RP_OK, err.text);
	require(block_count(block) == n, "another number of records");
	for (size_t i = n; i-- > 0;) {
		buf_clear(&out);
		require(block_get(block, (uint32_t)i, &out, &err) == RP_OK, err.text);
		require(rp_slice_eq(buf_slice(&out), records[i]), "another record");
	}
	require(block_verify(block, &err) == RP_OK, err.text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct block_codec *codec;
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_slice rest, records[RECORDS_MAX];
	struct block_input input = { .records = records, .level = 1 };
	struct block_stats stats;
	struct rp_error err = { .status = RP_OK };

	buf_init(&out, SIZE_MAX / 2);
	if (size == 0)
		return 0;
	if (codec == NULL)
		codec = block_codec_new();
	require(codec != NULL, "out of memory");
	input.kind = (enum record_kind)(data[0] % 6 + 1);
	rest = rp_slice_from((const char *)data + 1, size - 1);
	do
		records[input.n++] = rp_slice_cut(&rest, '\xff');
	while (rest.n > 0 && input.n < RECORDS_MAX);
	require(block_encode(codec, &input, &out, &stats, &err) == RP_OK, err.text);
	require(stats.failed == 0, "a record that did not come back at once");
	compare(codec, buf_slice(&out), records, input.n);
	return 0;
}
