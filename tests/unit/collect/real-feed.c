/*
 * Other people's test feeds, each with what its author expects of a reader: how often we
 * read the same.  Argument: the directory of the data sets; empty: skipped (77).
 *
 * An expectation is a Python expression: comparisons of a field with a text or a date,
 * joined by "and".  Compared is what has a field of ours in it; texts that hold markup
 * are compared as people read them, dates as instants.
 */
#include "core/base/date.h"
#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/collect/feed.h"
#include "core/parse/html.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
	SKIPPED = 77,
	AGREE_PERCENT = 95,
	COMPARED_AT_LEAST = 250,
	FILE_MAX_BYTES = 1 << 20,
	PATH_MAX_BYTES = 1024,
};

static struct arena *arena;
static struct feed_entry entries[4];
static size_t n_entries;
static size_t compared, agreed, unmapped;

static void
need(bool fits)
{
	if (!fits)
		abort();
}

/* ---- expressions --------------------------------------------------------- */

/* A field ("entries.0.title"), a text, or a date. */
struct value {
	enum { VALUE_NONE, VALUE_FIELD, VALUE_TEXT, VALUE_DATE } kind;
	struct rp_slice text;
	int64_t date;
};

static void
skip_blanks(struct rp_slice *s)
{
	while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == '(' || s->p[0] == ')'))
		*s = rp_slice_skip(*s, 1);
}

static bool
take(struct rp_slice *s, const char *word)
{
	skip_blanks(s);
	if (!rp_slice_starts(*s, rp_slice_str(word)))
		return false;
	*s = rp_slice_skip(*s, strlen(word));
	return true;
}

static int32_t
hex(struct rp_slice *s, size_t n)
{
	char digits[9] = { 0 };

	memcpy(digits, s->p, n < s->n ? n : s->n);
	*s = rp_slice_skip(*s, n);
	return (int32_t)strtol(digits, NULL, 16);
}

static void
add_escape(struct rp_slice *s, struct rp_buf *out)
{
	const char c = s->n > 0 ? s->p[0] : '\\';

	*s = rp_slice_skip(*s, 1);
	if (c == 'n' || c == 't' || c == 'r')
		buf_add_byte(out, c == 'n' ? '\n' : c == 't' ? '\t' : '\r');
	else if (c == 'x' || c == 'u' || c == 'U')
		utf8_add(out, hex(s, c == 'x' ? 2 : c == 'u' ? 4 : 8));
	else
		buf_add_byte(out, c);
}

/* 'text', "text", u'text', and such joined by "+". */
static bool
take_text(struct rp_slice *s, struct value *out)
{
	CLEANUP(buf_done) struct rp_buf text;
	char quote;

	buf_init(&text, FILE_MAX_BYTES);
	do {
		if (take(s, "u'") || take(s, "'"))
			quote = '\'';
		else if (take(s, "u\"") || take(s, "\""))
			quote = '"';
		else
			return false;
		while (s->n > 0 && s->p[0] != quote) {
			const char c = s->p[0];

			*s = rp_slice_skip(*s, 1);
			if (c == '\\')
				add_escape(s, &text);
			else
				buf_add_byte(&text, c);
		}
		*s = rp_slice_skip(*s, 1);
	} while (take(s, "+"));
	out->kind = VALUE_TEXT;
	need(arena_copy(arena, buf_slice(&text), &out->text));
	return true;
}

/* (2004, 1, 1, 19, 48, 21, 3, 1, 0): the fields of a time in UTC. */
static bool
take_date(struct rp_slice *s, struct value *out)
{
	int n = 0, field[9] = { 0 };
	struct rp_slice rest = *s;

	while (rest.n > 0 && rest.p[0] == ' ')
		rest = rp_slice_skip(rest, 1);
	if (!rp_slice_starts(rest, RP_SLICE("(")))
		return false;
	rest = rp_slice_skip(rest, 1);
	while (n < 9) {
		char digits[16] = { 0 };
		size_t length = 0;

		skip_blanks(&rest);
		while (length < rest.n && rest.p[length] >= '0' && rest.p[length] <= '9')
			length++;
		if (length == 0 || length > 8)
			return false;
		memcpy(digits, rest.p, length);
		field[n++] = atoi(digits);
		rest = rp_slice_skip(rest, length);
		(void)take(&rest, ",");
	}
	out->kind = VALUE_DATE;
	*s = rest;
	return rp_time_from_civil(&(struct rp_civil){ .year = field[0],
	                                              .month = field[1],
	                                              .day = field[2],
	                                              .hour = field[3],
	                                              .minute = field[4],
	                                              .second = field[5] },
	                          &out->date);
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
	       (c >= '0' && c <= '9');
}

