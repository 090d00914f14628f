#include "core/config/secret.h"

#include "core/config/secrets.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum {
	PAGES_BYTES = 64 << 10,
	ROOM = SECRET_MAX_BYTES + 3, /* a line end, and one byte that is too many */
};

struct secret_pages {
	struct secret_pages *next;
	size_t used; /* this head included */
};

static struct secret_pages *
add_pages(struct secrets *secrets)
{
	struct secret_pages *pages = mmap(NULL, PAGES_BYTES, PROT_READ | PROT_WRITE,
	                                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED) {
		rp_memory_refuse();
		return NULL;
	}
	/* Both may be refused, and are for the better only. */
	(void)mlock(pages, PAGES_BYTES);
#ifdef MADV_DONTDUMP
	(void)madvise(pages, PAGES_BYTES, MADV_DONTDUMP);
#endif
	pages->next = secrets->pages;
	pages->used = sizeof(*pages);
	secrets->pages = pages;
	return pages;
}

char *
secrets_room(struct secrets *secrets, size_t n)
{
	struct secret_pages *pages = secrets->pages;

	if (pages == NULL || n > PAGES_BYTES - pages->used)
		pages = add_pages(secrets);
	if (pages == NULL)
		return NULL;
	pages->used += n;
	return (char *)pages + pages->used - n;
}

