/*
 * The paths of the evil server:
 *
 *	/ok              {"data":[1]}, and the connection is kept
 *	/reset           reset at once;  /reset/body  in the middle of the body
 *	/half            half of the bytes that Content-Length promises
 *	/chunked         in chunks;  /chunked/cut  without the last one
 *	/closed          ends with the connection;  /closed/cut  in the middle of JSON
 *	/length/X        huge (2^62), negative, garbage, twice (and not the same), same
 *	/slow/X          body, headers: a byte a second;  /silence  nothing at all
 *	/endless/X       body, chunks, headers, header (one line)
 *	/bomb/X          gzip, deflate, zstd, br
 *	/encoding/X      stacked (50 times gzip), unknown, bad (no gzip at all)
 *	/html            a login page with 200;  /html/json  one that calls itself JSON
 *	/body/X          empty, null, object, array, errors, bom, garbage, xml; as JSON
 *	/status/N        that one; 204 and 304 without a body
 *	/limit/X         429 with: none, past, ms, html, iso, seconds, retry, zero,
 *	                 negative, years, date, garbage
 *	                 200 with: minus, huge, missing, used (up, for 1000 s)
 *	/raw/X           old (HTTP/0.9), garbage, nul, cr, latin, folded, status (99999)
 *	/drop            the first request of a connection is answered, no other
 *	/to?URL          redirected there;  /to/N?URL  with that status
 *	/to/X?PATH       other-host, other-port: likewise
 *	/loop            to /loop/1 and back;  /chain/N  N redirects
 *	/nowhere         301 without Location
 *	/echo            the headers of the request as a body, and X-Echo
 *	/echo/redirect   what was in Authorization, in the address of another host
 *	/cookie          cookies for everybody;  /cookie/back  what of them came back
 *	/date?TEXT       that Date, "_" for blanks
 */
#include "tests/support/evil-paths.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum { ENDLESS = 1 << 20 };

#define JSON "Content-Type: application/json\r\n"
#define OK_JSON "HTTP/1.1 200 OK\r\n" JSON

static const char *other_host, *other_port;

void
evil_know(const char *host, const char *port)
{
	other_host = host;
	other_port = port;
}

static void
ok(struct peer *peer, const char *rest)
{
	(void)rest;
	answer(peer, "200 OK", JSON, "{\"data\":[1]}");
}

static void
reset_at(struct peer *peer, const char *rest)
{
	if (*rest != '\0')
		says(peer, OK_JSON "Content-Length: 1000\r\n\r\n{\"data\":");
	pause_ms(50);
	reset(peer);
}

static void
half(struct peer *peer, const char *rest)
{
	(void)rest;
	says(peer, OK_JSON "Content-Length: 24\r\n\r\n{\"data\":[1]}");
}

static void
chunked(struct peer *peer, const char *rest)
{
	says(peer, OK_JSON "Transfer-Encoding: chunked\r\n\r\nc\r\n{\"data\":[1]}\r\n");
	if (*rest == '\0')
		says(peer, "0\r\n\r\n");
}

static void
closed(struct peer *peer, const char *rest)
{
	says(peer, "HTTP/1.0 200 OK\r\n" JSON "\r\n%s",
	     *rest ? "{\"data\":[1" : "{\"data\":[1]}");
}

