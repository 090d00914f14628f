#include "core/collect/x-archive.h"

#include "core/base/url.h"
#include "core/collect/options.h"

enum { NOTES_ARENA = 256 << 20 }; /* what a person writes in a life is a tenth */

#define DELETED "in the owner's list of deleted posts"

static uint32_t
path(const struct json_doc *doc, uint32_t node, const char *a, const char *b)
{
	node = json_get(doc, node, rp_slice_str(a));
	return b != NULL ? json_get(doc, node, rp_slice_str(b)) : node;
}

bool
x_archive_begins(struct rp_slice head)
{
	return rp_slice_starts(head, RP_SLICE("window.")) ||
	       rp_slice_starts(head, RP_SLICE("Grailbird.")) ||
	       rp_slice_starts(head, RP_SLICE("var "));
}

static bool
copy_setting(struct x_archive *archive, const struct input *input, struct rp_slice key,
             struct rp_slice *out)
{
	return arena_copy(archive->arena, options_get(input->options, key), out);
}

enum rp_status
x_archive_init(struct x_archive *archive, const struct input *input, struct rp_slice head,
               struct rp_error *err)
{
	const struct rp_slice start = rp_slice_trim(rp_slice_skip(head, json_bom(head)));

	*archive = (struct x_archive){ .arena = arena_new(NOTES_ARENA) };
	if (archive->arena == NULL ||
	    !copy_setting(archive, input, RP_SLICE("account"), &archive->account) ||
	    !copy_setting(archive, input, RP_SLICE("handle"), &archive->handle) ||
	    !copy_setting(archive, input, RP_SLICE("name"), &archive->name))
		return rp_fail_memory(err);
	archive->is_archive = archive->account.n > 0 || x_archive_begins(start);
	archive->deleted = rp_slice_starts(start, RP_SLICE("window.YTD.deleted_tweet"));
	if (!x_is_word(archive->account))
		archive->account = RP_SLICE("");
	if (input->beside.read == NULL)
		return RP_OK;
	return x_notes_read(archive, &input->beside, err);
}

void
x_archive_done(struct x_archive *archive)
{
	archive->arena = arena_free(archive->arena);
}

/* ---- values that are no posts --------------------------------------------------- */

static void
account_of(struct x_value *value, uint32_t id, uint32_t handle, uint32_t name)
{
	struct rp_slice number, word = x_text(value, handle);

	if (x_id(value, id, "id of an account", &number, NULL) == RP_OK)
		x_account(value, number, x_is_word(word) ? word : RP_SLICE(""),
		          x_text(value, name));
}

/* {"accountId":"1","screenNameChange":{"changedFrom":"a","changedTo":"b",…}} */
static void
screen_name_change(struct x_value *value, uint32_t outer)
{
	const struct json_doc *doc = value->doc;
	const uint32_t change = path(doc, outer, "screenNameChange", NULL);
	const uint32_t id = path(doc, outer, "accountId", NULL);

	account_of(value, id, path(doc, change, "changedFrom", NULL), JSON_NONE);
	account_of(value, id, path(doc, change, "changedTo", NULL), JSON_NONE);
}

static void
read_manifest(struct x_value *value, uint32_t node, uint32_t user)
{
	const struct json_doc *doc = value->doc;
	struct rp_time made =
		x_time(value, path(doc, node, "archiveInfo", "generationDate"));

	value->as_of = made.lo;
	account_of(value, path(doc, user, "accountId", NULL),
	           path(doc, user, "userName", NULL),
	           path(doc, user, "displayName", NULL));
}

/*
 * The id of a post that was there when the archive was made, or that was deleted: of one
 * whose words we may never see.
 */
