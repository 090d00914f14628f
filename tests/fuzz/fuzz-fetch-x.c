/*
 * Any cursor and any answers to the fetchers of X: never a crash, never a request that is
 * no address of its base, and an end.
 *
 * The bytes: first one that chooses the fetcher and its settings; then, cut by lines
 * "---", the cursor and the answers, each of which begins with a letter for its status.
 * When there are no more answers, they come round again.
 */
#include "core/collect/fetcher.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct fetcher_ops x_fetcher, x_embed_fetcher;

/* gather ends a run long before; what goes on for so long goes on for ever. */
enum { REQUESTS_MAX = 12000, AGAIN_MAX = 3 };

#define NOW (INT64_C(1763640000) * RP_SECOND)

static const char *const settings[] = {
	"account = ada\naccount = id:7\nroots = yes\n",
	"query = davos\narchive = yes\nsince = 2009\n",
	"conversation = 30\nquotes = 31\nid = 32\nroots = yes\n",
	"query = davos\nexclude = replies\nvocabulary = post\n",
};

static void
require(bool so, const char *wrong)
{
	if (so)
		return;
	(void)fprintf(stderr, "fuzz-fetch-x: %s\n", wrong);
	abort();
}

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	(void)context;
	(void)way;
	return key.n % 3 == 0 ? HOLDING_HELD : HOLDING_NONE;
}

static void
missing(void *context, struct rp_slice subject, size_t most,
        void (*tell)(void *to, struct rp_slice key), void *to)
{
	(void)context;
	if (subject.n > 0 && most > 0)
		tell(to, RP_SLICE("x:1881923570458304780"));
}

static const struct setting_row *
collector(struct rp_slice name)
{
	return rp_slice_eq(name, RP_SLICE("x")) ? x_fetcher.settings
	                                        : x_embed_fetcher.settings;
}

static struct rp_slice
no_header(const struct fetch_answer *answer, const char *name)
{
	(void)answer;
	(void)name;
	return RP_SLICE("");
}

/* Up to the next line "---". */
static struct rp_slice
part(struct rp_slice *rest)
{
	const size_t at = rp_slice_find(*rest, RP_SLICE("\n---\n"));
	const struct rp_slice first = rp_slice_from(rest->p, at);

	*rest = rp_slice_skip(*rest, at + 5);
	return first;
}

static int
status_of(char letter)
{
	static const int all[] = {
		200, 200, 200, 400, 401, 402, 403, 404, 429, 503, 301
	};

	return all[(unsigned char)letter % (sizeof(all) / sizeof(*all))];
}

static struct fetch_answer
answer_of(struct rp_slice text, int64_t now)
{
	return (struct fetch_answer){
		.status = text.n ? status_of(text.p[0]) : 200,
		.body = rp_slice_skip(text, 1),
		.type = RP_SLICE("application/json"),
		.at = now,
		.header = no_header,
	};
}

static void
check(const struct fetch_taken *taken)
{
	require(taken->n_coverage <= FETCH_COVERAGE_MAX, "too much coverage");
	require(taken->n_looks <= FETCH_LOOKS_MAX, "too many looks");
	require(!taken->keep || taken->has_cursor, "a capture without a cursor");
	for (size_t i = 0; i < taken->n_coverage; i++)
		require(taken->coverage[i].from < taken->coverage[i].until,
		        "coverage of no time");
}

static void
run(const struct fetcher_ops *ops, struct fetcher *f, struct rp_slice answers)
{
	struct rp_slice rest = answers;
	struct fetch_request request;
	enum rp_status st = RP_OK;
	int n = 0, again = 0;

	while (st == RP_OK) {
		struct fetch_taken taken = { .then = FETCH_ON };
		struct fetch_answer answer;

		st = ops->next(f, NOW, &request, NULL);
		if (st != RP_OK)
			break;
		require(n++ < REQUESTS_MAX, "requests without an end");
		require(rp_slice_starts(request.url, RP_SLICE("https://")), "no address");
		if (rest.n == 0)
			rest = answers;
		answer = answer_of(part(&rest), NOW);
		st = ops->take(f, &answer, &taken, NULL);
		check(&taken);
		if (taken.then == FETCH_AGAIN && ++again > AGAIN_MAX)
			break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct archive_view view = { NULL, held, missing };
	struct rp_slice rest = rp_slice_from((const char *)data, size), cursor;
	const struct fetcher_ops *ops = &x_fetcher;
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	struct config config;
	struct fetcher *f;
	char text[300];

	if (size == 0 || arena == NULL)
		return 0;
	if (data[0] & 4)
		ops = &x_embed_fetcher;
	(void)snprintf(text, sizeof(text), "[source s]\ncollector = %s\n%s", ops->name,
	               data[0] & 4 ? "id = 30\naccount = ada\nmissing = yes\n"
	                           : settings[data[0] & 3]);
	rest = rp_slice_skip(rest, 1);
	cursor = part(&rest);
	require(config_read_text(arena, "c", rp_slice_str(text), collector, &config,
	                         NULL) == RP_OK,
	        "the settings");
	if (ops->open(&config.sources[0], cursor, &view, NOW, &f, NULL) != RP_OK)
		return 0;
	run(ops, f, rest);
	ops->close(f);
	return 0;
}