/* feed['title'], entries[0].link: the words in it, joined by ".". */
static bool
take_field(struct rp_slice *s, struct value *out)
{
	CLEANUP(buf_done) struct rp_buf path;
	bool word = false;

	skip_blanks(s);
	buf_init(&path, PATH_MAX_BYTES);
	while (s->n > 0 && (is_word(s->p[0]) || strchr("[]'\".", s->p[0]) != NULL)) {
		if (is_word(s->p[0])) {
			if (!word && path.n > 0)
				buf_add_byte(&path, '.');
			buf_add_byte(&path, s->p[0]);
		}
		word = is_word(s->p[0]);
		*s = rp_slice_skip(*s, 1);
	}
	out->kind = VALUE_FIELD;
	need(arena_copy(arena, buf_slice(&path), &out->text));
	return path.n > 0;
}

static bool
take_value(struct rp_slice *s, struct value *out)
{
	*out = (struct value){ .kind = VALUE_NONE };
	return take_date(s, out) || take_text(s, out) || take_field(s, out);
}

/* ---- what we read -------------------------------------------------------- */

static const struct feed_entry nothing;

static struct rp_slice
author_of(const struct feed_person *person)
{
	struct rp_slice out;

	if (person->email.n == 0)
		return person->name;
	if (person->name.n == 0)
		return person->email;
	need(arena_printf(arena, &out, "%.*s (%.*s)", RP_FMT(person->name),
	                  RP_FMT(person->email)));
	return out;
}

static bool
is(struct rp_slice path, const char *name)
{
	return rp_slice_eq(path, rp_slice_str(name));
}

static bool
person_field(const struct feed_person *person, struct rp_slice path,
             struct feed_text *out)
{
	if (is(path, "author"))
		out->value = author_of(person);
	else if (is(path, "author_detail.name"))
		out->value = person->name;
	else if (is(path, "author_detail.email"))
		out->value = person->email;
	else if (is(path, "author_detail.url") || is(path, "author_detail.href"))
		out->value = person->uri;
	else
		return false;
	return true;
}

static bool
entry_field(const struct feed_entry *e, struct rp_slice path, struct feed_text *out)
{
	if (is(path, "title") || is(path, "title_detail.value"))
		*out = e->title;
	else if (is(path, "link"))
		out->value = e->link;
	else if (is(path, "id") || is(path, "guid"))
		out->value = e->id;
	else if (is(path, "content.0.value"))
		*out = e->content.value.n ? e->content : e->summary;
	else if (is(path, "summary") || is(path, "description") ||
	         is(path, "summary_detail.value"))
		*out = e->summary.value.n ? e->summary : e->content;
	else if (is(path, "updated") || is(path, "modified") ||
	         is(path, "updated_parsed") || is(path, "modified_parsed"))
		out->value = e->updated.n ? e->updated : e->published;
	else if (is(path, "published") || is(path, "published_parsed") ||
	         is(path, "issued_parsed"))
		out->value = e->published;
	else if (is(path, "created") || is(path, "created_parsed"))
		out->value = e->created;
	else if (is(path, "language"))
		out->value = e->lang;
	else
		return person_field(&e->author, path, out);
	return true;
}

static bool
feed_field(const struct feed *f, struct rp_slice path, struct feed_text *out)
{
	if (is(path, "title") || is(path, "title_detail.value"))
		*out = f->title;
	else if (is(path, "link"))
		out->value = f->link;
	else if (is(path, "id") || is(path, "guid"))
		out->value = f->id;
	else if (is(path, "subtitle") || is(path, "tagline") || is(path, "description") ||
	         is(path, "subtitle_detail.value") || is(path, "tagline_detail.value"))
		*out = f->subtitle;
	else if (is(path, "updated") || is(path, "modified") ||
	         is(path, "updated_parsed") || is(path, "modified_parsed"))
		out->value = f->updated.n ? f->updated : f->published;
	else if (is(path, "published") || is(path, "published_parsed"))
		out->value = f->published;
	else if (is(path, "language"))
		out->value = f->lang;
	else
		return person_field(&f->author, path, out);
	return true;
}

