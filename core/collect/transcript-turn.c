#include "core/collect/transcript-turn.h"

#include "core/base/charset.h"
#include "core/base/utf8.h"
#include "core/collect/transcript-text.h"
#include "core/collect/transcript-words.h"

enum {
	CONTEXT_MAX_BYTES = 2000,
	SPEECH_MAX_BYTES = RECORD_MAX_BYTES + 1024,
	REPAIRED_MAX_BYTES = 3 * SPEECH_MAX_BYTES, /* U+FFFD for each byte */
};

void
conversation_init(struct conversation *conversation)
{
	*conversation = (struct conversation){ .n = 0 };
	buf_init(&conversation->question, CONTEXT_MAX_BYTES + 8);
	buf_init(&conversation->asker, 1024);
	buf_init(&conversation->speech, SPEECH_MAX_BYTES);
}

void
conversation_done(struct conversation *conversation)
{
	buf_done(&conversation->question);
	buf_done(&conversation->asker);
	buf_done(&conversation->speech);
}

static bool
turn_key(struct arena *arena, const struct conversation *conversation, uint64_t n,
         struct rp_slice *out)
{
	struct rp_slice ordinal;

	return key_make(arena, PLATFORM_SPOKEN, conversation->event_id, out) &&
	       arena_printf(arena, &ordinal, "/%llu", (unsigned long long)n) &&
	       arena_join(arena, *out, ordinal, out);
}

/* What was said, as valid UTF-8 in the arena. */
static enum rp_status
read_text(struct conversation *conversation, const struct turn *turn, struct arena *arena,
          struct version *version, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf repaired;
	struct rp_buf *speech = &conversation->speech;
	struct rp_slice text;

	buf_init(&repaired, REPAIRED_MAX_BYTES);
	buf_clear(speech);
	version->damaged = turn->damaged;
	if (turn->words.n != 0)
		text_add_speech(speech, turn->words, '\n');
	else
		text_add_speech(speech, rp_slice_skip(turn->bytes, turn->words_at),
		                conversation->line_end);
	text = buf_slice(speech);
	if (buf_failed(speech))
		return rp_fail_memory(err);
	if (!utf8_valid(text)) {
		if (conversation->charset.n == 0 ||
		    !charset_read(&repaired, text, conversation->charset, true)) {
			version->damaged = true;
			utf8_repair(&repaired, text);
		}
		if (buf_failed(&repaired))
			return rp_fail_memory(err);
		text = buf_slice(&repaired);
	}
	if (text.n == 0) {
		version->text = text;
		return RP_OK;
	}
	if (turn->note.n != 0 &&
	    (!arena_join(arena, turn->note, RP_SLICE(" "), &version->text) ||
	     !arena_join(arena, version->text, text, &version->text)))
		return rp_fail_memory(err);
	if (turn->note.n == 0 && !arena_copy(arena, text, &version->text))
		return rp_fail_memory(err);
	return RP_OK;
}

/* ---- questions and answers ------------------------------------------------------------
 */

static bool
by_the_asker(const struct conversation *conversation, const struct turn *turn)
{
	if (turn->sort == LABEL_ANSWER)
		return false;
	if (turn->who.n == 0)
		return !turn->other || conversation->question_n + 1 != conversation->n;
	return rp_slice_eq(buf_slice(&conversation->asker), turn->who);
}

/* The labels themselves say that this turn answers the question that stands. */
static bool
is_stated_answer(const struct conversation *conversation, const struct turn *turn)
{
	return turn->sort == LABEL_ANSWER ||
	       (conversation->stated && !conversation->answered);
}

/*
 * A question is answered once, by the next one to speak who is not asking; only a label
 * says of a later turn that it is an answer too.
 */
static bool
may_answer(const struct conversation *conversation, const struct turn *turn)
{
	if (!conversation->asked || by_the_asker(conversation, turn) ||
	    turn->sort == LABEL_QUESTION || turn->sort == LABEL_ASKER)
		return false;
	return !conversation->answered || turn->sort == LABEL_ANSWER;
}

static enum rp_status
answer(struct conversation *conversation, const struct turn *turn, struct arena *arena,
       struct observation *seen, struct rp_error *err)
{
	struct observed_edge *edge;
	bool stated;

	if (!may_answer(conversation, turn))
		return RP_OK;
	stated = is_stated_answer(conversation, turn);
	conversation->answered = true;
	if (!arena_copy(arena, buf_slice(&conversation->question), &seen->post.context))
		return rp_fail_memory(err);
	if (!stated)
		return RP_OK;
	edge = arena_alloc(arena, sizeof(*edge));
	if (edge == NULL ||
	    !turn_key(arena, conversation, conversation->question_n, &edge->parent))
		return rp_fail_memory(err);
	edge->type = EDGE_REPLY;
	edge->origin = ORIGIN_PLATFORM;
	seen->edges = edge;
	seen->n_edges = 1;
	return RP_OK;
}

/*
 * Is this turn what the next ones answer?  A moderator who asks nothing leaves a question
 * standing that nobody has answered yet.
 */
static bool
is_question(const struct conversation *conversation, const struct turn *turn, bool asks)
{
	if (asks || turn->sort == LABEL_QUESTION)
		return true;
	return turn->sort == LABEL_ASKER &&
	       !(conversation->asked && conversation->stated && !conversation->answered &&
	         !by_the_asker(conversation, turn));
}

