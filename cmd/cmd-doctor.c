/*
 * riposte doctor: what is not as it should be, and what to do about it.
 */
#include "cmd/config.h"
#include "cmd/doctor.h"
#include "cmd/report.h"
#include "core/base/jsonw.h"
#include "core/base/utf8.h"
#include "core/config/paths.h"

#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_CEILING = 64 << 20, WORDS_BYTES = 2048 };

static const char *const level_names[] = {
	[FINDING_OK] = "ok", [FINDING_WARNING] = "warning", [FINDING_ERROR] = "error"
};

void
doctor_find(struct doctor *doctor, enum finding_level level, const char *about,
            struct rp_slice text, struct rp_slice mend)
{
	struct finding *findings = arena_room(doctor->arena, doctor->findings, doctor->n,
	                                      &doctor->room, sizeof(*findings));

	if (findings == NULL || text.n == 0) {
		doctor->failed = true;
		return;
	}
	doctor->findings = findings;
	findings[doctor->n++] = (struct finding){ level, about, text, mend };
	if (level == FINDING_WARNING && doctor->exit_status == EXIT_DONE)
		doctor->exit_status = EXIT_NOTHING;
	if (level == FINDING_ERROR)
		doctor->exit_status = EXIT_CONFIG;
}

struct rp_slice
doctor_words(struct doctor *doctor, const char *format, ...)
{
	char words[WORDS_BYTES];
	struct rp_slice kept = RP_SLICE("");
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	if (!arena_copy(doctor->arena, rp_slice_str(words), &kept))
		doctor->failed = true;
	return kept;
}

/* It is told where it would be. */
static void
find_no_config(struct doctor *doctor)
{
	const char *path = NULL;

	if (path_config(doctor->arena, NULL, &path, NULL) == RP_OK)
		doctor_find(doctor, FINDING_OK, "config",
		            doctor_words(doctor, "%s is not there", path), RP_SLICE(""));
	else
		doctor_find(doctor, FINDING_OK, "config", RP_SLICE("there is none"),
		            RP_SLICE(""));
}

static void
check_config(struct doctor *doctor)
{
	struct rp_error err = { .status = RP_OK };

	if (config_load(doctor->inv, doctor->arena, &doctor->config, &err) != RP_OK) {
		doctor_find(doctor, FINDING_ERROR, "config",
		            doctor_words(doctor, "%s%s%s", err.where,
		                         err.where[0] != '\0' ? ": " : "", err.text),
		            RP_SLICE("see riposte-config(5)"));
		return;
	}
	doctor->has_config = true;
	if (doctor->config.path.n == 0)
		find_no_config(doctor);
	else
		doctor_find(doctor, FINDING_OK, "config",
		            doctor_words(doctor, "%.*s: %zu source%s",
		                         RP_FMT(doctor->config.path),
		                         doctor->config.n_sources,
		                         doctor->config.n_sources == 1 ? "" : "s"),
		            RP_SLICE(""));
}

static struct rp_slice
mend_of_archive(struct doctor *doctor, enum rp_status st)
{
	struct stat is;

	if (stat(doctor->archive, &is) == 0 && is.st_size == 0)
		return RP_SLICE("riposte collect and riposte import make one of it");
	return st == RP_CORRUPT || st == RP_BAD_CONFIG
	               ? RP_SLICE("riposte verify tells more")
	               : RP_SLICE("run riposte as the user whose archive it is");
}

static void
open_archive(struct doctor *doctor)
{
	const struct options *options = &doctor->inv->options;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	if (path_archive(doctor->arena, option(options, "archive"),
	                 option(options, "config"), &doctor->archive, &err) != RP_OK) {
		doctor->archive = NULL;
		if (doctor->has_config)
			doctor_find(doctor, FINDING_ERROR, "archive",
			            doctor_words(doctor, "%s", err.text),
			            RP_SLICE("name it with -A"));
		return;
	}
	st = store_sqlite_open(doctor->archive, STORE_READ, &doctor->store, NULL, &err);
	if (st == RP_OK || st == RP_NOT_FOUND)
		return;
	doctor_find(doctor, FINDING_ERROR, "archive",
	            strstr(err.text, doctor->archive) != NULL
	                    ? doctor_words(doctor, "%s", err.text)
	                    : doctor_words(doctor, "%s: %s", doctor->archive, err.text),
	            mend_of_archive(doctor, st));
	if (st == RP_CORRUPT)
		doctor->exit_status = EXIT_DAMAGED;
}

/* ---- telling ---------------------------------------------------------------------- */

/* With -q, what is well is not told. */
static void
findings_text(const struct doctor *doctor, struct rp_buf *out)
{
	bool quiet = option(&doctor->inv->options, "quiet") != NULL;

	for (size_t i = 0; i < doctor->n; i++) {
		const struct finding *finding = &doctor->findings[i];

		if (quiet && finding->level == FINDING_OK)
			continue;
		buf_printf(out, "%-8s %-11s ", level_names[finding->level],
		           finding->about);
		utf8_show(out, finding->text, true);
		if (finding->mend.n > 0) {
			buf_add_str(out, " (");
			utf8_show(out, finding->mend, true);
			buf_add_byte(out, ')');
		}
		buf_add_byte(out, '\n');
	}
}

static void
findings_json(const struct doctor *doctor, struct rp_buf *out)
{
	struct jsonw json = jsonw_to(out);

	jsonw_object(&json);
	jsonw_field_int(&json, "v", 1);
	jsonw_key(&json, "findings");
	jsonw_array(&json);
	for (size_t i = 0; i < doctor->n; i++) {
		const struct finding *finding = &doctor->findings[i];

		jsonw_object(&json);
		jsonw_field_text(&json, "level",
		                 rp_slice_str(level_names[finding->level]));
		jsonw_field_text(&json, "about", rp_slice_str(finding->about));
		jsonw_field_text(&json, "text", finding->text);
		jsonw_field_text_or_null(&json, "mend", finding->mend);
		jsonw_end_object(&json);
	}
	jsonw_end_array(&json);
	jsonw_end_object(&json);
	buf_add_byte(out, '\n');
}

static int
tell(const struct doctor *doctor, bool json)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error err = { .status = RP_OK };

	buf_init(&text, TEXT_CEILING);
	if (json)
		findings_json(doctor, &text);
	else
		findings_text(doctor, &text);
	if (doctor->failed || buf_failed(&text)) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (text.n > 0)
		fwrite(text.p, 1, text.n, stdout);
	return finish_output(stdout, doctor->exit_status);
}

int
cmd_doctor(struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(CONFIG_CEILING_BYTES);
	struct doctor doctor = { .inv = inv, .arena = arena };
	struct rp_error err = { .status = RP_OK };

	if (arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	check_config(&doctor);
	open_archive(&doctor);
	doctor_files(&doctor);
	doctor_machine(&doctor);
	doctor_sources(&doctor);
	if (option(&inv->options, "online") != NULL)
		doctor_online(&doctor);
	doctor.store = store_close(doctor.store);
	return tell(&doctor, option(&inv->options, "json") != NULL);
}
