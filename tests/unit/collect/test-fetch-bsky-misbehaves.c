/*
 * Servers of Bluesky that misbehave, one way in each run: nothing is called covered that
 * was not seen, no run is without end, and once they behave again all is had.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"
#include "tests/support/random.h"

enum { POSTS_MOST = 1000, ROUNDS = 300, RUNS = 10 };

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"

enum way {
	BEHAVES,
	REPEATS,       /* the newest page, under ever new cursors */
	SAME_CURSOR,   /* which leads to itself */
	BACK_DATED,    /* new posts claim to be old, and stand where they came */
	FUTURE_DATED,  /* one of next year is always on top */
	ODD_CURSORS,   /* arrays, objects, far too long */
	SKIPS,         /* a page */
	ENDS,          /* with a cursor of another type */
	ENDS_SILENTLY, /* with none */
	MOVED,
	EMPTY,     /* pages that go on */
	ALL_EMPTY, /* no posts, and no cursor */
	WAYS,
};

/* Places are those of the list: when a post came. */
struct post {
	int64_t at, made;
	bool held, past;
	bool skipped; /* by a cursor that led past it: nobody can know */
};

static struct {
	struct post posts[POSTS_MOST]; /* rising */
	size_t n, page;
	enum way way;
	unsigned cursors;
} feed;

static void
post_at(int64_t at, int64_t made)
{
	assert_true(feed.n < POSTS_MOST);
	feed.posts[feed.n++] = (struct post){ .at = at, .made = made, .past = made < at };
}

static void
write_item(struct rp_buf *out, size_t i, int64_t made, int64_t at)
{
	if (out->p[out->n - 1] != '[')
		buf_add_byte(out, ',');
	buf_printf(out,
	           "{\"post\":{\"uri\":\"at://" ANA
	           "/app.bsky.feed.post/p%05zu\",\"author\":{\"did\":\"" ANA
	           "\"},\"record\":{\"text\":\"x\",\"createdAt\":\"",
	           i);
	rp_time_write(out, made, RP_PRECISION_US);
	buf_add_str(out, "\"},\"indexedAt\":\"");
	rp_time_write(out, at, RP_PRECISION_US);
	buf_add_str(out, "\"}}");
}

/* So many posts are older than where the cursor points; all without one. */
static size_t
place_in(struct rp_slice cursor)
{
	uint64_t n = feed.n;

	if (cursor.n == 0 || !rp_slice_u64(cursor, &n))
		return feed.n;
	return n < feed.n ? (size_t)n : feed.n;
}

static void
write_cursor(struct rp_buf *out, size_t from)
{
	static const char *const odd[] = { "[1]", "{\"a\":\"b\"}", "true",
		                           "\"a\\u0000b\"" };

	if (feed.way == ODD_CURSORS && random_below(5) == 0) {
		buf_add_str(out, ",\"cursor\":\"");
		for (int i = 0; i < 5000; i++)
			buf_add_byte(out, 'c');
		buf_add_byte(out, '"');
	} else if (feed.way == ODD_CURSORS || feed.way == ENDS) {
		buf_printf(out, ",\"cursor\":%s", odd[random_below(4)]);
	} else if (feed.way == REPEATS || feed.way == EMPTY) {
		buf_printf(out, ",\"cursor\":\"x%u\"", ++feed.cursors);
	} else if (feed.way == SAME_CURSOR) {
		buf_add_str(out, ",\"cursor\":\"same\"");
	} else if (from > 0 && feed.way != ENDS_SILENTLY) {
		buf_printf(out, ",\"cursor\":\"%zu\"", from);
	}
}

static size_t
leap(size_t from)
{
	for (size_t i = 0; i < feed.page && from > 0; i++)
		feed.posts[--from].skipped = true;
	return from;
}

