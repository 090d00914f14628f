#include "core/base/jsonw.h"

#include "core/base/utf8.h"

#include <inttypes.h>

/* A comma, unless this is the first value behind a bracket or belongs to a key. */
static void
before_value(struct jsonw *w)
{
	if (w->comma)
		buf_add_byte(w->out, ',');
	w->comma = true;
}

void
jsonw_next_line(struct jsonw *w)
{
	buf_add_byte(w->out, '\n');
	w->comma = false;
}

static void
open_bracket(struct jsonw *w, char bracket)
{
	before_value(w);
	buf_add_byte(w->out, bracket);
	w->comma = false;
}

static void
close_bracket(struct jsonw *w, char bracket)
{
	buf_add_byte(w->out, bracket);
	w->comma = true;
}

void
jsonw_object(struct jsonw *w)
{
	open_bracket(w, '{');
}

void
jsonw_end_object(struct jsonw *w)
{
	close_bracket(w, '}');
}

void
jsonw_array(struct jsonw *w)
{
	open_bracket(w, '[');
}

void
jsonw_end_array(struct jsonw *w)
{
	close_bracket(w, ']');
}

void
jsonw_key_text(struct jsonw *w, struct rp_slice name)
{
	before_value(w);
	jsonw_string(w->out, name);
	buf_add_byte(w->out, ':');
	w->comma = false;
}

void
jsonw_key(struct jsonw *w, const char *name)
{
	jsonw_key_text(w, rp_slice_str(name));
}

void
jsonw_text(struct jsonw *w, struct rp_slice text)
{
	before_value(w);
	jsonw_string(w->out, text);
}

void
jsonw_int(struct jsonw *w, int64_t value)
{
	before_value(w);
	buf_printf(w->out, "%" PRId64, value);
}

void
jsonw_raw(struct jsonw *w, struct rp_slice json)
{
	before_value(w);
	buf_add(w->out, json);
}

void
jsonw_bool(struct jsonw *w, bool value)
{
	jsonw_raw(w, value ? RP_SLICE("true") : RP_SLICE("false"));
}

void
jsonw_null(struct jsonw *w)
{
	jsonw_raw(w, RP_SLICE("null"));
}

void
jsonw_field_text(struct jsonw *w, const char *name, struct rp_slice text)
{
	jsonw_key(w, name);
	jsonw_text(w, text);
}

void
jsonw_field_text_or_null(struct jsonw *w, const char *name, struct rp_slice text)
{
	jsonw_key(w, name);
	if (text.n == 0)
		jsonw_null(w);
	else
		jsonw_text(w, text);
}

void
jsonw_field_time(struct jsonw *w, const char *name, int64_t us,
                 enum rp_precision precision)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	if (us != RP_TIME_UNKNOWN)
		rp_time_write(&text, us, precision);
	jsonw_field_text_or_null(w, name, buf_slice(&text));
}

void
jsonw_field_int(struct jsonw *w, const char *name, int64_t value)
{
	jsonw_key(w, name);
	jsonw_int(w, value);
}

void
jsonw_field_bool(struct jsonw *w, const char *name, bool value)
{
	jsonw_key(w, name);
	jsonw_bool(w, value);
}

void
jsonw_field_null(struct jsonw *w, const char *name)
{
	jsonw_key(w, name);
	jsonw_null(w);
}

static bool
wants_escape(int32_t code_point)
{
	return code_point < 0x20 || code_point == '"' || code_point == '\\' ||
	       (code_point >= 0x7f && code_point <= 0x9f) ||
	       (code_point >= 0x2028 && code_point <= 0x202e) ||
	       (code_point >= 0x2066 && code_point <= 0x2069);
}

static void
add_escape(struct rp_buf *out, int32_t code_point)
{
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (size_t i = 0; i + 1 < sizeof(letters); i += 2)
		if (code_point == (unsigned char)letters[i]) {
			buf_add_byte(out, '\\');
			buf_add_byte(out, letters[i + 1]);
			return;
		}
	buf_printf(out, "\\u%04x", (unsigned)code_point);
}

/* How many bytes at the beginning go out as they are, without a look at UTF-8. */
static size_t
plain_bytes(struct rp_slice text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7f && text.p[n] != '"' &&
	       text.p[n] != '\\')
		n++;
	return n;
}

void
jsonw_string(struct rp_buf *out, struct rp_slice text)
{
	size_t kept = 0, n; /* everything before kept is written */
	int32_t code_point;

	buf_add_byte(out, '"');
	for (size_t at = plain_bytes(text); at < text.n;
	     at += n, at += plain_bytes(rp_slice_skip(text, at))) {
		code_point = utf8_next(rp_slice_skip(text, at), &n);
		if (code_point >= 0 && !wants_escape(code_point))
			continue;
		buf_add(out, rp_slice_from(text.p + kept, at - kept));
		kept = at + n;
		if (code_point >= 0)
			add_escape(out, code_point);
		else
			buf_add_str(out, UTF8_REPLACEMENT);
	}
	if (kept < text.n)
		buf_add(out, rp_slice_from(text.p + kept, text.n - kept));
	buf_add_byte(out, '"');
}
