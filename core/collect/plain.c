#include "core/collect/plain.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/cleanup.h"

enum {
	MAIL_LINES = 40,      /* a mail has its fields near the front */
	CODE_SHARE = 16,      /* a program: one line of so many is code */
	NAME_MAX_BYTES = 32,  /* of a field */
	VALUE_MAX_BYTES = 80, /* longer ones are prose */
	LOOK_MAX_BYTES = 1 << 17,
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static bool
starts_any(struct rp_slice s, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_starts(s, list[i]))
			return true;
	return false;
}

static bool
ends_any(struct rp_slice s, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_ends(s, list[i]))
			return true;
	return false;
}

static bool
has_any(struct rp_slice s, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_find(s, list[i]) < s.n)
			return true;
	return false;
}

/* ---- licences ------------------------------------------------------------ */

/* Small letters, without what comments and margins are made of. */
static void
add_plainly(struct rp_buf *out, struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];
		const bool blank = ascii_is_blank(c) || c == '*' || c == '#' ||
		                   c == ';' || c == '"' || c == '|';

		if (!blank)
			buf_add_byte(out, ascii_lower(c));
		else if (out->n > 0 && out->p[out->n - 1] != ' ')
			buf_add_byte(out, ' ');
	}
}

static bool
is_licence(struct rp_slice text)
{
	static const struct rp_slice phrases[] = {
		RP_LIT("copyright (c)"),
		RP_LIT("copyright: "),
		RP_LIT("copyright holder"),
		RP_LIT("spdx-license"),
		RP_LIT("permission is hereby granted"),
		RP_LIT("permission to use, copy"),
		RP_LIT("redistribution and use in source"),
		RP_LIT("redistribute it and/or modify"),
		RP_LIT("general public license"),
		RP_LIT("public licence"),
		RP_LIT("apache license"),
		RP_LIT("mozilla public license"),
		RP_LIT("without warranty"),
		RP_LIT("warranty of any kind"),
		RP_LIT("warranties of any kind"),
		RP_LIT("released under the"),
		RP_LIT("licensed under"),
		RP_LIT("license: "),
		RP_LIT("license agreement"),
	};
	CLEANUP(buf_done) struct rp_buf plain;

	buf_init(&plain, LOOK_MAX_BYTES);
	add_plainly(&plain, text);
	return has_any(buf_slice(&plain), phrases, COUNT(phrases));
}

/* ---- lines --------------------------------------------------------------- */

/* "--output"; a dash of two has a blank behind. */
static bool
has_option(struct rp_slice line)
{
	const struct rp_slice dashes = RP_SLICE(" --");
	const size_t behind = rp_slice_find(line, dashes) + dashes.n;

	return behind < line.n && ascii_is_letter(line.p[behind]);
}

static bool
is_code(struct rp_slice line)
{
	static const struct rp_slice fronts[] = {
		RP_LIT("#include"), RP_LIT("#define"), RP_LIT("#if"),
		RP_LIT("#!"),       RP_LIT("#endif"),  RP_LIT("import "),
		RP_LIT("def "),     RP_LIT("class "),  RP_LIT("return "),
		RP_LIT("//"),       RP_LIT("/*"),      RP_LIT("*/"),
		RP_LIT("if ("),     RP_LIT("for ("),   RP_LIT("while ("),
		RP_LIT("else:"),    RP_LIT("try:"),    RP_LIT("except "),
		RP_LIT("@"),        RP_LIT("$ "),      RP_LIT("% "),
		RP_LIT(">>>"),      RP_LIT("```"),     RP_LIT(".. "),
		RP_LIT("\\"),       RP_LIT("./"),      RP_LIT("Traceback"),
		RP_LIT("@@ "),      RP_LIT("+++ "),    RP_LIT("--- a/"),
	};
	static const struct rp_slice backs[] = {
		RP_LIT("{"),  RP_LIT("}"),  RP_LIT("};"), RP_LIT(");"), RP_LIT("\\"),
		RP_LIT("*/"), RP_LIT("):"), RP_LIT("::"), RP_LIT("("),
	};
	static const struct rp_slice parts[] = {
		RP_LIT("()"),
		RP_LIT("->"),
		RP_LIT("=="),
		RP_LIT("!="),
		RP_LIT("&&"),
		RP_LIT("||"),
		RP_LIT("::"),
		RP_LIT(" = "),
		RP_LIT("</"),
		RP_LIT("/>"),
		RP_LIT("${"),
		RP_LIT("$("),
		RP_LIT("``"),
		RP_LIT("\":"),
		RP_LIT("/usr/"),
		RP_LIT("/etc/"),
		RP_LIT(" \xe2\x86\x92 $"),
		RP_LIT("(3)"),
	};

	return starts_any(line, fronts, COUNT(fronts)) ||
	       ends_any(line, backs, COUNT(backs)) ||
	       has_any(line, parts, COUNT(parts)) || has_option(line);
}

static bool
is_bullet(struct rp_slice line)
{
	static const struct rp_slice fronts[] = {
		RP_LIT("* "), RP_LIT("- "), RP_LIT("+ "), RP_LIT("o "),
		RP_LIT("#"),  RP_LIT("| "), RP_LIT("> "), RP_LIT(";"),
	};

	return starts_any(line, fronts, COUNT(fronts));
}

