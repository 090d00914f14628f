#include "core/collect/lists.h"

/* One more item at the end of a list that doubles; NULL when the arena is full. */
static void *
grow(struct arena *arena, void **list, size_t *n, size_t *room, size_t size)
{
	void *roomy = arena_room(arena, *list, *n, room, size);

	if (roomy == NULL)
		return NULL;
	*list = roomy;
	return (char *)roomy + (*n)++ * size;
}

struct batch_record *
batch_add_record(struct batch_lists *lists)
{
	void *list = lists->records;
	void *item = grow(lists->arena, &list, &lists->n_records, &lists->room_records,
	                  sizeof(*lists->records));

	lists->records = list;
	return item;
}

struct observation *
batch_add_observation(struct batch_lists *lists)
{
	void *list = lists->observations;
	void *item = grow(lists->arena, &list, &lists->n_observations,
	                  &lists->room_observations, sizeof(*lists->observations));

	lists->observations = list;
	return item;
}

struct account *
batch_add_account(struct batch_lists *lists)
{
	void *list = lists->accounts;
	void *item = grow(lists->arena, &list, &lists->n_accounts, &lists->room_accounts,
	                  sizeof(*lists->accounts));

	lists->accounts = list;
	return item;
}

struct state_note *
batch_add_state(struct batch_lists *lists)
{
	void *list = lists->states;
	void *item = grow(lists->arena, &list, &lists->n_states, &lists->room_states,
	                  sizeof(*lists->states));

	lists->states = list;
	return item;
}

enum rp_status
batch_reject(struct batch_lists *lists, uint64_t offset, uint64_t bytes, uint64_t line,
             const char *reason, struct rp_error *err)
{
	void *list = lists->rejects;
	struct reject *reject = grow(lists->arena, &list, &lists->n_rejects,
	                             &lists->room_rejects, sizeof(*lists->rejects));

	lists->rejects = list;
	if (reject == NULL)
		return rp_fail_memory(err);
	*reject = (struct reject){ .offset = offset, .bytes = bytes, .line = line };
	if (!arena_copy(lists->arena, rp_slice_str(reason), &reject->reason))
		return rp_fail_memory(err);
	return RP_OK;
}

void
batch_finish(const struct batch_lists *lists, struct batch *batch)
{
	batch->offset = lists->offset;
	batch->records = lists->records;
	batch->n_records = lists->n_records;
	batch->observations = lists->observations;
	batch->n_observations = lists->n_observations;
	batch->accounts = lists->accounts;
	batch->n_accounts = lists->n_accounts;
	batch->states = lists->states;
	batch->n_states = lists->n_states;
	batch->rejects = lists->rejects;
	batch->n_rejects = lists->n_rejects;
}
