#include "cmd/command.h"
#include "cmd/ref.h"

#include <string.h>

/* clang-format off */
static const struct option_row import_options[] = {
	{ 0, "as",         "FORMAT", "read as FORMAT instead of recognising the content" },
	{ 0, "event",      "ID",     "speech: id of the event, part of every turn's key" },
	{ 0, "title",      "TEXT",   "speech, article: what it is called" },
	{ 0, "place",      "TEXT",   "speech: where it took place" },
	{ 0, "date",       "DATE",   "speech, article: the day, in the place's calendar" },
	{ 0, "start",      "TIME",   "speech, article: when it began, by the clocks there" },
	{ 0, "anchor",     "OFFSET", "speech: how far into the recording it began" },
	{ 0, "tz",         "ZONE",   "speech, article, feed: zone, such as Europe/Zurich" },
	{ 0, "not-before", "TIME",   "speech: after TIME, or after the post with that key" },
	{ 0, "not-after",  "TIME",   "speech: before TIME, or before that post" },
	{ 0, "speaker",    "NAME",   "speech: who speaks where no name is told" },
	{ 0, "lang",       "CODE",   "speech, article: language, such as en" },
	{ 0, "url",        "URL",    "where it was published, or came from" },
	{ 0, "account",    "ID",     "X archive: number of the account whose posts these are" },
	{ 0, "json",       NULL,     "summary as one JSON object on standard output" },
	{ 0, NULL,         NULL,     NULL },
};

static const struct option_row collect_options[] = {
	{ 0, "all",      NULL,     "every source, due or not" },
	{ 0, "dry-run",  NULL,     "print what would be asked first, and ask nobody" },
	{ 0, "estimate", NULL,     "print what the first requests may cost, and ask nobody" },
	{ 0, "budget",   "AMOUNT", "spend no more, all in all: 0.50usd, 5usd/month" },
	{ 0, "json",     NULL,     "summary as one JSON object on standard output" },
	{ 0, NULL,       NULL,     NULL },
};

static const struct option_row fill_options[] = {
	{ 'n', "limit",    "N",      "look for at most N posts (1000 if not given)" },
	{ 0,   "again",    NULL,     "ask also who was asked before" },
	{ 0,   "dry-run",  NULL,     "print what would be asked for, and ask nobody" },
	{ 0,   "estimate", NULL,     "print what it may cost, and ask nobody" },
	{ 0,   "budget",   "AMOUNT", "spend no more; without it nothing that costs is asked" },
	{ 0,   "json",     NULL,     "summary as one JSON object on standard output" },
	{ 0,   NULL,       NULL,     NULL },
};

static const struct option_row recheck_options[] = {
	{ 0, "dry-run",  NULL,     "print what would be asked for, and ask nobody" },
	{ 0, "estimate", NULL,     "print what it may cost, and ask nobody" },
	{ 0, "budget",   "AMOUNT", "spend no more; without it nothing that costs is asked" },
	{ 0, "json",     NULL,     "summary as one JSON object on standard output" },
	{ 0, "utc",      NULL,     "dates are in UTC" },
	{ 0, "tz",       "ZONE",   "dates are in this zone, such as Europe/Paris" },
	{ 0, NULL,       NULL,     NULL },
};

static const struct option_row merge_options[] = {
	{ 0, "json", NULL, "summary as one JSON object on standard output" },
	{ 0, NULL,   NULL, NULL },
};

static const struct option_row json_options[] = {
	{ 'f', "format", "FORMAT", "how to write: text or json" },
	{ 0,   "json",   NULL,     "the same as -f json" },
	{ 0,   NULL,     NULL,     NULL },
};

static const struct option_row show_options[] = {
	{ 0, "raw",  NULL, "the post's exact bytes as they came, nothing else" },
	{ 0, NULL,   NULL, NULL },
};

static const struct option_row stats_options[] = {
	{ 0, "rejected", NULL, "list the records that could not be read" },
	{ 0, "chain",    NULL, "print the archive's id and the head of its run chain" },
	{ 0, NULL,       NULL, NULL },
};

static const struct option_row verify_options[] = {
	{ 0, "data", "[=K/N]", "re-hash every record and capture, and make everything derived again; or the K-th of N parts of that" },
	{ 0, NULL,   NULL,     NULL },
};

static const struct option_row compact_options[] = {
	{ 0, "tight", NULL, "the smallest form, at several times the CPU" },
	{ 0, "json",  NULL, "summary as one JSON object on standard output" },
	{ 0, NULL,    NULL, NULL },
};

static const struct option_row export_options[] = {
	{ 0, "canonical", NULL, "only what is known of the posts, sorted by key" },
	{ 0, NULL,        NULL, NULL },
};

static const struct option_row backup_options[] = {
	{ 0, "force", NULL, "write over FILE if it is there" },
	{ 0, NULL,    NULL, NULL },
};

static const struct option_row doctor_options[] = {
	{ 0, "online", NULL, "also see whether the hosts of the sources answer" },
	{ 0, "json",   NULL, "findings as one JSON object" },
	{ 0, NULL,     NULL, NULL },
};

