/*
 * Inside of the fetcher of Mastodon.
 *
 * fetch-masto.c has the jobs, fetch-masto-settings.c where they come from;
 * fetch-masto-list.c reads the posts of accounts and tags, of which fetch-masto-page.c
 * looks at the pages; fetch-masto-thread.c the contexts of posts, and their earlier
 * wordings.
 *
 * Ids are texts of one instance.  Notes (fetch-notes.h), times in microseconds:
 *
 *	account ACCT TIME ID KEY    the account's id here, and its key
 *	top LIST TIME ID            the newest post that was seen, and from when it is
 *	back LIST EDGE URL          older ones are unread: from when on they are known,
 *	                            and the page to go on with
 *	down LIST TIME NEWEST LAST  newer posts were read from NEWEST down to LAST, and
 *	                            the top was not met yet
 *	lost LIST RUNS              so often the list ended before it was
 *	edited ID URI               its earlier wordings are to be asked for
 *	root ID MADE READ           a post of a followed account, when it was made, and
 *	                            when its answers were read
 *	short ID SHOWN/COUNT        a post whose answers are not all shown
 *	alone HOST TIME             it gives no posts by several ids at once, as it said
 *then
 *
 * LIST is "account:ID" or "tag:NAME" (percent-encoded).
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_MASTO_H
#define RIPOSTE_CORE_COLLECT_FETCH_MASTO_H

#include "core/base/map.h"
#include "core/collect/fetch-api.h"
#include "core/collect/fetch-link.h"
#include "core/collect/fetch-notes.h"
#include "core/collect/fetch-thread.h"
#include "core/model/key.h"

enum masto_job {
	JOB_LOOKUP,  /* an account's name */
	JOB_FORWARD, /* LIST, what is newer than the top; more: coverage's subject */
	JOB_BACK,    /* LIST, what is older; more: the same */
	JOB_STATUS,  /* an id: the post itself, then its context */
	JOB_PARENT,  /* an id: a post that another one answers; more: "alone": not what
	                it answers itself */
	JOB_PARENTS, /* ids, a blank between them: several of those at once */
	JOB_CONTEXT, /* an id; more: "SHOWN/COUNT MADE SUBJECT", for the note and the
	                coverage; or empty */
	JOB_HISTORY, /* an id; more: its uri */
	JOB_EDITED,  /* all that is noted; asks nothing */
	JOB_ROOTS,   /* the same */
	JOB_MISSING, /* an account's key: what its posts answer; the same */
};

struct fetcher {
	const struct archive_view *view;
	int64_t now;
	struct rp_slice instance, host;
	int64_t since;
	bool history, replies, roots, authorised;
	bool locked;         /* it said 401 */
	struct arena *arena; /* of the run */
	struct api api;
	struct notes notes;
	struct fetch_jobs jobs;
	struct paging *paging;
	struct rp_buf url;
	struct rp_buf parents; /* ids that are to be asked for, a blank behind each */
	bool from_newest;      /* the list's newest page is asked for */
	struct map *asked;     /* contexts and histories of this run */
	struct fetch_threads threads;
	size_t parts, noted; /* contexts of this run; statuses of this answer */
	struct trouble trouble;
};

void masto_keep(struct fetch_taken *taken);
void masto_drop(struct fetcher *f);
void masto_give_up(struct fetcher *f, const char *format, ...) RP_PRINTF(2, 3);

/* "masto:HOST!ID" */
struct rp_slice masto_id_key(struct fetcher *f, struct rp_slice id);
/* An id that can stand in an address. */
bool masto_is_id(struct rp_slice id);
/* Once in a run. */
bool masto_is_new(struct fetcher *f, const char *what, struct rp_slice id);

/* A post came: was it edited, and is it one whose answers are followed? */
void masto_note_status(struct fetcher *f, uint32_t status, struct rp_slice owner);
void masto_add_edited(struct fetcher *f);
void masto_add_roots(struct fetcher *f);

void masto_find_missing(struct fetcher *f, struct rp_slice subject);

extern const struct setting_row masto_settings[];
/* The first jobs of a run.  RP_BAD_CONFIG. */
enum rp_status masto_read_settings(struct fetcher *f, const struct section *section,
                                   struct rp_error *err) RP_MUST_USE;
void masto_take_lookup(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                       const struct fetch_answer *answer, struct fetch_taken *taken);

/* What stands on a page. */
struct masto_page {
	size_t n;
	struct rp_slice first, newest; /* ids; the newest that can be believed */
	struct rp_slice last;          /* the oldest, where ids can be compared */
	int64_t newest_at;
	int64_t edge; /* what is newer than this stands on no later page */
	bool known;   /* the top or something older is on it */
	bool older;   /* the latter */
	bool fresh;   /* and something newer */
};

/* Whose posts the list's are; empty: anybody's. */
struct rp_slice masto_owner(struct rp_slice list);
/* Ids that are numbers are made of a time and can be compared; others cannot. */
bool masto_is_number(struct rp_slice id);
int masto_cmp_ids(struct rp_slice a, struct rp_slice b);
/* The answer in hand.  What is newer than the top is noted; empty: all of it is. */
void masto_look_at_page(struct fetcher *f, struct rp_slice list, struct rp_slice top,
                        int64_t at, struct masto_page *seen);

void masto_ask_list(struct fetcher *f, const struct fetch_job *job);
void masto_take_list(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                     const struct fetch_answer *answer, struct fetch_taken *taken);
void masto_take_status(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                       const struct fetch_answer *answer, struct fetch_taken *taken);
void masto_take_parent(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                       const struct fetch_answer *answer, struct fetch_taken *taken);
void masto_ask_parents(struct fetcher *f, const struct fetch_job *job);
void masto_take_parents(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                        struct fetch_taken *taken);
void masto_take_context(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                        const struct fetch_answer *answer, struct fetch_taken *taken);
void masto_take_history(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                        const struct fetch_answer *answer, struct fetch_taken *taken);

#endif
