/*
 * Inside of the fetcher of Bluesky.
 *
 * fetch-bsky.c has the jobs, fetch-bsky-settings.c where they come from;
 * fetch-bsky-list.c walks what comes newest first, page by page; fetch-bsky-thread.c
 * threads; fetch-bsky-posts.c single posts, and whether one that is not shown was
 *deleted; fetch-bsky-repo.c finds an account's own server and lists its records.
 *
 * Notes (fetch-notes.h), times in microseconds:
 *
 *	did HANDLE TIME DID             whose the handle was, and when that was asked
 *	pds DID TIME URL                the account's own server; "-": it has none
 *	top LIST TIME                   newest post of the last walk that came to its end
 *	deep LIST TIME                  when the last walk all the way down began
 *	walk LIST TOP EDGE DEEP CURSOR  one that has not come to its end: its newest
 *	                                post, how far down it is, when it began if
 *	                                it goes all the way, the page to go on with
 *	vain LIST WALKS                 so many of them led nowhere, one after the other
 *	stuck LIST PAGES                so many pages brought the walk no further
 *	etag LIST ETAG                  of a first page that was all there was to see;
 *	                                DID/COLLECTION: of the page its records end with
 *	record DID/COLLECTION TIME CURSOR   how far its records are read, begun when
 *	oldest DID TIME             of its oldest record, as this sweep found it
 *	short URI SHOWN/COUNT           a post whose answers are not all shown
 *
 * LIST is "feed:DID", "quotes:URI", "query:WORDS" (percent-encoded), "thread:URI".
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_BSKY_H
#define RIPOSTE_CORE_COLLECT_FETCH_BSKY_H

#include "core/base/map.h"
#include "core/collect/bsky.h"
#include "core/collect/fetch-api.h"
#include "core/collect/fetch-notes.h"
#include "core/collect/fetch-thread.h"

/* What is to be asked, and of what. */
enum bsky_job {
	JOB_RESOLVE, /* a handle; more: what is wanted then, "account" or "quotes/RKEY" */
	JOB_LIST,    /* LIST */
	JOB_MISSING, /* an account's or a thread's key: what it refers to and we do not
	                have */
	JOB_THREAD,  /* an at-uri; more: the thread's key, once it is known */
	JOB_POSTS,   /* at-uris, lines */
	JOB_DOCUMENT, /* a DID */
	JOB_RECORDS,  /* a DID; more: the collection */
	JOB_RECORD,   /* an at-uri: is it still there? */
	JOB_STATUS,   /* a DID: is the account? */
};

struct fetcher {
	const struct archive_view *view;
	int64_t now;
	struct rp_slice base, plc;
	int64_t since, sweep;
	bool records, roots, authorised;
	struct arena *arena; /* of the run */
	struct api api;
	struct notes notes;
	struct fetch_jobs jobs;
	struct paging *paging; /* of the list under way */
	struct rp_buf url, etag;
	struct map *asked; /* threads of this run */
	struct fetch_threads threads;
	struct rp_slice listed; /* a DID whose posts were listed to the end in this run */
	int64_t listed_at;      /* when that was */
	size_t parts;           /* of threads, asked for in this run */
	struct trouble trouble;
};

/* A path below a server: ".../xrpc/METHOD?name=", the value encoded. */
void bsky_url(struct fetcher *f, struct rp_slice root, const char *method,
              const char *name, struct rp_slice value);
void bsky_parameter(struct fetcher *f, const char *name, struct rp_slice value);

/* The answer is kept, and who reads it. */
void bsky_keep(struct fetch_taken *taken);
/* The job is done. */
void bsky_drop(struct fetcher *f);
/* Somebody has to look at it; the job is done. */
void bsky_give_up(struct fetcher *f, const char *format, ...) RP_PRINTF(2, 3);
/* "bsky:DID/RKEY" of a post's address; empty when it names none by DID. */
struct rp_slice bsky_uri_key(struct arena *arena, struct rp_slice uri);
/* "at://DID/app.bsky.feed.post/RKEY" of a post's key; empty when that is none. */
struct rp_slice bsky_key_uri(struct arena *arena, struct rp_slice key);
/* "bsky:@DID" */
struct rp_slice bsky_did_key(struct arena *arena, struct rp_slice did);

extern const struct setting_row bsky_settings[];
/* The first jobs of a run.  RP_BAD_CONFIG. */
enum rp_status bsky_read_settings(struct fetcher *f, const struct section *section,
                                  struct rp_error *err) RP_MUST_USE;

/* Each writes the request's url for the job under way, and reads its answer. */
void bsky_take_resolve(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                       const struct fetch_answer *answer, struct fetch_taken *taken);
/* The answer's ETag, if it can be a header again. */
void bsky_note_etag(struct fetcher *f, struct rp_slice list,
                    const struct fetch_answer *answer);
void bsky_ask_list(struct fetcher *f, const struct fetch_job *job);
void bsky_take_list(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                    const struct fetch_answer *answer, struct fetch_taken *taken);
void bsky_take_thread(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                      const struct fetch_answer *answer, struct fetch_taken *taken);
void bsky_ask_posts(struct fetcher *f, const struct fetch_job *job);
void bsky_take_posts(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                     struct fetch_taken *taken);
/* Posts that the settings name, by the DIDs of their authors. */
enum rp_status bsky_add_posts(struct fetcher *f, const struct section *section,
                              struct rp_error *err) RP_MUST_USE;
void bsky_find_missing(struct fetcher *f, struct rp_slice subject);
void bsky_take_record(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                      struct fetch_taken *taken);
void bsky_take_status(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                      struct fetch_taken *taken);
void bsky_take_document(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                        struct fetch_taken *taken);
void bsky_ask_records(struct fetcher *f, const struct fetch_job *job,
                      struct rp_slice server);
void bsky_take_records(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                       const struct fetch_answer *answer, struct fetch_taken *taken);

/* The account's own server.  RP_OK; RP_NOT_FOUND: it has none; RP_RETRY_LATER: its
 * document has to be asked for. */
enum rp_status bsky_server(struct fetcher *f, struct rp_slice did, struct rp_slice *out);

#endif
