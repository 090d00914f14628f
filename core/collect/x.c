/*
 * Files of X posts, in every form in which people keep them.
 *
 * Each value of the stream is looked at by itself, so that one file may hold several
 * forms.  What becomes a record of its own: a v1.1 post with the posts inside it; of a v2
 * page each post, user, medium, poll and place.  All the rest is the skeleton.
 */
#include "core/collect/x.h"

#include "core/base/ascii.h"
#include "core/collect/items.h"
#include "core/collect/options.h"
#include "core/collect/x-archive.h"

#include <stdio.h>
#include <stdlib.h>

/* Of the file's beginning: enough for "window.YTD.deleted_tweet_headers.part0 = [". */
enum { HEAD_BYTES = 256 };

static const struct x_limits limits = { 8 << 20, 16000, RECORD_MAX_BYTES };

struct collector {
	struct x_limits limits;
	struct items items;
	struct x_names names;
	struct json_doc doc;
	struct map *index;
	struct x_archive archive;
	struct reader source; /* behind its head */
	char head[HEAD_BYTES];
	size_t n_head, given; /* of the head */
	enum rp_status head_ended;
	struct rp_error head_error;
	int64_t fetched; /* see struct x_value */
	bool is_answer;  /* see struct x_value */
	struct rp_slice asked;
	bool loss_told;
	struct rp_error failed; /* told once what was read before it is handed over */
};

/* ---- one batch ------------------------------------------------------------- */

struct mark {
	size_t records, observations, accounts, states, rejects;
};

static struct mark
mark(const struct x_batch *b)
{
	return (struct mark){ b->records.n, b->observations.n, b->accounts.n, b->states.n,
		              b->rejects.n };
}

static void
back_to(struct x_batch *b, struct mark m)
{
	b->records.n = m.records;
	b->observations.n = m.observations;
	b->accounts.n = m.accounts;
	b->states.n = m.states;
	b->rejects.n = m.rejects;
}

static void
reject_item(struct x_batch *b, const struct item *item, struct rp_slice reason)
{
	struct reject *reject = x_add(b, &b->rejects, sizeof(*reject));

	if (reject == NULL)
		return;
	reject->offset = item->offset;
	reject->bytes = item->bytes;
	reject->line = item->line;
	reject->reason = reason;
}

static void
reject_because(struct x_batch *b, const struct item *item, const char *reason)
{
	struct rp_slice copy = RP_SLICE("");

	if (!arena_copy(b->arena, rp_slice_str(reason), &copy))
		b->full = true;
	reject_item(b, item, copy);
}

static bool
is_separator(char c)
{
	return ascii_is_blank(c) || c == ',' || c == ';' || c == ']';
}

/* Garbage comes in pieces; a stretch of it is one reject. */
static void
reject_garbage(struct x_batch *b, const struct items *items, const struct item *item)
{
	struct reject *last = b->rejects.items;
	size_t at = item->at;

	while (at > 0 && is_separator(items->window[at - 1]))
		at--;
	last += b->rejects.n;
	if (b->rejects.n > 0 && rp_slice_eq(last[-1].reason, RP_SLICE(ITEMS_GARBAGE)) &&
	    last[-1].offset + last[-1].bytes == items->offset + at)
		last[-1].bytes = item->offset + item->bytes - last[-1].offset;
	else
		reject_item(b, item, RP_SLICE(ITEMS_GARBAGE));
}

static void
read_json(struct collector *c, struct x_batch *b, const struct item *item)
{
	struct x_value value = {
		.batch = b,
		.names = &c->names,
		.doc = &c->doc,
		.archive = &c->archive,
		.at = item->at,
		.offset = item->offset,
		.line = item->line,
		.fetched = c->fetched,
		.as_of = c->fetched,
		.is_answer = c->is_answer,
		.asked = c->asked,
		.latest = RP_TIME_UNKNOWN,
		.index = c->index,
		.includes = JSON_NONE,
	};
	struct rp_error why;
	enum rp_status st = json_parse(&c->doc, item->value, &why);

	if (st == RP_FAILED)
		b->full = true;
	else if (st != RP_OK)
		reject_because(b, item, why.text);
	else
		x_read(&value);
}

