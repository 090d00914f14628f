/*
 * tweets.csv of the archives that X handed out until 2018: a table, one post a row, whose
 * texts may have line breaks in them (RFC 4180).
 *
 * It tells less than the files in data/js/tweets beside it, and is read where those are
 * not there.
 */
#include "core/base/buf.h"
#include "core/collect/lists.h"
#include "core/collect/options.h"
#include "core/collect/reader.h"
#include "core/collect/x-text.h"
#include "core/model/key.h"

#include <stdlib.h>

enum {
	BATCH_BYTES = 8 << 20,
	BATCH_ROWS = 16000,
	READ_BYTES = 256 << 10,
	CELLS_MAX = 64,
	LINKS_MAX = 64,
};

enum column {
	ID,
	REPLY_ID,
	REPLY_USER,
	TIMESTAMP,
	TEXT,
	REPOSTED_ID,
	REPOSTED_USER,
	URLS,
	COLUMNS
};

static const char *const column_names[COLUMNS] = {
	[ID] = "tweet_id",
	[REPLY_ID] = "in_reply_to_status_id",
	[REPLY_USER] = "in_reply_to_user_id",
	[TIMESTAMP] = "timestamp",
	[TEXT] = "text",
	[REPOSTED_ID] = "retweeted_status_id",
	[REPOSTED_USER] = "retweeted_status_user_id",
	[URLS] = "expanded_urls",
};

struct collector {
	struct reader reader;
	struct rp_buf window;
	size_t done; /* of the window, in the batch before */
	uint64_t offset, line;
	bool over, broken, told;
	int at[COLUMNS]; /* which cell; -1: none */
	bool has_header;
	struct arena *arena; /* of: */
	struct rp_slice account, handle, name;
};

/* A row while it is read. */
struct row {
	struct batch_lists *lists;
	const struct collector *c;
	struct rp_slice bytes; /* without its line end */
	size_t at;             /* in the batch */
	uint64_t line;
	struct rp_slice cells[CELLS_MAX];
	size_t n;
};

/* ---- rows ----------------------------------------------------------------------- */

/* Where the row ends, behind its newline; 0: not here. */
static size_t
row_end(struct rp_slice text, bool over)
{
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '"')
			quoted = !quoted;
		else if (text.p[i] == '\n' && !quoted)
			return i + 1;
	return over ? text.n : 0;
}

