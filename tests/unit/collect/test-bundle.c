/*
 * Which members of a bundle are read: made here as folders, which are listed like the
 * others.
 */
#include "core/collect/bundle.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/riposte-bundle.XXXXXX";

static void
command(const char *text)
{
	char line[1000];

	(void)snprintf(line, sizeof(line), "cd '%s' && %s", folder, text);
	assert_int_equal(system(line), 0);
}

static void
put(const char *name, const char *text)
{
	char path[500];
	FILE *out;

	(void)snprintf(path, sizeof(path), "mkdir -p \"$(dirname '%s')\"", name);
	command(path);
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

/* Names of what is read, one a line, with what is told of each. */
static void
chosen(struct rp_buf *out)
{
	CLEANUP(bundle_close) struct bundle *bundle = NULL;
	struct bundle_member member;
	struct rp_error err;
	enum rp_status st;
	int fd = open(folder, O_RDONLY | O_DIRECTORY);

	buf_clear(out);
	st = bundle_open(fd, BUNDLE_FOLDER, &bundle, &err);
	if (st != RP_OK)
		buf_printf(out, "status %d\n", (int)st);
	while (st == RP_OK && (st = bundle_next(bundle, &member, &err)) == RP_OK) {
		buf_add(out, member.name);
		if (member.as.n > 0)
			buf_printf(out, " as %.*s", RP_FMT(member.as));
		if (member.gives != 0)
			buf_printf(out, " gives %u", member.gives);
		if (member.wants != 0)
			buf_printf(out, " wants %u", member.wants);
		buf_add_byte(out, '\n');
	}
	(void)close(fd);
}

#define assert_chosen(expected)                                                          \
	do {                                                                             \
		CLEANUP(buf_done) struct rp_buf found;                                   \
		buf_init(&found, 10000);                                                 \
		chosen(&found);                                                          \
		assert_slice(buf_slice(&found), expected);                               \
	} while (0)

static void
of_an_archive_of_x_what_was_said_in_public_is_read_and_nothing_else(void **state)
{
	static const char *const private[] = {
		"direct-messages",
		"direct-messages-group",
		"contact",
		"block",
		"mute",
		"like",
		"ad-impressions",
		"ad-engagements",
		"ip-audit",
		"email-address-change",
		"phone-number",
		"follower",
		"following",
		"personalization",
		"device-token",
		"saved-search",
		"lists-member",
		"ageinfo",
		"sso",
		"grok-chat-item",
		"user-link-clicks",
		"something-new",
		"tweets-media",
		"tweets-partX",
	};
	char name[100];

	(void)state;
	for (size_t i = 0; i < sizeof(private) / sizeof(*private); i++) {
		(void)snprintf(name, sizeof(name), "me/data/%s.js", private[i]);
		put(name, "private");
		(void)snprintf(name, sizeof(name), "me/data/%s-part1.js", private[i]);
		put(name, "private");
	}
	put("me/data/account.js", "x");
	put("me/data/manifest.js", "x");
	put("me/data/note-tweet.js", "x");
	put("me/data/tweets.js", "x");
	put("me/data/tweets-part1.js", "x");
	put("me/data/deleted-tweets.js", "x");
	put("me/data/tweets_media/1.json", "x");
	put("me/Your archive.html", "x");
	put("other.jsonl", "x");
	assert_chosen("me/data/manifest.js as x\n"
	              "other.jsonl\n"
	              "me/data/note-tweet.js as x gives 1\n"
	              "me/data/deleted-tweets.js as x wants 1\n"
	              "me/data/tweets-part1.js as x wants 1\n"
	              "me/data/tweets.js as x wants 1\n");
}

static void
without_the_mark_of_an_archive_its_private_files_are_private_still(void **state)
{
	(void)state;
	put("data/direct-messages.js", "x");
	put("like.js", "x");
	put("likes.json", "x");
	put("bookmarks.json", "x");
	assert_chosen("status 5\n");
}

static void
of_a_mastodon_export_likes_and_bookmarks_are_not_read(void **state)
{
	(void)state;
	put("outbox.json", "x");
	put("likes.json", "x");
	put("bookmarks.json", "x");
	put("media_attachments/1.json", "x");
	put("actor.json", "x");
	if (collector_find(RP_SLICE("masto")) != NULL)
		assert_chosen("actor.json as masto\noutbox.json as masto\n");
	else
		assert_chosen("actor.json\noutbox.json\n");
}

static void
of_an_old_archive_the_table_is_read_only_where_the_months_are_missing(void **state)
{
	(void)state;
	put("tweets.csv", "x");
	put("data/js/user_details.js", "x");
	put("data/js/tweet_index.js", "x");
	put("data/js/payload_details.js", "x");
	put("data/js/tweets/2012_01.js", "x");
	put("data/js/tweets/deep/2012_02.js", "x");
	assert_chosen("data/js/user_details.js as x\n"
	              "data/js/tweets/2012_01.js as x\n");
	command("rm -r data/js/tweets");
	assert_chosen("data/js/user_details.js as x\ntweets.csv as x-archive\n");
}

static void
links_are_not_followed(void **state)
{
	(void)state;
	put("a.jsonl", "x");
	command("ln -s /etc/passwd b.jsonl; ln -s / c; ln -s . d; mkfifo e.jsonl");
	assert_chosen("a.jsonl\n");
}

static void
the_owner_is_told_by_three_kinds_of_files(void **state)
{
	static const char *const texts[] = {
		"window.__THAR_CONFIG = {\"userInfo\":{\"accountId\":\"1\",\"userName\":"
		"\"ana\",\"displayName\":\"Ana\"}}",
		"window.YTD.account.part0 = "
		"[{\"account\":{\"accountId\":\"1\",\"username\":"
		"\"ana\",\"accountDisplayName\":\"Ana\",\"email\":\"a@example.org\"}}] ;",
		"var user_details = "
		"{\"id\":1,\"screen_name\":\"ana\",\"full_name\":\"Ana\"}",
	};
	CLEANUP(buf_done) struct rp_buf options;

	(void)state;
	buf_init(&options, 1000);
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&options);
		assert_true(bundle_owner(rp_slice_str(texts[i]), &options));
		assert_slice(buf_slice(&options), "account=1\nhandle=ana\nname=Ana\n");
	}
	buf_clear(&options);
	assert_false(bundle_owner(RP_SLICE("window.YTD.like = [{}]"), &options));
	/* A line break would be another setting. */
	assert_true(bundle_owner(RP_SLICE("x = {\"userInfo\":{\"accountId\":\"1\","
	                                  "\"userName\":\"a b\",\"displayName\":"
	                                  "\"x\\nbeside=1\"}}"),
	                         &options));
	assert_slice(buf_slice(&options), "account=1\n");
}

static int
begin(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	return mkdtemp(folder) == NULL;
}

static int
finish(void **state)
{
	(void)state;
	command("rm -rf ./*");
	return rmdir(folder);
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(of_an_archive_of_x_what_was_said_in_public_is_read_and_nothing_else),
		SPEC(without_the_mark_of_an_archive_its_private_files_are_private_still),
		SPEC(of_a_mastodon_export_likes_and_bookmarks_are_not_read),
		SPEC(of_an_old_archive_the_table_is_read_only_where_the_months_are_missing),
		SPEC(links_are_not_followed),
		SPEC(the_owner_is_told_by_three_kinds_of_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
