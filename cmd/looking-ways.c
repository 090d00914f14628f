/*
 * Which way a post can be asked for, and the sources that ask.
 */
#include "cmd/config.h"
#include "cmd/looking.h"
#include "core/base/ascii.h"
#include "core/base/url.h"
#include "core/collect/bsky.h"
#include "core/collect/fetch-link.h"
#include "core/model/key.h"
#include "core/thread/author.h"

enum {
	BATCH = 1000, /* posts of one source; an embed fetcher takes no more */
	ID_MAX = 100,
	RKEY_MAX = 512,
};

const char *
way_name(enum way way)
{
	static const char *const names[WAYS] = {
		[WAY_EMBED] = "x-embed", [WAY_BSKY] = "bsky", [WAY_MASTO] = "masto",
		[WAY_PRESS] = "press",   [WAY_X] = "x",       [WAY_WAYBACK] = "wayback",
	};

	return names[way];
}

/* What a way is reached by, as the config file has it for others. */
static const char *const alike[] = { "base",   "oembed", "plc",        "token", "label",
	                             "budget", "robots", "vocabulary", NULL };

/* ---- who can be asked ---------------------------------------------------------- */

/* "bsky:DID/RKEY": one that is not would be refused with all the others. */
static bool
is_bsky_post(struct rp_slice key)
{
	struct rp_slice rkey = key_native(key), did = rp_slice_cut(&rkey, '/');

	for (size_t i = 0; i < rkey.n; i++)
		if (!ascii_is_letter(rkey.p[i]) && !ascii_is_digit(rkey.p[i]) &&
		    memchr("._:~-", rkey.p[i], 5) == NULL)
			return false;
	return at_did_valid(did) && rkey.n > 0 && rkey.n <= RKEY_MAX;
}

static bool
is_page(struct looking *looking, struct rp_slice key)
{
	struct url_meaning meaning = { .kind = URL_NOT_URL };

	arena_reset(looking->run.scratch);
	return url_meaning(looking->run.scratch, key_native(key), &meaning) &&
	       meaning.kind != URL_NOT_URL;
}

static bool
fits(struct looking *looking, const struct want *want, enum way way)
{
	const bool copies = way == WAY_WAYBACK && !looking->recheck;

	switch (key_platform(want->key)) {
	case PLATFORM_X:
		return way == WAY_EMBED || way == WAY_X || copies;
	case PLATFORM_BSKY:
		return way == WAY_BSKY && is_bsky_post(want->key);
	case PLATFORM_MASTO:
		return way == WAY_MASTO;
	case PLATFORM_PRESS:
		return (way == WAY_PRESS || copies) && is_page(looking, want->key);
	case PLATFORM_NONE:
	case PLATFORM_FEED:
	case PLATFORM_SPOKEN:
	case PLATFORM_SAID:
		break;
	}
	return false;
}

enum rp_status
looking_may_ask(struct looking *looking, const struct sought *sought, enum way way,
                bool *out, struct rp_error *err)
{
	*out = false;
	if (sought->found || sought->held_as.n > 0 || !fits(looking, &sought->want, way))
		return RP_OK;
	if (looking->again || looking->recheck) {
		*out = true;
		return RP_OK;
	}
	return wants_may_ask(looking->run.inv->store, sought->want.key,
	                     rp_slice_str(way_name(way)), looking->run.inv->now, out,
	                     err);
}

/* ---- whose words the config file has ------------------------------------------- */

static bool
is_paused(struct looking *looking, const struct source *source)
{
	struct source_state state;

	arena_reset(looking->run.scratch);
	return looking->run.inv->store != NULL &&
	       store_source_get(looking->run.inv->store, source->name,
	                        looking->run.scratch, &state, NULL) == RP_OK &&
	       state.paused;
}

