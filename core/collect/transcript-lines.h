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

/* A text in another encoding, as its server says (empty: nobody does), of which ASCII is
 * a part.  What is UTF-8 is taken for that. */
struct foreign_lines {
	struct rp_slice charset;
	struct rp_buf room; /* FOREIGN_LINE_BYTES and more */
};
enum { FOREIGN_LINE_BYTES = 1 << 14 };

/* The label of a line without its end; its slices are good until the next call. */
struct label line_label(struct foreign_lines *foreign, struct rp_slice text, bool whole);

/* Have the line's label counted; line: without its end. */
void line_count(struct roster *roster, struct foreign_lines *foreign,
                struct rp_slice line);

/* See collector_ops. */
int transcript_sniff(struct rp_slice head, const struct input *input);

#endif
