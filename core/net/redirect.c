/* Where a redirect may lead; the rules are in http.h. */
#include "core/net/place.h"

#include "core/base/hash.h"

void
journey_begin(struct journey *journey, struct place first, struct rp_slice secret)
{
	*journey =
		(struct journey){ .at = first, .home = first.origin, .secret = secret };
	journey->seen[0] = hash_seeded(first.text);
}

bool
journey_is_home(const struct journey *journey)
{
	return rp_slice_eq(journey->at.origin, journey->home);
}

static const char *
objection(const struct journey *journey, const struct place *to)
{
	const struct rp_slice secret = journey->secret;
	const uint64_t hash = hash_seeded(to->text);

	for (unsigned i = 0; i <= journey->hops; i++)
		if (journey->seen[i] == hash)
			return "redirected in a circle";
	if (secret.n > 0 && journey->at.secure && !to->secure)
		return "redirected from https to http, with a secret";
	/* A server that puts what it was told into the address of somebody else. */
	if (secret.n > 0 && !rp_slice_eq(to->origin, journey->home) &&
	    rp_slice_find(to->text, secret) < to->text.n)
		return "redirected to another host, with the secret in the address";
	return NULL;
}

enum rp_status
journey_hop(struct journey *journey, struct arena *arena, int status,
            struct rp_slice location, struct rp_error *err)
{
	struct place to;
	const char *why;
	enum rp_status st;

	if (journey->hops == HOPS_MAX)
		return rp_fail(err, RP_BAD_SOURCE, "more than %d redirects", HOPS_MAX);
	st = place_read(arena, &journey->at, location, &to, err);
	if (st == RP_BAD_USAGE)
		return rp_fail(err, RP_BAD_SOURCE,
		               "redirected to what is no address of http or https");
	if (st != RP_OK)
		return st;
	why = objection(journey, &to);
	if (why != NULL) {
		place_none(to);
		return rp_fail(err, RP_BAD_SOURCE, "%s", why);
	}
	place_none(journey->at);
	journey->at = to;
	journey->seen[++journey->hops] = hash_seeded(to.text);
	journey->temporary |= status != 301 && status != 308;
	return RP_OK;
}
