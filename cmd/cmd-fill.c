/*
 * riposte fill: fetch posts that others refer to and that are not held, the cheapest way
 * first.
 */
#include "cmd/looking.h"
#include "cmd/ref.h"
#include "cmd/report.h"
#include "cmd/tally.h"
#include "core/base/lock.h"
#include "core/model/key.h"

enum { MOST = 1000, MOST_MAX = 100000, LINE_BYTES = 4096 };

static const unsigned passes[] = {
	WAY(WAY_EMBED) | WAY(WAY_BSKY) | WAY(WAY_MASTO) | WAY(WAY_PRESS),
	WAY(WAY_X),
	WAY(WAY_WAYBACK),
};
enum { PASSES = sizeof(passes) / sizeof(*passes), ALL = WAY(WAYS) - 1 };

struct counts {
	size_t filled, held, gone, left, unasked;
};

/* ---- which --------------------------------------------------------------------- */

static enum rp_status
list_wants(struct looking *looking, struct wants *wants, struct rp_error *err)
{
	const struct invocation *inv = looking->run.inv;
	enum rp_status st = RP_OK;
	struct rp_slice key;

	if (inv->n_operands == 0)
		st = wants_ghosts(inv->store, wants, err);
	for (int i = 0; i < inv->n_operands && st == RP_OK; i++) {
		st = ref_key(wants->arena, rp_slice_str(inv->operands[i]), &key, err);
		if (st == RP_OK)
			st = wants_around(inv->store, key, wants, err);
	}
	if (st == RP_OK)
		wants_order(wants);
	return st;
}

/* A post of Bluesky goes by its author's number where it is held, and by the name alone
 * where somebody gave its address. */
static enum rp_status
find_held_as(struct looking *looking, struct sought *sought, struct rp_error *err)
{
	struct rp_slice rest = key_native(sought->want.key),
			who = rp_slice_cut(&rest, '/');
	struct scan scan = { .of = SCAN_HANDLE_USERS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	struct arena *arena = looking->run.arena;
	struct rp_slice key;
	struct post post;
	union scan_row row;
	enum rp_status st;

	if (key_platform(sought->want.key) != PLATFORM_BSKY ||
	    rp_slice_starts(who, RP_SLICE("did:")))
		return RP_OK;
	if (!key_make_handle(arena, PLATFORM_BSKY, who, &scan.key))
		return rp_fail_memory(err);
	st = store_scan(looking->run.inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		const struct rp_slice did = key_native(row.account.key);

		if (!arena_printf(arena, &key, "bsky:%.*s/%.*s", (int)did.n - 1,
		                  did.p + 1, RP_FMT(rest)))
			return rp_fail_memory(err);
		st = store_post_get(looking->run.inv->store, key, arena, &post, err);
		if (st == RP_OK && post.kind != KIND_GHOST)
			sought->held_as = key;
		st = st == RP_NOT_FOUND ? RP_OK : st;
	}
	return st == RP_END ? RP_OK : st;
}

/* How many can be asked for in any way; of those that were asked before there may be
 * many, and they take nobody's place. */
static enum rp_status
choose(struct looking *looking, struct wants *wants, size_t most, struct rp_error *err)
{
	enum rp_status st = RP_OK;
	size_t kept = 0;

	for (size_t i = 0; i < wants->n && kept < most && st == RP_OK; i++) {
		const struct sought sought = { .want = wants->list[i] };
		bool may = wants->list[i].named;

		for (int way = 0; way < WAYS && !may && st == RP_OK; way++)
			st = looking_may_ask(looking, &sought, (enum way)way, &may, err);
		if (may)
			wants->list[kept++] = wants->list[i];
	}
	wants->n = kept;
	if (st == RP_OK)
		st = looking_for(looking, wants, most, err);
	for (size_t i = 0; i < looking->n && st == RP_OK; i++)
		st = find_held_as(looking, &looking->list[i], err);
	return st;
}

static enum rp_status
plan(struct looking *looking, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SIZE_MAX / 2);
	struct wants wants = { .arena = arena };
	int64_t most = MOST;
	enum rp_status st = arena != NULL ? RP_OK : rp_fail_memory(err);

	if (st == RP_OK)
		st = option_number(&looking->run.inv->options, "limit", 1, MOST_MAX, MOST,
		                   &most, err);
	if (st == RP_OK)
		st = list_wants(looking, &wants, err);
	if (st == RP_OK)
		st = choose(looking, &wants, (size_t)most, err);
	/* Texts of what is looked for live longer than the list of all. */
	for (size_t i = 0; i < looking->n && st == RP_OK; i++) {
		struct want *want = &looking->list[i].want;

		if (!arena_copy(looking->run.arena, want->key, &want->key) ||
		    !arena_copy(looking->run.arena, want->author, &want->author) ||
		    !arena_copy(looking->run.arena, want->url, &want->url))
			st = rp_fail_memory(err);
	}
	return st;
}

/* ---- what is said -------------------------------------------------------------- */

static struct counts
count(const struct looking *looking)
{
	struct counts counts = { 0 };

	for (size_t i = 0; i < looking->n; i++) {
		const struct sought *sought = &looking->list[i];

		if (sought->found)
			counts.filled++;
		else if (sought->held_as.n > 0)
			counts.held++;
		else if (sought->asked == 0)
			counts.unasked++;
		else if (sought->gone)
			counts.gone++;
		else
			counts.left++;
	}
	return counts;
}

