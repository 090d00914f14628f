/*
 * From cues to turns: who speaks, and when somebody else does.
 *
 * A speaker is told by the format (a voice of WebVTT), by a label at the front of a line
 * ("SATYA NADELLA: …", transcript-label.h), or behind ">>".  Whoever was told last goes
 * on speaking.  ">>" without a name is somebody nobody knows; where nobody is named, so
 * is a dash at the front of a line.
 *
 * A turn ends where somebody else begins, where a chapter does, and where nobody speaks
 * for 4 s, or for 2.5 s when nobody knows who.  Stage directions on a line of their own
 * are left out.
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_SPEECH_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_SPEECH_H

#include "core/collect/cue.h"
#include "core/collect/transcript-roster.h"

struct speech;

struct speech_facts {
	const struct cues *cues; /* borrowed, as all here */
	struct roster *roster;
	const int64_t *chapters; /* ms, ascending */
	size_t n_chapters;
	bool joins;      /* cues may be words or parts of them: punctuation joins on */
	bool paragraphs; /* each cue is one */
};

struct speech_turn {
	struct rp_slice who; /* empty: nobody knows */
	bool person;
	bool other; /* without a name: not who spoke before */
	enum label_sort sort;
	struct rp_slice note;
	struct rp_slice words; /* until the next turn; an empty line between sentences,
	                          where they have no other sign */
	int64_t start_ms;
	size_t at, n; /* its bytes in the file */
	bool shared;  /* they are a part of the turn's before */
	bool damaged;
};

/* NULL: out of memory. */
struct speech *speech_new(const struct speech_facts *facts) RP_MUST_USE;
struct speech *speech_free(struct speech *speech);
DEFINE_CLEANUP(struct speech *, speech_free);

/* RP_END after the last one.  RP_FAILED: out of memory. */
enum rp_status speech_next(struct speech *speech, struct speech_turn *out,
                           struct rp_error *err) RP_MUST_USE;

#endif
