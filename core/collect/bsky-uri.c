/*
 * Identifiers of the AT protocol: DIDs, handles, names of collections, record keys.
 */
#include "core/collect/bsky.h"

#include "core/base/ascii.h"

enum {
	DID_MAX = 2048 - 600, /* it has to fit into a key, with a record key behind it */
	HANDLE_MAX = 253,
	LABEL_MAX = 63,
	NSID_MAX = 317,
	RKEY_MAX = 512,
};

/* Letters, digits, and these. */
static bool
is_made_of(struct rp_slice s, const char *others)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_letter(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    (s.p[i] == '\0' || strchr(others, s.p[i]) == NULL))
			return false;
	return true;
}

/* A part of a host's name. */
static bool
is_label(struct rp_slice s)
{
	return s.n > 0 && s.n <= LABEL_MAX && is_made_of(s, "-") && s.p[0] != '-' &&
	       s.p[s.n - 1] != '-';
}

bool
at_did_valid(struct rp_slice text)
{
	struct rp_slice rest = text, method;

	if (text.n > DID_MAX || !rp_slice_eq(rp_slice_cut(&rest, ':'), RP_SLICE("did")))
		return false;
	method = rp_slice_cut(&rest, ':');
	for (size_t i = 0; i < method.n; i++)
		if (method.p[i] < 'a' || method.p[i] > 'z')
			return false;
	return method.n > 0 && rest.n > 0 && is_made_of(rest, "._:%-") &&
	       rest.p[rest.n - 1] != ':' && rest.p[rest.n - 1] != '%';
}

bool
at_handle_valid(struct rp_slice text)
{
	struct rp_slice rest = text, label = RP_SLICE("");
	size_t labels = 0;

	if (text.n == 0 || text.n > HANDLE_MAX)
		return false;
	for (; rest.p != NULL; labels++) {
		label = rp_slice_cut(&rest, '.');
		if (!is_label(label))
			return false;
	}
	return labels > 1 && ascii_is_letter(label.p[0]);
}

bool
at_nsid_valid(struct rp_slice text)
{
	struct rp_slice rest = text, label = RP_SLICE("");
	size_t labels = 0;

	if (text.n == 0 || text.n > NSID_MAX || !ascii_is_letter(text.p[0]))
		return false;
	for (; rest.p != NULL; labels++) {
		label = rp_slice_cut(&rest, '.');
		if (!is_label(label))
			return false;
	}
	return labels > 2 && ascii_is_letter(label.p[0]) && is_made_of(label, "");
}

bool
at_rkey_valid(struct rp_slice text)
{
	return text.n > 0 && text.n <= RKEY_MAX && is_made_of(text, "_~.:-") &&
	       !rp_slice_eq(text, RP_SLICE(".")) && !rp_slice_eq(text, RP_SLICE(".."));
}

bool
at_uri_read(struct rp_slice text, struct at_uri *out)
{
	struct rp_slice rest = rp_slice_skip(text, 5);
	struct at_uri uri;

	if (!rp_slice_starts(text, RP_SLICE("at://")))
		return false;
	uri.authority = rp_slice_cut(&rest, '/');
	uri.collection = rp_slice_cut(&rest, '/');
	uri.rkey = rest;
	if ((!at_did_valid(uri.authority) && !at_handle_valid(uri.authority)) ||
	    !at_nsid_valid(uri.collection) || !at_rkey_valid(uri.rkey))
		return false;
	*out = uri;
	return true;
}
