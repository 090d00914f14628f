#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/map.h"
#include "tests/support/spec.h"

#include <stdio.h>

static void
an_arena_stops_at_its_ceiling_and_goes_on_after_a_reset(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1000);
	struct rp_slice copy = RP_SLICE("untouched");

	(void)state;
	assert_non_null(arena_alloc(arena, 900));
	assert_null(arena_alloc(arena, 200));
	assert_false(arena_copy(arena,
	                        RP_SLICE("a text longer than the ninety bytes that are "
	                                 "left, so that it cannot fit into what this "
	                                 "arena may still hand out"),
	                        &copy));
	assert_slice(copy, "untouched");

	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	assert_non_null(arena_alloc(arena, 1000 / 32 * 32));
}

static void
a_list_that_cannot_grow_has_the_room_it_had(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1000);
	size_t room = 0;
	uint64_t *list = arena_room(arena, NULL, 0, &room, sizeof(*list));
	const size_t had = room;

	(void)state;
	assert_non_null(list);
	assert_non_null(arena_alloc(arena, 800));
	assert_null(arena_room(arena, list, had, &room, sizeof(*list)));
	assert_int_equal(room, had);
	assert_ptr_equal(arena_room(arena, list, had - 1, &room, sizeof(*list)), list);
}

static void
an_arena_hands_out_zeroed_memory_also_the_second_time(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	char *p = arena_alloc(arena, 64);

	(void)state;
	memset(p, 'x', 64);
	arena_reset(arena);
	p = arena_alloc(arena, 64);
	for (size_t i = 0; i < 64; i++)
		assert_int_equal(p[i], 0);
}

static void
an_array_whose_size_overflows_is_refused(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX);

	(void)state;
	assert_null(arena_array(arena, SIZE_MAX / 2, 4));
	assert_null(arena_alloc(arena, SIZE_MAX));
}

static void
a_grown_array_keeps_its_content(void **state)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	int *a = arena_array(arena, 2, sizeof(*a));

	(void)state;
	a[0] = 7;
	a[1] = 8;
	a = arena_grow(arena, a, 2, 1000, sizeof(*a));
	assert_int_equal(a[0], 7);
	assert_int_equal(a[1], 8);
	assert_int_equal(a[999], 0);
}

static void
a_buffer_that_failed_once_stays_as_it_was(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;

	(void)state;
	buf_init(&buf, 8);
	buf_add_str(&buf, "12345");
	buf_add_str(&buf, "67890");
	assert_true(buf_failed(&buf));
	buf_add_str(&buf, "6");
	assert_slice(buf_slice(&buf), "12345");

	buf_clear(&buf);
	assert_false(buf_failed(&buf));
	buf_printf(&buf, "%d", 1234567);
	assert_slice(buf_slice(&buf), "1234567");
}

static void
dropping_the_front_of_a_buffer_keeps_the_rest(void **state)
{
	CLEANUP(buf_done) struct rp_buf buf;

	(void)state;
	buf_init(&buf, 100);
	buf_add_str(&buf, "abcdef");
	buf_drop(&buf, 2);
	assert_slice(buf_slice(&buf), "cdef");
	buf_drop(&buf, 100);
	assert_int_equal(buf.n, 0);
}

static void
a_map_remembers_every_key_and_the_order_they_came_in(void **state)
{
	CLEANUP(map_free) struct map *map = map_new();
	static char keys[5000][8];
	bool fresh;

	(void)state;
	for (uint32_t i = 0; i < 5000; i++) {
		(void)snprintf(keys[i], sizeof(keys[i]), "k%u", i);
		assert_non_null(map_put(map, rp_slice_str(keys[i]), i, &fresh));
		assert_true(fresh);
	}
	assert_int_equal(*map_put(map, RP_SLICE("k77"), 1, &fresh), 77);
	assert_false(fresh);
	assert_int_equal(map_count(map), 5000);
	assert_slice(map_key(map, 4321), "k4321");
	assert_int_equal(*map_get(map, RP_SLICE("k4999")), 4999);
	assert_null(map_get(map, RP_SLICE("k5000")));

	map_clear(map);
	assert_null(map_get(map, RP_SLICE("k1")));
}

static void
slices_are_compared_cut_and_searched_by_bytes(void **state)
{
	struct rp_slice rest = RP_SLICE("a,,b");
	uint64_t n;

	(void)state;
	assert_true(rp_slice_cmp(RP_SLICE("ab"), RP_SLICE("abc")) < 0);
	assert_true(rp_slice_cmp(RP_SLICE("b"), RP_SLICE("abc")) > 0);
	assert_slice(rp_slice_cut(&rest, ','), "a");
	assert_slice(rp_slice_cut(&rest, ','), "");
	assert_slice(rp_slice_cut(&rest, ','), "b");
	assert_null(rest.p);
	assert_int_equal(rp_slice_find(RP_SLICE("aab aac"), RP_SLICE("aac")), 4);
	assert_int_equal(rp_slice_find(RP_SLICE("aab"), RP_SLICE("b ")), 3);
	assert_slice(rp_slice_trim(RP_SLICE(" \t x y\r\n")), "x y");
	assert_true(rp_slice_eq_nocase(RP_SLICE("ElonMusk"), RP_SLICE("elonmusk")));
	assert_true(rp_slice_u64(RP_SLICE("18446744073709551615"), &n));
	assert_true(n == UINT64_MAX);
	assert_false(rp_slice_u64(RP_SLICE("18446744073709551616"), &n));
	assert_false(rp_slice_u64(RP_SLICE(" 1"), &n));
	assert_false(rp_slice_u64(RP_SLICE(""), &n));
}

static void
an_error_text_is_printable_and_never_ends_inside_a_character(void **state)
{
	struct rp_error err = { .status = RP_OK };
	char big[600];

	(void)state;
	memset(big, 'x', sizeof(big));
	memcpy(big + 380, "\xf0\x9f\x87\xba\xf0\x9f\x87\xba", 8);
	big[599] = '\0';
	assert_int_equal(rp_fail(&err, RP_BAD_ITEM, "%s", big), RP_BAD_ITEM);
	assert_int_equal(strlen(err.text), 380);

	rp_fail(&err, RP_FAILED, "a\x1b[31mb\nc");
	assert_string_equal(err.text, "a?[31mb?c");
	assert_int_equal(rp_fail(NULL, RP_FAILED, "nobody listens"), RP_FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_stops_at_its_ceiling_and_goes_on_after_a_reset),
		cmocka_unit_test(a_list_that_cannot_grow_has_the_room_it_had),
		cmocka_unit_test(an_arena_hands_out_zeroed_memory_also_the_second_time),
		cmocka_unit_test(an_array_whose_size_overflows_is_refused),
		cmocka_unit_test(a_grown_array_keeps_its_content),
		cmocka_unit_test(a_buffer_that_failed_once_stays_as_it_was),
		cmocka_unit_test(dropping_the_front_of_a_buffer_keeps_the_rest),
		cmocka_unit_test(a_map_remembers_every_key_and_the_order_they_came_in),
		cmocka_unit_test(slices_are_compared_cut_and_searched_by_bytes),
		cmocka_unit_test(
			an_error_text_is_printable_and_never_ends_inside_a_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
