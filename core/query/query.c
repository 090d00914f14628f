/*
 * The search language.  A text is cut into terms; each adds one condition to the filter.
 *
 *	term      = ["-"] (phrase | operator ":" value | word ["*"])
 *	phrase    = '"' anything but '"' '"'
 *	value     = phrase | anything but blanks
 */
#include "core/query/query.h"

#include "core/base/buf.h"
#include "core/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	QUERY_MAX_BYTES = 64 << 10,
	QUERY_MAX_TERMS = 200,
	SHOWN_BYTES = 60,
};

struct parser {
	struct rp_slice text;
	size_t at; /* byte */
	const struct query_context *context;
	struct arena *arena;
	struct filter *out;
	struct filter_term *terms;
	struct filter_authors *authors;
	unsigned on, not_on;             /* platforms */
	size_t n_skipped, first_skipped; /* tokens without a word, such as "&" */
	struct rp_error *err;
};

/* What the lexer found at one place. */
struct token {
	size_t start; /* byte */
	bool negated;
	bool quoted;          /* a phrase, or an operator's value in quotes */
	struct rp_slice name; /* of the operator; empty: a word or phrase */
	struct rp_slice value;
};

static enum rp_status fail_at(struct parser *p, size_t byte, const char *format, ...)
	RP_PRINTF(3, 4);

static enum rp_status
fail_at(struct parser *p, size_t byte, const char *format, ...)
{
	char words[320];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	return rp_fail(p->err, RP_BAD_USAGE, "query, column %zu: %s",
	               utf8_length(rp_slice_from(p->text.p, byte)) + 1, words);
}

/* ---- lexer --------------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char
peek(const struct parser *p)
{
	return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

static enum rp_status
read_quoted(struct parser *p, struct rp_slice *out)
{
	const size_t start = p->at;
	struct rp_slice rest = rp_slice_skip(p->text, start + 1);
	size_t n = rp_slice_find_byte(rest, '"');

	if (n == rest.n)
		return fail_at(p, start, "the quotation that begins here does not end");
	*out = rp_slice_from(rest.p, n);
	p->at = start + 1 + n + 1;
	return RP_OK;
}

/* Up to a blank or the beginning of a quotation. */
static struct rp_slice
read_bare(struct parser *p)
{
	const size_t start = p->at;

	while (p->at < p->text.n && !is_blank(p->text.p[p->at]) &&
	       p->text.p[p->at] != '"')
		p->at++;
	return rp_slice_from(p->text.p + start, p->at - start);
}

/* How long the operator's name in front of a colon is; 0: "10:30", "http://…", "so:" */
static size_t
operator_length(const struct parser *p)
{
	struct rp_slice rest = rp_slice_skip(p->text, p->at);
	size_t n = 0;

	while (n < rest.n && is_letter(rest.p[n]))
		n++;
	if (n == 0 || n == rest.n || rest.p[n] != ':')
		return 0;
	return rp_slice_starts(rp_slice_skip(rest, n), RP_SLICE("://")) ? 0 : n;
}

/* RP_END: no more. */
static enum rp_status
next_token(struct parser *p, struct token *token)
{
	size_t n;

	while (p->at < p->text.n && is_blank(p->text.p[p->at]))
		p->at++;
	if (p->at == p->text.n)
		return RP_END;
	*token = (struct token){ .start = p->at };
	if (peek(p) == '-') {
		token->negated = true;
		p->at++;
	}
	n = operator_length(p);
	if (n > 0) {
		token->name = rp_slice_from(p->text.p + p->at, n);
		p->at += n + 1;
	}
	token->quoted = peek(p) == '"';
	if (token->quoted)
		return read_quoted(p, &token->value);
	token->value = read_bare(p);
	return RP_OK;
}

/* ---- words --------------------------------------------------------------- */

/* Something a word can be made of: letters, digits, whatever is not ASCII. */
static bool
has_word(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((is_letter(text.p[i]) && text.p[i] != '_') ||
		    (text.p[i] >= '0' && text.p[i] <= '9') ||
		    (unsigned char)text.p[i] >= 0x80)
			return true;
	return false;
}

static bool
is_parenthesis(struct rp_slice word)
{
	return rp_slice_starts(word, RP_SLICE("(")) ||
	       (rp_slice_ends(word, RP_SLICE(")")) &&
	        rp_slice_find_byte(word, '(') == word.n);
}

/* What X has and this does not: better refused than taken for words. */
static enum rp_status
refuse_later(struct parser *p, const struct token *token)
{
	struct rp_slice word = token->value;

	if (token->quoted)
		return RP_OK;
	if (rp_slice_eq(word, RP_SLICE("OR")))
		return fail_at(p, token->start,
		               "OR comes in a later release; for the word, write \"or\"");
	if (rp_slice_eq(word, RP_SLICE("AND")))
		return fail_at(p, token->start,
		               "AND is not needed: all terms must hold; for the word, "
		               "write \"and\"");
	if (is_parenthesis(word))
		return fail_at(p, token->start, "parentheses come in a later release");
	return RP_OK;
}

