#include "core/identity/account.h"

#include "core/model/key.h"

static bool
all_digits(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Is what follows the "@" of an account a handle, rather than an id? */
static bool
is_handle(enum platform platform, struct rp_slice name)
{
	if (platform == PLATFORM_X)
		return !all_digits(name);
	if (platform == PLATFORM_MASTO) /* "ana@host", an id is a uri */
		return rp_slice_find(name, RP_SLICE("://")) == name.n;
	return platform == PLATFORM_BSKY && !rp_slice_starts(name, RP_SLICE("did:"));
}

bool
account_key(struct arena *arena, struct rp_slice written, struct rp_slice *out)
{
	enum platform platform = key_platform(written);
	struct rp_slice name = rp_slice_skip(key_native(written), 1);

	*out = RP_SLICE("");
	if (!key_valid(written) || !key_is_account(written) || name.n == 0)
		return true;
	if (!is_handle(platform, name)) {
		*out = written;
		return true;
	}
	if (rp_slice_ends(name, RP_SLICE("?")))
		name.n--;
	return name.n == 0 || key_make_handle(arena, platform, name, out);
}
