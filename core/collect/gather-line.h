/*
 * Inside of gather: one source under way, and what all of them share.
 */
#ifndef RIPOSTE_CORE_COLLECT_GATHER_LINE_H
#define RIPOSTE_CORE_COLLECT_GATHER_LINE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/collect/gather.h"
#include "core/net/http.h"

struct site;

struct gather {
	struct gather_source *sources;
	size_t n, begun; /* of the sources, in their order */
	struct gather_options options;
	const struct gather_hooks *hooks;
	/* Sources whose token was refused: by the first of them others are told. */
	const struct gather_source **refused;
	size_t n_refused, refused_room;
	struct line *lines; /* of all sources that are under way */
	unsigned n_lines;
	uint64_t turns;        /* given out so far */
	struct site *sites;    /* which want something of us */
	struct arena *arena;   /* of these lists */
	enum rp_status failed; /* the run as a whole, and why */
	struct rp_error why;
};

enum line_does {
	LINE_FREE,  /* no source */
	LINE_READY, /* to ask for what comes next */
	LINE_WAITS, /* for `until`, then the same request again */
	LINE_HELD,  /* until it is its turn with the token; then the request is made */
	LINE_ASKS,  /* its request is with http */
};

/* One source. */
struct line {
	struct gather *gather;
	enum line_does does;
	struct gather_source *source;
	struct fetcher *fetcher;
	struct arena *texts; /* of the request */
	struct fetch_request request;
	struct rp_slice leads_to; /* the request: an address whose site was not known;
	                             empty: none */
	bool reserved;            /* money, for this request */
	bool sent;                /* something of it, at the last try */
	unsigned reached; /* tries since money was reserved that went out, or may have */
	unsigned tries;   /* of it */
	unsigned answers; /* of the source */
	uint64_t surplus; /* of what is priced, more than was asked for */
	const char *surplus_of; /* a row of the price table */
	int64_t until;          /* monotonic ms */
	uint64_t turn;          /* with the token: who waits longest is next */
	int64_t not_before;     /* the latest that was said */
	struct rp_buf cursor, remark, body, options, name;
};

/* ---- gather.c ------------------------------------------------------------------ */

/* The line's source is done; what it says is copied.  Words may be empty. */
void line_end(struct line *line, enum source_end end, const char *format, ...)
	RP_PRINTF(3, 4);
/* The run as a whole cannot go on. */
void gather_fail(struct gather *gather, enum rp_status st, const struct rp_error *err);

/* ---- gather-request.c ---------------------------------------------------------- */

/* The next request, or the same again: it is with http, or the line waits or ended. */
void line_ask(struct line *line);
/* The request did not work: again, after a wait, or the end.  status 0: no answer; words:
 * what happened. */
void line_again(struct line *line, int status, int64_t after_ms, const char *words);
/* Nothing with the source's token is asked any more. */
void line_refuse_payer(struct line *line);

/* ---- gather-site.c ----------------------------------------------------------- */

/* May its request be made?  false: not, and the source has ended; or not yet. */
bool line_may_ask(struct line *line);

/* Is robots.txt asked first? */
bool line_obeys(const struct line *line);
/* For http: whether its request may go on there.  context is the line. */
bool line_may_hop(void *context, struct rp_slice url);

/* ---- gather-answer.c ----------------------------------------------------------- */

/* For http: context is the line. */
http_done line_answered;

/* ---- gather-secret.c ----------------------------------------------------------- */

/* Is one of our secrets in the text that this answer to a request with a secret in it
 * has, if not in its bytes?  At once where no secret was sent. */
bool answer_hides_secret(const struct line *line, struct rp_slice body);

/* ---- gather-options.c ---------------------------------------------------------- */

/* How an answer was got, behind the settings that the fetcher gave. */
enum rp_status answer_options(struct rp_buf *out, struct rp_slice asked,
                              const struct http_answer *answer, bool masked,
                              struct rp_error *err) RP_MUST_USE;

/* "text/html" and "utf-8" of a Content-Type, in lower case, at the end of `texts`. */
void answer_type(struct rp_slice header, struct rp_buf *texts, struct rp_slice *type_out,
                 struct rp_slice *charset_out);

#endif
