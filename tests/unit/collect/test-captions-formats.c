/* One test and more for each form that captions come in. */
#include "tests/unit/collect/captions-fixture.h"

#define VTT "WEBVTT\n\n"

/* ---- WebVTT ---------------------------------------------------------------------------
 */

static void
voices_are_speakers_and_go_on_without_being_named(void **state)
{
	(void)state;
	CAPTIONS("WEBVTT - Panel\nKind: captions\nLanguage: en-GB\n\n"
	         "NOTE invented\n--\n\n"
	         "STYLE\n::cue { color: red }\n\n"
	         "1\n00:00:05.000 --> 00:00:09.500\n"
	         "<v Moderator>Is there an AI bubble?</v>\n\n"
	         "00:00:10.000 --> 00:00:14.000 align:start\n"
	         "<v.loud  Ana   Petit>Only if <i>nobody</i> uses it &amp; pays.\n\n"
	         "00:00:14.000 --> 00:00:16.000\nThat is my test.\n");
	assert_turns("1 e/Moderator: Is there an AI bubble?\n"
	             "2 Ana Petit: Only if nobody uses it & pays. That is my test.\n");
	assert_edges("2>1\n");
	assert_contexts("2<Is there an AI bubble?\n");
	assert_rejects("");
	assert_string_equal(got.lang, "en-GB");
}

static void
several_voices_in_one_cue_are_several_turns(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n"
	             "<v Ana Roe>Yes.</v> <v Bob Doe>No.</v>\n");
	assert_turns("1 Ana Roe: Yes.\n2 Bob Doe: No.\n");
	assert_records(
		"00:01.000 --> 00:02.000\n<v Ana Roe>Yes.</v>| <v Bob Doe>No.</v>|");
}

static void
names_cannot_hold_what_a_terminal_would_act_on(void **state)
{
	(void)state;
	CAPTIONS(VTT "00:01.000 --> 00:02.000\n<v Ana\x1b[2J\xc2\x9b\x07Roe>Yes.\n\n"
	             "00:02.000 --> 00:03.000\n<v @Bob>No.\n\n"
	             "00:03.000 --> 00:04.000\n<v \xff>Hm.\n");
	assert_turns("1 Ana [2J Roe: Yes. No. Hm.\n");
}

static void
line_ends_marks_and_nuls_of_any_kind_are_read(void **state)
{
	(void)state;
	read_as(&captions_collector,
	        RP_SLICE("\xef\xbb\xbfWEBVTT\r\rX-TIMESTAMP-MAP=LOCAL:0,MPEGTS:9\r\r"
	                 "100:00:00.000-->100:00:01.000\ra\0b\r\r1:00.000 --> "
	                 "1:01.000\rx"),
	        "event=e\n");
	assert_turns("1 : a\xef\xbf\xbd"
	             "b\n");
	assert_true(got.damaged);
	assert_rejects("11+32: a cue without times\n"
	               "80+23: a cue whose times cannot be read\n");
}

static void
bad_cues_are_rejected_and_the_others_stay_in_order(void **state)
{
	(void)state;
	CAPTIONS(VTT "99:99:99.000 --> 99:99:99.999\nbad\n\n"
	             "00:05.000 --> 00:04.000\nends before it begins\n\n"
	             "-00:01.000 --> 00:02.000\nnegative\n\n"
	             "00:04.000 --> 00:09.000\noverlaps --\n\n"
	             "missing its arrow\n\n"
	             "00:06.000 --> 00:07.000\nlast <b>one</i> &lt;b> &#65;\n");
	assert_turns("1 : ends before it begins overlaps -- last one <b> A\n");
	assert_int_equal(got.n, 1);
	assert_rejects("8+33: a cue whose times cannot be read\n"
	               "90+33: a cue whose times cannot be read\n"
	               "162+17: a cue without times\n");
}

/* ---- SubRip ---------------------------------------------------------------------------
 */

static void
subrip_is_read_with_its_everyday_mistakes(void **state)
{
	(void)state;
	CAPTIONS(
		"\xef\xbb\xbf"
		"1\r\n0:0:1,5 --> 0:0:2.500 X1:1 Y1:2\r\n{\\an8}<i>SARAH:</i> One\r\n"
		"\r\n"
		"two\r\n"
		"3\r\n00:00:03,000-->00:00:04,000\r\n<font color=\"#fff\">1234</font>\r\n"
		"00:00:05,000 --> 00:00:06,000\r\nSARAH: five\r\n\r\n"
		"6\r\n00:00:07,000 00:00:08,000\r\nlost\r\n\r\n"
		"7\r\n00:00:09,000 --> 00:00:10,000\r\nTOM LEE: six");
	assert_turns("1 Sarah: One two 1234\nfive\n2 Tom Lee: six\n");
	assert_rejects("181+34: a cue whose times cannot be read\n");
}

