#include "tests/unit/render/stargate.h"

static void
canonical_export_has_what_is_known_and_nothing_about_our_looking(void **state)
{
	const struct version version = { .text = RP_LIT("wrong"),
		                         .mentions = RP_LIT("x:@44196397 elonmusk\n"),
		                         .as_of = 99 };
	const struct rp_slice alias = RP_SLICE("x:8");
	struct view_node n = node("x:1882106524090482701", &altman, "sama",
	                          at("2025-01-22T16:42:17.848Z"), "wrong");
	struct written w;

	(void)state;
	n.p.versions = &version;
	n.p.post.author = RP_SLICE("x:@1605");
	n.p.author.key = n.p.post.author;
	write_canonical(written_open(&w), &n.p, &alias, 1);
	/* clang-format off */
	assert_slice(written_text(&w),
"{\"key\":\"x:1882106524090482701\",\"aliases\":[\"x:8\"],\"kind\":\"post\","
"\"author\":{\"key\":\"x:@1605\",\"handle\":\"sama\",\"name\":\"Sam Altman\"},"
"\"time\":{\"lo\":\"2025-01-22T16:42:17.848Z\",\"hi\":\"2025-01-22T16:42:17.848Z\","
"\"precision\":\"ms\",\"basis\":\"platform\"},\"state\":\"live\",\"conversation\":null,"
"\"url\":null,\"title\":null,\"place\":null,\"zone\":null,\"context\":null,"
"\"not_before\":null,\"not_after\":null,\"versions\":[{\"key\":\"x:1882106524090482701\","
"\"fingerprint\":\"00000000000000000000000000000000\",\"time\":{\"lo\":\"1970-01-01T00:00:00Z\","
"\"hi\":\"1970-01-01T00:00:00Z\",\"precision\":\"unknown\",\"basis\":\"unknown\"},"
"\"text\":\"wrong\",\"lang\":null,\"mentions\":[\"x:@44196397 elonmusk\"],\"media\":[],"
"\"poll\":[],\"truncated\":false,\"damaged\":false}],\"edges\":[]}\n");
	/* clang-format on */
	free(w.p);
}

static void
people_files_and_guesses_change_nothing_in_it(void **state)
{
	const struct view_edge guess = { .type = EDGE_RESPONDS,
		                         .origin = ORIGIN_INFERRED,
		                         .confidence_percent = 88,
		                         .parent_key = RP_LIT("x:2") };
	struct view_node n = ghost("x:7", "ana", RP_TIME_NONE);
	struct written a, b;
	struct rp_slice first, second;

	(void)state;
	write_canonical(written_open(&a), &n.p, NULL, 0);
	first = written_text(&a);
	n.p.author.person = &musk;
	n.p.edges = &guess;
	n.p.n_edges = 1;
	n.p.seen_until = 7;
	write_canonical(written_open(&b), &n.p, NULL, 0);
	second = written_text(&b);
	assert_true(rp_slice_eq(first, second));
	free(a.p);
	free(b.p);
}

static void
plain_export_tells_where_and_when_a_post_was_seen(void **state)
{
	const struct capture capture = { .name = RP_SLICE("page.json"),
		                         .at = us("2025-02-01T10:00:00Z"),
		                         .run = 3 };
	const struct view_seen seen = { .first = capture.at,
		                        .last = capture.at,
		                        .captures = &capture,
		                        .n_captures = 1 };
	struct view_node n = ghost("x:7", "ana", RP_TIME_NONE);
	struct written w;
	struct rp_slice text;

	(void)state;
	write_exported(written_open(&w), &n.p, &seen);
	text = written_text(&w);
	assert_true(rp_slice_ends(
		text,
		RP_SLICE(
			"\"first_seen\":\"2025-02-01T10:00:00Z\","
			"\"last_seen\":\"2025-02-01T10:00:00Z\","
			"\"sources\":[{\"name\":\"page.json\","
			"\"at\":\"2025-02-01T10:00:00Z\",\"sha256\":\""
			"0000000000000000000000000000000000000000000000000000000000000000"
			"\",\"run\":3}]}\n")));
	free(w.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			canonical_export_has_what_is_known_and_nothing_about_our_looking),
		cmocka_unit_test(people_files_and_guesses_change_nothing_in_it),
		cmocka_unit_test(plain_export_tells_where_and_when_a_post_was_seen),
	};

	return cmocka_run_group_tests_name("canonical", tests, NULL, NULL);
}
