/*
 * Records on their way into their rows.
 *
 * A record has its id as soon as it comes, and that is all the rest of its batch asks of
 * it.  Its frame can be made meanwhile, by a second thread, and the row is written when
 * somebody wants to look, or at the commit.  The bytes that come out are the same with
 * one thread or two.
 */
#include "storage/sqlite/sqlite.h"

#include "core/base/map.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum {
	/* With less to pack a thread costs more than it saves. */
	THREAD_MIN_BYTES = 256 << 10,
};

struct waiting {
	int64_t id;
	enum record_kind kind;
	struct sha256 hash;
	size_t at, n;             /* the bytes, in pending.bytes */
	size_t frame_at, frame_n; /* in pending.frames; frame_n 0: kept as they are */
};

struct pending {
	struct waiting *records;
	size_t n, cap;
	struct map *by_hash;
	struct rp_buf bytes, frames;
	const struct digested *digested[RECORD_KINDS];
	struct packer *packer;

	pthread_t thread;
	bool running;
	enum rp_status st; /* what packing came to */
	struct rp_error err;
};

static void
join(struct pending *p)
{
	if (p->running)
		(void)pthread_join(p->thread, NULL);
	p->running = false;
}

static void
clear(struct pending *p)
{
	p->n = 0;
	map_clear(p->by_hash);
	buf_clear(&p->bytes);
	buf_clear(&p->frames);
}

void
pending_free(struct sqlite_store *s)
{
	struct pending *p = s->pending;

	if (p == NULL)
		return;
	join(p);
	free(p->records);
	map_free(p->by_hash);
	buf_done(&p->bytes);
	buf_done(&p->frames);
	packer_free(p->packer);
	free(p);
	s->pending = NULL;
}

static enum rp_status
need_pending(struct sqlite_store *s, struct rp_error *err)
{
	if (s->pending != NULL)
		return RP_OK;
	s->pending = calloc(1, sizeof(*s->pending));
	if (s->pending == NULL)
		return rp_fail_memory(err);
	buf_init(&s->pending->bytes, SIZE_MAX / 2);
	buf_init(&s->pending->frames, SIZE_MAX / 2);
	s->pending->packer = packer_new();
	s->pending->by_hash = map_new();
	if (s->pending->packer == NULL || s->pending->by_hash == NULL) {
		pending_free(s);
		return rp_fail_memory(err);
	}
	return RP_OK;
}

/* ---- packing ---- */

/* An empty buffer has no bytes to point at. */
static struct rp_slice
part(const struct rp_buf *buf, size_t at, size_t n)
{
	return n == 0 ? RP_SLICE("") : rp_slice_from(buf->p + at, n);
}

static enum rp_status
pack_one(struct pending *p, struct waiting *record, struct rp_error *err)
{
	const struct digested *digested = p->digested[record->kind];
	struct rp_slice bytes = part(&p->bytes, record->at, record->n);
	size_t before = p->frames.n;
	enum rp_status st;

	record->frame_n = 0;
	if (digested == NULL && record->n <= RECORDS_PLAIN_BYTES)
		return RP_OK;
	st = pack(p->packer, digested ? digested->dict : NULL, RECORDS_LEVEL, bytes,
	          &p->frames, err);
	if (st != RP_OK)
		return st;
	if (p->frames.n - before >= record->n) {
		p->frames.n = before;
		return RP_OK;
	}
	record->frame_at = before;
	record->frame_n = p->frames.n - before;
	return RP_OK;
}

static void *
pack_all(void *context)
{
	struct pending *p = context;

	p->st = RP_OK;
	for (size_t i = 0; p->st == RP_OK && i < p->n; i++)
		p->st = pack_one(p, &p->records[i], &p->err);
	return NULL;
}

