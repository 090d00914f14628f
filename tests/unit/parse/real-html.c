/*
 * The HTML reader over the tests that browsers' tokenizers are held to: what is text on
 * a page is the text they say.  Argument: the directory of the data sets; empty: skipped
 * (77).
 */
#include "core/base/file.h"
#include "core/parse/html.h"
#include "core/parse/json.h"

#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77 };

static unsigned long tests, failures;

/* What is expected: the characters, and of each begin tag its name. */
static void
add_expected(const struct json_doc *doc, uint32_t tokens, struct rp_buf *out)
{
	struct json_each each = json_each(doc, tokens);

	while (json_next(&each)) {
		struct json_each token = json_each(doc, each.value);
		const bool text = json_next(&token) &&
		                  json_text_is(doc, token.value, RP_SLICE("Character"));
		const bool tag = json_text_is(doc, token.value, RP_SLICE("StartTag"));

		if ((text || tag) && json_next(&token)) {
			buf_add_str(out, tag ? "<" : "");
			(void)json_add_text(doc, token.value, out);
		}
	}
}

static void
add_seen(const struct html *html, struct rp_buf *out)
{
	for (uint32_t i = 1; i < html->n; i++) {
		buf_add_str(out, html->nodes[i].name.n ? "<" : "");
		buf_add(out, html->nodes[i].name);
		buf_add(out, html->nodes[i].text);
	}
}

/* These begin in the middle of something, or are about what we leave to others: bytes
 * that are no text, the last "<" of a page. */
static bool
is_ours(const struct json_doc *doc, uint32_t test, struct rp_slice input)
{
	if (!json_absent(doc, json_get(doc, test, RP_SLICE("initialStates"))) ||
	    !json_absent(doc, json_get(doc, test, RP_SLICE("doubleEscaped"))))
		return false;
	return memchr(input.p, '\0', input.n) == NULL &&
	       memchr(input.p, '\r', input.n) == NULL;
}

static void
run(const struct json_doc *doc, uint32_t test, struct arena *arena)
{
	CLEANUP(buf_done) struct rp_buf wanted;
	CLEANUP(buf_done) struct rp_buf seen;
	struct rp_error err;
	struct rp_slice input;
	struct html html;

	buf_init(&wanted, 1 << 20);
	buf_init(&seen, 1 << 20);
	if (json_text(doc, json_get(doc, test, RP_SLICE("input")), arena, &input, &err) !=
	            RP_OK ||
	    input.n == 0 || !is_ours(doc, test, input))
		return;
	tests++;
	add_expected(doc, json_get(doc, test, RP_SLICE("output")), &wanted);
	if (html_parse(arena, input, RP_SLICE("utf-8"), &html, &err) == RP_OK)
		add_seen(&html, &seen);
	if (rp_slice_eq(buf_slice(&wanted), buf_slice(&seen)))
		return;
	failures++;
	(void)fprintf(stderr, "\"%.*s\": \"%.*s\", not \"%.*s\"\n", RP_FMT(input),
	              RP_FMT(buf_slice(&seen)), RP_FMT(buf_slice(&wanted)));
}

static bool
run_file(const char *data, const char *name, struct arena *arena)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_error err;
	struct json_each each;
	char path[4096];

	buf_init(&bytes, 16 << 20);
	(void)snprintf(path, sizeof(path), "%s/html-entities/%s", data, name);
	if (file_read(path, &bytes, NULL) != RP_OK ||
	    json_parse(&doc, buf_slice(&bytes), &err) != RP_OK) {
		(void)fprintf(stderr, "%s: cannot be read\n", path);
		return false;
	}
	each = json_each(&doc, json_get(&doc, JSON_ROOT, RP_SLICE("tests")));
	while (json_next(&each)) {
		run(&doc, each.value, arena);
		arena_reset(arena);
	}
	return true;
}

int
main(int argc, char **argv)
{
	static const char *const files[] = { "namedEntities.test", "test1.test",
		                             "test2.test", "unicodeChars.test" };
	CLEANUP(arena_free) struct arena *arena = arena_new(16 << 20);

	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (arena == NULL || !run_file(argv[1], files[i], arena))
			return EXIT_FAILURE;
	(void)printf("%lu tests, %lu failures\n", tests, failures);
	return failures == 0 && tests > 4000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
