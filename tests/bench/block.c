/*
 * Sealed blocks: sizes beside `zstd -19 --long=27` of the same records as lines, speeds
 * of both directions, and the time to read one record.
 *
 *	bench-block REAL-DATA [LEVEL]	skipped (77) when REAL-DATA is empty
 *	bench-block -1|-2 LEVEL FILE...	v1.1 posts one a line; v2 answers one a line
 *
 * Sizes with dictionaries count both dictionaries, compressed.  Every block is read back
 * by the encoder; times are CPU time of one thread, the best of a few rounds.
 */
#include "storage/block/block.h"
#include "core/base/file.h"
#include "core/base/map.h"
#include "core/parse/json.h"
#include "tests/bench/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77, FILE_MAX = 1 << 30, DICT_BYTES = 112 << 10, ROUNDS = 3 };

struct set {
	struct rp_slice *records;
	size_t n, cap, bytes;
};

static struct arena *memory;

static void
must(bool good, const char *what)
{
	if (good)
		return;
	(void)fprintf(stderr, "bench-block: %s\n", what);
	exit(1);
}

static struct rp_slice
read_all(const char *path)
{
	struct rp_error err = { .status = RP_OK };
	struct rp_slice copy = RP_SLICE("");
	struct rp_buf text;

	buf_init(&text, FILE_MAX);
	must(file_read(path, &text, &err) == RP_OK, err.text);
	must(arena_copy(memory, buf_slice(&text), &copy), "out of memory");
	buf_done(&text);
	return copy;
}

static void
add(struct set *set, struct rp_slice record)
{
	if (set->n == set->cap) {
		set->cap = set->cap ? set->cap * 2 : 1024;
		set->records = realloc(set->records, set->cap * sizeof(*set->records));
		must(set->records != NULL, "out of memory");
	}
	set->records[set->n++] = record;
	set->bytes += record.n + 1;
}

/* ---- what is packed ---- */

static void
add_lines(struct set *set, const char *path)
{
	struct rp_slice rest = read_all(path);

	while (rest.n > 0) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');

		if (line.n > 0)
			add(set, line);
	}
}

/* Each object once, as the archive keeps it. */
static void
add_objects(struct set *set, struct map *seen, const struct json_doc *doc, uint32_t list)
{
	struct json_each each = json_each(doc, list);
	bool fresh;

	if (json_type(doc, list) == JSON_OBJECT) {
		must(map_put(seen, json_span(doc, list), 0, &fresh) != NULL, "memory");
		if (fresh)
			add(set, json_span(doc, list));
		return;
	}
	while (json_next(&each))
		add_objects(set, seen, doc, each.value);
}

static void
add_answers(struct set sets[3], struct map *seen, const char *path)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_slice rest = read_all(path);

	while (rest.n > 0) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');
		uint32_t includes;

		if (json_parse(&doc, line, NULL) != RP_OK)
			continue;
		includes = json_get(&doc, JSON_ROOT, RP_SLICE("includes"));
		add_objects(&sets[0], seen, &doc,
		            json_get(&doc, JSON_ROOT, RP_SLICE("data")));
		add_objects(&sets[0], seen, &doc,
		            json_get(&doc, includes, RP_SLICE("tweets")));
		add_objects(&sets[1], seen, &doc,
		            json_get(&doc, includes, RP_SLICE("users")));
		add_objects(&sets[2], seen, &doc,
		            json_get(&doc, includes, RP_SLICE("media")));
		add_objects(&sets[2], seen, &doc,
		            json_get(&doc, includes, RP_SLICE("places")));
		add_objects(&sets[2], seen, &doc,
		            json_get(&doc, includes, RP_SLICE("polls")));
	}
}

/* ---- beside it ---- */

static size_t
zstd_bytes(const struct set *sets, size_t n)
{
	char path[] = "/tmp/bench-block-XXXXXX", command[256];
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w"), *pipe;
	unsigned long bytes = 0;

	must(file != NULL, "no temporary file");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sets[i].n; k++) {
			(void)fwrite(sets[i].records[k].p, 1, sets[i].records[k].n, file);
			(void)fputc('\n', file);
		}
	(void)fclose(file);
	(void)snprintf(command, sizeof(command), "zstd -19 --long=27 -c -q %s | wc -c",
	               path);
	pipe = popen(command, "r");
	must(pipe != NULL && fscanf(pipe, "%lu", &bytes) == 1 && bytes > 0,
	     "zstd does not run");
	(void)pclose(pipe);
	(void)remove(path);
	return bytes;
}

