/*
 * Records: each different byte string once, packed with a dictionary of its kind.  New
 * ones wait in pending.c.
 */
#include "storage/sqlite/sqlite.h"

enum { HASH_PREFIX_BYTES = 6 }; /* as in the index record_sha256 */

static enum rp_status
need_packer(struct sqlite_store *s, struct rp_error *err)
{
	if (s->packer == NULL)
		s->packer = packer_new();
	return s->packer != NULL ? RP_OK : rp_fail_memory(err);
}

/* ---- bytes without a dictionary ---- */

enum rp_status
records_pack_plain(struct sqlite_store *s, int level, struct rp_slice bytes,
                   struct rp_buf *packed, enum packing *packing_out,
                   struct rp_slice *kept_out, struct rp_error *err)
{
	enum rp_status st;

	*packing_out = PACKING_PLAIN;
	*kept_out = bytes;
	if (bytes.n <= RECORDS_PLAIN_BYTES)
		return RP_OK;
	st = need_packer(s, err);
	if (st == RP_OK)
		st = pack(s->packer, NULL, level, bytes, packed, err);
	if (st != RP_OK)
		return st;
	/* Some bytes longer where nothing repeats, but with a checksum. */
	*packing_out = PACKING_ZSTD;
	*kept_out = buf_slice(packed);
	return RP_OK;
}

static enum rp_status
unpack_with(struct sqlite_store *s, int64_t packing, const struct pack_dict *dict,
            struct rp_slice kept, int64_t bytes, struct rp_buf *out, struct rp_error *err)
{
	enum rp_status st;

	/* Callers give room for the longest there can be. */
	if (bytes < 0 || bytes > VALUE_MAX_BYTES ||
	    (uint64_t)bytes > out->ceiling - out->n)
		return rp_fail(err, RP_CORRUPT, "it cannot be as long as was noted");
	if (packing == PACKING_PLAIN) {
		if (kept.n != (size_t)bytes)
			return rp_fail(err, RP_CORRUPT, "it is not as long as was noted");
		buf_add(out, kept);
		return buf_failed(out) ? rp_fail_memory(err) : RP_OK;
	}
	if (packing != PACKING_ZSTD)
		return rp_fail(err, RP_CORRUPT,
		               "it is packed in a way that this riposte does not know");
	st = need_packer(s, err);
	return st == RP_OK ? unpack(s->packer, dict, kept, (size_t)bytes, out, err) : st;
}

enum rp_status
records_unpack_plain(struct sqlite_store *s, int64_t packing, struct rp_slice kept,
                     int64_t bytes, struct rp_buf *out, struct rp_error *err)
{
	return unpack_with(s, packing, NULL, kept, bytes, out, err);
}

/* ---- in ---- */

/* Statements and numbers used for a whole batch. */
struct putting {
	struct sqlite_store *s;
	struct sql find;
	int64_t next; /* id of the next new record; 0: not known yet */
};

/* RP_NOT_FOUND, without words: these bytes are new. */
static enum rp_status
find_same(struct putting *p, const struct sha256 *hash, int64_t *id_out,
          struct rp_error *err)
{
	struct rp_slice whole = rp_slice_from((const char *)hash->bytes, SHA256_BYTES);
	enum rp_status st;

	*id_out = pending_find(p->s, hash);
	if (*id_out != 0)
		return RP_OK;
	sql_bind_slice(&p->find, 1, rp_slice_from(whole.p, HASH_PREFIX_BYTES));
	while ((st = sql_step(&p->find, err)) == RP_OK)
		if (rp_slice_eq(sql_slice(&p->find, 1), whole)) {
			*id_out = sql_int(&p->find, 0);
			break;
		}
	sql_again(&p->find);
	if (st != RP_END)
		return st;
	return p->s->nothing_sealed ? RP_NOT_FOUND : sealed_same(p->s, hash, id_out, err);
}

