#include "core/render/writer.h"

#include "core/render/json-post.h"
#include "core/render/text.h"

static const struct writer text_writer = {
	.name = "text",
	.summary = "for people",
	.post = text_post,
	.thread = text_thread,
	.exchange = text_exchange,
	.show = text_show,
};

static const struct writer json_writer = {
	.name = "json",
	.summary = "one JSON object",
	.is_data = true,
	.posts_begin = json_posts_begin,
	.post = json_post,
	.posts_end = json_posts_end,
	.thread = json_thread,
	.exchange = json_exchange,
	.show = json_show,
};

static const struct writer jsonl_writer = {
	.name = "jsonl",
	.summary = "a JSON object a line, one for each post",
	.is_data = true,
	.post = jsonl_post,
	.thread = jsonl_thread,
};

/* ---- ids: a key a line --------------------------------------------------- */

static void
put_key(FILE *out, const struct view_post *post)
{
	fwrite(post->post.key.p, 1, post->post.key.n, out);
	fputc('\n', out);
}

static void
ids_post(FILE *out, const struct style *style, struct post_list *list,
         const struct view_post *post)
{
	(void)style;
	put_key(out, post);
	list->n++;
}

static void
ids_thread(FILE *out, const struct style *style, const struct thread_view *view)
{
	(void)style;
	for (size_t i = 0; i < view->n_nodes; i++)
		put_key(out, &view->nodes[i].p);
}

static void
ids_exchange(FILE *out, const struct style *style, const struct exchange_view *view)
{
	(void)style;
	for (size_t i = 0; i < view->n_nodes; i++)
		put_key(out, &view->nodes[i].p);
}

static void
ids_show(FILE *out, const struct style *style, const struct view_post *post,
         const struct view_seen *seen, const struct state_note *states, size_t n_states)
{
	(void)style;
	(void)seen;
	(void)states;
	(void)n_states;
	put_key(out, post);
}

static const struct writer ids_writer = {
	.name = "ids",
	.summary = "keys, one a line",
	.is_data = true,
	.post = ids_post,
	.thread = ids_thread,
	.exchange = ids_exchange,
	.show = ids_show,
};

/* ---- the list ------------------------------------------------------------ */

const struct writer *const writers[] = {
	&text_writer, &json_writer, &jsonl_writer, &ids_writer, NULL,
};

const struct writer *
writer_find(struct rp_slice name)
{
	for (size_t i = 0; writers[i] != NULL; i++)
		if (rp_slice_eq(name, rp_slice_str(writers[i]->name)))
			return writers[i];
	return NULL;
}
