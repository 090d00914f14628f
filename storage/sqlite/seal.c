/*
 * Packing records together: some thousands with consecutive ids leave their rows and move
 * into blocks, a window of the archive at a time.
 *
 * Records never change, so a window is read and packed while others write; only then is
 * the lock taken, the blocks written, every record read back out of them and held against
 * its hash, and its old home dropped, in one transaction.
 */
#include "storage/sqlite/seal.h"

#include "core/base/varint.h"

#include <stdlib.h>

static void
sealing_done(struct sealing *w)
{
	free(w->records);
	free(w->order);
	free(w->blocks);
	spool_done(&w->bytes);
	buf_done(&w->one);
	buf_done(&w->some);
	json_done(&w->doc);
	map_free(w->groups);
	map_free(w->authors);
	arena_free(w->group_ids);
	for (size_t i = 0; i < ATTEMPTS; i++)
		buf_done(&w->data[i]);
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		buf_done(&w->pairs[kind].numbers);
		buf_done(&w->pairs[kind].texts);
	}
	block_codec_free(w->codec);
}
DEFINE_CLEANUP_DONE(struct sealing, sealing_done);

/* How many records a window may have. */
static size_t
most_of(const struct compact_options *options)
{
	return options->most == 0 || options->most > WINDOW_RECORDS ? WINDOW_RECORDS
	                                                            : options->most;
}

static enum rp_status
sealing_init(struct sealing *w, struct sqlite_store *s,
             const struct compact_options *options, struct rp_error *err)
{
	*w = (struct sealing){ .s = s,
		               .tight = options->tight,
		               .doc = JSON_DOC_INIT,
		               .most = most_of(options) };
	spool_init(&w->bytes, WINDOW_MEMORY_BYTES);
	buf_init(&w->one, RECORD_MAX_BYTES);
	buf_init(&w->some, SEALING_SOME_BYTES + RECORD_MAX_BYTES);
	w->groups = map_new();
	w->authors = map_new();
	w->group_ids = arena_new(WINDOW_MEMORY_BYTES);
	for (size_t i = 0; i < ATTEMPTS; i++)
		buf_init(&w->data[i], 2 * (size_t)WINDOW_BYTES);
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		buf_init(&w->pairs[kind].numbers, 1 << 20);
		buf_init(&w->pairs[kind].texts, 1 << 20);
	}
	w->records = calloc(w->most, sizeof(*w->records));
	w->order = calloc(w->most, sizeof(*w->order));
	w->blocks = calloc(w->most, sizeof(*w->blocks));
	w->codec = block_codec_new();
	if (w->records == NULL || w->order == NULL || w->blocks == NULL ||
	    w->codec == NULL || w->groups == NULL || w->authors == NULL ||
	    w->group_ids == NULL)
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- which records ---- */

/* The first record that has a row, and how many there are at most. */
static enum rp_status
find_hot(struct sqlite_store *s, int64_t *first_out, int64_t *n_out, struct rp_error *err)
{
	int64_t next = 0;
	enum rp_status st = sql_number(s, SQL_RECORD_FIRST, first_out, err);

	if (st == RP_OK)
		st = sql_number(s, SQL_RECORD_NEXT, &next, err);
	*n_out = *first_out == 0 ? 0 : next - *first_out;
	return st;
}

/* Of all records of a window, unpacked and packed. */
static enum rp_status
window_bytes(struct sqlite_store *s, const struct sealed_window *window, int64_t *out,
             int64_t *packed_out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, SQL_BLOCK_SUMS, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, window->block);
	sql_bind_int(&get, 2, window->block + window->blocks - 1);
	st = sql_step(&get, err);
	if (st == RP_OK) {
		*out = sql_int(&get, 0);
		*packed_out = sql_int(&get, 3);
	}
	return st;
}

/*
 * Where the next window begins; RP_END when there is nothing to pack.  A last window that
 * is far from full is packed anew with what follows it.
 */
