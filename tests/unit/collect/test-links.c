#include "core/collect/links.h"
#include "tests/support/in-arena.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

#define DID "did:plc:z72i7hdynmk6r22z27h6tvur"

static struct post_links
links_of(const char *text)
{
	struct post_links links = { .n = 0 };

	assert_true(links_find(&links, arena, rp_slice_str(text)));
	return links;
}

static void
a_text_links_to_posts_of_any_network_each_once(void **state)
{
	struct post_links links = links_of(
		"See https://x.com/ana/status/20, (http://twitter.com/ana/status/20) "
		"and x.com/bo/status/21\nthen https://bsky.app/profile/" DID
		"/post/3lgz24abcde2k at://" DID "/app.bsky.feed.post/3lgz24abcde2k "
		"看https://social.example/@ana/115 <https://social.example/users/"
		"ana/statuses/116>");

	(void)state;
	assert_int_equal(links.n, 5);
	assert_slice(links.list[0].key, "x:20");
	assert_slice(links.list[0].author, "x:@ana?");
	assert_slice(links.list[1].key, "x:21");
	assert_slice(links.list[2].key, "bsky:" DID "/3lgz24abcde2k");
	assert_slice(links.list[3].key, "masto:social.example!115");
	assert_slice(links.list[4].key,
	             "masto:https://social.example/users/ana/statuses/116");
}

static void
texts_without_the_address_of_a_post_have_no_links(void **state)
{
	(void)state;
	assert_int_equal(links_of("").n, 0);
	assert_int_equal(links_of("either/or, 1/2, https://example.org/a/b").n, 0);
	assert_int_equal(links_of("https://x.com/ana and x:20 and @ana/status/20").n, 0);
	assert_int_equal(links_of("https://example.org/post/1 /@x/1 /status").n, 0);
}

static void
addresses_told_apart_from_the_text_count_too(void **state)
{
	struct post_links links = { .n = 0 };

	(void)state;
	assert_true(links_add(&links, arena, RP_SLICE("https://x.com/i/web/status/20")));
	assert_true(links_add(&links, arena, RP_SLICE("https://example.org/")));
	assert_true(links_add(&links, arena, RP_SLICE("javascript:1")));
	assert_int_equal(links.n, 1);
	assert_slice(links.list[0].author, "");
}

static void
links_become_derived_edges_but_never_to_what_is_known(void **state)
{
	const struct observed_edge answer = { EDGE_REPLY, ORIGIN_PLATFORM,
		                              RP_SLICE("x:20") };
	const struct rp_slice alias = RP_SLICE("masto:social.example!115");
	struct observation o = { .post = { .key = RP_SLICE("x:30") },
		                 .edges = &answer,
		                 .n_edges = 1,
		                 .aliases = &alias,
		                 .n_aliases = 1 };
	struct observation ghosts[LINKS_MAX];
	size_t n_ghosts = 99;
	struct post_links links = links_of(
		"https://x.com/a/status/20 https://x.com/a/status/30 "
		"https://social.example/@ana/115 https://x.com/a/status/1234567890"
		" https://x.com/i/web/status/41");

	(void)state;
	assert_true(links_become_edges(&links, arena, &o, ghosts, &n_ghosts));
	assert_int_equal(o.n_edges, 3);
	assert_slice(o.edges[0].parent, "x:20");
	assert_int_equal(o.edges[0].type, EDGE_REPLY);
	assert_slice(o.edges[1].parent, "x:1234567890");
	assert_int_equal(o.edges[1].type, EDGE_LINK);
	assert_int_equal(o.edges[1].origin, ORIGIN_DERIVED);
	assert_slice(o.edges[2].parent, "x:41");
	assert_int_equal(n_ghosts, 1);
	assert_slice(ghosts[0].post.key, "x:1234567890");
	assert_slice(ghosts[0].post.author, "x:@a?");
	assert_int_equal(ghosts[0].post.kind, KIND_GHOST);
}

static void
long_lists_of_addresses_are_cut(void **state)
{
	enum { MANY = 100 };
	char text[MANY * 40];
	size_t n = 0;
	struct post_links links;

	(void)state;
	for (int i = 0; i < MANY; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		                      "https://x.com/a/status/%d ", 1000 + i);
	links = links_of(text);
	assert_int_equal(links.n, LINKS_MAX);
	assert_slice(links.list[LINKS_MAX - 1].key, "x:1031");
}

static void
a_megabyte_of_slashes_takes_no_time(void **state)
{
	enum { LONG = 4000000 };
	char *text = malloc(LONG);
	struct post_links links = { .n = 0 };

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LONG; i++)
		text[i] = "/status"[i % 7];
	assert_true(links_find(&links, arena, rp_slice_from(text, LONG)));
	for (size_t i = 0; i < LONG; i++)
		text[i] = "/@ "[i % 3];
	assert_true(links_find(&links, arena, rp_slice_from(text, LONG)));
	assert_int_equal(links.n, 0);
	free(text);
}

static void
a_full_arena_is_told(void **state)
{
	CLEANUP(arena_free) struct arena *full = arena_new(1);
	struct post_links links = { .n = 0 };
	struct observation o = { .post = { .key = RP_SLICE("x:30") } };
	struct observation ghosts[LINKS_MAX];
	size_t n_ghosts;

	(void)state;
	assert_false(links_find(&links, full, RP_SLICE("https://x.com/a/status/20")));
	links = links_of("https://x.com/a/status/20");
	assert_false(links_become_edges(&links, full, &o, ghosts, &n_ghosts));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_links_to_posts_of_any_network_each_once),
		cmocka_unit_test(texts_without_the_address_of_a_post_have_no_links),
		cmocka_unit_test(addresses_told_apart_from_the_text_count_too),
		cmocka_unit_test(links_become_derived_edges_but_never_to_what_is_known),
		cmocka_unit_test(long_lists_of_addresses_are_cut),
		cmocka_unit_test(a_megabyte_of_slashes_takes_no_time),
		cmocka_unit_test(a_full_arena_is_told),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
