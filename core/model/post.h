/*
 * The nouns: posts, their versions, states and edges, and the accounts behind them.
 *
 * These are plain records without I/O.  Slices are borrowed from whoever filled them in.
 *
 * What is known of a post comes in pieces (a reply names a ghost, a page shows the text,
 * an embed the author), in any order.  So everything here that can be learned twice has a
 * *merge* that does not care about order: a merge b == b merge a, and merging twice
 * changes nothing.  That is what makes two archives of the same input the same archive.
 */
#ifndef RIPOSTE_CORE_MODEL_POST_H
#define RIPOSTE_CORE_MODEL_POST_H

#include "core/base/hash.h"
#include "core/base/slice.h"
#include "core/base/time.h"
#include "core/model/key.h"

/* Stored: do not renumber. */
enum post_kind {
	KIND_GHOST = 0, /* known only because another post refers to it */
	KIND_POST,
	KIND_REPOST, /* somebody else's post passed on without a word added */
	KIND_SPOKEN,
	KIND_PRESS_QUOTE,
	KIND_ARTICLE,
};

const char *post_kind_name(enum post_kind kind); /* "ghost", "post", … */

/* Stored: do not renumber.  Of posts and of accounts. */
enum post_state {
	STATE_LIVE = 0,
	STATE_EDITED, /* derived: the platform gave it later ids */
	STATE_DELETED,
	STATE_SUSPENDED,
	STATE_PROTECTED,
	STATE_WITHHELD,
	STATE_UNAVAILABLE,
	STATE_NEVER_SEEN, /* a ghost's: nobody has looked, or nobody said */
};

const char *post_state_name(enum post_state state);

struct post {
	int64_t id;          /* the store's handle; 0 before it is stored */
	struct rp_slice key; /* never empty */
	enum post_kind kind;
	struct rp_slice author;       /* account key; empty: unknown */
	struct rp_time time;          /* when it was said; see post_x_time() */
	struct rp_slice conversation; /* key of the platform's root; empty: not told */
	struct rp_slice url;          /* only where it does not follow from the key */
	struct rp_slice
		context; /* spoken, press_quote: the question, the sentence before */
	struct rp_slice place;      /* spoken: "Davos" */
	struct rp_slice zone;       /* IANA zone of the place */
	struct rp_slice title;      /* spoken: of the event; article: its headline */
	struct rp_slice not_before; /* key of a post this one came after; empty: none */
	struct rp_slice not_after;  /* key of a post this one came before */
};

/*
 * Learn what `more` knows.  Both have the same key.  Field by field: something beats
 * nothing; an account id beats a mere handle; a post beats a ghost, and what it says of
 * its author, be it nothing, what others said while it was one; a time from the platform
 * beats one from the id, finer beats coarser; what still differs (two sources contradict
 * each other) is settled bytewise, the smaller wins; of two addresses of which one begins
 * the other the longer one, which leads to the second of a recording.  Slices of `more`
 * are borrowed into `post`.  True when something changed.
 */
bool post_merge(struct post *post, const struct post *more);

/*
 * What was known as a post of its own turns out to be an edit of the post with key
 * `first`: the post takes that key and gives up its time (the first id has one of its
 * own), and its versions note under which id they stood.  That is how X tells edits; on
 * other networks a second key is but another name, and time and versions stay.
 */
struct version;
void post_becomes_edit(struct post *post, struct rp_slice first);
void version_becomes_edit(struct version *version, struct rp_slice edit);

/*
 * The time of an X post: the milliseconds of its id when what the platform printed agrees
 * to within a second or is unknown (then basis id), else what was printed.
 */
struct rp_time post_x_time(struct rp_slice key, struct rp_time printed);

enum { FINGERPRINT_BYTES = 16 };

/* One wording of a post. */
struct version {
	int64_t id;   /* the store's handle; 0 before it is stored */
	int64_t post; /* whose; the store's handle */
	unsigned char fingerprint[FINGERPRINT_BYTES];
	struct rp_slice native; /* key of this edit; empty when it is the post's own */
	struct rp_slice text;   /* cleaned for people: links expanded, entities decoded */
	struct rp_slice text_raw; /* as it came; empty when it is the same as text */
	struct rp_slice lang;     /* BCP 47 as the source says; empty: not told */
	struct rp_slice
		mentions; /* lines "ACCOUNT-KEY HANDLE\n" in order; see mention_next() */
	struct rp_slice media;  /* lines "MEDIA-KEY\n", sorted */
	struct rp_slice poll;   /* lines "OPTION\n" in order */
	struct rp_time printed; /* the time the platform printed on this wording */
	int64_t as_of;  /* latest moment a source says it showed this; may be unknown */
	bool truncated; /* the source cut it: ends in "…" and more exists */
	bool damaged;   /* invalid UTF-8 or lone surrogates were replaced in text */
};

