/*
 * riposte recheck: ask for posts that are held once more, whether they are still there
 * and say the same.
 */
#include "cmd/chosen.h"
#include "cmd/looking.h"
#include "cmd/report.h"
#include "cmd/tally.h"
#include "core/base/lock.h"
#include "core/thread/again.h"
#include "core/thread/thread.h"

enum { MOST = 100, MOST_MAX = 100000, LINE_BYTES = 4096, VIEW_BYTES = 256 << 20 };

/* What is known of a post at one moment, as far as a look may change it. */
struct standing {
	enum post_state post, author;
	uint32_t n_edits, n_versions;
};

enum change {
	UNCHANGED,
	EDITED,
	DELETED,
	SUSPENDED,
	PROTECTED,
	WITHHELD,
	UNAVAILABLE,
	BACK,
	UNANSWERED,
};
enum { CHANGES = UNANSWERED + 1 };

static const char *const change_names[CHANGES] = {
	[UNCHANGED] = "unchanged", [EDITED] = "edited",
	[DELETED] = "deleted",     [SUSPENDED] = "suspended",
	[PROTECTED] = "protected", [WITHHELD] = "withheld",
	[BACK] = "back again",     [UNAVAILABLE] = "unavailable",
	[UNANSWERED] = "not told",
};

struct recheck {
	struct looking looking;
	struct standing *before; /* one for each that is looked for */
	enum change *changes;
	struct arena *arena; /* of one view */
	size_t counts[CHANGES];
};

/* ---- what has changed ------------------------------------------------------------ */

static enum rp_status
stand(struct recheck *recheck, struct rp_slice key, struct standing *out,
      struct rp_error *err)
{
	struct store *store = recheck->looking.run.inv->store;
	struct view_post view;
	struct post post;
	enum rp_status st;

	arena_reset(recheck->arena);
	st = store_post_get(store, key, recheck->arena, &post, err);
	if (st == RP_OK)
		st = post_view(store, &post, NULL, recheck->arena, &view, err);
	if (st == RP_OK)
		*out = (struct standing){ view.state, view.author.state,
			                  (uint32_t)view.n_edits, view.n_versions };
	return st;
}

static enum change
of_state(enum post_state state)
{
	switch (state) {
	case STATE_DELETED:
		return DELETED;
	case STATE_SUSPENDED:
		return SUSPENDED;
	case STATE_PROTECTED:
		return PROTECTED;
	case STATE_WITHHELD:
		return WITHHELD;
	case STATE_UNAVAILABLE:
		return UNAVAILABLE;
	case STATE_LIVE:
	case STATE_EDITED:
	case STATE_NEVER_SEEN:
		break;
	}
	return BACK;
}

static bool
is_there(enum post_state state)
{
	return state == STATE_LIVE || state == STATE_EDITED;
}

static enum change
compare(const struct standing *before, const struct standing *after)
{
	const enum post_state gone = is_there(after->post) ? after->author : after->post;
	const enum post_state was =
		is_there(before->post) ? before->author : before->post;

	if (is_there(was) != is_there(gone) || (!is_there(gone) && was != gone))
		return of_state(gone);
	if (after->n_edits > before->n_edits || after->n_versions > before->n_versions)
		return EDITED;
	return UNCHANGED;
}

/* In the source's own words, if it has any. */
static enum rp_status
add_evidence(struct recheck *recheck, struct rp_slice key, struct rp_buf *out,
             struct rp_error *err)
{
	struct state_note *notes = NULL;
	size_t n = 0;
	enum rp_status st = state_notes(recheck->looking.run.inv->store, key,
	                                recheck->arena, &notes, &n, err);

	if (st == RP_OK && n > 0 && notes[n - 1].evidence.n > 0)
		buf_printf(out, ": %.*s", RP_FMT(notes[n - 1].evidence));
	return st;
}