static void
subrip_of_old_windows_is_read(void **state)
{
	(void)state;
	CAPTIONS("1\n00:00:01,000 --> 00:00:02,000\nD\xe9j\xe0 vu\n");
	assert_turns("1 : D\xc3\xa9j\xc3\xa0 vu\n");
	assert_false(got.damaged);
}

/* ---- YouTube --------------------------------------------------------------------------
 */

static void
json3_tells_each_word_once(void **state)
{
	(void)state;
	CAPTIONS("{\"wireMagic\":\"pb3\",\"events\":["
	         "{\"tStartMs\":0,\"dDurationMs\":9999000,\"id\":1},"
	         "{\"tStartMs\":320,\"dDurationMs\":4410,\"wWinId\":1,\"segs\":["
	         "{\"utf8\":\"We\"},{\"utf8\":\" can\",\"tOffsetMs\":239}]},"
	         "{\"tStartMs\":1750,\"dDurationMs\":2410,\"aAppend\":1,"
	         "\"segs\":[{\"utf8\":\"\\n\"}]},"
	         "{\"tStartMs\":1760,\"dDurationMs\":3000,\"segs\":["
	         "{\"utf8\":\"it&#39;s [Music]\"}]},"
	         "{\"tStartMs\":\"x\",\"segs\":[{\"utf8\":\"bad\"}]},"
	         "{\"tStartMs\":5000,\"segs\":[{\"utf8\":\"[Applause]\"}]}]}");
	assert_turns("1 : We can it's [Music]\n");
	assert_rejects("321+40: a cue whose times cannot be read\n");
}

static void
srv_forms_are_read(void **state)
{
	(void)state;
	CAPTIONS("<?xml version=\"1.0\"?><transcript>"
	         "<text start=\"18.64\" dur=\"3.24\">We&amp;#39;re &amp;lt;here</text>"
	         "<text start=\"x\">bad</text></transcript>");
	assert_turns("1 : We're <here\n");
	assert_rejects("97+26: a cue whose times cannot be read\n");
	CAPTIONS("<timedtext><text t=\"18640\" d=\"3240\">two</text></timedtext>");
	assert_turns("1 : two\n");
	CAPTIONS("<timedtext format=\"3\"><head><pen id=\"1\"/></head><body>"
	         "<w t=\"0\" id=\"1\"/><p t=\"320\" d=\"2410\" w=\"1\">"
	         "<s ac=\"255\">We</s><s t=\"239\" ac=\"0\"> no</s></p>"
	         "<p t=\"1750\" d=\"2410\" w=\"1\" a=\"1\">\n</p>"
	         "<p t=\"1760\">more<br/>lines</p></body></timedtext>");
	assert_turns("1 : We no more lines\n");
}

/* ---- podcasts and pages ---------------------------------------------------------------
 */

static void
podcast_json_is_joined_word_by_word(void **state)
{
	(void)state;
	CAPTIONS("{\"version\":\"1.0.0\",\"segments\":["
	         "{\"speaker\":\"Bo "
	         "Lee\",\"startTime\":0.5,\"endTime\":0.75,\"body\":\"I\"},"
	         "{\"speaker\":\"Bo Lee\",\"startTime\":0.8,\"body\":\" think\"},"
	         "{\"startTime\":0.9,\"body\":\", so\"},{\"startTime\":1},"
	         "{\"speaker\":\"Al Poe\",\"startTime\":1.5,\"body\":\"No.\"}]}");
	assert_turns("1 Bo Lee: I think, so\n2 Al Poe: No.\n");
	assert_rejects("179+15: a segment without a text\n");
}

static void
podcast_html_is_read_by_its_cites(void **state)
{
	(void)state;
	CAPTIONS_WITH(
		"<cite>Kevin:</cite>\n<time>0:09</time>\n<p>Hello &amp; welcome.</p>\n"
		"<p>More.</p>\n<cite>Jo Roe:</cite><time>1:00:10</time><p>Thanks.</p>",
		"start=2025-01-22T10:00:00Z\n");
	assert_turns("1 Kevin: Hello & welcome.\nMore.\n2 Jo Roe: Thanks.\n");
	assert_times("1 2025-01-22T10:00:09.000Z\n2 2025-01-22T11:00:10.000Z\n");
}

