#include "core/collect/press-place.h"

enum { LEAD_MAX = 3, TAIL_MAX = 8 };

enum rank { RANK_PLACE = 1, RANK_STAGE, RANK_MEDIA = PRESS_RANK_MEDIA, RANK_PLATFORM };

static const struct {
	const char *name;
	enum platform platform;
} platforms[] = {
	{ "x", PLATFORM_X },          { "twitter", PLATFORM_X },
	{ "bluesky", PLATFORM_BSKY }, { "mastodon", PLATFORM_MASTO },
	{ "@x", PLATFORM_X },         { "ex-twitter", PLATFORM_X },
};

static const struct press_token *
token(const struct press_sayer *s, size_t i)
{
	return press_token(s->text, i);
}

static bool
readable(const struct press_sayer *s, size_t i)
{
	const struct press_token *t = token(s, i);

	return t->sign == SIGN_WORD &&
	       (s->inside || t->span == PRESS_NO_SPAN || !s->kept[t->span]);
}

static enum platform
platform_of(const struct press_token *t)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(*platforms); i++)
		if (rp_slice_eq(t->folded, rp_slice_str(platforms[i].name)))
			return t->capital || t->folded.p[0] == 'e' ? platforms[i].platform
			                                           : PLATFORM_NONE;
	return PLATFORM_NONE;
}

/* Verbs and nouns that tell the network: "a tweeté", "dans un tweet". */
static bool
is_tweet(const struct press_token *t)
{
	static const char *const stems[] = { "tweet", "twitt", "retweet", "tuit" };

	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++)
		if (rp_slice_starts(t->folded, rp_slice_str(stems[i])) && !t->capital)
			return true;
	return false;
}

static void
offer(const struct press_sayer *s, size_t from, size_t beyond, int rank,
      enum platform platform, struct press_place *place)
{
	if (rank <= place->rank)
		return;
	place->rank = rank;
	place->venue = press_text_slice(s->text, from, beyond);
	place->platform = platform;
}

/* The end of a name, or of "a panel on energy with Ana Petit". */
static size_t
tail(const struct press_sayer *s, size_t i, size_t beyond, bool phrase)
{
	size_t k = i + 1;

	for (; k < beyond && k < i + TAIL_MAX && readable(s, k); k++) {
		const struct press_token *t = token(s, k);

		if (press_is(t, WORD_DAY | WORD_HE | WORD_SHE) || t->inverted)
			break;
		if (!phrase &&
		    (!t->capital || !press_is(t, WORD_ORG | WORD_MEDIA | WORD_PLACE)) &&
		    !(t->capital && k == i + 1 && !press_is(t, WORD_GIVEN_ANY)))
			break;
		if (phrase && press_is(t, WORD_CUE | WORD_AUX | WORD_DEF) &&
		    !press_is(t, WORD_PREP | WORD_NOUNISH) &&
		    !press_is(token(s, k - 1), WORD_PREP))
			break;
	}
	while (phrase && k > i + 1 && press_is(token(s, k - 1), WORD_SMALL | WORD_AUX) &&
	       !press_is(token(s, k - 1), WORD_STAGE))
		k--;
	return k;
}

/* "interrogé [par] CNBC" */
static bool
asked_by(const struct press_sayer *s, size_t i)
{
	static const char *const asked[] = { "interrog",  "interview", "question",
		                             "asked",     "invit",     "intervist",
		                             "entrevist", "befragt",   "preguntad" };
	static const char *const by[] = {
		"par", "by", "da", "dal", "dalla", "por", "von"
	};

	for (size_t k = 0; k < sizeof(by) / sizeof(*by); k++)
		if (i > 0 && rp_slice_eq(token(s, i)->folded, rp_slice_str(by[k])))
			for (size_t n = 0; n < sizeof(asked) / sizeof(*asked); n++)
				if (rp_slice_starts(token(s, i - 1)->folded,
				                    rp_slice_str(asked[n])))
					return true;
	return false;
}

/* What a preposition at i leads to. */
static void
look_behind(const struct press_sayer *s, size_t i, size_t beyond,
            struct press_place *place)
{
	const struct press_token *prep = token(s, i);
	bool verb = asked_by(s, i) || rp_slice_starts(prep->folded, RP_SLICE("tell")) ||
	            rp_slice_eq(prep->folded, RP_SLICE("told"));

	for (size_t k = i + 1; k < beyond && k <= i + 1 + LEAD_MAX && readable(s, k);
	     k++) {
		const struct press_token *t = token(s, k);
		enum platform platform = platform_of(t);
		size_t from = verb ? k : i;

		if (platform != PLATFORM_NONE && !verb && k <= i + 2) {
			offer(s, from, k + 1, RANK_PLATFORM, platform, place);
			return;
		}
		if (press_is(t, WORD_MEDIA) && (t->capital || t->n > 8) && t->n > 1) {
			offer(s, from, tail(s, k, beyond, false), RANK_MEDIA,
			      PLATFORM_NONE, place);
			return;
		}
		if (press_is(t, WORD_STAGE) && !t->capital) {
			enum platform by = is_tweet(t) ? PLATFORM_X : PLATFORM_NONE;
			size_t end = tail(s, k, beyond, true);

			/* The network's name in the phrase says more. */
			for (size_t n = k + 1; n < end; n++)
				if (platform_of(token(s, n)) != PLATFORM_NONE)
					by = platform_of(token(s, n));
			offer(s, from, end, by ? RANK_PLATFORM : RANK_STAGE, by, place);
			return;
		}
		if (t->capital && !press_is(t, WORD_SMALL | WORD_DAY | WORD_ROLE)) {
			size_t at = press_mention_after(s->mentions, k);
			const struct press_mention *m = &s->mentions->list[at];

			if (at < s->mentions->n && m->first == k &&
			    m->kind == MENTION_NAME && !verb &&
			    !press_is(prep, WORD_STAGE) && k <= i + 2)
				offer(s, from, m->beyond, RANK_PLACE, PLATFORM_NONE,
				      place);
			return;
		}
	}
}

void
press_place_find(const struct press_sayer *s, size_t from, size_t beyond,
                 struct press_place *place)
{
	for (size_t i = from; i < beyond; i++) {
		if (!readable(s, i))
			continue;
		if (is_tweet(token(s, i)) && place->platform == PLATFORM_NONE &&
		    press_is(token(s, i), WORD_CUE) && place->rank < RANK_PLATFORM)
			place->platform = PLATFORM_X;
		if (press_is(token(s, i), WORD_WHERE) || (i > from && asked_by(s, i)))
			look_behind(s, i, beyond, place);
	}
}
