/*
 * A feed in whatever format, entry by entry.
 */
#include "core/collect/feed-json.h"
#include "core/collect/feed-xml.h"

#include <stdlib.h>

enum { HEAD_BYTES = 64 << 20 }; /* what a feed may say of itself, twice and more */

struct feed_reader {
	struct arena *arena;
	struct feed feed;
	struct feed_walk xml;
	struct feed_json json;
};

struct feed_reader *
feed_reader_close(struct feed_reader *reader)
{
	if (reader == NULL)
		return NULL;
	buf_done(&reader->xml.text);
	xml_close(reader->xml.xml);
	json_done(&reader->json.doc);
	arena_free(reader->arena);
	free(reader);
	return NULL;
}

static enum rp_status
open_xml(struct feed_reader *reader, struct rp_slice bytes, struct rp_slice encoding,
         struct rp_slice url, struct rp_error *err)
{
	enum rp_status st = xml_open(bytes, encoding, &reader->xml.xml, err);
	bool atom = false;

	if (st != RP_OK)
		return st;
	reader->xml.arena = reader->arena;
	buf_init(&reader->xml.text, (size_t)XML_MAX_BYTES * 4);
	st = feed_walk_begin(&reader->xml, url, &atom, err);
	reader->feed.format = atom ? FEED_ATOM : FEED_RSS;
	reader->feed.encoding = xml_encoding(reader->xml.xml);
	return st;
}

enum rp_status
feed_reader_open(struct rp_slice bytes, struct rp_slice encoding, struct rp_slice url,
                 struct feed_reader **out, struct rp_error *err)
{
	const struct rp_slice start =
		rp_slice_trim(rp_slice_skip(bytes, json_bom(bytes)));
	struct feed_reader *reader = calloc(1, sizeof(*reader));
	enum rp_status st;

	if (reader == NULL)
		return rp_fail_memory(err);
	json_init(&reader->json.doc);
	reader->arena = arena_new(HEAD_BYTES);
	if (reader->arena == NULL)
		st = rp_fail_memory(err);
	else if (rp_slice_starts(start, RP_SLICE("{")))
		st = feed_json_begin(&reader->json, reader->arena, bytes, url,
		                     &reader->feed, err);
	else
		st = open_xml(reader, bytes, encoding, url, err);
	if (st == RP_OK)
		*out = reader;
	else
		feed_reader_close(reader);
	return st;
}

/* The document is over: what it said of itself. */
static void
describe(const struct feed_walk *w, struct feed *feed)
{
	const struct feed_entry *head = &w->head;

	feed->id = feed->format == FEED_ATOM ? head->id : RP_SLICE("");
	feed->self = w->self;
	feed->link = head->link;
	feed->title = head->title;
	feed->subtitle = head->description.value.n ? head->description : head->summary;
	feed->author = head->author;
	feed->updated = head->updated;
	feed->published = head->published;
	feed->lang = head->lang;
	feed->generator = w->generator;
	feed->cut = xml_is_cut(w->xml);
	feed->damaged = xml_damaged(w->xml);
	feed->broken = xml_broken(w->xml);
}

enum rp_status
feed_reader_next(struct feed_reader *reader, struct arena *arena, struct feed_entry *out,
                 struct rp_error *err)
{
	enum rp_status st;

	if (reader->feed.format == FEED_JSON)
		return feed_json_next(&reader->json, arena, out, err);
	st = feed_walk_next(&reader->xml, arena, out, err);
	if (st == RP_END)
		describe(&reader->xml, &reader->feed);
	return st;
}

const struct feed *
feed_reader_feed(const struct feed_reader *reader)
{
	return &reader->feed;
}

bool
feed_inherit(struct arena *arena, const struct feed *feed, struct feed_entry *entry)
{
	const struct rp_slice base = feed_is_web(feed->link) ? feed->link : feed->self;

	if (entry->author.name.n + entry->author.email.n + entry->author.uri.n == 0)
		entry->author = feed->author;
	if (entry->lang.n == 0)
		entry->lang = feed->lang;
	if (entry->link.n == 0 && entry->id_is_link)
		entry->link = entry->id;
	return entry->link.n == 0 || feed_is_web(entry->link) ||
	       feed_address(arena, base, entry->link, &entry->link);
}
