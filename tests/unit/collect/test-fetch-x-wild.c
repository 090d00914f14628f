/*
 * Servers of X that misbehave at random, over many runs, while posts are made: whatever
 * they do, nothing unseen is covered, no run costs without end, and once they behave
 * again everything new is had.
 */
#include "tests/support/random.h"
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

enum { POSTS_MAX = 300, PAGE = 5, RUNS = 12, GAPS_MAX = 4096 };

static uint64_t
id_at(int64_t time)
{
	return (uint64_t)(time / 1000 - INT64_C(1288834974657)) << 22;
}

static int64_t
time_of(uint64_t id)
{
	return ((int64_t)(id >> 22) + INT64_C(1288834974657)) * 1000;
}

enum whim {
	WELL,
	SAME,       /* the newest, whatever was asked for, and a new token */
	NO_BOUND,   /* until_id and since_id are not heard */
	COUNTED,    /* more posts are counted than come */
	NO_DATA,    /* ... and none come */
	ILL,        /* some come, and it says that it is ill */
	AHEAD,      /* one is from tomorrow */
	NO_META,    /* no word of what comes next */
	TOKEN_TYPE, /* a token that is no text */
	TOKEN_LONG, /* one that is too long */
	SKIPS,      /* the next page is the one after it */
	SURPLUS,    /* more posts than were asked for */
	EMPTY,      /* nothing, and a token */
	NOWHERE,    /* 404 */
	OTHERS,     /* posts of somebody else */
	BAD_TOKEN,  /* a token is refused */
	WHIMS
};

static struct {
	uint64_t seed;
	uint64_t ids[POSTS_MAX];
	unsigned shown[POSTS_MAX], shown_now[POSTS_MAX];
	bool hidden[POSTS_MAX]; /* left out, so that nobody can tell */
	size_t n;
	int64_t now;
	uint64_t tokens;
	bool search;    /* and no timeline */
	uint32_t grow;  /* between two answers, at the most */
	unsigned often; /* of ten answers one of the whims */
	enum whim whim; /* of this run */
	struct stretch gaps[GAPS_MAX];
	size_t n_gaps;
} world;

static void
post_some(uint32_t most)
{
	uint32_t n = random_below(most + 1);

	while (n-- > 0 && world.n < POSTS_MAX) {
		world.now += (int64_t)(1 + random_below(900)) * RP_SECOND;
		world.ids[world.n++] = id_at(world.now);
	}
	world.now += RP_SECOND;
	fix.loop.now = world.now;
}

static uint64_t
parameter(const char *url, const char *name)
{
	const char *at = strstr(url, name);

	return at != NULL ? strtoull(at + strlen(name), NULL, 10) : 0;
}

/* ---- a page ---------------------------------------------------------------- */

/* Posts between two ids, newest first, perhaps not all of them. */
struct window {
	uint64_t since, below;
	size_t most;
	unsigned leaves_out; /* of ten */
	size_t n;            /* that it would have */
	uint64_t next;       /* where the next one begins; 0: it is the last one */
};

static size_t
put_posts(struct rp_buf *out, struct window *window)
{
	size_t put = 0;

	for (size_t i = world.n; i-- > 0 && world.ids[i] > window->since;) {
		if (window->below != 0 && world.ids[i] >= window->below)
			continue;
		if (window->n == window->most) {
			window->next = world.ids[i + 1];
			break;
		}
		window->n++;
		if (random_below(10) < window->leaves_out)
			continue;
		buf_printf(out, "%s{\"id\":\"%llu\",\"author_id\":\"7\"}",
		           put++ ? "," : "", (unsigned long long)world.ids[i]);
		world.shown[i]++;
		world.shown_now[i]++;
	}
	return put;
}

/* The posts below that nobody will be led to. */
static uint64_t
leave_out(uint64_t since, uint64_t next)
{
	size_t n = 0;

	for (size_t i = world.n; next != 0 && i-- > 0 && world.ids[i] > since;) {
		if (world.ids[i] >= next)
			continue;
		if (n++ == PAGE)
			return world.ids[i + 1];
		world.hidden[i] = true;
	}
	return n > 0 ? 0 : next;
}

