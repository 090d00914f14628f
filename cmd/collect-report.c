/*
 * What is said of a run: a line a source, one of all, or an object.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "cmd/tally.h"
#include "core/base/jsonw.h"

enum { LINE_BYTES = 4096 };

/* What counts are worth a word; nothing else that is zero. */
static void
add_told(struct rp_buf *out, const struct source_run *told)
{
	tally_count(out, "", told->requests, " request", " requests");
	if (told->records > 0)
		tally_count(out, ", ", told->records, " post", " posts");
	if (told->fresh > 0)
		tally_count(out, ", ", told->fresh, " new", " new");
	else if (told->end == SOURCE_DONE && told->versions == 0 && told->rejected == 0)
		buf_add_str(out, ", nothing new");
	if (told->versions > 0)
		tally_count(out, ", ", told->versions, " new version", " new versions");
	if (told->rejected > 0)
		tally_count(out, ", ", told->rejected, " rejected", " rejected");
	if (told->spent_micro > 0) {
		buf_add_str(out, ", $");
		tally_dollars(out, told->spent_micro);
	}
}

static bool
is_success(const struct source_run *told)
{
	return told->end == SOURCE_DONE && told->rejected == 0;
}

/* How an end is put that comes run after run: for a budget, or the most pages. */
static const char *
lasting(enum source_end end, struct rp_slice why)
{
	static const char *const words[] = { "the budget of ", "stopped after " };

	for (size_t i = 0; end == SOURCE_STOPPED && i < sizeof(words) / sizeof(*words);
	     i++)
		if (rp_slice_starts(why, rp_slice_str(words[i])))
			return words[i];
	return NULL;
}

bool
collecting_is_old_news(const struct collecting *run, const struct gather_source *source)
{
	const char *words = lasting(source->told.end, source->told.why), *last = NULL;
	const struct scan scan = { .of = SCAN_SOURCE_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;

	if (words == NULL || source->told.rejected > 0 || run->inv->store == NULL ||
	    store_scan(run->inv->store, &scan, &it, NULL) != RP_OK)
		return false;
	while (store_next(it, &row, NULL) == RP_OK)
		if (rp_slice_eq(row.source_run.source, source->source->name))
			last = lasting(row.source_run.end, row.source_run.why);
	return last == words;
}

void
collecting_tell(const struct collecting *run, const struct gather_source *source)
{
	const struct source_run *told = &source->told;
	CLEANUP(buf_done) struct rp_buf line;

	buf_init(&line, LINE_BYTES);
	/* What is made for one run has no name that anybody gave it. */
	if ((run->quiet || (run->made && !run->verbose)) && is_success(told))
		return;
	if (run->made && !run->verbose &&
	    (told->end == SOURCE_FAILED || told->requests > 0) &&
	    rp_slice_eq(source->source->collector, RP_SLICE("press")))
		return;
	add_told(&line, told);
	if (told->why.n > 0)
		buf_printf(&line, "; %.*s", RP_FMT(told->why));
	if (told->end == SOURCE_LATER && !run->made &&
	    source->state.due != RP_TIME_UNKNOWN) {
		buf_add_str(&line, "; until ");
		rp_time_write(&line, source->state.due, RP_PRECISION_MIN);
	}
	if (!buf_failed(&line))
		report("%.*s: %.*s", RP_FMT(source->source->name),
		       RP_FMT(buf_slice(&line)));
}

/* ---- all of them --------------------------------------------------------------- */

static struct source_run
sum_up(const struct collecting *run, size_t *asked_out)
{
	struct source_run sum = { .end = SOURCE_DONE };

	*asked_out = 0;
	for (size_t i = 0; i < run->n; i++) {
		const struct source_run *told = &run->sources[i].told;

		*asked_out += told->began != RP_TIME_UNKNOWN;
		if (told->began != RP_TIME_UNKNOWN && told->end != SOURCE_DONE)
			sum.end = told->end;
		sum.requests += told->requests;
		sum.records += told->records;
		sum.fresh += told->fresh;
		sum.versions += told->versions;
		sum.rejected += told->rejected;
		sum.spent_micro += told->spent_micro;
	}
	return sum;
}

static void
add_source_json(struct jsonw *json, const struct gather_source *source)
{
	const struct source_run *told = &source->told;

	jsonw_object(json);
	jsonw_field_text(json, "name", source->source->name);
	jsonw_field_text(json, "end", rp_slice_str(source_end_name(told->end)));
	jsonw_field_int(json, "requests", (int64_t)told->requests);
	jsonw_field_int(json, "unchanged", (int64_t)told->unchanged);
	jsonw_field_int(json, "records", (int64_t)told->records);
	jsonw_field_int(json, "new", (int64_t)told->fresh);
	jsonw_field_int(json, "same", (int64_t)told->same);
	jsonw_field_int(json, "versions", (int64_t)told->versions);
	jsonw_field_int(json, "rejected", (int64_t)told->rejected);
	tally_json_dollars(json, "spent_usd", told->spent_micro);
	jsonw_field_time(json, "due", source->state.due, RP_PRECISION_S);
	jsonw_field_text_or_null(json, "why", told->why);
	jsonw_end_object(json);
}

static void
print_json(const struct collecting *run, const struct tally *tally)
{
	struct tally_object object;
	struct jsonw *json = &object.json;

	tally_object_begin(&object, tally);
	jsonw_key(json, "sources");
	jsonw_array(json);
	for (size_t i = 0; i < run->n; i++)
		if (run->sources[i].told.began != RP_TIME_UNKNOWN)
			add_source_json(json, &run->sources[i]);
	jsonw_end_array(json);
	tally_object_end(&object);
}

void
collecting_summarise(const struct collecting *run, const struct tally *tally)
{
	size_t asked;
	const struct source_run sum = sum_up(run, &asked);
	CLEANUP(buf_done) struct rp_buf line;

	buf_init(&line, LINE_BYTES);
	if (run->json) {
		print_json(run, tally);
		return;
	}
	/* Of one source its own line says it all. */
	if (run->quiet || asked < 2)
		return;
	tally_count(&line, "", asked, " source: ", " sources: ");
	add_told(&line, &sum);
	if (!buf_failed(&line))
		report("%.*s%s", RP_FMT(buf_slice(&line)),
		       sum.rejected > 0 ? " (kept; see \"riposte stats --rejected\")"
		                        : "");
}
