#include "cmd/doctor.h"

#include "cmd/web.h"
#include "core/base/map.h"
#include "core/base/time.h"
#include "core/net/retry.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 1000, KNOCK_BYTES = 1 << 20 };

/* One host, asked for its front page. */
struct knock {
	struct doctor *doctor;
	struct rp_slice url; /* "https://api.x.com/" */
};

/* How far its clock is ahead of ours.  false: it has none that can be read. */
static bool
clock_of(const struct http_answer *answer, int64_t *ahead_out)
{
	int64_t date;

	if (!http_date(http_header(answer, "Date"), &date))
		return false;
	*ahead_out = date - answer->at;
	return true;
}

static void
find_clock(struct knock *knock, int64_t ahead)
{
	const long long off = llabs(ahead);
	const long long unit = off < 2 * RP_HOUR  ? RP_MINUTE
	                       : off < 2 * RP_DAY ? RP_HOUR
	                                          : RP_DAY;

	doctor_find(knock->doctor, FINDING_WARNING, "clock",
	            doctor_words(knock->doctor, "this clock is %lld %s %s that of %.*s",
	                         off / unit,
	                         unit == RP_MINUTE ? "minutes"
	                         : unit == RP_HOUR ? "hours"
	                                           : "days",
	                         ahead > 0 ? "behind" : "ahead of", RP_FMT(knock->url)),
	            RP_SLICE("set the clock"));
}

/* One that is not to be asked is no trouble of the net. */
static struct rp_slice
mend_of(const char *trouble)
{
	return strstr(trouble, "private network") != NULL
	               ? RP_SLICE("if it is meant: allow_private = yes, below [http]")
	               : RP_SLICE("is this machine online, and the address right?");
}

static void
knocked(void *context, enum rp_status st, const struct http_answer *answer,
        const struct rp_error *err)
{
	struct knock *knock = context;
	struct doctor *doctor = knock->doctor;
	int64_t ahead;

	if (st != RP_OK)
		doctor_find(
			doctor, FINDING_WARNING, "online",
			doctor_words(doctor, "%.*s: %s", RP_FMT(knock->url), err->text),
			mend_of(err->text));
	else if (clock_of(answer, &ahead) && llabs(ahead) > 5 * RP_MINUTE)
		find_clock(knock, ahead);
	else
		doctor_find(doctor, FINDING_OK, "online",
		            doctor_words(doctor, "%.*s answers", RP_FMT(knock->url)),
		            RP_SLICE(""));
}

/* "https://host:port/"; empty: not in that form. */
static struct rp_slice
front_page(struct doctor *doctor, struct rp_slice url)
{
	size_t scheme = rp_slice_find(url, RP_SLICE("://"));
	struct rp_slice host = rp_slice_skip(url, scheme + 3);

	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] == '/' || host.p[i] == '?')
			host.n = i;
	return host.n > 0 ? doctor_words(doctor, "%.*s%.*s/", (int)scheme + 3, url.p,
	                                 RP_FMT(host))
	                  : RP_SLICE("");
}

static enum rp_status
add_knock(struct doctor *doctor, struct http *http, struct map *known,
          struct rp_slice address, struct rp_error *err)
{
	struct knock *knock = arena_alloc(doctor->arena, sizeof(*knock));
	struct rp_slice url = front_page(doctor, address);
	bool fresh = false;

	if (url.n == 0)
		return RP_OK;
	if (knock == NULL || map_put(known, url, 0, &fresh) == NULL)
		return rp_fail_memory(err);
	if (!fresh)
		return RP_OK;
	*knock = (struct knock){ doctor, url };
	return http_add(http,
	                &(struct http_request){ .url = url, .max_bytes = KNOCK_BYTES },
	                knocked, knock, err);
}

/* Every address among the settings, the defaults as well. */
static enum rp_status
add_knocks(struct doctor *doctor, struct http *http, struct map *known,
           struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < doctor->config.n_sources; i++) {
		const struct section *section = &doctor->config.sources[i].settings;

		for (size_t t = 0; t < SECTION_TABLES && section->tables[t] != NULL; t++)
			for (const struct setting_row *row = section->tables[t];
			     st == RP_OK && row->name != NULL; row++)
				if (row->type == SETTING_URL)
					st = add_knock(doctor, http, known,
					               section_text(section, row->name),
					               err);
	}
	return st;
}

void
doctor_online(struct doctor *doctor)
{
	CLEANUP(map_free) struct map *known = map_new();
	const struct web_user nobody = { .secrets = NULL };
	CLEANUP(http_free) struct http *http = NULL;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	if (!doctor->has_config)
		return;
	st = known != NULL
	             ? web_open(&doctor->config, &nobody, doctor->arena, &http, &err)
	             : rp_fail_memory(&err);
	if (st == RP_OK)
		st = add_knocks(doctor, http, known, &err);
	while (st == RP_OK)
		st = http_run(http, PATIENCE_MS, &err);
	if (st != RP_END)
		doctor_find(doctor, FINDING_ERROR, "online",
		            doctor_words(doctor, "%s", err.text), RP_SLICE(""));
}
