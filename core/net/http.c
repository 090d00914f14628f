#include "core/net/http.h"

#include "core/net/cassette.h"
#include "core/net/transfer.h"

#include <stdlib.h>

enum {
	CONNECT_MS = 15 * 1000,
	TOTAL_MS = 120 * 1000,
	STALL_MS = 20 * 1000,
	PATIENCE_MS = 60 * 1000,
	PARALLEL = 8,
	MAX_BYTES = 32 << 20,
	OPTIONS_MAX = 64 << 10,
};

struct http {
	struct http_options options;
	struct arena *arena; /* of the options' texts, and of the keys of hosts */
	struct cassette *record, *replay;
	CURLM *multi;
	struct host *hosts;
	struct transfer *first, **last;
	unsigned running;
	bool ended;             /* something did, in this http_run() */
	bool hopped;            /* something was redirected, and may go out at once */
	struct rp_error broken; /* the run cannot go on: status RP_OK unless so */
};

static void
fill_in(struct http_options *options)
{
	options->max_bytes = options->max_bytes ? options->max_bytes : MAX_BYTES;
	options->connect_ms = options->connect_ms ? options->connect_ms : CONNECT_MS;
	options->total_ms = options->total_ms ? options->total_ms : TOTAL_MS;
	options->stall_ms = options->stall_ms ? options->stall_ms : STALL_MS;
	options->patience_ms = options->patience_ms ? options->patience_ms : PATIENCE_MS;
	options->parallel = options->parallel ? options->parallel : PARALLEL;
}

static bool
copy_texts(struct http *http)
{
	struct http_options *to = &http->options;
	struct rp_slice agent;

	if (!arena_copy(http->arena, rp_slice_str(to->user_agent), &agent) ||
	    !arena_copy(http->arena, to->proxy, &to->proxy) ||
	    !arena_copy(http->arena, to->ca, &to->ca))
		return false;
	to->user_agent = agent.n ? agent.p : "riposte/" RIPOSTE_VERSION;
	return true;
}

static enum rp_status
open_cassettes(struct http *http, struct rp_error *err)
{
	const struct http_options *options = &http->options;
	enum rp_status st = RP_OK;

	if (options->replay.n > 0)
		return cassette_play(options->replay, &http->replay, err);
	if (options->record.n > 0)
		st = cassette_record(options->record, &http->record, err);
	return st;
}

enum rp_status
http_new(const struct http_options *options, struct http **out, struct rp_error *err)
{
	struct http *http = calloc(1, sizeof(*http));
	enum rp_status st;

	if (http == NULL)
		return rp_fail_memory(err);
	http->last = &http->first;
	http->options = *options;
	fill_in(&http->options);
	http->arena = arena_new(SIZE_MAX / 2);
	if (http->arena == NULL || !copy_texts(http)) {
		http_free(http);
		return rp_fail_memory(err);
	}
	st = open_cassettes(http, err);
	if (st != RP_OK)
		http_free(http);
	else
		*out = http;
	return st;
}

/* Out of libcurl's hands, if it was in them. */
static void
withdraw(struct http *http, struct transfer *transfer)
{
	if (transfer->easy == NULL)
		return;
	curl.curl_multi_remove_handle(http->multi, transfer->easy);
	transfer->host->busy = false;
	http->running--;
}

struct http *
http_free(struct http *http)
{
	if (http == NULL)
		return NULL;
	for (struct transfer *next, *transfer = http->first; transfer; transfer = next) {
		next = transfer->next;
		withdraw(http, transfer);
		transfer_free(transfer);
	}
	if (http->multi != NULL)
		curl.curl_multi_cleanup(http->multi);
	cassette_free(http->record);
	cassette_free(http->replay);
	for (struct host *next, *host = http->hosts; host; host = next) {
		next = host->next;
		free(host);
	}
	arena_free(http->arena);
	free(http);
	return NULL;
}

