/*
 * Captions that roll: each line is shown twice or three times, while the next one comes
 * in below it.
 */
#ifndef RIPOSTE_CORE_COLLECT_CUE_ROLLING_H
#define RIPOSTE_CORE_COLLECT_CUE_ROLLING_H

#include "core/collect/cue.h"

/*
 * Leave of each cue only what is new in it; where that is nothing, its text becomes
 * empty, and the cue before lasts as long.  Files that do not roll stay as they are: what
 * people say twice is said twice.  In place: texts become parts of what they were.
 */
void cues_unroll(struct cues *cues);

#endif