/* The first that fits, and is not paused. */
static const struct source *
find_like(struct looking *looking, enum way way, struct rp_slice instance)
{
	const struct config *config = looking->run.inv->config;

	for (size_t i = 0; i < config->n_sources; i++) {
		const struct source *source = &config->sources[i];

		if (!rp_slice_eq(source->collector, rp_slice_str(way_name(way))) ||
		    is_paused(looking, source))
			continue;
		if (way == WAY_X && section_text(&source->settings, "token").n == 0)
			continue;
		if (instance.n == 0 ||
		    rp_slice_eq(section_text(&source->settings, "instance"), instance))
			return source;
	}
	return NULL;
}

/* ---- one post's words ----------------------------------------------------------- */

static struct rp_slice
host_of(struct rp_slice url)
{
	url = rp_slice_skip(url, rp_slice_find(url, RP_SLICE("://")) + 3);
	url.n = rp_slice_find_byte(url, '/');
	return url;
}

/* A server of the config file that has a post of that key; empty: none has. */
static struct rp_slice
configured_instance(const struct looking *looking, struct rp_slice key)
{
	const struct config *config = looking->run.inv->config;
	const struct rp_slice native = key_native(key);
	const size_t mark = rp_slice_find_byte(native, '!');
	const struct rp_slice host = rp_slice_from(native.p, mark);

	for (size_t i = 0; i < config->n_sources; i++) {
		const struct source *source = &config->sources[i];
		struct rp_slice url;

		if (!rp_slice_eq(source->collector, RP_SLICE("masto")))
			continue;
		url = section_text(&source->settings, "instance");
		if (mark == native.n ? link_is_below(native, url)
		                     : rp_slice_eq_nocase(host_of(url), host))
			return url;
	}
	return RP_SLICE("");
}

/* "https://h" of "masto:https://h/users/ana/1" and of "masto:h!1". */
static bool
own_instance(struct looking *looking, struct rp_slice key, struct rp_slice *out)
{
	const struct rp_slice native = key_native(key);
	const size_t mark = rp_slice_find_byte(native, '!');
	struct rp_slice host = rp_slice_from(native.p, mark);

	*out = RP_SLICE("");
	if (mark < native.n)
		return rp_slice_find_byte(host, '/') < host.n ||
		       arena_join(looking->run.arena, RP_SLICE("https://"), host, out);
	host = host_of(native);
	if (host.n > 0)
		*out = rp_slice_from(native.p, (size_t)(host.p - native.p) + host.n);
	return true;
}

/*
 * Who is asked: a server of the config file by the number that it has of the post, if it
 * has one; else the author's own.
 */
static enum rp_status
find_instance(struct looking *looking, struct sought *sought, struct rp_slice *out,
              struct rp_error *err)
{
	struct store *store = looking->run.inv->store;
	struct scan scan = { .of = SCAN_ALIASES };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	struct post post = { .id = 0 };
	enum rp_status st;

	*out = configured_instance(looking, sought->want.key);
	if (out->n > 0)
		return RP_OK;
	arena_reset(looking->run.scratch);
	st = store_post_get(store, sought->want.key, looking->run.scratch, &post, err);
	scan.id = post.id;
	if (st == RP_OK)
		st = store_scan(store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		*out = configured_instance(looking, row.key);
		if (out->n > 0)
			return arena_copy(looking->run.arena, row.key, &sought->ask_as)
			               ? RP_OK
			               : rp_fail_memory(err);
	}
	if (st != RP_END && st != RP_NOT_FOUND)
		return st;
	return own_instance(looking, sought->want.key, out) ? RP_OK : rp_fail_memory(err);
}

/* The last part of a uri, or what stands behind the "!". */
static bool
has_id(struct rp_slice key)
{
	struct rp_slice id = key_native(key);

	for (size_t i = id.n; i > 0; i--)
		if (id.p[i - 1] == '/' || id.p[i - 1] == '!') {
			id = rp_slice_skip(id, i);
			break;
		}
	for (size_t i = 0; i < id.n; i++)
		if (!ascii_is_letter(id.p[i]) && !ascii_is_digit(id.p[i]) &&
		    id.p[i] != '-' && id.p[i] != '_')
			return false;
	return id.n > 0 && id.n <= ID_MAX;
}

