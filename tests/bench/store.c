/*
 * The archive on disk: what a record, a post and a look-up cost.  Records are real posts,
 * one a line, repeated under other ids; posts, texts and edges are read out of them
 * outside the clock.
 *
 *	bench-store DATA-DIRECTORY [ROUNDS]
 */
#include "storage/store.h"
#include "core/base/file.h"
#include "core/model/post.h"
#include "core/parse/json.h"
#include "tests/bench/clock.h"
#include "tests/support/renumber.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { BATCH = 2000, LINE_MAX_BYTES = 1 << 20 };

struct bench {
	struct store *store;
	struct rp_error err;
	struct rp_buf file, bytes;
	struct rp_slice *lines;
	size_t n_lines;
	struct arena *arena;
	int64_t run, capture;
	struct sha256_stream *hash;
	uint64_t offset, raw, records;
	double facts_s, derived_s, commit_s;
	int64_t *ids;
	size_t n_ids;
};

static void
must(struct bench *b, enum rp_status st)
{
	if (st == RP_OK)
		return;
	(void)fprintf(stderr, "bench-store: status %d: %s\n", (int)st, b->err.text);
	exit(1);
}

/* A text of the object, as it is written. */
static struct rp_slice
member(const struct json_doc *doc, uint32_t object, const char *name)
{
	uint32_t node = json_get(doc, object, rp_slice_str(name));

	return json_type(doc, node) == JSON_STRING ? json_raw_text(doc, node)
	                                           : RP_SLICE("");
}

static struct rp_slice
key_of(struct bench *b, struct rp_slice id, const char *prefix)
{
	struct rp_slice key = RP_SLICE("");

	if (id.n > 0 && !arena_printf(b->arena, &key, "%s%.*s", prefix, RP_FMT(id)))
		abort();
	return key;
}

static int64_t
put_post(struct bench *b, struct rp_slice key, struct rp_slice author, bool ghost)
{
	struct post post, found;
	int64_t id = 0;
	enum rp_status st = store_post_get(b->store, key, b->arena, &found, &b->err);

	post = (struct post){ .key = key,
		              .kind = ghost ? KIND_GHOST : KIND_POST,
		              .author = author,
		              .time = key_time(key) };
	if (st == RP_OK && !post_merge(&found, &post))
		return found.id;
	if (st != RP_OK && st != RP_NOT_FOUND)
		must(b, st);
	must(b, store_post_put(b->store, st == RP_OK ? &found : &post, &id, &b->err));
	return id;
}

static void
derive(struct bench *b, struct rp_slice line, int64_t record)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_slice author, key, parent;
	struct version version = { .printed = RP_TIME_NONE, .as_of = 5 };
	struct account account = { .first = 5, .last = 5 };
	struct sighting sighting = { .capture = b->capture,
		                     .record = record,
		                     .bytes = (uint32_t)line.n,
		                     .as_of = 5 };
	uint32_t user;
	double start;

	must(b, json_parse(&doc, line, &b->err));
	user = json_get(&doc, JSON_ROOT, RP_SLICE("user"));
	key = key_of(b, member(&doc, JSON_ROOT, "id_str"), "x:");
	parent = key_of(b, member(&doc, JSON_ROOT, "in_reply_to_status_id_str"), "x:");
	author = key_of(b, member(&doc, user, "id_str"), "x:@");
	version.text = member(&doc, JSON_ROOT, "text");
	account.handle = member(&doc, user, "screen_name");
	account.name = member(&doc, user, "name");
	account.key = author;
	version_fingerprint(&version, author);
	start = cpu_seconds();
	version.post = put_post(b, key, author, false);
	must(b, store_version_put(b->store, &version, &sighting.version, NULL, &b->err));
	sighting.post = version.post;
	must(b, store_sighting_put(b->store, &sighting, &b->err));
	must(b, store_account_put(b->store, &account, &b->err));
	if (parent.n > 0) {
		struct edge edge = { .child = version.post,
			             .type = EDGE_REPLY,
			             .confidence_percent = 100 };

		edge.parent = put_post(b, parent, RP_SLICE(""), true);
		must(b, store_edge_put(b->store, &edge, &b->err));
	}
	b->derived_s += cpu_seconds() - start;
}

