#include "tests/contract/contract.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct backend *chosen_backend;

/* ---- a store of one's own ---------------------------------------------------- */

void
fixture_open(struct fixture *f, const struct backend *backend)
{
	const char *tmp = getenv("TMPDIR");

	*f = (struct fixture){ .backend = backend };
	f->arena = arena_new((size_t)1 << 30);
	assert_non_null(f->arena);
	(void)snprintf(f->directory, sizeof(f->directory), "%s/riposte-contract-XXXXXX",
	               tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->directory));
	(void)snprintf(f->path, sizeof(f->path), "%s/archive", f->directory);
	assert_ok(backend->open(f->path, &f->store, &f->err), f->err);
}

/* Backends make files, no directories. */
static void
remove_directory(const char *directory)
{
	DIR *list = opendir(directory);
	const struct dirent *entry;

	while (list != NULL && (entry = readdir(list)) != NULL) {
		char path[700];

		(void)snprintf(path, sizeof(path), "%s/%s", directory, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlink(path);
	}
	if (list != NULL)
		(void)closedir(list);
	(void)rmdir(directory);
}

void
fixture_close(struct fixture *f)
{
	f->store = store_close(f->store);
	f->arena = arena_free(f->arena);
	if (f->directory[0] != '\0')
		remove_directory(f->directory);
}

void
reopen(struct fixture *f)
{
	if (!f->backend->durable)
		return;
	f->store = store_close(f->store);
	assert_ok(f->backend->open(f->path, &f->store, &f->err), f->err);
}

int
contract_open(void **state)
{
	struct fixture *f = malloc(sizeof(*f));

	assert_non_null(f);
	*state = f;
	fixture_open(f, chosen_backend);
	return 0;
}

int
contract_close(void **state)
{
	fixture_close(*state);
	free(*state);
	return 0;
}

int
contract_run(int argc, char **argv, const char *name, const struct CMUnitTest *specs,
             size_t n)
{
	chosen_backend = backend_find(argc > 1 ? argv[1] : "memory");
	if (chosen_backend == NULL) {
		(void)fprintf(stderr, "no backend \"%s\"\n", argv[1]);
		return 64;
	}
	return _cmocka_run_group_tests(name, specs, n, NULL, NULL);
}

/* ---- builders ---------------------------------------------------------------- */

void
begin(struct fixture *f)
{
	assert_ok(store_begin(f->store, &f->err), f->err);
}

void
compact(struct fixture *f, bool tight)
{
	const struct compact_options options = { .tight = tight };
	struct compact_tally tally = { 0 };
	enum rp_status st;

	do
		st = store_compact(f->store, &options, &tally, &f->err);
	while (st == RP_OK);
	assert_int_equal(st, RP_END);
}

void
commit(struct fixture *f)
{
	assert_ok(store_commit(f->store, &f->err), f->err);
	if (f->backend->packs)
		compact(f, false);
}

struct rp_slice
text(struct fixture *f, const char *format, ...)
{
	char line[1000];
	struct rp_slice copy = RP_SLICE("");
	va_list args;

	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	assert_true(arena_copy(f->arena, rp_slice_str(line), &copy));
	return copy;
}

int64_t
put_run(struct fixture *f, int64_t started)
{
	const struct run run = { .kind = RP_SLICE("import"),
		                 .program = RP_SLICE("riposte test"),
		                 .started = started,
		                 .pid = 4711 };
	int64_t id = 0;

	assert_ok(store_run_begin(f->store, &run, &id, &f->err), f->err);
	assert_true(id > 0);
	return id;
}

void
end_run(struct fixture *f, int64_t run, int64_t ended)
{
	assert_ok(store_run_end(f->store, run, ended, &f->err), f->err);
}

int64_t
put_capture(struct fixture *f, int64_t run, const char *name, struct rp_slice bytes)
{
	const struct capture capture = { .run = run,
		                         .name = rp_slice_str(name),
		                         .format = RP_SLICE("x"),
		                         .at = 1000 + run };
	const struct segment segment = { .bytes = bytes };
	int64_t id = 0;

	assert_ok(store_capture_begin(f->store, &capture, &id, &f->err), f->err);
	assert_true(id > 0);
	if (bytes.n > 0)
		assert_ok(store_capture_append(f->store, id, &segment, &f->err), f->err);
	complete(f, id, bytes);
	return id;
}

void
complete(struct fixture *f, int64_t capture, struct rp_slice bytes)
{
	const struct capture all = { .id = capture,
		                     .bytes = bytes.n,
		                     .complete = true,
		                     .sha256 = sha256_of(bytes) };

	assert_ok(store_capture_update(f->store, &all, &f->err), f->err);
}

int64_t
put_record(struct fixture *f, struct rp_slice bytes)
{
	const struct record_bytes record = { RECORD_X2_POST, bytes };
	int64_t id = 0;

	assert_ok(store_records_put(f->store, &record, 1, &id, &f->err), f->err);
	assert_true(id > 0);
	return id;
}

void
put_again(struct fixture *f, int64_t capture, int64_t run, int64_t at_us)
{
	assert_ok(store_capture_again(f->store, capture, run, at_us, &f->err), f->err);
}

void
put_sighting(struct fixture *f, struct sighting sighting)
{
	assert_ok(store_sighting_put(f->store, &sighting, &f->err), f->err);
}

void
put_reject(struct fixture *f, struct reject reject)
{
	assert_ok(store_reject_put(f->store, &reject, &f->err), f->err);
}

int64_t
put_post(struct fixture *f, struct post post)
{
	int64_t id = 0;

	assert_ok(store_post_put(f->store, &post, &id, &f->err), f->err);
	assert_true(id > 0);
	return id;
}

int64_t
put_ghost(struct fixture *f, const char *key)
{
	return put_post(f, (struct post){ .key = rp_slice_str(key),
	                                  .kind = KIND_GHOST,
	                                  .time = RP_TIME_NONE });
}

int64_t
say(struct fixture *f, const char *key, const char *author, const char *words)
{
	int64_t id = put_post(f, (struct post){ .key = rp_slice_str(key),
	                                        .kind = KIND_POST,
	                                        .author = rp_slice_str(author),
	                                        .time = RP_TIME_NONE });

	put_words(f, id, words);
	return id;
}

int64_t
put_version(struct fixture *f, struct version version)
{
	int64_t id = 0;

	assert_ok(store_version_put(f->store, &version, &id, NULL, &f->err), f->err);
	assert_true(id > 0);
	return id;
}

int64_t
put_words(struct fixture *f, int64_t post, const char *words)
{
	struct version version = { .post = post,
		                   .text = rp_slice_str(words),
		                   .printed = RP_TIME_NONE,
		                   .as_of = RP_TIME_UNKNOWN };

	version_fingerprint(&version, RP_SLICE(""));
	return put_version(f, version);
}

void
put_wording(struct fixture *f, int64_t post, const char *native, const char *words,
            int64_t as_of, bool truncated)
{
	struct version version = { .post = post,
		                   .native = rp_slice_str(native),
		                   .text = rp_slice_str(words),
		                   .printed = RP_TIME_NONE,
		                   .as_of = as_of,
		                   .truncated = truncated };

	version_fingerprint(&version, RP_SLICE("x:@1"));
	put_version(f, version);
}

void
put_alias(struct fixture *f, const char *alias, int64_t post)
{
	assert_ok(store_alias_put(f->store, rp_slice_str(alias), post, &f->err), f->err);
}

void
put_edge(struct fixture *f, struct edge edge)
{
	assert_ok(store_edge_put(f->store, &edge, &f->err), f->err);
}

void
put_reply(struct fixture *f, int64_t child, int64_t parent)
{
	put_edge(f, (struct edge){ .child = child,
	                           .parent = parent,
	                           .type = EDGE_REPLY,
	                           .confidence_percent = 100 });
}

void
put_account(struct fixture *f, const char *key, const char *handle, const char *name,
            int64_t first, int64_t last)
{
	const struct account account = { .key = rp_slice_str(key),
		                         .handle = rp_slice_str(handle),
		                         .name = rp_slice_str(name),
		                         .first = first,
		                         .last = last };

	assert_ok(store_account_put(f->store, &account, &f->err), f->err);
}

void
put_state(struct fixture *f, struct state_note note)
{
	assert_ok(store_state_put(f->store, &note, &f->err), f->err);
}

struct rp_time
at(int64_t us)
{
	return (struct rp_time){ us, us, RP_PRECISION_S, RP_BASIS_PLATFORM };
}

/* ---- looking ----------------------------------------------------------------- */

struct post
get_post(struct fixture *f, const char *key)
{
	struct post post = { 0 };

	assert_ok(store_post_get(f->store, rp_slice_str(key), f->arena, &post, &f->err),
	          f->err);
	return post;
}

enum rp_status
find_post(struct fixture *f, const char *key)
{
	struct post post;

	return store_post_get(f->store, rp_slice_str(key), f->arena, &post, &f->err);
}

void
each_row(struct fixture *f, const struct scan *scan, row_seen *seen, void *context)
{
	CLEANUP(store_iter_close) struct store_iter *iter = NULL;
	union scan_row row;
	enum rp_status st;

	assert_ok(store_scan(f->store, scan, &iter, &f->err), f->err);
	while ((st = store_next(iter, &row, &f->err)) == RP_OK)
		seen(f, &row, context);
	if (st != RP_END)
		assert_ok(st, f->err);
	assert_int_equal(store_next(iter, &row, &f->err), RP_END); /* and stays there */
}

struct listing {
	enum scan_of of;
	struct rp_buf out;
};

static void
add_parts(struct rp_buf *out, struct rp_slice a, struct rp_slice b)
{
	buf_add(out, a);
	buf_add_byte(out, ' ');
	buf_add(out, b);
}

static void
list_row(struct fixture *f, const union scan_row *row, void *context)
{
	struct listing *list = context;
	struct rp_buf *out = &list->out;

	(void)f;
	if (out->n > 0 && list->of != SCAN_CAPTURE_BYTES)
		buf_add_str(out, ", ");
	switch (list->of) {
	case SCAN_POSTS:
	case SCAN_CONVERSATION:
		buf_add(out, row->post.key);
		break;
	case SCAN_VERSIONS:
		buf_add(out, row->version.text);
		break;
	case SCAN_ALIASES:
	case SCAN_GHOSTS:
		buf_add(out, row->key);
		break;
	case SCAN_PARENTS:
		add_parts(out, rp_slice_str(edge_type_name(row->edge.type)),
		          row->edge.parent_key);
		break;
	case SCAN_CHILDREN:
		add_parts(out, row->edge.child_key,
		          rp_slice_str(edge_type_name(row->edge.type)));
		break;
	case SCAN_STATES:
		buf_printf(out, "%s@%lld", post_state_name(row->state.state),
		           (long long)row->state.as_of);
		break;
	case SCAN_SIGHTINGS:
		buf_printf(out, "%lld+%u", (long long)row->sighting.record,
		           row->sighting.offset);
		break;
	case SCAN_ACCOUNTS:
	case SCAN_HANDLES:
	case SCAN_HANDLE_USERS:
		buf_add(out, row->account.key);
		buf_add_byte(out, ' ');
		add_parts(out, row->account.handle, row->account.name);
		break;
	case SCAN_RUNS:
		buf_add(out, row->run.kind);
		break;
	case SCAN_RUN_PARTS:
	case SCAN_FOREIGN_PARTS:
		if (row->part.kind == PART_RUN) {
			buf_printf(out, "run %lld of %.4s", (long long)row->part.link,
			           row->part.archive);
			break;
		}
		buf_printf(out, "%s", row->part.kind == PART_AGAIN ? "again " : "");
		buf_add(out, row->part.capture.name);
		buf_printf(out, "@%lld", (long long)row->part.seen);
		break;
	case SCAN_FOREIGN_RUNS:
		buf_printf(out, "%lld of %.4s", (long long)row->foreign.number,
		           row->foreign.archive);
		break;
	case SCAN_CAPTURES:
		buf_add(out, row->capture.name);
		break;
	case SCAN_AGAIN:
		buf_printf(out, "%lld@%lld", (long long)row->again.run,
		           (long long)row->again.at);
		break;
	case SCAN_CAPTURE_BYTES:
		buf_add(out, row->bytes);
		break;
	case SCAN_REJECTS:
		buf_printf(out, "%llu ", (unsigned long long)row->reject.offset);
		buf_add(out, row->reject.reason);
		break;
	case SCAN_SOURCES:
		add_parts(out, row->source.name, row->source.cursor);
		break;
	case SCAN_COVERAGE:
		add_parts(out, row->coverage.source, row->coverage.subject);
		buf_printf(out, " %lld..%lld%s", (long long)row->coverage.from,
		           (long long)row->coverage.until,
		           row->coverage.gap ? " gap" : "");
		break;
	case SCAN_SOURCE_RUNS:
		buf_printf(out, "%lld ", (long long)row->source_run.run);
		add_parts(out, row->source_run.source,
		          rp_slice_str(source_end_name(row->source_run.end)));
		break;
	case SCAN_SPENDING:
		add_parts(out, row->spending.source, row->spending.what);
		buf_printf(out, " %lld", (long long)row->spending.micro);
		break;
	case SCAN_LOOKS:
		add_parts(out, row->look.key, row->look.way);
		buf_printf(out, " %d", (int)row->look.outcome);
		break;
	}
}

static struct rp_slice
list_scan(struct fixture *f, const struct scan *scan)
{
	struct listing list = { .of = scan->of };
	struct rp_slice copy = RP_SLICE("");

	buf_init(&list.out, (size_t)1 << 28);
	each_row(f, scan, list_row, &list);
	assert_false(buf_failed(&list.out));
	assert_true(arena_copy(f->arena, buf_slice(&list.out), &copy));
	buf_done(&list.out);
	return copy;
}

const char *
rows(struct fixture *f, enum scan_of of, int64_t id, const char *key)
{
	const struct scan scan = { .of = of, .id = id, .key = rp_slice_str(key) };

	return list_scan(f, &scan).p;
}

const char *
posts(struct fixture *f, struct filter filter)
{
	const struct scan scan = { .of = SCAN_POSTS, .filter = &filter };

	return list_scan(f, &scan).p;
}

struct rp_slice
capture_bytes(struct fixture *f, int64_t capture)
{
	const struct scan scan = { .of = SCAN_CAPTURE_BYTES, .id = capture };

	return list_scan(f, &scan);
}

static void
see_version(struct fixture *f, const union scan_row *row, void *context)
{
	struct version *out = context;

	*out = row->version;
	assert_true(arena_copy(f->arena, row->version.text, &out->text));
	assert_true(arena_copy(f->arena, row->version.text_raw, &out->text_raw));
	assert_true(arena_copy(f->arena, row->version.native, &out->native));
	assert_true(arena_copy(f->arena, row->version.lang, &out->lang));
	assert_true(arena_copy(f->arena, row->version.mentions, &out->mentions));
	assert_true(arena_copy(f->arena, row->version.media, &out->media));
	assert_true(arena_copy(f->arena, row->version.poll, &out->poll));
}

struct version
only_version(struct fixture *f, int64_t post)
{
	const struct scan scan = { .of = SCAN_VERSIONS, .id = post };
	struct version version = { 0 };

	each_row(f, &scan, see_version, &version);
	return version;
}

struct store_stats
stats_of(struct fixture *f)
{
	struct store_stats stats = { 0 };

	assert_ok(store_stats(f->store, &stats, &f->err), f->err);
	return stats;
}
