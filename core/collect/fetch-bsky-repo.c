/*
 * An account's own server: which one it is, and the records there.
 */
#include "core/collect/fetch-bsky.h"

#include "core/base/url.h"

#include <inttypes.h>

enum { SERVERS_NOTED = 300, FAILURES = 2 };

/* ---- which server ----------------------------------------------------------- */

/* "did:plc:…", or "did:web:HOST" of a host that can be one. */
static bool
can_be_asked(struct rp_slice did)
{
	const struct rp_slice web = RP_LIT("did:web:"), plc = RP_LIT("did:plc:");

	if (!at_did_valid(did))
		return false;
	if (rp_slice_starts(did, web))
		return at_handle_valid(rp_slice_skip(did, web.n));
	return rp_slice_starts(did, plc) && rp_slice_find_byte(did, '%') == did.n;
}

enum rp_status
bsky_server(struct fetcher *f, struct rp_slice did, struct rp_slice *out)
{
	struct rp_slice value = notes_get(&f->notes, "pds", did);
	const int64_t asked = note_number(&value, RP_TIME_UNKNOWN);

	*out = value;
	if (!can_be_asked(did))
		return RP_NOT_FOUND;
	if (asked == RP_TIME_UNKNOWN || asked > f->now || f->now - asked >= RP_DAY)
		return RP_RETRY_LATER;
	return url_is_root(value) ? RP_OK : RP_NOT_FOUND;
}

/* "service":[{"id":"#atproto_pds","serviceEndpoint":"https://…"}] */
static struct rp_slice
endpoint(struct fetcher *f)
{
	struct json_each each = json_each(
		&f->api.doc, json_get(&f->api.doc, JSON_ROOT, RP_SLICE("service")));
	struct rp_slice url;

	while (json_next(&each)) {
		if (!rp_slice_ends(api_word(&f->api, each.value, "id"),
		                   RP_SLICE("#atproto_pds")))
			continue;
		url = api_word(&f->api, each.value, "serviceEndpoint");
		while (rp_slice_ends(url, RP_SLICE("/")))
			url.n--;
		if (url_is_root(url))
			return url;
	}
	return RP_SLICE("-");
}

/* Posts that were to be asked for there: nobody has anything to say of them. */
static void
forget_records(struct fetcher *f, struct rp_slice did, struct fetch_taken *taken)
{
	struct at_uri uri;

	for (struct fetch_job *job = f->jobs.head; job != NULL; job = job->next)
		if (job->kind == JOB_RECORD && at_uri_read(job->subject, &uri) &&
		    rp_slice_eq(uri.authority, did))
			taken_look(taken, bsky_uri_key(f->api.arena, job->subject),
			           "bsky", LOOK_NOTHING);
}

void
bsky_take_document(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                   struct fetch_taken *taken)
{
	struct rp_slice value, server = reply == API_OK ? endpoint(f) : RP_SLICE("-");

	/* Of somebody else, or of nobody: no answer. */
	if (reply == API_OK &&
	    !rp_slice_eq(api_word(&f->api, JSON_ROOT, "id"), job->subject)) {
		taken->then = FETCH_AGAIN;
		return;
	}
	if (server.n < 2)
		forget_records(f, job->subject, taken);
	if (arena_printf(f->api.arena, &value, "%" PRId64 " %.*s", f->now, (int)server.n,
	                 server.p))
		notes_set(&f->notes, "pds", job->subject, value);
	notes_trim(&f->notes, "pds", SERVERS_NOTED);
	/* Without the note it would be asked for again and again. */
	if (notes_get(&f->notes, "pds", job->subject).n == 0)
		bsky_drop(f);
	bsky_drop(f);
}

/* ---- records ---------------------------------------------------------------- */

static struct rp_slice
subject_of(struct fetcher *f, const struct fetch_job *job)
{
	struct rp_slice subject = RP_SLICE("");

	if (!arena_printf(f->api.arena, &subject, "%.*s/%.*s", (int)job->subject.n,
	                  job->subject.p, (int)job->more.n, job->more.p))
		return RP_SLICE("");
	return subject;
}

