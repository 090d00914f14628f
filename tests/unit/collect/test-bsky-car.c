/*
 * Repositories of Bluesky in CAR files.
 */
#define FIXTURE_COLLECTOR "bsky"
#include "x-fixture.h"

#include "tests/support/car.h"

#define ANA "did:plc:aaaabbbbccccddddeeeeffff"
#define BO "did:plc:bbbbccccddddeeeeffffgggg"
#define POST(text, more)                                                                 \
	"{\"$type\":\"app.bsky.feed.post\",\"text\":\"" text                             \
	"\",\"createdAt\":\"2026-01-21T10:12:00.000Z\"" more "}"

static const struct car_record repository[] = {
	{ "app.bsky.actor.profile/self", "{\"$type\":\"app.bsky.actor.profile\"}" },
	{ "app.bsky.feed.like/3l", "{\"$type\":\"app.bsky.feed.like\"}" },
	{ "app.bsky.feed.post/3a", POST("one", "") },
	{ "app.bsky.feed.post/3b",
	  POST("two", ",\"reply\":{\"root\":{\"uri\":\"at://" ANA
	              "/app.bsky.feed.post/3a\"},\"parent\":{\"uri\":"
	              "\"at://" ANA "/app.bsky.feed.post/3a\"}}") },
	{ "app.bsky.feed.post/3c",
	  POST("one", "") }, /* the same block under another name */
	{ "app.bsky.feed.post/3d", "{\"$type\":\"app.bsky.feed.post\"}" },
	{ "app.bsky.feed.repost/3r",
	  "{\"$type\":\"app.bsky.feed.repost\",\"subject\":{\"uri\":\"at://" BO
	  "/app.bsky.feed.post/3q\"},\"createdAt\":\"2026-01-21T10:12:00Z\"}" },
	{ "app.bsky.graph.follow/3f", "{\"$type\":\"app.bsky.graph.follow\"}" },
	{ "app.bsky.feed.threadgate/3a", "{\"$type\":\"app.bsky.feed.threadgate\"}" },
};
enum { RECORDS = sizeof(repository) / sizeof(*repository) };

static void
make(enum car_order order, struct rp_buf *out)
{
	buf_init(out, 64 << 20);
	assert_true(car_make(ANA, repository, RECORDS, order, out));
}

static const struct observation *
post_called(const char *key)
{
	for (size_t i = 0; i < n_seen(); i++)
		if (rp_slice_eq(seen(i)->post.key, rp_slice_str(key)))
			return seen(i);
	fail_msg("no post %s", key);
	abort();
}

static void
posts_and_reposts_of_a_repository_are_read_whatever_the_order_of_its_blocks(void **state)
{
	CLEANUP(buf_done) struct rp_buf car = { 0 };

	(void)state;
	for (int order = 0; order < 2; order++) {
		buf_done(&car);
		make((enum car_order)order, &car);
		read_text(buf_slice(&car));
		/* The block that stands twice is read once, under both names. */
		assert_int_equal(n_seen(), 4);
		assert_int_equal(fix.batch.n_records, 3);
		assert_slice(post_called("bsky:" ANA "/3a")->version.text, "one");
		assert_slice(post_called("bsky:" ANA "/3a")->post.author, "bsky:@" ANA);
		assert_slice(post_called("bsky:" ANA "/3c")->version.text, "one");
		assert_edge(post_called("bsky:" ANA "/3b"), 0, EDGE_REPLY,
		            "bsky:" ANA "/3a");
		assert_edge(post_called("bsky:" ANA "/3r"), 0, EDGE_REPOST,
		            "bsky:" BO "/3q");
		assert_int_equal(fix.batch.records[0].kind, RECORD_CBOR);
		assert_int_equal((unsigned char)record_of(seen(0)).p[0] >> 5, 5);
		/* The post without words. */
		assert_int_equal(fix.batch.n_rejects, 1);
		assert_contains(fix.batch.rejects[0].reason, "missing");
	}
}