static enum rp_status
add_word(struct parser *p, const struct token *token)
{
	struct filter_term term = { .text = token->value, .negated = token->negated };
	enum rp_status st = refuse_later(p, token);

	if (st != RP_OK)
		return st;
	while (!token->quoted && rp_slice_ends(term.text, RP_SLICE("*"))) {
		term.text.n--;
		term.prefix = true;
	}
	if (!has_word(term.text)) {
		if (p->n_skipped++ == 0)
			p->first_skipped = token->start;
		return RP_OK;
	}
	if (p->out->n_terms == QUERY_MAX_TERMS)
		return fail_at(p, token->start, "more than %d words", QUERY_MAX_TERMS);
	p->terms[p->out->n_terms++] = term;
	return RP_OK;
}

/* ---- operators ----------------------------------------------------------- */

static bool
same_name(struct parser *p, struct rp_slice folded, struct rp_slice name)
{
	struct rp_slice other;

	return name.n > 0 && utf8_fold(p->arena, name, &other) &&
	       rp_slice_eq(folded, other);
}

static bool
also_called(struct parser *p, const struct person *person, struct rp_slice folded)
{
	if (same_name(p, folded, person->short_name))
		return true;
	for (size_t i = 0; i < person->n_aliases; i++)
		if (same_name(p, folded, person->aliases[i]))
			return true;
	return false;
}

/* NULL: nobody.  A full name beats what others are called by; *several: more than one. */
static const struct person *
find_person(struct parser *p, struct rp_slice name, bool *several)
{
	const struct people *people = p->context->people;
	const struct person *found = NULL;
	struct rp_slice folded;

	*several = false;
	if (people == NULL || !utf8_fold(p->arena, name, &folded) || folded.n == 0)
		return NULL;
	for (size_t i = 0; i < people->n; i++)
		if (same_name(p, folded, people->list[i].name))
			return &people->list[i];
	for (size_t i = 0; i < people->n; i++)
		if (also_called(p, &people->list[i], folded)) {
			*several = found != NULL;
			if (found != NULL)
				return NULL;
			found = &people->list[i];
		}
	return found;
}

/* All accounts, and what the person says aloud under the full name. */
static bool
person_keys(struct parser *p, const struct person *person, struct filter_authors *authors)
{
	struct rp_slice *keys =
		arena_array(p->arena, person->n_accounts + 1, sizeof(*keys));
	struct rp_slice speaker;

	if (keys == NULL ||
	    !key_make_account(p->arena, PLATFORM_SPOKEN, person->name, &speaker))
		return false;
	for (size_t i = 0; i < person->n_accounts; i++)
		if (!rp_slice_eq(person->accounts[i], speaker))
			keys[authors->n++] = person->accounts[i];
	keys[authors->n++] = speaker;
	authors->keys = keys;
	return true;
}

/* An account by its key, else whoever has or had that handle, else who speaks by that
 * name, or the outlet whose pages are on that host. */
static bool
account_keys(struct parser *p, struct rp_slice name, struct filter_authors *authors)
{
	const bool handle_only = rp_slice_starts(name, RP_SLICE("@"));
	const bool host = rp_slice_find_byte(name, '.') < name.n;
	struct rp_slice *keys = arena_array(p->arena, 3, sizeof(*keys));

	if (keys == NULL)
		return false;
	authors->keys = keys;
	if (key_valid(name) && key_is_account(name)) {
		keys[authors->n++] = name;
		return true;
	}
	if (rp_slice_find_byte(name, ' ') == name.n &&
	    !key_make_handle(p->arena, PLATFORM_X, name, &keys[authors->n++]))
		return false;
	if (host && !handle_only &&
	    !key_make_account(p->arena, PLATFORM_PRESS, name, &keys[authors->n++]))
		return false;
	return handle_only ||
	       key_make_account(p->arena, PLATFORM_SPOKEN, name, &keys[authors->n++]);
}

static enum rp_status
add_from(struct parser *p, const struct token *token)
{
	struct rp_slice name = rp_slice_trim(token->value);
	struct filter_authors authors = { .negated = token->negated };
	const struct person *person;
	bool several;

	if (name.n == 0 || rp_slice_eq(name, RP_SLICE("@")))
		return fail_at(p, token->start,
		               "from: needs a name or a handle behind it");
	if (p->out->n_authors == QUERY_MAX_TERMS)
		return fail_at(p, token->start, "more than %d authors", QUERY_MAX_TERMS);
	person = find_person(p, name, &several);
	if (several)
		return fail_at(p, token->start, "several people are called \"%.*s\"",
		               name.n > SHOWN_BYTES ? SHOWN_BYTES : (int)name.n, name.p);
	if (person ? !person_keys(p, person, &authors) : !account_keys(p, name, &authors))
		return rp_fail_memory(p->err);
	p->authors[p->out->n_authors++] = authors;
	return RP_OK;
}

