/*
 * Single posts: the context of one, and what it said before it was edited.
 *
 * Without a login a context has 60 answers, 20 deep, 40 posts above.  What lies deeper is
 * asked for at the posts that have more answers than were shown; what a post has more of
 * side by side cannot be asked for, and is a gap.  Counts are those of this instance, and
 * often wrong: a post that showed no more when it was asked for itself is asked for again
 * when its count has changed.
 */
#include "core/collect/fetch-masto.h"

#include "core/base/url.h"

#include <inttypes.h>

enum {
	PARTS = 100, /* contexts in one run */
	NOTED = 200,
	SHOWN_MOST = 60,
	MISSING_MOST = 40,
	ROOT_DAYS = 7,
	AT_ONCE = 20,
};

#define MORE_THAN_ONE_RUN "more branches than are read in one run"
#define NOT_SHOWN "some of its branches are not shown"
#define MORE_THAN_SHOWN "the server shows 60 answers at the most without a login"

/* ---- what pages of a list bring --------------------------------------------- */

void
masto_note_status(struct fetcher *f, uint32_t status, struct rp_slice owner)
{
	const struct json_doc *doc = &f->api.doc;
	uint32_t account = json_get(doc, status, RP_SLICE("account"));
	struct rp_slice id = api_word(&f->api, status, "id"), value;
	const int64_t made = api_time(&f->api, status, "created_at");
	const bool root =
		json_absent(doc, json_get(doc, status, RP_SLICE("in_reply_to_id")));
	int64_t answers = 0, read = 0;

	/* Notes are looked through one by one: not for a page without end. */
	if (f->noted >= NOTED || !masto_is_id(id) ||
	    !json_absent(doc, json_get(doc, status, RP_SLICE("reblog"))))
		return;
	f->noted++;
	if (f->history && api_word(&f->api, status, "edited_at").n > 0) {
		notes_set(&f->notes, "edited", id, api_word(&f->api, status, "uri"));
		notes_trim(&f->notes, "edited", NOTED);
	}
	if (!f->replies || !root || owner.n == 0 || made == RP_TIME_UNKNOWN ||
	    f->now - made > ROOT_DAYS * RP_DAY || made > f->now ||
	    !rp_slice_eq(api_word(&f->api, account, "id"), owner) ||
	    notes_get(&f->notes, "root", id).n > 0)
		return;
	/* Nobody answered so far: that is as good as having looked. */
	if (json_int64(doc, json_get(doc, status, RP_SLICE("replies_count")), &answers) &&
	    answers == 0)
		read = f->now;
	if (!arena_printf(f->api.arena, &value, "%" PRId64 " %" PRId64, made, read))
		return;
	notes_set(&f->notes, "root", id, value);
	notes_trim(&f->notes, "root", NOTED);
}

void
masto_add_edited(struct fetcher *f)
{
	struct rp_slice id, uri;
	size_t at = 0;

	while (notes_each(&f->notes, "edited", &at, &id, &uri))
		if (masto_is_id(id) && masto_is_new(f, "history ", id))
			(void)jobs_insert(&f->jobs, true, JOB_HISTORY, id, uri);
}

/* The older a post, the more seldom somebody answers it. */
void
masto_add_roots(struct fetcher *f)
{
	struct rp_slice id, value;
	int64_t made, read;
	size_t at = 0;

	while (notes_each(&f->notes, "root", &at, &id, &value)) {
		made = note_number(&value, RP_TIME_UNKNOWN);
		read = note_number(&value, 0);
		if (made == RP_TIME_UNKNOWN || made > f->now || read > f->now ||
		    !masto_is_id(id) || f->now - made > ROOT_DAYS * RP_DAY)
			continue;
		if (f->now - read >= (f->now - made) / 4 && f->parts < PARTS &&
		    masto_is_new(f, "context ", id)) {
			f->parts++;
			(void)jobs_insert(&f->jobs, true, JOB_CONTEXT, id, RP_SLICE(""));
		}
	}
}

/* A post of this server, known by its id here. */
static void
tell_missing(void *context, struct rp_slice key)
{
	struct fetcher *f = context;
	struct rp_slice native = key_native(key), host = rp_slice_cut(&native, '!');

	if (key_platform(key) == PLATFORM_MASTO && rp_slice_eq(host, f->host) &&
	    masto_is_id(native) && masto_is_new(f, "parent ", native)) {
		buf_add(&f->parents, native);
		buf_add_byte(&f->parents, ' ');
	}
}