/* ---- ours ---- */

struct trained {
	struct block_dicts dicts;
	struct pack_dict *owned[2];
	size_t bytes; /* compressed */
};

static struct trained
train(struct block_codec *codec, enum record_kind kind, const struct set *set, int level)
{
	CLEANUP(packer_free) struct packer *packer = packer_new();
	struct rp_buf numbers, texts, packed;
	struct trained t = { .bytes = 0 };

	buf_init(&numbers, FILE_MAX);
	buf_init(&texts, FILE_MAX);
	buf_init(&packed, FILE_MAX);
	if (block_train(codec, kind, set->records, set->n, DICT_BYTES, &numbers, &texts,
	                NULL) == RP_OK) {
		t.owned[0] = pack_dict_new(buf_slice(&numbers), level);
		t.owned[1] = pack_dict_new(buf_slice(&texts), level);
		must(t.owned[0] != NULL && t.owned[1] != NULL, "no dictionary");
		t.dicts = (struct block_dicts){ t.owned[0], t.owned[1],
			                        hash_stable(buf_slice(&numbers)),
			                        hash_stable(buf_slice(&texts)) };
		must(pack(packer, NULL, 19, buf_slice(&numbers), &packed, NULL) ==
		                     RP_OK &&
		             pack(packer, NULL, 19, buf_slice(&texts), &packed, NULL) ==
		                     RP_OK,
		     "no dictionary");
		t.bytes = packed.n;
	}
	buf_done(&numbers);
	buf_done(&texts);
	buf_done(&packed);
	return t;
}

struct result {
	size_t bytes, blocks, failed, raw;
	size_t numbers, texts;
	double encode, decode, one_us;
};

static double
read_all_records(struct block_codec *codec, struct rp_slice bytes,
                 const struct block_dicts *dicts, struct rp_buf *out)
{
	double begin = cpu_seconds();
	struct block *block = NULL;

	must(block_open(codec, bytes, dicts, &block, NULL) == RP_OK, "does not open");
	for (uint32_t i = 0; i < block_count(block); i++) {
		buf_clear(out);
		must(block_get(block, i, out, NULL) == RP_OK, "does not read");
	}
	block_close(block);
	return cpu_seconds() - begin;
}

static double
read_one(struct block_codec *codec, struct rp_slice bytes,
         const struct block_dicts *dicts, uint32_t i, struct rp_buf *out)
{
	double begin = cpu_seconds();
	struct block *block = NULL;

	buf_clear(out);
	must(block_open(codec, bytes, dicts, &block, NULL) == RP_OK, "does not open");
	must(block_get(block, i % block_count(block), out, NULL) == RP_OK,
	     "does not read");
	block_close(block);
	return cpu_seconds() - begin;
}

/* Times of one block, added up. */
static void
time_block(struct block_codec *codec, struct rp_slice bytes,
           const struct block_dicts *dicts, struct result *r)
{
	enum { ONES = 41 };
	CLEANUP(buf_done) struct rp_buf out;
	double best = 1e9, ones[ONES];

	buf_init(&out, FILE_MAX);
	for (int i = 0; i < ROUNDS; i++) {
		double t = read_all_records(codec, bytes, dicts, &out);

		if (t < best)
			best = t;
	}
	r->decode += best;
	for (uint32_t i = 0; i < ONES; i++)
		ones[i] = read_one(codec, bytes, dicts, i * 7919, &out);
	r->one_us += median(ones, ONES) * 1e6;
}

static void
run(struct block_codec *codec, enum record_kind kind, const struct set *set, size_t per,
    int level, const struct block_dicts *dicts, struct result *r)
{
	struct rp_buf out;

	buf_init(&out, FILE_MAX);
	for (size_t i = 0; i < set->n; i += per) {
		struct block_input input = {
			.kind = kind,
			.records = set->records + i,
			.n = set->n - i < per ? set->n - i : per,
			.dicts = dicts,
			.level = level,
		};
		struct block_stats stats;
		struct rp_error err = { .status = RP_OK };
		double begin = cpu_seconds();

		buf_clear(&out);
		must(block_encode(codec, &input, &out, &stats, &err) == RP_OK, err.text);
		r->encode += cpu_seconds() - begin;
		r->bytes += out.n;
		r->failed += stats.failed;
		r->raw += input.n - stats.taken_apart;
		r->numbers += stats.numbers_packed;
		r->texts += stats.texts_packed;
		r->blocks++;
		time_block(codec, buf_slice(&out), dicts, r);
	}
	buf_done(&out);
}