static enum rp_status
choose_first(struct sqlite_store *s, const struct compact_options *options,
             int64_t *first_out, struct rp_error *err)
{
	struct sealed_window last = { 0 };
	int64_t hot = 0, n = 0, loose = 0, bytes = 0, packed = 0;
	enum rp_status st = sealed_last(s, &last, err);

	if (st == RP_OK)
		st = window_bytes(s, &last, &bytes, &packed, err);
	else if (st == RP_NOT_FOUND)
		st = RP_OK;
	if (st == RP_OK)
		st = find_hot(s, &hot, &n, err);
	if (st == RP_OK && options->tight)
		st = sql_number(s, SQL_SEALED_LOOSE, &loose, err);
	if (st != RP_OK)
		return st;
	if (loose > 0) {
		*first_out = loose;
		return RP_OK;
	}
	if (n == 0 || (uint64_t)n < options->hot_min)
		return RP_END;
	*first_out = hot;
	if (last.n > 0 && last.n < (int64_t)most_of(options) / 2 &&
	    bytes < WINDOW_BYTES / 2 && packed < WINDOW_PACKED_BYTES / 2 &&
	    last.tight == options->tight && last.first + last.n == hot)
		*first_out = last.first;
	return RP_OK;
}

/* ---- reading them ---- */

static enum rp_status
read_hot(struct sealing *w, int64_t id, enum record_kind *kind_out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(w->s, SQL_RECORD_GET, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, id);
	st = sql_step(&get, err);
	if (st == RP_END)
		return RP_NOT_FOUND;
	if (st == RP_OK)
		st = records_unpack_row(w->s, &get, &w->one, err);
	if (st != RP_OK)
		return st;
	*kind_out = (enum record_kind)sql_int(&get, 1);
	w->packed_bytes += sql_slice(&get, 6).n;
	return RP_OK;
}

/* RP_NOT_FOUND: no such record. */
static enum rp_status
read_record(struct sealing *w, int64_t id, struct rp_error *err)
{
	struct sealing_record *record = &w->records[w->n];
	struct rp_error inner = { 0 };
	enum rp_status st;

	*record = (struct sealing_record){ .id = id, .at = w->bytes.n };
	buf_clear(&w->one);
	st = read_hot(w, id, &record->kind, &inner);
	if (st == RP_NOT_FOUND)
		st = sealed_read(w->s, id, &w->one, &record->kind, &inner);
	if (st == RP_NOT_FOUND)
		return st;
	if (st == RP_OK &&
	    ((int)record->kind <= 0 || (int)record->kind >= (int)RECORD_KINDS))
		st = rp_fail(&inner, RP_CORRUPT, "it is of no known kind");
	if (st != RP_OK)
		return rp_fail(err, st, "record %lld: %s", (long long)id, inner.text);
	record->n = w->one.n;
	record->hash = sha256_of(buf_slice(&w->one));
	st = sealing_group(w, err);
	if (st == RP_OK)
		st = spool_add(&w->bytes, buf_slice(&w->one), err);
	w->n++;
	return st;
}

/* How many records from `id` on are to be read next: a window that is packed already goes
 * in whole or not at all.  0: none. */
static enum rp_status
next_stretch(struct sealing *w, int64_t id, int64_t *n_out, struct rp_error *err)
{
	struct sealed_window window;
	int64_t bytes = 0, packed = 0;
	enum rp_status st = sealed_find(w->s, id, &window, err);

	*n_out = w->n < w->most && w->bytes.n < WINDOW_BYTES &&
	         w->packed_bytes < WINDOW_PACKED_BYTES;
	if (st != RP_OK)
		return st == RP_NOT_FOUND ? RP_OK : st;
	st = window_bytes(w->s, &window, &bytes, &packed, err);
	*n_out = window.n;
	if (window.n > (int64_t)w->most - (int64_t)w->n ||
	    (w->n > 0 && (bytes > WINDOW_BYTES - (int64_t)w->bytes.n ||
	                  packed > WINDOW_PACKED_BYTES - (int64_t)w->packed_bytes)))
		*n_out = 0;
	else
		w->packed_bytes += (uint64_t)packed;
	return st;
}

static enum rp_status
read_window(struct sealing *w, int64_t first, struct rp_error *err)
{
	int64_t id = first, n = 1;
	enum rp_status st = RP_OK;

	while (st == RP_OK && n > 0) {
		st = next_stretch(w, id, &n, err);
		for (int64_t end = id + n; st == RP_OK && id < end; id++)
			st = read_record(w, id, err);
	}
	return st == RP_NOT_FOUND ? RP_OK : st;
}

/* ---- moving ---- */

