#include "core/ingest/compare.h"

#include <stdio.h>

enum { MAX_FINDINGS = 20 };

struct compare {
	struct store *held, *made;
	store_finding *tell;
	void *context;
	size_t findings;
	struct rp_buf text_held, text_made; /* what one row says, as bytes */
	struct rp_buf record;
};

static void
tell(struct compare *c, const char *what, struct rp_slice key)
{
	char sentence[KEY_MAX_BYTES + 100];

	if (c->findings++ >= MAX_FINDINGS)
		return;
	(void)snprintf(
		sentence, sizeof(sentence),
		"%s of %.*s not what the captures say (\"riposte rebuild\" mends it)",
		what, RP_FMT(key));
	c->tell(c->context, sentence);
}

/* ---- rows as bytes, without the store's handles ------------------------------- */

static void
add_text(struct rp_buf *out, struct rp_slice text)
{
	buf_printf(out, "%zu:", text.n);
	buf_add(out, text);
}

static void
add_number(struct rp_buf *out, int64_t number)
{
	buf_printf(out, "%lld ", (long long)number);
}

static void
add_time(struct rp_buf *out, struct rp_time t)
{
	add_number(out, t.lo);
	add_number(out, t.hi);
	add_number(out, (int64_t)t.precision);
	add_number(out, (int64_t)t.basis);
}

static void
add_post(struct rp_buf *out, const struct post *post)
{
	add_text(out, post->key);
	add_number(out, (int64_t)post->kind);
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
}

static void
add_version(struct rp_buf *out, const struct version *v)
{
	buf_add(out, rp_slice_from((const char *)v->fingerprint, FINGERPRINT_BYTES));
	add_text(out, v->native);
	add_text(out, v->text);
	add_text(out, v->text_raw);
	add_text(out, v->lang);
	add_text(out, v->mentions);
	add_text(out, v->media);
	add_text(out, v->poll);
	add_time(out, v->printed);
	add_number(out, v->as_of);
	add_number(out, v->truncated * 2 + v->damaged);
}

static void
add_edge(struct rp_buf *out, const struct edge *edge)
{
	add_text(out, edge->child_key);
	add_text(out, edge->parent_key);
	add_number(out, (int64_t)edge->type);
	add_number(out, (int64_t)edge->origin);
	add_number(out, edge->confidence_percent);
	add_text(out, edge->rule);
}

static void
add_state(struct rp_buf *out, const struct state_note *note)
{
	add_text(out, note->subject);
	add_number(out, (int64_t)note->state);
	add_number(out, note->as_of);
	add_text(out, note->evidence);
}

static void
add_account(struct rp_buf *out, const struct account *account)
{
	add_text(out, account->key);
	add_text(out, account->handle);
	add_text(out, account->name);
	add_number(out, account->first);
	add_number(out, account->last);
}

/* A sighting is the very bytes it points at, and where they stand in their record. */
static enum rp_status
add_sighting(struct compare *c, struct store *store, struct rp_buf *out,
             const struct sighting *sighting, struct rp_error *err)
{
	struct rp_slice bytes;
	enum rp_status st;

	add_number(out, sighting->version != 0);
	add_number(out, sighting->offset);
	add_number(out, sighting->as_of);
	buf_clear(&c->record);
	st = store_record_get(store, sighting->record, &c->record, err);
	if (st != RP_OK && st != RP_NOT_FOUND)
		return st;
	bytes = rp_slice_skip(buf_slice(&c->record), sighting->offset);
	if (sighting->bytes < bytes.n)
		bytes.n = sighting->bytes;
	add_text(out, bytes);
	return RP_OK;
}

static void
add_reject(struct rp_buf *out, const struct reject *reject)
{
	add_number(out, (int64_t)reject->offset);
	add_number(out, (int64_t)reject->bytes);
	add_number(out, (int64_t)reject->line);
	add_text(out, reject->reason);
}

/* The next row as bytes into out; RP_END after the last. */
static enum rp_status
next_row(struct compare *c, struct store *store, struct store_iter *it, enum scan_of of,
         union scan_row *row, struct rp_buf *out, struct rp_error *err)
{
	enum rp_status st = store_next(it, row, err);

