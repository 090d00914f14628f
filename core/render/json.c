/*
 * JSON: lists of posts, threads, exchanges, single posts.  docs/schema has the shapes.
 */
#include "core/render/json-post.h"

void
json_posts_begin(FILE *out, const struct style *style)
{
	(void)style;
	fputs("{\"v\":1,\"posts\":[", out);
}

void
json_post(FILE *out, const struct style *style, struct post_list *list,
          const struct view_post *post)
{
	CLEANUP(json_page_done) struct json_page page;

	(void)style;
	json_page_init(&page, out);
	if (list->n++ > 0)
		buf_add_byte(&page.buf, ',');
	jsonw_object(&page.w);
	json_post_members(&page.w, post);
	jsonw_end_object(&page.w);
}

void
json_posts_end(FILE *out, const struct style *style)
{
	(void)style;
	fputs("]}\n", out);
}

void
jsonl_post(FILE *out, const struct style *style, struct post_list *list,
           const struct view_post *post)
{
	struct post_list alone = { 0 };

	json_post(out, style, &alone, post);
	fputc('\n', out);
	list->n++;
}

/* ---- threads ------------------------------------------------------------- */

static void
node_key(struct jsonw *w, const char *name, const struct view_node *nodes, size_t node)
{
	jsonw_field_text_or_null(w, name,
	                         node == VIEW_NO_NODE ? (struct rp_slice){ 0 }
	                                              : nodes[node].p.post.key);
}

static void
reposts(struct jsonw *w, const struct view_node *node)
{
	jsonw_key(w, "reposts");
	jsonw_object(w);
	jsonw_field_int(w, "n", (int64_t)node->n_reposts);
	json_instant(w, "first", node->n_reposts ? node->first_repost : RP_TIME_UNKNOWN,
	             RP_PRECISION_UNKNOWN);
	json_instant(w, "last", node->n_reposts ? node->last_repost : RP_TIME_UNKNOWN,
	             RP_PRECISION_UNKNOWN);
	jsonw_key(w, "by");
	jsonw_array(w);
	for (size_t i = 0; node->reposters != NULL && i < node->n_reposts; i++)
		jsonw_text(w, node->reposters[i].key);
	jsonw_end_array(w);
	jsonw_end_object(w);
}

static void
node_edge(struct jsonw *w, const struct view_node *node)
{
	jsonw_key(w, "edge");
	if (node->parent == VIEW_NO_NODE) {
		jsonw_null(w);
		return;
	}
	jsonw_object(w);
	jsonw_field_text(w, "type", rp_slice_str(edge_type_name(node->via.type)));
	jsonw_field_text(w, "origin", rp_slice_str(edge_origin_name(node->via.origin)));
	json_confidence(w, node->via.origin, node->via.confidence_percent);
	jsonw_end_object(w);
}

static void
answered(struct jsonw *w, const struct view_answered *to)
{
	jsonw_key(w, "answered_version");
	jsonw_object(w);
	jsonw_field_int(w, "n", to->n);
	jsonw_field_text(w, "key", to->key);
	if (to->version != NULL)
		jsonw_field_text(w, "text", to->version->text);
	else
		jsonw_field_null(w, "text");
	jsonw_end_object(w);
}

static void
node_object(struct jsonw *w, const struct view_node *nodes, const struct view_node *node)
{
	jsonw_object(w);
	json_post_members(w, &node->p);
	node_key(w, "parent", nodes, node->parent);
	jsonw_field_int(w, "depth", node->depth);
	node_edge(w, node);
	if (node->answered.n > 0)
		answered(w, &node->answered);
	if (node->turn != 0)
		jsonw_field_int(w, "turn", node->turn);
	else
		jsonw_field_null(w, "turn");
	if (node->copy_of != VIEW_NO_NODE)
		node_key(w, "copy_of", nodes, node->copy_of);
	if (node->n_reposts > 0)
		reposts(w, node);
	if (node->quoted_by)
		jsonw_field_bool(w, "quoted_by", true);
	jsonw_end_object(w);
}

