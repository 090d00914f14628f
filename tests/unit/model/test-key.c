#include "core/model/key.h"
#include "tests/support/spec.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 16);
	return arena == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

static void
a_key_has_a_platform_we_know_and_any_id_that_can_be_printed(void **state)
{
	(void)state;
	assert_true(key_valid(RP_SLICE("x:1881923570458304780")));
	assert_true(key_valid(RP_SLICE("x:not-a-number")));
	assert_true(key_valid(RP_SLICE("bsky:did:plc:abc/3jzfcijpj2z2a")));
	assert_true(key_valid(RP_SLICE("spoken:@Satya Nadella")));
	assert_false(key_valid(RP_SLICE("y:1")));
	assert_false(key_valid(RP_SLICE("x:")));
	assert_false(key_valid(RP_SLICE("1881923570458304780")));
	assert_false(key_valid(RP_SLICE("x:1\n2")));
	assert_false(key_valid(RP_SLICE("x:\xff")));
}

static void
ids_are_compared_as_numbers_of_any_length_and_never_across_platforms(void **state)
{
	(void)state;
	assert_true(key_is_later_id(RP_SLICE("x:1881923570458304780"), RP_SLICE("x:20")));
	assert_false(
		key_is_later_id(RP_SLICE("x:20"), RP_SLICE("x:1881923570458304780")));
	assert_false(key_is_later_id(RP_SLICE("x:20"), RP_SLICE("x:20")));
	assert_false(key_is_later_id(RP_SLICE("x:abc"), RP_SLICE("x:20")));
	assert_false(key_is_later_id(RP_SLICE("bsky:did:plc:a/3k"), RP_SLICE("x:20")));
}

static void
the_time_inside_an_id_is_read_where_there_is_one(void **state)
{
	(void)state;
	assert_int_equal(key_time(RP_SLICE("x:1050118621198921728")).lo,
	                 INT64_C(1539202764211000));
	assert_int_equal(key_time(RP_SLICE("bsky:did:plc:abc/3jzfcijpj2z2a")).lo,
	                 INT64_C(1688137381887007));
	assert_false(rp_time_known(key_time(RP_SLICE("x:20"))));
	assert_false(rp_time_known(key_time(RP_SLICE("spoken:davos-2025-cnbc/1"))));
}

static void
accounts_are_known_by_id_or_only_by_handle(void **state)
{
	struct rp_slice key;

	(void)state;
	assert_true(key_make_handle(arena, PLATFORM_X, RP_SLICE("@ElonMusk"), &key));
	assert_slice(key, "x:@elonmusk?");
	assert_true(key_is_handle_only(key));
	assert_true(key_make_account(arena, PLATFORM_X, RP_SLICE("44196397"), &key));
	assert_slice(key, "x:@44196397");
	assert_true(key_is_account(key));
	assert_false(key_is_handle_only(key));
	assert_false(key_is_account(RP_SLICE("x:44196397")));
}

static void
a_post_has_an_address_with_and_without_its_authors_handle(void **state)
{
	struct rp_slice key, url;

	(void)state;
	assert_true(key_make(arena, PLATFORM_X, RP_SLICE("20"), &key));
	assert_true(key_url(arena, key, RP_SLICE("jack"), &url));
	assert_slice(url, "https://x.com/jack/status/20");
	assert_true(key_url(arena, key, RP_SLICE(""), &url));
	assert_slice(url, "https://x.com/i/web/status/20");
	assert_true(key_url(arena, RP_SLICE("press:https://example.org/a#q2"),
	                    RP_SLICE(""), &url));
	assert_slice(url, "https://example.org/a");
	assert_true(key_url(arena, RP_SLICE("press:sha256:0123456789abcdef"),
	                    RP_SLICE(""), &url));
	assert_slice(url, "");
	assert_true(key_url(arena, RP_SLICE("bsky:did:plc:abc/3lgz24abcde2k"),
	                    RP_SLICE("ana.example"), &url));
	assert_slice(url, "https://bsky.app/profile/did:plc:abc/post/3lgz24abcde2k");
	assert_true(key_url(arena, RP_SLICE("bsky:@did:plc:abc"), RP_SLICE(""), &url));
	assert_slice(url, "");
	assert_true(key_url(arena,
	                    RP_SLICE("masto:https://s.example/users/ana/statuses/1"),
	                    RP_SLICE("ana"), &url));
	assert_slice(url, "https://s.example/users/ana/statuses/1");
	assert_true(key_url(arena, RP_SLICE("masto:s.example!1"), RP_SLICE("ana"), &url));
	assert_slice(url, "https://s.example/@ana/1");
	assert_true(key_url(arena, RP_SLICE("masto:s.example!1"),
	                    RP_SLICE("ana@s.example"), &url));
	assert_slice(url, "https://s.example/@ana/1");
	assert_true(key_url(arena, RP_SLICE("masto:s.example!1"),
	                    RP_SLICE("bo@b.example"), &url));
	assert_slice(url, "https://s.example/@bo@b.example/1");
	assert_true(key_url(arena, RP_SLICE("masto:s.example!1"), RP_SLICE(""), &url));
	assert_slice(url, "");
	assert_true(key_url(arena, RP_SLICE("spoken:davos/1"), RP_SLICE(""), &url));
	assert_slice(url, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_key_has_a_platform_we_know_and_any_id_that_can_be_printed),
		cmocka_unit_test(
			ids_are_compared_as_numbers_of_any_length_and_never_across_platforms),
		cmocka_unit_test(the_time_inside_an_id_is_read_where_there_is_one),
		cmocka_unit_test(accounts_are_known_by_id_or_only_by_handle),
		cmocka_unit_test(
			a_post_has_an_address_with_and_without_its_authors_handle),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
