/*
 * The JSON reader against yajl: the same documents accepted, and the same events out of
 * them.  Generated documents and mutations of them, from a fixed seed; with a directory
 * of real data as argument, real posts and mutations of those too.
 *
 * Where the two are known to differ, and which of them we hold to be right:
 * - Half a surrogate pair: yajl decodes it to "?" or to bytes that are not UTF-8, we mark
 *   the string damaged.  Texts of damaged strings are not compared.
 * - Invalid UTF-8 in a string: yajl is told not to look, as we accept it too.
 * - Nesting: yajl knows no limit.  Documents here stay below ours.
 * - A string behind the value that does not end: yajl does not see it, we refuse.  What
 *   stands before it is compared.
 */
#include "core/parse/json.h"

#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77 };

#ifndef HAVE_YAJL
int
main(void)
{
	return SKIPPED;
}
#else
#include <yajl/yajl_parse.h>

/* One line an event: a letter, and the length and bytes of a text. */
struct events {
	struct rp_buf buf;
	bool with_texts;
};

static int
event(void *ctx, char letter, const void *bytes, size_t n)
{
	struct events *e = ctx;

	buf_add_byte(&e->buf, letter);
	if (bytes != NULL && (e->with_texts || letter == 'n')) {
		buf_printf(&e->buf, "%zu:", n);
		buf_add(&e->buf, rp_slice_from(bytes, n));
	}
	buf_add_byte(&e->buf, '\n');
	return 1;
}

static int
on_null(void *ctx)
{
	return event(ctx, '0', NULL, 0);
}

static int
on_boolean(void *ctx, int truth)
{
	return event(ctx, truth ? 't' : 'f', NULL, 0);
}

static int
on_number(void *ctx, const char *p, size_t n)
{
	return event(ctx, 'n', p, n);
}

static int
on_string(void *ctx, const unsigned char *p, size_t n)
{
	return event(ctx, 's', p, n);
}

static int
on_key(void *ctx, const unsigned char *p, size_t n)
{
	return event(ctx, 'k', p, n);
}

static int
on_object(void *ctx)
{
	return event(ctx, '{', NULL, 0);
}

static int
on_object_end(void *ctx)
{
	return event(ctx, '}', NULL, 0);
}

static int
on_array(void *ctx)
{
	return event(ctx, '[', NULL, 0);
}

static int
on_array_end(void *ctx)
{
	return event(ctx, ']', NULL, 0);
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_object,
	.yajl_map_key = on_key,
	.yajl_end_map = on_object_end,
	.yajl_start_array = on_array,
	.yajl_end_array = on_array_end,
};

static bool
yajl_reads(struct rp_slice text, struct events *out)
{
	yajl_handle handle = yajl_alloc(&callbacks, NULL, out);
	bool ok;

	buf_clear(&out->buf);
	yajl_config(handle, yajl_dont_validate_strings, 1);
	ok = yajl_parse(handle, (const unsigned char *)text.p, text.n) ==
	             yajl_status_ok &&
	     yajl_complete_parse(handle) == yajl_status_ok;
	yajl_free(handle);
	return ok;
}

static void
string_event(const struct json_doc *doc, uint32_t i, struct events *out,
             struct arena *arena)
{
	struct rp_slice text = RP_SLICE("");

	if (json_text(doc, i, arena, &text, NULL) != RP_OK)
		abort();
	event(out, doc->nodes[i].flags & JSON_KEY ? 'k' : 's', text.p, text.n);
}

static void
our_events(const struct json_doc *doc, struct events *out, struct arena *arena)
{
	uint32_t open[JSON_MAX_DEPTH + 1], depth = 0;

	buf_clear(&out->buf);
	for (uint32_t i = 0; i <= doc->n; i++) {
		while (depth > 0 && doc->nodes[open[depth - 1]].next == i)
			event(out,
			      json_type(doc, open[--depth]) == JSON_OBJECT ? '}' : ']',
			      NULL, 0);
		if (i == doc->n)
			break;
		if (json_type(doc, i) >= JSON_ARRAY)
			open[depth++] = i;
		if (json_type(doc, i) == JSON_STRING)
			string_event(doc, i, out, arena);
		else if (json_type(doc, i) == JSON_NUMBER)
			event(out, 'n', json_span(doc, i).p, json_span(doc, i).n);
		else
			event(out, "?0ft??[{"[json_type(doc, i)], NULL, 0);
	}
}

