#include "storage/block/known.h"

#include "storage/block/predict.h"
#include "storage/block/value.h"

/* The bytes that stand for parts.  Stored: do not renumber. */
enum part {
	PART_FIRST = 1,
	PART_ID = PART_FIRST, /* of the object the address is in */
	PART_POST_ID,
	PART_NAME,       /* the author's */
	PART_MEDIA_NAME, /* made of the object's id */
	PART_END
};

enum { PART_MIN_BYTES = 3 };

struct parts {
	struct rp_slice text[PART_END];
	char media_name[MEDIA_NAME_BYTES];
};

static void
find_parts(struct tree *tree, uint32_t node, struct parts *parts)
{
	unsigned rank = tree->nodes[node].rank;
	uint32_t object = tree->nodes[node].parent, post = predict_post(tree, node);
	uint32_t author = tree_member(tree, post, KEY_USER);
	struct rp_slice *text = parts->text;
	uint64_t id;

	*parts = (struct parts){ .media_name = "" };
	if (predict_id(tree, object, rank, &text[PART_ID]) &&
	    value_digits(text[PART_ID], &id) && id >= SNOWFLAKE_MIN) {
		value_put_media_name(parts->media_name, id);
		text[PART_MEDIA_NAME] =
			rp_slice_from(parts->media_name, MEDIA_NAME_BYTES);
	}
	if (post != object)
		(void)predict_id(tree, post, rank, &text[PART_POST_ID]);
	if (!tree_text(tree, tree_member(tree, object, KEY_SCREEN_NAME), rank,
	               &text[PART_NAME]) &&
	    !tree_text(tree, tree_member(tree, object, KEY_USERNAME), rank,
	               &text[PART_NAME]))
		(void)tree_text(tree, tree_member(tree, author, KEY_SCREEN_NAME), rank,
		                &text[PART_NAME]);
}

/* The part that stands at the beginning of rest, or PART_END. */
static unsigned
part_at(const struct parts *parts, struct rp_slice rest)
{
	for (unsigned i = PART_FIRST; i < PART_END; i++)
		if (parts->text[i].n >= PART_MIN_BYTES &&
		    rp_slice_starts(rest, parts->text[i]))
			return i;
	return PART_END;
}

bool
known_shorten(struct tree *tree, uint32_t node, struct rp_slice text, struct rp_buf *out)
{
	struct parts parts;
	size_t before = out->n, from = 0;

	find_parts(tree, node, &parts);
	for (size_t i = 0; i < text.n; i++) {
		unsigned part;

		if ((unsigned char)text.p[i] < PART_END) {
			out->n = before;
			return false;
		}
		if (i == 0 || (text.p[i - 1] != '/' && text.p[i - 1] != '='))
			continue;
		part = part_at(&parts, rp_slice_skip(text, i));
		if (part == PART_END)
			continue;
		buf_add(out, rp_slice_from(text.p + from, i - from));
		buf_add_byte(out, (char)part);
		from = i + parts.text[part].n;
		i = from - 1;
	}
	if (from == 0 || buf_failed(out)) {
		out->n = before;
		return false;
	}
	buf_add(out, rp_slice_skip(text, from));
	return true;
}

bool
known_expand(struct tree *tree, uint32_t node, struct rp_slice shortened,
             struct rp_slice *out)
{
	struct parts parts;
	size_t n = shortened.n, at = 0;
	char *text;

	find_parts(tree, node, &parts);
	for (size_t i = 0; i < shortened.n; i++)
		if ((unsigned char)shortened.p[i] < PART_END)
			n += parts.text[(unsigned char)shortened.p[i]].n;
	text = arena_alloc(tree->scratch, n);
	if (text == NULL)
		return false;
	for (size_t i = 0; i < shortened.n; i++) {
		struct rp_slice piece = rp_slice_from(shortened.p + i, 1);

		if ((unsigned char)shortened.p[i] < PART_END)
			piece = parts.text[(unsigned char)shortened.p[i]];
		if (piece.n == 0) /* a part that is not there: damaged */
			return false;
		memcpy(text + at, piece.p, piece.n);
		at += piece.n;
	}
	*out = rp_slice_from(text, at);
	return true;
}