static void
bench(const char *name, const struct set *sets, const enum record_kind *kinds, size_t n,
      int only_level)
{
	static const struct {
		size_t per;
		bool dicts;
		int level;
	} ways[] = { { 4096, false, 19 }, { 4096, false, 9 }, { 4096, false, 3 },
		     { 128, false, 19 },  { 128, true, 19 },  { 128, true, 9 },
		     { 128, true, 3 },    { 64, true, 9 },    { 256, true, 9 } };
	CLEANUP(block_codec_free) struct block_codec *codec = block_codec_new();
	size_t bytes = 0, records = 0, z = zstd_bytes(sets, n);

	must(codec != NULL, "out of memory");
	for (size_t i = 0; i < n; i++) {
		bytes += sets[i].bytes;
		records += sets[i].n;
	}
	(void)printf("%s: %zu records, %zu bytes, Z = %zu\n", name, records, bytes, z);
	for (size_t w = 0; w < sizeof(ways) / sizeof(ways[0]); w++) {
		struct result r = { .bytes = 0 };
		size_t dict_bytes = 0;

		if (only_level > 0 && ways[w].level != only_level)
			continue;
		for (size_t i = 0; i < n; i++) {
			struct trained t = { .bytes = 0 };

			if (sets[i].n == 0)
				continue;
			if (ways[w].dicts)
				t = train(codec, kinds[i], &sets[i], ways[w].level);
			dict_bytes += t.bytes;
			run(codec, kinds[i], &sets[i], ways[w].per, ways[w].level,
			    t.bytes ? &t.dicts : NULL, &r);
			pack_dict_free(t.owned[0]);
			pack_dict_free(t.owned[1]);
		}
		(void)printf("  %4zu%s level %2d: %9zu (numbers %zu, texts %zu, "
		             "dictionaries %zu) = %.3f Z  encode %5.1f MB/s  decode "
		             "%5.0f MB/s  one %6.0f us  raw %zu failed %zu\n",
		             ways[w].per, ways[w].dicts ? "+d" : "  ", ways[w].level,
		             r.bytes + dict_bytes, r.numbers, r.texts, dict_bytes,
		             (double)(r.bytes + dict_bytes) / (double)z,
		             (double)bytes / r.encode / 1e6,
		             (double)bytes / r.decode / 1e6, r.one_us / (double)r.blocks,
		             r.raw, r.failed);
		(void)fflush(stdout);
	}
}

static void
bench_posts(const char *path, int level)
{
	static const enum record_kind kind = RECORD_X1_POST;
	struct set set = { .n = 0 };

	add_lines(&set, path);
	bench(path, &set, &kind, 1, level);
	free(set.records);
}

static void
bench_answers(char **paths, size_t n, int level)
{
	static const enum record_kind kinds[3] = { RECORD_X2_POST, RECORD_X2_USER,
		                                   RECORD_X2_OTHER };
	CLEANUP(map_free) struct map *seen = map_new();
	struct set sets[3] = { { .n = 0 } };

	must(seen != NULL, "out of memory");
	for (size_t i = 0; i < n; i++)
		add_answers(sets, seen, paths[i]);
	bench("v2 objects", sets, kinds, 3, level);
	for (size_t i = 0; i < 3; i++)
		free(sets[i].records);
}

int
main(int argc, char **argv)
{
	char posts[4096], first[4096], second[4096];
	char *answers[2] = { first, second };

	memory = arena_new(FILE_MAX);
	must(memory != NULL, "out of memory");
	if (argc > 3 && strcmp(argv[1], "-1") == 0) {
		for (int i = 3; i < argc; i++)
			bench_posts(argv[i], atoi(argv[2]));
	} else if (argc > 3 && strcmp(argv[1], "-2") == 0) {
		bench_answers(argv + 3, (size_t)argc - 3, atoi(argv[2]));
	} else if (argc < 2 || argv[1][0] == '\0') {
		return SKIPPED;
	} else {
		(void)snprintf(posts, sizeof(posts),
		               "%s/tweets-threads/germanwings-crash.tweets.jsonl",
		               argv[1]);
		(void)snprintf(first, sizeof(first), "%s/tweets-v2/2sets.jsonl", argv[1]);
		(void)snprintf(second, sizeof(second), "%s/tweets-v2/noflat.jsonl",
		               argv[1]);
		bench_posts(posts, argc > 2 ? atoi(argv[2]) : 0);
		bench_answers(answers, 2, argc > 2 ? atoi(argv[2]) : 0);
	}
	memory = arena_free(memory);
	return 0;
}