	buf_clear(out);
	if (st != RP_OK)
		return st;
	switch (of) {
	case SCAN_POSTS:
		add_post(out, &row->post);
		break;
	case SCAN_VERSIONS:
		add_version(out, &row->version);
		break;
	case SCAN_ALIASES:
		add_text(out, row->key);
		break;
	case SCAN_PARENTS:
	case SCAN_CHILDREN:
		add_edge(out, &row->edge);
		break;
	case SCAN_STATES:
		add_state(out, &row->state);
		break;
	case SCAN_ACCOUNTS:
	case SCAN_HANDLES:
		add_account(out, &row->account);
		break;
	case SCAN_SIGHTINGS:
		return add_sighting(c, store, out, &row->sighting, err);
	case SCAN_REJECTS:
		add_reject(out, &row->reject);
		break;
	case SCAN_CONVERSATION:
	case SCAN_HANDLE_USERS:
	case SCAN_RUNS:
	case SCAN_RUN_PARTS:
	case SCAN_FOREIGN_RUNS:
	case SCAN_FOREIGN_PARTS:
	case SCAN_CAPTURES:
	case SCAN_AGAIN:
	case SCAN_CAPTURE_BYTES:
	case SCAN_SOURCES:
	case SCAN_COVERAGE:
	case SCAN_SOURCE_RUNS:
	case SCAN_SPENDING:
	case SCAN_LOOKS:
	case SCAN_GHOSTS:
		break;
	}
	return buf_failed(out) ? rp_fail_memory(err) : RP_OK;
}

/* ---- two scans side by side
 * ------------------------------------------------------------ */

/* All rows of a small scan equal?  What hangs on one post or account. */
static enum rp_status
compare_scan(struct compare *c, const struct scan *held_scan,
             const struct scan *made_scan, const char *what, struct rp_slice key,
             struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *held = NULL;
	CLEANUP(store_iter_close) struct store_iter *made = NULL;
	union scan_row row;
	enum rp_status a, b;

	if ((a = store_scan(c->held, held_scan, &held, err)) != RP_OK ||
	    (a = store_scan(c->made, made_scan, &made, err)) != RP_OK)
		return a;
	do {
		a = next_row(c, c->held, held, held_scan->of, &row, &c->text_held, err);
		if (a != RP_OK && a != RP_END)
			return a;
		b = next_row(c, c->made, made, made_scan->of, &row, &c->text_made, err);
		if (b != RP_OK && b != RP_END)
			return b;
		if (a != b ||
		    !rp_slice_eq(buf_slice(&c->text_held), buf_slice(&c->text_made))) {
			tell(c, what, key);
			return RP_OK;
		}
	} while (a == RP_OK);
	return RP_OK;
}

static enum rp_status
compare_one_post(struct compare *c, int64_t held, int64_t made, struct rp_slice key,
                 struct rp_error *err)
{
	static const struct {
		enum scan_of of;
		const char *what;
	} parts[] = {
		{ SCAN_VERSIONS, "the text" }, { SCAN_ALIASES, "the other ids" },
		{ SCAN_PARENTS, "the edges" }, { SCAN_CHILDREN, "the edges" },
		{ SCAN_STATES, "the state" },  { SCAN_SIGHTINGS, "the provenance" },
	};
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && st == RP_OK; i++) {
		const struct scan a = { .of = parts[i].of, .id = held, .key = key };
		const struct scan b = { .of = parts[i].of, .id = made, .key = key };

		st = compare_scan(c, &a, &b, parts[i].what, key, err);
	}
	return st;
}

static enum rp_status
compare_one_account(struct compare *c, struct rp_slice key, struct rp_error *err)
{
	const struct scan handles = { .of = SCAN_HANDLES, .key = key };
	const struct scan states = { .of = SCAN_STATES, .key = key };
	enum rp_status st = compare_scan(c, &handles, &handles, "the handles", key, err);

	return st == RP_OK ? compare_scan(c, &states, &states, "the state", key, err)
	                   : st;
}