static struct rp_slice
asked_as(const struct sought *sought)
{
	return sought->ask_as.n > 0 ? sought->ask_as : sought->want.key;
}

/* What an archive of pages knows it by: posts of X by their author. */
static enum rp_status
address_of(struct looking *looking, const struct want *want, struct rp_slice *out,
           struct rp_error *err)
{
	CLEANUP(authors_done) struct authors authors = { 0 };
	struct arena *arena = looking->run.arena;
	size_t at = 0;
	enum rp_status st = RP_OK;

	*out = key_platform(want->key) == PLATFORM_PRESS ? key_native(want->key)
	                                                 : want->key;
	if (key_platform(want->key) != PLATFORM_X || want->author.n == 0)
		return RP_OK;
	st = authors_init(&authors, looking->run.inv->store, NULL, arena, err);
	if (st == RP_OK)
		st = authors_find(&authors, want->author, &at, err);
	if (st == RP_OK && authors.list[at].view.handle.n > 0 &&
	    !key_url(arena, want->key, authors.list[at].view.handle, out))
		return rp_fail_memory(err);
	return st;
}

/* ---- sources -------------------------------------------------------------------- */

static enum rp_status
make_one(struct looking *looking, enum way way, struct rp_slice instance,
         const size_t *who, size_t n, struct made_ways *to, struct rp_error *err)
{
	struct arena *arena = looking->run.arena;
	struct made_way **list =
		arena_room(arena, to->list, to->n, &to->room, sizeof(struct made_way *));
	struct made_way *made = arena_alloc(arena, sizeof(*made));
	struct made_setting *settings = arena_array(arena, n + 4, sizeof(*settings));
	struct made_source source = { .settings = settings, .alike = alike };
	const char *one = way == WAY_PRESS ? "url" : "id";
	size_t k = 1;
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < to->n; i++)
		k += to->list[i]->way == way;
	if (list == NULL || made == NULL || settings == NULL ||
	    !arena_printf(arena, &source.name, "%s:%s", looking->run.kind,
	                  way_name(way)) ||
	    (k > 1 && !arena_printf(arena, &source.name, "%s:%s-%zu", looking->run.kind,
	                            way_name(way), k)))
		return rp_fail_memory(err);
	to->list = list;
	source.collector = rp_slice_str(way_name(way));
	source.like = find_like(looking, way, instance);
	for (size_t i = 0; i < n && st == RP_OK; i++) {
		const struct want *want = &looking->list[who[i]].want;

		settings[i] =
			(struct made_setting){ one, asked_as(&looking->list[who[i]]) };
		if (way == WAY_PRESS || way == WAY_WAYBACK)
			st = address_of(looking, want, &settings[i].value, err);
	}
	if (st != RP_OK)
		return st;
	source.n = n;
	settings[source.n++] = (struct made_setting){ "pages", RP_SLICE("1000000") };
	if (instance.n > 0)
		settings[source.n++] = (struct made_setting){ "instance", instance };
	if (way == WAY_X || way == WAY_EMBED || (way == WAY_MASTO && looking->recheck))
		settings[source.n++] =
			(struct made_setting){ "recheck", RP_SLICE("yes") };
	if (way == WAY_EMBED && looking->recheck)
		settings[source.n++] = (struct made_setting){ "climb", RP_SLICE("0") };
	*made = (struct made_way){ .way = way, .n = n };
	made->who = arena_array(arena, n, sizeof(*who));
	if (made->who == NULL)
		return rp_fail_memory(err);
	memcpy(made->who, who, n * sizeof(*who));
	st = source_make(arena, &source, config_settings, &made->source, err);
	if (st != RP_OK)
		return st;
	if (way == WAY_PRESS && looking->recheck)
		st = looking_write_cursor(looking, made, &looking->list[who[0]].want,
		                          err);
	if (st != RP_OK)
		return st;
	to->list[to->n++] = made;
	for (size_t i = 0; i < n; i++)
		looking->list[who[i]].asked |= WAY(way);
	looking->asked[way] += n;
	return RP_OK;
}

