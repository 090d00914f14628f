/*
 * riposte source list: a line for each source, and one for its trouble.
 */
#include "cmd/report.h"
#include "cmd/source.h"
#include "core/base/utf8.h"

#include <inttypes.h>

enum { LIST_CEILING = 256 << 20, CELLS = 7, CELL_MAX = 24, TROUBLE = CELLS - 1 };

struct listing {
	struct rp_buf cells; /* all of them, one behind the other */
	struct rp_buf ends;  /* size_t each */
	size_t widths[CELLS];
	size_t column;
};

static void
end_cell(struct listing *l)
{
	size_t from = 0, n = l->ends.n / sizeof(size_t), width;

	if (n > 0)
		memcpy(&from, l->ends.p + l->ends.n - sizeof(size_t), sizeof(from));
	width = utf8_width(rp_slice_skip(buf_slice(&l->cells), from));
	if (l->column != TROUBLE && width > l->widths[l->column])
		l->widths[l->column] = width < CELL_MAX ? width : CELL_MAX;
	l->column = (l->column + 1) % CELLS;
	buf_add(&l->ends, rp_slice_from((const char *)&l->cells.n, sizeof(size_t)));
}

static void
text_cell(struct listing *l, struct rp_slice text)
{
	utf8_show(&l->cells, text, true);
	end_cell(l);
}

/* "in 12min", "3h ago": whatever the zone is, and short. */
static void
distance_cell(struct listing *l, int64_t at, int64_t now)
{
	const int64_t away = at == RP_TIME_UNKNOWN ? 0 : at > now ? at - now : now - at;

	if (at == RP_TIME_UNKNOWN) {
		buf_add_byte(&l->cells, '-');
	} else if (away < RP_MINUTE) {
		buf_add_str(&l->cells, "now");
	} else {
		buf_add_str(&l->cells, at > now ? "in " : "");
		if (away < 2 * RP_HOUR)
			buf_printf(&l->cells, "%" PRId64 "min", away / RP_MINUTE);
		else if (away < 2 * RP_DAY)
			buf_printf(&l->cells, "%" PRId64 "h", away / RP_HOUR);
		else
			buf_printf(&l->cells, "%" PRId64 "d", away / RP_DAY);
		buf_add_str(&l->cells, at > now ? "" : " ago");
	}
	end_cell(l);
}

static void
add_row(struct listing *l, const struct source *source, const struct source_state *state,
        int64_t now)
{
	text_cell(l, source != NULL ? source->name : state->name);
	text_cell(l, source != NULL ? source->collector : state->collector);
	text_cell(l, rp_slice_str(source_standing(source, state, now)));
	distance_cell(l, state != NULL ? state->tried : RP_TIME_UNKNOWN, now);
	distance_cell(l, state != NULL ? state->due : RP_TIME_UNKNOWN, now);
	if (source != NULL)
		source_what(&l->cells, source);
	end_cell(l);
	text_cell(l, state != NULL ? state->trouble : RP_SLICE(""));
}

static void
print_rows(struct rp_buf *out, const struct listing *l)
{
	size_t from = 0, to, pad = 0;

	for (size_t i = 0; i < l->ends.n / sizeof(size_t); i++) {
		struct rp_slice cell;

		memcpy(&to, l->ends.p + i * sizeof(size_t), sizeof(to));
		cell = rp_slice_from(l->cells.p + from, to - from);
		from = to;
		if (i % CELLS == TROUBLE) {
			buf_add_byte(out, '\n');
			if (cell.n > 0)
				buf_printf(out, "  why   %.*s\n", RP_FMT(cell));
			pad = 0;
			continue;
		}
		/* Blanks only before what is there, none at the end of a line. */
		if (cell.n > 0)
			buf_printf(out, "%*s", (int)pad, "");
		pad = cell.n > 0 ? 0 : pad;
		buf_add(out, cell);
		pad += 2 + l->widths[i % CELLS];
		if (utf8_width(cell) < pad)
			pad -= utf8_width(cell);
		else
			pad = 2;
	}
}

