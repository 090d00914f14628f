/*
 * Collecting, as the archive sees it: what is due, what an answer is worth, what was
 * covered, what it cost.  cmd joins this with collect/gather.h.
 */
#ifndef RIPOSTE_CORE_INGEST_COLLECT_H
#define RIPOSTE_CORE_INGEST_COLLECT_H

#include "core/ingest/ingest.h"
#include "core/model/source.h"

/* ---- pages: page.c ------------------------------------------------------------ */

/* An answer of a server, to be kept as a capture and read by an importer. */
struct ingest_page {
	struct rp_slice name, format, options, body; /* as struct page of gather.h */
	int64_t at;
	bool cut;
};

/* What is stored in the same transaction. */
struct ingest_with {
	const struct source_state *states;
	size_t n_states;
	const struct source_run *runs; /* their run is filled in, as with the next two */
	size_t n_runs;
	const struct coverage *coverage; /* noted by coverage_note() */
	size_t n_coverage;
	const struct look *looks;
	size_t n_looks;
	const struct spending *spending; /* settled; NULL: none */
	/* Others say that it is this late now: what was covered behind that, is not
	 * (coverage_cut_back(), once a run).  0: nobody does. */
	int64_t now;
};

/*
 * Take in one answer: all its batches, and what goes with it, are one transaction.  page
 * may be NULL.  The same bytes again, whatever their name, for the same importer and
 * settings, add a row and no sightings; their records count as same.  An answer that no
 * importer reads is kept with one rejected record, and counted; so is what is missing of
 * one that was cut, whose capture is not complete.
 *
 * Memory: as an import's batch, besides the body; time: as an import's, and the first
 * time that bytes come which are held for other settings, a look at all captures.
 *
 * RP_OK  stored and synced; *told_out (may be NULL) is of this page alone
 * RP_FAILED, RP_RETRY_LATER, RP_CORRUPT  the archive; nothing was stored
 */
enum rp_status ingest_page(struct ingest *ingest, const struct ingest_page *page,
                           const struct ingest_with *with, struct tally *told_out,
                           struct rp_error *err) RP_MUST_USE;

/* ---- notes: with.c ------------------------------------------------------------- */

/*
 * What is worth no transaction of its own: copied, and written in front of the next page,
 * or by ingest_flush().  Who is killed before that asks for it once more.  No spending.
 * RP_FAILED: memory.
 */
enum rp_status ingest_note(struct ingest *ingest, const struct ingest_with *with,
                           struct rp_error *err) RP_MUST_USE;
/* Write what waits, all of it in one transaction; nothing, if nothing does. */
enum rp_status ingest_flush(struct ingest *ingest, struct rp_error *err) RP_MUST_USE;

/* ---- due.c -------------------------------------------------------------------- */

/*
 * When a source is to be asked again, with the state as it is after this run: every
 * (microseconds) after it was asked; after n failures in a row every * 2^n, a day at most
 * and `every` at least; later when it said so (not_before; 0: it did not), by a month at
 * the most.  A time of asking that lies ahead, of a clock that was set back, counts as
 * now.
 */
int64_t due_next(const struct source_state *state, int64_t every, int64_t not_before,
                 enum source_end end, int64_t now);

/* ---- coverage.c --------------------------------------------------------------- */

/*
 * What a source has of a subject, with one more stretch: covered takes gaps away, a gap
 * is only where nothing is covered, neighbours that agree are joined.  Written in the
 * open transaction, if it changes anything; the result does not depend on the order but
 * for which gap's words stay (those told first).
 *
 * from may be unknown: since ever.  A stretch whose end is unknown, or not after its
 * beginning, says nothing.
 */
enum rp_status coverage_note(struct store *store, const struct coverage *more,
                             struct rp_error *err) RP_MUST_USE;

/*
 * Take back what sources are said to have covered of times that have not come yet (an
 * hour is granted), by a run whose clock was ahead: all that lies behind the source's
 * last run before `now`, where a gap takes its place.  Before anything of this run is
 * noted, and only where it is known that `now` is right.
 */
enum rp_status coverage_cut_back(struct store *store, int64_t now,
                                 struct rp_error *err) RP_MUST_USE;

/* ---- ledger.c ----------------------------------------------------------------- */

struct budget {
	int64_t micro; /* at the most; 0: nothing that costs is asked for */
	char per; /* 'r' run, 'd' UTC day, 'm' UTC month; 0, or a NULL budget: no limit */
};

/*
 * What may be spent still, by every budget that counts: of the source, and of all sources
 * together, which is that of the run.  A day and a month are those of spending->at; what
 * is noted at later times, by a clock that was set back since, counts too.
 *
 * RP_OK: noted down as spent in this run (all of it, until it is settled), synced; its
 * run and id are set.  No transaction may be open.
 * RP_END: it would pass a budget; the text says which, and how much is left.
 */
enum rp_status ledger_reserve(struct ingest *ingest, struct spending *spending,
                              const struct budget *source, const struct budget *run,
                              struct rp_error *err) RP_MUST_USE;

/* Spent by a source (empty: by all) from a time on. */
enum rp_status ledger_sum(struct store *store, struct rp_slice source, int64_t since,
                          int64_t *micro_out, struct rp_error *err) RP_MUST_USE;

#endif
