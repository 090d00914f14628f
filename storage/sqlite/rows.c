/*
 * From rows to structs.  What a row holds may be damaged: numbers that name something are
 * held against their range here, so that nobody indexes a table with them.
 */
#include "core/base/varint.h"
#include "storage/sqlite/sqlite.h"

static enum rp_status
damaged(struct rp_error *err, const char *what, int64_t id)
{
	return rp_fail(err, RP_CORRUPT, "the archive is damaged: %s %lld makes no sense",
	               what, (long long)id);
}

static bool
take_hash(struct rp_slice from, struct sha256 *out)
{
	if (from.n != SHA256_BYTES)
		return false;
	memcpy(out->bytes, from.p, SHA256_BYTES);
	return true;
}

/* True when the number lies in 0..last. */
static bool
take_enum(const struct sql *sql, int column, int last, int *out)
{
	int64_t value = sql_int(sql, column);

	*out = (int)value;
	return value >= 0 && value <= last;
}

static bool
take_time(const struct sql *sql, int column, struct rp_time *out)
{
	int precision, basis;
	bool good = take_enum(sql, column + 2, RP_PRECISION_YEAR, &precision);

	good = take_enum(sql, column + 3, RP_BASIS_USER, &basis) && good;
	out->lo = sql_is_null(sql, column) ? RP_TIME_UNKNOWN : sql_int(sql, column);
	out->hi = sql_is_null(sql, column + 1) ? out->lo : sql_int(sql, column + 1);
	out->precision = (enum rp_precision)precision;
	out->basis = (enum rp_basis)basis;
	return good;
}

void
row_bind_time(struct sql *sql, int at, struct rp_time time)
{
	if (time.lo == RP_TIME_UNKNOWN)
		sql_bind_null(sql, at);
	else
		sql_bind_int(sql, at, time.lo);
	if (time.hi == time.lo)
		sql_bind_null(sql, at + 1);
	else
		sql_bind_int(sql, at + 1, time.hi);
	sql_bind_int(sql, at + 2, time.precision);
	sql_bind_int(sql, at + 3, time.basis);
}

enum rp_status
row_run(const struct sql *sql, struct run *out, struct rp_error *err)
{
	*out = (struct run){
		.id = sql_int(sql, 0),
		.kind = sql_slice(sql, 1),
		.program = sql_slice(sql, 2),
		.started = sql_int(sql, 3),
		.ended = sql_int(sql, 4),
		.pid = sql_int(sql, 5),
		.open = sql_is_null(sql, 6),
		.link = sql_int(sql, 6),
	};
	if (!take_hash(sql_slice(sql, 7), &out->previous) ||
	    !take_hash(sql_slice(sql, 8), &out->hash))
		return damaged(err, "run", out->id);
	return RP_OK;
}

/* Columns 0 to 9 are those of a run. */
enum rp_status
row_foreign_run(const struct sql *sql, struct foreign_run *out, struct rp_error *err)
{
	enum rp_status st = row_run(sql, &out->run, err);

	if (st != RP_OK)
		return st;
	out->taken_by = sql_int(sql, 10);
	out->number = sql_int(sql, 12);
	if (sql_slice(sql, 11).n != ARCHIVE_ID_BYTES)
		return damaged(err, "run of another archive", out->run.id);
	archive_id_hex(sql_slice(sql, 11), out->archive);
	return RP_OK;
}

