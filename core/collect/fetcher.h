/*
 * Fetchers: what to ask a platform next, and what its answer means.
 *
 * A fetcher does no I/O and never sees the archive.  gather.h drives many of them side by
 * side: it makes the request that next() describes, within every limit, hands the answer
 * to take(), and has what that says stored: the answer's bytes as a capture, which an
 * importer (collector.h) reads, now and at every rebuild; the cursor; the coverage; all
 * in one transaction.  So a fetcher decides about pages, and never makes a post.
 *
 *	next ─ request ─▶ gather ─▶ net/http ─▶ answer ─ take ─▶ taken ─▶ stored
 *
 * Killed anywhere it goes on from the cursor of its last stored answer: a repeat is fine,
 * a hole is not.  See docs/adding-a-collector.md.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCHER_H
#define RIPOSTE_CORE_COLLECT_FETCHER_H

#include "core/base/arena.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/config/settings.h"
#include "core/model/capture.h"
#include "core/model/source.h"

/* What the archive says to a question; see struct archive_view. */
enum holding {
	HOLDING_NONE, /* not held, and nobody was asked */
	HOLDING_HELD, /* held, with its words */
	HOLDING_GONE, /* asked for before, and gone; or in the last day, in vain */
};

/*
 * The little that a fetcher may know of the archive, so that nothing is asked for twice.
 * Given by ingest; any time but inside of open().
 */
struct archive_view {
	void *context;
	/* key: of a post ("x:1881…"); way: who would be asked ("x"): that another one had
	 * nothing to say about it means nothing. */
	enum holding (*held)(void *context, const char *way, struct rp_slice key);
	/*
	 * Ghosts that posts of this account, or of this conversation, refer to, each
	 * once, newest first, at most `most`: those nobody was asked about.  tell()
	 * borrows the key.
	 */
	void (*missing)(void *context, struct rp_slice subject, size_t most,
	                void (*tell)(void *to, struct rp_slice key), void *to);
};

struct fetch_header {
	const char *name; /* "If-None-Match" */
	struct rp_slice value;
};

enum { FETCH_HEADERS_MAX = 8 };

/* One request.  Borrowed from the fetcher until the next call of next() or take(). */
struct fetch_request {
	struct rp_slice url; /* absolute, http or https; never a secret in it */
	struct fetch_header headers[FETCH_HEADERS_MAX];
	size_t n_headers;
	/*
	 * Send the source's token as "Authorization: Bearer".  Only ever to the scheme,
	 * host and port of this url, and not to where that may redirect.
	 */
	bool authorised;
	/*
	 * What it costs at the most: a row of the price table ("x.post") and how many of
	 * them may come.  NULL: nothing.
	 */
	const char *price;
	uint64_t most_units;
	uint64_t max_bytes; /* of the decoded body; 0: the default, 32 MB */
	/* A page that somebody runs: its robots.txt is asked first, unless the source
	 * says robots = ignore. */
	bool robots;
	bool redirects; /* may be followed; an API's are not */
	/* At least so long after the request before it to this host; 0: the usual. */
	uint32_t spacing_ms;
};

struct fetch_answer {
	int status;           /* 200; always a real answer of a server */
	struct rp_slice url;  /* that answered, after redirects */
	bool moved_for_good;  /* redirected, and every hop was permanent */
	struct rp_slice body; /* decoded; complete, or cut says otherwise */
	bool cut;             /* over a ceiling: the rest is missing */
	bool unverified_end;  /* ended by closing, without a length: perhaps too early */
	struct rp_slice type; /* Content-Type, lower case, without parameters */
	struct rp_slice charset; /* of it; may be empty */
	int64_t at;              /* when it came */
	/* How far our clock was ahead of the server's then, if by more than an hour: what
	 * is covered ends at `at - ahead` at the latest, which gather sees to. */
	int64_t ahead;
	/* A header by name, any case; empty: it has none. */
	struct rp_slice (*header)(const struct fetch_answer *answer, const char *name);
	const void *headers; /* gather's */
};

enum fetch_then {
	FETCH_ON,    /* ask next() for more */
	FETCH_AGAIN, /* the same request once more, after a wait: a 429, a 5xx, a page of
	                HTML where JSON was asked for.  gather counts, waits as the
	                headers say, or as the retry rule does, and gives up in the end */
	FETCH_DONE,  /* nothing is left to ask in this run */
};

