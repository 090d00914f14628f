/*
 * Which posts a filter takes, and the words of their texts.
 *
 * A word is letters and digits in a row, with the accents on them, compared folded.  This
 * is what SQLite's FTS5 does with "unicode61 remove_diacritics 2", but for letters that
 * folding takes further here: ligatures, full width forms, "ß" as "ss", Hebrew points.
 */
#include "storage/memory/memory.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"

/* ---- words ------------------------------------------------------------------- */

/* Accents as code points of their own; inside a word only. */
static bool
is_accent(int32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* The next word as it stands in *rest; false when there is none. */
static bool
next_word(struct rp_slice *rest, struct rp_slice *word_out)
{
	size_t n, from = 0, to;

	while (from < rest->n && !utf8_is_word(utf8_next(rp_slice_skip(*rest, from), &n)))
		from += n;
	if (from == rest->n)
		return false;
	for (to = from; to < rest->n; to += n) {
		int32_t c = utf8_next(rp_slice_skip(*rest, to), &n);

		if (!utf8_is_word(c) && !is_accent(c))
			break;
	}
	*word_out = rp_slice_from(rest->p + from, to - from);
	*rest = rp_slice_skip(*rest, to);
	return true;
}

/* Folded words, one behind another. */
struct words {
	struct arena *arena;
	struct rp_slice *list;
	size_t n;
};

static void
words_done(struct words *words)
{
	arena_free(words->arena);
}
DEFINE_CLEANUP_DONE(struct words, words_done);

static bool
words_of(struct words *words, struct rp_slice text)
{
	struct rp_slice rest = text, word;
	size_t n = 0;

	words->arena = arena_new(SIZE_MAX);
	while (next_word(&rest, &word))
		n++;
	if (words->arena == NULL)
		return false;
	words->list = arena_array(words->arena, n, sizeof(*words->list));
	if (words->list == NULL)
		return false;
	for (rest = text; next_word(&rest, &word); words->n++)
		if (!utf8_fold(words->arena, word, &words->list[words->n]))
			return false;
	return true;
}

/* The phrase stands in the text, its last word perhaps as the start of a longer one. */
static bool
phrase_at(const struct words *text, size_t at, const struct words *phrase, bool prefix)
{
	if (phrase->n > text->n - at)
		return false;
	for (size_t i = 0; i < phrase->n; i++) {
		bool whole = !prefix || i + 1 < phrase->n;

		if (whole ? !rp_slice_eq(text->list[at + i], phrase->list[i])
		          : !rp_slice_starts(text->list[at + i], phrase->list[i]))
			return false;
	}
	return true;
}

static bool
phrase_in(const struct words *text, const struct words *phrase, bool prefix)
{
	for (size_t at = 0; phrase->n > 0 && at < text->n; at++)
		if (phrase_at(text, at, phrase, prefix))
			return true;
	return false; /* also what holds no word: it stands nowhere */
}

/* ---- conditions -------------------------------------------------------------- */

/* In any of the post's versions. */
static enum rp_status
has_term(struct memory *memory, const struct post *post, const struct filter_term *term,
         bool *out, struct rp_error *err)
{
	CLEANUP(words_done) struct words phrase = { 0 };
	struct table *versions = &memory->tables[VERSIONS];
	bool has = false;
	size_t at;
	enum rp_status st;

	if (!words_of(&phrase, term->text))
		return rp_fail_memory(err);
	st = table_find(versions, VERSIONS_BY_POST, memory_id_key(&post->id), &at, err);
	for (; st == RP_OK && !has; st = table_after(versions, VERSIONS_BY_POST, &at)) {
		CLEANUP(words_done) struct words text = { 0 };

		if (!words_of(&text, ROW(memory, VERSIONS, struct version, at)->text))
			return rp_fail_memory(err);
		has = phrase_in(&text, &phrase, term->prefix);
	}
	*out = has;
	return st == RP_FAILED ? st : RP_OK;
}

/* "x:@name?": the account has or had this handle. */
static enum rp_status
had_handle(struct memory *memory, struct rp_slice account, struct rp_slice handle_key,
           bool *out, struct rp_error *err)
{
	struct table *accounts = &memory->tables[ACCOUNTS];
	struct rp_slice handle = rp_slice_skip(key_native(handle_key), 1);
	struct account like;
	size_t at;
	enum rp_status st;

	*out = false;
	handle.n--; /* the "?" */
	like = (struct account){ .handle = handle };
	if (handle.n == 0 || key_platform(account) != key_platform(handle_key))
		return RP_OK;
	st = memory_find_same(memory, ACCOUNTS, ACCOUNTS_BY_HANDLE, &like, &at, err);
	for (; st == RP_OK && !*out; st = table_after(accounts, ACCOUNTS_BY_HANDLE, &at))
		*out = rp_slice_eq(ROW(memory, ACCOUNTS, struct account, at)->key,
		                   account);
	return st == RP_FAILED ? st : RP_OK;
}

static enum rp_status
is_by(struct memory *memory, const struct post *post,
      const struct filter_authors *authors, bool *out, struct rp_error *err)
{
	bool by = false;

	for (size_t i = 0; !by && post->author.n > 0 && i < authors->n; i++) {
		struct rp_slice key = authors->keys[i];

		by = rp_slice_eq(key, post->author);
		if (!by && key_is_handle_only(key)) {
			enum rp_status st =
				had_handle(memory, post->author, key, &by, err);

			if (st != RP_OK)
				return st;
		}
	}
	*out = by;
	return RP_OK;
}

/* A bound the post does not know is no obstacle; a post that knows neither is in no
 * span of time. */
static bool
is_of_times(enum filter_times times, struct rp_time time)
{
	return times == TIMES_ANY || rp_time_exact(time) == (times == TIMES_EXACT);
}

static bool
in_time(const struct filter *filter, struct rp_time time)
{
	if (filter->since == RP_TIME_UNKNOWN && filter->until == RP_TIME_UNKNOWN)
		return true;
	if (!rp_time_known(time))
		return filter->times == TIMES_LOOSE;
	if (filter->since != RP_TIME_UNKNOWN && time.hi != RP_TIME_UNKNOWN &&
	    time.hi < filter->since)
		return false;
	return filter->until == RP_TIME_UNKNOWN || time.lo < filter->until;
}

enum rp_status
memory_filter_takes(struct memory *memory, const struct filter *filter,
                    const struct post *post, bool *out, struct rp_error *err)
{
	unsigned platform = 1u << key_platform(post->key);
	bool takes = (post->kind != KIND_GHOST || filter->ghosts) &&
	             (filter->platforms == 0 || (filter->platforms & platform) != 0) &&
	             is_of_times(filter->times, post->time) &&
	             in_time(filter, post->time);
	enum rp_status st = RP_OK;

	for (size_t i = 0; st == RP_OK && takes && i < filter->n_authors; i++) {
		bool by = false;

		st = is_by(memory, post, &filter->authors[i], &by, err);
		takes = by != filter->authors[i].negated;
	}
	for (size_t i = 0; st == RP_OK && takes && i < filter->n_terms; i++) {
		bool has = false;

		st = has_term(memory, post, &filter->terms[i], &has, err);
		takes = has != filter->terms[i].negated;
	}
	*out = takes;
	return st;
}

/* ---- digest ------------------------------------------------------------------ */

static void
add_number(struct sha256_stream *stream, uint64_t number)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(unsigned char)(number >> (56 - 8 * i));
	sha256_stream_add(stream, rp_slice_from(bytes, sizeof(bytes)));
}

