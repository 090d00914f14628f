/*
 * riposte backup: a copy of the archive that is whole, whoever writes to it meanwhile.
 */
#include "cmd/report.h"
#include "core/base/file.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

/*
 * A copy of what is damaged would take the place of an older one that is not.  So the
 * structure is looked at first, in the very snapshot that is copied.
 */
static int
check_sound(const struct invocation *inv)
{
	struct rp_error err = { .status = RP_OK };
	size_t findings = 0;
	enum rp_status st =
		store_verify(inv->store, false, report_finding, &findings, &err);

	if (st == RP_OK && rp_memory_refusals() == 0)
		return EXIT_DONE;
	if (st != RP_CORRUPT || findings == 0 || rp_memory_refusals() > 0)
		return report_error(&err);
	report("%s: the archive is damaged, so no backup was made (copy the file itself "
	       "to "
	       "keep it as it is)",
	       inv->archive);
	return EXIT_DAMAGED;
}

/* The length of the file, once it is all on the disk under its name. */
static enum rp_status
copy(struct store *store, const char *path, bool replace, intmax_t *bytes_out,
     struct rp_error *err)
{
	struct new_file *file = NULL;
	struct stat is = { 0 };
	enum rp_status st = new_file_open(path, replace, &file, err);

	if (st != RP_OK)
		return st;
	st = store_backup(store, new_file_temporary(file), err);
	if (st == RP_OK && rp_memory_refusals() > 0)
		st = rp_fail_memory(err);
	if (st != RP_OK) {
		(void)new_file_abort(file);
		rp_error_where(err, "%s", path);
		return st;
	}
	(void)fstat(fileno(new_file_stream(file)), &is);
	*bytes_out = (intmax_t)is.st_size;
	return new_file_commit(file, err);
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat one, other;

	return strcmp(a, b) == 0 ||
	       (stat(a, &one) == 0 && stat(b, &other) == 0 &&
	        one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

/*
 * FILE must be neither the archive nor what SQLite keeps beside it; and beside FILE there
 * must be nothing of that kind, left by another archive of that name: SQLite would take
 * it for changes that are still to be made to the backup.
 */
static int
check_names(const struct invocation *inv, const char *path, const char *ending)
{
	CLEANUP(buf_done) struct rp_buf beside_archive;
	CLEANUP(buf_done) struct rp_buf beside_file;
	struct stat is;

	buf_init(&beside_archive, 1 << 16);
	buf_printf(&beside_archive, "%s%s", inv->archive, ending);
	buf_add_byte(&beside_archive, '\0');
	buf_init(&beside_file, 1 << 16);
	buf_printf(&beside_file, "%s%s", path, ending);
	buf_add_byte(&beside_file, '\0');
	if (buf_failed(&beside_archive) || buf_failed(&beside_file))
		return report_usage(inv, "the name is too long");
	if (is_same_file(beside_archive.p, path))
		return report_usage(inv, "%s is part of the archive itself", path);
	if (ending[0] == '\0' || lstat(beside_file.p, &is) != 0)
		return EXIT_DONE;
	report("%s is there, of an archive that had this name; it would be taken for "
	       "part "
	       "of the backup (move it away)",
	       beside_file.p);
	return EXIT_USAGE;
}

int
check_backup(const struct invocation *inv)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	const char *path = inv->operands[0];
	int exit_status = EXIT_DONE;

	if (strcmp(path, "-") == 0)
		return report_usage(inv, "a backup is a file, not standard output");
	for (size_t i = 0;
	     exit_status == EXIT_DONE && i < sizeof(endings) / sizeof(endings[0]); i++)
		exit_status = check_names(inv, path, endings[i]);
	return exit_status;
}

int
cmd_backup(struct invocation *inv)
{
	const bool force = option(&inv->options, "force") != NULL;
	struct rp_error err = { .status = RP_OK };
	intmax_t bytes = 0;
	int exit_status = check_sound(inv);

	if (exit_status != EXIT_DONE)
		return exit_status;
	if (copy(inv->store, inv->operands[0], force, &bytes, &err) != RP_OK)
		return report_error(&err);
	if (option(&inv->options, "quiet") == NULL)
		report("%s: a backup of %s, %jd bytes", inv->operands[0], inv->archive,
		       bytes);
	return EXIT_DONE;
}
