/*
 * Single posts: which are wanted, and what came of asking for them.
 *
 * Nothing is asked for twice in a run, and nothing that the archive holds or was told to
 * be gone, but for posts that could be edited when we saw them: once more, when they
 * cannot be any longer.
 */
#include "core/base/ascii.h"
#include "core/collect/fetch-x.h"
#include "core/model/key.h"

/* X's windows are of 30 or 60 minutes; what claims more is not believed. */
#define EDITABLE_MOST (2 * RP_HOUR)

static struct rp_slice
post_key(struct fetcher *x, struct rp_slice id)
{
	struct rp_slice key = RP_SLICE("");

	(void)!key_make(x->scratch, PLATFORM_X, id, &key);
	return key;
}

static bool
is_known(struct fetcher *x, struct rp_slice id)
{
	const struct rp_slice key = post_key(x, id);

	return x->view != NULL && key.n > 0 &&
	       x->view->held(x->view->context, "x", key) != HOLDING_NONE;
}

void
fx_want(struct fetcher *x, struct rp_slice id, bool anyway)
{
	struct rp_slice copy;
	uint64_t number;

	if (!fx_is_id(id, &number) || map_count(x->wants) >= FX_WANTS_MAX ||
	    map_get(x->wants, id) != NULL || (!anyway && is_known(x, id)))
		return;
	if (arena_copy(x->arena, id, &copy))
		(void)!map_put(x->wants, copy, (uint32_t)map_count(x->wants), NULL);
}

void
fx_want_singles(struct fetcher *x)
{
	for (size_t i = 0; i < x->n_singles; i++)
		fx_want(x, x->singles[i], x->recheck);
	x->n_singles = 0; /* all of them, once in a run */
}

/* ---- posts that can be edited ---------------------------------------------- */

bool
fx_watch(struct fetcher *x, struct rp_slice id, int64_t until)
{
	struct fx_edit *grown;
	struct rp_slice copy;

	if (x->n_watched >= FX_EDITS_MAX)
		return true;
	for (size_t i = 0; i < x->n_watched; i++)
		if (rp_slice_eq(x->watched[i].id, id))
			return true;
	grown = arena_room(x->arena, x->watched, x->n_watched, &x->watched_room,
	                   sizeof(*grown));
	if (grown == NULL || !arena_copy(x->arena, id, &copy))
		return false;
	x->watched = grown;
	x->watched[x->n_watched++] = (struct fx_edit){ copy, until };
	return true;
}

void
fx_want_due(struct fetcher *x, int64_t now)
{
	for (size_t i = 0; x->edits && i < x->n_watched; i++)
		if (x->watched[i].until <= now)
			fx_want(x, x->watched[i].id, true);
}

/* Those that were just looked at, and were final. */
static void
unwatch(struct fetcher *x, int64_t at)
{
	size_t kept = 0;
	const uint32_t *place;

	for (size_t i = 0; i < x->n_watched; i++) {
		place = map_get(x->wants, x->watched[i].id);
		if (place == NULL || *place < x->asked ||
		    *place >= x->asked + x->n_asking || x->watched[i].until > at)
			x->watched[kept++] = x->watched[i];
	}
	x->n_watched = kept;
}

/* ---- what an answer makes us want ------------------------------------------ */

/* Ids that this answer says something about. */
static struct map *
told_here(struct fetcher *x)
{
	struct fx_posts posts = fx_posts(x);
	struct json_each each = fx_problems(x);
	struct fx_problem problem;
	struct fx_post post;
	struct map *here = map_new();

	while (here != NULL && fx_post_next(&posts, &post))
		(void)!map_put(here, post.id, 0, NULL);
	while (here != NULL && fx_problem_next(x, &each, &problem))
		if (problem.subject.n > 0)
			(void)!map_put(here, problem.subject, 0, NULL);
	return here;
}

static void
want_related(struct fetcher *x)
{
	CLEANUP(map_free) struct map *here = told_here(x);
	struct fx_posts posts = fx_posts(x);
	struct rp_slice id;
	struct fx_post post;
	uint32_t at;

	if (here == NULL)
		return;
	while (fx_post_next(&posts, &post)) {
		at = 0;
		while (fx_reference(x, &post, &at, &id))
			if (map_get(here, id) == NULL)
				fx_want(x, id, false);
		if (post.conversation.n > 0 && map_get(here, post.conversation) == NULL)
			fx_want(x, post.conversation, false);
	}
}

void
fx_want_more(struct fetcher *x, const struct fetch_answer *answer)
{
	struct fx_posts posts = fx_posts(x);
	struct fx_post post;

	if (x->roots)
		want_related(x);
	while (x->edits && fx_post_next(&posts, &post) && !post.included)
		if (post.editable_until != RP_TIME_UNKNOWN &&
		    post.editable_until > answer->at &&
		    post.editable_until <= answer->at + EDITABLE_MOST)
			(void)!fx_watch(x, post.id, post.editable_until);
}

static void
want_key(void *to, struct rp_slice key)
{
	if (key_platform(key) == PLATFORM_X)
		fx_want(to, key_native(key), false);
}

static void
want_missing_of(struct fetcher *x, const struct fx_list *list)
{
	struct rp_slice key = RP_SLICE("");
	const size_t left = FX_WANTS_MAX - map_count(x->wants);

	if (list->id.n == 0 || left == 0)
		return;
	if (list->kind == FX_ACCOUNT)
		(void)!key_make_account(x->scratch, PLATFORM_X, list->id, &key);
	else if (list->kind == FX_CONVERSATION)
		key = post_key(x, list->id);
	if (key.n > 0)
		x->view->missing(x->view->context, key, left, want_key, x);
}

