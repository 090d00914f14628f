/*
 * Sealed records, read: which window, which block, which place in it.  schema.c tells
 * what the columns hold, storage/block what is in a block.
 */
#include "core/base/spool.h"
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"

#include <stdlib.h>
#include <string.h>

enum {
	WINDOW_MAX_RECORDS = 1 << 20, /* far more than seal.c puts in one */
	OPEN_BLOCKS = 4,
	OPEN_BYTES = 16 << 20, /* of the records in them, but for a single one */
	WHOLE_MEMORY_BYTES = 2 << 20,
};

/* Where a record of the window is. */
struct place {
	uint32_t block, at;
};

struct open_block {
	int64_t id;         /* 0: free */
	uint64_t bytes;     /* of its records */
	struct rp_buf data; /* what the block was opened from */
	struct block *block;
	uint64_t used; /* when last, in reads */
};

static const uint32_t NO_SPAN = UINT32_MAX;

/* A record in sealed.whole; n NO_SPAN: it could not be read. */
struct span {
	uint64_t at;
	uint32_t n;
	enum record_kind kind;
};

/*
 * Records of one author are together, but captures ask for them as they came: a block
 * would be opened for nearly each.  Who has opened half as many as there are reads on;
 * then the window is unpacked, block by block, and put aside.
 */
struct sealed {
	struct sealed_window window; /* n 0: none is known */
	struct place *places;        /* of its records, in the order of their ids */
	uint64_t opened;             /* blocks, for its records */
	struct span *spans;          /* of its records in whole; NULL: not unpacked */
	struct spool whole;
	bool not_whole; /* that failed; once is enough */
	struct block_codec *codec;
	struct open_block blocks[OPEN_BLOCKS];
	uint64_t reads;
};

static void
close_block(struct open_block *place)
{
	place->block = block_close(place->block);
	place->bytes = 0;
	place->id = 0;
	place->used = 0;
}

/* Of the window that is left. */
static void
forget_whole(struct sealed *sealed)
{
	free(sealed->spans);
	sealed->spans = NULL;
	spool_done(&sealed->whole);
	sealed->opened = 0;
	sealed->not_whole = false;
}

void
sealed_forget(struct sqlite_store *s)
{
	if (s->sealed == NULL)
		return;
	s->sealed->window.n = 0;
	forget_whole(s->sealed);
	for (size_t i = 0; i < OPEN_BLOCKS; i++)
		close_block(&s->sealed->blocks[i]);
}

void
sealed_free(struct sqlite_store *s)
{
	if (s->sealed == NULL)
		return;
	sealed_forget(s);
	for (size_t i = 0; i < OPEN_BLOCKS; i++)
		buf_done(&s->sealed->blocks[i].data);
	block_codec_free(s->sealed->codec);
	free(s->sealed->places);
	free(s->sealed);
	s->sealed = NULL;
}

static enum rp_status
need_sealed(struct sqlite_store *s, struct rp_error *err)
{
	if (s->sealed != NULL)
		return RP_OK;
	s->sealed = calloc(1, sizeof(*s->sealed));
	if (s->sealed == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < OPEN_BLOCKS; i++)
		buf_init(&s->sealed->blocks[i].data, VALUE_MAX_BYTES);
	s->sealed->codec = block_codec_new();
	if (s->sealed->codec != NULL)
		return RP_OK;
	sealed_free(s);
	return rp_fail_memory(err);
}

/* ---- windows ---- */

struct sealed_window
sealed_row(const struct sql *row)
{
	return (struct sealed_window){ .first = sql_int(row, 0),
		                       .n = sql_int(row, 1),
		                       .block = sql_int(row, 2),
		                       .blocks = sql_int(row, 3),
		                       .tight = sql_int(row, 4) != 0 };
}

static bool
holds(const struct sealed_window *window, int64_t record)
{
	return record >= window->first && record - window->first < window->n;
}

