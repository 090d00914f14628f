#include "core/model/post.h"

#include "core/base/ascii.h"
#include "core/base/hash.h"

const char *
post_kind_name(enum post_kind kind)
{
	static const char *const names[] = {
		[KIND_GHOST] = "ghost",
		[KIND_POST] = "post",
		[KIND_REPOST] = "repost",
		[KIND_SPOKEN] = "spoken",
		[KIND_PRESS_QUOTE] = "press_quote",
		[KIND_ARTICLE] = "article",
	};

	return names[kind];
}

const char *
post_state_name(enum post_state state)
{
	static const char *const names[] = {
		[STATE_LIVE] = "live",
		[STATE_EDITED] = "edited",
		[STATE_DELETED] = "deleted",
		[STATE_SUSPENDED] = "suspended",
		[STATE_PROTECTED] = "protected",
		[STATE_WITHHELD] = "withheld",
		[STATE_UNAVAILABLE] = "unavailable",
		[STATE_NEVER_SEEN] = "never_seen",
	};

	return names[state];
}

const char *
edge_type_name(enum edge_type type)
{
	static const char *const names[] = {
		[EDGE_REPLY] = "reply",     [EDGE_QUOTE] = "quote",
		[EDGE_REPOST] = "repost",   [EDGE_LINK] = "link",
		[EDGE_CONV] = "conv",       [EDGE_ATTESTS] = "attests",
		[EDGE_SAME_AS] = "same_as", [EDGE_RESPONDS] = "responds",
	};

	return names[type];
}

const char *
edge_origin_name(enum edge_origin origin)
{
	static const char *const names[] = {
		[ORIGIN_PLATFORM] = "platform",         [ORIGIN_USER_PIN] = "user_pin",
		[ORIGIN_USER_CONFIRM] = "user_confirm", [ORIGIN_DERIVED] = "derived",
		[ORIGIN_INFERRED] = "inferred",
	};

	return names[origin];
}

/* Something beats nothing; what contradicts is settled bytewise, the smaller wins. */
static bool
learn(struct rp_slice *known, struct rp_slice more)
{
	if (more.n == 0 || (known->n != 0 && rp_slice_cmp(*known, more) <= 0))
		return false;
	*known = more;
	return true;
}

/* The same, in an order in which the end of a text comes after every byte: of two of
 * which one begins the other, the longer wins, "…watch?v=1&t=7". */
static bool
learn_url(struct rp_slice *known, struct rp_slice more)
{
	const size_t n = known->n < more.n ? known->n : more.n;

	if (rp_slice_eq(rp_slice_from(known->p, n), rp_slice_from(more.p, n))) {
		if (more.n <= known->n)
			return false;
		*known = more;
		return true;
	}
	return learn(known, more);
}

static bool
learn_author(struct rp_slice *known, struct rp_slice more)
{
	if (known->n != 0 && more.n != 0 &&
	    key_is_handle_only(*known) != key_is_handle_only(more)) {
		if (key_is_handle_only(more))
			return false;
		*known = more;
		return true;
	}
	return learn(known, more);
}

/* Who wrote a post says the post itself; what others said of it is for ghosts. */
static bool
merge_author(struct post *post, const struct post *more)
{
	bool ghost = post->kind == KIND_GHOST, says_ghost = more->kind == KIND_GHOST;

	if (ghost == says_ghost)
		return learn_author(&post->author, more->author);
	if (says_ghost || rp_slice_eq(post->author, more->author))
		return false;
	post->author = more->author;
	return true;
}

/* < 0: a is the better account of when it was. */
static int
time_rank(struct rp_time a, struct rp_time b)
{
	if (rp_time_known(a) != rp_time_known(b))
		return rp_time_known(a) ? -1 : 1;
	if (a.basis != b.basis)
		return a.basis < b.basis ? -1 : 1;
	if (a.precision != b.precision)
		return a.precision < b.precision ? -1 : 1;
	if (a.lo != b.lo)
		return a.lo < b.lo ? -1 : 1;
	return (a.hi > b.hi) - (a.hi < b.hi);
}

