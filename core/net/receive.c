/*
 * Bytes as they come: headers in a list of their own, the body into a buffer, and both
 * counted before they are kept.
 */
#include "core/net/transfer.h"

#include "core/base/ascii.h"

enum { HEADER_BYTES_MAX = 64 << 10 };

/* Ends the transfer: libcurl is told that less was taken than came. */
static size_t
end_it(struct transfer *transfer, const char *why)
{
	rp_fail(&transfer->problem, RP_BAD_SOURCE, "%s", why);
	return 0;
}

static bool
is_odd(struct rp_slice line)
{
	return memchr(line.p, '\0', line.n) != NULL ||
	       memchr(line.p, '\r', line.n) != NULL;
}

static bool
keep(struct transfer *transfer, struct rp_slice name, struct rp_slice value)
{
	struct http_header header;
	struct http_header *list;

	list = arena_room(transfer->header_arena, transfer->headers, transfer->n_headers,
	                  &transfer->header_room, sizeof(*list));
	if (list == NULL || !arena_copy(transfer->header_arena, name, &header.name) ||
	    !arena_copy(transfer->header_arena, value, &header.value))
		return false;
	transfer->headers = list;
	list[transfer->n_headers++] = header;
	return true;
}

static void
begin_block(struct transfer *transfer)
{
	arena_reset(transfer->header_arena);
	transfer->headers = NULL;
	transfer->n_headers = transfer->header_room = 0;
	transfer->block_ended = false;
}

/* Whose end is it, when two lengths are told?  libcurl takes the last one. */
static bool
contradicts(const struct transfer *transfer, struct rp_slice name, struct rp_slice value)
{
	struct rp_slice before;

	if (!rp_slice_eq_nocase(name, RP_SLICE("content-length")))
		return false;
	before = transfer_header(transfer, "content-length");
	return before.n > 0 && !rp_slice_eq(before, value);
}

static size_t
take_line(struct transfer *transfer, struct rp_slice line, size_t taken)
{
	struct rp_slice value = line, name;

	if (line.n == 0) {
		transfer->block_ended = true;
		return taken;
	}
	/* "HTTP/1.1 100", a redirect of the proxy: only the last block is the answer's.
	 */
	if (rp_slice_starts(line, RP_SLICE("HTTP/")) && transfer->body.n == 0) {
		begin_block(transfer);
		return taken;
	}
	if (ascii_is_blank(line.p[0]))
		return end_it(transfer, "a header that goes on in the next line");
	name = rp_slice_trim(rp_slice_cut(&value, ':'));
	value = rp_slice_trim(value);
	if (contradicts(transfer, name, value))
		return end_it(transfer, "two lengths that differ");
	if (keep(transfer, name, value))
		return taken;
	return end_it(transfer, "more headers than can be kept");
}

size_t
receive_header(char *bytes, size_t size, size_t n, void *context)
{
	struct transfer *transfer = context;
	struct rp_slice line = { bytes, size * n };

	transfer->header_bytes += line.n;
	if (transfer->header_bytes > HEADER_BYTES_MAX)
		return end_it(transfer, "headers of more than 64 KB");
	if (line.n > 0 && line.p[line.n - 1] == '\n')
		line.n--;
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (line.n > 0 && is_odd(line))
		return end_it(transfer, "a header with a control character in it");
	return take_line(transfer, line, size * n);
}

/* More than is allowed on the wire?  Then it is cut. */
static bool
is_too_much(struct transfer *transfer, curl_off_t wire)
{
	const uint64_t told = transfer->options->max_wire_bytes;
	const uint64_t most = told ? told : transfer->body.ceiling;

	transfer->cut |= wire > 0 && (uint64_t)wire > most;
	return transfer->cut;
}

size_t
receive_body(char *bytes, size_t size, size_t n, void *context)
{
	struct transfer *transfer = context;
	const struct rp_slice piece = { bytes, size * n };
	const size_t room = transfer->body.ceiling - transfer->body.n;
	curl_off_t wire = 0;

	buf_add(&transfer->body, rp_slice_from(bytes, piece.n < room ? piece.n : room));
	if (buf_failed(&transfer->body)) {
		rp_fail_memory(&transfer->problem);
		return 0;
	}
	curl.curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
	transfer->cut = piece.n > room;
	return is_too_much(transfer, wire) ? 0 : piece.n;
}

/* Called every megabyte or so, also where nothing comes out of what comes in. */
int
receive_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                 curl_off_t up_now)
{
	(void)total, (void)up_total, (void)up_now;
	return is_too_much(context, now);
}
