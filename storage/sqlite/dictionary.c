/*
 * Dictionaries: made of the first batch that has enough records of a kind, kept for ever,
 * digested when they are needed.
 */
#include "storage/sqlite/sqlite.h"

#include <stdlib.h>

enum {
	/* A kind gets its dictionary out of the first batch with as much as this. */
	TRAIN_MIN_RECORDS = 1000,
	TRAIN_MIN_BYTES = 1 << 20,
	TRAIN_MIN_SAMPLES = 100,
	TRAIN_BYTES = 2 << 20, /* samples: more of them bring nothing */
	DICTIONARY_MAX_BYTES = 112 << 10,

	/* Kept ready; each takes about a megabyte.  The one used least lately goes, so
	 * that those of a whole batch can be there at once. */
	DIGESTED = 12,
};
_Static_assert((int)DIGESTED >= (int)RECORD_KINDS, "one dictionary of each kind at once");

struct dictionaries {
	struct digested digested[DIGESTED];
	uint64_t finds;               /* so far */
	int64_t newest[RECORD_KINDS]; /* id; 0: none; -1: not looked up yet */
};

void
dictionary_forget_all(struct sqlite_store *s)
{
	if (s->dictionaries == NULL)
		return;
	for (size_t i = 0; i < DIGESTED; i++)
		pack_dict_free(s->dictionaries->digested[i].dict);
	free(s->dictionaries);
	s->dictionaries = NULL;
}

static enum rp_status
need_dictionaries(struct sqlite_store *s, struct rp_error *err)
{
	if (s->dictionaries != NULL)
		return RP_OK;
	s->dictionaries = calloc(1, sizeof(*s->dictionaries));
	if (s->dictionaries == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < RECORD_KINDS; i++)
		s->dictionaries->newest[i] = -1;
	return RP_OK;
}

/* Keep it ready under its id; takes dict. */
static const struct digested *
keep_digested(struct dictionaries *all, int64_t id, int64_t kind, uint64_t hash,
              bool packs, struct pack_dict *dict)
{
	struct digested *place = &all->digested[0];

	for (size_t i = 1; i < DIGESTED; i++)
		if (all->digested[i].used < place->used)
			place = &all->digested[i];
	pack_dict_free(place->dict);
	*place = (struct digested){ id, kind, hash, dict, packs, ++all->finds };
	return place;
}

enum rp_status
dictionary_bytes(struct sqlite_store *s, const struct sql *row, struct rp_buf *out,
                 struct rp_error *err)
{
	struct rp_slice noted = sql_slice(row, 3);
	struct sha256 hash;
	enum rp_status st;

	st = records_unpack_plain(s, sql_int(row, 4), sql_slice(row, 5), sql_int(row, 2),
	                          out, err);
	if (st != RP_OK)
		return st;
	hash = sha256_of(buf_slice(out));
	if (!rp_slice_eq(noted, rp_slice_from((const char *)hash.bytes, SHA256_BYTES)))
		return rp_fail(err, RP_CORRUPT, "its bytes do not have its hash");
	return RP_OK;
}

static enum rp_status
load_dictionary(struct sqlite_store *s, int64_t id, bool packs,
                const struct digested **out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	CLEANUP(buf_done) struct rp_buf bytes;
	struct rp_error inner = { 0 };
	struct pack_dict *dict;
	enum rp_status st = sql_open(s, SQL_DICTIONARY_GET, &get, err);

	buf_init(&bytes, VALUE_MAX_BYTES);
	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, id);
	st = sql_step(&get, err);
	if (st == RP_END)
		return rp_fail(err, RP_CORRUPT, "its dictionary %lld is missing",
		               (long long)id);
	if (st != RP_OK)
		return st;
	st = dictionary_bytes(s, &get, &bytes, &inner);
	if (st != RP_OK)
		return rp_fail(err, st, "dictionary %lld: %s", (long long)id, inner.text);
	dict = pack_dict_new(buf_slice(&bytes), packs ? RECORDS_LEVEL : 0);
	if (dict == NULL)
		return rp_fail_memory(err);
	*out = keep_digested(s->dictionaries, id, sql_int(&get, 1),
	                     hash_stable(buf_slice(&bytes)), packs, dict);
	return RP_OK;
}

enum rp_status
dictionary_find(struct sqlite_store *s, int64_t id, bool packs,
                const struct digested **out, struct rp_error *err)
{
	enum rp_status st = need_dictionaries(s, err);

	if (st != RP_OK)
		return st;
	for (size_t i = 0; i < DIGESTED; i++) {
		struct digested *d = &s->dictionaries->digested[i];

		if (d->dict != NULL && d->id == id && (d->packs || !packs)) {
			d->used = ++s->dictionaries->finds;
			*out = d;
			return RP_OK;
		}
	}
	return load_dictionary(s, id, packs, out, err);
}

