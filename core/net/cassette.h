/*
 * Requests and answers in a file: recorded once against the real thing, answered from
 * ever after, without any network.
 *
 * The file is text but for the bodies, which are as they came.  Secrets are masked where
 * the recorder is given something that masks.  An exchange is a run of lines "name value"
 * that ends with the body; those that say nothing are left out:
 *
 *	riposte cassette 1
 *
 *	ask GET https://api.example/2/tweets?ids=1
 *	post 9f86d081…                    sha256 of what was posted
 *	at 1737520518303000               microseconds UTC, when it was complete
 *	status 200
 *	url https://api.example/…         that answered, if it is not the one asked
 *	hops 2
 *	moved-for-good yes
 *	cut yes
 *	unverified-end yes
 *	address 192.0.2.7
 *	certificate 5e88…                 sha256 of the server's, DER
 *	wire 512                          bytes on the wire
 *	header Content-Type: application/json
 *	body 27
 *	{"data":[{"id":"1","text":…       as many bytes as it says, and a line end
 *
 * What ended without an answer has "failed retry" or "failed refused" with the words of
 * the error, in place of the status; "again" is when to try again.
 */
#ifndef RIPOSTE_CORE_NET_CASSETTE_H
#define RIPOSTE_CORE_NET_CASSETTE_H

#include "core/net/http.h"

struct cassette;

/* A new file, 0600, or an older cassette, which is gone then.  RP_BAD_CONFIG: there is
 * something else, and it stays; RP_FAILED: it cannot be made. */
enum rp_status cassette_record(struct rp_slice path, struct cassette **out,
                               struct rp_error *err) RP_MUST_USE;
/* RP_BAD_CONFIG: not there, or no cassette; RP_CORRUPT: one that breaks off or is odd. */
enum rp_status cassette_play(struct rp_slice path, struct cassette **out,
                             struct rp_error *err) RP_MUST_USE;
/* What was recorded is in the file by then. */
struct cassette *cassette_free(struct cassette *cassette);
DEFINE_CLEANUP(struct cassette *, cassette_free);

/*
 * Add what came of a request: an answer, or NULL and why there was none.  options: its
 * mask() is used, and may be NULL.  RP_FAILED: it cannot be written.
 */
enum rp_status cassette_add(struct cassette *cassette, const struct http_options *options,
                            const struct http_request *request,
                            const struct http_answer *answer,
                            const struct rp_error *problem,
                            struct rp_error *err) RP_MUST_USE;

/*
 * What comes of a request: the same method, address and body, as often and in the order
 * as was recorded.  RP_OK: *out, borrowed until cassette_free(); as it was recorded when
 * that was a failure.  RP_BAD_SOURCE: not on the cassette, or not that often.
 */
enum rp_status cassette_answer(struct cassette *cassette,
                               const struct http_options *options,
                               const struct http_request *request,
                               struct http_answer *out, struct rp_error *err) RP_MUST_USE;

#endif
