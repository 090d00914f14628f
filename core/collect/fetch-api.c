#include "core/collect/fetch-api.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"
#include "core/model/key.h"

#include <stdio.h>

enum {
	ANSWER_BYTES = 64 << 20,
	TROUBLE_BYTES = 64 << 10,
	SAYS_MAX = 100,
	PARTIAL = 206,
};

/* ---- what is answered ------------------------------------------------------- */

enum rp_status
api_init(struct api *api, struct rp_error *err)
{
	json_init(&api->doc);
	api->arena = arena_new(ANSWER_BYTES);
	return api->arena == NULL ? rp_fail_memory(err) : RP_OK;
}

void
api_done(struct api *api)
{
	json_done(&api->doc);
	api->arena = arena_free(api->arena);
}

static bool
read_json(struct api *api, struct rp_slice body)
{
	struct rp_slice text = rp_slice_skip(body, json_bom(body));

	return json_parse(&api->doc, text, NULL) == RP_OK &&
	       json_type(&api->doc, JSON_ROOT) >= JSON_ARRAY;
}

/* Refused for good, whatever the body is.  A page of HTML under another status is some
 * proxy's, and the server itself has not spoken. */
static bool
is_refusal(int status)
{
	return status == 401 || status == 403 || status == 404 || status == 410 ||
	       status == 451;
}

enum api_reply
api_read(struct api *api, const struct fetch_answer *answer)
{
	const int status = answer->status;
	bool json;

	arena_reset(api->arena);
	api->doc.n = 0;
	if (status == 304)
		return API_UNCHANGED;
	/* A part that nobody asked for is not what is longer than we take. */
	if (status == PARTIAL)
		return API_AGAIN;
	if (answer->cut)
		return API_CUT;
	json = read_json(api, answer->body);
	if (!json)
		api->doc.n = 0;
	if (status == 200)
		return json ? API_OK : API_AGAIN;
	/* An API that moved is not followed. */
	if (status >= 300 && status < 400)
		return API_MOVED;
	if (is_refusal(status) || (json && status >= 400 && status < 500 &&
	                           status != 408 && status != 425 && status != 429))
		return API_REFUSED;
	return API_AGAIN;
}

struct rp_slice
api_word(struct api *api, uint32_t object, const char *name)
{
	uint32_t node = json_get(&api->doc, object, rp_slice_str(name));
	struct rp_slice word = RP_SLICE("");

	if (json_absent(&api->doc, node) ||
	    json_id(&api->doc, node, api->arena, &word, NULL) != RP_OK)
		return RP_SLICE("");
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.p[i] <= ' ' || word.p[i] == 0x7f)
			return RP_SLICE("");
	return word.n < KEY_MAX_BYTES && utf8_valid(word) ? word : RP_SLICE("");
}

bool
api_cursor(struct api *api, struct rp_slice *out)
{
	uint32_t node = json_get(&api->doc, JSON_ROOT, RP_SLICE("cursor"));
	struct rp_slice text = RP_SLICE("");

	*out = api_word(api, JSON_ROOT, "cursor");
	if (out->n > 0 || json_absent(&api->doc, node))
		return true;
	return json_type(&api->doc, node) == JSON_STRING &&
	       json_text(&api->doc, node, api->arena, &text, NULL) == RP_OK &&
	       text.n == 0;
}

int64_t
api_time(struct api *api, uint32_t object, const char *name)
{
	struct rp_time time;

	return rp_time_read(api_word(api, object, name), RP_BASIS_PLATFORM, &time)
	               ? time.lo
	               : RP_TIME_UNKNOWN;
}

struct rp_slice
api_says(struct api *api, const char *name)
{
	struct rp_slice text = RP_SLICE("");
	uint32_t node = json_get(&api->doc, JSON_ROOT, rp_slice_str(name));

	if (json_type(&api->doc, node) == JSON_STRING &&
	    json_text(&api->doc, node, api->arena, &text, NULL) != RP_OK)
		return RP_SLICE("");
	text.n = text.n < SAYS_MAX ? text.n : SAYS_MAX;
	if (text.n == 0 || !arena_join(api->arena, RP_SLICE(": "), text, &text))
		return RP_SLICE("");
	return text;
}

