/* The front of what is kept of collecting; see store.c. */
#include "storage/backend.h"

#include <assert.h>

enum rp_status
store_source_get(struct store *store, struct rp_slice name, struct arena *arena,
                 struct source_state *out, struct rp_error *err)
{
	return store->ops->source_get(store, name, arena, out, err);
}

enum rp_status
store_source_put(struct store *store, const struct source_state *state,
                 struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_WRITE);
	assert(state->name.n > 0);
	return store->ops->source_put(store, state, err);
}

__attribute__((unused)) static bool
are_apart(const struct coverage *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].from >= list[i].until ||
		    (i > 0 && list[i].from < list[i - 1].until))
			return false;
	return true;
}

enum rp_status
store_coverage_set(struct store *store, struct rp_slice source, struct rp_slice subject,
                   const struct coverage *list, size_t n, struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_WRITE);
	assert(source.n > 0 && subject.n > 0);
	assert(are_apart(list, n));
	return store->ops->coverage_set(store, source, subject, list, n, err);
}

enum rp_status
store_source_run_put(struct store *store, const struct source_run *told,
                     struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_WRITE);
	assert(told->run > 0 && told->source.n > 0);
	assert(told->end <= SOURCE_FAILED);
	return store->ops->source_run_put(store, told, err);
}

enum rp_status
store_spending_put(struct store *store, const struct spending *spending, int64_t *id_out,
                   struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_WRITE);
	assert(spending->id >= 0 && spending->micro >= 0 && spending->source.n > 0);
	return store->ops->spending_put(store, spending, id_out, err);
}

enum rp_status
store_spending_sum(struct store *store, struct rp_slice source, int64_t since,
                   int64_t *micro_out, struct rp_error *err)
{
	return store->ops->spending_sum(store, source, since, micro_out, err);
}

enum rp_status
store_spending_run_sum(struct store *store, struct rp_slice source, int64_t run,
                       int64_t *micro_out, struct rp_error *err)
{
	assert(run > 0);
	return store->ops->spending_run_sum(store, source, run, micro_out, err);
}

enum rp_status
store_look_put(struct store *store, const struct look *look, struct rp_error *err)
{
	assert(store->transaction == TRANSACTION_WRITE);
	assert(look->key.n > 0 && look->way.n > 0);
	assert(look->outcome <= LOOK_NOTHING);
	return store->ops->look_put(store, look, err);
}