static void
ask_for_each(struct fetcher *f, struct rp_slice ids)
{
	while (ids.n > 0)
		(void)jobs_insert(&f->jobs, true, JOB_PARENT, note_word(&ids),
		                  RP_SLICE(""));
}

/* Servers from 4.3 on give several posts at once; others said no. */
static bool
gives_several(struct fetcher *f)
{
	struct rp_slice value = notes_get(&f->notes, "alone", f->host);
	const int64_t said = note_number(&value, RP_TIME_UNKNOWN);

	return said == RP_TIME_UNKNOWN || said > f->now || f->now - said > 7 * RP_DAY;
}

/* The next of those at once, out of a list. */
static struct rp_slice
take_some(struct rp_slice *ids)
{
	const struct rp_slice all = *ids;

	for (int n = 0; n < AT_ONCE && ids->n > 0; n++)
		(void)note_word(ids);
	return rp_slice_trim(rp_slice_from(all.p, all.n - ids->n));
}

void
masto_find_missing(struct fetcher *f, struct rp_slice subject)
{
	struct rp_slice ids;

	buf_clear(&f->parents);
	if (f->view != NULL && f->view->missing != NULL)
		f->view->missing(f->view->context, subject, MISSING_MOST, tell_missing,
		                 f);
	ids = rp_slice_trim(buf_slice(&f->parents));
	if (rp_slice_find_byte(ids, ' ') == ids.n || !gives_several(f))
		ask_for_each(f, ids);
	else
		while (ids.n > 0)
			(void)jobs_insert(&f->jobs, true, JOB_PARENTS, take_some(&ids),
			                  RP_SLICE(""));
}

/* ---- a post ----------------------------------------------------------------- */

/* Not shown: gone, or private, or never here; 410 says the first. */
static void
not_shown(struct fetcher *f, const struct fetch_job *job,
          const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice key = masto_id_key(f, job->subject);

	if (f->api.doc.n > 0) {
		masto_keep(taken);
		taken->options = api_options(&f->api, "asked", key);
	}
	taken_look(taken, key, "masto", answer->status == 410 ? LOOK_GONE : LOOK_NOTHING);
	notes_drop(&f->notes, "root", job->subject);
	notes_drop(&f->notes, "edited", job->subject);
}

void
masto_take_status(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                  const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice uri = api_word(&f->api, JSON_ROOT, "uri"), subject = RP_SLICE("");

	if (reply == API_REFUSED) {
		not_shown(f, job, answer, taken);
		masto_give_up(f, "%.*s does not show the post %.*s (status %d)",
		              RP_FMT(f->host), RP_FMT(job->subject), answer->status);
		return;
	}
	if (!rp_slice_eq(api_word(&f->api, JSON_ROOT, "id"), job->subject)) {
		taken->then = FETCH_AGAIN;
		return;
	}
	masto_keep(taken);
	masto_note_status(f, JSON_ROOT, RP_SLICE(""));
	if (uri.n > 0 &&
	    !arena_printf(f->api.arena, &subject, "- %" PRId64 " conversation:masto:%.*s",
	                  api_time(&f->api, JSON_ROOT, "created_at"), (int)uri.n, uri.p))
		subject = RP_SLICE("");
	if (masto_is_new(f, "context ", job->subject))
		(void)jobs_insert(&f->jobs, true, JOB_CONTEXT, job->subject, subject);
	masto_drop(f);
}

/* A post came that another one answers; if it answers one itself, its context brings the
 * whole way up, unless it is wanted alone. */
static void
found_parent(struct fetcher *f, uint32_t status, bool alone, struct fetch_taken *taken)
{
	struct rp_slice id = api_word(&f->api, status, "id");

	masto_note_status(f, status, RP_SLICE(""));
	taken_look(taken, masto_id_key(f, id), "masto", LOOK_FOUND);
	if (!alone && api_word(&f->api, status, "in_reply_to_id").n > 0 &&
	    masto_is_new(f, "context ", id))
		(void)jobs_insert(&f->jobs, true, JOB_CONTEXT, id, RP_SLICE(""));
}