/* false: there is no such field of ours. */
static bool
field_of(const struct feed *feed, struct rp_slice path, struct feed_text *out)
{
	const struct rp_slice first = rp_slice_cut(&path, '.');
	struct rp_slice number;
	uint64_t n;

	*out = (struct feed_text){ .html = false };
	if (is(first, "feed"))
		return feed_field(feed, path, out);
	number = rp_slice_cut(&path, '.');
	if (!is(first, "entries") || !rp_slice_u64(number, &n))
		return false;
	return entry_field(n < n_entries ? &entries[n] : &nothing, path, out);
}

/* ---- comparing ----------------------------------------------------------- */

/* Blanks collapsed. */
static struct rp_slice
squeezed(struct rp_slice text)
{
	char *copy = arena_alloc(arena, text.n + 1);
	size_t n = 0;

	need(copy != NULL);
	text = rp_slice_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		const bool blank = (unsigned char)text.p[i] <= ' ';

		if (!blank || (n > 0 && copy[n - 1] != ' '))
			copy[n++] = blank ? ' ' : text.p[i];
	}
	return rp_slice_from(copy, n);
}

static struct rp_slice
as_read(struct rp_slice text, bool html)
{
	struct html_text read = { .text = text };

	if (html)
		need(html_fragment_text(arena, text, &read, NULL) == RP_OK);
	return squeezed(read.text);
}

static bool
same_text(const struct feed_text *got, struct rp_slice want, bool part)
{
	const struct rp_slice ours = as_read(got->value, got->html);
	const struct rp_slice theirs = as_read(want, true), plain = as_read(want, false);

	if (part)
		return theirs.n == 0 || rp_slice_find(ours, theirs) < ours.n;
	return rp_slice_eq(got->value, want) || rp_slice_eq(ours, theirs) ||
	       rp_slice_eq(ours, plain) || rp_slice_eq(as_read(got->value, true), theirs);
}

static bool
same_date(struct rp_slice written, int64_t want)
{
	const struct date_context context = { .basis = RP_BASIS_PLATFORM };
	struct rp_time time;

	if (!date_read(written, &context, &time, NULL))
		return false;
	/* Without a zone, and of a month, they take the first instant in UTC. */
	return time.lo <= want && want <= time.hi + RP_SECOND - 1;
}

enum verdict { VERDICT_UNMAPPED, VERDICT_SAME, VERDICT_OTHER };

static enum verdict
compare(const struct feed *feed, const struct value *field, const struct value *want,
        bool part, struct rp_slice *got_out)
{
	struct feed_text got;

	if (field->kind != VALUE_FIELD || !field_of(feed, field->text, &got))
		return VERDICT_UNMAPPED;
	*got_out = got.value;
	if (want->kind == VALUE_DATE)
		return same_date(got.value, want->date) ? VERDICT_SAME : VERDICT_OTHER;
	if (want->kind != VALUE_TEXT)
		return VERDICT_UNMAPPED;
	return same_text(&got, want->text, part) ? VERDICT_SAME : VERDICT_OTHER;
}

/* One comparison, or several in a row (a == b == 'text'); steps behind it. */
static enum verdict
judge_one(const struct feed *feed, struct rp_slice *s, struct rp_slice *got_out)
{
	struct value values[8];
	size_t n = 0;
	bool part = false;
	enum verdict verdict = VERDICT_UNMAPPED;

	do {
		if (n == 8 || !take_value(s, &values[n++]))
			return VERDICT_UNMAPPED;
	} while (take(s, "==") || (take(s, "in ") && (part = true)));
	if (n < 2)
		return VERDICT_UNMAPPED;
	if (part)
		return compare(feed, &values[1], &values[0], true, got_out);
	for (size_t i = 0; i + 1 < n && verdict != VERDICT_OTHER; i++) {
		verdict = compare(feed, &values[i], &values[n - 1], false, got_out);
		if (verdict == VERDICT_UNMAPPED)
			break;
	}
	return verdict;
}

static enum verdict
judge(const struct feed *feed, struct rp_slice expression, struct rp_slice *got_out)
{
	enum verdict sum = VERDICT_UNMAPPED;

	do {
		enum verdict one;

		if (take(&expression, "not bozo") || take(&expression, "bozo"))
			continue;
		one = judge_one(feed, &expression, got_out);
		if (one == VERDICT_UNMAPPED)
			return VERDICT_UNMAPPED;
		sum = one > sum ? one : sum;
		if (one == VERDICT_OTHER)
			return one;
	} while (take(&expression, "and "));
	return sum;
}

/* ---- documents ----------------------------------------------------------- */

/* A line of the comment at the head of a document, whatever its encoding: zeros that
 * UTF-16 and UTF-32 put between are left out. */