static void
put_token(struct rp_buf *out, enum whim whim, uint64_t next)
{
	if (whim == SAME || whim == EMPTY || whim == OTHERS)
		buf_printf(out, ",\"next_token\":\"%llu\"",
		           (unsigned long long)(INT64_MAX - world.tokens++));
	else if (whim == TOKEN_TYPE && next != 0)
		buf_printf(out, ",\"next_token\":{\"t\":%llu}", (unsigned long long)next);
	else if (whim == TOKEN_LONG && next != 0)
		buf_printf(out, ",\"next_token\":\"%03000d%llu\"", 0,
		           (unsigned long long)next);
	else if (next != 0)
		buf_printf(out, ",\"next_token\":\"%llu\"", (unsigned long long)next);
}

static void
put_others(struct rp_buf *out)
{
	buf_printf(out, "{\"id\":\"%llu\",\"author_id\":\"8\"}",
	           (unsigned long long)id_at(world.now - RP_HOUR));
}

static void
put_page(struct rp_buf *out, enum whim whim, struct window *window)
{
	const bool nothing = whim == NO_DATA || whim == EMPTY;
	size_t put = 0;

	buf_add_str(out, "{\"data\":[");
	if (whim == AHEAD) {
		buf_printf(out, "{\"id\":\"%llu\",\"author_id\":\"7\"}",
		           (unsigned long long)id_at(world.now + 23 * RP_HOUR));
		put = 1;
	}
	if (whim == OTHERS) {
		put_others(out);
		put = 1;
	} else if (!nothing) {
		CLEANUP(buf_done) struct rp_buf posts;
		size_t more;

		buf_init(&posts, 1 << 20);
		more = put_posts(&posts, window);
		buf_add_str(out, put > 0 && more > 0 ? "," : "");
		buf_add(out, buf_slice(&posts));
		put += more;
	}
	buf_add_str(out, "]");
	if (whim == ILL)
		buf_add_str(out, ",\"errors\":[{\"title\":\"Service Unavailable\","
		                 "\"type\":\"https://api.twitter.com/2/problems/"
		                 "service-unavailable\"}]");
	if (whim != NO_META) {
		buf_printf(out, ",\"meta\":{\"result_count\":%zu",
		           whim == COUNTED || whim == NO_DATA ? put + 1 : put);
		put_token(out, whim,
		          whim == SKIPS ? leave_out(window->since, window->next)
		                        : window->next);
		buf_add_str(out, "}");
	}
	buf_add_str(out, "}");
}

static void
serve_wild(const char *url, struct reply *out)
{
	const enum whim whim = random_below(10) < world.often ? world.whim : WELL;
	const uint64_t token =
		parameter(url, world.search ? "&next_token=" : "&pagination_token=");
	struct window window = { .since = parameter(url, "&since_id="),
		                 .below = parameter(url, "&until_id="),
		                 .most = whim == SURPLUS ? 150 : PAGE,
		                 .leaves_out = whim == COUNTED || whim == ILL ? 4 : 0 };

	post_some(world.grow);
	if (token != 0 && (window.below == 0 || token < window.below))
		window.below = token;
	if (whim == SAME || whim == NO_BOUND)
		window.since = window.below = 0;
	if (whim == NO_BOUND)
		window.below = token;
	if (whim == NOWHERE || (whim == BAD_TOKEN && token != 0)) {
		out->status = whim == NOWHERE ? 404 : 400;
		buf_add_str(&out->body,
		            "{\"errors\":[{\"message\":\"pagination_token\"}]}");
		return;
	}
	put_page(&out->body, whim, &window);
}

/* ---- what must hold -------------------------------------------------------- */

static void
assert_covered_is_seen(int run)
{
	assert_true(fix.loop.n_covered < STRETCHES_MAX);
	for (size_t c = 0; c < fix.loop.n_covered; c++) {
		const struct stretch *stretch = covered(c);

		if (stretch->gap) {
			assert_true(world.n_gaps < GAPS_MAX);
			world.gaps[world.n_gaps++] = *stretch;
			continue;
		}
		for (size_t i = 0; i < world.n; i++)
			if (world.shown[i] == 0 && !world.hidden[i] &&
			    time_of(world.ids[i]) >= stretch->from &&
			    time_of(world.ids[i]) < stretch->until)
				fail_msg("seed %llu, run %d, whim %d: post %zu of %zu is "
				         "covered and unseen",
				         (unsigned long long)world.seed, run,
				         (int)world.whim, i, world.n);
	}
}

