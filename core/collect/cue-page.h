/*
 * Of a page, what is a transcript: the paragraphs that have a speaker, and those that
 * carry on.  For core/collect/captions*.c.
 *
 * What stands before the first speaker, and between a heading and the next one, is
 * nobody's words: a summary, the programme, what else there is to read.
 */
#ifndef RIPOSTE_CORE_COLLECT_CUE_PAGE_H
#define RIPOSTE_CORE_COLLECT_CUE_PAGE_H

#include "core/collect/cue.h"
#include "core/collect/transcript-roster.h"

struct page_speech {
	size_t labelled, timed; /* paragraphs with a speaker in front; and a time */
	bool several;           /* ... of at least two names */
	size_t kept, left;      /* bytes of text */
	bool called;            /* a heading says "transcript" */
};

/*
 * Leave that of the cues which is spoken, with its speakers taken out of the texts.  A
 * page without any speaker keeps all but its headings.  roster: the speakers that are
 * listed; it counts those of the page.  false: out of memory.
 */
bool cues_keep_speech(struct cues *cues, struct roster *roster,
                      struct page_speech *out) RP_MUST_USE;

/* How sure it is that these first bytes of a page are a transcript's, as
 * collector_ops.sniff says it. */
int cue_page_sniff(struct rp_slice head, struct rp_slice options);

#endif
