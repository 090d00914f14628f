/*
 * Any bytes as DAG-CBOR.  What is taken is JSON, and of one depth with what it was made
 * of; and the other way round there is but one way to write it.
 */
#include "core/base/base64.h"
#include "core/base/utf8.h"
#include "core/parse/cbor.h"
#include "core/parse/json.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool good, const char *wrong)
{
	if (good)
		return;
	(void)fprintf(stderr, "fuzz-cbor: %s\n", wrong);
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buf_done) struct rp_buf out;
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_slice whole = rp_slice_from((const char *)data, size);
	struct rp_error err;

	buf_init(&out, CBOR_MAX_OUT);
	buf_init(&bytes, CBOR_MAX_OUT);
	if (base64_read(&bytes, whole, true))
		require(bytes.n <= size, "more bytes than base64 has digits");
	if (cbor_to_json(whole, &out, &err) != RP_OK) {
		require(err.status == RP_BAD_ITEM && err.text[0] != '\0', "no reason");
		return 0;
	}
	require(utf8_valid(buf_slice(&out)), "JSON that is not UTF-8");
	require(json_parse(&doc, buf_slice(&out), &err) == RP_OK, "JSON that is none");
	/* Any byte less is no whole value. */
	buf_clear(&out);
	require(cbor_to_json(rp_slice_from(whole.p, size - 1), &out, NULL) != RP_OK,
	        "a part is taken for the whole");
	return 0;
}
