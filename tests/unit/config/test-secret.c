/* S09, S10, S11, S13: secrets, where they may be, what they may be, and that they stay.
 */
#define _GNU_SOURCE /* process_vm_readv */
#include "core/base/base64.h"
#include "core/config/secret.h"
#include "tests/support/spec.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define TOKEN "AbC+/0123456789-tOkEn=%2F\\\"z"

static char directory[] = "/tmp/riposte-secret.XXXXXX";
static char config[64], token[64];
static struct secrets *secrets;
static struct rp_error err;

static void
write_bytes(const char *path, struct rp_slice bytes, mode_t mode)
{
	int fd;

	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(close(fd), 0);
}

static enum rp_status
read_secret(const char *reference, struct rp_slice *out)
{
	err = (struct rp_error){ .status = RP_OK };
	return secret_read(secrets, rp_slice_str(reference), rp_slice_str(config), out,
	                   &err);
}

static void
assert_refused(const char *reference, const char *why)
{
	struct rp_slice out;

	assert_int_equal(read_secret(reference, &out), RP_BAD_CONFIG);
	if (strstr(err.text, why) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", why, err.text);
	assert_null(strstr(err.text, "canary"));
}

static void
a_file_beside_the_config_file_is_read_without_its_line_end(void **state)
{
	struct rp_slice out;

	(void)state;
	write_bytes(token, RP_SLICE(TOKEN "\n"), 0600);
	assert_ok(read_secret("file:token", &out), err);
	assert_slice(out, TOKEN);
	write_bytes(token, RP_SLICE("other-one\r\n"), 0400);
	assert_ok(read_secret("file:./token", &out), err);
	assert_slice(out, "other-one");
	/* The same place again is the same secret: it is not read again. */
	assert_ok(read_secret("file:token", &out), err);
	assert_slice(out, TOKEN);
}

static void
the_environment_and_the_credentials_of_systemd_have_secrets(void **state)
{
	struct rp_slice out;

	(void)state;
	setenv("RIPOSTE_TEST_TOKEN", "from-environment", 1);
	assert_ok(read_secret("env:RIPOSTE_TEST_TOKEN", &out), err);
	assert_slice(out, "from-environment");
	assert_refused("env:RIPOSTE_NOT_SET", "$RIPOSTE_NOT_SET is not set");

	unsetenv("CREDENTIALS_DIRECTORY");
	assert_refused("canary", "$CREDENTIALS_DIRECTORY is not set");
	setenv("CREDENTIALS_DIRECTORY", directory, 1);
	write_bytes(token, RP_SLICE("from-systemd"), 0440);
	assert_ok(read_secret("credential:token", &out), err);
	assert_slice(out, "from-systemd");
	assert_ok(read_secret("token", &out), err);
	assert_slice(out, "from-systemd");
	assert_refused("canary", "there is no such credential");
	assert_refused("credential:../token", "credential: needs a name");
}

static void
a_file_that_others_may_read_is_refused_with_what_mends_it(void **state)
{
	char wanted[128];

	(void)state;
	(void)snprintf(wanted, sizeof(wanted), "chmod 600 %s", token);
	write_bytes(token, RP_SLICE("canary-1"), 0644);
	assert_refused("file:token", wanted);
	write_bytes(token, RP_SLICE("canary-1"), 0620);
	assert_refused("file:token", wanted);
	write_bytes(token, RP_SLICE("canary-1"), 0700);
	assert_refused("file:token", wanted);
}

static void
a_directory_that_others_may_write_to_is_refused_with_what_mends_it(void **state)
{
	char wanted[128];

	(void)state;
	(void)snprintf(wanted, sizeof(wanted), "chmod go-w %s", directory);
	write_bytes(token, RP_SLICE("canary-2"), 0600);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_refused("file:token", wanted);
	assert_int_equal(chmod(directory, 01777), 0);
	assert_refused("file:token", wanted);
	assert_int_equal(chmod(directory, 0770), 0);
	assert_refused("file:token", wanted);
	assert_int_equal(chmod(directory, 0700), 0);
}

static void
a_directory_above_that_others_may_write_to_is_refused(void **state)
{
	char below[80], inner[96], wanted[128];

	(void)state;
	(void)snprintf(below, sizeof(below), "%s/below", directory);
	(void)snprintf(inner, sizeof(inner), "%s/token", below);
	(void)snprintf(wanted, sizeof(wanted), "chmod go-w %s", directory);
	assert_int_equal(mkdir(below, 0700), 0);
	write_bytes(inner, RP_SLICE("canary-3"), 0600);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_refused("file:below/token", wanted);
	assert_int_equal(chmod(directory, 0700), 0);
	assert_int_equal(unlink(inner), 0);
	assert_int_equal(rmdir(below), 0);
}

static void
a_symbolic_link_is_not_followed(void **state)
{
	char elsewhere[80];

	(void)state;
	(void)snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", directory);
	write_bytes(elsewhere, RP_SLICE("canary-4"), 0600);
	(void)unlink(token);
	assert_int_equal(symlink(elsewhere, token), 0);
	assert_refused("file:token",
	               "is a symbolic link: write where the file really is");
	assert_int_equal(unlink(elsewhere), 0);
}

static void
a_file_of_somebody_else_is_refused(void **state)
{
	(void)state;
	if (geteuid() != 0)
		return; /* only root can give files away */
	write_bytes(token, RP_SLICE("canary-5"), 0600);
	assert_int_equal(chown(token, 12345, 12345), 0);
	assert_refused("file:token",
	               "belongs to user 12345, and we are user 0: chown 0 ");
}

static void
what_is_no_file_is_refused(void **state)
{
	(void)state;
	(void)unlink(token);
	assert_refused("file:token", "there is no file");
	assert_int_equal(mkfifo(token, 0600), 0);
	assert_refused("file:token", "is not a regular file");
	assert_refused("file:", "needs a path");
}

static void
a_secret_that_would_be_a_header_of_its_own_is_refused(void **state)
{
	static const struct rp_slice bad[] = {
		RP_LIT("canary\r\nX-Evil: yes"),
		RP_LIT("canary\nsecond"),
		RP_LIT("canary\0tail"),
		RP_LIT("canary two"),
		RP_LIT("canary\t"),
		RP_LIT("canary\n\n"),
		RP_LIT("can\x7f"
		       "ary"),
		RP_LIT("canary\xc3\xa9"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		write_bytes(token, bad[i], 0600);
		assert_refused("file:token", "write the token alone, on one line");
	}
}

static void
a_secret_that_is_empty_short_or_a_megabyte_is_refused(void **state)
{
	CLEANUP(buf_done) struct rp_buf large;

	(void)state;
	write_bytes(token, RP_SLICE(""), 0600);
	assert_refused("file:token", "is empty");
	write_bytes(token, RP_SLICE("\n"), 0600);
	assert_refused("file:token", "is empty");
	write_bytes(token, RP_SLICE("abc\n"), 0600);
	assert_refused("file:token", "is too short for a token");
	buf_init(&large, 1 << 20);
	for (size_t i = 0; i < 1 << 20; i++)
		buf_add_byte(&large, 'a');
	write_bytes(token, buf_slice(&large), 0600);
	assert_refused("file:token", "is longer than any token");
	large.n = SECRET_MAX_BYTES;
	large.p[large.n - 1] = '\n';
	write_bytes(token, buf_slice(&large), 0600);
	{
		struct rp_slice out;

		assert_ok(read_secret("file:token", &out), err);
		assert_int_equal(out.n, SECRET_MAX_BYTES - 1);
	}
}

/* ---- masking -------------------------------------------------------------------- */

static void
hold(const char *secret)
{
	struct rp_slice out;

	setenv("RIPOSTE_TEST_TOKEN", secret, 1);
	assert_ok(read_secret("env:RIPOSTE_TEST_TOKEN", &out), err);
}

static void
assert_masked(const char *text, const char *want)
{
	char masked[512];

	(void)snprintf(masked, sizeof(masked), "%s", text);
	assert_true(secrets_in(secrets, rp_slice_str(masked)));
	assert_int_equal(secrets_mask(secrets, masked, strlen(masked)), 1);
	assert_string_equal(masked, want);
	assert_false(secrets_in(secrets, rp_slice_str(masked)));
}

static void
a_secret_is_blotted_out_as_it_is_and_escaped(void **state)
{
	(void)state;
	hold("t0k/en+%2F\"=");
	assert_masked("a t0k/en+%2F\"= b", "a ************ b");
	assert_masked("a=t0k%2Fen%2B%252F%22%3D&b", "a=**********************&b");
	assert_masked("a=t0k%2fen%2b%252F%22%3d&b", "a=**********************&b");
	assert_masked("{\"a\":\"t0k\\/en+%2F\\\"=\"}", "{\"a\":\"**************\"}");
	assert_masked("\"t0k\\u002Fen\\u002b%2F\\u0022=\"",
	              "\"***************************\"");
}

static void
what_is_not_quite_the_secret_stays(void **state)
{
	char text[] = "t0ken-a t0ken- T0KEN-AB %74%30ken t0k%2 t0ken-\\";

	(void)state;
	assert_int_equal(secrets_mask(secrets, text, strlen(text)), 0);
	hold("t0ken-ab");
	assert_int_equal(secrets_mask(secrets, text, strlen(text)), 0);
	assert_false(secrets_in(secrets, rp_slice_str(text)));
	assert_false(secrets_in(NULL, rp_slice_str(text)));
}

/* The token inside of a longer text, at every place in a group of three. */
static void
base64_of_a_secret_is_blotted_out_at_every_offset(void **state)
{
	static const char *const around[][2] = {
		{ "", "" },     { "u:", "" },   { "use:", "!" },        { "user:", "!!" },
		{ "abc", "?" }, { "a", "end" }, { "\xff\xfe", "\xff" },
	};

	(void)state;
	hold("t0k/en+%2F\"=\x7e\x7e?>?>");
	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		for (int url = 0; url < 2; url++) {
			CLEANUP(buf_done) struct rp_buf plain, text, left;

			buf_init(&plain, 256);
			buf_init(&text, 256);
			buf_init(&left, 256);
			buf_add_str(&plain, around[i][0]);
			buf_add_str(&plain, "t0k/en+%2F\"=\x7e\x7e?>?>");
			buf_add_str(&plain, around[i][1]);
			base64_write(&text, buf_slice(&plain));
			for (size_t j = 0; url && j < text.n; j++)
				text.p[j] = text.p[j] == '+'   ? '-'
				            : text.p[j] == '/' ? '_'
				                               : text.p[j];
			assert_int_equal(secrets_mask(secrets, text.p, text.n), 1);
			/* All that is left is what stood around it. */
			for (size_t j = 0; j < text.n; j++)
				if (text.p[j] != '*')
					buf_add_byte(&left, text.p[j]);
			assert_true(
				left.n <=
				2 + 4 * (strlen(around[i][0]) + strlen(around[i][1])) /
						3);
		}
}

static void
several_secrets_and_several_places_are_all_blotted_out(void **state)
{
	char text[] = "one-token two-token one-token";
	struct rp_slice out;

	(void)state;
	hold("one-token");
	setenv("RIPOSTE_TEST_OTHER", "two-token", 1);
	assert_ok(read_secret("env:RIPOSTE_TEST_OTHER", &out), err);
	assert_int_equal(secrets_mask(secrets, text, strlen(text)), 3);
	assert_string_equal(text, "********* ********* *********");
}

/* ---- in memory ------------------------------------------------------------------ */

/* How often the text of n bytes, each of which was changed by ^1, is in our memory. */
static size_t
times_in_memory(const char *changed, size_t n)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	static char piece[1 << 16];
	char line[512];
	size_t times = 0;

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps) != NULL) {
		unsigned long from, to;
		char mode[8];

		if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) != 3 ||
		    mode[0] != 'r' || mode[1] != 'w' || to - from > 64UL << 20)
			continue;
		for (; from < to; from += sizeof(piece) / 2) {
			struct iovec here = { piece, sizeof(piece) },
				     there = { (void *)from, sizeof(piece) };
			ssize_t got;

			if (there.iov_len > to - from)
				there.iov_len = to - from;
			if (from <= (unsigned long)piece + sizeof(piece) &&
			    to > (unsigned long)piece &&
			    from + there.iov_len > (unsigned long)piece)
				continue;
			got = process_vm_readv(getpid(), &here, 1, &there, 1, 0);
			for (ssize_t i = 0; i + (ssize_t)n <= got; i++) {
				size_t j = 0;

				while (j < n && (piece[i + (ssize_t)j] ^ 1) == changed[j])
					j++;
				times += j == n;
			}
			explicit_bzero(piece, sizeof(piece));
		}
	}
	(void)fclose(maps);
	return times;
}