static bool
read_header(struct x_value *value, uint32_t node, uint32_t header)
{
	const struct json_doc *doc = value->doc;
	struct rp_time deleted = x_time(value, path(doc, header, "deleted_at", NULL));
	struct observation *ghost;
	struct rp_slice id, author;

	if (x_id(value, path(doc, header, "tweet_id", NULL), "tweet_id", &id, NULL) !=
	            RP_OK ||
	    id.n == 0 ||
	    x_id(value, path(doc, header, "user_id", NULL), "user_id", &author, NULL) !=
	            RP_OK ||
	    !x_record(value, node, RECORD_X2_OTHER) ||
	    (ghost = x_add(value->batch, &value->batch->observations, sizeof(*ghost))) ==
	            NULL)
		return false;
	ghost->post.kind = KIND_GHOST;
	ghost->post.key = x_key(value, id);
	ghost->post.author = x_account_key(value, author);
	ghost->post.time = post_x_time(
		ghost->post.key, x_time(value, path(doc, header, "created_at", NULL)));
	ghost->version.printed = RP_TIME_NONE;
	ghost->version.as_of = RP_TIME_UNKNOWN;
	ghost->record = value->batch->records.n - 1;
	ghost->bytes = doc->nodes[node].n;
	if (value->archive->deleted || rp_time_known(deleted)) {
		value->as_of = deleted.lo;
		x_state(value, ghost->post.key, STATE_DELETED, RP_SLICE(DELETED));
	}
	return true;
}

bool
x_archive_value(struct x_value *value, uint32_t node)
{
	const struct json_doc *doc = value->doc;
	uint32_t part;

	if (!json_absent(doc, part = path(doc, node, "tweet", NULL)))
		return json_type(doc, path(doc, part, "tweet_id", NULL)) == JSON_STRING &&
		       json_absent(doc, path(doc, part, "full_text", NULL)) &&
		       read_header(value, node, part);
	if (!json_absent(doc, path(doc, node, "noteTweet", NULL)))
		return x_record(value, node, RECORD_X2_OTHER);
	if (!json_absent(doc, part = path(doc, node, "account", NULL))) {
		account_of(value, path(doc, part, "accountId", NULL),
		           path(doc, part, "username", NULL),
		           path(doc, part, "accountDisplayName", NULL));
		return true;
	}
	if (!json_absent(doc, part = path(doc, node, "screenNameChange", NULL))) {
		screen_name_change(value, part);
		return true;
	}
	if (!json_absent(doc, part = path(doc, node, "userInfo", NULL))) {
		read_manifest(value, node, part);
		return true;
	}
	if (!json_absent(doc, path(doc, node, "full_name", NULL)) &&
	    !json_absent(doc, path(doc, node, "screen_name", NULL))) {
		account_of(value, path(doc, node, "id", NULL),
		           path(doc, node, "screen_name", NULL),
		           path(doc, node, "full_name", NULL));
		return true;
	}
	return false;
}

/* ---- posts ---------------------------------------------------------------------- */

void
x_archive_author(struct x_value *value, struct x_post *post)
{
	if (!value->archive->is_archive || post->author.n > 0)
		return;
	post->author = value->archive->account;
	value->batch->owned = true;
}

void
x_archive_owner(struct x_batch *batch, const struct x_archive *archive)
{
	struct account *account;

	if (!batch->owned || archive->account.n == 0 ||
	    (account = x_add(batch, &batch->accounts, sizeof(*account))) == NULL)
		return;
	if (!arena_join(batch->arena, RP_SLICE("x:@"), archive->account, &account->key)) {
		batch->accounts.n--;
		return;
	}
	account->handle = x_is_word(archive->handle) ? archive->handle : RP_SLICE("");
	account->name = archive->name;
	account->first = account->last = batch->latest;
}

void
x_archive_state(struct x_value *value, const struct x_post *post, uint32_t deleted_at)
{
	const int64_t as_of = value->as_of;

	/* Of a post inside of it nothing is said. */
	if (!value->archive->deleted || post->node != value->record)
		return;
	value->as_of = x_time(value, deleted_at).lo;
	x_state(value, x_key(value, post->id), STATE_DELETED, RP_SLICE(DELETED));
	value->as_of = as_of;
}

/* The media are somebody's whom the text names: then his post is the one passed on. */
static struct rp_slice
source_of_media(struct x_value *value, uint32_t extended, struct rp_slice author)
{
	const struct json_doc *doc = value->doc;
	struct json_each each = json_each(doc, path(doc, extended, "media", NULL));
	struct rp_slice found = RP_SLICE(""), id, user;

	while (json_next(&each)) {
		if (x_twin_id(value, path(doc, each.value, "source_status_id_str", NULL),
		              path(doc, each.value, "source_status_id", NULL),
		              "source_status_id", &id, NULL) != RP_OK ||
		    x_twin_id(value, path(doc, each.value, "source_user_id_str", NULL),
		              path(doc, each.value, "source_user_id", NULL),
		              "source_user_id", &user, NULL) != RP_OK ||
		    !rp_slice_eq(user, author) ||
		    (found.n > 0 && !rp_slice_eq(found, id)))
			return RP_SLICE("");
		found = id;
	}
	return found;
}

