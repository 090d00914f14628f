#include "core/collect/list.h"

#include "core/base/url.h"
#include "core/collect/links.h"
#include "core/collect/reader.h"

#include <stdlib.h>

enum {
	READ_BYTES = 128 << 10,
	BATCH_BYTES = 8 << 20,
	BATCH_RECORDS = 2000,
	/* Longer lines are taken in pieces, so that a record never names too many. */
	PIECE_BYTES = 64 << 10,
};

struct collector {
	struct reader reader;
	struct rp_buf window; /* the input from `base` on, as far as it was read */
	uint64_t base;
	size_t at;      /* of the window: everything before was looked at */
	uint64_t line;  /* number of the line at `at` */
	bool in_line;   /* `at` is inside of a line */
	bool met_first; /* the line that may be a title was met */
	bool over, broken, done;
	bool met_any; /* a post was named, or something rejected */
	struct list_table table;
};

static enum rp_status
read_more(struct collector *c, struct rp_error *err)
{
	return reader_more(&c->reader, &c->window, READ_BYTES, &c->over, &c->broken, err);
}

static struct collector *
list_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	buf_done(&c->window);
	free(c);
	return NULL;
}

static enum rp_status
list_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return rp_fail_memory(err);
	c->reader = input->reader;
	c->line = 1;
	buf_init(&c->window, BATCH_BYTES + PIECE_BYTES + 2 * READ_BYTES);
	*out = c;
	return RP_OK;
}

/* ---- what a piece names ------------------------------------------------------ */

/* The bytes of the input that are being looked at, a record as soon as they name one. */
struct piece {
	struct batch_lists *lists;
	struct rp_slice bytes;
	size_t at; /* in the batch's bytes */
	bool is_record;
};

static enum rp_status
add_ghost(struct piece *piece, struct rp_slice key, struct rp_slice author,
          struct rp_error *err)
{
	struct batch_lists *lists = piece->lists;
	struct batch_record *record;
	struct observation *o;

	if (!piece->is_record) {
		record = batch_add_record(lists);
		if (record == NULL)
			return rp_fail_memory(err);
		*record = (struct batch_record){ piece->at, piece->bytes.n, RECORD_LINE };
		piece->is_record = true;
	}
	o = batch_add_observation(lists);
	if (o == NULL)
		return rp_fail_memory(err);
	o->post.kind = KIND_GHOST;
	o->post.key = key;
	o->post.author = author;
	o->post.time = key_time(key);
	o->version.printed = RP_TIME_NONE;
	o->version.as_of = RP_TIME_UNKNOWN;
	o->record = lists->n_records - 1;
	o->bytes = (uint32_t)piece->bytes.n;
	return RP_OK;
}

static enum rp_status
take_addresses(struct piece *piece, struct rp_error *err)
{
	struct arena *arena = piece->lists->arena;
	struct rp_slice rest = piece->bytes, address;
	struct url_meaning meaning;
	enum rp_status st = RP_OK;

	while (st == RP_OK && links_next(&rest, &address)) {
		if (!url_meaning(arena, address, &meaning))
			return rp_fail_memory(err);
		if (meaning.kind == URL_POST && key_valid(meaning.key))
			st = add_ghost(piece, meaning.key, meaning.author, err);
	}
	return st;
}

static enum rp_status
take_id(struct collector *c, struct piece *piece, struct rp_slice id, bool sure,
        struct rp_error *err)
{
	struct rp_slice key;

	switch (list_judge_id(id, sure)) {
	case LIST_NO_ID:
		return RP_OK;
	case LIST_ROUNDED:
		c->met_any = true;
		return batch_reject(piece->lists, c->base + piece->at, piece->bytes.n,
		                    c->line,
		                    "a spreadsheet has rounded the id: its last digits "
		                    "are gone",
		                    err);
	case LIST_ID:
		break;
	}
	if (!key_make(piece->lists->arena, PLATFORM_X, id, &key))
		return rp_fail_memory(err);
	return add_ghost(piece, key, RP_SLICE(""), err);
}

/* A whole line, without blanks around it. */
static enum rp_status
take_line(struct collector *c, struct piece *piece, struct rp_error *err)
{
	const struct rp_slice line = piece->bytes;
	struct rp_slice key;

	if (!c->met_first) {
		c->met_first = true;
		c->table = list_table(line);
		if (c->table.has_ids)
			return RP_OK;
	}
	if (list_is_key(line)) {
		if (!arena_copy(piece->lists->arena, line, &key))
			return rp_fail_memory(err);
		return add_ghost(piece, key, RP_SLICE(""), err);
	}
	if (c->table.has_ids)
		return take_id(c, piece, list_id_field(&c->table, line), c->table.sure,
		               err);
	return take_id(c, piece, line, false, err);
}