struct tally {
	unsigned long accepted, refused, damaged, unfinished, wrong;
};

struct compare {
	struct json_doc doc;
	struct arena *arena;
	struct events ours, theirs;
	struct tally tally;
};

static void
complain(struct compare *c, struct rp_slice text, const char *words)
{
	if (c->tally.wrong++ < 10)
		(void)fprintf(stderr, "%s: %.*s\n", words, RP_FMT(text));
}

static void
compare(struct compare *c, struct rp_slice text)
{
	bool accepted = json_parse(&c->doc, text, NULL) == RP_OK, damaged, theirs;

	damaged = accepted && (c->doc.flags & JSON_DAMAGED) != 0;
	c->ours.with_texts = c->theirs.with_texts = !damaged;
	theirs = yajl_reads(text, &c->theirs);
	if (theirs && !accepted && c->doc.error_at < text.n &&
	    text.p[c->doc.error_at] == '"') {
		c->tally.unfinished++;
		compare(c, rp_slice_from(text.p, c->doc.error_at));
		return;
	}
	if (theirs != accepted) {
		complain(c, text, accepted ? "only we read" : "only yajl reads");
		return;
	}
	c->tally.refused += !accepted;
	c->tally.accepted += accepted;
	c->tally.damaged += damaged;
	if (!accepted)
		return;
	arena_reset(c->arena);
	our_events(&c->doc, &c->ours, c->arena);
	if (!rp_slice_eq(buf_slice(&c->ours.buf), buf_slice(&c->theirs.buf)))
		complain(c, text, "read differently");
}

/* A generator of our own, so that the same documents come on every machine. */
static uint64_t seed = UINT64_C(0x243f6a8885a308d3);

static unsigned
below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 32) % n);
}

#define ONE_OF(list) ((list)[below(sizeof(list) / sizeof((list)[0]))])

static void
add_blanks(struct rp_buf *out)
{
	static const char *const blanks[] = { "", "", "", " ", "\n\t", "\r\n  " };

	buf_add_str(out, ONE_OF(blanks));
}

static void
add_string(struct rp_buf *out)
{
	static const char *const bits[] = {
		"a",
		"text of some length",
		"\\n",
		"\\\"",
		"\\\\",
		"\\/",
		"\\u00e9",
		"\\ud83d\\ude00",
		"\\ud800",
		"\\u0000",
		"\xc3\xa9",
		"\xe6\x97\xa5",
		"\xf0\x9f\x98\x80",
		"\xff",
		"{",
		"]",
		"\x7f",
		"\\b\\f\\r\\t",
	};

	buf_add_byte(out, '"');
	for (unsigned n = below(6); n > 0; n--)
		/* Damage only in few strings, so that most texts are compared. */
		buf_add_str(out, below(4) ? bits[below(8)] : ONE_OF(bits));
	buf_add_byte(out, '"');
}

static void
add_scalar(struct rp_buf *out)
{
	static const char *const scalars[] = {
		"null", "true",    "false", "0",     "-0", "1881944244480565497",
		"1.50", "-1.5E+7", "1e999", "2e-10", "10", "18446744073709551616",
	};

	if (below(2))
		add_string(out);
	else
		buf_add_str(out, ONE_OF(scalars));
}

static void
add_key(struct rp_buf *out)
{
	add_string(out);
	add_blanks(out);
	buf_add_byte(out, ':');
	add_blanks(out);
}

