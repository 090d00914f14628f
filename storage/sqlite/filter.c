/*
 * Filters as SQL: fixed fragments, everything of the user's bound.  Words become quoted
 * FTS5 strings, so that nothing in them means anything to FTS5.
 *
 * Without words or authors to start from, posts come off the index by time, in up to
 * three statements: an index knows where a span of time starts but not where it ends, so
 * spans that start before `since` have a small index of their own; and what has no time
 * comes last in either direction.
 */
#include "storage/sqlite/sqlite.h"

/* SQLite's expressions may be 1,000 deep. */
enum { HANDLES_MAX = 400, SQL_MAX_BYTES = 8 << 20 };

struct bind {
	bool is_number, is_text;
	int64_t number;
	struct rp_slice bytes;
};

struct filter_sql {
	struct arena *arena;
	struct rp_buf where;
	struct bind *binds;
	size_t n_binds, binds_cap;
	bool failed; /* out of memory */
};

static void
filter_sql_done(struct filter_sql *f)
{
	buf_done(&f->where);
}
DEFINE_CLEANUP_DONE(struct filter_sql, filter_sql_done);

static void
add_bind(struct filter_sql *f, struct bind bind)
{
	if (f->n_binds == f->binds_cap) {
		size_t cap = f->binds_cap ? f->binds_cap * 2 : 16;
		struct bind *grown =
			arena_grow(f->arena, f->binds, f->n_binds, cap, sizeof(*grown));

		if (grown == NULL) {
			f->failed = true;
			return;
		}
		f->binds = grown;
		f->binds_cap = cap;
	}
	f->binds[f->n_binds++] = bind;
}

static void
add_number(struct filter_sql *f, int64_t number)
{
	add_bind(f, (struct bind){ .is_number = true, .number = number });
}

static void
add_bytes(struct filter_sql *f, struct rp_slice bytes)
{
	struct bind bind = { .bytes = bytes };

	f->failed = !arena_copy(f->arena, bytes, &bind.bytes) || f->failed;
	add_bind(f, bind);
}

static void
add_key(struct filter_sql *f, struct rp_slice key)
{
	int64_t number;

	if (sql_key_number(key, &number))
		add_number(f, number);
	else
		add_bytes(f, key);
}

static void
add_sql(struct filter_sql *f, const char *fragment)
{
	buf_add_str(&f->where, fragment);
}

/* ---- conditions ---- */

/* Keys of a platform: from "x:" up to "x;"; most of X are numbers. */
static void
add_platform(struct filter_sql *f, const char *column, enum platform platform)
{
	struct rp_slice from, to;

	buf_printf(&f->where, "(%s>=? AND %s<?", column, column);
	if (platform == PLATFORM_X)
		buf_printf(&f->where, " OR typeof(%s)='integer'", column);
	add_sql(f, ")");

	if (!arena_printf(f->arena, &from, "%s:", platform_name(platform)) ||
	    !arena_printf(f->arena, &to, "%s;", platform_name(platform))) {
		f->failed = true;
		return;
	}
	add_bytes(f, from);
	add_bytes(f, to);
}

static void
add_platforms(struct filter_sql *f, unsigned platforms)
{
	bool any = false;

	if (platforms == 0)
		return;
	add_sql(f, " AND (");
	for (int p = PLATFORM_X; p <= PLATFORM_SAID; p++)
		if (platforms & (1u << p)) {
			if (any)
				add_sql(f, " OR ");
			add_platform(f, "p.key", (enum platform)p);
			any = true;
		}
	add_sql(f, any ? ")" : "0)"); /* of no platform is no post */
}

/* "x:@name?": accounts of that platform which have or had the handle. */
static void
add_handle(struct filter_sql *f, struct rp_slice key)
{
	struct rp_slice handle = rp_slice_skip(key_native(key), 1);
	struct rp_buf folded;

	handle.n--; /* the "?" */
	buf_init(&folded, KEY_MAX_BYTES + 1);
	derived_fold_handle(handle, &folded);
	f->failed = buf_failed(&folded) || f->failed;
	add_sql(f, "(h.fold=? AND CAST(lower(a.handle) AS BLOB)=? AND ");
	add_number(f, row_fold(buf_slice(&folded)));
	add_bytes(f, buf_slice(&folded));
	add_platform(f, "h.key", key_platform(key));
	add_sql(f, ")");
	buf_done(&folded);
}

static bool
is_handle(struct rp_slice key)
{
	return key_is_handle_only(key) && key.n <= KEY_MAX_BYTES &&
	       key_native(key).n > 2 && key_platform(key) != PLATFORM_NONE;
}

static enum rp_status
add_authors(struct filter_sql *f, const struct filter_authors *authors,
            struct rp_error *err)
{
	size_t handles = 0;

