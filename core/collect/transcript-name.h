/*
 * What stands before the colon of a label: title, name, roles, brackets.  For the files
 * core/collect/transcript-*.c alone.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_NAME_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_NAME_H

#include "core/collect/transcript-label.h"

/* A blank at the front, also one of those that French puts before a colon; 0 when there
 * is none.  The same at the end; and the text without any. */
size_t label_blank(struct rp_slice s);
size_t label_blank_behind(struct rp_slice s);
struct rp_slice label_trim(struct rp_slice s);

/* Where the bracket at the front closes, or s.n. */
size_t label_bracket(struct rp_slice s);

/* false: nobody can be called that. */
bool label_read_name(struct rp_slice before, struct label *label);

#endif
