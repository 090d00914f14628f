/*
 * A server that does everything wrong, each path its own way (evil-paths.c has the list).
 *
 *	evil --ready FILE [--log FILE]
 *
 * It listens on 127.0.0.1 and 127.0.0.2, on the same port, and on a second port.  When it
 * does, FILE has its address, "http://127.0.0.1:PORT", and FILE.more a line each of
 *
 *	base http://127.0.0.1:PORT         other-host http://127.0.0.2:PORT
 *	other-port http://127.0.0.1:PORT   closed http://127.0.0.1:PORT (nobody listens)
 *	tls https://127.0.0.1:PORT         signed by the CA in FILE.ca
 *	expired, wrong-host, self-signed, tls10    likewise, and wrong
 *
 * The log has a line for each request: the host and port it came to, the method and path,
 * and its headers, all apart by tabs.
 *
 * Bounded: 64 connections at a time, 30 s each; 20,000 requests; ten minutes.
 */
#include "tests/support/evil-paths.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PLAIN = 3, /* 127.0.0.1, 127.0.0.2, the other port */
	LISTENERS = PLAIN + TLS_VARIANTS,
	AT_A_TIME = 64,
	REQUESTS = 20000,
	LIFETIME_S = 600,
	CONNECTION_S = 30,
};

static struct listener {
	int fd;
	char name[64]; /* "127.0.0.1:4711" */
	SSL_CTX *tls;
} listeners[LISTENERS];

static FILE *log_file;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int connections, requests;

bool
say(struct peer *peer, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		const size_t piece = n < 1 << 20 ? n : 1 << 20;
		const ssize_t sent = peer->tls ? SSL_write(peer->tls, p, (int)piece)
		                               : send(peer->fd, p, piece, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

bool
says(struct peer *peer, const char *format, ...)
{
	char text[32768];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return n >= 0 && (size_t)n < sizeof(text) && say(peer, text, (size_t)n);
}

bool
answer(struct peer *peer, const char *status, const char *headers, const char *body)
{
	peer->keep = true;
	return says(peer, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s", status,
	            headers, strlen(body), body);
}

void
pause_ms(int ms)
{
	poll(NULL, 0, ms);
}

void
reset(struct peer *peer)
{
	const struct linger at_once = { 1, 0 };

	setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	peer->keep = false;
}

static void
log_request(const char *to, const struct peer *peer)
{
	if (log_file == NULL)
		return;
	pthread_mutex_lock(&log_lock);
	fprintf(log_file, "%s\t%s %s\t", to, peer->request, peer->path);
	for (const char *p = peer->headers; *p; p++)
		if (*p != '\r')
			putc(*p == '\n' ? '\t' : *p, log_file);
	putc('\n', log_file);
	fflush(log_file);
	pthread_mutex_unlock(&log_lock);
}

static bool
read_request(struct peer *peer)
{
	size_t n = 0;
	char *space;

	do {
		const size_t room = sizeof(peer->request) - 1 - n;
		const ssize_t got =
			peer->tls ? SSL_read(peer->tls, peer->request + n, (int)room)
				  : recv(peer->fd, peer->request + n, room, 0);

		if (got <= 0 || room == 0)
			return false;
		n += (size_t)got;
		peer->request[n] = '\0';
	} while (strstr(peer->request, "\r\n\r\n") == NULL);
	space = strchr(peer->request, ' ');
	if (space == NULL)
		return false;
	*space = '\0';
	peer->path = space + 1;
	peer->headers = strchr(peer->path, '\n') + 1;
	peer->path[strcspn(peer->path, " \r\n")] = '\0';
	return true;
}

struct started {
	int fd;
	const struct listener *listener;
};

static void
converse(struct peer *peer, const struct listener *listener)
{
	if (peer->tls != NULL && SSL_accept(peer->tls) != 1)
		return;
	do {
		if (!read_request(peer) || atomic_fetch_add(&requests, 1) > REQUESTS)
			return;
		log_request(listener->name, peer);
		peer->keep = false;
		evil_answer(peer);
		peer->nth++;
	} while (peer->keep);
}

static void *
serve(void *context)
{
	const struct timeval longest = { CONNECTION_S, 0 };
	struct started started = *(struct started *)context;
	struct peer *peer = calloc(1, sizeof(*peer));

	free(context);
	if (peer != NULL) {
		peer->fd = started.fd;
		setsockopt(peer->fd, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof(longest));
		setsockopt(peer->fd, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof(longest));
		if (started.listener->tls != NULL) {
			peer->tls = SSL_new(started.listener->tls);
			SSL_set_fd(peer->tls, peer->fd);
		}
		converse(peer, started.listener);
		if (peer->tls != NULL) {
			SSL_shutdown(peer->tls);
			SSL_free(peer->tls);
		}
		free(peer);
	}
	close(started.fd);
	atomic_fetch_sub(&connections, 1);
	return NULL;
}

static void
take(const struct listener *listener)
{
	struct started *started;
	pthread_t thread;
	int fd = accept(listener->fd, NULL, NULL);

	if (fd < 0)
		return;
	started = malloc(sizeof(*started));
	if (started == NULL || atomic_load(&connections) >= AT_A_TIME) {
		free(started);
		close(fd);
		return;
	}
	*started = (struct started){ fd, listener };
	atomic_fetch_add(&connections, 1);
	if (pthread_create(&thread, NULL, serve, started) != 0) {
		free(started);
		close(fd);
		atomic_fetch_sub(&connections, 1);
		return;
	}
	pthread_detach(thread);
}

/* port 0: any.  Its port. */
static int
listen_at(struct listener *listener, const char *host, int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port) };
	socklen_t n = sizeof(at);
	const int yes = 1;

	inet_pton(AF_INET, host, &at.sin_addr);
	listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(listener->fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(listener->fd, AT_A_TIME) != 0 ||
	    getsockname(listener->fd, (struct sockaddr *)&at, &n) != 0) {
		perror("evil");
		exit(1);
	}
	snprintf(listener->name, sizeof(listener->name), "%s:%d", host,
	         ntohs(at.sin_port));
	return ntohs(at.sin_port);
}

