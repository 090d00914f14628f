/*
 * A batch being put together: its lists while they grow.
 */
#ifndef RIPOSTE_CORE_COLLECT_LISTS_H
#define RIPOSTE_CORE_COLLECT_LISTS_H

#include "core/collect/collector.h"

/* In the batch's arena. */
struct batch_lists {
	struct arena *arena;
	uint64_t offset; /* of the batch in the input */
	struct batch_record *records;
	struct observation *observations;
	struct account *accounts;
	struct state_note *states;
	struct reject *rejects;
	size_t n_records, n_observations, n_accounts, n_states, n_rejects;
	size_t room_records, room_observations, room_accounts, room_states, room_rejects;
};

/* Room for one more at the end of the list; zeroed; NULL when the arena is full. */
struct batch_record *batch_add_record(struct batch_lists *lists) RP_MUST_USE;
struct observation *batch_add_observation(struct batch_lists *lists) RP_MUST_USE;
struct account *batch_add_account(struct batch_lists *lists) RP_MUST_USE;
struct state_note *batch_add_state(struct batch_lists *lists) RP_MUST_USE;

/* Offset in the input; the reason is copied. */
enum rp_status batch_reject(struct batch_lists *lists, uint64_t offset, uint64_t bytes,
                            uint64_t line, const char *reason,
                            struct rp_error *err) RP_MUST_USE;

/* Hand the lists over to the batch. */
void batch_finish(const struct batch_lists *lists, struct batch *batch);

#endif
