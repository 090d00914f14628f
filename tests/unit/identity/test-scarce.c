/* People read and found when memory runs out on the way: as they are, or an error. */
#include "core/base/buf.h"
#include "core/identity/people.h"
#include "tests/support/scarce.h"
#include "tests/support/spec.h"

static const char text[] =
	"[Ann Other]\nshort = Ann\naccount = x:@ann\naccount = bsky:@did:plc:a\nalias = "
	"Annie\n"
	"alias = Ren\xc3\xa9"
	"e\nrole = chair; 2014-\n"
	"[Bob]\naccount = x:@bob\naccount = x:@robert\nalias = Rob\nalias = Roberto\n"
	"alias = Bobby\nalias = B\xc3\xb6"
	"b\nalias = Bo\n"
	"[Robert Other]\nshort = Rob\nshort = Rob\n"; /* the last is an error */

/* Who is meant, by each way of naming them. */
static enum rp_status
find_all(struct people_index *index, struct rp_buf *out, struct rp_error *err)
{
	static const char *const names[] = {
		"Ann Other", "ann",    "annie", "renee",
		"@ann",      "x:@ann", "BOBBY", "spoken:@Ann Other",
	};
	const struct person *person;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		enum rp_status st =
			people_find(index, rp_slice_str(names[i]), &person, err);

		if (st != RP_OK)
			return st;
		buf_printf(out, "%.*s\n", RP_FMT(person->name));
	}
	person = people_by_account(index, RP_SLICE("x:@7"), RP_SLICE("robert"));
	buf_printf(out, "%.*s\n", RP_FMT(person ? person->name : RP_SLICE("nobody")));
	person = people_by_account(index,
	                           RP_SLICE("spoken:@Ren\xc3\xa9"
	                                    "e"),
	                           RP_SLICE(""));
	buf_printf(out, "%.*s\n", RP_FMT(person ? person->name : RP_SLICE("nobody")));
	return RP_OK;
}

static enum rp_status
read_and_find(size_t bytes, struct rp_buf *out, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	CLEANUP(people_index_free) struct people_index *index = NULL;
	struct people people;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = people_read(arena, rp_slice_from(text, bytes), &people, err);
	if (st != RP_OK)
		return st;
	index = people_index_new(&people);
	return index != NULL ? find_all(index, out, err) : rp_fail_memory(err);
}

struct reading {
	size_t bytes;
	enum rp_status expected;
	struct rp_buf whole;
};

static void
act(void *context, bool fails)
{
	struct reading *r = context;
	CLEANUP(buf_done) struct rp_buf out;
	const size_t refusals = rp_memory_refusals();
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	buf_init(&out, 1 << 16);
	st = read_and_find(r->bytes, &out, &err);
	scarce_pause();
	if (!fails) {
		assert_int_equal(st, r->expected);
		buf_add(&r->whole, buf_slice(&out));
	} else if (rp_memory_refusals() == refusals && st != RP_FAILED) {
		assert_int_equal(st, r->expected);
		assert_true(rp_slice_eq(buf_slice(&out), buf_slice(&r->whole)));
	}
}

static void
people_are_found_or_it_is_an_error(void **state)
{
	const char *before = strstr(text, "[Robert");
	struct reading r = { .bytes = (size_t)(before - text) };

	(void)state;
	buf_init(&r.whole, 1 << 16);
	assert_true(scarce_each(1, act, &r) > 50);
	assert_slice(buf_slice(&r.whole),
	             "Ann Other\nAnn Other\nAnn Other\nAnn Other\nAnn Other\n"
	             "Ann Other\nBob\nAnn Other\nBob\nAnn Other\n");
	buf_done(&r.whole);
}

static void
a_mistake_in_the_file_is_told_or_it_is_an_error(void **state)
{
	struct reading r = { .bytes = sizeof(text) - 1, .expected = RP_BAD_CONFIG };

	(void)state;
	buf_init(&r.whole, 1 << 16);
	assert_true(scarce_each(1, act, &r) > 20);
	buf_done(&r.whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_are_found_or_it_is_an_error),
		cmocka_unit_test(a_mistake_in_the_file_is_told_or_it_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
