/*
 * What stands on a page of a list of Mastodon's, and how far down it reaches.
 */
#include "core/collect/fetch-masto.h"

enum { DIGITS_OF_TIME = 17 };

struct rp_slice
masto_owner(struct rp_slice list)
{
	const struct rp_slice account = RP_LIT("account:");

	return rp_slice_starts(list, account) ? rp_slice_skip(list, account.n)
	                                      : RP_SLICE("");
}

bool
masto_is_number(struct rp_slice id)
{
	uint64_t ignored;

	return rp_slice_u64(id, &ignored);
}

int
masto_cmp_ids(struct rp_slice a, struct rp_slice b)
{
	return a.n != b.n ? (a.n > b.n) - (a.n < b.n) : rp_slice_cmp(a, b);
}

/* By its time, if Mastodon made it. */
static bool
is_of_the_future(struct rp_slice id, int64_t at)
{
	uint64_t number;

	return rp_slice_u64(id, &number) && id.n >= DIGITS_OF_TIME &&
	       (int64_t)(number >> 16) > (at + RP_DAY) / 1000;
}

/* Pixelfed counts from another beginning: most ids are of the future, of posts that are
 * not. */
static bool
counts_otherwise(struct fetcher *f, int64_t at)
{
	struct json_each each = json_each(&f->api.doc, JSON_ROOT);
	size_t n = 0, otherwise = 0;
	int64_t made;

	for (; json_next(&each); n++) {
		made = api_time(&f->api, each.value, "created_at");
		otherwise += made != RP_TIME_UNKNOWN && made <= at &&
		             is_of_the_future(api_word(&f->api, each.value, "id"), at);
	}
	return otherwise > n / 2;
}

/* Ids made of a time say when the next ones are from, whatever date their posts have;
 * of others, no page is known to be in order but as a whole. */
static int64_t
edge_of(const struct masto_page *seen, int64_t last_made, int64_t now)
{
	uint64_t number;
	int64_t at;

	if (!rp_slice_u64(seen->last, &number) || seen->last.n < DIGITS_OF_TIME)
		return seen->newest_at;
	at = (int64_t)(number >> 16) * 1000;
	/* Others count otherwise, from other beginnings: theirs are none of the past. */
	return at <= now && last_made - at < RP_DAY ? at : seen->newest_at;
}

void
masto_look_at_page(struct fetcher *f, struct rp_slice list, struct rp_slice top,
                   int64_t at, struct masto_page *seen)
{
	struct json_each each = json_each(&f->api.doc, JSON_ROOT);
	struct rp_slice id;
	int64_t made, last_made = RP_TIME_UNKNOWN;
	const bool otherwise = counts_otherwise(f, at);
	bool is_top, is_older, believable;

	*seen = (struct masto_page){ .newest_at = RP_TIME_UNKNOWN };
	while (json_next(&each)) {
		id = api_word(&f->api, each.value, "id");
		if (!masto_is_id(id))
			continue;
		made = api_time(&f->api, each.value, "created_at");
		if (seen->n++ == 0)
			seen->first = id;
		if (seen->last.n == 0 || !masto_is_number(id) ||
		    !masto_is_number(seen->last) || masto_cmp_ids(id, seen->last) < 0) {
			seen->last = id;
			last_made = made;
		}
		is_top = rp_slice_eq(id, top);
		if (masto_is_number(id) && masto_is_number(top))
			is_older = masto_cmp_ids(id, top) < 0;
		else
			is_older = seen->known && !is_top;
		seen->older = seen->older || is_older;
		seen->known = seen->known || is_older || is_top;
		/* One of next year would make us wait until then for anything newer. */
		believable = !is_of_the_future(id, at) ||
		             (otherwise && made != RP_TIME_UNKNOWN && made <= at);
		if (believable &&
		    (seen->newest.n == 0 ||
		     (masto_is_number(id) && masto_cmp_ids(id, seen->newest) > 0)))
			seen->newest = id;
		if (made != RP_TIME_UNKNOWN && made <= at && made > seen->newest_at)
			seen->newest_at = made;
		if (is_top || is_older)
			continue; /* noted when it was new */
		seen->fresh = true;
		masto_note_status(f, each.value, masto_owner(list));
	}
	seen->edge = last_made != RP_TIME_UNKNOWN ? edge_of(seen, last_made, at)
	                                          : seen->newest_at;
}
