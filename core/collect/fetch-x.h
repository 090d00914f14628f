/*
 * Inside of the fetcher of X's API v2: what a source follows, how far each listing was
 * read, which single posts are wanted.
 *
 * One run asks, in this order: names of accounts for their ids; the posts that name a
 * conversation; every listing, page by page; then single posts, a hundred at a time.
 *
 *	fetch-x.c         open, next, take: who is next, and what an answer leads to
 *	fetch-x-plan.c    the settings
 *	fetch-x-cursor.c  the cursor's text
 *	fetch-x-url.c     requests
 *	fetch-x-judge.c   is it an answer at all, and if not, whose trouble is it?
 *	fetch-x-page.c    posts, people and problems of an answer
 *	fetch-x-list.c    listings: how far, what was covered, what was missed
 *	fetch-x-look.c    single posts: which are wanted, what came of asking
 *
 * See docs/formats/x-api.md.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_X_H
#define RIPOSTE_CORE_COLLECT_FETCH_X_H

#include "core/base/buf.h"
#include "core/base/map.h"
#include "core/collect/fetcher.h"
#include "core/collect/paging.h"
#include "core/parse/json.h"

enum {
	FX_PAGE_POSTS = 100, /* asked for at once, of listings and of single posts */
	FX_WANTS_MAX = 5000, /* single posts in one run */
	FX_EDITS_MAX = 2000, /* posts that will be looked at again */
	FX_TOKEN_MAX = 2048,
	/* Whether posts that come along in "includes" are charged is not told: they are
	 * not counted. */
	FX_COUNTS_INCLUDES = 0,
};

/* 2006-03-21, the day of X's first post: nothing is older. */
#define FX_BEGINNING (INT64_C(1142899200) * RP_SECOND)

enum fx_kind { FX_ACCOUNT, FX_QUERY, FX_CONVERSATION, FX_QUOTES };

/*
 * A listing, newest first, and how far it was read.  A pass goes from its newest post
 * down to `since`; only when its last page is stored `since` becomes what was newest on
 * its first one.  A pass that was broken off goes on where it was, before a new one
 * begins: so there is one unread middle at the most, and it is known.
 */
struct fx_list {
	enum fx_kind kind;
	struct rp_slice name; /* as the settings have it: "ada", "7", a query, an id */
	struct rp_slice id;   /* that is asked for; empty: not known yet */
	bool by_id;           /* the name is an id already */

	bool done;         /* in this run */
	bool unbounded;    /* the server refused our bound */
	bool token_failed; /* one was refused in this run */
	struct paging *paging;
	struct map *met; /* ids of posts, as long as paging: what its pages had */
	uint64_t floor;  /* what lies from here up was read before paging began, or is
	                    newer than the pass */
	bool moved;      /* in this run something came that was not met before */
	bool doubted;    /* an answer that contradicts itself was asked for again */

	uint64_t since; /* all up to this id was read; 0: nothing was */
	int64_t seen;   /* and when */
	int64_t began;  /* the pass under way: its first page came; unknown: there is none
	                 */
	uint64_t top;   /* what `since` will be */
	uint64_t low;   /* all from here to top was read in this pass; 0: unknown */
	uint64_t
		read; /* posts in this pass, with those that were left out of its pages */
	bool asked_below;      /* the empty end of this pass was asked about once more */
	unsigned stuck;        /* runs that got nowhere, one behind the other */
	struct rp_slice token; /* of its next page; empty: none */
};

/* A post that could be edited when we saw it. */
struct fx_edit {
	struct rp_slice id;
	int64_t until;
};

enum fx_vocabulary { FX_TWEET, FX_POST };

enum fx_asking { FX_NOTHING, FX_USERS, FX_LIST, FX_LOOK };

struct fetcher {
	struct arena *arena;   /* for as long as it lives */
	struct arena *scratch; /* until the next answer */
	const struct source *source;
	const struct archive_view *view; /* or NULL */
	int64_t now;