static const struct option_row schedule_options[] = {
	{ 0,   "every",   "TIME", "how often to collect: 5min (if not given), 1h, 1d" },
	{ 0,   "cron",    NULL,   "lines of a crontab (if nothing else is said)" },
	{ 0,   "systemd", NULL,   "services and timers of systemd" },
	{ 0,   "user",    "NAME", "who runs the services; else whose the archive is" },
	{ 'o', "output",  "DIR",  "write files into DIR instead of to standard output" },
	{ 0,   "force",   NULL,   "write over files that are there" },
	{ 0,   NULL,      NULL,   NULL },
};

const struct command commands[] = {
	{ "import", NEEDS_STORE_CREATE, cmd_import, "FILE... | -",
	  "take in posts, press, transcripts, captions, feeds, lists, archives",
	  { import_options }, 1, -1, check_import },
	{ "collect", NEEDS_PATH, cmd_collect, "[SOURCE...]",
	  "fetch what is new from the sources that are due", { collect_options }, 0, -1, NULL },
	{ "fill", NEEDS_STORE_WRITE | NEEDS_CONFIG, cmd_fill, "[REF...]",
	  "fetch posts that others answer or quote and that are missing", { fill_options }, 0, -1, check_refs },
	{ "recheck", NEEDS_STORE_WRITE | NEEDS_CONFIG, cmd_recheck, "[QUERY]",
	  "see whether posts are still there, and say the same",
	  { recheck_options, options_range }, 0, -1, check_recheck },
	{ "thread", NEEDS_STORE, cmd_thread, "REF...",
	  "show who answered whom around a post (its URL or key)", { options_output }, 1, -1, check_thread },
	{ "exchange", NEEDS_STORE, cmd_exchange, "PERSON PERSON...",
	  "show the back-and-forth between people, on any platform",
	  { options_output, options_range }, 2, -1, check_exchange },
	{ "timeline", NEEDS_STORE, cmd_timeline, "[QUERY]",
	  "list posts in the order of their time", { options_output, options_range }, 0, -1, check_query },
	{ "search", NEEDS_STORE, cmd_search, "QUERY",
	  "list the posts that match", { options_output, options_range }, 1, -1, check_query },
	{ "show", NEEDS_STORE, cmd_show, "REF",
	  "show one post: text, versions, states, edges, where it came from",
	  { show_options, options_output }, 1, 1, check_show },
	{ "capture", NEEDS_STORE, cmd_capture, "list | cat ID",
	  "list what came in, or give its exact bytes back", { options_output }, 1, 2, check_capture },
	{ "person", NEEDS_STORE, cmd_person, "list | show NAME",
	  "list people and their accounts", { options_output }, 1, 2, check_person },
	{ "gaps", NEEDS_STORE, cmd_gaps, "[SOURCE]",
	  "show what sources missed, why, and what to do about it", { json_options }, 0, 1, check_gaps },
	{ "merge", NEEDS_STORE_CREATE, cmd_merge, "OTHER...",
	  "take in other archives, with all that they vouch for", { merge_options }, 1, -1, check_merge },
	{ "source", NEEDS_STORE_MAYBE | NEEDS_CONFIG, cmd_source, "list | show|test NAME | pause|resume NAME...",
	  "list the sources of the config file and how they stand, stop and start them",
	  { json_options }, 1, -1, check_source },
	{ "stats", NEEDS_STORE, cmd_stats, "",
	  "count what the archive holds", { stats_options, json_options }, 0, 0, NULL },
	{ "verify", NEEDS_STORE, cmd_verify, "",
	  "check that nothing in the archive is damaged", { verify_options }, 0, 0, check_verify },
	{ "rebuild", NEEDS_STORE_WRITE, cmd_rebuild, "",
	  "make everything derived again from what came in", { NULL }, 0, 0, NULL },
	{ "compact", NEEDS_STORE_WRITE, cmd_compact, "",
	  "pack what came in together, so that it takes a fraction of its room",
	  { compact_options }, 0, 0, NULL },
	{ "export", NEEDS_STORE, cmd_export, "[QUERY]",
	  "write posts out", { export_options, options_output, options_range }, 0, -1, check_export },
	{ "doctor", NEEDS_NOTHING, cmd_doctor, "",
	  "look for what keeps riposte from working, and say what to do", { doctor_options }, 0, 0, NULL },
	{ "schedule", NEEDS_CONFIG, cmd_schedule, "",
	  "print what makes cron or systemd run riposte", { schedule_options }, 0, 0, check_schedule },
	{ "backup", NEEDS_STORE, cmd_backup, "FILE",
	  "copy the archive, also while others write to it", { backup_options }, 1, 1, check_backup },
	{ "help", NEEDS_NOTHING, cmd_help, "[COMMAND]",
	  "show this help, or that of a command", { NULL }, 0, 1, NULL },
	{ "version", NEEDS_NOTHING, cmd_version, "",
	  "print the version", { NULL }, 0, 0, NULL },
};
/* clang-format on */

const size_t n_commands = sizeof(commands) / sizeof(commands[0]);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < n_commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

void
command_options(const struct command *command, struct options *options)
{
	size_t n = 0;

	*options = (struct options){ .groups = { options_common } };
	for (; command->option_groups[n] != NULL; n++)
		options->groups[n + 1] = command->option_groups[n];
}

void
command_list(FILE *out)
{
	fputs("usage: riposte COMMAND [OPTION...] [ARGUMENT...]\n\n"
	      "An archive of who said what, to whom, and when.\n\n",
	      out);
	for (size_t i = 0; i < n_commands; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fputs("\n\"riposte COMMAND --help\" tells more; so does man riposte.\n", out);
}
