/*
 * Marks in captions that tell of another speaker without naming them.
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_MARKS_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_MARKS_H

#include "core/base/slice.h"

/* ">>", ">>>" at the front of a line: how long, blanks behind it included; 0: none. */
size_t mark_chevrons(struct rp_slice line);

/* "- Hello", "-Hello", "– Hello": the same for a dash that is no sign of a number. */
size_t mark_dash(struct rp_slice line);

/* Where the next ">>" stands behind a blank; line.n: nowhere. */
size_t mark_next(struct rp_slice line);

#endif