	struct rp_slice base;
	bool archive, roots, recheck, edits, no_replies, no_reposts;
	bool vocabulary_set, vocabulary_tried;
	enum fx_vocabulary vocabulary;
	int64_t horizon; /* setting `since`; may be unknown */

	struct fx_list *lists;
	size_t n_lists;
	struct rp_slice dormant; /* of the cursor: listings that are not asked for now */

	struct rp_slice *singles; /* setting `id` */
	size_t n_singles;
	struct map *wants;   /* ids; what was ever wanted in this run, in order */
	size_t asked, first; /* of them: that were asked for; that come before listings */
	bool missing_told;   /* the archive was asked what it lacks */
	unsigned voids;      /* "{}", in answer to this look-up */
	struct fx_edit *watched;
	size_t n_watched, watched_room;

	enum fx_asking asking; /* the answer that take() waits for */
	size_t list;           /* of FX_LIST */
	size_t n_asking;       /* of FX_LOOK and FX_USERS: how many */

	struct json_doc doc;
	struct rp_buf url, cursor, options, words;
	struct rp_error trouble; /* of one listing: told when all others are done */
};

/* ---- fetch-x-plan.c -------------------------------------------------------- */

extern const struct setting_row fetch_x_settings[];

/* What is to be listed; and, once the cursor is read, which posts by their ids. */
enum rp_status fx_plan(struct fetcher *x, struct rp_error *err) RP_MUST_USE;
enum rp_status fx_plan_looks(struct fetcher *x, struct rp_error *err) RP_MUST_USE;

/* ---- fetch-x-cursor.c ------------------------------------------------------ */

/* What cannot be read counts as nothing; what lies in the future too. */
enum rp_status fx_cursor_read(struct fetcher *x, struct rp_slice text,
                              struct rp_error *err) RP_MUST_USE;
/* Into x->cursor. */
enum rp_status fx_cursor_write(struct fetcher *x, struct rp_error *err) RP_MUST_USE;

/* ---- fetch-x-url.c --------------------------------------------------------- */

/* The id that a moment's first post would have; 0 before there were such ids. */
uint64_t fx_id_at(int64_t time);
/* When the post of that id was made; X's beginning for ids without a time. */
int64_t fx_time_of(uint64_t id);
/* Where the list's next pass ends: what was read, and, if that post was young then, as
 * much less as posts become visible late. */
uint64_t fx_since(const struct fx_list *list);
/* How far back this listing reaches, whatever is asked for; for a search of `now`. */
int64_t fx_reach(const struct fetcher *x, const struct fx_list *list, int64_t now);

/* The request for x->asking, into x->url. */
enum rp_status fx_request(struct fetcher *x, int64_t now, struct fetch_request *out,
                          struct rp_error *err) RP_MUST_USE;
/* The name, of accounts, that is the i-th still without an id; NULL: none. */
struct fx_list *fx_nameless(struct fetcher *x, size_t i);

/* ---- fetch-x-judge.c ------------------------------------------------------- */

enum fx_verdict {
	FX_PAGE,       /* as it should be, or almost */
	FX_GONE,       /* what was listed is not to be seen: said of itself */
	FX_AGAIN,      /* a server's moment of weakness */
	FX_VOCABULARY, /* it does not know our words: the other ones */
	FX_BAD_TOKEN,  /* of the next page */
	FX_BAD_BOUND,  /* since_id */
	FX_REFUSED,    /* this request never works; others may */
	FX_LATER,      /* this source, in another run */
	FX_STOP,       /* somebody has to act */
};

/* Parses the answer into x->doc; err says what is wrong.  *not_before_out is written for
 * FX_LATER where it is known. */
enum fx_verdict fx_judge(struct fetcher *x, const struct fetch_answer *answer,
                         int64_t *not_before_out, struct rp_error *err);

/* ---- fetch-x-page.c -------------------------------------------------------- */

struct fx_post {
	uint32_t node;
	struct rp_slice id, author, conversation; /* may be empty, but for the id */
	uint64_t number;
	int64_t editable_until; /* unknown: it is not */
	bool included;
};

