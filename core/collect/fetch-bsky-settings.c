/*
 * What a source of Bluesky is told to follow, and who is meant by a handle.
 */
#include "core/collect/fetch-bsky.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

/* A handle is believed for so long. */
static const int64_t handle_age = RP_DAY;

/* clang-format off */
const struct setting_row bsky_settings[] = {
	{ "account", SETTING_TEXT, .several = true,
	  .help = "handle or DID of an account whose posts are followed" },
	{ "thread", SETTING_TEXT, .several = true,
	  .help = "address or key of a post whose whole thread is read in every run" },
	{ "quotes", SETTING_TEXT, .several = true,
	  .help = "address or key of a post whose quotes are followed" },
	{ "id", SETTING_TEXT, .several = true,
	  .help = "a single post, by its key" },
	{ "query", SETTING_TEXT, .several = true,
	  .help = "words of a search; most servers refuse it without a login" },
	{ "records", SETTING_YES, .otherwise = "no",
	  .help = "list the records of the accounts' own servers, too" },
	{ "roots", SETTING_YES, .otherwise = "yes",
	  .help = "ask for posts that followed ones answer or quote and that are missing" },
	{ "since", SETTING_TIME,
	  .help = "how far back the first run goes; default: to the first post" },
	{ "sweep", SETTING_DURATION, .otherwise = "7d", .low = RP_HOUR, .high = 366 * RP_DAY,
	  .help = "how often everything is read again, for posts with a date of the past" },
	{ "plc", SETTING_URL, .otherwise = "https://plc.directory",
	  .help = "directory of DIDs" },
	{ NULL, SETTING_TEXT, .help = NULL },
};
/* clang-format on */

/* ---- who is followed -------------------------------------------------------- */

static void
add_account(struct fetcher *f, struct rp_slice did)
{
	struct rp_slice list;

	if (arena_join(f->arena, RP_SLICE("feed:"), did, &list))
		(void)jobs_add(&f->jobs, JOB_LIST, list, RP_SLICE(""));
	if (f->records) {
		(void)jobs_add(&f->jobs, JOB_RECORDS, did,
		               RP_SLICE("app.bsky.feed.post"));
		(void)jobs_add(&f->jobs, JOB_RECORDS, did,
		               RP_SLICE("app.bsky.feed.repost"));
	}
	if (f->roots)
		(void)jobs_add(&f->jobs, JOB_MISSING, bsky_did_key(f->arena, did),
		               RP_SLICE(""));
}

static void
add_quotes(struct fetcher *f, struct rp_slice did, struct rp_slice rkey)
{
	struct rp_slice list;

	if (arena_printf(f->arena, &list, "quotes:at://%.*s/app.bsky.feed.post/%.*s",
	                 (int)did.n, did.p, (int)rkey.n, rkey.p))
		(void)jobs_add(&f->jobs, JOB_LIST, list, RP_SLICE(""));
}

/* A handle's DID is known; more: see JOB_RESOLVE. */
static void
add_resolved(struct fetcher *f, struct rp_slice did, struct rp_slice more)
{
	if (rp_slice_starts(more, RP_SLICE("quotes/")))
		add_quotes(f, did, rp_slice_skip(more, 7));
	else
		add_account(f, did);
}

/* The DID of a handle, when that was asked for lately. */
static struct rp_slice
known_did(struct fetcher *f, struct rp_slice handle, int64_t *asked)
{
	struct rp_slice value = notes_get(&f->notes, "did", handle);

	*asked = note_number(&value, RP_TIME_UNKNOWN);
	return at_did_valid(value) ? value : RP_SLICE("");
}

static bool
is_recent(int64_t then, int64_t age, int64_t now)
{
	return then != RP_TIME_UNKNOWN && then <= now && now - then < age;
}

static void
add_who(struct fetcher *f, struct rp_slice who, struct rp_slice more)
{
	int64_t asked;
	struct rp_slice did = known_did(f, who, &asked);

	if (at_did_valid(who))
		add_resolved(f, who, more);
	else if (did.n > 0 && is_recent(asked, handle_age, f->now))
		add_resolved(f, did, more);
	else
		(void)jobs_add(&f->jobs, JOB_RESOLVE, who, more);
}

/* ---- a handle --------------------------------------------------------------- */

/*
 * A name may pass to somebody else: then the account is followed that was followed
 * before, and the user is told.
 */