static enum rp_status
put_new(struct sqlite_store *s, int64_t what_for, const struct rp_buf *bytes,
        int64_t *id_out, struct rp_error *err)
{
	return bytes->n == 0 ? RP_OK
	                     : dictionary_put(s, what_for, buf_slice(bytes), id_out, err);
}

static enum rp_status
put_dictionaries(struct sealing *w, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (int kind = 0; st == RP_OK && kind < RECORD_KINDS; kind++) {
		struct sealing_pair *pair = &w->pairs[kind];

		st = put_new(w->s, kind + DICTIONARY_OF_NUMBERS, &pair->numbers,
		             &pair->numbers_id, err);
		if (st == RP_OK)
			st = put_new(w->s, kind + DICTIONARY_OF_TEXTS, &pair->texts,
			             &pair->texts_id, err);
	}
	return st;
}

/* Is the dictionary that a block was made with still there?  Another program may have
 * dropped it since. */
static enum rp_status
check_dictionary(struct sqlite_store *s, int64_t id, uint64_t hash, struct rp_error *err)
{
	const struct digested *digested = NULL;
	struct rp_error inner = { 0 };
	enum rp_status st = dictionary_find(s, id, false, &digested, &inner);

	if (st == RP_CORRUPT || (st == RP_OK && digested->hash != hash))
		return rp_fail(err, RP_RETRY_LATER,
		               "another program changed the dictionaries");
	return st == RP_OK ? st : rp_fail(err, st, "%s", inner.text);
}

static enum rp_status
check_dictionaries(const struct sealing *w, enum record_kind kind,
                   const struct block_needs *needs, struct rp_error *err)
{
	const struct sealing_pair *pair = &w->pairs[kind];
	enum rp_status st = RP_OK;

	if (needs->numbers)
		st = check_dictionary(w->s, pair->numbers_id, needs->numbers_hash, err);
	if (st == RP_OK && needs->texts)
		st = check_dictionary(w->s, pair->texts_id, needs->texts_hash, err);
	return st;
}

/* first_out: the id of the first one. */
static enum rp_status
put_blocks(const struct sealing *w, int64_t *first_out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_number(w->s, SQL_BLOCK_NEXT, first_out, err);

	if (st == RP_OK)
		st = sql_open(w->s, SQL_BLOCK_INSERT, &put, err);
	for (size_t i = 0; st == RP_OK && i < w->n_blocks; i++) {
		const struct sealing_block *block = &w->blocks[i];
		struct rp_slice data = sealing_data(w, block);
		struct block_needs needs;

		st = block_needs(data, &needs, err);
		if (st == RP_OK)
			st = check_dictionaries(w, block->kind, &needs, err);
		if (st != RP_OK)
			break;
		sql_bind_int(&put, 1, *first_out + (int64_t)i);
		sql_bind_int(&put, 2, block->kind);
		sql_bind_int(&put, 3, (int64_t)block->n);
		sql_bind_int(&put, 4, (int64_t)block->bytes);
		sql_bind_int(&put, 5,
		             needs.numbers ? w->pairs[block->kind].numbers_id : 0);
		sql_bind_int(&put, 6, needs.texts ? w->pairs[block->kind].texts_id : 0);
		sql_bind_slice(&put, 7, data);
		st = sql_run(&put, err);
	}
	return st;
}

