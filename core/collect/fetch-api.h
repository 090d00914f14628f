/*
 * What fetchers of JSON APIs share: answers looked at, jobs to do.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_API_H
#define RIPOSTE_CORE_COLLECT_FETCH_API_H

#include "core/collect/fetcher.h"
#include "core/collect/paging.h"
#include "core/parse/json.h"

#include <stdarg.h>

/* ---- what is answered ------------------------------------------------------- */

enum api_reply {
	API_OK,        /* 2xx, an object or an array */
	API_UNCHANGED, /* 304 */
	API_AGAIN,     /* 429, 5xx, no JSON where it should be */
	API_REFUSED,   /* 4xx: an error object, or nothing to be read */
	API_MOVED,     /* 3xx: of what was asked for it says nothing */
	API_CUT,       /* longer than we take */
};

/* The answer in hand. */
struct api {
	struct json_doc doc; /* empty unless there was JSON */
	struct arena *arena; /* for what comes of it, until the next one */
};

/* RP_FAILED: out of memory. */
enum rp_status api_init(struct api *api, struct rp_error *err) RP_MUST_USE;
void api_done(struct api *api);

enum api_reply api_read(struct api *api, const struct fetch_answer *answer);

/* The text of a member that can be part of a key; empty otherwise. */
struct rp_slice api_word(struct api *api, uint32_t object, const char *name);
/* The cursor of the next page, empty where it has none; false: something stands there
 * that is no cursor. */
bool api_cursor(struct api *api, struct rp_slice *out) RP_MUST_USE;
/* RFC 3339; RP_TIME_UNKNOWN for anything else. */
int64_t api_time(struct api *api, uint32_t object, const char *name);
/* What an error object says, for the end of a sentence: ": No such account"; or nothing.
 */
struct rp_slice api_says(struct api *api, const char *name);

/* "name=value\n" lines for the importer. */
struct rp_slice api_options(struct api *api, const char *name, struct rp_slice value);

/* ---- what somebody has to look at ------------------------------------------- */

/* What of a run did not work, in sentences. */
struct trouble {
	struct rp_buf text;
	size_t told; /* of it, in remarks */
	bool worked; /* something else did */
};

void trouble_init(struct trouble *trouble);
void trouble_done(struct trouble *trouble);
void trouble_add(struct trouble *trouble, const char *format, va_list args)
	RP_PRINTF(2, 0);
/* What has come since the last time becomes the remark. */
void trouble_remark(struct trouble *trouble, struct fetch_taken *taken);
/* How the run ends: RP_BAD_SOURCE with all of it when nothing worked, else RP_END. */
enum rp_status trouble_end(const struct trouble *trouble, struct rp_error *err);

/* ---- what is to be done ----------------------------------------------------- */

enum { JOBS_MAX = 10000 };

struct fetch_job {
	int kind;
	struct rp_slice subject, more;
	unsigned failures; /* in a row */
	bool restarted;    /* its place was lost once in this run */
	bool begun;        /* its first page was seen in this run */
	struct fetch_job *next;
};

/* The first one is under way.  Those of one run, in memory of the caller's. */
struct fetch_jobs {
	struct arena *arena;
	struct fetch_job *head, **tail;
	size_t n;
};

/* Copies both texts.  NULL: too many, or no memory. */
struct fetch_job *jobs_add(struct fetch_jobs *jobs, int kind, struct rp_slice subject,
                           struct rp_slice more);
/* Before the one under way, or (behind) after it. */
struct fetch_job *jobs_insert(struct fetch_jobs *jobs, bool behind, int kind,
                              struct rp_slice subject, struct rp_slice more);
/* Is one of that kind waiting behind the first, whose `more` ends so? */
bool jobs_wait(const struct fetch_jobs *jobs, int kind, struct rp_slice more);
/* The first one is done. */
void jobs_drop(struct fetch_jobs *jobs);

#endif
