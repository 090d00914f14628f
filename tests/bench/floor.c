/*
 * The floor under an import: the least that has to be done with every record, in one
 * thread and with nothing kept.  Read, scan, SHA-256, zstd with a dictionary.
 *
 *	bench-floor FILE [LEVEL]
 *
 * FILE is JSON Lines, one post a line; LEVEL of zstd is 3 unless told.  Prints the
 * processor milliseconds of the fastest of a few rounds, the records, and how many bytes
 * became how many.  The dictionary is trained on the first of the records, outside the
 * clock.
 */
#include "core/base/cleanup.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/pack.h"
#include "core/parse/json.h"
#include "tests/bench/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	ROUNDS = 5,
	WINDOW = 1 << 20, /* a record is shorter */
	DICTIONARY_BYTES = 112 << 10,
	SAMPLES_BYTES = 2 << 20,
	SAMPLES_MAX = 1 << 14,
};

struct floor {
	FILE *file;
	char window[WINDOW];
	struct json_doc doc;
	struct packer *packer;
	struct pack_dict *dict;
	int level;
	struct rp_buf packed;
	size_t records;
	uint64_t bytes, packed_bytes, seen; /* seen: so that no work can be left out */
};

static void
must(bool good, const char *what)
{
	if (good)
		return;
	(void)fprintf(stderr, "bench-floor: %s\n", what);
	exit(1);
}

static void
take_record(struct floor *f, struct rp_slice record)
{
	struct sha256 hash;

	must(json_parse(&f->doc, record, NULL) == RP_OK, "a line is no JSON");
	hash = sha256_of(record);
	buf_clear(&f->packed);
	must(pack(f->packer, f->dict, f->level, record, &f->packed, NULL) == RP_OK,
	     "cannot compress");
	f->seen += f->doc.n + hash.bytes[0];
	f->packed_bytes += f->packed.n;
	f->bytes += record.n + 1;
	f->records++;
}

/* The whole lines in the window; how many bytes are left behind them. */
static size_t
take_lines(struct floor *f, size_t n)
{
	struct rp_slice rest = rp_slice_from(f->window, n);

	while (rp_slice_find_byte(rest, '\n') < rest.n)
		take_record(f, rp_slice_cut(&rest, '\n'));
	if (rest.n > 0)
		memmove(f->window, rest.p, rest.n);
	return rest.n;
}

static double
measure(struct floor *f)
{
	double begin = cpu_seconds();
	size_t left = 0, got;

	f->records = 0;
	f->bytes = f->packed_bytes = 0;
	rewind(f->file);
	while ((got = fread(f->window + left, 1, WINDOW - left, f->file)) > 0) {
		left = take_lines(f, left + got);
		must(left < WINDOW, "a line is too long");
	}
	return cpu_seconds() - begin;
}

static void
train(struct floor *f)
{
	CLEANUP(buf_done) struct rp_buf samples;
	CLEANUP(buf_done) struct rp_buf dictionary;
	static size_t sizes[SAMPLES_MAX];
	size_t n = 0, got;
	struct rp_slice rest, line;

	buf_init(&samples, SAMPLES_BYTES);
	buf_init(&dictionary, DICTIONARY_BYTES);
	while (samples.n < SAMPLES_BYTES &&
	       (got = fread(f->window, 1, WINDOW, f->file)) > 0)
		buf_add(&samples, rp_slice_from(f->window, got));
	rest = buf_slice(&samples);
	for (samples.n = 0; n < SAMPLES_MAX && rp_slice_find_byte(rest, '\n') < rest.n;) {
		line = rp_slice_cut(&rest, '\n');
		memmove(samples.p + samples.n, line.p, line.n);
		samples.n += line.n;
		sizes[n++] = line.n;
	}
	must(!buf_failed(&samples) &&
	             pack_train(buf_slice(&samples), sizes, n, DICTIONARY_BYTES,
	                        &dictionary, NULL) == RP_OK,
	     "no dictionary from these records");
	f->dict = pack_dict_new(buf_slice(&dictionary), f->level);
	must(f->dict != NULL, "no memory");
}

int
main(int argc, char **argv)
{
	static struct floor f;
	double best = 0, seconds;

	must(argc > 1, "which file?");
	f.file = fopen(argv[1], "rb");
	must(f.file != NULL, "cannot open the file");
	f.level = argc > 2 ? atoi(argv[2]) : 3;
	f.packer = packer_new();
	must(f.packer != NULL, "no memory");
	json_init(&f.doc);
	buf_init(&f.packed, 2 * WINDOW);
	train(&f);
	for (int i = 0; i < ROUNDS; i++) {
		seconds = measure(&f);
		if (i == 0 || seconds < best)
			best = seconds;
	}
	(void)printf("%.3f %zu %llu %llu\n", best * 1e3, f.records,
	             (unsigned long long)f.bytes, (unsigned long long)f.packed_bytes);
	must(f.seen > 0, "nothing in it");
	buf_done(&f.packed);
	json_done(&f.doc);
	pack_dict_free(f.dict);
	packer_free(f.packer);
	(void)fclose(f.file);
	return 0;
}
