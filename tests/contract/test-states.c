/* Deleted, suspended, back again: who says so, and when. */
#include "tests/contract/contract.h"

static struct state_note
note(const char *subject, enum post_state state, int64_t as_of, const char *evidence,
     int64_t capture)
{
	return (struct state_note){ rp_slice_str(subject), state, as_of,
		                    rp_slice_str(evidence), capture };
}

static void
notes_come_by_time_then_state_with_unknown_times_first(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_state(f, note("x:1", STATE_DELETED, 9, "gone", 0));
	put_state(f, note("x:1", STATE_LIVE, 20, "back", 0));
	put_state(f, note("x:1", STATE_WITHHELD, RP_TIME_UNKNOWN, "somewhere", 0));
	put_state(f, note("x:1", STATE_LIVE, 9, "there", 0));
	put_state(f, note("x:1", STATE_LIVE, -9, "early", 0));
	put_state(f, note("x:2", STATE_DELETED, 1, "gone", 0));
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:1"),
	                    text(f, "withheld@%lld, live@-9, live@9, deleted@9, live@20",
	                         (long long)RP_TIME_UNKNOWN)
	                            .p);
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:3"), "");
	assert_string_equal(rows(f, SCAN_STATES, 0, ""), "");
}

static void
see_note(struct fixture *f, const union scan_row *row, void *context)
{
	struct state_note *out = context;

	*out = row->state;
	assert_true(arena_copy(f->arena, row->state.subject, &out->subject));
	assert_true(arena_copy(f->arena, row->state.evidence, &out->evidence));
}

static struct state_note
last_note(struct fixture *f, const char *subject)
{
	const struct scan scan = { .of = SCAN_STATES, .key = rp_slice_str(subject) };
	struct state_note got = { 0 };

	each_row(f, &scan, see_note, &got);
	return got;
}

static void
the_same_note_is_kept_once_with_the_capture_that_said_it_first(void **state)
{
	struct fixture *f = *state;
	int64_t run, one, two, three;
	struct state_note got;

	begin(f);
	run = put_run(f, 1);
	one = put_capture(f, run, "1", RP_SLICE("1"));
	two = put_capture(f, run, "2", RP_SLICE("2"));
	three = put_capture(f, run, "3", RP_SLICE("3"));
	put_state(f,
	          note("x:@7", STATE_SUSPENDED, 5, "User has been suspended: [7].", two));
	put_state(f,
	          note("x:@7", STATE_SUSPENDED, 5, "User has been suspended: [7].", one));
	put_state(f, note("x:@7", STATE_SUSPENDED, 5, "User has been suspended: [7].",
	                  three));
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:@7"), "suspended@5");
	got = last_note(f, "x:@7");
	assert_slice(got.subject, "x:@7");
	assert_slice(got.evidence, "User has been suspended: [7].");
	assert_int_equal(got.capture, one);
}

static void
other_words_are_another_note(void **state)
{
	struct fixture *f = *state;

	begin(f);
	put_state(f, note("x:1", STATE_DELETED, 5, "gone", 0));
	put_state(f, note("x:1", STATE_DELETED, 5, "Not found.", 0));
	commit(f);

	assert_string_equal(rows(f, SCAN_STATES, 0, "x:1"), "deleted@5, deleted@5");
	assert_slice(last_note(f, "x:1").evidence, "gone"); /* bytewise */
}

static void
what_is_said_of_an_alias_is_said_of_the_post_whichever_came_first(void **state)
{
	struct fixture *f = *state;
	int64_t post;

	begin(f);
	put_state(f, note("x:2", STATE_DELETED, 1, "before the alias", 0));
	put_state(f, note("x:2", STATE_LIVE, 3, "said of both", 5));
	put_state(f, note("x:1", STATE_LIVE, 3, "said of both", 4));
	post = put_ghost(f, "x:1");
	put_alias(f, "x:2", post);
	put_state(f, note("x:2", STATE_DELETED, 2, "after the alias", 0));
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:1"),
	                    "deleted@1, deleted@2, live@3");
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:2"),
	                    "deleted@1, deleted@2, live@3");
	assert_slice(last_note(f, "x:2").subject, "x:1");
	assert_int_equal(last_note(f, "x:1").capture, 4);
}

static void
notes_of_a_merged_post_are_moved(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	put_alias(f, "x:22", second);
	put_state(f, note("x:22", STATE_DELETED, 1, "gone", 0));
	put_state(f, note("x:2", STATE_WITHHELD, 2, "hidden", 0));
	put_alias(f, "x:2", first);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:1"), "deleted@1, withheld@2");
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:22"), "deleted@1, withheld@2");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(notes_come_by_time_then_state_with_unknown_times_first),
		SPEC(the_same_note_is_kept_once_with_the_capture_that_said_it_first),
		SPEC(other_words_are_another_note),
		SPEC(what_is_said_of_an_alias_is_said_of_the_post_whichever_came_first),
		SPEC(notes_of_a_merged_post_are_moved),
	};

	return CONTRACT_RUN(argc, argv, "states", specs);
}
