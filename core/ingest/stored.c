#include "core/ingest/stored.h"

struct stored_bytes {
	struct store_iter *it;
	struct rp_slice left;
	bool broken;
};

static enum rp_status
read_bytes(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct stored_bytes *from = context;
	union scan_row row;
	enum rp_status st;

	while (from->left.n == 0) {
		st = store_next(from->it, &row, err);
		if (st == RP_END && from->broken)
			return rp_fail(err, RP_BAD_SOURCE,
			               "the compressed data ends early");
		if (st != RP_OK)
			return st;
		from->left = row.bytes;
	}
	*n_out = from->left.n < size ? from->left.n : size;
	memcpy(into, from->left.p, *n_out);
	from->left = rp_slice_skip(from->left, *n_out);
	return RP_OK;
}

static enum rp_status
read_records(const struct collector_ops *ops, const struct input *input,
             struct arena *arena, stored_take *take, void *context, struct rp_error *err)
{
	struct collector *collector;
	enum rp_status st = ops->open(input, &collector, err), taken = RP_OK;

	if (st != RP_OK)
		return st;
	while (taken == RP_OK) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, err);
		if (st != RP_OK)
			break;
		taken = take(context, &batch, err);
	}
	ops->close(collector);
	if (taken != RP_OK)
		return taken;
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
read_raw(struct reader reader, stored_take *take, void *context, struct rp_error *err)
{
	static char chunk[1 << 17];
	enum rp_status st;
	size_t n;

	while ((st = reader.read(reader.context, chunk, sizeof(chunk), &n, err)) ==
	       RP_OK) {
		const struct batch batch = { .bytes = rp_slice_from(chunk, n) };

		st = take(context, &batch, err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_END || st == RP_BAD_SOURCE ? RP_OK : st;
}

enum rp_status
stored_read(const struct stored *stored, struct arena *arena, stored_take *take,
            void *context, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = stored->capture->id };
	const struct collector_ops *ops = collector_find(stored->capture->format);
	struct stored_bytes bytes = { .broken = stored->broken };
	CLEANUP(stored_beside_done) struct stored_beside beside;
	struct input input = { .name = stored->capture->name,
		               .options = stored->options,
		               .reader = { read_bytes, &bytes } };
	enum rp_status st = store_scan(stored->store, &scan, &bytes.it, err);

	stored_beside_init(&beside, stored->store, stored->options);
	if (st != RP_OK)
		return st;
	input.beside = stored_beside_reader(&beside);
	if (ops != NULL)
		st = read_records(ops, &input, arena, take, context, err);
	else
		st = read_raw(input.reader, take, context, err);
	store_iter_close(bytes.it);
	return st;
}
