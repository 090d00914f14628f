/*
 * Is a text a transcript?  Labels that speakers may have are met in every second text of
 * another kind: what stands behind them must be speech.
 */
#include "core/base/utf8.h"
#include "core/collect/options.h"
#include "core/collect/plain.h"
#include "core/collect/transcript-lines.h"

enum { FOLD_BYTES = 4096 };

/* Levels of logs, fields of tables, headings of manuals, words of programs; folded.
 * Nobody is called so, though a label is. */
/* clang-format off */
static const char *const no_speakers[] = {
	"info", "error", "errors", "warn", "warnings", "debug", "trace", "fatal", "critical",
	"notice", "verbose", "exception", "traceback", "caused by", "fail", "failed", "pass",
	"ok", "success", "skip", "skipped", "todo", "fixme", "xxx", "hack", "bug", "bugs",
	"parameters", "parameter", "params", "param", "args", "arguments", "argument",
	"returns", "return", "raises", "raise", "throws", "yields", "yield", "attributes",
	"attribute", "methods", "method", "example", "examples", "usage", "options", "option",
	"default", "defaults", "type", "types", "value", "values", "input", "output",
	"result", "results", "class", "function", "functions", "module", "see also", "see",
	"references", "reference", "requires", "required", "deprecated", "since", "version",
	"synopsis", "description", "name", "names", "format", "files", "file", "license",
	"licence", "licenses", "comment", "comments", "package", "packages", "maintainer",
	"maintainers", "upstream", "homepage", "depends", "recommends", "suggests",
	"priority", "architecture", "size", "status", "severity", "component", "product",
	"reporter email", "email", "e-mail", "mail", "phone", "fax", "address", "web",
	"website", "twitter", "facebook", "id", "key", "keys", "keyword", "keywords",
	"category", "categories", "tag", "closes", "fixes", "fixed", "fix", "added", "changed",
	"removed", "security", "features", "feature", "new", "changes", "changelog",
	"release", "released", "news", "readme", "important", "caution", "attention", "tip",
	"hint", "danger", "remark", "remarks", "rationale", "limitations", "caveats",
	"problem", "problems", "solution", "solutions", "workaround", "cause", "symptom",
	"steps", "step", "expected", "actual", "code", "command", "commands", "host", "port",
	"server", "client", "user", "users", "password", "path", "compiler", "linker",
	"build", "target", "targets", "test", "tests", "stdout", "stderr", "exit code",
	"total", "count", "number", "start", "end", "begin", "starting", "running",
	"dependency", "dependencies", "program", "library", "header", "message", "reason",
	"origin", "forwarded", "bug-debian", "last-update", "reviewed-by", "signed-off-by",
	"thanks", "thanks to", "contributors", "contributor", "authors", "abstract",
	"introduction", "background", "overview", "contents", "installation", "requirements",
	"bagging-date", "payload-oxum", "contact-name", "source-organization",
	"sentence", "definition", "explanation", "answer key", "rule", "rules", "table",
	"figure", "fig", "chapter", "page", "line", "column", "row", "index", "appendix",
};
/* clang-format on */

/* Text, and none of the formats that look like it. */
static bool
is_plain_text(struct rp_slice head)
{
	struct rp_slice text = rp_slice_trim(head), behind;

	if (text.n == 0 || rp_slice_find_byte(head, '\0') < head.n)
		return false;
	if (text.p[0] == '{' || text.p[0] == '<' ||
	    rp_slice_starts(text, RP_SLICE("WEBVTT")))
		return false;
	behind = rp_slice_trim(rp_slice_skip(text, 1));
	if (text.p[0] == '[' && behind.n > 0 &&
	    (behind.p[0] == '{' || behind.p[0] == '"' || behind.p[0] == '['))
		return false;
	return rp_slice_find(head, RP_SLICE("-->")) == head.n;
}

static bool
user_says_so(struct rp_slice options)
{
	return options_get(options, RP_SLICE("event")).n != 0 ||
	       options_get(options, RP_SLICE("speaker")).n != 0;
}

static bool
is_no_speaker(struct rp_slice name, struct arena *room)
{
	struct rp_slice folded, last;

	arena_reset(room);
	if (!utf8_fold(room, name, &folded))
		return true;
	last = label_last_word(folded);
	for (size_t i = 0; i < sizeof(no_speakers) / sizeof(*no_speakers); i++)
		if (rp_slice_eq(folded, rp_slice_str(no_speakers[i])) ||
		    rp_slice_eq(last, rp_slice_str(no_speakers[i])))
			return true;
	return false;
}

/* What the labels of a text are worth. */
struct weighing {
	size_t speakers; /* with speech behind them */
	size_t others;   /* fields, levels, and labels with something else behind */
	size_t sure;     /* speakers whose labels tell it themselves, or come again */
};

/* Labels whose text begins on the next line are believed. */
static void
weigh(struct weighing *w, const struct roster *roster, const struct label *label,
      struct rp_slice line, struct arena *room)
{
	const struct rp_slice speech = rp_slice_skip(line, label->text_at);

	if (label->sort == LABEL_NONE)
		return;
	if (label->sort == LABEL_REMARK || is_no_speaker(label->name, room) ||
	    (speech.n > 0 ? !plain_is_sentence(speech)
	                  : label->offset_s < 0 && !label->capitals)) {
		w->others++;
		return;
	}
	if (roster_judge(roster, label, true, false) != VERDICT_SPEAKER)
		return;
	w->speakers++;
	w->sure += label->sort != LABEL_NAME || roster_is_sure(roster, label);
}

static struct weighing
weigh_all(const struct roster *roster, struct rp_slice text, char line_end)
{
	CLEANUP(arena_free) struct arena *room = arena_new(FOLD_BYTES);
	struct weighing w = { 0 };

	while (text.n > 0 && room != NULL) {
		const struct rp_slice line = rp_slice_trim(rp_slice_cut(&text, line_end));
		const struct label label = label_read(line, true);

		weigh(&w, roster, &label, line, room);
	}
	return w;
}

static bool
has_speaker(const struct roster *roster, struct rp_slice text, char line_end)
{
	while (text.n > 0) {
		struct rp_slice line = rp_slice_trim(rp_slice_cut(&text, line_end));
		const struct label label = label_read(line, true);

		if (roster_judge(roster, &label, true, true) == VERDICT_SPEAKER)
			return true;
	}
	return false;
}

int
transcript_sniff(struct rp_slice head, const struct input *input)
{
	enum { NO = 0, MONOLOGUE = 30, LABELS = 40, TOLD = 60 };
	CLEANUP(roster_free) struct roster *roster = roster_new();
	struct rp_slice text = text_without_mark(head), rest = text;
	const char line_end = line_end_of(text);
	struct foreign_lines native = { .charset = RP_SLICE("") };
	struct plain plain;
	struct weighing w;

	if (roster == NULL || !is_plain_text(text) ||
	    roster_read_options(roster, input->options, NULL) != RP_OK)
		return NO;
	while (rest.n > 0)
		line_count(roster, &native, rp_slice_cut(&rest, line_end));
	if (roster_is_monologue(roster))
		return MONOLOGUE;
	if (user_says_so(input->options))
		return has_speaker(roster, text, line_end) ? TOLD : NO;
	plain = plain_look(text);
	if (plain_is_technical(&plain))
		return NO;
	w = weigh_all(roster, text, line_end);
	return w.speakers >= 2 && w.speakers > 2 * w.others ? LABELS : NO;
}