/* Key, fingerprint, and the words in order. */
static bool
version_digest(const struct post *post, const struct version *version, struct sha256 *out)
{
	CLEANUP(words_done) struct words words = { 0 };
	CLEANUP(sha256_stream_free) struct sha256_stream *stream = sha256_stream_new();

	if (stream == NULL || !words_of(&words, version->text))
		return false;
	add_number(stream, post->key.n);
	sha256_stream_add(stream, post->key);
	sha256_stream_add(stream, rp_slice_from((const char *)version->fingerprint,
	                                        FINGERPRINT_BYTES));
	for (size_t i = 0; i < words.n; i++) {
		add_number(stream, words.list[i].n);
		sha256_stream_add(stream, words.list[i]);
	}
	*out = sha256_stream_peek(stream);
	return true;
}

/* The versions' hashes added up as one large number, so that their order is nothing. */
enum rp_status
memory_text_digest(struct store *store, struct sha256 *out, struct rp_error *err)
{
	const struct memory *memory = memory_of(store);
	struct sha256 sum = { 0 };

	for (size_t i = 0; i < memory->tables[VERSIONS].n; i++) {
		const struct version *version = ROW(memory, VERSIONS, struct version, i);
		struct sha256 one;
		unsigned carry = 0;

		if (version->post == 0)
			continue;
		if (!version_digest(memory_held_post(memory, version->post), version,
		                    &one))
			return rp_fail_memory(err);
		for (size_t j = SHA256_BYTES; j-- > 0;) {
			carry += (unsigned)sum.bytes[j] + one.bytes[j];
			sum.bytes[j] = (unsigned char)carry;
			carry >>= 8;
		}
	}
	*out = sum;
	return RP_OK;
}
