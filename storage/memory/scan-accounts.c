#include "storage/memory/scan.h"

/* Add the account that row `at` is about, with the handle and name it has now. */
static enum rp_status
add_account(struct memory_iter *iter, size_t at, struct rp_error *err)
{
	struct table *accounts = &iter->memory->tables[ACCOUNTS];
	const struct account *current = ROW(iter->memory, ACCOUNTS, struct account, at);
	struct found *found = scan_add(iter);
	enum rp_status st;

	if (found == NULL)
		return rp_fail_memory(err);
	st = table_find(accounts, ACCOUNTS_BY_KEY, current->key, &at, err);
	for (; st == RP_OK; st = table_after(accounts, ACCOUNTS_BY_KEY, &at)) {
		const struct account *other =
			ROW(iter->memory, ACCOUNTS, struct account, at);

		if (memory_account_is_later(other, current))
			current = other;
	}
	found->row.account = *current;
	found->key = current->key;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

enum rp_status
scan_accounts(struct memory_iter *iter, struct rp_error *err)
{
	const struct memory *memory = iter->memory;
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < memory->tables[ACCOUNTS].n; i++)
		if (ROW(memory, ACCOUNTS, struct account, i)->id == (int64_t)i + 1)
			st = add_account(iter, i, err);
	scan_sort(&iter->found, scan_cmp);
	return st;
}

/* An account that used the handle under several names is one row. */
static void
drop_doubles(struct table *found)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++) {
		struct found *row = table_change(found, i);
		struct found *into = table_change(found, n);

		if (n > 0 && rp_slice_eq(row->key, (into - 1)->key))
			continue;
		*into = *row;
		n++;
	}
	found->n = n;
}

enum rp_status
scan_handle_users(struct memory_iter *iter, struct rp_slice handle, struct rp_error *err)
{
	struct memory *memory = iter->memory;
	const struct account like = { .handle = handle };
	size_t at;
	enum rp_status st = RP_NOT_FOUND, added = RP_OK;

	if (handle.n > 0)
		st = memory_find_same(memory, ACCOUNTS, ACCOUNTS_BY_HANDLE, &like, &at,
		                      err);
	for (; st == RP_OK && added == RP_OK;
	     st = table_after(&memory->tables[ACCOUNTS], ACCOUNTS_BY_HANDLE, &at))
		added = add_account(iter, at, err);
	if (st == RP_FAILED || added != RP_OK)
		return RP_FAILED;
	scan_sort(&iter->found, scan_cmp);
	drop_doubles(&iter->found);
	return RP_OK;
}