	/* The first value is the key of nobody, so that the list is never empty. */
	add_sql(f, authors->negated ? " AND (p.author IS NULL OR p.author NOT IN"
	                              " (VALUES(x'00')"
	                            : " AND (p.author IS NOT NULL AND p.author IN"
	                              " (VALUES(x'00')");
	for (size_t i = 0; i < authors->n; i++)
		if (authors->keys[i].n > 0) {
			add_sql(f, ",(?)");
			add_key(f, authors->keys[i]);
		}
	for (size_t i = 0; i < authors->n; i++)
		if (is_handle(authors->keys[i])) {
			add_sql(f,
			        handles++ == 0 ? " UNION ALL " SQL_HANDLE_USERS : " OR ");
			add_handle(f, authors->keys[i]);
		}
	add_sql(f, "))");
	return handles <= HANDLES_MAX
	               ? RP_OK
	               : rp_fail(err, RP_BAD_USAGE, "more than %d handles at once",
	                         (int)HANDLES_MAX);
}

/* A string of FTS5's: its words in order, the last one perhaps a beginning. */
static void
add_term(struct filter_sql *f, const struct filter_term *term)
{
	struct bind bind = { .is_text = true };
	struct rp_buf match;

	buf_init(&match, SQL_MAX_BYTES);
	buf_add_byte(&match, '"');
	for (size_t i = 0; i < term->text.n; i++) {
		char c = term->text.p[i];

		if (c == '"')
			buf_add_byte(&match, '"');
		buf_add_byte(&match, c == '\0' ? ' ' : c);
	}
	buf_add_str(&match, term->prefix ? "\"*" : "\"");
	f->failed = buf_failed(&match) ||
	            !arena_copy(f->arena, buf_slice(&match), &bind.bytes) || f->failed;
	buf_done(&match);
	add_sql(f, term->negated ? " AND p.id NOT IN" : " AND p.id IN");
	add_sql(f, " (SELECT v.post FROM words CROSS JOIN version v ON v.id=words.rowid"
	           " WHERE words MATCH ?)");
	add_bind(f, bind);
}

/*
 * A bound the post does not know is no obstacle; a post that knows neither is in no span
 * of time.
 */
static void
add_times(struct filter_sql *f, const struct filter *filter)
{
	const bool loose = filter->times == TIMES_LOOSE;

	if (filter->times == TIMES_EXACT)
		add_sql(f, " AND p.t_lo IS NOT NULL AND p.t_hi IS NULL");
	if (loose)
		add_sql(f, " AND (p.t_lo IS NULL OR p.t_hi IS NOT NULL)");
	if (filter->since == RP_TIME_UNKNOWN && filter->until == RP_TIME_UNKNOWN)
		return;
	add_sql(f, loose ? " AND (p.t_lo IS NULL AND p.t_hi IS NULL OR (1"
	                 : " AND NOT(p.t_lo IS NULL AND p.t_hi IS NULL)");
	if (filter->since != RP_TIME_UNKNOWN) {
		add_sql(f, " AND (p.t_hi=(-9223372036854775807-1)"
		           " OR ifnull(p.t_hi,p.t_lo)>=?)");
		add_number(f, filter->since);
	}
	if (filter->until != RP_TIME_UNKNOWN) {
		add_sql(f, " AND (p.t_lo<? OR p.t_lo IS NULL)");
		add_number(f, filter->until);
	}
	if (loose)
		add_sql(f, "))");
}

/* *starts_out: there is a condition that few posts can be found by. */
static enum rp_status
add_conditions(struct filter_sql *f, const struct filter *filter, bool *starts_out,
               struct rp_error *err)
{
	enum rp_status st = RP_OK;

	*starts_out = false;
	for (size_t i = 0; i < filter->n_terms; i++) {
		add_term(f, &filter->terms[i]);
		*starts_out = *starts_out || !filter->terms[i].negated;
	}
	for (size_t i = 0; st == RP_OK && i < filter->n_authors; i++) {
		st = add_authors(f, &filter->authors[i], err);
		*starts_out = *starts_out || !filter->authors[i].negated;
	}
	if (!filter->ghosts)
		add_sql(f, " AND p.kind<>0");
	add_platforms(f, filter->platforms);
	add_times(f, filter);
	return st;
}

/* ---- statements ---- */

static enum rp_status
open_bound(struct sqlite_store *s, const struct filter_sql *f, struct rp_slice text,
           const int64_t *first, size_t n_first, uint64_t limit, struct sql *out,
           struct rp_error *err)
{
	int at = 0;
	enum rp_status st = sql_open_text(s, text, out, err);