/* Posts in "data" (also a single one), then those in "includes". */
struct fx_posts {
	struct fetcher *x;
	struct json_each each;
	uint32_t single, included;
	bool in_includes;
};
struct fx_posts fx_posts(struct fetcher *x);
bool fx_post_next(struct fx_posts *posts, struct fx_post *out);

/* The next id that a post refers to; start with *at = 0. */
bool fx_reference(struct fetcher *x, const struct fx_post *post, uint32_t *at,
                  struct rp_slice *out);

/* One entry of "errors", or a problem that is the answer. */
struct fx_problem {
	struct rp_slice type; /* last part: "resource-not-found" */
	struct rp_slice title, detail, subject, parameter, resource;
	int64_t code; /* old style; 0: none */
};
bool fx_problem_next(struct fetcher *x, struct json_each *each, struct fx_problem *out);
struct json_each fx_problems(struct fetcher *x);
void fx_problem_read(struct fetcher *x, uint32_t node, struct fx_problem *out);
/* It says of its subject that it is not to be seen. */
bool fx_problem_is_gone(const struct fx_problem *problem);
/* How many posts an answer brings, also those without an id: all are paid for. */
uint64_t fx_count(struct fetcher *x);
/*
 * Why an answer cannot be all that was asked for, NULL where nothing says so: its meta
 * counts more posts than it has, or a problem is nobody's but the server's.
 */
const char *fx_lacks(struct fetcher *x);

/* A text member; empty for what is none. */
struct rp_slice fx_text(struct fetcher *x, uint32_t node, const char *name);
bool fx_is_id(struct rp_slice id, uint64_t *number_out);

/* ---- fetch-x-list.c -------------------------------------------------------- */

enum rp_status fx_list_take(struct fetcher *x, const struct fetch_answer *answer,
                            struct fetch_taken *taken, struct rp_error *err) RP_MUST_USE;
/* The page's token was refused: by ids from where we are.  The bound was: from the top,
 * without it, and down to it all the same. */
void fx_list_retry(struct fx_list *list, bool without_bound);
/* What was seen of its pages in this run. */
void fx_list_forget_pages(struct fx_list *list);
/* A pass whose unread rest is out of reach by now is given up, before the next request.
 */
void fx_list_begin(const struct fetcher *x, struct fx_list *list, int64_t now);
/* X does not show whose listing it is: the answer is kept, the time is a gap. */
enum rp_status fx_list_gone(struct fetcher *x, const struct fetch_answer *answer,
                            struct fetch_taken *taken, struct rp_error *err) RP_MUST_USE;
/* Its account, conversation or query as coverage names it. */
struct rp_slice fx_subject(struct fetcher *x, const struct fx_list *list);

/* ---- fetch-x-look.c -------------------------------------------------------- */

/* A post is wanted, unless the archive has it, or it was asked for; `anyway`: also then.
 */
void fx_want(struct fetcher *x, struct rp_slice id, bool anyway);
/* It may be edited until then.  false: no memory. */
bool fx_watch(struct fetcher *x, struct rp_slice id, int64_t until) RP_MUST_USE;
/* Those whom the posts of this answer refer to, and those to be looked at again. */
void fx_want_more(struct fetcher *x, const struct fetch_answer *answer);
/* What the settings name, what was edited, perhaps, and what the archive lacks. */
void fx_want_singles(struct fetcher *x);
void fx_want_due(struct fetcher *x, int64_t now);
void fx_want_missing(struct fetcher *x);
enum rp_status fx_look_take(struct fetcher *x, const struct fetch_answer *answer,
                            struct fetch_taken *taken, struct rp_error *err) RP_MUST_USE;
/* Those that were asked for were asked for, whatever came of it. */
void fx_look_over(struct fetcher *x);
enum rp_status fx_users_take(struct fetcher *x, const struct fetch_answer *answer,
                             struct fetch_taken *taken, struct rp_error *err) RP_MUST_USE;

#endif
