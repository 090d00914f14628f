#include "storage/memory/memory.h"

#include "core/base/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

struct rp_slice
memory_id_key(const int64_t *id)
{
	return rp_slice_from((const char *)id, sizeof(*id));
}

/* ---- the keys of the tables -------------------------------------------------- */

static void
add_id(struct rp_buf *out, int64_t id)
{
	buf_add(out, memory_id_key(&id));
}

/* The length in front keeps ("ab", "c") apart from ("a", "bc"). */
static void
add_text(struct rp_buf *out, struct rp_slice text)
{
	add_id(out, (int64_t)text.n);
	buf_add(out, text);
}

static void
segment_capture(const void *row, struct rp_buf *out)
{
	add_id(out, ((const struct segment_row *)row)->capture);
}

static void
part_run(const void *row, struct rp_buf *out)
{
	const struct part_row *part = row;

	if (part->run != 0)
		add_id(out, part->run);
}

static void
again_capture(const void *row, struct rp_buf *out)
{
	add_id(out, ((const struct again_row *)row)->capture);
}

static void
record_bytes(const void *row, struct rp_buf *out)
{
	add_text(out, ((const struct record_row *)row)->bytes);
}

static void
source_name(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct source_state *)row)->name);
}

static void
coverage_subject(const void *row, struct rp_buf *out)
{
	const struct coverage *coverage = row;

	if (coverage->source.n == 0)
		return;
	add_text(out, coverage->source);
	add_text(out, coverage->subject);
}

static void
source_run_same(const void *row, struct rp_buf *out)
{
	const struct source_run *told = row;

	add_id(out, told->run);
	add_text(out, told->source);
}

static void
look_same(const void *row, struct rp_buf *out)
{
	const struct look *look = row;

	add_text(out, look->key);
	add_text(out, look->way);
}

static void
sighting_same(const void *row, struct rp_buf *out)
{
	const struct sighting *sighting = row;

	if (sighting->post == 0)
		return;
	add_id(out, sighting->post);
	add_id(out, sighting->version);
	add_id(out, sighting->capture);
	add_id(out, sighting->record);
	add_id(out, sighting->offset);
	add_id(out, sighting->bytes);
	add_id(out, sighting->as_of);
}

static void
sighting_post(const void *row, struct rp_buf *out)
{
	const struct sighting *sighting = row;

	if (sighting->post != 0)
		add_id(out, sighting->post);
}

static void
post_key(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct post *)row)->key);
}

static void
post_conversation(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct post *)row)->conversation);
}

static void
alias_key(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct alias_row *)row)->key);
}

static void
alias_post(const void *row, struct rp_buf *out)
{
	add_id(out, ((const struct alias_row *)row)->post);
}

static void
version_same(const void *row, struct rp_buf *out)
{
	const struct version *version = row;

	if (version->post == 0)
		return;
	add_id(out, version->post);
	buf_add(out,
	        rp_slice_from((const char *)version->fingerprint, FINGERPRINT_BYTES));
}

static void
version_post(const void *row, struct rp_buf *out)
{
	const struct version *version = row;

	if (version->post != 0)
		add_id(out, version->post);
}

static void
edge_same(const void *row, struct rp_buf *out)
{
	const struct edge *edge = row;

	if (edge->child == 0)
		return;
	add_id(out, edge->child);
	add_id(out, edge->parent);
	add_id(out, edge->type);
	add_id(out, edge->origin);
}

static void
edge_child(const void *row, struct rp_buf *out)
{
	const struct edge *edge = row;

	if (edge->child != 0)
		add_id(out, edge->child);
}

static void
edge_parent(const void *row, struct rp_buf *out)
{
	const struct edge *edge = row;

	if (edge->child != 0)
		add_id(out, edge->parent);
}

static void
account_same(const void *row, struct rp_buf *out)
{
	const struct account *account = row;

	if (account->key.n == 0)
		return;
	add_text(out, account->key);
	add_text(out, account->handle);
	add_text(out, account->name);
}

static void
account_key(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct account *)row)->key);
}