enum rp_status
row_part(const struct sql *sql, struct run_part *out, struct rp_error *err)
{
	int kind;

	*out = (struct run_part){ .kind = PART_RUN, .link = sql_int(sql, 7) };
	if (!take_enum(sql, 0, PART_RUN, &kind) ||
	    !take_hash(sql_slice(sql, 9), &out->hash) ||
	    (kind == PART_RUN && sql_slice(sql, 2).n != ARCHIVE_ID_BYTES))
		return damaged(err, "a part of a run, with capture", sql_int(sql, 1));
	if (kind == PART_RUN) {
		archive_id_hex(sql_slice(sql, 2), out->archive);
		return RP_OK;
	}
	*out = (struct run_part){
		.kind = (enum run_part_kind)kind,
		.seen = sql_int(sql, 6),
		.capture = { .id = sql_int(sql, 1),
		             .name = sql_slice(sql, 2),
		             .format = sql_slice(sql, 3),
		             .options = sql_slice(sql, 4),
		             .at = sql_int(sql, 5),
		             .bytes = (uint64_t)sql_int(sql, 7),
		             .complete = sql_int(sql, 8) != 0,
		             .sha256 = out->hash,
		             .records = (uint64_t)sql_int(sql, 10),
		             .rejected = (uint64_t)sql_int(sql, 11) },
	};
	return RP_OK;
}

enum rp_status
row_capture(const struct sql *sql, struct capture *out, struct rp_error *err)
{
	*out = (struct capture){
		.id = sql_int(sql, 0),
		.run = sql_int(sql, 1),
		.inside = sql_int(sql, 2),
		.name = sql_slice(sql, 3),
		.format = sql_slice(sql, 4),
		.options = sql_slice(sql, 5),
		.at = sql_int(sql, 6),
		.bytes = (uint64_t)sql_int(sql, 7),
		.complete = sql_int(sql, 8) != 0,
		.records = (uint64_t)sql_int(sql, 10),
		.rejected = (uint64_t)sql_int(sql, 11),
	};
	if (!take_hash(sql_slice(sql, 9), &out->sha256))
		return damaged(err, "capture", out->id);
	return RP_OK;
}

/* ---- more ---- */

enum { POST_TEXTS = 7, VERSION_TEXTS = 5 };

void
row_add_texts(struct rp_buf *out, const struct rp_slice *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		varint_add(out, texts[i].n);
		buf_add(out, texts[i]);
	}
}

static bool
any_text(const struct rp_slice *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (texts[i].n > 0)
			return true;
	return false;
}

void
row_post_more(const struct post *post, struct rp_buf *out)
{
	const struct rp_slice texts[POST_TEXTS] = { post->url,      post->context,
		                                    post->place,    post->zone,
		                                    post->title,    post->not_before,
		                                    post->not_after };

	if (any_text(texts, POST_TEXTS))
		row_add_texts(out, texts, POST_TEXTS);
}

static bool
has_time(struct rp_time time)
{
	return time.lo != RP_TIME_UNKNOWN || time.hi != RP_TIME_UNKNOWN ||
	       time.precision != RP_PRECISION_UNKNOWN || time.basis != RP_BASIS_UNKNOWN;
}

void
row_version_more(const struct version *version, struct rp_buf *out)
{
	const struct rp_slice texts[VERSION_TEXTS] = { version->lang, version->text_raw,
		                                       version->mentions, version->media,
		                                       version->poll };
	const struct rp_time time = version->printed;

	if (!any_text(texts, VERSION_TEXTS) && !has_time(time))
		return;
	row_add_texts(out, texts, VERSION_TEXTS);
	if (!has_time(time))
		return;
	varint_add(out, zigzag(time.lo));
	varint_add(out, zigzag(time.hi));
	varint_add(out, zigzag(time.precision));
	varint_add(out, zigzag(time.basis));
}

/* n texts; from none at all they are empty.  *at: behind them. */
static bool
take_texts(struct rp_slice more, size_t *at, struct rp_slice *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t bytes = 0;

		*texts[i] = (struct rp_slice){ 0 };
		if (more.n == 0)
			continue;
		if (!varint_take(more, at, &bytes) || bytes > more.n - *at)
			return false;
		*texts[i] = rp_slice_from(more.p + *at, (size_t)bytes);
		*at += (size_t)bytes;
	}
	return true;
}

static bool
take_signed(struct rp_slice more, size_t *at, int64_t *out)
{
	uint64_t number;

	if (!varint_take(more, at, &number))
		return false;
	*out = unzigzag(number);
	return true;
}

