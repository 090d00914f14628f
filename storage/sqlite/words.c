/*
 * Full text: an FTS5 table without content, row by row the words of version.text.
 */
#include "storage/sqlite/sqlite.h"

/* What FTS5 cuts words to. */
enum { WORD_MAX_BYTES = 32768 };

/*
 * As it is indexed: without NULs, at which some paths through SQLite would end.  Borrowed
 * from text or from s->text.
 */
static bool
searchable(struct sqlite_store *s, struct rp_slice text, struct rp_slice *out)
{
	*out = text;
	if (rp_slice_find_byte(text, '\0') == text.n)
		return true;
	buf_clear(&s->text);
	buf_add(&s->text, text);
	if (buf_failed(&s->text))
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (s->text.p[i] == '\0')
			s->text.p[i] = ' ';
	*out = buf_slice(&s->text);
	return true;
}

static enum rp_status
change_words(struct sqlite_store *s, enum sql_id id, int64_t version,
             struct rp_slice text, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql put = { 0 };
	struct rp_slice clean;
	enum rp_status st;

	if (!searchable(s, text, &clean))
		return rp_fail_memory(err);
	st = sql_open(s, id, &put, err);
	if (st != RP_OK)
		return st;
	sql_bind_int(&put, 1, version);
	sql_bind_text(&put, 2, clean);
	return sql_run(&put, err);
}

enum rp_status
words_insert(struct sqlite_store *s, int64_t version, struct rp_slice text,
             struct rp_error *err)
{
	return change_words(s, SQL_TEXT_INSERT, version, text, err);
}

enum rp_status
words_delete(struct sqlite_store *s, int64_t version, struct rp_slice text,
             struct rp_error *err)
{
	return change_words(s, SQL_TEXT_DELETE, version, text, err);
}

/* ---- the words themselves ---- */

/* FTS5's own tokenizer, with the settings of the table. */
struct tokenizer {
	fts5_tokenizer functions;
	Fts5Tokenizer *instance;
};

static void
tokenizer_done(struct tokenizer *tokenizer)
{
	if (tokenizer->instance != NULL)
		tokenizer->functions.xDelete(tokenizer->instance);
}
DEFINE_CLEANUP_DONE(struct tokenizer, tokenizer_done);

static enum rp_status
tokenizer_open(struct sqlite_store *s, struct tokenizer *out, struct rp_error *err)
{
	static const char *arguments[] = { "remove_diacritics", "2" };
	CLEANUP(sql_done) struct sql get = { 0 };
	fts5_api *api = NULL;
	void *user = NULL;
	enum rp_status st = sql_open_text(s, RP_SLICE("SELECT fts5(?1)"), &get, err);

	if (st != RP_OK)
		return st;
	(void)sqlite3_bind_pointer(get.stmt, 1, (void *)&api, "fts5_api_ptr", NULL);
	st = sql_step(&get, err);
	if (st != RP_OK)
		return st;
	if (api == NULL ||
	    api->xFindTokenizer(api, "unicode61", &user, &out->functions) != SQLITE_OK ||
	    out->functions.xCreate(user, arguments, 2, &out->instance) != SQLITE_OK)
		return rp_fail(err, RP_FAILED, "this SQLite has no full text search");
	return RP_OK;
}

/*
 * Two hashes are made of the words.  `digest` is what is handed out: SHA-256 of key,
 * fingerprint and words of each version, all added up as one large number.  `sum` is
 * compared with the index: XXH3 of row, place and word, added up.
 */
struct digesting {
	struct sha256_stream *version;
	struct rp_buf place;
	int64_t row;
	int64_t words; /* of this version so far */
	uint64_t sum;
	struct sha256 digest;
};

static void
digesting_done(struct digesting *d)
{
	d->version = sha256_stream_free(d->version);
	buf_done(&d->place);
}
DEFINE_CLEANUP_DONE(struct digesting, digesting_done);

static void
add_place(struct digesting *d, int64_t row, int64_t place, struct rp_slice word)
{
	buf_clear(&d->place);
	buf_add(&d->place, rp_slice_from((const char *)&row, sizeof(row)));
	buf_add(&d->place, rp_slice_from((const char *)&place, sizeof(place)));
	buf_add(&d->place, word);
	d->sum += hash_stable(buf_slice(&d->place));
}

static void
add_number(struct sha256_stream *stream, uint64_t number)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(unsigned char)(number >> (56 - 8 * i));
	sha256_stream_add(stream, rp_slice_from(bytes, sizeof(bytes)));
}

