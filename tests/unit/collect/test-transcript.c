#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/collect/transcript.h"
#include "tests/support/memory-reader.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

/* What a transcript was read as, gathered over its batches. */
static struct reading {
	struct rp_buf turns;    /* "1 Satya Nadella: text\n" */
	struct rp_buf edges;    /* "2>1\n" */
	struct rp_buf contexts; /* "2<question\n" */
	struct rp_buf rejects;  /* "OFFSET+BYTES line LINE: reason\n" */
	struct rp_buf records;  /* their bytes, each with "|" behind */
	struct rp_buf times;    /* "1 LO..HI\n" */
	struct rp_buf bytes;    /* of all batches */
	size_t n, n_records, n_rejects, n_batches, largest;
	struct observation first; /* slices copied into the arena */
	bool damaged;
} got;

static struct arena *kept;
static struct rp_error err;

static void
clear(void)
{
	struct rp_buf *const bufs[] = { &got.turns,   &got.edges,   &got.contexts,
		                        &got.rejects, &got.records, &got.times,
		                        &got.bytes };

	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_done(bufs[i]);
	got = (struct reading){ 0 };
	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_init(bufs[i], 256 << 20);
}

static struct rp_slice
keep(struct rp_slice s)
{
	struct rp_slice copy = { NULL, 0 };

	assert_true(arena_copy(kept, s, &copy));
	return copy;
}

static struct rp_slice
ordinal_of(struct rp_slice key)
{
	size_t at = key.n;

	while (at > 0 && key.p[at - 1] != '/')
		at--;
	return rp_slice_skip(key, at);
}

static void
gather_one(const struct observation *seen, const struct batch *batch)
{
	const struct batch_record *record = &batch->records[seen->record];
	struct rp_slice n = ordinal_of(seen->post.key);
	struct rp_slice who = rp_slice_skip(key_native(seen->post.author), 1);

	assert_int_equal(seen->post.kind, KIND_SPOKEN);
	assert_true(key_valid(seen->post.key));
	assert_true(seen->post.author.n == 0 || key_valid(seen->post.author));
	assert_true(utf8_valid(seen->version.text));
	assert_int_equal(seen->offset, 0);
	assert_int_equal(seen->bytes, record->n);
	assert_int_equal(record->kind, RECORD_TURN);
	buf_printf(&got.turns, "%.*s %.*s: ", RP_FMT(n), RP_FMT(who));
	buf_add(&got.turns, seen->version.text);
	buf_add_byte(&got.turns, '\n');
	if (seen->n_edges > 0)
		buf_printf(&got.edges, "%.*s>%.*s\n", RP_FMT(n),
		           RP_FMT(ordinal_of(seen->edges[0].parent)));
	if (seen->post.context.n > 0) {
		buf_printf(&got.contexts, "%.*s<", RP_FMT(n));
		buf_add(&got.contexts, seen->post.context);
		buf_add_byte(&got.contexts, '\n');
	}
	buf_printf(&got.times, "%.*s ", RP_FMT(n));
	rp_time_write(&got.times, seen->post.time.lo, RP_PRECISION_US);
	buf_add_str(&got.times, "..");
	rp_time_write(&got.times, seen->post.time.hi, RP_PRECISION_US);
	buf_add_byte(&got.times, '\n');
	buf_add(&got.records, rp_slice_from(batch->bytes.p + record->at, record->n));
	buf_add_byte(&got.records, '|');
	got.damaged |= seen->version.damaged;
	if (got.n++ == 0) {
		got.first = *seen;
		got.first.post.key = keep(seen->post.key);
		got.first.post.author = keep(seen->post.author);
		got.first.post.conversation = keep(seen->post.conversation);
		got.first.post.title = keep(seen->post.title);
		got.first.post.place = keep(seen->post.place);
		got.first.post.zone = keep(seen->post.zone);
		got.first.post.url = keep(seen->post.url);
		got.first.post.not_before = keep(seen->post.not_before);
		got.first.post.not_after = keep(seen->post.not_after);
		got.first.version.lang = keep(seen->version.lang);
	}
}

