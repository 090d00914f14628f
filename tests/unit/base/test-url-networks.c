#include "core/base/url.h"
#include "tests/support/in-arena.h"
#include "tests/support/spec.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

struct row {
	const char *url, *key, *author;
};

static void
assert_meanings(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct url_meaning meaning;
		const enum url_kind want = rows[i].key[0]      ? URL_POST
		                           : rows[i].author[0] ? URL_ACCOUNT
		                                               : URL_OTHER;

		assert_true(url_meaning(arena, rp_slice_str(rows[i].url), &meaning));
		if (meaning.kind != want ||
		    !rp_slice_eq(meaning.key, rp_slice_str(rows[i].key)) ||
		    !rp_slice_eq(meaning.author, rp_slice_str(rows[i].author)))
			fail_msg("%s: kind %d, key \"%.*s\", author \"%.*s\"",
			         rows[i].url, (int)meaning.kind, RP_FMT(meaning.key),
			         RP_FMT(meaning.author));
	}
}

#define DID "did:plc:z72i7hdynmk6r22z27h6tvur"
#define POST "bsky:" DID "/3lgz24abcde2k"
#define ANA "bsky:@" DID

static void
every_form_of_a_bluesky_post_leads_to_its_key(void **state)
{
	static const struct row rows[] = {
		{ "https://bsky.app/profile/" DID "/post/3lgz24abcde2k", POST, ANA },
		{ "https://bsky.app/profile/" DID "/post/3lgz24abcde2k?ref_src=embed",
		  POST, ANA },
		{ "bsky.app/profile/" DID "/post/3lgz24abcde2k#x", POST, ANA },
		{ "https://bsky.app/profile/" DID "/post/3lgz24abcde2k.", POST, ANA },
		{ "https://bsky.app/profile/" DID "/post/3lgz24abcde2k/liked-by", POST,
		  ANA },
		{ "https://other.example/profile/" DID "/post/3lgz24abcde2k", POST, ANA },
		{ "https://web.archive.org/web/2025/https://bsky.app/profile/" DID
		  "/post/3lgz24abcde2k",
		  POST, ANA },
		{ "at://" DID "/app.bsky.feed.post/3lgz24abcde2k", POST, ANA },
		{ "at://did:web:ana.example/app.bsky.feed.post/a~b:c",
		  "bsky:did:web:ana.example/a~b:c", "bsky:@did:web:ana.example" },
	};

	(void)state;
	assert_meanings(rows, COUNT(rows));
}

static void
a_bluesky_post_known_by_a_handle_is_named_by_it(void **state)
{
	static const struct row rows[] = {
		{ "https://bsky.app/profile/Ana.Example/post/3lgz24abcde2k",
		  "bsky:ana.example/3lgz24abcde2k", "bsky:@ana.example?" },
		{ "at://ana.example/app.bsky.feed.post/3lgz24abcde2k",
		  "bsky:ana.example/3lgz24abcde2k", "bsky:@ana.example?" },
		{ "https://bsky.app/profile/ana.example", "", "bsky:@ana.example?" },
		{ "https://bsky.app/profile/" DID, "", ANA },
		{ "at://" DID, "", ANA },
	};

	(void)state;
	assert_meanings(rows, COUNT(rows));
}

static void
the_uri_of_a_mastodon_post_is_its_key(void **state)
{
	static const struct row rows[] = {
		{ "https://social.example/users/Ana/statuses/115930000000000001",
		  "masto:https://social.example/users/Ana/statuses/115930000000000001",
		  "masto:@https://social.example/users/Ana" },
		{ "https://Social.Example:443/users/ana/statuses/1?x=1#y",
		  "masto:https://social.example/users/ana/statuses/1",
		  "masto:@https://social.example/users/ana" },
		{ "https://gts.example/users/ana/statuses/01JABCDEFGHJKMNPQRSTVWXYZ0",
		  "masto:https://gts.example/users/ana/statuses/"
		  "01JABCDEFGHJKMNPQRSTVWXYZ0",
		  "masto:@https://gts.example/users/ana" },
		{ "https://social.example/ap/users/115/statuses/116",
		  "masto:https://social.example/ap/users/115/statuses/116",
		  "masto:@https://social.example/ap/users/115" },
		{ "http://localhost:3000/users/ana/statuses/1",
		  "masto:http://localhost:3000/users/ana/statuses/1",
		  "masto:@http://localhost:3000/users/ana" },
	};

	(void)state;
	assert_meanings(rows, COUNT(rows));
}

