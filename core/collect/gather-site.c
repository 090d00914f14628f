/*
 * What sites want: that their robots.txt is asked for, once a run, before a page that
 * somebody runs, and that there is time between two requests.
 */
#include "core/base/time.h"
#include "core/collect/gather-line.h"
#include "core/collect/robots.h"

enum { LOOK_MS = 10 }; /* whether another line has got the robots.txt */

struct site {
	struct rp_slice origin; /* "https://paper.example" */
	struct robots robots;
	bool robots_asked, robots_known;
	struct rp_slice why; /* there was no answer for it; empty: there was */
	bool refused;        /* nor will there be one soon */
	int64_t asked_ms;    /* monotonic; 0: not yet, as far as that matters */
	struct site *next;
};

/* What stands in front of the path. */
static struct rp_slice
origin_of(struct rp_slice url)
{
	const size_t scheme = rp_slice_find(url, RP_SLICE("://"));
	size_t n = scheme < url.n ? scheme + 3 : url.n;

	while (n < url.n && url.p[n] != '/' && url.p[n] != '?' && url.p[n] != '#')
		n++;
	return rp_slice_from(url.p, n);
}

/* NULL: out of memory, which ends the run. */
static struct site *
site_of(struct gather *gather, struct rp_slice origin)
{
	struct rp_error err = { .status = RP_OK };
	struct site *site = gather->sites;

	while (site != NULL && !rp_slice_eq(site->origin, origin))
		site = site->next;
	if (site != NULL)
		return site;
	site = arena_alloc(gather->arena, sizeof(*site));
	if (site == NULL || !arena_copy(gather->arena, origin, &site->origin)) {
		(void)rp_fail_memory(&err);
		gather_fail(gather, RP_FAILED, &err);
		return NULL;
	}
	site->next = gather->sites;
	gather->sites = site;
	return site;
}

/* ---- robots.txt ---------------------------------------------------------------- */

/* The address that is not known to be allowed. */
static struct rp_slice
where_to(const struct line *line)
{
	return line->leads_to.n > 0 ? line->leads_to : line->request.url;
}

/* answer: NULL: there was none, for what err says. */
static void
read_robots(struct gather *gather, struct site *site, const struct http_answer *answer,
            const struct rp_error *err)
{
	site->refused = answer == NULL && err->status == RP_BAD_SOURCE;
	if (answer == NULL &&
	    !arena_copy(gather->arena, rp_slice_str(err->text), &site->why))
		site->why = RP_SLICE("");
	site->robots = robots_of_status(answer != NULL ? answer->status : 0);
	/* What we cannot hold may forbid anything. */
	if (answer != NULL && answer->status == 200 &&
	    !robots_parse(gather->arena, answer->body, &site->robots))
		site->robots = robots_of_status(0);
	site->robots_known = true;
}

/* Whatever came: then the request that waits for it is looked at again. */
static void
robots_answered(void *context, enum rp_status st, const struct http_answer *answer,
                const struct rp_error *err)
{
	struct line *line = context;
	struct site *site = site_of(line->gather, origin_of(where_to(line)));

	if (st == RP_FAILED || st == RP_CORRUPT)
		gather_fail(line->gather, st, err);
	if (st == RP_FAILED || st == RP_CORRUPT || site == NULL)
		return;
	read_robots(line->gather, site, st == RP_OK ? answer : NULL, err);
	line->does = LINE_WAITS;
	line->until = 0;
}

static void
ask_for_robots(struct line *line, struct rp_slice origin)
{
	struct http_request request = { .redirects = true,
		                        .max_bytes = ROBOTS_MAX_BYTES };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st = RP_FAILED;

	line->does = LINE_ASKS;
	if (arena_join(line->texts, origin, RP_SLICE("/robots.txt"), &request.url))
		st = http_add(line->gather->options.http, &request, robots_answered, line,
		              &err);
	if (st != RP_OK)
		line_end(line, SOURCE_FAILED, "%s", err.text);
}

/* One line asks for it, for all of them. */
static void
wait_for_robots(struct line *line, struct site *site)
{
	if (!site->robots_asked) {
		site->robots_asked = true;
		ask_for_robots(line, site->origin);
		return;
	}
	line->does = LINE_WAITS;
	line->until = rp_monotonic_ms() + LOOK_MS;
}

/* false: it does not, or is not known yet. */
static bool
robots_allow(struct line *line, struct site *site)
{
	const struct rp_slice url = where_to(line), origin = site->origin;

	if (!site->robots_known) {
		wait_for_robots(line, site);
		return false;
	}
	if (robots_allows(&site->robots, rp_slice_skip(url, origin.n)))
		return true;
	if (site->robots.nothing)
		line_end(line, site->refused ? SOURCE_FAILED : SOURCE_LATER,
		         "the robots.txt of %.*s cannot be had%s%.*s", RP_FMT(origin),
		         site->why.n > 0 ? ": " : "", RP_FMT(site->why));
	else
		line_end(line, SOURCE_FAILED,
		         "the robots.txt of %.*s forbids this page (\"robots = ignore\" "
		         "asks all the same)",
		         RP_FMT(origin));
	return false;
}

/* ---- time between two requests ------------------------------------------------- */

static bool
is_time(struct line *line, struct site *site, int64_t spacing_ms)
{
	const struct gather_hooks *hooks = line->gather->hooks;
	const int64_t now = rp_monotonic_ms(), wait = site->asked_ms + spacing_ms - now;

	if (site->asked_ms == 0 || wait <= 0) {
		site->asked_ms = now;
		return true;
	}
	if (wait <= line->gather->options.patience_ms) {
		line->does = LINE_WAITS;
		line->until = now + wait;
		return false;
	}
	line->not_before = hooks->now(hooks->context) + wait * 1000;
	line_end(line, SOURCE_LATER, "%.*s wants more time between two pages",
	         RP_FMT(site->origin));
	return false;
}

bool
line_obeys(const struct line *line)
{
	const struct section *settings = &line->source->source->settings;

	return line->request.robots &&
	       !rp_slice_eq(section_text(settings, "robots"), RP_SLICE("ignore"));
}

/*
 * Only where the site's robots.txt is held already: else the request ends there, and is
 * made again when that was asked.
 */
bool
line_may_hop(void *context, struct rp_slice url)
{
	const struct line *line = context;
	const struct rp_slice origin = origin_of(url);
	const struct site *site = line->gather->sites;

	while (site != NULL && !rp_slice_eq(site->origin, origin))
		site = site->next;
	return site != NULL && site->robots_known &&
	       robots_allows(&site->robots, rp_slice_skip(url, origin.n));
}

bool
line_may_ask(struct line *line)
{
	const bool obey = line_obeys(line);
	int64_t spacing_ms = line->request.spacing_ms;
	struct site *site;

	if (!obey && spacing_ms == 0)
		return true;
	if (obey && line->leads_to.n > 0) {
		site = site_of(line->gather, origin_of(line->leads_to));
		if (site == NULL || !robots_allow(line, site))
			return false;
		line->leads_to = RP_SLICE("");
	}
	site = site_of(line->gather, origin_of(line->request.url));
	if (site == NULL || (obey && !robots_allow(line, site)))
		return false;
	if (obey && robots_delay_ms(&site->robots) > spacing_ms)
		spacing_ms = robots_delay_ms(&site->robots);
	return spacing_ms == 0 || is_time(line, site, spacing_ms);
}
