#include "tests/contract/dump.h"

#include <inttypes.h>
#include <stdlib.h>

enum { DUMP_MAX = 1 << 26, DUMP_HANDLES = 4096 };

struct handles {
	int64_t list[DUMP_HANDLES];
	size_t n;
};

struct dump {
	struct rp_buf out;
	struct handles runs, captures, posts;
};

static void
add_handle(struct handles *handles, int64_t handle)
{
	assert_true(handles->n < DUMP_HANDLES);
	handles->list[handles->n++] = handle;
}

/* The how-manieth it is, from 1; 0 for no handle. */
static size_t
place(const struct handles *handles, int64_t handle)
{
	for (size_t i = 0; i < handles->n; i++)
		if (handles->list[i] == handle)
			return i + 1;
	assert_int_equal(handle, 0);
	return 0;
}

static void
add_text(struct rp_buf *out, struct rp_slice s)
{
	buf_add_byte(out, ' ');
	buf_add_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= ' ' && c < 0x7f && c != '\\' && c != '"')
			buf_add_byte(out, s.p[i]);
		else
			buf_printf(out, "\\x%02x", c);
	}
	buf_add_byte(out, '"');
}

static void
add_bytes(struct rp_buf *out, const unsigned char *bytes, size_t n)
{
	buf_add_byte(out, ' ');
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%02x", bytes[i]);
}

static void
add_time(struct rp_buf *out, struct rp_time time)
{
	buf_printf(out, " %" PRId64 "..%" PRId64 "/%d/%d", time.lo, time.hi,
	           (int)time.precision, (int)time.basis);
}

static void
scan_into(struct fixture *f, enum scan_of of, int64_t id, struct rp_slice key,
          row_seen *seen, struct dump *dump)
{
	const struct scan scan = { .of = of, .id = id, .key = key };

	each_row(f, &scan, seen, dump);
}

/* ---- facts ------------------------------------------------------------------- */

static void
dump_run(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct run *run = &row->run;

	(void)f;
	add_handle(&dump->runs, run->id);
	buf_printf(&dump->out, "run %zu %" PRId64 " %" PRId64 " %" PRId64 " %d",
	           dump->runs.n, run->started, run->ended, run->pid, (int)run->open);
	add_text(&dump->out, run->kind);
	add_text(&dump->out, run->program);
	add_bytes(&dump->out, run->previous.bytes, SHA256_BYTES);
	add_bytes(&dump->out, run->hash.bytes, SHA256_BYTES);
	buf_add_byte(&dump->out, '\n');
}

static void
dump_capture(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct capture *capture = &row->capture;

	(void)f;
	buf_printf(&dump->out,
	           "capture %zu run %zu inside %zu at %" PRId64 " bytes %" PRIu64
	           " %d records %" PRIu64 " rejected %" PRIu64,
	           dump->captures.n + 1, place(&dump->runs, capture->run),
	           place(&dump->captures, capture->inside), capture->at, capture->bytes,
	           (int)capture->complete, capture->records, capture->rejected);
	add_handle(&dump->captures, capture->id);
	add_text(&dump->out, capture->name);
	add_text(&dump->out, capture->format);
	add_text(&dump->out, capture->options);
	add_bytes(&dump->out, capture->sha256.bytes, SHA256_BYTES);
	buf_add_byte(&dump->out, '\n');
}

static void
dump_again(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;

	(void)f;
	buf_printf(&dump->out, "  again run %zu at %" PRId64 "\n",
	           place(&dump->runs, row->again.run), row->again.at);
}

static void
dump_reject(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;

	(void)f;
	buf_printf(&dump->out, "reject %zu %" PRIu64 " %" PRIu64 " line %" PRIu64,
	           place(&dump->captures, row->reject.capture), row->reject.offset,
	           row->reject.bytes, row->reject.line);
	add_text(&dump->out, row->reject.reason);
	buf_add_byte(&dump->out, '\n');
}

static void
dump_facts(struct fixture *f, struct dump *dump)
{
	const struct rp_slice none = RP_SLICE("");

	scan_into(f, SCAN_RUNS, 0, none, dump_run, dump);
	scan_into(f, SCAN_CAPTURES, 0, none, dump_capture, dump);
	for (size_t i = 0; i < dump->captures.n; i++) {
		buf_printf(&dump->out, "bytes %zu", i + 1);
		add_text(&dump->out, capture_bytes(f, dump->captures.list[i]));
		buf_add_byte(&dump->out, '\n');
		scan_into(f, SCAN_AGAIN, dump->captures.list[i], none, dump_again, dump);
	}
	scan_into(f, SCAN_REJECTS, 0, none, dump_reject, dump);
}

