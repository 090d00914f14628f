#include "core/model/key.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"

static const char *const platform_names[] = {
	[PLATFORM_NONE] = "",       [PLATFORM_X] = "x",
	[PLATFORM_BSKY] = "bsky",   [PLATFORM_MASTO] = "masto",
	[PLATFORM_FEED] = "feed",   [PLATFORM_SPOKEN] = "spoken",
	[PLATFORM_PRESS] = "press", [PLATFORM_SAID] = "said",
};

enum { PLATFORMS = sizeof(platform_names) / sizeof(platform_names[0]) };

const char *
platform_name(enum platform platform)
{
	return platform_names[platform];
}

enum platform
platform_from_name(struct rp_slice name)
{
	for (int i = PLATFORM_NONE + 1; i < PLATFORMS; i++)
		if (rp_slice_eq(name, rp_slice_str(platform_names[i])))
			return (enum platform)i;
	return PLATFORM_NONE;
}

enum platform
key_platform(struct rp_slice key)
{
	size_t colon = rp_slice_find_byte(key, ':');

	return colon == key.n ? PLATFORM_NONE
	                      : platform_from_name(rp_slice_from(key.p, colon));
}

struct rp_slice
key_native(struct rp_slice key)
{
	return rp_slice_skip(key, rp_slice_find_byte(key, ':') + 1);
}

bool
key_valid(struct rp_slice key)
{
	struct rp_slice native = key_native(key);

	if (key.n > KEY_MAX_BYTES || native.n == 0 || key_platform(key) == PLATFORM_NONE)
		return false;
	for (size_t i = 0; i < native.n; i++)
		if ((unsigned char)native.p[i] < 0x20 || native.p[i] == 0x7f)
			return false;
	return utf8_valid(native);
}

bool
key_is_account(struct rp_slice key)
{
	return rp_slice_starts(key_native(key), RP_SLICE("@"));
}

bool
key_is_handle_only(struct rp_slice key)
{
	return key_is_account(key) && key.p[key.n - 1] == '?';
}

struct rp_time
key_time(struct rp_slice key)
{
	struct rp_slice native = key_native(key);

	switch (key_platform(key)) {
	case PLATFORM_X:
		return rp_time_from_x_id(native);
	case PLATFORM_BSKY:
		return rp_time_from_tid(
			rp_slice_skip(native, rp_slice_find_byte(native, '/') + 1));
	case PLATFORM_NONE:
	case PLATFORM_MASTO:
	case PLATFORM_FEED:
	case PLATFORM_SPOKEN:
	case PLATFORM_PRESS:
	case PLATFORM_SAID:
		break;
	}
	return RP_TIME_NONE;
}

static bool
all_digits(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

bool
key_is_later_id(struct rp_slice a, struct rp_slice b)
{
	struct rp_slice a_id = key_native(a), b_id = key_native(b);

	/* Bluesky ids are made by the author's software: they prove nothing. */
	if (key_platform(a) != PLATFORM_X || key_platform(b) != PLATFORM_X)
		return false;
	if (!all_digits(a_id) || !all_digits(b_id))
		return false;
	return a_id.n != b_id.n ? a_id.n > b_id.n : rp_slice_cmp(a_id, b_id) > 0;
}

bool
key_make(struct arena *arena, enum platform platform, struct rp_slice native,
         struct rp_slice *out)
{
	return arena_printf(arena, out, "%s:", platform_name(platform)) &&
	       arena_join(arena, *out, native, out);
}

bool
key_make_account(struct arena *arena, enum platform platform, struct rp_slice native,
                 struct rp_slice *out)
{
	return arena_printf(arena, out, "%s:@", platform_name(platform)) &&
	       arena_join(arena, *out, native, out);
}

bool
key_make_handle(struct arena *arena, enum platform platform, struct rp_slice handle,
                struct rp_slice *out)
{
	char *p = arena_alloc(arena, handle.n + 16);
	size_t n = 0;

	if (p == NULL)
		return false;
	for (const char *name = platform_name(platform); *name != '\0'; name++)
		p[n++] = *name;
	p[n++] = ':';
	p[n++] = '@';
	if (rp_slice_starts(handle, RP_SLICE("@")))
		handle = rp_slice_skip(handle, 1);
	n += ascii_lower_into(p + n, handle).n;
	p[n++] = '?';
	*out = rp_slice_from(p, n);
	return true;
}

static bool
x_url(struct arena *arena, struct rp_slice native, struct rp_slice handle,
      struct rp_slice *out)
{
	if (handle.n == 0)
		return arena_join(arena, RP_SLICE("https://x.com/i/web/status/"), native,
		                  out);
	return arena_join(arena, RP_SLICE("https://x.com/"), handle, out) &&
	       arena_join(arena, *out, RP_SLICE("/status/"), out) &&
	       arena_join(arena, *out, native, out);
}

/* "DID/RKEY": pages take a DID where people see a handle, and it stays the same. */
static bool
bsky_url(struct arena *arena, struct rp_slice native, struct rp_slice *out)
{
	struct rp_slice rkey = native, did = rp_slice_cut(&rkey, '/');

	return rkey.n == 0 ||
	       (arena_join(arena, RP_SLICE("https://bsky.app/profile/"), did, out) &&
	        arena_join(arena, *out, RP_SLICE("/post/"), out) &&
	        arena_join(arena, *out, rkey, out));
}

static bool
is_web(struct rp_slice s)
{
	return rp_slice_starts(s, RP_SLICE("https://")) ||
	       rp_slice_starts(s, RP_SLICE("http://"));
}

/* A uri is an address; of "HOST!ID" only the page of its author is one. */
static bool
masto_url(struct arena *arena, struct rp_slice native, struct rp_slice handle,
          struct rp_slice *out)
{
	struct rp_slice id = native, host;

	if (is_web(native)) {
		*out = native;
		return true;
	}
	host = rp_slice_cut(&id, '!');
	if (id.n == 0 || handle.n == 0)
		return true;
	/* At home nobody writes where that is. */
	if (handle.n > host.n && rp_slice_ends(handle, host) &&
	    handle.p[handle.n - host.n - 1] == '@')
		handle.n -= host.n + 1;
	return arena_join(arena, RP_SLICE("https://"), host, out) &&
	       arena_join(arena, *out, RP_SLICE("/@"), out) &&
	       arena_join(arena, *out, handle, out) &&
	       arena_join(arena, *out, RP_SLICE("/"), out) &&
	       arena_join(arena, *out, id, out);
}

bool
key_url(struct arena *arena, struct rp_slice key, struct rp_slice handle,
        struct rp_slice *out)
{
	struct rp_slice native = key_native(key);

	*out = RP_SLICE("");
	if (key_is_account(key))
		return true;
	switch (key_platform(key)) {
	case PLATFORM_X:
		return x_url(arena, native, handle, out);
	case PLATFORM_BSKY:
		return bsky_url(arena, native, out);
	case PLATFORM_MASTO:
		return masto_url(arena, native, handle, out);
	case PLATFORM_PRESS:
		if (is_web(native)) /* without "#q1" */
			*out = rp_slice_from(native.p, rp_slice_find_byte(native, '#'));
		return true;
	case PLATFORM_NONE:
	case PLATFORM_FEED:
	case PLATFORM_SPOKEN:
	case PLATFORM_SAID:
		break;
	}
	return true;
}