/* Three times the same sign at least, and no more. */
static bool
is_underline(struct rp_slice line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == line.p[0])
		n++;
	return n >= 3 && n == line.n && strchr("=-~*_^#+", line.p[0]) != NULL;
}

/* "Package: riposte", "max-depth = 4", "[section]": a short value, and no sentence. */
static bool
is_field(struct rp_slice line)
{
	size_t n = 0;
	struct rp_slice value;

	if (line.p[0] == '[' && line.p[line.n - 1] == ']')
		return true;
	while (n < line.n && (ascii_is_letter(line.p[n]) || ascii_is_digit(line.p[n]) ||
	                      line.p[n] == '-' || line.p[n] == '_' || line.p[n] == '.' ||
	                      line.p[n] == ' '))
		n++;
	if (n == 0 || n == line.n || n > NAME_MAX_BYTES ||
	    (line.p[n] != ':' && line.p[n] != '='))
		return false;
	value = rp_slice_trim(rp_slice_skip(line, n + 1));
	return value.n <= VALUE_MAX_BYTES && !rp_slice_starts(value, RP_SLICE("//")) &&
	       !plain_is_sentence(value);
}

static bool
is_mail(struct rp_slice line)
{
	static const struct rp_slice fields[] = {
		RP_LIT("From: "),
		RP_LIT("To: "),
		RP_LIT("Cc: "),
		RP_LIT("Subject: "),
		RP_LIT("Message-ID: "),
		RP_LIT("Message-Id: "),
		RP_LIT("Received: "),
		RP_LIT("Return-Path: "),
		RP_LIT("MIME-Version: "),
		RP_LIT("In-Reply-To: "),
		RP_LIT("Content-Type: "),
		RP_LIT("Reply-To: "),
		RP_LIT("Sent: "),
		RP_LIT("Newsgroups: "),
		RP_LIT("Delivered-To: "),
		RP_LIT("De : "),
		RP_LIT("Objet : "),
		RP_LIT("Von: "),
		RP_LIT("Betreff: "),
		RP_LIT("From "),
		RP_LIT("Envoy\xc3\xa9 : "),
	};

	return starts_any(line, fields, COUNT(fields));
}

static bool
is_binary(struct rp_slice line)
{
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ' && !ascii_is_blank(line.p[i]) &&
		    line.p[i] != 0x1b)
			return true;
	return false;
}

struct plain
plain_look(struct rp_slice text)
{
	struct plain plain = { .licence = is_licence(text) };

	while (text.n > 0) {
		const struct rp_slice whole = rp_slice_cut(&text, '\n');
		const struct rp_slice line = rp_slice_trim(whole);

		if (line.n == 0)
			continue;
		plain.lines++;
		plain.binary |= is_binary(line);
		plain.code += is_code(line);
		plain.fields += is_field(line);
		plain.bullets += is_bullet(line);
		plain.underlines += is_underline(line);
		plain.indented +=
			whole.n > 1 &&
			(whole.p[0] == '\t' || (whole.p[0] == ' ' && whole.p[1] == ' '));
		plain.mail += plain.lines <= MAIL_LINES && is_mail(line);
	}
	return plain;
}

bool
plain_is_technical(const struct plain *plain)
{
	return plain->binary || plain->licence || plain->mail >= 2 ||
	       plain->code * CODE_SHARE > plain->lines;
}

/* ---- sentences ----------------------------------------------------------- */

static bool
ends_sentence(struct rp_slice text)
{
	static const struct rp_slice ends[] = {
		RP_LIT("."),
		RP_LIT("!"),
		RP_LIT("?"),
		RP_LIT("\xe2\x80\xa6"),
		RP_LIT("\xe3\x80\x82"),
		RP_LIT("\xef\xbc\x9f"),
		RP_LIT("\xef\xbc\x81"),
		RP_LIT("\xe2\x80\x94"),
		RP_LIT("\xe2\x80\x93"),
		RP_LIT("--"),
		RP_LIT(")"),
		RP_LIT("]"),
	};
	static const struct rp_slice closers[] = {
		RP_LIT("\""),
		RP_LIT("'"),
		RP_LIT("\xe2\x80\x9d"),
		RP_LIT("\xe2\x80\x99"),
		RP_LIT("\xc2\xbb"),
		RP_LIT("*"),
		RP_LIT("_"),
		RP_LIT("\xe2\x80\x9c"),
		RP_LIT("\xe3\x80\x8d"),
	};

	for (size_t i = 0; i < COUNT(closers); i++)
		if (rp_slice_ends(text, closers[i]))
			return true;
	return ends_any(text, ends, COUNT(ends));
}

bool
plain_is_sentence(struct rp_slice text)
{
	size_t words = 1, signs = 0;

	text = rp_slice_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];

		words += c == ' ';
		signs += c != '\0' && strchr("{}[]<>=_|\\/@#%^~`+", c) != NULL;
	}
	if (text.n == 0 || signs * 25 > text.n || is_code(text))
		return false;
	return ends_sentence(text) || words >= 12;
}
