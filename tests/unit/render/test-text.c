#include "core/base/utf8.h"
#include "core/render/text.h"
#include "tests/unit/render/stargate.h"

#include <string.h>

static const size_t widths[] = { 1, 20, 40, 80, 200, 99999 };
enum { N_WIDTHS = sizeof(widths) / sizeof(widths[0]) };

static struct zone *utc;

static int
open_zones(void **state)
{
	struct rp_error err = { .status = RP_OK };

	(void)state;
	assert_ok(zone_open(RP_SLICE("UTC"), &utc, &err), err);
	return 0;
}

static int
close_zones(void **state)
{
	(void)state;
	utc = zone_close(utc);
	return 0;
}

static struct style
page_of(size_t columns)
{
	return (struct style){ .zone = utc, .columns = columns };
}

static void
assert_contains(struct rp_slice text, const char *part)
{
	if (rp_slice_find(text, rp_slice_str(part)) == text.n)
		fail_msg("no \"%s\" in:\n%.*s", part, (int)text.n, text.p);
}

static void
assert_lacks(struct rp_slice text, const char *part)
{
	if (rp_slice_find(text, rp_slice_str(part)) != text.n)
		fail_msg("\"%s\" in:\n%.*s", part, (int)text.n, text.p);
}

static void
assert_fits(struct rp_slice text, size_t columns)
{
	if (columns < PAGE_MIN_COLUMNS)
		columns = PAGE_MIN_COLUMNS;
	assert_true(utf8_valid(text));
	while (text.n > 0) {
		struct rp_slice line = rp_slice_cut(&text, '\n');

		if (utf8_width(line) > columns)
			fail_msg("%zu columns, not %zu: \"%.*s\"", utf8_width(line),
			         columns, (int)line.n, line.p);
		if (rp_slice_ends(line, RP_SLICE(" ")))
			fail_msg("blanks at the end: \"%.*s\"", (int)line.n, line.p);
	}
}

/* Nothing a terminal would act on. */
static void
assert_harmless(struct rp_slice text)
{
	while (text.n > 0) {
		size_t n;
		int32_t c = utf8_next(text, &n);

		assert_true(c == '\n' || c >= ' ');
		assert_false(c >= 0x7f && c < 0xa0);
		assert_false(c >= 0x202a && c <= 0x202e);
		assert_false(c >= 0x2066 && c <= 0x2069);
		assert_false(c >= 0xe0000 && c <= 0xe007f);
		assert_false(c == 0x200b || c == 0x2028 || c == 0x2029);
		text = rp_slice_skip(text, n);
	}
}

static struct rp_slice
exchange(struct written *w, const struct stargate *s, const struct style *style)
{
	text_exchange(written_open(w), style, &s->view);
	return written_text(w);
}

/* ---- the exchange -------------------------------------------------------- */

static void
the_exchange_of_musk_altman_and_nadella_fits_on_a_page(void **state)
{
	const struct style style = page_of(80);
	struct stargate s;
	struct written w;

	(void)state;
	stargate_exchange(&s);
	/* clang-format off */
	assert_slice(exchange(&w, &s, &style),
"between Musk, Altman, Nadella       22-23 Jan 2025, UTC       5 turns + 2 ghosts\n"
"   21 Jan ~22:23  [not in the archive] @OpenAI, x:1881830103858172059\n"
"1   22 Jan 04:35  > Musk     They don't actually have the money\n"
"           05:57             SoftBank has well under $10B secured. I have that\n"
"                             on good authority.\n"
"2        <=15:19    Nadella  All I know is, I'm good for my $80 billion.\n"
"                                 Davos (CET <=16:19); at most 9 h 22 min after 1\n"
"3          16:42  > Altman   wrong, as you surely know.      10 h 45 min after 1\n"
"4   23 Jan 05:46  \" Musk     On the other hand, Satya definitely does have the\n"
"                             money                      via @ns123abc, answers 2\n"
"          ~08:50  > [not in the archive] @satyanadella, x:1882350000000000000\n"
"5          11:54  > Musk     \xf0\x9f\x98\x82                                  last word: Musk\n"
"coverage: imported files; no source follows these accounts\n");
	/* clang-format on */
	free(w.p);
	stargate_free(&s);
}

