/* The Wayback Machine of `mock`: CDX lists with resume keys, and captures. */
#include "tests/support/mock.h"

#include <stdlib.h>

/* Without scheme, "www." and case; "*" at its end counts as a prefix. */
static struct rp_slice
bare(struct rp_slice url)
{
	size_t at = rp_slice_find(url, RP_SLICE("://"));

	if (at < url.n)
		url = rp_slice_skip(url, at + 3);
	if (rp_slice_starts(url, RP_SLICE("www.")))
		url = rp_slice_skip(url, 4);
	return url;
}

static struct rp_slice
url_of(const struct mock_thing *capture)
{
	return rp_slice_skip(capture->key, rp_slice_find_byte(capture->key, ' ') + 1);
}

static bool
wanted(const struct mock_request *r, const struct mock_thing *t)
{
	const char *url = mock_param(r, "url"), *kind = mock_param(r, "matchType");
	const char *from = mock_param(r, "from"), *to = mock_param(r, "to");
	const char *filter = mock_param(r, "filter");
	struct rp_slice pattern = bare(rp_slice_str(url)), at = t->texts[M_AT];
	bool prefix = kind != NULL && strcmp(kind, "prefix") == 0;

	if (t->kind != MOCK_CAPTURE || t->flags[M_DELETED])
		return false;
	if (rp_slice_ends(pattern, RP_SLICE("*"))) {
		pattern.n--;
		prefix = true;
	}
	if (prefix ? !rp_slice_starts_nocase(bare(url_of(t)), pattern)
	           : !rp_slice_eq_nocase(bare(url_of(t)), pattern))
		return false;
	if (from != NULL && rp_slice_cmp(at, rp_slice_str(from)) < 0)
		return false;
	if (to != NULL && rp_slice_cmp(at, rp_slice_str(to)) > 0 &&
	    !rp_slice_starts(at, rp_slice_str(to)))
		return false;
	return filter == NULL || strcmp(filter, "statuscode:200") != 0 ||
	       t->texts[M_STATUS].n == 0 ||
	       rp_slice_eq(t->texts[M_STATUS], RP_SLICE("200"));
}

/* "https://x.com/ada/status/1" -> "com,x)/ada/status/1" */
static struct rp_slice
surt(const struct mock_request *r, struct rp_slice url)
{
	struct rp_slice rest = bare(url), host = rp_slice_cut(&rest, '/'), first;

	first = rp_slice_cut(&host, '.');
	return mock_print(r, "%.*s,%.*s)/%.*s", RP_FMT(host), RP_FMT(first),
	                  RP_FMT(rest));
}

static void
put_row(const struct mock_request *r, const struct mock_thing *t, struct jsonw *w)
{
	struct rp_slice rest = rp_slice_str(mock_param(r, "fl"));

	if (rest.n == 0)
		rest = RP_SLICE("urlkey,timestamp,original,mimetype,statuscode,digest,"
		                "length");
	jsonw_array(w);
	while (rest.n > 0) {
		struct rp_slice column = rp_slice_cut(&rest, ','),
				value = RP_SLICE("100");

		if (t == NULL)
			value = column;
		else if (rp_slice_eq(column, RP_SLICE("urlkey")))
			value = surt(r, url_of(t));
		else if (rp_slice_eq(column, RP_SLICE("timestamp")))
			value = t->texts[M_AT];
		else if (rp_slice_eq(column, RP_SLICE("original")))
			value = url_of(t);
		else if (rp_slice_eq(column, RP_SLICE("mimetype")))
			value = t->texts[M_TYPE].n ? t->texts[M_TYPE]
			                           : RP_SLICE("text/html");
		else if (rp_slice_eq(column, RP_SLICE("statuscode")))
			value = t->texts[M_STATUS].n ? t->texts[M_STATUS]
			                             : RP_SLICE("200");
		else if (rp_slice_eq(column, RP_SLICE("digest")))
			value = RP_SLICE("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
		jsonw_text(w, value);
	}
	jsonw_end_array(w);
}

static void
cdx(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct jsonw w = jsonw_to(&a->body);
	int64_t limit = mock_param_int(r, "limit", 150000), n = 0;
	int64_t from = mock_param_int(r, "resumeKey", 0), captures = 0;
	bool more = false;

	jsonw_array(&w);
	for (size_t i = 0; i < m->n && mock_param(r, "url") != NULL; i++) {
		captures += m->things[i]->kind == MOCK_CAPTURE;
		if (captures <= from || !wanted(r, m->things[i]))
			continue;
		if (n == limit) {
			more = mock_param(r, "showResumeKey") != NULL;
			from = captures - 1;
			break;
		}
		if (n++ == 0)
			put_row(r, NULL, &w);
		put_row(r, m->things[i], &w);
	}
	if (more) {
		jsonw_array(&w);
		jsonw_end_array(&w);
		jsonw_array(&w);
		jsonw_text(&w, mock_print(r, "%lld", (long long)from));
		jsonw_end_array(&w);
	}
	jsonw_end_array(&w);
	buf_add_byte(&a->body, '\n');
}

/* /web/20260104100000id_/https://x.com/ada/status/12; to the nearest time. */
static void
capture(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	struct rp_slice rest = rp_slice_str(r->raw + strlen("/wayback/web/")), stamp, at;
	const struct mock_thing *best = NULL;
	long long off = 0;
	char digits[16];

	stamp = rp_slice_cut(&rest, '/');
	at = rp_slice_from(stamp.p, stamp.n < 14 ? stamp.n : 14);
	(void)snprintf(digits, sizeof(digits), "%.*s", RP_FMT(at));
	for (size_t i = 0; i < m->n; i++) {
		const struct mock_thing *t = m->things[i];
		long long d;

		if (t->kind != MOCK_CAPTURE ||
		    !rp_slice_eq_nocase(bare(url_of(t)), bare(rest)))
			continue;
		d = llabs(atoll(t->texts[M_AT].p) - atoll(digits));
		if (best == NULL || d < off) {
			best = t;
			off = d;
		}
	}
	if (best == NULL) {
		mock_html_error(a, 404, "Not Found");
		return;
	}
	if (off != 0) {
		a->status = 302;
		mock_header(a, "Location", "http://%s/wayback/web/%.*sid_/%.*s", r->host,
		            RP_FMT(best->texts[M_AT]), RP_FMT(url_of(best)));
		return;
	}
	if (!mock_file(m, best->texts[M_FILE], &a->body))
		buf_add(&a->body, best->texts[M_BODY]);
	a->type = best->texts[M_TYPE].n > 0
	                  ? mock_print(r, "%.*s%c", RP_FMT(best->texts[M_TYPE]), 0).p
	                  : "text/html";
	if (best->texts[M_STATUS].n > 0)
		a->status = atoi(best->texts[M_STATUS].p);
}

void
mock_wayback(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	if (strcmp(r->path, "/cdx/search/cdx") == 0)
		cdx(m, r, a);
	else if (strncmp(r->path, "/web/", 5) == 0)
		capture(m, r, a);
	else
		mock_html_error(a, 404, "Not Found");
}
