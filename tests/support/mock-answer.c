/* What all platforms of `mock` use to read a request and to write an answer. */
#include "tests/support/mock.h"

#include <stdarg.h>
#include <stdlib.h>

const char *
mock_param(const struct mock_request *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->names[i], name) == 0)
			return r->values[i];
	return NULL;
}

int64_t
mock_param_int(const struct mock_request *r, const char *name, int64_t otherwise)
{
	const char *value = mock_param(r, name);
	char *end = NULL;
	long long number = value != NULL && *value != '\0' ? strtoll(value, &end, 10) : 0;

	return end != NULL && *end == '\0' ? number : otherwise;
}

void
mock_header(struct mock_answer *a, const char *name, const char *format, ...)
{
	char value[2048];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(value, sizeof(value), format, args);
	va_end(args);
	buf_printf(&a->headers, "%s: %s\n", name, value);
}

struct rp_slice
mock_print(const struct mock_request *r, const char *format, ...)
{
	va_list args;
	char *text = NULL;
	struct rp_slice copy;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0 || !arena_copy(r->arena, rp_slice_from(text, (size_t)n), &copy))
		abort();
	free(text);
	return copy.p != NULL ? copy : RP_SLICE("");
}

struct rp_slice
mock_time(const struct mock_request *r, int64_t us, enum rp_precision precision)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	rp_time_write(&text, us, precision);
	return mock_print(r, "%.*s", RP_FMT(buf_slice(&text)));
}

void
mock_html(struct rp_buf *out, struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		switch (text.p[i]) {
		case '&':
			buf_add_str(out, "&amp;");
			break;
		case '<':
			buf_add_str(out, "&lt;");
			break;
		case '>':
			buf_add_str(out, "&gt;");
			break;
		case '"':
			buf_add_str(out, "&quot;");
			break;
		case '\'':
			buf_add_str(out, "&#39;");
			break;
		default:
			buf_add_byte(out, text.p[i]);
		}
}

void
mock_http_date(struct rp_buf *out, int64_t us)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun",
		                            "Mon", "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct rp_civil at = rp_time_to_civil(us);

	buf_printf(out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[us / RP_DAY % 7],
	           at.day, months[at.month - 1], at.year, at.hour, at.minute, at.second);
}

size_t
mock_open(struct jsonw *w)
{
	jsonw_object(w);
	return w->out->n - 1;
}

static void
put_members(struct jsonw *w, const struct json_doc *doc, const struct json_doc *but)
{
	struct json_each each = json_each(doc, JSON_ROOT);

	while (json_next(&each)) {
		struct rp_slice name = json_raw_text(doc, each.key);

		if (but != NULL && json_get(but, JSON_ROOT, name) != JSON_NONE)
			continue;
		jsonw_key_text(w, name);
		jsonw_raw(w, json_span(doc, each.value));
	}
}

void
mock_close(struct jsonw *w, size_t opened, struct rp_slice extra)
{
	CLEANUP(json_done) struct json_doc more = JSON_DOC_INIT;
	CLEANUP(json_done) struct json_doc ours = JSON_DOC_INIT;
	CLEANUP(buf_done) struct rp_buf copy;
	struct jsonw again;

	buf_init(&copy, 64 << 20);
	jsonw_end_object(w);
	if (extra.n == 0 || json_parse(&more, extra, NULL) != RP_OK)
		return;
	buf_add(&copy, rp_slice_from(w->out->p + opened, w->out->n - opened));
	if (json_parse(&ours, buf_slice(&copy), NULL) != RP_OK)
		abort();
	w->out->n = opened;
	again = jsonw_to(w->out);
	jsonw_object(&again);
	put_members(&again, &ours, &more);
	put_members(&again, &more, NULL);
	jsonw_end_object(&again);
}

void
mock_html_error(struct mock_answer *a, int status, const char *title)
{
	a->status = status;
	a->type = "text/html";
	buf_clear(&a->body);
	buf_printf(&a->body,
	           "<html><head><title>%d %s</title></head>\r\n<body><center><h1>%d %s"
	           "</h1></center></body></html>\r\n",
	           status, title, status, title);
}
