#include "storage/sqlite/seal.h"

#include <stdlib.h>

enum {
	BLOCK_RECORDS = 128, /* of these one comes out in a fraction of a millisecond */
	LEVEL = 9,
	TIGHT_LEVEL = 19,

	TRAIN_MIN_RECORDS = 1500, /* of a kind in one window, to have dictionaries made */
	DICTIONARY_BYTES = 112 << 10,

	ID_MAX_BYTES = 64, /* of a post, with its quotes; a longer one groups nothing */
};

/* ---- the order ---- */

static struct rp_slice
id_of(const struct json_doc *doc, uint32_t object)
{
	uint32_t id = json_get(doc, object, RP_SLICE("id_str"));

	if (id == JSON_NONE)
		id = json_get(doc, object, RP_SLICE("id"));
	return id == JSON_NONE ? RP_SLICE("") : json_span(doc, id);
}

/* Whose it is, as it is written, or nothing. */
static struct rp_slice
author_of(const struct json_doc *doc)
{
	uint32_t author = json_get(doc, JSON_ROOT, RP_SLICE("author_id"));

	if (author != JSON_NONE)
		return json_span(doc, author);
	author = json_get(doc, JSON_ROOT, RP_SLICE("user"));
	return author == JSON_NONE ? RP_SLICE("") : id_of(doc, author);
}

/* The first record with this id, which may be this one.  False: out of memory. */
static bool
group_by(struct sealing *w, struct map *groups, struct rp_slice id, uint32_t *out)
{
	const uint32_t *group;

	*out = (uint32_t)w->n;
	if (id.n == 0 || id.n > ID_MAX_BYTES)
		return true;
	group = map_get(groups, id);
	if (group == NULL) {
		if (!arena_copy(w->group_ids, id, &id))
			return false;
		group = map_put(groups, id, *out, NULL);
	}
	if (group == NULL)
		return false;
	*out = *group;
	return true;
}

enum rp_status
sealing_group(struct sealing *w, struct rp_error *err)
{
	const struct rp_slice bytes = buf_slice(&w->one);
	struct sealing_record *record = &w->records[w->n];
	struct rp_slice id = RP_SLICE(""), author = RP_SLICE("");

	if (bytes.n > 0 && bytes.p[0] == '{' &&
	    json_parse(&w->doc, bytes, NULL) == RP_OK) {
		id = id_of(&w->doc, JSON_ROOT);
		author = author_of(&w->doc);
	}
	return group_by(w, w->groups, id, &record->group) &&
	                       group_by(w, w->authors, author, &record->author)
	               ? RP_OK
	               : rp_fail_memory(err);
}

/*
 * Kind by kind, what is of one author together, for an author is told once a block; and
 * all that was seen of one post: a poll that finds its counters moved then costs the
 * counters.  Otherwise in the order of arrival.
 */
struct position {
	enum record_kind kind;
	uint32_t author, group, index;
};