static int
see_word(void *context, int flags, const char *word, int n, int from, int to)
{
	struct digesting *d = context;
	struct rp_slice cut =
		rp_slice_from(word, (size_t)(n > WORD_MAX_BYTES ? WORD_MAX_BYTES : n));

	(void)flags;
	(void)from;
	(void)to;
	add_place(d, d->row, d->words++, cut);
	add_number(d->version, cut.n);
	sha256_stream_add(d->version, cut);
	return SQLITE_OK;
}

static void
add_up(struct sha256 *sum, const struct sha256 *one)
{
	unsigned carry = 0;

	for (size_t i = SHA256_BYTES; i-- > 0;) {
		carry += (unsigned)sum->bytes[i] + one->bytes[i];
		sum->bytes[i] = (unsigned char)carry;
		carry >>= 8;
	}
}

/* A row of SQL_SCAN_TEXTS. */
static enum rp_status
digest_version(struct sqlite_store *s, struct tokenizer *tokenizer, struct digesting *d,
               struct sql *row, struct rp_error *err)
{
	struct version version;
	struct rp_slice key, text;
	struct sha256 hash;
	enum rp_status st = row_version(row, &version, err);

	if (st != RP_OK)
		return st;
	key = sql_key(row, 8, 1);
	d->version = sha256_stream_free(d->version);
	d->version = sha256_stream_new();
	if (d->version == NULL || !searchable(s, version.text, &text))
		return rp_fail_memory(err);
	d->row = version.id;
	d->words = 0;
	add_number(d->version, key.n);
	sha256_stream_add(d->version, key);
	sha256_stream_add(d->version, rp_slice_from((const char *)version.fingerprint,
	                                            FINGERPRINT_BYTES));
	if (tokenizer->functions.xTokenize(tokenizer->instance, d, FTS5_TOKENIZE_DOCUMENT,
	                                   text.p, (int)text.n, see_word) != SQLITE_OK)
		return rp_fail_memory(err);
	hash = sha256_stream_peek(d->version);
	add_up(&d->digest, &hash);
	return RP_OK;
}

static enum rp_status
digest_texts(struct sqlite_store *s, struct digesting *d, struct rp_error *err)
{
	CLEANUP(tokenizer_done) struct tokenizer tokenizer = { 0 };
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st = tokenizer_open(s, &tokenizer, err);

	if (st == RP_OK)
		st = sql_open(s, SQL_SCAN_TEXTS, &rows, err);
	while (st == RP_OK) {
		st = sql_step(&rows, err);
		if (st == RP_OK)
			st = digest_version(s, &tokenizer, d, &rows, err);
	}
	return st == RP_END ? RP_OK : st;
}

/* What the index holds, place by place; a view of it that only this connection sees. */
static enum rp_status
sum_index(struct sqlite_store *s, struct digesting *d, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st;

	st = sql_exec(s,
	              "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_held "
	              "USING fts5vocab('main','words','instance')",
	              err);
	if (st == RP_OK)
		st = sql_open_text(s,
		                   RP_SLICE("SELECT doc,\"offset\",term FROM words_held"),
		                   &rows, err);
	while (st == RP_OK) {
		st = sql_step(&rows, err);
		if (st == RP_OK)
			add_place(d, sql_int(&rows, 0), sql_int(&rows, 1),
			          sql_slice(&rows, 2));
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
words_walk(struct sqlite_store *s, struct rp_error *err)
{
	CLEANUP(digesting_done) struct digesting index = { 0 };

	buf_init(&index.place, 2 * WORD_MAX_BYTES);
	return sum_index(s, &index, err);
}

enum rp_status
words_check(struct sqlite_store *s, struct sha256 *digest_out, bool *good_out,
            struct rp_error *err)
{
	CLEANUP(digesting_done) struct digesting texts = { 0 };
	CLEANUP(digesting_done) struct digesting index = { 0 };
	enum rp_status st;

	buf_init(&texts.place, 2 * WORD_MAX_BYTES);
	buf_init(&index.place, 2 * WORD_MAX_BYTES);
	st = digest_texts(s, &texts, err);
	if (st == RP_OK)
		st = sum_index(s, &index, err);
	if (st != RP_OK)
		return st;
	*good_out = texts.sum == index.sum;
	if (!*good_out) /* what is found is not what was said: another digest */
		texts.digest = sha256_of(
			rp_slice_from((const char *)&index.sum, sizeof(index.sum)));
	*digest_out = texts.digest;
	return RP_OK;
}

enum rp_status
words_digest(struct store *store, struct sha256 *out, struct rp_error *err)
{
	bool good;

	return words_check(sqlite_store_of(store), out, &good, err);
}