/* Brackets open and close at random until the budget is used up. */
static void
generate(struct rp_buf *out)
{
	char open[64];
	unsigned depth = 0, budget = 1 + below(40);
	bool comma = false;

	buf_clear(out);
	do {
		add_blanks(out);
		if (depth > 0 && (budget == 0 || below(5) == 0)) {
			buf_add_byte(out, open[--depth]);
			comma = true;
			continue;
		}
		if (comma)
			buf_add_byte(out, ',');
		add_blanks(out);
		if (depth > 0 && open[depth - 1] == '}')
			add_key(out);
		budget -= budget > 0;
		comma = depth == sizeof(open) || (depth > 0 && below(4) > 0);
		if (comma) {
			add_scalar(out);
		} else {
			open[depth] = below(2) ? '}' : ']';
			buf_add_byte(out, open[depth++] == '}' ? '{' : '[');
		}
	} while (depth > 0);
	add_blanks(out);
}

/* One byte changed, dropped, or put in. */
static void
mutate(struct rp_buf *text)
{
	static const char bytes[] = "{}[]\",:\\u0129eE+-.ntf \n\x01\xc3\xff/";
	char byte = bytes[below(sizeof(bytes) - 1)];
	unsigned at;

	if (text->n == 0)
		return;
	at = below((unsigned)text->n);
	switch (below(3)) {
	case 0:
		text->p[at] = byte;
		break;
	case 1:
		memmove(text->p + at, text->p + at + 1, text->n - at - 1);
		text->n--;
		break;
	default:
		if (buf_reserve(text, 1) == NULL)
			return;
		memmove(text->p + at + 1, text->p + at, text->n - at);
		text->p[at] = byte;
		text->n++;
	}
}

static void
compare_with_mutations(struct compare *c, struct rp_slice text, unsigned mutations)
{
	CLEANUP(buf_done) struct rp_buf copy;

	compare(c, text);
	buf_init(&copy, 1 << 24);
	for (unsigned i = 0; i < mutations; i++) {
		buf_clear(&copy);
		buf_add(&copy, text);
		for (unsigned n = 1 + below(2); n > 0; n--)
			mutate(&copy);
		compare(c, buf_slice(&copy));
	}
}

static void
report(struct compare *c, const char *what)
{
	(void)printf("%s: %lu accepted (%lu damaged), %lu refused, %lu cut off, %lu "
	             "different\n",
	             what, c->tally.accepted, c->tally.damaged, c->tally.refused,
	             c->tally.unfinished, c->tally.wrong);
	c->tally = (struct tally){ .wrong = c->tally.wrong };
}

static void
compare_generated(struct compare *c)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 1 << 20);
	for (int i = 0; i < 20000; i++) {
		generate(&text);
		compare_with_mutations(c, buf_slice(&text), 5);
	}
	if (c->tally.accepted < 20000 || c->tally.refused < 20000)
		complain(c, RP_SLICE(""), "the generator has lost its teeth");
	report(c, "generated");
}

static void
compare_lines(struct compare *c, const char *data, const char *name)
{
	char path[4096], *line = NULL;
	size_t cap = 0;
	ssize_t n;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", data, name);
	file = fopen(path, "rb");
	if (file == NULL) {
		c->tally.wrong++;
		perror(path);
		return;
	}
	while ((n = getline(&line, &cap, file)) > 0)
		compare_with_mutations(c, rp_slice_from(line, (size_t)n), 3);
	free(line);
	(void)fclose(file);
	report(c, name);
}

int
main(int argc, char **argv)
{
	struct compare c = { .arena = arena_new(64 << 20) };

	buf_init(&c.ours.buf, 64 << 20);
	buf_init(&c.theirs.buf, 64 << 20);
	compare_generated(&c);
	if (argc > 1 && argv[1][0] != '\0') {
		compare_lines(&c, argv[1],
		              "tweets-threads/germanwings-crash.tweets.jsonl");
		compare_lines(&c, argv[1], "tweets-v2/2sets.jsonl");
		compare_lines(&c, argv[1], "tweets-v2/noflat.jsonl");
	}
	json_done(&c.doc);
	buf_done(&c.ours.buf);
	buf_done(&c.theirs.buf);
	c.arena = arena_free(c.arena);
	return c.tally.wrong != 0;
}
#endif
