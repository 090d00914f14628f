#include "cmd/ref.h"

#include "core/base/url.h"
#include "core/model/key.h"

/* X ids have had 15 digits and more since 2011; shorter numbers are more likely typos. */
enum { X_ID_MIN_DIGITS = 15, X_ID_MAX_DIGITS = 19, SHOWN_BYTES = 80 };

static bool
is_x_id(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.n >= X_ID_MIN_DIGITS && text.n <= X_ID_MAX_DIGITS;
}

static int
shown(struct rp_slice text)
{
	return text.n > SHOWN_BYTES ? SHOWN_BYTES : (int)text.n;
}

enum rp_status
ref_key(struct arena *arena, struct rp_slice text, struct rp_slice *out,
        struct rp_error *err)
{
	struct url_meaning meaning = { .kind = URL_NOT_URL };

	if (is_x_id(text))
		return key_make(arena, PLATFORM_X, text, out) ? RP_OK
		                                              : rp_fail_memory(err);
	if (key_valid(text) && !key_is_account(text)) {
		*out = text;
		return RP_OK;
	}
	if (!key_valid(text) && text.n <= KEY_MAX_BYTES &&
	    !url_meaning(arena, text, &meaning))
		return rp_fail_memory(err);
	if (meaning.kind == URL_POST) {
		*out = meaning.key;
		return RP_OK;
	}
	if (meaning.kind == URL_ACCOUNT || key_valid(text))
		return rp_fail(err, RP_BAD_USAGE, "\"%.*s\" is an account, not a post",
		               shown(text), text.p);
	if (meaning.kind == URL_OTHER)
		return rp_fail(
			err, RP_BAD_USAGE,
			"\"%.*s\" is not the address of a post we know how to read",
			shown(text), text.p);
	return rp_fail(err, RP_BAD_USAGE,
	               "\"%.*s\" is no post: give its address, or its key, such as "
	               "x:1881923570458304780",
	               shown(text), text.n ? text.p : "");
}
