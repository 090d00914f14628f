/*
 * Chains of edits, honest and made up, taken in whatever order they come: which ids are
 * one post does not depend on it, and nobody's words come under somebody else's post.
 */
#include "core/ingest/compare.h"
#include "core/ingest/ingest.h"
#include "tests/contract/contract.h"
#include "tests/contract/random.h"

#include <unistd.h>

enum { FILES_MAX = 12 };

struct pages {
	struct rp_slice files[FILES_MAX];
	size_t n;
};

/* Ids some seconds apart, numbered from 0. */
#define ID(n) ((INT64_C(1724551529886646272) + ((int64_t)(n)*20000 << 22)))

static void
take_in(struct fixture *f, struct ingest *ingest, struct rp_slice bytes)
{
	struct import_file in = { .name = RP_SLICE("-") };
	int pipe_fds[2];

	assert_int_equal(pipe(pipe_fds), 0); /* pages are small: nobody need read yet */
	assert_int_equal(write(pipe_fds[1], bytes.p, bytes.n), bytes.n);
	close(pipe_fds[1]);
	in.fd = pipe_fds[0];
	assert_ok(ingest_file(ingest, &in, &f->err), f->err);
	close(pipe_fds[0]);
}

/* A run of its own for the files from..to of an order. */
static void
import(struct fixture *f, const struct pages *pages, const size_t *order, size_t from,
       size_t to)
{
	const struct ingest_options options = { .kind = "import", .program = "test" };
	struct ingest *ingest = ingest_new(f->store, &options);

	assert_non_null(ingest);
	for (size_t i = from; i < to; i++)
		take_in(f, ingest, pages->files[order[i]]);
	assert_ok(ingest_close(ingest, NULL, &f->err), f->err);
}

static void
see_post(struct fixture *f, const union scan_row *row, void *context)
{
	struct rp_buf *out = context;
	int64_t id = row->post.id;

	buf_printf(out, "%.*s %s by %.*s at %lld", RP_FMT(row->post.key),
	           post_kind_name(row->post.kind), RP_FMT(row->post.author),
	           (long long)row->post.time.lo);
	buf_printf(out, " also [%s]", rows(f, SCAN_ALIASES, id, ""));
	buf_printf(out, " says [%s]", rows(f, SCAN_VERSIONS, id, ""));
	buf_printf(out, " answers [%s]", rows(f, SCAN_PARENTS, id, ""));
	buf_printf(out, " is [%s]\n",
	           rows(f, SCAN_STATES, 0, text(f, "%.*s", RP_FMT(row->post.key)).p));
}

/* Every post by key, with what hangs on it. */
static const char *
told(struct fixture *f)
{
	const struct scan scan = { .of = SCAN_POSTS };
	struct rp_slice copy;
	struct rp_buf out;

	buf_init(&out, SIZE_MAX);
	each_row(f, &scan, see_post, &out);
	buf_add_byte(&out, '\0');
	assert_true(arena_copy(f->arena, buf_slice(&out), &copy));
	buf_done(&out);
	return copy.p;
}

static void
say_finding(void *context, const char *sentence)
{
	(void)context;
	print_error("%s\n", sentence);
}

/* What the archive knows is what reading its captures anew comes to. */
static void
assert_made_again(struct fixture *f)
{
	CLEANUP(fixture_close) struct fixture other = { .store = NULL };

	fixture_open(&other, f->backend);
	assert_ok(ingest_replay(f->store, other.store, &f->err), f->err);
	assert_ok(compare_derived(f->store, other.store, say_finding, NULL, &f->err),
	          f->err);
}

/* In runs of one file or several. */
static const char *
told_in_order(struct fixture *keeps, const struct pages *pages, const size_t *order,
              uint64_t *seed)
{
	CLEANUP(fixture_close) struct fixture f = { .store = NULL };
	struct rp_slice copy;

	fixture_open(&f, keeps->backend);
	for (size_t at = 0; at < pages->n;) {
		size_t to = at + 1 + random_next(seed) % 3;

		to = to < pages->n ? to : pages->n;
		import(&f, pages, order, at, to);
		at = to;
	}
	assert_made_again(&f);
	assert_true(arena_copy(keeps->arena, rp_slice_str(told(&f)), &copy));
	return text(keeps, "%.*s", RP_FMT(copy)).p;
}

static void
shuffle(size_t *order, size_t n, uint64_t *seed)
{
	for (size_t i = n; i-- > 1;) {
		size_t j = random_next(seed) % (i + 1), kept = order[i];

		order[i] = order[j];
		order[j] = kept;
	}
}

static void
assert_any_order(struct fixture *f, const struct pages *pages, uint64_t seed, int orders)
{
	size_t order[FILES_MAX];
	const char *want = NULL;

	for (size_t i = 0; i < pages->n; i++)
		order[i] = i;
	for (int i = 0; i < orders; i++) {
		const char *got = told_in_order(f, pages, order, &seed);

		if (want == NULL)
			want = got;
		assert_string_equal(got, want);
		shuffle(order, pages->n, &seed);
	}
}

/* ---- pages ------------------------------------------------------------------- */

static void
add(struct pages *pages, struct rp_slice page)
{
	assert_true(pages->n < FILES_MAX);
	pages->files[pages->n++] = page;
}

