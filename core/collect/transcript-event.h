/*
 * The event whose turns a transcript holds: what the options say of it, and what follows
 * for the time of a turn.
 */
#ifndef RIPOSTE_CORE_COLLECT_TRANSCRIPT_EVENT_H
#define RIPOSTE_CORE_COLLECT_TRANSCRIPT_EVENT_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/slice.h"
#include "core/base/time.h"

struct event {
	struct rp_slice id; /* empty: nobody said */
	struct rp_slice title, place, zone, url, lang;
	struct rp_slice not_before, not_after; /* keys of posts; else empty */
	struct rp_time when; /* the day, or the start; unknown bounds where unknown */
	bool has_start; /* when is the moment it began, of two that clocks showed twice */
	int64_t anchor_ms;      /* so far into the recording */
	int64_t floor, ceiling; /* bounds given as times; may be unknown */
	int64_t as_of;          /* when the transcript was so; may be unknown */
};

/*
 * Slices are borrowed from options.  RP_BAD_USAGE, RP_BAD_CONFIG: see options_add();
 * RP_BAD_USAGE also when date and bounds contradict each other.
 */
enum rp_status event_read(struct rp_slice options, struct event *out,
                          struct rp_error *err) RP_MUST_USE;

/*
 * When a turn was said: offset_us after the event's start if `then`, else at some time
 * after that; the first turn begins with the event.  Without a start the offset says
 * nothing.  That one turn came after another is told by their keys, not by their times.
 */
struct rp_time event_turn_time(const struct event *event, bool first, int64_t offset_us,
                               bool then);

/*
 * The event's id: as the options say, or as they say it was made, or made of the file's
 * name and its first bytes: "davos-panel-1f0c22ae".  The digits keep two files of one
 * name apart; the turns of one must never pass for wordings of the other's.  false when
 * the arena is full.
 */
bool event_settle(struct event *event, struct arena *arena, struct rp_slice file_name,
                  struct rp_slice head) RP_MUST_USE;

#endif
