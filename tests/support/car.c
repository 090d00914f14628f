#include "car.h"

#include "core/base/hash.h"
#include "core/base/varint.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum { UINT, NINT, BYTES, TEXT, ARRAY, MAP, TAG, MEMBERS_MAX = 256, CID = 36 };

static void
head(struct rp_buf *out, int major, uint64_t value)
{
	static const uint64_t most[] = { 0xff, 0xffff, 0xffffffff, UINT64_MAX };
	int size = 0;

	if (value < 24) {
		buf_add_byte(out, (char)(major << 5 | (int)value));
		return;
	}
	while (value > most[size])
		size++;
	buf_add_byte(out, (char)(major << 5 | (24 + size)));
	for (int shift = 8 * (1 << size) - 8; shift >= 0; shift -= 8)
		buf_add_byte(out, (char)(unsigned char)(value >> shift & 255));
}

static void
text(struct rp_buf *out, struct rp_slice s)
{
	head(out, TEXT, s.n);
	buf_add(out, s);
}

/* ---- JSON as CBOR; as deep as tests are ---------------------------------------- */

static const struct json_doc *sorting;

static int
cmp_key(const void *a, const void *b)
{
	struct rp_slice x = json_raw_text(sorting, *(const uint32_t *)a);
	struct rp_slice y = json_raw_text(sorting, *(const uint32_t *)b);

	return x.n != y.n ? (x.n < y.n ? -1 : 1) : rp_slice_cmp(x, y);
}

static bool encode(const struct json_doc *doc, uint32_t node, struct rp_buf *out);

static bool
encode_object(const struct json_doc *doc, uint32_t node, struct rp_buf *out)
{
	struct json_each each = json_each(doc, node);
	uint32_t keys[MEMBERS_MAX];
	size_t n = 0;
	bool good = true;

	while (json_next(&each) && n < MEMBERS_MAX)
		keys[n++] = each.key;
	sorting = doc;
	qsort(keys, n, sizeof(*keys), cmp_key);
	head(out, MAP, n);
	for (size_t i = 0; i < n && good; i++) {
		text(out, json_raw_text(doc, keys[i]));
		good = encode(doc, keys[i] + 1, out);
	}
	return good;
}

static bool
encode(const struct json_doc *doc, uint32_t node, struct rp_buf *out)
{
	struct json_each each = json_each(doc, node);
	CLEANUP(buf_done) struct rp_buf string;
	int64_t number = 0;
	uint64_t n = 0;
	bool good = true;

	buf_init(&string, 1 << 20);
	switch (json_type(doc, node)) {
	case JSON_NULL:
		buf_add_byte(out, (char)0xf6);
		return true;
	case JSON_FALSE:
	case JSON_TRUE:
		buf_add_byte(out,
		             (char)(json_type(doc, node) == JSON_TRUE ? 0xf5 : 0xf4));
		return true;
	case JSON_NUMBER:
		good = json_int64(doc, node, &number);
		head(out, number < 0 ? NINT : UINT,
		     (uint64_t)(number < 0 ? -1 - number : number));
		return good;
	case JSON_STRING:
		good = json_add_text(doc, node, &string);
		text(out, buf_slice(&string));
		return good;
	case JSON_ARRAY:
		while (json_next(&each))
			n++;
		head(out, ARRAY, n);
		each = json_each(doc, node);
		while (good && json_next(&each))
			good = encode(doc, each.value, out);
		return good;
	case JSON_OBJECT:
		return encode_object(doc, node, out);
	case JSON_MISSING:
		break;
	}
	return false;
}

bool
car_encode(struct rp_slice json, struct rp_buf *out)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;

	return json_parse(&doc, json, NULL) == RP_OK && encode(&doc, JSON_ROOT, out);
}

/* ---- blocks ------------------------------------------------------------------- */

struct cid {
	char bytes[CID];
};

static void
put_link(struct rp_buf *out, const struct cid *cid)
{
	head(out, TAG, 42);
	head(out, BYTES, CID + 1);
	buf_add_byte(out, '\0');
	buf_add(out, rp_slice_from(cid->bytes, CID));
}

static struct cid
put_block(struct rp_buf *out, struct rp_slice block)
{
	struct cid cid = { { 1, 0x71, 0x12, 0x20 } };
	const struct sha256 sum = sha256_of(block);

	memcpy(cid.bytes + 4, sum.bytes, SHA256_BYTES);
	varint_add(out, CID + block.n);
	buf_add(out, rp_slice_from(cid.bytes, CID));
	buf_add(out, block);
	return cid;
}