struct rp_slice
api_options(struct api *api, const char *name, struct rp_slice value)
{
	struct rp_slice out = RP_SLICE("");

	if (value.n == 0 ||
	    !arena_printf(api->arena, &out, "%s=%.*s\n", name, (int)value.n, value.p))
		return RP_SLICE("");
	return out;
}

/* ---- what somebody has to look at ------------------------------------------- */

void
trouble_init(struct trouble *trouble)
{
	*trouble = (struct trouble){ .told = 0 };
	buf_init(&trouble->text, TROUBLE_BYTES);
}

void
trouble_done(struct trouble *trouble)
{
	buf_done(&trouble->text);
}

void
trouble_add(struct trouble *trouble, const char *format, va_list args)
{
	char text[384];

	(void)vsnprintf(text, sizeof(text), format, args);
	if (trouble->text.n > 0)
		buf_add_str(&trouble->text, "; ");
	buf_add_str(&trouble->text, text);
}

void
trouble_remark(struct trouble *trouble, struct fetch_taken *taken)
{
	struct rp_slice fresh = rp_slice_skip(buf_slice(&trouble->text), trouble->told);

	if (fresh.n > 0)
		taken->remark = trouble->told > 0 ? rp_slice_skip(fresh, 2) : fresh;
	trouble->told = trouble->text.n;
}

enum rp_status
trouble_end(const struct trouble *trouble, struct rp_error *err)
{
	if (trouble->text.n == 0 || trouble->worked)
		return RP_END;
	return rp_fail(err, RP_BAD_SOURCE, "%.*s", RP_FMT(trouble->text));
}

/* ---- what is to be done ----------------------------------------------------- */

static struct fetch_job *
make_job(struct fetch_jobs *jobs, int kind, struct rp_slice subject, struct rp_slice more)
{
	struct fetch_job *job =
		jobs->n < JOBS_MAX ? arena_alloc(jobs->arena, sizeof(*job)) : NULL;

	if (job == NULL || !arena_copy(jobs->arena, subject, &job->subject) ||
	    !arena_copy(jobs->arena, more, &job->more))
		return NULL;
	job->kind = kind;
	jobs->n++;
	return job;
}

static struct fetch_job *
link_job(struct fetch_jobs *jobs, struct fetch_job **at, struct fetch_job *job)
{
	if (job == NULL)
		return NULL;
	job->next = *at;
	*at = job;
	if (job->next == NULL)
		jobs->tail = &job->next;
	return job;
}

struct fetch_job *
jobs_add(struct fetch_jobs *jobs, int kind, struct rp_slice subject, struct rp_slice more)
{
	return link_job(jobs, jobs->tail != NULL ? jobs->tail : &jobs->head,
	                make_job(jobs, kind, subject, more));
}

struct fetch_job *
jobs_insert(struct fetch_jobs *jobs, bool behind, int kind, struct rp_slice subject,
            struct rp_slice more)
{
	return link_job(jobs,
	                behind && jobs->head != NULL ? &jobs->head->next : &jobs->head,
	                make_job(jobs, kind, subject, more));
}

bool
jobs_wait(const struct fetch_jobs *jobs, int kind, struct rp_slice more)
{
	const struct fetch_job *job = jobs->head != NULL ? jobs->head->next : NULL;

	while (job != NULL && (job->kind != kind || !rp_slice_ends(job->more, more)))
		job = job->next;
	return job != NULL;
}

void
jobs_drop(struct fetch_jobs *jobs)
{
	jobs->head = jobs->head->next;
	if (jobs->head == NULL)
		jobs->tail = NULL;
}
