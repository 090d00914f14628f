/*
 * The control of `mock` (mock.h): settings, faults, counters.  Settings, for /_/set and
 * lines {"set":{...}}:
 *
 *	now                the server's clock; $RIPOSTE_NOW without it
 *	gzip               0: never
 *	x-token            what the bearer must be (any)
 *	x-key, x-secret    of /oauth2/token (key, secret)
 *	x-vocabulary       tweet, post, both: the names it understands
 *	x-answer           tweet, post: the names it answers in (as asked)
 *	x-miss             404: single look-ups that find nothing (200 with errors)
 *	x-limit            requests per endpoint and 15 minutes (X's figures)
 *	x-fail             401, 402, 402-old, forbidden, unsupported, outage (of lists),
 *	                   rate, cap, cap-daily, 503, html, edge, bad-token; empty: well
 *	x-cap              billed posts after which all is "cap"
 *	x-includes-billed  1: posts in includes are charged too
 *	embed-token        1: the token of tweet-result is checked
 *	embed-no-entities  1: [] instead of an object
 *	oembed             off: 404 for all
 *	bsky-search        off: 403 HTML; cursor: only with a cursor
 *	bsky-depth         where the server cuts threads
 *	bsky-limit         requests to the PDS in 5 minutes (3000)
 *	bsky-no-counts     1: posts without their counts
 *	masto-host         social.example
 *	masto-locked       1: 401 without a token
 *	masto-limit        requests in 5 minutes (300)
 *	masto-paging-limit those of pages, in 15 minutes (300)
 *	masto-edits        0: no /history
 *	many-items         of /feeds/many/N (10)
 *	many-version       so many items later; many-changed=K: only of every K-th feed
 */
#include "tests/support/mock.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

const char *
mock_setting(const struct mock *m, const char *name, const char *otherwise)
{
	for (size_t i = 0; i < m->n_settings; i++)
		if (strcmp(m->settings[i].name, name) == 0)
			return m->settings[i].value;
	return otherwise;
}

int
mock_number(const struct mock *m, const char *name, int otherwise)
{
	const char *value = mock_setting(m, name, NULL);

	return value != NULL ? atoi(value) : otherwise;
}

bool
mock_on(const struct mock *m, const char *name)
{
	const char *value = mock_setting(m, name, "");

	return strcmp(value, "1") == 0 || strcmp(value, "yes") == 0;
}

void
mock_set(struct mock *m, const char *name, const char *value)
{
	size_t i = 0;

	while (i < m->n_settings && strcmp(m->settings[i].name, name) != 0)
		i++;
	if (i == MOCK_SETTINGS)
		return;
	if (i == m->n_settings)
		m->n_settings++;
	(void)snprintf(m->settings[i].name, sizeof(m->settings[i].name), "%s", name);
	(void)snprintf(m->settings[i].value, sizeof(m->settings[i].value), "%s", value);
}

/* Maps borrow their keys: these live as long as the process. */
uint32_t *
mock_counter(struct mock *m, struct map *map, const char *what)
{
	struct rp_slice key = rp_slice_str(what);
	uint32_t *at = map_get(map, key);

	(void)m;
	if (at == NULL)
		at = map_put(map, rp_slice_str(strdup(what)), 0, NULL);
	if (at == NULL)
		abort();
	return at;
}

void
mock_count(struct mock *m, const char *what, unsigned more)
{
	*mock_counter(m, m->counts, what) += more;
}

int64_t
mock_now(const struct mock *m)
{
	const char *value = mock_setting(m, "now", NULL);
	struct rp_time time;
	int64_t now = 0;

	if (value != NULL && rp_time_read(rp_slice_str(value), RP_BASIS_PLATFORM, &time))
		return time.lo;
	return rp_now(&now, NULL) == RP_OK ? now : 0;
}

int
mock_rate(struct mock *m, const char *endpoint, int limit, int window_s,
          int64_t *reset_out)
{
	int64_t window = mock_now(m) / RP_SECOND / window_s;
	char name[160];
	uint32_t *used;

	(void)snprintf(name, sizeof(name), "%s %" PRId64, endpoint, window);
	used = mock_counter(m, m->windows, name);
	*reset_out = (window + 1) * window_s;
	if (*used >= (uint32_t)limit)
		return -1;
	return limit - (int)++*used;
}

/* The first fault that fits and is not used up; the request uses it. */
const struct mock_fault *
mock_fault_of(struct mock *m, const char *path)
{
	for (size_t i = 0; i < m->n_faults; i++) {
		struct mock_fault *fault = &m->faults[i];

		if (fault->left == 0 || fnmatch(fault->path, path, 0) != 0)
			continue;
		if (fault->after > 0) {
			fault->after--;
			continue;
		}
		fault->left--;
		return fault;
	}
	return NULL;
}