static void
put_batch(struct bench *b, size_t from, size_t n, unsigned round)
{
	static struct record_bytes records[BATCH];
	static struct hole holes[BATCH];
	static int64_t ids[BATCH];
	struct segment segment = { .offset = b->offset, .holes = holes, .n_holes = n };
	double start;

	buf_clear(&b->bytes);
	for (size_t i = 0; i < n; i++) {
		struct rp_slice line = b->lines[from + i];

		holes[i] = (struct hole){ (uint32_t)b->bytes.n, (uint32_t)line.n, 0 };
		buf_add(&b->bytes, line);
		renumber(b->bytes.p + holes[i].at, line.n, round);
		buf_add_byte(&b->bytes, '\n');
	}
	for (size_t i = 0; i < n; i++)
		records[i] =
			(struct record_bytes){ RECORD_X1_POST,
			                       { b->bytes.p + holes[i].at, holes[i].n } };
	segment.bytes = buf_slice(&b->bytes);
	sha256_stream_add(b->hash, segment.bytes);
	start = cpu_seconds();
	must(b, store_begin(b->store, &b->err));
	must(b, store_records_put(b->store, records, n, ids, &b->err));
	for (size_t i = 0; i < n; i++)
		holes[i].record = ids[i];
	must(b, store_capture_append(b->store, b->capture, &segment, &b->err));
	b->facts_s += cpu_seconds() - start;
	arena_reset(b->arena);
	for (size_t i = 0; i < n; i++)
		derive(b, records[i].bytes, ids[i]);
	start = cpu_seconds();
	must(b, store_commit(b->store, &b->err));
	b->commit_s += cpu_seconds() - start;
	b->offset += segment.bytes.n;
	b->records += n;
	if (b->n_ids < 1000000)
		for (size_t i = 0; i < n; i++)
			b->ids[b->n_ids++] = ids[i];
}

static void
read_lines(struct bench *b, const char *directory)
{
	struct rp_buf path;
	struct rp_slice rest;

	buf_init(&path, 10000);
	buf_printf(&path, "%s/tweets-threads/germanwings-crash.tweets.jsonl", directory);
	buf_add_byte(&path, '\0');
	buf_init(&b->file, (size_t)1 << 30);
	must(b, file_read(path.p, &b->file, &b->err));
	buf_done(&path);
	rest = buf_slice(&b->file);
	b->lines = calloc(b->file.n / 100 + 1, sizeof(*b->lines));
	if (b->lines == NULL)
		abort();
	while (rest.n > 0)
		b->lines[b->n_lines++] = rp_slice_cut(&rest, '\n');
}

static void
read_some(struct bench *b)
{
	CLEANUP(buf_done) struct rp_buf got;
	double start;
	uint64_t x = 1;

	buf_init(&got, RECORD_MAX_BYTES);
	start = cpu_seconds();
	for (size_t i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		buf_clear(&got);
		must(b, store_record_get(b->store, b->ids[(x >> 33) % b->n_ids], &got,
		                         &b->err));
	}
	(void)printf("  a random record      %8.2f us\n",
	             (cpu_seconds() - start) / 20000 * 1e6);
}

static void
scan_some(struct bench *b, const char *what, struct filter filter)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = SCAN_POSTS, .filter = &filter };
	union scan_row row;
	double start = cpu_seconds();
	size_t n = 0;

	must(b, store_scan(b->store, &scan, &iter, &b->err));
	while (store_next(iter, &row, &b->err) == RP_OK)
		n++;
	(void)printf("  %-20s %8.2f ms, %zu posts\n", what, (cpu_seconds() - start) * 1e3,
	             n);
}

static void
queries(struct bench *b)
{
	const struct filter_term term = { RP_SLICE("germanwings"), false, false };
	const struct filter_term rare = { RP_SLICE("lufthansa"), false, false };
	struct filter filter = FILTER_ALL;

	scan_some(b, "all posts by time", (filter.order = ORDER_TIME, filter));
	filter.limit = 50;
	scan_some(b, "newest 50", (filter.order = ORDER_TIME_DOWN, filter));
	filter.terms = &term;
	filter.n_terms = 1;
	scan_some(b, "newest 50 of a word", filter);
	filter.terms = &rare;
	scan_some(b, "… of a rare word", filter);
}

