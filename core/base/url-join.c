#include "core/base/url-join.h"

/* The length of "scheme:" at the front; 0: there is none. */
static size_t
scheme_length(struct rp_slice url)
{
	for (size_t i = 0; i < url.n; i++) {
		const char c = url.p[i];
		const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (c == ':')
			return i > 0 ? i + 1 : 0;
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' ||
		                            c == '-' || c == '.')))
			return 0;
	}
	return 0;
}

bool
url_is_absolute(struct rp_slice url)
{
	return scheme_length(url) > 0;
}

bool
url_is_web(struct rp_slice url)
{
	const size_t n = scheme_length(url);
	const struct rp_slice scheme = rp_slice_from(url.p, n);

	return (rp_slice_eq_nocase(scheme, RP_SLICE("https:")) ||
	        rp_slice_eq_nocase(scheme, RP_SLICE("http:"))) &&
	       rp_slice_starts(rp_slice_skip(url, n), RP_SLICE("//")) && url.n > n + 2;
}

/* How long the part before the first of `ends` is. */
static size_t
up_to(struct rp_slice s, const char *ends)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == '\0' || strchr(ends, s.p[n]) == NULL))
		n++;
	return n;
}

/* "//host" behind the scheme. */
static size_t
authority_length(struct rp_slice rest)
{
	if (!rp_slice_starts(rest, RP_SLICE("//")))
		return 0;
	return 2 + up_to(rp_slice_skip(rest, 2), "/?#");
}

struct rp_slice
url_host(struct rp_slice url)
{
	struct rp_slice rest = rp_slice_skip(url, scheme_length(url)), host;
	const size_t n = authority_length(rest);
	size_t at;

	if (n < 2)
		return RP_SLICE("");
	host = rp_slice_from(rest.p + 2, n - 2);
	at = rp_slice_find_byte(host, '@');
	return at < host.n ? rp_slice_skip(host, at + 1) : host;
}

/* Take "." and ".." out of a path, in place. */
static size_t
remove_dots(char *path, size_t n)
{
	size_t from = 0, to = 0;

	while (from < n) {
		struct rp_slice rest = rp_slice_from(path + from, n - from);
		const size_t segment = 1 + up_to(rp_slice_skip(rest, 1), "/");
		const struct rp_slice it = rp_slice_from(rest.p, segment);
		const bool last = from + segment == n;

		from += segment;
		if (rp_slice_eq(it, RP_SLICE("/.")) || rp_slice_eq(it, RP_SLICE("/.."))) {
			if (it.n == 3)
				while (to > 0 && path[--to] != '/')
					;
			if (last)
				path[to++] = '/';
			continue;
		}
		memmove(path + to, it.p, segment);
		to += segment;
	}
	return to;
}

/* The path of the base up to its last "/", and that of the reference behind it. */
static bool
merge_paths(struct arena *arena, struct rp_slice base, struct rp_slice reference,
            struct rp_slice *out)
{
	struct rp_slice folder = base, path = reference;
	const size_t n = up_to(reference, "?#");
	char *copy;

	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	if (reference.p[0] == '/')
		folder = RP_SLICE("");
	else if (folder.n == 0)
		folder = RP_SLICE("/");
	path.n = n;
	copy = arena_alloc(arena, folder.n + reference.n + 1);
	if (copy == NULL)
		return false;
	memcpy(copy, folder.p, folder.n);
	memcpy(copy + folder.n, path.p, path.n);
	*out = rp_slice_from(copy, remove_dots(copy, folder.n + path.n));
	memcpy(copy + out->n, reference.p + n, reference.n - n);
	out->n += reference.n - n;
	return true;
}

bool
url_join(struct arena *arena, struct rp_slice base, struct rp_slice reference,
         struct rp_slice *out)
{
	const struct rp_slice ref = rp_slice_trim(reference);
	const size_t scheme = scheme_length(rp_slice_trim(base));
	struct rp_slice head, path, merged;
	size_t authority;

	base = rp_slice_trim(base);
	base.n = up_to(base, "#");
	if (url_is_absolute(ref) || scheme == 0) {
		*out = ref;
		return true;
	}
	if (ref.n == 0) {
		*out = base;
		return true;
	}
	if (rp_slice_starts(ref, RP_SLICE("//")))
		return arena_join(arena, rp_slice_from(base.p, scheme), ref, out);
	if (ref.p[0] == '#')
		return arena_join(arena, base, ref, out);
	authority = authority_length(rp_slice_skip(base, scheme));
	head = rp_slice_from(base.p, scheme + authority);
	path = rp_slice_skip(base, head.n);
	path.n = up_to(path, "?");
	if (ref.p[0] == '?')
		return arena_join(arena, rp_slice_from(base.p, head.n + path.n), ref,
		                  out);
	return merge_paths(arena, path, ref, &merged) &&
	       arena_join(arena, head, merged, out);
}
