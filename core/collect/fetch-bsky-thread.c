/*
 * Threads: the tree around a post, and what of it the server did not put into its answer.
 *
 * A server cuts a tree where it likes.  "replies" that are absent, or fewer than
 * "replyCount", are asked for with that post as the anchor.  Deleted answers stay in
 * the count: a post that showed no more when it was asked for itself is noted, and asked
 * for again when its count has changed.
 */
#include "core/collect/fetch-bsky.h"

#include <inttypes.h>

enum {
	PARTS = 100, /* of all threads in one run */
	SHORT_NOTED = 500,
};

#define MORE_THAN_ONE_RUN "more branches than are read in one run"
#define NOT_SHOWN "some of its branches are not shown"

/* Once in a run. */
static bool
is_new(struct fetcher *f, struct rp_slice uri)
{
	bool fresh = false;
	struct rp_slice kept;

	return arena_copy(f->arena, uri, &kept) &&
	       map_put(f->asked, kept, 0, &fresh) != NULL && fresh;
}

/* Notes are looked through one by one: never for more posts than are asked for. */
static bool
has_room(struct fetcher *f, struct fetch_taken *taken)
{
	if (f->parts < PARTS)
		return true;
	taken->remark = RP_SLICE(MORE_THAN_ONE_RUN);
	return false;
}

static void
ask_for_part(struct fetcher *f, struct rp_slice uri, struct rp_slice thread,
             struct fetch_taken *taken)
{
	f->parts++;
	if (jobs_add(&f->jobs, JOB_THREAD, uri, thread) == NULL)
		taken->remark = RP_SLICE(MORE_THAN_ONE_RUN);
}

static size_t
count_of(struct fetcher *f, uint32_t array)
{
	struct json_each each = json_each(&f->api.doc, array);
	size_t n = 0;

	while (json_next(&each))
		n++;
	return n;
}

/* One post of the tree, whose answers may not all be there. */
static void
look_at_node(struct fetcher *f, uint32_t node, uint32_t top, struct rp_slice thread,
             struct fetch_taken *taken)
{
	const struct json_doc *doc = &f->api.doc;
	uint32_t post = json_get(doc, node, RP_SLICE("post"));
	uint32_t replies = json_get(doc, node, RP_SLICE("replies"));
	struct rp_slice uri = api_word(&f->api, post, "uri"), counts;
	const bool absent = json_type(doc, replies) != JSON_ARRAY;
	int64_t count = 0;
	size_t shown = count_of(f, replies);

	if (!json_int64(doc, json_get(doc, post, RP_SLICE("replyCount")), &count) ||
	    count <= 0 || (!absent && (uint64_t)count <= shown) ||
	    bsky_uri_key(f->api.arena, uri).n == 0)
		return;
	if (!arena_printf(f->api.arena, &counts, "%zu/%" PRId64, shown, count))
		return;
	if (node == top) {
		notes_set(&f->notes, "short", uri, counts);
		notes_trim(&f->notes, "short", SHORT_NOTED);
		return;
	}
	if (!is_new(f, uri))
		return;
	if (has_room(f, taken) &&
	    (absent || !rp_slice_eq(notes_get(&f->notes, "short", uri), counts)))
		ask_for_part(f, uri, thread, taken);
}

static bool
is_tree(struct fetcher *f, uint32_t node)
{
	const struct json_doc *doc = &f->api.doc;

	return json_type(doc, node) == JSON_OBJECT &&
	       json_text_is(doc, json_get(doc, node, RP_SLICE("$type")),
	                    RP_SLICE("app.bsky.feed.defs#threadViewPost"));
}

/* All posts of the tree below the anchor.  Those above come without their other answers,
 * which are the root's. */
static void
look_at_tree(struct fetcher *f, uint32_t anchor, struct rp_slice thread,
             struct fetch_taken *taken)
{
	const struct json_doc *doc = &f->api.doc;
	const uint32_t parent = json_get(doc, anchor, RP_SLICE("parent"));