static void
gather(const struct batch *batch)
{
	size_t end = 0;

	assert_int_equal(batch->offset, got.bytes.n);
	assert_true(batch->bytes.n <= SEGMENT_MAX_BYTES);
	for (size_t i = 0; i < batch->n_records; i++) {
		assert_true(batch->records[i].at >= end);
		end = batch->records[i].at + batch->records[i].n;
		assert_true(end <= batch->bytes.n);
	}
	for (size_t i = 0; i < batch->n_observations; i++)
		gather_one(&batch->observations[i], batch);
	for (size_t i = 0; i < batch->n_rejects; i++)
		buf_printf(&got.rejects, "%llu+%llu line %llu: %.*s\n",
		           (unsigned long long)batch->rejects[i].offset,
		           (unsigned long long)batch->rejects[i].bytes,
		           (unsigned long long)batch->rejects[i].line,
		           RP_FMT(batch->rejects[i].reason));
	buf_add(&got.bytes, batch->bytes);
	got.n_records += batch->n_records;
	got.n_rejects += batch->n_rejects;
	got.n_batches++;
	if (batch->bytes.n > got.largest)
		got.largest = batch->bytes.n;
}

static enum rp_status
read_with(struct rp_slice text, const char *options, size_t piece, enum rp_status ending)
{
	struct memory_reader from = { text, piece, ending };
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .reader = { memory_read, &from },
		                     .options = rp_slice_str(options) };
	CLEANUP(arena_free) struct arena *arena = arena_new(512 << 20);
	struct collector *collector;
	enum rp_status st;

	clear();
	arena_reset(kept);
	st = transcript_collector.open(&input, &collector, &err);
	if (st != RP_OK)
		return st;
	for (;;) {
		struct batch batch = { .arena = arena };

		arena_reset(arena);
		st = transcript_collector.next(collector, &batch, &err);
		if (st != RP_OK)
			break;
		gather(&batch);
	}
	transcript_collector.close(collector);
	return st;
}

/* Read it whole and in pieces of 7 bytes: both must be the same, and give the bytes back.
 */
static void
given(struct rp_slice text, const char *options)
{
	CLEANUP(buf_done) struct rp_buf before;

	assert_int_equal(read_with(text, options, 7, RP_OK), RP_END);
	buf_init(&before, 64 << 20);
	buf_add(&before, buf_slice(&got.turns));
	buf_add(&before, buf_slice(&got.rejects));

	assert_int_equal(read_with(text, options, 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), text));
	assert_true(rp_slice_starts(buf_slice(&before), buf_slice(&got.turns)));
	assert_true(rp_slice_ends(buf_slice(&before), buf_slice(&got.rejects)));
	assert_false(buf_failed(&got.turns));
}

#define TALK(text) given(RP_SLICE(text), "event=e\n")
#define assert_turns(expected) assert_slice(buf_slice(&got.turns), expected)
#define assert_edges(expected) assert_slice(buf_slice(&got.edges), expected)
#define assert_contexts(expected) assert_slice(buf_slice(&got.contexts), expected)
#define assert_rejects(expected) assert_slice(buf_slice(&got.rejects), expected)
#define assert_times(expected) assert_slice(buf_slice(&got.times), expected)

/* ---- turns ----------------------------------------------------------------------------
 */

static void
each_labelled_paragraph_is_a_turn(void **state)
{
	(void)state;
	TALK("A talk in Davos, 2025\n"
	     "\n"
	     "LARRY FINK: Good morning.\n"
	     "SATYA NADELLA: Good   morning,\n"
	     "  Larry.\n"
	     "\n"
	     "It is cold.\n"
	     "\n"
	     "LARRY FINK: It is.\n");
	assert_turns("1 Larry Fink: Good morning.\n"
	             "2 Satya Nadella: Good morning, Larry.\nIt is cold.\n"
	             "3 Larry Fink: It is.\n");
	assert_slice(buf_slice(&got.records),
	             "LARRY FINK: Good morning.|"
	             "SATYA NADELLA: Good   morning,\n  Larry.\n\nIt is cold.|"
	             "LARRY FINK: It is.|");
	assert_rejects("");
}

