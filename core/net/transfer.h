/*
 * One request on its way, hop after hop.  Inside of this room.
 */
#ifndef RIPOSTE_CORE_NET_TRANSFER_H
#define RIPOSTE_CORE_NET_TRANSFER_H

#include "core/base/arena.h"
#include "core/net/http.h"
#include "core/net/limiter.h"
#include "core/net/place.h"

/* One origin and secret: asked one request at a time. */
struct host {
	struct host *next;
	struct rp_slice key;
	struct limiter limiter;
	bool busy;
	struct sha256 certificate; /* of its last handshake */
};

struct transfer {
	struct transfer *next;
	const struct http_options *options;
	struct arena *arena;       /* what was asked, and the places on the way */
	struct http_request asked; /* copies */
	struct journey journey;
	http_done *done;
	void *context;

	struct host *host;
	int64_t started;
	CURL *easy; /* under way */
	struct curl_slist *sent;

	struct rp_buf body;
	struct arena *header_arena; /* of the block that came last */
	struct http_header *headers;
	size_t n_headers, header_room, header_bytes;
	bool block_ended; /* a blank line came */
	bool cut;
	bool opened;             /* a socket, to an address that is allowed */
	struct rp_error problem; /* that made us end it; status RP_OK: none */
	char words[CURL_ERROR_SIZE];
};

/* Copies what is asked.  NULL: out of memory. */
struct transfer *transfer_new(const struct http_options *options,
                              const struct http_request *asked) RP_MUST_USE;
struct transfer *transfer_free(struct transfer *transfer);
DEFINE_CLEANUP(struct transfer *, transfer_free);

/* Make the handle for the hop that comes next.  RP_FAILED. */
enum rp_status transfer_start(struct transfer *transfer,
                              struct rp_error *err) RP_MUST_USE;
/* Forget it, and what came. */
void transfer_stop(struct transfer *transfer);

/* What libcurl says at the end, as a status of http_done. */
enum rp_status transfer_verdict(struct transfer *transfer, CURLcode code,
                                struct rp_error *err) RP_MUST_USE;

/* Whether anything of it went out, at this hop or one before. */
bool transfer_was_sent(const struct transfer *transfer);

/* What came, borrowed from the transfer.  Addresses are masked. */
enum rp_status transfer_answer(struct transfer *transfer, struct http_answer *out,
                               struct rp_error *err) RP_MUST_USE;

/* The first header of the last block; empty: none. */
struct rp_slice transfer_header(const void *transfer, const char *name);

/* What libcurl calls as bytes come (receive.c). */
size_t receive_header(char *bytes, size_t size, size_t n, void *transfer);
size_t receive_body(char *bytes, size_t size, size_t n, void *transfer);
int receive_progress(void *transfer, curl_off_t total, curl_off_t now,
                     curl_off_t up_total, curl_off_t up_now);

/* The first certificate that came with the last handshake; false: there was none. */
bool certificate_of(CURL *easy, struct sha256 *out);

#endif