	for (uint32_t node = anchor; node < doc->nodes[anchor].next;) {
		if (node == parent) {
			node = doc->nodes[parent].next;
			continue;
		}
		if (is_tree(f, node))
			look_at_node(f, node, anchor, thread, taken);
		node++;
	}
}

/* The whole conversation hangs on its root, wherever we came in. */
static struct rp_slice
root_of(struct fetcher *f, uint32_t post)
{
	const struct json_doc *doc = &f->api.doc;
	uint32_t record = json_get(doc, post, RP_SLICE("record"));
	uint32_t reply = json_get(doc, record, RP_SLICE("reply"));
	struct rp_slice root =
		api_word(&f->api, json_get(doc, reply, RP_SLICE("root")), "uri");

	return bsky_uri_key(f->api.arena, root).n > 0 ? root : RP_SLICE("");
}

static struct rp_slice
subject_of(struct fetcher *f, struct rp_slice thread)
{
	struct rp_slice subject = RP_SLICE("");

	return arena_join(f->api.arena, RP_SLICE("conversation:"), thread, &subject)
	               ? subject
	               : RP_SLICE("");
}

static void
take_tree(struct fetcher *f, struct fetch_job *job, uint32_t anchor,
          const struct fetch_answer *answer, struct fetch_taken *taken)
{
	uint32_t post = json_get(&f->api.doc, anchor, RP_SLICE("post"));
	struct rp_slice uri = api_word(&f->api, post, "uri"), root = root_of(f, post);
	struct rp_slice key = job->more;
	const bool first = key.n == 0;
	const int64_t made = api_time(
		&f->api, json_get(&f->api.doc, post, RP_SLICE("record")), "createdAt");
	struct fetch_thread *thread;

	if (first)
		key = bsky_uri_key(f->api.arena, root.n > 0 ? root : uri);
	thread = thread_part(&f->threads, subject_of(f, key), made, answer->at);
	(void)is_new(f, uri);
	if (first && root.n > 0 && is_new(f, root) && has_room(f, taken))
		ask_for_part(f, root, key, taken);
	look_at_tree(f, anchor, key, taken);
	if (first && f->roots)
		(void)jobs_add(&f->jobs, JOB_MISSING, key, RP_SLICE(""));
	if (taken->remark.n > 0)
		thread_missed(thread, answer->at, MORE_THAN_ONE_RUN, taken);
	if (!jobs_wait(&f->jobs, JOB_THREAD, key))
		thread_end(thread, taken);
}

/* Whether it was deleted its own server knows; what hangs below it nobody tells. */
static void
not_shown(struct fetcher *f, const struct fetch_job *job,
          const struct fetch_answer *answer, struct fetch_taken *taken)
{
	taken->options =
		api_options(&f->api, "asked", bsky_uri_key(f->api.arena, job->subject));
	(void)jobs_insert(&f->jobs, true, JOB_RECORD, job->subject, RP_SLICE(""));
	if (job->more.n > 0)
		thread_missed(thread_part(&f->threads, subject_of(f, job->more),
		                          RP_TIME_UNKNOWN, answer->at),
		              answer->at, NOT_SHOWN, taken);
}

void
bsky_take_thread(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                 const struct fetch_answer *answer, struct fetch_taken *taken)
{
	uint32_t anchor = json_get(&f->api.doc, JSON_ROOT, RP_SLICE("thread"));

	if (reply == API_OK && json_type(&f->api.doc, anchor) != JSON_OBJECT) {
		taken->then = FETCH_AGAIN;
		return;
	}
	if (f->api.doc.n > 0)
		bsky_keep(taken);
	if (reply == API_OK && is_tree(f, anchor))
		take_tree(f, job, anchor, answer, taken);
	else
		not_shown(f, job, answer, taken);
	bsky_drop(f);
}
