#include "core/render/json-post.h"
#include "tests/unit/render/stargate.h"

#include <string.h>

static const struct style style = { .columns = 80 };

static void
assert_contains(struct rp_slice text, const char *part)
{
	if (rp_slice_find(text, rp_slice_str(part)) == text.n)
		fail_msg("no %s in:\n%.*s", part, (int)text.n, text.p);
}

static struct rp_slice
posts(struct written *w, const char *writer, const struct view_post *list, size_t n)
{
	const struct writer *to = writer_find(rp_slice_str(writer));
	struct post_list state = { 0 };

	assert_non_null(to);
	written_open(w);
	if (to->posts_begin != NULL)
		to->posts_begin(w->out, &style);
	for (size_t i = 0; i < n; i++)
		to->post(w->out, &style, &state, &list[i]);
	if (to->posts_end != NULL)
		to->posts_end(w->out, &style);
	assert_int_equal(state.n, n);
	return written_text(w);
}

static void
a_post_object_has_its_members_in_a_fixed_order(void **state)
{
	struct view_node n = node("x:1882106524090482701", &altman, "sama",
	                          at("2025-01-22T16:42:17.848Z"), "wrong");
	struct written w;

	(void)state;
	/* clang-format off */
	assert_slice(posts(&w, "json", &n.p, 1),
"{\"v\":1,\"posts\":[{\"key\":\"x:1882106524090482701\",\"kind\":\"post\",\"platform\":\"x\","
"\"url\":\"https://x.com/sama/status/1882106524090482701\",\"author\":{\"key\":null,"
"\"handle\":\"sama\",\"name\":\"Sam Altman\",\"person\":\"Sam Altman\"},"
"\"time\":{\"lo\":\"2025-01-22T16:42:17.848Z\",\"hi\":\"2025-01-22T16:42:17.848Z\","
"\"precision\":\"ms\",\"basis\":\"platform\"},\"text\":\"wrong\",\"lang\":null,"
"\"state\":\"live\",\"reply_to\":null,\"quote_of\":null,\"repost_of\":null,"
"\"conversation\":null,\"versions\":1,\"edges\":[]}]}\n");
	/* clang-format on */
	free(w.p);
}

static void
lists_of_none_one_and_two_posts_are_json(void **state)
{
	struct view_post list[2] = { ghost("x:1", "", RP_TIME_NONE).p,
		                     ghost("x:2", "", RP_TIME_NONE).p };
	struct written w;

	(void)state;
	assert_slice(posts(&w, "json", list, 0), "{\"v\":1,\"posts\":[]}\n");
	free(w.p);
	assert_contains(posts(&w, "json", list, 2), "]},{\"key\":\"x:2\"");
	free(w.p);
	assert_contains(posts(&w, "jsonl", list, 2), "]}\n{\"key\":\"x:2\"");
	free(w.p);
	assert_slice(posts(&w, "ids", list, 2), "x:1\nx:2\n");
	free(w.p);
}

static void
what_is_not_known_is_null_and_bounds_keep_all_their_digits(void **state)
{
	struct view_node n = davos();
	struct written w;
	struct rp_slice text;

	(void)state;
	text = posts(&w, "jsonl", &n.p, 1);
	assert_contains(text, "\"lo\":\"2025-01-21T23:00:00Z\","
	                      "\"hi\":\"2025-01-22T22:59:59.999999Z\","
	                      "\"precision\":\"day\",\"basis\":\"event\"");
	assert_contains(text, "\"place\":\"Davos\",\"zone\":\"Europe/Zurich\"");
	assert_contains(text, "\"url\":null");
	free(w.p);

	n = ghost("x:20", "", RP_TIME_NONE);
	text = posts(&w, "jsonl", &n.p, 1);
	assert_contains(text, "\"time\":{\"lo\":null,\"hi\":null,"
	                      "\"precision\":\"unknown\",\"basis\":\"unknown\"}");
	assert_contains(text, "\"kind\":\"ghost\"");
	assert_contains(text, "\"text\":null");
	assert_contains(text, "\"state\":\"never_seen\"");
	free(w.p);
}

static void
an_edited_post_brings_all_its_wordings(void **state)
{
	static const struct version versions[] = {
		{ .text = RP_LIT("million") },
		{ .text = RP_LIT("billion"), .native = RP_LIT("x:8") },
	};
	struct view_node n = node("x:7", NULL, "ana", RP_TIME_NONE, "billion");
	struct written w;
	struct rp_slice text;

	(void)state;
	n.p.versions = versions;
	n.p.n_versions = 2;
	n.p.version.text_raw = RP_SLICE("billion https://t.co/x");
	text = posts(&w, "jsonl", &n.p, 1);
	assert_contains(text, "\"versions\":2,\"history\":[{\"key\":\"x:7\",\"time\":");
	assert_contains(text, "\"text\":\"million\"},{\"key\":\"x:8\"");
	assert_contains(text, "\"text_raw\":\"billion https://t.co/x\"");
	free(w.p);
}

