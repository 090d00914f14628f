/*
 * What tells about our looking: in which captures a post was seen, under which other
 * keys.
 */
#ifndef RIPOSTE_CMD_SEEN_H
#define RIPOSTE_CMD_SEEN_H

#include "core/model/view.h"
#include "storage/store.h"

/* Captures of an archive by their ids; those asked for are remembered, some 200 bytes
 * each, of answers of servers 600. */
struct seen;
enum rp_status seen_new(struct store *store, struct seen **out,
                        struct rp_error *err) RP_MUST_USE;
struct seen *seen_free(struct seen *seen);
DEFINE_CLEANUP(struct seen *, seen_free);

/* Sightings, captures, first and last of a post; the rest of *out is empty. */
enum rp_status seen_of_post(struct seen *seen, int64_t post, struct arena *arena,
                            struct view_seen *out, struct rp_error *err) RP_MUST_USE;

/* The other keys of a post, bytewise. */
enum rp_status seen_aliases(struct store *store, int64_t post, struct arena *arena,
                            const struct rp_slice **out, size_t *n_out,
                            struct rp_error *err) RP_MUST_USE;

#endif
