#include "core/collect/fetch-link.h"

/* The value of a parameter, without its quotes; *rest goes on behind it. */
static struct rp_slice
take_value(struct rp_slice *rest)
{
	struct rp_slice value = *rest;

	if (rp_slice_starts(value, RP_SLICE("\""))) {
		value = rp_slice_skip(value, 1);
		value.n = rp_slice_find_byte(value, '"');
		*rest = rp_slice_skip(*rest, value.n + 2);
		return value;
	}
	value.n = 0;
	while (value.n < rest->n && rest->p[value.n] != ';' && rest->p[value.n] != ',' &&
	       rest->p[value.n] != '\n')
		value.n++;
	*rest = rp_slice_skip(*rest, value.n);
	return rp_slice_trim(value);
}

static bool
has_word(struct rp_slice words, const char *word)
{
	while (words.n > 0)
		if (rp_slice_eq_nocase(rp_slice_cut(&words, ' '), rp_slice_str(word)))
			return true;
	return false;
}

/* The parameters behind an address, up to the next link. */
static bool
take_parameters(struct rp_slice *rest, const char *rel)
{
	struct rp_slice name, value;
	bool found = false;

	for (;;) {
		*rest = rp_slice_trim(*rest);
		if (!rp_slice_starts(*rest, RP_SLICE(";")))
			return found;
		*rest = rp_slice_trim(rp_slice_skip(*rest, 1));
		name = *rest;
		name.n = 0;
		while (name.n < rest->n && rest->p[name.n] != '=' &&
		       rest->p[name.n] != ';' && rest->p[name.n] != ',')
			name.n++;
		*rest = rp_slice_skip(*rest, name.n);
		if (!rp_slice_starts(*rest, RP_SLICE("=")))
			continue;
		*rest = rp_slice_trim(rp_slice_skip(*rest, 1));
		value = take_value(rest);
		if (rp_slice_eq_nocase(rp_slice_trim(name), RP_SLICE("rel")))
			found = found || has_word(value, rel);
	}
}

struct rp_slice
link_find(struct rp_slice header, const char *rel)
{
	struct rp_slice rest = header, url;

	while ((rest = rp_slice_skip(rest, rp_slice_find_byte(rest, '<'))).n > 0) {
		url = rp_slice_skip(rest, 1);
		url.n = rp_slice_find_byte(url, '>');
		rest = rp_slice_skip(rest, url.n + 2);
		if (take_parameters(&rest, rel))
			return url;
	}
	return RP_SLICE("");
}

bool
link_is_below(struct rp_slice url, struct rp_slice root)
{
	struct rp_slice path = rp_slice_skip(url, root.n);

	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] <= ' ' || (unsigned char)path.p[i] >= 0x7f)
			return false;
	return rp_slice_starts_nocase(url, root) && rp_slice_starts(path, RP_SLICE("/"));
}
