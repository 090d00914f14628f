/*
 * Texts of versions, packed together: some dozens that follow one another take a third of
 * the room.  A row that changes afterwards has its text again, and that one counts.
 */
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHUNK_VERSIONS = 256, /* at most */
	CHUNK_MAX_BYTES = 256 << 10,
	TEXT_MAX_BYTES = 64 << 10, /* what is longer stays in its row */
	CALL_VERSIONS = 8192,
	LEVEL = 9,
	LEVEL_TIGHT = 19,

	/*
	 * What fits into a page beside its header: a row that is a little larger takes
	 * two.  Texts that follow one another are much alike in how they pack, so that
	 * the size of one chunk tells how many versions to have in the next.
	 */
	PAGE_BYTES = 8192 - 80,
	FIRST_BYTES = 2 * PAGE_BYTES,
};

/* One text in the chunk that is open. */
struct place {
	size_t text, n; /* n SIZE_MAX: none */
	size_t more, more_n;
	bool has_more;
};

/* The last chunk that was read. */
struct texts {
	int64_t first, n; /* n 0: none is open */
	struct place places[CHUNK_VERSIONS];
	struct rp_buf bytes;
};

void
texts_forget(struct sqlite_store *s)
{
	if (s->texts != NULL)
		s->texts->n = 0;
}

void
texts_free(struct sqlite_store *s)
{
	if (s->texts != NULL)
		buf_done(&s->texts->bytes);
	free(s->texts);
	s->texts = NULL;
}

static enum rp_status
need_texts(struct sqlite_store *s, struct rp_error *err)
{
	if (s->texts != NULL)
		return RP_OK;
	s->texts = calloc(1, sizeof(*s->texts));
	if (s->texts == NULL)
		return rp_fail_memory(err);
	buf_init(&s->texts->bytes, CHUNK_MAX_BYTES);
	return RP_OK;
}

/* ---- out ---- */

/* The lengths in front, and with them the places; false: they do not fit the bytes. */
static bool
find_places(struct texts *t)
{
	const struct rp_slice bytes = buf_slice(&t->bytes);
	size_t at = 0;

	for (int64_t i = 0; i < t->n; i++) {
		struct place *place = &t->places[i];
		uint64_t n, more_n;

		*place = (struct place){ .n = SIZE_MAX };
		if (!varint_take(bytes, &at, &n))
			return false;
		if (n == 0)
			continue;
		if (!varint_take(bytes, &at, &more_n) || n - 1 > bytes.n ||
		    more_n > bytes.n)
			return false;
		place->n = (size_t)n - 1;
		place->has_more = more_n > 0;
		place->more_n = place->has_more ? (size_t)more_n - 1 : 0;
	}
	for (int64_t i = 0; i < t->n; i++) {
		t->places[i].text = at;
		at += t->places[i].n == SIZE_MAX ? 0 : t->places[i].n;
	}
	for (int64_t i = 0; i < t->n; i++) {
		t->places[i].more = at;
		at += t->places[i].more_n;
	}
	return at == bytes.n;
}

static enum rp_status
open_chunk(struct sqlite_store *s, struct sql *row, struct rp_error *err)
{
	struct texts *t = s->texts;
	const int64_t first = sql_int(row, 0), n = sql_int(row, 1),
		      bytes = sql_int(row, 2);
	enum rp_status st;

	t->n = 0;
	buf_clear(&t->bytes);
	if (first < 1 || n < 1 || n > CHUNK_VERSIONS || first > INT64_MAX - n ||
	    bytes < 0 || bytes > CHUNK_MAX_BYTES)
		return rp_fail(err, RP_CORRUPT, "impossible numbers");
	st = records_unpack_plain(s, sql_int(row, 3), sql_slice(row, 4), bytes, &t->bytes,
	                          err);
	if (st != RP_OK)
		return st;
	t->first = first;
	t->n = n;
	if (find_places(t))
		return RP_OK;
	t->n = 0;
	return rp_fail(err, RP_CORRUPT, "the lengths in it do not add up");
}

/* RP_NOT_FOUND, without words: no chunk reaches that far. */
static enum rp_status
find_chunk(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	struct rp_error inner = { 0 };
	enum rp_status st = sql_open(s, SQL_TEXTS_GET, &get, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&get, 1, version);
	st = sql_step(&get, err);
	if (st != RP_OK)
		return st == RP_END ? RP_NOT_FOUND : st;
	st = open_chunk(s, &get, &inner);
	if (st == RP_CORRUPT)
		return rp_fail(err, st,
		               "the archive is damaged: the texts of versions from %lld "
		               "on: %s",
		               (long long)sql_int(&get, 0), inner.text);
	return st == RP_OK ? st : rp_fail(err, st, "%s", inner.text);
}

