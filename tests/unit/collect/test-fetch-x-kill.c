/*
 * Nothing falls between two runs, wherever the first one was killed: a timeline of X that
 * grows while it is read, and tokens that are refused now and then.
 */
#include "tests/support/random.h"
#include "tests/unit/collect/fetch-fixture.h"

extern const struct fetcher_ops x_fetcher;

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

enum { POSTS_MAX = 400 };

/* A timeline that grows while it is read, of a server that pages by its own tokens. */
static struct {
	uint64_t ids[POSTS_MAX];
	unsigned shown[POSTS_MAX]; /* in how many stored answers */
	size_t n;
	size_t grow; /* at the most, between two answers */
	bool fails;  /* now and then, with a 500, or knows a token no more */
	int64_t now;
} world;

static void
post_some(size_t most)
{
	size_t n = random_below((uint32_t)most + 1);

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

static void
serve_world(const char *url, struct reply *out)
{
	const uint64_t since = parameter(url, "&since_id=");
	uint64_t below = parameter(url, "&until_id="), token;
	size_t n = 0;

	/* The answer comes when it was made. */
	post_some(world.grow);
	if (world.fails && random_below(10) == 0) {
		out->status = 500;
		return;
	}
	token = parameter(url, "&pagination_token=");
	if (token != 0 && (below == 0 || token < below))
		below = token;
	if (world.fails && token != 0 && random_below(8) == 0) {
		out->status = 400;
		buf_add_str(
			&out->body,
			"{\"errors\":[{\"message\":\"pagination_token is invalid\"}]}");
		return;
	}
	buf_add_str(&out->body, "{\"data\":[");
	token = 0;
	for (size_t i = world.n; i-- > 0 && world.ids[i] > since;) {
		if (below != 0 && world.ids[i] >= below)
			continue;
		if (n == 5) {
			token = world.ids[i + 1];
			break;
		}
		buf_printf(&out->body, "%s{\"id\":\"%llu\",\"author_id\":\"7\"}",
		           n++ ? "," : "", (unsigned long long)world.ids[i]);
		world.shown[i]++;
	}
	buf_add_str(&out->body, "],\"meta\":{");
	if (token != 0)
		buf_printf(&out->body, "\"next_token\":\"%llu\"",
		           (unsigned long long)token);
	buf_add_str(&out->body, "}}");
}

/* What was said to be covered was shown, all of it. */
static void
assert_covered_is_seen(uint64_t seed)
{
	for (size_t c = 0; c < fix.loop.n_covered; c++) {
		const struct stretch *stretch = covered(c);

		for (size_t i = 0; !stretch->gap && i < world.n; i++)
			if (world.shown[i] == 0 &&
			    time_of(world.ids[i]) >= stretch->from &&
			    time_of(world.ids[i]) < stretch->until)
				fail_msg("seed %llu: post %zu is covered and unseen",
				         (unsigned long long)seed, i);
	}
}

/* Runs that are killed after any answer; and at last one that is not. */
static void
live_through(uint64_t seed)
{
	begin(&x_fetcher, "account=id:7\nedits=no\n");
	memset(&world, 0, sizeof(world));
	random_state = seed * UINT64_C(0x9e3779b97f4a7c15);
	world.now = NOW;
	world.grow = random_below(4);
	world.fails = true;
	fix.loop.serve = serve_world;
	post_some(60);
	for (int run = 0; run < 25; run++) {
		fix.loop.most = 1 + (unsigned)random_below(6);
		(void)run_source();
		assert_covered_is_seen(seed);
		post_some(8);
	}
	world.grow = 0;
	world.fails = false;
	fix.loop.most = 0;
	assert_run(RP_END);
	assert_covered_is_seen(seed);
	assert_run(RP_END);
	assert_covered_is_seen(seed);
	for (size_t i = 0; i < world.n; i++) {
		if (world.shown[i] == 0)
			fail_msg("seed %llu: post %zu of %zu was never asked for",
			         (unsigned long long)seed, i, world.n);
	}
}

static void
killed_after_any_answer_every_post_is_asked_for(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++)
		live_through(seed);
}

static void
and_none_twice_but_for_the_overlap(void **state)
{
	size_t twice = 0, all = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		size_t again_and_again = 0;

		live_through(seed);
		all += world.n;
		/* The newest of each pass is asked for once more in each later one
		 * until there is a newer. */
		for (size_t i = 0; i < world.n; i++) {
			twice += world.shown[i] > 1;
			again_and_again += world.shown[i] > 30;
		}
		assert_int_equal(again_and_again, 0);
	}
	if (twice * 3 > all)
		fail_msg("%zu of %zu were asked for twice", twice, all);
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
		cmocka_unit_test(killed_after_any_answer_every_post_is_asked_for),
		cmocka_unit_test(and_none_twice_but_for_the_overlap),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