static void
a_turn_knows_what_is_known_of_its_event(void **state)
{
	(void)state;
	given(RP_SLICE("Satya Nadella: I'm good for my $80 billion."),
	      "event=davos-2025-cnbc\ntitle=CNBC in Davos\nplace=Davos\n"
	      "tz=Europe/Zurich\ndate=2025-01-22\nlang=en\n"
	      "url=https://example.invalid/davos\n"
	      "not_before=x:1881944244480565497\nnot_after=x:1882085592135237737\n");
	assert_int_equal(got.n, 1);
	assert_slice(got.first.post.key, "spoken:davos-2025-cnbc/1");
	assert_slice(got.first.post.author, "spoken:@Satya Nadella");
	assert_slice(got.first.post.title, "CNBC in Davos");
	assert_slice(got.first.post.place, "Davos");
	assert_slice(got.first.post.zone, "Europe/Zurich");
	assert_slice(got.first.post.url, "https://example.invalid/davos");
	assert_slice(got.first.post.not_before, "x:1881944244480565497");
	assert_slice(got.first.post.not_after, "x:1882085592135237737");
	assert_slice(got.first.version.lang, "en");
	assert_int_equal(got.first.post.time.precision, RP_PRECISION_DAY);
	assert_times("1 2025-01-21T23:00:00.000000Z..2025-01-22T22:59:59.999999Z\n");
}

static void
without_a_date_the_time_is_unknown(void **state)
{
	(void)state;
	TALK("Satya Nadella: When was this?\n");
	assert_false(rp_time_known(got.first.post.time));
	assert_times("1 ..\n");
}

static void
an_event_without_a_name_is_called_after_the_file(void **state)
{
	(void)state;
	given(RP_SLICE("LARRY FINK: One.\nSATYA NADELLA: Two.\n"), "");
	assert_true(rp_slice_starts(got.first.post.key, RP_SLICE("spoken:talk-")));
	assert_true(rp_slice_ends(got.first.post.key, RP_SLICE("/1")));
}

static void
labels_come_in_many_forms(void **state)
{
	(void)state;
	TALK("Larry Fink, BlackRock: one\n"
	     "**Satya Nadella:** two\n"
	     "**Satya Nadella**: three\n"
	     "> MR. FINK: four\n"
	     "Jean-Luc O\xe2\x80\x99Neill (CNBC): five\n"
	     "Ursula von der Leyen\xc2\xa0: six\n"
	     "Von der Leyen\xe2\x80\xaf: seven\n"
	     "\xc3\x89LODIE DE LA TOUR - Le Monde: eight\n"
	     "J.D. VANCE: nine\n"
	     "THE PRESIDENT: ten\n"
	     "PRIME MINISTER CARNEY: eleven\n"
	     "\xe6\x9d\x8e\xe5\xbc\xba\xef\xbc\x9atwelve\n"
	     "Larry Fink:\n"
	     "thirteen\n"
	     "\xe6\x9d\x8e\xe5\xbc\xba\xef\xbc\x9a fourteen\n");
	assert_turns("1 Larry Fink: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Satya Nadella: three\n"
	             "4 Larry Fink: four\n"
	             "5 Jean-Luc O\xe2\x80\x99Neill: five\n"
	             "6 Ursula von der Leyen: six\n"
	             "7 Ursula von der Leyen: seven\n"
	             "8 \xc3\x89lodie de la Tour: eight\n"
	             "9 J.D. Vance: nine\n"
	             "10 The President: ten\n"
	             "11 Prime Minister Carney: eleven\n"
	             "12 \xe6\x9d\x8e\xe5\xbc\xba: twelve\n"
	             "13 Larry Fink: thirteen\n"
	             "14 \xe6\x9d\x8e\xe5\xbc\xba: fourteen\n");
}

static void
time_codes_stand_before_or_behind_a_name(void **state)
{
	(void)state;
	given(RP_SLICE("[00:00:05] Larry Fink: one\n"
	               "Satya Nadella (00:30): two\n"
	               "00:01:00 Larry Fink\n"
	               "three\n"
	               "\n"
	               "00:01:30\n"
	               "and more\n"
	               "\n"
	               "Speaker 1 | 01:40 - 01:50\n"
	               "four\n"
	               "Larry Fink: five\n"
	               "[00:00:01] Larry Fink: six\n"
	               "[99:99:99] Larry Fink: seven\n"),
	      "event=e\nstart=2025-01-22 16:00\ntz=Europe/Zurich\n");
	assert_turns("1 Larry Fink: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Larry Fink: three\nand more\n"
	             "4 e/Speaker 1: four\n"
	             "5 Larry Fink: five\n"
	             "6 Larry Fink: six\n"
	             "7 Larry Fink: seven\n");
	assert_times("1 2025-01-22T15:00:05.000000Z..2025-01-22T15:00:05.000000Z\n"
	             "2 2025-01-22T15:00:30.000000Z..2025-01-22T15:00:30.000000Z\n"
	             "3 2025-01-22T15:01:00.000000Z..2025-01-22T15:01:00.000000Z\n"
	             "4 2025-01-22T15:01:40.000000Z..2025-01-22T15:01:40.000000Z\n"
	             "5 2025-01-22T15:01:40.000000Z..\n"
	             "6 2025-01-22T15:01:40.000000Z..\n"
	             "7 2025-01-22T15:01:40.000000Z..\n");
}