static enum rp_status
say_change(struct recheck *recheck, const struct sought *sought, enum change change,
           struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf line;
	enum rp_status st = RP_OK;

	buf_init(&line, LINE_BYTES);
	if (recheck->looking.run.quiet || (!recheck->looking.run.verbose &&
	                                   (change == UNCHANGED || change == UNANSWERED)))
		return RP_OK;
	buf_add_str(&line, change_names[change]);
	if (change != EDITED && change != BACK && change != UNCHANGED &&
	    change != UNANSWERED)
		st = add_evidence(recheck, sought->want.key, &line, err);
	report("%.*s: %.*s", RP_FMT(sought->want.key), RP_FMT(buf_slice(&line)));
	return st;
}

static enum rp_status
see_changes(struct recheck *recheck, struct rp_error *err)
{
	struct looking *looking = &recheck->looking;
	struct standing after = { STATE_LIVE, STATE_LIVE, 0, 0 };
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < looking->n && st == RP_OK; i++) {
		const struct sought *sought = &looking->list[i];
		enum change change;

		st = stand(recheck, sought->want.key, &after, err);
		if (st != RP_OK)
			break;
		change = compare(&recheck->before[i], &after);
		if (change == UNCHANGED && !sought->answered)
			change = UNANSWERED;
		recheck->changes[i] = change;
		recheck->counts[change]++;
		st = say_change(recheck, sought, change, err);
	}
	return st;
}

/* ---- what is said ----------------------------------------------------------------- */

static void
say(const struct recheck *recheck)
{
	const struct looking *looking = &recheck->looking;
	const char *separator = ": ";
	CLEANUP(buf_done) struct rp_buf line;

	buf_init(&line, LINE_BYTES);
	buf_printf(&line, "%zu post%s asked for", looking->n, looking->n == 1 ? "" : "s");
	for (int i = 0; i < CHANGES; i++)
		if (recheck->counts[i] > 0) {
			buf_printf(&line, "%s%zu %s", separator, recheck->counts[i],
			           change_names[i]);
			separator = ", ";
		}
	buf_add_str(&line, "; ");
	looking_add_costs(looking, &line);
	report("%.*s", RP_FMT(buf_slice(&line)));
	if (looking->asked[WAY_EMBED] > 0)
		report("embeds prove no post of X gone; its API does (give --budget)");
}

