/*
 * Note down what a source saw or missed, for tests:
 *
 *	make-coverage ARCHIVE SOURCE COLLECTOR SUBJECT FROM UNTIL [WHY]
 *
 * Times as rp_time_read() takes them, FROM also "ever".  With WHY it is a gap.
 */
#include "core/ingest/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
need(enum rp_status st, const struct rp_error *err)
{
	if (st == RP_OK)
		return;
	fprintf(stderr, "make-coverage: %s\n", err->text);
	exit(1);
}

static int64_t
instant(const char *text)
{
	struct rp_time time = { .lo = RP_TIME_UNKNOWN };

	if (strcmp(text, "ever") != 0 &&
	    !rp_time_read(rp_slice_str(text), RP_BASIS_USER, &time)) {
		fprintf(stderr, "make-coverage: no time: %s\n", text);
		exit(1);
	}
	return time.lo;
}

int
main(int argc, char **argv)
{
	CLEANUP(store_close) struct store *store = NULL;
	struct source_state state = { .due = RP_TIME_UNKNOWN,
		                      .tried = RP_TIME_UNKNOWN,
		                      .worked = RP_TIME_UNKNOWN };
	struct coverage more = { .run = 1 };
	struct rp_error err;

	if (argc < 7)
		return 64;
	state.name = more.source = rp_slice_str(argv[2]);
	state.collector = rp_slice_str(argv[3]);
	more.subject = rp_slice_str(argv[4]);
	more.from = instant(argv[5]);
	more.until = instant(argv[6]);
	more.gap = argc > 7;
	more.why = rp_slice_str(argc > 7 ? argv[7] : "");
	need(store_sqlite_open(argv[1], STORE_CREATE, &store, NULL, &err), &err);
	need(store_begin(store, &err), &err);
	need(store_source_put(store, &state, &err), &err);
	need(coverage_note(store, &more, &err), &err);
	need(store_commit(store, &err), &err);
	return 0;
}
