/*
 * What asking for the same timeline again and again brings: X posts (v1.1, full users),
 * one answer a file, the same bytes every time.
 *
 *	polls POLLS POSTS DIRECTORY [SEED]
 *
 * Writes DIRECTORY/0001.json and on: each an array of the same POSTS posts, the newest
 * first.  From one poll to the next the counters of every post and of every author grow;
 * one post in a hundred has another text from some poll on.
 */
#include "tests/support/random.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { AUTHORS = 40, TEXT_MAX = 200, CHANGED_OF = 100 };

struct made_author {
	uint32_t followers, statuses, likes;
	char about[TEXT_MAX];
};

struct made_post {
	uint32_t author, likes, reposts;
	uint32_t changes; /* in this poll, 0: never */
	char text[TEXT_MAX], later[TEXT_MAX];
};

static struct made_author authors[AUTHORS];

static void
make_text(char out[TEXT_MAX], unsigned words)
{
	size_t n = 0;

	while (words-- > 0 && n < TEXT_MAX - 20) {
		uint32_t rank =
			random_below(100) < 60 ? random_below(50) : random_below(20000);

		n += (size_t)snprintf(out + n, TEXT_MAX - n, "%sw%c%c%u", n ? " " : "",
		                      'a' + (int)(rank % 26), 'a' + (int)(rank / 26 % 26),
		                      rank);
	}
}

static void
make(struct made_post *posts, uint32_t n, uint32_t polls)
{
	for (uint32_t i = 0; i < AUTHORS; i++) {
		authors[i].followers = random_below(100000);
		authors[i].statuses = random_below(50000);
		authors[i].likes = random_below(20000);
		make_text(authors[i].about, 3 + random_below(10));
	}
	for (uint32_t i = 0; i < n; i++) {
		posts[i].author = random_below(AUTHORS);
		posts[i].likes = random_below(3000);
		posts[i].reposts = random_below(500);
		make_text(posts[i].text, 5 + random_below(15));
		if (i % CHANGED_OF == 0) {
			posts[i].changes = 1 + random_below(polls);
			make_text(posts[i].later, 5 + random_below(15));
		}
	}
}

static void
grow(struct made_post *posts, uint32_t n)
{
	for (uint32_t i = 0; i < AUTHORS; i++) {
		authors[i].followers += random_below(4);
		authors[i].statuses += random_below(2);
		authors[i].likes += random_below(3);
	}
	for (uint32_t i = 0; i < n; i++) {
		posts[i].likes += 1 + random_below(5);
		posts[i].reposts += random_below(3);
	}
}

/* Nine hours of posts, a minute after the other, on 24 March 2015. */
static void
write_times(FILE *out, uint32_t post)
{
	uint32_t s = post * 61 % 32400;

	(void)fprintf(out, "\"created_at\":\"Tue Mar 24 %02u:%02u:%02u +0000 2015\"",
	              10 + s / 3600, s / 60 % 60, s % 60);
}

static uint64_t
id_of(uint32_t post)
{
	uint64_t ms = UINT64_C(1427191200000) + (uint64_t)(post * 61 % 32400) * 1000;

	return (ms - UINT64_C(1288834974657)) << 22 | post;
}

