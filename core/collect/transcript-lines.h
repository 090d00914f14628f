/*
 * The lines of a transcript, and telling one by them.  For core/collect/transcript.c.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_LINES_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_LINES_H

#include "core/collect/collector.h"
#include "core/collect/transcript-roster.h"

/* What ends lines: '\n', or '\r' where there is no other. */
char line_end_of(struct rp_slice head);

/* Without a byte order mark in front. */
struct rp_slice text_without_mark(struct rp_slice head);

/* Without blanks behind. */
struct rp_slice line_without_tail(struct rp_slice line);

/* Markdown: "## Questions", "---". */
bool line_is_heading(struct rp_slice line);

/* Have the line's label counted; line: without its end. */
void line_count(struct roster *roster, struct rp_slice line);

/* See collector_ops. */
int transcript_sniff(struct rp_slice head, const struct input *input);

#endif
