/*
 * The feed collector: a document read as a whole, and handed out in batches.
 *
 * Each entry's own bytes are a record, so that a feed that is asked for every quarter of
 * an hour costs what is new in it.  Where the bytes of the entries cannot be told
 * (UTF-16), the document is one record.
 */
#include "core/collect/feed-fields.h"
#include "core/collect/feed-post.h"

#include "core/base/date.h"
#include "core/base/map.h"
#include "core/collect/options.h"
#include "core/collect/whole.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum {
	FEED_BYTES = 256 << 20, /* memory of a feed that was read: some 300,000 entries */
	BATCH_RECORDS = 1000,
	BATCH_BYTES = 2 << 20, /* of entries: their HTML takes ten times as much */
};

struct collector {
	struct whole whole;
	struct arena *arena;
	struct zone *zone;
	struct rp_slice url, name;
	struct feed feed;
	struct feed_source source;
	bool *older;     /* of each entry: another one of the same id is newer */
	bool by_entries; /* each entry has bytes of its own */
	bool read, given_all;
	size_t next; /* entry */
	size_t at;   /* everything of the document before was handed out */
	struct rp_slice bytes;
};

/* ---- opening ------------------------------------------------------------------------
 */

static struct collector *
feed_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	whole_done(&c->whole);
	arena_free(c->arena);
	zone_close(c->zone);
	free(c->older);
	free(c);
	return NULL;
}

static enum rp_status
open_settings(struct collector *c, const struct input *input, struct rp_error *err)
{
	const struct rp_slice zone = options_get(input->options, RP_SLICE("tz"));
	enum rp_status st = options_check(input->options, err);

	if (st == RP_OK && zone.n > 0)
		st = zone_open(zone, &c->zone, err);
	if (st != RP_OK)
		return st;
	return arena_copy(c->arena, options_get(input->options, RP_SLICE("url")),
	                  &c->url) &&
	                       arena_copy(c->arena, input->name, &c->name)
	               ? RP_OK
	               : rp_fail_memory(err);
}

static enum rp_status
feed_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	whole_init(&c->whole, input->reader);
	c->arena = arena_new(FEED_BYTES);
	st = c->arena ? open_settings(c, input, err) : rp_fail_memory(err);
	if (st == RP_OK)
		st = whole_read(&c->whole, err);
	if (st == RP_OK)
		*out = c;
	else
		feed_close(c);
	return st;
}

/* ---- one id, two entries ------------------------------------------------------------
 */

/* When the entry says that it was so; RP_TIME_UNKNOWN: it does not. */
static int64_t
moment_of(const struct collector *c, const struct feed_entry *entry)
{
	const struct date_context context = { c->zone, RP_BASIS_PLATFORM };
	const struct rp_slice written =
		entry->updated.n ? entry->updated : entry->published;
	struct rp_time time;

	return written.n > 0 && date_read(written, &context, &time, NULL)
	               ? time.lo
	               : RP_TIME_UNKNOWN;
}

static bool
says_the_same(const struct feed_entry *a, const struct feed_entry *b)
{
	const bool body = a->content.value.n + a->summary.value.n > 0;

	return rp_slice_eq(a->content.value, b->content.value) &&
	       rp_slice_eq(a->summary.value, b->summary.value) &&
	       (body || rp_slice_eq(a->title.value, b->title.value));
}

/* Of entries that have one id and say different things the latest counts; where no date
 * tells, the first, since feeds begin with what is new. */
static enum rp_status
find_older(struct collector *c, struct rp_error *err)
{
	CLEANUP(map_free) struct map *ids = map_new();

	c->older = calloc(c->feed.n_entries + 1, sizeof(*c->older));
	if (ids == NULL || c->older == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < c->feed.n_entries; i++) {
		const struct feed_entry *e = &c->feed.entries[i], *known;
		const struct rp_slice id = e->id.n ? e->id : e->link;
		uint32_t *best;
		bool fresh;

		if (id.n == 0 || e->cut)
			continue;
		best = map_put(ids, id, (uint32_t)i, &fresh);
		if (best == NULL)
			return rp_fail_memory(err);
		if (fresh)
			continue;
		known = &c->feed.entries[*best];
		if (says_the_same(known, e))
			continue;
		if (moment_of(c, e) > moment_of(c, known)) {
			c->older[*best] = true;
			*best = (uint32_t)i;
		} else {
			c->older[i] = true;
		}
	}
	return RP_OK;
}