/* Oldest first, on from the last one read; all over again every `sweep`, since a key may
 * lie anywhere. */
static struct rp_slice
place(struct fetcher *f, const struct fetch_job *job, int64_t *began)
{
	struct rp_slice value = notes_get(&f->notes, "record", subject_of(f, job));

	*began = note_number(&value, RP_TIME_UNKNOWN);
	if (*began != RP_TIME_UNKNOWN && *began <= f->now && f->now - *began < f->sweep &&
	    rp_slice_find_byte(value, ' ') == value.n)
		return value;
	*began = f->now;
	return RP_SLICE("");
}

void
bsky_ask_records(struct fetcher *f, const struct fetch_job *job, struct rp_slice server)
{
	struct rp_slice cursor;
	int64_t began;

	bsky_url(f, server, "com.atproto.repo.listRecords", "repo", job->subject);
	bsky_parameter(f, "collection", job->more);
	buf_add_str(&f->url, "&limit=100&reverse=true");
	cursor = place(f, job, &began);
	if (cursor.n > 0) {
		buf_add_str(&f->url, "&cursor=");
		buf_add(&f->url, cursor);
	}
	/* Not where all of it is read again: that was said of another page. */
	if (cursor.n > 0 || notes_get(&f->notes, "record", subject_of(f, job)).n == 0)
		buf_add(&f->etag, notes_get(&f->notes, "etag", subject_of(f, job)));
}

static void
note_place(struct fetcher *f, const struct fetch_job *job, struct rp_slice cursor)
{
	CLEANUP(buf_done) struct rp_buf value;
	int64_t began;

	buf_init(&value, NOTE_MAX_BYTES);
	(void)place(f, job, &began);
	buf_printf(&value, "%" PRId64 " ", began);
	url_escape(&value, cursor, "");
	if (!buf_failed(&value))
		notes_set(&f->notes, "record", subject_of(f, job), buf_slice(&value));
}

/* ---- what is covered -------------------------------------------------------- */

/* The moment in a key as clients make them, of microseconds to the base 32. */
static int64_t
time_of(struct rp_slice rkey)
{
	enum { LENGTH = 13, BITS = 5, CLOCK_BITS = 10 };
	const struct rp_slice alphabet = RP_LIT("234567abcdefghijklmnopqrstuvwxyz");
	uint64_t number = 0;
	size_t digit;

	if (rkey.n != LENGTH)
		return RP_TIME_UNKNOWN;
	for (size_t i = 0; i < LENGTH; i++) {
		digit = rp_slice_find_byte(alphabet, rkey.p[i]);
		if (digit >= alphabet.n || (i == 0 && digit >= 8))
			return RP_TIME_UNKNOWN;
		number = number << BITS | digit;
	}
	return (int64_t)(number >> CLOCK_BITS);
}

/* Where a listing from the first record on begins. */
static void
note_oldest(struct fetcher *f, const struct fetch_job *job, uint32_t array, int64_t at)
{
	struct json_each each = json_each(&f->api.doc, array);
	int64_t time = RP_TIME_UNKNOWN;
	struct at_uri uri;

	while (time == RP_TIME_UNKNOWN && json_next(&each))
		if (at_uri_read(api_word(&f->api, each.value, "uri"), &uri))
			time = time_of(uri.rkey);
	notes_drop(&f->notes, "oldest", job->subject);
	if (time != RP_TIME_UNKNOWN && time < at)
		notes_set_number(&f->notes, "oldest", job->subject, time);
	notes_trim(&f->notes, "oldest", SERVERS_NOTED);
}

/*
 * All records of the collection were listed.  Keys are in the order of time, and new ones
 * stand behind the last: with posts and then reposts read to the end, all that was
 * written until the posts ended was seen.  What is put in with a date of the past later
 * on is found by the next sweep, as it is with a list of the AppView's.
 */
static void
cover_listed(struct fetcher *f, const struct fetch_job *job, int64_t at,
             struct fetch_taken *taken)
{
	struct rp_slice oldest = notes_get(&f->notes, "oldest", job->subject);

