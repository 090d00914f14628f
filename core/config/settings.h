/*
 * The config file: sections, their settings and what these may be.
 *
 *	[http]
 *	contact = desk@paper.example
 *
 *	[source musk]
 *	collector = x
 *	account = elonmusk
 *	token = file:x-token
 *	every = 15min
 *	budget = 5usd/month
 *
 * One table a section says which settings there are; from it come the checks, the
 * defaults and riposte-config(5)'s lists.  A setting nobody knows, one that comes twice
 * where it may not, and a value that makes no sense are RP_BAD_CONFIG with file, line and
 * key.  The file is read once, when a command begins.
 */
#ifndef RIPOSTE_CORE_CONFIG_SETTINGS_H
#define RIPOSTE_CORE_CONFIG_SETTINGS_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/* clang-format off */
enum setting_type {
	SETTING_TEXT,
	SETTING_WORD,     /* one of row.words, "a|b|c" */
	SETTING_YES,      /* yes or no */
	SETTING_NUMBER,   /* from row.low to row.high */
	SETTING_DURATION, /* "500ms" "90s" "15min" "6h" "7d": microseconds, low to high */
	SETTING_SIZE,     /* "512kB" "32MB" "1GB": bytes, kB is 1000 of them; low to high */
	SETTING_URL,      /* http:// or https://, no user, no fragment; "/" at its end is cut */
	SETTING_MONEY,    /* "0.50usd": millionths */
	SETTING_BUDGET,   /* "5usd/month", also /day, /run; without: /run */
	SETTING_SECRET,   /* "env:NAME", "file:PATH", "credential:NAME" or NAME alone: see
	                     secret.h; never the secret itself */
	SETTING_TIME,     /* what rp_time_read() takes */
	SETTING_PATH,     /* of a file; no "~" or ".."; see config_file() */
	SETTING_ZONE,     /* "Europe/Zurich", one that this machine knows */
};
/* clang-format on */

struct setting_row {
	const char *name; /* NULL ends a table */
	enum setting_type type;
	const char *otherwise; /* default as it would be written; NULL: none */
	const char *words;
	int64_t low, high; /* both 0: any */
	bool several;      /* may come more than once */
	bool needed;
	const char *help; /* one line, for `source show` and the man page */
};

struct setting {
	const struct setting_row *row;
	struct rp_slice value; /* as written */
	int64_t number; /* of yes (1), number, duration, size, money, budget, time */
	char per;       /* of a budget: 'r' run, 'd' day, 'm' month */
	uint32_t line;  /* 0: the default */
};

enum { SECTION_TABLES = 2, SECTION_ROWS_MAX = 64 }; /* of one table */

/* A section, checked. */
struct section {
	struct rp_slice name;           /* "http"; of a source its own: "musk" */
	uint32_t line;                  /* 0: it is not in the file */
	const struct setting *settings; /* those that are written there, in that order */
	size_t n;
	const struct setting *defaults; /* of all rows that have one; shared */
	size_t n_defaults;
	/* Which settings there are: a collector's own come first, and hide common ones
	 * of the same name.  NULL: no more. */
	const struct setting_row *tables[SECTION_TABLES];
};

/* The first setting of that name (or its default), NULL: none.  Which names there are is
 * the table's: asking for another one is our mistake. */
const struct setting *section_get(const struct section *section, const char *name);
/* Its value; empty: none. */
struct rp_slice section_text(const struct section *section, const char *name);
/* Its number; `otherwise` when it has none. */
int64_t section_number(const struct section *section, const char *name,
                       int64_t otherwise);
/* Every one of a setting that may come several times: start with NULL. */
const struct setting *section_next(const struct section *section, const char *name,
                                   const struct setting *after);

/* The row of that name; NULL: there is none. */
const struct setting_row *section_row(const struct section *section,
                                      struct rp_slice name);

/* Settings that every source has: collector, token, every, budget, base, robots, tz, … */
extern const struct setting_row source_settings[];
/* Of [archive] and [http]; and what is paid for, [prices]: "x.post", by piece. */
extern const struct setting_row archive_settings[];
extern const struct setting_row http_settings[];
extern const struct setting_row price_settings[];

