/*
 * riposte thread: who answered whom around a post.
 */
#include "cmd/reader.h"
#include "cmd/ref.h"
#include "core/base/map.h"
#include "core/thread/thread.h"

struct threads {
	struct reader reader;
	struct arena *arena; /* one thread at a time */
	struct map *roots;   /* those written already */
	struct output out;
	bool missing;
};

static void
not_held(const char *ref)
{
	report("%.200s is not in this archive; \"riposte import FILE\" takes posts in "
	       "(fetching them comes in a later release)",
	       ref);
}

static enum rp_status
write_thread(struct threads *t, const char *ref, struct rp_slice key,
             struct rp_error *err)
{
	struct reader *reader = &t->reader;
	struct thread_view view;
	struct rp_slice root;
	bool fresh;
	enum rp_status st;

	arena_reset(t->arena);
	st = thread_view(reader->inv->store, key, &reader->people, t->arena, &view, err);
	if (st == RP_NOT_FOUND) {
		not_held(ref);
		t->missing = true;
		return RP_OK;
	}
	if (st != RP_OK)
		return st;
	if (!arena_copy(reader->arena, view.root, &root) ||
	    map_put(t->roots, root, 0, &fresh) == NULL)
		return rp_fail_memory(err);
	if (!fresh)
		return RP_OK;
	if (!reader->writer->is_data && map_count(t->roots) > 1)
		fputc('\n', t->out.stream);
	reader->writer->thread(t->out.stream, &reader->style, &view);
	return RP_OK;
}

static int
write_threads(struct threads *t, const struct rp_slice *keys)
{
	const struct invocation *inv = t->reader.inv;
	struct rp_error err = { .status = RP_OK };

	if (output_open(inv, &t->out, &err) != RP_OK)
		return report_error(&err);
	for (int i = 0; i < inv->n_operands; i++)
		if (write_thread(t, inv->operands[i], keys[i], &err) != RP_OK)
			return output_close(&t->out, report_error(&err));
	return output_close(&t->out, t->missing ? EXIT_NOTHING : EXIT_DONE);
}

/* Every REF is understood before anything is written. */
static int
read_refs(struct threads *t, struct rp_slice *keys)
{
	const struct invocation *inv = t->reader.inv;
	struct rp_error err = { .status = RP_OK };

	for (int i = 0; i < inv->n_operands; i++)
		if (ref_key(t->reader.arena, rp_slice_str(inv->operands[i]), &keys[i],
		            &err) != RP_OK)
			return report_error(&err);
	return write_threads(t, keys);
}

int
check_thread(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	int exit_status = reader_check(&reader, inv, "text");

	if (exit_status != EXIT_DONE)
		return exit_status;
	return reader.writer->thread != NULL ? check_refs(inv)
	                                     : reader_cannot(&reader, "a thread");
}

int
cmd_thread(struct invocation *inv)
{
	struct threads t = { .reader = { .inv = inv } };
	struct rp_error err = { .status = RP_OK };
	struct rp_slice *keys;
	int exit_status;

	t.arena = arena_new(VIEW_CEILING_BYTES);
	t.roots = map_new();
	if (reader_init(&t.reader, inv, "text", &err) != RP_OK) {
		exit_status = report_error(&err);
	} else {
		keys = arena_array(t.reader.arena, (size_t)inv->n_operands,
		                   sizeof(*keys));
		if (t.arena == NULL || t.roots == NULL || keys == NULL) {
			(void)rp_fail_memory(&err);
			exit_status = report_error(&err);
		} else {
			exit_status = read_refs(&t, keys);
		}
	}
	reader_done(&t.reader);
	map_free(t.roots);
	arena_free(t.arena);
	return exit_status;
}
