/*
 * How far two words are from each other: for "did you mean".
 */
#ifndef RIPOSTE_CORE_BASE_NEAR_H
#define RIPOSTE_CORE_BASE_NEAR_H

#include "core/base/slice.h"

enum { NEAR_MAX = 64 }; /* bytes of a word; who types more has not mistyped one */

/*
 * How many bytes must be put in, taken out or changed to make b of a; SIZE_MAX when one
 * of them is NEAR_MAX bytes long or more.
 */
size_t near_distance(struct rp_slice a, struct rp_slice b);

#endif