bool
post_merge(struct post *post, const struct post *more)
{
	bool changed = merge_author(post, more);

	if (more->kind > post->kind) {
		post->kind = more->kind;
		changed = true;
	}
	if (time_rank(more->time, post->time) < 0) {
		post->time = more->time;
		changed = true;
	}
	changed |= learn(&post->conversation, more->conversation);
	changed |= learn_url(&post->url, more->url);
	changed |= learn(&post->context, more->context);
	changed |= learn(&post->place, more->place);
	changed |= learn(&post->zone, more->zone);
	changed |= learn(&post->title, more->title);
	changed |= learn(&post->not_before, more->not_before);
	changed |= learn(&post->not_after, more->not_after);
	return changed;
}

void
post_becomes_edit(struct post *post, struct rp_slice first)
{
	post->key = first;
	/* Elsewhere a second key is but another name, not another wording. */
	if (key_platform(first) == PLATFORM_X || !rp_time_known(post->time))
		post->time = key_time(first);
}

void
version_becomes_edit(struct version *version, struct rp_slice edit)
{
	if (version->native.n == 0 && key_platform(edit) == PLATFORM_X)
		version->native = edit;
}

struct rp_time
post_x_time(struct rp_slice key, struct rp_time printed)
{
	struct rp_time decoded = key_time(key);
	int64_t apart;

	if (!rp_time_known(decoded))
		return printed;
	if (!rp_time_known(printed))
		return decoded;

	/* Printed times are whole seconds, so the id's milliseconds lie up to
	 * one later. */
	apart = decoded.lo / RP_SECOND - printed.lo / RP_SECOND;
	if (apart < -1 || apart > 1)
		return printed;
	decoded.basis = RP_BASIS_PLATFORM;
	return decoded;
}

/* The next byte of s with runs of blanks seen as one space; -1 at the end. */
static int
next_collapsed(struct rp_slice *s)
{
	int c;

	if (s->n == 0)
		return -1;
	if (!ascii_is_blank(s->p[0])) {
		c = (unsigned char)s->p[0];
		*s = rp_slice_skip(*s, 1);
		return c;
	}
	while (s->n && ascii_is_blank(s->p[0]))
		*s = rp_slice_skip(*s, 1);
	return ' ';
}

/* The length in front keeps ("ab", "c") apart from ("a", "bc"). */
static void
add_length(struct sha256_stream *hash, size_t n)
{
	unsigned char length[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16),
		                    (unsigned char)(n >> 8), (unsigned char)n };

	sha256_stream_add(hash, rp_slice_from((const char *)length, sizeof(length)));
}

static void
add_field(struct sha256_stream *hash, struct rp_slice field)
{
	add_length(hash, field.n);
	sha256_stream_add(hash, field);
}

/* No blanks but single spaces, as in most texts? */
static bool
is_collapsed(struct rp_slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_blank(s.p[i]) &&
		    (s.p[i] != ' ' || (i > 0 && s.p[i - 1] == ' ')))
			return false;
	return true;
}

/* A text with runs of blanks as one space, none at the ends. */
static void
add_words(struct sha256_stream *hash, struct rp_slice text)
{
	struct rp_slice trimmed = rp_slice_trim(text), rest = trimmed;
	char piece[512];
	size_t n = 0;
	int c;

	if (is_collapsed(trimmed)) {
		add_field(hash, trimmed);
		return;
	}
	while (next_collapsed(&rest) >= 0)
		n++;
	add_length(hash, n);
	n = 0;
	while ((c = next_collapsed(&trimmed)) >= 0) {
		piece[n++] = (char)c;
		if (n < sizeof(piece))
			continue;
		sha256_stream_add(hash, rp_slice_from(piece, n));
		n = 0;
	}
	sha256_stream_add(hash, rp_slice_from(piece, n));
}

void
version_fingerprint(struct version *version, struct rp_slice author)
{
	struct sha256_stream hash;
	struct sha256 sum;

	/* A handle is no identity: who saw the id beside it has the same words. */
	if (key_is_handle_only(author))
		author = RP_SLICE("");
	sha256_stream_init(&hash);
	add_field(&hash, author);
	add_words(&hash, version->text);
	add_field(&hash, version->media);
	add_field(&hash, version->poll);
	sum = sha256_stream_peek(&hash);
	memcpy(version->fingerprint, sum.bytes, FINGERPRINT_BYTES);
}