/* author 0: not told.  chain: of n id numbers. */
static struct rp_slice
post(struct fixture *f, int id, int author, const char *words, const int *chain, size_t n)
{
	struct rp_slice page =
		text(f, "{\"id\":\"%lld\",\"text\":\"%s\"", (long long)ID(id), words);
	struct rp_slice by = text(f, ",\"author_id\":\"%d\"", author);

	if (author != 0)
		page = text(f, "%.*s%.*s", RP_FMT(page), RP_FMT(by));
	for (size_t i = 0; i < n; i++)
		page = text(f, "%.*s%s\"%lld\"", RP_FMT(page),
		            i ? "," : ",\"edit_history_tweet_ids\":[",
		            (long long)ID(chain[i]));
	return text(f, "%.*s%s}\n", RP_FMT(page), n > 0 ? "]" : "");
}

static struct rp_slice
reply(struct fixture *f, int id, int to)
{
	return text(f,
	            "{\"id\":\"%lld\",\"text\":\"so?\",\"author_id\":\"9\","
	            "\"in_reply_to_user_id\":\"%d\",\"referenced_tweets\":"
	            "[{\"type\":\"replied_to\",\"id\":\"%lld\"}]}\n",
	            (long long)ID(id), 1 + to % 2, (long long)ID(to));
}

static struct rp_slice
gone(struct fixture *f, int id)
{
	return text(f,
	            "{\"errors\":[{\"resource_type\":\"tweet\",\"resource_id\":\"%lld\","
	            "\"value\":\"%lld\",\"parameter\":\"ids\",\"title\":\"Not Found "
	            "Error\",\"type\":\"https://api.x.com/2/problems/"
	            "resource-not-found\"}]}\n",
	            (long long)ID(id), (long long)ID(id));
}

#define CHAIN(...)                                                                       \
	(const int[]){ __VA_ARGS__ }, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int)

/* ---- specs ------------------------------------------------------------------- */

static void
nobody_edits_somebody_elses_post(void **state)
{
	struct fixture *f = *state;
	struct pages pages = { .n = 0 };
	size_t order[] = { 1, 2, 0, 3 };

	add(&pages, post(f, 1, 1, "My honest words", CHAIN(1)));
	add(&pages, post(f, 2, 2, "I confess", CHAIN(1, 2)));
	add(&pages, reply(f, 5, 1));
	add(&pages, reply(f, 6, 2));
	assert_any_order(f, &pages, 1, 5);

	import(f, &pages, order, 0, pages.n);
	assert_string_equal(rows(f, SCAN_VERSIONS,
	                         get_post(f, text(f, "x:%lld", (long long)ID(1)).p).id,
	                         ""),
	                    "My honest words");
	assert_string_equal(rows(f, SCAN_VERSIONS,
	                         get_post(f, text(f, "x:%lld", (long long)ID(2)).p).id,
	                         ""),
	                    "I confess");
}

static void
an_authors_own_edits_stay_one_post_beside_a_strangers_chain(void **state)
{
	struct fixture *f = *state;
	struct pages pages = { .n = 0 };
	size_t order[] = { 2, 1, 0 };

	add(&pages, post(f, 1, 1, "My honest words", CHAIN(1)));
	add(&pages, post(f, 2, 1, "My honest word", CHAIN(1, 2)));
	add(&pages, post(f, 3, 2, "I confess", CHAIN(1, 3)));
	assert_any_order(f, &pages, 1, 5);

	import(f, &pages, order, 0, pages.n);
	assert_string_equal(rows(f, SCAN_VERSIONS,
	                         get_post(f, text(f, "x:%lld", (long long)ID(2)).p).id,
	                         ""),
	                    "My honest words, My honest word");
}

static void
chains_that_contradict_each_other_make_one_post_under_the_smallest_id(void **state)
{
	struct fixture *f = *state;
	struct pages pages = { .n = 0 };

	add(&pages, post(f, 3, 1, "a", CHAIN(1, 3)));
	add(&pages, post(f, 3, 1, "b", CHAIN(2, 3)));
	add(&pages, post(f, 2, 1, "c", CHAIN(1, 2)));
	add(&pages, post(f, 4, 1, "d", CHAIN(4, 3)));
	add(&pages, post(f, 2, 1, "e", CHAIN(2, 1)));
	assert_any_order(f, &pages, 1, 5);
}

static struct rp_slice
random_page(struct fixture *f, uint64_t *seed)
{
	int chain[3], id = (int)(random_next(seed) % 6);
	size_t n = random_next(seed) % 4;
	uint64_t kind = random_next(seed) % 8;

	if (kind == 0)
		return reply(f, id, (int)(random_next(seed) % 6));
	if (kind == 1)
		return gone(f, id);
	for (size_t i = 0; i < n; i++)
		chain[i] = (int)(random_next(seed) % 6);
	if (n > 0)
		chain[random_next(seed) % n] = id;
	if (n > 1 && chain[0] > chain[1] && random_next(seed) % 4) {
		int first = chain[0];

		chain[0] = chain[1];
		chain[1] = first;
	}
	return post(f, id, (int)(random_next(seed) % 3),
	            text(f, "words %d", (int)(random_next(seed) % 8)).p, chain, n);
}

static void
random_chains_come_to_the_same_in_any_order(void **state)
{
	struct fixture *f = *state;
	const uint64_t seeds = f->backend->durable ? 2 : 8; /* commits are synced */

	for (uint64_t seed = 1; seed <= seeds; seed++) {
		struct pages pages = { .n = 0 };
		uint64_t chance = seed;

		while (pages.n < 4 + seed % 6)
			add(&pages, random_page(f, &chance));
		assert_any_order(f, &pages, seed, 4);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(nobody_edits_somebody_elses_post),
		SPEC(an_authors_own_edits_stay_one_post_beside_a_strangers_chain),
		SPEC(chains_that_contradict_each_other_make_one_post_under_the_smallest_id),
		SPEC(random_chains_come_to_the_same_in_any_order),
	};

	return CONTRACT_RUN(argc, argv, "edits", specs);
}