static void
account_handle(const void *row, struct rp_buf *out)
{
	struct rp_slice handle = ((const struct account *)row)->handle;

	for (size_t i = 0; i < handle.n; i++) {
		char c = handle.p[i];

		buf_add_byte(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

static void
state_same(const void *row, struct rp_buf *out)
{
	const struct state_note *note = row;

	if (note->subject.n == 0)
		return;
	add_text(out, note->subject);
	add_id(out, note->state);
	add_id(out, note->as_of);
	add_text(out, note->evidence);
}

static void
state_subject(const void *row, struct rp_buf *out)
{
	buf_add(out, ((const struct state_note *)row)->subject);
}

/* clang-format off */
static const struct {
	size_t row_bytes;
	table_key *keys[TABLE_INDEXES];
} layout[MEMORY_TABLES] = {
	[RUNS]      = { sizeof(struct run_row),     { NULL } },
	[FOREIGN_RUNS]  = { sizeof(struct foreign_run), { NULL } },
	[FOREIGN_PARTS] = { sizeof(struct part_row), { part_run } },
	[CAPTURES]  = { sizeof(struct capture_row), { NULL } },
	[AGAIN]     = { sizeof(struct again_row),   { again_capture } },
	[SEGMENTS]  = { sizeof(struct segment_row), { segment_capture } },
	[RECORDS]   = { sizeof(struct record_row),  { record_bytes } },
	[SOURCES]   = { sizeof(struct source_state), { source_name } },
	[COVERAGE]  = { sizeof(struct coverage),    { coverage_subject } },
	[SOURCE_RUNS] = { sizeof(struct source_run), { source_run_same } },
	[SPENDING]  = { sizeof(struct spending),    { NULL } },
	[LOOKS]     = { sizeof(struct look),        { look_same } },
	[REJECTS]   = { sizeof(struct reject),      { NULL } },
	[SIGHTINGS] = { sizeof(struct sighting),    { sighting_same, sighting_post } },
	[POSTS]     = { sizeof(struct post),        { post_key, post_conversation } },
	[ALIASES]   = { sizeof(struct alias_row),   { alias_key, alias_post } },
	[VERSIONS]  = { sizeof(struct version),     { version_same, version_post } },
	[EDGES]     = { sizeof(struct edge),        { edge_same, edge_child, edge_parent } },
	[ACCOUNTS]  = { sizeof(struct account),     { account_same, account_key, account_handle } },
	[STATES]    = { sizeof(struct state_note),  { state_same, state_subject } },
};
/* clang-format on */

enum rp_status
memory_find_same(struct memory *memory, enum memory_table table, size_t index,
                 const void *row, size_t *at_out, struct rp_error *err)
{
	buf_clear(&memory->key);
	layout[table].keys[index](row, &memory->key);
	if (buf_failed(&memory->key))
		return rp_fail_memory(err);
	return table_find(&memory->tables[table], index, buf_slice(&memory->key), at_out,
	                  err);
}

/* ---- texts ------------------------------------------------------------------- */

#define TEXTS(name, ...)                                                                 \
	static const size_t name##_at[] = { __VA_ARGS__ };                               \
	const struct texts name = { name##_at, sizeof(name##_at) / sizeof(*name##_at) }

TEXTS(memory_post_texts, offsetof(struct post, key), offsetof(struct post, author),
      offsetof(struct post, conversation), offsetof(struct post, url),
      offsetof(struct post, context), offsetof(struct post, place),
      offsetof(struct post, zone), offsetof(struct post, title),
      offsetof(struct post, not_before), offsetof(struct post, not_after));
TEXTS(memory_version_texts, offsetof(struct version, native),
      offsetof(struct version, text), offsetof(struct version, text_raw),
      offsetof(struct version, lang), offsetof(struct version, mentions),
      offsetof(struct version, media), offsetof(struct version, poll));
TEXTS(memory_run_texts, offsetof(struct run, kind), offsetof(struct run, program));
TEXTS(memory_capture_texts, offsetof(struct capture, name),
      offsetof(struct capture, format), offsetof(struct capture, options));
TEXTS(memory_account_texts, offsetof(struct account, key),
      offsetof(struct account, handle), offsetof(struct account, name));
TEXTS(memory_state_texts, offsetof(struct state_note, subject),
      offsetof(struct state_note, evidence));
TEXTS(memory_source_texts, offsetof(struct source_state, name),
      offsetof(struct source_state, collector), offsetof(struct source_state, cursor),
      offsetof(struct source_state, trouble));
TEXTS(memory_coverage_texts, offsetof(struct coverage, source),
      offsetof(struct coverage, subject), offsetof(struct coverage, why));
TEXTS(memory_source_run_texts, offsetof(struct source_run, source),
      offsetof(struct source_run, why));
TEXTS(memory_spending_texts, offsetof(struct spending, source),
      offsetof(struct spending, payer), offsetof(struct spending, what));
TEXTS(memory_look_texts, offsetof(struct look, key), offsetof(struct look, way));

bool
memory_copy_texts(struct arena *arena, const struct texts *texts, void *row,
                  const void *held)
{
	for (size_t i = 0; i < texts->n; i++) {
		struct rp_slice *text =
			(struct rp_slice *)(void *)((char *)row + texts->at[i]);

		if (held != NULL) {
			const struct rp_slice *old =
				(const struct rp_slice *)(const void *)((const char *)
			                                                        held +
			                                                texts->at[i]);

			if (rp_slice_eq(*text, *old)) {
				*text = *old;
				continue;
			}
		}
		if (!arena_copy(arena, *text, text))
			return false;
	}
	return true;
}

/* ---- open, close, transactions ----------------------------------------------- */

static void
memory_close(struct store *store)
{
	struct memory *memory = memory_of(store);

	for (size_t i = 0; i < MEMORY_TABLES; i++)
		table_done(&memory->tables[i]);
	arena_free(memory->arena);
	buf_done(&memory->key);
	free(memory);
}

static enum rp_status
memory_begin(struct store *store, bool write, struct rp_error *err)
{
	struct memory *memory = memory_of(store);

	(void)err;
	for (size_t i = 0; write && i < MEMORY_TABLES; i++)
		table_begin(&memory->tables[i]);
	return RP_OK;
}

static enum rp_status
memory_commit(struct store *store, struct rp_error *err)
{
	struct memory *memory = memory_of(store);

	(void)err;
	for (size_t i = 0; i < MEMORY_TABLES; i++)
		table_commit(&memory->tables[i]);
	return RP_OK;
}

static void
memory_rollback(struct store *store)
{
	struct memory *memory = memory_of(store);

	for (size_t i = 0; i < MEMORY_TABLES; i++)
		if (memory->tables[i].in_transaction)
			table_rollback(&memory->tables[i]);
}

/* ---- the whole --------------------------------------------------------------- */

static uint64_t
memory_no_bytes(struct store *store)
{
	(void)store;
	return 0;
}

static void
count_posts(const struct memory *memory, struct store_stats *stats)
{
	for (size_t i = 0; i < memory->tables[POSTS].n; i++) {
		const struct post *post = ROW(memory, POSTS, struct post, i);

		if (post->key.n > 0)
			*(post->kind == KIND_GHOST ? &stats->ghosts : &stats->posts) += 1;
	}
	for (size_t i = 0; i < memory->tables[VERSIONS].n; i++)
		stats->versions += ROW(memory, VERSIONS, struct version, i)->post != 0;
	for (size_t i = 0; i < memory->tables[ACCOUNTS].n; i++) /* id: of its first row */
		stats->accounts +=
			ROW(memory, ACCOUNTS, struct account, i)->id == (int64_t)i + 1;
	for (size_t i = 0; i < memory->tables[EDGES].n; i++) {
		const struct edge *edge = ROW(memory, EDGES, struct edge, i);

		stats->edges[edge->type] += edge->child != 0;
	}
	for (size_t i = 0; i < memory->tables[SIGHTINGS].n; i++)
		stats->sightings += ROW(memory, SIGHTINGS, struct sighting, i)->post != 0;
}

static void
count_bytes(const struct memory *memory, struct store_stats *stats)
{
	for (size_t i = 0; i < memory->tables[CAPTURES].n; i++)
		stats->bytes_in +=
			ROW(memory, CAPTURES, struct capture_row, i)->capture.bytes;
	for (size_t i = 0; i < memory->tables[AGAIN].n; i++)
		stats->bytes_in +=
			memory_capture(memory,
		                       ROW(memory, AGAIN, struct again_row, i)->capture)
				->capture.bytes;
	for (size_t i = 0; i < memory->tables[RECORDS].n; i++)
		stats->payload_bytes +=
			ROW(memory, RECORDS, struct record_row, i)->bytes.n;
	for (size_t i = 0; i < memory->tables[SEGMENTS].n; i++)
		stats->payload_bytes +=
			ROW(memory, SEGMENTS, struct segment_row, i)->skeleton.n;
}

static enum rp_status
memory_stats(struct store *store, struct store_stats *out, struct rp_error *err)
{
	const struct memory *memory = memory_of(store);
	struct store_stats stats = { .captures = memory->tables[CAPTURES].n,
		                     .rejected = memory->tables[REJECTS].n };

	(void)err;
	count_posts(memory, &stats);
	count_bytes(memory, &stats);
	*out = stats;
	return RP_OK;
}

static enum rp_status
memory_identity(struct store *store, char id_out[ARCHIVE_ID + 1], struct sha256 *head_out,
                struct rp_error *err)
{
	const struct memory *memory = memory_of(store);
	uint64_t latest = 0;

	(void)err;
	memcpy(id_out, memory->id, sizeof(memory->id));
	*head_out = (struct sha256){ 0 };
	for (size_t i = 0; i < memory->tables[RUNS].n; i++) {
		const struct run_row *row = ROW(memory, RUNS, struct run_row, i);

		if (row->closed > latest) {
			latest = row->closed;
			*head_out = row->run.hash;
		}
	}
	return RP_OK;
}

static const struct store_ops memory_ops = {
	.name = "memory",
	.close = memory_close,
	.begin = memory_begin,
	.commit = memory_commit,
	.rollback = memory_rollback,
	.run_begin = memory_run_begin,
	.run_end = memory_run_end,
	.foreign_run_put = memory_foreign_run_put,
	.foreign_part_put = memory_foreign_part_put,
	.foreign_run_drop = memory_foreign_run_drop,
	.capture_begin = memory_capture_begin,
	.capture_append = memory_capture_append,
	.capture_update = memory_capture_update,
	.capture_again = memory_capture_again,
	.capture_find = memory_capture_find,
	.capture_find_prefix = memory_capture_find_prefix,
	.records_put = memory_records_put,
	.record_get = memory_record_get,
	.sighting_put = memory_sighting_put,
	.reject_put = memory_reject_put,
	.source_get = memory_source_get,
	.source_put = memory_source_put,
	.coverage_set = memory_coverage_set,
	.source_run_put = memory_source_run_put,
	.spending_put = memory_spending_put,
	.spending_sum = memory_spending_sum,
	.spending_run_sum = memory_spending_run_sum,
	.look_put = memory_look_put,
	.post_get = memory_post_get,
	.post_by_id = memory_post_by_id,
	.post_put = memory_post_put,
	.alias_put = memory_alias_put,
	.version_put = memory_version_put,
	.edge_put = memory_edge_put,
	.account_put = memory_account_put,
	.state_put = memory_state_put,
	.drop_derived = memory_drop_derived,
	.posts_drop = memory_posts_drop,
	.scan = memory_scan,
	.next = memory_next,
	.iter_close = memory_iter_close,
	.file_bytes = memory_no_bytes,
	.used_bytes = memory_no_bytes,
	.text_digest = memory_text_digest,
	.stats = memory_stats,
	.verify = memory_verify,
	.identity = memory_identity,
};

static bool
choose_id(char id[ARCHIVE_ID + 1])
{
	unsigned char bytes[16];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		id[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		id[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	id[ARCHIVE_ID] = '\0';
	return true;
}

enum rp_status
store_memory_open(struct store **out, struct rp_error *err)
{
	struct memory *memory = calloc(1, sizeof(*memory));
	bool good = memory != NULL;

	if (!good)
		return rp_fail_memory(err);
	memory->store.ops = &memory_ops;
	buf_init(&memory->key, SIZE_MAX);
	memory->arena = arena_new(SIZE_MAX);
	good = memory->arena != NULL;
	for (size_t i = 0; i < MEMORY_TABLES; i++)
		good = table_init(&memory->tables[i], layout[i].row_bytes,
		                  layout[i].keys) &&
		       good;
	if (!good) {
		memory_close(&memory->store);
		return rp_fail_memory(err);
	}
	if (!choose_id(memory->id)) {
		memory_close(&memory->store);
		return rp_fail_errno(err, RP_FAILED, errno, "no random numbers");
	}
	*out = &memory->store;
	return RP_OK;
}