static struct rp_slice
head_line(struct rp_slice bytes, const char *name)
{
	char *narrow = arena_alloc(arena, bytes.n + 1);
	struct rp_slice text = { narrow, 0 };

	need(narrow != NULL);
	for (size_t i = 0; i < bytes.n; i++)
		if (bytes.p[i] != '\0')
			narrow[text.n++] = bytes.p[i];
	text = rp_slice_skip(text, rp_slice_find(text, rp_slice_str(name)));
	text = rp_slice_skip(text, strlen(name));
	return rp_slice_trim(rp_slice_cut(&text, '\n'));
}

static struct rp_slice
charset_told(struct rp_slice bytes)
{
	struct rp_slice header = head_line(bytes, "Header:");
	const size_t at = rp_slice_find(header, RP_SLICE("charset="));

	if (at == header.n)
		return RP_SLICE("");
	header = rp_slice_skip(header, at + 8);
	while (header.n > 0 && strchr("'\"", header.p[0]) != NULL)
		header = rp_slice_skip(header, 1);
	for (size_t n = 0; n < header.n; n++)
		if (strchr("'\"; ", header.p[n]) != NULL)
			header.n = n;
	return header;
}

static void
read_all(struct rp_slice bytes, struct feed_reader **reader, struct feed *feed,
         struct rp_error *err)
{
	struct feed_entry more;

	*feed = (struct feed){ .format = FEED_RSS };
	n_entries = 0;
	if (feed_reader_open(bytes, charset_told(bytes),
	                     RP_SLICE("http://127.0.0.1:8097/"), reader, err) != RP_OK)
		return;
	while (feed_reader_next(*reader, arena, &more, err) == RP_OK)
		if (n_entries < sizeof(entries) / sizeof(*entries))
			entries[n_entries++] = more;
	*feed = *feed_reader_feed(*reader);
	for (size_t i = 0; i < n_entries; i++)
		need(feed_inherit(arena, feed, &entries[i]));
}

static void
check(const char *path, struct rp_slice bytes)
{
	const struct rp_slice expression = head_line(bytes, "Expect:");
	struct rp_slice got = RP_SLICE("");
	struct rp_error err = { .text = "" };
	CLEANUP(feed_reader_close) struct feed_reader *reader = NULL;
	struct feed feed;
	enum verdict verdict;

	read_all(bytes, &reader, &feed, &err);
	verdict = judge(&feed, expression, &got);
	if (verdict == VERDICT_UNMAPPED) {
		unmapped++;
		return;
	}
	compared++;
	if (verdict == VERDICT_SAME)
		agreed++;
	else
		printf("%s: expected %.*s, got \"%.*s\"%s%s%s%s\n", path,
		       RP_FMT(expression), RP_FMT(got), err.text[0] ? "; refused: " : "",
		       err.text, feed.broken ? "; broken: " : "",
		       feed.broken ? feed.broken : "");
}

static void
check_file(const char *path)
{
	CLEANUP(buf_done) struct rp_buf bytes;

	buf_init(&bytes, FILE_MAX_BYTES + 1);
	need(file_read(path, &bytes, NULL) == RP_OK);
	arena_reset(arena);
	check(path, buf_slice(&bytes));
}

/* What is about markup that we do not keep, or formats that are no feeds of posts. */
static bool
is_left_out(const char *name)
{
	static const char *const names[] = { "sanitize", "base", "itunes", "media-rss",
		                             "geo",      "psc",  "cdf",    "amp",
		                             ".",        ".." };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool
check_all(const char *folder, int depth)
{
	struct dirent **names;
	const int n = scandir(folder, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char path[PATH_MAX_BYTES];
		struct stat info;

		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		if (!is_left_out(names[i]->d_name) && stat(path, &info) == 0) {
			if (S_ISDIR(info.st_mode) && depth < 4)
				(void)check_all(path, depth + 1);
			else if (rp_slice_ends(rp_slice_str(path), RP_SLICE(".xml")))
				check_file(path);
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return n >= 0;
}

int
main(int argc, char **argv)
{
	char folder[PATH_MAX_BYTES];

	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	(void)snprintf(folder, sizeof(folder), "%s/feeds", argv[1]);
	arena = arena_new(64 << 20);
	need(arena != NULL);
	if (!check_all(folder, 0))
		return SKIPPED;
	printf("%zu compared, %zu agree, %zu say nothing of our fields\n", compared,
	       agreed, unmapped);
	arena_free(arena);
	return compared < COMPARED_AT_LEAST || agreed * 100 < compared * AGREE_PERCENT;
}