static void
an_inferred_edge_has_a_confidence_and_a_stated_one_null(void **state)
{
	const struct view_edge edges[] = {
		{ .type = EDGE_REPLY,
		  .origin = ORIGIN_PLATFORM,
		  .confidence_percent = 100,
		  .parent_key = RP_LIT("x:1") },
		{ .type = EDGE_RESPONDS,
		  .origin = ORIGIN_INFERRED,
		  .confidence_percent = 8,
		  .parent_key = RP_LIT("x:2"),
		  .rule = RP_LIT("responds-1") },
	};
	struct view_node n = node("x:7", NULL, "ana", RP_TIME_NONE, "hi");
	struct written w;
	struct rp_slice text;

	(void)state;
	n.p.edges = edges;
	n.p.n_edges = 2;
	text = posts(&w, "jsonl", &n.p, 1);
	assert_contains(text, "\"reply_to\":\"x:1\"");
	assert_contains(text, "{\"type\":\"reply\",\"parent\":\"x:1\",\"origin\":"
	                      "\"platform\",\"confidence\":null,\"rule\":null,"
	                      "\"evidence\":[]}");
	assert_contains(text, "\"origin\":\"inferred\",\"confidence\":0.08,"
	                      "\"rule\":\"responds-1\"");
	free(w.p);
}

static void
a_thread_is_its_nodes_in_display_order(void **state)
{
	struct stargate s;
	struct written w;
	struct rp_slice text;

	(void)state;
	stargate_exchange(&s);
	{
		const struct view_why why = { WHY_GHOST_PARENT, RP_LIT(OPENAI),
			                      RP_LIT("not held") };
		const struct thread_view view = { .root = RP_SLICE(OPENAI),
			                          .why = &why,
			                          .n_why = 1,
			                          .nodes = s.nodes,
			                          .n_nodes = 4 };

		json_thread(written_open(&w), &style, &view);
	}
	text = written_text(&w);
	assert_contains(text, "{\"v\":1,\"root\":\"" OPENAI "\",\"complete\":false,"
	                      "\"why\":[{\"code\":\"ghost_parent\",\"key\":\"" OPENAI
	                      "\",\"text\":\"not "
	                      "held\"}],\"coverage\":[],\"nodes\":[{\"key\":\"" OPENAI);
	assert_contains(text, "\"parent\":null,\"depth\":0,\"edge\":null,\"turn\":null}");
	assert_contains(text, "\"parent\":\"" MONEY "\",\"depth\":2,\"edge\":{\"type\":"
	                      "\"reply\",\"origin\":\"platform\",\"confidence\":null},"
	                      "\"turn\":1}");
	assert_contains(text, "\"precision\":\"day\",\"basis\":\"event\"},"
	                      "\"bounds\":{\"lo\":\"2025-01-22T05:57:27.374Z\"");
	free(w.p);
	stargate_free(&s);
}

static void
an_exchange_tells_turns_latencies_and_the_last_word(void **state)
{
	struct stargate s;
	struct written w;
	struct rp_slice text;

	(void)state;
	stargate_exchange(&s);
	json_exchange(written_open(&w), &style, &s.view);
	text = written_text(&w);
	assert_contains(text, "{\"v\":1,\"people\":[{\"name\":\"Elon Musk\",\"short\":"
	                      "\"Musk\",\"accounts\":[]}");
	assert_contains(text, "\"turns\":[{\"n\":1,\"person\":\"Elon Musk\",\"nodes\":"
	                      "[\"" MONEY "\",\"" SOFTBANK "\"],"
	                      "\"first\":\"2025-01-22T04:35:18.303Z\","
	                      "\"last\":\"2025-01-22T05:57:27.374Z\","
	                      "\"answers\":null,\"via\":null,\"latency_s\":null}");
	assert_contains(text, "\"answers\":1,\"via\":null,\"latency_s\":[0,33700]");
	assert_contains(text, "\"answers\":1,\"via\":null,\"latency_s\":[38690,38690]");
	assert_contains(text, "\"via\":\"@ns123abc\"");
	assert_contains(text, "\"last_word\":\"Elon Musk\"");
	free(w.p);
	stargate_free(&s);
}

static void
bytes_that_are_no_text_still_give_valid_json(void **state)
{
	static const char bytes[] =
		"nul \0 raw \xff surrogate \xed\xa0\x80 esc \x1b \x9b";
	struct view_node n = node("x:9223372036854775808", NULL, "", RP_TIME_NONE, "");
	struct written w;
	struct rp_slice text;

	(void)state;
	n.p.version.text = rp_slice_from(bytes, sizeof(bytes) - 1);
	text = posts(&w, "jsonl", &n.p, 1);
	assert_contains(text, "nul \\u0000 raw \xef\xbf\xbd surrogate");
	assert_contains(text, "esc \\u001b");
	assert_contains(text, "\"key\":\"x:9223372036854775808\"");
	free(w.p);
}

static void
every_writer_is_found_by_its_name_and_others_are_not(void **state)
{
	(void)state;
	for (size_t i = 0; writers[i] != NULL; i++)
		assert_ptr_equal(writer_find(rp_slice_str(writers[i]->name)), writers[i]);
	assert_null(writer_find(RP_SLICE("txt")));
	assert_null(writer_find(RP_SLICE("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_post_object_has_its_members_in_a_fixed_order),
		cmocka_unit_test(lists_of_none_one_and_two_posts_are_json),
		cmocka_unit_test(
			what_is_not_known_is_null_and_bounds_keep_all_their_digits),
		cmocka_unit_test(an_edited_post_brings_all_its_wordings),
		cmocka_unit_test(an_inferred_edge_has_a_confidence_and_a_stated_one_null),
		cmocka_unit_test(a_thread_is_its_nodes_in_display_order),
		cmocka_unit_test(an_exchange_tells_turns_latencies_and_the_last_word),
		cmocka_unit_test(bytes_that_are_no_text_still_give_valid_json),
		cmocka_unit_test(every_writer_is_found_by_its_name_and_others_are_not),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