/* Where the request goes, and that nothing in it becomes a header of its own. */
static enum rp_status
check(const struct http_request *request, struct rp_error *err)
{
	bool bad = rp_slice_find_byte(request->secret, '\n') < request->secret.n ||
	           rp_slice_find_byte(request->secret, '\r') < request->secret.n ||
	           rp_slice_find_byte(request->secret, '\0') < request->secret.n;

	for (size_t i = 0; i < request->n_headers && !bad; i++) {
		const struct rp_slice parts[] = { request->headers[i].name,
			                          request->headers[i].value };

		for (size_t j = 0; j < 2; j++)
			bad |= rp_slice_find_byte(parts[j], '\n') < parts[j].n ||
			       rp_slice_find_byte(parts[j], '\r') < parts[j].n ||
			       rp_slice_find_byte(parts[j], '\0') < parts[j].n;
	}
	return bad ? rp_fail(err, RP_BAD_USAGE, "a header with a line end in it") : RP_OK;
}

static enum rp_status
begin(struct http *http, struct transfer *transfer, struct rp_error *err)
{
	struct place place;
	enum rp_status st;

	st = curl_load(err);
	if (st == RP_OK && http->multi == NULL &&
	    (http->multi = curl.curl_multi_init()) == NULL)
		st = rp_fail_memory(err);
	if (st == RP_OK)
		st = place_read(transfer->arena, NULL, transfer->asked.url, &place, err);
	if (st == RP_OK)
		journey_begin(&transfer->journey, place, transfer->asked.secret);
	return st;
}

enum rp_status
http_add(struct http *http, const struct http_request *request, http_done *done,
         void *context, struct rp_error *err)
{
	struct transfer *transfer;
	enum rp_status st;

	st = check(request, err);
	if (st != RP_OK)
		return st;
	transfer = transfer_new(&http->options, request);
	if (transfer == NULL)
		return rp_fail_memory(err);
	transfer->done = done;
	transfer->context = context;
	if (http->replay == NULL)
		st = begin(http, transfer, err);
	if (st != RP_OK) {
		transfer_free(transfer);
		return st;
	}
	*http->last = transfer;
	http->last = &transfer->next;
	return RP_OK;
}

static void
unlink_transfer(struct http *http, struct transfer *transfer)
{
	struct transfer **at = &http->first;

	while (*at != transfer)
		at = &(*at)->next;
	*at = transfer->next;
	if (http->last == &transfer->next)
		http->last = at;
}

static void
add_outcome(struct rp_buf *line, const struct transfer *transfer,
            const struct http_answer *answer, bool by_proxy)
{
	buf_printf(line, "%d, %zu bytes", answer->status, answer->body.n);
	if (answer->hops > 0)
		buf_printf(line, ", %u redirect%s", answer->hops,
		           answer->hops == 1 ? "" : "s");
	buf_printf(line, ", %lld ms%s%s",
	           (long long)(rp_monotonic_ms() - transfer->started),
	           answer->cut ? ", cut" : "", by_proxy ? ", by a proxy" : "");
}

static void
log_end(const struct http *http, const struct transfer *transfer,
        const struct http_answer *answer, const struct rp_error *err)
{
	const struct http_options *options = &http->options;
	const char *method = transfer->asked.post.p ? "POST" : "GET";
	CLEANUP(buf_done) struct rp_buf line;

	buf_init(&line, OPTIONS_MAX * 2);
	if (options->log == NULL)
		return;
	buf_printf(&line, "%s %.*s: ", method, RP_FMT(transfer->asked.url));
	if (answer != NULL)
		add_outcome(&line, transfer, answer, options->proxy.n > 0);
	else
		buf_add_str(&line, err->text);
	if (options->mask != NULL && !buf_failed(&line))
		options->mask(options->context, line.p, line.n);
	buf_add_byte(&line, '\0');
	if (!buf_failed(&line))
		options->log(options->context, line.p);
}