static void
a_surname_or_given_name_is_the_person_met_before(void **state)
{
	(void)state;
	TALK("SATYA NADELLA: one\n"
	     "Nadella: two\n"
	     "Satya: three\n"
	     "Elon Musk: four\n"
	     "Kimbal Musk: five\n"
	     "Musk: six\n"
	     "Elon: seven\n");
	assert_turns("1 Satya Nadella: one\n"
	             "2 Satya Nadella: two\n"
	             "3 Satya Nadella: three\n"
	             "4 Elon Musk: four\n"
	             "5 Kimbal Musk: five\n"
	             "6 Musk: six\n"
	             "7 Elon Musk: seven\n");
}

static void
the_sidecar_says_who_is_meant_by_a_label(void **state)
{
	(void)state;
	given(RP_SLICE("Boss: one\nFink: two\nOther: three\n\nBoss: four\n"),
	      "event=e\nspeaker=Boss\nspeaker.Boss.person=Satya Nadella\n"
	      "speaker=Larry Fink\n");
	assert_turns("1 Satya Nadella: one\n"
	             "2 Larry Fink: two Other: three\n"
	             "3 Satya Nadella: four\n");
}

static void
a_text_without_labels_belongs_to_the_one_speaker_the_user_names(void **state)
{
	(void)state;
	given(RP_SLICE("# Remarks\n\n(Applause.)\n\nThank you.\n\nIt is cold.\n"
	               "# End\nYes.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 Satya Nadella: Thank you.\nIt is cold.\n2 Satya Nadella: Yes.\n");
	/* With labels in it, what stands before them is nobody's. */
	given(RP_SLICE("In Davos.\n\nQ: Cold?\nA: Yes.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 e/Q: Cold?\n2 Satya Nadella: Yes.\n");
	/* And of two speakers it could be either. */
	given(RP_SLICE("Thank you.\n"), "event=e\nspeaker=A B\nspeaker=C D\n");
	assert_int_equal(got.n, 0);
}

/* ---- what is no label -----------------------------------------------------------------
 */

static void
words_before_a_colon_are_not_always_a_speaker(void **state)
{
	(void)state;
	TALK("Ana Petit: I say.\n"
	     "Here is the point: it works.\n"
	     "First: we do it at\n"
	     "10:30 on\n"
	     "https://example.invalid/ and\n"
	     "1:1, John 3:16 and\n"
	     "Look: that is all.\n"
	     "Bob Roe: Yes.\n");
	assert_turns(
		"1 Ana Petit: I say. Here is the point: it works. First: we do it at "
		"10:30 on https://example.invalid/ and 1:1, John 3:16 and Look: "
		"that is all.\n"
		"2 Bob Roe: Yes.\n");
}

static void
remarks_about_the_transcript_are_nobodys_words(void **state)
{
	(void)state;
	TALK("Note: recorded in Davos.\n"
	     "\n"
	     "Ana Petit: I say.\n"
	     "\n"
	     "# Questions\n"
	     "\n"
	     "All questions were on paper.\n"
	     "\n"
	     "Bob Roe: Yes.\n"
	     "\n"
	     "Source: a newspaper\n"
	     "of that day\n");
	assert_turns("1 Ana Petit: I say.\n"
	             "2 Bob Roe: Yes.\n");
	assert_rejects("");
}

static void
a_label_that_comes_once_in_a_long_talk_is_doubtful(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;
	size_t at;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 10; i++)
		buf_add_str(&text, "Ana Petit: I say.\nBob Roe: You do.\n\n");
	at = text.n;
	buf_add_str(&text, "Climate Change: it is here.\n");
	buf_add_str(&text, "It stays.\n");
	buf_add_str(&text, "Ana Petit: So it is.\n\nMoney: we have it.\n");
	given(buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 21);
	assert_true(
		rp_slice_ends(buf_slice(&got.turns),
	                      RP_SLICE("20 Bob Roe: You do.\n"
	                               "22 Ana Petit: So it is.\nMoney: we have it.\n")));
	buf_clear(&text);
	buf_printf(&text,
	           "%zu+37 line 31: a label that comes once may be no speaker; name "
	           "speakers with --speaker\n",
	           at);
	assert_true(rp_slice_eq(buf_slice(&got.rejects), buf_slice(&text)));
}

static void
naming_a_doubtful_speaker_moves_no_other_turn(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 10; i++)
		buf_add_str(&text, "Ana Petit: I say.\nBob Roe: You do.\n\n");
	buf_add_str(&text, "Jane Doe: Me too.\n\nAna Petit: Good.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(
		rp_slice_ends(buf_slice(&got.turns), RP_SLICE("22 Ana Petit: Good.\n")));
	given(buf_slice(&text), "event=e\nspeaker=Jane Doe\n");
	assert_true(
		rp_slice_ends(buf_slice(&got.turns),
	                      RP_SLICE("21 Jane Doe: Me too.\n22 Ana Petit: Good.\n")));
	assert_rejects("");
}