static void
length(struct peer *peer, const char *rest)
{
	static const char *const lines[][2] = {
		{ "/huge", "Content-Length: 4611686018427387904\r\n" },
		{ "/negative", "Content-Length: -5\r\n" },
		{ "/garbage", "Content-Length: twelve\r\n" },
		{ "/twice", "Content-Length: 5\r\nContent-Length: 12\r\n" },
		{ "/same", "Content-Length: 12\r\nContent-Length: 12\r\n" },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (strcmp(rest, lines[i][0]) == 0)
			says(peer, OK_JSON "%s\r\n{\"data\":[1]}", lines[i][1]);
}

static void
slow(struct peer *peer, const char *rest)
{
	if (strcmp(rest, "/body") == 0)
		says(peer, OK_JSON "Content-Length: 100000\r\n\r\n");
	else
		says(peer, OK_JSON "X-Slow: ");
	for (int i = 0; i < 30 && says(peer, "1"); i++)
		pause_ms(1000);
}

static void
silence(struct peer *peer, const char *rest)
{
	char byte;

	(void)rest;
	/* Until the other one goes away, or it has been long enough. */
	for (int i = 0; i < 30 && recv(peer->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
	     i++)
		pause_ms(1000);
}

static void
endless(struct peer *peer, const char *rest)
{
	static char piece[16384];
	const bool headers = strcmp(rest, "/headers") == 0;
	bool more = says(peer, OK_JSON);

	memset(piece, 'a', sizeof(piece));
	if (strcmp(rest, "/body") == 0)
		says(peer, "\r\n");
	if (strcmp(rest, "/chunks") == 0)
		says(peer, "Transfer-Encoding: chunked\r\n\r\n");
	if (strcmp(rest, "/header") == 0)
		says(peer, "X-Long: ");
	for (int i = 0; i < ENDLESS && more; i++) {
		if (headers)
			more = says(peer, "X-%d: %.*s\r\n", i, 100, piece);
		else if (strcmp(rest, "/chunks") == 0)
			more = says(peer, "4000\r\n") &&
			       say(peer, piece, sizeof(piece)) && says(peer, "\r\n");
		else
			more = say(peer, piece, sizeof(piece));
	}
}

static void
bombs(struct peer *peer, const char *rest)
{
	bomb(peer, *rest ? rest + 1 : "gzip");
}

static void
encoding(struct peer *peer, const char *rest)
{
	says(peer, OK_JSON "Connection: close\r\nContent-Encoding: ");
	if (strcmp(rest, "/stacked") == 0)
		for (int i = 0; i < 49; i++)
			says(peer, "gzip, ");
	says(peer, "%s\r\n\r\nthis is no such thing",
	     strcmp(rest, "/unknown") == 0 ? "rot13" : "gzip");
}

static void
html(struct peer *peer, const char *rest)
{
	answer(peer, "200 OK", *rest ? JSON : "Content-Type: text/html\r\n",
	       "<!DOCTYPE html><title>Sign in</title><form>Please sign in</form>");
}

static void
body(struct peer *peer, const char *rest)
{
	static const char *const bodies[][2] = {
		{ "/empty", "" },
		{ "/null", "null" },
		{ "/object", "{}" },
		{ "/array", "[]" },
		{ "/errors", "{\"errors\":[{\"title\":\"Not Found Error\"}]}" },
		{ "/bom", "\xef\xbb\xbf{\"data\":[1]}" },
		{ "/garbage", "{\"data\":[1]}<!-- cached -->" },
		{ "/xml", "<?xml version=\"1.0\"?><error/>" },
	};

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++)
		if (strcmp(rest, bodies[i][0]) == 0)
			answer(peer, "200 OK", JSON, bodies[i][1]);
}

static void
status(struct peer *peer, const char *rest)
{
	const int number = *rest ? atoi(rest + 1) : 500;
	char line[64];

	snprintf(line, sizeof(line), "%d So", number);
	if (number == 204 || number == 304) {
		says(peer, "HTTP/1.1 %s\r\n\r\n", line);
		peer->keep = true;
		return;
	}
	answer(peer, line, number == 206 ? "Content-Range: bytes 0-7/100\r\n" JSON : JSON,
	       "{\"a\":1} ");
}

static void
limit(struct peer *peer, const char *rest)
{
	static const struct {
		const char *name, *status, *headers;
	} rows[] = {
		{ "/none", "429 Slow", "" },
		{ "/past", "429 Slow", "x-rate-limit-reset: 1000000001\r\n" },
		{ "/ms", "429 Slow", "x-rate-limit-reset: 4102444800000\r\n" },
		{ "/html", "429 Slow", "Content-Type: text/html\r\n" },
		{ "/iso", "429 Slow",
		  "X-RateLimit-Reset: 2100-01-01T00:00:00.000000Z\r\n" },
		{ "/seconds", "429 Slow", "RateLimit-Reset: 100\r\n" },
		{ "/retry", "429 Slow", "Retry-After: 100\r\n" },
		{ "/zero", "429 Slow", "Retry-After: 0\r\n" },
		{ "/negative", "429 Slow", "Retry-After: -1\r\n" },
		{ "/years", "429 Slow", "Retry-After: 315360000\r\n" },
		{ "/date", "429 Slow",
		  "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
		  "Retry-After: Wed, 21 Oct 2015 07:29:00 GMT\r\n" },
		{ "/garbage", "429 Slow", "Retry-After: soon\r\nRateLimit-Reset: x\r\n" },
		{ "/minus", "200 OK", "RateLimit-Remaining: -1\r\n" },
		{ "/huge", "200 OK",
		  "RateLimit-Remaining: 1e99\r\nRateLimit-Reset: 1e99\r\n" },
		{ "/missing", "200 OK", "RateLimit-Limit: 100\r\n" },
		{ "/used", "200 OK",
		  "RateLimit-Remaining: 0\r\nRateLimit-Reset: 1000\r\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rest, rows[i].name) == 0)
			answer(peer, rows[i].status, rows[i].headers,
			       strcmp(rest, "/html") == 0 ? "<p>Slow down" : "{}");
}

#define SAYS_LITERAL(peer, literal) say((peer), (literal), sizeof(literal) - 1)

static void
raw(struct peer *peer, const char *rest)
{
	if (strcmp(rest, "/old") == 0)
		says(peer, "{\"data\":[1]}");
	else if (strcmp(rest, "/garbage") == 0)
		says(peer, "HTTP/1.1 two hundred\r\n\r\n{}");
	else if (strcmp(rest, "/status") == 0)
		says(peer, "HTTP/1.1 99999 OK\r\n\r\n{}");
	else if (strcmp(rest, "/nul") == 0)
		SAYS_LITERAL(peer, OK_JSON "X-Odd: a\0b\r\nContent-Length: 2\r\n\r\n{}");
	else if (strcmp(rest, "/cr") == 0)
		says(peer, OK_JSON "X-Odd: a\rX-Evil: b\r\nContent-Length: 2\r\n\r\n{}");
	else if (strcmp(rest, "/latin") == 0)
		says(peer,
		     OK_JSON "X-Odd: caf\xe9 \x1b[31m\r\nContent-Length: 2\r\n\r\n{}");
	else if (strcmp(rest, "/folded") == 0)
		says(peer, OK_JSON "X-Odd: a\r\n b\r\nContent-Length: 2\r\n\r\n{}");
}

static void
drop(struct peer *peer, const char *rest)
{
	(void)rest;
	if (peer->nth == 0)
		answer(peer, "200 OK", JSON, "{\"data\":[1]}");
}

static void
redirect(struct peer *peer, const char *code, const char *to)
{
	char line[4300], status_line[64];

	snprintf(line, sizeof(line), "Location: %s\r\n", to);
	snprintf(status_line, sizeof(status_line), "%s Elsewhere", code);
	answer(peer, status_line, line, "");
}

static void
to(struct peer *peer, const char *rest)
{
	const char *query = strchr(rest, '?');
	const char *host = strncmp(rest, "/other-host", 11) == 0   ? other_host
	                   : strncmp(rest, "/other-port", 11) == 0 ? other_port
	                                                           : NULL;
	char code[4] = "302", url[4096];

	if (query == NULL)
		return;
	if (host == NULL && *rest == '/')
		snprintf(code, sizeof(code), "%.3s", rest + 1);
	snprintf(url, sizeof(url), "%s%s%s", host ? "http://" : "", host ? host : "",
	         query + 1);
	redirect(peer, code, url);
}

static void
loop(struct peer *peer, const char *rest)
{
	redirect(peer, "302", *rest ? "/loop" : "/loop/1");
}

static void
chain(struct peer *peer, const char *rest)
{
	const int n = *rest ? atoi(rest + 1) : 0;
	char url[64];

	if (n == 0) {
		ok(peer, "");
		return;
	}
	snprintf(url, sizeof(url), "/chain/%d", n - 1);
	redirect(peer, n % 2 ? "301" : "308", url);
}

static void
nowhere(struct peer *peer, const char *rest)
{
	(void)rest;
	answer(peer, "301 Elsewhere", JSON, "{}");
}

/* The value of a header of the request; "": it has none. */
static void
asked(const struct peer *peer, const char *name, char *out, size_t room)
{
	const char *line = peer->headers;

	*out = '\0';
	for (; line != NULL && *line; line = strchr(line, '\n'), line += line != NULL)
		if (strncasecmp(line, name, strlen(name)) == 0) {
			line += strlen(name);
			snprintf(out, room, "%.*s", (int)strcspn(line, "\r\n"), line);
			return;
		}
}

static void
echo(struct peer *peer, const char *rest)
{
	char value[4096], header[4200];

	asked(peer, "Authorization: Bearer ", value, sizeof(value));
	if (strcmp(rest, "/redirect") == 0) {
		snprintf(header, sizeof(header), "http://%s/ok?%s", other_host, value);
		redirect(peer, "302", header);
		return;
	}
	snprintf(header, sizeof(header), JSON "X-Echo: %s\r\n", value);
	answer(peer, "200 OK", header, peer->headers);
}

static void
cookie(struct peer *peer, const char *rest)
{
	char value[4096];

	asked(peer, "Cookie: ", value, sizeof(value));
	if (*rest == '\0')
		answer(peer, "200 OK",
		       "Set-Cookie: a=1\r\nSet-Cookie: b=2; Domain=0.0.1; Path=/\r\n"
		       "Set-Cookie: c=3; Domain=example.com\r\n",
		       "");
	else
		answer(peer, "200 OK", "", value);
}

static void
date(struct peer *peer, const char *rest)
{
	char header[512];

	for (char *p = strchr(rest, '?'); p != NULL && *p; p++)
		if (*p == '_')
			*p = ' ';
	snprintf(header, sizeof(header), "Date: %.400s\r\n", rest + (*rest == '?'));
	answer(peer, "200 OK", header, "{}");
}

static const struct {
	const char *path;
	void (*answer)(struct peer *peer, const char *rest);
} paths[] = {
	{ "/ok", ok },           { "/reset", reset_at },    { "/half", half },
	{ "/chunked", chunked }, { "/closed", closed },     { "/length", length },
	{ "/slow", slow },       { "/silence", silence },   { "/endless", endless },
	{ "/bomb", bombs },      { "/encoding", encoding }, { "/html", html },
	{ "/body", body },       { "/status", status },     { "/limit", limit },
	{ "/raw", raw },         { "/drop", drop },         { "/to", to },
	{ "/loop", loop },       { "/chain", chain },       { "/nowhere", nowhere },
	{ "/echo", echo },       { "/cookie", cookie },     { "/date", date },
};

void
evil_answer(struct peer *peer)
{
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const size_t n = strlen(paths[i].path);
		const char *rest = peer->path + n;

		if (strncmp(peer->path, paths[i].path, n) == 0 &&
		    strchr("/?", *rest) != NULL) {
			paths[i].answer(peer, rest);
			return;
		}
	}
	answer(peer, "404 Not Found", JSON, "{}");
}