static void
add_count(struct rp_buf *out, size_t n, const char *what)
{
	if (n > 0)
		buf_printf(out, ", %zu %s", n, what);
}

static void
add_ways(struct rp_buf *out, const struct looking *looking)
{
	const char *separator = " (";

	for (int way = 0; way < WAYS; way++) {
		size_t n = 0;

		for (size_t i = 0; i < looking->n; i++)
			n += looking->list[i].found &&
			     looking->list[i].by == (enum way)way;
		if (n == 0)
			continue;
		buf_printf(out, "%s%zu by %s", separator, n, way_name((enum way)way));
		separator = ", ";
	}
	buf_add_byte(out, ')');
}

static void
say(const struct looking *looking)
{
	const struct counts counts = count(looking);
	CLEANUP(buf_done) struct rp_buf line;

	buf_init(&line, LINE_BYTES);
	buf_printf(&line, "%zu post%s wanted, %zu filled", looking->n,
	           looking->n == 1 ? "" : "s", counts.filled);
	if (counts.filled > 0)
		add_ways(&line, looking);
	add_count(&line, counts.held, "held under another key");
	add_count(&line, counts.gone, "said to be gone");
	add_count(&line, counts.left, "not to be had");
	add_count(&line, counts.unasked, "not asked for");
	buf_add_str(&line, "; ");
	looking_add_costs(looking, &line);
	report("%.*s", RP_FMT(buf_slice(&line)));
	if (looking->withheld == 0)
		return;
	buf_clear(&line);
	buf_printf(&line, "X's API may have %zu of them, for $", looking->withheld);
	tally_dollars(&line, config_price(looking->run.inv->config, "x.post"));
	report("%.*s each (give --budget)", RP_FMT(buf_slice(&line)));
}

static void
print_json(const struct looking *looking, const struct tally *tally)
{
	struct tally_object object;
	struct jsonw *json = &object.json;

	tally_object_begin(&object, tally);
	looking_ways_json(looking, json);
	jsonw_key(json, "posts");
	jsonw_array(json);
	for (size_t i = 0; i < looking->n; i++) {
		const struct sought *sought = &looking->list[i];

		jsonw_object(json);
		jsonw_field_text(json, "key", sought->want.key);
		jsonw_field_text_or_null(
			json, "by",
			rp_slice_str(sought->found ? way_name(sought->by) : ""));
		jsonw_field_text_or_null(json, "held_as", sought->held_as);
		jsonw_key(json, "gone");
		jsonw_bool(json, sought->gone && !sought->found);
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
	tally_object_end(&object);
}

/* ---- all of it ----------------------------------------------------------------- */

static int
judge(const struct looking *looking)
{
	const struct counts counts = count(looking);
	const int trouble = looking_trouble(looking);

	if (counts.filled + counts.held > 0 || looking->n == 0)
		return EXIT_DONE;
	return trouble != EXIT_DONE ? trouble : EXIT_NOTHING;
}

static int
finish(struct looking *looking, const struct tally *tally, int exit_status)
{
	if (looking->run.json)
		print_json(looking, tally);
	else if (!looking->run.quiet && looking->n > 0)
		say(looking);
	else if (!looking->run.quiet)
		report("nothing to fill");
	return finish_output(stdout,
	                     exit_status != EXIT_DONE ? exit_status : judge(looking));
}

static int
ask(struct looking *looking)
{
	struct collecting *run = &looking->run;
	struct rp_error err = { .status = RP_OK };
	struct tally tally = { .captures = 0 };
	enum rp_status st = collecting_begin(run, &err);
	int exit_status;

	if (st != RP_OK)
		return report_error(&err);
	for (size_t i = 0; i < PASSES && st == RP_OK; i++)
		st = looking_pass(looking, passes[i], &err);
	exit_status = st == RP_OK || st == RP_END ? EXIT_DONE : report_error(&err);
	exit_status = collecting_end(run, exit_status, &tally);
	return finish(looking, &tally, exit_status);
}

static int
fill(struct looking *looking)
{
	CLEANUP(lock_free) struct lock *lock = NULL;
	struct invocation *inv = looking->run.inv;
	const bool dry = option(&inv->options, "dry-run") != NULL;
	const bool estimate = option(&inv->options, "estimate") != NULL;
	const struct tally nothing = { .captures = 0 };
	struct rp_error err = { .status = RP_OK };
	int exit_status;

	if (dry || estimate)
		return plan(looking, &err) == RP_OK
		               ? looking_foresee(looking, ALL, estimate)
		               : report_error(&err);
	if ((exit_status = collecting_lock(&looking->run, &lock)) != EXIT_DONE)
		return exit_status;
	if (plan(looking, &err) != RP_OK)
		return report_error(&err);
	return looking->n > 0 ? ask(looking) : finish(looking, &nothing, EXIT_DONE);
}

int
cmd_fill(struct invocation *inv)
{
	struct looking looking = { .run = { .inv = inv, .kind = "fill" },
		                   .again = option(&inv->options, "again") != NULL };
	int exit_status = looking_configure(&looking);

	if (exit_status == EXIT_DONE)
		exit_status = fill(&looking);
	return looking_done(&looking, exit_status);
}
