#include "core/collect/feed-post.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"

enum {
	IDENTITY_MAX_BYTES = 512, /* so that a key has room for both */
	ID_MAX_BYTES = 1400,
	NAME_MAX_BYTES = 400,
};

static bool
fits_a_key(struct rp_slice s, size_t most)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n <= most && utf8_valid(s);
}

static bool
hashed(struct arena *arena, struct rp_slice s, struct rp_slice *out)
{
	const struct sha256 hash = sha256_of(s);
	char hex[SHA256_HEX + 1];

	sha256_hex(&hash, hex);
	return arena_printf(arena, out, "sha256:%s", hex);
}

/* Each `byte` written as "%XX". */
static bool
escaped(struct arena *arena, struct rp_slice s, char byte, struct rp_slice *out)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = 0;
	char *copy;

	if (rp_slice_find_byte(s, byte) == s.n) {
		*out = s;
		return true;
	}
	copy = arena_alloc(arena, 3 * s.n);
	if (copy == NULL)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != byte) {
			copy[n++] = s.p[i];
			continue;
		}
		copy[n++] = '%';
		copy[n++] = digits[(unsigned char)byte >> 4];
		copy[n++] = digits[byte & 15];
	}
	*out = rp_slice_from(copy, n);
	return true;
}

bool
feed_identity(struct arena *arena, const struct feed *feed, struct rp_slice url,
              struct rp_slice *out)
{
	struct rp_slice identity = feed->id;

	if (identity.n == 0)
		identity = feed->self;
	if (identity.n == 0)
		identity = url;
	if (identity.n == 0 && feed_is_web(feed->link))
		identity = feed->link;
	if (identity.n == 0)
		identity = feed->title.value;
	if (identity.n == 0)
		identity = RP_SLICE("untitled");
	if (!fits_a_key(identity, IDENTITY_MAX_BYTES))
		return hashed(arena, identity, out);
	return escaped(arena, identity, '#', out);
}

bool
feed_key(struct arena *arena, struct rp_slice identity, struct rp_slice id,
         struct rp_slice *out)
{
	if (!fits_a_key(id, ID_MAX_BYTES) && !hashed(arena, id, &id))
		return false;
	/* "@" is where accounts begin. */
	return key_make(arena, PLATFORM_FEED, RP_SLICE(""), out) &&
	       arena_join(arena, *out, identity, out) &&
	       arena_join(arena, *out, RP_SLICE("#"), out) &&
	       arena_join(arena, *out, id, out);
}

bool
feed_entry_key(struct arena *arena, struct rp_slice identity,
               const struct feed_entry *entry, struct rp_slice *out)
{
	struct rp_slice id = entry->id.n > 0 ? entry->id : entry->link, said;
	const struct feed_text *body =
		entry->content.value.n > 0 ? &entry->content : &entry->summary;

	if (id.n > 0)
		return feed_key(arena, identity, id, out);
	if (!arena_join(arena, RP_SLICE("\n"), entry->title.value, &said) ||
	    !arena_join(arena, said, RP_SLICE("\n"), &said) ||
	    !arena_join(arena, said, entry->published, &said))
		return false;
	if (said.n == 2)
		said = body->value;
	return hashed(arena, said, &id) && feed_key(arena, identity, id, out);
}

bool
feed_author_key(struct arena *arena, struct rp_slice identity, struct rp_slice name,
                struct rp_slice *out)
{
	struct rp_slice native = identity;

	if (fits_a_key(name, NAME_MAX_BYTES) &&
	    (!arena_join(arena, identity, RP_SLICE("#"), &native) ||
	     !arena_join(arena, native, name, &native)))
		return false;
	/* "?" at the end of an account's key has a meaning. */
	return escaped(arena, native, '?', &native) &&
	       key_make_account(arena, PLATFORM_FEED, native, out);
}
