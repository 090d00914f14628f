/*
 * The JSON reader over real data: all of a JSON conformance suite, real posts, and a list
 * of naughty strings.  Argument: the directory of the data sets; empty: skipped (77).
 */
#include "core/base/file.h"
#include "core/base/jsonw.h"
#include "core/parse/json.h"
#include "tests/fuzz/json-check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77 };

static int failures;

static void
fail(const char *where, unsigned long line, const char *words)
{
	(void)fprintf(stderr, "%s:%lu: %s\n", where, line, words);
	failures++;
}

static bool
read_file(const char *path, struct rp_buf *out)
{
	struct rp_error err;

	buf_clear(out);
	if (file_read(path, out, &err) == RP_OK)
		return true;
	fail(path, 0, err.text);
	return false;
}

static void
check_document(const struct json_doc *doc, const char *where, unsigned long line)
{
	const char *wrong = json_check(doc);

	if (wrong == NULL)
		wrong = json_check_split(doc, 61);
	if (wrong != NULL)
		fail(where, line, wrong);
}

/* y_ must be read, n_ refused, i_ as you like; all must be survived. */
static void
conformance_file(const char *directory, const char *name, struct json_doc *doc,
                 struct rp_buf *bytes)
{
	struct rp_error err;
	bool accepted;
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", directory, name);
	if (!read_file(path, bytes))
		return;
	accepted = json_parse(doc, buf_slice(bytes), &err) == RP_OK;
	if (name[0] == 'y' && !accepted)
		fail(name, 0, err.text);
	if (name[0] == 'n' && accepted)
		fail(name, 0, "read, and must not be");
	if (accepted)
		check_document(doc, name, 0);
}

static void
conformance(const char *data, struct json_doc *doc, struct rp_buf *bytes)
{
	unsigned count = 0;
	struct dirent *entry;
	char directory[2048];
	DIR *dir;

	(void)snprintf(directory, sizeof(directory), "%s/json-conformance", data);
	dir = opendir(directory);
	if (dir == NULL) {
		fail(directory, 0, "cannot be opened");
		return;
	}
	while ((entry = readdir(dir)) != NULL)
		if (strchr("yni", entry->d_name[0]) != NULL && entry->d_name[1] == '_') {
			conformance_file(directory, entry->d_name, doc, bytes);
			count++;
		}
	(void)closedir(dir);
	(void)printf("conformance: %u files\n", count);
	if (count != 318)
		fail(directory, 0, "not 318 files");
}

/* Every line is a record, but for those known to be broken. */
static void
json_lines(const char *data, const char *name, unsigned long records,
           unsigned long broken, struct json_doc *doc, struct rp_buf *bytes)
{
	unsigned long line = 0, read = 0, refused = 0;
	struct rp_slice rest, record;
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", data, name);
	if (!read_file(path, bytes))
		return;
	for (rest = buf_slice(bytes); rest.n > 0;) {
		record = rp_slice_cut(&rest, '\n');
		line++;
		if (json_parse(doc, record, NULL) != RP_OK) {
			refused++;
			continue;
		}
		read++;
		check_document(doc, name, line);
	}
	(void)printf("%s: %lu read, %lu refused\n", name, read, refused);
	if (read != records || refused != broken)
		fail(name, line, "not as many records as expected");
}

static void
naughty_strings(const char *data, struct json_doc *doc, struct rp_buf *bytes)
{
	CLEANUP(buf_done) struct rp_buf json;
	unsigned long line = 0;
	struct rp_slice rest, text;
	char path[4096];

	buf_init(&json, 1 << 20);
	(void)snprintf(path, sizeof(path), "%s/strings/blns.txt", data);
	if (!read_file(path, bytes))
		return;
	for (rest = buf_slice(bytes); rest.n > 0;) {
		text = rp_slice_cut(&rest, '\n');
		line++;
		buf_clear(&json);
		jsonw_string(&json, text);
		if (json_parse(doc, buf_slice(&json), NULL) != RP_OK ||
		    !json_text_is(doc, JSON_ROOT, text))
			fail("blns.txt", line, "does not come out as it went in");
	}
	(void)printf("blns.txt: %lu lines\n", line);
}

int
main(int argc, char **argv)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	CLEANUP(buf_done) struct rp_buf bytes;
	const char *data = argc > 1 ? argv[1] : "";

	if (data[0] == '\0')
		return SKIPPED;
	buf_init(&bytes, 64 << 20);
	conformance(data, &doc, &bytes);
	json_lines(data, "tweets-threads/germanwings-crash.tweets.jsonl", 4489, 0, &doc,
	           &bytes);
	json_lines(data, "tweets-threads/rumoureval2017-dev.tweets.jsonl", 281, 0, &doc,
	           &bytes);
	json_lines(data, "tweets-v2/2sets.jsonl", 2, 0, &doc, &bytes);
	json_lines(data, "tweets-v2/noflat.jsonl", 1, 0, &doc, &bytes);
	json_lines(data, "tweets-v2/streaming_output_with_error.jsonl", 7, 1, &doc,
	           &bytes);
	naughty_strings(data, &doc, &bytes);
	return failures != 0;
}