/* A pass goes through all of it once; what comes again ends it, and the page after a
 * lie is asked for once more. */
static void
assert_run_is_bounded(int run)
{
	if (fix.loop.requests > 2 * (world.n / PAGE) + 30)
		fail_msg("seed %llu, run %d, whim %d: %u requests for %zu posts",
		         (unsigned long long)world.seed, run, (int)world.whim,
		         fix.loop.requests, world.n);
	for (size_t i = 0; i < world.n; i++)
		if (world.shown_now[i] > 4)
			fail_msg("seed %llu, run %d, whim %d: post %zu of %zu bought %u "
			         "times",
			         (unsigned long long)world.seed, run, (int)world.whim, i,
			         world.n, world.shown_now[i]);
}

static void
run_once(int run)
{
	memset(world.shown_now, 0, sizeof(world.shown_now));
	(void)run_source();
	assert_covered_is_seen(run);
	assert_run_is_bounded(run);
}

static bool
is_in_gap(int64_t at)
{
	for (size_t i = 0; i < world.n_gaps; i++)
		if (world.gaps[i].from <= at && at < world.gaps[i].until)
			return true;
	return false;
}

/* What was made since is had; of what was made before that which is not is a gap. */
static void
assert_all_is_had(size_t new)
{
	for (size_t i = 0; i < world.n; i++) {
		if (world.shown[i] > 0 || world.hidden[i])
			continue;
		if (i >= new || !is_in_gap(time_of(world.ids[i])))
			fail_msg("seed %llu, whim %d: post %zu of %zu is not had, new "
			         "are those from %zu on",
			         (unsigned long long)world.seed, (int)world.whim, i,
			         world.n, new);
	}
}

static void
live_through(uint64_t seed)
{
	size_t new;

	begin(&x_fetcher, seed % 3 == 0 ? "query=davos\nedits=no\nroots=no\n"
	                                : "account=id:7\nedits=no\nroots=no\n");
	memset(&world, 0, sizeof(world));
	world.search = seed % 3 == 0;
	random_state = seed * UINT64_C(0x9e3779b97f4a7c15);
	world.seed = seed;
	world.now = NOW;
	world.grow = 2;
	fix.loop.serve = serve_wild;
	post_some(60);
	for (int run = 0; run < RUNS; run++) {
		world.whim = (enum whim)random_below(WHIMS);
		/* A search is of everybody. */
		if (world.search && world.whim == OTHERS)
			world.whim = SAME;
		world.often = 1 + random_below(10);
		fix.loop.most = random_below(4) == 0 ? 1 + random_below(6) : 0;
		run_once(run);
		post_some(12);
	}
	world.often = world.grow = 0;
	fix.loop.most = 0;
	new = world.n;
	post_some(12);
	for (int run = RUNS; run < RUNS + 3; run++) {
		assert_true(world.n < POSTS_MAX);
		run_once(run);
	}
	assert_all_is_had(new);
}

static void
whatever_a_server_does_nothing_unseen_is_covered_and_the_new_is_had(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++)
		live_through(seed);
}

/* Each whim alone, at its worst, and what that costs. */
static void
no_whim_costs_more_than_a_page_again_in_each_run(void **state)
{
	(void)state;
	for (enum whim whim = WELL; whim < WHIMS; whim++) {
		uint64_t units = 0;

		begin(&x_fetcher, "account=id:7\nedits=no\nroots=no\n");
		memset(&world, 0, sizeof(world));
		random_state = 7;
		world.now = NOW;
		fix.loop.serve = serve_wild;
		post_some(60);
		world.whim = whim;
		world.often = 10;
		for (int run = 0; run < RUNS; run++) {
			run_once(run);
			units += fix.loop.units;
		}
		if (units > world.n + (uint64_t)RUNS * 3 * PAGE + 2 * 150)
			fail_msg("whim %d: %llu posts of %zu bought", (int)whim,
			         (unsigned long long)units, world.n);
	}
}

static int
clean(void **state)
{
	(void)state;
	buf_done(&fix.loop.cursor);
	buf_done(&fix.loop.reply.body);
	memset(&fix, 0, sizeof(fix));
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			whatever_a_server_does_nothing_unseen_is_covered_and_the_new_is_had),
		cmocka_unit_test(no_whim_costs_more_than_a_page_again_in_each_run),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
