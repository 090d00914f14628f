/*
 * One step through bytes that ought to be UTF-8 and may be anything.
 *
 * Header only, because it is the inner loop of whoever reads strangers' text.  What is
 * not UTF-8 is cut as Unicode recommends (chapter 3, "maximal subpart"): a sequence that
 * breaks off counts as one damaged unit, any other bad byte by itself.  Surrogates
 * written as UTF-8 (CESU-8), overlong forms and code points past U+10FFFF are damage.
 */
#ifndef RIPOSTE_CORE_BASE_UTF8_STEP_H
#define RIPOSTE_CORE_BASE_UTF8_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands for one damaged unit when the text is shown. */
#define UTF8_REPLACEMENT "\xef\xbf\xbd"

struct utf8_step {
	uint32_t code_point; /* U+FFFD when not valid */
	uint32_t n;          /* bytes taken, 1 to 4 */
	bool valid;
};

static inline struct utf8_step
utf8_damage(uint32_t n)
{
	return (struct utf8_step){ 0xfffd, n, false };
}

/* The unit that begins at p; p < end. */
static inline struct utf8_step
utf8_step(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;
	uint32_t lead = u[0], need, code_point;
	unsigned char low = 0x80, high = 0xbf; /* what may follow the lead byte */

	if (lead < 0x80)
		return (struct utf8_step){ lead, 1, true };
	if (lead < 0xc2 || lead > 0xf4)
		return utf8_damage(1);
	need = 1u + (lead >= 0xe0) + (lead >= 0xf0);
	code_point = lead & (0x3fu >> need);
	if (lead == 0xe0)
		low = 0xa0;
	else if (lead == 0xed)
		high = 0x9f;
	else if (lead == 0xf0)
		low = 0x90;
	else if (lead == 0xf4)
		high = 0x8f;
	for (uint32_t i = 1; i <= need; i++) {
		if (end - p <= (ptrdiff_t)i || u[i] < low || u[i] > high)
			return utf8_damage(i);
		code_point = code_point << 6 | (u[i] & 0x3fu);
		low = 0x80;
		high = 0xbf;
	}
	return (struct utf8_step){ code_point, need + 1, true };
}

/* Write a code point; 1 to 4 bytes.  Surrogates and values past U+10FFFF are not for it.
 */
static inline size_t
utf8_put(uint32_t code_point, char out[4])
{
	if (code_point < 0x80) {
		out[0] = (char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		out[0] = (char)(0xc0 | code_point >> 6);
		out[1] = (char)(0x80 | (code_point & 0x3f));
		return 2;
	}
	if (code_point < 0x10000) {
		out[0] = (char)(0xe0 | code_point >> 12);
		out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code_point & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code_point >> 18);
	out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code_point & 0x3f));
	return 4;
}

#endif