void
bsky_take_resolve(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                  const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice did = api_word(&f->api, JSON_ROOT, "did"), known, value;
	int64_t asked;

	known = known_did(f, job->subject, &asked);
	if (known.n > 0 && !arena_copy(f->arena, known, &known))
		known = RP_SLICE("");
	/* That there is none is said with 400. */
	if ((reply == API_OK && !at_did_valid(did)) ||
	    (reply != API_OK && answer->status != 400)) {
		taken->then = FETCH_AGAIN;
		return;
	}
	if (reply == API_OK && (known.n == 0 || rp_slice_eq(known, did))) {
		known = did;
	} else if (known.n > 0) {
		if (!arena_printf(f->api.arena, &taken->remark,
		                  "the handle %.*s is no longer that of %.*s, which is "
		                  "still followed",
		                  RP_FMT(job->subject), RP_FMT(known)))
			taken->remark = RP_SLICE("a handle is no longer whose it was");
	} else {
		bsky_give_up(f, "there is no account %.*s%.*s", RP_FMT(job->subject),
		             RP_FMT(api_says(&f->api, "message")));
		return;
	}
	if (arena_printf(f->api.arena, &value, "%lld %.*s", (long long)answer->at,
	                 (int)known.n, known.p))
		notes_set(&f->notes, "did", job->subject, value);
	add_resolved(f, known, job->more);
	bsky_drop(f);
}

/* ---- settings --------------------------------------------------------------- */

static enum rp_status
add_accounts(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice who, lower;
	char *room;

	while ((setting = section_next(section, "account", setting)) != NULL) {
		who = setting->value;
		if (rp_slice_starts(who, RP_SLICE("@")))
			who = rp_slice_skip(who, 1);
		if (!at_did_valid(who) && !at_handle_valid(who))
			return rp_fail(err, RP_BAD_CONFIG,
			               "account: \"%.*s\" is neither a handle nor a DID",
			               RP_FMT(setting->value));
		room = arena_alloc(f->arena, who.n);
		if (room == NULL)
			return rp_fail_memory(err);
		lower = at_did_valid(who) ? who : ascii_lower_into(room, who);
		add_who(f, lower, RP_SLICE("account"));
	}
	return RP_OK;
}

/* The address of a post in any of its forms. */
static enum rp_status
read_post(struct fetcher *f, const struct setting *setting, struct rp_slice *uri_out,
          struct rp_error *err)
{
	struct url_meaning meaning = { .kind = URL_OTHER };
	struct rp_slice key = setting->value;

	if (key_platform(key) != PLATFORM_BSKY) {
		if (!url_meaning(f->arena, setting->value, &meaning))
			return rp_fail_memory(err);
		key = meaning.kind == URL_POST ? meaning.key : RP_SLICE("");
	}
	*uri_out = bsky_key_uri(f->arena, key);
	if (uri_out->n == 0)
		return rp_fail(err, RP_BAD_CONFIG,
		               "%s: \"%.*s\" is no address of a post of Bluesky",
		               setting->row->name, RP_FMT(setting->value));
	return RP_OK;
}

static enum rp_status
add_posts(struct fetcher *f, const struct section *section, const char *name,
          struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice uri, more;
	struct at_uri at;
	enum rp_status st;

	while ((setting = section_next(section, name, setting)) != NULL) {
		st = read_post(f, setting, &uri, err);
		if (st != RP_OK)
			return st;
		(void)at_uri_read(uri, &at);
		if (strcmp(name, "thread") == 0)
			(void)jobs_add(&f->jobs, JOB_THREAD, uri, RP_SLICE(""));
		else if (arena_join(f->arena, RP_SLICE("quotes/"), at.rkey, &more))
			add_who(f, at.authority, more);
	}
	return RP_OK;
}

static enum rp_status
add_queries(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;

	while ((setting = section_next(section, "query", setting)) != NULL) {
		buf_clear(&f->url);
		buf_add_str(&f->url, "query:");
		url_escape(&f->url, setting->value, "");
		if (buf_failed(&f->url) || f->url.n > NOTE_MAX_BYTES / 2)
			return rp_fail(err, RP_BAD_CONFIG, "query: too long");
		(void)jobs_add(&f->jobs, JOB_LIST, buf_slice(&f->url), RP_SLICE(""));
	}
	return RP_OK;
}

enum rp_status
bsky_read_settings(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	enum rp_status st;

	f->base = section_text(section, "base");
	if (f->base.n == 0)
		f->base = RP_SLICE("https://public.api.bsky.app");
	f->plc = section_text(section, "plc");
	if (f->plc.n == 0)
		f->plc = RP_SLICE("https://plc.directory");
	f->since = section_number(section, "since", RP_TIME_UNKNOWN);
	f->sweep = section_number(section, "sweep", 7 * RP_DAY);
	f->authorised = section_text(section, "token").n > 0;
	f->records = section_number(section, "records", 0) != 0;
	f->roots = section_number(section, "roots", 1) != 0;
	st = add_accounts(f, section, err);
	if (st == RP_OK)
		st = add_posts(f, section, "thread", err);
	if (st == RP_OK)
		st = add_posts(f, section, "quotes", err);
	if (st == RP_OK)
		st = add_queries(f, section, err);
	if (st == RP_OK)
		st = bsky_add_posts(f, section, err);
	if (st == RP_OK && f->jobs.head == NULL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "bsky: tell what to follow: account, thread, quotes, "
		               "query or id");
	return st;
}
