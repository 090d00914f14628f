#include "core/model/capture.h"

#include <stdlib.h>

const char *
record_kind_name(enum record_kind kind)
{
	static const char *const names[RECORD_KINDS] = {
		[RECORD_X1_POST] = "x1.post", [RECORD_X2_POST] = "x2.post",
		[RECORD_X2_USER] = "x2.user", [RECORD_X2_OTHER] = "x2.other",
		[RECORD_TURN] = "turn",       [RECORD_TEXT] = "text",
		[RECORD_JSON] = "json",       [RECORD_MARKUP] = "markup",
		[RECORD_LINE] = "line",       [RECORD_CBOR] = "cbor",
	};

	return names[kind];
}

/*
 * What is hashed, in this order; numbers are 8 bytes, big end first, texts have their
 * length as such a number in front:
 *
 *	"riposte run 1"  previous(32)  kind  program  started  ended
 *	for each capture: 1 (0 when it came again)  name  format  options  at  bytes
 *	                  complete(0/1)  sha256(32)  records  rejected
 *	for each run of another archive: 2  id of the archive in hex  link  hash(32)
 *	number of captures and of such runs
 */
struct run_hasher {
	struct sha256_stream *stream;
	uint64_t parts;
};

static void
add_number(struct run_hasher *hasher, uint64_t number)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(unsigned char)(number >> (56 - 8 * i));
	sha256_stream_add(hasher->stream, rp_slice_from(bytes, sizeof(bytes)));
}

static void
add_text(struct run_hasher *hasher, struct rp_slice text)
{
	add_number(hasher, text.n);
	sha256_stream_add(hasher->stream, text);
}

static void
add_hash(struct run_hasher *hasher, const struct sha256 *hash)
{
	sha256_stream_add(hasher->stream,
	                  rp_slice_from((const char *)hash->bytes, SHA256_BYTES));
}

struct run_hasher *
run_hasher_new(const struct run *run)
{
	struct run_hasher *hasher = calloc(1, sizeof(*hasher));

	if (hasher == NULL)
		return NULL;
	hasher->stream = sha256_stream_new();
	if (hasher->stream == NULL)
		return run_hasher_free(hasher);
	sha256_stream_add(hasher->stream, RP_SLICE("riposte run 1"));
	add_hash(hasher, &run->previous);
	add_text(hasher, run->kind);
	add_text(hasher, run->program);
	add_number(hasher, (uint64_t)run->started);
	add_number(hasher, (uint64_t)run->ended);
	return hasher;
}

struct run_hasher *
run_hasher_free(struct run_hasher *hasher)
{
	if (hasher != NULL)
		sha256_stream_free(hasher->stream);
	free(hasher);
	return NULL;
}

void
run_hasher_capture(struct run_hasher *hasher, const struct capture *capture, bool again)
{
	add_number(hasher, again ? 0 : 1);
	add_text(hasher, capture->name);
	add_text(hasher, capture->format);
	add_text(hasher, capture->options);
	add_number(hasher, (uint64_t)capture->at);
	add_number(hasher, capture->bytes);
	add_number(hasher, capture->complete ? 1 : 0);
	add_hash(hasher, &capture->sha256);
	add_number(hasher, capture->records);
	add_number(hasher, capture->rejected);
	hasher->parts++;
}

void
run_hasher_part(struct run_hasher *hasher, const struct run_part *part)
{
	if (part->kind != PART_RUN) {
		run_hasher_capture(hasher, &part->capture, part->kind == PART_AGAIN);
		return;
	}
	add_number(hasher, 2);
	add_text(hasher, rp_slice_str(part->archive));
	add_number(hasher, (uint64_t)part->link);
	add_hash(hasher, &part->hash);
	hasher->parts++;
}

struct sha256
run_hasher_end(struct run_hasher *hasher)
{
	add_number(hasher, hasher->parts);
	return sha256_stream_peek(hasher->stream);
}
