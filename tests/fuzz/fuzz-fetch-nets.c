/*
 * Any cursor and any answers for the fetchers of Bluesky and Mastodon: they ask only
 * addresses that can be one, and come to an end.
 *
 * The input: a byte that chooses the fetcher; then parts that end in a line "--": the
 * cursor, then answers.  An answer begins with a digit, which is its status, and may go
 * on with a line that begins with "<", its Link.
 */
#include "core/base/cleanup.h"
#include "core/collect/fetcher.h"
#include "core/model/key.h"

#include <stdlib.h>

enum { STEPS_MOST = 30000, AGAIN_MOST = 4, SETTINGS = 6 };

#define CHECK(is)                                                                        \
	do {                                                                             \
		if (!(is))                                                               \
			abort();                                                         \
	} while (0)

static const int statuses[] = { 200, 200, 400, 401, 403, 404, 410, 429, 500, 304 };

static struct rp_slice link_header;

static struct rp_slice
header_of(const struct fetch_answer *answer, const char *name)
{
	(void)answer;
	return name[0] == 'L' ? link_header : RP_SLICE("\"e\"");
}

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	(void)context;
	(void)way;
	CHECK(key_valid(key));
	return key.n % 2 ? HOLDING_HELD : HOLDING_NONE;
}

static void
missing(void *context, struct rp_slice subject, size_t most,
        void (*tell)(void *to, struct rp_slice key), void *to)
{
	(void)context;
	(void)most;
	CHECK(key_valid(subject));
	tell(to, RP_SLICE("bsky:did:plc:bbbb/3a"));
	tell(to, RP_SLICE("bsky:did:web:b.example/3b"));
}

static struct rp_slice
cut_part(struct rp_slice *rest)
{
	const struct rp_slice end = RP_LIT("\n--\n");
	struct rp_slice part = *rest;

	part.n = rp_slice_find(part, end);
	*rest = rp_slice_skip(*rest, part.n + end.n);
	return part;
}

static void
check_request(const struct fetch_request *request)
{
	CHECK(rp_slice_starts(request->url, RP_SLICE("https://")) ||
	      rp_slice_starts(request->url, RP_SLICE("http://")));
	for (size_t i = 0; i < request->url.n; i++)
		CHECK((unsigned char)request->url.p[i] > ' ' &&
		      (unsigned char)request->url.p[i] < 0x7f);
	for (size_t i = 0; i < request->n_headers; i++)
		CHECK(rp_slice_find_byte(request->headers[i].value, '\n') ==
		      request->headers[i].value.n);
}

static void
check_taken(const struct fetch_taken *taken)
{
	for (size_t i = 0; i < taken->n_coverage; i++)
		CHECK(taken->coverage[i].from < taken->coverage[i].until &&
		      taken->coverage[i].subject.n > 0);
	for (size_t i = 0; i < taken->n_looks; i++)
		CHECK(key_valid(taken->looks[i].key));
}

static void
make_answer(struct rp_slice *rest, const struct fetch_request *request,
            struct fetch_answer *out)
{
	struct rp_slice body = cut_part(rest);

	*out = (struct fetch_answer){ .status = 404,
		                      .url = request->url,
		                      .at = INT64_C(1795457914) * RP_SECOND,
		                      .header = header_of };
	link_header = RP_SLICE("");
	if (body.n == 0)
		return;
	if (body.p[0] >= '0' && body.p[0] <= '9')
		out->status = statuses[body.p[0] - '0'];
	body = rp_slice_skip(body, 1);
	if (rp_slice_starts(body, RP_SLICE("<")))
		link_header = rp_slice_cut(&body, '\n');
	out->body = body;
}

/* Until it ends by itself; true: with this cursor. */
static void
run(const struct fetcher_ops *ops, const struct source *source, struct rp_slice cursor,
    struct rp_slice rest)
{
	const struct archive_view view = { NULL, held, missing };
	struct fetcher *f = NULL;
	struct fetch_request request;
	struct fetch_answer answer;
	struct rp_error err;
	unsigned again = 0;

	if (ops->open(source, cursor, &view, INT64_C(1795457914) * RP_SECOND, &f, &err) !=
	    RP_OK)
		return;
	for (size_t n = 0; again < AGAIN_MOST; n++) {
		struct fetch_taken taken = { .then = FETCH_ON };

		CHECK(n < STEPS_MOST);
		if (ops->next(f, INT64_C(1795457914) * RP_SECOND, &request, &err) !=
		    RP_OK)
			break;
		check_request(&request);
		make_answer(&rest, &request, &answer);
		if (ops->take(f, &answer, &taken, &err) != RP_OK ||
		    taken.then == FETCH_DONE)
			break;
		check_taken(&taken);
		again = taken.then == FETCH_AGAIN ? again + 1 : 0;
	}
	ops->close(f);
}

static const struct setting_row *
row_of(const struct fetcher_ops *ops, const char *name)
{
	for (const struct setting_row *row = ops->settings; row->name != NULL; row++)
		if (rp_slice_eq(rp_slice_str(row->name), rp_slice_str(name)))
			return row;
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const bsky[][2] = {
		{ "account", "ana.example" },
		{ "account", "did:plc:aaaa" },
		{ "thread", "at://did:plc:aaaa/app.bsky.feed.post/3a" },
		{ "quotes", "at://did:plc:aaaa/app.bsky.feed.post/3a" },
		{ "query", "a b" },
		{ "records", "yes" },
	};
	static const char *const masto[][2] = {
		{ "instance", "https://h.example" },
		{ "account", "ana" },
		{ "account", "bo@elsewhere.example" },
		{ "thread", "1" },
		{ "tag", "davos" },
		{ "tag", "ai" },
	};
	struct setting settings[SETTINGS];
	const bool first = size > 0 && data[0] % 2 == 0;
	const struct fetcher_ops *ops =
		fetcher_find(first ? RP_SLICE("bsky") : RP_SLICE("masto"));
	struct source source = { .name = RP_SLICE("fuzz") };
	struct rp_slice rest = rp_slice_from((const char *)data, size), cursor;

	CHECK(ops != NULL);
	for (size_t i = 0; i < SETTINGS; i++) {
		const char *const *is = first ? bsky[i] : masto[i];

		settings[i] = (struct setting){ .row = row_of(ops, is[0]),
			                        .value = rp_slice_str(is[1]),
			                        .number = 1,
			                        .line = (uint32_t)i + 1 };
	}
	source.settings.settings = settings;
	source.settings.n = SETTINGS;
	source.settings.tables[0] = source_settings;
	source.settings.tables[1] = ops->settings;
	rest = rp_slice_skip(rest, 1);
	cursor = cut_part(&rest);
	run(ops, &source, cursor, rest);
	return 0;
}
