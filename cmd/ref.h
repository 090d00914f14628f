/*
 * REF: how people name a post on the command line.
 */
#ifndef RIPOSTE_CMD_REF_H
#define RIPOSTE_CMD_REF_H

#include "cmd/command.h"
#include "core/base/arena.h"

/*
 * The key a text stands for: a URL of the post in any of its forms or of an article, a
 * key, or the bare digits of an X id.  RP_BAD_USAGE: none of these, or an account.
 * Whether the archive holds it is another question.
 */
enum rp_status ref_key(struct arena *arena, struct rp_slice text, struct rp_slice *out,
                       struct rp_error *err) RP_MUST_USE;

/* Whether all operands are REFs; complains and gives the exit status. */
int check_refs(const struct invocation *inv);

#endif
