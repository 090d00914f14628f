/*
 * What a source of Mastodon is told to follow, and who is meant by a name.
 */
#include "core/collect/fetch-masto.h"

#include "core/base/ascii.h"
#include "core/base/url.h"

#include <inttypes.h>

/* clang-format off */
const struct setting_row masto_settings[] = {
	{ "instance", SETTING_URL, .needed = true,
	  .help = "address of the server that is asked, as https://mastodon.social" },
	{ "account", SETTING_TEXT, .several = true,
	  .help = "user or user@host whose posts are followed, as this instance has them" },
	{ "thread", SETTING_TEXT, .several = true,
	  .help = "address, at this instance, of a post whose thread is read in every run" },
	{ "tag", SETTING_TEXT, .several = true, .help = "hashtag that is followed" },
	{ "id", SETTING_TEXT, .several = true,
	  .help = "a single post, by its address at this instance, and what it answers" },
	{ "recheck", SETTING_YES, .otherwise = "no",
	  .help = "ask for posts of `id` alone, not for what they answer" },
	{ "history", SETTING_YES, .otherwise = "yes",
	  .help = "ask what edited posts said before" },
	{ "replies", SETTING_YES, .otherwise = "yes",
	  .help = "read the answers to posts of followed accounts, for a week" },
	{ "roots", SETTING_YES, .otherwise = "yes",
	  .help = "ask for posts that followed ones answer and that are missing" },
	{ "since", SETTING_TIME,
	  .help = "how far back the first run goes; default: to the first post" },
	{ NULL, SETTING_TEXT, .help = NULL },
};
/* clang-format on */

/* What is new first, then what is old. */
static void
add_list(struct fetcher *f, struct rp_slice list, struct rp_slice subject)
{
	if (f->roots && subject.n > 0)
		(void)jobs_insert(&f->jobs, true, JOB_MISSING, subject, RP_SLICE(""));
	(void)jobs_insert(&f->jobs, true, JOB_BACK, list, subject);
	(void)jobs_insert(&f->jobs, true, JOB_FORWARD, list, subject);
}

/* ---- an account ------------------------------------------------------------- */

/* Its actor's address, where the server tells it; else it is known by its name alone. */
static struct rp_slice
account_key(struct fetcher *f, struct rp_slice acct)
{
	struct rp_slice uri = api_word(&f->api, JSON_ROOT, "uri"), key = RP_SLICE("");
	const bool local = rp_slice_find_byte(acct, '@') == acct.n;
	bool made;

	if (uri.n > 0)
		made = key_make_account(f->api.arena, PLATFORM_MASTO, uri, &key);
	else
		made = arena_printf(f->api.arena, &uri, "%.*s%s%.*s", (int)acct.n, acct.p,
		                    local ? "@" : "", local ? (int)f->host.n : 0,
		                    f->host.p) &&
		       key_make_handle(f->api.arena, PLATFORM_MASTO, uri, &key);
	return made && key_valid(key) ? key : RP_SLICE("");
}

void
masto_take_lookup(struct fetcher *f, struct fetch_job *job, enum api_reply reply,
                  const struct fetch_answer *answer, struct fetch_taken *taken)
{
	struct rp_slice id = api_word(&f->api, JSON_ROOT, "id"), key, list, value;

	if (reply == API_REFUSED) {
		masto_give_up(f, "%.*s does not know the account %.*s (status %d)",
		              RP_FMT(f->host), RP_FMT(job->subject), answer->status);
		return;
	}
	if (!masto_is_id(id)) {
		taken->then = FETCH_AGAIN;
		return;
	}
	masto_keep(taken);
	key = account_key(f, job->subject);
	if (arena_printf(f->api.arena, &value, "%" PRId64 " %.*s %.*s", answer->at,
	                 (int)id.n, id.p, (int)key.n, key.p))
		notes_set(&f->notes, "account", job->subject, value);
	if (arena_join(f->api.arena, RP_SLICE("account:"), id, &list))
		add_list(f, list, key);
	masto_drop(f);
}

/* Known since less than a day? */
static bool
add_known(struct fetcher *f, struct rp_slice acct)
{
	struct rp_slice value = notes_get(&f->notes, "account", acct), id, list;
	const int64_t asked = note_number(&value, RP_TIME_UNKNOWN);

	id = note_word(&value);
	if (asked == RP_TIME_UNKNOWN || asked > f->now || f->now - asked >= RP_DAY ||
	    !masto_is_id(id) || !key_is_account(value) || !key_valid(value) ||
	    !arena_join(f->arena, RP_SLICE("account:"), id, &list))
		return false;
	(void)jobs_add(&f->jobs, JOB_FORWARD, list, value);
	(void)jobs_add(&f->jobs, JOB_BACK, list, value);
	if (f->roots)
		(void)jobs_add(&f->jobs, JOB_MISSING, value, RP_SLICE(""));
	return true;
}

/* ---- settings --------------------------------------------------------------- */

static enum rp_status
add_accounts(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice who;

	while ((setting = section_next(section, "account", setting)) != NULL) {
		who = setting->value;
		if (rp_slice_starts(who, RP_SLICE("@")))
			who = rp_slice_skip(who, 1);
		for (size_t i = 0; i < who.n; i++)
			if ((unsigned char)who.p[i] <= ' ' || who.p[i] == '/')
				return rp_fail(err, RP_BAD_CONFIG,
				               "account: \"%.*s\" is no name; write user "
				               "or user@host",
				               RP_FMT(setting->value));
		if (!add_known(f, who))
			(void)jobs_add(&f->jobs, JOB_LOOKUP, who, RP_SLICE(""));
	}
	return RP_OK;
}

