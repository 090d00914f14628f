/*
 * What fetchers of JSON APIs share: addresses to ask, answers looked at, jobs to do.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_API_H
#define RIPOSTE_CORE_COLLECT_FETCH_API_H

#include "core/collect/fetcher.h"
#include "core/collect/paging.h"
#include "core/parse/json.h"

/* ---- what is asked ---------------------------------------------------------- */

/* Percent-encoded: all but letters, digits and -._~ */
void url_escape(struct rp_buf *out, struct rp_slice text);
/* Can it be what came of that?  For what is read out of a cursor. */
bool url_is_escaped(struct rp_slice text);

/* The address of a server's root: http or https, a host, perhaps a port, a path; no user,
 * query or fragment.  For addresses that a stranger names. */
bool url_is_root(struct rp_slice url);

/* ---- what is answered ------------------------------------------------------- */

enum api_reply {
	API_OK,        /* 2xx, an object or an array */
	API_UNCHANGED, /* 304 */
	API_AGAIN,     /* 429, 5xx, no JSON where it should be */
	API_REFUSED,   /* 3xx, 4xx: an error object, or nothing to be read */
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
/* RFC 3339; RP_TIME_UNKNOWN for anything else. */
int64_t api_time(struct api *api, uint32_t object, const char *name);
/* What an error object says, for people; empty: nothing. */
struct rp_slice api_says(struct api *api, const char *name);

/* "name=value\n" lines for the importer. */
struct rp_slice api_options(struct api *api, const char *name, struct rp_slice value);

/* A stretch more in *taken; nothing when it is empty or there are too many. */
void taken_cover(struct fetch_taken *taken, struct rp_slice subject, int64_t from,
                 int64_t until);
void taken_gap(struct fetch_taken *taken, struct rp_slice subject, int64_t from,
               int64_t until, const char *why);
void taken_look(struct fetch_taken *taken, struct rp_slice key, const char *way,
                enum look_outcome outcome);

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
