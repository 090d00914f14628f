/*
 * Views of an archive when memory runs out on the way: whole, or an error.
 */
#include "tests/support/scarce.h"
#include "tests/unit/thread/given.h"

#include <stdio.h>

#define ANN "x:@1"
#define BOB "x:@bob?"
#define CAT "bsky:@did:c"

static const struct rp_slice ann_accounts[] = { RP_LIT("x:@ann?"),
	                                        RP_LIT("bsky:@did:a") };
static const struct rp_slice bob_accounts[] = { RP_LIT(BOB) };
static const struct rp_slice cat_accounts[] = { RP_LIT(CAT),
	                                        RP_LIT("spoken:@Cat Stevens") };
static const struct rp_slice cat_aliases[] = { RP_LIT("CAT"), RP_LIT("the Cat\xc3\xa9") };
static const struct person list[] = {
	{ .name = RP_LIT("Ann Other"),
	  .short_name = RP_LIT("Ann"),
	  .accounts = ann_accounts,
	  .n_accounts = 2 },
	{ .name = RP_LIT("Bob"), .accounts = bob_accounts, .n_accounts = 1 },
	{ .name = RP_LIT("Cat Stevens"),
	  .short_name = RP_LIT("Cat"),
	  .accounts = cat_accounts,
	  .n_accounts = 2,
	  .aliases = cat_aliases,
	  .n_aliases = 2 },
};
static const struct person *const asked[] = { &list[0], &list[1], &list[2] };

/* Everything a view can hold: replies, quotes, reposts, ghosts, rings, edits, remarks. */
static void
put_everything(struct store *s)
{
	/* clang-format off */
	static const struct said all[] = {
		{ .key = "x:1000", .by = ANN, .handle = "ann", .name = "Ann", .text = "A first word, rather long, so that a copy is told",
		  .at = "2025-01-01T10:00:00Z", .conversation = "x:1000" },
		{ .key = "x:1001", .by = BOB, .text = "no", .at = "2025-01-01T10:01:00Z", .reply_to = "x:1000", .conversation = "x:1000" },
		{ .key = "x:1002", .by = ANN, .text = "yes", .at = "2025-01-01T10:02:00Z", .reply_to = "x:1001", .conversation = "x:1000" },
		{ .key = "x:1003", .by = ANN, .text = "and more", .at = "2025-01-01T10:02:30Z", .reply_to = "x:1002", .edit = "x:1004" },
		{ .key = "x:1005", .by = "x:@3", .text = "look at this", .at = "2025-01-01T11:00:00Z", .quote_of = "x:1002", .reply_to = "x:990" },
		{ .key = "x:1006", .by = BOB, .kind = KIND_REPOST, .at = "2025-01-01T11:05:00Z", .repost_of = "x:1002" },
		{ .key = "x:1007", .by = "x:@4", .kind = KIND_REPOST, .at = "2025-01-01T11:06:00Z", .repost_of = "x:1002" },
		{ .key = "x:1008", .by = BOB, .text = "the one answers the other", .reply_to = "x:1009" },
		{ .key = "x:1009", .by = ANN, .text = "and round it goes", .reply_to = "x:1008", .at = "2025-01-02" },
		{ .key = "x:1010", .by = CAT, .text = "no text of mine", .reply_to = "x:980", .link_to = "x:1001", .conversation = "x:1000" },
		{ .key = "bsky:d/1", .by = CAT, .handle = "cat.example", .text = "A first word, rather long, so that a copy is told",
		  .at = "2025-01-01T10:00:30Z", .same_as = "x:1000" },
		{ .key = "bsky:d/2", .by = "bsky:@did:a", .handle = "ann.example", .text = "you again", .at = "2025-01-01T10:05:00Z",
		  .reply_to = "bsky:d/1", .quote_of = "x:1001" },
		{ .key = "spoken:talk/1", .by = "spoken:@Cat Stevens", .kind = KIND_SPOKEN, .text = "That is what Ann says.",
		  .at = "2025-01-01T09:00:00Z", .until = "2025-01-01T18:00:00Z", .not_before = "x:1002", .not_after = "x:1005", .context = "What is it?" },
		{ .key = "spoken:talk/2", .by = "spoken:@Cat\xc3\xa9", .kind = KIND_SPOKEN, .text = "Hm.", .reply_to = "spoken:talk/1",
		  .at = "2025-01-01T09:00:00Z", .until = "2025-01-01T18:00:00Z" },
		{ .key = "x:1011", .by = BOB, .text = "as somebody said", .at = "2025-01-01T12:00:00Z", .quote_of = "x:1005", .reply_to = "x:1003" },
		{ .key = "x:1012", .by = "x:@5", .text = "a clip", .at = "2025-01-01T12:00:00Z", .attests = "spoken:talk/1" },
		{ .key = "x:1013", .by = ANN, .text = "on the clip", .at = "2025-01-01T13:00:00Z", .quote_of = "x:1012" },
		{ .key = "x:1014", .by = BOB, .text = "cut of", .cut = true, .at = "2025-01-01T13:30:00Z", .reply_to = "x:1013" },
		{ .key = "x:1014", .by = BOB, .text = "cut off no more", .at = "2025-01-01T13:30:00Z", .reply_to = "x:1013", .as_of = 5 },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		put(s, all[i]);
	put_alias(s, "x:1000000", "x:1000");
	put_handle(s, ANN, "ann_old", "Ann the Elder", 1, 2);
	put_handle(s, "x:@2", "bob", "Bob", 1, 2);
	put_ghost(s, "x:980", BOB);
	put_edge(s, "x:1010", "x:1001", EDGE_REPLY, ORIGIN_INFERRED, 60);
	put_state(s, "x:1001", STATE_DELETED, 10);
	put_state(s, "x:@2", STATE_DELETED, 11);
	put_state(s, "x:@bob?", STATE_LIVE, 12);
}

/* One way of looking, and what it gives when there is memory. */
struct looking {
	struct given *g;
	enum rp_status (*look)(struct given *g, struct arena *arena, struct rp_buf *out,
	                       struct rp_error *err);
	struct rp_buf whole;
};

static void
look(void *context, bool fails)
{
	struct looking *l = context;
	CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);
	CLEANUP(buf_done) struct rp_buf out;
	const size_t refusals = rp_memory_refusals();
	struct rp_error err = { .status = RP_OK };
	enum rp_status st = RP_FAILED;

	buf_init(&out, SIZE_MAX);
	if (arena != NULL)
		st = l->look(l->g, arena, &out, &err);
	scarce_pause();
	if (!fails) {
		assert_ok(st, err);
		buf_add(&l->whole, buf_slice(&out));
	} else if (st != RP_OK) {
		assert_int_equal(st, RP_FAILED);
	} else if (rp_memory_refusals() == refusals &&
	           !rp_slice_eq(buf_slice(&out), buf_slice(&l->whole))) {
		fail_msg("another view and no word:\n%.*s", (int)out.n, out.p);
	}
}

