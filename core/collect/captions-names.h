/*
 * Names of speakers that stand at the front of every cue, "Satya Nadella: …", as Zoom
 * writes them.
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_NAMES_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_NAMES_H

#include "core/collect/cue.h"

/*
 * Where the file names whoever speaks in nine cues of ten, these are the speakers, of
 * whatever form ("iPhone de Marie"), and are taken out of the texts.  Elsewhere nothing
 * changes: a label is then judged as those of a transcript are.
 */
void cues_take_names(struct cues *cues);

#endif