static void
segments_of_a_stream_have_one_clock(void **state)
{
	(void)state;
	/* the clock begins anew between them; one cue stands in both */
	CAPTIONS_WITH("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:8589034592\n\n"
	              "00:01.000 --> 00:02.000\n>> Ana Petit: One\n\n"
	              "00:09.000 --> 00:10.500\n>> Bo Li: Two\n\n"
	              "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n"
	              "00:00.500 --> 00:01.000\n>> Ana Petit: <00:00:00.700>three\n\n",
	              "start=2025-01-22T10:00:00Z\n");
	assert_turns("1 Ana Petit: One\n2 Bo Li: Two\n3 Ana Petit: three\n");
	assert_times("1 2025-01-22T10:00:01.000Z\n2 2025-01-22T10:00:09.000Z\n"
	             "3 2025-01-22T10:00:10.500Z\n");
	assert_rejects("");
	CAPTIONS("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n"
	         "00:01.000 --> 00:02.000\nno\n\n00:03.000 --> 00:05.000\nno\n\n"
	         "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:04.000,MPEGTS:1260000\n\n"
	         "00:03.000 --> 00:05.000\nno\n\n00:05.000 --> 00:06.000\nno\n\n");
	assert_turns("1 : no no no\n");
	CAPTIONS("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:x,MPEGTS:-1\n\n"
	         "00:01.000 --> 00:02.000\nOne\n\n"
	         "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:99999999999999999999,\n\n"
	         "00:03.000 --> 00:04.000\nTwo\n");
	assert_turns("1 : One Two\n");
}

static void
widen(struct rp_buf *out, const char *text, bool big)
{
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		/* one sign of four bytes, for "~" */
		if (c == '~')
			buf_add(out, big ? rp_slice_from("\xd8\x3d\xde\x00", 4)
			                 : rp_slice_from("\x3d\xd8\x00\xde", 4));
		else
			buf_add(out, big ? rp_slice_from((char[]){ 0, *text }, 2)
			                 : rp_slice_from((char[]){ *text, 0 }, 2));
	}
}

static void
utf_16_is_read_and_its_bytes_are_kept(void **state)
{
	static const char srt[] =
		"1\r\n00:00:01,000 --> 00:00:02,000\r\nANA PETIT: \xe9t\xe9 ~?\r\n\r\n"
		"2\r\n00:00:03,000 -> 00:00:04,000\r\nlost\r\n\r\n"
		"3\r\n00:00:05,000 --> 00:00:06,000\r\nBO LI: Oui.\r\n";

	(void)state;
	for (int form = 0; form < 4; form++) {
		CLEANUP(buf_done) struct rp_buf text, first;

		buf_init(&text, 4096);
		buf_init(&first, 4096);
		if (form < 2)
			buf_add_str(&text, form ? "\xfe\xff" : "\xff\xfe");
		widen(&text, srt, form % 2 != 0);
		assert_true(sure_of(buf_slice(&text)) > 80);
		read_as(&captions_collector, buf_slice(&text), "event=e\n");
		assert_turns("1 Ana Petit: \xc3\xa9t\xc3\xa9 \xf0\x9f\x98\x80?\n"
		             "2 Bo Li: Oui.\n");
		assert_false(got.damaged);
		assert_rejects(form < 2 ? "114+74: a cue whose times cannot be read\n"
		                        : "112+74: a cue whose times cannot be read\n");
		widen(&first,
		      "1\r\n00:00:01,000 --> 00:00:02,000\r\nANA PETIT: \xe9t\xe9 ~?",
		      form % 2 != 0);
		assert_true(rp_slice_starts(buf_slice(&got.records), buf_slice(&first)));
		buf_add_byte(&text, 'x');
		read_as(&captions_collector, buf_slice(&text), "event=e\n");
		assert_true(got.damaged);
	}
}

static void
what_the_server_says_of_its_encoding_is_believed_of_what_is_no_utf_8(void **state)
{
	static const struct {
		const char *type, *text, *turns, *records;
	} rows[] = {
		{ "windows-1251",
		  "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Roe>\xef\xf0\xe8\n\n"
		  "00:02.000 --> 00:03.000\n<v Bo Li>Oui.\n",
		  "1 Ana Roe: \xd0\xbf\xd1\x80\xd0\xb8\n2 Bo Li: Oui.\n",
		  "00:01.000 --> 00:02.000\n<v Ana Roe>\xef\xf0\xe8|"
		  "00:02.000 --> 00:03.000\n<v Bo Li>Oui.|" },
		{ "gb2312",
		  "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana "
		  "Roe>\xcb\xfb\xcb\xb5\xa3\xba\xba"
		  "\xc3\xa1\xa3\n\n00:02.000 --> 00:03.000\n<v Bo Li>Oui.\n",
		  "1 Ana Roe: "
		  "\xe4\xbb\x96\xe8\xaf\xb4\xef\xbc\x9a\xe5\xa5\xbd\xe3\x80\x82\n"
		  "2 Bo Li: Oui.\n",
		  "00:01.000 --> 00:02.000\n<v Ana "
		  "Roe>\xcb\xfb\xcb\xb5\xa3\xba\xba\xc3\xa1\xa3|"
		  "00:02.000 --> 00:03.000\n<v Bo Li>Oui.|" },
		/* It says so of everything it has. */
		{ "iso-8859-1",
		  "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Roe>\xc3\xa9\n",
		  "1 Ana Roe: \xc3\xa9\n",
		  "00:01.000 --> 00:02.000\n<v Ana Roe>\xc3\xa9|" },
	};
	char options[100];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		(void)snprintf(options, sizeof(options),
		               "event=e\nhttp.type=text/vtt; charset=%s\n", rows[i].type);
		read_as(&captions_collector, rp_slice_str(rows[i].text), options);
		assert_turns(rows[i].turns);
		assert_records(rows[i].records);
		assert_false(got.damaged);
	}
}

