/*
 * Make a zip or tar file out of files, for tests: also such as no tool would make.
 *
 *	make-archive zip|tar|tar.gz|tar.xz|tar.bz2 OUT ENTRY...
 *	make-archive export OUT MIB
 *
 * ENTRY is NAME=FILE (its bytes), NAME=:TEXT (the text), NAME=@LINK (a symbolic link to
 * LINK), NAME=+N (N million zero bytes), NAME=! (a pipe) or NAME=*N (N empty files, whose
 * names go on with a number).  The second form makes an X archive of so many mebibytes of
 * posts, always the same.
 */
#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "make-archive: %s\n", what);
	exit(1);
}

static struct archive *
create(const char *format, const char *path)
{
	struct archive *a = archive_write_new();
	int st = strcmp(format, "zip") == 0 ? archive_write_set_format_zip(a)
	                                    : archive_write_set_format_pax_restricted(a);

	if (st == ARCHIVE_OK && strcmp(format, "tar.gz") == 0)
		st = archive_write_add_filter_gzip(a);
	if (st == ARCHIVE_OK && strcmp(format, "tar.xz") == 0)
		st = archive_write_add_filter_xz(a);
	if (st == ARCHIVE_OK && strcmp(format, "tar.bz2") == 0)
		st = archive_write_add_filter_bzip2(a);
	if (st == ARCHIVE_OK)
		st = archive_write_open_filename(a, path);
	if (st != ARCHIVE_OK)
		die(archive_error_string(a));
	return a;
}

static struct archive_entry *
begin(struct archive *a, const char *name, mode_t type, int64_t size)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, type);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, 1735689600, 0);
	if (size >= 0)
		archive_entry_set_size(entry, size);
	(void)a;
	return entry;
}

static void
header(struct archive *a, struct archive_entry *entry)
{
	if (archive_write_header(a, entry) < ARCHIVE_WARN)
		die(archive_error_string(a));
	archive_entry_free(entry);
}

static void
put(struct archive *a, const char *name, const char *bytes, size_t n)
{
	header(a, begin(a, name, AE_IFREG, (int64_t)n));
	if (archive_write_data(a, bytes, n) != (la_ssize_t)n)
		die(archive_error_string(a));
}

static void
put_file(struct archive *a, const char *name, const char *path)
{
	FILE *in = fopen(path, "rb");
	char *bytes = malloc(64 << 20);
	size_t n;

	if (in == NULL || bytes == NULL)
		die(path);
	n = fread(bytes, 1, 64 << 20, in);
	put(a, name, bytes, n);
	fclose(in);
	free(bytes);
}

static void
put_zeros(struct archive *a, const char *name, long millions)
{
	char *zeros = calloc(1000000, 1);

	if (zeros == NULL)
		die("memory");
	header(a, begin(a, name, AE_IFREG, (int64_t)millions * 1000000));
	for (long i = 0; i < millions; i++)
		if (archive_write_data(a, zeros, 1000000) != 1000000)
			die(archive_error_string(a));
	free(zeros);
}

static void
put_link(struct archive *a, const char *name, const char *to)
{
	struct archive_entry *entry = begin(a, name, AE_IFLNK, 0);

	archive_entry_set_symlink(entry, to);
	header(a, entry);
}

static void
put_many(struct archive *a, const char *name, long n)
{
	char full[4096];

	for (long i = 0; i < n; i++) {
		(void)snprintf(full, sizeof(full), "%s%ld", name, i);
		put(a, full, "", 0);
	}
}

static void
put_entry(struct archive *a, char *spec)
{
	char *what = strchr(spec, '=');

	if (what == NULL)
		die(spec);
	*what++ = '\0';
	if (*what == ':')
		put(a, spec, what + 1, strlen(what + 1));
	else if (*what == '@')
		put_link(a, spec, what + 1);
	else if (*what == '!')
		header(a, begin(a, spec, AE_IFIFO, 0));
	else if (*what == '+')
		put_zeros(a, spec, atol(what + 1));
	else if (*what == '*')
		put_many(a, spec, atol(what + 1));
	else
		put_file(a, spec, what);
}

/* ---- an X archive ---------------------------------------------------------------- */

struct text {
	char *p;
	size_t n, cap;
};