static void
read_item(struct collector *c, struct x_batch *b, const struct item *item)
{
	struct rp_error why;

	if (item->kind == ITEM_GARBAGE) {
		reject_garbage(b, &c->items, item);
	} else if (!items_problem(&c->items, item, &why)) {
		read_json(c, b, item);
	} else {
		reject_because(b, item, why.text);
		c->loss_told |= item->kind == ITEM_CUT && c->items.broken;
	}
}

/* The end that a broken reader made, unless a record was cut off by it. */
static void
tell_loss(struct collector *c, struct x_batch *b)
{
	struct item end = { .offset = c->items.offset + c->items.done,
		            .line = c->items.line };

	if (!c->items.broken || c->loss_told)
		return;
	c->loss_told = true;
	reject_item(b, &end, RP_SLICE(REASON_BROKEN_OFF));
}

static void
hand_over(const struct x_batch *b, const struct items *items, struct batch *out)
{
	out->offset = items->offset;
	out->bytes = items_bytes(items);
	out->records = b->records.items;
	out->n_records = b->records.n;
	out->observations = b->observations.items;
	out->n_observations = b->observations.n;
	out->accounts = b->accounts.items;
	out->n_accounts = b->accounts.n;
	out->states = b->states.items;
	out->n_states = b->states.n;
	out->rejects = b->rejects.items;
	out->n_rejects = b->rejects.n;
}

/*
 * Read one value.  false: it does not fit into what is left of the arena and was put back
 * for the next batch.  Alone in a batch and still too much, it is rejected.
 */
static bool
take_item(struct collector *c, struct x_batch *b, const struct item *item, bool alone)
{
	struct mark before = mark(b);

	read_item(c, b, item);
	if (!b->full)
		return true;
	back_to(b, before);
	b->full = false;
	if (!alone) {
		items_back(&c->items, item);
		return false;
	}
	/* Room for one was made before anything else. */
	reject_item(b, item, RP_SLICE("needs more memory to read than a batch may have"));
	return true;
}

static enum rp_status
x_next(struct collector *c, struct batch *out, struct rp_error *err)
{
	struct x_batch b = { .arena = out->arena, .latest = RP_TIME_UNKNOWN };
	struct item item;
	enum rp_status st = RP_OK;
	bool alone = true;

	if (c->failed.status != RP_OK)
		return rp_fail(err, c->failed.status, "%s", c->failed.text);
	if (x_add(&b, &b.rejects, sizeof(struct reject)) == NULL)
		return rp_fail_memory(err);
	b.rejects.n = 0;
	items_begin(&c->items);
	while (b.records.n < c->limits.batch_records &&
	       (st = items_next(&c->items, &item, &c->failed)) == RP_OK) {
		if (!take_item(c, &b, &item, alone))
			break;
		alone = false;
	}
	c->failed.status = st == RP_END ? RP_OK : st;
	if (c->failed.status != RP_OK && b.records.n == 0 && b.rejects.n == 0)
		return rp_fail(err, st, "%s", c->failed.text);
	if (st == RP_END && c->items.over && c->items.done == c->items.n)
		tell_loss(c, &b);
	x_archive_owner(&b, &c->archive);
	hand_over(&b, &c->items, out);
	return out->bytes.n == 0 && out->n_rejects == 0 ? RP_END : RP_OK;
}

/* ---- opening --------------------------------------------------------------- */

static struct collector *
x_close(struct collector *c)
{
	if (c != NULL) {
		items_done(&c->items);
		json_done(&c->doc);
		map_free(c->index);
		x_archive_done(&c->archive);
	}
	free(c);
	return NULL;
}

/* The head is looked at before the first value is; what it ended with comes behind it. */
static void
fill_head(struct collector *c)
{
	size_t n;

	while (c->n_head < HEAD_BYTES && c->head_ended == RP_OK) {
		c->head_ended =
			c->source.read(c->source.context, c->head + c->n_head,
		                       HEAD_BYTES - c->n_head, &n, &c->head_error);
		c->n_head += c->head_ended == RP_OK ? n : 0;
	}
}

static enum rp_status
read_behind_head(void *context, char *into, size_t size, size_t *n_out,
                 struct rp_error *err)
{
	struct collector *c = context;
	const size_t left = c->n_head - c->given;

