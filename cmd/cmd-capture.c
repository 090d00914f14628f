/*
 * riposte capture list|cat: what came in, with its provenance, and its exact bytes.
 */
#include "cmd/report.h"
#include "core/base/jsonw.h"
#include "core/base/time.h"
#include "core/base/utf8.h"
#include "core/render/answer.h"

#include <inttypes.h>
#include <string.h>

/* What is no longer is written when it is known to be right, and else not at all. */
enum { HELD_BACK_BYTES = 8 << 20 };

/* False: it cannot be written; finish_output() tells why. */
static bool
write_held(struct rp_buf *held, FILE *out)
{
	const size_t n = held->n;

	buf_clear(held);
	return n == 0 || fwrite(held->p, 1, n, out) == n;
}

static bool
hold_or_write(struct rp_buf *held, struct rp_slice bytes, FILE *out)
{
	if (held->ceiling == 0)
		return fwrite(bytes.p, 1, bytes.n, out) == bytes.n;
	buf_add(held, bytes);
	if (!buf_failed(held))
		return true;
	held->ceiling = 0;
	return write_held(held, out) && hold_or_write(held, bytes, out);
}

/* Whether a capture is what came in shows behind its last byte. */
static enum rp_status
write_bytes(struct store *store, const struct capture *capture, FILE *out,
            struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture->id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(buf_done) struct rp_buf held;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	buf_init(&held, HELD_BACK_BYTES);
	if (st != RP_OK)
		return st;
	while ((st = store_next(it, &row, err)) == RP_OK)
		if (!hold_or_write(&held, row.bytes, out))
			break;
	if (st == RP_END)
		(void)write_held(&held, out);
	return st == RP_END ? RP_OK : st;
}

static int
cat(struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	struct rp_error err = { .status = RP_OK };
	struct capture capture;
	struct output out;
	enum rp_status st;

	if (arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	st = store_capture_find_prefix(inv->store, rp_slice_str(inv->operands[1]), arena,
	                               &capture, &err);
	if (st == RP_NOT_FOUND) {
		report("no capture begins with %.64s (see \"riposte capture list\")",
		       inv->operands[1]);
		return EXIT_NOTHING;
	}
	if (st != RP_OK)
		return report_error(&err);
	if (output_open(inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (!capture.complete)
		report("%.*s broke off; these are the %" PRIu64 " bytes that came",
		       RP_FMT(capture.name), capture.bytes);
	st = write_bytes(inv->store, &capture, out.stream, &err);
	return output_close(&out, st == RP_OK ? EXIT_DONE : report_error(&err));
}

static void
add_time(struct rp_buf *out, int64_t us)
{
	if (us == RP_TIME_UNKNOWN)
		buf_add_str(out, "unknown");
	else
		rp_time_write(out, us, RP_PRECISION_S);
}

static void
add_json(struct jsonw *json, const struct capture *c, const char *sha256)
{
	CLEANUP(buf_done) struct rp_buf when;

	buf_init(&when, 64);
	add_time(&when, c->at);
	jsonw_object(json);
	jsonw_field_text(json, "sha256", rp_slice_str(sha256));
	jsonw_field_text(json, "name", c->name);
	jsonw_field_text(json, "format", c->format);
	jsonw_field_text(json, "at", buf_slice(&when));
	jsonw_field_int(json, "bytes", (int64_t)c->bytes);
	jsonw_field_bool(json, "complete", c->complete);
	jsonw_field_int(json, "run", c->run);
	jsonw_field_int(json, "records", (int64_t)c->records);
	jsonw_field_int(json, "rejected", (int64_t)c->rejected);
	answer_member(json, c);
	jsonw_end_object(json);
}

static void
add_line(struct rp_buf *line, const struct capture *c, const char *sha256)
{
	struct answer answer;

	buf_printf(line, "%.12s  ", sha256);
	add_time(line, c->at);
	buf_printf(line, "  %10" PRIu64 "  %-10.*s ", c->bytes, RP_FMT(c->format));
	utf8_show(line, c->name, true);
	if (!c->complete)
		buf_add_str(line, "  (incomplete)");
	if (c->rejected > 0)
		buf_printf(line, "  (%" PRIu64 " rejected)", c->rejected);
	buf_add_byte(line, '\n');
	if (answer_read(c->options, &answer)) {
		buf_add_str(line, "              ");
		answer_line(line, &answer);
		buf_add_byte(line, '\n');
	}
}

enum list_form { LIST_TEXT, LIST_JSON, LIST_JSONL, LIST_FORMS };

static enum rp_status
write_list(struct store *store, enum list_form form, FILE *out, size_t *n_out,
           struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CAPTURES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(buf_done) struct rp_buf line;
	struct jsonw json = jsonw_to(&line);
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	buf_init(&line, SIZE_MAX);
	if (form == LIST_JSON) {
		jsonw_object(&json);
		jsonw_field_int(&json, "v", 1);
		jsonw_key(&json, "captures");
		jsonw_array(&json);
	}
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		char sha256[SHA256_HEX + 1];

		sha256_hex(&row.capture.sha256, sha256);
		if (form == LIST_TEXT)
			add_line(&line, &row.capture, sha256);
		else
			add_json(&json, &row.capture, sha256);
		if (form == LIST_JSONL)
			jsonw_next_line(&json);
		fwrite(line.p, 1, line.n, out);
		buf_clear(&line);
		++*n_out;
	}
	if (form == LIST_JSON) {
		jsonw_end_array(&json);
		jsonw_end_object(&json);
		buf_add_byte(&line, '\n');
	}
	if (line.n > 0)
		fwrite(line.p, 1, line.n, out);
	return st == RP_END ? RP_OK : st;
}

/* LIST_FORMS: none of them. */
static enum list_form
list_form(const struct invocation *inv)
{
	static const char *const names[LIST_FORMS] = { "text", "json", "jsonl" };
	const char *format = option(&inv->options, "format");
	enum list_form form = LIST_TEXT;

	if (option(&inv->options, "json") != NULL)
		return LIST_JSON;
	while (format != NULL && form < LIST_FORMS && strcmp(format, names[form]) != 0)
		form++;
	return form;
}

static int
list(struct invocation *inv)
{
	struct rp_error err = { .status = RP_OK };
	struct output out;
	size_t n = 0;

	if (output_open(inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (write_list(inv->store, list_form(inv), out.stream, &n, &err) != RP_OK)
		return output_close(&out, report_error(&err));
	return output_close(&out, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}

int
check_capture(const struct invocation *inv)
{
	const char *verb = inv->operands[0];

	if (strcmp(verb, "cat") == 0 && inv->n_operands == 2)
		return EXIT_DONE;
	if (strcmp(verb, "list") == 0 && inv->n_operands == 1)
		return list_form(inv) < LIST_FORMS
		               ? EXIT_DONE
		               : report_usage(inv, "capture list is written as text, "
		                                   "json or jsonl");
	if (strcmp(verb, "cat") == 0)
		return report_usage(inv, "capture cat takes the SHA-256 of a capture");
	return report_usage(inv, "capture takes \"list\" or \"cat ID\"");
}

int
cmd_capture(struct invocation *inv)
{
	return strcmp(inv->operands[0], "list") == 0 ? list(inv) : cat(inv);
}