static uint64_t
count_lines(struct rp_slice text)
{
	uint64_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* Where the quote that begins at 0 ends: the last byte of the cell, or the text's end. */
static size_t
quote_end(struct rp_slice text)
{
	size_t i = 1;

	for (; i < text.n; i++)
		if (text.p[i] == '"') {
			if (i + 1 == text.n || text.p[i + 1] != '"')
				break;
			i++;
		}
	return i;
}

/* One cell off the front; "" inside of quotes is one quote. */
static bool
take_cell(struct arena *arena, struct rp_slice *rest, struct rp_slice *out)
{
	size_t n = 0, end;
	char *into;

	if (!rp_slice_starts(*rest, RP_SLICE("\""))) {
		*out = rp_slice_cut(rest, ',');
		return true;
	}
	end = quote_end(*rest);
	if ((into = arena_alloc(arena, end)) == NULL)
		return false;
	for (size_t i = 1; i < end; i++) {
		into[n++] = rest->p[i];
		i += rest->p[i] == '"';
	}
	*rest = rp_slice_skip(*rest, end + 1);
	(void)rp_slice_cut(rest, ',');
	*out = rp_slice_from(into, n);
	return true;
}

static bool
take_cells(struct row *row)
{
	struct rp_slice rest = row->bytes;

	for (row->n = 0; row->n < CELLS_MAX && rest.n > 0; row->n++)
		if (!take_cell(row->lists->arena, &rest, &row->cells[row->n]))
			return false;
	return true;
}

static struct rp_slice
cell(const struct row *row, enum column column)
{
	const int at = row->c->at[column];

	return at >= 0 && (size_t)at < row->n ? rp_slice_trim(row->cells[at])
	                                      : RP_SLICE("");
}

static void
read_header(struct collector *c, const struct row *row)
{
	for (size_t column = 0; column < COLUMNS; column++) {
		c->at[column] = -1;
		for (size_t i = 0; i < row->n; i++)
			if (rp_slice_eq(rp_slice_trim(row->cells[i]),
			                rp_slice_str(column_names[column])))
				c->at[column] = (int)i;
	}
	c->has_header = true;
}

/* ---- posts ---------------------------------------------------------------------- */

static bool
is_id(struct rp_slice text)
{
	uint64_t ignored;

	return text.n > 0 && rp_slice_u64(text, &ignored);
}

static bool
key_of(struct row *row, const char *front, struct rp_slice id, struct rp_slice *out)
{
	*out = RP_SLICE("");
	return !is_id(id) || arena_join(row->lists->arena, rp_slice_str(front), id, out);
}

static bool
is_medium(struct rp_slice url, struct rp_slice id)
{
	const size_t at = rp_slice_find(url, id);

	return at < url.n &&
	       (rp_slice_starts(rp_slice_skip(url, at + id.n), RP_SLICE("/photo/")) ||
	        rp_slice_starts(rp_slice_skip(url, at + id.n), RP_SLICE("/video/")));
}

/*
 * The addresses are in the order of the links in the text; where there are as many of one
 * as of the other, they belong together.
 */
static size_t
pair_links(const struct row *row, struct rp_slice text, struct x_link *links)
{
	struct rp_slice urls = cell(row, URLS), rest = text;
	size_t n = 0, n_urls = 0, at, end;

	while (n < LINKS_MAX) {
		at = rp_slice_find(rest, RP_SLICE("://t.co/"));
		if (at == rest.n)
			break;
		while (at > 0 &&
		       ((rest.p[at - 1] | 0x20) >= 'a' && (rest.p[at - 1] | 0x20) <= 'z'))
			at--;
		for (end = at; end < rest.n && (unsigned char)rest.p[end] > ' ' &&
		               (unsigned char)rest.p[end] < 0x7f;)
			end++;
		links[n++] =
			(struct x_link){ .start = -1,
			                 .url = rp_slice_from(rest.p + at, end - at) };
		rest = rp_slice_skip(rest, end);
	}
	for (; urls.n > 0 && n_urls < n; n_urls++) {
		links[n_urls].expanded = rp_slice_cut(&urls, ',');
		if (is_medium(links[n_urls].expanded, cell(row, ID)))
			links[n_urls].use = X_LINK_MEDIA;
	}
	return urls.n == 0 && n_urls == n ? n : 0;
}

static bool
read_text(struct row *row, bool reply, struct version *version)
{
	struct x_link links[LINKS_MAX];
	struct x_words words = { .text = cell(row, TEXT),
		                 .links = links,
		                 .from = -1,
		                 .to = -1,
		                 .reply = reply };
	bool cut = false;

	words.n_links = pair_links(row, words.text, links);
	if (!x_text_clean(&words, row->lists->arena, &version->text, &cut))
		return false;
	version->truncated = cut;
	if (!rp_slice_eq(version->text, words.text))
		version->text_raw = words.text;
	return true;
}

/* Another post, of which the row tells the id, and perhaps whose it is. */
static bool
add_reference(struct row *row, struct observed_edge *edge, enum edge_type type,
              enum column id, enum column user)
{
	struct observation *ghost;
	struct rp_slice author;

	*edge = (struct observed_edge){ .type = type, .origin = ORIGIN_PLATFORM };
	if (!key_of(row, "x:", cell(row, id), &edge->parent) ||
	    !key_of(row, "x:@", cell(row, user), &author))
		return false;
	if (edge->parent.n == 0 || author.n == 0)
		return true;
	if ((ghost = batch_add_observation(row->lists)) == NULL)
		return false;
	ghost->post.kind = KIND_GHOST;
	ghost->post.key = edge->parent;
	ghost->post.author = author;
	ghost->post.time = post_x_time(edge->parent, RP_TIME_NONE);
	ghost->version.printed = RP_TIME_NONE;
	ghost->version.as_of = RP_TIME_UNKNOWN;
	ghost->record = row->lists->n_records - 1;
	ghost->bytes = (uint32_t)row->bytes.n;
	return true;
}

static enum rp_status
read_post(struct row *row, struct rp_error *err)
{
	const bool reply = is_id(cell(row, REPLY_ID));
	const bool repost = is_id(cell(row, REPOSTED_ID));
	struct observation o = { .post.kind = repost ? KIND_REPOST : KIND_POST };
	struct observed_edge *edges = arena_array(row->lists->arena, 2, sizeof(*edges));
	struct batch_record *record = batch_add_record(row->lists);
	struct observation *added;

	if (edges == NULL || record == NULL)
		return rp_fail_memory(err);
	*record = (struct batch_record){ row->at, row->bytes.n, RECORD_LINE };
	o.record = row->lists->n_records - 1;
	o.bytes = (uint32_t)row->bytes.n;
	o.version.printed = RP_TIME_NONE;
	o.version.as_of = RP_TIME_UNKNOWN;
	(void)rp_time_read_x(cell(row, TIMESTAMP), &o.version.printed);
	if (!key_of(row, "x:", cell(row, ID), &o.post.key) ||
	    !key_of(row, "x:@", row->c->account, &o.post.author) ||
	    !read_text(row, reply, &o.version))
		return rp_fail_memory(err);
	o.post.time = post_x_time(o.post.key, o.version.printed);
	o.edges = edges;
	if (reply &&
	    !add_reference(row, &edges[o.n_edges++], EDGE_REPLY, REPLY_ID, REPLY_USER))
		return rp_fail_memory(err);
	if (repost && !add_reference(row, &edges[o.n_edges++], EDGE_REPOST, REPOSTED_ID,
	                             REPOSTED_USER))
		return rp_fail_memory(err);
	if ((added = batch_add_observation(row->lists)) == NULL)
		return rp_fail_memory(err);
	*added = o;
	return RP_OK;
}

static enum rp_status
reject_row(const struct row *row, const char *reason, struct rp_error *err)
{
	return batch_reject(row->lists, row->lists->offset + row->at, row->bytes.n,
	                    row->line, reason, err);
}

static enum rp_status
read_row(struct collector *c, struct row *row, struct rp_error *err)
{
	if (rp_slice_trim(row->bytes).n == 0)
		return RP_OK;
	if (row->bytes.n > RECORD_MAX_BYTES)
		return reject_row(row, "longer than 16 MB: a quote that does not close?",
		                  err);
	if (!take_cells(row))
		return rp_fail_memory(err);
	if (!c->has_header) {
		read_header(c, row);
		if (c->at[ID] >= 0 && c->at[TEXT] >= 0)
			return RP_OK;
		return reject_row(row, "no header with tweet_id and text", err);
	}
	if (!is_id(cell(row, ID)))
		return reject_row(row, "no id in the column tweet_id", err);
	return read_post(row, err);
}

/* ---- batches -------------------------------------------------------------------- */

static enum rp_status
read_more(struct collector *c, struct rp_error *err)
{
	return reader_more(&c->reader, &c->window, READ_BYTES, &c->over, &c->broken, err);
}

/* So much that the batch's last row does not depend on how the bytes come in. */
static enum rp_status
fill(struct collector *c, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	buf_drop(&c->window, c->done);
	c->offset += c->done;
	c->done = 0;
	while (st == RP_OK && !c->over && c->window.n <= BATCH_BYTES)
		st = read_more(c, err);
	return st;
}

static enum rp_status
take_rows(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	size_t n, rows = 0;

	while (st == RP_OK && c->done < c->window.n && rows++ < BATCH_ROWS) {
		const struct rp_slice left =
			rp_slice_skip(buf_slice(&c->window), c->done);
		struct row row = { .lists = lists, .c = c, .line = c->line };

		n = row_end(left, c->over);
		if (n == 0 && left.n > RECORD_MAX_BYTES)
			n = left.n;
		if (c->done > 0 && (n == 0 || c->done + n > BATCH_BYTES))
			return RP_OK; /* the next batch begins with it */
		if (n == 0) {
			st = read_more(c, err); /* as long as it may be a record */
			continue;
		}
		row.bytes = rp_slice_from(left.p, n);
		row.at = c->done;
		if (c->offset == 0 && c->done == 0 &&
		    rp_slice_starts(row.bytes, RP_SLICE("\xef\xbb\xbf"))) {
			row.bytes = rp_slice_skip(row.bytes, 3);
			row.at += 3;
		}
		while (row.bytes.n > 0 && (row.bytes.p[row.bytes.n - 1] == '\n' ||
		                           row.bytes.p[row.bytes.n - 1] == '\r'))
			row.bytes.n--;
		st = read_row(c, &row, err);
		c->line += count_lines(rp_slice_from(left.p, n));
		c->done += n;
	}
	return st;
}

static enum rp_status
add_owner(const struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	struct account *account;

	if (c->account.n == 0 || lists->n_observations == 0)
		return RP_OK;
	if ((account = batch_add_account(lists)) == NULL ||
	    !arena_join(lists->arena, RP_SLICE("x:@"), c->account, &account->key))
		return rp_fail_memory(err);
	account->handle = c->handle;
	account->name = c->name;
	account->first = account->last = RP_TIME_UNKNOWN;
	return RP_OK;
}

static enum rp_status
csv_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena };
	enum rp_status st = fill(c, err);

	lists.offset = batch->offset = c->offset;
	if (st == RP_OK)
		st = take_rows(c, &lists, err);
	if (st == RP_OK)
		st = add_owner(c, &lists, err);
	if (st == RP_OK && c->broken && !c->told && c->done == c->window.n) {
		c->told = true;
		st = batch_reject(&lists, c->offset + c->done, 0, c->line,
		                  REASON_BROKEN_OFF, err);
	}
	if (st != RP_OK)
		return st;
	batch->bytes = rp_slice_from(c->window.p, c->done);
	batch_finish(&lists, batch);
	return batch->bytes.n == 0 && lists.n_rejects == 0 ? RP_END : RP_OK;
}

