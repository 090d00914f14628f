/*
 * The same posts under other ids.  The last six digits of every number of 17 digits and
 * more change, wherever it stands, as a string too: to the same in each place of a round,
 * and to another in each.  They are less than a millisecond of a snowflake, so an id goes
 * on telling when its post was made.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_RENUMBER_H
#define RIPOSTE_TESTS_SUPPORT_RENUMBER_H

#include <stddef.h>

static inline void
renumber_one(char *last, unsigned round)
{
	enum { DIGITS = 6 };
	unsigned add = round * 10007 % 1000000;

	for (int i = 0; i < DIGITS; i++, add /= 10, last--) {
		add += (unsigned)(*last - '0');
		*last = (char)('0' + add % 10);
	}
}

/* Round 0 leaves them as they are; rounds up to 999,999 differ. */
static inline void
renumber(char *p, size_t n, unsigned round)
{
	enum { ID_DIGITS = 17 };
	size_t digits = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && p[i] >= '0' && p[i] <= '9') {
			digits++;
			continue;
		}
		if (digits >= ID_DIGITS)
			renumber_one(p + i - 1, round);
		digits = 0;
	}
}

#endif
