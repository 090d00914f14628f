#include "core/base/utf8.h"
#include "tests/support/spec.h"

#define ACUTE "\xcc\x81"
#define WOMAN "\xf0\x9f\x91\xa9"
#define GIRL "\xf0\x9f\x91\xa7"
#define HEART "\xe2\x9d\xa4"
#define FAIR_SKIN "\xf0\x9f\x8f\xbb"
#define ZWJ "\xe2\x80\x8d"
#define ZWNJ "\xe2\x80\x8c"
#define EMOJI_STYLE "\xef\xb8\x8f"
#define FAMILY WOMAN ZWJ WOMAN ZWJ GIRL ZWJ GIRL
#define FLAG_OF_SCOTLAND                                                                 \
	"\xf0\x9f\x8f\xb4\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xb3"               \
	"\xf3\xa0\x81\xa3\xf3\xa0\x81\xb4\xf3\xa0\x81\xbf"
#define BAD UTF8_REPLACEMENT

struct pair {
	const char *given;
	const char *wanted;
};

#define assert_shown(given, one_line, wanted)                                            \
	assert_shown_at(rp_slice_str(given), one_line, wanted, __FILE__, __LINE__)

static void
assert_shown_at(struct rp_slice given, bool one_line, const char *wanted,
                const char *file, int line)
{
	CLEANUP(buf_done) struct rp_buf out;

	buf_init(&out, 1 << 20);
	utf8_show(&out, given, one_line);
	assert_false(buf_failed(&out));
	assert_slice_at(buf_slice(&out), rp_slice_str(wanted), file, line);
}

static void
every_code_point_comes_back_as_it_was_written(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;
	size_t n;

	(void)state;
	buf_init(&buf, 8);
	for (int32_t c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buf_clear(&buf);
		utf8_add(&buf, c);
		if (utf8_next(buf_slice(&buf), &n) != c || n != buf.n ||
		    !utf8_valid(buf_slice(&buf)))
			fail_msg("U+%X", (unsigned)c);
	}
}

static void
what_cannot_be_encoded_becomes_a_replacement_character(void **state)
{
	static const int32_t impossible[] = { -1, 0xd800, 0xdfff, 0x110000, INT32_MIN };

	(void)state;
	for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]); i++) {
		CLEANUP(buf_done) struct rp_buf buf;

		buf_init(&buf, 8);
		utf8_add(&buf, impossible[i]);
		assert_slice(buf_slice(&buf), BAD);
	}
}

