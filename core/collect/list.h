/*
 * Inside of the importer of lists: what one line names.
 *
 * A list has no posts, it names them: each becomes a ghost, worth fetching.  Read are
 *
 *	addresses of posts anywhere in a line, among other words, in Markdown, in the
 *	bookmarks that browsers write (HTML), in the fields of a table;
 *	a line that is a key of ours ("bsky:did:plc:abc/3lgz…") or the digits of an X id;
 *	the column of a table whose title says that ids of posts are in it.
 */
#ifndef RIPOSTE_CORE_COLLECT_LIST_H
#define RIPOSTE_CORE_COLLECT_LIST_H

#include "core/collect/lists.h"

/* What the first line tells of the others. */
struct list_table {
	bool has_ids;   /* it is the title of a column of ids */
	bool sure;      /* ... of posts on X: short ones count too */
	char separator; /* 0: one column */
	size_t column;  /* from 0 */
};

struct list_table list_table(struct rp_slice first_line);

/* What stands in the column of ids; empty when there is none, or nothing in it. */
struct rp_slice list_id_field(const struct list_table *table, struct rp_slice line);

enum list_id {
	LIST_NO_ID,
	LIST_ID,
	LIST_ROUNDED, /* "1.88192E+18": a spreadsheet has made a number of it */
};

/* `sure` that it is one, an id may be short; otherwise it has the digits of 2010
 * and on. */
enum list_id list_judge_id(struct rp_slice word, bool sure);

/* The line is a key of a post on X, Bluesky or Mastodon. */
bool list_is_key(struct rp_slice line);

#endif