struct secrets *
secrets_new(void)
{
	struct secrets *secrets = calloc(1, sizeof(*secrets));
	const struct rlimit none = { 0, 0 };

	if (secrets == NULL)
		return NULL;
	secrets->references = map_new();
	if (secrets->references == NULL)
		return secrets_free(secrets);
	(void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
	return secrets;
}

struct secrets *
secrets_free(struct secrets *secrets)
{
	if (secrets == NULL)
		return NULL;
	map_free(secrets->references);
	free(secrets->list);
	free(secrets->forms);
	for (struct secret_pages *pages = secrets->pages, *next; pages != NULL;
	     pages = next) {
		next = pages->next;
		explicit_bzero(pages, PAGES_BYTES);
		(void)munmap(pages, PAGES_BYTES);
	}
	free(secrets);
	return NULL;
}

/* ---- where they are ------------------------------------------------------------- */

static enum rp_status
from_environment(struct rp_slice name, char *into, size_t *n_out, struct rp_error *err)
{
	char variable[256];
	const char *value;

	if (name.n == 0 || name.n >= sizeof(variable))
		return rp_fail(err, RP_BAD_CONFIG, "env: needs the name of a variable");
	memcpy(variable, name.p, name.n);
	variable[name.n] = '\0';
	value = getenv(variable);
	if (value == NULL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "$%.60s is not set: put the secret there, or into a file "
		               "(file:PATH)",
		               variable);
	*n_out = strnlen(value, ROOM);
	memcpy(into, value, *n_out);
	return RP_OK;
}

static enum rp_status
from_file(struct rp_slice directory, struct rp_slice name, bool strict, char *into,
          size_t *n_out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf path;

	buf_init(&path, 8192);
	buf_add(&path, directory);
	buf_add(&path, name);
	buf_add_byte(&path, '\0');
	if (buf_failed(&path))
		return rp_fail(err, RP_BAD_CONFIG, "the path of the secret is too long");
	return secret_file_read(path.p, strict, into, ROOM, n_out, err);
}

/* What systemd puts there has modes and owners of its own.  A name that is found nowhere
 * may be the secret itself, and is not repeated. */
static enum rp_status
from_credentials(struct rp_slice name, char *into, size_t *n_out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf directory;
	const char *given = getenv("CREDENTIALS_DIRECTORY");

	buf_init(&directory, 4096);
	if (given == NULL || *given == '\0')
		return rp_fail(
			err, RP_BAD_CONFIG,
			"there are no credentials here ($CREDENTIALS_DIRECTORY is "
			"not set): outside of services of systemd write file:PATH");
	if (name.n == 0 || rp_slice_find_byte(name, '/') < name.n || name.p[0] == '.')
		return rp_fail(err, RP_BAD_CONFIG, "credential: needs a name");
	buf_add_str(&directory, given);
	buf_add_byte(&directory, '/');
	if (from_file(buf_slice(&directory), name, false, into, n_out, err) == RP_OK)
		return RP_OK;
	return rp_fail(err, RP_BAD_CONFIG,
	               "there is no such credential in $CREDENTIALS_DIRECTORY: add "
	               "LoadCredential=NAME:PATH to the service");
}

static enum rp_status
from_anywhere(struct rp_slice reference, struct rp_slice config, char *into,
              size_t *n_out, struct rp_error *err)
{
	struct rp_slice path = rp_slice_skip(reference, 5);

	if (rp_slice_starts(reference, RP_SLICE("env:")))
		return from_environment(rp_slice_skip(reference, 4), into, n_out, err);
	if (rp_slice_starts(reference, RP_SLICE("credential:")))
		return from_credentials(rp_slice_skip(reference, 11), into, n_out, err);
	if (!rp_slice_starts(reference, RP_SLICE("file:")))
		return from_credentials(reference, into, n_out, err);
	if (path.n == 0)
		return rp_fail(err, RP_BAD_CONFIG, "file: needs a path");
	while (config.n > 0 && config.p[config.n - 1] != '/')
		config.n--;
	return from_file(path.p[0] == '/' ? RP_SLICE("") : config, path, true, into,
	                 n_out, err);
}

/* ---- what they are -------------------------------------------------------------- */

static enum rp_status
check(struct rp_slice secret, struct rp_slice reference, struct rp_error *err)
{
	struct rp_slice place = reference;
	const char *why = NULL;

	/* Without a word in front it may be the secret. */
	if (rp_slice_find_byte(reference, ':') == reference.n)
		place = RP_SLICE("the credential");
	if (secret.n == 0)
		why = "is empty: put the secret into it";
	else if (secret.n > SECRET_MAX_BYTES)
		why = "is longer than any token: is it the right file?";
	for (size_t i = 0; why == NULL && i < secret.n; i++)
		if (secret.p[i] <= ' ' || secret.p[i] >= 0x7f)
			why = "holds something besides one word of visible characters, "
			      "and "
			      "a line end: write the token alone, on one line";
	if (why == NULL && secret.n < SECRET_MIN_BYTES)
		why = "is too short for a token";
	return why == NULL ? RP_OK
	                   : rp_fail(err, RP_BAD_CONFIG, "%.*s %s", RP_FMT(place), why);
}

static struct rp_slice
without_line_end(struct rp_slice text)
{
	if (rp_slice_ends(text, RP_SLICE("\r\n")))
		text.n -= 2;
	else if (rp_slice_ends(text, RP_SLICE("\n")))
		text.n--;
	return text;
}

enum rp_status
secrets_add(struct secrets *secrets, struct rp_slice reference, struct rp_slice secret,
            struct rp_error *err)
{
	char *key = secrets_room(secrets, reference.n);

	if (secrets->n == secrets->room) {
		size_t room = secrets->room ? 2 * secrets->room : 8;
		struct rp_slice *list = reallocarray(secrets->list, room, sizeof(*list));

		if (list == NULL)
			return rp_fail_memory(err);
		secrets->list = list;
		secrets->room = room;
	}
	if (key == NULL || !secrets_add_forms(secrets, secret))
		return rp_fail_memory(err);
	memcpy(key, reference.p, reference.n);
	if (map_put(secrets->references, rp_slice_from(key, reference.n),
	            (uint32_t)secrets->n, NULL) == NULL)
		return rp_fail_memory(err);
	secrets->list[secrets->n++] = secret;
	return RP_OK;
}

enum rp_status
secret_read(struct secrets *secrets, struct rp_slice reference, struct rp_slice config,
            struct rp_slice *out, struct rp_error *err)
{
	const uint32_t *place = map_get(secrets->references, reference);
	struct rp_slice secret;
	char *into;
	size_t n = 0;
	enum rp_status st;

	if (place != NULL) {
		*out = secrets->list[*place];
		return RP_OK;
	}
	into = secrets_room(secrets, ROOM);
	if (into == NULL)
		return rp_fail_memory(err);
	st = from_anywhere(reference, config, into, &n, err);
	secret = without_line_end(rp_slice_from(into, n));
	if (st == RP_OK)
		st = check(secret, reference, err);
	/* Most secrets are short: give the rest back. */
	secrets->pages->used -= ROOM - (st == RP_OK ? secret.n : 0);
	if (st == RP_OK && (st = secrets_add(secrets, reference, secret, err)) == RP_OK)
		*out = secret;
	return st;
}
