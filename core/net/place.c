#include "core/net/place.h"

#include "core/base/ascii.h"

enum { URL_MAX = 64 << 10, HOST_MAX = 255 };

struct place
place_none(struct place place)
{
	if (place.url != NULL)
		curl.curl_url_cleanup(place.url);
	return (struct place){ .url = NULL };
}

/* A part of the address, in the arena; empty: not there, or no room. */
static struct rp_slice
part(struct arena *arena, CURLU *url, CURLUPart which, unsigned flags)
{
	struct rp_slice out = { NULL, 0 };
	char *text = NULL;

	if (curl.curl_url_get(url, which, &text, flags) != CURLUE_OK)
		return out;
	if (!arena_copy(arena, rp_slice_str(text), &out))
		out.n = 0;
	curl.curl_free(text);
	return out;
}

static enum rp_status
refuse(CURLUcode code, struct rp_error *err)
{
	if (code == CURLUE_OUT_OF_MEMORY)
		return rp_fail_memory(err);
	if (code == CURLUE_USER_NOT_ALLOWED)
		return rp_fail(err, RP_BAD_USAGE,
		               "an address with a user or password in it");
	return rp_fail(err, RP_BAD_USAGE, "no address of http or https");
}

static enum rp_status
fill(struct arena *arena, struct place *place, struct rp_error *err)
{
	struct rp_slice scheme, host, port;
	char *lower;

	curl.curl_url_set(place->url, CURLUPART_FRAGMENT, NULL, 0);
	scheme = part(arena, place->url, CURLUPART_SCHEME, 0);
	host = part(arena, place->url, CURLUPART_HOST, 0);
	port = part(arena, place->url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	place->text = part(arena, place->url, CURLUPART_URL, 0);
	place->secure = rp_slice_eq_nocase(scheme, RP_SLICE("https"));
	if (!place->secure && !rp_slice_eq_nocase(scheme, RP_SLICE("http")))
		return refuse(CURLUE_UNSUPPORTED_SCHEME, err);
	lower = arena_alloc(arena, host.n + 1);
	if (host.n == 0 || host.n > HOST_MAX || port.n == 0 || place->text.n == 0)
		return refuse(CURLUE_MALFORMED_INPUT, err);
	if (lower == NULL ||
	    !arena_printf(arena, &place->origin, "%s://%.*s:%.*s",
	                  place->secure ? "https" : "http",
	                  RP_FMT(ascii_lower_into(lower, host)), RP_FMT(port)))
		return rp_fail_memory(err);
	return RP_OK;
}

enum rp_status
place_read(struct arena *arena, const struct place *base, struct rp_slice text,
           struct place *out, struct rp_error *err)
{
	const unsigned flags = CURLU_DISALLOW_USER | CURLU_URLENCODE;
	struct place place = { .url = NULL };
	struct rp_slice copy;
	enum rp_status st;
	CURLUcode code;

	if (text.n == 0 || text.n > URL_MAX || memchr(text.p, '\0', text.n) != NULL)
		return refuse(CURLUE_MALFORMED_INPUT, err);
	if (!arena_copy(arena, text, &copy) || (place.url = curl.curl_url()) == NULL)
		return rp_fail_memory(err);
	code = base == NULL
	               ? CURLUE_OK
	               : curl.curl_url_set(place.url, CURLUPART_URL, base->text.p, 0);
	if (code == CURLUE_OK)
		code = curl.curl_url_set(place.url, CURLUPART_URL, copy.p, flags);
	st = code == CURLUE_OK ? fill(arena, &place, err) : refuse(code, err);
	if (st != RP_OK)
		place_none(place);
	else
		*out = place;
	return st;
}
