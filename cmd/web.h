/*
 * The web, as the config file's [http] wants it.
 */
#ifndef RIPOSTE_CMD_WEB_H
#define RIPOSTE_CMD_WEB_H

#include "core/base/arena.h"
#include "core/config/secret.h"
#include "core/config/settings.h"
#include "core/net/http.h"

/* For whom it is opened. */
struct web_user {
	/* Put over with asterisks in all that is logged or recorded; NULL: none. */
	const struct secrets *secrets;
	bool verbose;                  /* a line of each request on standard error */
	int64_t (*now)(void *context); /* NULL: web_now() */
	void *context;                 /* of now() */
};

/* The user, and the arena, stay until http_free(). */
enum rp_status web_open(const struct config *config, const struct web_user *user,
                        struct arena *arena, struct http **out,
                        struct rp_error *err) RP_MUST_USE;

/* The wall clock, for those who have started long ago. */
int64_t web_now(void *context);

#endif