/* ---- reading ------------------------------------------------------------------------
 */

/* Entries have bytes of their own when all of them have, one behind the other. */
static bool
have_bytes(const struct feed *feed)
{
	size_t end = 0;

	for (size_t i = 0; i < feed->n_entries; i++) {
		if (feed->entries[i].n == 0 || feed->entries[i].at < end)
			return false;
		end = feed->entries[i].at + feed->entries[i].n;
	}
	return true;
}

static enum rp_status
read_feed(struct collector *c, struct rp_error *err)
{
	enum rp_status st =
		feed_read(c->arena, c->bytes, RP_SLICE(""), c->url, &c->feed, err);

	if (st != RP_OK)
		return st;
	c->by_entries = have_bytes(&c->feed);
	c->source = feed_source(&c->feed, c->zone);
	if (!feed_identity(c->arena, &c->feed, c->url, c->name, &c->source.identity) ||
	    !feed_author_key(c->arena, c->source.identity, RP_SLICE(""),
	                     &c->source.author))
		return rp_fail(err, RP_BAD_ITEM,
		               "takes more memory than a feed may have");
	return find_older(c, err);
}

/* ---- batches ------------------------------------------------------------------------
 */

static enum rp_status
reject_entry(struct collector *c, const struct feed_entry *entry, const char *reason,
             struct batch_lists *lists, struct rp_error *err)
{
	const size_t at = c->by_entries ? entry->at : 0;

	return batch_reject(lists, at, c->by_entries ? entry->n : c->bytes.n, 0, reason,
	                    err);
}

/* The record that an entry is, or is in; *index_out counts those of the batch. */
static enum rp_status
add_record(struct collector *c, const struct feed_entry *entry, struct batch_lists *lists,
           struct observation *seen, struct rp_error *err)
{
	struct batch_record *record;

	if (!c->by_entries && lists->n_records > 0) {
		seen->bytes = (uint32_t)c->bytes.n;
		return RP_OK;
	}
	record = batch_add_record(lists);
	if (record == NULL)
		return rp_fail_memory(err);
	record->kind = c->feed.format == FEED_JSON ? RECORD_JSON : RECORD_MARKUP;
	record->at = c->by_entries ? entry->at - c->at : 0;
	record->n = c->by_entries ? entry->n : c->bytes.n;
	seen->record = lists->n_records - 1;
	seen->bytes = (uint32_t)record->n;
	return RP_OK;
}

static enum rp_status
take_entry(struct collector *c, const struct feed_entry *entry, bool older,
           struct batch_lists *lists, struct rp_error *err)
{
	struct observation *seen;

	if (entry->cut)
		return reject_entry(c, entry,
		                    "the document ends in the middle of this entry",
		                    lists, err);
	if (older)
		return reject_entry(c, entry,
		                    "another entry of the document has this id and is "
		                    "newer",
		                    lists, err);
	seen = batch_add_observation(lists);
	if (seen == NULL)
		return rp_fail_memory(err);
	if (!feed_post(lists, &c->source, entry, seen)) {
		lists->n_observations--;
		return reject_entry(c, entry, "needs more memory to read than there is",
		                    lists, err);
	}
	if (!key_valid(seen->post.key) ||
	    (seen->version.text.n == 0 && entry->id.n + entry->link.n == 0)) {
		lists->n_observations--;
		return reject_entry(c, entry, "an entry without a word", lists, err);
	}
	return add_record(c, entry, lists, seen, err);
}

/* Entries until the batch is full. */
static enum rp_status
take_entries(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	size_t end = c->at, n = 0;

	for (; st == RP_OK && c->next < c->feed.n_entries; c->next++, n++) {
		const struct feed_entry *entry = &c->feed.entries[c->next];

		if (c->by_entries && (n == BATCH_RECORDS || end - c->at > BATCH_BYTES))
			break;
		st = take_entry(c, entry, c->older[c->next], lists, err);
		end = entry->at + entry->n;
	}
	if (st == RP_OK && c->next == c->feed.n_entries) {
		end = c->bytes.n;
		c->given_all = true;
		if (c->feed.cut &&
		    (c->feed.n_entries == 0 || !c->feed.entries[c->next - 1].cut))
			st = batch_reject(lists, end, 0, 0,
			                  "the document ends before its end tag", err);
	}
	lists->offset = c->at;
	c->at = end;
	return st;
}