static void
times_are_those_of_the_readers_zone_and_of_the_place_only_where_it_differs(void **state)
{
	CLEANUP(zone_close) struct zone *zurich = NULL;
	struct style style = page_of(80);
	struct rp_error err = { .status = RP_OK };
	struct stargate s;
	struct written w;
	struct rp_slice text;

	(void)state;
	assert_ok(zone_open(RP_SLICE("Europe/Zurich"), &zurich, &err), err);
	style.zone = zurich;
	stargate_exchange(&s);
	text = exchange(&w, &s, &style);
	assert_contains(text, "22-23 Jan 2025, Europe/Zurich");
	assert_contains(text, "22 Jan 05:35  > Musk");
	assert_contains(text, "<=16:19    Nadella");
	assert_contains(text, "Davos; at most");
	assert_lacks(text, "CET");
	free(w.p);
	stargate_free(&s);
}

static void
utc_is_printed_as_iso_8601(void **state)
{
	struct style style = page_of(80);
	struct stargate s;
	struct written w;
	struct rp_slice text;

	(void)state;
	style.utc = true;
	stargate_exchange(&s);
	text = exchange(&w, &s, &style);
	assert_contains(text, "2025-01-22T04:35:18Z  > Musk");
	assert_contains(text, "~2025-01-21T22:23:54Z  [not in the archive] @OpenAI");
	assert_contains(text, "<=2025-01-22T15:19:07Z    Nadella");
	assert_fits(text, 80);
	free(w.p);
	stargate_free(&s);
}

static void
an_exchange_is_readable_on_pages_of_any_width(void **state)
{
	(void)state;
	for (int i = 0; i < N_WIDTHS; i++)
		for (int iso = 0; iso < 2; iso++) {
			struct style style = page_of(widths[i]);
			struct stargate s;
			struct written w;
			struct rp_slice text;

			style.utc = iso != 0;
			stargate_exchange(&s);
			text = exchange(&w, &s, &style);
			assert_fits(text, widths[i]);
			assert_harmless(text);
			assert_contains(text, "surely");
			assert_contains(text, "Nadella");
			free(w.p);
			stargate_free(&s);
		}
}

static void
an_undetermined_last_word_is_said_to_be_so(void **state)
{
	const struct style style = page_of(80);
	struct stargate s;
	struct written w;

	(void)state;
	stargate_exchange(&s);
	s.view.last_word = NULL;
	s.view.last_word_undetermined = true;
	assert_contains(exchange(&w, &s, &style), "last word: undetermined\n");
	free(w.p);
	stargate_free(&s);
}

static void
colours_come_only_when_asked_for_and_change_no_column(void **state)
{
	struct style style = page_of(80);
	struct stargate s;
	struct written plain, coloured;
	struct rp_slice a, b;
	size_t n = 0;

	(void)state;
	stargate_exchange(&s);
	a = exchange(&plain, &s, &style);
	style.colour = true;
	b = exchange(&coloured, &s, &style);
	assert_true(b.n > a.n);
	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] == '\x1b') {
			while (b.p[i] != 'm')
				i++;
			continue;
		}
		assert_true(n < a.n && b.p[i] == a.p[n]);
		n++;
	}
	assert_int_equal(n, a.n);
	free(plain.p);
	free(coloured.p);
	stargate_free(&s);
}

/* ---- threads ------------------------------------------------------------- */

static struct rp_slice
thread(struct written *w, const struct view_node *nodes, size_t n,
       const struct style *style)
{
	const struct view_why why = { WHY_GHOST_PARENT, RP_LIT("x:1"),
		                      RP_LIT("a post that others answer is not held") };
	const struct thread_view view = { .root = nodes[0].p.post.key,
		                          .nodes = nodes,
		                          .n_nodes = n,
		                          .why = &why,
		                          .n_why = 1 };

	text_thread(written_open(w), style, &view);
	return written_text(w);
}

