#include "core/base/url-join.h"

#include "tests/support/spec.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return arena == NULL;
}

static int
finish(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

static void
joins(const char *base, const char *reference, const char *expected)
{
	struct rp_slice out;

	assert_true(url_join(arena, rp_slice_str(base), rp_slice_str(reference), &out));
	assert_slice(out, expected);
}

/* The examples of RFC 3986, 5.4. */
static void
a_reference_is_relative_to_the_page_it_is_on(void **state)
{
	static const char base[] = "http://a/b/c/d;p?q";
	static const char *const cases[][2] = {
		{ "g:h", "g:h" },
		{ "g", "http://a/b/c/g" },
		{ "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" },
		{ "//g", "http://g" },
		{ "?y", "http://a/b/c/d;p?y" },
		{ "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q#s" },
		{ "g#s", "http://a/b/c/g#s" },
		{ "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" },
		{ "", "http://a/b/c/d;p?q" },
		{ ".", "http://a/b/c/" },
		{ "./", "http://a/b/c/" },
		{ "..", "http://a/b/" },
		{ "../g", "http://a/b/g" },
		{ "../..", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" },
		{ "/./g", "http://a/g" },
		{ "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." },
		{ "..g", "http://a/b/c/..g" },
		{ "./g/.", "http://a/b/c/g/" },
		{ "g/../h", "http://a/b/c/h" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/../x", "http://a/b/c/g?y/../x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		joins(base, cases[i][0], cases[i][1]);
}

static void
without_a_base_a_reference_stays_as_it_is(void **state)
{
	(void)state;
	joins("", "/7", "/7");
	joins("/x/", "7", "7");
	joins("https://h.example", "7", "https://h.example/7");
	joins("https://h.example", "", "https://h.example");
	joins("https://h.example/a", " javascript:alert(1) ", "javascript:alert(1)");
}

static void
hosts_and_web_addresses_are_told(void **state)
{
	(void)state;
	assert_slice(url_host(RP_SLICE("https://bo@h.example:8080/x")), "h.example:8080");
	assert_slice(url_host(RP_SLICE("mailto:bo@h.example")), "");
	assert_slice(url_host(RP_SLICE("")), "");
	assert_true(url_is_web(RP_SLICE("HTTP://h")));
	assert_false(url_is_web(RP_SLICE("http://")));
	assert_false(url_is_web(RP_SLICE("ftp://h/")));
	assert_false(url_is_absolute(RP_SLICE("a b:c")));
	assert_false(url_is_absolute(RP_SLICE(":c")));
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_reference_is_relative_to_the_page_it_is_on),
		SPEC(without_a_base_a_reference_stays_as_it_is),
		SPEC(hosts_and_web_addresses_are_told),
	};

	return cmocka_run_group_tests_name("url-join", specs, NULL, NULL);
}
