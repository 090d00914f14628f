#include "core/collect/fetch-feed-read.h"

#include "core/base/ascii.h"
#include "core/base/date.h"
#include "core/base/hash.h"
#include "core/base/url.h"
#include "core/collect/feed.h"
#include "core/parse/json.h"
#include "core/parse/xml.h"

enum {
	ENTRY_BYTES = 128 << 20, /* as the importer has */
	WORD_BYTES = 4096,
};

/* ---- entries ------------------------------------------------------------- */

struct reading {
	struct feed_look *look;
	const struct zone *zone;
	struct arena *arena; /* of the list */
	struct feed_mark *entries;
	size_t room;
};

static uint64_t
entry_hash(const struct feed_entry *entry)
{
	if (entry->id.n > 0)
		return hash_stable(entry->id);
	if (entry->link.n > 0)
		return hash_stable(entry->link);
	return hash_stable(entry->title.value.n > 0 ? entry->title.value
	                                            : entry->content.value);
}

static int64_t
entry_time(const struct feed_entry *entry, const struct zone *zone)
{
	const struct date_context context = { zone, RP_BASIS_PLATFORM };
	const struct rp_slice written =
		entry->published.n > 0 ? entry->published : entry->updated;
	struct rp_time time;

	return written.n > 0 && date_read(written, &context, &time, NULL)
	               ? time.lo
	               : RP_TIME_UNKNOWN;
}

static enum rp_status
take_entry(struct reading *r, const struct feed_entry *entry, struct rp_error *err)
{
	struct feed_mark *list;

	if (r->look->entries++ >= FEED_ENTRIES_MAX)
		return RP_OK;
	list = arena_room(r->arena, r->entries, r->look->entries - 1, &r->room,
	                  sizeof(*list));
	if (list == NULL)
		return rp_fail_memory(err);
	r->entries = list;
	list[r->look->entries - 1] =
		(struct feed_mark){ entry_hash(entry), entry_time(entry, r->zone) };
	return RP_OK;
}

/* What was cut may have lost any of them. */
static enum rp_status
judge_order(struct reading *r, int64_t at, struct rp_error *err)
{
	struct feed_look *look = r->look;

	if (look->entries == 0 || look->entries > FEED_ENTRIES_MAX || look->cut)
		return RP_OK;
	if (!feed_row_of(r->arena, r->entries, look->entries, at, &look->row))
		return rp_fail_memory(err);
	look->oldest = feed_row_since(&look->row, look->entries);
	return RP_OK;
}

static enum rp_status
take_entries(struct reading *r, struct feed_reader *reader, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(ENTRY_BYTES);
	struct feed_entry entry;
	enum rp_status st = arena != NULL ? RP_OK : rp_fail_memory(err);

	while (st == RP_OK) {
		arena_reset(arena);
		st = feed_reader_next(reader, arena, &entry, err);
		if (st == RP_OK && !entry.cut)
			st = take_entry(r, &entry, err);
	}
	return st == RP_END ? RP_OK : st;
}

/* ---- what the feed says of itself, in XML ---------------------------------- */

struct head {
	struct arena *arena;
	struct rp_slice base;
	struct feed_look *look;
	struct rp_buf word;
	int64_t period; /* of sy: */
	uint64_t frequency;
	bool full;
};

static int64_t
period_of(struct rp_slice word)
{
	static const struct {
		const char *word;
		int64_t period;
	} periods[] = {
		{ "hourly", RP_HOUR },      { "daily", RP_DAY },
		{ "weekly", 7 * RP_DAY },   { "monthly", 30 * RP_DAY },
		{ "yearly", 365 * RP_DAY },
	};

	for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
		if (rp_slice_eq_nocase(word, rp_slice_str(periods[i].word)))
			return periods[i].period;
	return 0;
}

static void
skip_day(struct feed_look *look, struct rp_slice word)
{
	static const char *const days[] = { "sun", "mon", "tue", "wed",
		                            "thu", "fri", "sat" };

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		if (rp_slice_starts_nocase(word, rp_slice_str(days[i])))
			look->not_days |= (uint8_t)(1u << i);
}

