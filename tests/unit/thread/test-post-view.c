/* One post as a writer gets it. */
#include "tests/unit/thread/given.h"

static struct view_post
view_of(struct given *g, const char *key)
{
	struct view_post view = { 0 };
	struct post post;

	assert_ok(store_post_get(g->s, rp_slice_str(key), g->arena, &post, &g->err),
	          g->err);
	assert_ok(post_view(g->s, &post, &g->people, g->arena, &view, &g->err), g->err);
	return view;
}

/* ---- wordings
 * -------------------------------------------------------------------------- */

static void
the_last_wording_is_shown_and_all_are_kept(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s,
	    (struct said){
		    .key = "x:10", .by = "x:@1", .text = "second", .edit = "x:12" });
	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "first" });
	view = view_of(g, "x:12");

	assert_slice(view.version.text, "second");
	assert_int_equal(view.n_versions, 2);
	assert_slice(view.versions[0].text, "first");
	assert_int_equal(view.state, STATE_EDITED);
}

static void
two_wordings_without_an_edit_of_the_platform_are_no_edit(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "first" });
	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "second" });
	view = view_of(g, "x:10");
	assert_int_equal(view.n_versions, 2);
	assert_int_equal(view.n_edits, 0);
	assert_int_equal(view.state, STATE_LIVE);
}

static void
an_edit_counts_though_one_wording_only_is_held(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:9", .by = "x:@1", .text = "first" });
	put_alias(g->s, "x:11", "x:9");
	put_alias(g->s, "x:10", "x:9");
	view = view_of(g, "x:10");
	assert_int_equal(view.n_versions, 1);
	assert_int_equal(view.n_edits, 2);
	assert_slice(view.edits[0], "x:10");
	assert_slice(view.edits[1], "x:11");
	assert_int_equal(view.state, STATE_EDITED);
}

static void
a_cut_off_text_is_no_wording_of_its_own(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@1",
	                         .cut = true,
	                         .as_of = 9,
	                         .text = "they do not\xe2\x80\xa6" });
	put(g->s,
	    (struct said){ .key = "x:10", .by = "x:@1", .text = "they do not have it" });
	view = view_of(g, "x:10");

	assert_int_equal(view.n_versions, 1);
	assert_slice(view.version.text, "they do not have it");
	assert_int_equal(view.state, STATE_LIVE);
}

static void
a_repost_comes_with_what_it_passes_on(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:20",
	                         .kind = KIND_REPOST,
	                         .by = "x:@2",
	                         .text = "RT @ana: first",
	                         .repost_of = "x:10" });
	view = view_of(g, "x:20");
	assert_int_equal(view.passed_on->post.kind, KIND_GHOST);

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "first and more" });
	view = view_of(g, "x:20");
	assert_slice(view.passed_on->version.text, "first and more");
	assert_slice(view.passed_on->author.key, "x:@1");
	assert_null(view_of(g, "x:10").passed_on);
}

static void
a_cut_off_text_alone_is_shown(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10",
	                         .by = "x:@1",
	                         .cut = true,
	                         .text = "they\xe2\x80\xa6" });
	assert_int_equal(view_of(g, "x:10").n_versions, 1);
}

/* ---- authors
 * --------------------------------------------------------------------------- */

static void
an_author_goes_by_the_latest_handle(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put_handle(g->s, "x:@1", "new", "New Name", 100, 200);
	put_handle(g->s, "x:@1", "old", "Old Name", 10, 20);
	view = view_of(g, "x:10");

	assert_slice(view.author.handle, "new");
	assert_slice(view.author.name, "New Name");
}

static void
a_mere_handle_is_the_account_that_had_it(void **state)
{
	struct given *g = *state;

	put_ghost(g->s, "x:10", "x:@old?");
	put_handle(g->s, "x:@1", "Old", "", 10, 20);
	put_handle(g->s, "x:@1", "new", "", 30, 40);
	assert_slice(view_of(g, "x:10").author.key, "x:@1");
	assert_slice(view_of(g, "x:10").author.handle, "new");
}

static void
a_handle_that_two_accounts_had_stays_a_handle(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put_ghost(g->s, "x:10", "x:@name?");
	put_handle(g->s, "x:@1", "name", "", 10, 20);
	put_handle(g->s, "x:@2", "name", "", 30, 40);
	put_handle(g->s, "masto:@3", "name", "", 30, 40);
	view = view_of(g, "x:10");
	assert_slice(view.author.key, "x:@name?");
	assert_slice(view.author.handle, "name");
}

