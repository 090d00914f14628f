#include "core/base/charset.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

enum { CEILING = 1 << 20 };

static bool
reads(struct rp_slice bytes, const char *name, bool strict, const char *want)
{
	CLEANUP(buf_done) struct rp_buf out;
	bool fits;

	buf_init(&out, CEILING);
	buf_add_str(&out, "before ");
	fits = charset_read(&out, bytes, rp_slice_str(name), strict);
	assert_false(buf_failed(&out));
	assert_true(rp_slice_starts(buf_slice(&out), RP_SLICE("before ")));
	assert_slice(rp_slice_skip(buf_slice(&out), 7), want);
	return fits;
}

static void
assert_reads(const char *name, struct rp_slice bytes, const char *want)
{
	assert_true(reads(bytes, name, true, want));
	assert_true(reads(bytes, name, false, want));
}

static void
the_encodings_of_the_web_are_read(void **state)
{
	(void)state;
	assert_reads("UTF-8", RP_SLICE("d\xc3\xa9j\xc3\xa0"), "déjà");
	assert_reads("utf8", RP_SLICE("\xf0\x9f\x98\x82"), "😂");
	assert_reads("windows-1252", RP_SLICE("\x93oui\x94 \x80 \xe9"), "“oui” € é");
	assert_reads("ISO-8859-2",
	             RP_SLICE("\xb3\xf3"
	                      "d\xbc"),
	             "łódź");
	assert_reads("iso-8859-15", RP_SLICE("\xa4 \xbd"), "€ œ");
	assert_reads("koi8-r", RP_SLICE("\xe4\xc1"), "Да");
	assert_reads("windows-1251", RP_SLICE("\xc4\xe0"), "Да");
	assert_reads("gb2312", RP_SLICE("\xd6\xd0\xce\xc4"), "中文");
	assert_reads("Big5", RP_SLICE("\xa4\xa4\xa4\xe5"), "中文");
	assert_reads("Shift_JIS", RP_SLICE("\x93\xfa\x96{"), "日本");
	assert_reads("euc-jp", RP_SLICE("\xc6\xfc\xcb\xdc"), "日本");
	assert_reads("euc-kr", RP_SLICE("\xc7\xd1"), "한");
	assert_reads("utf-16le", RP_SLICE("o\0\xe9\0=\xd8\x02\xde"), "oé😂");
	assert_reads("utf-16be", RP_SLICE("\0o\0\xe9"), "oé");
	assert_reads("utf-32be", RP_SLICE("\0\0\0o\0\x01\xf6\x02"), "o😂");
	assert_reads(" utf-8 ", RP_SLICE(""), "");
}

static void
what_calls_itself_latin_1_or_ascii_is_windows_1252(void **state)
{
	static const char *const names[] = { "iso-8859-1", "ISO8859-1", "latin1",
		                             "us-ascii", "ASCII" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_reads(names[i],
		             RP_SLICE("l\x92"
		                      "id\xe9"),
		             "l’idé");
}

static void
bytes_that_fit_nothing_are_replaced_or_refused(void **state)
{
	static const struct {
		const char *name, *bytes, *want;
		size_t n;
	} rows[] = {
		{ "utf-8",
		  "a\xff"
		  "b",
		  "a\xef\xbf\xbd"
		  "b",
		  3 },
		{ "latin1",
		  "a\x81"
		  "b",
		  "a\xef\xbf\xbd"
		  "b",
		  3 },
		{ "utf-16le",
		  "a\0\0\xdc"
		  "b\0",
		  "a\xef\xbf\xbd"
		  "b",
		  6 },
		{ "utf-16le", "a\0b", "a\xef\xbf\xbd", 3 },
		{ "shift_jis", "a\x93", "a\xef\xbf\xbd", 2 },
		{ "euc-kr",
		  "a\xff"
		  "b",
		  "a\xef\xbf\xbd"
		  "b",
		  3 },
		{ "iso-8859-3", "a\xa5", "a\xef\xbf\xbd", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rp_slice bytes = rp_slice_from(rows[i].bytes, rows[i].n);

		assert_true(reads(bytes, rows[i].name, false, rows[i].want));
		assert_false(reads(bytes, rows[i].name, true, ""));
	}
}

static void
names_that_nobody_knows_are_refused(void **state)
{
	static const char *const names[] = { "",
		                             " ",
		                             "bogus",
		                             "utf-7",
		                             "UTF-8//TRANSLIT",
		                             "../../../tmp/x",
		                             "iso-2022-kr",
		                             "e" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_false(reads(RP_SLICE("a"), names[i], false, ""));
}

static void
a_mark_at_the_front_tells_the_encoding(void **state)
{
	static const struct {
		const char *bytes, *name;
		size_t n, mark;
	} rows[] = {
		{ "\xef\xbb\xbf"
		  "a",
		  "utf-8", 4, 3 },
		{ "\xff\xfe"
		  "a\0",
		  "utf-16le", 4, 2 },
		{ "\xfe\xff\0a", "utf-16be", 4, 2 },
		{ "\xff\xfe\0\0a\0\0\0", "utf-32le", 8, 4 },
		{ "\0\0\xfe\xff", "utf-32be", 4, 4 },
		{ "\xff\xfe", "utf-16le", 2, 2 },
		{ "\xef\xbb", "", 2, 0 },
		{ "plain", "", 5, 0 },
		{ "", "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t mark = 99;

		assert_slice(
			charset_of_mark(rp_slice_from(rows[i].bytes, rows[i].n), &mark),
			rows[i].name);
		assert_int_equal(mark, rows[i].mark);
	}
}

static void
long_texts_and_full_buffers_end(void **state)
{
	enum { LONG = 300000 };
	static const char *const names[] = { "utf-8", "latin1", "euc-kr", "utf-16be" };
	char *bytes = malloc(LONG);

	(void)state;
	assert_non_null(bytes);
	(void)memset(bytes, 0xff, LONG);
	for (size_t i = 0; i < COUNT(names); i++) {
		CLEANUP(buf_done) struct rp_buf out, small;

		buf_init(&out, CEILING);
		assert_true(charset_read(&out, rp_slice_from(bytes, LONG),
		                         rp_slice_str(names[i]), false));
		assert_false(buf_failed(&out));
		assert_true(out.n >= LONG);
		buf_init(&small, 10);
		(void)charset_read(&small, rp_slice_from(bytes, LONG),
		                   rp_slice_str(names[i]), false);
		assert_true(buf_failed(&small));
	}
	free(bytes);
}

static void
a_damaged_byte_makes_no_other_encoding(void **state)
{
	static const struct {
		const char *text, *name;
	} rows[] = {
		{ "", "utf-8" },
		{ "plain", "utf-8" },
		{ "caf\xc3\xa9", "utf-8" },
		{ "caf\xc3\xa9 \xff", "utf-8" },
		{ "caf\xc3\xa9 l\xe2\x80\x99\xe9", "utf-8" },
		{ "caf\xe9", "windows-1252" },
		{ "l\x92\xe9t\xe9 \xc3\xa9", "windows-1252" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_slice(charset_guess(rp_slice_str(rows[i].text)), rows[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_encodings_of_the_web_are_read),
		cmocka_unit_test(what_calls_itself_latin_1_or_ascii_is_windows_1252),
		cmocka_unit_test(bytes_that_fit_nothing_are_replaced_or_refused),
		cmocka_unit_test(names_that_nobody_knows_are_refused),
		cmocka_unit_test(a_mark_at_the_front_tells_the_encoding),
		cmocka_unit_test(long_texts_and_full_buffers_end),
		cmocka_unit_test(a_damaged_byte_makes_no_other_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
