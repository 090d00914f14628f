#include "core/collect/press-build.h"

#include "core/base/utf8.h"

enum { CONTEXT_MAX_BYTES = 2048 };

/* The bytes of a token's beginning, as a place in the blocks. */
struct place {
	size_t block, at;
};

static bool
add_piece(struct arena *arena, struct rp_slice piece, struct rp_slice between,
          struct rp_slice *out)
{
	piece = press_trim(piece);
	if (piece.n == 0)
		return true;
	if (out->n == 0) {
		*out = piece;
		return true;
	}
	if (piece.p[0] != '.' && !arena_join(arena, *out, between, out))
		return false;
	return arena_join(arena, *out, piece, out);
}

/* From one place to another, over blocks: marks repeated at their beginnings left out. */
static bool
add_stretch(struct arena *arena, const struct press_text *t, int32_t mark,
            struct place from, struct place to, struct rp_slice *out)
{
	for (size_t b = from.block; b <= to.block; b++) {
		struct rp_slice text = t->blocks[b].text;
		size_t a = b == from.block ? from.at : 0;
		size_t z = b == to.block ? to.at : text.n;
		struct rp_slice piece;
		int32_t c;

		if (z > text.n || a > z)
			continue;
		piece = press_trim(rp_slice_from(text.p + a, z - a));
		c = press_at(piece, 0);
		if (b > from.block && mark != 0 &&
		    (c == mark || (mark == 0xab && c == 0xbb))) {
			size_t n;

			(void)utf8_next(piece, &n);
			piece = rp_slice_skip(piece, n);
		}
		if (!add_piece(arena, piece,
		               b > from.block ? RP_SLICE("\n") : RP_SLICE(" "), out))
			return false;
	}
	return true;
}

bool
press_build_text(struct arena *arena, const struct press_text *t,
                 const struct press_found *found, struct rp_slice *out)
{
	const struct press_span *span = &t->spans[found->span];
	struct place from = { span->block, span->text };

	*out = RP_SLICE("");
	for (size_t i = 0; i < found->n_cuts; i++) {
		const struct press_token *a = &t->tokens[found->cut_from[i]];
		size_t beyond = found->cut_beyond[i];
		const struct press_token *b = &t->tokens[beyond - 1];

		if (!add_stretch(arena, t, span->mark, from,
		                 (struct place){ a->block, a->at }, out))
			return false;
		from = (struct place){ b->block, b->at + b->n };
	}
	return add_stretch(arena, t, span->mark, from,
	                   (struct place){ span->end_block, span->end }, out);
}

bool
press_build_folded(struct arena *arena, struct rp_slice text, struct rp_slice *out)
{
	struct rp_slice folded;
	char *room;
	size_t n = 0, step;
	bool gap = false;

	if (!utf8_fold(arena, text, &folded))
		return false;
	room = arena_alloc(arena, folded.n + 1);
	if (room == NULL)
		return false;
	for (size_t i = 0; i < folded.n; i += step) {
		int32_t c = utf8_next(rp_slice_skip(folded, i), &step);

		if (c == '\'' || c == 0x2019 || c == 0xad)
			continue;
		if (!utf8_is_word(c)) {
			gap = n > 0;
			continue;
		}
		if (gap)
			room[n++] = ' ';
		gap = false;
		memcpy(room + n, folded.p + i, step);
		n += step;
	}
	*out = rp_slice_from(room, n);
	return true;
}

/* Not in the middle of a character. */
static struct rp_slice
at_most(struct rp_slice s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return rp_slice_from(s.p, n);
}

static struct rp_slice
last_of(struct rp_slice s, size_t n)
{
	size_t at;

	if (s.n <= n)
		return s;
	at = s.n - n;
	while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
		at++;
	return rp_slice_skip(s, at);
}

bool
press_build_context(struct arena *arena, const struct press_text *t,
                    const struct press_found *found, struct rp_slice quotation,
                    struct rp_slice *out)
{
	const struct press_span *span = &t->spans[found->span];
	size_t first = t->span_first[found->span], beyond = t->span_beyond[found->span];
	size_t from, end, unused;
	struct rp_slice before, after, rest, mark, closing;

	*out = RP_SLICE("");
	if (first >= beyond)
		return true;
	press_sentence(t, first, &from, &unused);
	press_sentence(t, beyond - 1, &unused, &end);
	if (found->say.beyond > found->say.from &&
	    (found->say.beyond <= from || found->say.from >= end)) {
		*out = at_most(press_trim(press_text_slice(t, found->say.from,
		                                           found->say.beyond)),
		               CONTEXT_MAX_BYTES);
		return true;
	}
	before = last_of(press_text_slice(t, from, first), CONTEXT_MAX_BYTES / 2);
	after = at_most(press_text_slice(t, beyond, end), CONTEXT_MAX_BYTES / 2);
	if (before.n + after.n == 0) {
		if (found->n_cuts == 0)
			return true;
		rest = press_text_slice(t, found->cut_from[0], found->cut_beyond[0]);
		return arena_join(arena, RP_SLICE("…"), rest, out);
	}
	if (span->block == span->end_block && quotation.n <= before.n + after.n) {
		*out = at_most(press_trim(press_text_slice(t, from, end)),
		               CONTEXT_MAX_BYTES);
		return true;
	}
	mark = rp_slice_from(t->blocks[span->block].text.p + span->at,
	                     span->text - span->at);
	closing = rp_slice_from(t->blocks[span->end_block].text.p + span->end,
	                        span->beyond - span->end);
	if (before.n > 0 &&
	    !arena_join(arena, before,
	                press_is_blank(press_at(t->blocks[span->block].text, before.n)) ||
	                                span->at > 0
	                        ? RP_SLICE(" ")
	                        : RP_SLICE(""),
	                &before))
		return false;
	if (!arena_join(arena, before, mark, &rest) ||
	    !arena_join(arena, rest, RP_SLICE("…"), &rest) ||
	    !arena_join(arena, rest, closing, &rest))
		return false;
	if (after.n > 0 && t->tokens[beyond].sign == SIGN_WORD &&
	    !arena_join(arena, rest, RP_SLICE(" "), &rest))
		return false;
	return arena_join(arena, rest, after, out);
}