static void __attribute__((format(printf, 2, 3)))
add(struct text *t, const char *format, ...)
{
	va_list args;
	int n;

	if (t->cap - t->n < 8192 &&
	    (t->p = realloc(t->p, t->cap = t->cap * 2 + 65536)) == NULL)
		die("memory");
	va_start(args, format);
	n = vsnprintf(t->p + t->n, t->cap - t->n, format, args);
	va_end(args);
	if (n > 0)
		t->n += (size_t)n;
}

static uint64_t state = 88172645463325252u;

static uint64_t
dice(uint64_t sides)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % sides;
}

static const char *const words[] = {
	"the",       "prompt",   "they",    "model",   "of",      "money", "have",
	"not",       "actually", "and",     "secured", "well",    "is",    "under",
	"authority", "great",    "country", "for",     "optimal", "what",  "company",
	"&amp;",     "campus",   "already", "way",     "site",    "come",  "visit",
	"first",     "this",     "wrong",   "realise",
};

static void
add_words(struct text *t)
{
	for (uint64_t n = 8 + dice(28); n > 0; n--)
		add(t, "%s%s", words[dice(sizeof(words) / sizeof(*words))],
		    n > 1 ? " " : "");
}

static void
add_picture(struct text *t, uint64_t id)
{
	static const char *const sizes[] = { "thumb", "medium", "small", "large" };

	add(t,
	    "\n          {\n            \"expanded_url\" : "
	    "\"https://twitter.com/ana/status/%" PRIu64 "/photo/1\",\n"
	    "            \"indices\" : [\n              \"124\",\n"
	    "              \"147\"\n            ],\n"
	    "            \"url\" : \"https://t.co/p%09" PRIu64 "\",\n"
	    "            \"media_url\" : \"http://pbs.twimg.com/media/%" PRIx64
	    ".jpg\",\n"
	    "            \"id_str\" : \"%" PRIu64 "\",\n"
	    "            \"id\" : \"%" PRIu64 "\",\n"
	    "            \"media_url_https\" : "
	    "\"https://pbs.twimg.com/media/%" PRIx64 ".jpg\",\n"
	    "            \"sizes\" : {",
	    id, id % 1000000000, id, id + 1, id + 1, id);
	for (size_t i = 0; i < 4; i++)
		add(t,
		    "%s\n              \"%s\" : {\n                \"w\" : \"%d\",\n"
		    "                \"h\" : \"%d\",\n"
		    "                \"resize\" : \"fit\"\n              }",
		    i ? "," : "", sizes[i], 150 << i, 100 << i);
	add(t,
	    "\n            },\n            \"type\" : \"photo\",\n"
	    "            \"display_url\" : \"pic.twitter.com/p%09" PRIu64
	    "\"\n          }\n        ",
	    id % 1000000000);
}

