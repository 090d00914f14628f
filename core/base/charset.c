#include "core/base/charset.h"

#include <errno.h>
#include <iconv.h>

#include "core/base/utf8.h"

/* One encoding: what the Web calls it, and libc; the unit in which bytes can be wrong. */
struct charset {
	const char *labels; /* each followed by a blank */
	const char *iconv;  /* NULL: read here */
	size_t unit;
};

/* clang-format off */
static const struct charset charsets[] = {
	{ "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 ", NULL, 1 },
	/* What calls itself Latin-1 or ASCII is windows-1252 in every browser. */
	{ "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 "
	  "us-ascii ascii ansi_x3.4-1968 cp819 ibm819 iso-ir-100 csisolatin1 "
	  "iso_8859-1:1987 ",                                               NULL, 1 },
	{ "utf-16 utf-16le ucs-2 iso-10646-ucs-2 unicode csunicode ",       "UTF-16LE", 2 },
	{ "utf-16be unicodefffe ",                                          "UTF-16BE", 2 },
	{ "utf-32 utf-32le ",                                               "UTF-32LE", 4 },
	{ "utf-32be ",                                                      "UTF-32BE", 4 },
	{ "windows-1250 cp1250 x-cp1250 ",                                  "CP1250", 1 },
	{ "windows-1251 cp1251 x-cp1251 ",                                  "CP1251", 1 },
	{ "windows-1253 cp1253 x-cp1253 ",                                  "CP1253", 1 },
	{ "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5 l5 ",
	                                                                    "CP1254", 1 },
	{ "windows-1255 cp1255 x-cp1255 ",                                  "CP1255", 1 },
	{ "windows-1256 cp1256 x-cp1256 ",                                  "CP1256", 1 },
	{ "windows-1257 cp1257 x-cp1257 ",                                  "CP1257", 1 },
	{ "windows-1258 cp1258 x-cp1258 ",                                  "CP1258", 1 },
	{ "windows-874 iso-8859-11 iso8859-11 tis-620 dos-874 ",            "CP874", 1 },
	{ "iso-8859-2 iso8859-2 iso_8859-2 latin2 l2 ",                     "ISO-8859-2", 1 },
	{ "iso-8859-3 iso8859-3 iso_8859-3 latin3 l3 ",                     "ISO-8859-3", 1 },
	{ "iso-8859-4 iso8859-4 iso_8859-4 latin4 l4 ",                     "ISO-8859-4", 1 },
	{ "iso-8859-5 iso8859-5 iso_8859-5 cyrillic ",                      "ISO-8859-5", 1 },
	{ "iso-8859-6 iso8859-6 iso_8859-6 arabic ",                        "ISO-8859-6", 1 },
	{ "iso-8859-7 iso8859-7 iso_8859-7 greek ",                         "ISO-8859-7", 1 },
	{ "iso-8859-8 iso8859-8 iso_8859-8 iso-8859-8-i hebrew ",           "ISO-8859-8", 1 },
	{ "iso-8859-10 iso8859-10 latin6 l6 ",                              "ISO-8859-10", 1 },
	{ "iso-8859-13 iso8859-13 ",                                        "ISO-8859-13", 1 },
	{ "iso-8859-14 iso8859-14 ",                                        "ISO-8859-14", 1 },
	{ "iso-8859-15 iso8859-15 iso_8859-15 latin-9 latin9 l9 ",          "ISO-8859-15", 1 },
	{ "iso-8859-16 ",                                                   "ISO-8859-16", 1 },
	{ "koi8-r koi8 koi8_r koi ",                                        "KOI8-R", 1 },
	{ "koi8-u koi8-ru ",                                                "KOI8-U", 1 },
	{ "macintosh mac x-mac-roman ",                                     "MACINTOSH", 1 },
	{ "x-mac-cyrillic x-mac-ukrainian ",                                "MAC-CYRILLIC", 1 },
	{ "ibm866 cp866 866 ",                                              "CP866", 1 },
	{ "gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 iso-ir-58 ",
	                                                                    "GB18030", 1 },
	{ "big5 big5-hkscs cn-big5 x-x-big5 csbig5 ",                       "BIG5-HKSCS", 1 },
	{ "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j ms932 csshiftjis ",
	                                                                    "CP932", 1 },
	{ "euc-jp x-euc-jp cseucpkdfmtjapanese ",                           "EUC-JP", 1 },
	{ "iso-2022-jp csiso2022jp ",                                       "ISO-2022-JP", 1 },
	{ "euc-kr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "
	  "cseuckr iso-ir-149 ",                                            "CP949", 1 },
};