/* Tells it, and it is gone.  The caller of http_run() may add others meanwhile. */
static void
end(struct http *http, struct transfer *transfer, enum rp_status st,
    const struct http_answer *answer, const struct rp_error *err)
{
	unlink_transfer(http, transfer);
	http->ended = true;
	log_end(http, transfer, answer, err);
	if (transfer->asked.sent_out != NULL)
		*transfer->asked.sent_out = transfer_was_sent(transfer);
	if (http->record != NULL && http->broken.status == RP_OK)
		(void)!cassette_add(http->record, &http->options, &transfer->asked,
		                    answer, err, &http->broken);
	transfer->done(transfer->context, st, answer, err);
	transfer_free(transfer);
}

static void
end_badly(struct http *http, struct transfer *transfer, const struct rp_error *err)
{
	end(http, transfer, err->status, NULL, err);
}

static struct host *
host_find(struct http *http, struct rp_slice key)
{
	struct host *host = http->hosts;

	while (host != NULL && !rp_slice_eq(host->key, key))
		host = host->next;
	if (host != NULL || (host = calloc(1, sizeof(*host))) == NULL)
		return host;
	if (!arena_copy(http->arena, key, &host->key)) {
		free(host);
		return NULL;
	}
	host->limiter.spacing_ms = http->options.spacing_ms;
	host->next = http->hosts;
	return http->hosts = host;
}

/* The host of the next hop: an origin, and whether with the secret, and which. */
static struct host *
host_of(struct http *http, const struct transfer *transfer)
{
	const bool secret =
		journey_is_home(&transfer->journey) && transfer->asked.secret.n > 0;
	CLEANUP(buf_done) struct rp_buf key;

	buf_init(&key, OPTIONS_MAX);
	buf_add(&key, transfer->journey.at.origin);
	if (secret)
		buf_printf(&key, " %016llx",
		           (unsigned long long)hash_seeded(transfer->asked.secret));
	return buf_failed(&key) ? NULL : host_find(http, buf_slice(&key));
}

static void
start(struct http *http, struct transfer *transfer)
{
	struct rp_error err = { 0 };

	if (transfer_start(transfer, &err) != RP_OK) {
		end_badly(http, transfer, &err);
		return;
	}
	if (curl.curl_multi_add_handle(http->multi, transfer->easy) != CURLM_OK) {
		rp_fail_memory(&err);
		end_badly(http, transfer, &err);
		return;
	}
	transfer->started = rp_monotonic_ms();
	transfer->host->busy = true;
	limiter_sent(&transfer->host->limiter, transfer->started);
	http->running++;
}

static void
replay(struct http *http, struct transfer *transfer)
{
	struct rp_error err = { 0 };
	struct http_answer answer;

	if (cassette_answer(http->replay, &http->options, &transfer->asked, &answer,
	                    &err) == RP_OK)
		end(http, transfer, RP_OK, &answer, &err);
	else
		end_badly(http, transfer, &err);
}

/*
 * Milliseconds until its host may be asked.  -1, and it has ended: the host is blocked
 * for longer than we are patient.  That others are before it is no reason.
 */
static int64_t
wait_for_host(struct http *http, struct transfer *transfer)
{
	const struct limiter *limiter = &transfer->host->limiter;
	const int64_t now = rp_monotonic_ms(), blocked = limiter->blocked - now;
	struct rp_error err = { 0 };

	if (blocked <= http->options.patience_ms)
		return limiter_wait_ms(limiter, now);
	rp_fail(&err, RP_RETRY_LATER, "the host wants to be asked again in %lld s",
	        (long long)((blocked + 999) / 1000));
	err.retry_at = http->options.now(http->options.context) + blocked * 1000;
	end_badly(http, transfer, &err);
	return -1;
}