static enum rp_status
make_map(const struct sealing *w, struct rp_buf *map, struct rp_error *err)
{
	uint32_t *next = calloc(w->n_blocks, sizeof(*next));
	int64_t last = 0;

	if (next == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < w->n; i++) {
		const struct sealing_record *record = &w->records[i];

		varint_add(map, zigzag((int64_t)record->block - last));
		varint_add(map,
		           zigzag((int64_t)record->place - (int64_t)next[record->block]));
		last = record->block;
		next[record->block] = record->place + 1;
	}
	free(next);
	return buf_failed(map) ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
put_window(const struct sealing *w, int64_t first_block, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	CLEANUP(buf_done) struct rp_buf map;
	CLEANUP(buf_done) struct rp_buf packed;
	enum packing packing;
	struct rp_slice kept;
	enum rp_status st;

	buf_init(&map, SIZE_MAX / 2);
	buf_init(&packed, SIZE_MAX / 2);
	if ((st = make_map(w, &map, err)) != RP_OK ||
	    (st = records_pack_plain(w->s, RECORDS_LEVEL, buf_slice(&map), &packed,
	                             &packing, &kept, err)) != RP_OK ||
	    (st = sql_open(w->s, SQL_SEALED_INSERT, &put, err)) != RP_OK)
		return st;
	sql_bind_int(&put, 1, w->records[0].id);
	sql_bind_int(&put, 2, (int64_t)w->n);
	sql_bind_int(&put, 3, first_block);
	sql_bind_int(&put, 4, (int64_t)w->n_blocks);
	sql_bind_int(&put, 5, w->tight);
	sql_bind_int(&put, 6, (int64_t)map.n);
	sql_bind_int(&put, 7, packing);
	sql_bind_slice(&put, 8, kept);
	return sql_run(&put, err);
}

static enum rp_status
put_hashes(const struct sealing *w, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st = sql_open(w->s, SQL_SEALED_HASH_PUT, &put, err);

	for (size_t i = 0; st == RP_OK && i < w->n; i++) {
		sql_bind_int(&put, 1, sealed_prefix(&w->records[i].hash));
		sql_bind_int(&put, 2, w->records[i].id);
		st = sql_run(&put, err);
	}
	return st;
}

static enum rp_status
delete_range(struct sqlite_store *s, enum sql_id id, int64_t from, int64_t to,
             struct rp_error *err)
{
	CLEANUP(sql_done) struct sql sql = { 0 };
	enum rp_status st = sql_open(s, id, &sql, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&sql, 1, from);
	sql_bind_int(&sql, 2, to);
	return sql_run(&sql, err);
}

/* Rows, windows and blocks in which these records were. */
static enum rp_status
drop_old_homes(const struct sealing *w, struct rp_error *err)
{
	int64_t first = w->records[0].id, last = first + (int64_t)w->n - 1;
	struct sealed_window window;
	enum rp_status st = RP_OK;

	for (int64_t id = first; st == RP_OK && id <= last;
	     id = window.first + window.n) {
		st = sealed_find(w->s, id, &window, err);
		if (st != RP_OK)
			break;
		if (window.first < first || window.first + window.n - 1 > last)
			return rp_fail(err, RP_RETRY_LATER,
			               "another program packed the same records");
		st = delete_range(w->s, SQL_BLOCK_DELETE, window.block,
		                  window.block + window.blocks - 1, err);
		if (st == RP_OK)
			st = delete_range(w->s, SQL_SEALED_DELETE, window.first,
			                  window.first, err);
	}
	if (st == RP_NOT_FOUND)
		st = RP_OK;
	if (st == RP_OK)
		st = delete_range(w->s, SQL_RECORD_DELETE, first, last, err);
	return st;
}

static enum rp_status
not_back(const struct sealing_record *record, struct rp_error *err)
{
	return rp_fail(err, RP_CORRUPT,
	               "record %lld did not come back as it was; it stays where it is",
	               (long long)record->id);
}

static enum rp_status
read_one_back(const struct sealing *w, struct sealing_record *record,
              struct rp_buf *bytes, struct rp_error *err)
{
	struct sha256 hash;
	enum rp_status st;

	buf_clear(bytes);
	st = sealed_read(w->s, record->id, bytes, NULL, err);
	if (st != RP_OK && st != RP_NOT_FOUND)
		return st;
	hash = sha256_of(buf_slice(bytes));
	record->back = st == RP_OK && sha256_eq(&hash, &record->hash);
	return record->back ? RP_OK : not_back(record, err);
}

/* Out of the blocks as they are in the database now, block by block; and then none may
 * have been forgotten, whatever the order. */
static enum rp_status
read_back(const struct sealing *w, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	enum rp_status st = RP_OK;

	sealed_forget(w->s);
	buf_init(&bytes, RECORD_MAX_BYTES);
	for (size_t i = 0; st == RP_OK && i < w->n; i++)
		st = read_one_back(w, &w->records[w->order[i]], &bytes, err);
	for (size_t i = 0; st == RP_OK && i < w->n; i++)
		if (!w->records[i].back)
			st = not_back(&w->records[i], err);
	return st;
}

/* Somebody else may have packed the same records meanwhile. */
static enum rp_status
check_as_read(const struct sealing *w, const struct compact_options *options,
              struct rp_error *err)
{
	int64_t first = 0;
	enum rp_status st = choose_first(w->s, options, &first, err);

	if (st == RP_END || (st == RP_OK && first != w->records[0].id))
		return rp_fail(err, RP_RETRY_LATER,
		               "another program packed the same records");
	return st;
}

static enum rp_status
move(struct sealing *w, struct rp_error *err)
{
	int64_t first_block = 0;
	enum rp_status st = put_dictionaries(w, err);

	if (st == RP_OK)
		st = put_blocks(w, &first_block, err);
	if (st == RP_OK)
		st = drop_old_homes(w, err);
	if (st == RP_OK)
		st = put_window(w, first_block, err);
	if (st == RP_OK)
		st = put_hashes(w, err);
	return st == RP_OK ? read_back(w, err) : st;
}

static enum rp_status
move_in_transaction(struct sealing *w, const struct compact_options *options,
                    struct rp_error *err)
{
	struct store *store = &w->s->base;
	enum rp_status st = store_begin(store, err);

	if (st != RP_OK)
		return st;
	st = check_as_read(w, options, err);
	if (st == RP_OK)
		st = move(w, err);
	if (st == RP_OK)
		return store_commit(store, err);
	store_rollback(store);
	return st;
}

enum rp_status
seal_compact(struct store *store, const struct compact_options *options,
             struct compact_tally *tally, struct rp_error *err)
{
	CLEANUP(sealing_done) struct sealing w = { 0 };
	struct sqlite_store *s = sqlite_store_of(store);
	int64_t first = 0;
	enum rp_status st = choose_first(s, options, &first, err);

	if (st == RP_END)
		return texts_pack(s, options->tight, options->hot_min, err);
	if (st == RP_OK)
		st = sealing_init(&w, s, options, err);
	if (st == RP_OK)
		st = read_window(&w, first, err);
	if (st == RP_OK && w.n == 0)
		return RP_END;
	/* Packing takes the most memory; what was read is not needed meanwhile. */
	sealed_forget(s);
	(void)sqlite3_db_release_memory(s->db);
	if (st == RP_OK)
		st = sealing_pack(&w, err);
	if (st == RP_OK)
		st = move_in_transaction(&w, options, err);
	if (st != RP_OK)
		return st;
	tally->records += w.n;
	tally->bytes += w.bytes.n;
	for (size_t i = 0; i < w.n_blocks; i++)
		tally->packed += sealing_data(&w, &w.blocks[i]).n;
	return RP_OK;
}

/* ---- room ---- */

/* Dictionaries that no bytes were packed with.  The one that single records of a kind
 * would be packed with next is kept, but not where nothing more is expected. */
static enum rp_status
drop_dictionaries(struct sqlite_store *s, bool all, struct rp_error *err)
{
	static const char unused[] =
		"DELETE FROM dictionary WHERE id NOT IN (SELECT dictionary FROM record "
		"UNION SELECT numbers FROM block UNION SELECT texts FROM block)";
	static const char unused_and_old[] =
		"DELETE FROM dictionary WHERE id NOT IN (SELECT dictionary FROM record "
		"UNION SELECT numbers FROM block UNION SELECT texts FROM block "
		"UNION SELECT max(id) FROM dictionary GROUP BY kind)";

	return sql_exec(s, all ? unused : unused_and_old, err);
}

static enum rp_status
tidy_up(struct sqlite_store *s, bool tight, struct rp_error *err)
{
	enum rp_status st = store_begin(&s->base, err);

	if (st != RP_OK)
		return st;
	st = drop_dictionaries(s, tight, err);
	if (st == RP_OK)
		st = sql_exec(s, "INSERT INTO words(words) VALUES('optimize')", err);
	if (st == RP_OK)
		return store_commit(&s->base, err);
	store_rollback(&s->base);
	return st;
}

enum rp_status
seal_shrink(struct store *store, const struct compact_options *options,
            struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	int most = sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 1); /* its scratch file */
	enum rp_status st = tidy_up(s, options->tight, err);

	dictionary_forget_all(s);
	if (st == RP_OK)
		st = sql_exec(s, "VACUUM", err);
	/* This waits for whoever reads, as a backup does, and keeps writers out
	 * meanwhile; whoever closes the archive last takes the log in as well. */
	(void)sqlite3_busy_timeout(s->db, LOG_WAIT_MS);
	if (st == RP_OK)
		st = sql_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", err);
	(void)sqlite3_busy_handler(s->db, transact_wait, s);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, most);
	return st;
}
