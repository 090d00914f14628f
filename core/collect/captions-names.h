/*
 * Names of speakers as programs for meetings write them: at the front of every cue,
 * "Satya Nadella: …" (Zoom), or as a voice, "Nadella, Satya" (Teams).
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_NAMES_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_NAMES_H

#include "core/base/buf.h"
#include "core/collect/cue.h"
#include "core/collect/transcript-roster.h"

/*
 * Where the file names whoever speaks in nine cues of ten, these are the speakers, of
 * whatever form ("iPhone de Marie"), and are taken out of the texts.  Elsewhere nothing
 * changes: a label is then judged as those of a transcript are.  false: out of memory.
 */
bool cues_take_names(struct cues *cues) RP_MUST_USE;

/*
 * What a format calls somebody, read as a label is: roles and titles left away. "Nadella,
 * Satya" is whom the roster knows by the name turned round, else what it is.  The label's
 * slices are in `room`, which is empty before.  false: out of memory.
 */
bool name_label(const struct roster *roster, struct rp_slice name, struct rp_buf *room,
                struct label *out) RP_MUST_USE;

#endif
