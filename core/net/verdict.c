/* What became of a transfer: libcurl's codes and the server's words, as our statuses. */
#include "core/net/retry.h"
#include "core/net/transfer.h"

enum { NOT_MODIFIED = 304, NO_CONTENT = 204, PARTIAL_CONTENT = 206, LOWEST_STATUS = 200 };

/*
 * Nobody's fault for long: the next try may go through.  "Out of memory" is not our
 * RP_FAILED: libcurl says so of a header line of more than 100 KB as well, and a stranger
 * must not end the run by one.
 */
static bool
passes(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return true;
	default:
		return false;
	}
}

static bool
is_tls(CURLcode code)
{
	return code == CURLE_SSL_CONNECT_ERROR ||
	       code == CURLE_PEER_FAILED_VERIFICATION ||
	       code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

static enum rp_status
explain(struct transfer *transfer, CURLcode code, struct rp_error *err)
{
	const struct http_options *options = transfer->options;
	const char *clock = "";

	if (code == CURLE_OUT_OF_MEMORY)
		snprintf(transfer->words, sizeof(transfer->words),
		         "a header that is longer than is taken, or no memory for it");
	if (transfer->words[0] == '\0')
		snprintf(transfer->words, sizeof(transfer->words), "%s",
		         curl.curl_easy_strerror(code));
	if (options->mask != NULL)
		options->mask(options->context, transfer->words, strlen(transfer->words));
	if (is_tls(code) && options->now(options->context) < HTTP_OLDEST_NOW)
		clock = "; the clock of this machine is wrong";
	return rp_fail(err, passes(code) ? RP_RETRY_LATER : RP_BAD_SOURCE, "%s%s",
	               transfer->words, clock);
}

static bool
asked_whether_modified(const struct http_request *asked)
{
	for (size_t i = 0; i < asked->n_headers; i++)
		if (rp_slice_starts_nocase(asked->headers[i].name, RP_SLICE("if-")))
			return true;
	return false;
}

static long
status_of(const struct transfer *transfer)
{
	long status = 0;

	curl.curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

enum rp_status
transfer_verdict(struct transfer *transfer, CURLcode code, struct rp_error *err)
{
	const long status = status_of(transfer);

	if (code != CURLE_OK && transfer->problem.status != RP_OK)
		return rp_fail(err, transfer->problem.status, "%s",
		               transfer->problem.text);
	if (code != CURLE_OK && !transfer->cut)
		return explain(transfer, code, err);
	if (status < LOWEST_STATUS)
		return rp_fail(err, RP_BAD_SOURCE, "an answer with the status %ld",
		               status);
	if (status == NOT_MODIFIED && !asked_whether_modified(&transfer->asked))
		return rp_fail(err, RP_BAD_SOURCE,
		               "\"not modified\", and nobody had asked");
	return RP_OK;
}

bool
transfer_was_sent(const struct transfer *transfer)
{
	long bytes = 0;

	if (transfer->easy != NULL)
		curl.curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &bytes);
	return bytes > 0 || transfer->journey.hops > 0;
}

/* HTTP/2 tells where a body ends, and so do a length and chunks. */
static bool
ends_by_closing(const struct transfer *transfer, int status)
{
	long version = 0;

	curl.curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_VERSION, &version);
	return version < CURL_HTTP_VERSION_2_0 && status != NO_CONTENT &&
	       status != NOT_MODIFIED &&
	       transfer_header(transfer, "content-length").n == 0 &&
	       transfer_header(transfer, "transfer-encoding").n == 0;
}

static bool
masked(struct transfer *transfer, struct rp_slice text, struct rp_slice *out)
{
	const struct http_options *options = transfer->options;
	char *copy = arena_alloc(transfer->arena, text.n + 1);

	if (copy == NULL)
		return false;
	memcpy(copy, text.p, text.n);
	if (options->mask != NULL)
		options->mask(options->context, copy, text.n);
	*out = rp_slice_from(copy, text.n);
	return true;
}

enum rp_status
transfer_answer(struct transfer *transfer, struct http_answer *out, struct rp_error *err)
{
	const struct journey *journey = &transfer->journey;
	struct http_answer answer = { .status = (int)status_of(transfer) };
	const char *address = NULL;
	curl_off_t wire = 0;

	if (!masked(transfer, journey->at.text, &answer.url))
		return rp_fail_memory(err);
	answer.hops = journey->hops;
	answer.moved_for_good = journey->hops > 0 && !journey->temporary;
	answer.headers = transfer->headers;
	answer.n_headers = transfer->n_headers;
	answer.body = buf_slice(&transfer->body);
	curl.curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
	answer.wire_bytes = wire > 0 ? (uint64_t)wire : 0;
	answer.cut = transfer->cut || answer.status == PARTIAL_CONTENT;
	answer.unverified_end = !answer.cut && ends_by_closing(transfer, answer.status);
	answer.at = transfer->options->now(transfer->options->context);
	curl.curl_easy_getinfo(transfer->easy, CURLINFO_PRIMARY_IP, &address);
	snprintf(answer.address, sizeof(answer.address), "%s", address ? address : "");
	if (journey->at.secure) {
		certificate_of(transfer->easy, &transfer->host->certificate);
		answer.certificate = transfer->host->certificate;
	}
	*out = answer;
	return RP_OK;
}
