/*
 * What a fetcher remembers between two runs: lines of text, which are its cursor.
 *
 *	bsky 1                        the fetcher, and the version of what follows
 *	did ana.example 1795457914… did:plc:…
 *	NAME SUBJECT VALUE
 *
 * A subject is a word, a value the rest of the line.  Lines stand in the order in which
 * they were last set.  What cannot be read is forgotten line by line: a fetcher that has
 * forgotten something asks once more.
 */
#ifndef RIPOSTE_CORE_COLLECT_FETCH_NOTES_H
#define RIPOSTE_CORE_COLLECT_FETCH_NOTES_H

#include "core/base/buf.h"
#include "core/base/slice.h"

enum { NOTES_MAX_BYTES = 256 << 10, NOTE_MAX_BYTES = 4000 };

struct notes {
	struct rp_buf text; /* all of it: the cursor */
	size_t head;        /* bytes of its first line */
};

/* version: "bsky 1".  A cursor that begins otherwise is as good as none. */
void notes_init(struct notes *notes, const char *version, struct rp_slice cursor);
void notes_done(struct notes *notes);

static inline struct rp_slice
notes_cursor(const struct notes *notes)
{
	return buf_slice(&notes->text);
}

/* Empty: nothing is noted.  Good until the next set or drop. */
struct rp_slice notes_get(const struct notes *notes, const char *name,
                          struct rp_slice subject);

/* Instead of what was noted.  Nothing is, of a subject that is no word, of a value with a
 * control character, of what is too long, and when all is full. */
void notes_set(struct notes *notes, const char *name, struct rp_slice subject,
               struct rp_slice value);
void notes_set_number(struct notes *notes, const char *name, struct rp_slice subject,
                      int64_t number);
void notes_drop(struct notes *notes, const char *name, struct rp_slice subject);

/* Forget the oldest of that name, but for `most`. */
void notes_trim(struct notes *notes, const char *name, size_t most);

/* Step through those of a name, oldest first; *at starts as 0. */
bool notes_each(const struct notes *notes, const char *name, size_t *at,
                struct rp_slice *subject_out, struct rp_slice *value_out);

/* The next word of a value as a number; `otherwise` when it is none. */
int64_t note_number(struct rp_slice *value, int64_t otherwise);

/* The next word of a value. */
struct rp_slice note_word(struct rp_slice *value);

#endif
