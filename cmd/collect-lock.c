/*
 * Who asks sources for an archive, and that nobody else does.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "core/base/file.h"
#include "core/base/lock.h"

#include <inttypes.h>
#include <sys/stat.h>

int
collecting_lock(const struct collecting *run, struct lock **out)
{
	struct rp_error err = { .status = RP_OK };
	struct lock_holder holder;
	struct rp_slice path;
	CLEANUP(buf_done) struct rp_buf since;
	enum rp_status st = RP_OK;

	buf_init(&since, 64);
	if (!arena_printf(run->arena, &path, "%s-collect", run->inv->archive))
		st = rp_fail_memory(&err);
	if (st == RP_OK)
		st = file_make_parents(path.p, &err);
	if (st == RP_OK)
		st = lock_take(path.p, run->clock.start, out, &holder, &err);
	if (st != RP_RETRY_LATER)
		return st == RP_OK ? EXIT_DONE : report_error(&err);
	rp_time_write(&since, holder.since, RP_PRECISION_S);
	if (holder.pid == 0)
		report("%.300s: another collect is at work here", run->inv->archive);
	else
		report("%.300s: another collect is at work here, process %" PRId64
		       " since %.*s",
		       run->inv->archive, holder.pid, RP_FMT(buf_slice(&since)));
	return EXIT_LATER;
}

bool
collecting_has_archive(const struct collecting *run)
{
	const char *archive = run->inv->archive;
	struct stat is;

	return stat(archive, &is) != 0 || !S_ISREG(is.st_mode) || is.st_size > 0;
}

enum rp_status
collecting_open(struct collecting *run, struct rp_error *err)
{
	struct invocation *inv = run->inv;
	bool created = false;
	enum rp_status st;

	inv->store = store_close(inv->store);
	st = store_sqlite_open(inv->archive, STORE_CREATE, &inv->store, &created, err);
	if (st != RP_OK)
		rp_error_where(err, "%s", inv->archive);
	else if (created && !run->quiet)
		report("made a new archive, %.300s", inv->archive);
	return st;
}
