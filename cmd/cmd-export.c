/*
 * riposte export: posts written out for programs, one after the other.
 */
#include "cmd/reader.h"
#include "cmd/seen.h"
#include "core/thread/thread.h"

#include <string.h>

enum export_form {
	EXPORT_CANONICAL,
	EXPORT_JSONL,  /* with what tells about our looking */
	EXPORT_WRITER, /* whatever -f names */
};

struct export
{
	struct reader reader;
	enum export_form form;
	struct arena *arena; /* one post at a time */
	struct seen *seen;
	struct post_list list;
	struct output out;
};

static enum rp_status
write_post(struct export *x, const struct post *post, struct rp_error *err)
{
	struct store *store = x->reader.inv->store;
	FILE *out = x->out.stream;
	const struct rp_slice *aliases;
	struct view_seen sightings;
	struct view_post view;
	size_t n;
	enum rp_status st =
		post_view(store, post, &x->reader.people, x->arena, &view, err);

	if (st != RP_OK)
		return st;
	switch (x->form) {
	case EXPORT_CANONICAL:
		st = seen_aliases(store, post->id, x->arena, &aliases, &n, err);
		if (st == RP_OK)
			write_canonical(out, &view, aliases, n);
		break;
	case EXPORT_JSONL:
		st = seen_of_post(x->seen, post->id, x->arena, &sightings, err);
		if (st == RP_OK)
			write_exported(out, &view, &sightings);
		break;
	case EXPORT_WRITER:
		x->reader.writer->post(out, &x->reader.style, &x->list, &view);
		return RP_OK;
	}
	x->list.n++;
	return st;
}

static enum rp_status
write_posts(struct export *x, const struct filter *filter, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS, .filter = filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(x->reader.inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		st = write_post(x, &row.post, err);
		arena_reset(x->arena);
		if (ferror(x->out.stream))
			break; /* output_close() tells why */
	}
	return st == RP_END ? RP_OK : st;
}

static int export(struct export *x, const struct filter *filter)
{
	const struct writer *writer = x->reader.writer;
	const bool framed = x->form == EXPORT_WRITER;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	if (output_open(x->reader.inv, &x->out, &err) != RP_OK)
		return report_error(&err);
	if (framed && writer->posts_begin != NULL)
		writer->posts_begin(x->out.stream, &x->reader.style);
	st = write_posts(x, filter, &err);
	if (framed && writer->posts_end != NULL)
		writer->posts_end(x->out.stream, &x->reader.style);
	if (st != RP_OK)
		return output_close(&x->out, report_error(&err));
	return output_close(&x->out, x->list.n > 0 ? EXIT_DONE : EXIT_NOTHING);
}

static bool
is_jsonl(const struct reader *reader)
{
	return strcmp(reader->writer->name, "jsonl") == 0;
}

static int
prepare(struct export *x, const struct invocation *inv)
{
	const bool canonical = option(&inv->options, "canonical") != NULL;
	struct rp_error err = { .status = RP_OK };
	struct filter filter;

	if (reader_init(&x->reader, inv, "jsonl", &err) != RP_OK ||
	    reader_filter(&x->reader, &filter, &err) != RP_OK)
		return report_error(&err);
	x->form = is_jsonl(&x->reader) ? EXPORT_JSONL : EXPORT_WRITER;
	if (canonical) {
		x->form = EXPORT_CANONICAL;
		filter.ghosts = true;
		filter.order = ORDER_KEY;
	}
	x->arena = arena_new(VIEW_CEILING_BYTES);
	if (x->arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (x->form == EXPORT_JSONL && seen_new(inv->store, &x->seen, &err) != RP_OK)
		return report_error(&err);
	return export(x, &filter);
}

int
check_export(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct rp_error err = { .status = RP_OK };
	struct filter filter;
	int exit_status = reader_check(&reader, inv, "jsonl");

	if (exit_status != EXIT_DONE)
		return exit_status;
	if (option(&inv->options, "canonical") != NULL && !is_jsonl(&reader))
		return report_usage(inv, "canonical export is written as jsonl");
	return reader_filter(&reader, &filter, &err) == RP_OK ? EXIT_DONE
	                                                      : report_error(&err);
}

int
cmd_export(struct invocation *inv)
{
	struct export x = { .reader = { .inv = inv } };
	int exit_status = prepare(&x, inv);

	x.seen = seen_free(x.seen);
	x.arena = arena_free(x.arena);
	reader_done(&x.reader);
	return exit_status;
}
