/*
 * Letters, digits and blanks of ASCII, whatever the locale.  No byte of any other
 * character is one of them; see utf8.h for those.
 */
#ifndef RIPOSTE_CORE_BASE_ASCII_H
#define RIPOSTE_CORE_BASE_ASCII_H

#include "core/base/slice.h"

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Space, \t, \n, \v, \f, \r. */
static inline bool
ascii_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* All of s into `to`, which has room for s.n bytes. */
static inline struct rp_slice
ascii_lower_into(char *to, struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		to[i] = ascii_lower(s.p[i]);
	return rp_slice_from(to, s.n);
}

/* How many digits stand at the front. */
static inline size_t
ascii_digits(struct rp_slice s)
{
	size_t n = 0;

	while (n < s.n && ascii_is_digit(s.p[n]))
		n++;
	return n;
}

/* Is the word one of n others, whatever the case? */
static inline bool
ascii_is_one_of(struct rp_slice word, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq_nocase(word, list[i]))
			return true;
	return false;
}
#define ASCII_IS_ONE_OF(word, list)                                                      \
	ascii_is_one_of((word), (list), sizeof(list) / sizeof(*(list)))

#endif
