/*
 * The posts that a QUERY chooses, for commands that know importers: those have a `struct
 * reader` of their own.
 */
#ifndef RIPOSTE_CMD_CHOSEN_H
#define RIPOSTE_CMD_CHOSEN_H

#include "cmd/command.h"
#include "core/model/filter.h"

/* What a filter's texts live in. */
struct chosen;

/* As reader_filter().  RP_BAD_USAGE, RP_BAD_CONFIG. */
enum rp_status chosen_new(const struct invocation *inv, struct filter *filter_out,
                          struct chosen **out, struct rp_error *err) RP_MUST_USE;
struct chosen *chosen_free(struct chosen *chosen);
DEFINE_CLEANUP(struct chosen *, chosen_free);

#endif
