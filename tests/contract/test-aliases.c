/* Two keys, one post: other names, and posts that turn out to be the same. */
#include "tests/contract/contract.h"

static void
a_post_is_found_by_its_alias(void **state)
{
	struct fixture *f = *state;
	int64_t post;

	begin(f);
	post = say(f, "x:1", "x:@1", "hello");
	put_alias(f, "x:3", post);
	put_alias(f, "x:2", post);
	put_alias(f, "x:2", post); /* known already */
	put_alias(f, "x:1", post); /* its own key */
	commit(f);

	reopen(f);
	assert_int_equal(get_post(f, "x:2").id, post);
	assert_slice(get_post(f, "x:3").key, "x:1");
	assert_string_equal(rows(f, SCAN_ALIASES, post, ""), "x:2, x:3");
	assert_int_equal(stats_of(f).posts, 1);
}

static void
an_alias_that_named_another_post_merges_both(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;
	struct post got;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_post(f, (struct post){ .key = RP_SLICE("x:2"),
	                                    .kind = KIND_POST,
	                                    .author = RP_SLICE("x:@7"),
	                                    .conversation = RP_SLICE("x:1"),
	                                    .place = RP_SLICE("Davos"),
	                                    .time = RP_TIME_NONE });
	put_alias(f, "x:2", first);
	commit(f);

	reopen(f);
	got = get_post(f, "x:2");
	assert_int_equal(got.id, first);
	assert_slice(got.key, "x:1");
	assert_int_equal(got.kind, KIND_POST);
	assert_slice(got.author, "x:@7");
	assert_slice(got.place, "Davos");
	assert_string_equal(rows(f, SCAN_CONVERSATION, 0, "x:1"), "x:1");
	assert_string_equal(rows(f, SCAN_ALIASES, first, ""), "x:2");
	assert_int_equal(store_post_by_id(f->store, second, f->arena, &got, &f->err),
	                 RP_NOT_FOUND);
	assert_int_equal(stats_of(f).posts, 1);
	assert_int_equal(stats_of(f).ghosts, 0);
	assert_string_equal(posts(f, FILTER_ALL), "x:1");
}

static void
a_merged_post_brings_its_versions_each_under_its_edit(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	put_wording(f, first, "", "as posted", 1, false);
	put_wording(f, first, "", "both have it", 2, false);
	put_wording(f, second, "", "as edited", 9, false);
	put_wording(f, second, "", "both have it", 7, false);
	put_wording(f, second, "x:3", "edited again", 3, false);
	put_alias(f, "x:2", first);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_VERSIONS, first, ""),
	                    "as posted, both have it, as edited, edited again");
	assert_string_equal(rows(f, SCAN_VERSIONS, second, ""), "");
	assert_int_equal(stats_of(f).versions, 4);
}

static void
a_wording_of_a_merged_post_notes_under_which_id_it_stood(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;

	begin(f);
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	put_wording(f, second, "", "as edited", 9, false);
	put_alias(f, "x:2", first);
	commit(f);

	reopen(f);
	assert_slice(only_version(f, first).native, "x:2");
	assert_int_equal(only_version(f, first).post, first);
}

static void
see_sighting(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	*(struct sighting *)context = row->sighting;
}

static void
a_merged_post_brings_its_sightings_and_those_of_a_shared_wording_name_the_one_left(
	void **state)
{
	struct fixture *f = *state;
	struct scan scan = { .of = SCAN_SIGHTINGS };
	struct sighting got = { 0 };
	int64_t first, second, kept, capture, record;

	begin(f);
	capture = put_capture(f, put_run(f, 1), "c", RP_SLICE("{}"));
	record = put_record(f, RP_SLICE("{}"));
	first = put_ghost(f, "x:1");
	second = put_ghost(f, "x:2");
	kept = put_words(f, first, "same");
	put_sighting(f, (struct sighting){ second, put_words(f, second, "same"), capture,
	                                   record, 0, 2, 5 });
	put_alias(f, "x:2", first);
	put_sighting(f, (struct sighting){ first, kept, capture, record, 0, 2, 5 });
	commit(f);

	scan.id = first;
	each_row(f, &scan, see_sighting, &got);
	assert_int_equal(got.post, first);
	assert_int_equal(got.version, kept);
	assert_int_equal(got.as_of, 5);
	assert_int_equal(stats_of(f).sightings, 1);
	scan.id = second;
	assert_string_equal(rows(f, SCAN_SIGHTINGS, second, ""), "");
}

static void
aliases_of_a_merged_post_name_the_one_that_is_left(void **state)
{
	struct fixture *f = *state;
	int64_t a, b, c;

	begin(f);
	a = put_ghost(f, "x:1");
	b = put_ghost(f, "x:2");
	c = put_ghost(f, "x:3");
	put_alias(f, "x:22", b);
	put_alias(f, "x:33", c);
	put_alias(f, "x:33", b); /* an alias of c: all of c becomes b */
	put_alias(f, "x:2", a);
	commit(f);

	reopen(f);
	assert_string_equal(rows(f, SCAN_ALIASES, a, ""), "x:2, x:22, x:3, x:33");
	assert_int_equal(get_post(f, "x:33").id, a);
	assert_int_equal(get_post(f, "x:3").id, a);
	assert_int_equal(stats_of(f).ghosts, 1);
}

static void
the_words_of_a_merged_post_are_found_under_the_one_that_is_left(void **state)
{
	struct fixture *f = *state;
	const struct filter_term term = { RP_SLICE("stargate"), false, false };
	struct filter filter = FILTER_ALL;

	filter.terms = &term;
	filter.n_terms = 1;
	filter.ghosts = true;
	begin(f);
	say(f, "x:2", "x:@1", "about Stargate");
	put_alias(f, "x:2", put_ghost(f, "x:1"));
	commit(f);

	reopen(f);
	assert_string_equal(posts(f, filter), "x:1");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_post_is_found_by_its_alias),
		SPEC(an_alias_that_named_another_post_merges_both),
		SPEC(a_merged_post_brings_its_versions_each_under_its_edit),
		SPEC(a_wording_of_a_merged_post_notes_under_which_id_it_stood),
		SPEC(a_merged_post_brings_its_sightings_and_those_of_a_shared_wording_name_the_one_left),
		SPEC(aliases_of_a_merged_post_name_the_one_that_is_left),
		SPEC(the_words_of_a_merged_post_are_found_under_the_one_that_is_left),
	};

	return CONTRACT_RUN(argc, argv, "aliases", specs);
}