static int
compare_positions(const void *a, const void *b)
{
	const struct position *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static enum rp_status
put_in_order(struct sealing *w, struct rp_error *err)
{
	struct position *positions = calloc(w->n, sizeof(*positions));

	if (positions == NULL)
		return rp_fail_memory(err);
	for (uint32_t i = 0; i < w->n; i++)
		positions[i] = (struct position){ .kind = w->records[i].kind,
			                          .author = w->records[i].author,
			                          .group = w->records[i].group,
			                          .index = i };
	qsort(positions, w->n, sizeof(*positions), compare_positions);
	for (size_t i = 0; i < w->n; i++)
		w->order[i] = positions[i].index;
	free(positions);
	return RP_OK;
}

/* Every step-th of the records from..to of w->order, as far as they have room in w->some:
 * one after the other in `out`, *n_out of them. */
static enum rp_status
read_some(struct sealing *w, size_t from, size_t to, size_t step, struct rp_slice *out,
          size_t *n_out, struct rp_error *err)
{
	size_t n = 0;
	enum rp_status st = RP_OK;

	buf_clear(&w->some);
	for (size_t i = from; st == RP_OK && i < to; i += step) {
		const struct sealing_record *record = &w->records[w->order[i]];

		if (record->n > w->some.ceiling - w->some.n)
			break;
		out[n++].n = record->n;
		st = spool_read(&w->bytes, record->at, record->n, &w->some, err);
	}
	for (size_t i = 0, at = 0; i < n; at += out[i++].n)
		out[i].p = w->some.n > 0 ? w->some.p + at : "";
	*n_out = n;
	return st;
}

/* ---- blocks ---- */

/* The block that begins at `first` in w->order: of one kind, and of a size that can be
 * handled. */
static struct sealing_block
block_at(const struct sealing *w, size_t first)
{
	const size_t most = w->tight ? BLOCK_MAX_RECORDS : BLOCK_RECORDS;
	struct sealing_block block = { .first = first,
		                       .kind = w->records[w->order[first]].kind };

	while (first + block.n < w->n && block.n < most) {
		const struct sealing_record *record =
			&w->records[w->order[first + block.n]];

		if (record->kind != block.kind ||
		    (block.n > 0 && block.bytes + record->n > SEALING_SOME_BYTES))
			break;
		block.bytes += record->n;
		block.n++;
	}
	return block;
}

static void
plan_blocks(struct sealing *w)
{
	for (size_t at = 0; at < w->n; at += w->blocks[w->n_blocks++].n) {
		w->blocks[w->n_blocks] = block_at(w, at);
		for (size_t i = 0; i < w->blocks[w->n_blocks].n; i++) {
			struct sealing_record *record = &w->records[w->order[at + i]];

			record->block = (uint32_t)w->n_blocks;
			record->place = (uint32_t)i;
		}
	}
}

static enum rp_status
encode(struct sealing *w, struct sealing_block *block, unsigned attempt,
       const struct block_dicts *dicts, struct rp_error *err)
{
	struct rp_slice *records = calloc(block->n, sizeof(*records));
	struct sha256 *hashes = calloc(block->n, sizeof(*hashes));
	const struct block_input input = { .kind = block->kind,
		                           .records = records,
		                           .n = block->n,
		                           .hashes = hashes,
		                           .dicts = dicts,
		                           .level = w->tight ? TIGHT_LEVEL : LEVEL };
	struct block_stats stats;
	size_t n;
	enum rp_status st;

	if (records == NULL || hashes == NULL) {
		free(records);
		free(hashes);
		return rp_fail_memory(err);
	}
	for (size_t i = 0; i < block->n; i++)
		hashes[i] = w->records[w->order[block->first + i]].hash;
	block->at[attempt] = w->data[attempt].n;
	st = read_some(w, block->first, block->first + block->n, 1, records, &n, err);
	if (st == RP_OK)
		st = block_encode(w->codec, &input, &w->data[attempt], &stats, err);
	block->end[attempt] = w->data[attempt].n;
	free(records);
	free(hashes);
	return st;
}

/* All blocks from..to, and how many bytes they take. */
static enum rp_status
encode_blocks(struct sealing *w, size_t from, size_t to, unsigned attempt,
              const struct block_dicts *dicts, size_t *size_out, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	*size_out = 0;
	for (size_t i = from; st == RP_OK && i < to; i++) {
		st = encode(w, &w->blocks[i], attempt, dicts, err);
		*size_out += w->blocks[i].end[attempt] - w->blocks[i].at[attempt];
	}
	return st;
}

/* ---- dictionaries ---- */

static enum rp_status
find_one(struct sqlite_store *s, int64_t what_for, int64_t *id_out,
         const struct pack_dict **out, uint64_t *hash_out, struct rp_error *err)
{
	const struct digested *digested;
	enum rp_status st = dictionary_latest(s, what_for, id_out, err);

	if (st != RP_OK || *id_out == 0)
		return st;
	st = dictionary_find(s, *id_out, true, &digested, err);
	if (st == RP_OK) {
		*out = digested->dict;
		*hash_out = digested->hash;
	}
	return st;
}

/* Those of the archive, if there are any. */
static enum rp_status
find_pair(struct sealing *w, enum record_kind kind, struct block_dicts *out,
          struct rp_error *err)
{
	struct sealing_pair *pair = &w->pairs[kind];
	enum rp_status st;

	*out = (struct block_dicts){ 0 };
	if (w->tight) /* a block of thousands learns all of it by itself */
		return RP_OK;
	st = find_one(w->s, (int64_t)kind + DICTIONARY_OF_NUMBERS, &pair->numbers_id,
	              &out->numbers, &out->numbers_hash, err);
	if (st == RP_OK)
		st = find_one(w->s, (int64_t)kind + DICTIONARY_OF_TEXTS, &pair->texts_id,
		              &out->texts, &out->texts_hash, err);
	return st;
}

/* Every n-th record, if all are more than are needed.  RP_NOT_FOUND: too little of this
 * kind. */
static enum rp_status
train(struct sealing *w, size_t from, size_t to, struct rp_error *err)
{
	const size_t first = w->blocks[from].first;
	size_t n = w->blocks[to - 1].first + w->blocks[to - 1].n - first;
	struct sealing_pair *pair = &w->pairs[w->blocks[from].kind];
	struct rp_slice *records;
	size_t bytes = 0, step;
	enum rp_status st;

	if (w->tight || n < TRAIN_MIN_RECORDS)
		return RP_NOT_FOUND;
	for (size_t i = from; i < to; i++)
		bytes += w->blocks[i].bytes;
	step = bytes / SEALING_SOME_BYTES + 1;
	records = calloc(n, sizeof(*records));
	if (records == NULL)
		return rp_fail_memory(err);
	st = read_some(w, first, first + n, step, records, &n, err);
	if (st == RP_OK)
		st = block_train(w->codec, w->blocks[from].kind, records, n,
		                 DICTIONARY_BYTES, &pair->numbers, &pair->texts, err);
	free(records);
	return st;
}

static void
drop_pair(struct sealing_pair *pair)
{
	buf_clear(&pair->numbers);
	buf_clear(&pair->texts);
}

static size_t
packed_size(struct sqlite_store *s, const struct rp_buf *bytes)
{
	CLEANUP(buf_done) struct rp_buf packed;
	enum packing packing;
	struct rp_slice kept = buf_slice(bytes);

	buf_init(&packed, SIZE_MAX / 2);
	(void)!records_pack_plain(s, RECORDS_LEVEL, buf_slice(bytes), &packed, &packing,
	                          &kept, NULL);
	return kept.n;
}

/* Once more, with dictionaries made of these very records. */
static enum rp_status
encode_with_new(struct sealing *w, size_t from, size_t to, size_t *size_out,
                struct rp_error *err)
{
	struct sealing_pair *pair = &w->pairs[w->blocks[from].kind];
	CLEANUP(pack_dict_free) struct pack_dict *numbers = NULL;
	CLEANUP(pack_dict_free) struct pack_dict *texts = NULL;
	struct block_dicts dicts = {
		.numbers_hash = hash_stable(buf_slice(&pair->numbers)),
		.texts_hash = hash_stable(buf_slice(&pair->texts)),
	};

	numbers = pack_dict_new(buf_slice(&pair->numbers), LEVEL);
	texts = pack_dict_new(buf_slice(&pair->texts), LEVEL);
	if (numbers == NULL || texts == NULL)
		return rp_fail_memory(err);
	dicts.numbers = numbers;
	dicts.texts = texts;
	return encode_blocks(w, from, to, 1, &dicts, size_out, err);
}

/* Kept when they are worth their own room by the time another window is full. */
static enum rp_status
try_new_pair(struct sealing *w, size_t from, size_t to, size_t plain,
             struct rp_error *err)
{
	struct sealing_pair *pair = &w->pairs[w->blocks[from].kind];
	size_t with;
	enum rp_status st = train(w, from, to, err);

	if (st == RP_OK)
		st = encode_with_new(w, from, to, &with, err);
	if (st != RP_OK)
		return st == RP_NOT_FOUND ? RP_OK : st;
	if (2 * with + packed_size(w->s, &pair->numbers) +
	            packed_size(w->s, &pair->texts) >=
	    2 * plain) {
		drop_pair(pair);
		return RP_OK;
	}
	for (size_t i = from; i < to; i++)
		w->blocks[i].attempt = 1;
	return RP_OK;
}

/* ---- all of it ---- */

/*
 * Those of the archive were made of what came in first, and posts change: when blocks are
 * a tenth larger, for what is in them, than the first were that they packed, they have
 * aged.
 */
static enum rp_status
have_aged(struct sealing *w, size_t from, size_t to, size_t size, bool *out,
          struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	size_t bytes = 0;
	enum rp_status st = sql_open(w->s, SQL_BLOCK_FIRST, &get, err);

	if (st != RP_OK)
		return st;
	for (size_t i = from; i < to; i++)
		bytes += w->blocks[i].bytes;
	sql_bind_int(&get, 1, w->pairs[w->blocks[from].kind].texts_id);
	st = sql_step(&get, err);
	if (st == RP_OK)
		*out = (double)size * (double)sql_int(&get, 0) >
		       1.1 * (double)bytes * (double)sql_int(&get, 1);
	return st;
}

static enum rp_status
pack_kind(struct sealing *w, size_t from, size_t to, struct rp_error *err)
{
	struct block_dicts dicts;
	bool aged = true;
	size_t size;
	enum rp_status st = find_pair(w, w->blocks[from].kind, &dicts, err);

	if (st == RP_OK)
		st = encode_blocks(w, from, to, 0, &dicts, &size, err);
	if (st == RP_OK && (dicts.numbers != NULL || dicts.texts != NULL))
		st = have_aged(w, from, to, size, &aged, err);
	return st == RP_OK && aged ? try_new_pair(w, from, to, size, err) : st;
}

enum rp_status
sealing_pack(struct sealing *w, struct rp_error *err)
{
	enum rp_status st = put_in_order(w, err);
	size_t to;

	if (st != RP_OK)
		return st;
	plan_blocks(w);
	for (size_t from = 0; st == RP_OK && from < w->n_blocks; from = to) {
		for (to = from; to < w->n_blocks; to++)
			if (w->blocks[to].kind != w->blocks[from].kind)
				break;
		st = pack_kind(w, from, to, err);
	}
	return st;
}