static void
a_speaker_who_comes_late_is_known_by_the_next_label(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_add_str(&text, "Petit: I say.\nRoe: You do.\n\n");
	buf_add_str(&text, "Cooper: Stop.\n\nRoe: No.\n\nCooper: Yes.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(rp_slice_ends(
		buf_slice(&got.turns),
		RP_SLICE("10001 Cooper: Stop.\n10002 Roe: No.\n10003 Cooper: Yes.\n")));
}

static void
stage_directions_are_no_words_but_where_there_is_nothing_else(void **state)
{
	(void)state;
	TALK("Audience: (APPLAUSE)\n"
	     "Ana Petit: Thank you. (Laughter.)\n"
	     "\n"
	     "[Applause] (Cheers.)\n"
	     "\n"
	     "Really.\n"
	     "(Bell rings.)\n"
	     "XI JINPING (through interpreter): Good.\n"
	     "CANDIDATES:\n(CROSSTALK)\n\n(Bell rings.)\n"
	     "Ana Petit: [inaudible]\n"
	     "Ana Petit: It is\n[inaudible]\nday.\n"
	     "Ana Petit:\n");
	assert_turns("1 e/Audience: (APPLAUSE)\n"
	             "2 Ana Petit: Thank you. (Laughter.)\nReally.\n"
	             "3 Xi Jinping: (through interpreter) Good.\n"
	             "4 e/Candidates: (CROSSTALK)\n"
	             "5 Ana Petit: [inaudible]\n"
	             "6 Ana Petit: It is [inaudible] day.\n");
	assert_slice(
		buf_slice(&got.records),
		"Audience: (APPLAUSE)|"
		"Ana Petit: Thank you. (Laughter.)\n\n[Applause] (Cheers.)\n\nReally.|"
		"XI JINPING (through interpreter): Good.|"
		"CANDIDATES:\n(CROSSTALK)|"
		"Ana Petit: [inaudible]|"
		"Ana Petit: It is\n[inaudible]\nday.|");
}

static void
labels_that_are_no_names_tell_speakers_apart_in_their_event(void **state)
{
	(void)state;
	TALK("Speaker 1 | 00:00 - 00:16\n"
	     "One.\n"
	     "SPEAKER 2 | 00:16 - 00:20\n"
	     "Two.\n"
	     "Speaker 1 | 00:20 - 00:30\n"
	     "Three.\n"
	     "Audience member: Four?\n"
	     "CNBC HOST: Five.\n"
	     "MRS. MAY: Six.\n");
	assert_turns("1 e/Speaker 1: One.\n"
	             "2 e/Speaker 2: Two.\n"
	             "3 e/Speaker 1: Three.\n"
	             "4 e/Audience member: Four?\n"
	             "5 CNBC Host: Five.\n"
	             "6 Mrs. May: Six.\n");
	assert_slice(got.first.post.author, "spoken:@e/Speaker 1");
	assert_slice(got.first.post.conversation, "spoken:e/1");
}

/* ---- questions ------------------------------------------------------------------------
 */

