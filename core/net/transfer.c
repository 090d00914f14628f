#include "core/net/transfer.h"

#include "core/net/address.h"

#include <stdlib.h>
#include <unistd.h>

enum {
	ASKED_MAX = 8 << 20,        /* a request with its body, and five places */
	HEADER_ARENA_MAX = 1 << 20, /* 64 KB of the shortest headers, each with its row */
	SLOWEST_BYTES = 100,        /* a second */
};

static bool
copy_asked(struct transfer *transfer, const struct http_request *from)
{
	struct arena *arena = transfer->arena;
	struct http_header *headers;

	transfer->asked = *from;
	headers = arena_array(arena, from->n_headers, sizeof(*headers));
	if (headers == NULL)
		return false;
	transfer->asked.headers = headers;
	for (size_t i = 0; i < from->n_headers; i++)
		if (!arena_copy(arena, from->headers[i].name, &headers[i].name) ||
		    !arena_copy(arena, from->headers[i].value, &headers[i].value))
			return false;
	/* An empty body is one, too. */
	return arena_copy(arena, from->url, &transfer->asked.url) &&
	       arena_copy(arena, from->secret, &transfer->asked.secret) &&
	       (from->post.n == 0 ||
	        arena_copy(arena, from->post, &transfer->asked.post));
}

struct transfer *
transfer_new(const struct http_options *options, const struct http_request *asked)
{
	struct transfer *transfer = calloc(1, sizeof(*transfer));

	if (transfer == NULL)
		return NULL;
	transfer->options = options;
	buf_init(&transfer->body,
	         asked->max_bytes ? asked->max_bytes : options->max_bytes);
	transfer->arena = arena_new(ASKED_MAX);
	transfer->header_arena = arena_new(HEADER_ARENA_MAX);
	if (transfer->arena == NULL || transfer->header_arena == NULL ||
	    !copy_asked(transfer, asked))
		return transfer_free(transfer);
	return transfer;
}

void
transfer_stop(struct transfer *transfer)
{
	if (transfer->easy != NULL)
		curl.curl_easy_cleanup(transfer->easy);
	if (transfer->sent != NULL)
		curl.curl_slist_free_all(transfer->sent);
	transfer->easy = NULL;
	transfer->sent = NULL;
	buf_clear(&transfer->body);
	arena_reset(transfer->header_arena);
	transfer->headers = NULL;
	transfer->n_headers = transfer->header_room = transfer->header_bytes = 0;
	transfer->block_ended = transfer->cut = transfer->opened = false;
	transfer->problem.status = RP_OK;
	transfer->words[0] = '\0';
}

struct transfer *
transfer_free(struct transfer *transfer)
{
	if (transfer == NULL)
		return NULL;
	if (transfer->header_arena != NULL)
		transfer_stop(transfer);
	if (transfer->journey.at.url != NULL)
		place_none(transfer->journey.at);
	buf_done(&transfer->body);
	arena_free(transfer->header_arena);
	arena_free(transfer->arena);
	free(transfer);
	return NULL;
}

struct rp_slice
transfer_header(const void *context, const char *name)
{
	const struct transfer *transfer = context;

	for (size_t i = 0; i < transfer->n_headers; i++)
		if (rp_slice_eq_nocase(transfer->headers[i].name, rp_slice_str(name)))
			return transfer->headers[i].value;
	return RP_SLICE("");
}

static bool
send_header(struct transfer *transfer, struct rp_slice name, struct rp_slice value)
{
	struct rp_slice line;
	struct curl_slist *longer = NULL;
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, ASKED_MAX);
	buf_add(&text, name);
	buf_add_str(&text, ": ");
	buf_add(&text, value);
	buf_add_byte(&text, '\0');
	line = buf_slice(&text);
	if (!buf_failed(&text))
		longer = curl.curl_slist_append(transfer->sent, line.p);
	if (longer != NULL)
		transfer->sent = longer;
	explicit_bzero(text.p, text.n);
	return longer != NULL;
}