/* What is certain of a text that may break off in "…"; false when it is whole. */
static bool
breaks_off(const struct version *version, struct rp_slice *head_out)
{
	struct rp_slice text = rp_slice_trim(version->text);
	bool ellipsis = rp_slice_ends(text, RP_SLICE("\xe2\x80\xa6"));

	if (ellipsis)
		text.n -= 3;
	*head_out = rp_slice_trim(text);
	return version->truncated || ellipsis;
}

bool
version_same_text(const struct version *a, const struct version *b)
{
	struct rp_slice rest = rp_slice_trim(a->text), other = rp_slice_trim(b->text);

	while (rest.n > 0)
		if (next_collapsed(&rest) != next_collapsed(&other))
			return false;
	return other.n == 0;
}

bool
version_is_cut_of(const struct version *a, const struct version *b)
{
	struct rp_slice head, whole;
	bool cut = breaks_off(b, &whole);

	/* An edit may well take an author's own "…" out. */
	if (!breaks_off(a, &head) ||
	    (!a->truncated && !rp_slice_eq(a->native, b->native)))
		return false;
	while (head.n > 0)
		if (next_collapsed(&head) != next_collapsed(&whole))
			return false;
	return !cut || whole.n > 0;
}

int
version_cmp(const struct version *a, const struct version *b)
{
	if (!rp_slice_eq(a->native, b->native)) {
		if (a->native.n == 0 || b->native.n == 0)
			return a->native.n == 0 ? -1 : 1;
		if (a->native.n != b->native.n)
			return a->native.n < b->native.n ? -1 : 1;
		return rp_slice_cmp(a->native, b->native);
	}
	if (a->truncated != b->truncated)
		return a->truncated ? -1 : 1;
	if (a->as_of != b->as_of)
		return a->as_of < b->as_of ? -1 : 1;
	return memcmp(a->fingerprint, b->fingerprint, FINGERPRINT_BYTES);
}

/* Longer lists know more; of two as long, the bytewise smaller. */
static bool
learn_list(struct rp_slice *known, struct rp_slice more)
{
	if (more.n < known->n || (more.n == known->n && rp_slice_cmp(*known, more) <= 0))
		return false;
	*known = more;
	return true;
}

bool
version_merge(struct version *version, const struct version *more)
{
	bool changed = false;

	if (more->as_of > version->as_of) { /* unknown is the smallest */
		version->as_of = more->as_of;
		changed = true;
	}
	if (version->truncated && !more->truncated) {
		version->truncated = false;
		changed = true;
	}
	if (more->damaged && !version->damaged) {
		version->damaged = true;
		changed = true;
	}
	if (time_rank(more->printed, version->printed) < 0) {
		version->printed = more->printed;
		changed = true;
	}
	/* The same wording under two edit ids stays with the first. */
	if (more->native.n < version->native.n ||
	    (more->native.n == version->native.n &&
	     rp_slice_cmp(more->native, version->native) < 0)) {
		version->native = more->native;
		changed = true;
	}
	changed |= learn(&version->lang, more->lang);
	/* Equal fingerprints allow other blanks: of two such texts, the
	 * bytewise smaller. */
	changed |= learn(&version->text, more->text);
	changed |= learn_list(&version->text_raw, more->text_raw);
	changed |= learn_list(&version->mentions, more->mentions);
	return changed;
}

bool
mention_next(struct rp_slice *rest, struct rp_slice *account_out,
             struct rp_slice *handle_out)
{
	struct rp_slice line;

	if (rest->n == 0)
		return false;
	line = rp_slice_cut(rest, '\n');
	*account_out = rp_slice_cut(&line, ' ');
	*handle_out = line;
	return true;
}

void
account_merge(struct account *account, const struct account *more)
{
	if (more->first != RP_TIME_UNKNOWN &&
	    (account->first == RP_TIME_UNKNOWN || more->first < account->first))
		account->first = more->first;
	if (more->last > account->last) /* unknown is the smallest */
		account->last = more->last;
}

enum post_state
state_of(const struct state_note *notes, size_t n)
{
	enum post_state state = STATE_LIVE;
	int64_t as_of = RP_TIME_UNKNOWN;

	for (size_t i = 0; i < n; i++) {
		if (notes[i].as_of < as_of ||
		    (notes[i].as_of == as_of && notes[i].state < state))
			continue;
		state = notes[i].state;
		as_of = notes[i].as_of;
	}
	return state;
}