/* The id that this instance has of a post: of its page here, or of its uri, if it was
 * written here. */
static struct rp_slice
read_id(struct fetcher *f, struct rp_slice value)
{
	struct url_meaning meaning = { .kind = URL_OTHER };
	struct rp_slice native = key_native(value), id = RP_SLICE("");

	if (key_platform(value) != PLATFORM_MASTO) {
		if (!url_meaning(f->arena, value, &meaning) || meaning.kind != URL_POST ||
		    key_platform(meaning.key) != PLATFORM_MASTO)
			return id;
		native = key_native(meaning.key);
	}
	if (rp_slice_starts(native, f->host) && native.n > f->host.n &&
	    native.p[f->host.n] == '!')
		return rp_slice_skip(native, f->host.n + 1);
	if (link_is_below(native, f->instance))
		while (native.n > 0)
			id = rp_slice_cut(&native, '/');
	return id;
}

static enum rp_status
add_threads(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice id;

	while ((setting = section_next(section, "thread", setting)) != NULL) {
		id = setting->value;
		if (!masto_is_id(id))
			id = read_id(f, setting->value);
		if (!masto_is_id(id))
			return rp_fail(err, RP_BAD_CONFIG,
			               "thread: \"%.*s\" is no post of %.*s: write the "
			               "address it has there",
			               RP_FMT(setting->value), RP_FMT(f->host));
		(void)jobs_add(&f->jobs, JOB_STATUS, id, RP_SLICE(""));
	}
	return RP_OK;
}

static enum rp_status
add_ids(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const bool alone = section_number(section, "recheck", 0) != 0;
	const struct setting *setting = NULL;
	struct rp_slice id;

	while ((setting = section_next(section, "id", setting)) != NULL) {
		id = setting->value;
		if (!masto_is_id(id))
			id = read_id(f, setting->value);
		if (!masto_is_id(id))
			return rp_fail(err, RP_BAD_CONFIG,
			               "id: \"%.*s\" is no post of %.*s",
			               RP_FMT(setting->value), RP_FMT(f->host));
		if (masto_is_new(f, "parent ", id))
			(void)jobs_add(&f->jobs, JOB_PARENT, id,
			               alone ? RP_SLICE("alone") : RP_SLICE(""));
	}
	return RP_OK;
}

static enum rp_status
add_tags(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	const struct setting *setting = NULL;
	struct rp_slice tag;

	while ((setting = section_next(section, "tag", setting)) != NULL) {
		tag = setting->value;
		if (rp_slice_starts(tag, RP_SLICE("#")))
			tag = rp_slice_skip(tag, 1);
		buf_clear(&f->url);
		buf_add_str(&f->url, "tag:");
		url_escape(&f->url, tag, "");
		if (tag.n == 0 || buf_failed(&f->url) || f->url.n > NOTE_MAX_BYTES / 4)
			return rp_fail(err, RP_BAD_CONFIG, "tag: \"%.*s\" is none",
			               RP_FMT(setting->value));
		(void)jobs_add(&f->jobs, JOB_FORWARD, buf_slice(&f->url),
		               buf_slice(&f->url));
		(void)jobs_add(&f->jobs, JOB_BACK, buf_slice(&f->url),
		               buf_slice(&f->url));
	}
	return RP_OK;
}

/* "https://Host:443" without its scheme, in lower case. */
static enum rp_status
read_instance(struct fetcher *f, const struct section *section, struct rp_error *err)
{
	struct rp_slice url = section_text(section, "instance"), host;
	char *lower;

	if (!url_is_root(url))
		return rp_fail(err, RP_BAD_CONFIG,
		               "instance: \"%.*s\" is no address of a server",
		               RP_FMT(url));
	f->instance = url;
	host = rp_slice_skip(url, rp_slice_find(url, RP_SLICE("://")) + 3);
	host.n = rp_slice_find_byte(host, '/');
	lower = arena_alloc(f->arena, host.n);
	if (lower == NULL)
		return rp_fail_memory(err);
	f->host = ascii_lower_into(lower, host);
	return RP_OK;
}

enum rp_status
masto_read_settings(struct fetcher *f, const struct section *section,
                    struct rp_error *err)
{
	enum rp_status st = read_instance(f, section, err);

	f->since = section_number(section, "since", RP_TIME_UNKNOWN);
	f->history = section_number(section, "history", 1) != 0;
	f->replies = section_number(section, "replies", 1) != 0;
	f->roots = section_number(section, "roots", 1) != 0;
	f->authorised = section_text(section, "token").n > 0;
	if (st == RP_OK)
		st = add_accounts(f, section, err);
	if (st == RP_OK)
		st = add_threads(f, section, err);
	if (st == RP_OK)
		st = add_tags(f, section, err);
	if (st == RP_OK)
		st = add_ids(f, section, err);
	if (st == RP_OK && f->jobs.head == NULL)
		return rp_fail(err, RP_BAD_CONFIG,
		               "masto: tell what to follow: account, thread, tag or id");
	if (st == RP_OK && f->replies)
		(void)jobs_add(&f->jobs, JOB_ROOTS, RP_SLICE("all"), RP_SLICE(""));
	if (st == RP_OK && f->history)
		(void)jobs_add(&f->jobs, JOB_EDITED, RP_SLICE("all"), RP_SLICE(""));
	return st;
}