static void
a_secret_is_wiped_from_memory_when_it_is_not_needed(void **state)
{
	enum { N = 24 };
	static const char changed[] = "HSFQNRUDBDTS@OX3456789::";
	char plain[N];
	struct rp_slice out;

	(void)state;
	for (size_t i = 0; i < N; i++)
		plain[i] = changed[i] ^ 1;
	write_bytes(token, rp_slice_from(plain, N), 0600);
	explicit_bzero(plain, sizeof(plain));
	assert_int_equal(times_in_memory(changed, N), 0);
	assert_ok(read_secret("file:token", &out), err);
	assert_true(times_in_memory(changed, N) > 0);
	secrets = secrets_free(secrets);
	assert_int_equal(times_in_memory(changed, N), 0);
}

static void
a_process_that_has_secrets_is_not_dumped(void **state)
{
	(void)state;
	assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}

static int
begin(void **state)
{
	(void)state;
	secrets = secrets_new();
	return secrets == NULL;
}

static int
end(void **state)
{
	(void)state;
	secrets = secrets_free(secrets);
	(void)unlink(token);
	return 0;
}

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return 1;
	(void)snprintf(config, sizeof(config), "%s/riposte.conf", directory);
	(void)snprintf(token, sizeof(token), "%s/token", directory);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	return rmdir(directory);
}

#define SPEC(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		SPEC(a_file_beside_the_config_file_is_read_without_its_line_end),
		SPEC(the_environment_and_the_credentials_of_systemd_have_secrets),
		SPEC(a_file_that_others_may_read_is_refused_with_what_mends_it),
		SPEC(a_directory_that_others_may_write_to_is_refused_with_what_mends_it),
		SPEC(a_directory_above_that_others_may_write_to_is_refused),
		SPEC(a_symbolic_link_is_not_followed),
		SPEC(a_file_of_somebody_else_is_refused),
		SPEC(what_is_no_file_is_refused),
		SPEC(a_secret_that_would_be_a_header_of_its_own_is_refused),
		SPEC(a_secret_that_is_empty_short_or_a_megabyte_is_refused),
		SPEC(a_secret_is_blotted_out_as_it_is_and_escaped),
		SPEC(what_is_not_quite_the_secret_stays),
		SPEC(base64_of_a_secret_is_blotted_out_at_every_offset),
		SPEC(several_secrets_and_several_places_are_all_blotted_out),
		SPEC(a_secret_is_wiped_from_memory_when_it_is_not_needed),
		SPEC(a_process_that_has_secrets_is_not_dumped),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
