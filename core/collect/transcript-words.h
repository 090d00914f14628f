/*
 * Words that tell what a label is.  For the files core/collect/transcript-*.c alone.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_WORDS_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_WORDS_H

#include "core/base/slice.h"
#include "core/collect/transcript-label.h"

/* "Moderator", "Q", "Audience member 2", "Note": what it is; LABEL_NAME for others. */
enum label_sort word_sort(struct rp_slice label);

/* "MR.", "Senator". */
bool word_is_title(struct rp_slice word);

/* "you", "what": no role begins with it. */
bool word_begins_clause(struct rp_slice word);

/* "le" in "M. le président Latombe". */
bool word_is_article(struct rp_slice word);

/* "de", "van": small in the middle of a name. */
bool word_is_particle(struct rp_slice word);

/* "(through interpreter)", "(via un interprète)". */
bool word_tells_of_interpreter(struct rp_slice note);

/*
 * A bracketed text of its own: "(Applause.)", "[laughter]", one or several, and no more.
 * "[inaudible]" is none: it stands for words.
 */
bool text_is_stage_direction(struct rp_slice line);

/* "Transcribed by …", "END 1:45 P.M. EST", "La séance est levée à …": of whoever wrote it
 * down. */
bool text_is_colophon(struct rp_slice line);

#endif
