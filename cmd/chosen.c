#include "cmd/chosen.h"

#include "cmd/reader.h"

#include <stdlib.h>

struct chosen {
	struct reader reader;
};

struct chosen *
chosen_free(struct chosen *chosen)
{
	if (chosen != NULL)
		reader_done(&chosen->reader);
	free(chosen);
	return NULL;
}

enum rp_status
chosen_new(const struct invocation *inv, struct filter *filter_out, struct chosen **out,
           struct rp_error *err)
{
	CLEANUP(chosen_free) struct chosen *chosen = calloc(1, sizeof(*chosen));
	enum rp_status st;

	if (chosen == NULL)
		return rp_fail_memory(err);
	chosen->reader.inv = inv;
	st = reader_init(&chosen->reader, inv, "text", err);
	if (st == RP_OK)
		st = reader_filter(&chosen->reader, filter_out, err);
	if (st != RP_OK)
		return st;
	*out = chosen;
	chosen = NULL;
	return RP_OK;
}