enum { FETCH_COVERAGE_MAX = 8, FETCH_LOOKS_MAX = 100 };

/*
 * What an answer means.  Borrowed from the fetcher until the next call.  Zeroed by the
 * caller of take(): all that is left alone means "nothing".
 */
struct fetch_taken {
	enum fetch_then then;

	bool keep;            /* the body becomes a capture */
	struct rp_slice name; /* its name; empty: the request's url */
	struct rp_slice
		format; /* importer: "x", "bsky", "masto", "feed"; empty: recognise */
	struct rp_slice options; /* "key=value\n" lines for it, see options.h; what gather
	                            knows (fetched, status, http.*) it adds itself */

	/*
	 * ... which is stored together with the capture.  Each fetcher has a form of its
	 * own: X a JSON object, as its listings have parts; networks lines that come and
	 * go one by one (fetch-notes.h), since a run notes hundreds of posts; feeds and
	 * pages a few "key=value" lines.  No fetcher reads that of another.
	 */
	bool has_cursor;
	struct rp_slice cursor;

	struct coverage coverage[FETCH_COVERAGE_MAX]; /* source and run are filled in */
	size_t n_coverage;

	struct look looks[FETCH_LOOKS_MAX]; /* run and at are filled in */
	size_t n_looks;

	uint64_t units; /* what came of what is priced */
	/* The token was refused, or may not spend any more: no source of whoever pays is
	 * asked again in this run.  A 401 or 402 to an authorised request says so without
	 * this. */
	bool payer_refused;
	int64_t not_before; /* do not ask this source again before; 0: its own interval */
	struct rp_slice
		remark; /* for the summary line and the log: "3,200 newest only" */
};

/* A stretch more; nothing when its beginning is unknown, it is empty, of no subject, or
 * there are too many. */
void taken_cover(struct fetch_taken *taken, struct rp_slice subject, int64_t from,
                 int64_t until);
/* The same since ever, which an unknown `from` does not say of what was seen. */
void taken_cover_all(struct fetch_taken *taken, struct rp_slice subject, int64_t until);
/* from unknown: since ever. */
void taken_gap(struct fetch_taken *taken, struct rp_slice subject, int64_t from,
               int64_t until, const char *why);
/* A look more; nothing without a key. */
void taken_look(struct fetch_taken *taken, struct rp_slice key, const char *way,
                enum look_outcome outcome);

struct fetcher;

/*
 * One kind of source.
 *
 * open   reads the settings.  RP_BAD_CONFIG: one is missing or makes no sense; the text
 *        names it.  A cursor it cannot read counts as none.  view may be NULL where
 *        nothing is held (source test).
 * next   RP_OK and a request; RP_END when nothing is left to ask.
 * take   RP_OK and what it means; RP_RETRY_LATER (err->retry_at may be set) or
 *        RP_BAD_SOURCE when the source is done for this run.  *taken counts in any case.
 * fewer  what next() described costs too much: from now on it describes one of so many
 *        units at the most.  false: it cannot be made smaller.  May be NULL.
 * stored after the answer was stored, with what its posts were; may be NULL.
 */
struct fetcher_ops {
	const char *name;                   /* "x": what `collector =` takes */
	const char *summary;                /* for `riposte help` and the man page */
	const struct setting_row *settings; /* of its sections; NULL name at the end */
	bool needs_token;                   /* nobody is answered without one */
	enum rp_status (*open)(const struct source *source, struct rp_slice cursor,
	                       const struct archive_view *view, int64_t now,
	                       struct fetcher **out, struct rp_error *err);
	enum rp_status (*next)(struct fetcher *fetcher, int64_t now,
	                       struct fetch_request *out, struct rp_error *err);
	enum rp_status (*take)(struct fetcher *fetcher, const struct fetch_answer *answer,
	                       struct fetch_taken *taken, struct rp_error *err);
	bool (*fewer)(struct fetcher *fetcher, uint64_t most_units);
	void (*stored)(struct fetcher *fetcher, const struct tally *told);
	struct fetcher *(*close)(struct fetcher *fetcher);
};

/* Every one, NULL at the end.  A new one: docs/adding-a-collector.md. */
extern const struct fetcher_ops *const fetchers[];

/* By name; NULL when there is none. */
const struct fetcher_ops *fetcher_find(struct rp_slice name);

#endif