enum rp_status
sealed_check(const struct sealed_window *w, struct rp_error *err)
{
	if (w->first < 1 || w->n < 1 || w->n > WINDOW_MAX_RECORDS ||
	    w->first > INT64_MAX - w->n || w->block < 1 || w->blocks < 1 ||
	    w->blocks > w->n || w->block > INT64_MAX - w->blocks)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: sealed records from %lld on: "
		               "impossible numbers",
		               (long long)w->first);
	return RP_OK;
}

/* A statement on its row, or RP_NOT_FOUND. */
static enum rp_status
step_to_window(struct sql *get, struct sealed_window *out, struct rp_error *err)
{
	enum rp_status st = sql_step(get, err);

	if (st != RP_OK)
		return st == RP_END ? RP_NOT_FOUND : st;
	*out = sealed_row(get);
	return sealed_check(out, err);
}

enum rp_status
sealed_last(struct sqlite_store *s, struct sealed_window *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, SQL_SEALED_LAST, &get, err);

	return st == RP_OK ? step_to_window(&get, out, err) : st;
}

/* The row of the window a record is in, for `get` to read on; RP_NOT_FOUND as above. */
static enum rp_status
open_window(struct sqlite_store *s, int64_t record, struct sql *get,
            struct sealed_window *out, struct rp_error *err)
{
	enum rp_status st;

	if (s->version < 2)
		return RP_NOT_FOUND;
	st = sql_open(s, SQL_SEALED_GET, get, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(get, 1, record);
	st = step_to_window(get, out, err);
	return st == RP_OK && !holds(out, record) ? RP_NOT_FOUND : st;
}

enum rp_status
sealed_find(struct sqlite_store *s, int64_t record, struct sealed_window *out,
            struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct sealed_window window;
	enum rp_status st = open_window(s, record, &get, &window, err);

	if (st == RP_OK)
		*out = window;
	return st;
}

/* ---- maps ---- */

static enum rp_status
damaged_map(const struct sealed_window *window, struct rp_error *err)
{
	return rp_fail(err, RP_CORRUPT,
	               "the map of sealed records from %lld on is damaged",
	               (long long)window->first);
}

static bool
read_places(struct rp_slice map, const struct sealed_window *window, struct place *places,
            uint32_t *next)
{
	size_t at = 0;
	int64_t block = 0;

	for (int64_t i = 0; i < window->n; i++) {
		uint64_t step, skip;
		int64_t place;

		if (!varint_take(map, &at, &step) || !varint_take(map, &at, &skip) ||
		    step > UINT32_MAX || skip > UINT32_MAX)
			return false;
		block += unzigzag(step);
		if (block < 0 || block >= window->blocks)
			return false;
		place = (int64_t)next[block] + unzigzag(skip);
		if (place < 0 || place >= BLOCK_MAX_RECORDS)
			return false;
		places[i] = (struct place){ (uint32_t)block, (uint32_t)place };
		next[block] = (uint32_t)place + 1;
	}
	return at == map.n;
}

static enum rp_status
unpack_places(struct sqlite_store *s, const struct sql *row,
              const struct sealed_window *window, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf map;
	struct sealed *sealed = s->sealed;
	uint32_t *next = calloc((size_t)window->blocks, sizeof(*next));
	bool good;
	enum rp_status st;

	buf_init(&map, (size_t)window->n * 2 * VARINT_MAX_BYTES);
	free(sealed->places);
	sealed->places = calloc((size_t)window->n, sizeof(*sealed->places));
	if (next == NULL || sealed->places == NULL) {
		free(next);
		return rp_fail_memory(err);
	}
	st = records_unpack_plain(s, sql_int(row, 6), sql_slice(row, 7), sql_int(row, 5),
	                          &map, err);
	good = st == RP_OK && read_places(buf_slice(&map), window, sealed->places, next);
	free(next);
	if (st == RP_OK && !good)
		return damaged_map(window, err);
	return st == RP_CORRUPT ? damaged_map(window, err) : st;
}

enum rp_status
sealed_enter(struct sqlite_store *s, int64_t record, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct sealed_window window;
	enum rp_status st = need_sealed(s, err);

	if (st != RP_OK || holds(&s->sealed->window, record))
		return st;
	st = open_window(s, record, &get, &window, err);
	if (st == RP_NOT_FOUND)
		return st;
	s->sealed->window.n = 0;
	forget_whole(s->sealed);
	if (st == RP_OK)
		st = unpack_places(s, &get, &window, err);
	if (st == RP_OK)
		s->sealed->window = window;
	return st;
}

int64_t
sealed_block_of(const struct sqlite_store *s, int64_t record)
{
	const struct sealed *sealed = s->sealed;

	return sealed->window.block + sealed->places[record - sealed->window.first].block;
}

/* ---- blocks ---- */

static enum rp_status
find_dictionary(struct sqlite_store *s, int64_t id, int64_t kind,
                const struct pack_dict **out, uint64_t *hash_out, struct rp_error *err)
{
	const struct digested *digested;
	enum rp_status st;

	if (id == 0)
		return RP_OK;
	st = dictionary_find(s, id, false, &digested, err);
	if (st == RP_OK && digested->kind != kind)
		return rp_fail(err, RP_CORRUPT, "its dictionary is of another kind");
	if (st == RP_OK) {
		*out = digested->dict;
		*hash_out = digested->hash;
	}
	return st;
}

/* An open block of thousands takes as much memory as its records: one more closes the
 * others, if they are too much together. */
static void
make_room(struct sealed *sealed, const struct open_block *place, uint64_t bytes)
{
	uint64_t open = bytes;

	for (size_t i = 0; i < OPEN_BLOCKS; i++)
		open += sealed->blocks[i].bytes;
	for (size_t i = 0; i < OPEN_BLOCKS && open > OPEN_BYTES; i++) {
		struct open_block *other = &sealed->blocks[i];

		if (other == place)
			continue;
		open -= other->bytes;
		close_block(other);
	}
}

/* Out of a row of SQL_BLOCK_GET. */
static enum rp_status
open_row(struct sqlite_store *s, const struct sql *row, struct open_block *place,
         struct rp_error *err)
{
	struct block_dicts dicts = { 0 };
	struct block_needs needs;
	int64_t kind = sql_int(row, 1);
	enum rp_status st;

