/*
 * One turn as a post, and the question that stands while the others speak.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_TURN_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_TURN_H

#include "core/base/buf.h"
#include "core/collect/lists.h"
#include "core/collect/transcript-event.h"
#include "core/collect/transcript-label.h"

/* What the turns so far leave behind for the next one. */
struct conversation {
	const struct event *event;
	struct rp_slice event_id;
	struct rp_slice charset; /* of what is no UTF-8; empty: nobody knows */
	char line_end;
	uint64_t n;           /* turns so far */
	bool has_code;        /* last_code_us is one */
	int64_t last_code_us; /* the last time code; 0: none yet */
	bool asked;           /* the next four are of the question that stands */
	bool stated, answered;
	uint64_t question_n;
	struct rp_buf question, asker;
	struct rp_buf speech; /* working memory */
};

void conversation_init(struct conversation *conversation);
void conversation_done(struct conversation *conversation);

/* Offsets of turns from the event's start. */
#define TURN_NO_OFFSET INT64_MIN

struct turn {
	enum label_sort sort;
	struct rp_slice who;   /* the speaker's name, or label; empty: nobody knows */
	bool person;           /* it is a name */
	bool other;            /* without a name: somebody else than spoke before */
	struct rp_slice note;  /* put in front of the text */
	int64_t offset_us;     /* from the event's start, or TURN_NO_OFFSET */
	struct rp_slice bytes; /* from the label to the last word */
	uint64_t offset;       /* of bytes in the input */
	bool shared;           /* the bytes are those of the last record, or a part */
	struct rp_slice words; /* lines of what was said, if the bytes do not have them */
	size_t words_at;       /* where they begin in the bytes, if they do */
	bool damaged;          /* something in words was replaced */
	struct rp_slice url;   /* empty: the event's */
};

/*
 * Add a turn to the batch: record, observation, account.  One that says nothing adds
 * nothing.  RP_FAILED: out of memory.
 */
enum rp_status turn_add(struct conversation *conversation, const struct turn *turn,
                        struct batch_lists *lists, struct rp_error *err) RP_MUST_USE;

#endif