static void
a_page_of_mastodon_is_known_by_host_and_id(void **state)
{
	static const struct row rows[] = {
		{ "https://Social.Example/@Ana/115930000000000001",
		  "masto:social.example!115930000000000001",
		  "masto:@ana@social.example?" },
		{ "https://social.example/@ana/1/embed", "masto:social.example!1",
		  "masto:@ana@social.example?" },
		{ "social.example/@ana/1?x=1", "masto:social.example!1",
		  "masto:@ana@social.example?" },
		{ "https://social.example/@Bo@Other.Example/77",
		  "masto:social.example!77", "masto:@bo@other.example?" },
		{ "https://social.example/web/@ana/1", "masto:social.example!1",
		  "masto:@ana@social.example?" },
		{ "https://social.example/deck/@ana/1", "masto:social.example!1",
		  "masto:@ana@social.example?" },
		{ "https://social.example/web/statuses/1", "masto:social.example!1", "" },
		{ "https://gts.example/@ana/statuses/01JABC", "masto:gts.example!01JABC",
		  "masto:@ana@gts.example?" },
		{ "https://truth.example/@ana/posts/113", "masto:truth.example!113",
		  "masto:@ana@truth.example?" },
		{ "https://social.example:3000/@ana/1", "masto:social.example:3000!1",
		  "masto:@ana@social.example:3000?" },
	};

	(void)state;
	assert_meanings(rows, COUNT(rows));
}

static void
what_only_looks_like_a_post_is_a_page(void **state)
{
	static const struct row rows[] = {
		{ "https://bsky.app/profile/ana.example/post/", "", "" },
		{ "https://bsky.app/profile/ana.example/feed/aaa", "", "" },
		{ "https://bsky.app/profile/ana/post/3lgz24abcde2k", "", "" },
		{ "https://other.example/profile/ana.example/post/3lgz", "", "" },
		{ "at://" DID "/app.bsky.feed.like/3lgz24abcde2k", "", "" },
		{ "at://" DID "/app.bsky.feed.post/", "", "" },
		{ "https://social.example/@ana", "", "" },
		{ "https://social.example/@ana/followers", "", "" },
		{ "https://social.example/@ana/with-letters-9a", "", "" },
		{ "https://social.example/@/1", "", "" },
		{ "https://social.example/@ana@/1", "", "" },
		{ "https://social.example/users/ana/statuses/1/replies", "", "" },
		{ "https://social.example/users/ana/statuses/1;2", "", "" },
		{ "https://medium.com/@ana/123456", "", "" },
		{ "https://www.tiktok.com/@ana/video/7284", "", "" },
		{ "https://www.threads.com/@ana/post/C8AbC", "", "" },
		{ "https://www.youtube.com/@wef/123", "", "" },
	};
	struct url_meaning meaning;

	(void)state;
	assert_meanings(rows, COUNT(rows));
	assert_true(url_meaning(arena, RP_SLICE("at://"), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
	assert_true(url_meaning(arena, RP_SLICE("at://a b"), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
}

static void
a_full_arena_is_told(void **state)
{
	static const char *const urls[] = {
		"https://bsky.app/profile/ana.example/post/3lgz24abcde2k",
		"at://" DID "/app.bsky.feed.post/3lgz24abcde2k",
		"https://social.example/users/ana/statuses/1",
		"https://social.example/@ana/1",
	};
	CLEANUP(arena_free) struct arena *full = arena_new(1);
	struct url_meaning meaning = { .kind = URL_NOT_URL };

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++)
		assert_false(url_meaning(full, rp_slice_str(urls[i]), &meaning));
	assert_int_equal(meaning.kind, URL_NOT_URL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_bluesky_post_leads_to_its_key),
		cmocka_unit_test(a_bluesky_post_known_by_a_handle_is_named_by_it),
		cmocka_unit_test(the_uri_of_a_mastodon_post_is_its_key),
		cmocka_unit_test(a_page_of_mastodon_is_known_by_host_and_id),
		cmocka_unit_test(what_only_looks_like_a_post_is_a_page),
		cmocka_unit_test(a_full_arena_is_told),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
