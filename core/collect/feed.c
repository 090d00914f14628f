/*
 * The feed collector: a document read as a whole, and handed out in batches.
 *
 * Each entry's own bytes are a record, so that a feed that is asked for every quarter of
 * an hour costs what is new in it.  Where the bytes of the entries cannot be told
 * (UTF-16), the document is one record.
 */
#include "core/collect/feed.h"

#include "core/collect/feed-post.h"
#include "core/collect/feed-xml.h"

#include "core/base/date.h"
#include "core/base/hash.h"
#include "core/base/map.h"
#include "core/collect/options.h"
#include "core/collect/whole.h"
#include "core/parse/json.h"

#include <stdlib.h>

enum {
	KEPT_BYTES = 256 << 20,  /* places of a million entries and more, their ids */
	ENTRY_BYTES = 128 << 20, /* an entry may be all of the document, and HTML takes
	                            some times its bytes */
	BATCH_RECORDS = 1000,
	BATCH_BYTES = 2 << 20, /* of entries: their HTML takes ten times as much */
};

/* What is kept of each entry between the two times that the document is read: once to
 * know the feed and what is said twice, once to make posts. */
struct place {
	size_t at, n;    /* its bytes; n is 0: not known */
	uint64_t words;  /* hash of what it says */
	int64_t moment;  /* when it says that it was so */
	bool cut, older; /* older: another one of the same id is newer */
};

struct collector {
	struct whole whole;
	struct arena *arena;   /* what lives as long as the collector */
	struct arena *scratch; /* one entry */
	struct zone *zone;
	struct rp_slice url, charset, bytes;
	int64_t as_of; /* when the document was so; may be unknown */
	struct feed_reader *first, *second;
	const struct feed *feed;
	struct feed_source source;
	struct place *places;
	size_t n_places, room;
	bool by_entries; /* each entry has bytes of its own */
	bool read, given_all;
	size_t next; /* entry */
	size_t at;   /* everything of the document before was handed out */
};

/* ---- opening ------------------------------------------------------------- */

static struct collector *
feed_close(struct collector *c)
{
	if (c == NULL)
		return NULL;
	whole_done(&c->whole);
	feed_reader_close(c->first);
	feed_reader_close(c->second);
	arena_free(c->arena);
	arena_free(c->scratch);
	zone_close(c->zone);
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
	c->as_of = options_as_of(input->options);
	return arena_copy(c->arena, options_get(input->options, RP_SLICE("url")),
	                  &c->url) &&
	                       arena_copy(c->arena, options_charset(input->options),
	                                  &c->charset)
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
	c->arena = arena_new(KEPT_BYTES);
	c->scratch = arena_new(ENTRY_BYTES);
	st = c->arena && c->scratch ? open_settings(c, input, err) : rp_fail_memory(err);
	if (st == RP_OK)
		st = whole_read(&c->whole, err);
	if (st == RP_OK)
		*out = c;
	else
		feed_close(c);
	return st;
}

/* ---- the first time ------------------------------------------------------ */

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

static uint64_t
words_of(const struct feed_entry *entry)
{
	struct hash_stream hash;

	hash_stream_init(&hash);
	hash_stream_add(&hash, entry->content.value);
	hash_stream_add(&hash, RP_SLICE("\n"));
	hash_stream_add(&hash, entry->summary.value);
	if (entry->content.value.n + entry->summary.value.n == 0)
		hash_stream_add(&hash, entry->title.value);
	return hash_stream_end(&hash);
}

/* Of entries that have one id and say different things the latest counts; where no date
 * tells, the first, since feeds begin with what is new. */
static enum rp_status
compare_ids(struct collector *c, struct map *ids, const struct feed_entry *entry,
            struct rp_error *err)
{
	const uint32_t i = (uint32_t)c->n_places - 1;
	struct place *own = &c->places[i], *known;
	struct rp_slice id = entry->id.n ? entry->id : entry->link;
	uint32_t *best;
	bool fresh;

