/*
 * Where an answer came from, as settings of its capture.
 */
#include "core/base/ascii.h"
#include "core/base/time.h"
#include "core/collect/gather-line.h"
#include "core/collect/options.h"

#include <stdio.h>

static bool
is_zero(const struct sha256 *hash)
{
	static const struct sha256 zeros;

	return sha256_eq(hash, &zeros);
}

/* What a stranger said, if it can be said on one line. */
static enum rp_status
add(struct rp_buf *out, const char *key, struct rp_slice value, struct rp_error *err)
{
	return value.n == 0 ? RP_OK
	                    : options_add_found(out, rp_slice_str(key), value, err);
}

/* Parts of what is kept: the same bytes under others are another capture. */
static enum rp_status
add_own(struct rp_buf *out, int status, bool masked, struct rp_error *err)
{
	char number[16];
	enum rp_status st = RP_OK;

	(void)snprintf(number, sizeof(number), "%d", status);
	if (status != 200)
		st = add(out, "status", rp_slice_str(number), err);
	return st == RP_OK && masked ? add(out, "masked", RP_SLICE("1"), err) : st;
}

static enum rp_status
add_time(struct rp_buf *out, int64_t at, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	rp_time_write(&text, at, RP_PRECISION_MS);
	return buf_failed(&text) ? rp_fail_memory(err)
	                         : add(out, "fetched", buf_slice(&text), err);
}

enum rp_status
answer_options(struct rp_buf *out, struct rp_slice asked,
               const struct http_answer *answer, bool masked, struct rp_error *err)
{
	static const struct {
		const char *key, *header;
	} headers[] = {
		{ "http.date", "Date" },
		{ "http.type", "Content-Type" },
		{ "http.server", "Server" },
		{ "http.etag", "ETag" },
		{ "http.modified", "Last-Modified" },
	};
	char hex[SHA256_HEX + 1] = "";
	enum rp_status st = add_own(out, answer->status, masked, err);

	if (!is_zero(&answer->certificate))
		sha256_hex(&answer->certificate, hex);
	if (st == RP_OK)
		st = add_time(out, answer->at, err);
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]) && st == RP_OK; i++)
		st = add(out, headers[i].key, http_header(answer, headers[i].header),
		         err);
	if (st == RP_OK && !rp_slice_eq(asked, answer->url))
		st = add(out, "http.url", answer->url, err);
	if (st == RP_OK)
		st = add(out, "http.address", rp_slice_str(answer->address), err);
	return st == RP_OK ? add(out, "http.certificate", rp_slice_str(hex), err) : st;
}

static struct rp_slice
unquote(struct rp_slice value)
{
	value = rp_slice_trim(value);
	if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
		value = rp_slice_from(value.p + 1, value.n - 2);
	return value;
}

void
answer_type(struct rp_slice header, struct rp_buf *texts, struct rp_slice *type_out,
            struct rp_slice *charset_out)
{
	const size_t at = texts->n;
	struct rp_slice rest;

	*type_out = *charset_out = RP_SLICE("");
	buf_add(texts, header);
	if (buf_failed(texts))
		return;
	for (size_t i = at; i < texts->n; i++)
		texts->p[i] = ascii_lower(texts->p[i]);
	rest = rp_slice_from(texts->p + at, texts->n - at);
	*type_out = rp_slice_trim(rp_slice_cut(&rest, ';'));
	while (rest.n > 0) {
		struct rp_slice value = rp_slice_cut(&rest, ';');
		const struct rp_slice name = rp_slice_trim(rp_slice_cut(&value, '='));

		if (rp_slice_eq(name, RP_SLICE("charset")))
			*charset_out = unquote(value);
	}
}