static void
take_link(struct head *head, struct xml *xml)
{
	const struct rp_slice rel = xml_attribute(xml, "rel");
	const bool archive = rp_slice_eq(rel, RP_SLICE("prev-archive"));

	if (!archive && (!rp_slice_eq(rel, RP_SLICE("next")) || head->look->older.n > 0))
		return;
	head->full |= !url_resolve(head->arena, head->base, xml_attribute(xml, "href"),
	                           &head->look->older);
}

static void
take_word(struct head *head, struct rp_slice name, struct rp_slice word)
{
	uint64_t number = 0;
	const bool is_number = rp_slice_u64(word, &number);

	if (rp_slice_eq_nocase(name, RP_SLICE("ttl")) && is_number)
		head->look->interval =
			number < 24 * 60 ? (int64_t)number * RP_MINUTE : RP_DAY;
	else if (rp_slice_eq_nocase(name, RP_SLICE("updatePeriod")))
		head->period = period_of(word);
	else if (rp_slice_eq_nocase(name, RP_SLICE("updateFrequency")) && is_number)
		head->frequency = number;
	else if (rp_slice_eq_nocase(name, RP_SLICE("hour")) && is_number && number <= 24)
		head->look->not_hours |= 1u << (number % 24);
	else if (rp_slice_eq_nocase(name, RP_SLICE("day")))
		skip_day(head->look, word);
}

static bool
is_any(struct rp_slice name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (rp_slice_eq_nocase(name, rp_slice_str(*names)))
			return true;
	return false;
}

/* Everything in front of the first entry, which is where feeds say it. */
static enum rp_status
read_head(struct head *head, struct xml *xml, struct rp_error *err)
{
	static const char *const words[] = { "ttl",  "updatePeriod", "updateFrequency",
		                             "hour", "day",          NULL };
	static const char *const entries[] = { "item", "entry", NULL };
	struct xml_token token;
	enum rp_status st;

	while (!head->full && (st = xml_next(xml, &token, err)) == RP_OK) {
		char name[32];
		const struct rp_slice kept =
			rp_slice_from(name, token.name.n < 32 ? token.name.n : 32);

		if (token.kind != XML_ELEMENT)
			continue;
		if (is_any(token.name, entries))
			return RP_OK;
		if (rp_slice_eq(token.name, RP_SLICE("link")))
			take_link(head, xml);
		if (!is_any(token.name, words))
			continue;
		memcpy(name, token.name.p, kept.n);
		buf_clear(&head->word);
		st = xml_text_in(xml, &head->word, NULL, err);
		if (st != RP_OK)
			return st;
		take_word(head, kept, rp_slice_trim(buf_slice(&head->word)));
	}
	return head->full ? rp_fail_memory(err) : RP_OK;
}

static enum rp_status
read_xml_head(struct arena *arena, const struct fetch_answer *answer,
              struct feed_look *look, struct rp_error *err)
{
	CLEANUP(xml_close) struct xml *xml = NULL;
	struct head head = { .arena = arena, .base = answer->url, .look = look };
	enum rp_status st = xml_open(answer->body, answer->charset, &xml, err);
	int64_t updates = 0;

	buf_init(&head.word, WORD_BYTES);
	if (st == RP_OK)
		st = read_head(&head, xml, err);
	buf_done(&head.word);
	if (head.period > 0)
		updates = head.period /
		          (int64_t)(head.frequency > 0 && head.frequency < 10000
		                            ? head.frequency
		                            : 1);
	if (updates > RP_DAY)
		updates = RP_DAY;
	if (updates > look->interval)
		look->interval = updates;
	return st == RP_BAD_ITEM ? RP_OK : st; /* its entries are what counts */
}

/* ---- ... and in JSON ------------------------------------------------------- */

static enum rp_status
read_json_head(struct arena *arena, const struct fetch_answer *answer,
               struct feed_look *look, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	const struct rp_slice bytes = rp_slice_skip(answer->body, json_bom(answer->body));
	enum rp_status st = json_parse(&doc, bytes, err);
	struct rp_slice text;
	uint32_t next;

	if (st != RP_OK)
		return st == RP_BAD_ITEM ? RP_OK : st;
	look->ended = json_type(&doc, json_get(&doc, JSON_ROOT, RP_SLICE("expired"))) ==
	              JSON_TRUE;
	next = json_get(&doc, JSON_ROOT, RP_SLICE("next_url"));
	if (json_type(&doc, next) != JSON_STRING)
		return RP_OK;
	st = json_text(&doc, next, arena, &text, err);
	if (st != RP_OK)
		return st == RP_BAD_ITEM ? RP_OK : st;
	return url_resolve(arena, answer->url, text, &look->older) ? RP_OK
	                                                           : rp_fail_memory(err);
}

