/*
 * The cases of a WebVTT parser's own tests: cues, their times and their texts as written,
 * must be those that stand beside each file.  A file that has none beside it may
 * share those of another one of its directory (56 files, the expectations of 22 of which
 * are not among the data).  What is expected of settings and regions, which are
 * about the screen, is left aside.
 * Argument: the directory of the data sets; empty: skipped (77).
 */
#include "core/base/buf.h"
#include "core/base/file.h"
#include "core/collect/cue.h"
#include "core/parse/json.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum {
	SKIPPED = 77,
	FILE_BYTES = 4 << 20,
	EXPECTED_FILES = 130,
	SHARING_FILES = 34,
	DEPTH = 8
};

static int failures, files, sharing, n_cues;
static bool quiet; /* looking for what fits, not telling what does not */

static void
fail(const char *path, const char *what, size_t i)
{
	if (!quiet)
		(void)fprintf(stderr, "%s: cue %zu: %s\n", path, i, what);
	failures++;
}

/* The text as written, line ends made one. */
static void
add_payload(struct rp_buf *out, const struct cues *cues, const struct cue *cue)
{
	struct cue_lines lines = { .bytes = rp_slice_from(cues->bytes.p + cue->payload_at,
		                                          cue->payload_n) };

	buf_clear(out);
	while (cue_line(&lines)) {
		if (lines.at > 0)
			buf_add_byte(out, '\n');
		buf_add(out, lines.line);
	}
}

static void
compare_cue(const char *path, size_t i, const struct cues *cues, const struct cue *cue,
            const struct json_doc *doc, uint32_t want)
{
	CLEANUP(buf_done) struct rp_buf text, payload;
	int64_t start = -1, end = -1;

	buf_init(&text, FILE_BYTES);
	buf_init(&payload, FILE_BYTES);
	(void)cue_seconds_read(json_span(doc, json_get(doc, want, RP_SLICE("startTime"))),
	                       &start);
	(void)cue_seconds_read(json_span(doc, json_get(doc, want, RP_SLICE("endTime"))),
	                       &end);
	(void)json_add_text(doc, json_get(doc, want, RP_SLICE("text")), &text);
	add_payload(&payload, cues, cue);
	if (start != cue->start_ms || end != cue->end_ms)
		fail(path, "other times", i);
	if (!rp_slice_eq(buf_slice(&text), buf_slice(&payload)))
		fail(path, "another text", i);
}

static void
compare(const char *path, struct rp_slice bytes, struct rp_slice expected)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	CLEANUP(cues_done) struct cues cues;
	struct json_each each;
	size_t at = 0, i = 0;

	if (!cues_init(&cues, bytes) || cues_read(&cues, CUE_VTT, NULL) != RP_OK ||
	    json_parse(&doc, expected, NULL) != RP_OK) {
		fail(path, "cannot be read", 0);
		return;
	}
	each = json_each(&doc, json_get(&doc, JSON_ROOT, RP_SLICE("cues")));
	for (; json_next(&each); i++) {
		if (at == cues.n) {
			fail(path, "missing", i);
			return;
		}
		compare_cue(path, i, &cues, &cues.list[at], &doc, each.value);
		/* One cue with several voices. */
		for (at++; at < cues.n &&
		           cues.list[at].payload_at == cues.list[at - 1].payload_at;
		     at++)
			;
		n_cues++;
	}
	if (at < cues.n)
		fail(path, "more than there are", i);
}

/* Compare with every expectation of the directory until one fits. */
static void
check_sharing(const char *path, size_t length, struct rp_slice bytes)
{
	const int before = failures;
	char directory[4096];
	struct dirent *entry;
	bool fits = false;
	DIR *dir;

	while (length > 0 && path[length - 1] != '/')
		length--;
	(void)snprintf(directory, sizeof(directory), "%.*s", (int)length, path);
	dir = opendir(directory);
	quiet = true;
	while (dir != NULL && !fits && (entry = readdir(dir)) != NULL) {
		const struct rp_slice name = rp_slice_str(entry->d_name);
		CLEANUP(buf_done) struct rp_buf expected;
		char beside[8192];

		buf_init(&expected, FILE_BYTES);
		(void)snprintf(beside, sizeof(beside), "%s%s", directory, entry->d_name);
		if (!rp_slice_ends(name, RP_SLICE(".json")) ||
		    rp_slice_ends(name, RP_SLICE("-proc.json")) ||
		    file_read(beside, &expected, NULL) != RP_OK)
			continue;
		failures = 0;
		compare(path, bytes, buf_slice(&expected));
		fits = failures == 0;
	}
	if (dir != NULL)
		(void)closedir(dir);
	quiet = false;
	failures = before;
	sharing += fits;
}

static void
check_file(const char *path, size_t length)
{
	CLEANUP(buf_done) struct rp_buf bytes, expected;
	char beside[4096];

	buf_init(&bytes, FILE_BYTES);
	buf_init(&expected, FILE_BYTES);
	(void)snprintf(beside, sizeof(beside), "%.*s.json", (int)(length - 4), path);
	if (file_read(path, &bytes, NULL) != RP_OK) {
		fail(path, "cannot be read", 0);
		return;
	}
	files++;
	if (file_read(beside, &expected, NULL) != RP_OK)
		check_sharing(path, length, buf_slice(&bytes));
	else
		compare(path, buf_slice(&bytes), buf_slice(&expected));
}

static void
walk(const char *directory, int depth)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;

	if (dir == NULL || depth == DEPTH) {
		if (dir != NULL)
			(void)closedir(dir);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		char path[4096];
		const int n =
			snprintf(path, sizeof(path), "%s/%s", directory, entry->d_name);

		if (n < 4 || (size_t)n >= sizeof(path) || entry->d_name[0] == '.')
			continue;
		if (strcmp(path + n - 4, ".vtt") == 0)
			check_file(path, (size_t)n);
		else if (strchr(entry->d_name, '.') == NULL)
			walk(path, depth + 1);
	}
	(void)closedir(dir);
}

int
main(int argc, char **argv)
{
	char directory[2048];

	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	(void)snprintf(directory, sizeof(directory), "%s/webvtt", argv[1]);
	walk(directory, 0);
	if (files == 0)
		return SKIPPED;
	if (files != EXPECTED_FILES || sharing != SHARING_FILES) {
		(void)fprintf(stderr,
		              "%d files, %d expected; %d share cues, %d expected\n",
		              files, EXPECTED_FILES, sharing, SHARING_FILES);
		failures++;
	}
	printf("%d files, %d cues, %d differences\n", files, n_cues, failures);
	return failures ? 1 : 0;
}