static void
serve(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	struct rp_slice cursor = parameter(url, "cursor");
	size_t until = place_in(cursor), from;

	(void)request;
	if (feed.way == MOVED) {
		out->status = 302;
		buf_add_str(&out->body, "{\"feed\":[]}");
		return;
	}
	if (feed.way == REPEATS || feed.way == SAME_CURSOR)
		until = feed.n;
	from = until > feed.page ? until - feed.page : 0;
	buf_add_str(&out->body, "{\"feed\":[");
	if (feed.way == FUTURE_DATED && cursor.n == 0)
		write_item(&out->body, 99999, NOW + 400 * RP_DAY, NOW + 400 * RP_DAY);
	for (size_t i = until; i > from && feed.way != EMPTY && feed.way != ALL_EMPTY;
	     i--)
		write_item(&out->body, i - 1, feed.posts[i - 1].made,
		           feed.posts[i - 1].at);
	buf_add_str(&out->body, "]");
	if (feed.way == SKIPS && random_below(3) == 0)
		from = leap(from);
	if (feed.way != ALL_EMPTY)
		write_cursor(&out->body, from);
	buf_add_str(&out->body, "}");
}

static void
store(const struct fetch_taken *taken, struct rp_slice body)
{
	const struct rp_slice mark = RP_LIT("/app.bsky.feed.post/p");
	size_t i;

	(void)taken;
	while ((body = rp_slice_skip(body, rp_slice_find(body, mark))).n > 0) {
		body = rp_slice_skip(body, mark.n);
		i = strtoul(body.p, NULL, 10);
		if (i < feed.n)
			feed.posts[i].held = true;
	}
}

static enum holding
held(void *context, const char *way, struct rp_slice key)
{
	const size_t at = rp_slice_find(key, RP_SLICE("/p")) + 2;
	size_t i;

	(void)context;
	(void)way;
	i = at < key.n ? strtoul(key.p + at, NULL, 10) : POSTS_MOST;
	return i < feed.n && feed.posts[i].held ? HOLDING_HELD : HOLDING_NONE;
}

static void
assert_seen(int64_t from, int64_t until)
{
	for (size_t i = 0; i < feed.n; i++) {
		const struct post *post = &feed.posts[i];

		/* What claims to be old may come to any stretch, any time. */
		if (!post->held && !post->past && !post->skipped && post->made >= from &&
		    post->made < until)
			fail_msg("way %d: post %zu is covered and was not seen", feed.way,
			         i);
	}
}

static size_t
missed(void)
{
	size_t n = 0;

	for (size_t i = 0; i < feed.n; i++)
		n += !feed.posts[i].held;
	return n;
}

static void
begin(void)
{
	memset(&feed, 0, sizeof(feed));
	feed.page = 5 + random_below(6);
	loop_begin("bsky");
	loop.serve = serve;
	loop.kept = store;
	loop.covered = assert_seen;
	loop.view.held = held;
	set("account", ANA);
	set_number("roots", "no", 0);
	for (size_t i = 40 + random_below(20); i > 0; i--)
		post_at(NOW - (int64_t)i * RP_HOUR, NOW - (int64_t)i * RP_HOUR);
}

/* What came since the run before; some of it claims to be old. */
static void
post_some(void)
{
	int64_t at;
	int past = 0;

	for (uint32_t i = random_below(30); i > 0; i--) {
		at = loop.now - (int64_t)i * RP_SECOND;
		/* Whole pages of them would be a list of another order. */
		past = feed.way == BACK_DATED && past < 3 && random_below(3) == 0
		               ? past + 1
		               : 0;
		post_at(at,
		        past > 0 ? at - (int64_t)random_below(9000) * RP_DAY - 1000 : at);
	}
}

static enum way
way_of(uint32_t round)
{
	return round % 3 == 0 ? 1 + (round / 3) % (WAYS - 1) : random_below(WAYS);
}

static void
run_round(uint32_t round)
{
	begin();
	/* A list that was never read and ends early is as good as a short one. */
	assert_ok(run(0), loop.err);
	for (int runs = 0; runs < RUNS; runs++) {
		loop.now += RP_HOUR;
		feed.way = way_of(round);
		post_some();
		(void)run(random_below(3) == 0 ? 1 + random_below(5) : 0);
		assert_true(times_asked("/") <= 20 + 2 * (feed.n / feed.page));
	}
}

static void
nothing_is_lost_whatever_a_server_does(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		random_state = round + 1;
		run_round(round);
		feed.way = BEHAVES;
		loop.now += 8 * RP_DAY; /* a sweep later, at the latest */
		post_some();
		for (int runs = 0; runs < 3; runs++)
			assert_ok(run(0), loop.err);
		if (missed() > 0)
			fail_msg("round %u: %zu of %zu were missed", round, missed(),
			         feed.n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_whatever_a_server_does),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	loop_done();
	return failed;
}
