/* Pages, robots.txt and other files of a world as they are; what feeds share with them.
 */
#include "tests/support/mock.h"

#include "core/base/hash.h"

#include <stdlib.h>

static const char *
type_of(struct rp_slice name)
{
	static const char *const types[][2] = {
		{ ".xml", "application/xml; charset=utf-8" },
		{ ".rss", "application/rss+xml; charset=utf-8" },
		{ ".atom", "application/atom+xml; charset=utf-8" },
		{ ".json", "application/feed+json; charset=utf-8" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".vtt", "text/vtt; charset=utf-8" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (rp_slice_ends(name, rp_slice_str(types[i][0])))
			return types[i][1];
	return "text/html; charset=utf-8";
}

/* Files do not know the port: "{base}" in them is our address. */
static void
put_based(const struct mock_request *r, struct rp_slice text, struct rp_buf *out)
{
	while (text.n > 0) {
		size_t n = rp_slice_find(text, RP_SLICE("{base}"));

		buf_add(out, rp_slice_from(text.p, n));
		if (n < text.n)
			buf_printf(out, "http://%s", r->host != NULL ? r->host : "");
		text = rp_slice_skip(text, n + 6);
	}
}

/* What a line says of the file besides its bytes. */
static void
put_extras(struct mock *m, const struct mock_request *r, const struct mock_thing *file,
           struct mock_answer *a)
{
	struct rp_slice to = file->texts[M_TARGET], etag = file->texts[M_ETAG];

	if (file->texts[M_STATUS].n > 0)
		a->status = atoi(file->texts[M_STATUS].p);
	if (file->texts[M_TYPE].n > 0)
		a->type = mock_print(r, "%.*s%c", RP_FMT(file->texts[M_TYPE]), 0).p;
	if (to.n > 0 && to.p[0] == '/')
		mock_header(a, "Location", "http://%s%.*s", r->host, RP_FMT(to));
	else if (to.n > 0)
		mock_header(a, "Location", "%.*s", RP_FMT(to));
	if (file->texts[M_RETRY].n > 0)
		mock_header(a, "Retry-After", "%.*s", RP_FMT(file->texts[M_RETRY]));
	a->modified = file->texts[M_MODIFIED];
	/* "none", "each": another one each time, as of many back ends. */
	if (rp_slice_eq(etag, RP_SLICE("none")))
		a->etag = RP_SLICE("");
	else if (rp_slice_eq(etag, RP_SLICE("each")))
		a->etag = mock_print(r, "\"backend-%u\"", m->serial);
	else if (etag.n > 0)
		a->etag = etag;
}

void
mock_pages(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice name = rp_slice_skip(rp_slice_str(r->full), 1);
	const struct mock_thing *file = mock_find(m, name);
	struct rp_slice made;
	bool found;

	buf_init(&text, 256 << 20);
	found = mock_file(m, name, &text);
	if (!found && (file == NULL || file->flags[M_DELETED])) {
		mock_html_error(a, 404, "Not Found");
		return;
	}
	put_based(r, buf_slice(&text), &a->body);
	/* Of the file, which is the same on every port. */
	made = mock_print(r, "\"%016llx\"",
	                  (unsigned long long)hash_stable(buf_slice(&text)));
	a->etag = made;
	a->type = type_of(name);
	if (file != NULL)
		put_extras(m, r, file, a);
	if (file != NULL && file->flags[M_DELETED])
		mock_html_error(a, 410, "Gone");
}
