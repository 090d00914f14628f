#include "core/parse/cbor.h"

#include "core/base/base64.h"
#include "core/base/jsonw.h"
#include "core/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum major { UINT, NINT, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };

enum { TAG_CID = 42, FALSE = 20, TRUE = 21, NUL = 22, FLOAT64 = 27 };

/* An array or a map that is open. */
struct open {
	uint64_t left; /* items; of a map keys and values */
	bool map;
	bool key;             /* the next item is a key */
	struct rp_slice last; /* key */
};

struct cbor {
	struct rp_slice bytes;
	size_t at;
	struct jsonw json;
	struct open stack[CBOR_MAX_DEPTH];
	size_t depth;
	struct rp_error *err;
};

struct item {
	enum major major;
	uint8_t info;   /* low five bits of the first byte */
	uint64_t value; /* number, or length */
};

static enum rp_status
bad(struct cbor *c, const char *what)
{
	return rp_fail(c->err, RP_BAD_ITEM, "%s at byte %zu", what, c->at);
}

/* ---- heads ----------------------------------------------------------------- */

/* The number in a head must be one that a shorter head could not hold. */
static enum rp_status
read_number(struct cbor *c, uint8_t info, uint64_t *out)
{
	static const uint64_t least[] = { 24, 0x100, 0x10000, 0x100000000 };
	size_t n = (size_t)1 << (info - 24);
	uint64_t value = 0;

	if (c->bytes.n - c->at < n)
		return bad(c, "the data ends early");
	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)c->bytes.p[c->at + i];
	if (value < least[info - 24])
		return bad(c, "a number that is longer than it has to be");
	c->at += n;
	*out = value;
	return RP_OK;
}

static enum rp_status
read_head(struct cbor *c, struct item *out)
{
	unsigned char first;

	if (c->at >= c->bytes.n)
		return bad(c, "the data ends early");
	first = (unsigned char)c->bytes.p[c->at];
	out->major = (enum major)(first >> 5);
	out->info = first & 31;
	out->value = out->info;
	if (out->info > 27)
		return bad(c, "a length that is not told");
	c->at++;
	if (out->major == SIMPLE || out->info < 24)
		return RP_OK;
	return read_number(c, out->info, &out->value);
}

static enum rp_status
take(struct cbor *c, uint64_t n, struct rp_slice *out)
{
	if (n > c->bytes.n - c->at)
		return bad(c, "the data ends early");
	*out = rp_slice_from(c->bytes.p + c->at, (size_t)n);
	c->at += (size_t)n;
	return RP_OK;
}

/* ---- values ---------------------------------------------------------------- */

static void
put_bytes(struct cbor *c, struct rp_slice bytes)
{
	jsonw_object(&c->json);
	jsonw_key(&c->json, "$bytes");
	jsonw_raw(&c->json, RP_SLICE("\""));
	base64_write(c->json.out, bytes);
	buf_add_byte(c->json.out, '"');
	jsonw_end_object(&c->json);
}

static enum rp_status
read_link(struct cbor *c)
{
	char text[CID_TEXT_BYTES];
	struct rp_slice bytes = RP_SLICE("");
	struct item item;
	enum rp_status st = read_head(c, &item);

	if (st == RP_OK && item.major != BYTES)
		return bad(c, "a link that is none");
	if (st == RP_OK)
		st = take(c, item.value, &bytes);
	if (st != RP_OK)
		return st;
	if (bytes.n == 0 || bytes.p[0] != '\0' || !cid_valid(rp_slice_skip(bytes, 1)))
		return bad(c, "a link that is none");
	cid_text(rp_slice_skip(bytes, 1), text);
	jsonw_object(&c->json);
	jsonw_field_text(&c->json, "$link", rp_slice_from(text, CID_TEXT_BYTES));
	jsonw_end_object(&c->json);
	return RP_OK;
}

static enum rp_status
read_float(struct cbor *c)
{
	struct rp_slice bytes = RP_SLICE("");
	char digits[40];
	uint64_t bits = 0;
	double number;
	enum rp_status st = take(c, 8, &bytes);

	if (st != RP_OK)
		return st;
	for (size_t i = 0; i < 8; i++)
		bits = bits << 8 | (unsigned char)bytes.p[i];
	memcpy(&number, &bits, sizeof(number));
	if (!isfinite(number))
		return bad(c, "a number that is none");
	(void)snprintf(digits, sizeof(digits), "%.17g", number);
	jsonw_raw(&c->json, rp_slice_str(digits));
	return RP_OK;
}

static enum rp_status
read_simple(struct cbor *c, const struct item *item)
{
	switch (item->info) {
	case FALSE:
	case TRUE:
		jsonw_bool(&c->json, item->info == TRUE);
		return RP_OK;
	case NUL:
		jsonw_null(&c->json);
		return RP_OK;
	case FLOAT64:
		return read_float(c);
	default:
		return bad(c, "a value that there is not");
	}
}

