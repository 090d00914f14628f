/*
 * What can be told of an archive's soundness by itself: the database's own check, then
 * each kind of fact, then the words.  Every check goes on after damage as far as it can.
 */
#include "storage/sqlite/sqlite.h"

#include <stdarg.h>

void
findings_add(struct findings *findings, const char *format, ...)
{
	struct rp_error clean;
	char sentence[1024];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	/* What is quoted in it comes out of a file that is damaged. */
	(void)rp_fail(&clean, RP_CORRUPT, "%s", sentence);
	findings->n++;
	findings->tell(findings->context, clean.text);
}

/* B-trees, free pages, indexes against tables, types and constraints. */
static enum rp_status
verify_database(struct findings *findings, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st = sql_open_text(
		findings->s, RP_SLICE("PRAGMA main.integrity_check"), &rows, err);

	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK)
		if (!rp_slice_eq(sql_slice(&rows, 0), RP_SLICE("ok")))
			findings_add(findings, "The database is damaged: %.*s",
			             RP_FMT(sql_slice(&rows, 0)));
	return st == RP_END ? RP_OK : st;
}

/* It was the right one when the archive was opened. */
static enum rp_status
verify_schema(struct findings *findings, struct rp_error *err)
{
	bool empty = false;
	enum rp_status st = schema_check(findings->s, &empty, err);

	return st == RP_OK && empty ? rp_fail(err, RP_CORRUPT, "the tables are gone")
	                            : st;
}

static enum rp_status
verify_words(struct findings *findings, struct rp_error *err)
{
	struct sha256 digest;
	bool good = true;
	enum rp_status st;

	if (findings->part.k != 1)
		return words_walk(findings->s, err);
	st = words_check(findings->s, &digest, &good, err);
	if (st == RP_OK && !good)
		findings_add(findings,
		             "the full text index does not hold the words of the posts");
	return st;
}

/* Damage that stops a check is a finding; the other checks can still say more. */
static enum rp_status
check_all(struct findings *findings, struct rp_error *err)
{
	static verify_check *const checks[] = {
		verify_database, verify_schema, verify_archive_row, verify_runs,
		verify_agains,   verify_chain,  verify_foreign,     verify_dictionaries,
		verify_records,  verify_sealed, verify_captures,    verify_rejects,
		verify_sources,  verify_words,
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct rp_error why = { 0 };
		enum rp_status st = checks[i](findings, &why);

		if (st == RP_CORRUPT || st == RP_BAD_CONFIG)
			findings_add(findings, "%s", why.text);
		else if (st != RP_OK)
			return rp_fail(err, st, "%s", why.text);
	}
	return RP_OK;
}

enum rp_status
sqlite_verify(struct store *store, struct verify_part part, store_finding *tell,
              void *context, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	struct findings findings = { s, part, tell, context, 0 };
	bool own = store->transaction == TRANSACTION_NONE;
	enum rp_status st =
		own ? store->ops->begin(store, false, err) : pending_settle(s, err);

	if (st == RP_CORRUPT) {
		findings_add(&findings, "%s", err != NULL ? err->text : "It is damaged.");
		return st;
	}
	if (st != RP_OK)
		return st;
	st = check_all(&findings, err);
	if (own)
		store->ops->rollback(store);
	if (st == RP_OK && findings.n > 0)
		return rp_fail(err, RP_CORRUPT, "%llu findings",
		               (unsigned long long)findings.n);
	return st;
}
