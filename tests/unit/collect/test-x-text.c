/*
 * Texts made readable.  Offsets are counted as X does: code points of the escaped text.
 */
#include "core/collect/x-text.h"
#include "tests/support/spec.h"

#include <stdlib.h>

enum { LINKS = 4 };

struct text_case {
	const char *text;
	struct x_link links[LINKS];
	const char *handles[LINKS];
	bool ranged;
	int64_t from, to;
	bool reply, cut;
};

static struct arena *arena;
static bool cut;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return arena == NULL;
}

static int
finish(void **state)
{
	(void)state;
	arena = arena_free(arena);
	return 0;
}

static struct rp_slice
clean(struct text_case c)
{
	struct rp_slice handles[LINKS], out;
	struct x_words words = { .text = rp_slice_str(c.text),
		                 .links = c.links,
		                 .handles = handles,
		                 .from = c.ranged ? c.from : -1,
		                 .to = c.ranged ? c.to : -1,
		                 .reply = c.reply,
		                 .cut = c.cut };

	while (words.n_links < LINKS && c.links[words.n_links].url.n > 0)
		words.n_links++;
	for (size_t i = 0; i < LINKS && c.handles[i] != NULL; i++)
		handles[words.n_handles++] = rp_slice_str(c.handles[i]);
	assert_true(x_text_clean(&words, arena, &out, &cut));
	return out;
}

#define TEXT(...) clean((struct text_case){ __VA_ARGS__ })
#define LINK(start_, url_, expanded_, use_)                                              \
	{                                                                                \
		.start = (start_), .url = RP_LIT(url_), .expanded = RP_LIT(expanded_),   \
		.use = X_LINK_##use_                                                     \
	}

static void
a_plain_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "They don't actually have the money"),
	             "They don't actually have the money");
	assert_slice(TEXT(.text = ""), "");
	assert_false(cut);
}

static void
entities_are_decoded_once_and_only_the_three(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "a &amp; b &lt;c&gt;"), "a & b <c>");
	assert_slice(TEXT(.text = "&amp;lt; &amp;amp;"), "&lt; &amp;");
	assert_slice(TEXT(.text = "&quot; &#39; &amp &"), "&quot; &#39; &amp &");
}

static void
blanks_around_go_and_newlines_inside_stay(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = " one\n\n two \n"), "one\n\n two");
}

static void
a_link_becomes_the_address_its_author_wrote(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "see https://t.co/a now",
	                  .links = { LINK(4, "https://t.co/a",
	                                  "https://example.org/a?b&amp;c", SAID) }),
	             "see https://example.org/a?b&amp;c now");
	assert_slice(TEXT(.text = "see https://t.co/a",
	                  .links = { LINK(4, "https://t.co/a", "", SAID) }),
	             "see https://t.co/a");
	/* An address that would forge lines is none. */
	assert_slice(TEXT(.text = "see https://t.co/a",
	                  .links = { LINK(4, "https://t.co/a", "x\nfrom: me", SAID) }),
	             "see https://t.co/a");
}

static void
offsets_count_code_points_of_the_escaped_text(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "\xf0\x9f\x99\x82 &amp; https://t.co/a https://t.co/a",
	                  .links = { LINK(8, "https://t.co/a", "http://one", SAID),
	                             LINK(23, "https://t.co/a", "http://two", SAID) }),
	             "\xf0\x9f\x99\x82 & http://one http://two");
}

static void
offsets_in_utf16_are_understood_too(void **state)
{
	(void)state;
	/* As code points these would be one too far and hit nothing. */
	assert_slice(TEXT(.text = "\xf0\x9f\x99\x82 https://t.co/a https://t.co/a",
	                  .links = { LINK(3, "https://t.co/a", "http://one", SAID),
	                             LINK(18, "https://t.co/a", "http://two", SAID) }),
	             "\xf0\x9f\x99\x82 http://one http://two");
}

static void
a_link_that_is_elsewhere_is_searched_and_one_that_is_nowhere_dropped(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "x https://t.co/a y https://t.co/b",
	                  .links = { LINK(99, "https://t.co/a", "http://a", SAID),
	                             LINK(-1, "https://t.co/b", "http://b", SAID),
	                             LINK(2, "https://t.co/c", "http://c", SAID) }),
	             "x http://a y http://b");
}

