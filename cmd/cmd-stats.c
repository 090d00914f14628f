/*
 * riposte stats: what the archive holds; --rejected, what it could not read.
 */
#include "cmd/chain.h"
#include "cmd/report.h"
#include "cmd/tally.h"
#include "core/base/jsonw.h"
#include "core/base/utf8.h"

#include <inttypes.h>
#include <string.h>

static void
stats_json(struct rp_buf *out, const struct store_stats *s)
{
	struct jsonw json = jsonw_to(out);

	jsonw_object(&json);
	jsonw_field_int(&json, "v", 1);
	jsonw_field_int(&json, "posts", (int64_t)s->posts);
	jsonw_field_int(&json, "ghosts", (int64_t)s->ghosts);
	jsonw_field_int(&json, "versions", (int64_t)s->versions);
	jsonw_field_int(&json, "accounts", (int64_t)s->accounts);
	jsonw_key(&json, "edges");
	jsonw_object(&json);
	for (int i = 0; i < EDGE_TYPES; i++)
		if (i != EDGE_CONV)
			jsonw_field_int(&json, edge_type_name((enum edge_type)i),
			                (int64_t)s->edges[i]);
	jsonw_end_object(&json);
	jsonw_field_int(&json, "captures", (int64_t)s->captures);
	jsonw_field_int(&json, "sightings", (int64_t)s->sightings);
	jsonw_field_int(&json, "rejected", (int64_t)s->rejected);
	jsonw_field_int(&json, "bytes_in", (int64_t)s->bytes_in);
	jsonw_field_int(&json, "payload_bytes", (int64_t)s->payload_bytes);
	jsonw_field_int(&json, "index_bytes", (int64_t)s->index_bytes);
	jsonw_field_int(&json, "fulltext_bytes", (int64_t)s->fulltext_bytes);
	jsonw_field_int(&json, "file_bytes", (int64_t)s->file_bytes);
	jsonw_end_object(&json);
	buf_add_byte(out, '\n');
}

static void
add_row(struct rp_buf *out, const char *what, uint64_t number)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	tally_number(&text, number);
	buf_printf(out, "%-28s%16.*s\n", what, (int)text.n, text.p);
}

static void
stats_text(struct rp_buf *out, const struct store_stats *s)
{
	add_row(out, "posts", s->posts);
	add_row(out, "  referred to, not held", s->ghosts);
	add_row(out, "  wordings", s->versions);
	add_row(out, "accounts", s->accounts);
	for (int i = 0; i < EDGE_TYPES; i++)
		if (s->edges[i] > 0) {
			char what[32];

			(void)snprintf(what, sizeof(what), "edges: %s",
			               edge_type_name((enum edge_type)i));
			add_row(out, what, s->edges[i]);
		}
	add_row(out, "captures", s->captures);
	add_row(out, "sightings", s->sightings);
	add_row(out, "rejected records", s->rejected);
	add_row(out, "bytes taken in", s->bytes_in);
	add_row(out, "bytes of the archive", s->file_bytes);
	add_row(out, "  to give every byte back", s->payload_bytes);
	add_row(out, "  indexes", s->index_bytes);
	add_row(out, "  full text", s->fulltext_bytes);
}

static int
counts(struct invocation *inv, bool json)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error err = { .status = RP_OK };
	struct store_stats stats;

	buf_init(&text, 1 << 16);
	if (store_stats(inv->store, &stats, &err) != RP_OK)
		return report_error(&err);
	if (json)
		stats_json(&text, &stats);
	else
		stats_text(&text, &stats);
	fwrite(text.p, 1, text.n, stdout);
	return finish_output(stdout, EXIT_DONE);
}

/* ---- rejected records --------------------------------------------------------- */

struct reject_writer {
	struct rp_buf line;
	struct jsonw json;
	bool as_json;
};

/* The capture a reject lies in; rejects come in the order of captures, as these do. */
static enum rp_status
seek_capture(struct store_iter *captures, int64_t id, union scan_row *row,
             struct rp_error *err)
{
	enum rp_status st = RP_OK;