/* -1 - value, which may have no int64_t. */
static void
put_number(struct cbor *c, const struct item *item)
{
	char digits[24];

	if (item->major == UINT)
		(void)snprintf(digits, sizeof(digits), "%" PRIu64, item->value);
	else if (item->value == UINT64_MAX)
		(void)snprintf(digits, sizeof(digits), "-18446744073709551616");
	else
		(void)snprintf(digits, sizeof(digits), "-%" PRIu64, item->value + 1);
	jsonw_raw(&c->json, rp_slice_str(digits));
}

static enum rp_status
open_container(struct cbor *c, const struct item *item)
{
	const bool map = item->major == MAP;

	if (c->depth == CBOR_MAX_DEPTH)
		return bad(c, "too deep");
	/* Each has a byte at least. */
	if (item->value > (c->bytes.n - c->at) / (map ? 2 : 1))
		return bad(c, "the data ends early");
	c->stack[c->depth++] = (struct open){ .left = map ? 2 * item->value : item->value,
		                              .map = map,
		                              .key = map,
		                              .last = { NULL, 0 } };
	if (map)
		jsonw_object(&c->json);
	else
		jsonw_array(&c->json);
	return RP_OK;
}

static enum rp_status
read_string(struct cbor *c, const struct item *item)
{
	struct rp_slice bytes = RP_SLICE("");
	enum rp_status st = take(c, item->value, &bytes);

	if (st != RP_OK)
		return st;
	if (item->major == BYTES) {
		put_bytes(c, bytes);
		return RP_OK;
	}
	if (!utf8_valid(bytes))
		return bad(c, "a text that is not UTF-8");
	jsonw_text(&c->json, bytes);
	return RP_OK;
}

/* Shorter ones first, then bytewise. */
static bool
is_in_order(struct rp_slice last, struct rp_slice key)
{
	if (last.p == NULL)
		return true;
	return last.n != key.n ? last.n < key.n : rp_slice_cmp(last, key) < 0;
}

static enum rp_status
read_key(struct cbor *c, struct open *map)
{
	struct rp_slice key = RP_SLICE("");
	struct item item = { .value = 0 };
	enum rp_status st = read_head(c, &item);

	if (st == RP_OK && item.major != TEXT)
		return bad(c, "a key that is no text");
	if (st == RP_OK)
		st = take(c, item.value, &key);
	if (st != RP_OK)
		return st;
	if (!utf8_valid(key))
		return bad(c, "a key that is not UTF-8");
	if (!is_in_order(map->last, key))
		return bad(c, "keys out of order");
	map->last = key;
	jsonw_key_text(&c->json, key);
	return RP_OK;
}

static enum rp_status
read_value(struct cbor *c)
{
	struct item item;
	enum rp_status st = read_head(c, &item);

	if (st != RP_OK)
		return st;
	switch (item.major) {
	case UINT:
	case NINT:
		put_number(c, &item);
		return RP_OK;
	case BYTES:
	case TEXT:
		return read_string(c, &item);
	case ARRAY:
	case MAP:
		return open_container(c, &item);
	case TAG:
		return item.value == TAG_CID ? read_link(c) : bad(c, "an unknown tag");
	case SIMPLE:
		break;
	}
	return read_simple(c, &item);
}

/* One more item of the innermost container, or its end. */
static enum rp_status
step(struct cbor *c)
{
	struct open *top = &c->stack[c->depth - 1];
	const bool key = top->key;

	if (top->left == 0) {
		if (top->map)
			jsonw_end_object(&c->json);
		else
			jsonw_end_array(&c->json);
		c->depth--;
		return RP_OK;
	}
	top->left--;
	top->key = top->map && !key;
	return key ? read_key(c, top) : read_value(c);
}

enum rp_status
cbor_to_json(struct rp_slice bytes, struct rp_buf *out, struct rp_error *err)
{
	struct cbor c = { .bytes = bytes, .json = jsonw_to(out), .err = err };
	enum rp_status st;

	if (bytes.n > CBOR_MAX_BYTES)
		return rp_fail(err, RP_BAD_ITEM, "longer than a record may be");
	st = read_value(&c);
	while (st == RP_OK && c.depth > 0 && !buf_failed(out))
		st = step(&c);
	if (st != RP_OK)
		return st;
	if (buf_failed(out))
		return rp_fail(err, RP_BAD_ITEM, "longer than a record may be");
	return c.at == bytes.n ? RP_OK : bad(&c, "more than one value");
}

/* ---- hashes ---------------------------------------------------------------- */

bool
cid_valid(struct rp_slice bytes)
{
	return bytes.n == CID_BYTES && bytes.p[0] == 1 &&
	       (bytes.p[1] == 0x71 || bytes.p[1] == 0x55) && bytes.p[2] == 0x12 &&
	       bytes.p[3] == 0x20;
}

void
cid_text(struct rp_slice bytes, char out[CID_TEXT_BYTES])
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint32_t bits = 0;
	unsigned n = 0;
	size_t at = 0;

	out[at++] = 'b';
	for (size_t i = 0; i < CID_BYTES; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (n += 8; n >= 5; n -= 5)
			out[at++] = digits[bits >> (n - 5) & 31];
	}
	out[at] = digits[bits << (5 - n) & 31]; /* 288 bits: three are left */
}

struct rp_slice
cid_hash(struct rp_slice bytes)
{
	return rp_slice_skip(bytes, 4);
}
