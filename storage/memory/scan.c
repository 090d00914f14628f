/*
 * Every scan collects its rows, each with what it is sorted by, sorts them and hands them
 * out.
 */
#include "storage/memory/scan.h"

#include <stdlib.h>

static int
cmp_numbers(const int64_t *a, const int64_t *b)
{
	for (size_t i = 0; i < FOUND_NUMBERS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

int
scan_cmp(const void *pa, const void *pb)
{
	const struct found *a = pa, *b = pb;
	int d = cmp_numbers(a->first, b->first);

	if (d == 0)
		d = rp_slice_cmp(a->key, b->key);
	if (d == 0)
		d = rp_slice_cmp(a->more, b->more);
	if (d == 0)
		d = cmp_numbers(a->last, b->last);
	return d ? d : (a->seq > b->seq) - (a->seq < b->seq);
}

/* The other way round, but what has no time stays at the end. */
static int
cmp_found_down(const void *pa, const void *pb)
{
	const struct found *a = pa, *b = pb;

	if (a->first[0] != b->first[0])
		return a->first[0] < b->first[0] ? -1 : 1;
	return scan_cmp(b, a);
}

static int
cmp_found_version(const void *pa, const void *pb)
{
	const struct found *a = pa, *b = pb;

	return version_cmp(&a->row.version, &b->row.version);
}

void
scan_sort(struct table *found, int (*cmp)(const void *, const void *))
{
	if (found->n > 1)
		qsort(found->rows, found->n, found->row_bytes, cmp);
}

struct found *
scan_add(struct memory_iter *iter)
{
	struct found *found = table_add(&iter->found);

	if (found != NULL)
		found->seq = iter->found.n;
	return found;
}

/* Times sort by (lo, precision), unknown ones last. */
static void
order_by_time(struct found *found, struct rp_time time)
{
	found->first[0] = time.lo == RP_TIME_UNKNOWN;
	found->first[1] = time.lo;
	found->first[2] = time.precision;
}

/* ---- posts ------------------------------------------------------------------- */

static bool
add_post(struct memory_iter *iter, const struct post *post, bool by_time)
{
	struct found *found = scan_add(iter);

	if (found == NULL)
		return false;
	found->row.post = *post;
	if (by_time) {
		order_by_time(found, post->time);
		found->first[3] = (int64_t)post->key.n;
	}
	found->key = post->key;
	return true;
}

static enum rp_status
scan_posts(struct memory_iter *iter, const struct filter *filter, struct rp_error *err)
{
	struct memory *memory = iter->memory;
	enum filter_order order = filter != NULL ? filter->order : ORDER_KEY;

	for (size_t i = 0; i < memory->tables[POSTS].n; i++) {
		const struct post *post = ROW(memory, POSTS, struct post, i);
		bool takes = true;
		enum rp_status st;

		if (post->key.n == 0)
			continue;
		if (filter != NULL) {
			st = memory_filter_takes(memory, filter, post, &takes, err);
			if (st != RP_OK)
				return st;
		}
		if (takes && !add_post(iter, post, order != ORDER_KEY))
			return rp_fail_memory(err);
	}
	scan_sort(&iter->found, order == ORDER_TIME_DOWN ? cmp_found_down : scan_cmp);
	if (filter != NULL && filter->limit != 0 && iter->found.n > filter->limit)
		iter->found.n = (size_t)filter->limit;
	return RP_OK;
}

/* ---- what hangs on one row --------------------------------------------------- */

typedef void fill_row(const struct memory *memory, const void *row, struct found *found);

static void
fill_conversation(const struct memory *memory, const void *row, struct found *found)
{
	const struct post *post = row;

	(void)memory;
	found->row.post = *post;
	order_by_time(found, post->time);
	found->key = post->key;
}

static void
fill_version(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.version = *(const struct version *)row;
}

static void
fill_alias(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.key = found->key = ((const struct alias_row *)row)->key;
}

static void
name_ends(const struct memory *memory, const struct edge *edge, struct found *found)
{
	found->row.edge = *edge;
	found->row.edge.child_key = memory_held_post(memory, edge->child)->key;
	found->row.edge.parent_key = memory_held_post(memory, edge->parent)->key;
}

static void
fill_parent(const struct memory *memory, const void *row, struct found *found)
{
	const struct edge *edge = row;

	name_ends(memory, edge, found);
	found->first[0] = edge->type;
	found->first[1] = edge->origin;
	found->key = found->row.edge.parent_key;
}

static void
fill_child(const struct memory *memory, const void *row, struct found *found)
{
	const struct edge *edge = row;

	name_ends(memory, edge, found);
	order_by_time(found, memory_held_post(memory, edge->child)->time);
	found->key = found->row.edge.child_key;
	found->last[0] = edge->type;
	found->last[1] = edge->origin;
}

static void
fill_state(const struct memory *memory, const void *row, struct found *found)
{
	const struct state_note *note = row;

	(void)memory;
	found->row.state = *note;
	found->first[0] = note->as_of;
	found->first[1] = note->state;
	found->key = note->evidence;
}

static void
fill_sighting(const struct memory *memory, const void *row, struct found *found)
{
	const struct sighting *sighting = row;

	(void)memory;
	found->row.sighting = *sighting;
	found->first[0] = sighting->capture;
	found->first[1] = sighting->record;
	found->first[2] = sighting->offset;
	found->last[0] = sighting->version;
	found->last[1] = sighting->bytes;
	found->last[2] = sighting->as_of;
}

static void
fill_handle(const struct memory *memory, const void *row, struct found *found)
{
	const struct account *account = row;

	(void)memory;
	found->row.account = *account;
	found->first[0] = account->last;
	found->key = account->handle;
	found->more = account->name;
}

static void
fill_again(const struct memory *memory, const void *row, struct found *found)
{
	const struct again_row *again = row;

	(void)memory;
	found->row.again.run = again->run;
	found->row.again.at = again->at;
	found->first[0] = again->at;
	found->first[1] = again->run;
}

static void
fill_run(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.run = ((const struct run_row *)row)->run;
	found->first[0] = found->row.run.id;
}

static void
fill_foreign_run(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.foreign = *(const struct foreign_run *)row;
	found->first[0] = found->row.foreign.run.id;
}

/* Rows of one run are found in no order, and stand in that of their places. */
static void
fill_foreign_part(const struct memory *memory, const void *row, struct found *found)
{
	const struct part_row *part = row;

	found->row.part = part->part;
	found->first[0] = part - ROW(memory, FOREIGN_PARTS, struct part_row, 0);
}

static void
fill_capture(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.capture = ((const struct capture_row *)row)->capture;
	found->first[0] = found->row.capture.id;
}

static void
fill_reject(const struct memory *memory, const void *row, struct found *found)
{
	const struct reject *reject = row;

	(void)memory;
	found->row.reject = *reject;
	found->first[0] = reject->capture;
	found->first[1] = (int64_t)reject->offset;
}

static void
fill_source(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.source = *(const struct source_state *)row;
	found->key = found->row.source.name;
}

static void
fill_coverage(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.coverage = *(const struct coverage *)row;
	found->key = found->row.coverage.source;
	found->more = found->row.coverage.subject;
	found->last[0] = found->row.coverage.from;
}

static void
fill_source_run(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.source_run = *(const struct source_run *)row;
	found->first[0] = found->row.source_run.run;
	found->key = found->row.source_run.source;
}

static void
fill_spending(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.spending = *(const struct spending *)row;
	found->first[0] = found->row.spending.id;
}

static void
fill_look(const struct memory *memory, const void *row, struct found *found)
{
	(void)memory;
	found->row.look = *(const struct look *)row;
	found->key = found->row.look.key;
	found->more = found->row.look.way;
}

/* Rows of one key, or all of a table from a number on, and how each is handed out. */
struct plain_scan {
	enum memory_table table;
	bool all; /* numbered by first[0] */
	size_t index;
	fill_row *fill;
};

/* clang-format off */
static const struct plain_scan plain_scans[] = {
	[SCAN_CONVERSATION] = { POSTS, false, POSTS_BY_CONVERSATION, fill_conversation },
	[SCAN_VERSIONS]     = { VERSIONS, false, VERSIONS_BY_POST, fill_version },
	[SCAN_ALIASES]      = { ALIASES, false, ALIASES_BY_POST, fill_alias },
	[SCAN_PARENTS]      = { EDGES, false, EDGES_BY_CHILD, fill_parent },
	[SCAN_CHILDREN]     = { EDGES, false, EDGES_BY_PARENT, fill_child },
	[SCAN_STATES]       = { STATES, false, STATES_BY_SUBJECT, fill_state },
	[SCAN_SIGHTINGS]    = { SIGHTINGS, false, SIGHTINGS_BY_POST, fill_sighting },
	[SCAN_HANDLES]      = { ACCOUNTS, false, ACCOUNTS_BY_KEY, fill_handle },
	[SCAN_AGAIN]        = { AGAIN, false, AGAIN_BY_CAPTURE, fill_again },
	[SCAN_RUNS]         = { RUNS, true, 0, fill_run },
	[SCAN_FOREIGN_RUNS]  = { FOREIGN_RUNS, true, 0, fill_foreign_run },
	[SCAN_FOREIGN_PARTS] = { FOREIGN_PARTS, false, PARTS_BY_RUN, fill_foreign_part },
	[SCAN_CAPTURES]     = { CAPTURES, true, 0, fill_capture },
	[SCAN_REJECTS]      = { REJECTS, true, 0, fill_reject },
	[SCAN_SOURCES]      = { SOURCES, true, 0, fill_source },
	[SCAN_COVERAGE]     = { COVERAGE, true, 0, fill_coverage },
	[SCAN_SOURCE_RUNS]  = { SOURCE_RUNS, true, 0, fill_source_run },
	[SCAN_SPENDING]     = { SPENDING, true, 0, fill_spending },
	[SCAN_LOOKS]        = { LOOKS, true, 0, fill_look },
};
/* clang-format on */

static struct found *
add_filled(struct memory_iter *iter, const struct plain_scan *plain, size_t at)
{
	struct found *found = scan_add(iter);

	if (found != NULL)
		plain->fill(iter->memory,
		            table_row(&iter->memory->tables[plain->table], at), found);
	return found;
}

static enum rp_status
scan_from(struct memory_iter *iter, const struct plain_scan *plain, int64_t id,
          struct rp_error *err)
{
	struct table *found = &iter->found;

	for (size_t i = 0; i < iter->memory->tables[plain->table].n; i++) {
		const struct found *row = add_filled(iter, plain, i);

		if (row == NULL)
			return rp_fail_memory(err);
		if (row->first[0] < id)
			found->n--;
	}
	scan_sort(found, scan_cmp);
	return RP_OK;
}

/* All of a table that are called so: `key` of what was filled in.  An empty name: all. */
static enum rp_status
scan_named(struct memory_iter *iter, const struct plain_scan *plain, struct rp_slice name,
           struct rp_error *err)
{
	struct table *found = &iter->found;

	for (size_t i = 0; i < iter->memory->tables[plain->table].n; i++) {
		const struct found *row = add_filled(iter, plain, i);

		if (row == NULL)
			return rp_fail_memory(err);
		if (row->key.n == 0 || (name.n > 0 && !rp_slice_eq(row->key, name)))
			found->n--;
	}
	scan_sort(found, scan_cmp);
	return RP_OK;
}

static enum rp_status
scan_plain(struct memory_iter *iter, const struct plain_scan *plain, struct rp_slice key,
           struct rp_error *err)
{
	struct table *table = &iter->memory->tables[plain->table];
	size_t at;
	enum rp_status st;

	st = key.n == 0 ? RP_NOT_FOUND : table_find(table, plain->index, key, &at, err);
	for (; st == RP_OK; st = table_after(table, plain->index, &at))
		if (!add_filled(iter, plain, at))
			return rp_fail_memory(err);
	if (st == RP_FAILED)
		return st;
	scan_sort(&iter->found, plain->table == VERSIONS ? cmp_found_version : scan_cmp);
	return RP_OK;
}

/* A post's states stand under its own key, whatever it is called by. */
static enum rp_status
scan_states(struct memory_iter *iter, struct rp_slice key, struct rp_error *err)
{
	int64_t post;
	enum rp_status st = memory_post_id(iter->memory, key, &post, err);

	if (st == RP_FAILED)
		return st;
	if (st == RP_OK)
		key = memory_held_post(iter->memory, post)->key;
	return scan_plain(iter, &plain_scans[SCAN_STATES], key, err);
}

/* ---- parts of a run ---------------------------------------------------------- */

/* Captures by id, then those met again, then runs. */
static struct found *
add_part(struct memory_iter *iter, enum run_part_kind kind, int64_t id, int64_t seen)
{
	static const int order[] = {
		[PART_CAPTURE] = 0, [PART_AGAIN] = 1, [PART_RUN] = 2
	};
	struct found *found = scan_add(iter);

	if (found == NULL)
		return NULL;
	found->row.part = (struct run_part){ .kind = kind, .seen = seen };
	found->first[0] = order[kind];
	found->first[1] = id;
	found->first[2] = seen;
	return found;
}

static bool
add_capture_part(struct memory_iter *iter, enum run_part_kind kind, int64_t capture,
                 int64_t seen)
{
	struct found *found = add_part(iter, kind, capture, seen);

	if (found == NULL)
		return false;
	found->row.part.capture = memory_capture(iter->memory, capture)->capture;
	found->row.part.capture.run = found->row.part.capture.inside = 0;
	return true;
}

static bool
add_run_part(struct memory_iter *iter, const struct foreign_run *run)
{
	struct found *found = add_part(iter, PART_RUN, run->run.id, 0);

	if (found == NULL)
		return false;
	memcpy(found->row.part.archive, run->archive, sizeof(run->archive));
	found->row.part.link = run->run.link;
	found->row.part.hash = run->run.hash;
	return true;
}

static enum rp_status
scan_run_parts(struct memory_iter *iter, int64_t run, struct rp_error *err)
{
	const struct memory *memory = iter->memory;
	bool good = true;

	for (size_t i = 0; good && i < memory->tables[CAPTURES].n; i++) {
		const struct capture *c =
			&ROW(memory, CAPTURES, struct capture_row, i)->capture;

		good = c->run != run ||
		       add_capture_part(iter, PART_CAPTURE, c->id, c->at);
	}
	for (size_t i = 0; good && i < memory->tables[AGAIN].n; i++) {
		const struct again_row *again = ROW(memory, AGAIN, struct again_row, i);

		good = again->run != run ||
		       add_capture_part(iter, PART_AGAIN, again->capture, again->at);
	}
	for (size_t i = 0; good && i < memory->tables[FOREIGN_RUNS].n; i++) {
		const struct foreign_run *taken =
			ROW(memory, FOREIGN_RUNS, struct foreign_run, i);

		good = taken->taken_by != run || taken->run.open ||
		       add_run_part(iter, taken);
	}
	if (!good)
		return rp_fail_memory(err);
	scan_sort(&iter->found, scan_cmp);
	return RP_OK;
}

/* ---- the iterator ------------------------------------------------------------ */

static enum rp_status
fill(struct memory_iter *iter, const struct scan *scan, struct rp_error *err)
{
	switch (scan->of) {
	case SCAN_POSTS:
		return scan_posts(iter, scan->filter, err);
	case SCAN_STATES:
		return scan_states(iter, scan->key, err);
	case SCAN_ACCOUNTS:
		return scan_accounts(iter, err);
	case SCAN_HANDLE_USERS:
		return scan_handle_users(iter, scan->key, err);
	case SCAN_CAPTURE_BYTES:
		return scan_bytes(iter, scan->id, err);
	case SCAN_CONVERSATION:
	case SCAN_HANDLES:
		return scan_plain(iter, &plain_scans[scan->of], scan->key, err);
	case SCAN_VERSIONS:
	case SCAN_ALIASES:
	case SCAN_PARENTS:
	case SCAN_CHILDREN:
	case SCAN_SIGHTINGS:
	case SCAN_AGAIN:
	case SCAN_FOREIGN_PARTS:
		break;
	case SCAN_SOURCES:
		return scan_named(iter, &plain_scans[scan->of], RP_SLICE(""), err);
	case SCAN_COVERAGE:
	case SCAN_LOOKS:
		return scan_named(iter, &plain_scans[scan->of], scan->key, err);
	case SCAN_GHOSTS:
		return scan_ghosts(iter, scan->key, err);
	case SCAN_RUN_PARTS:
		return scan_run_parts(iter, scan->id, err);
	case SCAN_FOREIGN_RUNS:
		return scan_from(iter, &plain_scans[scan->of],
		                 scan->id > 0 ? scan->id : 1, err);
	case SCAN_RUNS:
	case SCAN_CAPTURES:
	case SCAN_REJECTS:
	case SCAN_SOURCE_RUNS:
	case SCAN_SPENDING:
		return scan_from(iter, &plain_scans[scan->of], scan->id, err);
	}
	return scan_plain(iter, &plain_scans[scan->of], memory_id_key(&scan->id), err);
}

enum rp_status
memory_scan(struct store *store, const struct scan *scan, struct store_iter **out,
            struct rp_error *err)
{
	struct memory_iter *iter = calloc(1, sizeof(*iter));
	enum rp_status st;

	if (iter == NULL)
		return rp_fail_memory(err);
	iter->memory = memory_of(store);
	iter->found.row_bytes = sizeof(struct found);
	st = fill(iter, scan, err);
	if (st != RP_OK) {
		memory_iter_close(&iter->base);
		return st;
	}
	*out = &iter->base;
	return RP_OK;
}

enum rp_status
memory_next(struct store_iter *base, union scan_row *row_out, struct rp_error *err)
{
	struct memory_iter *iter = (struct memory_iter *)base;

	(void)err;
	if (iter->at == iter->found.n)
		return RP_END;
	*row_out = ((const struct found *)table_row(&iter->found, iter->at++))->row;
	return RP_OK;
}

void
memory_iter_close(struct store_iter *base)
{
	struct memory_iter *iter = (struct memory_iter *)base;

	table_done(&iter->found);
	free(iter);
}