/* The first batch: what the document is. */
static enum rp_status
begin(struct collector *c, struct batch *batch, struct batch_lists *lists,
      struct rp_error *err)
{
	enum rp_status st;
	struct rp_error why;

	st = whole_next(&c->whole, batch, lists, &c->bytes, err);
	if (st != RP_OK || c->bytes.n == 0)
		return st;
	c->read = true;
	st = read_feed(c, &why);
	if (st == RP_OK)
		return RP_OK;
	if (st != RP_BAD_ITEM)
		return rp_fail(err, st, "%s", why.text);
	c->given_all = true;
	st = batch_reject(lists, 0, c->bytes.n, 1, why.text, err);
	batch_finish(lists, batch);
	return st;
}

static enum rp_status
feed_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena };
	const size_t from = c->at;
	enum rp_status st;

	if (c->given_all)
		return RP_END;
	if (!c->read) {
		st = begin(c, batch, &lists, err);
		if (st != RP_OK || !c->read || c->given_all)
			return st;
	}
	st = take_entries(c, &lists, err);
	if (st != RP_OK)
		return st;
	batch_finish(&lists, batch);
	batch->bytes = rp_slice_from(c->bytes.p + from, c->at - from);
	return RP_OK;
}

/* ---- recognising --------------------------------------------------------------------
 */

/* A text of which this is the beginning can be XML. */
static bool
may_be_xml(struct rp_slice head)
{
	const struct rp_slice text = rp_slice_trim(rp_slice_skip(head, json_bom(head)));

	return text.n > 0 && (text.p[0] == '<' || text.p[0] == '\0' ||
	                      (unsigned char)text.p[0] >= 0xfe);
}

static int
sure_of_root(const struct xml_token *root, struct rp_slice head)
{
	static const struct rp_slice rss_spaces[] = {
		RP_LIT("http://purl.org/rss/1.0/"),
		RP_LIT("http://my.netscape.com/rdf/"),
		RP_LIT("http://channel.netscape.com/rdf/"),
	};

	switch ((int)feed_field_of(root)) {
	case FIELD_RSS:
		return 95;
	case FIELD_FEED:
		return feed_is_atom(root->space) ? 95 : 60;
	case FIELD_RDF: /* many things are */
		for (size_t i = 0; i < sizeof(rss_spaces) / sizeof(*rss_spaces); i++)
			if (rp_slice_find(head, rss_spaces[i]) < head.n)
				return 95;
		return 0;
	default:
		return 0;
	}
}

static int
feed_sniff(struct rp_slice head, const struct input *input)
{
	const struct rp_slice text = rp_slice_trim(rp_slice_skip(head, json_bom(head)));
	struct xml_token token;
	struct xml *xml;
	int sure = 0;

	(void)input;
	if (rp_slice_starts(text, RP_SLICE("{")))
		return rp_slice_find(head, RP_SLICE("jsonfeed.org/version/")) < head.n ||
		                       rp_slice_find(head, RP_SLICE("jsonfeed.org\\/"
		                                                    "version\\/")) <
		                               head.n
		               ? 95
		               : 0;
	if (!may_be_xml(head) || xml_open(head, RP_SLICE(""), &xml, NULL) != RP_OK)
		return 0;
	while (xml_next(xml, &token, NULL) == RP_OK)
		if (token.kind == XML_ELEMENT) {
			sure = sure_of_root(&token, head);
			break;
		}
	xml_close(xml);
	return sure;
}

const struct collector_ops feed_collector = {
	.name = "feed",
	.summary = "RSS, Atom and JSON Feed, also those of Nitter, Mastodon, Bluesky",
	.sniff = feed_sniff,
	.open = feed_open,
	.next = feed_next,
	.close = feed_close,
};
