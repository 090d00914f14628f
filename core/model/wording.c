/*
 * Wordings: what the versions of a post add up to.
 *
 * One wording comes in several forms: one page names the author, another lists the media,
 * a third is plain, and a preview breaks off.  They differ in what is told beside the
 * words, so each has its fingerprint; but the words that came are the same.
 */
#include "core/model/post.h"

#include <stdlib.h>

bool
version_is_by(const struct version *version, struct rp_slice author)
{
	struct version same = *version;

	version_fingerprint(&same, author);
	return memcmp(same.fingerprint, version->fingerprint, FINGERPRINT_BYTES) == 0;
}

/* Whom a version says it is by. */
enum teller { TELLER_UNKNOWN, TELLER_AUTHOR, TELLER_OTHER };

static enum teller
teller_of(const struct version *version, struct rp_slice author)
{
	if (version_is_by(version, RP_SLICE("")))
		return TELLER_UNKNOWN;
	return version_is_by(version, author) ? TELLER_AUTHOR : TELLER_OTHER;
}

static struct rp_slice
as_it_came(const struct version *version)
{
	return version->text_raw.n > 0 ? version->text_raw : version->text;
}

/* As they came, or without what one form shows around them and another does not: the
 * names in front of an answer, a link to a picture behind. */
static bool
same_words(const struct version *a, const struct version *b)
{
	return rp_slice_eq(as_it_came(a), as_it_came(b)) || version_same_text(a, b);
}

static bool
none_or_same(struct rp_slice a, struct rp_slice b)
{
	return a.n == 0 || rp_slice_eq(a, b);
}

static bool
printed_alike(const struct version *a, const struct version *b)
{
	return rp_time_known(a->printed) && a->printed.lo == b->printed.lo &&
	       a->printed.hi == b->printed.hi;
}

/*
 * Old forms list the first of several pictures only.  What is printed tells them from an
 * edit that added some, where a platform has edits without ids of their own.
 */
static bool
media_are_among(const struct version *a, const struct version *b)
{
	struct rp_slice left = a->media, others = b->media, line, other;

	if (none_or_same(a->media, b->media))
		return true;
	if (!printed_alike(a, b))
		return false;
	while (left.n > 0) { /* both are sorted */
		line = rp_slice_cut(&left, '\n');
		do {
			if (others.n == 0)
				return false;
			other = rp_slice_cut(&others, '\n');
		} while (!rp_slice_eq(other, line));
	}
	return true;
}

/* Everything that a tells is told by b: the same words under the same id. */
static bool
tells_no_more(const struct version *a, enum teller a_by, const struct version *b,
              enum teller b_by)
{
	return rp_slice_eq(a->native, b->native) && same_words(a, b) &&
	       media_are_among(a, b) && none_or_same(a->poll, b->poll) &&
	       (a_by == TELLER_UNKNOWN || (a_by == TELLER_AUTHOR && b_by == a_by));
}

bool
version_tells_no_more(const struct version *a, const struct version *b,
                      struct rp_slice author)
{
	return tells_no_more(a, teller_of(a, author), b, teller_of(b, author));
}

/* Of two forms of a text: a cleaned one, then the shorter, from which more is taken out
 * that does not belong to the words. */
static bool
is_cleaner(const struct version *a, const struct version *b)
{
	if ((a->text_raw.n > 0) != (b->text_raw.n > 0))
		return a->text_raw.n > 0;
	if (a->text.n != b->text.n)
		return a->text.n < b->text.n;
	if (!rp_slice_eq(a->text, b->text))
		return rp_slice_cmp(a->text, b->text) < 0;
	return rp_slice_cmp(a->text_raw, b->text_raw) < 0;
}

/* Everything of a form that tells no more, but the text. */
static void
take_over(struct version *version, const struct version *less)
{
	if (less->as_of > version->as_of) /* unknown is the smallest */
		version->as_of = less->as_of;
	if (version->lang.n == 0)
		version->lang = less->lang;
	if (less->mentions.n > version->mentions.n)
		version->mentions = less->mentions;
	version->truncated = version->truncated || less->truncated;
	version->damaged = version->damaged || less->damaged;
}

/* Versions with who tells each. */
struct forms {
	const struct version *list;
	const enum teller *by;
	size_t n;
};

static bool
no_more(const struct forms *forms, size_t a, size_t b)
{
	return tells_no_more(&forms->list[a], forms->by[a], &forms->list[b],
	                     forms->by[b]);
}

/* Does another form tell more, or the same in a cleaner text? */
static bool
is_outdone(const struct forms *forms, size_t form)
{
	for (size_t i = 0; i < forms->n; i++)
		if (i != form && no_more(forms, form, i) &&
		    (!no_more(forms, i, form) ||
		     is_cleaner(&forms->list[i], &forms->list[form])))
			return true;
	return false;
}

/* A form with what the lesser ones add to it. */
static struct version
complete(const struct forms *forms, size_t form)
{
	struct version version = forms->list[form];
	const struct version *cleanest = &forms->list[form];

	for (size_t i = 0; i < forms->n; i++) {
		if (!no_more(forms, i, form))
			continue;
		take_over(&version, &forms->list[i]);
		if (is_cleaner(&forms->list[i], cleanest))
			cleanest = &forms->list[i];
	}
	version.text = cleanest->text;
	version.text_raw = cleanest->text_raw;
	return version;
}

static bool
is_cut_of_any(const struct version *cut, const struct version *versions, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (version_is_cut_of(cut, &versions[i]))
			return true;
	return false;
}

static int
cmp_version(const void *a, const void *b)
{
	return version_cmp(a, b);
}

bool
wordings(struct arena *arena, const struct version *versions, size_t n,
         struct rp_slice author, const struct version **out, uint32_t *n_out)
{
	struct version *whole = arena_array(arena, n, sizeof(*whole));
	struct version *kept = arena_array(arena, n, sizeof(*kept));
	enum teller *by = arena_array(arena, n, sizeof(*by));
	const struct forms forms = { versions, by, n };
	size_t n_whole = 0, n_kept = 0;

	if (whole == NULL || kept == NULL || by == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		by[i] = n > 1 ? teller_of(&versions[i], author) : TELLER_UNKNOWN;
	for (size_t i = 0; i < n; i++)
		if (!is_outdone(&forms, i))
			whole[n_whole++] = complete(&forms, i);
	for (size_t i = 0; i < n_whole; i++)
		if (!is_cut_of_any(&whole[i], whole, n_whole))
			kept[n_kept++] = whole[i];
	if (n_kept > 0)
		qsort(kept, n_kept, sizeof(*kept), cmp_version);
	*out = kept;
	*n_out = (uint32_t)n_kept;
	return true;
}