	if (st != RP_OK)
		return st;
	for (size_t i = 0; i < n_first; i++)
		sql_bind_int(out, ++at, first[i]);
	for (size_t i = 0; i < f->n_binds; i++) {
		const struct bind *bind = &f->binds[i];

		if (bind->is_number)
			sql_bind_int(out, ++at, bind->number);
		else if (bind->is_text)
			sql_bind_text(out, ++at, bind->bytes);
		else
			sql_bind_slice(out, ++at, bind->bytes);
	}
	sql_bind_int(out, ++at, limit == 0 || limit > INT64_MAX ? -1 : (int64_t)limit);
	return RP_OK;
}

/* One part of the posts, in order. */
struct part {
	const char *from, *where;
	int64_t first[2];
	size_t n_first;
};

static enum rp_status
open_part(struct sqlite_store *s, const struct filter_sql *f, const struct part *part,
          const char *order, uint64_t limit, struct sql *out, struct rp_error *err)
{
	struct rp_buf text;
	enum rp_status st;

	buf_init(&text, SQL_MAX_BYTES);
	buf_add_str(&text, "SELECT " SQL_POST_COLUMNS " FROM post p");
	buf_add_str(&text, part->from);
	buf_add_str(&text, " WHERE ");
	buf_add_str(&text, part->where);
	buf_add(&text, buf_slice(&f->where));
	buf_add_str(&text, order);
	buf_add_str(&text, " LIMIT ?");
	if (f->failed || buf_failed(&text) || buf_failed(&f->where))
		st = rp_fail_memory(err);
	else
		st = open_bound(s, f, buf_slice(&text), part->first, part->n_first, limit,
		                out, err);
	buf_done(&text);
	return st;
}

static size_t
parts_by_time(const struct filter *filter, struct part out[FILTER_STATEMENTS])
{
	const int64_t since = filter->since;
	const int64_t last =
		filter->until == RP_TIME_UNKNOWN ? INT64_MAX : filter->until - 1;
	const bool loose = filter->times == TIMES_LOOSE;
	const struct part reach_in = { " INDEXED BY post_span",
		                       "p.t_hi IS NOT NULL AND p.t_lo<?",
		                       { loose ? INT64_MAX : since },
		                       1 };
	const struct part start_in = {
		" INDEXED BY post_time", "p.t_lo>=? AND p.t_lo<=?", { since, last }, 2
	};
	const struct part no_start = {
		" INDEXED BY post_time", "p.t_lo IS NULL", { 0 }, 0
	};
	size_t n = 0;

	if (loose) {
		out[n++] = reach_in;
		out[n++] = no_start;
		return n;
	}
	if (filter->times == TIMES_EXACT) {
		out[n++] = start_in;
		return n;
	}
	if (since != RP_TIME_UNKNOWN && filter->order == ORDER_TIME)
		out[n++] = reach_in;
	out[n++] = start_in;
	if (since != RP_TIME_UNKNOWN && filter->order == ORDER_TIME_DOWN)
		out[n++] = reach_in;
	out[n++] = no_start;
	return n;
}

/* Posts of the same time: ids in the order in which they were given out. */
#define KEY_ORDER(down)                                                                  \
	"length(" SQL_KEY_TEXT("p.key") ")" down "," SQL_KEY_TEXT("p.key") down

static const char *
order_of(const struct filter *filter, bool all_at_once)
{
	switch (filter->order) {
	case ORDER_TIME:
		return all_at_once ? " ORDER BY p.t_lo IS "
		                     "NULL,p.t_lo,p.t_precision," KEY_ORDER("")
		                   : " ORDER BY p.t_lo,p.t_precision," KEY_ORDER("");
	case ORDER_TIME_DOWN:
		return all_at_once
		               ? " ORDER BY p.t_lo IS NULL,p.t_lo DESC,"
		                 "p.t_precision DESC," KEY_ORDER(" DESC")
		               : " ORDER BY p.t_lo DESC,p.t_precision DESC," KEY_ORDER(
					 " DESC");
	case ORDER_KEY:
		break;
	}
	return " ORDER BY " SQL_KEY_TEXT("p.key");
}

enum rp_status
sqlite_filter_open(struct sqlite_store *s, const struct filter *filter,
                   struct arena *arena, struct sql out[FILTER_STATEMENTS], size_t *n_out,
                   struct rp_error *err)
{
	CLEANUP(filter_sql_done) struct filter_sql f = { .arena = arena };
	struct part parts[FILTER_STATEMENTS] = { { "", "1", { 0 }, 0 } };
	size_t n = 1;
	bool starts;
	enum rp_status st;

	buf_init(&f.where, SQL_MAX_BYTES);
	st = add_conditions(&f, filter, &starts, err);
	if (filter->order != ORDER_KEY && !starts)
		n = parts_by_time(filter, parts);
	*n_out = 0;
	for (size_t i = 0; st == RP_OK && i < n; i++) {
		st = open_part(s, &f, &parts[i], order_of(filter, starts), filter->limit,
		               &out[i], err);
		if (st == RP_OK)
			*n_out = i + 1;
	}
	return st;
}
