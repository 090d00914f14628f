/* Damage to an archive file is noticed, or changes nothing. */
#include "core/base/file.h"
#include "tests/unit/sqlite/sample.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Fewer where each takes a second. */
static size_t
rounds(size_t n)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL ? n / 8 : n;
}

struct sample {
	struct place place;
	struct rp_buf file;  /* the archive, sound */
	struct rp_buf facts; /* what is in it */
	char damaged[300];   /* where damaged copies go */
	char findings[4000]; /* of the last check, one a line, as far as they go */
};

static int
sample_setup(void **state)
{
	struct sample *sample = calloc(1, sizeof(*sample));
	struct rp_error err = { 0 };
	struct store *store = NULL;

	assert_non_null(sample);
	place_make(&sample->place);
	(void)snprintf(sample->damaged, sizeof(sample->damaged), "%s/damaged",
	               sample->place.directory);
	sample_make(sample->place.path);
	buf_init(&sample->file, 1 << 26);
	buf_init(&sample->facts, 1 << 26);
	assert_ok(file_read(sample->place.path, &sample->file, &err), err);
	assert_ok(store_sqlite_open(sample->place.path, STORE_READ, &store, NULL, &err),
	          err);
	assert_ok(sample_facts(store, &sample->facts, &err), err);
	store_close(store);
	*state = sample;
	return 0;
}

static int
sample_teardown(void **state)
{
	struct sample *sample = *state;

	place_remove(&sample->place);
	buf_done(&sample->file);
	buf_done(&sample->facts);
	free(sample);
	return 0;
}

static void
write_damaged(const struct sample *sample, struct rp_slice bytes)
{
	int fd = open(sample->damaged, O_RDWR | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	(void)close(fd);
}

static void
note_finding(void *context, const char *sentence)
{
	struct sample *sample = context;
	size_t n = strlen(sample->findings);

	(void)snprintf(sample->findings + n, sizeof(sample->findings) - n, "%s\n",
	               sentence);
}

/* Whether opening the damaged copy, or verify, says that it is damaged. */
static bool
is_reported(struct sample *sample, bool *same_out)
{
	CLEANUP(store_close) struct store *store = NULL;
	CLEANUP(buf_done) struct rp_buf facts;
	struct rp_error err = { 0 };
	enum rp_status st;

	buf_init(&facts, 1 << 26);
	sample->findings[0] = '\0';
	*same_out = false;
	st = store_sqlite_open(sample->damaged, STORE_READ, &store, NULL, &err);
	if (st != RP_OK) {
		assert_int_not_equal(err.text[0], '\0');
		note_finding(sample, err.text);
		return true;
	}
	if (sample_facts(store, &facts, &err) == RP_OK)
		*same_out = rp_slice_eq(buf_slice(&facts), buf_slice(&sample->facts));
	st = store_verify(store, true, note_finding, sample, &err);
	if (st != RP_OK && sample->findings[0] == '\0')
		fail_msg("status %d without a finding: %s", (int)st, err.text);
	return st != RP_OK;
}

/* Pages are mostly empty at the end: eight flips of nine hit something. */
static size_t
choose_place(const struct sample *sample, uint64_t *seed)
{
	for (;;) {
		size_t at;

		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		at = (size_t)(*seed >> 20) % sample->file.n;
		if (sample->file.p[at] != 0 || *seed >> 61 == 0)
			return at;
	}
}

static void
a_flipped_bit_is_reported_or_changes_no_fact(void **state)
{
	struct sample *sample = *state;
	const size_t flips = rounds(300);
	size_t reported = 0;
	uint64_t seed = 42;

	for (size_t i = 0; i < flips; i++) {
		/* The first hundred bytes are all of consequence. */
		size_t at = i < flips / 3 ? i : choose_place(sample, &seed);
		char bit = (char)(1 << (seed >> 40) % 8), was = sample->file.p[at];
		bool same, told;

		sample->file.p[at] = (char)(was ^ bit);
		write_damaged(sample, buf_slice(&sample->file));
		sample->file.p[at] = was;
		told = is_reported(sample, &same);
		reported += told;
		if (!told && !same)
			fail_msg("bit %d of byte %zu changes facts unseen", bit, at);
	}
	/* or the test has no teeth */
	assert_in_range(reported, flips / 2, flips);
}

static void
a_file_cut_off_anywhere_is_reported(void **state)
{
	struct sample *sample = *state;
	const size_t cuts = rounds(40);

	for (size_t i = 0; i < cuts; i++) {
		size_t n = sample->file.n * i / cuts / 1024 * 1024;
		bool same;

		write_damaged(sample, rp_slice_from(sample->file.p, n));
		if (!is_reported(sample, &same))
			fail_msg("cut off at byte %zu, and nobody says so", n);
	}
}

/* Where the only copy of these bytes is. */
static size_t
find(const struct sample *sample, struct rp_slice bytes)
{
	size_t at = rp_slice_find(buf_slice(&sample->file), bytes);

	assert_true(at < sample->file.n);
	return at;
}

static void
damage_is_named(void **state)
{
	struct sample *sample = *state;
	const struct {
		struct rp_slice bytes;
		const char *named;
	} cases[] = {
		{ RP_SLICE("posts.jsonl"), "capture 1 (" },
		{ RP_SLICE("riposte test"), "run " },
		{ RP_SLICE("a post without an id"), "a rejected record of capture 1" },
		{ RP_SLICE("{\"a\":1}"), "record 1103 of capture" },
		{ RP_SLICE("broken"), "(small.json)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t at = find(sample, cases[i].bytes);
		bool same;

		sample->file.p[at + 1] ^= 4;
		write_damaged(sample, buf_slice(&sample->file));
		sample->file.p[at + 1] ^= 4;
		assert_true(is_reported(sample, &same));
		if (strstr(sample->findings, cases[i].named) == NULL)
			fail_msg("\"%s\" does not name \"%s\"", sample->findings,
			         cases[i].named);
	}
}

int
main(void)
{
	const struct CMUnitTest specs[] = {
		cmocka_unit_test(a_flipped_bit_is_reported_or_changes_no_fact),
		cmocka_unit_test(a_file_cut_off_anywhere_is_reported),
		cmocka_unit_test(damage_is_named),
	};

	return cmocka_run_group_tests_name("damage", specs, sample_setup,
	                                   sample_teardown);
}
