/*
 * Captures of two archives that are one.
 */
#include "core/ingest/merge-run.h"

#include "core/collect/collector.h"

enum { READING_MAX = 1 << 20 }; /* name and options of a capture */

static void
add_number(struct rp_buf *out, uint64_t number)
{
	buf_add(out, rp_slice_from((const char *)&number, sizeof(number)));
}

static void
add_text(struct rp_buf *out, struct rp_slice text)
{
	add_number(out, text.n);
	buf_add(out, text);
}

static void
add_bytes_of(struct rp_buf *out, const struct capture *capture)
{
	buf_add(out, rp_slice_from((const char *)capture->sha256.bytes, SHA256_BYTES));
	add_number(out, capture->bytes);
	add_number(out, capture->complete ? 1 : 0);
}

/* Bytes, and what they are read as. */
static void
add_reading(struct rp_buf *out, const struct capture *capture)
{
	const struct collector_ops *ops = collector_find(capture->format);

	add_bytes_of(out, capture);
	add_text(out, capture->format);
	add_text(out, capture->options);
	add_text(out, ops != NULL && ops->events ? capture->name : RP_SLICE(""));
}

/*
 * Everything that what is read out of a capture depends on, as bytes in the arena: two
 * captures with the same are one.  A compressed file and what is inside of it are a pair,
 * and are found as one.  container, inner: of the pair, or NULL.
 */
static enum rp_status
how_it_reads(struct arena *arena, const struct capture *capture,
             const struct capture *container, const struct capture *inner,
             struct rp_slice *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf how;

	buf_init(&how, READING_MAX);
	add_reading(&how, capture);
	buf_add_byte(&how, container != NULL ? 'c' : inner != NULL ? 'i' : 0);
	if (container != NULL)
		add_bytes_of(&how, container);
	else if (inner != NULL)
		add_reading(&how, inner);
	if (buf_failed(&how) || !arena_copy(arena, buf_slice(&how), out))
		return rp_fail_memory(err);
	return RP_OK;
}

size_t *
merging_list_inner(struct arena *arena, const struct captures *all)
{
	size_t *inner = arena_array(arena, all->n, sizeof(*inner));

	if (inner == NULL)
		return NULL;
	for (size_t i = 0; i < all->n; i++)
		inner[i] = all->n;
	for (size_t i = 0; i < all->n; i++) {
		const size_t at = captures_find(all, all->list[i].inside);

		if (at < all->n && inner[at] == all->n)
			inner[at] = i;
	}
	return inner;
}

/* The other of the pair, if it is one, and whole: see drop_damaged_inner(). */
static const struct capture *
pair_container(const struct captures *all, const size_t *inner, size_t index)
{
	const size_t at = captures_find(all, all->list[index].inside);

	return at < all->n && inner[at] == index ? &all->list[at] : NULL;
}

const struct capture *
merging_pair_inner(const struct captures *all, const size_t *inner, size_t index)
{
	return inner[index] < all->n ? &all->list[inner[index]] : NULL;
}

/* A run that is not closed goes on, for all we know: one that was killed looks the same.
 */
static enum rp_status
run_goes_on(struct store *store, int64_t run, bool *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_RUNS, .id = run };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	if (st == RP_OK)
		st = store_next(it, &row, err);
	*out = st != RP_OK || row.run.id != run || row.run.open;
	return st == RP_END ? RP_OK : st;
}

/* What is inside of a complete file and damaged is never complete; it grows no more. */
static enum rp_status
may_grow(const struct merging *m, const struct capture *our, bool *out,
         struct rp_error *err)
{
	const size_t container = captures_find(&m->ours, our->inside);

	*out = false;
	if (our->complete || our->run == m->ingest->run ||
	    (container < m->ours.n && m->ours.list[container].complete))
		return RP_OK;
	return run_goes_on(m->ingest->store, our->run, out, err);
}

/* Captures and runs of one moment: a run that is closed now may not have been before. */
static enum rp_status
list_at_once(struct merging *m, struct rp_error *err)
{
	struct store *store = m->ingest->store;
	enum rp_status st = store_begin_read(store, err);

	if (st != RP_OK)
		return st;
	st = captures_list(store, m->arena, &m->ours, err);
	m->n_alike = m->ours.n;
	m->grows = arena_array(m->arena, m->n_alike, sizeof(*m->grows));
	if (st == RP_OK && m->grows == NULL)
		st = rp_fail_memory(err);
	for (size_t i = 0; i < m->n_alike && st == RP_OK; i++)
		st = may_grow(m, &m->ours.list[i], &m->grows[i], err);
	store_rollback(store);
	return st;
}

static enum rp_status
hold(struct merging *m, const size_t *inner, size_t index, struct rp_error *err)
{
	struct rp_slice how;
	uint32_t *first;
	enum rp_status st = how_it_reads(
		m->arena, &m->ours.list[index], pair_container(&m->ours, inner, index),
		merging_pair_inner(&m->ours, inner, index), &how, err);

	if (st != RP_OK)
		return st;
	first = map_put(m->held, how, (uint32_t)index, NULL);
	if (first == NULL)
		return rp_fail_memory(err);
	if (*first != index) {
		m->alike[index] = m->alike[*first];
		m->alike[*first] = index;
	}
	return RP_OK;
}

enum rp_status
merging_list_ours(struct merging *m, struct rp_error *err)
{
	const size_t *inner;
	enum rp_status st = list_at_once(m, err);

	if (st != RP_OK)
		return st;
	inner = merging_list_inner(m->arena, &m->ours);
	m->alike = arena_array(m->arena, m->n_alike, sizeof(*m->alike));
	if (inner == NULL || m->alike == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < m->n_alike && st == RP_OK; i++) {
		m->alike[i] = m->n_alike;
		if (!m->grows[i])
			st = hold(m, inner, i, err);
	}
	return st;
}

bool
merging_is_itself(const struct merging *m, const struct capture *their)
{
	const size_t at = captures_find(&m->ours, their->id);
	const struct capture *our;

	if (!m->copies || at >= m->n_alike || !m->grows[at])
		return false;
	our = &m->ours.list[at];
	return our->run == their->run && our->at == their->at &&
	       our->bytes == their->bytes && our->complete == their->complete &&
	       sha256_eq(&our->sha256, &their->sha256);
}

const struct capture *
merging_container(const struct merging *m, size_t index)
{
	const struct capture *container = pair_container(&m->theirs, m->inner, index);

	return container != NULL && m->taken[container - m->theirs.list] != 0 ? container
	                                                                      : NULL;
}

enum rp_status
merging_find_same(struct merging *m, size_t index, struct rp_slice *how_out,
                  const struct capture **out, struct rp_error *err)
{
	const uint32_t *at;
	enum rp_status st = how_it_reads(
		m->arena, &m->theirs.list[index], merging_container(m, index),
		merging_pair_inner(&m->theirs, m->inner, index), how_out, err);

	if (st != RP_OK)
		return st;
	at = map_get(m->held, *how_out);
	*out = at != NULL ? &m->ours.list[*at] : NULL;
	return RP_OK;
}

enum rp_status
merging_remember(struct merging *m, const struct capture *capture, struct rp_slice how,
                 struct rp_error *err)
{
	enum rp_status st = captures_add(&m->ours, m->arena, capture, err);

	if (st == RP_OK && map_put(m->held, how, (uint32_t)(m->ours.n - 1), NULL) == NULL)
		return rp_fail_memory(err);
	return st;
}