static enum rp_status
take_piece(struct collector *c, size_t n, struct batch_lists *lists, struct rp_error *err)
{
	struct rp_slice bytes = rp_slice_from(c->window.p + c->at, n);
	struct piece piece = { .lists = lists };
	enum rp_status st = RP_OK;

	if (c->base + c->at == 0 && rp_slice_starts(bytes, RP_SLICE("\xef\xbb\xbf")))
		bytes = rp_slice_skip(bytes, 3);
	piece.bytes = rp_slice_trim(bytes);
	if (piece.bytes.n == 0)
		return RP_OK;
	piece.at = (size_t)(piece.bytes.p - c->window.p);
	if (!c->in_line)
		st = take_line(c, &piece, err);
	if (st == RP_OK && !(piece.is_record && list_is_key(piece.bytes)))
		st = take_addresses(&piece, err);
	c->met_any = c->met_any || piece.is_record;
	return st;
}

/* ---- pieces ------------------------------------------------------------------ */

/* What is longer than a piece ends behind its last blank, or before what begins a tag or
 * a field; 0: there is no such place, and it is no address either. */
static size_t
cut(struct rp_slice bytes)
{
	size_t n = bytes.n;

	while (n > 0 && (unsigned char)bytes.p[n - 1] > ' ' &&
	       !strchr("<>,;\"", bytes.p[n - 1]))
		n--;
	return n > 0 ? n : bytes.n;
}

/* The next line, or a piece of one.  *more_out: it has to be read first. */
static enum rp_status
step(struct collector *c, struct batch_lists *lists, bool *more_out, struct rp_error *err)
{
	struct rp_slice rest = rp_slice_skip(buf_slice(&c->window), c->at), front = rest;
	enum rp_status st;
	size_t n;
	bool ends;

	if (front.n > PIECE_BYTES)
		front.n = PIECE_BYTES;
	n = rp_slice_find_byte(front, '\n');
	ends = n < front.n;
	*more_out = !ends && rest.n <= PIECE_BYTES && !c->over;
	if (*more_out)
		return RP_OK;
	if (!ends && rest.n > PIECE_BYTES)
		n = cut(front);
	st = take_piece(c, n, lists, err);
	c->at += n + ends;
	c->line += ends;
	c->in_line = !ends;
	return st;
}

static enum rp_status
end_input(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	const uint64_t end = c->base + c->at;

	c->done = true;
	if (c->broken)
		return batch_reject(lists, end, 0, c->line, REASON_BROKEN_OFF, err);
	if (!c->met_any && end > 0)
		return batch_reject(lists, 0, end, 1, "no address or id of a post in it",
		                    err);
	return RP_OK;
}

static enum rp_status
list_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena };
	enum rp_status st = RP_OK;
	bool more;

	buf_drop(&c->window, c->at);
	c->base += c->at;
	c->at = 0;
	lists.offset = c->base;
	if (c->done)
		return RP_END;
	while (st == RP_OK && !c->done && c->at < BATCH_BYTES &&
	       lists.n_records < BATCH_RECORDS && lists.n_rejects < BATCH_RECORDS) {
		if (c->over && c->at == c->window.n)
			st = end_input(c, &lists, err);
		else if ((st = step(c, &lists, &more, err)) == RP_OK && more)
			st = read_more(c, err);
	}
	if (st != RP_OK)
		return st;
	batch_finish(&lists, batch);
	batch->bytes = rp_slice_from(c->window.p, c->at);
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}

/* ---- is it one? -------------------------------------------------------------- */

static bool
names_post(const struct list_table *table, struct rp_slice line)
{
	struct rp_slice rest = line, address;

	return list_is_key(line) || links_next(&rest, &address) ||
	       list_judge_id(table->has_ids ? list_id_field(table, line) : line,
	                     table->sure) == LIST_ID;
}

/*
 * Most lines of a list name a post.  Where fewer do it is a text about posts, which may
 * be something else as well: those who know better are asked first.
 */
static int
list_sniff(struct rp_slice head, const struct input *input)
{
	enum { BOOKMARKS = 70, MOSTLY = 40, NOT_MINE = 0 };
	struct list_table table = { .separator = 0 };
	size_t lines = 0, named = 0;
	bool first = true;

	(void)input;
	if (rp_slice_starts(head, RP_SLICE("\xef\xbb\xbf")))
		head = rp_slice_skip(head, 3);
	head = rp_slice_trim(head);
	if (rp_slice_starts(head, RP_SLICE("<!DOCTYPE NETSCAPE-Bookmark-file")))
		return BOOKMARKS;
	if (head.n == 0 || head.p[0] == '{' || head.p[0] == '<')
		return NOT_MINE;
	while (head.p) {
		struct rp_slice line = rp_slice_trim(rp_slice_cut(&head, '\n'));

		if (line.n == 0)
			continue;
		if (first)
			table = list_table(line);
		if (first && table.has_ids) {
			first = false;
			continue;
		}
		first = false;
		lines++;
		named += names_post(&table, line);
	}
	return named * 2 >= lines && named > 0 ? MOSTLY : NOT_MINE;
}

extern const struct collector_ops list_collector;

const struct collector_ops list_collector = {
	.name = "list",
	.summary = "addresses and ids of posts: text, tables, bookmarks",
	.sniff = list_sniff,
	.open = list_open,
	.next = list_next,
	.close = list_close,
};
