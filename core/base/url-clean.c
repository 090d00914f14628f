/*
 * Addresses made equal where every site has them equal, and relative ones made whole (RFC
 * 3986, 5.2).
 */
#include "core/base/url-parts.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"

/* "scheme://authority/path?query#fragment", or parts of it. */
struct uri {
	struct rp_slice scheme, authority, path, query, fragment;
	bool has_scheme, has_authority, has_query, has_fragment;
};

/* What sites add to find out where a reader came from. */
static const struct rp_slice tracking[] = {
	RP_LIT("fbclid"),      RP_LIT("gclid"), RP_LIT("xtor"), RP_LIT("at_medium"),
	RP_LIT("at_campaign"), RP_LIT("ref"),   RP_LIT("s"),    RP_LIT("cmpid"),
};

static bool
is_scheme(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_letter(s.p[i]) &&
		    (i == 0 || (!ascii_is_digit(s.p[i]) && s.p[i] != '+' &&
		                s.p[i] != '-' && s.p[i] != '.')))
			return false;
	return s.n > 0;
}

static struct uri
take_apart(struct rp_slice s)
{
	struct uri uri = { 0 };
	struct rp_slice scheme = url_until_any(s, ":/?#");

	if (scheme.n < s.n && s.p[scheme.n] == ':' && is_scheme(scheme)) {
		uri.has_scheme = true;
		uri.scheme = scheme;
		s = rp_slice_skip(s, scheme.n + 1);
	}
	if (rp_slice_starts(s, RP_SLICE("//"))) {
		uri.has_authority = true;
		uri.authority = url_until_any(rp_slice_skip(s, 2), "/?#");
		s = rp_slice_skip(s, 2 + uri.authority.n);
	}
	uri.path = url_until_any(s, "?#");
	s = rp_slice_skip(s, uri.path.n);
	if (s.n && s.p[0] == '?') {
		uri.has_query = true;
		uri.query = url_until_any(rp_slice_skip(s, 1), "#");
		s = rp_slice_skip(s, 1 + uri.query.n);
	}
	uri.has_fragment = s.n > 0;
	uri.fragment = rp_slice_skip(s, 1);
	return uri;
}

/* Behind the user, if one is told. */
static struct rp_slice
host_of(const struct uri *uri)
{
	struct rp_slice host = uri->authority;
	size_t at;

	while ((at = rp_slice_find_byte(host, '@')) < host.n)
		host = rp_slice_skip(host, at + 1);
	return host;
}

/* "host", "host:80", "[::1]:80" */
static bool
is_host(struct rp_slice s)
{
	const size_t inside = s.n && s.p[0] == '[' ? rp_slice_find_byte(s, ']') : 0;
	const struct rp_slice rest = rp_slice_skip(s, inside);
	const size_t name = rp_slice_find_byte(rest, ':');
	const struct rp_slice port = rp_slice_skip(rest, name + 1);

	return inside + name > 0 && ascii_digits(port) == port.n;
}

static bool
is_web(const struct uri *uri)
{
	return uri->has_authority && is_host(host_of(uri)) &&
	       (url_is_word(uri->scheme, "https") || url_is_word(uri->scheme, "http"));
}

bool
url_tidy(struct arena *arena, struct rp_slice url, struct rp_slice *out)
{
	size_t n = 0;
	char *copy;

	*out = RP_SLICE("");
	url = rp_slice_trim(url);
	if (!utf8_valid(url))
		return true;
	copy = arena_array(arena, url.n, 3);
	if (copy == NULL)
		return false;
	for (size_t i = 0; i < url.n; i++) {
		const char c = url.p[i];

		if (c == '\n' || c == '\r' || c == '\t')
			continue;
		if ((unsigned char)c < 0x20 || c == 0x7f)
			return true;
		if (c == ' ') {
			memcpy(copy + n, "%20", 3);
			n += 3;
		} else {
			copy[n++] = c;
		}
	}
	*out = rp_slice_from(copy, n);
	return true;
}

/* Text being put together in room that was measured before. */
struct joint {
	char *p;
	size_t n;
};

static void
add(struct joint *joint, struct rp_slice s)
{
	if (s.n)
		memcpy(joint->p + joint->n, s.p, s.n);
	joint->n += s.n;
}

static void
add_lower(struct joint *joint, struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		joint->p[joint->n++] = ascii_lower(s.p[i]);
}

/* The digits behind its last colon; *has_out: there is one. */
static struct rp_slice
port_of(struct rp_slice host, bool *has_out)
{
	size_t digits = 0;

	while (digits < host.n && ascii_is_digit(host.p[host.n - 1 - digits]))
		digits++;
	*has_out = digits < host.n && host.p[host.n - 1 - digits] == ':';
	return rp_slice_from(host.p + host.n - digits, digits);
}

/* The host without a port that is the scheme's own. */
static struct rp_slice
usual_host(const struct uri *uri, bool *has_port_out)
{
	const char *usual = url_is_word(uri->scheme, "https") ? "443" : "80";
	struct rp_slice host = host_of(uri);
	const struct rp_slice port = port_of(host, has_port_out);

	if (*has_port_out && (port.n == 0 || rp_slice_eq(port, rp_slice_str(usual)))) {
		host.n -= port.n + 1;
		*has_port_out = false;
	}
	return host;
}

