/*
 * Who speaks in a transcript: which labels are speakers, and who is meant by them.
 *
 * "Note that:", "New York:" look like labels.  A label is a speaker's when its last word
 * comes twice as that of a label, when it stands in the list of speakers, when it is
 * somebody's surname or given name, or in a form that nothing else has: capitals of two
 * words, a title, a role, a time code.  Labels are counted 64 KiB ahead of the one that
 * is judged, so that a file of any size is read in one pass.
 *
 * In a short text nobody comes twice; there every label of two words is believed, and the
 * first, and capitals.  Elsewhere such a label is doubtful: what stands behind it is
 * given neither to that name nor to whoever spoke before.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_ROSTER_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_ROSTER_H

#include "core/base/arena.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/collect/transcript-label.h"

struct roster;

/* A few MB at most, however many names there are.  NULL: out of memory. */
struct roster *roster_new(void) RP_MUST_USE;
struct roster *roster_free(struct roster *roster);
DEFINE_CLEANUP(struct roster *, roster_free);

/* The list of speakers, from "speaker" and "speaker.LABEL.person" lines of the options.
 */
enum rp_status roster_read_options(struct roster *roster, struct rp_slice options,
                                   struct rp_error *err) RP_MUST_USE;

/* Note that a line of the text has this label. */
void roster_count(struct roster *roster, const struct label *label);

enum verdict {
	VERDICT_TEXT,     /* a part of what is being said */
	VERDICT_SPEAKER,  /* a turn begins */
	VERDICT_DOUBTFUL, /* perhaps one, perhaps not */
	VERDICT_REMARK,   /* nobody says this */
};

/* starts_paragraph: after an empty line.  first: no turn has been met yet. */
enum verdict roster_judge(const struct roster *roster, const struct label *label,
                          bool starts_paragraph, bool first);

/* A name that is a speaker's by its form, or known, or comes twice: in captions, whose
 * lines begin anywhere in a sentence, nothing less will do. */
bool roster_is_sure(const struct roster *roster, const struct label *label);

/* Somebody is meant by it who was listed, or named in full before. */
bool roster_knows(const struct roster *roster, const struct label *label);

/*
 * The name of whoever is meant: the full form, once it was met, names in capitals written
 * as others are ("Satya Nadella").  A surname or given name that several have stays as it
 * is.  Labels that are nobody's name ("Moderator") stay what they are unless the options
 * say who is meant, *person_out is false then.  The name lives in the arena.
 */
enum rp_status roster_name(struct roster *roster, const struct label *label,
                           struct arena *arena, struct rp_slice *out, bool *person_out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * The options list one speaker, and no line so far had a label of any kind: the text is
 * theirs, as LABEL_ANSWER is.
 */
bool roster_is_monologue(const struct roster *roster);

#endif
