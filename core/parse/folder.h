/*
 * The files below a directory, as archive.h gives those of an archive.
 */
#ifndef RIPOSTE_CORE_PARSE_FOLDER_H
#define RIPOSTE_CORE_PARSE_FOLDER_H

#include "core/parse/archive.h"

struct folder;

/* Lists all of it.  fd is borrowed.  RP_BAD_SOURCE: too much, or too deep. */
enum rp_status folder_open(int fd, struct folder **out, struct rp_error *err) RP_MUST_USE;
struct folder *folder_close(struct folder *folder);
void folder_rewind(struct folder *folder);
enum rp_status folder_next(struct folder *folder, struct entry *out,
                           struct rp_error *err) RP_MUST_USE;
enum rp_status folder_read(struct folder *folder, char *into, size_t size, size_t *n_out,
                           struct rp_error *err) RP_MUST_USE;

#endif