	if (rp_slice_eq(job->more, RP_SLICE("app.bsky.feed.post"))) {
		f->listed_at = at;
		if (!arena_copy(f->arena, job->subject, &f->listed))
			f->listed = RP_SLICE("");
	} else if (rp_slice_eq(f->listed, job->subject)) {
		taken_cover(taken, bsky_did_key(f->api.arena, job->subject),
		            note_number(&oldest, RP_TIME_UNKNOWN), f->listed_at);
	}
}

static void
take_page(struct fetcher *f, struct fetch_job *job, uint32_t array,
          const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct json_each each = json_each(&f->api.doc, array);
	struct rp_slice cursor;
	const bool good = api_cursor(&f->api, &cursor);
	const bool posts = rp_slice_eq(job->more, RP_SLICE("app.bsky.feed.post"));
	enum paging_verdict verdict;
	int64_t began;
	size_t n = 0;

	for (; json_next(&each); n++)
		paging_item(f->paging, api_word(&f->api, each.value, "uri"));
	if (posts && place(f, job, &began).n == 0)
		note_oldest(f, job, array, answer->at);
	verdict = paging_next(f->paging, answer->body, n, cursor);
	if (!good)
		verdict = PAGING_ODD;
	if (n > 0)
		bsky_keep(taken);
	job->failures = 0;
	notes_drop(&f->notes, "etag", subject_of(f, job));
	/* The last page is read once more in the next run, if it changed: what is written
	 * until then stands behind it. */
	if (verdict == PAGING_ON && n > 0)
		note_place(f, job, cursor);
	if (verdict == PAGING_ON)
		return;
	if (verdict == PAGING_END) {
		cover_listed(f, job, answer->at, taken);
		bsky_note_etag(f, subject_of(f, job), answer);
	} else {
		taken->remark = rp_slice_str(paging_why(verdict));
	}
	bsky_drop(f);
}

void
bsky_take_records(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                  const struct fetch_answer *answer, struct fetch_taken *taken)
{
	uint32_t array = json_get(&f->api.doc, JSON_ROOT, RP_SLICE("records"));
	bool lost = reply == API_REFUSED && answer->status == 400;
	int64_t began;

	if (reply == API_OK && json_type(&f->api.doc, array) == JSON_ARRAY &&
	    f->paging != NULL) {
		take_page(f, job, array, answer, taken);
		return;
	}
	if (reply == API_UNCHANGED && f->etag.n > 0) {
		cover_listed(f, job, answer->at, taken);
		bsky_drop(f);
		return;
	}
	if (reply == API_AGAIN && answer->status == 500)
		lost = ++job->failures >= FAILURES;
	if (lost && !job->restarted && place(f, job, &began).n > 0) {
		job->restarted = true;
		job->failures = 0;
		notes_drop(&f->notes, "record", subject_of(f, job));
		f->paging = paging_free(f->paging);
		return;
	}
	if (reply != API_REFUSED) {
		taken->then = FETCH_AGAIN;
		return;
	}
	/* Why that is so the server itself tells. */
	if (jobs_insert(&f->jobs, true, JOB_STATUS, job->subject, RP_SLICE("")) == NULL)
		taken->remark = RP_SLICE("no room for more questions");
	bsky_drop(f);
}

/* ---- the account ------------------------------------------------------------ */

void
bsky_take_status(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                 struct fetch_taken *taken)
{
	struct rp_slice key = bsky_did_key(f->api.arena, job->subject);
	struct rp_slice status = api_word(&f->api, JSON_ROOT, "status");
	bool active = false;

	if (f->api.doc.n > 0) {
		bsky_keep(taken);
		taken->options = api_options(&f->api, "asked", key);
	}
	(void)json_bool(&f->api.doc, json_get(&f->api.doc, JSON_ROOT, RP_SLICE("active")),
	                &active);
	taken_look(taken, key, "bsky",
	           reply != API_OK ? LOOK_NOTHING
	           : active        ? LOOK_FOUND
	           : status.n > 0  ? LOOK_GONE
	                           : LOOK_NOTHING);
	bsky_drop(f);
}