/* A new question, or the end of the one that stood. */
static enum rp_status
ask(struct conversation *conversation, const struct turn *turn, struct arena *arena,
    struct rp_slice text, struct rp_error *err)
{
	const enum label_sort sort = turn->sort;
	const bool asks = text_is_question(text);
	struct rp_slice tail;

	if (!is_question(conversation, turn, asks)) {
		if (by_the_asker(conversation, turn))
			conversation->asked = false;
		return RP_OK;
	}
	if (!text_tail(arena, text, CONTEXT_MAX_BYTES, &tail))
		return rp_fail_memory(err);
	buf_clear(&conversation->question);
	buf_add(&conversation->question, tail);
	buf_clear(&conversation->asker);
	buf_add(&conversation->asker, turn->who);
	conversation->asked = true;
	conversation->stated = sort == LABEL_QUESTION || (sort == LABEL_ASKER && asks);
	conversation->answered = false;
	conversation->question_n = conversation->n;
	return buf_failed(&conversation->question) || buf_failed(&conversation->asker)
	               ? rp_fail_memory(err)
	               : RP_OK;
}

/* Words, that is: applause neither asks nor answers. */
static enum rp_status
converse(struct conversation *conversation, const struct turn *turn, struct arena *arena,
         struct observation *seen, struct rp_error *err)
{
	enum rp_status st = answer(conversation, turn, arena, seen, err);

	return st == RP_OK ? ask(conversation, turn, arena, seen->version.text, err) : st;
}

/* ---- the post -------------------------------------------------------------------------
 */

/* Codes that run backwards are left out: what was said later was not said before. */
static struct rp_time
time_of(struct conversation *conversation, const struct turn *turn)
{
	const int64_t code = turn->offset_us;
	const bool then = code != TURN_NO_OFFSET &&
	                  (!conversation->has_code || code >= conversation->last_code_us);

	if (then) {
		conversation->has_code = true;
		conversation->last_code_us = code;
	}
	return event_turn_time(conversation->event, conversation->n == 1,
	                       conversation->last_code_us, then);
}

/* "Moderator", "Speaker 1" are somebody in this event alone. */
static bool
speaker_key(struct arena *arena, const struct conversation *conversation,
            const struct turn *turn, struct rp_slice *out)
{
	struct rp_slice name = turn->who;

	if (!turn->person &&
	    (!arena_join(arena, conversation->event_id, RP_SLICE("/"), &name) ||
	     !arena_join(arena, name, turn->who, &name)))
		return false;
	return key_make_account(arena, PLATFORM_SPOKEN, name, out);
}

static enum rp_status
name_speaker(struct conversation *conversation, const struct turn *turn,
             struct batch_lists *lists, struct post *post, struct rp_error *err)
{
	struct account *account;

	if (turn->who.n == 0)
		return RP_OK;
	account = batch_add_account(lists);
	if (account == NULL || !arena_copy(lists->arena, turn->who, &account->name) ||
	    !speaker_key(lists->arena, conversation, turn, &account->key))
		return rp_fail_memory(err);
	account->first = account->last = RP_TIME_UNKNOWN; /* has one name, always */
	post->author = account->key;
	return RP_OK;
}

static enum rp_status
describe(struct conversation *conversation, const struct turn *turn,
         struct batch_lists *lists, struct observation *seen, struct rp_error *err)
{
	const struct event *event = conversation->event;
	struct post *post = &seen->post;

	post->kind = KIND_SPOKEN;
	post->time = time_of(conversation, turn);
	post->url = turn->url.n != 0 ? turn->url : event->url;
	post->place = event->place;
	post->zone = event->zone;
	post->title = event->title;
	post->not_before = event->not_before;
	post->not_after = event->not_after;
	seen->version.lang = event->lang;
	if (!turn_key(lists->arena, conversation, conversation->n, &post->key) ||
	    !turn_key(lists->arena, conversation, 1, &post->conversation))
		return rp_fail_memory(err);
	return name_speaker(conversation, turn, lists, post, err);
}

static enum rp_status
add_record(const struct turn *turn, struct batch_lists *lists, struct observation *seen,
           struct rp_error *err)
{
	const size_t at = (size_t)(turn->offset - lists->offset);
	struct batch_record *record;

	if (!turn->shared) {
		record = batch_add_record(lists);
		if (record == NULL)
			return rp_fail_memory(err);
		record->at = at;
		record->n = turn->bytes.n;
		record->kind = RECORD_TURN;
	}
	seen->record = lists->n_records - 1;
	seen->offset = (uint32_t)(at - lists->records[seen->record].at);
	seen->bytes = (uint32_t)turn->bytes.n;
	return RP_OK;
}

enum rp_status
turn_add(struct conversation *conversation, const struct turn *turn,
         struct batch_lists *lists, struct rp_error *err)
{
	struct observation seen = {
		.version = { .printed = RP_TIME_NONE,
		             .as_of = conversation->event->as_of },
	};
	struct observation *place;
	enum rp_status st =
		read_text(conversation, turn, lists->arena, &seen.version, err);

	if (st != RP_OK || seen.version.text.n == 0)
		return st;
	conversation->n++;
	st = describe(conversation, turn, lists, &seen, err);
	if (st == RP_OK && !text_is_stage_direction(seen.version.text))
		st = converse(conversation, turn, lists->arena, &seen, err);
	if (st == RP_OK)
		st = add_record(turn, lists, &seen, err);
	if (st != RP_OK)
		return st;
	place = batch_add_observation(lists);
	if (place == NULL)
		return rp_fail_memory(err);
	*place = seen;
	return RP_OK;
}