static bool
is_open(const struct texts *t, int64_t version)
{
	return t->n > 0 && version >= t->first && version - t->first < t->n;
}

enum rp_status
texts_read(struct sqlite_store *s, int64_t version, struct rp_buf *out,
           struct rp_slice *text_out, struct rp_slice *more_out, struct rp_error *err)
{
	const struct place *place = NULL;
	enum rp_status st = need_texts(s, err);

	if (st == RP_OK && !is_open(s->texts, version))
		st = find_chunk(s, version, err);
	if (st != RP_OK && st != RP_NOT_FOUND)
		return st;
	if (st == RP_OK && is_open(s->texts, version))
		place = &s->texts->places[version - s->texts->first];
	if (place == NULL || place->n == SIZE_MAX)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: the text of version %lld is "
		               "missing",
		               (long long)version);
	buf_add(out, rp_slice_from(s->texts->bytes.p + place->text, place->n));
	buf_add(out, rp_slice_from(s->texts->bytes.p + place->more, place->more_n));
	if (buf_failed(out))
		return rp_fail_memory(err);
	*text_out = rp_slice_from(out->p, place->n);
	*more_out = place->has_more ? rp_slice_from(out->p + place->n, place->more_n)
	                            : (struct rp_slice){ 0 };
	return RP_OK;
}

/* ---- in ---- */

struct waiting {
	int64_t id;
	size_t text, more; /* bytes */
	bool has_more;
};

/* Versions that wait for their chunk, in the order of their ids. */
struct filling {
	struct sqlite_store *s;
	bool tight;
	struct waiting list[CHUNK_VERSIONS];
	size_t n;
	struct rp_buf texts, more;
	size_t aim;                  /* bytes to have together before they are packed */
	struct rp_buf whole, packed; /* the chunk that is tried */
	uint64_t chunks;
};

static void
filling_init(struct filling *f, struct sqlite_store *s, bool tight)
{
	*f = (struct filling){ .s = s, .tight = tight, .aim = FIRST_BYTES };
	buf_init(&f->texts, CHUNK_MAX_BYTES);
	buf_init(&f->more, CHUNK_MAX_BYTES);
	buf_init(&f->whole, CHUNK_MAX_BYTES);
	buf_init(&f->packed, 2 * CHUNK_MAX_BYTES);
}

static void
filling_done(struct filling *f)
{
	buf_done(&f->texts);
	buf_done(&f->more);
	buf_done(&f->whole);
	buf_done(&f->packed);
}
DEFINE_CLEANUP_DONE(struct filling, filling_done);

static int64_t
span(const struct filling *f, size_t n)
{
	return f->list[n - 1].id - f->list[0].id + 1;
}

/* The first n as a chunk, packed; how long it is then in kept_out. */
static enum rp_status
try_chunk(struct filling *f, size_t n, enum packing *packing_out,
          struct rp_slice *kept_out, struct rp_error *err)
{
	size_t texts = 0, more = 0;
	int64_t id = f->list[0].id;

	buf_clear(&f->whole);
	buf_clear(&f->packed);
	for (size_t i = 0; i < n; i++, id++) {
		const struct waiting *w = &f->list[i];

		for (; id < w->id; id++)
			varint_add(&f->whole, 0);
		varint_add(&f->whole, w->text + 1);
		varint_add(&f->whole, w->has_more ? w->more + 1 : 0);
		texts += w->text;
		more += w->more;
	}
	buf_add(&f->whole, rp_slice_from(f->texts.p, texts));
	buf_add(&f->whole, rp_slice_from(f->more.p, more));
	if (buf_failed(&f->whole))
		return rp_fail_memory(err);
	return records_pack_plain(f->s, f->tight ? LEVEL_TIGHT : LEVEL,
	                          buf_slice(&f->whole), &f->packed, packing_out, kept_out,
	                          err);
}

static enum rp_status
put_chunk(struct filling *f, size_t n, enum packing packing, struct rp_slice kept,
          struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	CLEANUP(sql_done) struct sql drop = { 0 };
	enum rp_status st = sql_open(f->s, SQL_TEXTS_PUT, &put, err);

	if (st == RP_OK)
		st = sql_open(f->s, SQL_TEXTS_DROP, &drop, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, f->list[0].id);
	sql_bind_int(&put, 2, span(f, n));
	sql_bind_int(&put, 3, (int64_t)f->whole.n);
	sql_bind_int(&put, 4, packing);
	sql_bind_slice(&put, 5, kept);
	sql_bind_int(&drop, 1, f->list[0].id);
	sql_bind_int(&drop, 2, f->list[n - 1].id);
	sql_bind_int(&drop, 3, TEXT_MAX_BYTES);
	st = sql_run(&put, err);
	return st == RP_OK ? sql_run(&drop, err) : st;
}