/*
 * Fill in version->fingerprint: SHA-256, cut to 16 bytes, of author key, text with blanks
 * collapsed, media and poll.  Counters, language, profile and edges are not in it, nor an
 * author of whom only the handle is known.
 */
void version_fingerprint(struct version *version, struct rp_slice author);

/* True when the fingerprint is that of this author's words; an empty one: of nobody's. */
bool version_is_by(const struct version *version, struct rp_slice author);

/* The same words, blanks collapsed, once what does not belong to them is taken out. */
bool version_same_text(const struct version *a, const struct version *b);

/*
 * a is a cut-off form of b: its source says so, or it ends in "…" and stands under the
 * same id; and its text without the "…" is a prefix of b's (blanks collapsed), of a b
 * that breaks off itself a shorter one.  Such a version is no wording of its own: it
 * counts as b seen.
 */
bool version_is_cut_of(const struct version *a, const struct version *b);

/*
 * a is a lesser form of b: the same words, as they came or cleaned (whom a post answers
 * may stand in front of its words or not), under the same id, and a says nothing of
 * author, media and poll that b does not say; of several media it may list some, if both
 * print the same time.  author: of the post.
 */
bool version_tells_no_more(const struct version *a, const struct version *b,
                           struct rp_slice author);

/*
 * The wordings that all versions of a post add up to, oldest first: of each the form that
 * tells most, completed by the lesser ones; no cut-off forms of others.  Forms that
 * contradict each other (other media, another author) are wordings each.  Does not depend
 * on the order of the versions.  false when the arena is full.
 */
bool wordings(struct arena *arena, const struct version *versions, size_t n,
              struct rp_slice author, const struct version **out,
              uint32_t *n_out) RP_MUST_USE;

/*
 * Order of the wordings of one post, oldest first: by the number of the edit's id (empty
 * = the post's own, first), then cut ones before whole ones, then as_of, then
 * fingerprint. The last one is what the post says now.
 */
int version_cmp(const struct version *a, const struct version *b);

/* Same fingerprint: later as_of, whole over cut, longer lists.  True when something
 * changed. */
bool version_merge(struct version *version, const struct version *more);

/* Step through version->mentions: false at the end.  *rest starts as version->mentions.
 */
bool mention_next(struct rp_slice *rest, struct rp_slice *account_out,
                  struct rp_slice *handle_out);

/* Stored: do not renumber.  In the order in which they make a primary parent. */
enum edge_type {
	EDGE_REPLY = 0,
	EDGE_QUOTE,
	EDGE_REPOST,
	EDGE_LINK,
	EDGE_CONV, /* same conversation, parent unknown; made by the view, never stored */
	EDGE_ATTESTS,
	EDGE_SAME_AS,
	EDGE_RESPONDS,
};
enum { EDGE_TYPES = EDGE_RESPONDS + 1 };

/* Stored: do not renumber.  Strongest first. */
enum edge_origin {
	ORIGIN_PLATFORM = 0,
	ORIGIN_USER_PIN,
	ORIGIN_USER_CONFIRM,
	ORIGIN_DERIVED, /* arithmetic on ids, a URL in the text */
	ORIGIN_INFERRED,
};

const char *edge_type_name(enum edge_type type);       /* "reply", … */
const char *edge_origin_name(enum edge_origin origin); /* "platform", "user_pin", … */

/* Child answers, quotes, reposts … parent.  Either may be a ghost. */
struct edge {
	int64_t child, parent; /* the store's handles; 0 before stored */
	struct rp_slice child_key, parent_key;
	enum edge_type type;
	enum edge_origin origin;
	int confidence_percent; /* inferred: 0..95; others 100 */
	struct rp_slice rule;   /* inferred: "responds-1"; else empty */
};

/* An account as one source showed it at one time. */
struct account {
	int64_t id; /* the store's handle; 0 before it is stored */
	struct rp_slice key;
	struct rp_slice handle; /* as written, without "@"; may be empty */
	struct rp_slice name;   /* display name; may be empty */
	int64_t first,
		last; /* when this handle and name were in use, as far as we know */
};

/* The same key, handle and name: widen first..last; an unknown time widens nothing. */
void account_merge(struct account *account, const struct account *more);

/* Somebody says that a post or an account is gone, or back. */
struct state_note {
	struct rp_slice subject; /* key of a post or an account */
	enum post_state state;
	int64_t as_of; /* when that was so; RP_TIME_UNKNOWN: not told */
	struct rp_slice
		evidence; /* the source's own words: "User has been suspended: [x]." */
	int64_t capture;  /* where it was said; 0 before it is stored */
};

/*
 * The state that a set of notes adds up to: the latest by as_of (unknown first), then the
 * higher state number.  n == 0: STATE_LIVE.
 */
enum post_state state_of(const struct state_note *notes, size_t n);

#endif