static void
a_person_is_known_by_number_handle_or_name(void **state)
{
	const struct rp_slice anns[] = { RP_LIT("x:@1"), RP_LIT("x:@ann2?") };
	const struct rp_slice aliases[] = { RP_LIT("A. Nother") };
	const struct person list[] = { { .name = RP_LIT("\xc3\x81nn Nother"),
		                         .accounts = anns,
		                         .n_accounts = 2,
		                         .aliases = aliases,
		                         .n_aliases = 1 } };
	struct given *g = *state;

	g->people = (struct people){ list, 1 };
	put(g->s, (struct said){ .key = "x:10", .by = "x:@1" });
	put(g->s, (struct said){ .key = "x:11", .by = "x:@2", .handle = "Ann2" });
	put(g->s, (struct said){ .key = "x:12", .by = "x:@3", .handle = "bob" });
	put(g->s, (struct said){ .key = "masto:13", .by = "masto:@4", .handle = "ann2" });
	put_ghost(g->s, "x:14", "x:@ann2?");
	put(g->s, (struct said){ .key = "spoken:e/1",
	                         .kind = KIND_SPOKEN,
	                         .by = "spoken:@ANN NOTHER" });
	put(g->s, (struct said){ .key = "spoken:e/2",
	                         .kind = KIND_SPOKEN,
	                         .by = "spoken:@a. nother" });

	assert_ptr_equal(view_of(g, "x:10").author.person, list);
	assert_ptr_equal(view_of(g, "x:11").author.person, list);
	assert_null(view_of(g, "x:12").author.person);
	assert_null(view_of(g, "masto:13").author.person);
	assert_ptr_equal(view_of(g, "x:14").author.person, list);
	assert_ptr_equal(view_of(g, "spoken:e/1").author.person, list);
	assert_ptr_equal(view_of(g, "spoken:e/2").author.person, list);
	assert_slice(view_of(g, "spoken:e/2").author.name, "a. nother");
}

/* ---- states
 * ---------------------------------------------------------------------------- */

/* A capture, read at 500, shows a post as it was at as_of. */
static void
see(struct given *g, const char *key, int64_t as_of)
{
	const struct record_bytes record = { RECORD_X1_POST, RP_LIT("{}") };
	const struct run run = { .kind = RP_LIT("import"), .program = RP_LIT("test") };
	struct capture capture = { .name = RP_LIT("a"), .at = 500 };
	struct sighting sighting = { .as_of = as_of };
	struct view_post view;

	put(g->s, (struct said){ .key = key, .by = "x:@1", .text = "a" });
	view = view_of(g, key);
	sighting.post = view.post.id;
	sighting.version = view.version.id;
	assert_ok(store_begin(g->s, &g->err), g->err);
	assert_ok(store_run_begin(g->s, &run, &capture.run, &g->err), g->err);
	assert_ok(store_capture_begin(g->s, &capture, &sighting.capture, &g->err),
	          g->err);
	assert_ok(store_records_put(g->s, &record, 1, &sighting.record, &g->err), g->err);
	assert_ok(store_sighting_put(g->s, &sighting, &g->err), g->err);
	assert_ok(store_commit(g->s, &g->err), g->err);
}

static void
a_deleted_post_keeps_its_text_and_says_from_when_to_when_it_went(void **state)
{
	struct given *g = *state;
	struct view_post view;

	see(g, "x:10", 400);
	see(g, "x:10", 300);
	view = view_of(g, "x:10");
	assert_true(view.seen_until == RP_TIME_UNKNOWN);
	assert_true(view.gone_by == RP_TIME_UNKNOWN);

	put_state(g->s, "x:10", STATE_DELETED, 950);
	put_state(g->s, "x:10", STATE_DELETED, 900);
	put_state(g->s, "x:10", STATE_UNAVAILABLE, 350); /* it was shown after that */
	view = view_of(g, "x:10");
	assert_int_equal(view.state, STATE_DELETED);
	assert_slice(view.version.text, "a");
	assert_true(view.seen_until == 400);
	assert_true(view.gone_by == 900);
}

static void
when_a_file_was_read_is_not_when_the_post_was_seen(void **state)
{
	struct given *g = *state;
	struct view_post view;

	see(g, "x:10", RP_TIME_UNKNOWN);
	put_state(g->s, "x:10", STATE_DELETED, 90);
	view = view_of(g, "x:10");
	assert_int_equal(view.state, STATE_DELETED);
	assert_true(view.seen_until == RP_TIME_UNKNOWN);
	assert_true(view.gone_by == 90);
}

