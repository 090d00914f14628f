/*
 * The end of a value in a stream: brackets counted, strings minded, nothing judged.
 */
#include "core/parse/json.h"

#include "core/parse/json-bytes.h"

enum state {
	BEFORE,  /* blanks, until the value begins */
	BETWEEN, /* inside brackets, outside of strings */
	STRING,
	ESCAPE, /* in a string, right behind a backslash */
	WORD,   /* a number, true, or garbage that is neither text nor bracket */
	ENDED,
};

void
json_splitter_init(struct json_splitter *split)
{
	*split = (struct json_splitter){ .state = BEFORE };
}

static bool
ends_word(char c)
{
	return json_is_blank(c) || c == ',' || c == ':' || c == '"' || c == '[' ||
	       c == ']' || c == '{' || c == '}';
}

/* The value's first byte is at p; it is taken unless a word begins with it. */
static const char *
begin_value(struct json_splitter *split, const char *p)
{
	switch (*p) {
	case '{':
	case '[':
		split->depth = 1;
		split->state = BETWEEN;
		return p + 1;
	case '"':
		split->state = STRING;
		return p + 1;
	default:
		split->state = WORD;
		return p;
	}
}

static const char *
skip_word(struct json_splitter *split, const char *p, const char *end)
{
	while (p < end && !ends_word(*p))
		p++;
	if (p < end)
		split->state = ENDED;
	return p;
}

/* To behind the quote that ends the string, or behind a backslash. */
static const char *
skip_string(struct json_splitter *split, const char *p, const char *end)
{
	for (;;) {
		p = json_plain_end(p, end);
		if (p == end)
			return p;
		if (*p == '"') {
			split->state = split->depth ? BETWEEN : ENDED;
			return p + 1;
		}
		if (*p == '\\') {
			split->state = ESCAPE;
			return p + 1;
		}
		while (p < end && (unsigned char)*p >= 0x80)
			p++;
		if (p < end && (unsigned char)*p < 0x20)
			p++; /* refused later, by json_parse() */
	}
}

/* To behind the next quote, or behind the bracket that ends it all. */
static const char *
skip_between(struct json_splitter *split, const char *p, const char *end)
{
	while (p < end)
		switch (*p++) {
		case '"':
			split->state = STRING;
			return p;
		case '{':
		case '[':
			split->depth++;
			break;
		case '}':
		case ']':
			if (--split->depth == 0) {
				split->state = ENDED;
				return p;
			}
			break;
		default:
			break;
		}
	return p;
}

static const char *
advance(struct json_splitter *split, const char *p, const char *end)
{
	switch ((enum state)split->state) {
	case BETWEEN:
		return skip_between(split, p, end);
	case STRING:
		return skip_string(split, p, end);
	case ESCAPE:
		split->state = STRING;
		return p + 1;
	case WORD:
		return skip_word(split, p, end);
	case BEFORE:
	case ENDED:
		break;
	}
	return p;
}

enum json_split
json_split(struct json_splitter *split, struct rp_slice chunk, size_t *used_out)
{
	const char *p = chunk.n ? chunk.p : "", *from = p, *end = p + chunk.n;
	bool stray = false;

	if (split->state == BEFORE) {
		p = json_blanks_end(p, end);
		split->begin = split->fed + (uint64_t)(p - from);
		if (p < end) {
			stray = *p == ',' || *p == ':' || *p == ']' || *p == '}';
			if (!stray)
				p = begin_value(split, p);
		}
	}
	while (!stray && p < end && split->state != ENDED)
		p = advance(split, p, end);
	*used_out = (size_t)(p - from);
	split->fed += *used_out;
	if (stray)
		return JSON_SPLIT_STRAY;
	return split->state == ENDED ? JSON_SPLIT_END : JSON_SPLIT_MORE;
}

enum json_split
json_split_finish(const struct json_splitter *split)
{
	switch ((enum state)split->state) {
	case BEFORE:
		return JSON_SPLIT_STRAY;
	case WORD:
	case ENDED:
		return JSON_SPLIT_END;
	case BETWEEN:
	case STRING:
	case ESCAPE:
		break;
	}
	return JSON_SPLIT_MORE;
}
