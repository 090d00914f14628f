/* Writing one; reading is in cassette-play.c. */
#include "core/net/cassette.h"

#include "core/net/cassette-parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINES_MAX = 1 << 20 };

/* Somebody's file, the archive perhaps, is not written over because of a slip. */
static enum rp_status
make_empty(int fd, struct rp_error *err)
{
	char start[sizeof(CASSETTE_MAGIC)];
	struct stat is;
	ssize_t n;

	if (fstat(fd, &is) != 0 || !S_ISREG(is.st_mode))
		return rp_fail(err, RP_BAD_CONFIG, "no file to record on");
	n = read(fd, start, sizeof(start));
	if (n != 0 && (n != sizeof(start) ||
	               memcmp(start, CASSETTE_MAGIC "\n", sizeof(start)) != 0))
		return rp_fail(err, RP_BAD_CONFIG,
		               "holds something else than a cassette, and is left as it "
		               "is; name another file, or remove it");
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot be emptied");
	return RP_OK;
}

static enum rp_status
open_new(struct cassette *cassette, const char *path, struct rp_error *err)
{
	const int fd =
		open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
	enum rp_status st;

	rp_error_where(err, "%s", path);
	if (fd < 0)
		return rp_fail_errno(err, RP_FAILED, errno, "cannot be opened");
	st = make_empty(fd, err);
	if (st == RP_OK && (cassette->file = fdopen(fd, "w")) == NULL)
		st = rp_fail_memory(err);
	if (st != RP_OK)
		(void)close(fd);
	return st;
}

enum rp_status
cassette_record(struct rp_slice path, struct cassette **out, struct rp_error *err)
{
	struct cassette *cassette = calloc(1, sizeof(*cassette));
	struct rp_slice name;
	enum rp_status st = RP_OK;

	if (cassette == NULL)
		return rp_fail_memory(err);
	cassette->arena = arena_new(CASSETTE_ARENA_MAX);
	if (cassette->arena == NULL || !arena_copy(cassette->arena, path, &name))
		st = rp_fail_memory(err);
	if (st == RP_OK)
		st = open_new(cassette, name.p, err);
	if (st != RP_OK) {
		cassette_free(cassette);
		return st;
	}
	fprintf(cassette->file, "%s\n", CASSETTE_MAGIC);
	*out = cassette;
	return RP_OK;
}

struct cassette *
cassette_free(struct cassette *cassette)
{
	if (cassette == NULL)
		return NULL;
	if (cassette->file != NULL)
		fclose(cassette->file);
	map_free(cassette->map);
	buf_done(&cassette->bytes);
	arena_free(cassette->arena);
	free(cassette);
	return NULL;
}

static void
line(struct rp_buf *out, const char *name, struct rp_slice value)
{
	if (value.n == 0)
		return;
	buf_printf(out, "%s ", name);
	/* Nothing of what is kept has a line end in it; what did would be lines of its
	 * own. */
	for (size_t i = 0; i < value.n; i++)
		buf_add_byte(out,
		             value.p[i] == '\n' || value.p[i] == '\0' ? ' ' : value.p[i]);
	buf_add_byte(out, '\n');
}

static void
line_number(struct rp_buf *out, const char *name, int64_t number)
{
	if (number != 0)
		buf_printf(out, "%s %lld\n", name, (long long)number);
}

static void
line_yes(struct rp_buf *out, const char *name, bool yes)
{
	if (yes)
		buf_printf(out, "%s yes\n", name);
}

static void
line_hash(struct rp_buf *out, const char *name, const struct sha256 *hash)
{
	static const struct sha256 none;
	char hex[SHA256_HEX + 1];

	sha256_hex(hash, hex);
	if (!sha256_eq(hash, &none))
		line(out, name, rp_slice_str(hex));
}

void
cassette_ask(struct rp_buf *out, const struct http_request *request)
{
	struct sha256 hash;

	buf_printf(out, "ask %s ", request->post.p ? "POST" : "GET");
	buf_add(out, request->url);
	buf_add_byte(out, '\n');
	if (request->post.p == NULL)
		return;
	hash = sha256_of(request->post);
	line_hash(out, "post", &hash);
}

static void
write_answer(struct rp_buf *out, const struct http_request *request,
             const struct http_answer *answer)
{
	line_number(out, "at", answer->at);
	line_number(out, "status", answer->status);
	if (!rp_slice_eq(answer->url, request->url))
		line(out, "url", answer->url);
	line_number(out, "hops", answer->hops);
	line_yes(out, "moved-for-good", answer->moved_for_good);
	line_yes(out, "cut", answer->cut);
	line_yes(out, "unverified-end", answer->unverified_end);
	line(out, "address", rp_slice_str(answer->address));
	line_hash(out, "certificate", &answer->certificate);
	line_number(out, "wire", (int64_t)answer->wire_bytes);
	for (size_t i = 0; i < answer->n_headers; i++) {
		buf_add_str(out, "header ");
		buf_add(out, answer->headers[i].name);
		buf_add_str(out, ": ");
		buf_add(out, answer->headers[i].value);
		buf_add_byte(out, '\n');
	}
}

static void
write_failure(struct rp_buf *out, const struct rp_error *problem)
{
	line_number(out, "again", problem->retry_at);
	line(out, problem->status == RP_RETRY_LATER ? "failed retry" : "failed refused",
	     rp_slice_str(problem->text));
}

/* Masked as one text, and told apart again by its length: masks keep that. */
enum rp_status
cassette_add(struct cassette *cassette, const struct http_options *options,
             const struct http_request *request, const struct http_answer *answer,
             const struct rp_error *problem, struct rp_error *err)
{
	const size_t body = answer ? answer->body.n : 0;
	CLEANUP(buf_done) struct rp_buf out;

	buf_init(&out, LINES_MAX + body + request->url.n);
	buf_add_byte(&out, '\n');
	cassette_ask(&out, request);
	if (answer != NULL)
		write_answer(&out, request, answer);
	else
		write_failure(&out, problem);
	buf_printf(&out, "body %zu\n", body);
	if (body > 0)
		buf_add(&out, answer->body);
	buf_add_byte(&out, '\n');
	if (buf_failed(&out))
		return rp_fail_memory(err);
	if (options->mask != NULL)
		options->mask(options->context, out.p, out.n);
	if (fwrite(out.p, 1, out.n, cassette->file) != out.n ||
	    fflush(cassette->file) != 0)
		return rp_fail_errno(err, RP_FAILED, errno, "the cassette");
	return RP_OK;
}