static void
forget_first(struct filling *f, size_t n)
{
	size_t texts = 0, more = 0;

	for (size_t i = 0; i < n; i++) {
		texts += f->list[i].text;
		more += f->list[i].more;
	}
	buf_drop(&f->texts, texts);
	buf_drop(&f->more, more);
	f->n -= n;
	memmove(f->list, f->list + n, f->n * sizeof(f->list[0]));
}

/* As many of those that wait as fit into a page leave for it, but one at least. */
static enum rp_status
make_chunk(struct filling *f, struct rp_error *err)
{
	size_t n = f->n;
	enum packing packing;
	struct rp_slice kept;
	enum rp_status st = try_chunk(f, n, &packing, &kept, err);

	while (st == RP_OK && kept.n > PAGE_BYTES && n > 1) {
		n = n * PAGE_BYTES / kept.n;
		n = n == 0 ? 1 : n;
		st = try_chunk(f, n, &packing, &kept, err);
	}
	if (st == RP_OK)
		st = put_chunk(f, n, packing, kept, err);
	if (st != RP_OK)
		return st;
	f->aim = f->whole.n * PAGE_BYTES / (kept.n + 1);
	forget_first(f, n);
	f->chunks++;
	return RP_OK;
}

/* A row of SQL_TEXTS_ROWS, behind those before it. */
static enum rp_status
add_version(struct filling *f, const struct sql *row, struct rp_error *err)
{
	const struct waiting w = { .id = sql_int(row, 0),
		                   .text = sql_slice(row, 1).n,
		                   .more = sql_slice(row, 2).n,
		                   .has_more = !sql_is_null(row, 2) };
	enum rp_status st = RP_OK;

	if (w.id == INT64_MAX)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: a version has the last of all "
		               "ids");
	while (st == RP_OK && f->n > 0 &&
	       (w.id - f->list[0].id >= CHUNK_VERSIONS ||
	        f->texts.n + f->more.n > f->aim ||
	        f->texts.n + f->more.n + w.text + w.more > CHUNK_MAX_BYTES / 2))
		st = make_chunk(f, err);
	if (st != RP_OK)
		return st;
	f->list[f->n++] = w;
	buf_add(&f->texts, sql_slice(row, 1));
	buf_add(&f->more, sql_slice(row, 2));
	return buf_failed(&f->texts) || buf_failed(&f->more) ? rp_fail_memory(err)
	                                                     : RP_OK;
}

static enum rp_status
fill(struct filling *f, int64_t from, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st = sql_open(f->s, SQL_TEXTS_ROWS, &rows, err);

	if (st != RP_OK)
		return st;
	sql_bind_int(&rows, 1, from);
	sql_bind_int(&rows, 2, TEXT_MAX_BYTES);
	sql_bind_int(&rows, 3, CALL_VERSIONS);
	while ((st = sql_step(&rows, err)) == RP_OK)
		if ((st = add_version(f, &rows, err)) != RP_OK)
			return st;
	while (st == RP_END && f->n > 0)
		if ((st = make_chunk(f, err)) == RP_OK)
			st = RP_END;
	return st == RP_END ? RP_OK : st;
}

/* In a transaction.  RP_END: nothing was packed. */
static enum rp_status
pack_some(struct filling *f, uint64_t least, struct rp_error *err)
{
	int64_t from = 1, loose = 0;
	enum rp_status st = sql_number(f->s, SQL_TEXTS_NEXT, &from, err);

	if (st == RP_OK)
		st = sql_number(f->s, SQL_TEXTS_LOOSE, &loose, err);
	if (st != RP_OK)
		return st;
	if (from < 1)
		return rp_fail(err, RP_CORRUPT,
		               "the archive is damaged: the last texts of versions: "
		               "impossible numbers");
	if (loose <= 0 || (uint64_t)loose < least)
		return RP_END;
	st = fill(f, from, err);
	return st == RP_OK && f->chunks == 0 ? RP_END : st;
}

enum rp_status
texts_pack(struct sqlite_store *s, bool tight, uint64_t least, struct rp_error *err)
{
	CLEANUP(filling_done) struct filling f;
	enum rp_status st;

	filling_init(&f, s, tight);
	if ((st = store_begin(&s->base, err)) != RP_OK)
		return st;
	st = pack_some(&f, least, err);
	if (st == RP_OK)
		return store_commit(&s->base, err);
	store_rollback(&s->base);
	return st;
}
