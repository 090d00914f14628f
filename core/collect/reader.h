/*
 * Reading an input to its end, which is where it breaks off at times.
 */
#ifndef RIPOSTE_CORE_COLLECT_READER_H
#define RIPOSTE_CORE_COLLECT_READER_H

#include "core/collect/collector.h"

/*
 * Up to size_bytes more at the end of the buffer.  RP_OK with nothing more: *over is
 * true, and *broken where the rest is lost and that was not the end; until then both are
 * left alone.  RP_FAILED: memory, the reader.
 */
enum rp_status reader_more(const struct reader *reader, struct rp_buf *into,
                           size_t size_bytes, bool *over, bool *broken,
                           struct rp_error *err) RP_MUST_USE;

#endif
