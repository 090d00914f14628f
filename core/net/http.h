/*
 * HTTP, many requests at once.  The only room that knows libcurl, which is loaded when
 * the first request is made: it takes longer to link than most commands run.
 *
 * What callers need not think about:
 *
 * - Only http and https, certificates always checked.  No cookies.  GET unless said.
 * - Redirects are followed by us, one hop at a time and at most 5, only where the request
 *   allows it: never from https to http with a secret, never to another scheme, and a
 *   secret goes to the scheme, host and port it was meant for and nowhere else.
 * - Addresses of private networks, loopback and link-local ones are refused when the
 *   socket is opened, on the address that is really used, unless allowed.  With a proxy
 *   it is the proxy that finds and opens the address, and that judges it.
 * - Bytes are counted as they come, encoded and decoded; over a ceiling it ends with
 *   `cut`.  Headers have 64 KB, after that it is no HTTP.
 * - Slow peers end: connect, lowest speed, total time.
 * - A body without a length that says where it ends is `unverified_end`; one that is
 *   shorter than it said is RP_RETRY_LATER.  Two lengths that differ are refused, and so
 *   is "not modified" where nothing was asked about.
 * - A connection that was kept and turns out to be gone is made anew, for GET only.
 * - One limiter for each host and secret (limiter.h): the requests of a host are spaced,
 *   and stop where its headers say so.  A request that has to wait does so in here, where
 *   it is no longer than options.patience; else it fails with RETRY_LATER and when.
 * - Proxies only from options, never from the environment.
 */
#ifndef RIPOSTE_CORE_NET_HTTP_H
#define RIPOSTE_CORE_NET_HTTP_H

#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/slice.h"
#include "core/base/time.h"

struct http_options {
	const char *user_agent; /* "riposte/0.1.0 (+mailto:desk@paper.example)" */
	bool allow_private; /* addresses of one's own network, for tests and intranets */
	struct rp_slice proxy; /* "http://host:port"; empty: none */
	struct rp_slice ca; /* file of certificates besides the system's; empty: none */
	uint64_t max_bytes; /* decoded body, where the request says nothing; 0: 32 MB */
	uint64_t max_wire_bytes;      /* as it comes; 0: the same */
	int64_t connect_ms, total_ms; /* 0: 15 s, 120 s; total: of each hop */
	int64_t stall_ms;             /* slower than 100 bytes/s for so long; 0: 20 s */
	int64_t patience_ms;    /* a blocked host is waited for no longer; 0: 60 s */
	int64_t spacing_ms;     /* between two requests to one host, at least; 0: none */
	unsigned parallel;      /* requests under way; 0: 8.  One per host and secret */
	struct rp_slice record; /* cassette to write, or ... */
	struct rp_slice replay; /* ... to answer from, without any network; cassette.h */
	/* Told in one line of each request as it ends, for -v; may be NULL. */
	void (*log)(void *context, const char *line);
	/* Takes secrets out of bytes before they are logged or recorded; may be NULL. */
	size_t (*mask)(void *context, char *text, size_t n);
	void *context;
	/* Wall clock, microseconds UTC; for reset times and cassettes. */
	int64_t (*now)(void *context);
};

struct http;
enum rp_status http_new(const struct http_options *options, struct http **out,
                        struct rp_error *err) RP_MUST_USE;
/* Ends what is under way. */
struct http *http_free(struct http *http);
DEFINE_CLEANUP(struct http *, http_free);

struct http_header {
	struct rp_slice name, value;
};

struct http_request {
	struct rp_slice url;
	const struct http_header *headers;
	size_t n_headers;
	struct rp_slice secret; /* sent as "Authorization: Bearer"; empty: none */
	struct rp_slice post;   /* body of a POST, p NULL: GET; type in the headers */
	uint64_t max_bytes;     /* 0: options.max_bytes */
	bool redirects;
	/* May this hop be made?  false: the answer that leads there is the last, and says
	 * so in `leads_to`.  NULL: all may. */
	bool (*may_hop)(void *context, struct rp_slice url);
	/* Set before done() is told: whether anything of it went out.  False: nobody was
	 * reached, and the same again is no repeat.  May be NULL. */
	bool *sent_out;
};

struct http_answer {
	int status;
	struct rp_slice
		url; /* that answered; without user, password and what is secret */
	struct rp_slice leads_to; /* where may_hop() did not let it go on; else empty */
	unsigned hops;
	bool moved_for_good; /* hops, and all of them permanent */
	const struct http_header
		*headers; /* of the last hop, as they came; names in any case */
	size_t n_headers;
	struct rp_slice body; /* decoded */
	uint64_t wire_bytes;
	bool cut; /* over a ceiling; or a part (206) that nobody asked for */
	bool unverified_end;
	int64_t at;                /* when it was complete */
	char address[64];          /* "192.0.2.7" */
	struct sha256 certificate; /* of the server, DER; zeros: none */
};

/*
 * How it ended; called from http_run().  Answers of any status are RP_OK.  Else err says
 * why: RP_RETRY_LATER (unreachable, broken off, too slow, limited until err->retry_at),
 * RP_BAD_SOURCE (refused by a rule above, TLS, no HTTP), RP_FAILED (memory).  answer is
 * NULL then, and borrowed else.
 */
typedef void http_done(void *context, enum rp_status st, const struct http_answer *answer,
                       const struct rp_error *err);

/* Queue a request; everything is copied.  RP_BAD_USAGE: no address of the web. */
enum rp_status http_add(struct http *http, const struct http_request *request,
                        http_done *done, void *context, struct rp_error *err) RP_MUST_USE;

/*
 * Work until something ended, or for timeout_ms.  RP_END: nothing is queued or under way.
 * Callbacks may add requests.
 */
enum rp_status http_run(struct http *http, int timeout_ms,
                        struct rp_error *err) RP_MUST_USE;

/* The first header of that name, any case; empty: none. */
struct rp_slice http_header(const struct http_answer *answer, const char *name);

#endif
