/*
 * What answers without posts say of posts and accounts.
 *
 * Of the post in the message, or of the one that was asked for (the setting "asked"):
 *
 *	RecordNotFound                     deleted: its author's own server said so
 *	NotFound                           unavailable: a server does not show it
 *
 * Of the account that was asked for, or whose status it is:
 *
 *	RepoTakendown, RepoSuspended       suspended; "takendown", "suspended"
 *	RepoDeactivated, RepoNotFound      unavailable; "deactivated"
 *	"deleted"                          deleted
 *	"active": true                     there
 *	"Profile not found"                unavailable
 *
 * RepoNotFound is no deletion: accounts move to other servers.  All other errors are the
 * server's or ours, and say nothing.
 */
#include "core/collect/bsky.h"

struct word_state {
	const char *word;
	enum post_state state;
};

/* The state that a word stands for; STATE_LIVE: none. */
static enum post_state
find_state(const struct word_state *list, struct rp_slice word)
{
	for (; list->word != NULL; list++)
		if (rp_slice_eq(word, rp_slice_str(list->word)))
			return list->state;
	return STATE_LIVE;
}

/* clang-format off */
static const struct word_state of_post[] = {
	{ "RecordNotFound", STATE_DELETED },
	{ "NotFound",       STATE_UNAVAILABLE },
	{ NULL,             STATE_LIVE },
};

static const struct word_state of_account[] = {
	{ "RepoTakendown",     STATE_SUSPENDED },
	{ "RepoSuspended",     STATE_SUSPENDED },
	{ "AccountTakedown",   STATE_SUSPENDED },
	{ "RepoDeactivated",   STATE_UNAVAILABLE },
	{ "RepoNotFound",      STATE_UNAVAILABLE },
	{ "Profile not found", STATE_UNAVAILABLE },
	{ NULL,                STATE_LIVE },
};

static const struct word_state of_status[] = {
	{ "takendown",   STATE_SUSPENDED },
	{ "suspended",   STATE_SUSPENDED },
	{ "deactivated", STATE_UNAVAILABLE },
	{ "deleted",     STATE_DELETED },
	{ NULL,          STATE_LIVE },
};
/* clang-format on */

/* The first at-uri in a sentence. */
static struct rp_slice
find_uri(struct rp_slice text)
{
	size_t n = 0;

	text = rp_slice_skip(text, rp_slice_find(text, RP_SLICE("at://")));
	while (n < text.n && (unsigned char)text.p[n] > ' ')
		n++;
	return rp_slice_from(text.p, n);
}

bool
bsky_error(struct bsky *bsky, const uint32_t *at)
{
	struct value *value = bsky->value;
	struct rp_slice error = value_text(value, at[BSKY_ERROR]);
	struct rp_slice message = value_text(value, at[BSKY_MESSAGE]);
	struct rp_slice key = bsky->asked, words = message.n > 0 ? message : error;
	enum post_state state;
	struct at_uri uri;

	if (key_platform(key) != PLATFORM_BSKY) {
		if (!at_uri_read(find_uri(message), &uri))
			return false;
		key = bsky_key(bsky, &uri);
	}
	state = find_state(key_is_account(key) ? of_account : of_post, error);
	if (state == STATE_LIVE && key_is_account(key))
		state = find_state(of_account, message);
	if (state != STATE_LIVE)
		value_state(value, key, state, RP_TIME_UNKNOWN, words);
	return key.n > 0;
}

bool
bsky_repo_status(struct bsky *bsky, const uint32_t *at)
{
	struct value *value = bsky->value;
	struct rp_slice did = value_word(value, at[BSKY_DID]);
	struct rp_slice status = value_word(value, at[BSKY_STATUS]);
	enum post_state state = find_state(of_status, status);
	bool active = false;

	if (!at_did_valid(did) || !json_bool(value->doc, at[BSKY_ACTIVE], &active))
		return false;
	if (active)
		state = STATE_LIVE;
	if (active || state != STATE_LIVE)
		value_state(value, value_account_key(value, PLATFORM_BSKY, did), state,
		            RP_TIME_UNKNOWN, active ? RP_SLICE("active") : status);
	return true;
}