static void
a_thread_indents_posts_below_what_they_answer(void **state)
{
	const struct style style = page_of(80);
	struct stargate s;
	struct written w;

	(void)state;
	stargate_exchange(&s);
	/* clang-format off */
	assert_slice(thread(&w, s.nodes, 5, &style),
"thread x:1881830103858172059        21-22 Jan 2025, UTC        4 posts + 1 ghost\n"
"21 Jan ~22:23  [not in the archive] @OpenAI, x:1881830103858172059\n"
" 22 Jan 04:35    > Elon Musk @elonmusk\n"
"                   They don't actually have the money\n"
"        05:57      > Elon Musk @elonmusk\n"
"                     SoftBank has well under $10B secured. I have that on good\n"
"                     authority.\n"
"      <=15:19  Satya Nadella\n"
"                 asked: What about Musk's posts on X?\n"
"                 All I know is, I'm good for my $80 billion.\n"
"                 Davos (CET <=16:19)\n"
"        16:42        > Sam Altman @sama\n"
"                       wrong, as you surely know.\n"
"not complete: a post that others answer is not held (x:1)\n"
"to look for it: riposte fill x:1881830103858172059\n"
"coverage: imported files; no source follows these accounts\n");
	/* clang-format on */
	free(w.p);
	stargate_free(&s);
}

static void
what_became_of_a_post_is_told_in_words(void **state)
{
	const struct style style = page_of(100);
	struct view_node nodes[] = {
		node("x:1", NULL, "ana", at("2025-01-22T04:35:18.303Z"), "first"),
		ghost("x:2", "", RP_TIME_NONE),
		node("x:3", NULL, "ana", RP_TIME_NONE, "second"),
	};
	const struct rp_slice edit = RP_SLICE("x:9");
	struct written w;
	struct rp_slice text;

	(void)state;
	nodes[0].p.state = STATE_DELETED;
	nodes[0].p.seen_until = us("2025-01-24T10:00:00Z");
	nodes[0].p.gone_by = us("2025-01-25T10:00:00Z");
	nodes[0].p.n_versions = 2;
	nodes[0].p.edits = &edit;
	nodes[0].p.n_edits = 1;
	nodes[0].n_reposts = 3;
	nodes[0].first_repost = us("2025-01-22T05:00:00Z");
	nodes[0].last_repost = us("2025-01-23T06:00:00Z");
	nodes[1].p.state = STATE_SUSPENDED;
	nodes[2].copy_of = 0;
	nodes[2].p.n_versions = 3;
	text = thread(&w, nodes, 3, &style);
	assert_contains(text, "edited, 2 wordings;");
	assert_contains(text, "3 wordings seen");
	assert_contains(text, "deleted, seen until 24 Jan 2025 10:00 UTC, gone by 25");
	assert_contains(text, "3 reposts, from 22");
	assert_contains(text, "Jan 2025 05:00 UTC to 23 Jan 2025 06:00 UTC");
	assert_contains(text,
	                "time unknown  [not in the archive] x:2; account suspended");
	assert_contains(text, "(the same words as @ana, x:1)");
	assert_lacks(text, "second");
	assert_contains(text,
	                "not complete: a post that others answer is not held (x:1)");
	free(w.p);
}

static void
references_that_are_not_followed_are_told(void **state)
{
	const struct style style = page_of(100);
	struct view_node nodes[2] = {
		node("x:1", NULL, "ana", at("2025-01-22T04:35:18.303Z"), "first"),
	};
	struct view_edge edges[2];
	struct written w;
	struct rp_slice text;

	(void)state;
	nodes[1] = below(node("x:2", NULL, "bo", at("2025-01-22T04:36:00Z"), "second"), 0,
	                 "x:1", EDGE_REPLY, 1);
	edges[0] = nodes[1].via;
	edges[1] = (struct view_edge){ .type = EDGE_QUOTE,
		                       .parent_key = RP_SLICE("x:9"),
		                       .parent = VIEW_NO_NODE,
		                       .impossible = true };
	{
		union {
			const void *from;
			void *to;
		} old = { nodes[1].p.edges };

		free(old.to);
	}
	nodes[1].p.edges = edges;
	nodes[1].p.n_edges = 2;
	text = thread(&w, nodes, 2, &style);
	assert_contains(text, "also quotes x:9, which is younger");
	assert_lacks(text, "also answers");
	free(w.p);
}