static FILE *
beside(const char *ready, const char *suffix)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s%s", ready, suffix);
	file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		exit(1);
	}
	return file;
}

static void
tell(const char *ready)
{
	struct listener closed;
	FILE *more = beside(ready, ".more"), *file;
	char from[4096], to[4096];

	listen_at(&closed, "127.0.0.1", 0);
	close(closed.fd);
	fprintf(more, "base http://%s\nother-host http://%s\n", listeners[0].name,
	        listeners[1].name);
	fprintf(more, "other-port http://%s\nclosed http://%s\n", listeners[2].name,
	        closed.name);
	for (int i = 0; i < TLS_VARIANTS; i++)
		fprintf(more, "%s https://%s\n", tls_names[i], listeners[PLAIN + i].name);
	fclose(more);
	/* The file is there when all of it is. */
	file = beside(ready, ".new");
	fprintf(file, "http://%s\n", listeners[0].name);
	fclose(file);
	snprintf(from, sizeof(from), "%s.new", ready);
	snprintf(to, sizeof(to), "%s", ready);
	rename(from, to);
}

static void
open_all(const char *ready)
{
	SSL_CTX *tls[TLS_VARIANTS];
	char ca[4096];
	int port;

	snprintf(ca, sizeof(ca), "%s.ca", ready);
	if (!tls_prepare(ca, tls)) {
		fprintf(stderr, "evil: no certificates\n");
		exit(1);
	}
	port = listen_at(&listeners[0], "127.0.0.1", 0);
	listen_at(&listeners[1], "127.0.0.2", port);
	listen_at(&listeners[2], "127.0.0.1", 0);
	for (int i = 0; i < TLS_VARIANTS; i++) {
		listen_at(&listeners[PLAIN + i], "127.0.0.1", 0);
		listeners[PLAIN + i].tls = tls[i];
	}
}

int
main(int argc, char **argv)
{
	struct pollfd polls[LISTENERS];
	const char *ready = NULL;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--ready") == 0)
			ready = argv[i + 1];
		if (strcmp(argv[i], "--log") == 0)
			log_file = fopen(argv[i + 1], "w");
	}
	if (ready == NULL) {
		fprintf(stderr, "usage: evil --ready FILE [--log FILE]\n");
		return 64;
	}
	signal(SIGPIPE, SIG_IGN);
	alarm(LIFETIME_S);
	open_all(ready);
	evil_know(listeners[1].name, listeners[2].name);
	tell(ready);
	for (int i = 0; i < LISTENERS; i++)
		polls[i] = (struct pollfd){ .fd = listeners[i].fd, .events = POLLIN };
	while (poll(polls, LISTENERS, -1) >= 0 && atomic_load(&requests) < REQUESTS)
		for (int i = 0; i < LISTENERS; i++)
			if (polls[i].revents & POLLIN)
				take(&listeners[i]);
	return 0;
}