	buf_clear(&place->data);
	buf_add(&place->data, sql_slice(row, 6));
	if (buf_failed(&place->data))
		return rp_fail_memory(err);
	if ((st = block_needs(buf_slice(&place->data), &needs, err)) != RP_OK)
		return st;
	if (needs.kind != kind)
		return rp_fail(err, RP_CORRUPT, "it is not what its row says");
	if ((st = find_dictionary(s, sql_int(row, 4), kind + DICTIONARY_OF_NUMBERS,
	                          &dicts.numbers, &dicts.numbers_hash, err)) != RP_OK ||
	    (st = find_dictionary(s, sql_int(row, 5), kind + DICTIONARY_OF_TEXTS,
	                          &dicts.texts, &dicts.texts_hash, err)) != RP_OK)
		return st;
	if (needs.n != sql_int(row, 2) || (int64_t)needs.bytes != sql_int(row, 3) ||
	    needs.numbers != (dicts.numbers != NULL) ||
	    needs.texts != (dicts.texts != NULL))
		return rp_fail(err, RP_CORRUPT, "it is not what its row says");
	make_room(s->sealed, place, needs.bytes);
	st = block_open(s->sealed->codec, buf_slice(&place->data), &dicts, &place->block,
	                err);
	if (st == RP_OK)
		place->bytes = needs.bytes;
	return st;
}

static enum rp_status
open_block(struct sqlite_store *s, int64_t id, struct open_block *place,
           struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct rp_error inner = { 0 };
	enum rp_status st = sql_open(s, SQL_BLOCK_GET, &get, err);

	if (st != RP_OK)
		return st;
	close_block(place);
	sql_bind_int(&get, 1, id);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_NOT_FOUND, "block %lld is missing", (long long)id);
	if (st != RP_OK)
		return st;
	st = open_row(s, &get, place, &inner);
	if (st != RP_OK)
		return rp_fail(err, st == RP_FAILED ? st : RP_CORRUPT, "block %lld: %s",
		               (long long)id, inner.text);
	place->id = id;
	return RP_OK;
}

