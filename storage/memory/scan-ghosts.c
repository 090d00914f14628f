#include "storage/memory/scan.h"

/* Whose posts are looked at. */
struct asked {
	struct rp_slice key;          /* of an account, a conversation, or */
	int64_t post;                 /* this one; 0: none */
	struct rp_slice conversation; /* that it is in; empty: none is told */
	struct rp_slice handle;       /* of every account that has or had it; or empty */
};

/* Of "x:@name?" the name. */
static struct rp_slice
handle_of(struct rp_slice key)
{
	struct rp_slice native = key_native(key);

	return key_is_handle_only(key) ? rp_slice_from(native.p + 1, native.n - 2)
	                               : RP_SLICE("");
}

static enum rp_status
had_handle(struct memory *memory, const struct asked *asked, struct rp_slice author,
           bool *out, struct rp_error *err)
{
	const struct account like = { .handle = asked->handle };
	size_t at;
	enum rp_status st = RP_NOT_FOUND;

	*out = false;
	if (asked->handle.n > 0 && key_platform(author) == key_platform(asked->key))
		st = memory_find_same(memory, ACCOUNTS, ACCOUNTS_BY_HANDLE, &like, &at,
		                      err);
	for (; st == RP_OK && !*out;
	     st = table_after(&memory->tables[ACCOUNTS], ACCOUNTS_BY_HANDLE, &at))
		*out = rp_slice_eq(ROW(memory, ACCOUNTS, struct account, at)->key,
		                   author);
	return st == RP_FAILED ? st : RP_OK;
}

static enum rp_status
is_asked_for(struct memory *memory, const struct asked *asked, const struct post *post,
             bool *out, struct rp_error *err)
{
	*out = post->id == asked->post || rp_slice_eq(post->author, asked->key) ||
	       rp_slice_eq(post->conversation, asked->key) ||
	       (asked->conversation.n > 0 &&
	        rp_slice_eq(post->conversation, asked->conversation));
	return *out ? RP_OK : had_handle(memory, asked, post->author, out, err);
}

/* Does one of their posts refer to this ghost? */
static enum rp_status
is_missing(struct memory *memory, const struct asked *asked, int64_t ghost, bool *out,
           struct rp_error *err)
{
	struct table *edges = &memory->tables[EDGES];
	size_t at;
	enum rp_status st =
		table_find(edges, EDGES_BY_PARENT, memory_id_key(&ghost), &at, err);

	*out = false;
	while (st == RP_OK && !*out) {
		const struct edge *edge = ROW(memory, EDGES, struct edge, at);

		if (edge->type <= EDGE_REPOST)
			st = is_asked_for(memory, asked,
			                  memory_held_post(memory, edge->child), out,
			                  err);
		if (st == RP_OK)
			st = table_after(edges, EDGES_BY_PARENT, &at);
	}
	return st == RP_FAILED ? st : RP_OK;
}

static int
cmp_newest(const void *a, const void *b)
{
	return scan_cmp(b, a);
}

enum rp_status
scan_ghosts(struct memory_iter *iter, struct rp_slice key, struct rp_error *err)
{
	struct memory *memory = iter->memory;
	struct asked asked = { .key = key, .handle = handle_of(key) };
	enum rp_status st = memory_post_id(memory, key, &asked.post, err);

	if (st == RP_OK)
		asked.conversation = memory_held_post(memory, asked.post)->conversation;
	else if (st != RP_NOT_FOUND)
		return st;
	for (size_t i = 0; key.n > 0 && i < memory->tables[POSTS].n; i++) {
		const struct post *ghost = ROW(memory, POSTS, struct post, i);
		struct found *found;
		bool missing = false;

		if (ghost->key.n == 0 || ghost->kind != KIND_GHOST)
			continue;
		st = is_missing(memory, &asked, ghost->id, &missing, err);
		if (st != RP_OK)
			return st;
		if (!missing)
			continue;
		if ((found = scan_add(iter)) == NULL)
			return rp_fail_memory(err);
		found->row.key = found->key = ghost->key;
		found->first[0] = (int64_t)ghost->key.n;
	}
	scan_sort(&iter->found, cmp_newest);
	return RP_OK;
}
