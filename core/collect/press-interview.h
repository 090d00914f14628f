/*
 * Interviews: questions and answers in turns, where the one who answers is told only by
 * the headline or the first paragraphs.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_INTERVIEW_H
#define RIPOSTE_CORE_COLLECT_PRESS_INTERVIEW_H

#include "core/collect/press-people.h"

/* Who answers; PRESS_UNKNOWN: it is no interview, or the text does not tell. */
uint32_t press_interview_of(const struct press_people *people);

/* The name in the headline that has those initials; empty: there is none. */
struct rp_slice press_interview_titled(const struct press_people *people, size_t from,
                                       size_t first, struct rp_slice title);

/* In an interview: a turn of who asks. */
bool press_interview_question(const struct press_text *text, size_t block);

/* "I. M.-D. :" in front of a quotation, from..first: whose initials they are. *label_out:
 * it is such a label at all. */
uint32_t press_interview_label(const struct press_people *people, size_t from,
                               size_t first, bool *label_out);

#endif
