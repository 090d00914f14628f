/* What of a page is a transcript, and which pages are. */
#include "tests/unit/collect/captions-fixture.h"

#define TALK                                                                             \
	"<p>Robin Pomeroy, host, Radio Davos: Welcome. Is it late?</p>"                  \
	"<p>Fatih Birol, Executive Director, IEA: There is no AI without energy.</p>"    \
	"<p>Pomeroy: So how much?</p>"                                                   \
	"<p>Birol: The answer is simple: it doubles.</p><p>In some countries.</p>"

static void
what_stands_around_a_transcript_is_not_said(void **state)
{
	(void)state;
	CAPTIONS("<html><head><title>T: x</title></head><body><nav>Home: x</nav>"
	         "<h1>Energy</h1><p>Robin asks what it means.</p>"
	         "<h2>Podcast transcript</h2><p>Machines wrote it.</p>" TALK
	         "<h2>More</h2><p>Subscribe: Meet The Leader</p><p>Or not.</p></body>");
	assert_turns("1 Robin Pomeroy: Welcome. Is it late?\n"
	             "2 Fatih Birol: There is no AI without energy.\n"
	             "3 Robin Pomeroy: So how much?\n"
	             "4 Fatih Birol: The answer is simple: it doubles.\n"
	             "In some countries.\n");
	assert_contexts("2<Welcome. Is it late?\n4<So how much?\n");
	assert_rejects("");
}

static void
names_in_bold_are_speakers_and_questions_are_not(void **state)
{
	(void)state;
	CAPTIONS("<html><head><style>p{}</style></head><body><h1>Talk</h1>"
	         "<p><b>Larry Fink, BlackRock:</b> Good <b>bold</b> morning.</p>"
	         "<p>On we go.</p><script>var a = '<b>X:</b>';</script>"
	         "<p><strong>Ana Petit</strong>: Thanks.</p>"
	         "<p><b>Is it late?</b></p><p><b>Ana Petit: Or not?</b></p>"
	         "<p><strong>Larry Fink</strong><br>Again.</p></body>");
	assert_turns("1 Larry Fink: Good bold morning.\nOn we go.\n"
	             "2 Ana Petit: Thanks.\nIs it late?\n3 Ana Petit: Or not?\n4 Larry "
	             "Fink: Again.\n");
}

static void
lines_of_a_paragraph_have_speakers_too(void **state)
{
	(void)state;
	CAPTIONS("<div>Larry Fink: One?<br>\nSatya Nadella: Two.<br/>Three.<br>"
	         "Q&nbsp;&nbsp;&nbsp; Four?<br>MR. FINK: Five.</div>");
	assert_turns("1 Larry Fink: One?\n2 Satya Nadella: Two.\nThree.\n3 e/Q: Four?\n"
	             "4 Larry Fink: Five.\n");
	assert_edges("4>3\n");
	CAPTIONS("<p>Q. One?</p><p>John Roe Jr.: Two.</p><p>A. Three.</p>");
	assert_turns("1 e/Q: One?\n2 John Roe Jr.: Two.\n3 e/A: Three.\n");
}

static void
labels_of_press_offices_and_parliaments_are_read(void **state)
{
	(void)state;
	CAPTIONS("<p>MS. MILLER:&nbsp; Hello, everybody.&nbsp; (Laughter.)</p>"
	         "<p>Q&nbsp; &nbsp; and what of it?</p><p>MS. MILLER:&nbsp;Nothing.</p>"
	         "<p>END&nbsp; &nbsp; 1:45 P.M. EST</p>");
	assert_turns("1 Ms. Miller: Hello, everybody. (Laughter.)\n"
	             "2 e/Q: and what of it?\n3 Ms. Miller: Nothing.\n");
	CAPTIONS("<p><strong>M. Arthur Mensch</strong>, pr&eacute;sident. &ndash; Un.</p>"
	         "<p><b>Mme Ana Morin</b>. &ndash; Pourquoi&nbsp;?</p>"
	         "<p><b>M. Mensch</b>&nbsp;: Deux&nbsp;: trois.</p>");
	assert_turns("1 Arthur Mensch: Un.\n2 Ana Morin: Pourquoi\xc2\xa0?\n"
	             "3 Arthur Mensch: Deux\xc2\xa0: trois.\n");
}

