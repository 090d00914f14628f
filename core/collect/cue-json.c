/*
 * Captions in JSON: YouTube's json3, and the transcripts of podcasts.
 */
#include "core/collect/cue-markup.h"
#include "core/collect/cue.h"
#include "core/parse/json.h"

/* One object of a list as a cue; false: out of memory. */
typedef bool read_item(struct cues *cues, const struct json_doc *doc, uint32_t item);

/* A member that is a list, of each item a cue. */
static enum rp_status
read_list(struct cues *cues, struct rp_slice member, read_item *read,
          struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	const size_t mark = json_bom(cues->bytes);
	struct rp_error why = { .status = RP_OK };
	enum rp_status st = json_parse(&doc, rp_slice_skip(cues->bytes, mark), &why);
	struct json_each each;

	if (st == RP_BAD_ITEM) {
		if (cue_reject(cues, 0, cues->bytes.n, 1, "it is no JSON"))
			return RP_OK;
		return rp_fail_memory(err);
	}
	if (st != RP_OK)
		return rp_fail_memory(err);
	each = json_each(&doc, json_get(&doc, JSON_ROOT, member));
	while (json_next(&each))
		if (!read(cues, &doc, each.value))
			return rp_fail_memory(err);
	return RP_OK;
}

static struct cue
cue_of(const struct cues *cues, const struct json_doc *doc, uint32_t item)
{
	const struct rp_slice span = json_span(doc, item);

	return (struct cue){ .start_ms = CUE_NO_TIME,
		             .end_ms = CUE_NO_TIME,
		             .at = (uint32_t)(span.p - cues->bytes.p),
		             .n = (uint32_t)span.n,
		             .word = (uint32_t)cues->n_words };
}

static bool
reject(struct cues *cues, const struct cue *cue, const char *reason)
{
	return cue_reject(cues, cue->at, cue->n, 0, reason);
}

/* A time no recording has would overflow when it is reckoned with. */
static bool
is_time(int64_t ms)
{
	return ms >= 0 && ms < INT64_C(366) * 24 * 3600 * 1000;
}

/* ---- json3 ----------------------------------------------------------------------------
 */

/* The words of an event, each where its segment begins. */
static bool
add_segments(struct cues *cues, const struct json_doc *doc, uint32_t segments,
             int64_t start_ms)
{
	struct json_each each = json_each(doc, segments);
	CLEANUP(buf_done) struct rp_buf text;
	int64_t offset;

	buf_init(&text, 3 * JSON_MAX_BYTES + 16); /* U+FFFD for each damaged byte */
	while (json_next(&each)) {
		const uint32_t words = json_get(doc, each.value, RP_SLICE("utf8"));

		offset = 0;
		(void)json_int64(doc, json_get(doc, each.value, RP_SLICE("tOffsetMs")),
		                 &offset);
		if (!is_time(offset))
			offset = 0;
		if (!cue_add_word(cues, cues->scratch.n, start_ms + offset))
			return false;
		buf_clear(&text);
		if (json_add_text(doc, words, &text))
			markup_decode(&cues->scratch, buf_slice(&text));
	}
	return !buf_failed(&text) && !buf_failed(&cues->scratch);
}

static bool
read_event(struct cues *cues, const struct json_doc *doc, uint32_t item)
{
	const uint32_t segments = json_get(doc, item, RP_SLICE("segs"));
	struct cue cue = cue_of(cues, doc, item), *added;
	const size_t n_words = cues->n_words;
	int64_t lasts;

	/* Without text it opens a window on the screen. */
	if (json_type(doc, segments) != JSON_ARRAY)
		return json_type(doc, item) == JSON_OBJECT && json_absent(doc, segments)
		               ? true
		               : reject(cues, &cue, "no event of captions");
	if (!json_int64(doc, json_get(doc, item, RP_SLICE("tStartMs")), &cue.start_ms) ||
	    !is_time(cue.start_ms))
		return reject(cues, &cue, "a cue whose times cannot be read");
	if (json_int64(doc, json_get(doc, item, RP_SLICE("dDurationMs")), &lasts) &&
	    is_time(lasts))
		cue.end_ms = cue.start_ms + lasts;
	buf_clear(&cues->scratch);
	if (!add_segments(cues, doc, segments, cue.start_ms))
		return false;
	/* "\n" alone rolls the lines up. */
	if (rp_slice_trim(buf_slice(&cues->scratch)).n == 0) {
		cues->n_words = n_words;
		return true;
	}
	added = cue_add(cues);
	if (added == NULL)
		return false;
	cue.n_words = (uint32_t)(cues->n_words - n_words);
	*added = cue;
	return cue_set_text(cues, added, buf_slice(&cues->scratch));
}

enum rp_status
cue_read_json3(struct cues *cues, struct rp_error *err)
{
	enum rp_status st = read_list(cues, RP_SLICE("events"), read_event, err);

	cues_cut_overlaps(cues);
	return st;
}

/* ---- podcasts -------------------------------------------------------------------------
 */

static int64_t
time_of(const struct json_doc *doc, uint32_t item, struct rp_slice name)
{
	int64_t ms;

	return cue_seconds_read(json_span(doc, json_get(doc, item, name)), &ms)
	               ? ms
	               : CUE_NO_TIME;
}

static bool
read_segment(struct cues *cues, const struct json_doc *doc, uint32_t item)
{
	const uint32_t body = json_get(doc, item, RP_SLICE("body"));
	struct cue cue = cue_of(cues, doc, item), *added;

	buf_clear(&cues->scratch);
	if (!json_add_text(doc, body, &cues->scratch))
		return reject(cues, &cue, "a segment without a text");
	added = cue_add(cues);
	if (added == NULL || buf_failed(&cues->scratch))
		return false;
	*added = cue;
	added->start_ms = time_of(doc, item, RP_SLICE("startTime"));
	added->end_ms = time_of(doc, item, RP_SLICE("endTime"));
	if (!cue_set_text(cues, added, buf_slice(&cues->scratch)))
		return false;
	buf_clear(&cues->scratch);
	(void)json_add_text(doc, json_get(doc, item, RP_SLICE("speaker")),
	                    &cues->scratch);
	return !buf_failed(&cues->scratch) &&
	       cue_set_speaker(cues, added, buf_slice(&cues->scratch));
}

enum rp_status
cue_read_podcast_json(struct cues *cues, struct rp_error *err)
{
	return read_list(cues, RP_SLICE("segments"), read_segment, err);
}