static void
text_param(const struct mock_request *r, const char *name, char *out, size_t room)
{
	const char *value = mock_param(r, name);

	(void)snprintf(out, room, "%s", value != NULL ? value : "");
}

static void
add_fault(struct mock *m, const struct mock_request *r)
{
	struct mock_fault *fault = NULL;
	const char *body = mock_param(r, "body");

	/* One that is used up gives its place. */
	for (size_t i = 0; i < m->n_faults && fault == NULL; i++)
		if (m->faults[i].left == 0)
			fault = &m->faults[i];
	if (fault != NULL)
		buf_done(&fault->body);
	else if (m->n_faults < MOCK_FAULTS)
		fault = &m->faults[m->n_faults++];
	else
		return;
	memset(fault, 0, sizeof(*fault));
	text_param(r, "path", fault->path, sizeof(fault->path));
	text_param(r, "type", fault->type, sizeof(fault->type));
	text_param(r, "header", fault->header, sizeof(fault->header));
	text_param(r, "paging", fault->paging, sizeof(fault->paging));
	fault->left = (int)mock_param_int(r, "n", 1 << 30);
	fault->after = (int)mock_param_int(r, "after", 0);
	fault->status = (int)mock_param_int(r, "status", 0);
	fault->delay_ms = (int)mock_param_int(r, "delay", 0);
	fault->slow_ms = (int)mock_param_int(r, "slow", 0);
	fault->cut = mock_param_int(r, "cut", -1);
	fault->chunked = mock_param_int(r, "chunked", 0) != 0;
	buf_init(&fault->body, 64 << 20);
	buf_add(&fault->body, body != NULL ? rp_slice_str(body) : r->body);
}

static void
clear_faults(struct mock *m)
{
	for (size_t i = 0; i < m->n_faults; i++)
		buf_done(&m->faults[i].body);
	m->n_faults = 0;
}

static void
set(struct mock *m, const struct mock_request *r)
{
	if (mock_param(r, "path") != NULL) {
		add_fault(m, r);
		return;
	}
	if (mock_param(r, "faults") != NULL)
		clear_faults(m);
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->names[i], "faults") != 0)
			mock_set(m, r->names[i], r->values[i]);
}

/* For the next start. */
static void
remember(const struct mock *m, struct rp_slice lines)
{
	FILE *file = m->state != NULL ? fopen(m->state, "a") : NULL;

	if (file == NULL)
		return;
	fwrite(lines.p, 1, lines.n, file);
	fputc('\n', file);
	(void)fclose(file);
}

static void
add(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *line = mock_param(r, "line");
	struct rp_slice lines = line != NULL ? rp_slice_str(line) : r->body;

	if (!mock_add_lines(m, lines))
		a->status = 400;
	else
		remember(m, lines);
}

static void
forget(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	const char *key = mock_param(r, "key");
	struct mock_thing *thing = key != NULL ? mock_find(m, rp_slice_str(key)) : NULL;

	if (thing == NULL)
		a->status = 404;
	else
		thing->flags[M_DELETED] = true;
}

static void
counts(const struct mock *m, struct mock_answer *a)
{
	struct jsonw w = jsonw_to(&a->body);

	jsonw_object(&w);
	jsonw_field_int(&w, "requests", m->serial);
	for (size_t i = 0; i < map_count(m->counts); i++) {
		jsonw_key_text(&w, map_key(m->counts, i));
		jsonw_int(&w, map_value(m->counts, i));
	}
	jsonw_end_object(&w);
	buf_add_byte(&a->body, '\n');
}

static void
reset(struct mock *m)
{
	clear_faults(m);
	m->n_settings = 0;
	m->serial = 0;
	map_clear(m->counts);
	map_clear(m->billed);
	map_clear(m->windows);
	buf_clear(&m->lines);
	mock_load(m);
}

void
mock_control(struct mock *m, const struct mock_request *r, struct mock_answer *a)
{
	a->type = "text/plain";
	if (strcmp(r->path, "/set") == 0)
		set(m, r);
	else if (strcmp(r->path, "/add") == 0)
		add(m, r, a);
	else if (strcmp(r->path, "/delete") == 0)
		forget(m, r, a);
	else if (strcmp(r->path, "/counts") == 0)
		counts(m, a);
	else if (strcmp(r->path, "/log") == 0)
		buf_add(&a->body, buf_slice(&m->lines));
	else if (strcmp(r->path, "/reset") == 0)
		reset(m);
	else if (strcmp(r->path, "/quit") == 0)
		(void)kill(getpid(), SIGTERM);
	else
		a->status = 404;
}
