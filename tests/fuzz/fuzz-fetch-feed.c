/*
 * Any bytes as what a server says to the fetcher of feeds: the first line is the cursor
 * (with "|" for line ends), the second headers likewise, then documents, with lines
 * "====" between them.  It ends, its cursor can be read again, coverage is no time turned
 * round, and no request is for anything but the Web.
 */
#include "core/collect/fetcher.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct fetcher_ops feed_fetcher;

static struct rp_slice headers;

static const struct setting_row *
fetcher_settings(struct rp_slice name)
{
	const struct fetcher_ops *ops = fetcher_find(name);

	return ops != NULL ? ops->settings : NULL;
}

static void
require(bool truth)
{
	if (!truth)
		abort();
}

static struct rp_slice
header(const struct fetch_answer *answer, const char *name)
{
	struct rp_slice rest = headers, line;

	(void)answer;
	while (rest.n > 0) {
		line = rp_slice_cut(&rest, '|');
		if (rp_slice_eq_nocase(rp_slice_cut(&line, ':'), rp_slice_str(name)))
			return rp_slice_trim(line);
	}
	return RP_SLICE("");
}

static void
check_taken(const struct fetch_taken *taken)
{
	require(taken->n_coverage <= FETCH_COVERAGE_MAX);
	for (size_t i = 0; i < taken->n_coverage; i++)
		require(taken->coverage[i].from < taken->coverage[i].until);
	require(!taken->keep || taken->format.n > 0);
}

static struct rp_slice
next_document(struct rp_slice *rest)
{
	const struct rp_slice mark = RP_LIT("\n====\n");
	const size_t n = rp_slice_find(*rest, mark);
	const struct rp_slice document = rp_slice_from(rest->p, n);

	*rest = rp_slice_skip(*rest, n + (n < rest->n ? mark.n : 0));
	return document;
}

static void
drive(struct fetcher *fetcher, struct rp_slice documents)
{
	int64_t now = INT64_C(1767614400) * RP_SECOND;

	for (int i = 0; i < 100; i++, now += RP_SECOND) {
		struct fetch_taken taken = { .then = FETCH_ON };
		struct fetch_answer answer = { .status = 200, .at = now };
		struct fetch_request request;
		struct rp_error err;

		if (feed_fetcher.next(fetcher, now, &request, &err) != RP_OK)
			return;
		require(request.url.n > 0 && request.n_headers <= FETCH_HEADERS_MAX);
		answer.url = request.url;
		answer.header = header;
		answer.body = next_document(&documents);
		if (rp_slice_starts(answer.body, RP_SLICE("304")))
			answer.status = 304;
		if (feed_fetcher.take(fetcher, &answer, &taken, &err) != RP_OK ||
		    taken.then != FETCH_ON)
			return;
		check_taken(&taken);
	}
	require(false); /* no end */
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(16 << 20);
	CLEANUP(buf_done) struct rp_buf cursor;
	struct rp_slice rest = rp_slice_from((const char *)data, size);
	struct rp_slice first = rp_slice_cut(&rest, '\n');
	static const char settings[] = "[source f]\ncollector = feed\n"
				       "url = https://b.example/f\nhistory = yes\n";
	struct fetcher *fetcher = NULL;
	struct config config;
	struct rp_error err;

	buf_init(&cursor, 1 << 24);
	buf_add_str(&cursor, "url=https://b.example/f\n");
	while (first.n > 0) {
		buf_add(&cursor, rp_slice_cut(&first, '|'));
		buf_add_byte(&cursor, '\n');
	}
	headers = rp_slice_cut(&rest, '\n');
	require(config_read_text(arena, "c", rp_slice_str(settings), fetcher_settings,
	                         &config, &err) == RP_OK);
	require(feed_fetcher.open(&config.sources[0], buf_slice(&cursor), NULL, 0,
	                          &fetcher, &err) == RP_OK);
	drive(fetcher, rest);
	feed_fetcher.close(fetcher);
	return 0;
}
