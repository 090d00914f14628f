/*
 * "key=value\n" lines; times are microseconds UTC, ids the hashes of entries' ids.
 */
#include "core/collect/fetch-feed.h"

#include "core/collect/fetch-web.h"
#include "core/collect/options.h"

#include <inttypes.h>

/* ---- reading ------------------------------------------------------------- */

static int64_t
time_of(struct rp_slice value)
{
	uint64_t number;

	return rp_slice_u64(value, &number) && number <= INT64_MAX ? (int64_t)number
	                                                           : RP_TIME_UNKNOWN;
}

static unsigned
count_of(struct rp_slice value)
{
	uint64_t number;

	return rp_slice_u64(value, &number) && number < 1000000 ? (unsigned)number : 0;
}

static void
add_id(struct feed_ids *ids, struct rp_slice value)
{
	if (ids->n < FEED_IDS && rp_slice_u64(value, &ids->list[ids->n]))
		ids->n++;
}

static void
take_line(struct feed_cursor *c, struct rp_slice key, struct rp_slice value)
{
	const struct {
		const char *key;
		struct rp_slice *text;
		int64_t *time;
		unsigned *count;
		struct feed_ids *ids;
	} rows[] = {
		{ "url", &c->url, NULL, NULL, NULL },
		{ "seen", NULL, &c->seen, NULL, NULL },
		{ "id", NULL, NULL, NULL, &c->known },
		{ "page", &c->page, NULL, NULL, NULL },
		{ "number", NULL, NULL, &c->page_number, NULL },
		{ "fresh", NULL, NULL, NULL, &c->fresh },
		{ "began", NULL, &c->began, NULL, NULL },
		{ "reached", NULL, &c->reached, NULL, NULL },
		{ "moved", &c->moved, NULL, NULL, NULL },
		{ "moves", NULL, NULL, &c->moves, NULL },
		{ "named", &c->named, NULL, NULL, NULL },
		{ "missing", NULL, &c->missing, NULL, NULL },
	};

	if (validators_line(&c->validators, key, value))
		return;
	if (rp_slice_eq(key, RP_SLICE("gone")))
		c->gone = true;
	if (rp_slice_eq(key, RP_SLICE("doubt")))
		c->doubt = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!rp_slice_eq(key, rp_slice_str(rows[i].key)))
			continue;
		if (rows[i].text != NULL)
			*rows[i].text = value;
		else if (rows[i].time != NULL)
			*rows[i].time = time_of(value);
		else if (rows[i].count != NULL)
			*rows[i].count = count_of(value);
		else
			add_id(rows[i].ids, value);
	}
}

static struct feed_cursor
empty(struct rp_slice url)
{
	return (struct feed_cursor){ .url = url,
		                     .seen = RP_TIME_UNKNOWN,
		                     .began = RP_TIME_UNKNOWN,
		                     .reached = RP_TIME_UNKNOWN,
		                     .missing = RP_TIME_UNKNOWN };
}

void
feed_cursor_read(struct feed_cursor *cursor, struct rp_slice text, struct rp_slice url)
{
	struct feed_cursor c = empty(RP_SLICE(""));
	struct rp_slice key, value;

	while (options_next(&text, &key, &value))
		take_line(&c, key, value);
	if (c.began == RP_TIME_UNKNOWN || c.page_number == 0)
		c.page = RP_SLICE("");
	/* Where the own address was masked others may be so, too: they lead nowhere. */
	if (!rp_slice_eq(c.url, url))
		c.page = c.moved = c.named = RP_SLICE("");
	*cursor = web_is_noted(c.url, url) ? c : empty(url);
	cursor->url = url;
}

/* ---- writing ------------------------------------------------------------- */

static void
add_time(struct rp_buf *out, const char *key, int64_t time)
{
	if (time != RP_TIME_UNKNOWN)
		buf_printf(out, "%s=%" PRId64 "\n", key, time);
}

static void
add_ids(struct rp_buf *out, const char *key, const struct feed_ids *ids)
{
	for (size_t i = 0; i < ids->n; i++)
		buf_printf(out, "%s=%" PRIu64 "\n", key, ids->list[i]);
}

void
feed_cursor_write(const struct feed_cursor *cursor, struct rp_buf *out)
{
	web_line(out, "url", cursor->url);
	validators_write(&cursor->validators, out);
	add_time(out, "seen", cursor->seen);
	add_ids(out, "id", &cursor->known);
	if (cursor->page.n > 0) {
		web_line(out, "page", cursor->page);
		buf_printf(out, "number=%u\n", cursor->page_number);
		add_time(out, "began", cursor->began);
		add_time(out, "reached", cursor->reached);
		add_ids(out, "fresh", &cursor->fresh);
	}
	web_line(out, "moved", cursor->moved);
	if (cursor->moves > 0)
		buf_printf(out, "moves=%u\n", cursor->moves);
	web_line(out, "named", cursor->named);
	add_time(out, "missing", cursor->missing);
	if (cursor->doubt)
		buf_add_str(out, "doubt=1\n");
	if (cursor->gone)
		buf_add_str(out, "gone=1\n");
}