static void
add_object(struct jsonw *json, const struct source *source,
           const struct source_state *state, int64_t now)
{
	CLEANUP(buf_done) struct rp_buf what;

	buf_init(&what, 1 << 20);
	if (source != NULL)
		source_what(&what, source);
	jsonw_object(json);
	jsonw_field_text(json, "name", source != NULL ? source->name : state->name);
	jsonw_field_text(json, "collector",
	                 source != NULL ? source->collector : state->collector);
	jsonw_field_text_or_null(json, "what", buf_slice(&what));
	jsonw_field_text(json, "state",
	                 rp_slice_str(source_standing(source, state, now)));
	jsonw_field_time(json, "tried", state != NULL ? state->tried : RP_TIME_UNKNOWN,
	                 RP_PRECISION_US);
	jsonw_field_time(json, "worked", state != NULL ? state->worked : RP_TIME_UNKNOWN,
	                 RP_PRECISION_US);
	jsonw_field_time(json, "due", state != NULL ? state->due : RP_TIME_UNKNOWN,
	                 RP_PRECISION_US);
	jsonw_field_int(json, "failures", state != NULL ? state->failures : 0);
	jsonw_field_text_or_null(json, "trouble",
	                         state != NULL ? state->trouble : RP_SLICE(""));
	jsonw_end_object(json);
}

typedef void each_source(void *context, const struct source *source,
                         const struct source_state *state);

/* Those of the config file, then those the archive knows alone; each by name. */
static void
for_each(const struct invocation *inv, const struct source_states *states,
         each_source *each, void *context)
{
	for (size_t i = 0; i < inv->config->n_sources; i++)
		each(context, &inv->config->sources[i],
		     source_state_of(states, inv->config->sources[i].name));
	for (size_t i = 0; i < states->n; i++)
		if (config_source(inv->config, states->list[i].name) == NULL)
			each(context, NULL, &states->list[i]);
}

struct to_text {
	struct listing listing;
	int64_t now;
};
static void
each_text(void *context, const struct source *source, const struct source_state *state)
{
	struct to_text *to = context;

	add_row(&to->listing, source, state, to->now);
}

struct to_json {
	struct jsonw json;
	int64_t now;
};
static void
each_json(void *context, const struct source *source, const struct source_state *state)
{
	struct to_json *to = context;

	add_object(&to->json, source, state, to->now);
}

static void
list_text(const struct invocation *inv, const struct source_states *states,
          struct rp_buf *out)
{
	static const char *const heads[CELLS] = { "NAME", "COLLECTOR", "STATE", "LAST",
		                                  "DUE",  "WHAT",      "" };
	struct to_text to = { .now = inv->now };

	buf_init(&to.listing.cells, LIST_CEILING);
	buf_init(&to.listing.ends, LIST_CEILING);
	for (size_t i = 0; i < CELLS; i++)
		text_cell(&to.listing, rp_slice_str(heads[i]));
	for_each(inv, states, each_text, &to);
	if (buf_failed(&to.listing.cells) || buf_failed(&to.listing.ends))
		out->failed = true;
	else
		print_rows(out, &to.listing);
	buf_done(&to.listing.cells);
	buf_done(&to.listing.ends);
}

static void
list_json(const struct invocation *inv, const struct source_states *states,
          struct rp_buf *out)
{
	struct to_json to = { jsonw_to(out), inv->now };

	jsonw_object(&to.json);
	jsonw_field_int(&to.json, "v", 1);
	jsonw_key(&to.json, "sources");
	jsonw_array(&to.json);
	for_each(inv, states, each_json, &to);
	jsonw_end_array(&to.json);
	jsonw_end_object(&to.json);
	buf_add_byte(out, '\n');
}

int
source_list(struct invocation *inv, bool json)
{
	CLEANUP(source_states_done) struct source_states states = { 0 };
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error err = { .status = RP_OK };
	size_t n;

	buf_init(&text, LIST_CEILING);
	if (source_states_load(&states, inv->store, &err) != RP_OK)
		return report_error(&err);
	n = inv->config->n_sources + states.n;
	if (json)
		list_json(inv, &states, &text);
	else if (n > 0)
		list_text(inv, &states, &text);
	if (buf_failed(&text)) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (n == 0)
		report("there are no sources yet (riposte-config(5) tells how to add one "
		       "to the config file)");
	if (text.n > 0)
		fwrite(text.p, 1, text.n, stdout);
	return finish_output(stdout, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}