static void
a_post_shown_after_it_was_gone_is_live_again(void **state)
{
	struct given *g = *state;
	struct view_post view;

	see(g, "x:10", 300);
	put_state(g->s, "x:10", STATE_DELETED, 350);
	see(g, "x:10", 400);
	view = view_of(g, "x:10");
	assert_int_equal(view.state, STATE_LIVE);
	assert_true(view.seen_until == RP_TIME_UNKNOWN);

	put_state(g->s, "x:10", STATE_DELETED,
	          400); /* the same moment: the note counts */
	assert_int_equal(view_of(g, "x:10").state, STATE_DELETED);
}

static void
a_note_without_a_time_is_believed_whatever_was_shown(void **state)
{
	struct given *g = *state;
	struct view_post view;

	see(g, "x:10", 300);
	put_state(g->s, "x:10", STATE_DELETED, RP_TIME_UNKNOWN);
	view = view_of(g, "x:10");
	assert_int_equal(view.state, STATE_DELETED);
	assert_true(view.seen_until == 300);
	assert_true(view.gone_by == RP_TIME_UNKNOWN);
}

static void
a_post_that_came_back_is_live(void **state)
{
	struct given *g = *state;

	put(g->s, (struct said){ .key = "x:10", .by = "x:@1", .text = "a" });
	put_state(g->s, "x:10", STATE_LIVE, 950);
	put_state(g->s, "x:10", STATE_UNAVAILABLE, 900);
	assert_int_equal(view_of(g, "x:10").state, STATE_LIVE);
}

static void
the_ghost_of_a_suspended_account_is_suspended_its_held_posts_are_not(void **state)
{
	struct given *g = *state;

	put(g->s,
	    (struct said){ .key = "x:10", .by = "x:@1", .handle = "gone", .text = "a" });
	put_ghost(g->s, "x:20", "x:@1");
	put_ghost(g->s, "x:21", "x:@gone?");
	put_ghost(g->s, "x:22", "x:@2");
	put_state(g->s, "x:@gone?", STATE_SUSPENDED, 900);

	assert_int_equal(view_of(g, "x:10").state, STATE_LIVE);
	assert_int_equal(view_of(g, "x:20").state, STATE_SUSPENDED);
	assert_int_equal(view_of(g, "x:21").state, STATE_SUSPENDED);
	assert_int_equal(view_of(g, "x:22").state, STATE_NEVER_SEEN);
}

/* ---- edges
 * ----------------------------------------------------------------------------- */

static void
edges_come_primary_first_and_impossible_ones_marked(void **state)
{
	struct given *g = *state;
	struct view_post view;

	put(g->s, (struct said){ .key = "x:20",
	                         .by = "x:@1",
	                         .link_to = "x:11",
	                         .quote_of = "x:12",
	                         .reply_to = "x:30" });
	view = view_of(g, "x:20");

	assert_int_equal(view.n_edges, 3);
	assert_int_equal(view.edges[0].type, EDGE_QUOTE);
	assert_int_equal(view.edges[1].type, EDGE_REPLY);
	assert_true(view.edges[1].impossible);
	assert_int_equal(view.edges[2].type, EDGE_LINK);
	assert_int_equal(view.edges[2].origin, ORIGIN_DERIVED);
	assert_true(view.edges[0].parent == VIEW_NO_NODE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SPEC(the_last_wording_is_shown_and_all_are_kept),
		SPEC(two_wordings_without_an_edit_of_the_platform_are_no_edit),
		SPEC(an_edit_counts_though_one_wording_only_is_held),
		SPEC(a_cut_off_text_is_no_wording_of_its_own),
		SPEC(a_repost_comes_with_what_it_passes_on),
		SPEC(a_cut_off_text_alone_is_shown),
		SPEC(an_author_goes_by_the_latest_handle),
		SPEC(a_mere_handle_is_the_account_that_had_it),
		SPEC(a_handle_that_two_accounts_had_stays_a_handle),
		SPEC(a_person_is_known_by_number_handle_or_name),
		SPEC(a_deleted_post_keeps_its_text_and_says_from_when_to_when_it_went),
		SPEC(when_a_file_was_read_is_not_when_the_post_was_seen),
		SPEC(a_post_shown_after_it_was_gone_is_live_again),
		SPEC(a_note_without_a_time_is_believed_whatever_was_shown),
		SPEC(a_post_that_came_back_is_live),
		SPEC(the_ghost_of_a_suspended_account_is_suspended_its_held_posts_are_not),
		SPEC(edges_come_primary_first_and_impossible_ones_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
