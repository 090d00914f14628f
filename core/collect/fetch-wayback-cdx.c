/*
 * The index answers with rows, an array of arrays, of which the first has the names of
 * the columns; an empty row and a last one with a key say that there is more.
 */
#include "core/collect/fetch-wayback.h"

#include "core/base/ascii.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/parse/json.h"

#include <stdio.h>

#define COLUMNS "timestamp,original,mimetype,statuscode"

enum { COPIES_MAX = 2000, ROWS = 4, LIMIT = 200, TIME_TEXT = 32 };

/* ---- asking -------------------------------------------------------------- */

void
wayback_question(struct rp_buf *out, struct rp_slice base, struct rp_slice address,
                 bool prefix, struct rp_slice resume)
{
	buf_clear(out);
	buf_add(out, base);
	buf_add_str(out, "/cdx/search/cdx?url=");
	url_escape(out, address, "/:");
	buf_printf(out,
	           "&matchType=%s&output=json&fl=" COLUMNS
	           "&filter=statuscode:200&collapse=digest&limit=%d"
	           "&showResumeKey=true",
	           prefix ? "prefix" : "exact", LIMIT);
	if (resume.n > 0) {
		buf_add_str(out, "&resumeKey=");
		url_escape(out, resume, "/:");
	}
}

void
wayback_copy_url(struct rp_buf *out, struct rp_slice base,
                 const struct wayback_copy *copy)
{
	buf_clear(out);
	buf_printf(out, "%.*s/web/%.*sid_/%.*s", RP_FMT(base), RP_FMT(copy->timestamp),
	           RP_FMT(copy->original));
}

/* ---- reading ------------------------------------------------------------- */

/* RFC 3339 of the 14 digits at the front; false: there are none, or they are no time. */
static bool
write_time(struct rp_slice digits, char text[TIME_TEXT])
{
	const char *d = digits.p;
	struct rp_time ignored;

	if (ascii_digits(digits) != WAYBACK_DIGITS)
		return false;
	snprintf(text, TIME_TEXT, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", d, d + 4, d + 6,
	         d + 8, d + 10, d + 12);
	return rp_time_read(rp_slice_str(text), RP_BASIS_CAPTURE, &ignored);
}

/* Can stand in an address as it is. */
static bool
is_address(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] <= ' ' || (unsigned char)text.p[i] >= 0x7f ||
		    text.p[i] == '#')
			return false;
	return rp_slice_starts(text, RP_SLICE("http://")) ||
	       rp_slice_starts(text, RP_SLICE("https://"));
}

static bool
is_of_post(struct arena *arena, struct rp_slice original, struct rp_slice key,
           bool *fits_out)
{
	struct url_meaning meaning;

	*fits_out = true;
	if (key.n == 0)
		return true;
	if (!url_meaning(arena, original, &meaning))
		return false;
	*fits_out = meaning.kind == URL_POST && rp_slice_eq(meaning.key, key);
	return true;
}

static enum rp_status
add_copy(struct arena *arena, const struct rp_slice *cells, struct rp_slice key,
         struct wayback_list *list, struct rp_error *err)
{
	struct wayback_copy *copies, copy = { .json = false };
	char time[TIME_TEXT];
	bool fits;

	if (cells[0].n != WAYBACK_DIGITS || !write_time(cells[0], time) ||
	    !is_address(cells[1]) || list->n == COPIES_MAX)
		return RP_OK;
	if (!is_of_post(arena, cells[1], key, &fits))
		return rp_fail_memory(err);
	if (!fits || (cells[3].n > 0 && !rp_slice_eq(cells[3], RP_SLICE("200"))))
		return RP_OK;
	copy.json = rp_slice_find(cells[2], RP_SLICE("json")) < cells[2].n;
	copies = arena_room(arena, list->copies, list->n, &list->room, sizeof(copy));
	if (copies == NULL || !arena_copy(arena, cells[0], &copy.timestamp) ||
	    !arena_copy(arena, cells[1], &copy.original))
		return rp_fail_memory(err);
	list->copies = copies;
	copies[list->n++] = copy;
	return RP_OK;
}

/* The cells of a row that are texts; how many it has. */
static size_t
read_row(const struct json_doc *doc, uint32_t row, struct arena *arena,
         struct rp_slice *cells)
{
	struct json_each each = json_each(doc, row);
	size_t n = 0;

	for (size_t i = 0; i < ROWS; i++)
		cells[i] = RP_SLICE("");
	for (; json_next(&each); n++)
		if (n < ROWS && json_type(doc, each.value) == JSON_STRING &&
		    json_text(doc, each.value, arena, &cells[n], NULL) != RP_OK)
			cells[n] = RP_SLICE("");
	return n;
}

static enum rp_status
read_rows(const struct json_doc *doc, struct arena *arena, struct rp_slice key,
          struct wayback_list *list, struct rp_error *err)
{
	struct json_each each = json_each(doc, JSON_ROOT);
	struct rp_slice cells[ROWS];
	enum rp_status st = RP_OK;
	bool ended = false;

	(void)json_next(&each); /* names of columns */
	while (st == RP_OK && json_next(&each)) {
		const size_t n = read_row(doc, each.value, arena, cells);

		if (n == 1 && ended)
			return arena_copy(arena, cells[0], &list->resume)
			               ? RP_OK
			               : rp_fail_memory(err);
		ended = n == 0;
		if (n >= 2)
			st = add_copy(arena, cells, key, list, err);
	}
	return st;
}

enum rp_status
wayback_read(struct arena *arena, struct rp_slice body, struct rp_slice key,
             struct wayback_list *list, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	enum rp_status st;

	list->resume = RP_SLICE("");
	if (rp_slice_trim(body).n == 0)
		return RP_OK; /* nothing */
	st = json_parse(&doc, body, err);
	if (st == RP_OK && json_type(&doc, JSON_ROOT) != JSON_ARRAY)
		st = rp_fail(err, RP_BAD_ITEM, "no list of copies");
	return st == RP_OK ? read_rows(&doc, arena, key, list, err) : st;
}

bool
wayback_as_of(struct rp_buf *out, struct rp_slice url)
{
	const struct rp_slice mark = RP_LIT("/web/");
	char text[TIME_TEXT];

	if (!write_time(rp_slice_skip(url, rp_slice_find(url, mark) + mark.n), text))
		return false;
	buf_add_str(out, text);
	return true;
}
