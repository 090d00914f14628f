/*
 * UTF-8: what is valid, how wide it is, what a terminal may see, and folded copies to
 * compare.
 */
#ifndef RIPOSTE_CORE_BASE_UTF8_H
#define RIPOSTE_CORE_BASE_UTF8_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/slice.h"

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/*
 * The code point at the front of a non-empty slice; *n_out is how many bytes it takes.
 * Bytes that are not UTF-8 (overlong forms and surrogates included) give -1, and *n_out
 * the length of the maximal subpart to replace, at least 1.
 */
int32_t utf8_next(struct rp_slice s, size_t *n_out);

bool utf8_valid(struct rp_slice s);

/* Append a code point; those that cannot be encoded become U+FFFD. */
void utf8_add(struct rp_buf *out, int32_t code_point);

/* Append s with what is not UTF-8 replaced by U+FFFD; false when something was. */
bool utf8_repair(struct rp_buf *out, struct rp_slice s);

/* How many code points; each invalid subpart counts one.  X's offsets use this unit. */
size_t utf8_length(struct rp_slice s);

/* The byte at which code point number `index` starts; s.n when s is shorter. */
size_t utf8_offset(struct rp_slice s, size_t index);

/*
 * Columns on a terminal: wide characters 2, combining marks 0, an emoji of several code
 * points (joined, with a skin tone, a flag of two letters) 2, a tab 8, the most it can
 * take.  Meant for text that went through utf8_show().
 */
size_t utf8_width(struct rp_slice s);

/*
 * Append s as a terminal may see it.
 *
 * No control characters but \n and \t; with one_line each run of those becomes one space.
 * "\r\n" counts as \n.  Everything else that acts or hides is shown as \u{1B}: other
 * controls, C1, escape sequences, bidirectional marks, overrides and isolates, tags,
 * zero-width characters.  Invalid bytes show as U+FFFD.
 *
 * Kept where people write them: U+200D, U+FE0F and skin tones in emoji (at most three
 * U+200D in one), the tags of the flags of England, Scotland and Wales, joiners and
 * non-joiners between letters of Arabic and Indian scripts.
 *
 * At most five combining marks on one base, further ones become one U+FFFD; marks with
 * nothing before them get U+25CC, so that they never change what was printed in front.
 *
 * out grows to at most 6 bytes for each byte of s.
 */
void utf8_show(struct rp_buf *out, struct rp_slice s, bool one_line);

/*
 * A copy for comparing: compatibility forms and accents removed (also Hebrew points and
 * Arabic vowel signs; what makes another letter in Indian scripts or Japanese stays),
 * case folded, what cannot be seen left out, blanks collapsed to one space, trimmed.
 * Invalid bytes become U+FFFD.  At most 11 times as long as s.  false when the arena is
 * full; *out is as it was.
 */
bool utf8_fold(struct arena *arena, struct rp_slice s, struct rp_slice *out) RP_MUST_USE;

/*
 * Letters, digits and other numbers of any script, and private use: what words are made
 * of when text is searched.  False for -1.
 */
bool utf8_is_word(int32_t code_point);

/* Letters, for reading names.  "ǅ" counts as upper; letters without case are OTHER. */
enum utf8_letter {
	UTF8_NO_LETTER,
	UTF8_UPPER,
	UTF8_LOWER,
	UTF8_OTHER_LETTER,
};
enum utf8_letter utf8_letter(int32_t code_point);

/* The lower-case letter of an upper-case one, everything else as it is. */
int32_t utf8_lower(int32_t code_point);

/*
 * How many bytes of s fit into `columns`, never inside a character: up to the last blank
 * (which is not part of it) or behind the last wide character, as Chinese and Japanese
 * need; a longer word is cut.  All of s when it fits.  At least one character, so that
 * loops end.  s is one line: a newline would be a blank like others.
 */
size_t utf8_wrap(struct rp_slice s, size_t columns);

#endif
