#include "tests/contract/random.h"

uint64_t
random_next(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct change
random_change(uint64_t *seed, unsigned kinds)
{
	struct change change = { (enum change_kind)(random_next(seed) % kinds), { 0 } };

	/* Rare ones: what ends a run or drops everything leaves little to look at. */
	if ((change.kind == CHANGE_DROP || change.kind == CHANGE_RUN_END) &&
	    random_next(seed) % 4 != 0)
		change.kind = CHANGE_SHOW;
	for (size_t i = 0; i < 4; i++)
		change.n[i] = random_next(seed);
	return change;
}

/* ---- what is put ------------------------------------------------------------- */

static const char *const words[] = {
	"Stargate is under way",
	"they don't have the money",
	"\xc3\x89t\xc3\xa9 \xc3\xa0 Z\xc3\xbcrich",
	"money, MONEY, m\xc3\xb6ney",
	"a",
	"",
	"under the money",
	"word\0behind",
	"10B secured",
	"secured 10B; under",
};
enum { N_WORDS = sizeof(words) / sizeof(words[0]) };

static const char *const handles[] = { "ana", "Ana", "bo", "", "ANA", "z_z" };
static const char *const names[] = { "Ana", "Bo", "" };
static const char *const authors[] = {
	"", "x:@1", "x:@2", "x:@ana?", "x:@bo?", "bsky:@1"
};
/* One begins another. */
static const char *const urls[] = { "", "https://a.example/w", "https://a.example/w?t=7",
	                            "https://a.example/w?t=70", "https://b.example/" };

enum { FIRST_KEYS = 8, EDITS = 3, N_KEYS = FIRST_KEYS * EDITS };

/* Key number 0, EDITS, 2 * EDITS … is a first id, those behind it its edits. */
static struct rp_slice
key_at(struct fixture *f, uint64_t n)
{
	uint64_t first = n % N_KEYS / EDITS, edit = n % EDITS;

	if (first == FIRST_KEYS - 1)
		return text(f, "bsky:did/%d", (int)edit);
	return text(f, "x:%d", (int)(100 + first * 10 + edit));
}

static struct rp_time
time_at(uint64_t n)
{
	const struct rp_time times[] = {
		RP_TIME_NONE,
		at(100),
		at(-100),
		{ 100, 100, RP_PRECISION_MS, RP_BASIS_PLATFORM },
		{ 50, 200, RP_PRECISION_DAY, RP_BASIS_EVENT },
		{ RP_TIME_UNKNOWN, 90, RP_PRECISION_S, RP_BASIS_USER },
		{ 120, RP_TIME_UNKNOWN, RP_PRECISION_S, RP_BASIS_USER },
		at(300),
	};

	return times[n % (sizeof(times) / sizeof(times[0]))];
}

#define PICK(list, n) ((list)[(n) % (sizeof(list) / sizeof((list)[0]))])

/* ---- the world --------------------------------------------------------------- */

void
world_open(struct world *world, const struct backend *backend)
{
	*world = (struct world){ .fresh = false };
	fixture_open(&world->f, backend);
}

void
world_close(struct world *world)
{
	fixture_close(&world->f);
}

void
world_begin(struct world *world)
{
	begin(&world->f);
	world->then = world->now;
}

void
world_commit(struct world *world)
{
	commit(&world->f);
}

void
world_rollback(struct world *world)
{
	store_rollback(world->f.store);
	world->now = world->then;
}

/* ---- facts ------------------------------------------------------------------- */

static void
start_run(struct world *world, uint64_t n)
{
	if (world->now.n_runs == WORLD_MAX)
		return;
	world->now.open[world->now.n_runs] = true;
	world->now.runs[world->now.n_runs++] = put_run(&world->f, (int64_t)(n % 1000));
}

/* The n-th open run; WORLD_MAX: none. */
static size_t
open_run(const struct world *world, uint64_t n)
{
	size_t found = WORLD_MAX;

	for (size_t i = 0; i < world->now.n_runs; i++)
		if (world->now.open[i] && (found == WORLD_MAX || n-- % 2 == 0))
			found = i;
	return found;
}

static void
finish_run(struct world *world, uint64_t n)
{
	size_t run = open_run(world, n);

	if (run == WORLD_MAX)
		return;
	end_run(&world->f, world->now.runs[run], (int64_t)(n % 5000));
	world->now.open[run] = false;
}

/* "[R,R,R]\n" with a hole for each record R. */
static struct segment
page_of(struct world *world, uint64_t n)
{
	struct fixture *f = &world->f;
	size_t n_holes = n % 4;
	struct hole *holes = arena_array(f->arena, n_holes, sizeof(*holes));
	struct rp_slice bytes = RP_SLICE("[");

	for (size_t i = 0; i < n_holes; i++) {
		struct rp_slice record = text(f, "{\"id\":%d}", (int)(n / 7 % 30 + i));

		holes[i] = (struct hole){ (uint32_t)bytes.n, (uint32_t)record.n,
			                  put_record(f, record) };
		if (world->now.n_records < WORLD_MAX)
			world->now.records[world->now.n_records++] = holes[i].record;
		assert_true(arena_join(f->arena, bytes, record, &bytes));
		assert_true(arena_join(f->arena, bytes,
		                       i + 1 < n_holes ? RP_SLICE(",") : RP_SLICE("]\n"),
		                       &bytes));
	}
	return (struct segment){ 0, bytes, holes, n_holes };
}

static void
capture_page(struct world *world, const uint64_t *n)
{
	struct fixture *f = &world->f;
	size_t run = open_run(world, n[0]);
	struct capture capture = { .name = text(f, "page %d", (int)(n[1] % 100)),
		                   .format = RP_SLICE("x"),
		                   .options = n[1] % 3 ? RP_SLICE("") : RP_SLICE("a=b\n"),
		                   .at = (int64_t)(n[2] % 1000) };
	struct segment page;

	if (run == WORLD_MAX || world->now.n_captures == WORLD_MAX)
		return;
	capture.run = world->now.runs[run];
	page = page_of(world, n[3]);
	assert_ok(store_capture_begin(f->store, &capture, &capture.id, &f->err), f->err);
	assert_ok(store_capture_append(f->store, capture.id, &page, &f->err), f->err);
	capture.bytes = page.bytes.n;
	capture.sha256 = sha256_of(page.bytes);
	capture.complete = n[2] % 5 != 0;
	capture.records = page.n_holes;
	assert_ok(store_capture_update(f->store, &capture, &f->err), f->err);
	world->now.captures[world->now.n_captures++] = capture.id;
}

static void
capture_again(struct world *world, const uint64_t *n)
{
	size_t run = open_run(world, n[0]);

	if (run != WORLD_MAX && world->now.n_captures > 0)
		put_again(&world->f, world->now.captures[n[1] % world->now.n_captures],
		          world->now.runs[run], (int64_t)(n[2] % 20));
}

static void
reject_stretch(struct world *world, const uint64_t *n)
{
	if (world->now.n_captures > 0)
		put_reject(&world->f,
		           (struct reject){
				   world->now.captures[n[0] % world->now.n_captures],
				   world->now.n_captures * 1000 + n[1] % 1000, n[2] % 9,
				   n[3] % 9,
				   text(&world->f, "reason %d", (int)(n[3] % 9)) });
}

void
world_facts(struct world *world)
{
	uint64_t seed = 1;

	start_run(world, 1);
	for (int i = 0; i < 6; i++) {
		struct change page = random_change(&seed, 1);

		page.n[3] |= 3; /* with records */
		capture_page(world, page.n);
	}
}

/* ---- derived ----------------------------------------------------------------- */

/* The post of a key, made as a ghost when it is not there. */
static struct post
get_or_ghost(struct world *world, struct rp_slice key)
{
	struct fixture *f = &world->f;
	struct post post = { 0 };
	enum rp_status st = store_post_get(f->store, key, f->arena, &post, &f->err);

	if (st == RP_NOT_FOUND) {
		post = (struct post){ .key = key, .time = RP_TIME_NONE };
		post.id = put_post(f, post);
		return post;
	}
	assert_ok(st, f->err);
	return post;
}

/* As ingest does: look, merge, put. */
static struct post
learn(struct world *world, struct post piece)
{
	struct post post = get_or_ghost(world, piece.key);

	if (!rp_slice_eq(post.key, piece.key))
		post_becomes_edit(&piece, post.key);
	post_merge(&post, &piece);
	put_post(&world->f, post);
	return post;
}

static void
show(struct world *world, const uint64_t *n)
{
	struct fixture *f = &world->f;
	struct rp_slice key = key_at(f, n[0]);
	struct post post = learn(
		world,
		(struct post){ .key = key,
	                       .kind = n[1] % 5 ? KIND_POST : KIND_REPOST,
	                       .author = rp_slice_str(PICK(authors, n[1])),
	                       .conversation = n[2] % 3 ? RP_SLICE("") : key_at(f, 0),
	                       .place = n[2] % 7 ? RP_SLICE("")
	                                         : text(f, "place %d", (int)(n[2] % 11)),
	                       .url = rp_slice_str(PICK(urls, n[2] / 7)),
	                       .time = time_at(n[3]) });
	const char *said = PICK(words, n[2]);
	struct version version = { .post = post.id,
		                   .text = rp_slice_str(said),
		                   .lang = n[3] % 3 ? RP_SLICE("") : RP_SLICE("en"),
		                   .printed = time_at(n[3]),
		                   .as_of = (int64_t)(n[1] % 50),
		                   .truncated = n[1] % 2 };

	version_fingerprint(&version, RP_SLICE(""));
	if (!rp_slice_eq(post.key, key))
		version.native = key;
	assert_ok(store_version_put(f->store, &version, &version.id, &world->fresh,
	                            &f->err),
	          f->err);
	if (world->now.n_captures > 0 && world->now.n_records > 0)
		put_sighting(f, (struct sighting){
					post.id, version.id,
					world->now.captures[n[3] % world->now.n_captures],
					world->now.records[n[2] % world->now.n_records],
					(uint32_t)(n[3] % 3), 3, (int64_t)(n[1] % 50) });
}

static void
refer(struct world *world, const uint64_t *n, enum edge_origin origin)
{
	static const enum edge_type types[] = { EDGE_REPLY, EDGE_QUOTE, EDGE_LINK,
		                                EDGE_SAME_AS };
	bool inferred = origin == ORIGIN_INFERRED;
	uint64_t keys = inferred ? 4 : N_KEYS; /* few, so that they meet their like */
	struct post child = get_or_ghost(world, key_at(&world->f, n[0] % keys));
	struct post parent = get_or_ghost(world, key_at(&world->f, n[1] % keys));

	put_edge(&world->f,
	         (struct edge){
			 .child = child.id,
			 .parent = parent.id,
			 .type = inferred ? EDGE_RESPONDS : PICK(types, n[2]),
			 .origin = origin,
			 .confidence_percent = inferred ? (int)(n[3] % 4) : 100,
			 .rule = inferred ? text(&world->f, "rule-%d", (int)(n[2] % 3))
	                                  : RP_SLICE("") });
}

static void
name_alias(struct world *world, struct rp_slice alias, struct rp_slice key)
{
	struct fixture *f = &world->f;
	struct post post = get_or_ghost(world, key);

	assert_ok(store_alias_put(f->store, alias, post.id, &f->err), f->err);
}

static void
show_account(struct world *world, const uint64_t *n)
{
	const char *keys[] = { "x:@1", "x:@2", "bsky:@1" };

	put_account(&world->f, PICK(keys, n[0]), PICK(handles, n[1]), PICK(names, n[2]),
	            n[3] % 3 ? (int64_t)(n[3] % 40) : RP_TIME_UNKNOWN,
	            n[3] % 5 ? (int64_t)(n[3] % 60) : RP_TIME_UNKNOWN);
}

static void
say_state(struct world *world, const uint64_t *n)
{
	struct fixture *f = &world->f;
	size_t captures = world->now.n_captures;

	put_state(f, (struct state_note){
			     n[0] % 5 ? key_at(f, n[0] % 7) : RP_SLICE("x:@1"),
			     n[1] % 2 ? STATE_DELETED : STATE_LIVE,
			     n[2] % 3 ? (int64_t)(n[2] % 3) : RP_TIME_UNKNOWN,
			     text(f, "evidence %d", (int)(n[2] % 2)),
			     captures ? world->now.captures[n[3] % captures] : 0 });
}

void
world_change(struct world *world, const struct change *change)
{
	struct fixture *f = &world->f;
	const uint64_t *n = change->n;

	switch (change->kind) {
	case CHANGE_SHOW:
		show(world, n);
		break;
	case CHANGE_REFER:
		refer(world, n, n[3] % 3 ? ORIGIN_PLATFORM : ORIGIN_DERIVED);
		break;
	case CHANGE_EDIT:
		name_alias(world, key_at(f, n[0]),
		           key_at(f, n[0] % N_KEYS / EDITS * EDITS));
		break;
	case CHANGE_ACCOUNT:
		show_account(world, n);
		break;
	case CHANGE_STATE:
		say_state(world, n);
		break;
	case CHANGE_INFER:
		refer(world, n, ORIGIN_INFERRED);
		break;
	case CHANGE_ALIAS:
		name_alias(world, key_at(f, n[0]), key_at(f, n[1]));
		break;
	case CHANGE_RUN:
		start_run(world, n[0]);
		break;
	case CHANGE_RUN_END:
		finish_run(world, n[0]);
		break;
	case CHANGE_CAPTURE:
		capture_page(world, n);
		break;
	case CHANGE_AGAIN:
		capture_again(world, n);
		break;
	case CHANGE_REJECT:
		reject_stretch(world, n);
		break;
	case CHANGE_DROP:
		assert_ok(store_drop_derived(f->store, &f->err), f->err);
		break;
	case CHANGE_KINDS:
		break;
	}
}

/* ---- filters ----------------------------------------------------------------- */

static struct filter_term
random_term(uint64_t *seed)
{
	static const char *const looked_for[] = { "money",     "mon",   "under",
		                                  "UNDER the", "ete",   "z\xc3\xbcrich",
		                                  "stargate",  "don't", "10b",
		                                  "a",         "!",     "the money",
		                                  "sec" };

	return (struct filter_term){ rp_slice_str(PICK(looked_for, random_next(seed))),
		                     random_next(seed) % 3 == 0,
		                     random_next(seed) % 3 == 0 };
}

static struct filter_authors
random_authors(struct fixture *f, uint64_t *seed)
{
	static const char *const keys[] = { "x:@1",    "x:@2",       "x:@ana?", "x:@bo?",
		                            "x:@z_z?", "bsky:@ana?", "bsky:@1", "x:@9" };
	size_t n = random_next(seed) % 3;
	struct rp_slice *list = arena_array(f->arena, 3, sizeof(*list));

	assert_non_null(list);
	for (size_t i = 0; i < n; i++)
		list[i] = rp_slice_str(PICK(keys, random_next(seed)));
	return (struct filter_authors){ list, n, random_next(seed) % 3 == 0 };
}

static int64_t
random_bound(uint64_t *seed)
{
	static const int64_t bounds[] = {
		RP_TIME_UNKNOWN, RP_TIME_UNKNOWN, -100, 50, 90, 100, 101, 150, 300
	};

	return PICK(bounds, random_next(seed));
}

struct filter
random_filter(struct fixture *f, uint64_t *seed)
{
	struct filter_term *terms = arena_array(f->arena, 2, sizeof(*terms));
	struct filter_authors *by = arena_array(f->arena, 2, sizeof(*by));
	struct filter filter = FILTER_ALL;

	assert_true(terms != NULL && by != NULL);
	filter.terms = terms;
	filter.authors = by;
	filter.n_terms = random_next(seed) % 3;
	filter.n_authors = random_next(seed) % 4 ? 0 : 1 + random_next(seed) % 2;
	for (size_t i = 0; i < 2; i++) {
		terms[i] = random_term(seed);
		by[i] = random_authors(f, seed);
	}
	if (random_next(seed) % 4 == 0)
		filter.platforms = 1u << (PLATFORM_X + random_next(seed) % 2);
	filter.since = random_bound(seed);
	filter.until = random_bound(seed);
	filter.ghosts = random_next(seed) % 2;
	filter.order = (enum filter_order)(random_next(seed) % (ORDER_KEY + 1));
	filter.limit = random_next(seed) % 2 ? 0 : random_next(seed) % 6;
	return filter;
}