static void
an_answer_label_replies_to_the_question_before_it(void **state)
{
	(void)state;
	given(RP_SLICE("Q: Is it real?\n"
	               "A: It is.\n"
	               "A: Very.\n"
	               "Q. Tell me more.\n"
	               "A. No.\n"
	               "Question\xc2\xa0: Why\xc2\xa0?\n"
	               "R\xc3\xa9ponse\xc2\xa0: Because.\n"),
	      "event=e\nspeaker=Satya Nadella\n");
	assert_turns("1 e/Q: Is it real?\n"
	             "2 Satya Nadella: It is.\n"
	             "3 Satya Nadella: Very.\n"
	             "4 e/Q: Tell me more.\n"
	             "5 Satya Nadella: No.\n"
	             "6 e/Question: Why\xc2\xa0?\n"
	             "7 Satya Nadella: Because.\n");
	assert_edges("2>1\n3>1\n5>4\n7>6\n");
	assert_contexts("2<Is it real?\n3<Is it real?\n5<Tell me more.\n"
	                "7<Why\xc2\xa0?\n");
}

static void
whoever_speaks_first_after_a_moderators_question_answers_it(void **state)
{
	(void)state;
	TALK("Moderator: Welcome.\n"
	     "Ana Petit: Thanks.\n"
	     "Moderator: Is there a \"bubble?\" (Laughter.)\n"
	     "Ana Petit: No.\n"
	     "Bob Roe: Yes.\n"
	     "Audience Member 2: Which?\n"
	     "Moderator: Please wait.\n"
	     "Bob Roe: Mine.\n");
	assert_edges("4>3\n8>6\n");
	assert_contexts("2<Welcome.\n4<Is there a \"bubble?\" (Laughter.)\n8<Which?\n");
}

static void
what_comes_after_the_answer_has_no_question(void **state)
{
	(void)state;
	TALK("MODERATOR: Is it real, Ana?\n"
	     "AUDIENCE: (APPLAUSE)\n"
	     "ANA PETIT: It is.\n"
	     "BOB ROE: Fine weather.\n"
	     "ANA PETIT: Indeed.\n"
	     "CYD DOE: Lunch now.\n");
	assert_contexts("3<Is it real, Ana?\n");
	assert_edges("3>1\n");
}

static void
a_question_by_a_person_is_context_and_no_stated_edge(void **state)
{
	(void)state;
	TALK("Becky Quick: Is the money there?\n"
	     "Satya Nadella: I'm good for my $80 billion.\n"
	     "Becky Quick: Fine.\n"
	     "Satya Nadella: Yes.\n");
	assert_edges("");
	assert_contexts("2<Is the money there?\n");
}

/* The last words of a long question are the question. */
static void
a_long_question_is_cut_from_its_front(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "Q: ");
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, "b\xc3\xa9\xc3\xa9 ");
	buf_add_str(&text, "why?\nA: So.\n");
	given(buf_slice(&text), "event=e\n");
	assert_true(got.contexts.n < 2010);
	assert_true(rp_slice_starts(buf_slice(&got.contexts),
	                            RP_SLICE("2<\xe2\x80\xa6"
	                                     "b\xc3\xa9\xc3\xa9 b")));
	assert_true(rp_slice_ends(buf_slice(&got.contexts), RP_SLICE(" why?\n")));
}

/* ---- strange bytes --------------------------------------------------------------------
 */

static void
invalid_bytes_are_shown_as_damage_and_kept(void **state)
{
	(void)state;
	TALK("ANA PETIT: caf\xe9 \xed\xa0\x80 and\0nul\nBOB ROE: fine\n");
	assert_true(got.damaged);
	assert_true(rp_slice_eq(buf_slice(&got.turns),
	                        RP_SLICE("1 Ana Petit: caf\xef\xbf\xbd "
	                                 "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd "
	                                 "and\0nul\n2 Bob Roe: fine\n")));
	assert_true(rp_slice_eq(
		buf_slice(&got.records),
		RP_SLICE("ANA PETIT: caf\xe9 \xed\xa0\x80 and\0nul|BOB ROE: fine|")));
}

static void
lines_end_as_on_any_system(void **state)
{
	(void)state;
	TALK("\xef\xbb\xbf"
	     "ANA PETIT: one\r\n\r\ntwo\r\nBOB ROE: three\r\n");
	assert_turns("1 Ana Petit: one\ntwo\n2 Bob Roe: three\n");
	TALK("ANA PETIT: one\r\rtwo\rBOB ROE: three");
	assert_turns("1 Ana Petit: one\ntwo\n2 Bob Roe: three\n");
}

