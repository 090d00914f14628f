/*
 * Files that lie beside one that is imported, and say what it cannot say itself.
 */
#ifndef RIPOSTE_CMD_SIDECAR_H
#define RIPOSTE_CMD_SIDECAR_H

#include "core/collect/neighbours.h"
#include "core/ingest/ingest.h"

/*
 * A file of an X archive that was taken out of it: what manifest.js or account.js beside
 * it say of the owner is appended, and neither is kept; note-tweet.js beside it becomes a
 * capture, and is named by "beside".
 */
enum rp_status sidecar_add_owner(struct ingest *ingest, const char *path,
                                 struct rp_buf *settings,
                                 struct rp_error *err) RP_MUST_USE;

/*
 * What else lies beside it: see neighbours_settings().  What settings came of becomes a
 * capture of its own.
 */
enum rp_status sidecar_settings(struct ingest *ingest, const char *path,
                                struct rp_slice said, struct rp_buf *settings,
                                struct rp_error *err) RP_MUST_USE;

#endif