static const struct {
	const char mark[4];
	size_t n;
	struct rp_slice name;
} marks[] = {
	/* The mark of UTF-16 begins that of UTF-32. */
	{ { '\xff', '\xfe', 0, 0 },        4, RP_LIT("utf-32le") },
	{ { 0, 0, '\xfe', '\xff' },        4, RP_LIT("utf-32be") },
	{ { '\xef', '\xbb', '\xbf', 0 },   3, RP_LIT("utf-8") },
	{ { '\xff', '\xfe', 0, 0 },        2, RP_LIT("utf-16le") },
	{ { '\xfe', '\xff', 0, 0 },        2, RP_LIT("utf-16be") },
};

/* Bytes 0x80 to 0x9f of windows-1252; 0 is nothing. */
static const int16_t windows_1252[] = {
	0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
	0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};
/* clang-format on */

struct rp_slice
charset_of_mark(struct rp_slice bytes, size_t *mark_bytes_out)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!rp_slice_starts(bytes, rp_slice_from(marks[i].mark, marks[i].n)))
			continue;
		*mark_bytes_out = marks[i].n;
		return marks[i].name;
	}
	*mark_bytes_out = 0;
	return RP_SLICE("");
}

static const struct charset *
find_charset(struct rp_slice name)
{
	name = rp_slice_trim(name);
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++) {
		struct rp_slice labels = rp_slice_str(charsets[i].labels);

		while (labels.n)
			if (rp_slice_eq_nocase(rp_slice_cut(&labels, ' '), name))
				return &charsets[i];
	}
	return NULL;
}

static bool
read_utf8(struct rp_buf *out, struct rp_slice bytes, bool strict)
{
	if (strict && !utf8_valid(bytes))
		return false;
	(void)utf8_repair(out, bytes);
	return true;
}

/* By ourselves: most of the old Web, and no module of libc has to be there for it. */
static bool
read_windows_1252(struct rp_buf *out, struct rp_slice bytes, bool strict)
{
	size_t plain = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		int32_t c = (unsigned char)bytes.p[i];

		if (c < 0x80)
			continue;
		if (c < 0xa0)
			c = windows_1252[c - 0x80];
		if (c == 0 && strict)
			return false;
		buf_add(out, rp_slice_from(bytes.p + plain, i - plain));
		utf8_add(out, c ? c : -1);
		plain = i + 1;
	}
	buf_add(out, rp_slice_skip(bytes, plain));
	return true;
}

/*
 * Convert until the end or until bytes that do not fit.  false: the buffer is full.  What
 * is left stays in *in, *error_out says why (0: nothing is).
 */
static bool
convert(iconv_t cd, struct rp_buf *out, struct rp_slice *in, int *error_out)
{
	enum { ROOM = 4096 };
	/* iconv's argument has no const, and it writes nothing there. */
	union {
		const char *from;
		char *bytes;
	} at = { in->p };
	size_t left = in->n, done;

	do {
		char *to = buf_reserve(out, ROOM);
		size_t room = ROOM;

		if (to == NULL)
			return false;
		done = iconv(cd, left ? &at.bytes : NULL, &left, &to, &room);
		*error_out = done == (size_t)-1 ? errno : 0;
		out->n += ROOM - room;
	} while (*error_out == E2BIG);
	*in = rp_slice_from(at.from, left);
	return true;
}

static bool
read_by_libc(struct rp_buf *out, struct rp_slice bytes, const struct charset *charset,
             bool strict)
{
	iconv_t cd = iconv_open("UTF-8", charset->iconv);
	bool fits = true;
	int error;

	if ((intptr_t)cd == -1)
		return false;
	while (fits && bytes.n && convert(cd, out, &bytes, &error)) {
		if (error == 0)
			break;
		fits = !strict;
		utf8_add(out, -1);
		/* EINVAL: it ends within a character. */
		bytes = rp_slice_skip(bytes, error == EILSEQ ? charset->unit : bytes.n);
	}
	(void)iconv_close(cd);
	return fits;
}

bool
charset_read(struct rp_buf *out, struct rp_slice bytes, struct rp_slice name, bool strict)
{
	const struct charset *charset = find_charset(name);
	const size_t before = out->n;
	bool fits;

	if (charset == NULL)
		return false;
	if (charset->iconv)
		fits = read_by_libc(out, bytes, charset, strict);
	else if (charset == charsets)
		fits = read_utf8(out, bytes, strict);
	else
		fits = read_windows_1252(out, bytes, strict);
	if (!fits)
		out->n = before;
	return fits;
}

struct rp_slice
charset_guess(struct rp_slice bytes)
{
	size_t fit = 0, others = 0, n;

	for (size_t i = 0; i < bytes.n; i += n) {
		const int32_t c = utf8_next(rp_slice_skip(bytes, i), &n);

		fit += c >= 0x80;
		others += c < 0;
	}
	return others > fit ? RP_SLICE("windows-1252") : RP_SLICE("utf-8");
}
