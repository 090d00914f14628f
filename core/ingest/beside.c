#include "core/ingest/stored.h"

enum { FOUND_BYTES = 1 << 20 }; /* texts of one capture's row */

void
stored_beside_init(struct stored_beside *beside, struct store *store,
                   struct rp_slice options)
{
	*beside = (struct stored_beside){ .store = store, .rest = options };
}

void
stored_beside_done(struct stored_beside *beside)
{
	store_iter_close(beside->it);
	arena_free(beside->arena);
	beside->it = NULL;
	beside->arena = NULL;
}

/* The value of the next "beside=" line; false: no more. */
static bool
next_line(struct rp_slice *rest, struct rp_slice *hex_out)
{
	const struct rp_slice key = RP_SLICE("beside=");
	struct rp_slice line;

	while (rest->n > 0) {
		line = rp_slice_cut(rest, '\n');
		if (!rp_slice_starts(line, key))
			continue;
		*hex_out = rp_slice_skip(line, key.n);
		return true;
	}
	return false;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
read_hex(struct rp_slice hex, struct sha256 *out)
{
	if (hex.n != SHA256_HEX)
		return false;
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		const int high = digit(hex.p[2 * i]), low = digit(hex.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out->bytes[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

/* RP_NOT_FOUND: that capture is not held. */
static enum rp_status
open_capture(struct stored_beside *beside, struct rp_slice hex, struct rp_error *err)
{
	struct scan scan = { .of = SCAN_CAPTURE_BYTES };
	struct capture capture;
	struct sha256 hash;
	enum rp_status st;

	if (!read_hex(hex, &hash))
		return RP_NOT_FOUND;
	arena_reset(beside->arena);
	st = store_capture_find(beside->store, &hash, beside->arena, &capture, err);
	if (st != RP_OK)
		return st;
	scan.id = capture.id;
	return store_scan(beside->store, &scan, &beside->it, err);
}

static enum rp_status
open_next(struct stored_beside *beside, struct rp_error *err)
{
	struct rp_slice hex;
	enum rp_status st = RP_NOT_FOUND;

	store_iter_close(beside->it);
	beside->it = NULL;
	while (st == RP_NOT_FOUND) {
		if (!next_line(&beside->rest, &hex))
			return RP_END;
		st = open_capture(beside, hex, err);
	}
	return st;
}

static enum rp_status
read_beside(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct stored_beside *beside = context;
	union scan_row row;
	enum rp_status st = RP_OK;

	while (st == RP_OK && beside->left.n == 0) {
		if (beside->it == NULL && (st = open_next(beside, err)) != RP_OK)
			return st;
		st = store_next(beside->it, &row, err);
		if (st == RP_OK)
			beside->left = row.bytes;
		else if (st == RP_END)
			st = open_next(beside, err);
	}
	if (st != RP_OK)
		return st;
	*n_out = beside->left.n < size ? beside->left.n : size;
	memcpy(into, beside->left.p, *n_out);
	beside->left = rp_slice_skip(beside->left, *n_out);
	return RP_OK;
}

struct reader
stored_beside_reader(struct stored_beside *beside)
{
	struct rp_slice rest = beside->rest, hex;
	struct reader reader = { .read = NULL };

	if (next_line(&rest, &hex) && (beside->arena = arena_new(FOUND_BYTES)) != NULL)
		reader = (struct reader){ read_beside, beside };
	return reader;
}