static void
print_json(const struct recheck *recheck, const struct tally *tally)
{
	const struct looking *looking = &recheck->looking;
	struct tally_object object;
	struct jsonw *json = &object.json;

	tally_object_begin(&object, tally);
	looking_ways_json(looking, json);
	jsonw_key(json, "posts");
	jsonw_array(json);
	for (size_t i = 0; i < looking->n; i++) {
		jsonw_object(json);
		jsonw_field_text(json, "key", looking->list[i].want.key);
		jsonw_field_text(json, "change",
		                 rp_slice_str(change_names[recheck->changes[i]]));
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
	tally_object_end(&object);
}

static int
finish(struct recheck *recheck, const struct tally *tally, int exit_status)
{
	struct looking *looking = &recheck->looking;

	if (looking->run.json)
		print_json(recheck, tally);
	else if (!looking->run.quiet && looking->n > 0)
		say(recheck);
	else if (!looking->run.quiet)
		report("no post that matches can be asked for");
	if (exit_status == EXIT_DONE)
		exit_status = looking->n > 0 ? looking_trouble(looking) : EXIT_NOTHING;
	return finish_output(stdout, exit_status);
}

/* ---- all of it -------------------------------------------------------------------- */

static enum rp_status
plan(struct recheck *recheck, struct rp_error *err)
{
	struct looking *looking = &recheck->looking;
	struct wants wants = { .arena = looking->run.arena };
	CLEANUP(chosen_free) struct chosen *chosen = NULL;
	struct filter filter;
	uint64_t most;
	enum rp_status st = chosen_new(looking->run.inv, &filter, &chosen, err);

	if (st != RP_OK)
		return st;
	most = filter.limit != 0 ? filter.limit : MOST;
	filter.limit = 0;
	filter.order = ORDER_KEY;
	filter.ghosts = false;
	st = wants_posts(looking->run.inv->store, &filter, looking->run.inv->now, &wants,
	                 err);
	if (st == RP_OK)
		st = looking_for(looking, &wants,
		                 most < MOST_MAX ? (size_t)most : MOST_MAX, err);
	if (st != RP_OK)
		return st;
	recheck->before =
		arena_array(looking->run.arena, looking->n, sizeof(*recheck->before));
	recheck->changes =
		arena_array(looking->run.arena, looking->n, sizeof(*recheck->changes));
	if (recheck->before == NULL || recheck->changes == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < looking->n && st == RP_OK; i++)
		st = stand(recheck, looking->list[i].want.key, &recheck->before[i], err);
	return st;
}

/* Of X its API, where it may be asked; else what anybody may see. */
static unsigned
ways_of(struct looking *looking)
{
	return WAY(WAY_BSKY) | WAY(WAY_MASTO) | WAY(WAY_PRESS) |
	       (looking_may_buy(looking) ? WAY(WAY_X) : WAY(WAY_EMBED));
}

static int
ask(struct recheck *recheck)
{
	struct looking *looking = &recheck->looking;
	struct rp_error err = { .status = RP_OK };
	struct tally tally = { .captures = 0 };
	enum rp_status st = collecting_begin(&looking->run, &err);
	int exit_status;

	if (st != RP_OK)
		return report_error(&err);
	st = looking_pass(looking, ways_of(looking), &err);
	if (st == RP_OK || st == RP_END)
		st = see_changes(recheck, &err);
	exit_status = st == RP_OK ? EXIT_DONE : report_error(&err);
	exit_status = collecting_end(&looking->run, exit_status, &tally);
	return finish(recheck, &tally, exit_status);
}

static int
run(struct recheck *recheck)
{
	CLEANUP(lock_free) struct lock *lock = NULL;
	struct looking *looking = &recheck->looking;
	struct invocation *inv = looking->run.inv;
	const bool dry = option(&inv->options, "dry-run") != NULL;
	const bool estimate = option(&inv->options, "estimate") != NULL;
	const struct tally nothing = { .captures = 0 };
	struct rp_error err = { .status = RP_OK };
	int exit_status;

	if (dry || estimate)
		return plan(recheck, &err) == RP_OK
		               ? looking_foresee(looking,
		                                 estimate ? WAY(WAY_X) : ways_of(looking),
		                                 estimate)
		               : report_error(&err);
	if ((exit_status = collecting_lock(&looking->run, &lock)) != EXIT_DONE)
		return exit_status;
	if (plan(recheck, &err) != RP_OK)
		return report_error(&err);
	return looking->n > 0 ? ask(recheck) : finish(recheck, &nothing, EXIT_DONE);
}

int
check_recheck(const struct invocation *inv)
{
	CLEANUP(chosen_free) struct chosen *chosen = NULL;
	struct rp_error err = { .status = RP_OK };
	struct filter filter;

	return chosen_new(inv, &filter, &chosen, &err) == RP_OK ? EXIT_DONE
	                                                        : report_error(&err);
}

int
cmd_recheck(struct invocation *inv)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(VIEW_BYTES);
	struct recheck recheck = { .looking = { .run = { .inv = inv, .kind = "recheck" },
		                                .recheck = true },
		                   .arena = arena };
	struct rp_error err = { .status = RP_OK };
	int exit_status = looking_configure(&recheck.looking);

	if (arena == NULL && rp_fail_memory(&err) != RP_OK)
		exit_status = report_error(&err);
	if (exit_status == EXIT_DONE)
		exit_status = run(&recheck);
	return looking_done(&recheck.looking, exit_status);
}
