/*
 * All captures of an archive at once.
 */
#ifndef RIPOSTE_CORE_INGEST_CAPTURES_H
#define RIPOSTE_CORE_INGEST_CAPTURES_H

#include "storage/store.h"

struct captures {
	struct capture *list; /* by id */
	size_t n, room;
};

/*
 * Listed before any is read: writing beside a scan of the same table is asking for
 * trouble.  They and their texts live in the arena.  into: empty.
 */
enum rp_status captures_list(struct store *store, struct arena *arena,
                             struct captures *into, struct rp_error *err) RP_MUST_USE;

/* One more at the end, copied; its id is larger than theirs. */
enum rp_status captures_add(struct captures *captures, struct arena *arena,
                            const struct capture *capture,
                            struct rp_error *err) RP_MUST_USE;

/* The place of a capture in the list, or n. */
size_t captures_find(const struct captures *captures, int64_t id);

/*
 * Do its bytes end early because what they came out of is damaged?  A member of a bundle
 * says so itself, else the file that it was inside of, NULL if none, is complete.
 */
bool captures_broke_off(const struct capture *capture, const struct capture *container);

/* When the bytes of a capture came last, once or again, or the compressed file they came
 * out of. */
enum rp_status captures_last_at(struct store *store, const struct capture *capture,
                                int64_t *out, struct rp_error *err) RP_MUST_USE;

#endif