static enum rp_status
next_id(struct putting *p, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(p->s, SQL_RECORD_NEXT, &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		p->next = sql_int(&get, 0);
	return st;
}

static enum rp_status
put_one(struct putting *p, const struct record_bytes *record, int64_t *id_out,
        struct rp_error *err)
{
	struct sha256 hash = sha256_of(record->bytes);
	enum rp_status st = find_same(p, &hash, id_out, err);

	if (st != RP_NOT_FOUND)
		return st;
	st = p->next == 0 ? next_id(p, err) : RP_OK;
	if (st == RP_OK)
		st = pending_add(p->s, record, &hash, p->next, err);
	if (st == RP_OK)
		*id_out = p->next++;
	return st;
}

static enum rp_status
begin_putting(struct putting *p, const struct record_bytes *records, size_t n,
              struct rp_error *err)
{
	int64_t dictionaries[RECORD_KINDS] = { 0 };
	bool met[RECORD_KINDS] = { false };
	enum rp_status st = dictionary_train(p->s, records, n, err);

	for (size_t i = 0; i < n; i++)
		met[records[i].kind] = true;
	for (int kind = 0; st == RP_OK && kind < RECORD_KINDS; kind++)
		if (met[kind])
			st = dictionary_newest(p->s, (enum record_kind)kind,
			                       &dictionaries[kind], err);
	if (st == RP_OK)
		st = pending_begin(p->s, n, dictionaries, err);
	return st == RP_OK ? sql_open(p->s, SQL_RECORD_FIND, &p->find, err) : st;
}

enum rp_status
records_put(struct store *store, const struct record_bytes *records, size_t n,
            int64_t *ids_out, struct rp_error *err)
{
	struct putting p = { .s = sqlite_store_of(store) };
	enum rp_status st = begin_putting(&p, records, n, err);

	for (size_t i = 0; st == RP_OK && i < n; i++)
		st = put_one(&p, &records[i], &ids_out[i], err);
	sql_done(&p.find);
	if (st == RP_OK)
		pending_start(p.s);
	return st;
}

/* ---- out ---- */

static enum rp_status
unpack_row(struct sqlite_store *s, const struct sql *row, struct rp_buf *out,
           struct rp_error *err)
{
	const struct digested *digested = NULL;
	int64_t bytes = sql_int(row, 2), dictionary = sql_int(row, 5);
	enum rp_status st = RP_OK;

	if (bytes < 0 || bytes > RECORD_MAX_BYTES)
		return rp_fail(err, RP_CORRUPT, "it cannot be as long as was noted");
	if ((size_t)bytes > out->ceiling - out->n)
		return rp_fail(err, RP_FAILED, "no room for a record of %lld bytes",
		               (long long)bytes);
	if (dictionary != 0)
		st = dictionary_find(s, dictionary, false, &digested, err);
	if (st != RP_OK)
		return st;
	if (digested != NULL && digested->kind != sql_int(row, 1))
		return rp_fail(err, RP_CORRUPT, "its dictionary is of another kind");
	return unpack_with(s, sql_int(row, 4), digested ? digested->dict : NULL,
	                   sql_slice(row, 6), bytes, out, err);
}

enum rp_status
records_unpack_row(struct sqlite_store *s, const struct sql *row, struct rp_buf *out,
                   struct rp_error *err)
{
	size_t before = out->n;
	struct sha256 hash;
	enum rp_status st = unpack_row(s, row, out, err);

	if (st != RP_OK)
		return st;
	hash = sha256_of(rp_slice_skip(buf_slice(out), before));
	if (rp_slice_eq(sql_slice(row, 3),
	                rp_slice_from((const char *)hash.bytes, SHA256_BYTES)))
		return RP_OK;
	out->n = before;
	return rp_fail(err, RP_CORRUPT, "its bytes do not have its hash");
}

enum rp_status
records_read(struct sqlite_store *s, int64_t record, struct rp_buf *out,
             struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = pending_settle(s, err);

	if (st == RP_OK)
		st = sql_open(s, SQL_RECORD_GET, &get, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, record);
	st = sql_step(&get, err);
	if (st == RP_END)
		st = sealed_read(s, record, out, NULL, err);
	else if (st == RP_OK)
		st = records_unpack_row(s, &get, out, err);
	return st == RP_NOT_FOUND ? rp_fail(err, st, "no such record") : st;
}

enum rp_status
records_get(struct store *store, int64_t record, struct rp_buf *out, struct rp_error *err)
{
	struct rp_error inner = { 0 };
	enum rp_status st = records_read(sqlite_store_of(store), record, out, &inner);

	if (st == RP_CORRUPT)
		return rp_fail(err, st, "record %lld: %s", (long long)record, inner.text);
	return st == RP_OK ? st : rp_fail(err, st, "%s", inner.text);
}
