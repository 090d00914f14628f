/*
 * riposte show: all there is about one post; --raw, its exact bytes.
 */
#include "cmd/reader.h"
#include "cmd/ref.h"
#include "cmd/seen.h"
#include "core/thread/again.h"
#include "core/thread/author.h"
#include "core/thread/thread.h"

#include <string.h>
#include <unistd.h>

struct show {
	struct reader reader;
	struct arena *arena;
	struct post post;
	struct seen *captures; /* has the captures' names */
	struct view_seen seen;
	struct state_note *states;
	size_t n_states;
};

/* ---- the exact bytes ----------------------------------------------------- */

/* The last sighting that showed a wording; of one that only named it, there is little. */
static enum rp_status
newest_sighting(struct show *s, struct sighting *out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_SIGHTINGS, .id = s->post.id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	bool found = false;
	enum rp_status st = store_scan(s->reader.inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		if (found && out->version != 0 && row.sighting.version == 0)
			continue;
		*out = row.sighting;
		found = true;
	}
	if (st != RP_END)
		return st;
	return found ? RP_OK
	             : rp_fail(err, RP_NOT_FOUND,
	                       "no bytes of this post are held: others only refer to it");
}

static int
write_raw(struct show *s)
{
	CLEANUP(buf_done) struct rp_buf bytes;
	const struct invocation *inv = s->reader.inv;
	const char *path = option(&inv->options, "output");
	struct rp_error err = { .status = RP_OK };
	struct sighting sighting = { .record = 0 };
	enum rp_status st;
	struct output out;

	buf_init(&bytes, RECORD_MAX_BYTES);
	if ((path == NULL || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO))
		return report_usage(inv, "--raw does not write to a terminal, on which "
		                         "strangers' bytes could act; use -o or a pipe");
	if (newest_sighting(s, &sighting, &err) != RP_OK)
		return report_error(&err);
	st = store_record_get(inv->store, sighting.record, &bytes, &err);
	if (st == RP_NOT_FOUND)
		st = rp_fail(&err, RP_CORRUPT, "the record of a sighting is not there");
	if (st != RP_OK)
		return report_error(&err);
	if (sighting.offset > bytes.n || sighting.bytes > bytes.n - sighting.offset) {
		(void)rp_fail(&err, RP_CORRUPT, "a sighting lies outside its record");
		return report_error(&err);
	}
	if (output_open(inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (sighting.bytes > 0)
		fwrite(bytes.p + sighting.offset, 1, sighting.bytes, out.stream);
	return output_close(&out, EXIT_DONE);
}

/* ---- what is known ------------------------------------------------------- */

static bool
grow(struct arena *arena, void **list, size_t n, size_t size)
{
	void *grown;

	/* Full at 0 and at each power of two from 8 on. */
	if (n != 0 && (n < 8 || (n & (n - 1)) != 0))
		return true;
	grown = arena_grow(arena, *list, n, n < 8 ? 8 : 2 * n, size);
	if (grown == NULL)
		return false;
	*list = grown;
	return true;
}

static enum rp_status
load_states(struct show *s, struct rp_slice subject, struct rp_error *err)
{
	struct state_note *notes = NULL, *all;
	size_t n = 0;
	enum rp_status st = RP_OK;

	if (subject.n > 0)
		st = state_notes(s->reader.inv->store, subject, s->arena, &notes, &n,
		                 err);
	if (st != RP_OK || n == 0)
		return st;
	all = arena_grow(s->arena, s->states, s->n_states, s->n_states + n, sizeof(*all));
	if (all == NULL)
		return rp_fail_memory(err);
	memcpy(all + s->n_states, notes, n * sizeof(*notes));
	s->states = all;
	s->n_states += n;
	return RP_OK;
}

/* Said of the author's account, by number or by handle. */
static enum rp_status
load_account_states(struct show *s, struct rp_error *err)
{
	CLEANUP(authors_done) struct authors authors = { 0 };
	struct rp_slice by_handle;
	enum rp_status st = load_states(s, s->post.author, err);

	if (st == RP_OK)
		st = authors_init(&authors, s->reader.inv->store, NULL, s->arena, err);
	if (st == RP_OK)
		st = authors_handle(&authors, s->post.author, &by_handle, err);
	return st == RP_OK ? load_states(s, by_handle, err) : st;
}

static enum rp_status
load_children(struct show *s, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_CHILDREN, .id = s->post.id };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct edge *list = NULL;
	union scan_row row;
	size_t n = 0;
	enum rp_status st = store_scan(s->reader.inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct edge edge = row.edge;
		void *grown = list;

		if (!grow(s->arena, &grown, n, sizeof(edge)) ||
		    !arena_copy(s->arena, row.edge.child_key, &edge.child_key) ||
		    !arena_copy(s->arena, row.edge.rule, &edge.rule))
			return rp_fail_memory(err);
		edge.parent_key = s->post.key;
		list = grown;
		list[n++] = edge;
	}
	s->seen.children = list;
	s->seen.n_children = n;
	return st == RP_END ? RP_OK : st;
}

/* When, as its thread has it. */
static enum rp_status
load_time(struct show *s, struct view_post *view, struct rp_error *err)
{
	CLEANUP(shown_times_free)
	struct shown_times *times = shown_times_new(s->reader.inv->store);
	struct shown_time shown;
	enum rp_status st = RP_OK;

	if (times == NULL)
		return rp_fail_memory(err);
	st = shown_times_get(times, &s->post, &shown, err);
	if (st != RP_OK)
		return st;
	view->time = shown.time;
	view->time_conflict = shown.conflict;
	return RP_OK;
}

static enum rp_status
load(struct show *s, struct view_post *view, struct rp_error *err)
{
	struct store *store = s->reader.inv->store;
	enum rp_status st;

	if ((st = post_view(store, &s->post, &s->reader.people, s->arena, view, err)) !=
	            RP_OK ||
	    (st = load_time(s, view, err)) != RP_OK ||
	    (st = seen_new(store, &s->captures, err)) != RP_OK ||
	    (st = seen_of_post(s->captures, s->post.id, s->arena, &s->seen, err)) !=
	            RP_OK ||
	    (st = seen_aliases(store, s->post.id, s->arena, &s->seen.aliases,
	                       &s->seen.n_aliases, err)) != RP_OK ||
	    (st = load_children(s, err)) != RP_OK ||
	    (st = load_states(s, s->post.key, err)) != RP_OK)
		return st;
	return load_account_states(s, err);
}

static int
write_show(struct show *s)
{
	struct rp_error err = { .status = RP_OK };
	struct view_post view;
	struct output out;

	if (load(s, &view, &err) != RP_OK)
		return report_error(&err);
	if (output_open(s->reader.inv, &out, &err) != RP_OK)
		return report_error(&err);
	s->reader.writer->show(out.stream, &s->reader.style, &view, &s->seen, s->states,
	                       s->n_states);
	return output_close(&out, EXIT_DONE);
}

/* ---- which post ---------------------------------------------------------- */

static int
show(struct show *s, const struct invocation *inv)
{
	const char *ref = inv->operands[0];
	struct rp_error err = { .status = RP_OK };
	struct rp_slice key;
	enum rp_status st;

	if (s->arena == NULL) {
		(void)rp_fail_memory(&err);
		return report_error(&err);
	}
	if (reader_init(&s->reader, inv, "text", &err) != RP_OK)
		return report_error(&err);
	if (ref_key(s->arena, rp_slice_str(ref), &key, &err) != RP_OK)
		return report_error(&err);
	st = store_post_get(inv->store, key, s->arena, &s->post, &err);
	if (st == RP_NOT_FOUND) {
		report("%.200s is not in this archive; \"riposte import FILE\" takes "
		       "posts in",
		       ref);
		return EXIT_NOTHING;
	}
	if (st != RP_OK)
		return report_error(&err);
	return option(&inv->options, "raw") != NULL ? write_raw(s) : write_show(s);
}

int
check_show(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	int exit_status = reader_check(&reader, inv, "text");

	if (exit_status != EXIT_DONE)
		return exit_status;
	return reader.writer->show != NULL ? check_refs(inv)
	                                   : reader_cannot(&reader, "one post");
}

int
cmd_show(struct invocation *inv)
{
	struct show s = { .reader = { .inv = inv },
		          .arena = arena_new(VIEW_CEILING_BYTES) };
	int exit_status = show(&s, inv);

	s.captures = seen_free(s.captures);
	s.arena = arena_free(s.arena);
	reader_done(&s.reader);
	return exit_status;
}
