/*
 * docs/schema says just what the writers write: no member less, and none more.
 */
#include "tests/support/schema.h"
#include "tests/unit/render/stargate.h"

static const struct style style = { .columns = 80 };
static struct schemas *schemas;

static int
open_schemas(void **state)
{
	(void)state;
	schemas = schemas_new(SCHEMA_FOLDER);
	return schemas == NULL;
}

static int
close_schemas(void **state)
{
	(void)state;
	schemas = schemas_free(schemas);
	return 0;
}

static void
assert_fits(const char *schema, struct written *w)
{
	struct rp_slice rest = written_text(w);

	while (rest.n > 0)
		assert_true(schemas_check(schemas, schema, rp_slice_cut(&rest, '\n'),
		                          stderr));
	free(w->p);
}

/* A node with everything a node can have. */
static struct view_node
full(struct view_node n)
{
	static const struct version versions[] = {
		{ .text = RP_LIT("one"),
		  .mentions = RP_LIT("x:@1 ana\n"),
		  .media = RP_LIT("m\n"),
		  .poll = RP_LIT("yes\nno\n") },
		{ .text = RP_LIT("two"),
		  .text_raw = RP_LIT("two t.co"),
		  .native = RP_LIT("x:8") },
	};
	static const struct view_edge edges[] = {
		{ .type = EDGE_REPLY,
		  .parent_key = RP_LIT("x:1"),
		  .parent = VIEW_NO_NODE,
		  .impossible = true,
		  .cyclic = true },
		{ .type = EDGE_RESPONDS,
		  .origin = ORIGIN_INFERRED,
		  .confidence_percent = 88,
		  .parent_key = RP_LIT("x:2"),
		  .parent = VIEW_NO_NODE,
		  .rule = RP_LIT("responds-1") },
	};

	n.p.versions = versions;
	n.p.n_versions = 2;
	n.p.version = versions[1];
	n.p.version.truncated = n.p.version.damaged = true;
	n.p.state = STATE_DELETED;
	n.p.seen_until = us("2025-02-01T10:00:00Z");
	n.p.gone_by = us("2025-02-03T10:00:00Z");
	n.p.author.state = STATE_SUSPENDED;
	n.answered = (struct view_answered){ 1, RP_SLICE("x:1"), &versions[0] };
	n.p.edges = edges;
	n.p.n_edges = 2;
	n.p.post.title = n.p.post.context = RP_SLICE("Davos");
	n.p.post.place = n.p.post.zone = RP_SLICE("Davos");
	n.p.post.not_before = n.p.post.not_after = RP_SLICE("x:1");
	n.p.time_conflict = n.quoted_by = true;
	n.copy_of = 0;
	n.n_reposts = 1;
	n.first_repost = n.last_repost = n.p.seen_until;
	return n;
}

static void
lists_of_posts_are_as_their_schema_says(void **state)
{
	const struct view_node n = full(davos());
	static const char *const names[] = { "json", "jsonl" };
	static const char *const files[] = { "posts.json", "post.json" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct writer *to = writer_find(rp_slice_str(names[i]));
		const struct view_node g = ghost("x:1", "", RP_TIME_NONE);
		struct post_list list = { 0 };
		struct written w;

		written_open(&w);
		if (to->posts_begin != NULL)
			to->posts_begin(w.out, &style);
		to->post(w.out, &style, &list, &n.p);
		to->post(w.out, &style, &list, &g.p);
		if (to->posts_end != NULL)
			to->posts_end(w.out, &style);
		assert_fits(files[i], &w);
	}
}

