#include "core/ingest/merge.h"

#include "core/ingest/merge-run.h"

#include <stdarg.h>
#include <stdio.h>

enum { BATCH_BYTES = 128 << 20 }; /* as an import's */

void
merging_tell(struct merging *m, const char *format, ...)
{
	char sentence[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	m->tally.damaged++;
	m->tell(m->context, sentence);
}

bool
merging_stopped(const struct merging *m)
{
	const struct ingest_options *options = &m->ingest->options;

	return options->stop != NULL && options->stop(options->context);
}

static void
merging_done(struct merging *m)
{
	m->arena = arena_free(m->arena);
	m->batch = arena_free(m->batch);
	m->held = map_free(m->held);
}
DEFINE_CLEANUP_DONE(struct merging, merging_done);

enum rp_status
ingest_merge(struct ingest *ingest, struct store *other, store_finding *tell,
             void *context, struct merge_tally *tally_out, struct rp_error *err)
{
	CLEANUP(merging_done)
	struct merging m = { .ingest = ingest,
		             .other = other,
		             .arena = arena_new(SIZE_MAX / 2),
		             .batch = arena_new(BATCH_BYTES),
		             .tell = tell,
		             .context = context,
		             .held = map_new() };
	enum rp_status st;

	if (m.arena == NULL || m.batch == NULL || m.held == NULL)
		return rp_fail_memory(err);
	/* One snapshot: another program may write to it meanwhile. */
	if ((st = store_begin_read(other, err)) != RP_OK)
		return st;
	st = merge_captures(&m, err);
	if (st == RP_OK)
		st = merge_runs(&m, err);
	store_rollback(other);
	*tally_out = m.tally;
	return st;
}
