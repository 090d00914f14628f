/*
 * Inside of `riposte collect`: the sources of a run, and what joins fetchers, net and
 * archive.
 */
#ifndef RIPOSTE_CMD_COLLECTING_H
#define RIPOSTE_CMD_COLLECTING_H

#include "cmd/command.h"
#include "core/collect/gather.h"
#include "core/config/secret.h"
#include "core/ingest/collect.h"

/* Wall time of a run: its start, and what has gone by since, whoever sets the clock. */
struct run_clock {
	int64_t start, mono_ms;
	bool frozen; /* by $RIPOSTE_NOW */
	bool warned; /* that it is years off */
	bool right;  /* within an hour of a server's */
};

struct collecting {
	struct invocation *inv;
	struct arena *arena;
	/* Those that are to be asked now, by name; and of each, what it is about to
	 * spend. */
	struct gather_source *sources;
	struct spending *pending;
	size_t n, room;
	struct secrets *secrets; /* NULL: none */
	struct budget budget;    /* of the run */
	struct run_clock clock;
	struct ingest *ingest;
	struct arena *scratch; /* of one question to the archive */
	int64_t flushed_ms;
	uint64_t used_before; /* of the archive's room */
	int exit_status;      /* of the sources so far */
	bool verbose, quiet, json;
	const char *kind; /* of the run: "collect" */
	/* The sources are none of the config file, but made up for this run: where they
	 * stand is not kept, and what they cover is nobody's business. */
	bool made;
};

/* ---- collect-plan.c ------------------------------------------------------------ */

/* What --budget says; and sources there must be in the config file, unless they are
 * made.  RP_BAD_USAGE, RP_BAD_CONFIG. */
enum rp_status collecting_configure(struct collecting *run,
                                    struct rp_error *err) RP_MUST_USE;

/*
 * Which sources are to be asked now: those that are due, with --all every one, or those
 * that are named.  store: NULL: there is no archive, everything is due.  tell: say which
 * of those that are named are paused.
 */
enum rp_status collecting_plan(struct collecting *run, struct store *store, bool tell,
                               struct rp_error *err) RP_MUST_USE;

/* Of one that is not paused. */
bool collecting_is_due(const struct source_state *state, int64_t now);

/* ---- collect-idle.c ------------------------------------------------------------ */

/*
 * Is there nothing to do?  What there is to be said of that has been said then.
 *
 * Nothing is written for it, nor made beside the archive, and of the config file only the
 * names of sources are looked at: unless it was changed since a source was asked last, it
 * was read and checked then.  (A change while a run is under way is checked as soon as
 * something is due.)  false: look thoroughly.
 */
bool collect_idle(struct invocation *inv);

/* ---- collect-ask.c ------------------------------------------------------------- */

/* --dry-run and --estimate: what each would ask first, on standard output. */
int collecting_foresee(struct collecting *run, bool costs);

/* ---- collect-lock.c ------------------------------------------------------------ */

struct lock;

/* One at a time: who comes second goes at once, and says whom he met.  Gives an exit
 * status. */
int collecting_lock(const struct collecting *run, struct lock **out);
/* One that is empty is what is left of a run that was killed while it made it. */
bool collecting_has_archive(const struct collecting *run);
/* Open the archive for writing, instead of what is open; one that is not there is made,
 * which is told. */
enum rp_status collecting_open(struct collecting *run, struct rp_error *err) RP_MUST_USE;

/* ---- collect-estimate.c -------------------------------------------------------- */

/* Of all sources together. */
struct estimate {
	int64_t micro;     /* their first requests */
	uint64_t requests; /* a day */
};

/* What one costs that would ask `request` first, on standard output. */
enum rp_status collecting_estimate(struct collecting *run, const struct source *source,
                                   const struct fetch_request *request,
                                   struct estimate *sum,
                                   struct rp_error *err) RP_MUST_USE;
void collecting_estimated(const struct estimate *sum);

/* ---- collect-run.c ------------------------------------------------------------- */

/* Ask them all; inv->store is open for writing.  Gives an exit status. */
int collecting_run(struct collecting *run);

/* The same in steps: begin, ask as often as there are sources to be asked, end. */
enum rp_status collecting_begin(struct collecting *run, struct rp_error *err) RP_MUST_USE;
/* RP_END: stopped. */
enum rp_status collecting_ask(struct collecting *run, struct rp_error *err) RP_MUST_USE;
/* tally may be NULL.  Gives exit_status, or what it came to. */
int collecting_end(struct collecting *run, int exit_status, struct tally *tally);

/* What gather wants of a run, which is the context: see gather.h. */
enum rp_status collecting_store(void *context, struct gather_source *source,
                                const struct page *page, const struct fetch_taken *taken,
                                struct tally *told_out, struct rp_error *err) RP_MUST_USE;
enum rp_status collecting_spend(void *context, struct gather_source *source,
                                const char *price, uint64_t units,
                                struct rp_error *err) RP_MUST_USE;

/* Into run->secrets what is secret in the addresses of sources; of those that are not
 * asked now too, as others may lead to them. */
enum rp_status collecting_addresses(struct collecting *run,
                                    struct rp_error *err) RP_MUST_USE;

int64_t run_clock_now(const struct run_clock *clock);

/* What a fetcher may know of the archive: collect-view.c. */
struct archive_view collecting_view(struct collecting *run);

/* ---- collect-report.c ---------------------------------------------------------- */

/* Did its last run stop for the same, a budget or the most pages of a run?  Whoever asked
 * for quiet has heard of it.  Before this run of it is noted. */
bool collecting_is_old_news(const struct collecting *run,
                            const struct gather_source *source);
/* A source has ended: its line. */
void collecting_tell(const struct collecting *run, const struct gather_source *source);
/* The line or object of all of it. */
void collecting_summarise(const struct collecting *run, const struct tally *tally);

#endif