static void
dump_nodes(struct rp_buf *out, const struct view_node *nodes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%.*s %u %.*s %.*s\n", RP_FMT(nodes[i].p.post.key),
		           nodes[i].turn, RP_FMT(nodes[i].p.author.handle),
		           RP_FMT(nodes[i].p.version.text));
}

static enum rp_status
threads(struct given *g, struct arena *arena, struct rp_buf *out, struct rp_error *err)
{
	static const char *const keys[] = { "x:1002", "x:1000000", "x:1008",
		                            "spoken:talk/1", "x:1012" };
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && st == RP_OK; i++) {
		struct thread_view view;

		st = thread_view(g->s, rp_slice_str(keys[i]), &g->people, arena, &view,
		                 err);
		if (st == RP_OK)
			dump_nodes(out, view.nodes, view.n_nodes);
	}
	return st;
}

static enum rp_status
limited_thread(struct given *g, struct arena *arena, struct rp_buf *out,
               struct rp_error *err)
{
	struct thread_view view;
	enum rp_status st = thread_view_limited(g->s, RP_SLICE("x:1002"), 4, &g->people,
	                                        arena, &view, err);

	if (st == RP_OK)
		dump_nodes(out, view.nodes, view.n_nodes);
	return st;
}

static enum rp_status
exchanges(struct given *g, struct arena *arena, struct rp_buf *out, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t n = 2; n <= 3 && st == RP_OK; n++) {
		const struct exchange_request request = {
			.people = asked,
			.n_people = n,
			.since = n == 2 ? RP_TIME_UNKNOWN : INT64_C(1735689600000000),
			.until = RP_TIME_UNKNOWN
		};
		struct exchange_view view;

		st = exchange_view(g->s, &request, &g->people, arena, &view, err);
		if (st == RP_OK)
			dump_nodes(out, view.nodes, view.n_nodes);
	}
	return st;
}

static enum rp_status
single_posts(struct given *g, struct arena *arena, struct rp_buf *out,
             struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(g->s, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct view_post view;

		st = post_view(g->s, &row.post, &g->people, arena, &view, err);
		if (st == RP_OK)
			buf_printf(out, "%.*s %.*s %zu\n", RP_FMT(view.post.key),
			           RP_FMT(view.version.text), view.n_edges);
	}
	return st == RP_END ? RP_OK : st;
}

static void
look_everywhere(struct given *g,
                enum rp_status (*way)(struct given *g, struct arena *arena,
                                      struct rp_buf *out, struct rp_error *err))
{
	struct looking looking = { .g = g, .look = way };

	g->people = (struct people){ list, sizeof(list) / sizeof(list[0]) };
	put_everything(g->s);
	buf_init(&looking.whole, SIZE_MAX);
	assert_true(scarce_each(1, look, &looking) > 10);
	buf_done(&looking.whole);
}

static void
a_thread_is_whole_or_an_error(void **state)
{
	look_everywhere(*state, threads);
}

static void
a_thread_that_is_cut_off_is_so_or_an_error(void **state)
{
	look_everywhere(*state, limited_thread);
}

static void
an_exchange_is_whole_or_an_error(void **state)
{
	look_everywhere(*state, exchanges);
}

static void
a_post_is_whole_or_an_error(void **state)
{
	look_everywhere(*state, single_posts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(a_thread_is_whole_or_an_error),
		SPEC(a_thread_that_is_cut_off_is_so_or_an_error),
		SPEC(an_exchange_is_whole_or_an_error),
		SPEC(a_post_is_whole_or_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
