/*
 * riposte exchange: the back-and-forth between people, on any platform.
 */
#include "cmd/reader.h"
#include "core/thread/thread.h"

#include <stdlib.h>

static int
by_name(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	return rp_slice_cmp(x->name, y->name);
}

static const struct person *
find(const struct people *people, struct rp_slice name)
{
	for (size_t i = 0; i < people->n; i++)
		if (rp_slice_eq(people->list[i].name, name))
			return &people->list[i];
	return NULL;
}

/* The people file, and those it does not know but the user named. */
static enum rp_status
all_people(struct reader *reader, const struct person *named, size_t n,
           struct people *out, struct rp_error *err)
{
	const struct people *known = &reader->people;
	struct person *list = arena_array(reader->arena, known->n + n, sizeof(*list));
	size_t total = 0;

	if (list == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < known->n; i++)
		list[total++] = known->list[i];
	for (size_t i = 0; i < n; i++)
		if (find(known, named[i].name) == NULL)
			list[total++] = named[i];
	qsort(list, total, sizeof(*list), by_name);
	*out = (struct people){ .list = list, .n = total };
	return RP_OK;
}

static enum rp_status
read_people(struct reader *reader, struct people *all, struct exchange_request *request,
            struct rp_error *err)
{
	const size_t n = (size_t)reader->inv->n_operands;
	struct person *named = arena_array(reader->arena, n, sizeof(*named));
	const struct person **asked = arena_array(reader->arena, n, sizeof(*asked));
	enum rp_status st;

	if (named == NULL || asked == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n; i++) {
		st = reader_person(reader, reader->inv->operands[i], &named[i], err);
		if (st != RP_OK)
			return st;
		for (size_t j = 0; j < i; j++)
			if (rp_slice_eq(named[i].name, named[j].name))
				return rp_fail(err, RP_BAD_USAGE,
				               "\"%.60s\" and \"%.60s\" are one person",
				               reader->inv->operands[j],
				               reader->inv->operands[i]);
	}
	st = all_people(reader, named, n, all, err);
	for (size_t i = 0; st == RP_OK && i < n; i++)
		asked[i] = find(all, named[i].name);
	request->people = asked;
	request->n_people = n;
	return st;
}

/* All but who. */
static enum rp_status
read_times(struct reader *reader, struct exchange_request *request, struct rp_error *err)
{
	enum rp_status st;

	if (option(&reader->inv->options, "limit") != NULL)
		return rp_fail(
			err, RP_BAD_USAGE,
			"an exchange is shown whole; --since and --until narrow it");
	if ((st = reader_date(reader, "since", &request->since, err)) != RP_OK ||
	    (st = reader_date(reader, "until", &request->until, err)) != RP_OK)
		return st;
	rp_error_where(err, "%s", "");
	if (request->until != RP_TIME_UNKNOWN && request->since >= request->until)
		return rp_fail(err, RP_BAD_USAGE, "--since is not before --until");
	return RP_OK;
}

/* Nobody meets; perhaps they do outside of the time asked for. */
static int
nothing_said(struct reader *reader, const struct exchange_request *request,
             const struct people *all, struct arena *arena)
{
	struct exchange_request ever = *request;
	struct exchange_view view;
	struct rp_error err = { .status = RP_OK };
	enum rp_status st = RP_NOT_FOUND;

	ever.since = ever.until = RP_TIME_UNKNOWN;
	if (request->since != ever.since || request->until != ever.until)
		st = exchange_view(reader->inv->store, &ever, all, arena, &view, &err);
	if (st == RP_OK)
		report("nothing was said between these people in that time (the archive "
		       "has %zu turn%s of theirs without --since and --until)",
		       view.n_turns, view.n_turns == 1 ? "" : "s");
	else if (st == RP_NOT_FOUND)
		report("the archive has nothing said between these people");
	return st == RP_OK || st == RP_NOT_FOUND ? EXIT_NOTHING : report_error(&err);
}

static int
write_exchange(struct reader *reader, const struct exchange_request *request,
               const struct people *all, struct arena *arena)
{
	struct rp_error err = { .status = RP_OK };
	struct exchange_view view;
	struct output out;
	enum rp_status st;

	st = exchange_view(reader->inv->store, request, all, arena, &view, &err);
	if (st == RP_NOT_FOUND)
		return nothing_said(reader, request, all, arena);
	if (st != RP_OK || output_open(reader->inv, &out, &err) != RP_OK)
		return report_error(&err);
	reader->writer->exchange(out.stream, &reader->style, &view);
	return output_close(&out, EXIT_DONE);
}

int
check_exchange(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct exchange_request request = { .n_people = 0 };
	struct rp_error err = { .status = RP_OK };
	int exit_status = reader_check(&reader, inv, "text");

	if (exit_status != EXIT_DONE)
		return exit_status;
	if (reader.writer->exchange == NULL)
		return reader_cannot(&reader, "an exchange");
	return read_times(&reader, &request, &err) == RP_OK ? EXIT_DONE
	                                                    : report_error(&err);
}

int
cmd_exchange(struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	CLEANUP(arena_free) struct arena *arena = arena_new(VIEW_CEILING_BYTES);
	struct exchange_request request = { .n_people = 0 };
	struct rp_error err = { .status = RP_OK };
	struct people all;

	if (arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (reader_init(&reader, inv, "text", &err) != RP_OK)
		return report_error(&err);
	if (read_times(&reader, &request, &err) != RP_OK ||
	    read_people(&reader, &all, &request, &err) != RP_OK)
		return report_error(&err);
	return write_exchange(&reader, &request, &all, arena);
}