void
masto_take_parent(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                  const struct fetch_answer *answer, struct fetch_taken *taken)
{
	if (reply == API_REFUSED) {
		not_shown(f, job, answer, taken);
		masto_drop(f);
		return;
	}
	if (!rp_slice_eq(api_word(&f->api, JSON_ROOT, "id"), job->subject)) {
		taken->then = FETCH_AGAIN;
		return;
	}
	masto_keep(taken);
	found_parent(f, JSON_ROOT, rp_slice_eq(job->more, RP_SLICE("alone")), taken);
	masto_drop(f);
}

void
masto_ask_parents(struct fetcher *f, const struct fetch_job *job)
{
	struct rp_slice ids = job->subject;
	char mark = '?';

	buf_add(&f->url, f->instance);
	buf_add_str(&f->url, "/api/v1/statuses");
	for (; ids.n > 0; mark = '&') {
		buf_printf(&f->url, "%cid%%5B%%5D=", mark);
		url_escape(&f->url, note_word(&ids), "");
	}
}

static bool
has_word(struct rp_slice words, struct rp_slice word)
{
	while (words.n > 0)
		if (rp_slice_eq(note_word(&words), word))
			return true;
	return false;
}

/* Those that were asked for; which of them came, into `parents`. */
static void
take_several(struct fetcher *f, struct rp_slice asked, struct fetch_taken *taken)
{
	struct json_each each = json_each(&f->api.doc, JSON_ROOT);
	struct rp_slice id;

	while (json_next(&each)) {
		id = api_word(&f->api, each.value, "id");
		if (!masto_is_id(id) || !has_word(asked, id) ||
		    has_word(buf_slice(&f->parents), id))
			continue;
		found_parent(f, each.value, false, taken);
		buf_add(&f->parents, id);
		buf_add_byte(&f->parents, ' ');
	}
}

/* That one is left out of a list says nothing: it is asked for itself. */
void
masto_take_parents(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                   struct fetch_taken *taken)
{
	struct rp_slice ids = job->subject, id;

	buf_clear(&f->parents);
	if (reply == API_REFUSED) {
		notes_set_number(&f->notes, "alone", f->host, f->now);
	} else if (json_type(&f->api.doc, JSON_ROOT) != JSON_ARRAY) {
		taken->then = FETCH_AGAIN;
		return;
	} else {
		take_several(f, ids, taken);
		if (f->parents.n > 0)
			masto_keep(taken);
	}
	while (ids.n > 0) {
		id = note_word(&ids);
		if (!has_word(buf_slice(&f->parents), id))
			(void)jobs_insert(&f->jobs, true, JOB_PARENT, id, RP_SLICE(""));
	}
	masto_drop(f);
}

/* ---- its context ------------------------------------------------------------ */

/* thread: "MADE SUBJECT"; counts: what was shown of its answers, to be noted once it was
 * asked for itself. */
static void
ask_for_part(struct fetcher *f, struct rp_slice id, struct rp_slice counts,
             struct rp_slice thread, struct fetch_taken *taken)
{
	struct rp_slice more;

	if (!masto_is_id(id) || !masto_is_new(f, "context ", id))
		return;
	if (f->parts++ >= PARTS ||
	    !arena_printf(f->api.arena, &more, "%.*s %.*s", (int)counts.n, counts.p,
	                  (int)thread.n, thread.p) ||
	    jobs_insert(&f->jobs, true, JOB_CONTEXT, id, more) == NULL)
		taken->remark = RP_SLICE(MORE_THAN_ONE_RUN);
}

/* How many answers each post has among these. */
static bool
count_answers(struct fetcher *f, uint32_t array, struct map *shown)
{
	struct json_each each = json_each(&f->api.doc, array);
	struct rp_slice parent;
	uint32_t *count;

	while (json_next(&each)) {
		parent = api_word(&f->api, each.value, "in_reply_to_id");
		if (parent.n == 0)
			continue;
		count = map_put(shown, parent, 0, NULL);
		if (count == NULL)
			return false;
		(*count)++;
	}
	return true;
}

/* Has it more answers than are shown, and might say which? */
static void
look_at_status(struct fetcher *f, uint32_t status, const struct map *shown,
               struct rp_slice thread, struct fetch_taken *taken)
{
	const struct json_doc *doc = &f->api.doc;
	struct rp_slice id = api_word(&f->api, status, "id"), counts;
	const uint32_t *seen = map_get(shown, id);
	int64_t count = 0;

