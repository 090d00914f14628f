#include "core/collect/refuse.h"

#include "tests/support/spec.h"

static enum rp_status
look_at(struct rp_slice name, struct rp_slice head, bool *private)
{
	const struct refuse_look look = { .name = name, .head = head };
	struct rp_error err;

	return refuse(&look, private, &err);
}

static void
what_a_platform_calls_private_is_refused_whatever_the_file_is_called(void **state)
{
	static const struct {
		struct rp_slice name, head;
	} cases[] = {
		{ RP_LIT("a.txt"), RP_LIT("window.YTD.like.part0 = [ {} ]") },
		{ RP_LIT("tweets.js"), RP_LIT("window.YTD.direct_messages.part0 = [") },
		{ RP_LIT("-"), RP_LIT("\xef\xbb\xbf\n window.ytd.ip_audit.part0=[") },
		{ RP_LIT("-"), RP_LIT("window.YTD.tweets_drafts.part0 = [") },
		{ RP_LIT("-"), RP_LIT("window.YTD.note_tweet_draft.part0 = [") },
		{ RP_LIT("-"), RP_LIT("window.YTD.x") },
		{ RP_LIT("b.json"),
		  RP_LIT("{\"id\":\"likes.json\",\"type\":\"OrderedCollection\"}") },
		{ RP_LIT("d/Bookmarks.json"), RP_LIT("[]") },
		{ RP_LIT("d/blocked_accounts.csv"), RP_LIT("bob@m.example\n") },
		{ RP_LIT("x"), RP_LIT("Account address,Show boosts\n") },
	};
	bool private;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(look_at(cases[i].name, cases[i].head, &private),
		                 RP_BAD_SOURCE);
		assert_true(private);
	}
}

static void
what_was_said_in_public_is_not(void **state)
{
	static const struct rp_slice heads[] = {
		RP_LIT("window.YTD.tweets.part0 = ["),
		RP_LIT("window.YTD.tweet.part12 = ["),
		RP_LIT("window.YTD.deleted_tweets.part0 = ["),
		RP_LIT("window.YTD.deleted_tweet_headers.part0 = ["),
		RP_LIT("window.YTD.note_tweet.part0 = ["),
		RP_LIT("window.YTD.screen_name_change.part0 = ["),
		RP_LIT("window.__THAR_CONFIG = {"),
		RP_LIT("Grailbird.data.tweets_2012_01 = ["),
		RP_LIT("{\"id\":\"outbox.json\",\"type\":\"OrderedCollection\"}"),
		RP_LIT("BZh is how it began, said PK and ustar  too"),
		RP_LIT(""),
	};
	bool private;

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		assert_int_equal(look_at(RP_SLICE("a"), heads[i], &private), RP_OK);
}

static void
an_archive_that_nobody_could_read_is_refused(void **state)
{
	static const struct rp_slice heads[] = {
		RP_LIT("PK\3\4\24\0\0\0\0\0"),
		RP_LIT("junk\0PK\1\2junk"),
		RP_LIT("\xfd"
		       "7zXZ\0"),
		RP_LIT("BZh91AY&SY\0"),
		RP_LIT("7z\xbc\xaf\x27\x1c"),
		RP_LIT("Rar!\x1a\7\0"),
		RP_LIT("\x1f\x8b\10"),
		RP_LIT("name\0\0\0ustar\0"
		       "00"),
		RP_LIT("name\0\0\0ustar  \0"),
	};
	bool private;

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		assert_int_equal(look_at(RP_SLICE("a"), heads[i], &private),
		                 RP_BAD_SOURCE);
		assert_false(private);
	}
}

static void
of_a_damaged_file_what_it_seems_to_be_decides(void **state)
{
	static const struct {
		struct rp_slice name, seems;
		enum rp_status status;
	} cases[] = {
		{ RP_LIT("a.json.gz"), RP_LIT("{\"id\":\"1\"}\n"), RP_OK },
		{ RP_LIT("a.json.gz"), RP_LIT("window.YTD.like.part0"), RP_BAD_SOURCE },
		{ RP_LIT("a.gz"), RP_LIT("a\0\0\0ustar\0"), RP_BAD_SOURCE },
		{ RP_LIT("a.gz"), RP_LIT("\1\2\3"), RP_BAD_SOURCE },
		{ RP_LIT("a.gz"), RP_LIT(""), RP_BAD_SOURCE },
		{ RP_LIT("a.tgz"), RP_LIT("text"), RP_BAD_SOURCE },
	};
	struct refuse_look look = { .unsound = true };
	struct rp_error err;
	bool private;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		look.name = cases[i].name;
		look.seems = cases[i].seems;
		assert_int_equal(refuse(&look, &private, &err), cases[i].status);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_a_platform_calls_private_is_refused_whatever_the_file_is_called),
		cmocka_unit_test(what_was_said_in_public_is_not),
		cmocka_unit_test(an_archive_that_nobody_could_read_is_refused),
		cmocka_unit_test(of_a_damaged_file_what_it_seems_to_be_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