static void
add_post(struct text *t, uint64_t ms)
{
	const uint64_t id = (ms - 1288834974657u) << 22 | dice(1u << 22);
	const uint64_t person = dice(400), earlier = id - ((1 + dice(100000)) << 32);
	const time_t seconds = (time_t)(ms / 1000);
	const bool reply = dice(2) != 0, link = dice(3) == 0, picture = dice(6) == 0;
	struct tm tm;
	char date[64];

	gmtime_r(&seconds, &tm);
	strftime(date, sizeof(date), "%a %b %d %H:%M:%S +0000 %Y", &tm);
	add(t,
	    "  {\n    \"tweet\" : {\n      \"edit_info\" : {\n        \"initial\" : {\n"
	    "          \"editTweetIds\" : [\n            \"%" PRIu64 "\"\n          ],\n"
	    "          \"editableUntil\" : \"2025-01-01T00:00:00.000Z\",\n"
	    "          \"editsRemaining\" : \"5\",\n          \"isEditEligible\" : %s\n"
	    "        }\n      },\n      \"retweeted\" : false,\n"
	    "      \"source\" : \"<a href=\\\"https://mobile.twitter.com\\\" "
	    "rel=\\\"nofollow\\\">Twitter Web App</a>\",\n"
	    "      \"entities\" : {\n        \"hashtags\" : [ ],\n"
	    "        \"symbols\" : [ ],\n        \"user_mentions\" : [",
	    id, reply ? "false" : "true");
	if (reply)
		add(t,
		    "\n          {\n            \"name\" : \"Person %" PRIu64 "\",\n"
		    "            \"screen_name\" : \"person%" PRIu64 "\",\n"
		    "            \"indices\" : [\n              \"0\",\n"
		    "              \"%d\"\n            ],\n"
		    "            \"id_str\" : \"%" PRIu64 "\",\n"
		    "            \"id\" : \"%" PRIu64 "\"\n          }\n        ",
		    person, person,
		    person < 10    ? 8
		    : person < 100 ? 9
		                   : 10,
		    5000 + person, 5000 + person);
	add(t, " ],\n        \"urls\" : [");
	if (link)
		add(t,
		    "\n          {\n            \"url\" : \"https://t.co/l%09" PRIu64
		    "\",\n"
		    "            \"expanded_url\" : \"https://example.org/%" PRIu64
		    "\",\n"
		    "            \"display_url\" : \"example.org/%" PRIu64 "\",\n"
		    "            \"indices\" : [\n              \"100\",\n"
		    "              \"123\"\n            ]\n          }\n        ",
		    id % 1000000000, id, id);
	add(t, " ]");
	if (picture) {
		add(t, ",\n        \"media\" : [");
		add_picture(t, id);
		add(t, " ]");
	}
	add(t,
	    "\n      },\n      \"display_text_range\" : [\n"
	    "        \"0\",\n        \"200\"\n      ],\n"
	    "      \"favorite_count\" : \"%" PRIu64 "\",\n",
	    dice(500));
	if (reply)
		add(t,
		    "      \"in_reply_to_status_id_str\" : \"%" PRIu64 "\",\n"
		    "      \"in_reply_to_user_id\" : \"%" PRIu64 "\",\n"
		    "      \"in_reply_to_status_id\" : \"%" PRIu64 "\",\n"
		    "      \"in_reply_to_screen_name\" : \"person%" PRIu64 "\",\n"
		    "      \"in_reply_to_user_id_str\" : \"%" PRIu64 "\",\n",
		    earlier, 5000 + person, earlier, person, 5000 + person);
	add(t,
	    "      \"id_str\" : \"%" PRIu64 "\",\n      \"truncated\" : false,\n"
	    "      \"retweet_count\" : \"%" PRIu64 "\",\n      \"id\" : \"%" PRIu64
	    "\",\n"
	    "      \"created_at\" : \"%s\",\n      \"favorited\" : false,\n"
	    "      \"full_text\" : \"",
	    id, dice(50), id, date);
	if (reply)
		add(t, "@person%" PRIu64 " ", person);
	add_words(t);
	if (link)
		add(t, " https://t.co/l%09" PRIu64, id % 1000000000);
	if (picture)
		add(t, " https://t.co/p%09" PRIu64, id % 1000000000);
	add(t, "\",\n      \"lang\" : \"en\"");
	if (picture) {
		add(t, ",\n      \"extended_entities\" : {\n        \"media\" : [");
		add_picture(t, id);
		add(t, " ]\n      }");
	}
	add(t, "\n    }\n  }");
}

static void export(const char *path, size_t mib)
{
	static const char manifest[] =
		"window.__THAR_CONFIG = { \"userInfo\" : { \"accountId\" : \"1001\", "
		"\"userName\" : \"ana\", \"displayName\" : \"Ana\" }, \"archiveInfo\" : "
		"{ "
		"\"generationDate\" : \"2026-01-02T03:04:05.000Z\" } }\n";
	struct archive *a = create("zip", path);
	struct text t = { NULL, 0, 0 };
	uint64_t ms = 1735689600000u;

	put(a, "data/manifest.js", manifest, sizeof(manifest) - 1);
	put(a, "data/direct-messages.js", "private", 7);
	add(&t, "window.YTD.tweets.part0 = [\n");
	while (t.n < mib << 20) {
		add_post(&t, ms);
		ms -= 60000 + dice(7200000);
		add(&t, "%s", t.n < mib << 20 ? ",\n" : "\n]\n");
	}
	put(a, "data/tweets.js", t.p, t.n);
	free(t.p);
	if (archive_write_free(a) != ARCHIVE_OK)
		die(path);
}

int
main(int argc, char **argv)
{
	struct archive *a;

	if (argc == 4 && strcmp(argv[1], "export") == 0) {
		export(argv[2], (size_t)atol(argv[3]));
		return 0;
	}
	if (argc < 3)
		die("usage: make-archive zip|tar|tar.gz OUT ENTRY...");
	a = create(argv[1], argv[2]);
	for (int i = 3; i < argc; i++)
		put_entry(a, argv[i]);
	if (archive_write_free(a) != ARCHIVE_OK)
		die(argv[2]);
	return 0;
}