static enum rp_status
add_on(struct parser *p, const struct token *token)
{
	enum platform platform;
	struct rp_slice name;

	if (!utf8_fold(p->arena, token->value, &name))
		return rp_fail_memory(p->err);
	platform = platform_from_name(name);
	if (platform == PLATFORM_NONE)
		return fail_at(p, token->start,
		               "there is no platform \"%.*s\"; there are x, bsky, masto, "
		               "feed, spoken, press, said",
		               token->value.n > SHOWN_BYTES ? SHOWN_BYTES
		                                            : (int)token->value.n,
		               token->value.n ? token->value.p : "");
	if (token->negated)
		p->not_on |= 1U << platform;
	else
		p->on |= 1U << platform;
	return RP_OK;
}

static enum rp_status
read_date(struct parser *p, const struct token *token, int64_t *us)
{
	struct rp_error err = { .status = RP_OK };

	if (token->negated)
		return fail_at(p, token->start, "a date cannot be negated");
	if (query_date(token->value, p->context, us, &err) != RP_OK)
		return fail_at(p, token->start, "%s", err.text);
	return RP_OK;
}

static enum rp_status
add_since(struct parser *p, const struct token *token)
{
	int64_t us;
	enum rp_status st = read_date(p, token, &us);

	if (st == RP_OK && us > p->out->since)
		p->out->since = us; /* RP_TIME_UNKNOWN is before all */
	return st;
}

static enum rp_status
add_until(struct parser *p, const struct token *token)
{
	int64_t us;
	enum rp_status st = read_date(p, token, &us);

	if (st == RP_OK && (p->out->until == RP_TIME_UNKNOWN || us < p->out->until))
		p->out->until = us;
	return st;
}

static const struct {
	struct rp_slice name;
	enum rp_status (*add)(struct parser *p, const struct token *token);
} operators[] = {
	{ RP_LIT("from"), add_from },
	{ RP_LIT("on"), add_on },
	{ RP_LIT("since"), add_since },
	{ RP_LIT("until"), add_until },
};

static enum rp_status
add_operator(struct parser *p, const struct token *token)
{
	int n = token->name.n > SHOWN_BYTES ? SHOWN_BYTES : (int)token->name.n;

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (rp_slice_eq_nocase(token->name, operators[i].name))
			return operators[i].add(p, token);
	return fail_at(p, token->start,
	               "there is no operator \"%.*s:\"; there are from:, on:, since:, "
	               "until: (for the words, put them in quotes)",
	               n, token->name.p);
}

/* "so: what" has a colon as writing has it. */
static bool
is_plain_colon(const struct token *token)
{
	if (token->name.n == 0 || token->quoted || token->value.n > 0)
		return false;
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (rp_slice_eq_nocase(token->name, operators[i].name))
			return false;
	return true;
}

/* ---- the whole ----------------------------------------------------------- */

static enum rp_status
add_token(struct parser *p, struct token *token)
{
	if (is_plain_colon(token)) {
		token->value = token->name;
		token->name.n = 0;
	}
	return token->name.n > 0 ? add_operator(p, token) : add_word(p, token);
}

static enum rp_status
finish(struct parser *p)
{
	const unsigned all = (2U << PLATFORM_SAID) - (1U << PLATFORM_X);
	struct filter *out = p->out;

	out->terms = p->terms;
	out->authors = p->authors;
	/* "money & power" is two words; "&" alone must not mean every post. */
	if (p->n_skipped > 0 && out->n_terms == 0)
		return fail_at(p, p->first_skipped, "there is no word here to look for");
	if (p->on != 0 || p->not_on != 0)
		out->platforms = (p->on ? p->on : all) & ~p->not_on;
	if ((p->on | p->not_on) != 0 && out->platforms == 0)
		return rp_fail(p->err, RP_BAD_USAGE,
		               "query: on: leaves no platform to look on");
	if (out->since != RP_TIME_UNKNOWN && out->until != RP_TIME_UNKNOWN &&
	    out->since >= out->until)
		return rp_fail(p->err, RP_BAD_USAGE,
		               "query: since: is not before until:");
	return RP_OK;
}

enum rp_status
query_parse(struct rp_slice text, const struct query_context *context,
            struct arena *arena, struct filter *out, struct rp_error *err)
{
	struct filter filter = FILTER_ALL;
	struct parser p = { .text = text,
		            .context = context,
		            .arena = arena,
		            .out = &filter,
		            .err = err };
	struct token token;
	enum rp_status st;

	if (text.n > QUERY_MAX_BYTES)
		return rp_fail(err, RP_BAD_USAGE, "a query of %zu bytes; the limit is %d",
		               text.n, QUERY_MAX_BYTES);
	if (!utf8_valid(text) || rp_slice_find_byte(text, '\0') != text.n)
		return rp_fail(err, RP_BAD_USAGE, "the query is not valid UTF-8 text");
	p.terms = arena_array(arena, QUERY_MAX_TERMS, sizeof(*p.terms));
	p.authors = arena_array(arena, QUERY_MAX_TERMS, sizeof(*p.authors));
	if (p.terms == NULL || p.authors == NULL)
		return rp_fail_memory(err);
	while ((st = next_token(&p, &token)) == RP_OK)
		if ((st = add_token(&p, &token)) != RP_OK)
			return st;
	if (st != RP_END || (st = finish(&p)) != RP_OK)
		return st;
	*out = filter;
	return RP_OK;
}
