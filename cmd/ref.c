#include "cmd/ref.h"

#include "cmd/report.h"
#include "core/base/ascii.h"
#include "core/base/url.h"
#include "core/model/key.h"

enum { X_ID_MAX_DIGITS = 19, SHOWN_BYTES = 80, REFS_CEILING = 256 << 20 };

static bool
is_x_id(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.n > 0 && text.n <= X_ID_MAX_DIGITS;
}

static int
shown(struct rp_slice text)
{
	return text.n > SHOWN_BYTES ? SHOWN_BYTES : (int)text.n;
}

/* "X:20" is "x:20". */
static bool
lower_platform(struct arena *arena, struct rp_slice *text)
{
	size_t colon = rp_slice_find_byte(*text, ':');
	char *lower = colon < text->n ? arena_alloc(arena, text->n) : NULL;

	if (lower == NULL)
		return colon == text->n;
	memcpy(lower, text->p, text->n);
	(void)ascii_lower_into(lower, rp_slice_from(text->p, colon));
	*text = rp_slice_from(lower, text->n);
	return true;
}

/*
 * A page that is no post of a network may be an article: "press:URL" in its one form.
 * Pages of X are none.  *out is empty for what is no whole address.
 */
static bool
article_key(struct arena *arena, struct rp_slice url, struct rp_slice *out)
{
	static const struct rp_slice no_press[] = {
		RP_LIT("https://x.com/"),
		RP_LIT("https://twitter.com/"),
		RP_LIT("https://www.x.com/"),
		RP_LIT("https://www.twitter.com/"),
		RP_LIT("https://mobile.twitter.com/"),
	};
	struct rp_slice address;

	*out = RP_SLICE("");
	if (!url_clean(arena, url, &address))
		return false;
	for (size_t i = 0; i < sizeof(no_press) / sizeof(*no_press); i++)
		if (rp_slice_starts(address, no_press[i]))
			return true;
	return address.n == 0 || key_make(arena, PLATFORM_PRESS, address, out);
}

enum rp_status
ref_key(struct arena *arena, struct rp_slice text, struct rp_slice *out,
        struct rp_error *err)
{
	struct url_meaning meaning = { .kind = URL_NOT_URL };
	struct rp_slice article = RP_SLICE("");

	if (!lower_platform(arena, &text))
		return rp_fail_memory(err);
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
	if (meaning.kind == URL_OTHER && !article_key(arena, text, &article))
		return rp_fail_memory(err);
	if (article.n > 0 && key_valid(article)) {
		*out = article;
		return RP_OK;
	}
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

int
check_refs(const struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(REFS_CEILING);
	struct rp_error err = { .status = RP_OK };
	struct rp_slice key;
	enum rp_status st = arena != NULL ? RP_OK : rp_fail_memory(&err);

	for (int i = 0; i < inv->n_operands && st == RP_OK; i++)
		st = ref_key(arena, rp_slice_str(inv->operands[i]), &key, &err);
	return st == RP_OK ? EXIT_DONE : report_error(&err);
}