	if (id.n == 0 || entry->cut)
		return RP_OK;
	best = map_get(ids, id);
	if (best == NULL) {
		if (!arena_copy(c->arena, id, &id))
			return feed_full(err);
		return map_put(ids, id, i, &fresh) ? RP_OK : rp_fail_memory(err);
	}
	known = &c->places[*best];
	if (known->words == own->words)
		return RP_OK;
	if (own->moment > known->moment) {
		known->older = true;
		*best = i;
	} else {
		own->older = true;
	}
	return RP_OK;
}

static enum rp_status
note_entry(struct collector *c, struct map *ids, const struct feed_entry *entry,
           struct rp_error *err)
{
	struct place *list = arena_room(c->arena, c->places, c->n_places, &c->room,
	                                sizeof(*c->places));

	if (list == NULL)
		return feed_full(err);
	c->places = list;
	list[c->n_places++] = (struct place){ .at = entry->at,
		                              .n = entry->n,
		                              .words = words_of(entry),
		                              .moment = moment_of(c, entry),
		                              .cut = entry->cut };
	return compare_ids(c, ids, entry, err);
}

/* Entries have bytes of their own when all of them have, one behind the other. */
static bool
have_bytes(const struct collector *c)
{
	size_t end = 0;

	for (size_t i = 0; i < c->n_places; i++) {
		if (c->places[i].n == 0 || c->places[i].at < end)
			return false;
		end = c->places[i].at + c->places[i].n;
	}
	return true;
}

static enum rp_status
note_entries(struct collector *c, struct feed_reader *reader, struct rp_error *err)
{
	CLEANUP(map_free) struct map *ids = map_new();
	struct feed_entry entry;
	enum rp_status st = RP_OK;

	if (ids == NULL)
		return rp_fail_memory(err);
	while (st == RP_OK) {
		arena_reset(c->scratch);
		st = feed_reader_next(reader, c->scratch, &entry, err);
		if (st == RP_OK)
			st = note_entry(c, ids, &entry, err);
	}
	return st == RP_END ? RP_OK : st;
}

/* The second reader is for the posts: the first one knows the feed. */
static enum rp_status
read_feed(struct collector *c, struct rp_error *err)
{
	enum rp_status st =
		feed_reader_open(c->bytes, c->charset, c->url, &c->first, err);

	if (st == RP_OK)
		st = note_entries(c, c->first, err);
	if (st == RP_OK)
		st = feed_reader_open(c->bytes, c->charset, c->url, &c->second, err);
	if (st != RP_OK)
		return st;
	c->feed = feed_reader_feed(c->first);
	c->by_entries = have_bytes(c);
	c->source = feed_source(c->feed, c->zone, c->scratch);
	if (c->as_of > c->source.as_of) /* unknown is the smallest */
		c->source.as_of = c->as_of;
	if (!feed_identity(c->arena, c->feed, c->url, &c->source.identity) ||
	    !feed_author_key(c->arena, c->source.identity, RP_SLICE(""),
	                     &c->source.author))
		return feed_full(err);
	return RP_OK;
}

/* ---- batches ------------------------------------------------------------- */

static enum rp_status
reject_entry(struct collector *c, const struct place *place, const char *reason,
             struct batch_lists *lists, struct rp_error *err)
{
	const size_t at = c->by_entries ? place->at : 0;

	return batch_reject(lists, at, c->by_entries ? place->n : c->bytes.n, 0, reason,
	                    err);
}

/* The record that an entry is, or is in; and the posts that it names. */
static enum rp_status
add_record(struct collector *c, const struct place *place, struct batch_lists *lists,
           struct observation *seen, struct observation *ghosts, size_t n_ghosts,
           struct rp_error *err)
{
	struct batch_record *record = lists->records;
	struct observation *ghost;

