/*
 * From the bytes of a turn to what was said.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_TEXT_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_TEXT_H

#include "core/base/arena.h"
#include "core/base/buf.h"

/* Is a line without anything but blanks? */
bool text_is_blank(struct rp_slice line);

/*
 * Append what was said: lines joined, blanks collapsed, one newline between paragraphs.
 * Paragraphs and lines that are stage directions or time codes alone are left out; where
 * there are only stage directions, they are what is told.
 * line_end: '\n', or '\r' in files that have no other.
 */
void text_add_speech(struct rp_buf *out, struct rp_slice bytes, char line_end);

/* Ends in a question mark, whatever quotes, brackets and stage directions come behind. */
bool text_is_question(struct rp_slice speech);

/*
 * The last part of a text, max_bytes at most, cut at a blank, "…" in front when something
 * was cut off.  A copy in the arena; false when it is full.
 */
bool text_tail(struct arena *arena, struct rp_slice text, size_t max_bytes,
               struct rp_slice *out) RP_MUST_USE;

#endif
