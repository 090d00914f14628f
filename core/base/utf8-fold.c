/*
 * Folded copies, to compare and to look up with.
 *
 * Accents are told from letters by their combining class: signs above, below and through
 * a letter, Hebrew points and Arabic vowel signs go; the vowel signs of India and the
 * sound marks of Japanese are letters of their own and stay.
 */
#include "core/base/utf8.h"

#include <utf8proc.h>

enum {
	/* The longest decomposition (U+FDFA) has 18. */
	DECOMPOSED_MAX = 32,
};

/* The copy being built: blanks are remembered and written before the next letter. */
struct fold {
	char *p;
	size_t n;
	bool blank;
};

static inline bool
is_ascii_blank(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline void
fold_ascii(struct fold *fold, unsigned char c)
{
	if (is_ascii_blank(c)) {
		fold->blank = fold->n > 0;
		return;
	}
	if (fold->blank)
		fold->p[fold->n++] = ' ';
	fold->blank = false;
	fold->p[fold->n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Into memory for the longest result, which is as long as the text. */
static bool
fold_all_ascii(struct arena *arena, struct rp_slice s, struct rp_slice *out)
{
	struct fold fold = { .p = arena_alloc(arena, s.n + 1) };

	if (fold.p == NULL)
		return false;
	for (size_t i = 0; i < s.n; i++)
		fold_ascii(&fold, (unsigned char)s.p[i]);
	*out = rp_slice_from(fold.p, fold.n);
	return true;
}

static bool
is_accent(const utf8proc_property_t *property)
{
	int class = property->combining_class;

	if (property->category == UTF8PROC_CATEGORY_ME)
		return true;
	return class == 1 || (class >= 10 && class <= 35) || class >= 200;
}

static bool
is_blank(int32_t c, const utf8proc_property_t *property)
{
	return (c < 0x80 && is_ascii_blank((unsigned char)c)) || c == 0x85 ||
	       property->category == UTF8PROC_CATEGORY_ZS ||
	       property->category == UTF8PROC_CATEGORY_ZL ||
	       property->category == UTF8PROC_CATEGORY_ZP;
}

static void
fold_code_point(struct rp_buf *out, bool *blank, int32_t c)
{
	const utf8proc_property_t *property = utf8proc_get_property(c);

	if (is_accent(property))
		return;
	if (is_blank(c, property)) {
		*blank = out->n > 0;
		return;
	}
	if (*blank)
		buf_add_byte(out, ' ');
	*blank = false;
	utf8_add(out, c);
}

/*
 * One code point at a time: marks that stay keep the order they came in.  To sort them as
 * canonical order wants would cost the square of a run of marks, whose length a stranger
 * chooses.
 */
static void
fold_text(struct rp_buf *out, struct rp_slice s)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
	                                  UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
	                                  UTF8PROC_IGNORE;
	bool blank = false;
	size_t n;

	for (; s.n; s = rp_slice_skip(s, n)) {
		int32_t parts[DECOMPOSED_MAX], c = utf8_next(s, &n);
		utf8proc_ssize_t count;

		if (c < 0)
			c = 0xfffd;
		count = utf8proc_decompose_char(c, parts, DECOMPOSED_MAX, options, NULL);
		if (count < 0 || count > DECOMPOSED_MAX) {
			parts[0] = c;
			count = 1;
		}
		for (utf8proc_ssize_t i = 0; i < count; i++)
			fold_code_point(out, &blank, parts[i]);
	}
}

bool
utf8_fold(struct arena *arena, struct rp_slice s, struct rp_slice *out)
{
	CLEANUP(buf_done) struct rp_buf text;
	bool ascii = true;

	buf_init(&text, SIZE_MAX / 2);
	for (size_t i = 0; i < s.n && ascii; i++)
		ascii = (unsigned char)s.p[i] < 0x80;
	if (ascii)
		return fold_all_ascii(arena, s, out);

	fold_text(&text, s);
	return !buf_failed(&text) && arena_copy(arena, buf_slice(&text), out);
}

bool
utf8_is_word(int32_t code_point)
{
	int category = code_point < 0 ? UTF8PROC_CATEGORY_CN
	                              : (int)utf8proc_category(code_point);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) ||
	       category == UTF8PROC_CATEGORY_CO;
}
