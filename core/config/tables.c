#include "core/config/settings.h"

#include "core/base/time.h"

/* clang-format off */
const struct setting_row archive_settings[] = {
	{ "path", SETTING_PATH, .help = "the archive, where neither --archive nor $RIPOSTE_ARCHIVE says" },
	{ .name = NULL },
};

const struct setting_row http_settings[] = {
	{ "contact",       SETTING_TEXT, .help = "address for those who are asked, part of the user agent" },
	{ "user_agent",    SETTING_TEXT, .help = "all of it, instead of riposte/VERSION (+CONTACT)" },
	{ "proxy",         SETTING_URL,  .help = "proxy that everything goes through" },
	{ "ca",            SETTING_PATH, .help = "file of certificates to trust besides the system's" },
	{ "allow_private", SETTING_YES,  "no", .help = "ask addresses of private networks and this machine, too" },
	{ "connect",       SETTING_DURATION, "15s", .low = RP_SECOND / 10, .high = RP_HOUR, .help = "longest wait for a connection" },
	{ "total",         SETTING_DURATION, "2min", .low = RP_SECOND / 10, .high = RP_DAY, .help = "longest time for one request" },
	{ "patience",      SETTING_DURATION, "1min", .high = RP_DAY, .help = "longest wait for a host that limits us, within a run" },
	{ "spacing",       SETTING_DURATION, "0s", .high = RP_HOUR, .help = "time between two requests to one host, at least" },
	{ "parallel",      SETTING_NUMBER, "8", .low = 1, .high = 64, .help = "requests under way at once" },
	{ "max_body",      SETTING_SIZE, "32MB", .low = 1000, .high = 1000000000, .help = "longest answer that is taken" },
	{ "record",        SETTING_PATH, .help = "cassette that answers are recorded on" },
	{ "replay",        SETTING_PATH, .help = "cassette to answer from, without any network" },
	{ .name = NULL },
};

/* X's of 2026: what one of each costs. */
const struct setting_row price_settings[] = {
	{ "x.post",      SETTING_MONEY, "0.005usd", .help = "X: a post that is returned" },
	{ "x.post.own",  SETTING_MONEY, "0.001usd", .help = "X: a post of the token's own account" },
	{ "x.user",      SETTING_MONEY, "0.010usd", .help = "X: an account that is returned" },
	{ .name = NULL },
};

const struct setting_row source_settings[] = {
	{ "collector", SETTING_TEXT,     .needed = true, .help = "what fetches it" },
	{ "token",     SETTING_SECRET,   .help = "where the token is: file:PATH, env:NAME, credential:NAME" },
	{ "every",     SETTING_DURATION, "15min", .low = RP_MINUTE, .high = 366 * RP_DAY, .help = "how often it is asked" },
	{ "budget",    SETTING_BUDGET,   .help = "most that may be spent on it, as 5usd/month" },
	{ "base",      SETTING_URL,      .help = "address of the API, where it is not the usual one" },
	{ "pages",     SETTING_NUMBER,   "500", .low = 1, .high = 1000000, .help = "most answers that are asked for in one run" },
	{ "robots",    SETTING_WORD,     "obey", .words = "obey|ignore", .help = "robots.txt of pages" },
	{ "tz",        SETTING_ZONE,     .help = "zone of times without one, as Europe/Zurich" },
	{ "lang",      SETTING_TEXT,     .help = "language, where it is not told" },
	{ "roster",    SETTING_TEXT,     .several = true, .help = "who speaks there" },
	{ "label",     SETTING_TEXT,     .help = "of the token, where one platform has several" },
	{ .name = NULL },
};
/* clang-format on */