	while (st == RP_OK && row->capture.id != id)
		st = store_next(captures, row, err);
	return st == RP_END ? rp_fail(err, RP_CORRUPT, "a rejected record of no capture")
	                    : st;
}

static void
write_reject(struct reject_writer *w, const struct reject *reject,
             const struct capture *capture)
{
	char sha256[SHA256_HEX + 1];

	sha256_hex(&capture->sha256, sha256);
	if (w->as_json) {
		jsonw_object(&w->json);
		jsonw_field_text(&w->json, "capture", rp_slice_str(sha256));
		jsonw_field_text(&w->json, "name", capture->name);
		if (reject->line > 0)
			jsonw_field_int(&w->json, "line", (int64_t)reject->line);
		else
			jsonw_field_null(&w->json, "line");
		jsonw_field_int(&w->json, "offset", (int64_t)reject->offset);
		jsonw_field_int(&w->json, "bytes", (int64_t)reject->bytes);
		jsonw_field_text(&w->json, "reason", reject->reason);
		jsonw_end_object(&w->json);
		return;
	}
	utf8_show(&w->line, capture->name, true);
	if (reject->line > 0)
		buf_printf(&w->line, ":%" PRIu64, reject->line);
	buf_add_str(&w->line, ": ");
	utf8_show(&w->line, reject->reason, true);
	buf_printf(&w->line, " (%" PRIu64 " bytes at %" PRIu64 " of capture %.12s)\n",
	           reject->bytes, reject->offset, sha256);
}

static enum rp_status
write_rejects(struct store *store, struct reject_writer *w, size_t *n_out,
              struct rp_error *err)
{
	const struct scan rejects_scan = { .of = SCAN_REJECTS };
	const struct scan captures_scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *rejects = NULL;
	CLEANUP(store_iter_close) struct store_iter *captures = NULL;
	union scan_row reject, capture = { .capture = { .id = 0 } };
	enum rp_status st;

	if ((st = store_scan(store, &rejects_scan, &rejects, err)) != RP_OK ||
	    (st = store_scan(store, &captures_scan, &captures, err)) != RP_OK)
		return st;
	while ((st = store_next(rejects, &reject, err)) == RP_OK) {
		st = seek_capture(captures, reject.reject.capture, &capture, err);
		if (st != RP_OK)
			return st;
		write_reject(w, &reject.reject, &capture.capture);
		fwrite(w->line.p, 1, w->line.n, stdout);
		buf_clear(&w->line);
		++*n_out;
	}
	return st == RP_END ? RP_OK : st;
}

static int
rejected(struct invocation *inv, bool json)
{
	struct reject_writer w = { .as_json = json };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;
	size_t n = 0;

	buf_init(&w.line, SIZE_MAX);
	w.json = jsonw_to(&w.line);
	if (json) {
		jsonw_object(&w.json);
		jsonw_field_int(&w.json, "v", 1);
		jsonw_key(&w.json, "rejected");
		jsonw_array(&w.json);
	}
	st = write_rejects(inv->store, &w, &n, &err);
	if (json) {
		jsonw_end_array(&w.json);
		jsonw_end_object(&w.json);
		buf_add_byte(&w.line, '\n');
		fwrite(w.line.p, 1, w.line.n, stdout);
	}
	buf_done(&w.line);
	if (st != RP_OK)
		return report_error(&err);
	return finish_output(stdout, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}

int
cmd_stats(struct invocation *inv)
{
	const char *format = option(&inv->options, "format");
	bool json = option(&inv->options, "json") != NULL;

	if (format != NULL && strcmp(format, "json") == 0)
		json = true;
	else if (format != NULL && strcmp(format, "text") != 0)
		return report_usage(inv, "stats are written as text or json");
	if (option(&inv->options, "rejected") != NULL)
		return rejected(inv, json);
	if (option(&inv->options, "chain") != NULL)
		return chain_print(inv, json);
	return counts(inv, json);
}
