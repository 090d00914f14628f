#include "core/collect/whole.h"

#include "core/collect/reader.h"

enum { READ_BYTES = 128 << 10 };

void
whole_init(struct whole *whole, struct reader reader)
{
	*whole = (struct whole){ .reader = reader };
	buf_init(&whole->bytes, RECORD_MAX_BYTES + 1 + READ_BYTES);
}

void
whole_done(struct whole *whole)
{
	buf_done(&whole->bytes);
}

enum rp_status
whole_read(struct whole *whole, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK && !whole->over && whole->bytes.n <= RECORD_MAX_BYTES)
		st = reader_more(&whole->reader, &whole->bytes, READ_BYTES, &whole->over,
		                 &whole->broken, err);
	return st;
}

/* A stretch of an input that is too long. */
static enum rp_status
pass(struct whole *whole, struct batch *batch, struct batch_lists *lists,
     struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (whole->given == 0)
		st = batch_reject(lists, 0, whole->bytes.n, 1,
		                  "longer than 16 MB: kept, not read", err);
	else {
		buf_clear(&whole->bytes);
		st = whole_read(whole, err);
	}
	if (st == RP_OK && whole->broken)
		st = batch_reject(lists, whole->given + whole->bytes.n, 0, 0,
		                  REASON_BROKEN_OFF, err);
	if (st != RP_OK)
		return st;
	batch_finish(lists, batch);
	batch->bytes = buf_slice(&whole->bytes);
	whole->given += whole->bytes.n;
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}

enum rp_status
whole_next(struct whole *whole, struct batch *batch, struct batch_lists *lists,
           struct rp_slice *bytes_out, struct rp_error *err)
{
	const bool too_long = whole->bytes.n > RECORD_MAX_BYTES || !whole->over;
	enum rp_status st = RP_OK;

	*lists = (struct batch_lists){ .arena = batch->arena, .offset = whole->given };
	*bytes_out = RP_SLICE("");
	if (whole->given > 0 && (whole->over || whole->bytes.n == 0))
		return RP_END;
	if (too_long || whole->given > 0)
		return pass(whole, batch, lists, err);
	if (whole->broken)
		st = batch_reject(lists, whole->bytes.n, 0, 0, REASON_BROKEN_OFF, err);
	if (st != RP_OK)
		return st;
	batch_finish(lists, batch);
	batch->bytes = *bytes_out = buf_slice(&whole->bytes);
	whole->given = whole->bytes.n;
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}