/* Entries of a node, with what names share left out. */
static struct cid
put_node(struct rp_buf *out, const struct car_record *records, const struct cid *cids,
         size_t n, const struct cid *left, const struct cid *right)
{
	CLEANUP(buf_done) struct rp_buf node;
	const char *last = "";

	buf_init(&node, 1 << 20);
	head(&node, MAP, 2);
	text(&node, RP_SLICE("e"));
	head(&node, ARRAY, n);
	for (size_t i = 0; i < n; i++) {
		size_t shared = 0, length = strlen(records[i].name);

		while (last[shared] != '\0' && last[shared] == records[i].name[shared])
			shared++;
		head(&node, MAP, 4);
		text(&node, RP_SLICE("k"));
		head(&node, BYTES, length - shared);
		buf_add_str(&node, records[i].name + shared);
		text(&node, RP_SLICE("p"));
		head(&node, UINT, shared);
		text(&node, RP_SLICE("t"));
		if (right != NULL && i == n - 1)
			put_link(&node, right);
		else
			buf_add_byte(&node, (char)0xf6);
		text(&node, RP_SLICE("v"));
		put_link(&node, &cids[i]);
		last = records[i].name;
	}
	text(&node, RP_SLICE("l"));
	if (left != NULL)
		put_link(&node, left);
	else
		buf_add_byte(&node, (char)0xf6);
	return put_block(out, buf_slice(&node));
}

static struct cid
put_commit(struct rp_buf *out, const char *did, const struct cid *data)
{
	CLEANUP(buf_done) struct rp_buf commit;

	buf_init(&commit, 1 << 16);
	head(&commit, MAP, 6);
	text(&commit, RP_SLICE("did"));
	text(&commit, rp_slice_str(did));
	text(&commit, RP_SLICE("rev"));
	text(&commit, RP_SLICE("3mcaaaaaaaa2a"));
	text(&commit, RP_SLICE("sig"));
	head(&commit, BYTES, 3);
	buf_add_str(&commit, "sig");
	text(&commit, RP_SLICE("data"));
	put_link(&commit, data);
	text(&commit, RP_SLICE("prev"));
	buf_add_byte(&commit, (char)0xf6);
	text(&commit, RP_SLICE("version"));
	head(&commit, UINT, 3);
	return put_block(out, buf_slice(&commit));
}

static void
put_head(struct rp_buf *out, const struct cid *root)
{
	CLEANUP(buf_done) struct rp_buf bytes;

	buf_init(&bytes, 1 << 16);
	head(&bytes, MAP, 2);
	text(&bytes, RP_SLICE("roots"));
	head(&bytes, ARRAY, 1);
	put_link(&bytes, root);
	text(&bytes, RP_SLICE("version"));
	head(&bytes, UINT, 1);
	varint_add(out, bytes.n);
	buf_add(out, buf_slice(&bytes));
}

bool
car_make(const char *did, const struct car_record *records, size_t n,
         enum car_order order, struct rp_buf *out)
{
	CLEANUP(buf_done) struct rp_buf blocks;
	CLEANUP(buf_done) struct rp_buf tree;
	CLEANUP(buf_done) struct rp_buf one;
	struct cid *cids = calloc(n + 1, sizeof(*cids)), left, right, root;
	size_t third = n / 3;
	bool good = cids != NULL;

	buf_init(&blocks, 64 << 20);
	buf_init(&tree, 64 << 20);
	buf_init(&one, 1 << 20);
	for (size_t i = 0; i < n && good; i++) {
		buf_clear(&one);
		good = car_encode(rp_slice_str(records[i].json), &one);
		cids[i] = put_block(&blocks, buf_slice(&one));
	}
	if (good) {
		left = put_node(&tree, records, cids, third, NULL, NULL);
		right = put_node(&tree, records + 2 * third, cids + 2 * third,
		                 n - 2 * third, NULL, NULL);
		root = put_node(&tree, records + third, cids + third, third, &left,
		                third > 0 ? &right : NULL);
		root = put_commit(&tree, did, &root);
		put_head(out, &root);
		buf_add(out, buf_slice(order == CAR_RECORDS_FIRST ? &blocks : &tree));
		buf_add(out, buf_slice(order == CAR_RECORDS_FIRST ? &tree : &blocks));
	}
	free(cids);
	return good && !buf_failed(out);
}