static struct collector *
csv_close(struct collector *c)
{
	if (c != NULL) {
		buf_done(&c->window);
		arena_free(c->arena);
	}
	free(c);
	return NULL;
}

static enum rp_status
csv_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return rp_fail_memory(err);
	c->reader = input->reader;
	c->line = 1;
	buf_init(&c->window, RECORD_MAX_BYTES + BATCH_BYTES + 2 * READ_BYTES);
	c->arena = arena_new(1 << 16);
	if (c->arena == NULL ||
	    !arena_copy(c->arena, options_get(input->options, RP_SLICE("account")),
	                &c->account) ||
	    !arena_copy(c->arena, options_get(input->options, RP_SLICE("handle")),
	                &c->handle) ||
	    !arena_copy(c->arena, options_get(input->options, RP_SLICE("name")),
	                &c->name)) {
		csv_close(c);
		return rp_fail_memory(err);
	}
	*out = c;
	return RP_OK;
}

static int
csv_sniff(struct rp_slice head, const struct input *input)
{
	(void)input;
	if (rp_slice_starts(head, RP_SLICE("\xef\xbb\xbf")))
		head = rp_slice_skip(head, 3);
	if (rp_slice_starts(head, RP_SLICE("\"")))
		head = rp_slice_skip(head, 1);
	return rp_slice_starts(head, RP_SLICE("tweet_id\",\"in_reply_to_status_id")) ||
	                       rp_slice_starts(head,
	                                       RP_SLICE("tweet_id,in_reply_to_status_id"))
	               ? 95
	               : 0;
}

const struct collector_ops x_archive_collector = {
	.name = "x-archive",
	.summary = "tweets.csv of X archives until 2018",
	.sniff = csv_sniff,
	.open = csv_open,
	.next = csv_next,
	.close = csv_close,
};