/* ---- the page behind ------------------------------------------------------- */

/* `asked` with a parameter more, in the place of an older one of that name. */
static bool
with_parameter(struct arena *arena, struct rp_slice asked, const char *name,
               struct rp_slice value, struct rp_slice *out)
{
	CLEANUP(buf_done) struct rp_buf url;
	struct rp_slice rest = rp_slice_cut(&asked, '#'), part;
	char mark = '?';

	buf_init(&url, 1 << 16);
	buf_add(&url, rp_slice_cut(&rest, '?'));
	while (rest.n > 0) {
		part = rp_slice_cut(&rest, '&');
		if (rp_slice_starts(part, rp_slice_str(name)) && part.n > strlen(name) &&
		    part.p[strlen(name)] == '=')
			continue;
		buf_add_byte(&url, mark);
		buf_add(&url, part);
		mark = '&';
	}
	buf_printf(&url, "%c%s=%.*s", mark, name, RP_FMT(value));
	return !buf_failed(&url) && arena_copy(arena, buf_slice(&url), out);
}

static bool
is_word(struct rp_slice word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!ascii_is_letter(word.p[i]) && !ascii_is_digit(word.p[i]) &&
		    strchr("-_=.%", word.p[i]) == NULL)
			return false;
	return word.n > 0 && word.n < 512;
}

/* Nitter says in a header where the next page begins, WordPress counts. */
static bool
find_older(struct arena *arena, const struct fetch_answer *answer, struct rp_slice asked,
           unsigned page, const struct feed *feed, struct feed_look *look)
{
	const struct rp_slice min_id = answer->header(answer, "Min-Id");
	struct rp_slice number;

	if (look->older.n > 0 || look->entries == 0)
		return true;
	if (is_word(min_id))
		return with_parameter(arena, asked, "cursor", min_id, &look->older);
	if (rp_slice_find(feed->generator, RP_SLICE("wordpress")) == feed->generator.n &&
	    rp_slice_find(feed->generator, RP_SLICE("WordPress")) == feed->generator.n)
		return true;
	return arena_printf(arena, &number, "%u", page + 1) &&
	       with_parameter(arena, asked, "paged", number, &look->older);
}

enum rp_status
feed_look(struct arena *arena, const struct fetch_answer *answer, struct rp_slice asked,
          unsigned page, const struct zone *zone, struct feed_look *out,
          struct rp_error *err)
{
	CLEANUP(feed_reader_close) struct feed_reader *reader = NULL;
	struct reading r = { .look = out, .zone = zone, .arena = arena };
	const struct feed *feed;
	enum rp_status st;

	*out = (struct feed_look){ .oldest = RP_TIME_UNKNOWN };
	st = feed_reader_open(answer->body, answer->charset, answer->url, &reader, err);
	if (st == RP_OK)
		st = take_entries(&r, reader, err);
	if (st != RP_OK)
		return st;
	feed = feed_reader_feed(reader);
	out->cut = feed->cut || answer->cut;
	st = judge_order(&r, answer->at, err);
	if (st != RP_OK)
		return st;
	st = feed->format == FEED_JSON ? read_json_head(arena, answer, out, err)
	                               : read_xml_head(arena, answer, out, err);
	if (st == RP_OK && (!find_older(arena, answer, asked, page, feed, out) ||
	                    !arena_copy(arena, out->older, &out->older)))
		st = rp_fail_memory(err);
	return st;
}

int64_t
feed_allowed(const struct feed_look *look, int64_t at)
{
	for (int i = 0; i < 7 * 24; i++) {
		const int64_t hour = at / RP_HOUR, day = at / RP_DAY;

		/* 1970 began on a Thursday. */
		if ((look->not_hours >> (hour % 24) & 1) == 0 &&
		    (look->not_days >> ((day + 4) % 7) & 1) == 0)
			return at;
		at = (hour + 1) * RP_HOUR;
	}
	return at;
}