/* ---- posts ------------------------------------------------------------------- */

static void
dump_version(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct version *version = &row->version;

	(void)f;
	buf_add_str(&dump->out, "  version");
	add_bytes(&dump->out, version->fingerprint, FINGERPRINT_BYTES);
	add_text(&dump->out, version->native);
	add_text(&dump->out, version->text);
	add_text(&dump->out, version->text_raw);
	add_text(&dump->out, version->lang);
	add_text(&dump->out, version->mentions);
	add_text(&dump->out, version->media);
	add_text(&dump->out, version->poll);
	add_time(&dump->out, version->printed);
	buf_printf(&dump->out, " as of %" PRId64 " %d %d\n", version->as_of,
	           (int)version->truncated, (int)version->damaged);
}

static void
dump_alias(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;

	(void)f;
	buf_add_str(&dump->out, "  alias");
	add_text(&dump->out, row->key);
	buf_add_byte(&dump->out, '\n');
}

static void
dump_edge(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct edge *edge = &row->edge;

	assert_int_equal(get_post(f, text(f, "%.*s", RP_FMT(edge->child_key)).p).id,
	                 edge->child);
	assert_int_equal(get_post(f, text(f, "%.*s", RP_FMT(edge->parent_key)).p).id,
	                 edge->parent);
	buf_add_str(&dump->out, "  edge");
	add_text(&dump->out, edge->child_key);
	add_text(&dump->out, edge->parent_key);
	buf_printf(&dump->out, " %d %d %d", (int)edge->type, (int)edge->origin,
	           edge->confidence_percent);
	add_text(&dump->out, edge->rule);
	buf_add_byte(&dump->out, '\n');
}

static void
dump_state(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;

	(void)f;
	buf_add_str(&dump->out, "  state");
	add_text(&dump->out, row->state.subject);
	buf_printf(&dump->out, " %d@%" PRId64 " capture %zu", (int)row->state.state,
	           row->state.as_of, place(&dump->captures, row->state.capture));
	add_text(&dump->out, row->state.evidence);
	buf_add_byte(&dump->out, '\n');
}

struct fingerprint_of {
	int64_t version;
	unsigned char fingerprint[FINGERPRINT_BYTES];
};

static void
find_fingerprint(struct fixture *f, const union scan_row *row, void *context)
{
	struct fingerprint_of *wanted = context;

	(void)f;
	if (row->version.id == wanted->version) {
		memcpy(wanted->fingerprint, row->version.fingerprint, FINGERPRINT_BYTES);
		wanted->version = 0;
	}
}

static void
dump_sighting(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct sighting *sighting = &row->sighting;
	const struct scan versions = { .of = SCAN_VERSIONS, .id = sighting->post };
	struct fingerprint_of seen = { .version = sighting->version };
	CLEANUP(buf_done) struct rp_buf record;

	buf_init(&record, RECORD_MAX_BYTES);
	assert_ok(store_record_get(f->store, sighting->record, &record, &f->err), f->err);
	if (seen.version != 0)
		each_row(f, &versions, find_fingerprint, &seen);
	assert_int_equal(seen.version, 0); /* it is one of the post's own */
	buf_printf(&dump->out, "  sighting capture %zu",
	           place(&dump->captures, sighting->capture));
	add_bytes(&dump->out, seen.fingerprint, FINGERPRINT_BYTES);
	add_text(&dump->out, buf_slice(&record));
	buf_printf(&dump->out, " +%u %u as of %" PRId64 "\n", sighting->offset,
	           sighting->bytes, sighting->as_of);
}

static int
cmp_lines(const void *a, const void *b)
{
	return rp_slice_cmp(*(const struct rp_slice *)a, *(const struct rp_slice *)b);
}

/* Records may have any handles, so what is sorted by them is sorted again. */
static void
sort_lines(struct fixture *f, struct rp_buf *out, size_t from)
{
	struct rp_slice rest = { NULL, 0 }, *lines;
	size_t n = 0, max = 1;

	assert_true(arena_copy(f->arena, rp_slice_skip(buf_slice(out), from), &rest));
	for (size_t i = 0; i < rest.n; i++)
		max += rest.p[i] == '\n';
	lines = arena_array(f->arena, max, sizeof(*lines));
	assert_non_null(lines);
	while (rest.n > 0)
		lines[n++] = rp_slice_cut(&rest, '\n');
	qsort(lines, n, sizeof(*lines), cmp_lines);
	out->n = from;
	for (size_t i = 0; i < n; i++) {
		buf_add(out, lines[i]);
		buf_add_byte(out, '\n');
	}
}