/* Each row: the bytes, and one U+FFFD for every maximal subpart (Unicode, table 3-8). */
static void
overlong_surrogate_and_cut_sequences_are_replaced_part_by_part(void **state)
{
	static const struct pair rows[] = {
		{ "a\xff"
		  "b",
		  "a" BAD "b" },
		{ "\xc0\x80", BAD BAD },
		{ "\xe0\x80\xaf", BAD BAD BAD },
		{ "\xf0\x80\x80\xaf", BAD BAD BAD BAD },
		{ "\xed\xa0\x80", BAD BAD BAD },
		{ "\xed\xa0\xbd\xed\xb8\x80", BAD BAD BAD BAD BAD BAD },
		{ "\xf4\x90\x80\x80", BAD BAD BAD BAD },
		{ "\xf5\x80", BAD BAD },
		{ "\xe2\x82", BAD },
		{ "\xf0\x9f\x98", BAD },
		{ "\xf0\x9f\x98z", BAD "z" },
		{ "\xe1\x80\xe2\xf0\x91\x92\xf1\xbf"
		  "A",
		  BAD BAD BAD BAD "A" },
		{ "\x80", BAD },
		{ "12345678901\x9b"
		  "31m",
		  "12345678901" BAD "31m" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CLEANUP(buf_done) struct rp_buf buf;

		buf_init(&buf, 100);
		assert_false(utf8_valid(rp_slice_str(rows[i].given)));
		assert_false(utf8_repair(&buf, rp_slice_str(rows[i].given)));
		assert_slice(buf_slice(&buf), rows[i].wanted);
		assert_int_equal(utf8_length(rp_slice_str(rows[i].given)),
		                 utf8_length(rp_slice_str(rows[i].wanted)));
	}
}

static void
valid_text_is_not_repaired(void **state)
{
	struct rp_slice text = RP_SLICE("na\xc3\xafve \0 " HEART);
	CLEANUP(buf_done) struct rp_buf buf;

	(void)state;
	buf_init(&buf, 100);
	assert_true(utf8_repair(&buf, text));
	assert_true(rp_slice_eq(buf_slice(&buf), text));
	assert_true(utf8_valid(RP_SLICE("")));
	assert_true(utf8_valid((struct rp_slice){ NULL, 0 }));
}

static void
an_invalid_byte_is_found_wherever_it_stands(void **state)
{
	char text[64];

	(void)state;
	for (size_t n = 1; n <= sizeof(text); n++)
		for (size_t i = 0; i < n; i++) {
			memset(text, 'a', sizeof(text));
			assert_true(utf8_valid(rp_slice_from(text, n)));
			text[i] = '\xff';
			assert_false(utf8_valid(rp_slice_from(text, n)));
		}
}

static void
offsets_count_code_points(void **state)
{
	struct rp_slice s = RP_SLICE("ab\xc3\xa9" HEART "\xff" WOMAN "z");

	(void)state;
	assert_int_equal(utf8_length(s), 7);
	assert_int_equal(utf8_offset(s, 0), 0);
	assert_int_equal(utf8_offset(s, 1), 1);
	assert_int_equal(utf8_offset(s, 2), 2);
	assert_int_equal(utf8_offset(s, 3), 4);
	assert_int_equal(utf8_offset(s, 4), 7);
	assert_int_equal(utf8_offset(s, 5), 8);
	assert_int_equal(utf8_offset(s, 6), 12);
	assert_int_equal(utf8_offset(s, 7), 13);
	assert_int_equal(utf8_offset(s, 99), 13);
}

static void
widths_are_what_a_terminal_draws(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(RP_SLICE("")), 0);
	assert_int_equal(utf8_width(RP_SLICE("hello")), 5);
	assert_int_equal(utf8_width(RP_SLICE("na\xc3\xafve")), 5);
	assert_int_equal(utf8_width(RP_SLICE("e" ACUTE ACUTE "x")), 2);
	assert_int_equal(utf8_width(RP_SLICE("\xe6\x97\xa5\xe6\x9c\xac")), 4);
	assert_int_equal(utf8_width(RP_SLICE("\xed\x95\x9c")), 2);
	assert_int_equal(utf8_width(RP_SLICE("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab")), 2);
	assert_int_equal(utf8_width(RP_SLICE("\xff")), 1);
}

static void
an_emoji_of_many_code_points_takes_two_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(RP_SLICE(WOMAN)), 2);
	assert_int_equal(utf8_width(RP_SLICE(FAMILY)), 2);
	assert_int_equal(utf8_width(RP_SLICE(FAMILY FAMILY "!")), 5);
	assert_int_equal(utf8_width(RP_SLICE(WOMAN FAIR_SKIN)), 2);
	assert_int_equal(utf8_width(RP_SLICE(HEART EMOJI_STYLE)), 2);
	assert_int_equal(utf8_width(RP_SLICE("1" EMOJI_STYLE "\xe2\x83\xa3")), 2);
	assert_int_equal(utf8_width(RP_SLICE("\xf0\x9f\x87\xab\xf0\x9f\x87\xb7")), 2);
	assert_int_equal(utf8_width(RP_SLICE("a" FAIR_SKIN)), 3);
}