static struct rp_slice
row_key(enum scan_of of, const union scan_row *row)
{
	return of == SCAN_POSTS ? row->post.key : row->account.key;
}

/* Every post, or every account, of both: what only one has is told, what both have
 * compared. */
static enum rp_status
compare_all(struct compare *c, enum scan_of of, struct rp_error *err)
{
	const struct scan scan = { .of = of };
	CLEANUP(store_iter_close) struct store_iter *held = NULL;
	CLEANUP(store_iter_close) struct store_iter *made = NULL;
	union scan_row a_row, b_row;
	enum rp_status a, b, st;

	if ((st = store_scan(c->held, &scan, &held, err)) != RP_OK ||
	    (st = store_scan(c->made, &scan, &made, err)) != RP_OK)
		return st;
	a = next_row(c, c->held, held, of, &a_row, &c->text_held, err);
	b = next_row(c, c->made, made, of, &b_row, &c->text_made, err);
	while ((a == RP_OK || b == RP_OK) && c->findings < MAX_FINDINGS) {
		int order = a != RP_OK   ? 1
		            : b != RP_OK ? -1
		                         : rp_slice_cmp(row_key(of, &a_row),
		                                        row_key(of, &b_row));

		if ((a != RP_OK && a != RP_END) || (b != RP_OK && b != RP_END))
			break;
		if (order < 0)
			tell(c, "the existence", row_key(of, &a_row));
		else if (order > 0)
			tell(c, "the absence", row_key(of, &b_row));
		else if (!rp_slice_eq(buf_slice(&c->text_held), buf_slice(&c->text_made)))
			tell(c, "the row", row_key(of, &a_row));
		if (order == 0) {
			st = of == SCAN_POSTS
			             ? compare_one_post(c, a_row.post.id, b_row.post.id,
			                                a_row.post.key, err)
			             : compare_one_account(c, a_row.account.key, err);
			if (st != RP_OK)
				return st;
		}
		if (order <= 0)
			a = next_row(c, c->held, held, of, &a_row, &c->text_held, err);
		if (order >= 0)
			b = next_row(c, c->made, made, of, &b_row, &c->text_made, err);
	}
	if (a != RP_OK && a != RP_END)
		return a;
	return b == RP_OK || b == RP_END ? RP_OK : b;
}

static enum rp_status
compare_text(struct compare *c, struct rp_error *err)
{
	struct sha256 held, made;
	enum rp_status st;

	if ((st = store_text_digest(c->held, &held, err)) != RP_OK ||
	    (st = store_text_digest(c->made, &made, err)) != RP_OK)
		return st;
	if (!sha256_eq(&held, &made)) {
		c->findings++;
		c->tell(c->context,
		        "the full-text index does not hold the words of the posts "
		        "(\"riposte rebuild\" mends it)");
	}
	return RP_OK;
}

enum rp_status
compare_derived(struct store *held, struct store *made, store_finding *tell_one,
                void *context, struct rp_error *err)
{
	const struct scan rejects = { .of = SCAN_REJECTS };
	struct compare c = {
		.held = held, .made = made, .tell = tell_one, .context = context
	};
	enum rp_status st;

	buf_init(&c.text_held, SIZE_MAX);
	buf_init(&c.text_made, SIZE_MAX);
	buf_init(&c.record, RECORD_MAX_BYTES);
	if ((st = compare_all(&c, SCAN_POSTS, err)) == RP_OK &&
	    (st = compare_all(&c, SCAN_ACCOUNTS, err)) == RP_OK &&
	    (st = compare_scan(&c, &rejects, &rejects, "the list",
	                       RP_SLICE("rejected records"), err)) == RP_OK)
		st = compare_text(&c, err);
	buf_done(&c.text_held);
	buf_done(&c.text_made);
	buf_done(&c.record);
	if (st == RP_OK && c.findings > 0)
		return rp_fail(err, RP_CORRUPT, "derived data differs from the captures");
	return st;
}
