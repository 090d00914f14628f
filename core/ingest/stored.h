/*
 * A capture read again, out of the archive.
 */
#ifndef RIPOSTE_CORE_INGEST_STORED_H
#define RIPOSTE_CORE_INGEST_STORED_H

#include "core/collect/collector.h"
#include "storage/store.h"

/* Told each batch; anything but RP_OK ends the reading and is given back. */
typedef enum rp_status stored_take(void *context, const struct batch *batch,
                                   struct rp_error *err);

struct stored {
	struct store *store;
	const struct capture *capture;
	struct rp_slice options; /* to read it under */
	bool broken;             /* the compressed file it came out of ends early */
};

/* A capture of no importer's is one batch after the other without records. */
enum rp_status stored_read(const struct stored *stored, struct arena *arena,
                           stored_take *take, void *context,
                           struct rp_error *err) RP_MUST_USE;

/*
 * What a capture cannot be understood without: the captures that its options name by
 * "beside", one behind the other.  Those that are not held are left out.
 */
struct stored_beside {
	struct store *store;
	struct rp_slice rest; /* of the options */
	struct arena *arena;
	struct store_iter *it; /* of the one being read */
	struct rp_slice left;
};

void stored_beside_init(struct stored_beside *beside, struct store *store,
                        struct rp_slice options);
void stored_beside_done(struct stored_beside *beside);
DEFINE_CLEANUP_DONE(struct stored_beside, stored_beside_done);

/* For struct input: read is NULL where the options name none. */
struct reader stored_beside_reader(struct stored_beside *beside);

#endif