static void
dump_post(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct post *post = &row->post;
	struct rp_buf *out = &dump->out;
	struct rp_slice key = RP_SLICE("");
	int64_t id = post->id;
	size_t sightings;

	assert_true(arena_copy(f->arena, post->key, &key));
	buf_printf(out, "post %d", (int)post->kind);
	add_text(out, post->key);
	add_text(out, post->author);
	add_time(out, post->time);
	add_text(out, post->conversation);
	add_text(out, post->url);
	add_text(out, post->context);
	add_text(out, post->place);
	add_text(out, post->zone);
	add_text(out, post->title);
	add_text(out, post->not_before);
	add_text(out, post->not_after);
	buf_add_byte(out, '\n');
	scan_into(f, SCAN_ALIASES, id, key, dump_alias, dump);
	scan_into(f, SCAN_VERSIONS, id, key, dump_version, dump);
	scan_into(f, SCAN_PARENTS, id, key, dump_edge, dump);
	scan_into(f, SCAN_CHILDREN, id, key, dump_edge, dump);
	scan_into(f, SCAN_STATES, id, key, dump_state, dump);
	sightings = out->n;
	scan_into(f, SCAN_SIGHTINGS, id, key, dump_sighting, dump);
	sort_lines(f, out, sightings);
}

/* ---- accounts ---------------------------------------------------------------- */

static void
dump_handle(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	const struct account *account = &row->account;

	(void)f;
	add_text(&dump->out, account->key);
	add_text(&dump->out, account->handle);
	add_text(&dump->out, account->name);
	buf_printf(&dump->out, " %" PRId64 "..%" PRId64 "\n", account->first,
	           account->last);
}

static void
dump_account(struct fixture *f, const union scan_row *row, void *context)
{
	struct dump *dump = context;
	struct rp_slice key = RP_SLICE("");

	assert_true(arena_copy(f->arena, row->account.key, &key));
	buf_add_str(&dump->out, "account");
	dump_handle(f, row, context);
	scan_into(f, SCAN_HANDLES, 0, key, dump_handle, dump);
	scan_into(f, SCAN_STATES, 0, key, dump_state, dump);
}

static void
dump_stats(struct fixture *f, struct rp_buf *out)
{
	struct store_stats stats = stats_of(f);

	buf_printf(out,
	           "posts %" PRIu64 " ghosts %" PRIu64 " versions %" PRIu64
	           " accounts %" PRIu64 " captures %" PRIu64 " sightings %" PRIu64
	           " rejected %" PRIu64 " bytes_in %" PRIu64 " edges",
	           stats.posts, stats.ghosts, stats.versions, stats.accounts,
	           stats.captures, stats.sightings, stats.rejected, stats.bytes_in);
	for (size_t i = 0; i < EDGE_TYPES; i++)
		buf_printf(out, " %" PRIu64, stats.edges[i]);
	buf_add_byte(out, '\n');
}

const char *
dump(struct fixture *f)
{
	struct dump *dump = arena_alloc(f->arena, sizeof(*dump));
	struct rp_slice copy = RP_SLICE("");

	assert_non_null(dump);
	buf_init(&dump->out, DUMP_MAX);
	dump_facts(f, dump);
	scan_into(f, SCAN_POSTS, 0, RP_SLICE(""), dump_post, dump);
	scan_into(f, SCAN_ACCOUNTS, 0, RP_SLICE(""), dump_account, dump);
	dump_stats(f, &dump->out);
	assert_false(buf_failed(&dump->out));
	assert_true(arena_copy(f->arena, buf_slice(&dump->out), &copy));
	buf_done(&dump->out);
	return copy.p;
}

void
assert_same_dump(const char *got, const char *want, const char *where)
{
	struct rp_slice a = rp_slice_str(got), b = rp_slice_str(want);

	while (a.n > 0 || b.n > 0) {
		struct rp_slice mine = rp_slice_cut(&a, '\n');
		struct rp_slice theirs = rp_slice_cut(&b, '\n');

		if (!rp_slice_eq(mine, theirs))
			fail_msg("%s:\n got  %.*s\n want %.*s", where, RP_FMT(mine),
			         RP_FMT(theirs));
	}
}