static void
a_player_marks_names_and_times(void **state)
{
	(void)state;
	CAPTIONS_WITH("<div><span class=\"t-speaker\"><span>Larry</span> Fink</span> "
	              "<span class=\"time\">00:05</span><p>Is <span>it</span>?</p></div>"
	              "<div><span class=\"speaker\">Bo Li</span>"
	              "<span class=\"timestamp\">01:09</span><p>It is.</p></div>",
	              "start=2025-01-22T10:00:00Z\n");
	assert_turns("1 Larry Fink: Is it?\n2 Bo Li: It is.\n");
	assert_times("1 2025-01-22T10:00:05.000Z\n2 2025-01-22T10:01:09.000Z\n");
}

static void
a_page_of_one_speaker_is_theirs_but_for_headings(void **state)
{
	(void)state;
	CAPTIONS_WITH(
		"<h1>An address</h1><p>Good morning.</p><p>I have a point: this.</p>",
		"speaker=Ana Roe\n");
	assert_turns("1 Ana Roe: Good morning.\nI have a point: this.\n");
}

static void
a_paragraph_behind_a_heading_is_told_when_the_talk_goes_on(void **state)
{
	(void)state;
	CAPTIONS("<p>LARRY FINK: One.</p><h3>Of energy</h3><p>Prose.</p>"
	         "<p>LARRY FINK: Two.</p>");
	assert_turns("1 Larry Fink: One.\n2 Larry Fink: Two.\n");
	assert_slice(buf_slice(&got.records), "<p>LARRY FINK: One.</p>|"
	                                      "<p>LARRY FINK: Two.</p>|");
	assert_rejects("41+13: a paragraph behind a heading, without a speaker\n");
}

static void
a_page_is_a_transcript_when_most_of_it_is_one_or_it_says_so(void **state)
{
	(void)state;
	assert_int_equal(sure_of(RP_SLICE("<!doctype html><html>" TALK)), 85);
	assert_int_equal(sure_of(RP_SLICE("<html><p>A long text that says what they "
	                                  "will say in a moment, and that is longer "
	                                  "than everything that they say together, as "
	                                  "articles are; or so, "
	                                  "more or less, it seems to them.</p>"
	                                  "<p>And more of it, of course, since that is "
	                                  "how prose is.</p>" TALK)),
	                 0);
	assert_int_equal(sure_of(RP_SLICE("<html><p>A long text that says what they "
	                                  "will say in a moment, and that is longer "
	                                  "than everything that they say together, as "
	                                  "articles are; or so it seems.</p>"
	                                  "<h2>Full Transcript</h2>" TALK)),
	                 85);
	assert_int_equal(sure_of(RP_SLICE("<html>{\"@type\":\"NewsArticle\"}" TALK)), 0);
	/* somebody's own words, and questions in bold: an article */
	assert_int_equal(sure_of(RP_SLICE("<html><article><p>He met us: in Davos.</p>"
	                                  "<p><b>Is Europe late?</b></p><p>No.</p>"
	                                  "<p><b>What do you need?</b></p>"
	                                  "<p>One thing: a market.</p>"
	                                  "<p><b>Will you sell?</b></p><p>No.</p>")),
	                 0);
	assert_int_equal(sure_of(RP_SLICE("<html><p>ANA ROE: one</p><p>ANA ROE: two</p>"
	                                  "<p>ANA ROE: three</p><p>ANA ROE: four")),
	                 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_around_a_transcript_is_not_said),
		cmocka_unit_test(names_in_bold_are_speakers_and_questions_are_not),
		cmocka_unit_test(lines_of_a_paragraph_have_speakers_too),
		cmocka_unit_test(labels_of_press_offices_and_parliaments_are_read),
		cmocka_unit_test(a_player_marks_names_and_times),
		cmocka_unit_test(a_page_of_one_speaker_is_theirs_but_for_headings),
		cmocka_unit_test(
			a_paragraph_behind_a_heading_is_told_when_the_talk_goes_on),
		cmocka_unit_test(
			a_page_is_a_transcript_when_most_of_it_is_one_or_it_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
