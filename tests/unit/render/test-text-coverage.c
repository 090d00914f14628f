/* The line below a thread that says how well it was followed. */
#include "core/base/utf8.h"
#include "core/render/text.h"
#include "tests/unit/render/stargate.h"

static const struct rp_slice labels[] = { S("@ana"), S("@ben"), S("@cleo"), S("@dora"),
	                                  S("\x1b[31m@evil\n") };

static struct rp_slice
line(struct written *w, const struct view_coverage *coverage, size_t columns)
{
	const struct style style = { .columns = columns };
	struct page page;

	page_init(&page, written_open(w), &style);
	page_coverage(&page, coverage);
	page_done(&page);
	return written_text(w);
}

static void
expect(const struct view_coverage *coverage, const char *expected)
{
	struct written w;
	struct rp_slice text = line(&w, coverage, 80);

	if (!rp_slice_eq(text, rp_slice_str(expected)))
		fail_msg("got  %.*swant %s", RP_FMT(text), expected);
	free(w.p);
}

static void
imported_files_are_followed_by_nobody(void **state)
{
	const struct view_coverage none = { .ever = false };
	const struct view_coverage then = { .ever = true };
	(void)state;

	expect(&none, "coverage: imported files; no source follows these accounts\n");
	expect(&then, "coverage: no source followed these accounts at that time\n");
}

static void
labels_are_named_up_to_three_then_counted(void **state)
{
	struct view_coverage told = { .ever = true, .n_stretches = 1, .whole = labels };
	(void)state;

	told.n_whole = 1;
	expect(&told, "coverage: @ana whole\n");
	told.n_whole = 3;
	expect(&told, "coverage: @ana, @ben and @cleo whole\n");
	told.n_whole = 4;
	told.partly = labels + 1;
	told.n_partly = 1;
	told.unfollowed = labels + 2;
	told.n_unfollowed = 2;
	expect(&told, "coverage: @ana, @ben and 2 others whole; @ben in part; @cleo and "
	              "@dora not\n  followed\n");
}

static void
a_gap_is_told_with_its_time_and_reason(void **state)
{
	const struct view_gap gaps[] = {
		{ S("@ana"), us("2025-01-22T10:00:00Z"), us("2025-01-22T12:00:00Z"),
		  S("seven-day limit") },
		{ S("@ben"), us("2025-01-22T23:00:00Z"), us("2025-01-23T01:30:00Z"),
		  S("broken off") },
		{ S("@ana"), 0, 1, S("") },
		{ S("@ana"), 0, 1, S("") },
	};
	struct view_coverage told = {
		.ever = true, .n_stretches = 1, .gaps = gaps, .n_gaps = 1
	};
	(void)state;

	expect(&told, "coverage: gap: @ana 22 Jan 10:00-12:00 (seven-day limit)\n");
	told.gaps = gaps + 1;
	expect(&told, "coverage: gap: @ben 22 Jan 23:00 - 23 Jan 01:30 (broken "
	              "off)\n");
}

static void
many_gaps_are_counted_and_none_breaks_out_of_the_page(void **state)
{
	static const size_t widths[] = { 1, 20, 40, 80, 200 };
	struct view_gap gaps[9];
	const struct view_coverage told = { .ever = true,
		                            .n_stretches = 1,
		                            .partly = labels,
		                            .n_partly = 5,
		                            .gaps = gaps,
		                            .n_gaps = 9 };
	(void)state;

	for (size_t i = 0; i < 9; i++)
		gaps[i] = (struct view_gap){ labels[4], INT64_MIN + 1, INT64_MAX,
			                     labels[4] };
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		const size_t columns = widths[i] < PAGE_MIN_COLUMNS   ? PAGE_MIN_COLUMNS
		                       : widths[i] > PAGE_MAX_COLUMNS ? PAGE_MAX_COLUMNS
		                                                      : widths[i];
		struct written w;
		struct rp_slice text = line(&w, &told, widths[i]);

		assert_null(memchr(text.p, '\x1b', text.n));
		while (text.n > 0)
			assert_true(utf8_width(rp_slice_cut(&text, '\n')) <= columns);
		free(w.p);
	}
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(imported_files_are_followed_by_nobody),
		cmocka_unit_test(labels_are_named_up_to_three_then_counted),
		cmocka_unit_test(a_gap_is_told_with_its_time_and_reason),
		cmocka_unit_test(many_gaps_are_counted_and_none_breaks_out_of_the_page),
	};

	return cmocka_run_group_tests_name("render-text-coverage", specs, NULL, NULL);
}
