#include "core/collect/reader.h"

enum rp_status
reader_more(const struct reader *reader, struct rp_buf *into, size_t size_bytes,
            bool *over, bool *broken, struct rp_error *err)
{
	char *room = buf_reserve(into, size_bytes);
	enum rp_status st;
	size_t n = 0;

	if (room == NULL)
		return rp_fail_memory(err);
	st = reader->read(reader->context, room, size_bytes, &n, err);
	if (st == RP_OK) {
		into->n += n;
		return RP_OK;
	}
	if (st != RP_END && st != RP_BAD_SOURCE)
		return st;
	*over = true;
	*broken = st == RP_BAD_SOURCE;
	return RP_OK;
}
