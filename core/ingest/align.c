#include "core/ingest/align.h"

/* Two texts that differ in more turns than that are not gone into. */
enum { TABLE_MAX_CELLS = 16 << 20 };

#define NO_MATCH SIZE_MAX

/* The posts of the event so far, each by the turn that was met first. */
struct line {
	struct turn **turns;
	size_t n;
};

static bool
is_same(const struct turn *a, const struct turn *b)
{
	const size_t shorter = a->threes.n < b->threes.n ? a->threes.n : b->threes.n;

	if (!rp_slice_eq(a->author, b->author))
		return false;
	if (sha256_eq(&a->words, &b->words))
		return true;
	return shorter > 0 && 5 * threes_common(&a->threes, &b->threes) >= 3 * shorter;
}

/* ---- the longest common sequence ----------------------------------------------
 */

/* What is compared: line[line_lo ..], turns[lo ..], so many of each. */
struct stretch {
	size_t line_lo, lo, n_line, n;
};

/* best[i][k]: how many can be matched from the i-th and k-th on. */
static void
fill_table(const struct line *line, const struct rendition *r, struct stretch s,
           uint32_t *best)
{
	const size_t row = s.n + 1;

	for (size_t i = s.n_line; i-- > 0;)
		for (size_t k = s.n; k-- > 0;) {
			uint32_t *here = &best[i * row + k];

			if (is_same(line->turns[s.line_lo + i], &r->turns[s.lo + k]))
				*here = here[row + 1] + 1;
			else
				*here = here[1] > here[row] ? here[1] : here[row];
		}
}

static void
read_table(const struct line *line, const struct rendition *r, struct stretch s,
           const uint32_t *best, size_t *match)
{
	const size_t row = s.n + 1;
	size_t i = 0, k = 0;

	while (i < s.n_line && k < s.n) {
		const uint32_t *here = &best[i * row + k];

		if (is_same(line->turns[s.line_lo + i], &r->turns[s.lo + k])) {
			match[s.lo + k++] = s.line_lo + i++;
		} else if (here[row] >= here[1]) {
			i++;
		} else {
			k++;
		}
	}
}

/* match[k]: where in the line the k-th turn is, or NO_MATCH. */
static bool
find_matches(const struct line *line, const struct rendition *r, struct arena *arena,
             size_t *match)
{
	size_t front = 0, back = 0, left_line, left;
	struct stretch s;
	uint32_t *best;

	while (front < line->n && front < r->n &&
	       is_same(line->turns[front], &r->turns[front])) {
		match[front] = front;
		front++;
	}
	left_line = line->n - front;
	left = r->n - front;
	while (back < left_line && back < left &&
	       is_same(line->turns[line->n - 1 - back], &r->turns[r->n - 1 - back])) {
		match[r->n - 1 - back] = line->n - 1 - back;
		back++;
	}
	s = (struct stretch){ front, front, left_line - back, left - back };
	for (size_t k = 0; k < s.n; k++)
		match[s.lo + k] = NO_MATCH;
	if (s.n == 0 || s.n_line > TABLE_MAX_CELLS / (s.n + 1) - 1)
		return true;
	best = arena_array(arena, (s.n_line + 1) * (s.n + 1), sizeof(*best));
	if (best == NULL)
		return false;
	fill_table(line, r, s, best);
	read_table(line, r, s, best, match);
	return true;
}

/* ---- one rendition after the other ---------------------------------------------
 */

static bool
make_key(struct turn *turn, struct arena *arena)
{
	CLEANUP(sha256_stream_free) struct sha256_stream *hash = sha256_stream_new();
	char hex[SHA256_HEX + 1];
	struct sha256 sum;

	if (hash == NULL)
		return false;
	/* With the speaker: two who say the same are not one. */
	sha256_stream_add(hash, turn->author);
	sha256_stream_add(hash, rp_slice_from((const char *)turn->words.bytes,
	                                      sizeof(turn->words.bytes)));
	sum = sha256_stream_peek(hash);
	sha256_hex(&sum, hex);
	return arena_printf(arena, &turn->key, "%.*s.%.8s", RP_FMT(turn->stated), hex);
}

/* Its turns get their keys, and new ones a place in the line. */
static bool
add_rendition(struct line *line, const struct rendition *r, struct arena *arena)
{
	size_t *match = arena_array(arena, r->n + 1, sizeof(*match));
	struct turn **longer =
		arena_array(arena, line->n + r->n + 1, sizeof(struct turn *));
	size_t at = 0, n = 0;

	if (match == NULL || longer == NULL || !find_matches(line, r, arena, match))
		return false;
	for (size_t k = 0; k < r->n; k++) {
		struct turn *turn = &r->turns[k];

		if (match[k] == NO_MATCH) {
			if (!make_key(turn, arena))
				return false;
			longer[n++] = turn;
			continue;
		}
		while (at <= match[k])
			longer[n++] = line->turns[at++];
		turn->key = line->turns[match[k]]->key;
	}
	while (at < line->n)
		longer[n++] = line->turns[at++];
	*line = (struct line){ longer, n };
	return true;
}

enum rp_status
align(const struct rendition *const *renditions, size_t n, struct arena *arena,
      struct rp_error *err)
{
	struct line line = { .n = 0 };

	for (size_t i = 0; i < n; i++) {
		if (i > 0) {
			if (!add_rendition(&line, renditions[i], arena))
				return rp_fail_memory(err);
			continue;
		}
		line.n = renditions[i]->n;
		line.turns = arena_array(arena, line.n + 1, sizeof(struct turn *));
		if (line.turns == NULL)
			return rp_fail_memory(err);
		for (size_t k = 0; k < line.n; k++) {
			line.turns[k] = &renditions[i]->turns[k];
			line.turns[k]->key = line.turns[k]->stated;
		}
	}
	return RP_OK;
}