/* The mention behind "RT ", if it is one of this handle; its id. */
static bool
mention_at_3(struct x_value *value, uint32_t entities, struct rp_slice handle,
             struct rp_slice *id_out)
{
	const struct json_doc *doc = value->doc;
	struct json_each each =
		json_each(doc, path(doc, entities, "user_mentions", NULL));
	int64_t start;

	while (json_next(&each)) {
		const uint32_t indices = path(doc, each.value, "indices", NULL);

		if (json_type(doc, indices) != JSON_ARRAY ||
		    !json_int64(doc, indices + 1, &start) || start != 3 ||
		    !rp_slice_eq_nocase(
			    x_text(value, path(doc, each.value, "screen_name", NULL)),
			    handle))
			continue;
		return x_twin_id(value, path(doc, each.value, "id_str", NULL),
		                 path(doc, each.value, "id", NULL), "id of a mention",
		                 id_out, NULL) == RP_OK;
	}
	return false;
}

/*
 * "RT @name: …" with that name as its first mention.  What was typed so by hand, before
 * 2009 and after, looks the same.
 */
static bool
read_repost(struct x_value *value, struct x_post *post, uint32_t extended,
            struct rp_slice text)
{
	struct rp_slice handle = rp_slice_skip(text, 4), author = RP_SLICE("");
	size_t colon = rp_slice_find(handle, RP_SLICE(": "));

	if (!rp_slice_starts(text, RP_SLICE("RT @")) || colon == handle.n)
		return false;
	handle.n = colon;
	if (!x_is_word(handle) || !mention_at_3(value, post->entities, handle, &author))
		return false;
	post->kind = KIND_REPOST;
	if (author.n > 0)
		x_refer(post, EDGE_REPOST, source_of_media(value, extended, author),
		        x_account_key(value, author));
	return true;
}

/* Quoting began on 6 April 2015; before, the address of a post was an address. */
#define QUOTES_SINCE (INT64_C(1428278400) * RP_SECOND)

static struct rp_slice
without_end(struct rp_slice text, struct rp_slice end)
{
	text = rp_slice_trim(text);
	if (end.n > 0 && rp_slice_ends(text, end))
		text.n -= end.n;
	return rp_slice_trim(text);
}

/* The text's last word, but for the links to its own media, is the address of a post. */
static void
read_quote(struct x_value *value, struct x_post *post, uint32_t extended,
           struct rp_slice text)
{
	const struct json_doc *doc = value->doc;
	struct json_each each = json_each(doc, path(doc, extended, "media", NULL));
	struct url_meaning meaning;
	struct rp_slice link;

	while (json_next(&each))
		text = without_end(text,
		                   x_text(value, path(doc, each.value, "url", NULL)));
	each = json_each(doc, path(doc, post->entities, "urls", NULL));
	while (json_next(&each)) {
		link = x_text(value, path(doc, each.value, "url", NULL));
		if (link.n == 0 || !rp_slice_ends(rp_slice_trim(text), link))
			continue;
		link = x_text(value, path(doc, each.value, "expanded_url", NULL));
		if (!url_meaning(value->batch->arena, link, &meaning)) {
			value->batch->full = true;
			return;
		}
		if (meaning.kind != URL_POST ||
		    rp_slice_eq(key_native(meaning.key), post->id) ||
		    !rp_slice_starts(meaning.key, RP_SLICE("x:")))
			continue;
		x_refer(post, EDGE_QUOTE, key_native(meaning.key), meaning.author);
		return;
	}
}

void
x_archive_references(struct x_value *value, struct x_post *post, uint32_t extended,
                     bool reply)
{
	struct rp_slice text = x_text(value, post->text);
	struct rp_time time;
	const size_t before = post->n_references;

	if (!value->archive->is_archive)
		return;
	if (json_absent(value->doc, extended))
		extended = post->entities;
	if (reply || !read_repost(value, post, extended, text)) {
		time = post_x_time(x_key(value, post->id), post->printed);
		if (rp_time_known(time) && time.lo >= QUOTES_SINCE)
			read_quote(value, post, extended, text);
	}
	for (size_t i = before; i < post->n_references; i++)
		post->references[i].derived = true;
}