/* A node at a time, so that a thread of any length needs the memory of one. */
static void
write_nodes(struct json_page *page, const struct view_node *nodes, size_t n)
{
	jsonw_key(&page->w, "nodes");
	jsonw_array(&page->w);
	for (size_t i = 0; i < n; i++) {
		node_object(&page->w, nodes, &nodes[i]);
		json_page_flush(page);
	}
	jsonw_end_array(&page->w);
}

static void
completeness(struct jsonw *w, bool complete, const struct view_why *why, size_t n)
{
	jsonw_field_bool(w, "complete", complete);
	jsonw_key(w, "why");
	jsonw_array(w);
	for (size_t i = 0; i < n; i++) {
		jsonw_object(w);
		jsonw_field_text(w, "code", rp_slice_str(view_why_name(why[i].code)));
		jsonw_field_text_or_null(w, "key", why[i].key);
		jsonw_field_text(w, "text", why[i].text);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

static void
coverage(struct jsonw *w, const struct view_coverage *told)
{
	jsonw_key(w, "coverage");
	jsonw_array(w);
	for (size_t i = 0; i < told->n_stretches; i++) {
		const struct coverage *one = &told->stretches[i];

		jsonw_object(w);
		jsonw_field_text(w, "source", one->source);
		jsonw_field_text(w, "subject", one->subject);
		jsonw_field_time(w, "from", one->from, RP_PRECISION_US);
		jsonw_field_time(w, "until", one->until, RP_PRECISION_US);
		jsonw_field_bool(w, "gap", one->gap);
		jsonw_field_text_or_null(w, "why", one->why);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

void
json_thread(FILE *out, const struct style *style, const struct thread_view *view)
{
	CLEANUP(json_page_done) struct json_page page;

	(void)style;
	json_page_init(&page, out);
	jsonw_object(&page.w);
	jsonw_field_int(&page.w, "v", 1);
	jsonw_field_text(&page.w, "root", view->root);
	completeness(&page.w, view->complete, view->why, view->n_why);
	coverage(&page.w, &view->coverage);
	write_nodes(&page, view->nodes, view->n_nodes);
	jsonw_end_object(&page.w);
	buf_add_byte(&page.buf, '\n');
}

void
jsonl_thread(FILE *out, const struct style *style, const struct thread_view *view)
{
	CLEANUP(json_page_done) struct json_page page;

	(void)style;
	json_page_init(&page, out);
	for (size_t i = 0; i < view->n_nodes; i++) {
		node_object(&page.w, view->nodes, &view->nodes[i]);
		jsonw_next_line(&page.w);
		json_page_flush(&page);
	}
}

/* ---- exchanges ----------------------------------------------------------- */

static void
texts(struct jsonw *w, const char *name, const struct rp_slice *list, size_t n)
{
	jsonw_key(w, name);
	jsonw_array(w);
	for (size_t i = 0; i < n; i++)
		jsonw_text(w, list[i]);
	jsonw_end_array(w);
}

static void
people(struct jsonw *w, const struct person *const *list, size_t n)
{
	jsonw_key(w, "people");
	jsonw_array(w);
	for (size_t i = 0; i < n; i++) {
		jsonw_object(w);
		jsonw_field_text(w, "name", list[i]->name);
		jsonw_field_text_or_null(w, "short", list[i]->short_name);
		texts(w, "accounts", list[i]->accounts, list[i]->n_accounts);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

/* To the nearest second; nobody's clocks agree better. */
static int64_t
seconds(int64_t us)
{
	return us / RP_SECOND + (us % RP_SECOND >= RP_SECOND / 2) -
	       (us % RP_SECOND < -(RP_SECOND / 2));
}

static void
latency(struct jsonw *w, const struct view_turn *turn)
{
	const int64_t bounds[] = { turn->latency_lo, turn->latency_hi };

	jsonw_key(w, "latency_s");
	if (turn->answers == 0 || turn->latency_hi == RP_TIME_UNKNOWN) {
		jsonw_null(w);
		return;
	}
	jsonw_array(w);
	for (int i = 0; i < 2; i++)
		if (bounds[i] == RP_TIME_UNKNOWN)
			jsonw_null(w);
		else
			jsonw_int(w, seconds(bounds[i]));
	jsonw_end_array(w);
}

static enum rp_precision
digits(struct rp_time time)
{
	return rp_time_exact(time) ? time.precision : RP_PRECISION_UNKNOWN;
}

static void
turn_object(struct jsonw *w, const struct view_turn *turn, const struct view_node *nodes)
{
	jsonw_object(w);
	jsonw_field_int(w, "n", turn->n);
	jsonw_field_text_or_null(w, "person",
	                         turn->author.person ? turn->author.person->name
	                                             : (struct rp_slice){ 0 });
	jsonw_key(w, "nodes");
	jsonw_array(w);
	for (size_t i = 0; i < turn->n_nodes; i++)
		jsonw_text(w, nodes[turn->nodes[i]].p.post.key);
	jsonw_end_array(w);
	json_instant(w, "first", turn->first.lo, digits(turn->first));
	json_instant(w, "last", turn->last.hi, digits(turn->last));
	if (turn->answers != 0)
		jsonw_field_int(w, "answers", turn->answers);
	else
		jsonw_field_null(w, "answers");
	jsonw_field_text_or_null(w, "via", turn->via);
	latency(w, turn);
	jsonw_end_object(w);
}

void
json_exchange(FILE *out, const struct style *style, const struct exchange_view *view)
{
	CLEANUP(json_page_done) struct json_page page;
	struct jsonw *w = &page.w;

	(void)style;
	json_page_init(&page, out);
	jsonw_object(w);
	jsonw_field_int(w, "v", 1);
	people(w, view->people, view->n_people);
	completeness(w, view->complete, view->why, view->n_why);
	coverage(w, &view->coverage);
	jsonw_key(w, "turns");
	jsonw_array(w);
	for (size_t i = 0; i < view->n_turns; i++) {
		turn_object(w, &view->turns[i], view->nodes);
		json_page_flush(&page);
	}
	jsonw_end_array(w);
	write_nodes(&page, view->nodes, view->n_nodes);
	jsonw_field_text_or_null(w, "last_word",
	                         view->last_word ? view->last_word->name
	                                         : (struct rp_slice){ 0 });
	jsonw_field_bool(w, "last_word_undetermined", view->last_word_undetermined);
	jsonw_end_object(w);
	buf_add_byte(&page.buf, '\n');
}

/* ---- one post ------------------------------------------------------------ */

static void
states_member(struct jsonw *w, const struct state_note *states, size_t n)
{
	jsonw_key(w, "states");
	jsonw_array(w);
	for (size_t i = 0; i < n; i++) {
		jsonw_object(w);
		jsonw_field_text(w, "subject", states[i].subject);
		jsonw_field_text(w, "state",
		                 rp_slice_str(post_state_name(states[i].state)));
		json_instant(w, "as_of", states[i].as_of, RP_PRECISION_UNKNOWN);
		jsonw_field_text_or_null(w, "evidence", states[i].evidence);
		jsonw_end_object(w);
	}
	jsonw_end_array(w);
}

static void
children_member(struct json_page *page, const struct view_seen *seen)
{
	struct jsonw *w = &page->w;

	jsonw_key(w, "children");
	jsonw_array(w);
	for (size_t i = 0; i < seen->n_children; i++) {
		const struct edge *e = &seen->children[i];

		jsonw_object(w);
		jsonw_field_text(w, "type", rp_slice_str(edge_type_name(e->type)));
		jsonw_field_text(w, "child", e->child_key);
		jsonw_field_text(w, "origin", rp_slice_str(edge_origin_name(e->origin)));
		json_confidence(w, e->origin, e->confidence_percent);
		jsonw_end_object(w);
		json_page_flush(page);
	}
	jsonw_end_array(w);
}

void
json_show(FILE *out, const struct style *style, const struct view_post *post,
          const struct view_seen *seen, const struct state_note *states, size_t n_states)
{
	CLEANUP(json_page_done) struct json_page page;

	(void)style;
	json_page_init(&page, out);
	jsonw_object(&page.w);
	jsonw_field_int(&page.w, "v", 1);
	json_post_members(&page.w, post);
	texts(&page.w, "aliases", seen->aliases, seen->n_aliases);
	states_member(&page.w, states, n_states);
	children_member(&page, seen);
	json_seen_members(&page.w, seen);
	jsonw_end_object(&page.w);
	buf_add_byte(&page.buf, '\n');
}