	masto_note_status(f, status, RP_SLICE(""));
	if (!json_int64(doc, json_get(doc, status, RP_SLICE("replies_count")), &count) ||
	    count <= (seen != NULL ? (int64_t)*seen : 0) || !masto_is_id(id) ||
	    !arena_printf(f->api.arena, &counts, "%u/%" PRId64, seen ? *seen : 0, count))
		return;
	if (f->parts >= PARTS) {
		taken->remark = RP_SLICE(MORE_THAN_ONE_RUN);
		return;
	}
	if (!masto_is_new(f, "short ", id) ||
	    rp_slice_eq(notes_get(&f->notes, "short", id), counts))
		return;
	ask_for_part(f, id, counts, thread, taken);
}

/* It was read now, and there was no more than this. */
static void
note_read(struct fetcher *f, struct rp_slice id, struct rp_slice counts)
{
	struct rp_slice value = notes_get(&f->notes, "root", id);
	const int64_t made = note_number(&value, RP_TIME_UNKNOWN);

	if (made != RP_TIME_UNKNOWN &&
	    arena_printf(f->api.arena, &value, "%" PRId64 " %" PRId64, made, f->now))
		notes_set(&f->notes, "root", id, value);
	if (counts.n > 1) {
		notes_set(&f->notes, "short", id, counts);
		notes_trim(&f->notes, "short", NOTED);
	}
}

/* thread: "MADE SUBJECT" */
static struct fetch_thread *
part_of(struct fetcher *f, struct rp_slice thread, int64_t at)
{
	const int64_t made = note_number(&thread, RP_TIME_UNKNOWN);

	return thread_part(&f->threads, thread, made, at);
}

static void
take_tree(struct fetcher *f, struct fetch_job *job, const struct fetch_answer *answer,
          struct fetch_taken *taken)
{
	CLEANUP(map_free) struct map *shown = map_new();
	uint32_t below = json_get(&f->api.doc, JSON_ROOT, RP_SLICE("descendants"));
	struct json_each above = json_each(
		&f->api.doc, json_get(&f->api.doc, JSON_ROOT, RP_SLICE("ancestors")));
	struct json_each each = json_each(&f->api.doc, below);
	struct rp_slice thread = job->more, counts = note_word(&thread);
	struct fetch_thread *whole = part_of(f, thread, answer->at);
	size_t n = 0;

	if (shown == NULL || !count_answers(f, below, shown))
		return;
	/* The first of those above has all of the thread below it. */
	if (json_next(&above) && thread.n > 0)
		ask_for_part(f, api_word(&f->api, above.value, "id"), RP_SLICE("-"),
		             thread, taken);
	for (; json_next(&each); n++)
		look_at_status(f, each.value, shown, thread, taken);
	note_read(f, job->subject, counts);
	if (n >= SHOWN_MOST && !f->authorised)
		thread_missed(whole, answer->at, MORE_THAN_SHOWN, taken);
	else if (taken->remark.n > 0)
		thread_missed(whole, answer->at, MORE_THAN_ONE_RUN, taken);
	if (!jobs_wait(&f->jobs, JOB_CONTEXT, thread))
		thread_end(whole, taken);
}

void
masto_take_context(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                   const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice thread = job->more;

	if (reply == API_REFUSED) {
		(void)note_word(&thread);
		not_shown(f, job, answer, taken);
		thread_missed(part_of(f, thread, answer->at), answer->at, NOT_SHOWN,
		              taken);
		masto_drop(f);
		return;
	}
	if (json_type(&f->api.doc, json_get(&f->api.doc, JSON_ROOT,
	                                    RP_SLICE("descendants"))) != JSON_ARRAY) {
		taken->then = FETCH_AGAIN;
		return;
	}
	masto_keep(taken);
	take_tree(f, job, answer, taken);
	masto_drop(f);
}

/* ---- its wordings ----------------------------------------------------------- */

/* Older servers keep none, and say 404: then there is nothing to be had. */
void
masto_take_history(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                   const struct fetch_answer *answer, struct fetch_taken *taken)
{
	(void)answer;
	if (reply == API_OK && json_type(&f->api.doc, JSON_ROOT) != JSON_ARRAY) {
		taken->then = FETCH_AGAIN;
		return;
	}
	if (reply == API_OK) {
		masto_keep(taken);
		taken->options = api_options(&f->api, "url", job->more);
	}
	notes_drop(&f->notes, "edited", job->subject);
	masto_drop(f);
}
