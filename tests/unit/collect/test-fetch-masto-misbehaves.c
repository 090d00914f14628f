/*
 * Servers of Mastodon that misbehave, one way in each run: nothing is called covered that
 * was not seen, no run is without end, and once they behave again all is had.
 */
#include "networks-fixture.h"

#include "core/base/cleanup.h"
#include "tests/support/random.h"

enum { POSTS_MOST = 1000, ROUNDS = 300, RUNS = 10 };

#define HOST "https://social.example"
#define LIST HOST "/api/v1/accounts/7/statuses?limit=40&"

enum way {
	BEHAVES,
	MIN_AS_SINCE,
	MIN_IGNORED,
	REPEATS,      /* the newest page, whatever older one is asked for */
	BACK_DATED,   /* new posts claim to be old */
	FUTURE_DATED, /* or of next year, id and all */
	ODD_LINKS,
	SKIPS, /* Link leads past a page */
	ENDS,  /* nothing is older than the newest page */
	MOVED,
	EMPTY,
	WAYS,
};

struct post {
	uint64_t id; /* rising */
	int64_t made;
	bool held, past;
};

static struct {
	struct post posts[POSTS_MOST];
	size_t n, page;
	enum way way;
} line;

static void
post_at(int64_t at, int64_t made)
{
	uint64_t id = (uint64_t)(at / 1000) << 16;

	assert_true(line.n < POSTS_MOST);
	if (line.n > 0 && id <= line.posts[line.n - 1].id)
		id = line.posts[line.n - 1].id + 1;
	line.posts[line.n++] = (struct post){ .id = id, .made = made, .past = made < at };
}

static void
write_status(struct rp_buf *out, uint64_t id, int64_t made)
{
	if (out->p[out->n - 1] != '[')
		buf_add_byte(out, ',');
	buf_printf(out,
	           "{\"id\":\"%llu\",\"uri\":\"" HOST
	           "/users/ana/statuses/%llu\",\"content\":\"x\",\"account\":{\"id\":"
	           "\"7\",\"acct\":\"ana\"},\"in_reply_to_id\":\"1\",\"created_at\":\"",
	           (unsigned long long)id, (unsigned long long)id);
	rp_time_write(out, made, RP_PRECISION_MS);
	buf_add_str(out, "\"}");
}

static void
link_pages(uint64_t last, uint64_t first)
{
	static char header[500];
	unsigned long long next = last;

	if (line.way == SKIPS)
		for (size_t i = line.n; i > 0; i--)
			if (line.posts[i - 1].id < last && i > line.page)
				next = line.posts[i - 1 - line.page / 2].id;
	(void)snprintf(header, sizeof(header),
	               line.way == ODD_LINKS
	                       ? "<https://evil.example/%llu>; rel=\"next\", <%llu"
	                       : "<" LIST "max_id=%llu>; rel=\"next\", <" LIST
	                         "min_id=%llu>; rel=\"prev\"",
	               next, (unsigned long long)first);
	loop.reply.link = header;
}

static uint64_t
id_in(struct rp_slice url, const char *name, uint64_t otherwise)
{
	uint64_t id;

	return rp_slice_u64(parameter(url, name), &id) ? id : otherwise;
}

static void
serve_page(struct rp_slice url, struct rp_buf *out)
{
	const uint64_t below =
		line.way == REPEATS ? UINT64_MAX : id_in(url, "max_id", UINT64_MAX);
	const uint64_t above = line.way == MIN_IGNORED ? 0 : id_in(url, "min_id", 0);
	size_t from = 0, until = line.n;

	while (from < line.n && line.posts[from].id <= above)
		from++;
	while (until > from && line.posts[until - 1].id >= below)
		until--;
	if (until - from > line.page && above > 0 && line.way != MIN_AS_SINCE)
		until = from + line.page;
	else if (until - from > line.page)
		from = until - line.page;
	if (line.way == EMPTY || (line.way == ENDS && below < UINT64_MAX))
		from = until;
	buf_add_byte(out, '[');
	if (line.way == FUTURE_DATED && below == UINT64_MAX)
		write_status(out, (uint64_t)((NOW + 400 * RP_DAY) / 1000) << 16,
		             NOW + 400 * RP_DAY);
	for (size_t i = until; i > from; i--)
		write_status(out, line.posts[i - 1].id, line.posts[i - 1].made);
	buf_add_byte(out, ']');
	if (until > from)
		link_pages(line.posts[from].id, line.posts[until - 1].id);
}

