/*
 * Labels of speakers at the front of a transcript's lines.
 *
 *	SATYA NADELLA: …             Larry Fink, BlackRock: …       MR. FINK: …
 *	[00:12:33] Satya Nadella: …  Nadella (12:33): …             00:12:33 Nadella
 *	Q: …   A: …   Q. …   Q    …  Moderator: …  Question : …     Speaker 1 | 00:00 -
 *00:16
 *	**Satya Nadella:** …         > NADELLA: …                   Satya Nadella  00:12
 *	M. le président. – …         XI JINPING (through interpreter): …
 *
 * This reads one line and says what it could be; whether it is a speaker is decided with
 * knowledge of the other lines (transcript-roster.h).
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_LABEL_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_LABEL_H

#include "core/base/slice.h"

/* Of a line, this much is enough to find its label. */
enum { LABEL_LINE_BYTES = 1024 };

enum label_sort {
	LABEL_NONE,
	LABEL_NAME,     /* looks like the name of somebody */
	LABEL_QUESTION, /* "Q", "Question" */
	LABEL_ANSWER,   /* "A", "Réponse" */
	LABEL_ASKER,    /* "Moderator", "Audience member": asks when there is a "?" */
	LABEL_NOBODY,   /* "Candidates", "Speaker 2": speaks, but is no person we know */
	LABEL_REMARK,   /* "Note", "Source": about the transcript, nobody says it */
};

struct label {
	enum label_sort sort;
	struct rp_slice name;  /* as written, without decoration, title and roles */
	struct rp_slice title; /* "MR.", "President"; may be empty */
	struct rp_slice note;  /* "(through interpreter)"; may be empty */
	bool has_role;         /* something stood behind a comma or in brackets */
	bool capitals;         /* no small letter, two capitals at least */
	uint32_t words;        /* of the name */
	int64_t offset_s;      /* the time code, in seconds; -1: none */
	size_t text_at;        /* where in the line the text begins */
};

/*
 * line: without its end, its front is enough.  whole: nothing was cut off.  All slices
 * point into it.  Invalid UTF-8 is no label.
 */
struct label label_read(struct rp_slice line, bool whole);

/* "[00:12:33]", "(12:33)", "00:12:33" at the front: how long it is, 0 when it is none. */
size_t label_time_code(struct rp_slice text, int64_t *seconds_out);

/* The last word of a name. */
struct rp_slice label_last_word(struct rp_slice name);

#endif