static void
a_chain_of_a_hundred_thousand_answers_stays_on_the_page(void **state)
{
	enum { DEEP = 100000 };
	const struct style style = page_of(80);
	struct view_node *nodes = calloc(DEEP, sizeof(*nodes));
	struct written w;
	struct rp_slice text;

	(void)state;
	assert_non_null(nodes);
	for (uint32_t i = 0; i < DEEP; i++) {
		nodes[i] = node("x:7", NULL, "ana", at("2025-01-22T04:35:18.303Z"), "on");
		nodes[i].depth = i;
	}
	text = thread(&w, nodes, DEEP, &style);
	assert_fits(text, 80);
	assert_contains(text, "[depth 99999] @ana");
	assert_true(text.n < DEEP * 120);
	free(w.p);
	free(nodes);
}

/* ---- strangers' text ----------------------------------------------------- */

static const char *const hostile[] = {
	"\x1b[31mred\x1b]0;title\x07\x1b[2J",
	"\x1b]8;;http://evil.example\x1b\\link\x1b]52;c;cm0=\x07",
	"\x1bP+q544e\x1b\\ back\b\b\b cr\rover",
	"c1 \xc2\x9b 31m and raw \x9b"
	"31m",
	"\xe2\x80\xaegnihton\xe2\x81\xa6 x \xe2\x81\xa9\xe2\x80\x8f",
	"\xf3\xa0\x80\x81\xf3\xa0\x81\x81 tag, zero\xe2\x80\x8bwidth, "
	"line\xe2\x80\xa8sep",
	"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81 marks",
	"name\r\n3  23 Jan 05:46  > Altman  I resign",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa6 "
	"\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5"
	"\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\xe5\xa5\xbd\ttab\ttab",
	"\xff\xfe invalid \xed\xa0\x80 bytes \xc0\xaf",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaaaaaaaa",
	"",
	"   \n\n\n   \n",
};
enum { N_HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static void
nothing_a_stranger_writes_acts_on_the_terminal_or_leaves_the_page(void **state)
{
	(void)state;
	for (int h = 0; h < N_HOSTILE; h++)
		for (int i = 0; i < N_WIDTHS; i++) {
			const struct style style = page_of(widths[i]);
			struct person person = { .name = rp_slice_str(hostile[h]),
				                 .short_name = rp_slice_str(hostile[h]) };
			struct post_list list = { 0 };
			struct stargate s;
			struct written w;
			struct rp_slice text;

			stargate_exchange(&s);
			for (int n = 0; n < EXCHANGE_NODES; n++) {
				struct view_post *p = &s.nodes[n].p;

				p->version.text = rp_slice_str(hostile[h]);
				p->author.handle = rp_slice_str(hostile[h]);
				p->author.name = rp_slice_str(hostile[h]);
				p->author.key = RP_SLICE("x:@1");
				p->author.person = n % 2 ? &person : NULL;
				p->post.place = rp_slice_str(hostile[h]);
				p->post.context = rp_slice_str(hostile[h]);
			}
			s.turns[3].via = rp_slice_str(hostile[h]);
			s.view.last_word = &person;

			written_open(&w);
			text_exchange(w.out, &style, &s.view);
			{
				const struct thread_view view = {
					.root = RP_SLICE("x:1"),
					.nodes = s.nodes,
					.n_nodes = EXCHANGE_NODES
				};

				text_thread(w.out, &style, &view);
			}
			for (int n = 0; n < EXCHANGE_NODES; n++)
				text_post(w.out, &style, &list, &s.nodes[n].p);
			text = written_text(&w);
			assert_harmless(text);
			assert_fits(text, widths[i]);
			assert_int_equal(rp_slice_find(text, RP_SLICE("\n3  23 Jan")),
			                 text.n);
			free(w.p);
			stargate_free(&s);
		}
}

static void
a_handle_that_could_deceive_has_its_id_beside_it(void **state)
{
	const struct style style = page_of(80);
	struct view_node n =
		node("masto:https://h/1", NULL, "el\xd0\xbenmusk", RP_TIME_NONE, "hello");
	struct written w;

	(void)state;
	n.p.author.key = RP_SLICE("masto:@https://h/users/7");
	assert_contains(thread(&w, &n, 1, &style),
	                "@el\xd0\xbenmusk (masto:@https://h/users/7)");
	free(w.p);
}

/* ---- times --------------------------------------------------------------- */

static void
assert_when(struct rp_time time, const char *zone, const char *want)
{
	const struct style style = page_of(80);
	CLEANUP(buf_done) struct rp_buf out;
	struct page page;

	buf_init(&out, 1000);
	page_init(&page, stdout, &style);
	when_add(&page, &out, NULL, time, rp_slice_str(zone));
	assert_slice(buf_slice(&out), want);
	page_done(&page);
}

static void
no_more_digits_are_printed_than_are_known(void **state)
{
	const int64_t t = us("2025-01-22T16:42:17.848Z");
	struct rp_time day = { us("2025-01-21T23:00:00Z"),
		               us("2025-01-22T22:59:59.999999Z"), RP_PRECISION_DAY,
		               RP_BASIS_EVENT };
	struct rp_time by = { RP_TIME_UNKNOWN, t, RP_PRECISION_S, RP_BASIS_ARTICLE };
	struct rp_time from = { t, RP_TIME_UNKNOWN, RP_PRECISION_S, RP_BASIS_ARTICLE };

	(void)state;
	assert_when(rp_time_at(t, RP_PRECISION_US, RP_BASIS_PLATFORM), "",
	            "22 Jan 2025 16:42");
	assert_when(rp_time_at(t, RP_PRECISION_HOUR, RP_BASIS_PLATFORM), "",
	            "22 Jan 2025 16h");
	assert_when(rp_time_at(t, RP_PRECISION_DAY, RP_BASIS_PLATFORM), "",
	            "22 Jan 2025");
	assert_when(rp_time_at(t, RP_PRECISION_MONTH, RP_BASIS_PLATFORM), "", "Jan 2025");
	assert_when(rp_time_at(t, RP_PRECISION_YEAR, RP_BASIS_PLATFORM), "", "2025");
	assert_when(rp_time_at(t, RP_PRECISION_MS, RP_BASIS_ID), "",
	            "22 Jan 2025 ~16:42");
	assert_when(day, "Europe/Zurich", "22 Jan 2025");
	assert_when(by, "", "22 Jan 2025 <=16:42");
	assert_when(from, "", "22 Jan 2025 >=16:42");
	assert_when(RP_TIME_NONE, "", "time unknown");
	assert_when((struct rp_time){ INT64_MIN + 1, INT64_MAX, RP_PRECISION_US,
	                              RP_BASIS_USER },
	            "No/Such_Zone", "10 Jan 294247 <=04:00");
}

static void
durations_are_told_as_people_do(void **state)
{
	static const struct {
		int64_t us;
		const char *words;
	} rows[] = {
		{ -5, "0 s" },
		{ 0, "0 s" },
		{ 12 * RP_SECOND, "12 s" },
		{ 4 * RP_MINUTE, "4 min" },
		{ 10 * RP_HOUR + 44 * RP_MINUTE + 50 * RP_SECOND, "10 h 45 min" },
		{ 3 * RP_HOUR, "3 h" },
		{ 3 * RP_DAY + 4 * RP_HOUR, "3 days 4 h" },
		{ 400 * RP_DAY, "400 days" },
		{ INT64_MAX, "106751991 days" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CLEANUP(buf_done) struct rp_buf out;

		buf_init(&out, 100);
		duration_add(&out, rows[i].us);
		assert_slice(buf_slice(&out), rows[i].words);
	}
}

/* ---- rows and single posts ----------------------------------------------- */

static void
a_row_of_a_repost_or_a_picture_says_what_it_is(void **state)
{
	const struct style style = page_of(80);
	const struct rp_time time = at("2025-01-22T04:35:18.303Z");
	struct view_node ana = node("x:1", NULL, "ana", time, "first and more");
	struct view_node bob = node("x:2", NULL, "bob", time, "RT @ana: first");
	struct view_node cat = node("x:3", NULL, "cat", time, "");
	struct post_list list = { 0 };
	struct written w;
	struct rp_slice text;

	(void)state;
	written_open(&w);
	bob.p.post.kind = KIND_REPOST;
	bob.p.passed_on = &ana.p;
	text_post(w.out, &style, &list, &bob.p);
	ana.p.post.kind = KIND_GHOST;
	text_post(w.out, &style, &list, &bob.p);
	cat.p.version.media = RP_SLICE("1\n2\n");
	text_post(w.out, &style, &list, &cat.p);
	text = written_text(&w);
	assert_contains(text, "reposts @ana: first and more\n");
	assert_contains(text, "reposts @ana: first\n");
	assert_contains(text, "(no text, 2 pictures or videos)\n");
	free(w.p);
}

static void
reposters_are_named_the_first_of_many(void **state)
{
	const struct style style = page_of(200);
	const struct view_author by[] = { { .handle = S("bob") }, { .handle = S("cat") },
		                          { .handle = S("dan") }, { .handle = S("eve") },
		                          { .handle = S("fay") }, { .handle = S("gus") },
		                          { .handle = S("hal") } };
	struct view_node n =
		node("x:1", NULL, "ana", at("2025-01-22T04:35:18.303Z"), "first");
	struct written w;

	(void)state;
	n.reposters = by;
	n.n_reposts = 6;
	assert_contains(thread(&w, &n, 1, &style),
	                "6 reposts by @bob, @cat, @dan, @eve, @fay, @gus\n");
	free(w.p);
	n.n_reposts = 7;
	assert_contains(thread(&w, &n, 1, &style),
	                "7 reposts by @bob, @cat, @dan, @eve, @fay and 2 more\n");
	free(w.p);
}

static void
a_list_of_posts_has_a_heading_for_each_day(void **state)
{
	const struct style style = page_of(80);
	struct post_list list = { 0 };
	struct stargate s;
	struct written w;

	(void)state;
	stargate_exchange(&s);
	written_open(&w);
	text_post(w.out, &style, &list, &s.nodes[2].p);
	text_post(w.out, &style, &list, &s.nodes[3].p);
	text_post(w.out, &style, &list, &s.nodes[5].p);
	/* clang-format off */
	assert_slice(written_text(&w),
"22 Jan 2025, UTC\n"
"   05:57  > Elon Musk @elonmusk                            x:1881944244480565497\n"
"          SoftBank has well under $10B secured. I have that on good authority.\n"
" <=15:19  Satya Nadella                                 spoken:davos-2025-cnbc/1\n"
"          All I know is, I'm good for my $80 billion.\n"
"          Davos (CET <=16:19)\n"
"\n"
"23 Jan 2025\n"
"   05:46  \" Elon Musk @elonmusk                            x:1882303826214162580\n"
"          On the other hand, Satya definitely does have the money\n");
	/* clang-format on */
	free(w.p);
	stargate_free(&s);
}

static void
show_tells_all_there_is_about_a_post(void **state)
{
	static const struct version versions[] = {
		{ .text = RP_LIT("good for my $80 million") },
		{ .text = RP_LIT("good for my $80 billion"), .native = RP_LIT("x:8") },
	};
	const struct edge child = { .child_key = RP_SLICE("x:9"), .type = EDGE_REPLY };
	const struct capture capture = { .name = RP_SLICE("page\x1b.json"),
		                         .at = us("2025-02-01T10:00:00.123456Z"),
		                         .run = 3 };
	const struct state_note gone = { .state = STATE_DELETED,
		                         .as_of = us("2025-02-02T10:00:00Z"),
		                         .evidence = RP_SLICE("Not found") };
	const struct rp_slice alias = RP_SLICE("x:8");
	const struct view_seen seen = { .captures = &capture,
		                        .n_captures = 1,
		                        .children = &child,
		                        .n_children = 1,
		                        .aliases = &alias,
		                        .n_aliases = 1 };
	const struct style style = page_of(80);
	struct view_node n =
		below(node("x:7", NULL, "ana", at("2025-01-22T04:35:18.303Z"),
	                   "good for my $80 billion"),
	              0, "x:5", EDGE_REPLY, 1);
	struct written w;
	struct rp_slice text;

	(void)state;
	n.p.versions = versions;
	n.p.n_versions = 2;
	text_show(written_open(&w), &style, &n.p, &seen, &gone, 1);
	text = written_text(&w);
	assert_contains(text, "22 Jan 2025 04:35:18.303 UTC");
	assert_contains(text, "good for my $80 million");
	assert_contains(text, "> answers x:5");
	assert_contains(text, "> answered by x:9");
	assert_contains(text, "2 Feb 2025 10:00:00 UTC  deleted: Not found");
	assert_contains(text, "capture 000000000000, run 3  page\\u{1B}.json");
	assert_contains(text, "1 Feb 2025 10:00:00 UTC");
	assert_contains(text, "also      x:8");
	assert_harmless(text);
	assert_fits(text, 80);
	free(w.p);
	{
		union {
			const void *from;
			void *to;
		} edges = { n.p.edges };

		free(edges.to);
	}
}

static void
show_names_the_first_of_many_who_refer_to_a_post(void **state)
{
	static const struct edge children[30] = { { .child_key = RP_LIT("x:9") } };
	struct view_seen seen = { .children = children, .n_children = 30 };
	struct view_node n = node("x:7", NULL, "ana", at("2025-01-22T04:35:18.303Z"), "");
	struct style style = page_of(80);
	struct written w;

	(void)state;
	text_show(written_open(&w), &style, &n.p, &seen, NULL, 0);
	assert_contains(written_text(&w), "and 20 more (-v shows all)");
	free(w.p);

	style.verbose = true;
	text_show(written_open(&w), &style, &n.p, &seen, NULL, 0);
	assert_lacks(written_text(&w), "more");
	free(w.p);

	style.verbose = false;
	seen.n_children = 11;
	text_show(written_open(&w), &style, &n.p, &seen, NULL, 0);
	assert_lacks(written_text(&w), "more");
	free(w.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_exchange_of_musk_altman_and_nadella_fits_on_a_page),
		cmocka_unit_test(
			times_are_those_of_the_readers_zone_and_of_the_place_only_where_it_differs),
		cmocka_unit_test(utc_is_printed_as_iso_8601),
		cmocka_unit_test(an_exchange_is_readable_on_pages_of_any_width),
		cmocka_unit_test(an_undetermined_last_word_is_said_to_be_so),
		cmocka_unit_test(colours_come_only_when_asked_for_and_change_no_column),
		cmocka_unit_test(a_thread_indents_posts_below_what_they_answer),
		cmocka_unit_test(what_became_of_a_post_is_told_in_words),
		cmocka_unit_test(a_row_of_a_repost_or_a_picture_says_what_it_is),
		cmocka_unit_test(reposters_are_named_the_first_of_many),
		cmocka_unit_test(references_that_are_not_followed_are_told),
		cmocka_unit_test(a_chain_of_a_hundred_thousand_answers_stays_on_the_page),
		cmocka_unit_test(
			nothing_a_stranger_writes_acts_on_the_terminal_or_leaves_the_page),
		cmocka_unit_test(a_handle_that_could_deceive_has_its_id_beside_it),
		cmocka_unit_test(no_more_digits_are_printed_than_are_known),
		cmocka_unit_test(durations_are_told_as_people_do),
		cmocka_unit_test(a_list_of_posts_has_a_heading_for_each_day),
		cmocka_unit_test(show_tells_all_there_is_about_a_post),
		cmocka_unit_test(show_names_the_first_of_many_who_refer_to_a_post),
	};

	return cmocka_run_group_tests_name("text", tests, open_zones, close_zones);
}
