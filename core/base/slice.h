/*
 * Text and bytes that belong to somebody else: a pointer and a length.
 *
 * A slice is borrowed, not NUL-terminated, and may hold NULs.  The empty slice has n ==
 * 0, whatever p is.  Functions take slices by value and copy what they keep.
 */
#ifndef RIPOSTE_CORE_BASE_SLICE_H
#define RIPOSTE_CORE_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct rp_slice {
	const char *p;
	size_t n;
};

/* A string literal as a slice, also in static initialisers. */
#define RP_LIT(literal)                                                                  \
	{                                                                                \
		"" literal, sizeof(literal) - 1                                          \
	}
#define RP_SLICE(literal) ((struct rp_slice)RP_LIT(literal))

/* For printf("%.*s"): errors and logs only; data is written with its length. */
#define RP_FMT(slice)                                                                    \
	(int)((slice).n > 1000 ? 1000 : (slice).n), (slice).n ? (slice).p : ""

static inline struct rp_slice
rp_slice_from(const char *p, size_t n)
{
	return (struct rp_slice){ p, n };
}

/* A C string; NULL gives the empty slice. */
static inline struct rp_slice
rp_slice_str(const char *s)
{
	return (struct rp_slice){ s, s ? strlen(s) : 0 };
}

static inline bool
rp_slice_eq(struct rp_slice a, struct rp_slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytewise order, a prefix first.  < 0, 0, > 0.
 * The tie-breaker of everything we sort. */
static inline int
rp_slice_cmp(struct rp_slice a, struct rp_slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? memcmp(a.p, b.p, n) : 0;

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

static inline bool
rp_slice_starts(struct rp_slice s, struct rp_slice prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool
rp_slice_ends(struct rp_slice s, struct rp_slice suffix)
{
	return s.n >= suffix.n &&
	       (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* Everything from byte `from` on; empty when the slice is shorter. */
static inline struct rp_slice
rp_slice_skip(struct rp_slice s, size_t from)
{
	size_t at = from < s.n ? from : s.n;

	/* Even 0 may not be added to NULL. */
	return (struct rp_slice){ at ? s.p + at : s.p, s.n - at };
}

/* ASCII letters folded, nothing else: handles, hosts, keywords.  See utf8.h for text. */
bool rp_slice_eq_nocase(struct rp_slice a, struct rp_slice b);
bool rp_slice_starts_nocase(struct rp_slice s, struct rp_slice prefix);

/* Where `byte` first stands, or s.n. */
size_t rp_slice_find_byte(struct rp_slice s, char byte);

/* Where `needle` first stands, or s.n.  An empty needle stands at 0. */
size_t rp_slice_find(struct rp_slice s, struct rp_slice needle);

/* Without ASCII blanks (space, \t, \r, \n, \v, \f) at both ends. */
struct rp_slice rp_slice_trim(struct rp_slice s);

/*
 * Cut off the part before the first `separator`: "a,b,c" gives "a" and leaves "b,c".
 * Without a separator the whole rest is given and *rest becomes empty with p == NULL.
 */
struct rp_slice rp_slice_cut(struct rp_slice *rest, char separator);

/*
 * Decimal digits only, no sign, no blanks, at most UINT64_MAX: true and *out written.
 * Ids are not numbers and do not come through here, but for the arithmetic on their bits.
 */
bool rp_slice_u64(struct rp_slice s, uint64_t *out);

#endif