static void
several_links_on_one_span_are_one(void **state)
{
	(void)state;
	/* Two photos share their link. */
	assert_slice(
		TEXT(.text = "look https://t.co/m",
	             .links = { LINK(5, "https://t.co/m", "http://x/photo/1", MEDIA),
	                        LINK(5, "https://t.co/m", "http://x/photo/2", MEDIA) }),
		"look");
	assert_slice(
		TEXT(.text = "look https://t.co/m here",
	             .links = { LINK(5, "https://t.co/m", "http://x/photo/1", SAID),
	                        LINK(5, "https://t.co/m", "http://x/photo/1", MEDIA) }),
		"look here");
}

static void
links_that_x_added_at_the_end_go(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "so https://t.co/q https://t.co/m",
	                  .links = { LINK(3, "https://t.co/q", "http://quoted", QUOTE),
	                             LINK(18, "https://t.co/m", "http://m", MEDIA) }),
	             "so");
	/* The author put this one into a sentence. */
	assert_slice(TEXT(.text = "https://t.co/q says it",
	                  .links = { LINK(0, "https://t.co/q", "http://quoted", QUOTE) }),
	             "http://quoted says it");
	assert_slice(TEXT(.text = "a https://t.co/q https://t.co/u",
	                  .links = { LINK(2, "https://t.co/q", "http://quoted", QUOTE),
	                             LINK(17, "https://t.co/u", "http://u", SAID) }),
	             "a http://quoted http://u");
}

static void
a_link_to_the_post_itself_behind_an_ellipsis_tells_of_more(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "and so on\xe2\x80\xa6 https://t.co/s",
	                  .links = { LINK(11, "https://t.co/s", "http://x/i/web/status/1",
	                                  SELF) }),
	             "and so on\xe2\x80\xa6");
	assert_true(cut);
	assert_slice(TEXT(.text = "hey :) https://t.co/s",
	                  .links = { LINK(7, "https://t.co/s", "http://x/i/web/status/1",
	                                  SELF) }),
	             "hey :)");
	assert_false(cut);
}

static void
so_does_a_link_that_no_entity_tells_of_behind_a_text_of_full_length(void **state)
{
	static char text[1024];

	(void)state;
	memset(text, 'a', 250);
	strcpy(text + 250, "\xe2\x80\xa6 https://t.co/trunc12345");
	assert_int_equal(TEXT(.text = text).n, 253);
	assert_true(cut);
	/* 100 characters twice as wide. */
	for (int i = 0; i < 100; i++)
		memcpy(text + i * 3, "\xe6\x97\xa5", 3);
	strcpy(text + 300, "\xe2\x80\xa6 https://t.co/trunc12345");
	assert_int_equal(TEXT(.text = text).n, 303);
	assert_true(cut);
	/* Their author's own, perhaps. */
	assert_slice(TEXT(.text = "wait for it\xe2\x80\xa6 https://t.co/abc"),
	             "wait for it\xe2\x80\xa6 https://t.co/abc");
	assert_false(cut);
	assert_slice(TEXT(.text = "and so on\xe2\x80\xa6 https://t.co/abc", .cut = true),
	             "and so on\xe2\x80\xa6");
	assert_true(cut);
}

static void
the_display_range_hides_mentions_and_links(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "@ana @bob @eve yes https://t.co/m", .ranged = true,
	                  .from = 10, .to = 18,
	                  .links = { LINK(19, "https://t.co/m", "http://m", SAID) }),
	             "@eve yes");
	/* Links without an entity, and offsets into the text as it came. */
	assert_slice(TEXT(.text = "pic https://t.co/mmmmmmmmmm", .ranged = true,
	                  .from = 0, .to = 3),
	             "pic");
	assert_slice(TEXT(.text = "@bob a &amp; b &lt;3 c https://t.co/mmmmmmmmmm",
	                  .ranged = true, .from = 5, .to = 22),
	             "a & b <3 c");
	assert_slice(TEXT(.text = "pic HTTP://t.co/m and://t.co/x", .ranged = true,
	                  .from = 0, .to = 3),
	             "pic HTTP://t.co/m and://t.co/x");
	/* Nothing but a photo. */
	assert_slice(TEXT(.text = "https://t.co/m", .ranged = true, .from = 0, .to = 0,
	                  .links = { LINK(0, "https://t.co/m", "http://m", MEDIA) }),
	             "");
}