static void
threads_and_exchanges_are_as_their_schemas_say(void **state)
{
	const struct writer *json = writer_find(RP_SLICE("json"));
	const struct view_why why = { WHY_LIMIT, RP_LIT("x:1"), RP_LIT("too long") };
	const struct coverage gap = { RP_LIT("musk"),
		                      RP_LIT("x:@44196397"),
		                      RP_TIME_UNKNOWN,
		                      us("2025-01-22T05:00:00Z"),
		                      true,
		                      RP_LIT("too late"),
		                      1 };
	struct thread_view view = { .root = RP_SLICE(OPENAI), .why = &why, .n_why = 1 };
	struct view_node with_everything[2];
	struct stargate s;
	struct written w;

	(void)state;
	stargate_exchange(&s);
	with_everything[0] = s.nodes[0];
	with_everything[1] = full(davos());
	view.nodes = with_everything;
	view.n_nodes = 2;
	json->thread(written_open(&w), &style, &view);
	assert_fits("thread.json", &w);
	view.coverage.stretches = &gap;
	view.coverage.n_stretches = 1;
	view.nodes = s.nodes;
	view.n_nodes = 5;
	json->thread(written_open(&w), &style, &view);
	assert_fits("thread.json", &w);
	s.view.why = &why;
	s.view.n_why = 1;
	json->exchange(written_open(&w), &style, &s.view);
	assert_fits("exchange.json", &w);
	stargate_free(&s);
}

static void
single_posts_and_exports_are_as_their_schemas_say(void **state)
{
	const struct edge child = { .child_key = RP_SLICE("x:9"), .type = EDGE_REPLY };
	static const char answered[] =
		"status=404\nasked=x:9\nas_of=2025-01-31T00:00:00Z\n"
		"fetched=2025-02-01T10:00:00Z\n"
		"http.date=Sat, 01 Feb 2025 10:00:00 GMT\n"
		"http.type=application/json\nhttp.server=mock\n"
		"http.etag=\"1\"\nhttp.modified=yesterday\n"
		"http.url=https://x.com/9\nhttp.address=192.0.2.1\n"
		"http.certificate=00\nmasked=1\n";
	const struct capture capture = { .name = RP_SLICE("page.json"),
		                         .options = rp_slice_str(answered),
		                         .at = us("2025-02-01T10:00:00Z"),
		                         .run = 3 };
	const struct state_note gone = { .state = STATE_DELETED,
		                         .as_of = RP_TIME_UNKNOWN };
	const struct rp_slice alias = RP_SLICE("x:8");
	const struct view_seen seen = { .captures = &capture,
		                        .n_captures = 1,
		                        .children = &child,
		                        .n_children = 1,
		                        .aliases = &alias,
		                        .n_aliases = 1 };
	const struct view_node n = full(davos());
	struct written w;

	(void)state;
	writer_find(RP_SLICE("json"))
		->show(written_open(&w), &style, &n.p, &seen, &gone, 1);
	assert_fits("show.json", &w);
	write_exported(written_open(&w), &n.p, &seen);
	assert_fits("exported.json", &w);
	write_canonical(written_open(&w), &n.p, &alias, 1);
	assert_fits("canonical.json", &w);
}

/* After all of the above. */
static void
a_schema_lists_no_member_that_nobody_writes(void **state)
{
	(void)state;
	assert_int_equal(schemas_unused(schemas, stderr), 0);
}

static void
what_breaks_a_schema_is_noticed(void **state)
{
	static const char *const broken[] = {
		"{\"v\":1}",
		"{\"v\":2,\"posts\":[]}",
		"{\"v\":1,\"posts\":{}}",
		"{\"v\":1,\"posts\":[],\"more\":1}",
		"{\"v\":1,\"posts\":[{\"key\":\"x:1\"}]}",
		"{\"v\":1,\"posts\":[",
	};
	FILE *nowhere = fopen("/dev/null", "w");

	(void)state;
	assert_non_null(nowhere);
	assert_true(schemas_check(schemas, "posts.json",
	                          RP_SLICE("{\"v\":1,\"posts\":[]}"), nowhere));
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_false(schemas_check(schemas, "posts.json", rp_slice_str(broken[i]),
		                           nowhere));
	fclose(nowhere);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_posts_are_as_their_schema_says),
		cmocka_unit_test(threads_and_exchanges_are_as_their_schemas_say),
		cmocka_unit_test(single_posts_and_exports_are_as_their_schemas_say),
		cmocka_unit_test(a_schema_lists_no_member_that_nobody_writes),
		cmocka_unit_test(what_breaks_a_schema_is_noticed),
	};

	return cmocka_run_group_tests_name("schema", tests, open_schemas, close_schemas);
}
