#include "core/collect/feed.h"

static bool
is_email(struct rp_slice s)
{
	const size_t at = rp_slice_find_byte(s, '@');

	return at > 0 && at + 1 < s.n && rp_slice_find_byte(s, ' ') == s.n &&
	       rp_slice_find_byte(rp_slice_skip(s, at + 1), '@') == s.n - at - 1;
}

static struct rp_slice
without_mailto(struct rp_slice s)
{
	return rp_slice_starts(s, RP_SLICE("mailto:")) ? rp_slice_skip(s, 7) : s;
}

/* What stands before and in a pair of brackets at the end; false: there is none. */
static bool
bracketed(struct rp_slice text, char open, char close, struct rp_slice *before,
          struct rp_slice *in)
{
	const size_t at = rp_slice_find_byte(text, open);

	if (at == text.n || text.p[text.n - 1] != close)
		return false;
	*before = rp_slice_trim(rp_slice_from(text.p, at));
	*in = rp_slice_trim(rp_slice_from(text.p + at + 1, text.n - at - 2));
	return true;
}

struct feed_person
feed_person_read(struct rp_slice text)
{
	struct feed_person person = { .name = rp_slice_trim(text) };
	struct rp_slice before, in;

	text = person.name;
	if (bracketed(text, '(', ')', &before, &in) ||
	    bracketed(text, '<', '>', &before, &in)) {
		if (is_email(without_mailto(in)))
			person = (struct feed_person){ .name = before,
				                       .email = without_mailto(in) };
		else if (is_email(without_mailto(before)))
			person = (struct feed_person){ .name = in,
				                       .email = without_mailto(before) };
	} else if (is_email(without_mailto(text))) {
		person = (struct feed_person){ .email = without_mailto(text) };
	}
	return person;
}