void
pending_start(struct sqlite_store *s)
{
	struct pending *p = s->pending;
	sigset_t all, before;

	if (p->bytes.n >= THREAD_MIN_BYTES) {
		/* Signals are for the thread that knows what to do with them. */
		(void)sigfillset(&all);
		(void)pthread_sigmask(SIG_SETMASK, &all, &before);
		p->running = pthread_create(&p->thread, NULL, pack_all, p) == 0;
		(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	if (!p->running)
		(void)pack_all(p);
}

/* ---- in ---- */

enum rp_status
pending_begin(struct sqlite_store *s, size_t n, const int64_t dictionaries[RECORD_KINDS],
              struct rp_error *err)
{
	enum rp_status st = pending_settle(s, err);
	struct waiting *records;

	if (st == RP_OK)
		st = need_pending(s, err);
	for (int kind = 0; st == RP_OK && kind < RECORD_KINDS; kind++) {
		s->pending->digested[kind] = NULL;
		if (dictionaries[kind] != 0)
			st = dictionary_find(s, dictionaries[kind], true,
			                     &s->pending->digested[kind], err);
	}
	if (st != RP_OK || n <= s->pending->cap)
		return st;
	/* Nothing moves once it is there: the index borrows the hashes. */
	records = calloc(n, sizeof(*records));
	if (records == NULL)
		return rp_fail_memory(err);
	free(s->pending->records);
	s->pending->records = records;
	s->pending->cap = n;
	return RP_OK;
}

static struct rp_slice
hash_slice(const struct sha256 *hash)
{
	return rp_slice_from((const char *)hash->bytes, SHA256_BYTES);
}

int64_t
pending_find(const struct sqlite_store *s, const struct sha256 *hash)
{
	const uint32_t *at = map_get(s->pending->by_hash, hash_slice(hash));

	return at != NULL ? s->pending->records[*at].id : 0;
}

enum rp_status
pending_add(struct sqlite_store *s, const struct record_bytes *record,
            const struct sha256 *hash, int64_t id, struct rp_error *err)
{
	struct pending *p = s->pending;
	struct waiting *place = &p->records[p->n];

	*place = (struct waiting){ .id = id,
		                   .kind = record->kind,
		                   .hash = *hash,
		                   .at = p->bytes.n,
		                   .n = record->bytes.n };
	buf_add(&p->bytes, record->bytes);
	if (buf_failed(&p->bytes) ||
	    map_put(p->by_hash, hash_slice(&place->hash), (uint32_t)p->n, NULL) == NULL)
		return rp_fail_memory(err);
	p->n++;
	return RP_OK;
}

/* ---- out ---- */

static enum rp_status
insert(struct sql *put, const struct pending *p, const struct waiting *record,
       struct rp_error *err)
{
	const struct digested *digested = p->digested[record->kind];
	struct rp_slice bytes = part(&p->bytes, record->at, record->n);
	struct rp_slice frame = part(&p->frames, record->frame_at, record->frame_n);
	bool packed = record->frame_n > 0;

	sql_bind_int(put, 1, record->kind);
	sql_bind_int(put, 2, (int64_t)record->n);
	sql_bind_hash(put, 3, &record->hash);
	sql_bind_int(put, 4, packed ? PACKING_ZSTD : PACKING_PLAIN);
	sql_bind_int(put, 5, packed && digested != NULL ? digested->id : 0);
	sql_bind_slice(put, 6, packed ? frame : bytes);
	sql_bind_int(put, 7, record->id);
	return sql_run(put, err);
}

enum rp_status
pending_settle(struct sqlite_store *s, struct rp_error *err)
{
	struct pending *p = s->pending;
	CLEANUP(sql_done) struct sql put = { 0 };
	enum rp_status st;

	if (p == NULL || p->n == 0)
		return RP_OK;
	join(p);
	if (p->st != RP_OK)
		return rp_fail(err, p->st, "%s", p->err.text);
	st = sql_open(s, SQL_RECORD_INSERT, &put, err);
	for (size_t i = 0; st == RP_OK && i < p->n; i++)
		st = insert(&put, p, &p->records[i], err);
	if (st == RP_OK)
		clear(p);
	else /* and so again, until the transaction is rolled back */
		p->st = rp_fail(&p->err, st, "the records could not be written");
	return st;
}

void
pending_drop(struct sqlite_store *s)
{
	if (s->pending == NULL)
		return;
	join(s->pending);
	clear(s->pending);
}
