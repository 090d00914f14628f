#include "tests/http/evil-server.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct http_options options;
int64_t clock_now;

static char folder[] = "/tmp/riposte-evil-XXXXXX";
static char ready[64], ca[64], log_path[64], more[64];
static struct {
	char name[32], url[64];
} places[16];
static size_t n_places;
static pid_t pid;

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void
read_places(void)
{
	FILE *file = fopen(more, "r");

	assert_non_null(file);
	while (n_places < 16 && fscanf(file, "%31s %63s", places[n_places].name,
	                               places[n_places].url) == 2)
		n_places++;
	fclose(file);
}

int
evil_start(void **state)
{
	const char *program = getenv("EVIL");

	(void)state;
	if (program == NULL || mkdtemp(folder) == NULL)
		return -1;
	snprintf(ready, sizeof(ready), "%s/ready", folder);
	snprintf(more, sizeof(more), "%s/ready.more", folder);
	snprintf(ca, sizeof(ca), "%s/ready.ca", folder);
	snprintf(log_path, sizeof(log_path), "%s/log", folder);
	pid = fork();
	if (pid == 0) {
		execl(program, program, "--ready", ready, "--log", log_path,
		      (char *)NULL);
		_exit(127);
	}
	for (int i = 0; i < 500 && !is_there(ready); i++)
		poll(NULL, 0, 20);
	read_places();
	return is_there(ready) ? 0 : -1;
}

int
evil_stop(void **state)
{
	(void)state;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	unlink(ready);
	unlink(more);
	unlink(ca);
	unlink(log_path);
	return rmdir(folder);
}

const char *
evil_at(const char *name)
{
	for (size_t i = 0; i < n_places; i++)
		if (strcmp(places[i].name, name) == 0)
			return places[i].url;
	fail_msg("no address %s", name);
	return NULL;
}

const char *
evil_ca(void)
{
	return ca;
}

size_t
evil_logged(const char *host, const char *text)
{
	FILE *file = fopen(log_path, "r");
	char *line = NULL;
	size_t room = 0, n = 0;

	assert_non_null(file);
	while (getline(&line, &room, file) > 0)
		n += strncmp(line, host, strlen(host)) == 0 && strstr(line, text) != NULL;
	free(line);
	fclose(file);
	return n;
}

static int64_t
tell_clock(void *context)
{
	(void)context;
	return clock_now;
}

int
options_reset(void **state)
{
	(void)state;
	clock_now = (int64_t)time(NULL) * RP_SECOND;
	options = (struct http_options){
		.user_agent = "riposte/test (+mailto:desk@paper.example)",
		.allow_private = true,
		.ca = rp_slice_str(ca),
		.now = tell_clock,
		.total_ms = 20 * 1000,
	};
	return 0;
}

static void
keep_headers(struct got *got, const struct http_answer *answer)
{
	size_t n = 0;

	for (size_t i = 0; i < answer->n_headers && n < sizeof(got->headers) - 1; i++)
		n += (size_t)snprintf(got->headers + n, sizeof(got->headers) - n,
		                      "%.*s: %.*s\n", RP_FMT(answer->headers[i].name),
		                      RP_FMT(answer->headers[i].value));
}

void
got_it(void *context, enum rp_status st, const struct http_answer *answer,
       const struct rp_error *err)
{
	struct got *got = context;

	got->n++;
	got->st = st;
	if (answer == NULL) {
		got->err = *err;
		return;
	}
	got->answer = *answer;
	got->body_n = answer->body.n;
	snprintf(got->body, sizeof(got->body), "%.*s", RP_FMT(answer->body));
	snprintf(got->url, sizeof(got->url), "%.*s", RP_FMT(answer->url));
	keep_headers(got, answer);
}

void
run_all(struct http *http)
{
	struct rp_error err = { 0 };
	enum rp_status st;

	while ((st = http_run(http, 1000, &err)) == RP_OK)
		;
	if (st != RP_END)
		fail_msg("http_run: %s", err.text);
}

struct got
ask(struct http_request request)
{
	struct got got = { .n = 0 };
	struct rp_error err = { 0 };
	struct http *http;

	assert_ok(http_new(&options, &http, &err), err);
	got.st = http_add(http, &request, got_it, &got, &err);
	got.err = err;
	if (got.st == RP_OK) {
		run_all(http);
		assert_int_equal(got.n, 1);
	}
	http_free(http);
	return got;
}

static struct got
ask_at(const char *name, const char *path, const char *secret, bool redirects)
{
	char url[4096];

	snprintf(url, sizeof(url), "%s%s", evil_at(name), path);
	return ask((struct http_request){ .url = rp_slice_str(url),
	                                  .secret = rp_slice_str(secret),
	                                  .redirects = redirects });
}

struct got
get_from(const char *name, const char *path)
{
	return ask_at(name, path, NULL, false);
}

struct got
get(const char *path)
{
	return get_from("base", path);
}

struct got
follow(const char *name, const char *path, const char *secret)
{
	return ask_at(name, path, secret, true);
}

void
assert_refused(const struct got *got, enum rp_status st, const char *words)
{
	if (got->st != st || strstr(got->err.text, words) == NULL)
		fail_msg("status %d, \"%s\"; not %d, \"%s\"", (int)got->st, got->err.text,
		         (int)st, words);
}

void
assert_answer(const struct got *got, int status, const char *body)
{
	if (got->st != RP_OK)
		fail_msg("status %d: %s", (int)got->st, got->err.text);
	assert_int_equal(got->answer.status, status);
	assert_string_equal(got->body, body);
}
