/*
 * What older formats had otherwise, or not at all.  What they had is derived, but its
 * rows are converted rather than made again: that takes no collector, and a reader can do
 * it too.  What they had not is empty.
 */
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"

/* ---- what the conversions are told in ---- */

/* riposte_key(BLOB): as sql_bind_key() would have it. */
static void
key_function(sqlite3_context *context, int n, sqlite3_value **values)
{
	const char *p = sqlite3_value_blob(values[0]);
	const struct rp_slice key =
		rp_slice_from(p, (size_t)sqlite3_value_bytes(values[0]));
	int64_t number;

	(void)n;
	if (key.n == 0)
		sqlite3_result_null(context);
	else if (sql_key_number(key, &number))
		sqlite3_result_int64(context, number);
	else
		sqlite3_result_value(context, values[0]);
}

/* riposte_fold(BLOB): of a handle in lower case. */
static void
fold_function(sqlite3_context *context, int n, sqlite3_value **values)
{
	const char *p = sqlite3_value_blob(values[0]);
	const size_t bytes = (size_t)sqlite3_value_bytes(values[0]);

	(void)n;
	sqlite3_result_int64(context, row_fold(rp_slice_from(p, bytes)));
}

/* riposte_more(…): texts with their lengths, numbers zigzag; NULL when there is no
 * number and every text is empty. */
static void
more_function(sqlite3_context *context, int n, sqlite3_value **values)
{
	CLEANUP(buf_done) struct rp_buf more;
	bool any = false;

	buf_init(&more, VALUE_MAX_BYTES);
	for (int i = 0; i < n; i++) {
		if (sqlite3_value_type(values[i]) == SQLITE_INTEGER) {
			varint_add(&more, zigzag(sqlite3_value_int64(values[i])));
			any = true;
		} else {
			const char *p = sqlite3_value_blob(values[i]);
			const struct rp_slice text =
				rp_slice_from(p, (size_t)sqlite3_value_bytes(values[i]));

			row_add_texts(&more, &text, 1);
			any = any || text.n > 0;
		}
	}
	if (buf_failed(&more))
		sqlite3_result_error_nomem(context);
	else if (any)
		sqlite3_result_blob64(context, more.p, more.n, SQLITE_TRANSIENT);
	else
		sqlite3_result_null(context);
}

static enum rp_status
add_functions(struct sqlite_store *s, struct rp_error *err)
{
	static const struct {
		const char *name;
		int n;
		void (*function)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{ "riposte_key", 1, key_function },
		{ "riposte_fold", 1, fold_function },
		{ "riposte_more", -1, more_function },
	};
	int rc = SQLITE_OK;

	for (size_t i = 0;
	     rc == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++)
		rc = sqlite3_create_function_v2(
			s->db, functions[i].name, functions[i].n,
			SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
			functions[i].function, NULL, NULL, NULL);
	return rc == SQLITE_OK ? RP_OK : sql_fail(s, rc, err);
}

/* ---- conversions ---- */

#define UNKNOWN "(-9223372036854775807-1)"