struct source {
	struct rp_slice name;      /* [source NAME]: a word of letters, digits, . _ - */
	struct rp_slice collector; /* "x" */
	struct section settings;   /* source_settings and the collector's own */
};

struct config {
	struct rp_slice path; /* empty: there is no file, everything is default */
	struct section archive, http, prices;
	struct source *sources; /* by name */
	size_t n_sources;
};

/* Which settings a collector has, by its name; NULL: there is no such collector. */
typedef const struct setting_row *config_collector(struct rp_slice name);

/* What a config file may have, and room for an arena that holds one. */
enum { CONFIG_MAX_BYTES = 64 << 20 };
#define CONFIG_CEILING_BYTES ((size_t)1 << 30)

/*
 * Read it.  path: of --config or path_config(); it need not be there unless `must`.
 * Everything lives in the arena; CONFIG_CEILING_BYTES are enough for any.  100,000
 * sources take less than a second.
 *
 * RP_BAD_CONFIG  err->where is "PATH:LINE", the text "[section] key: why"
 * RP_FAILED      out of memory
 */
enum rp_status config_read(struct arena *arena, const char *path, bool must,
                           config_collector *collector, struct config *out,
                           struct rp_error *err) RP_MUST_USE;

/* The same of a text; path is for errors and config.path. */
enum rp_status config_read_text(struct arena *arena, const char *path,
                                struct rp_slice text, config_collector *collector,
                                struct config *out, struct rp_error *err) RP_MUST_USE;

/* What can be told of a config file at a glance. */
struct config_names {
	struct rp_slice *names; /* of sources, in order */
	size_t n;
	int64_t changed; /* the file, last */
};

/*
 * Unchecked: of a file that is all right it is what config_read() would say.
 * RP_NOT_FOUND: it cannot be told like that.
 */
enum rp_status config_names(struct arena *arena, const char *path,
                            struct config_names *out) RP_MUST_USE;

/*
 * [archive] path of a config file, and nothing else of it: for commands that need no
 * more.  RP_NOT_FOUND: it does not say, or is not there.  RP_BAD_CONFIG as above.
 */
enum rp_status config_archive(struct arena *arena, const char *path, const char **out,
                              struct rp_error *err) RP_MUST_USE;

/* The file that a SETTING_PATH means, with a NUL behind it: a relative one is beside the
 * config file.  false: the arena is full. */
bool config_file(struct arena *arena, const struct config *config, struct rp_slice value,
                 struct rp_slice *out) RP_MUST_USE;

/* "PATH:LINE" into err->where, "[section] key: why" into its text: for those who find
 * out later what is wrong with a setting.  RP_BAD_CONFIG. */
enum rp_status config_complain(struct rp_error *err, const struct config *config,
                               const struct section *section,
                               const struct setting *setting, const char *format, ...)
	RP_PRINTF(5, 6);

/* What one thing of that price costs, in millionths ("x.post"); 0: nothing. */
int64_t config_price(const struct config *config, const char *name);

/*
 * A source that stands in no file: what a command is to ask single posts of.  Its name
 * may have a ":", which no name in a file has.
 */
struct made_setting {
	const char *name;
	struct rp_slice value;
};
struct made_source {
	struct rp_slice name, collector;
	const struct made_setting
		*settings; /* several of one name: one behind the other */
	size_t n;
	/* Whose settings of these names (NULL at the end) it has besides, where it is not
	 * told otherwise; NULL: nobody's. */
	const struct source *like;
	const char *const *alike;
};

/* Texts are borrowed; what is made lives in the arena.  RP_BAD_CONFIG: there is no such
 * collector or setting, or a value makes no sense. */
enum rp_status source_make(struct arena *arena, const struct made_source *made,
                           config_collector *collector, struct source *out,
                           struct rp_error *err) RP_MUST_USE;

/* By name; NULL: none. */
const struct source *config_source(const struct config *config, struct rp_slice name);

#endif
