/* One connection of the evil server, and what its parts share. */
#ifndef RIPOSTE_TESTS_SUPPORT_EVIL_H
#define RIPOSTE_TESTS_SUPPORT_EVIL_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct peer {
	int fd;
	SSL *tls;            /* NULL: none */
	char request[16384]; /* as it came, NUL behind it */
	char *path;          /* in it, NUL behind it, from '/' on */
	char *headers;       /* in it, from the line behind the first */
	unsigned nth;        /* request of this connection, from 0 */
	bool keep;           /* the connection stays open for another one */
};

/* false: the other one is gone, or took too long. */
bool say(struct peer *peer, const void *bytes, size_t n);
bool says(struct peer *peer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void pause_ms(int ms);
/* Close such that the other one sees a reset. */
void reset(struct peer *peer);

/* "200 OK", headers, each with its line end ("" for none), and a body with its length. */
bool answer(struct peer *peer, const char *status, const char *headers, const char *body);

/* A body that is small on the wire and never ends when decoded (evil-bomb.c). */
void bomb(struct peer *peer, const char *encoding);

/* The TLS variants (evil-tls.c). */
enum { TLS_VARIANTS = 5 };
extern const char *const tls_names[TLS_VARIANTS];
/* Makes a CA and the servers' certificates, and writes the CA to that file. */
bool tls_prepare(const char *ca_path, SSL_CTX *contexts[TLS_VARIANTS]);

#endif