/* Start what may go out.  *soonest_ms: until the next one may. */
static void
start_some(struct http *http, int64_t *soonest_ms)
{
	struct transfer *next, *transfer = http->first;
	struct rp_error err = { 0 };

	for (; transfer != NULL && http->running < http->options.parallel;
	     transfer = next) {
		int64_t wait;

		next = transfer->next;
		if (http->replay != NULL) {
			replay(http, transfer);
			return;
		}
		if (transfer->host == NULL &&
		    (transfer->host = host_of(http, transfer)) == NULL) {
			rp_fail_memory(&err);
			end_badly(http, transfer, &err);
			return;
		}
		if (transfer->host->busy)
			continue;
		wait = wait_for_host(http, transfer);
		/* Its callback may have changed the list. */
		if (wait < 0)
			return;
		if (wait == 0)
			start(http, transfer);
		else if (wait < *soonest_ms)
			*soonest_ms = wait;
		if (http->ended)
			return;
	}
}

/* Where it leads, if that is to be followed: RP_OK and it waits for its next hop. */
static enum rp_status
follow(struct transfer *transfer, struct http_answer *answer, struct rp_error *err)
{
	const struct rp_slice location = http_header(answer, "location");
	enum rp_status st;

	switch (answer->status) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		break;
	default:
		return RP_END;
	}
	if (!transfer->asked.redirects || transfer->asked.post.p != NULL ||
	    location.n == 0)
		return RP_END;
	st = journey_hop(&transfer->journey, transfer->arena, answer->status, location,
	                 err);
	if (st != RP_OK)
		return st;
	if (transfer->asked.may_hop != NULL &&
	    !transfer->asked.may_hop(transfer->context, transfer->journey.at.text)) {
		answer->leads_to = transfer->journey.at.text;
		return RP_END;
	}
	transfer_stop(transfer);
	transfer->host = NULL;
	return RP_OK;
}

static void
complete(struct http *http, struct transfer *transfer, CURLcode code)
{
	struct rp_error err = { 0 };
	struct http_answer answer;
	enum rp_status st;

	withdraw(http, transfer);
	st = transfer_verdict(transfer, code, &err);
	if (st == RP_OK)
		st = transfer_answer(transfer, &answer, &err);
	if (st != RP_OK) {
		end_badly(http, transfer, &err);
		return;
	}
	limiter_heard(&transfer->host->limiter, answer.status, transfer_header, transfer,
	              rp_monotonic_ms(), answer.at);
	st = follow(transfer, &answer, &err);
	http->hopped |= st == RP_OK;
	if (st == RP_END)
		end(http, transfer, RP_OK, &answer, &err);
	else if (st != RP_OK)
		end_badly(http, transfer, &err);
}

static enum rp_status
work(struct http *http, struct rp_error *err)
{
	CURLMcode code;
	CURLMsg *message;
	int left;

	if (http->multi == NULL)
		return RP_OK;
	code = curl.curl_multi_perform(http->multi, &left);
	if (code != CURLM_OK)
		return rp_fail(err, RP_FAILED, "%s", curl.curl_multi_strerror(code));
	while ((message = curl.curl_multi_info_read(http->multi, &left)) != NULL) {
		void *transfer = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
		complete(http, transfer, message->data.result);
	}
	return RP_OK;
}

enum rp_status
http_run(struct http *http, int timeout_ms, struct rp_error *err)
{
	const int64_t until = rp_monotonic_ms() + timeout_ms;

	if (http->first == NULL)
		return RP_END;
	http->ended = false;
	for (;;) {
		int64_t wait = until - rp_monotonic_ms();
		enum rp_status st;

		http->hopped = false;
		start_some(http, &wait);
		st = work(http, err);
		if (st != RP_OK)
			return st;
		if (http->broken.status != RP_OK)
			return rp_fail(err, http->broken.status, "%s", http->broken.text);
		if (http->ended || wait <= 0)
			return RP_OK;
		if (!http->hopped && curl.curl_multi_poll(http->multi, NULL, 0, (int)wait,
		                                          NULL) != CURLM_OK)
			return rp_fail(err, RP_FAILED, "cannot wait for the network");
	}
}

struct rp_slice
http_header(const struct http_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->n_headers; i++)
		if (rp_slice_eq_nocase(answer->headers[i].name, rp_slice_str(name)))
			return answer->headers[i].value;
	return RP_SLICE("");
}