/* clang-format off */
static const struct {
	int64_t before; /* formats below this one need it */
	int64_t since;  /* and had the table from this one on; 0: never */
	const char *table, *rows; /* rows NULL: none */
} conversions[] = {
	{ 3, 1, "post",
		"SELECT id,riposte_key(key),kind,riposte_key(author),t_lo,t_hi,t_precision,t_basis,"
		"riposte_key(conversation),"
		"riposte_more(url,context,place,zone,title,not_before,not_after) FROM main.post" },
	{ 3, 1, "alias", "SELECT riposte_key(key),post FROM main.alias" },
	{ 3, 1, "version",
		"SELECT id,post,fingerprint,riposte_key(native),nullif(as_of," UNKNOWN "),flags,text,"
		"CASE WHEN t_lo IS NULL AND t_hi IS NULL AND t_precision=0 AND t_basis=0"
		" THEN riposte_more(lang,text_raw,mentions,media,poll)"
		" ELSE riposte_more(lang,text_raw,mentions,media,poll,ifnull(t_lo," UNKNOWN "),"
		"coalesce(t_hi,t_lo," UNKNOWN "),t_precision,t_basis) END FROM main.version" },
	{ 3, 0, "texts", NULL },
	{ 3, 1, "sighting",
		"SELECT post,capture,record,start,version,bytes,CASE WHEN as_of=" UNKNOWN " THEN 0"
		" WHEN as_of>=0 THEN as_of+1 ELSE as_of END FROM main.sighting" },
	{ 3, 1, "account",
		"SELECT riposte_key(key),handle,name,first,nullif(last,first) FROM main.account" },
	{ 3, 0, "handle",
		"SELECT DISTINCT riposte_fold(folded),riposte_key(key) FROM main.account"
		" WHERE folded>x''" },
	{ 3, 1, "state",
		"SELECT riposte_key(subject),as_of,state,evidence,capture FROM main.state" },
	{ 3, 2, "sealed_hash",
		"SELECT (prefix>>17)&140737488355327,record FROM main.sealed_hash" },
	{ 5, 0, "source", NULL },
	{ 5, 0, "coverage", NULL },
	{ 5, 0, "source_run", NULL },
	{ 5, 0, "spending", NULL },
	{ 5, 0, "look", NULL },
};
/* clang-format on */
enum { CONVERSIONS = sizeof(conversions) / sizeof(conversions[0]) };

static bool
had_table(size_t i, int64_t version)
{
	return conversions[i].since != 0 && conversions[i].since <= version;
}

/* "BEFORE TABLE AFTER MORE": fixed words. */
static enum rp_status
run_on(struct sqlite_store *s, const char *before, const char *table, const char *after,
       const char *more, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 16);
	buf_printf(&text, "%s%s %s%s", before, table, after, more);
	buf_add_byte(&text, '\0');
	return buf_failed(&text) ? rp_fail_memory(err) : sql_exec(s, text.p, err);
}

static enum rp_status
convert(struct sqlite_store *s, size_t i, int64_t version, struct rp_error *err)
{
	enum rp_status st = schema_make_beside(s, conversions[i].table, err);

	if (st == RP_OK && conversions[i].rows != NULL && version >= conversions[i].since)
		st = run_on(s, "INSERT INTO temp.", conversions[i].table,
		            conversions[i].rows, "", err);
	return st;
}

enum rp_status
migrate_convert(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	if (version < SCHEMA_VERSION)
		st = add_functions(s, err);
	for (size_t i = 0; st == RP_OK && i < CONVERSIONS; i++)
		if (version < conversions[i].before)
			st = convert(s, i, version, err);
	return st;
}

static enum rp_status
forget_converted(struct sqlite_store *s, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < CONVERSIONS; i++)
		st = run_on(s, "DROP TABLE IF EXISTS temp.", conversions[i].table, "", "",
		            err);
	return st;
}

enum rp_status
migrate_look(struct sqlite_store *s, struct rp_error *err)
{
	bool empty = false;
	enum rp_status st = forget_converted(s, err);

	if (st == RP_OK)
		st = schema_check(s, &empty, err);
	if (st == RP_OK && empty)
		return rp_fail(err, RP_CORRUPT,
		               "not a riposte archive: the file is empty");
	return st == RP_OK ? migrate_convert(s, s->version, err) : st;
}

enum rp_status
migrate_drop_old(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < CONVERSIONS; i++)
		if (version < conversions[i].before && had_table(i, version))
			st = run_on(s, "DROP TABLE main.", conversions[i].table, "", "",
			            err);
	return st;
}

enum rp_status
migrate_take_over(struct sqlite_store *s, int64_t version, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && i < CONVERSIONS; i++) {
		const char *table = conversions[i].table;

		if (version >= conversions[i].before)
			continue;
		st = run_on(s, "INSERT INTO main.", table, "SELECT * FROM temp.", table,
		            err);
		if (st == RP_OK)
			st = run_on(s, "DROP TABLE temp.", table, "", "", err);
	}
	return st;
}