static void
no_control_character_reaches_the_terminal(void **state)
{
	static const struct pair rows[] = {
		{ "\033[31mred\033[0m", "\\u{1B}[31mred\\u{1B}[0m" },
		{ "\033]52;c;aGk=\a", "\\u{1B}]52;c;aGk=\\u{7}" },
		{ "\033]8;;http://x\033\\link", "\\u{1B}]8;;http://x\\u{1B}\\link" },
		{ "\033Pq\033\\", "\\u{1B}Pq\\u{1B}\\" },
		{ "pay 100\b\b\b5", "pay 100\\u{8}\\u{8}\\u{8}5" },
		{ "good\rbad", "good\\u{D}bad" },
		{ "\x7f", "\\u{7F}" },
		{ "\xc2\x9b"
		  "31m",
		  "\\u{9B}31m" },
		{ "\x9b"
		  "31m",
		  BAD "31m" },
		{ "\xc2\x85", "\\u{85}" },
		{ "\v\f", "\\u{B}\\u{C}" },
		{ "a\tb\nc", "a\tb\nc" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_shown(rows[i].given, false, rows[i].wanted);
	assert_shown_at(RP_SLICE("a\0b"), false, "a\\u{0}b", __FILE__, __LINE__);
}

static void
a_name_cannot_forge_a_second_line(void **state)
{
	(void)state;
	assert_shown("Ana\n@boss: yes", true, "Ana @boss: yes");
	assert_shown("Ana\r\n\r\n\t@boss: yes", true, "Ana @boss: yes");
	assert_shown("Ana\r\n@boss", false, "Ana\n@boss");
	assert_shown("Ana\r@boss", true, "Ana\\u{D}@boss");
	assert_shown("Ana\xe2\x80\xa8@boss\xe2\x80\xa9", true,
	             "Ana\\u{2028}@boss\\u{2029}");
	assert_shown("a  b", true, "a  b");
}

static void
nothing_turns_the_line_around(void **state)
{
	(void)state;
	assert_shown("\xe2\x80\xae"
	             "gpj.exe",
	             false, "\\u{202E}gpj.exe");
	assert_shown("\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad", false,
	             "\\u{202A}\\u{202B}\\u{202C}\\u{202D}");
	assert_shown("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", false,
	             "\\u{2066}\\u{2067}\\u{2068}\\u{2069}");
	assert_shown("\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", false,
	             "\\u{200E}\\u{200F}\\u{61C}");
}

static void
nothing_hides_between_the_letters(void **state)
{
	(void)state;
	assert_shown("a\xe2\x80\x8b"
	             "b",
	             false, "a\\u{200B}b");
	assert_shown("a" ZWNJ "b", false, "a\\u{200C}b");
	assert_shown("a" ZWJ "b", false, "a\\u{200D}b");
	assert_shown("\xef\xbb\xbf"
	             "a",
	             false, "\\u{FEFF}a");
	assert_shown("a\xc2\xad"
	             "b\xe2\x81\xa0",
	             false, "a\\u{AD}b\\u{2060}");
	assert_shown("a" EMOJI_STYLE "b", false, "a\\u{FE0F}b");
	assert_shown("\xf3\xa0\x81\x81", false, "\\u{E0041}");
	assert_shown(WOMAN "\xf3\xa0\x81\x81", false, WOMAN "\\u{E0041}");
	assert_shown("\xe3\x85\xa4", false, "\\u{3164}");
	assert_shown(HEART EMOJI_STYLE EMOJI_STYLE, false, HEART EMOJI_STYLE "\\u{FE0F}");
}

static void
emoji_are_kept_whole(void **state)
{
	static const char *const kept[] = {
		FAMILY,
		WOMAN FAIR_SKIN ZWJ HEART EMOJI_STYLE ZWJ WOMAN FAIR_SKIN,
		HEART EMOJI_STYLE,
		"1" EMOJI_STYLE "\xe2\x83\xa3",
		"\xf0\x9f\x87\xab\xf0\x9f\x87\xb7",
		FLAG_OF_SCOTLAND,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_shown(kept[i], true, kept[i]);
}

static void
a_chain_of_emoji_is_cut_before_it_outgrows_its_two_columns(void **state)
{
	(void)state;
	assert_shown(FAMILY ZWJ GIRL, true, FAMILY "\\u{200D}" GIRL);
	assert_shown(FAMILY " " FAMILY, true, FAMILY " " FAMILY);
	assert_shown(GIRL ZWJ ZWJ GIRL, true, GIRL "\\u{200D}\\u{200D}" GIRL);
	assert_shown(GIRL ZWJ, true, GIRL "\\u{200D}");
}

static void
persian_and_hindi_keep_their_joiners(void **state)
{
	static const char *const kept[] = {
		"\xd9\x85\xdb\x8c" ZWNJ "\xd8\xae\xd9\x88\xd8\xa7\xd9\x87\xd9\x85",
		"\xe0\xa4\x95\xe0\xa5\x8d" ZWJ "\xe0\xa4\xb7",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_shown(kept[i], true, kept[i]);
	assert_shown("\xd9\x85" ZWNJ ZWNJ "\xd8\xae", true,
	             "\xd9\x85\\u{200C}\\u{200C}\xd8\xae");
}

static void
a_thousand_marks_on_one_letter_become_five(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 10000);
	buf_add_byte(&text, 'Z');
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, ACUTE);
	buf_add_str(&text, "a" ACUTE);
	assert_shown_at(buf_slice(&text), true,
	                "Z" ACUTE ACUTE ACUTE ACUTE ACUTE BAD "a" ACUTE, __FILE__,
	                __LINE__);
}

static void
marks_without_a_letter_stay_off_what_was_printed_before(void **state)
{
	(void)state;
	assert_shown(ACUTE "a", true, "\xe2\x97\x8c" ACUTE "a");
	assert_shown("a\n" ACUTE, false, "a\n\xe2\x97\x8c" ACUTE);
}

static void
whatever_is_shown_is_valid_and_free_of_controls(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;
	uint64_t seed = 1;

	(void)state;
	buf_init(&out, 10000);
	for (int round = 0; round < 20000; round++) {
		char bytes[24];
		struct rp_slice shown;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
			bytes[i] = (char)(seed >> 56);
			if (seed >> 33 & 1) /* what sequences are made of */
				bytes[i] = "\xe2\x80\xf0\x9f\xf3\xa0\xc2\xef"[seed >> 60 &
				                                              7];
		}
		buf_clear(&out);
		utf8_show(&out, rp_slice_from(bytes, sizeof(bytes)), true);
		assert_true(utf8_valid(buf_slice(&out)));
		assert_true(out.n <= 6 * sizeof(bytes));
		shown = buf_slice(&out);
		for (size_t n; shown.n; shown = rp_slice_skip(shown, n)) {
			int32_t c = utf8_next(shown, &n);

			assert_true(c >= 0x20 && (c < 0x7f || c > 0x9f));
			assert_true(c < 0x202a || c > 0x202e);
			assert_true(c < 0x2066 || c > 0x2069);
		}
	}
}

static void
folded_copies_meet_whatever_the_spelling(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	static const struct pair rows[] = {
		{ "  Hello,\t\n WORLD ", "hello, world" },
		{ "", "" },
		{ " \n ", "" },
		{ "Jos\xc3\xa9", "jose" },
		{ "Jose" ACUTE, "jose" },
		{ "STRASSE", "strasse" },
		{ "Stra\xc3\x9f"
		  "e",
		  "strasse" },
		{ "\xef\xbc\xa1\xef\xbc\xa2", "ab" },
		{ "\xef\xac\x81n", "fin" },
		{ "a\xc2\xa0\xe3\x80\x80 b", "a b" },
		{ "\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82",
		  "\xcf\x83\xce\xb9\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83" },
		{ "\xc4\xb0stanbul", "istanbul" },
		{ "a\xe2\x80\x8b"
		  "b",
		  "ab" },
		{ "a\xff", "a" BAD },
		{ "\xe2\x84\xa2", "tm" },
		/* the vowel i of Hindi and the voiced ga of Japanese are not accents */
		{ "\xe0\xa4\x95\xe0\xa4\xbf", "\xe0\xa4\x95\xe0\xa4\xbf" },
		{ "\xe3\x81\x8c", "\xe3\x81\x8b\xe3\x82\x99" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_slice folded;

		assert_true(utf8_fold(arena, rp_slice_str(rows[i].given), &folded));
		assert_slice(folded, rows[i].wanted);
	}
}

static void
folding_says_when_the_arena_is_full(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(16);
	struct rp_slice out = RP_SLICE("untouched");

	(void)state;
	assert_false(utf8_fold(arena, RP_SLICE("far too long for sixteen"), &out));
	assert_false(utf8_fold(arena, RP_SLICE("\xef\xb7\xba"), &out));
	assert_slice(out, "untouched");
}

static void
lines_break_at_the_last_blank_that_fits(void **state)
{
	(void)state;
	assert_int_equal(utf8_wrap(RP_SLICE("one two three"), 80), 13);
	assert_int_equal(utf8_wrap(RP_SLICE("one two three"), 9), 7);
	assert_int_equal(utf8_wrap(RP_SLICE("one two three"), 7), 7);
	assert_int_equal(utf8_wrap(RP_SLICE("one two three"), 6), 3);
	assert_int_equal(utf8_wrap(RP_SLICE("one   two"), 5), 3);
	assert_int_equal(utf8_wrap(RP_SLICE("unbreakable"), 4), 4);
	assert_int_equal(utf8_wrap(RP_SLICE("   unbreakable"), 5), 5);
	assert_int_equal(utf8_wrap(RP_SLICE(""), 5), 0);
}

static void
chinese_and_japanese_break_anywhere(void **state)
{
	(void)state;
	assert_int_equal(utf8_wrap(RP_SLICE("a \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"), 6),
	                 8);
}

static void
a_line_never_ends_inside_a_character_and_loops_end(void **state)
{
	(void)state;
	assert_int_equal(utf8_wrap(RP_SLICE("xe" ACUTE ACUTE "y"), 2), 6);
	assert_int_equal(utf8_wrap(RP_SLICE(FAMILY FAMILY), 3), sizeof(FAMILY) - 1);
	assert_int_equal(utf8_wrap(RP_SLICE(FAMILY), 1), sizeof(FAMILY) - 1);
	assert_int_equal(utf8_wrap(RP_SLICE(FAMILY), 0), sizeof(FAMILY) - 1);
	assert_int_equal(utf8_wrap(RP_SLICE(" a"), 0), 1);
	assert_int_equal(utf8_wrap(RP_SLICE("\xff\xff"), 1), 1);
}

static void
letters_are_told_apart_by_case_in_any_alphabet(void **state)
{
	(void)state;
	assert_int_equal(utf8_letter('A'), UTF8_UPPER);
	assert_int_equal(utf8_letter(0xe9), UTF8_LOWER);
	assert_int_equal(utf8_letter(0x416), UTF8_UPPER);
	assert_int_equal(utf8_letter(0x5b57), UTF8_OTHER_LETTER);
	assert_int_equal(utf8_letter('7'), UTF8_NO_LETTER);
	assert_int_equal(utf8_letter(-1), UTF8_NO_LETTER);
	assert_int_equal(utf8_letter(0x110000), UTF8_NO_LETTER);
	assert_int_equal(utf8_lower(0xc9), 0xe9);
	assert_int_equal(utf8_lower(0x416), 0x436);
	assert_int_equal(utf8_lower('7'), '7');
	assert_int_equal(utf8_lower(-1), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back_as_it_was_written),
		cmocka_unit_test(what_cannot_be_encoded_becomes_a_replacement_character),
		cmocka_unit_test(
			overlong_surrogate_and_cut_sequences_are_replaced_part_by_part),
		cmocka_unit_test(valid_text_is_not_repaired),
		cmocka_unit_test(an_invalid_byte_is_found_wherever_it_stands),
		cmocka_unit_test(offsets_count_code_points),
		cmocka_unit_test(widths_are_what_a_terminal_draws),
		cmocka_unit_test(an_emoji_of_many_code_points_takes_two_columns),
		cmocka_unit_test(no_control_character_reaches_the_terminal),
		cmocka_unit_test(a_name_cannot_forge_a_second_line),
		cmocka_unit_test(nothing_turns_the_line_around),
		cmocka_unit_test(nothing_hides_between_the_letters),
		cmocka_unit_test(emoji_are_kept_whole),
		cmocka_unit_test(
			a_chain_of_emoji_is_cut_before_it_outgrows_its_two_columns),
		cmocka_unit_test(persian_and_hindi_keep_their_joiners),
		cmocka_unit_test(a_thousand_marks_on_one_letter_become_five),
		cmocka_unit_test(marks_without_a_letter_stay_off_what_was_printed_before),
		cmocka_unit_test(whatever_is_shown_is_valid_and_free_of_controls),
		cmocka_unit_test(folded_copies_meet_whatever_the_spelling),
		cmocka_unit_test(folding_says_when_the_arena_is_full),
		cmocka_unit_test(lines_break_at_the_last_blank_that_fits),
		cmocka_unit_test(chinese_and_japanese_break_anywhere),
		cmocka_unit_test(a_line_never_ends_inside_a_character_and_loops_end),
		cmocka_unit_test(letters_are_told_apart_by_case_in_any_alphabet),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
