/*
 * Writers: one per output format, screen and files alike.
 *
 * A writer is handed finished views and asks nobody anything.  It writes to a stream and
 * does not check it: the caller looks at ferror() and fclose() once, at the end.
 */
#ifndef RIPOSTE_CORE_RENDER_WRITER_H
#define RIPOSTE_CORE_RENDER_WRITER_H

#include "core/base/zone.h"
#include "core/model/view.h"

#include <stdio.h>

/* How it is to look.  What is not about looks does not belong here. */
struct style {
	const struct zone *zone; /* reader's zone for text; JSON is always UTC */
	bool utc;                /* text: ISO times in UTC */
	bool colour;
	bool verbose;   /* text: nothing is left out for its length */
	size_t columns; /* width of the page, 20 at least */
};

/* A list of posts on its way out: what a row depends on that came before it.  Starts as
 * { 0 }. */
struct post_list {
	uint64_t n;    /* posts written so far */
	bool has_day;  /* text: a heading with a day stands above */
	bool has_zone; /* text: one of them told the zone of all times */
	int64_t day;   /* which, counted from 1970; INT64_MAX: "time unknown" */
};

/*
 * Posts come one at a time between posts_begin() and posts_end(); threads, exchanges and
 * single posts come whole.  A function that is NULL: the format cannot show that.
 */
struct writer {
	const char *name;    /* what -f takes: "text" */
	const char *summary; /* for --help */
	bool is_data;        /* for programs: never coloured, wrapped or paged */
	void (*posts_begin)(FILE *out, const struct style *style);
	void (*post)(FILE *out, const struct style *style, struct post_list *list,
	             const struct view_post *post);
	void (*posts_end)(FILE *out, const struct style *style);
	void (*thread)(FILE *out, const struct style *style,
	               const struct thread_view *view);
	void (*exchange)(FILE *out, const struct style *style,
	                 const struct exchange_view *view);
	void (*show)(FILE *out, const struct style *style, const struct view_post *post,
	             const struct view_seen *seen, const struct state_note *states,
	             size_t n_states);
};

/* Every writer, NULL at the end.  Adding one: a file, a line here, a man page section. */
extern const struct writer *const writers[];

/* By name; NULL when there is none. */
const struct writer *writer_find(struct rp_slice name);

/*
 * One post as plain export has it: a line with the post object, and what tells about our
 * looking behind it.
 */
void write_exported(FILE *out, const struct view_post *post,
                    const struct view_seen *seen);

/*
 * One post as canonical export has it: a line of JSON with members in a fixed order,
 * nothing in it about our looking.  aliases: its other keys, bytewise.
 */
void write_canonical(FILE *out, const struct view_post *post,
                     const struct rp_slice *aliases, size_t n_aliases);

#endif