static enum rp_status
find_block(struct sqlite_store *s, int64_t id, struct block **out, struct rp_error *err)
{
	struct sealed *sealed = s->sealed;
	struct open_block *place = &sealed->blocks[0];
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < OPEN_BLOCKS; i++) {
		if (sealed->blocks[i].id == id) {
			place = &sealed->blocks[i];
			break;
		}
		if (sealed->blocks[i].used < place->used)
			place = &sealed->blocks[i];
	}
	if (place->id != id) {
		sealed->opened++;
		st = open_block(s, id, place, err);
	}
	if (st != RP_OK)
		return st;
	place->used = ++sealed->reads;
	*out = place->block;
	return RP_OK;
}

/* RP_END, without words: its block is gone. */
static enum rp_status
read_from_block(struct sqlite_store *s, size_t i, struct rp_buf *out,
                enum record_kind *kind_out, struct rp_error *err)
{
	const struct place *place = &s->sealed->places[i];
	struct block *block;
	enum rp_status st =
		find_block(s, s->sealed->window.block + place->block, &block, err);

	if (st == RP_NOT_FOUND)
		return RP_END;
	if (st == RP_OK && place->at >= block_count(block))
		return damaged_map(&s->sealed->window, err);
	if (st == RP_OK)
		*kind_out = block_kind(block);
	return st == RP_OK ? block_get(block, place->at, out, err) : st;
}

/* ---- whole windows ---- */

/* The records of the window by blocks; NULL: out of memory. */
static uint32_t *
by_blocks(const struct sealed *sealed)
{
	const size_t n = (size_t)sealed->window.n;
	uint32_t *order = calloc(n, sizeof(*order));
	uint32_t *next = calloc((size_t)sealed->window.blocks + 1, sizeof(*next));

	if (order == NULL || next == NULL) {
		free(order);
		order = NULL;
	}
	for (size_t i = 0; order != NULL && i < n; i++)
		next[sealed->places[i].block + 1]++;
	for (int64_t b = 0; order != NULL && b < sealed->window.blocks; b++)
		next[b + 1] += next[b];
	for (uint32_t i = 0; order != NULL && i < n; i++)
		order[next[sealed->places[i].block]++] = i;
	free(next);
	return order;
}

/* What cannot be read is left out: who asks for it is told why. */
static enum rp_status
put_aside(struct sqlite_store *s, size_t i, struct rp_buf *bytes, struct rp_error *err)
{
	struct sealed *sealed = s->sealed;
	struct span *span = &sealed->spans[i];
	enum rp_status st;

	buf_clear(bytes);
	*span = (struct span){ .at = sealed->whole.n, .n = NO_SPAN };
	st = read_from_block(s, i, bytes, &span->kind, err);
	if (st == RP_FAILED)
		return st;
	if (st != RP_OK)
		return RP_OK;
	st = spool_add(&sealed->whole, buf_slice(bytes), err);
	if (st == RP_OK)
		span->n = (uint32_t)bytes->n;
	return st;
}

static enum rp_status
put_all_aside(struct sqlite_store *s, const uint32_t *order)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	enum rp_status st = RP_OK;

	buf_init(&bytes, RECORD_MAX_BYTES);
	for (int64_t i = 0; st == RP_OK && i < s->sealed->window.n; i++)
		st = put_aside(s, order[i], &bytes, NULL);
	return st;
}

static void
unpack_whole(struct sqlite_store *s)
{
	struct sealed *sealed = s->sealed;
	uint32_t *order = by_blocks(sealed);

	spool_init(&sealed->whole, WHOLE_MEMORY_BYTES);
	sealed->spans = calloc((size_t)sealed->window.n, sizeof(*sealed->spans));
	if (order == NULL || sealed->spans == NULL || put_all_aside(s, order) != RP_OK) {
		forget_whole(sealed);
		sealed->not_whole = true;
	}
	free(order);
}

