/*
 * What secret.c, secret-file.c and secret-mask.c share.
 */
#ifndef RIPOSTE_CORE_CONFIG_SECRETS_H
#define RIPOSTE_CORE_CONFIG_SECRETS_H

#include "core/base/map.h"
#include "core/config/secret.h"

/* A text to be masked, after what may be escaped in it was read. */
struct secret_form {
	struct rp_slice text;
	bool base64;        /* "-" and "_" are as good as "+" and "/" */
	bool before, after; /* a letter of base64 there is in part of the secret, too */
};

struct secrets {
	struct secret_pages *pages; /* where all texts are */
	struct map *references;     /* their places in `list` */
	struct rp_slice *list;
	size_t n, room;
	struct secret_form *forms;
	size_t n_forms, forms_room;
	bool begins[256]; /* may a form begin with this byte? */
};

/* Room that is wiped at the end; NULL: out of memory.  n: at most SECRET_MAX_BYTES * 2.
 */
char *secrets_room(struct secrets *secrets, size_t n) RP_MUST_USE;

/* One more, whose text is in secrets_room(). */
enum rp_status secrets_add(struct secrets *secrets, struct rp_slice reference,
                           struct rp_slice secret, struct rp_error *err) RP_MUST_USE;

/* The forms of one that was read.  false: out of memory. */
bool secrets_add_forms(struct secrets *secrets, struct rp_slice secret) RP_MUST_USE;

/*
 * Read a file into `into`, which has room for `room` bytes.  path ends in NUL; strict:
 * whose it is and who may read it matters.
 */
enum rp_status secret_file_read(const char *path, bool strict, char *into, size_t room,
                                size_t *n_out, struct rp_error *err) RP_MUST_USE;

#endif