static void
windows_1252_is_read_in_subrip_and_pages(void **state)
{
	(void)state;
	CAPTIONS("1\n00:00:01,000 --> 00:00:02,000\nANA PETIT: l\x92\xe9t\xe9\n\n");
	assert_turns("1 Ana Petit: l\xe2\x80\x99\xc3\xa9t\xc3\xa9\n");
	CAPTIONS("<p>ANA PETIT: l\x92\xe9t\xe9.</p><p>BO LI: Non.</p>");
	assert_turns("1 Ana Petit: l\xe2\x80\x99\xc3\xa9t\xc3\xa9.\n2 Bo Li: Non.\n");
	assert_slice(buf_slice(&got.records),
	             "<p>ANA PETIT: l\x92\xe9t\xe9.</p>|<p>BO LI: Non.</p>|");
	/* One bad byte among good ones is damage. */
	CAPTIONS("1\n00:00:01,000 --> 00:00:02,000\nANA PETIT: l\xc3\xa9t\xc3\xa9 "
	         "\xff\n\n");
	assert_turns("1 Ana Petit: l\xc3\xa9t\xc3\xa9 \xef\xbf\xbd\n");
	assert_true(got.damaged);
}

/* ---- recognising ----------------------------------------------------------------------
 */

static void
every_form_is_recognised_and_nothing_else(void **state)
{
	(void)state;
	assert_true(sure_of(RP_SLICE("WEBVTT")) > 80);
	assert_true(sure_of(RP_SLICE("\xef\xbb\xbfWEBVTT \tx\n")) > 80);
	assert_true(sure_of(RP_SLICE("1\n00:00:01,000 --> 00:00:02,000\nx")) > 80);
	assert_true(sure_of(RP_SLICE("{\"events\":[{\"tStartMs\":1}]}")) > 80);
	assert_true(sure_of(RP_SLICE(
			    "{\"segments\":[{\"startTime\":1,\"body\":\"\"}]}")) > 80);
	assert_true(sure_of(RP_SLICE("<transcript><text start=\"1\">")) > 80);
	assert_true(sure_of(RP_SLICE("<cite>A:</cite><time>0:09</time><p>b")) > 50);
	assert_int_equal(sure_of(RP_SLICE("WEBVTTX")), 0);
	assert_int_equal(sure_of(RP_SLICE("webvtt\n")), 0);
	assert_int_equal(sure_of(RP_SLICE("ANA ROE: a --> b")), 0);
	assert_int_equal(sure_of(RP_SLICE("<html><b>Ana:</b> hi")), 0);
	assert_int_equal(sure_of(RP_SLICE("")), 0);
}

static void
a_file_without_captions_is_rejected_whole(void **state)
{
	(void)state;
	CAPTIONS("nothing of the kind");
	assert_rejects("0+19: no captions in it\n");
	CAPTIONS("{\"events\":[");
	assert_turns("");
	CAPTIONS("");
	assert_rejects("");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(voices_are_speakers_and_go_on_without_being_named),
		cmocka_unit_test(several_voices_in_one_cue_are_several_turns),
		cmocka_unit_test(names_cannot_hold_what_a_terminal_would_act_on),
		cmocka_unit_test(line_ends_marks_and_nuls_of_any_kind_are_read),
		cmocka_unit_test(bad_cues_are_rejected_and_the_others_stay_in_order),
		cmocka_unit_test(subrip_is_read_with_its_everyday_mistakes),
		cmocka_unit_test(subrip_of_old_windows_is_read),
		cmocka_unit_test(json3_tells_each_word_once),
		cmocka_unit_test(srv_forms_are_read),
		cmocka_unit_test(podcast_json_is_joined_word_by_word),
		cmocka_unit_test(podcast_html_is_read_by_its_cites),
		cmocka_unit_test(segments_of_a_stream_have_one_clock),
		cmocka_unit_test(utf_16_is_read_and_its_bytes_are_kept),
		cmocka_unit_test(
			what_the_server_says_of_its_encoding_is_believed_of_what_is_no_utf_8),
		cmocka_unit_test(windows_1252_is_read_in_subrip_and_pages),
		cmocka_unit_test(every_form_is_recognised_and_nothing_else),
		cmocka_unit_test(a_file_without_captions_is_rejected_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