static void
write_author(FILE *out, uint32_t i)
{
	static const char themes[] =
		"\"profile_background_color\":\"C0DEED\","
		"\"profile_background_image_url\":"
		"\"http:\\/\\/abs.twimg.com\\/images\\/themes\\/theme1\\/bg.png\","
		"\"profile_background_image_url_https\":"
		"\"https:\\/\\/abs.twimg.com\\/images\\/themes\\/theme1\\/bg.png\","
		"\"profile_background_tile\":false,\"profile_link_color\":\"0084B4\","
		"\"profile_sidebar_border_color\":\"C0DEED\","
		"\"profile_sidebar_fill_color\":\"DDEEF6\","
		"\"profile_text_color\":\"333333\","
		"\"profile_use_background_image\":true,\"default_profile\":true,"
		"\"default_profile_image\":false,\"following\":false,"
		"\"follow_request_sent\":false,\"notifications\":false";
	const struct made_author *author = &authors[i];
	uint32_t id = 20000000 + i * 7919;

	(void)fprintf(
		out,
		"\"user\":{\"id\":%u,\"id_str\":\"%u\",\"name\":\"User "
		"%u\",\"screen_name\":\"user%u\",\"location\":\"\",\"description\":"
		"\"%s\",\"url\":null,\"entities\":{\"description\":{\"urls\":[]}},"
		"\"protected\":false,\"followers_count\":%u,\"friends_count\":%u,"
		"\"listed_count\":%u,\"created_at\":\"Tue Jan 07 11:38:%02u +0000 "
		"2014\",\"favourites_count\":%u,\"utc_offset\":null,\"time_zone\":null,"
		"\"geo_enabled\":false,\"verified\":false,\"statuses_count\":%u,"
		"\"lang\":\"en\",\"contributors_enabled\":false,\"is_translator\":false,"
		"\"profile_image_url\":\"http:\\/\\/pbs.twimg.com\\/profile_images\\/"
		"%u\\/"
		"me_normal.jpeg\",\"profile_image_url_https\":\"https:\\/\\/"
		"pbs.twimg.com\\/profile_images\\/%u\\/me_normal.jpeg\",%s}",
		id, id, i, i, author->about, author->followers, i * 13, i, i,
		author->likes, author->statuses, id * 3, id * 3, themes);
}

static void
write_post(FILE *out, const struct made_post *post, uint32_t i, uint32_t poll)
{
	bool changed = post->changes > 0 && poll >= post->changes;

	(void)fputc('{', out);
	write_times(out, i);
	(void)fprintf(
		out,
		",\"id\":%" PRIu64 ",\"id_str\":\"%" PRIu64 "\",\"text\":\"%s\","
		"\"source\":\"\\u003ca href=\\\"http:\\/\\/twitter.com\\\" "
		"rel=\\\"nofollow\\\"\\u003eTwitter Web Client\\u003c\\/a\\u003e\","
		"\"truncated\":false,\"in_reply_to_status_id\":null,"
		"\"in_reply_to_status_id_str\":null,\"in_reply_to_user_id\":null,"
		"\"in_reply_to_user_id_str\":null,\"in_reply_to_screen_name\":null,",
		id_of(i), id_of(i), changed ? post->later : post->text);
	write_author(out, post->author);
	(void)fprintf(
		out,
		",\"geo\":null,\"coordinates\":null,\"place\":null,"
		"\"contributors\":null,\"retweet_count\":%u,\"favorite_count\":%u,"
		"\"entities\":{\"hashtags\":[],\"symbols\":[],\"user_mentions\":[],"
		"\"urls\":[]},\"favorited\":false,\"retweeted\":false,\"lang\":\"en\"}",
		post->reposts, post->likes);
}

static bool
write_poll(const char *directory, const struct made_post *posts, uint32_t n,
           uint32_t poll)
{
	char path[4096];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%04u.json", directory, poll);
	out = fopen(path, "w");
	if (out == NULL)
		return false;
	for (uint32_t i = n; i-- > 0;) {
		(void)fputc(i + 1 == n ? '[' : ',', out);
		write_post(out, &posts[i], i, poll);
	}
	(void)fputs("]\n", out);
	return fclose(out) == 0;
}

int
main(int argc, char **argv)
{
	uint32_t polls = argc > 3 ? (uint32_t)atoi(argv[1]) : 0;
	uint32_t n = argc > 3 ? (uint32_t)atoi(argv[2]) : 0;
	struct made_post *posts = calloc(n ? n : 1, sizeof(*posts));

	if (polls == 0 || n == 0 || posts == NULL) {
		fputs("usage: polls POLLS POSTS DIRECTORY [SEED]\n", stderr);
		return 64;
	}
	if (argc > 4)
		random_state = strtoull(argv[4], NULL, 10);
	make(posts, n, polls);
	for (uint32_t poll = 1; poll <= polls; poll++, grow(posts, n))
		if (!write_poll(argv[3], posts, n, poll)) {
			perror(argv[3]);
			return 1;
		}
	free(posts);
	return 0;
}
