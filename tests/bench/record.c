/*
 * One random post out of an archive, in process: its bytes, held against their SHA-256.
 *
 *	bench-record ARCHIVE [READS]
 *
 * Prints the median and the mean CPU microseconds of a read, and how many posts there
 * were to choose from.  What a post's bytes must hash to is found out before, outside the
 * clock; the order is random, and everything is read through one handle, as a program
 * that stays would: blocks that happen to be open are not opened again.
 */
#include "core/base/hash.h"
#include "storage/store.h"
#include "tests/bench/clock.h"
#include "tests/support/random.h"

#include <stdio.h>
#include <stdlib.h>

enum { POSTS_MAX = 20000, READS = 2000 };

struct reading {
	struct store *store;
	struct rp_error err;
	int64_t *posts, *records;
	struct sha256 *hashes;
	size_t n;
	struct rp_buf bytes;
};

static void
must(struct reading *r, enum rp_status st)
{
	if (st == RP_OK)
		return;
	(void)fprintf(stderr, "bench-record: status %d: %s\n", (int)st, r->err.text);
	exit(1);
}

/* The posts to choose from: each one has the same chance, however many there are. */
static void
choose_posts(struct reading *r)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = SCAN_POSTS };
	union scan_row row;
	uint32_t seen = 0;

	must(r, store_scan(r->store, &scan, &iter, &r->err));
	while (store_next(iter, &row, &r->err) == RP_OK) {
		size_t place = seen++;

		if (row.post.kind == KIND_GHOST)
			seen--;
		else if (r->n < POSTS_MAX)
			r->posts[r->n++] = row.post.id;
		else if ((place = random_below(seen)) < POSTS_MAX)
			r->posts[place] = row.post.id;
	}
}

static void
read_record(struct reading *r, size_t i)
{
	buf_clear(&r->bytes);
	must(r, store_record_get(r->store, r->records[i], &r->bytes, &r->err));
}

/* The first sighting of each, and the hash of its bytes. */
static void
find_records(struct reading *r)
{
	for (size_t i = 0; i < r->n; i++) {
		CLEANUP(store_iter_close) struct store_iter *iter = NULL;
		const struct scan scan = { .of = SCAN_SIGHTINGS, .id = r->posts[i] };
		union scan_row row;

		must(r, store_scan(r->store, &scan, &iter, &r->err));
		must(r, store_next(iter, &row, &r->err));
		r->records[i] = row.sighting.record;
		read_record(r, i);
		r->hashes[i] = sha256_of(buf_slice(&r->bytes));
	}
}

static double
time_one(struct reading *r, size_t i)
{
	double begin = cpu_seconds();
	struct sha256 hash;

	read_record(r, i);
	hash = sha256_of(buf_slice(&r->bytes));
	if (!sha256_eq(&hash, &r->hashes[i]))
		must(r, rp_fail(&r->err, RP_CORRUPT, "other bytes than before"));
	return (cpu_seconds() - begin) * 1e6;
}

int
main(int argc, char **argv)
{
	struct reading r = { .n = 0 };
	size_t reads = argc > 2 ? strtoul(argv[2], NULL, 10) : READS;
	double *times = calloc(reads ? reads : 1, sizeof(*times)), sum = 0;

	r.posts = calloc(POSTS_MAX, sizeof(*r.posts));
	r.records = calloc(POSTS_MAX, sizeof(*r.records));
	r.hashes = calloc(POSTS_MAX, sizeof(*r.hashes));
	if (argc < 2 || reads == 0 || times == NULL || r.posts == NULL ||
	    r.records == NULL || r.hashes == NULL)
		return 64;
	buf_init(&r.bytes, RECORD_MAX_BYTES);
	must(&r, store_sqlite_open(argv[1], STORE_READ, &r.store, NULL, &r.err));
	choose_posts(&r);
	find_records(&r);
	if (r.n == 0)
		return 1;
	for (size_t i = 0; i < reads; i++)
		sum += times[i] = time_one(&r, random_below((uint32_t)r.n));
	(void)printf("%.1f %.1f %zu\n", median(times, reads), sum / (double)reads, r.n);
	r.store = store_close(r.store);
	buf_done(&r.bytes);
	free(r.posts);
	free(r.records);
	free(r.hashes);
	free(times);
	return 0;
}
