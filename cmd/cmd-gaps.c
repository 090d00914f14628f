/*
 * riposte gaps: the stretches of time that sources did not see whole, why, and what can
 * be done about it.
 */
#include "cmd/report.h"
#include "core/base/jsonw.h"
#include "core/base/utf8.h"
#include "core/thread/author.h"

#include <string.h>

struct gaps {
	struct store *store;
	struct arena *arena;
	struct authors authors;
	struct rp_slice only; /* that source; empty: all */
	bool json, verbose, quiet;
	struct rp_buf out;
	struct jsonw w;
	size_t n_gaps, n_stretches, n_sources;
	bool asked; /* that source, or any, ran; whether or not it covered something */
};

/* One source, as far as its stretches were read. */
struct span {
	struct rp_slice source; /* empty: none yet */
	struct rp_slice collector;
	bool any; /* something was seen */
	struct rp_slice subject;
	int64_t from, until; /* of the stretch that was told last; equal: none was */
};

/* ---- what is said of one ---- */

/* By what understands the source; a line of 80 columns with what stands before. */
static const char *
what_next(struct rp_slice collector, const struct coverage *gap)
{
	/* clang-format off */
	static const struct { const char *collector, *words; } all[] = {
		{ "x",     "set \"archive = yes\" if the token may search all, or import an X archive" },
		{ "bsky",  "set \"records = yes\": the account's repository has all its posts" },
		{ "masto", "import an archive of the account, or \"since\" an earlier day" },
		{ "feed",  "import older copies of the feed, if anybody has them" },
		{ "press", "import the pages, if anybody has them" },
	};
	/* clang-format on */

	if (rp_slice_eq(gap->why, RP_SLICE("not read yet")))
		return "nothing: the next run reads on there";
	if (rp_slice_eq(collector, RP_SLICE("masto")) &&
	    rp_slice_starts(gap->subject, RP_SLICE("conversation:")))
		return "follow who answers there, at their own instances";
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (rp_slice_eq(collector, rp_slice_str(all[i].collector)))
			return all[i].words;
	return "import what there is of that time";
}

/* "@handle" of an account, else the subject itself. */
static enum rp_status
label_of(struct gaps *gaps, struct rp_slice subject, struct rp_slice *out,
         struct rp_error *err)
{
	size_t author = 0;
	enum rp_status st = RP_OK;

	*out = subject;
	if (!key_is_account(subject))
		return RP_OK;
	st = authors_find(&gaps->authors, subject, &author, err);
	if (st == RP_OK &&
	    !author_label(&gaps->authors.list[author].view, gaps->arena, out))
		return rp_fail_memory(err);
	return st;
}

static void
add_instant(struct rp_buf *out, int64_t us)
{
	if (us == RP_TIME_UNKNOWN)
		buf_add_str(out, "the beginning");
	else
		rp_time_write(out, us,
		              us % RP_MINUTE == 0 ? RP_PRECISION_MIN : RP_PRECISION_S);
}

static void
gap_text(struct gaps *gaps, const struct coverage *gap, struct rp_slice label,
         const char *next)
{
	struct rp_buf *out = &gaps->out;

	utf8_show(out, gap->source, true);
	buf_add_str(out, "  ");
	utf8_show(out, label, true);
	buf_add_str(out, "  from ");
	add_instant(out, gap->from);
	buf_add_str(out, " until ");
	add_instant(out, gap->until);
	buf_add_str(out, "\n  why   ");
	utf8_show(out, gap->why, true);
	buf_printf(out, "\n  next  %s\n", next);
}

static void
gap_json(struct gaps *gaps, const struct coverage *gap, struct rp_slice label,
         const char *next)
{
	struct jsonw *w = &gaps->w;

	jsonw_object(w);
	jsonw_field_text(w, "source", gap->source);
	jsonw_field_text(w, "subject", gap->subject);
	jsonw_field_text(w, "label", label);
	jsonw_field_time(w, "from", gap->from, RP_PRECISION_US);
	jsonw_field_time(w, "until", gap->until, RP_PRECISION_US);
	jsonw_field_text(w, "why", gap->why);
	jsonw_field_text(w, "next", rp_slice_str(next));
	jsonw_end_object(w);
}

/* ---- going through them ---- */

/* With -v: the stretch that ends here, as nothing that was seen joins it. */
static void
end_stretch(struct gaps *gaps, const struct span *span)
{
	if (gaps->json || !gaps->verbose || span->from == span->until)
		return;
	utf8_show(&gaps->out, span->source, true);
	buf_add_str(&gaps->out, "  covers from ");
	add_instant(&gaps->out, span->from);
	buf_add_str(&gaps->out, " until ");
	add_instant(&gaps->out, span->until);
	buf_add_byte(&gaps->out, '\n');
}

static void
end_source(struct gaps *gaps, const struct span *span)
{
	end_stretch(gaps, span);
	if (span->source.n == 0 || span->any || gaps->json || !gaps->verbose)
		return;
	utf8_show(&gaps->out, span->source, true);
	buf_add_str(&gaps->out, "  has seen nothing whole\n");
}

static enum rp_status
begin_source(struct gaps *gaps, struct rp_slice source, struct span *out,
             struct rp_error *err)
{
	struct source_state state;
	struct span span = { .from = 0 };
	enum rp_status st;

	gaps->n_sources++;
	if (!arena_copy(gaps->arena, source, &span.source))
		return rp_fail_memory(err);
	st = store_source_get(gaps->store, source, gaps->arena, &state, err);
	if (st == RP_OK)
		span.collector = state.collector;
	*out = span;
	return st == RP_NOT_FOUND ? RP_OK : st;
}