enum rp_status
dictionary_latest(struct sqlite_store *s, int64_t kind, int64_t *out,
                  struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open(s, SQL_DICTIONARY_LATEST, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, kind);
	st = sql_step(&get, err);
	if (st != RP_OK && st != RP_END)
		return st;
	*out = st == RP_OK ? sql_int(&get, 0) : 0;
	return RP_OK;
}

enum rp_status
dictionary_newest(struct sqlite_store *s, enum record_kind kind, int64_t *out,
                  struct rp_error *err)
{
	enum rp_status st = need_dictionaries(s, err);

	if (st == RP_OK && s->dictionaries->newest[kind] < 0)
		st = dictionary_latest(s, kind, &s->dictionaries->newest[kind], err);
	if (st == RP_OK)
		*out = s->dictionaries->newest[kind];
	return st;
}

enum rp_status
dictionary_put(struct sqlite_store *s, int64_t kind, struct rp_slice bytes,
               int64_t *id_out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	CLEANUP(buf_done) struct rp_buf packed;
	struct sha256 hash = sha256_of(bytes);
	enum packing packing;
	struct rp_slice kept;
	enum rp_status st;

	buf_init(&packed, SIZE_MAX / 2);
	st = records_pack_plain(s, RECORDS_LEVEL, bytes, &packed, &packing, &kept, err);
	if (st == RP_OK)
		st = sql_open(s, SQL_DICTIONARY_INSERT, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, kind);
	sql_bind_int(&put, 2, (int64_t)bytes.n);
	sql_bind_hash(&put, 3, &hash);
	sql_bind_int(&put, 4, packing);
	sql_bind_slice(&put, 5, kept);
	st = sql_run(&put, err);
	if (st == RP_OK)
		*id_out = sqlite3_last_insert_rowid(s->db);
	return st;
}

/* ---- training ---- */

/* Every so-manieth record of the kind, so that the samples stay below their limit. */
static bool
take_samples(const struct record_bytes *records, size_t n, enum record_kind kind,
             size_t total, struct rp_buf *samples, size_t *sizes, size_t *n_out)
{
	size_t step = total / TRAIN_BYTES + 1, met = 0, taken = 0;

	for (size_t i = 0; i < n; i++) {
		if (records[i].kind != kind || records[i].bytes.n == 0 ||
		    met++ % step != 0 || records[i].bytes.n > TRAIN_BYTES - samples->n)
			continue;
		buf_add(samples, records[i].bytes);
		sizes[taken++] = records[i].bytes.n;
	}
	*n_out = taken;
	return !buf_failed(samples);
}

static enum rp_status
train_kind(struct sqlite_store *s, const struct record_bytes *records, size_t n,
           enum record_kind kind, size_t total, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf samples;
	CLEANUP(buf_done) struct rp_buf dictionary;
	size_t *sizes = calloc(n, sizeof(*sizes));
	size_t n_samples = 0;
	enum rp_status st = RP_NOT_FOUND;

	buf_init(&samples, TRAIN_BYTES);
	buf_init(&dictionary, DICTIONARY_MAX_BYTES);
	if (sizes == NULL ||
	    !take_samples(records, n, kind, total, &samples, sizes, &n_samples)) {
		free(sizes);
		return rp_fail_memory(err);
	}
	if (n_samples >= TRAIN_MIN_SAMPLES)
		st = pack_train(buf_slice(&samples), sizes, n_samples,
		                DICTIONARY_MAX_BYTES, &dictionary, err);
	free(sizes);
	if (st == RP_NOT_FOUND) /* too alike, or too few large ones: next time perhaps */
		return RP_OK;
	return st == RP_OK ? dictionary_put(s, kind, buf_slice(&dictionary),
	                                    &s->dictionaries->newest[kind], err)
	                   : st;
}

enum rp_status
dictionary_train(struct sqlite_store *s, const struct record_bytes *records, size_t n,
                 struct rp_error *err)
{
	size_t counts[RECORD_KINDS] = { 0 }, bytes[RECORD_KINDS] = { 0 };
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < n; i++) {
		counts[records[i].kind]++;
		bytes[records[i].kind] += records[i].bytes.n;
	}
	for (int kind = 0; st == RP_OK && kind < RECORD_KINDS; kind++) {
		int64_t held;

		if (counts[kind] < TRAIN_MIN_RECORDS && bytes[kind] < TRAIN_MIN_BYTES)
			continue;
		st = dictionary_newest(s, (enum record_kind)kind, &held, err);
		if (st == RP_OK && held == 0)
			st = train_kind(s, records, n, (enum record_kind)kind,
			                bytes[kind], err);
	}
	return st;
}