static void
a_display_range_that_would_hide_words_is_not_believed(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "all of this", .ranged = true, .from = 4, .to = 6),
	             "all of this");
	assert_slice(TEXT(.text = "all of this", .ranged = true, .from = 0, .to = 0),
	             "all of this");
	assert_slice(TEXT(.text = "@ana this", .ranged = true, .from = 2, .to = 900),
	             "@ana this");
	assert_slice(TEXT(.text = "all", .ranged = true, .from = 9, .to = 3), "all");
}

static void
without_a_range_a_reply_hides_the_mentions_it_lists(void **state)
{
	(void)state;
	assert_slice(TEXT(.text = "@Ana @bob no, @ana", .handles = { "ana", "bob" },
	                  .reply = true),
	             "no, @ana");
	assert_slice(
		TEXT(.text = "@ana @stranger no", .handles = { "ana" }, .reply = true),
		"@stranger no");
	assert_slice(TEXT(.text = "@ana no", .handles = { "ana" }), "@ana no");
	/* Then they are all there is. */
	assert_slice(TEXT(.text = "@ana ", .handles = { "ana" }, .reply = true), "@ana");
	assert_slice(TEXT(.text = "@ana no", .handles = { "ana" }, .reply = true,
	                  .ranged = true, .from = 0, .to = 7),
	             "@ana no");
}

static void
nuls_and_damage_pass_through(void **state)
{
	struct rp_slice out;
	struct x_words words = { .text = RP_SLICE("a\0&amp;b \xff"),
		                 .from = -1,
		                 .to = -1 };

	(void)state;
	assert_true(x_text_clean(&words, arena, &out, &cut));
	assert_true(rp_slice_eq(out, RP_SLICE("a\0&b \xff")));
}

static void
a_full_arena_is_told(void **state)
{
	CLEANUP(arena_free) struct arena *small = arena_new(16);
	struct rp_slice out;
	struct x_words words = { .text = RP_SLICE("a long enough text &amp; so on"),
		                 .from = -1,
		                 .to = -1 };

	(void)state;
	assert_false(x_text_clean(&words, small, &out, &cut));
}

static void
many_links_in_a_long_text_take_linear_time(void **state)
{
	enum { MANY = 20000, UNIT = 7 };
	struct x_link *links = calloc(MANY, sizeof(*links));
	char *text = malloc(MANY * UNIT);
	struct x_words words = { .links = links, .n_links = MANY, .from = -1, .to = -1 };
	struct rp_slice out;

	(void)state;
	assert_non_null(links);
	assert_non_null(text);
	for (size_t i = 0; i < MANY; i++) {
		memcpy(text + i * UNIT, "t.co/a ", UNIT);
		/* Every other one is told wrong, and not there at all. */
		links[i] = (struct x_link){ .start = (int64_t)(i * UNIT),
			                    .url = i % 2 ? RP_SLICE("t.co/a")
			                                 : RP_SLICE("t.co/b"),
			                    .expanded = RP_SLICE("u") };
	}
	words.text = rp_slice_from(text, MANY * UNIT);
	assert_true(x_text_clean(&words, arena, &out, &cut));
	assert_int_equal(out.n, MANY * UNIT - 1 - MANY / 2 * 5);
	free(links);
	free(text);
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(a_plain_text_stays_as_it_is),
		SPEC(entities_are_decoded_once_and_only_the_three),
		SPEC(blanks_around_go_and_newlines_inside_stay),
		SPEC(a_link_becomes_the_address_its_author_wrote),
		SPEC(offsets_count_code_points_of_the_escaped_text),
		SPEC(offsets_in_utf16_are_understood_too),
		SPEC(a_link_that_is_elsewhere_is_searched_and_one_that_is_nowhere_dropped),
		SPEC(several_links_on_one_span_are_one),
		SPEC(links_that_x_added_at_the_end_go),
		SPEC(a_link_to_the_post_itself_behind_an_ellipsis_tells_of_more),
		SPEC(so_does_a_link_that_no_entity_tells_of_behind_a_text_of_full_length),
		SPEC(the_display_range_hides_mentions_and_links),
		SPEC(a_display_range_that_would_hide_words_is_not_believed),
		SPEC(without_a_range_a_reply_hides_the_mentions_it_lists),
		SPEC(nuls_and_damage_pass_through),
		SPEC(a_full_arena_is_told),
		SPEC(many_links_in_a_long_text_take_linear_time),
	};

	return cmocka_run_group_tests_name("x-text", specs, NULL, NULL);
}