static bool
take_printed(struct rp_slice more, size_t *at, struct rp_time *out)
{
	int64_t precision, basis;

	*out = RP_TIME_NONE;
	if (*at == more.n)
		return true;
	if (!take_signed(more, at, &out->lo) || !take_signed(more, at, &out->hi) ||
	    !take_signed(more, at, &precision) || !take_signed(more, at, &basis) ||
	    precision < 0 || precision > RP_PRECISION_YEAR || basis < 0 ||
	    basis > RP_BASIS_USER)
		return false;
	out->precision = (enum rp_precision)precision;
	out->basis = (enum rp_basis)basis;
	return *at == more.n;
}

/* ---- posts, versions ---- */

enum rp_status
row_post(struct sql *sql, struct post *out, struct rp_error *err)
{
	struct rp_slice *const texts[POST_TEXTS] = { &out->url,      &out->context,
		                                     &out->place,    &out->zone,
		                                     &out->title,    &out->not_before,
		                                     &out->not_after };
	const struct rp_slice more = sql_slice(sql, 9);
	size_t at = 0;
	int kind;
	bool good = take_enum(sql, 2, KIND_ARTICLE, &kind);

	*out = (struct post){
		.id = sql_int(sql, 0),
		.key = sql_key(sql, 1, 0),
		.kind = (enum post_kind)kind,
		.author = sql_key(sql, 3, 1),
		.conversation = sql_key(sql, 8, 2),
	};
	good = take_time(sql, 4, &out->time) && good;
	good = take_texts(more, &at, texts, POST_TEXTS) && at == more.n && good;
	return good ? RP_OK : damaged(err, "post", out->id);
}

static enum rp_status
row_texts(struct sql *sql, struct version *out, struct rp_error *err)
{
	struct rp_slice *const texts[VERSION_TEXTS] = { &out->lang, &out->text_raw,
		                                        &out->mentions, &out->media,
		                                        &out->poll };
	struct rp_slice more = sql_slice(sql, 7);
	size_t at = 0;
	enum rp_status st = RP_OK;

	out->text = sql_slice(sql, 6);
	if (sql_is_null(sql, 6)) {
		buf_clear(&sql->unpacked);
		st = texts_read(sql->store, out->id, &sql->unpacked, &out->text, &more,
		                err);
	}
	if (st != RP_OK)
		return st;
	if (!take_texts(more, &at, texts, VERSION_TEXTS) ||
	    !take_printed(more, &at, &out->printed))
		return damaged(err, "version", out->id);
	return RP_OK;
}

enum rp_status
row_version(struct sql *sql, struct version *out, struct rp_error *err)
{
	struct rp_slice fingerprint = sql_slice(sql, 2);
	int flags;
	bool good = take_enum(sql, 5, 3, &flags) && fingerprint.n == FINGERPRINT_BYTES;

	*out = (struct version){
		.id = sql_int(sql, 0),
		.post = sql_int(sql, 1),
		.native = sql_key(sql, 3, 0),
		.as_of = sql_is_null(sql, 4) ? RP_TIME_UNKNOWN : sql_int(sql, 4),
		.truncated = (flags & 1) != 0,
		.damaged = (flags & 2) != 0,
	};
	if (!good)
		return damaged(err, "version", out->id);
	memcpy(out->fingerprint, fingerprint.p, FINGERPRINT_BYTES);
	return row_texts(sql, out, err);
}

enum rp_status
row_edge(struct sql *sql, struct edge *out, struct rp_error *err)
{
	int type, origin, confidence = 100;
	bool good = take_enum(sql, 2, EDGE_RESPONDS, &type);

	good = take_enum(sql, 3, ORIGIN_INFERRED, &origin) && good;
	if (!sql_is_null(sql, 4))
		good = take_enum(sql, 4, 100, &confidence) && good;
	*out = (struct edge){
		.child = sql_int(sql, 0),
		.parent = sql_int(sql, 1),
		.child_key = sql_key(sql, 6, 0),
		.parent_key = sql_key(sql, 7, 1),
		.type = (enum edge_type)type,
		.origin = (enum edge_origin)origin,
		.confidence_percent = confidence,
		.rule = sql_slice(sql, 5),
	};
	return good ? RP_OK : damaged(err, "an edge of post", out->child);
}