/* How many posts the money is enough for; a month's is the ledger's to watch. */
static size_t
affordable(const struct looking *looking)
{
	const int64_t price = config_price(looking->run.inv->config, "x.post");
	const struct budget *budget = &looking->run.budget;

	if (price == 0 || budget->per != 'r')
		return SIZE_MAX;
	return (size_t)(budget->micro / price);
}

bool
looking_may_buy(struct looking *looking)
{
	return find_like(looking, WAY_X, RP_SLICE("")) != NULL &&
	       looking->run.budget.micro > 0;
}

static enum rp_status
list_those(struct looking *looking, enum way way, size_t *who, size_t *n_out,
           struct rp_error *err)
{
	enum rp_status st = RP_OK;
	size_t n = 0;
	bool may;

	for (size_t i = 0; i < looking->n && st == RP_OK; i++) {
		st = looking_may_ask(looking, &looking->list[i], way, &may, err);
		if (st == RP_OK && may)
			who[n++] = i;
	}
	*n_out = n;
	return st;
}

/* One source a server. */
static enum rp_status
make_masto(struct looking *looking, size_t *who, size_t n, struct made_ways *out,
           struct rp_error *err)
{
	struct arena *arena = looking->run.arena;
	struct rp_slice *instances = arena_array(arena, n, sizeof(*instances));
	size_t *some = arena_array(arena, n, sizeof(*some)), n_some;
	enum rp_status st = RP_OK;

	if (instances == NULL || some == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n && st == RP_OK; i++)
		st = find_instance(looking, &looking->list[who[i]], &instances[i], err);
	for (size_t i = 0; i < n && st == RP_OK; i++) {
		const struct rp_slice instance = instances[i];

		n_some = 0;
		for (size_t k = i; k < n && instance.n > 0; k++) {
			if (!rp_slice_eq(instances[k], instance))
				continue;
			if (has_id(asked_as(&looking->list[who[k]])))
				some[n_some++] = who[k];
			instances[k].n = 0;
		}
		if (n_some == 0)
			continue;
		st = make_one(looking, WAY_MASTO, instance, some, n_some, out, err);
		/* A key that no server can have. */
		if (st == RP_BAD_CONFIG)
			st = RP_OK;
	}
	return st;
}

static enum rp_status
make_way(struct looking *looking, enum way way, struct made_ways *out,
         struct rp_error *err)
{
	size_t *who = arena_array(looking->run.arena, looking->n, sizeof(*who)), n = 0;
	const size_t batch = way == WAY_PRESS ? 1 : BATCH;
	enum rp_status st;

	if (who == NULL)
		return rp_fail_memory(err);
	st = list_those(looking, way, who, &n, err);
	if (st != RP_OK || way == WAY_MASTO)
		return st == RP_OK ? make_masto(looking, who, n, out, err) : st;
	if (way == WAY_X && !looking_may_buy(looking)) {
		looking->withheld =
			find_like(looking, WAY_X, RP_SLICE("")) != NULL ? n : 0;
		n = 0;
	} else if (way == WAY_X && n > affordable(looking)) {
		n = affordable(looking);
	}
	for (size_t at = 0; at < n && st == RP_OK; at += batch) {
		st = make_one(looking, way, RP_SLICE(""), who + at,
		              n - at < batch ? n - at : batch, out, err);
		/* An address with a name and a password, say. */
		if (way == WAY_PRESS && st == RP_BAD_CONFIG)
			st = RP_OK;
	}
	return st;
}

enum rp_status
looking_make(struct looking *looking, unsigned ways, struct made_ways *out,
             struct rp_error *err)
{
	enum rp_status st = RP_OK;

	*out = (struct made_ways){ .n = 0 };
	for (int way = 0; way < WAYS && st == RP_OK; way++)
		if (ways & WAY(way))
			st = make_way(looking, (enum way)way, out, err);
	return st;
}