void
fx_want_missing(struct fetcher *x)
{
	if (x->missing_told || !x->roots || x->view == NULL)
		return;
	x->missing_told = true;
	for (size_t i = 0; i < x->n_lists; i++)
		want_missing_of(x, &x->lists[i]);
}

/* ---- posts by their ids ---------------------------------------------------- */

/* Which of those that were asked for this is; n_asking: none. */
static size_t
place_of(const struct fetcher *x, struct rp_slice id)
{
	const uint32_t *place = map_get(x->wants, id);

	if (place == NULL || *place < x->asked || *place >= x->asked + x->n_asking)
		return x->n_asking;
	return *place - x->asked;
}

static void
hear_problem(struct fetcher *x, const struct fx_problem *problem,
             struct fetch_taken *taken)
{
	const size_t place = place_of(x, problem->subject);

	if (place < x->n_asking && fx_problem_is_gone(problem) &&
	    taken->looks[place].outcome == LOOK_NOTHING)
		taken->looks[place].outcome = LOOK_GONE;
}

/* A conversation is known by its root, whichever of its posts was named. */
static bool
settle_conversation(struct fetcher *x, const struct fx_post *post)
{
	uint64_t root;

	for (size_t i = 0; i < x->n_lists; i++) {
		struct fx_list *list = &x->lists[i];

		if (list->kind != FX_CONVERSATION || list->id.n > 0 ||
		    !rp_slice_eq(list->name, post->id) ||
		    !fx_is_id(post->conversation, &root))
			continue;
		if (!arena_copy(x->arena, post->conversation, &list->id))
			return false;
		fx_want(x, post->conversation, false);
	}
	return true;
}

void
fx_look_over(struct fetcher *x)
{
	for (size_t i = 0; i < x->n_lists; i++) {
		struct fx_list *list = &x->lists[i];

		if (list->kind == FX_CONVERSATION && list->id.n == 0 &&
		    place_of(x, list->name) < x->n_asking)
			list->id = list->name;
	}
	x->asked += x->n_asking;
	x->voids = 0;
}

enum rp_status
fx_look_take(struct fetcher *x, const struct fetch_answer *answer,
             struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_posts posts = fx_posts(x);
	struct json_each each = fx_problems(x);
	struct fx_problem problem;
	struct fx_post post;
	size_t place;

	taken->n_looks = x->n_asking;
	for (size_t i = 0; i < x->n_asking; i++)
		taken->looks[i] = (struct look){
			.key = post_key(x, map_key(x->wants, x->asked + i)),
			.way = RP_SLICE("x"),
			.outcome = LOOK_NOTHING,
		};
	while (fx_post_next(&posts, &post)) {
		place = place_of(x, post.id);
		if (place < x->n_asking)
			taken->looks[place].outcome = LOOK_FOUND;
		if (!settle_conversation(x, &post))
			return rp_fail_memory(err);
		taken->units += !post.included || FX_COUNTS_INCLUDES;
	}
	while (fx_problem_next(x, &each, &problem))
		hear_problem(x, &problem, taken);
	fx_problem_read(x, JSON_ROOT, &problem); /* a 404 is one by itself */
	hear_problem(x, &problem, taken);
	unwatch(x, answer->at);
	fx_look_over(x);
	return RP_OK;
}

/* ---- accounts by their names ----------------------------------------------- */

static bool
is_named(struct fetcher *x, uint32_t user, const struct fx_list *list)
{
	return rp_slice_eq_nocase(fx_text(x, user, "username"), list->name);
}

/* "data" is in any order, and who is not there is in "errors", or in neither. */
static bool
name_account(struct fetcher *x, struct fx_list *list, struct look *look)
{
	struct json_each users =
		json_each(&x->doc, json_get(&x->doc, JSON_ROOT, RP_SLICE("data")));
	struct json_each each = fx_problems(x);
	struct fx_problem problem;
	struct rp_slice id;
	uint64_t number;

	*look = (struct look){ .way = RP_SLICE("x"), .outcome = LOOK_NOTHING };
	(void)!key_make_handle(x->scratch, PLATFORM_X, list->name, &look->key);
	while (json_next(&users)) {
		id = fx_text(x, users.value, "id");
		if (!is_named(x, users.value, list) || !fx_is_id(id, &number))
			continue;
		look->outcome = LOOK_FOUND;
		(void)!key_make_account(x->scratch, PLATFORM_X, id, &look->key);
		return arena_copy(x->arena, id, &list->id);
	}
	list->done = true;
	while (fx_problem_next(x, &each, &problem))
		if (rp_slice_eq_nocase(problem.subject, list->name) &&
		    fx_problem_is_gone(&problem))
			look->outcome = LOOK_GONE;
	(void)rp_fail(&x->trouble, RP_BAD_SOURCE, "X knows no account \"%.*s\"",
	              RP_FMT(list->name));
	return true;
}

enum rp_status
fx_users_take(struct fetcher *x, const struct fetch_answer *answer,
              struct fetch_taken *taken, struct rp_error *err)
{
	struct fx_list *lists[FX_PAGE_POSTS];

	(void)answer;
	/* Who gets an id leaves the list of the nameless. */
	for (size_t i = 0; i < x->n_asking; i++)
		lists[i] = fx_nameless(x, i);
	for (size_t i = 0; i < x->n_asking; i++) {
		if (!name_account(x, lists[i], &taken->looks[i]))
			return rp_fail_memory(err);
		taken->units += lists[i]->id.n > 0;
	}
	taken->n_looks = x->n_asking;
	return RP_OK;
}
