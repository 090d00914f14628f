/* Sources that stand in no config file. */
#include "core/config/settings.h"
#include "tests/support/spec.h"

/* clang-format off */
static const struct setting_row fetch[] = {
	{ .name = "id", .type = SETTING_TEXT, .several = true, .help = "what" },
	{ .name = "base", .type = SETTING_URL, .otherwise = "https://api.example", .help = "where" },
	{ .name = NULL },
};
/* clang-format on */

static const struct setting_row *
collector(struct rp_slice name)
{
	return rp_slice_eq(name, RP_SLICE("fetch")) ? fetch : NULL;
}

static const char *const alike[] = { "base", "token", "id", NULL };

static enum rp_status
make(struct arena *arena, const struct made_source *made, struct source *out,
     struct rp_error *err)
{
	return source_make(arena, made, collector, out, err);
}

static void
it_has_what_it_is_given_and_the_defaults(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	static const struct made_setting settings[] = { { "id", RP_LIT("x:1") },
		                                        { "id", RP_LIT("x:2 [http]") } };
	const struct made_source made = { .name = RP_SLICE("fill:fetch"),
		                          .collector = RP_SLICE("fetch"),
		                          .settings = settings,
		                          .n = 2 };
	const struct setting *id = NULL;
	struct source source;
	struct rp_error err;

	(void)state;
	assert_ok(make(arena, &made, &source, &err), err);
	assert_slice(source.name, "fill:fetch");
	id = section_next(&source.settings, "id", NULL);
	assert_slice(id->value, "x:1");
	id = section_next(&source.settings, "id", id);
	assert_slice(id->value, "x:2 [http]"); /* nobody reads it as a file */
	assert_null(section_next(&source.settings, "id", id));
	assert_slice(section_text(&source.settings, "base"), "https://api.example");
	assert_slice(section_text(&source.settings, "token"), "");
	assert_int_equal(section_number(&source.settings, "every", 0),
	                 15 * INT64_C(60000000));
}

static void
it_is_like_another_one_where_it_is_not_told_otherwise(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 24);
	static const struct made_setting settings[] = { { "id", RP_LIT("x:1") } };
	struct made_source made = { .name = RP_SLICE("fill:fetch"),
		                    .collector = RP_SLICE("fetch"),
		                    .settings = settings,
		                    .n = 1,
		                    .alike = alike };
	struct config config;
	struct source source;
	struct rp_error err;

	(void)state;
	assert_ok(config_read_text(arena, "c.conf",
	                           RP_SLICE("[source a]\ncollector = fetch\nid = x:9\n"
	                                    "token = env:T\nbase = http://b.example\n"
	                                    "every = 1h\n"),
	                           collector, &config, &err),
	          err);
	made.like = &config.sources[0];
	assert_ok(make(arena, &made, &source, &err), err);
	assert_slice(section_text(&source.settings, "base"), "http://b.example");
	assert_slice(section_text(&source.settings, "token"), "env:T");
	assert_slice(section_text(&source.settings, "id"), "x:1");
	assert_int_equal(section_number(&source.settings, "every", 0),
	                 15 * INT64_C(60000000));
}

static void
what_makes_no_sense_is_refused(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	static const struct made_setting bad[] = { { "base", RP_LIT("nowhere") } },
					 unknown[] = { { "colour", RP_LIT("red") } };
	struct made_source made = { .name = RP_SLICE("fill:fetch"),
		                    .collector = RP_SLICE("fetch"),
		                    .settings = bad,
		                    .n = 1 };
	struct source source;
	struct rp_error err;

	(void)state;
	assert_int_equal(make(arena, &made, &source, &err), RP_BAD_CONFIG);
	made.settings = unknown;
	assert_int_equal(make(arena, &made, &source, &err), RP_BAD_CONFIG);
	made.collector = RP_SLICE("nobody");
	assert_int_equal(make(arena, &made, &source, &err), RP_BAD_CONFIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_has_what_it_is_given_and_the_defaults),
		cmocka_unit_test(it_is_like_another_one_where_it_is_not_told_otherwise),
		cmocka_unit_test(what_makes_no_sense_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