static void
no_finding(void *context, const char *sentence)
{
	(void)context;
	(void)fprintf(stderr, "%s\n", sentence);
}

static void
report(struct bench *b, const char *path)
{
	double n = (double)b->records;
	struct store_stats stats;
	struct rusage usage;
	double start;

	(void)printf("%.0f records, %.0f bytes each\n", n, (double)b->offset / n);
	(void)printf("  records + segments   %8.2f us each\n", b->facts_s / n * 1e6);
	(void)printf("  posts, texts, edges  %8.2f us each\n", b->derived_s / n * 1e6);
	(void)printf("  commits              %8.2f us each\n", b->commit_s / n * 1e6);
	must(b, store_stats(b->store, &stats, &b->err));
	(void)printf(
		"  payload %.0f, rows and indexes %.0f, words %.0f, file %.0f B each\n",
		(double)stats.payload_bytes / n, (double)stats.index_bytes / n,
		(double)stats.fulltext_bytes / n, (double)stats.file_bytes / n);
	read_some(b);
	queries(b);
	start = cpu_seconds();
	must(b, store_verify(b->store, false, no_finding, NULL, &b->err));
	(void)printf("  verify               %8.2f us each\n",
	             (cpu_seconds() - start) / n * 1e6);
	start = cpu_seconds();
	must(b, store_verify(b->store, true, no_finding, NULL, &b->err));
	(void)printf("  verify with data     %8.2f us each\n",
	             (cpu_seconds() - start) / n * 1e6);
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("  peak memory %ld MB, %s\n", usage.ru_maxrss / 1024, path);
}

static void
finish_capture(struct bench *b)
{
	struct capture capture = { .id = b->capture,
		                   .bytes = b->offset,
		                   .complete = true,
		                   .sha256 = sha256_stream_peek(b->hash) };

	must(b, store_begin(b->store, &b->err));
	must(b, store_capture_update(b->store, &capture, &b->err));
	must(b, store_run_end(b->store, b->run, 2, &b->err));
	must(b, store_commit(b->store, &b->err));
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct run run = { .kind = RP_SLICE("import"), .program = RP_SLICE("bench") };
	struct capture capture = { .name = RP_SLICE("tweets.jsonl"),
		                   .format = RP_SLICE("x") };
	unsigned rounds = argc > 2 ? (unsigned)atoi(argv[2]) : 4;
	char path[] = "/tmp/riposte-bench-XXXXXX";
	int fd;

	if (argc < 2 || argv[1][0] == '\0')
		return 77;
	read_lines(&b, argv[1]);
	b.hash = sha256_stream_new();
	b.arena = arena_new((size_t)256 << 20);
	buf_init(&b.bytes, SEGMENT_MAX_BYTES);
	b.ids = calloc(1002000, sizeof(*b.ids));
	fd = mkstemp(path);
	if (fd < 0 || b.ids == NULL || b.arena == NULL || b.hash == NULL)
		return 1;
	(void)close(fd);
	must(&b, store_sqlite_open(path, STORE_CREATE, &b.store, NULL, &b.err));
	must(&b, store_begin(b.store, &b.err));
	must(&b, store_run_begin(b.store, &run, &b.run, &b.err));
	capture.run = b.run;
	must(&b, store_capture_begin(b.store, &capture, &b.capture, &b.err));
	must(&b, store_commit(b.store, &b.err));
	for (unsigned round = 0; round < rounds; round++)
		for (size_t i = 0; i < b.n_lines; i += BATCH)
			put_batch(&b, i, b.n_lines - i < BATCH ? b.n_lines - i : BATCH,
			          round);
	finish_capture(&b);
	report(&b, path);
	b.store = store_close(b.store);
	(void)unlink(path);
	sha256_stream_free(b.hash);
	arena_free(b.arena);
	buf_done(&b.bytes);
	buf_done(&b.file);
	free(b.lines);
	free(b.ids);
	return 0;
}