/* One that goes on where the last of its subject ended is the same. */
static enum rp_status
take_seen(struct gaps *gaps, const struct coverage *seen, struct span *span,
          struct rp_error *err)
{
	if (span->from != span->until && span->until == seen->from &&
	    rp_slice_eq(span->subject, seen->subject)) {
		span->until = seen->until;
		return RP_OK;
	}
	end_stretch(gaps, span);
	span->from = seen->from;
	span->until = seen->until;
	span->any = true;
	return arena_copy(gaps->arena, seen->subject, &span->subject)
	               ? RP_OK
	               : rp_fail_memory(err);
}

static enum rp_status
take_stretch(struct gaps *gaps, const struct coverage *one, struct span *span,
             struct rp_error *err)
{
	struct rp_slice label;
	enum rp_status st;

	gaps->n_stretches++;
	if (!one->gap)
		return take_seen(gaps, one, span, err);
	gaps->n_gaps++;
	st = label_of(gaps, one->subject, &label, err);
	if (st != RP_OK)
		return st;
	(gaps->json ? gap_json : gap_text)(gaps, one, label,
	                                   what_next(span->collector, one));
	return RP_OK;
}

static enum rp_status
go_through(struct gaps *gaps, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_COVERAGE, .key = gaps->only };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct span span = { .from = 0 };
	union scan_row row;
	enum rp_status st = store_scan(gaps->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (!rp_slice_eq(row.coverage.source, span.source)) {
			end_source(gaps, &span);
			st = begin_source(gaps, row.coverage.source, &span, err);
		}
		if (st == RP_OK)
			st = take_stretch(gaps, &row.coverage, &span, err);
	}
	end_source(gaps, &span);
	if (st == RP_END && buf_failed(&gaps->out))
		return rp_fail_memory(err);
	return st == RP_END ? RP_OK : st;
}

/* Sources that saw nothing whole have no stretch. */
static enum rp_status
find_asked(struct gaps *gaps, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SOURCES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(gaps->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		gaps->asked |=
			gaps->only.n == 0 || rp_slice_eq(row.source.name, gaps->only);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
describe(struct gaps *gaps, struct rp_error *err)
{
	enum rp_status st;

	if (gaps->json) {
		jsonw_object(&gaps->w);
		jsonw_field_int(&gaps->w, "v", 1);
		jsonw_key(&gaps->w, "gaps");
		jsonw_array(&gaps->w);
	}
	st = go_through(gaps, err);
	if (st == RP_OK && gaps->n_sources == 0)
		st = find_asked(gaps, err);
	if (st != RP_OK || !gaps->json)
		return st;
	jsonw_end_array(&gaps->w);
	jsonw_field_int(&gaps->w, "stretches", (int64_t)gaps->n_stretches);
	jsonw_field_int(&gaps->w, "sources", (int64_t)gaps->n_sources);
	jsonw_end_object(&gaps->w);
	buf_add_byte(&gaps->out, '\n');
	return RP_OK;
}

static int
write_gaps(struct gaps *gaps)
{
	fwrite(gaps->out.p, 1, gaps->out.n, stdout);
	if (gaps->n_gaps > 0)
		return finish_output(stdout, EXIT_DONE);
	if (gaps->quiet)
		return finish_output(stdout, EXIT_NOTHING);
	if (gaps->n_sources == 0 && gaps->asked)
		report("no gaps are known, but nothing was seen whole either");
	else if (gaps->n_sources == 0 && gaps->only.n > 0)
		report("the archive has nothing of a source \"%.*s\"",
		       RP_FMT(gaps->only));
	else if (gaps->n_sources == 0)
		report("the archive has no sources: all it holds was imported");
	else
		report("no gaps in %zu stretch%s of %zu source%s", gaps->n_stretches,
		       gaps->n_stretches == 1 ? "" : "es", gaps->n_sources,
		       gaps->n_sources == 1 ? "" : "s");
	return finish_output(stdout, EXIT_NOTHING);
}

static int
show_gaps(const struct invocation *inv, struct gaps *gaps)
{
	struct rp_error err = { .status = RP_OK };

	if (gaps->arena == NULL)
		(void)rp_fail_memory(&err);
	else if (authors_init(&gaps->authors, inv->store, NULL, gaps->arena, &err) ==
	                 RP_OK &&
	         describe(gaps, &err) == RP_OK)
		return write_gaps(gaps);
	return report_error(&err);
}

static bool
is_json(const struct invocation *inv)
{
	const char *format = option(&inv->options, "format");

	return option(&inv->options, "json") != NULL ||
	       (format != NULL && strcmp(format, "json") == 0);
}

int
check_gaps(const struct invocation *inv)
{
	const char *format = option(&inv->options, "format");

	if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
		return report_usage(inv, "gaps are written as text or json");
	return EXIT_DONE;
}

int
cmd_gaps(struct invocation *inv)
{
	struct gaps gaps = { .store = inv->store,
		             .json = is_json(inv),
		             .verbose = option(&inv->options, "verbose") != NULL,
		             .quiet = option(&inv->options, "quiet") != NULL };
	int exit_status;

	if (inv->n_operands > 0)
		gaps.only = rp_slice_str(inv->operands[0]);
	gaps.arena = arena_new((size_t)1 << 30);
	buf_init(&gaps.out, (size_t)1 << 30);
	gaps.w = jsonw_to(&gaps.out);
	exit_status = show_gaps(inv, &gaps);
	authors_done(&gaps.authors);
	buf_done(&gaps.out);
	arena_free(gaps.arena);
	return exit_status;
}