	if (left == 0 && c->head_ended == RP_OK)
		return c->source.read(c->source.context, into, size, n_out, err);
	if (left == 0)
		return c->head_ended == RP_END
		               ? RP_END
		               : rp_fail(err, c->head_ended, "%s", c->head_error.text);
	*n_out = left < size ? left : size;
	memcpy(into, c->head + c->given, *n_out);
	c->given += *n_out;
	return RP_OK;
}

/* Whom a look-up was about; what is said without a name is meant for that one. */
static bool
read_asked(struct collector *c, struct rp_slice options)
{
	struct rp_slice key, value, asked = RP_SLICE("");
	size_t n = 0;

	while (options_next(&options, &key, &value))
		if (rp_slice_eq(key, RP_SLICE("asked"))) {
			asked = value;
			n++;
		}
	c->is_answer = n > 0;
	return n != 1 || arena_copy(c->archive.arena, asked, &c->asked);
}

enum rp_status
x_open_limited(const struct input *input, const struct x_limits *own,
               struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));
	const struct reader reader = { read_behind_head, c };
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	c->source = input->reader;
	c->limits = *own;
	c->fetched = options_as_of(input->options);
	json_init(&c->doc);
	x_shape_names(&c->names);
	x1_names(&c->names);
	x2_names(&c->names);
	x_user_names(&c->names);
	x_entity_names(&c->names);
	x_problem_names(&c->names);
	x_scraped_names(&c->names);
	c->index = map_new();
	st = c->index ? items_init(&c->items, &reader, own->batch_bytes, own->item_bytes,
	                           err)
	              : rp_fail_memory(err);
	fill_head(c);
	if (st == RP_OK)
		st = x_archive_init(&c->archive, input, rp_slice_from(c->head, c->n_head),
		                    err);
	if (st == RP_OK && !read_asked(c, input->options))
		st = rp_fail_memory(err);
	if (st != RP_OK) {
		x_close(c);
		return st;
	}
	*out = c;
	return RP_OK;
}

static enum rp_status
x_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	return x_open_limited(input, &limits, out, err);
}

/* Names that hardly stand in other people's JSON. */
static const struct rp_slice marks[] = {
	RP_LIT("\"id_str\""),
	RP_LIT("\"full_text\""),
	RP_LIT("\"author_id\""),
	RP_LIT("\"conversation_id\""),
	RP_LIT("\"edit_history_tweet_ids\""),
	RP_LIT("\"edit_history_post_ids\""),
	RP_LIT("\"__twarc\""),
	RP_LIT("\"referenced_tweets\""),
	RP_LIT("\"referenced_posts\""),
	RP_LIT("\"in_reply_to_status_id\""),
	RP_LIT("\"statuses\""),
	RP_LIT("/2/problems/"),
	RP_LIT("\"rawContent\""),
	RP_LIT("snscrape.modules.twitter"),
	RP_LIT("\"tweet_id\""),
	RP_LIT("\"source_platform\":\"twitter.com\""),
	RP_LIT("\"source_platform\":\"x.com\""),
};

/* "[section]" and "[12:01:02]" are none. */
static bool
begins_json(struct rp_slice start)
{
	const struct rp_slice behind = rp_slice_trim(rp_slice_skip(start, 1));

	return rp_slice_starts(start, RP_SLICE("{")) ||
	       (rp_slice_starts(start, RP_SLICE("[")) &&
	        (behind.n == 0 || strchr("{[\"]", behind.p[0]) != NULL));
}

static int
x_sniff(struct rp_slice head, const struct input *input)
{
	struct rp_slice start = rp_slice_trim(rp_slice_skip(head, json_bom(head)));
	const bool json = begins_json(start) || x_archive_begins(start);

	(void)input;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (rp_slice_find(head, marks[i]) < head.n)
			return json ? 90 : 30; /* a log line in front, perhaps */
	if (rp_slice_starts(start, RP_SLICE("window.YTD.")) ||
	    rp_slice_starts(start, RP_SLICE("window.__THAR_CONFIG")) ||
	    rp_slice_starts(start, RP_SLICE("Grailbird.data.")))
		return 60;
	return json && !rp_slice_starts(start, RP_SLICE("var ")) ? 10 : 0;
}

const struct collector_ops x_collector = {
	.name = "x",
	.summary = "posts of X: API v1.1 and v2, twarc, JSON Lines or arrays",
	.sniff = x_sniff,
	.open = x_open,
	.next = x_next,
	.close = x_close,
};
