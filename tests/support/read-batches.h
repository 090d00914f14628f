/*
 * A collector run over an input to its end, each batch handed to a spec's own eyes.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_READ_BATCHES_H
#define RIPOSTE_TESTS_SUPPORT_READ_BATCHES_H

#include "core/collect/collector.h"
#include "tests/support/spec.h"

static inline void
read_batches(const struct collector_ops *ops, const struct input *input,
             void (*gather)(const struct batch *batch))
{
	CLEANUP(arena_free) struct arena *arena = arena_new(128 << 20);
	struct collector *collector;
	struct rp_error err = { .text = "" };
	enum rp_status st;

	assert_non_null(arena);
	assert_ok(ops->open(input, &collector, &err), err);
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = ops->next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		gather(&batch);
	}
	ops->close(collector);
	if (st != RP_END)
		fail_msg("%s", err.text);
}

#endif