static void
a_file_without_speakers_is_one_reject(void **state)
{
	(void)state;
	TALK("Some text.\nAnd more.\n");
	assert_int_equal(got.n, 0);
	assert_rejects("0+21 line 1: no labels of speakers in it\n");
	TALK("\0\0\xff\xfe\x80");
	assert_rejects("0+5 line 1: no labels of speakers in it\n");
	TALK("");
	assert_rejects("");
	assert_int_equal(got.n_batches, 0);
}

static void
a_source_that_breaks_off_leaves_what_came_before(void **state)
{
	(void)state;
	assert_int_equal(read_with(RP_SLICE("ANA PETIT: one\nBOB ROE: tw"), "event=e\n",
	                           0, RP_BAD_SOURCE),
	                 RP_END);
	assert_turns("1 Ana Petit: one\n2 Bob Roe: tw\n");
	assert_rejects(
		"26+0 line 2: the compressed data is damaged or ends early here\n");
	assert_int_equal(
		read_with(RP_SLICE("ANA PETIT: one\n"), "event=e\n", 0, RP_FAILED),
		RP_FAILED);
	assert_int_equal(read_with(RP_SLICE(""), "event=e\n", 0, RP_BAD_SOURCE), RP_END);
	assert_rejects("0+0 line 1: the compressed data is damaged or ends early here\n");
}

static void
options_that_make_no_sense_open_nothing(void **state)
{
	(void)state;
	assert_int_equal(read_with(RP_SLICE("x"), "start=noon\n", 0, RP_OK),
	                 RP_BAD_USAGE);
	assert_int_equal(read_with(RP_SLICE("x"), "colour=red\n", 0, RP_OK),
	                 RP_BAD_USAGE);
	assert_string_equal(err.text, "unknown key \"colour\"");
}

/* ---- size -----------------------------------------------------------------------------
 */

/* n bytes of `fill` in front of which stands `front` and behind which `back`. */
static void
make_long(struct rp_buf *text, const char *front, size_t n, char fill, const char *back)
{
	buf_init(text, 256 << 20);
	buf_add_str(text, front);
	assert_non_null(buf_reserve(text, n));
	memset(text->p + text->n, fill, n);
	text->n += n;
	buf_add_str(text, back);
	assert_false(buf_failed(text));
}

static void
a_turn_longer_than_a_record_is_rejected_and_kept(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	make_long(&text, "ANA PETIT: one\nBOB ROE: ", 20 << 20, 'x',
	          "\n\nANA PETIT: two\n");
	assert_int_equal(read_with(buf_slice(&text), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&text)));
	assert_turns("1 Ana Petit: one\n3 Ana Petit: two\n");
	assert_rejects("15+20971529 line 2: the turn is too long\n");
}

static void
megabytes_without_a_line_or_a_word_pass_through(void **state)
{
	CLEANUP(buf_done) struct rp_buf text, blank;

	(void)state;
	make_long(&text, "", 40 << 20, 'x', "");
	assert_int_equal(read_with(buf_slice(&text), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&text)));
	assert_int_equal(got.n_rejects, 1);
	assert_true(got.largest < 9 << 20);

	make_long(&blank, "ANA PETIT: one\n", 17 << 20, '\n', "ANA PETIT: two\n");
	assert_int_equal(read_with(buf_slice(&blank), "event=e\n", 0, RP_OK), RP_END);
	assert_true(rp_slice_eq(buf_slice(&got.bytes), buf_slice(&blank)));
	assert_turns("1 Ana Petit: one\n2 Ana Petit: two\n");
}

static void
many_turns_come_in_many_batches(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 64 << 20);
	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "%s: turn %d\n\n", i % 2 ? "ANA PETIT" : "Bob Roe", i);
	given(buf_slice(&text), "event=e\n");
	assert_int_equal(got.n, 5000);
	assert_int_equal(got.n_records, 5000);
	assert_int_equal(got.n_batches, 3);
	assert_true(rp_slice_ends(buf_slice(&got.turns),
	                          RP_SLICE("5000 Ana Petit: turn 4999\n")));
}

/* ---- recognising ----------------------------------------------------------------------
 */

static int
sniff(const char *text, const char *options)
{
	const struct input input = { .name = RP_SLICE("talk.txt"),
		                     .options = rp_slice_str(options) };

	return transcript_collector.sniff(rp_slice_str(text), &input);
}

