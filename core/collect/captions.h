/*
 * Captions and transcripts with times: `--as captions`.
 *
 * WebVTT, SubRip, YouTube's json3 and srv1 to srv3, transcripts of podcasts in JSON and
 * HTML, pages with names in bold (cue.h).  Captions that roll say each thing once
 * (cue-rolling.h); who speaks is told in captions-speech.h.  A turn is one spoken post,
 * "spoken:EVENT/N", as in transcripts: context and answers are found by the same code
 * (transcript-turn.h), and several renditions of one event are one.
 *
 * time:     the event's start, and what the cue's is behind the anchor, to the start's
 *           precision.  Without a start the times say nothing, but for the deep link.
 * url:      the event's, from the turn's first second on (captions-link.h).
 * lang:     as the options say, else as the file does.
 *
 * Records are the bytes from a turn's first cue to its last; where several speak in one
 * cue they share it.  Rejected are cues without readable times, and a file without a
 * turn.
 *
 * A file is read as a whole, in time linear in it: 16 MB, a million cues of the shortest
 * kind, take seconds and some 150 MB of memory, 400 MB where each is a speaker of its
 * own.  Longer files go by unread, with a reject.
 */
#ifndef RIPOSTE_CORE_COLLECT_CAPTIONS_H
#define RIPOSTE_CORE_COLLECT_CAPTIONS_H

#include "core/collect/collector.h"

extern const struct collector_ops captions_collector;

#endif
