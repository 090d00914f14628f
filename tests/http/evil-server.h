/*
 * The evil server for a group of tests, and one request to it with all that came of it.
 */
#ifndef RIPOSTE_TESTS_HTTP_EVIL_SERVER_H
#define RIPOSTE_TESTS_HTTP_EVIL_SERVER_H

#include "core/net/http.h"
#include "tests/support/spec.h"

/* Group setup and teardown; $EVIL is the program. */
int evil_start(void **state);
int evil_stop(void **state);

/* "base", "other-host", "tls" …: its address, from FILE.more. */
const char *evil_at(const char *name);
/* The file of the CA. */
const char *evil_ca(void);
/* How many requests of the log have the text in them ("127.0.0.2:", a secret). */
size_t evil_logged(const char *host, const char *text);

/* What requests are made with; every test may change it (test setup: options_reset). */
extern struct http_options options;
extern int64_t clock_now; /* what options.now tells, to begin with the real time */
int options_reset(void **state);

enum { GOT_BODY = 4096, GOT_HEADERS = 40 };

struct got {
	int n; /* how often it ended */
	enum rp_status st;
	struct rp_error err;
	struct http_answer answer; /* what it borrows is gone, but for: */
	char body[GOT_BODY];       /* its beginning */
	char url[1024];
	char headers[8192]; /* "Name: value\n" */
	size_t body_n;
};

/* http_done for a struct got. */
void got_it(void *context, enum rp_status st, const struct http_answer *answer,
            const struct rp_error *err);

/* Make a request to the end; an http of its own each time. */
struct got ask(struct http_request request);
/* GET name's address and the path. */
struct got get_from(const char *name, const char *path);
struct got get(const char *path); /* of "base" */
/* The same with redirects and a secret (NULL: none). */
struct got follow(const char *name, const char *path, const char *secret);

/* Work until all have ended. */
void run_all(struct http *http);

/* Fails with the words when it was another status. */
void assert_refused(const struct got *got, enum rp_status st, const char *words);
void assert_answer(const struct got *got, int status, const char *body);

#define SPEC(name) cmocka_unit_test_setup(name, options_reset)

#endif