/* What a request says of itself; everything else stays with the host it was meant for. */
static bool
is_for_anybody(struct rp_slice name)
{
	static const struct rp_slice names[] = {
		RP_LIT("accept"),
		RP_LIT("accept-language"),
		RP_LIT("if-none-match"),
		RP_LIT("if-modified-since"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (rp_slice_eq_nocase(name, names[i]))
			return true;
	return false;
}

static bool
send_headers(struct transfer *transfer)
{
	const struct http_request *asked = &transfer->asked;
	const bool home = journey_is_home(&transfer->journey);
	CLEANUP(buf_done) struct rp_buf bearer;
	bool sent = true;

	buf_init(&bearer, ASKED_MAX);
	for (size_t i = 0; i < asked->n_headers && sent; i++)
		if ((home || is_for_anybody(asked->headers[i].name)) &&
		    asked->headers[i].value.n > 0)
			sent = send_header(transfer, asked->headers[i].name,
			                   asked->headers[i].value);
	if (!sent || !home || asked->secret.n == 0)
		return sent;
	buf_add_str(&bearer, "Bearer ");
	buf_add(&bearer, asked->secret);
	sent = !buf_failed(&bearer) &&
	       send_header(transfer, RP_SLICE("Authorization"), buf_slice(&bearer));
	if (bearer.p != NULL)
		explicit_bzero(bearer.p, bearer.n);
	return sent;
}

static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = context;

	(void)purpose;
	/* With a proxy it is the proxy's, which the user named. */
	if (!transfer->options->allow_private && transfer->options->proxy.n == 0 &&
	    address_is_private(&address->addr, (socklen_t)address->addrlen)) {
		/* A name can have several addresses: others may do. */
		if (!transfer->opened)
			rp_fail(&transfer->problem, RP_BAD_SOURCE,
			        "an address of a private network, and that is not "
			        "allowed");
		return CURL_SOCKET_BAD;
	}
	transfer->opened = true;
	transfer->problem.status = RP_OK;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	              address->protocol);
}

#define SET(option, value)                                                               \
	(code |= curl.curl_easy_setopt(transfer->easy, (option), (value)))

static unsigned
set_rules(struct transfer *transfer)
{
	const struct http_options *options = transfer->options;
	unsigned code = 0;

	/* Nothing of the environment, nothing of anybody's files. */
	SET(CURLOPT_PROXY, options->proxy.n ? options->proxy.p : "");
	SET(CURLOPT_NOPROXY, "");
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
#else
	SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_HTTP09_ALLOWED, 0L);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_CERTINFO, 1L);
	if (options->ca.n > 0)
		SET(CURLOPT_CAINFO, options->ca.p);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, (long)options->total_ms);
	SET(CURLOPT_LOW_SPEED_LIMIT, (long)SLOWEST_BYTES);
	SET(CURLOPT_LOW_SPEED_TIME, (long)((options->stall_ms + 999) / 1000));
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, transfer);
	return code;
}

static unsigned
set_request(struct transfer *transfer)
{
	unsigned code = 0;

	SET(CURLOPT_CURLU, transfer->journey.at.url);
	SET(CURLOPT_HTTPHEADER, transfer->sent);
	SET(CURLOPT_USERAGENT, transfer->options->user_agent);
	SET(CURLOPT_ACCEPT_ENCODING, "");
	SET(CURLOPT_PRIVATE, transfer);
	SET(CURLOPT_ERRORBUFFER, transfer->words);
	SET(CURLOPT_HEADERFUNCTION, receive_header);
	SET(CURLOPT_HEADERDATA, transfer);
	SET(CURLOPT_WRITEFUNCTION, receive_body);
	SET(CURLOPT_WRITEDATA, transfer);
	SET(CURLOPT_NOPROGRESS, 0L);
	SET(CURLOPT_XFERINFOFUNCTION, receive_progress);
	SET(CURLOPT_XFERINFODATA, transfer);
	if (transfer->asked.post.p == NULL)
		return code;
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_POSTFIELDS, transfer->asked.post.p);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->asked.post.n);
	/* On a kept connection that is gone it would be sent a second time. */
	SET(CURLOPT_FRESH_CONNECT, 1L);
	return code;
}

enum rp_status
transfer_start(struct transfer *transfer, struct rp_error *err)
{
	transfer_stop(transfer);
	transfer->easy = curl.curl_easy_init();
	if (transfer->easy == NULL || !send_headers(transfer))
		return rp_fail_memory(err);
	if ((set_rules(transfer) | set_request(transfer)) != 0)
		return rp_fail(err, RP_FAILED,
		               "this libcurl cannot do what is asked of it");
	return RP_OK;
}