static void
a_block_with_a_flipped_bit_is_a_reject_and_the_others_are_read(void **state)
{
	CLEANUP(buf_done) struct rp_buf car = { 0 };
	size_t at;

	(void)state;
	make(CAR_RECORDS_LAST, &car);
	at = rp_slice_find(buf_slice(&car), RP_SLICE("two"));
	car.p[at] ^= 1;
	read_text(buf_slice(&car));
	assert_int_equal(n_seen(), 3);
	assert_int_equal(fix.batch.n_rejects, 2);
	assert_contains(fix.batch.rejects[0].reason, "damaged block");
}

static void
posts_that_the_tree_does_not_lead_to_are_told(void **state)
{
	CLEANUP(buf_done) struct rp_buf car = { 0 };
	size_t at, told = 0;

	(void)state;
	make(CAR_RECORDS_LAST, &car);
	at = rp_slice_find(buf_slice(&car), RP_SLICE("app.bsky.feed.post/3b"));
	car.p[at] ^= 1;
	read_text(buf_slice(&car));
	assert_contains(fix.batch.rejects[0].reason, "tree is missing or damaged");
	for (size_t i = 0; i < fix.batch.n_rejects; i++)
		told += rp_slice_find(fix.batch.rejects[i].reason,
		                      RP_SLICE("does not lead to")) <
		        fix.batch.rejects[i].reason.n;
	assert_int_equal(told, 5);
	assert_int_equal(n_seen(), 0);
}

static void
a_repository_that_ends_early_is_read_as_far_as_it_goes(void **state)
{
	CLEANUP(buf_done) struct rp_buf car = { 0 };
	struct rp_slice cut;

	(void)state;
	make(CAR_RECORDS_LAST, &car);
	for (size_t n = 60; n < car.n; n++) {
		uint64_t end = 0;
		size_t rejects = 0;

		cut = rp_slice_from(car.p, n);
		open_source(cut, n % 2 ? 7 : 0, n % 3 ? RP_END : RP_BAD_SOURCE);
		while (next_batch() == RP_OK) {
			assert_int_equal(fix.batch.offset, end);
			end += fix.batch.bytes.n;
			rejects += fix.batch.n_rejects;
		}
		assert_true(rejects > 0);
		assert_int_equal(end, n);
	}
}

static void
a_block_that_stands_a_thousand_times_under_a_thousand_names_is_read_once(void **state)
{
	enum { SAME = 3000 };
	static struct car_record records[SAME];
	static char names[SAME][40];
	CLEANUP(buf_done) struct rp_buf car = { 0 };

	(void)state;
	for (int i = 0; i < SAME; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "app.bsky.feed.post/3%06d", i);
		records[i] = (struct car_record){ names[i], POST("same", "") };
	}
	buf_init(&car, 64 << 20);
	assert_true(car_make(ANA, records, SAME, CAR_RECORDS_FIRST, &car));
	read_text(buf_slice(&car));
	assert_int_equal(fix.batch.n_records, 1);
	assert_int_equal(n_seen(), SAME);
	assert_int_equal(fix.batch.n_rejects, 0);
}

static void
every_bit_may_be_flipped(void **state)
{
	CLEANUP(buf_done) struct rp_buf car = { 0 };

	(void)state;
	make(CAR_RECORDS_FIRST, &car);
	for (size_t bit = 0; bit < 8 * car.n; bit += 3) {
		uint64_t end = 0;

		car.p[bit / 8] ^= (char)(1 << bit % 8);
		open_source(buf_slice(&car), 0, RP_END);
		while (next_batch() == RP_OK)
			end += fix.batch.bytes.n;
		assert_int_equal(end, car.n);
		car.p[bit / 8] ^= (char)(1 << bit % 8);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(posts_and_reposts_of_a_repository_are_read_whatever_the_order_of_its_blocks),
		SPEC(a_block_with_a_flipped_bit_is_a_reject_and_the_others_are_read),
		SPEC(posts_that_the_tree_does_not_lead_to_are_told),
		SPEC(a_repository_that_ends_early_is_read_as_far_as_it_goes),
		SPEC(a_block_that_stands_a_thousand_times_under_a_thousand_names_is_read_once),
		SPEC(every_bit_may_be_flipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