static void
two_labels_or_one_and_the_users_word_make_a_transcript(void **state)
{
	(void)state;
	assert_true(sniff("Q: Is it?\nA: It is.\n", "") > 0);
	assert_true(sniff("Intro\n\nLarry Fink: One.\n\nSatya Nadella: Two.\n", "") > 0);
	assert_true(sniff("[00:12:33] Larry Fink: One.\n[00:12:34] Fink: Two.\n", "") >
	            0);
	assert_int_equal(sniff("Satya Nadella: One.\n", ""), 0);
	assert_true(sniff("Satya Nadella: One.\n", "event=davos\n") > 0);
	assert_true(sniff("Nadella: One.\n", "speaker=Satya Nadella\n") > 0);
	assert_int_equal(sniff("Nothing here.\n", "event=davos\n"), 0);
	assert_true(sniff("Thank you.\n", "speaker=Satya Nadella\n") > 0);
}

static void
other_formats_are_no_transcripts(void **state)
{
	(void)state;
	assert_int_equal(sniff("{\"A\": 1}\n{\"A\": 2}\n", "event=e\n"), 0);
	assert_int_equal(sniff("[ {\"id\": \"1\"} ]", "event=e\n"), 0);
	assert_int_equal(sniff("<p>Q: a</p>\n<p>A: b</p>\nQ: a\nA: b\n", "event=e\n"), 0);
	assert_int_equal(sniff("WEBVTT\n\nQ: a\nA: b\n", "event=e\n"), 0);
	assert_int_equal(sniff("1\n00:00:01,000 --> 00:00:02,000\nQ: a\nA: b\n", ""), 0);
	assert_int_equal(sniff("Subject: a\nFrom: b\nTo: c\nDate: d\nTitle: e\n", ""), 0);
	assert_int_equal(sniff("", "event=e\n"), 0);
}

static int
set_up(void **state)
{
	(void)state;
	kept = arena_new(1 << 20);
	return kept == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	clear();
	kept = arena_free(kept);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_labelled_paragraph_is_a_turn),
		cmocka_unit_test(a_turn_knows_what_is_known_of_its_event),
		cmocka_unit_test(without_a_date_the_time_is_unknown),
		cmocka_unit_test(an_event_without_a_name_is_called_after_the_file),
		cmocka_unit_test(labels_come_in_many_forms),
		cmocka_unit_test(time_codes_stand_before_or_behind_a_name),
		cmocka_unit_test(a_surname_or_given_name_is_the_person_met_before),
		cmocka_unit_test(the_sidecar_says_who_is_meant_by_a_label),
		cmocka_unit_test(
			a_text_without_labels_belongs_to_the_one_speaker_the_user_names),
		cmocka_unit_test(words_before_a_colon_are_not_always_a_speaker),
		cmocka_unit_test(remarks_about_the_transcript_are_nobodys_words),
		cmocka_unit_test(a_label_that_comes_once_in_a_long_talk_is_doubtful),
		cmocka_unit_test(naming_a_doubtful_speaker_moves_no_other_turn),
		cmocka_unit_test(a_speaker_who_comes_late_is_known_by_the_next_label),
		cmocka_unit_test(
			stage_directions_are_no_words_but_where_there_is_nothing_else),
		cmocka_unit_test(an_answer_label_replies_to_the_question_before_it),
		cmocka_unit_test(
			whoever_speaks_first_after_a_moderators_question_answers_it),
		cmocka_unit_test(what_comes_after_the_answer_has_no_question),
		cmocka_unit_test(
			labels_that_are_no_names_tell_speakers_apart_in_their_event),
		cmocka_unit_test(a_question_by_a_person_is_context_and_no_stated_edge),
		cmocka_unit_test(a_long_question_is_cut_from_its_front),
		cmocka_unit_test(invalid_bytes_are_shown_as_damage_and_kept),
		cmocka_unit_test(lines_end_as_on_any_system),
		cmocka_unit_test(a_file_without_speakers_is_one_reject),
		cmocka_unit_test(a_source_that_breaks_off_leaves_what_came_before),
		cmocka_unit_test(options_that_make_no_sense_open_nothing),
		cmocka_unit_test(a_turn_longer_than_a_record_is_rejected_and_kept),
		cmocka_unit_test(megabytes_without_a_line_or_a_word_pass_through),
		cmocka_unit_test(many_turns_come_in_many_batches),
		cmocka_unit_test(two_labels_or_one_and_the_users_word_make_a_transcript),
		cmocka_unit_test(other_formats_are_no_transcripts),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
