/* What lies beside captions that yt-dlp fetched. */
#include "core/collect/ytdlp.h"
#include "tests/support/spec.h"

static struct rp_error err;

static void
a_name_tells_its_language(void **state)
{
	struct rp_slice stem, lang;

	(void)state;
	assert_true(ytdlp_name(RP_SLICE("d.x/A. B [id].pt-BR.vtt"), &stem, &lang));
	assert_slice(stem, "d.x/A. B [id]");
	assert_slice(lang, "pt-BR");
	assert_true(ytdlp_name(RP_SLICE("A [id].json3"), &stem, &lang));
	assert_slice(stem, "A [id]");
	assert_slice(lang, "");
	assert_true(ytdlp_name(RP_SLICE("x/Dr. No.srt"), &stem, &lang));
	assert_slice(stem, "x/Dr. No");
	assert_false(ytdlp_name(RP_SLICE("A [id].en.txt"), &stem, &lang));
	assert_false(ytdlp_name(RP_SLICE("a.vtt/b"), &stem, &lang));
	assert_false(ytdlp_name(RP_SLICE(""), &stem, &lang));
}

static enum rp_status
settings(struct rp_buf *out, const char *json, const char *lang, const char *told)
{
	buf_clear(out);
	return ytdlp_settings(rp_slice_str(json), rp_slice_str(lang), rp_slice_str(told),
	                      out, &err);
}

static void
it_says_what_can_be_a_setting_and_no_more(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_ok(
		settings(&out,
	                 "{\"id\":\"a\",\"extractor\":\"YouTube:tab\",\"title\":"
	                 "\"A\\u001b\\nB\","
	                 "\"webpage_url\":\"javascript:x\",\"upload_date\":\"20250231\","
	                 "\"chapters\":[{\"start_time\":3661.5,\"title\":\" x \"},"
	                 "{\"start_time\":-1},7]}",
	                 "en-orig", ""),
		err);
	assert_slice(buf_slice(&out), "event=youtube-a\ntitle=A  B\nlang=en\n"
	                              "chapter=1:01:01.500 x\n");
}

static void
a_premiere_was_said_before_it_was_shown(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_ok(
		settings(
			&out,
			"{\"release_timestamp\":1737558600,\"live_status\":\"not_live\"}",
			"", ""),
		err);
	assert_slice(buf_slice(&out), "not_after=2025-01-22T15:10:00Z\n");
	assert_ok(settings(&out, "{\"release_timestamp\":1737558600,\"was_live\":true}",
	                   "", ""),
	          err);
	assert_slice(buf_slice(&out), "start=2025-01-22T15:10:00Z\n");
	assert_ok(settings(&out, "{\"timestamp\":1737558600.5}", "", ""), err);
	assert_slice(buf_slice(&out), "not_after=2025-01-22T15:10:00Z\n");
	assert_ok(settings(&out, "{\"timestamp\":1737558600}", "", "date=2025-01-20\n"),
	          err);
	assert_slice(buf_slice(&out), "");
}

static void
what_a_machine_translated_is_taken_only_when_asked_for(void **state)
{
	const char *const automatic = "{\"automatic_captions\":{\"en-orig\":[],\"en\":[],"
				      "\"fr\":[]},\"subtitles\":{\"de\":[]}}";
	CLEANUP(buf_done) struct rp_buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_int_equal(settings(&out, "{}", "fr-en", ""), RP_BAD_SOURCE);
	assert_int_equal(settings(&out, "{}", "zh-Hans-en", ""), RP_BAD_SOURCE);
	assert_int_equal(settings(&out, automatic, "fr", ""), RP_BAD_SOURCE);
	assert_ok(settings(&out, automatic, "fr", "lang=fr\n"), err);
	assert_ok(settings(&out, automatic, "en", ""), err);
	assert_ok(settings(&out, automatic, "de", ""), err);
	assert_ok(settings(&out, "{}", "pt-BR", ""), err);
	assert_ok(settings(&out, "{}", "es-419", ""), err);
	assert_ok(settings(&out, "{}", "zh-Hans", ""), err);
}

static void
what_is_no_json_is_refused(void **state)
{
	CLEANUP(buf_done) struct rp_buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_int_equal(settings(&out, "[]", "", ""), RP_BAD_SOURCE);
	assert_int_equal(settings(&out, "{", "", ""), RP_BAD_SOURCE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_tells_its_language),
		cmocka_unit_test(it_says_what_can_be_a_setting_and_no_more),
		cmocka_unit_test(a_premiere_was_said_before_it_was_shown),
		cmocka_unit_test(what_a_machine_translated_is_taken_only_when_asked_for),
		cmocka_unit_test(what_is_no_json_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