/* "https://" whichever of the two was written, since a page is the same under both,
 * unless the port tells them apart; then the user as it is, and the host in lower case.
 */
static void
add_front(struct joint *joint, const struct uri *uri)
{
	const struct rp_slice whole = host_of(uri);
	bool has_port;
	const struct rp_slice host = usual_host(uri, &has_port);

	if (has_port)
		add_lower(joint, uri->scheme);
	else
		add(joint, RP_SLICE("https"));
	add(joint, RP_SLICE("://"));
	add(joint, rp_slice_from(uri->authority.p, uri->authority.n - whole.n));
	add_lower(joint, host);
}

static bool
is_tracking(struct rp_slice parameter)
{
	struct rp_slice name = url_until_any(parameter, "=");

	return url_take_prefix(&name, "utm_") || ASCII_IS_ONE_OF(name, tracking);
}

static void
add_query(struct joint *joint, struct rp_slice query)
{
	char between = '?';

	while (query.p) {
		struct rp_slice parameter = rp_slice_cut(&query, '&');

		if (is_tracking(parameter))
			continue;
		joint->p[joint->n++] = between;
		add(joint, parameter);
		between = '&';
	}
}

bool
url_strip(struct arena *arena, struct rp_slice tidied, struct rp_slice *out)
{
	struct joint joint = { 0 };
	struct uri uri = take_apart(tidied);

	if (!is_web(&uri)) {
		*out = RP_SLICE("");
		return true;
	}
	joint.p = arena_alloc(arena, tidied.n + sizeof("s/"));
	if (joint.p == NULL)
		return false;
	add_front(&joint, &uri);
	add(&joint, uri.path.n ? uri.path : RP_SLICE("/"));
	if (uri.query.n)
		add_query(&joint, uri.query);
	*out = rp_slice_from(joint.p, joint.n);
	return true;
}

/* Behind the last "/", which stays; back to the one before when `up`. */
static void
drop_segment(struct joint *joint, size_t begin, bool up)
{
	if (up && joint->n > begin + 1)
		joint->n--;
	while (joint->n > begin + 1 && joint->p[joint->n - 1] != '/')
		joint->n--;
}

/* A path that begins with "/", without "." and "..", which lead nowhere above "/". */
static void
add_path(struct joint *joint, struct rp_slice path)
{
	const size_t begin = joint->n;

	while (path.p) {
		struct rp_slice segment = rp_slice_cut(&path, '/');
		const bool last = path.p == NULL;

		if (rp_slice_eq(segment, RP_SLICE(".."))) {
			drop_segment(joint, begin, true);
		} else if (!rp_slice_eq(segment, RP_SLICE("."))) {
			add(joint, segment);
			if (!last)
				joint->p[joint->n++] = '/';
		}
	}
}

/* The path that is meant, dots and all. */
static bool
merge_paths(struct arena *arena, const struct uri *base, struct rp_slice path,
            struct rp_slice *out)
{
	struct rp_slice folder = base->path;

	while (folder.n && folder.p[folder.n - 1] != '/')
		folder.n--;
	return arena_join(arena, folder.n ? folder : RP_SLICE("/"), path, out);
}

static bool
put_together(struct arena *arena, const struct uri *uri, struct rp_slice *out)
{
	struct joint joint = { 0 };

	joint.p = arena_alloc(arena, uri->scheme.n + uri->authority.n + uri->path.n +
	                                     uri->query.n + uri->fragment.n + 8);
	if (joint.p == NULL)
		return false;
	add(&joint, uri->scheme);
	add(&joint, RP_SLICE("://"));
	add(&joint, uri->authority);
	if (uri->path.n)
		add_path(&joint, uri->path);
	if (uri->has_query) {
		add(&joint, RP_SLICE("?"));
		add(&joint, uri->query);
	}
	if (uri->has_fragment) {
		add(&joint, RP_SLICE("#"));
		add(&joint, uri->fragment);
	}
	*out = rp_slice_from(joint.p, joint.n);
	return true;
}

bool
url_resolve(struct arena *arena, struct rp_slice base, struct rp_slice reference,
            struct rp_slice *out)
{
	struct rp_slice tidied, from;
	struct uri uri, whole;

	if (!url_tidy(arena, reference, &tidied) || !url_tidy(arena, base, &from))
		return false;
	uri = take_apart(tidied);
	whole = take_apart(from);
	*out = RP_SLICE("");
	if (tidied.n == 0 && rp_slice_trim(reference).n > 0)
		return true;
	if (!uri.has_scheme) {
		if (!is_web(&whole))
			return true;
		uri.scheme = whole.scheme;
		if (!uri.has_authority) {
			uri.has_authority = true;
			uri.authority = whole.authority;
			if (uri.path.n == 0) {
				uri.path = whole.path;
				if (!uri.has_query) {
					uri.query = whole.query;
					uri.has_query = whole.has_query;
				}
			} else if (uri.path.p[0] != '/' &&
			           !merge_paths(arena, &whole, uri.path, &uri.path)) {
				return false;
			}
		}
	}
	return !is_web(&uri) || put_together(arena, &uri, out);
}
