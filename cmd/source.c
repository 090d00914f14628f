#include "cmd/source.h"

#include "cmd/tally.h"
#include "core/base/ascii.h"
#include "core/base/utf8.h"

#include <inttypes.h>
#include <string.h>

enum { STATES_CEILING = 256 << 20 };

/* ---- how far they got ----------------------------------------------------------- */

void
source_states_done(struct source_states *states)
{
	states->places = map_free(states->places);
	states->arena = arena_free(states->arena);
}

static bool
keep_state(struct source_states *states, const struct source_state *row)
{
	struct source_state *list = arena_room(states->arena, states->list, states->n,
	                                       &states->room, sizeof(*list)),
			    *kept;

	if (list == NULL)
		return false;
	states->list = list;
	kept = &list[states->n];
	*kept = *row;
	if (!arena_copy(states->arena, row->name, &kept->name) ||
	    !arena_copy(states->arena, row->collector, &kept->collector) ||
	    !arena_copy(states->arena, row->cursor, &kept->cursor) ||
	    !arena_copy(states->arena, row->trouble, &kept->trouble))
		return false;
	return map_put(states->places, kept->name, (uint32_t)states->n++, NULL) != NULL;
}

enum rp_status
source_states_load(struct source_states *states, struct store *store,
                   struct rp_error *err)
{
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st;

	*states = (struct source_states){ .arena = arena_new(STATES_CEILING),
		                          .places = map_new() };
	if (states->arena == NULL || states->places == NULL)
		return rp_fail_memory(err);
	if (store == NULL)
		return RP_OK;
	st = store_scan(store, &(struct scan){ .of = SCAN_SOURCES }, &it, err);
	if (st != RP_OK)
		return st;
	while ((st = store_next(it, &row, err)) == RP_OK)
		if (!keep_state(states, &row.source))
			return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

const struct source_state *
source_state_of(const struct source_states *states, struct rp_slice name)
{
	const uint32_t *place = map_get(states->places, name);

	return place != NULL ? &states->list[*place] : NULL;
}

const char *
source_standing(const struct source *source, const struct source_state *state,
                int64_t now)
{
	if (source == NULL)
		return "left";
	if (state == NULL)
		return "new";
	if (state->paused)
		return "paused";
	if (state->failures > 0)
		return "failing";
	if (state->tried == RP_TIME_UNKNOWN)
		return "new";
	return state->due == RP_TIME_UNKNOWN || state->due <= now ? "due" : "waiting";
}

/* ---- values --------------------------------------------------------------------- */

static bool
holds(struct rp_slice text, const char *word)
{
	size_t n = strlen(word);

	for (; text.n >= n; text = rp_slice_skip(text, 1))
		if (rp_slice_starts_nocase(text, rp_slice_from(word, n)))
			return true;
	return false;
}

/* "?feed=rss&key=…": what is called like a secret is none of anybody's business. */
static void
add_query(struct rp_buf *out, struct rp_slice query)
{
	static const char *const words[] = { "key",  "token", "secret", "pass",
		                             "auth", "sig",   "cred" };
	char before = '?';

	while (query.p != NULL) {
		struct rp_slice part = rp_slice_cut(&query, '&'), value = part,
				name = rp_slice_cut(&value, '=');
		bool secret = false;

		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			secret = secret || holds(name, words[i]);
		buf_add_byte(out, before);
		utf8_show(out, secret ? name : part, true);
		if (secret)
			buf_add_str(out, "=***");
		before = '&';
	}
}

static void
add_address(struct rp_buf *out, struct rp_slice url)
{
	struct rp_slice query = url, front = rp_slice_cut(&query, '?');

	utf8_show(out, front, true);
	if (query.p != NULL)
		add_query(out, query);
}

/* A word without "file:" or the like may be the secret itself. */
static void
add_reference(struct rp_buf *out, struct rp_slice reference)
{
	if (rp_slice_find_byte(reference, ':') < reference.n)
		utf8_show(out, reference, true);
	else
		buf_add_str(out, "credential");
}

void
source_value(struct rp_buf *out, const struct setting *setting)
{
	if (setting->row->type == SETTING_URL)
		add_address(out, setting->value);
	else if (setting->row->type == SETTING_SECRET)
		add_reference(out, setting->value);
	else
		utf8_show(out, setting->value, true);
}

void
source_what(struct rp_buf *out, const struct source *source)
{
	const struct section *section = &source->settings;
	size_t more = 0, n = 0;

	for (size_t i = 0; i < section->n; i++) {
		const struct setting *setting = &section->settings[i];
		/* Those say how it is asked, or what is done with it. */
		bool names = setting->row->several || setting->row->needed;

		/* What all sources have says nothing about this one. */
		for (const struct setting_row *row = source_settings; row->name; row++)
			names = names && row != setting->row;
		if (!names)
			continue;
		if (n++ == 0)
			source_value(out, setting);
		else
			more++;
	}
	if (more > 0)
		buf_printf(out, " +%zu", more);
}

void
source_time(struct rp_buf *out, int64_t us)
{
	if (us == RP_TIME_UNKNOWN)
		buf_add_byte(out, '-');
	else
		rp_time_write(out, us, RP_PRECISION_MIN);
}

void
source_money(struct rp_buf *out, int64_t micro)
{
	buf_add_byte(out, '$');
	tally_dollars(out, micro);
}