	if (c->by_entries || lists->n_records == 0) {
		record = batch_add_record(lists);
		if (record == NULL)
			return rp_fail_memory(err);
		record->kind = c->feed->format == FEED_JSON ? RECORD_JSON : RECORD_MARKUP;
		record->at = c->by_entries ? place->at - c->at : 0;
		record->n = c->by_entries ? place->n : c->bytes.n;
	}
	seen->record = lists->n_records - 1;
	seen->bytes = (uint32_t)record->n;
	for (size_t i = 0; i < n_ghosts; i++) {
		ghosts[i].record = lists->n_records - 1;
		ghosts[i].offset = 0;
		ghosts[i].bytes = (uint32_t)record->n;
		ghost = batch_add_observation(lists);
		if (ghost == NULL)
			return rp_fail_memory(err);
		*ghost = ghosts[i];
	}
	return RP_OK;
}

static enum rp_status
take_entry(struct collector *c, const struct place *place, struct feed_entry *entry,
           struct batch_lists *lists, struct rp_error *err)
{
	struct observation *seen, ghosts[LINKS_MAX];
	const char *reason = NULL;
	size_t n_ghosts = 0;

	if (place->cut)
		return reject_entry(c, place,
		                    "the document ends in the middle of this entry",
		                    lists, err);
	if (place->older)
		return reject_entry(c, place,
		                    "another entry of the document has this id and is "
		                    "newer",
		                    lists, err);
	seen = batch_add_observation(lists);
	if (seen == NULL)
		return rp_fail_memory(err);
	if (!feed_inherit(c->scratch, c->feed, entry) ||
	    !feed_post(lists, &c->source, entry, seen, ghosts, &n_ghosts))
		reason = "needs more memory to read than there is";
	else if (!key_valid(seen->post.key) ||
	         (seen->version.text.n == 0 && entry->id.n + entry->link.n == 0))
		reason = "an entry without a word";
	if (reason == NULL)
		return add_record(c, place, lists, seen, ghosts, n_ghosts, err);
	lists->n_observations--;
	return reject_entry(c, place, reason, lists, err);
}

/* The document is over. */
static enum rp_status
end(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	c->given_all = true;
	c->at = c->bytes.n;
	if (c->whole.broken)
		return batch_reject(lists, c->at, 0, 0, REASON_BROKEN_OFF, err);
	if (!c->feed->cut || (c->n_places > 0 && c->places[c->n_places - 1].cut))
		return RP_OK;
	return batch_reject(lists, c->at, 0, 0, "the document ends before its end tag",
	                    err);
}

/* Entries until the batch is full. */
static enum rp_status
take_entries(struct collector *c, struct batch_lists *lists, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	const size_t from = c->at;
	struct feed_entry entry;
	size_t to = from;

	lists->offset = from;
	for (size_t n = 0; c->next < c->n_places; n++) {
		const struct place *place = &c->places[c->next];

		if (c->by_entries && (n == BATCH_RECORDS || to - from > BATCH_BYTES))
			break;
		arena_reset(c->scratch);
		st = feed_reader_next(c->second, c->scratch, &entry, err);
		if (st != RP_OK) /* the same bytes could be read before */
			return rp_fail(err, RP_FAILED, "a feed that reads otherwise now");
		st = take_entry(c, place, &entry, lists, err);
		if (st != RP_OK)
			return st;
		to = place->at + place->n;
		c->next++;
	}
	if (c->next == c->n_places)
		return end(c, lists, err);
	c->at = to;
	return RP_OK;
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
	lists->n_rejects = 0; /* that it breaks off is told at its end */
	st = read_feed(c, &why);
	if (st == RP_OK)
		return RP_OK;
	if (st != RP_BAD_ITEM)
		return rp_fail(err, st, "%s", why.text);
	c->given_all = true;
	st = batch_reject(lists, 0, c->bytes.n, 1, why.text, err);
	if (st == RP_OK && c->whole.broken)
		st = batch_reject(lists, c->bytes.n, 0, 0, REASON_BROKEN_OFF, err);
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

/* ---- recognising --------------------------------------------------------- */

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