enum rp_status
row_state(struct sql *sql, struct state_note *out, struct rp_error *err)
{
	int state;

	if (!take_enum(sql, 1, STATE_NEVER_SEEN, &state))
		return damaged(err, "a state noted in capture", sql_int(sql, 4));
	*out = (struct state_note){
		.subject = sql_key(sql, 0, 0),
		.state = (enum post_state)state,
		.as_of = sql_int(sql, 2),
		.evidence = sql_slice(sql, 3),
		.capture = sql_int(sql, 4),
	};
	return RP_OK;
}

int64_t
row_as_of(int64_t as_of)
{
	if (as_of == RP_TIME_UNKNOWN)
		return 0;
	return as_of >= 0 && as_of < INT64_MAX ? as_of + 1 : as_of;
}

static int64_t
as_of_row(int64_t kept)
{
	if (kept == 0)
		return RP_TIME_UNKNOWN;
	return kept > 0 ? kept - 1 : kept;
}

enum rp_status
row_sighting(const struct sql *sql, struct sighting *out, struct rp_error *err)
{
	int64_t start = sql_int(sql, 3), bytes = sql_int(sql, 5);

	if (start < 0 || start > UINT32_MAX || bytes < 0 || bytes > UINT32_MAX)
		return damaged(err, "a sighting of post", sql_int(sql, 0));
	*out = (struct sighting){
		.post = sql_int(sql, 0),
		.capture = sql_int(sql, 1),
		.record = sql_int(sql, 2),
		.offset = (uint32_t)start,
		.version = sql_int(sql, 4),
		.bytes = (uint32_t)bytes,
		.as_of = as_of_row(sql_int(sql, 6)),
	};
	return RP_OK;
}

void
row_reject(const struct sql *sql, struct reject *out)
{
	*out = (struct reject){
		.capture = sql_int(sql, 0),
		.offset = (uint64_t)sql_int(sql, 1),
		.bytes = (uint64_t)sql_int(sql, 2),
		.line = (uint64_t)sql_int(sql, 3),
		.reason = sql_slice(sql, 4),
	};
}

int64_t
row_fold(struct rp_slice folded)
{
	return (int64_t)(hash_stable(folded) & INT32_MAX);
}

/* Nothing is looked up by an account's handle, so that the key's hash will do. */
void
row_account(struct sql *sql, struct account *out)
{
	const struct rp_slice key = sql_key(sql, 0, 0);

	*out = (struct account){
		.id = (int64_t)(hash_stable(key) >> 1 | 1),
		.key = key,
		.handle = sql_slice(sql, 1),
		.name = sql_slice(sql, 2),
		.first = sql_int(sql, 3),
		.last = sql_int(sql, sql_is_null(sql, 4) ? 3 : 4),
	};
}

/* ---- copies ---- */

/* Out's slices are replaced one after the other; NULL ends the list. */
static bool
copy_all(struct arena *arena, struct rp_slice *const *slices)
{
	for (; *slices != NULL; slices++)
		if (!arena_copy(arena, **slices, *slices))
			return false;
	return true;
}

enum rp_status
post_to_arena(struct arena *arena, const struct post *post, struct post *out,
              struct rp_error *err)
{
	struct post copy = *post;
	struct rp_slice *const slices[] = {
		&copy.key,       &copy.author,  &copy.conversation,
		&copy.url,       &copy.context, &copy.place,
		&copy.zone,      &copy.title,   &copy.not_before,
		&copy.not_after, NULL,
	};

	if (!copy_all(arena, slices))
		return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}

enum rp_status
capture_to_arena(struct arena *arena, const struct capture *capture, struct capture *out,
                 struct rp_error *err)
{
	struct capture copy = *capture;
	struct rp_slice *const slices[] = { &copy.name, &copy.format, &copy.options,
		                            NULL };

	if (!copy_all(arena, slices))
		return rp_fail_memory(err);
	*out = copy;
	return RP_OK;
}