static bool
reads_on(const struct sealed *sealed)
{
	return !sealed->not_whole && sealed->spans == NULL &&
	       sealed->opened > OPEN_BLOCKS + (uint64_t)sealed->window.blocks / 2;
}

static enum rp_status
read_record(struct sqlite_store *s, int64_t record, struct rp_buf *out,
            enum record_kind *kind_out, struct rp_error *err)
{
	const struct sealed *sealed;
	enum record_kind kind;
	size_t i;
	enum rp_status st = sealed_enter(s, record, err);

	if (st != RP_OK)
		return st;
	sealed = s->sealed;
	i = (size_t)(record - sealed->window.first);
	if (reads_on(sealed))
		unpack_whole(s);
	if (sealed->spans != NULL && sealed->spans[i].n != NO_SPAN) {
		kind = sealed->spans[i].kind;
		st = spool_read(&sealed->whole, sealed->spans[i].at, sealed->spans[i].n,
		                out, err);
	} else {
		st = read_from_block(s, i, out, &kind, err);
	}
	if (st == RP_OK && kind_out != NULL)
		*kind_out = kind;
	return st;
}

/* Outside of a transaction another program may pack the window anew under our hands: its
 * old blocks are gone then, and there is a new map. */
enum rp_status
sealed_read(struct sqlite_store *s, int64_t record, struct rp_buf *out,
            enum record_kind *kind_out, struct rp_error *err)
{
	enum rp_status st;

	if (s->version < 2)
		return RP_NOT_FOUND;
	st = read_record(s, record, out, kind_out, err);
	if (st == RP_END) {
		s->sealed->window.n = 0;
		st = read_record(s, record, out, kind_out, err);
	}
	return st == RP_END ? RP_CORRUPT : st;
}

/* ---- by hash ---- */

int64_t
sealed_prefix(const struct sha256 *hash)
{
	uint64_t prefix = 0;

	for (size_t i = 0; i < 8; i++)
		prefix = prefix << 8 | hash->bytes[i];
	return (int64_t)(prefix >> 17); /* what fits into six bytes of a row */
}

/* Anybody can make bytes whose hash begins like another: only the whole one tells. */
static enum rp_status
has_hash(struct sqlite_store *s, int64_t record, const struct sha256 *hash,
         struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	struct sha256 held;
	enum rp_status st;

	buf_init(&bytes, RECORD_MAX_BYTES);
	st = sealed_read(s, record, &bytes, NULL, err);
	if (st != RP_OK)
		return st == RP_NOT_FOUND
		               ? rp_fail(err, RP_CORRUPT, "record %lld is missing",
		                         (long long)record)
		               : st;
	held = sha256_of(buf_slice(&bytes));
	return sha256_eq(&held, hash) ? RP_OK : RP_NOT_FOUND;
}

enum rp_status
sealed_same(struct sqlite_store *s, const struct sha256 *hash, int64_t *id_out,
            struct rp_error *err)
{
	CLEANUP(sql_done) struct sql find = { 0 };
	enum rp_status st;

	if (s->version < 2)
		return RP_NOT_FOUND;
	st = sql_open(s, SQL_SEALED_HASH_FIND, &find, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&find, 1, sealed_prefix(hash));
	while ((st = sql_step(&find, err)) == RP_OK) {
		int64_t record = sql_int(&find, 0);

		st = has_hash(s, record, hash, err);
		if (st == RP_OK)
			*id_out = record;
		if (st != RP_NOT_FOUND)
			return st;
	}
	return st == RP_END ? RP_NOT_FOUND : st;
}

enum rp_status
sealed_is_listed(struct sqlite_store *s, const struct sha256 *hash, int64_t record,
                 bool *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, SQL_SEALED_HASH_GET, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, sealed_prefix(hash));
	sql_bind_int(&get, 2, record);
	st = sql_step(&get, err);
	if (st == RP_OK)
		*out = sql_int(&get, 0) != 0;
	return st;
}
