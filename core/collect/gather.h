/*
 * Drive many fetchers side by side: requests within all limits, answers back to them, and
 * what comes of it handed over to be stored.
 *
 * One thread.  Knows net/http and fetchers; what the archive does with an answer is told
 * by hooks, so that it can be tried without one.
 */
#ifndef RIPOSTE_CORE_COLLECT_GATHER_H
#define RIPOSTE_CORE_COLLECT_GATHER_H

#include "core/collect/fetcher.h"

struct http;
struct secrets;

/* An answer that is to be kept.  Texts are borrowed. */
struct page {
	struct rp_slice name;    /* the url */
	struct rp_slice format;  /* importer; empty: recognise */
	struct rp_slice options; /* for the importer, and how it was got: options.h */
	struct rp_slice body;
	int64_t at;
	bool cut; /* incomplete: kept as a capture that is not complete */
};

/* One source in this run. */
struct gather_source {
	const struct source *source;
	const struct fetcher_ops *ops;
	struct source_state state; /* as the archive has it */
	struct rp_slice token;     /* empty: none */
	/* Kept up to date by gather, but for run and spent_micro, which are the hooks'.
	 * began is unknown: it was not begun. */
	struct source_run told;
};

struct gather_hooks {
	void *context;
	/*
	 * Store what an answer brought, in one transaction: page (NULL: nothing to keep),
	 * source->state, whose cursor is that of the answer by now, coverage, looks, the
	 * spending.  Not called where there is none of it.  *told_out: what its posts
	 * were.  RP_OK, or what ends the whole run.
	 */
	enum rp_status (*store)(void *context, struct gather_source *source,
	                        const struct page *page, const struct fetch_taken *taken,
	                        struct tally *told_out, struct rp_error *err);
	/*
	 * May this be spent?  RP_OK: it is noted down.  RP_END: the budget (err says
	 * which) would be passed.
	 */
	enum rp_status (*spend)(void *context, struct gather_source *source,
	                        const char *price, uint64_t units, struct rp_error *err);
	/* The source has ended: source->told and ->state are complete, but for when it is
	 * due.  not_before: 0: after its own interval. */
	enum rp_status (*ended)(void *context, struct gather_source *source,
	                        int64_t not_before, struct rp_error *err);
	struct archive_view view;
	bool (*stop)(void *context); /* a signal: ends cleanly within two seconds */
	int64_t (*now)(void *context);
	/* What a server's clock says as its answer comes, and ours.  May be NULL. */
	void (*clock_seen)(void *context, int64_t ours, int64_t theirs);
	/* Before each request, for -v and --dry-run: false: do not make it, the source is
	 * done.  May be NULL. */
	bool (*asking)(void *context, const struct gather_source *source,
	               const struct fetch_request *request);
};

struct gather_options {
	struct http *http;
	const struct secrets *secrets; /* masked in all that is kept; may be NULL */
	struct arena
		*arena; /* what source->told and ->state say at the end lives there */
	unsigned side_by_side; /* sources under way; 0: 16 */
	unsigned pages;      /* answers of one source in one run, where it has no setting
	                        of that name; 0: 500 */
	int64_t patience_ms; /* a source waits no longer for another try; 0: 60 s */
};

/*
 * Run them all.  Each ends as it ends, and none because of another, but for those with a
 * token that was refused: they are not asked any more.  The return is RP_OK unless the
 * run as a whole cannot go on (disk, memory), or RP_END: stopped.  Requests that are
 * under way then are left to http_free(), which must come before anything else is asked.
 */
enum rp_status gather(struct gather_source *sources, size_t n,
                      const struct gather_options *options,
                      const struct gather_hooks *hooks, struct rp_error *err) RP_MUST_USE;

#endif
