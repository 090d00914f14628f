#include "tests/unit/sqlite/sample.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
place_make(struct place *place)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(place->directory, sizeof(place->directory),
	               "%.150s/riposte-sqlite-XXXXXX", tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(place->directory));
	(void)snprintf(place->path, sizeof(place->path), "%s/archive", place->directory);
}

void
place_remove(struct place *place)
{
	DIR *directory = opendir(place->directory);
	const struct dirent *entry;

	assert_non_null(directory);
	while ((entry = readdir(directory)) != NULL)
		(void)unlinkat(dirfd(directory), entry->d_name, 0);
	(void)closedir(directory);
	(void)rmdir(place->directory);
}

/* ---- making it ---- */

struct making {
	struct store *store;
	struct rp_error err;
	int64_t run;
	int64_t records[SAMPLE_RECORDS];
};

static int64_t
put_run(struct making *m, int64_t started)
{
	const struct run run = { .kind = RP_SLICE("import"),
		                 .program = RP_SLICE("riposte test"),
		                 .started = started,
		                 .pid = 99 };
	int64_t id = 0;

	assert_ok(store_run_begin(m->store, &run, &id, &m->err), m->err);
	return id;
}

/* Line by line, each line a record. */
static void
put_page(struct making *m, const char *name, struct rp_slice bytes, size_t n_records,
         bool complete)
{
	struct capture capture = { .run = m->run,
		                   .name = rp_slice_str(name),
		                   .format = RP_SLICE("x"),
		                   .options = RP_SLICE("lang=de\n"),
		                   .at = 4000,
		                   .bytes = bytes.n,
		                   .complete = complete,
		                   .sha256 = sha256_of(bytes),
		                   .records = n_records };
	struct hole *holes = calloc(n_records + 1, sizeof(*holes));
	struct record_bytes *records = calloc(n_records + 1, sizeof(*records));
	struct segment segment = { .bytes = bytes, .holes = holes, .n_holes = n_records };
	struct rp_slice rest = bytes;

	assert_non_null(holes);
	assert_non_null(records);
	for (size_t i = 0; i < n_records; i++) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');

		records[i] = (struct record_bytes){ RECORD_X2_POST, line };
		holes[i] = (struct hole){ (uint32_t)(line.p - bytes.p), (uint32_t)line.n,
			                  0 };
	}
	assert_ok(store_records_put(m->store, records, n_records, m->records, &m->err),
	          m->err);
	for (size_t i = 0; i < n_records; i++)
		holes[i].record = m->records[i];
	assert_ok(store_capture_begin(m->store, &capture, &capture.id, &m->err), m->err);
	if (bytes.n > 0)
		assert_ok(store_capture_append(m->store, capture.id, &segment, &m->err),
		          m->err);
	assert_ok(store_capture_update(m->store, &capture, &m->err), m->err);
	free(holes);
	free(records);
}

static void
put_posts(struct making *m)
{
	char key[40], words[80];

	for (int i = 0; i < 60; i++) {
		struct post post = { .kind = KIND_POST,
			             .author = RP_SLICE("x:@1"),
			             .time = RP_TIME_NONE };
		struct version version = { .printed = RP_TIME_NONE, .as_of = 7 };
		int64_t id = 0;

		(void)snprintf(key, sizeof(key), "x:%d", 1000 + i);
		(void)snprintf(words, sizeof(words),
		               "the %d-th thing said about stargate", i);
		post.key = rp_slice_str(key);
		version.text = rp_slice_str(words);
		version_fingerprint(&version, post.author);
		assert_ok(store_post_put(m->store, &post, &version.post, &m->err),
		          m->err);
		assert_ok(store_version_put(m->store, &version, &id, NULL, &m->err),
		          m->err);
	}
}

static void
put_facts(struct making *m)
{
	struct reject reject = { .capture = 1,
		                 .offset = 5,
		                 .bytes = 3,
		                 .line = 2,
		                 .reason = RP_SLICE("a post without an id") };
	struct rp_buf lines;

	buf_init(&lines, 1 << 20);
	for (int i = 0; i < SAMPLE_RECORDS; i++)
		buf_printf(&lines,
		           "{\"id\":\"%d\",\"author_id\":\"%d\",\"lang\":\"en\",\"text\":"
		           "\"the %d-th of many posts, about %x\"}\n",
		           100000 + i * 7, i % 90, i, (unsigned)i * 2654435761u);
	m->run = put_run(m, 1000);
	put_page(m, "posts.jsonl", buf_slice(&lines), SAMPLE_RECORDS, true);
	put_page(m, "small.json", RP_SLICE("\n{}\n{\"a\":1}\nbroken"), 3, true);
	put_page(m, "empty", RP_SLICE(""), 0, true);
	assert_ok(store_reject_put(m->store, &reject, &m->err), m->err);
	assert_ok(store_run_end(m->store, m->run, 2000, &m->err), m->err);
	m->run = put_run(m, 3000);
	put_page(m, "cut-off.jsonl", RP_SLICE("{\"b\":2}\n{\"c\""), 1, false);
	assert_ok(store_capture_again(m->store, 1, m->run, 3500, &m->err), m->err);
	assert_ok(store_run_end(m->store, m->run, 3600, &m->err), m->err);
	m->run = put_run(m, 5000);
	buf_done(&lines);
}

