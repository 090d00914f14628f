/*
 * Events of which several transcripts are held.
 *
 * Which of their turns are the same depends on all of them, so an event is derived as a
 * whole: its posts are taken back, every capture is read again, the longest one first
 * says what is called what (align.h), and no order of arrival counts.
 *
 * Of the same bytes imported under several options the last ones count for all: whoever
 * says a thing again says it otherwise in order to mend it.  When it was said last,
 * capture.at or that of an "again", is a fact.
 */
#ifndef RIPOSTE_CORE_INGEST_EVENT_H
#define RIPOSTE_CORE_INGEST_EVENT_H

#include "core/collect/collector.h"
#include "storage/store.h"

/* The event that a batch is of, by its root ("spoken:EVENT/1"); empty: of none. */
struct rp_slice event_of(const struct batch *batch);

/* Do other captures than this one tell of the event? */
enum rp_status event_is_shared(struct store *store, struct rp_slice root, int64_t capture,
                               bool *out, struct rp_error *err) RP_MUST_USE;

/*
 * Derive the event's posts anew from all its captures, this one among them; the rejects
 * of none.  tally: what this one told, compared with what the others did.
 */
enum rp_status event_derive(struct store *store, struct rp_slice root, int64_t capture,
                            struct tally *tally, struct rp_error *err) RP_MUST_USE;

#endif
