#include "core/base/map.h"
#include "core/base/threes.h"
#include "core/base/utf8.h"
#include "core/thread/view.h"

#include <stdlib.h>

#define COPY_WINDOW (48 * RP_HOUR)

/* A text is compared with this many originals before it, the latest ones. */
enum { COPY_LOOKS_BACK = 32 };

struct text {
	size_t node;
	int64_t shown;
	struct rp_slice key, folded;
	struct threes threes;
};

static bool
may_be_copy(const struct view_node *node)
{
	if (node->p.post.kind == KIND_GHOST || node->shown == RP_TIME_UNKNOWN ||
	    node->p.version.text.n == 0)
		return false;
	for (size_t i = 0; i < node->p.n_edges; i++)
		if (node->p.edges[i].origin != ORIGIN_INFERRED &&
		    (node->p.edges[i].type == EDGE_REPLY ||
		     node->p.edges[i].type == EDGE_QUOTE))
			return false;
	return true;
}

static int
cmp_text(const void *pa, const void *pb)
{
	const struct text *a = pa, *b = pb;

	if (a->shown != b->shown)
		return a->shown < b->shown ? -1 : 1;
	return rp_slice_cmp(a->key, b->key);
}

/* Common to both, out of all that either has: at least four in five. */
static bool
is_near(const struct text *a, const struct text *b)
{
	size_t common = threes_common(&a->threes, &b->threes);

	return 5 * common >= 4 * (a->threes.n + b->threes.n - common);
}

static enum rp_status
find_texts(const struct view_node *nodes, size_t n, struct arena *scratch,
           struct text **out, size_t *n_out, struct rp_error *err)
{
	struct text *texts;
	size_t n_texts = 0;

	for (size_t i = 0; i < n; i++)
		n_texts += may_be_copy(&nodes[i]);
	texts = arena_array(scratch, n_texts, sizeof(*texts));
	if (texts == NULL)
		return rp_fail_memory(err);
	n_texts = 0;
	for (size_t i = 0; i < n; i++) {
		struct text *text = &texts[n_texts];

		if (!may_be_copy(&nodes[i]))
			continue;
		*text = (struct text){ .node = i,
			               .shown = nodes[i].shown,
			               .key = nodes[i].p.post.key };
		if (!utf8_fold(scratch, nodes[i].p.version.text, &text->folded) ||
		    !threes_read(text->folded, scratch, &text->threes))
			return rp_fail_memory(err);
		n_texts += text->threes.n > 0;
	}
	if (n_texts > 1)
		qsort(texts, n_texts, sizeof(*texts), cmp_text);
	*out = texts;
	*n_out = n_texts;
	return RP_OK;
}

static bool
in_window(const struct text *before, const struct text *text)
{
	int64_t gap;

	return !__builtin_sub_overflow(text->shown, before->shown, &gap) &&
	       gap <= COPY_WINDOW;
}

enum rp_status
mark_copies(struct view_node *nodes, size_t n, struct arena *scratch,
            struct rp_error *err)
{
	CLEANUP(map_free) struct map *first = map_new();
	struct text *texts = NULL;
	size_t *originals;
	size_t n_texts = 0, n_originals = 0;
	enum rp_status st = find_texts(nodes, n, scratch, &texts, &n_texts, err);

	if (st != RP_OK)
		return st;
	originals = arena_array(scratch, n_texts, sizeof(*originals));
	if (first == NULL || originals == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; i < n_texts; i++) {
		bool fresh;
		uint32_t *at = map_put(first, texts[i].folded, (uint32_t)i, &fresh);
		size_t found = n_texts;

		if (at == NULL)
			return rp_fail_memory(err);
		if (!fresh && in_window(&texts[*at], &texts[i]))
			found = *at;
		for (size_t k = n_originals;
		     found == n_texts && k-- > 0 && n_originals - k <= COPY_LOOKS_BACK;)
			if (in_window(&texts[originals[k]], &texts[i]) &&
			    is_near(&texts[originals[k]], &texts[i]))
				found = originals[k];
		if (found != n_texts) {
			nodes[texts[i].node].copy_of = texts[found].node;
		} else {
			found = i;
			originals[n_originals++] = i;
		}
		*at = (uint32_t)found;
	}
	return RP_OK;
}
