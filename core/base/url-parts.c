#include "core/base/url-parts.h"

#include "core/base/ascii.h"

bool
url_is_word(struct rp_slice s, const char *word)
{
	return rp_slice_eq_nocase(s, rp_slice_str(word));
}

bool
url_take_prefix(struct rp_slice *s, const char *prefix)
{
	if (!rp_slice_starts_nocase(*s, rp_slice_str(prefix)))
		return false;
	*s = rp_slice_skip(*s, strlen(prefix));
	return true;
}

struct rp_slice
url_until_any(struct rp_slice s, const char *bytes)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == '\0' || strchr(bytes, s.p[n]) == NULL))
		n++;
	return rp_slice_from(s.p, n);
}

/* Would a person take this for a host?  "x.com" yes; "U.S.", "1.5", "masto:" no. */
static bool
looks_like_host(struct rp_slice host)
{
	struct rp_slice rest = host, part = { NULL, 0 };
	int parts = 0;

	for (; rest.p; parts++) {
		part = rp_slice_cut(&rest, '.');
		if (part.n == 0)
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (!ascii_is_letter(part.p[i]) && !ascii_is_digit(part.p[i]) &&
			    part.p[i] != '-' && part.p[i] != '_' &&
			    (unsigned char)part.p[i] < 0x80)
				return false;
	}
	return parts > 1 && part.n > 1 && !ascii_is_digit(part.p[0]);
}

/* "user@Host:80" without user and final dot, and its port.  false: the port is none. */
static bool
get_host(struct rp_slice authority, struct url_address *out)
{
	struct rp_slice port, host;
	size_t at;

	while ((at = rp_slice_find_byte(authority, '@')) < authority.n)
		authority = rp_slice_skip(authority, at + 1);
	if (authority.n && authority.p[0] == '[') /* an IPv6 address has colons inside */
		port = rp_slice_skip(authority, rp_slice_find_byte(authority, ']') + 1);
	else
		port = rp_slice_skip(authority, rp_slice_find_byte(authority, ':'));
	host = rp_slice_from(authority.p, authority.n - port.n);
	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	out->host = host;
	out->port = rp_slice_skip(port, 1);
	return port.n == 0 ||
	       (port.p[0] == ':' && ascii_digits(out->port) == out->port.n);
}

bool
url_get_address(struct rp_slice url, bool blanks, struct url_address *out)
{
	bool scheme = url_take_prefix(&url, "https:/");
	struct rp_slice authority;

	out->is_http = !scheme && url_take_prefix(&url, "http:/");
	scheme = scheme || out->is_http || url_take_prefix(&url, "//");
	while (scheme && url_take_prefix(&url, "/"))
		continue;
	authority = url_until_any(url, "/?#");
	if (url_until_any(authority, " \t\r\n\"<>").n < authority.n)
		return false;
	if (!get_host(authority, out) || out->host.n == 0)
		return false;
	if (!scheme && (blanks || !looks_like_host(out->host) ||
	                rp_slice_find_byte(authority, '@') < authority.n))
		return false;
	out->rest = rp_slice_skip(url, authority.n);
	return true;
}

struct url_place
url_get_place(struct rp_slice rest)
{
	struct url_place place = { .query = { NULL, 0 } };
	struct rp_slice path = url_until_any(rest, "?#");
	struct rp_slice query = rp_slice_skip(rest, path.n);
	struct rp_slice fragment;
	size_t n = 0;

	query = url_until_any(query, "#");
	fragment = rp_slice_skip(rest, path.n + query.n);
	if (path.n <= 1 &&
	    (url_take_prefix(&fragment, "#!") ||
	     url_take_prefix(&fragment, "#%21"))) { /* as in 2010 to 2012 */
		path = url_until_any(fragment, "?#");
		query = url_until_any(rp_slice_skip(fragment, path.n), "#");
	}
	while (path.p && n < URL_PARTS) {
		struct rp_slice part = rp_slice_cut(&path, '/');

		if (part.n)
			place.part[n++] = part;
	}
	place.query = rp_slice_skip(query, 1);
	return place;
}

struct rp_slice
url_get_parameter(struct rp_slice query, const char *name)
{
	while (query.p) {
		struct rp_slice value = rp_slice_cut(&query, '&');
		struct rp_slice key;

		(void)url_take_prefix(&value, "amp;");
		key = rp_slice_cut(&value, '=');
		if (rp_slice_eq(key, rp_slice_str(name)))
			return value;
	}
	return rp_slice_from(NULL, 0);
}
