/*
 * A world for gather: answers that are written down before they are asked for, instead of
 * core/net.  Waits of retries are milliseconds.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_FAKE_HTTP_H
#define RIPOSTE_TESTS_UNIT_COLLECT_FAKE_HTTP_H

#include "core/net/http.h"
#include "core/net/retry.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next answer to requests whose url has this in it; the last one stays. */
struct reply {
	const char *url;
	int status; /* 0: no answer, but `st` and `words` */
	const char *body, *header, *value;
	enum rp_status st;
	const char *words;
	int64_t retry_at;
	bool cut;
	bool unsent;          /* nobody was reached */
	const char *leads_to; /* redirected there, and answered from there */
	unsigned given;
};

enum { FAKE_MAX = 4000, FAKE_TEXT = 200, FAKE_NOW = 1000 };

struct http {
	struct reply replies[32];
	size_t n_replies;
	struct asked {
		char url[FAKE_TEXT], secret[FAKE_TEXT], header[FAKE_TEXT];
		http_done *done;
		void *context;
		bool *sent_out;
		bool (*may_hop)(void *context, struct rp_slice url);
	} asked[FAKE_MAX];
	size_t n_asked, n_answered;
	size_t n_hops;
	size_t deaf_after; /* answers nothing after so many; 0: always */
};

static inline void
copy_text(char *to, struct rp_slice from)
{
	assert_true(from.n < FAKE_TEXT);
	if (from.n > 0)
		memcpy(to, from.p, from.n);
	to[from.n] = '\0';
}

enum rp_status
http_add(struct http *http, const struct http_request *request, http_done *done,
         void *context, struct rp_error *err)
{
	struct asked *asked = &http->asked[http->n_asked++];

	(void)err;
	assert_true(http->n_asked < FAKE_MAX);
	copy_text(asked->url, request->url);
	copy_text(asked->secret, request->secret);
	if (request->n_headers > 0)
		copy_text(asked->header, request->headers[0].value);
	asked->done = done;
	asked->context = context;
	asked->sent_out = request->sent_out;
	asked->may_hop = request->may_hop;
	return RP_OK;
}

static inline struct reply *
reply_to(struct http *http, const char *url)
{
	struct reply *last = NULL;

	for (size_t i = 0; i < http->n_replies; i++) {
		struct reply *reply = &http->replies[i];

		if (strstr(url, reply->url) == NULL)
			continue;
		last = reply;
		if (reply->given == 0)
			break;
	}
	if (last == NULL)
		fail_msg("nobody expected %s", url);
	else
		last->given++;
	return last;
}

static inline bool
is_led_on(struct asked *asked, const struct reply *reply)
{
	return reply->leads_to != NULL &&
	       (asked->may_hop == NULL ||
	        asked->may_hop(asked->context, rp_slice_str(reply->leads_to)));
}

static inline void
answer(struct http *http, struct asked *asked, const struct reply *reply)
{
	const struct http_header header = { rp_slice_str(reply->header),
		                            rp_slice_str(reply->value) };
	const bool led_on = is_led_on(asked, reply);
	const bool stopped = reply->leads_to != NULL && !led_on;
	const struct http_answer full = {
		.status = stopped ? 302 : reply->status,
		.url = rp_slice_str(led_on ? reply->leads_to : asked->url),
		.leads_to = rp_slice_str(stopped ? reply->leads_to : ""),
		.headers = &header,
		.n_headers = reply->header != NULL,
		.body = rp_slice_str(reply->body != NULL ? reply->body : ""),
		.at = FAKE_NOW,
		.cut = reply->cut,
		.address = "192.0.2.7",
	};
	struct rp_error err = { .status = reply->st, .retry_at = reply->retry_at };

	http->n_hops += led_on;
	if (asked->sent_out != NULL)
		*asked->sent_out = !reply->unsent;
	if (reply->status != 0) {
		asked->done(asked->context, RP_OK, &full, NULL);
		return;
	}
	(void)snprintf(err.text, sizeof(err.text), "%s", reply->words);
	asked->done(asked->context, reply->st, NULL, &err);
}

enum rp_status
http_run(struct http *http, int timeout_ms, struct rp_error *err)
{
	struct asked *asked = &http->asked[http->n_answered];

	(void)timeout_ms;
	(void)err;
	if (http->n_answered == http->n_asked ||
	    (http->deaf_after != 0 && http->n_answered == http->deaf_after))
		return RP_END;
	http->n_answered++;
	answer(http, asked, reply_to(http, asked->url));
	return RP_OK;
}

struct rp_slice
http_header(const struct http_answer *from, const char *name)
{
	for (size_t i = 0; i < from->n_headers; i++)
		if (rp_slice_eq_nocase(from->headers[i].name, rp_slice_str(name)))
			return from->headers[i].value;
	return RP_SLICE("");
}

int64_t
retry_wait_ms(const struct retry *retry)
{
	const int64_t wait = retry->tries < 4 ? 2 : -1;

	return wait > 0 && retry->after_ms > wait ? retry->after_ms : wait;
}

int64_t
retry_after(struct rp_slice value, struct rp_slice server_date, int64_t now)
{
	uint64_t seconds;

	(void)server_date;
	(void)now;
	return rp_slice_u64(value, &seconds) ? (int64_t)seconds * 1000 : -1;
}

#endif
