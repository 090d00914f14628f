/*
 * A reader whose first bytes can be looked at before they are read.
 */
#ifndef RIPOSTE_CORE_INGEST_PEEK_H
#define RIPOSTE_CORE_INGEST_PEEK_H

#include "core/collect/collector.h"

struct peek;

struct peek *peek_new(struct reader source) RP_MUST_USE; /* NULL: out of memory */
struct peek *peek_free(struct peek *peek);
DEFINE_CLEANUP(struct peek *, peek_free);

/* Fetch the first 64 KiB, or all there is; a source that breaks off early says so later.
 */
enum rp_status peek_fill(struct peek *peek, struct rp_error *err) RP_MUST_USE;
struct rp_slice peek_head(const struct peek *peek);

/* Everything, the head first. */
struct reader peek_reader(struct peek *peek);

#endif