void
sample_make(const char *path)
{
	struct making m = { 0 };

	assert_ok(store_sqlite_open(path, STORE_CREATE, &m.store, NULL, &m.err), m.err);
	assert_ok(store_begin(m.store, &m.err), m.err);
	put_facts(&m);
	put_posts(&m);
	assert_ok(store_commit(m.store, &m.err), m.err);
	m.store = store_close(m.store);
}

/* ---- reading it ---- */

static void
add_hash(struct rp_buf *out, const struct sha256 *hash)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(hash, hex);
	buf_printf(out, " %s", hex);
}

static void
add_text(struct rp_buf *out, struct rp_slice text)
{
	buf_printf(out, " %zu:", text.n);
	buf_add(out, text);
}

static void
add_row(enum scan_of of, const union scan_row *row, struct rp_buf *out)
{
	if (of == SCAN_RUNS) {
		const struct run *run = &row->run;

		buf_printf(out, "\nrun %lld %lld %lld %lld %d", (long long)run->id,
		           (long long)run->started, (long long)run->ended,
		           (long long)run->pid, run->open);
		add_text(out, run->kind);
		add_text(out, run->program);
		add_hash(out, &run->previous);
		add_hash(out, &run->hash);
	} else if (of == SCAN_CAPTURES) {
		const struct capture *c = &row->capture;

		buf_printf(out, "\ncapture %lld %lld %lld %lld %llu %d %llu %llu",
		           (long long)c->id, (long long)c->run, (long long)c->inside,
		           (long long)c->at, (unsigned long long)c->bytes, c->complete,
		           (unsigned long long)c->records,
		           (unsigned long long)c->rejected);
		add_text(out, c->name);
		add_text(out, c->format);
		add_text(out, c->options);
		add_hash(out, &c->sha256);
	} else if (of == SCAN_AGAIN) {
		buf_printf(out, "\nagain %lld %lld", (long long)row->again.run,
		           (long long)row->again.at);
	} else if (of == SCAN_CAPTURE_BYTES) {
		buf_add(out, row->bytes);
	} else {
		buf_printf(out, "\nreject %lld %llu %llu %llu",
		           (long long)row->reject.capture,
		           (unsigned long long)row->reject.offset,
		           (unsigned long long)row->reject.bytes,
		           (unsigned long long)row->reject.line);
		add_text(out, row->reject.reason);
	}
}

static enum rp_status
add_scan(struct store *store, enum scan_of of, int64_t id, struct rp_buf *out,
         struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	const struct scan scan = { .of = of, .id = id };
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &iter, err);

	while (st == RP_OK) {
		st = store_next(iter, &row, err);
		if (st == RP_OK)
			add_row(of, &row, out);
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
sample_facts(struct store *store, struct rp_buf *out, struct rp_error *err)
{
	char id[33];
	struct sha256 head;
	enum rp_status st = store_identity(store, id, &head, err);

	if (st == RP_OK) {
		buf_add_str(out, id);
		add_hash(out, &head);
		st = add_scan(store, SCAN_RUNS, 0, out, err);
	}
	if (st == RP_OK)
		st = add_scan(store, SCAN_CAPTURES, 0, out, err);
	for (int64_t c = 1; st == RP_OK && c <= 4; c++) {
		st = add_scan(store, SCAN_CAPTURE_BYTES, c, out, err);
		if (st == RP_OK)
			st = add_scan(store, SCAN_AGAIN, c, out, err);
	}
	if (st == RP_OK)
		st = add_scan(store, SCAN_REJECTS, 0, out, err);
	for (int64_t r = 1; st == RP_OK && r <= SAMPLE_RECORDS + 4; r++) {
		buf_printf(out, "\nrecord %lld ", (long long)r);
		st = store_record_get(store, r, out, err);
	}
	return st;
}