static void
serve(struct rp_slice url, const struct fetch_request *request, struct reply *out)
{
	(void)request;
	assert_false(has(url, "evil"));
	if (line.way == MOVED) {
		out->status = 302;
		buf_add_str(&out->body, "[]");
	} else if (has(url, "/lookup?acct=ana")) {
		buf_add_str(&out->body, "{\"id\":\"7\",\"acct\":\"ana\",\"uri\":\"" HOST
		                        "/users/ana\"}");
	} else {
		serve_page(url, &out->body);
	}
}

static void
store(const struct fetch_taken *taken, struct rp_slice body)
{
	const struct rp_slice mark = RP_LIT("{\"id\":\"");
	unsigned long long id;

	(void)taken;
	while ((body = rp_slice_skip(body, rp_slice_find(body, mark))).n > 0) {
		body = rp_slice_skip(body, mark.n);
		id = strtoull(body.p, NULL, 10);
		for (size_t i = 0; i < line.n; i++)
			line.posts[i].held = line.posts[i].held || line.posts[i].id == id;
	}
}

/* A list that lies about its end or about being empty cannot be told from one that is
 * short, before anything of it is known. */
static bool
could_not_know(void)
{
	return line.way == ENDS || line.way == EMPTY;
}

static bool first_read;

static void
assert_seen(int64_t from, int64_t until)
{
	for (size_t i = 0; i < line.n; i++) {
		const struct post *post = &line.posts[i];

		/* What claims to be old may come to any stretch, any time. */
		if (!post->held && !post->past && post->made >= from &&
		    post->made < until && !(first_read && could_not_know()))
			fail_msg("way %d: post %zu is covered and was not seen", line.way,
			         i);
	}
}

static size_t
missed(void)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n; i++)
		n += !line.posts[i].held;
	return n;
}

static void
begin(void)
{
	memset(&line, 0, sizeof(line));
	line.page = 4 + random_below(6);
	loop_begin("masto");
	loop.serve = serve;
	loop.kept = store;
	loop.covered = assert_seen;
	set("instance", HOST);
	set("account", "@ana");
	for (size_t i = 40 + random_below(20); i > 0; i--)
		post_at(NOW - (int64_t)i * RP_HOUR, NOW - (int64_t)i * RP_HOUR);
}

/* What came since the run before; some of it on top, though it claims to be old. */
static void
post_some(void)
{
	int64_t at = loop.now;

	for (uint32_t i = random_below(30); i > 0; i--) {
		at = loop.now - (int64_t)i * RP_SECOND;
		post_at(at, line.way == BACK_DATED && random_below(3) == 0
		                    ? at - (int64_t)random_below(9000) * RP_DAY
		                    : at);
	}
}

static size_t
pages_of_all(void)
{
	return 20 + 2 * (line.n / line.page);
}

static void
nothing_is_lost_whatever_a_server_does(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		random_state = round + 1;
		begin();
		/* What it does from the beginning must not end the list. */
		if (round % 2 == 0)
			assert_ok(run(0), loop.err);
		first_read = round % 2 == 1;
		for (int runs = 0; runs < RUNS; runs++) {
			loop.now += RP_HOUR;
			line.way = round % 3 == 0 ? 1 + (round / 3) % (WAYS - 1)
			                          : random_below(WAYS);
			if (first_read && could_not_know())
				line.way = BEHAVES;
			if (line.way == ENDS && runs % 2 == 0)
				line.way = EMPTY;
			post_some();
			(void)run(random_below(3) == 0 ? 1 + random_below(5) : 0);
			assert_true(times_asked("/") <= pages_of_all());
		}
		line.way = BEHAVES;
		loop.now += RP_HOUR;
		post_some();
		for (int runs = 0; runs < 3; runs++)
			(void)run(0);
		if (missed() > 0)
			fail_msg("round %u: %zu of %zu were missed", round, missed(),
			         line.n);
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
