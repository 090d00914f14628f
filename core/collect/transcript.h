/*
 * Plain transcripts with speaker labels, .txt and .md: `--as transcript`.
 *
 * A turn reaches from a label (transcript-label.h, transcript-roster.h) to the next one,
 * to a heading, or to a remark about the transcript ("Source: …"); it is one spoken post,
 * "spoken:EVENT/N", N its place among the turns from 1.  All of them are one
 * conversation, whose root is the first.
 *
 * author:   spoken:@NAME; "Moderator", "Q", "Speaker 2" are nobody we know, and somebody
 *           in this event alone: spoken:@EVENT/LABEL.
 *
 * text:     lines joined, blanks collapsed, one newline between paragraphs; the label's
 *           "(through interpreter)" stands in front.  Stage directions are left out, but
 *           where there is nothing else ("Audience: (APPLAUSE)").
 *
 * context:  the question that the turn answers: the last turn labelled as one or ending
 *           in "?", for the first who speaks after it and is not asking; its last 2,000
 *           bytes.
 *
 * edges:    a reply to that question where both labels say so: "A:", or the first turn
 * after "Q:", or after a "Moderator:" that ends in "?".
 *
 * time:     see transcript-event.h; time codes count from the event's start.
 *
 * Rejected are what stands behind a doubtful label (it keeps its N), a turn longer than a
 * record may be, and a file without any turn.  Bytes of turns are records; everything
 * else stays between them.  Memory is about 40 MB at most, whatever the size of the file.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_H

#include "core/collect/collector.h"

extern const struct collector_ops transcript_collector;

#endif
