#include "core/render/text.h"

#include "core/base/utf8.h"

#include <inttypes.h>

/* Handles longer than this, or of other letters than ASCII's, are not taken on trust. */
enum { HANDLE_PLAIN_BYTES = 40, REPOSTERS_NAMED = 5 };

static bool
is_plain(struct rp_slice handle)
{
	for (size_t i = 0; i < handle.n; i++)
		if ((unsigned char)handle.p[i] <= ' ' || (unsigned char)handle.p[i] > '~')
			return false;
	return handle.n <= HANDLE_PLAIN_BYTES;
}

void
person_add(struct rp_buf *out, const struct person *person)
{
	utf8_show(out, person->short_name.n > 0 ? person->short_name : person->name,
	          true);
}

static void
add_handle(struct rp_buf *out, const struct view_author *author)
{
	buf_add_byte(out, '@');
	utf8_show(out, author->handle, true);
	if (!is_plain(author->handle) && author->key.n > 0) {
		buf_add_str(out, " (");
		utf8_show(out, author->key, true);
		buf_add_byte(out, ')');
	}
}

/* The account's key as people write it: "spoken:@Ana" is Ana, "x:@ana?" is @ana. */
static void
add_key(struct rp_buf *out, struct rp_slice key)
{
	struct rp_slice native = key_native(key);

	if (key_platform(key) == PLATFORM_SPOKEN) {
		utf8_show(out, rp_slice_skip(native, 1), true);
	} else if (key_is_handle_only(key)) {
		native.n--;
		utf8_show(out, native, true);
	} else {
		utf8_show(out, key.n > 0 ? key : RP_SLICE("somebody"), true);
	}
}

void
author_add_short(struct rp_buf *out, const struct view_author *author)
{
	if (author->person != NULL)
		person_add(out, author->person);
	else if (author->handle.n > 0)
		add_handle(out, author);
	else if (author->name.n > 0)
		utf8_show(out, author->name, true);
	else
		add_key(out, author->key);
}

void
author_add_long(struct rp_buf *out, const struct view_author *author)
{
	struct rp_slice name = author->person ? author->person->name : author->name;

	if (name.n > 0)
		utf8_show(out, name, true);
	if (name.n > 0 && author->handle.n > 0)
		buf_add_byte(out, ' ');
	if (author->handle.n > 0)
		add_handle(out, author);
	else if (name.n == 0)
		add_key(out, author->key);
}

char
edge_mark(const struct view_edge *edge)
{
	static const char marks[] = {
		[EDGE_REPLY] = '>',   [EDGE_QUOTE] = '"',    [EDGE_REPOST] = ' ',
		[EDGE_LINK] = '@',    [EDGE_CONV] = ':',     [EDGE_ATTESTS] = '@',
		[EDGE_SAME_AS] = ' ', [EDGE_RESPONDS] = '~',
	};

	switch (edge->origin) {
	case ORIGIN_INFERRED:
		return '~';
	case ORIGIN_USER_CONFIRM:
		return '+';
	case ORIGIN_USER_PIN:
		return '!';
	case ORIGIN_PLATFORM:
	case ORIGIN_DERIVED:
		break;
	}
	return marks[edge->type];
}

char
node_mark(const struct view_node *node)
{
	if (node->parent != VIEW_NO_NODE)
		return edge_mark(&node->via);
	for (size_t i = 0; i < node->p.n_edges; i++)
		if (!node->p.edges[i].impossible && !node->p.edges[i].cyclic)
			return edge_mark(&node->p.edges[i]);
	return ' ';
}

const char *
edge_verb(enum edge_type type)
{
	static const char *const verbs[] = {
		[EDGE_REPLY] = "answers",
		[EDGE_QUOTE] = "quotes",
		[EDGE_REPOST] = "reposts",
		[EDGE_LINK] = "links to",
		[EDGE_CONV] = "in one conversation with",
		[EDGE_ATTESTS] = "reports",
		[EDGE_SAME_AS] = "says the same as",
		[EDGE_RESPONDS] = "responds to",
	};

	return verbs[type];
}

const char *
edge_verb_passive(enum edge_type type)
{
	static const char *const verbs[] = {
		[EDGE_REPLY] = "answered by",
		[EDGE_QUOTE] = "quoted by",
		[EDGE_REPOST] = "reposted by",
		[EDGE_LINK] = "linked to by",
		[EDGE_CONV] = "in one conversation with",
		[EDGE_ATTESTS] = "reported by",
		[EDGE_SAME_AS] = "the same as",
		[EDGE_RESPONDS] = "responded to by",
	};

	return verbs[type];
}

/* NULL: nothing worth saying. */
static const char *
state_words(enum post_state state)
{
	static const char *const words[] = {
		[STATE_LIVE] = NULL,
		[STATE_EDITED] = NULL,
		[STATE_DELETED] = "deleted",
		[STATE_SUSPENDED] = "account suspended",
		[STATE_PROTECTED] = "account protected",
		[STATE_WITHHELD] = "withheld",
		[STATE_UNAVAILABLE] = "unavailable",
		[STATE_NEVER_SEEN] = NULL,
	};

	return words[state];
}

void
ghost_add(struct rp_buf *out, const struct view_post *post)
{
	const char *why = state_words(post->state);

	buf_add_str(out, "[not in the archive] ");
	if (post->author.key.n > 0 || post->author.handle.n > 0) {
		author_add_short(out, &post->author);
		buf_add_str(out, ", ");
	}
	utf8_show(out, post->post.key, true);
	if (why != NULL)
		buf_printf(out, "; %s", why);
}

static size_t
count_lines(struct rp_slice lines)
{
	size_t n = 0;

	while (lines.n > 0) {
		(void)rp_slice_cut(&lines, '\n');
		n++;
	}
	return n;
}

void
page_said(struct page *page, const struct view_post *post)
{
	const size_t media = count_lines(post->version.media);

	if (post->post.kind == KIND_ARTICLE && post->post.title.n > 0) {
		page_text(page, TINT_NAME, post->post.title);
		page_newline(page);
		page_newline(page);
		page_to(page, page->indent);
	}
	if (media == 0 || rp_slice_trim(post->version.text).n > 0) {
		page_text(page, TINT_NONE, post->version.text);
		return;
	}
	buf_printf(&page->note, "(no text, %zu picture%s or video%s)", media,
	           media == 1 ? "" : "s", media == 1 ? "" : "s");
	page_note(page, TINT_DIM);
}

void
note_state(struct page *page, const struct view_post *post)
{
	const char *words = state_words(post->state);

	if (post->n_edits > 0 || post->n_versions > 1) {
		note_next(page);
		buf_printf(&page->note, "%s%" PRIu32 " wording%s%s",
		           post->n_edits > 0 ? "edited, " : "", post->n_versions,
		           post->n_versions == 1 ? "" : "s",
		           post->n_edits > 0 ? "" : " seen");
	}
	if (words != NULL) {
		note_next(page);
		buf_add_str(&page->note, words);
		if (post->seen_until != RP_TIME_UNKNOWN) {
			buf_add_str(&page->note, ", seen until ");
			when_add_full(page, &page->note, post->seen_until,
			              RP_PRECISION_MIN);
		}
		/* What is withheld may be shown elsewhere at the same time. */
		if (post->gone_by != RP_TIME_UNKNOWN && post->state != STATE_WITHHELD) {
			buf_add_str(&page->note, ", gone by ");
			when_add_full(page, &page->note, post->gone_by, RP_PRECISION_MIN);
		}
	}
	if (post->version.truncated) {
		note_next(page);
		buf_add_str(&page->note, "cut short by the source");
	}
	if (post->version.damaged) {
		note_next(page);
		buf_add_str(&page->note, "some characters came damaged");
	}
}

void
note_place(struct page *page, const struct post *post, struct rp_time time)
{
	const size_t before = page->note.n;
	size_t start, shown;

	if (post->place.n == 0 && post->zone.n == 0)
		return;
	if (post->place.n > 0 && rp_slice_eq(post->place, page->place))
		return;
	page->place = post->place;
	note_next(page);
	start = page->note.n;
	utf8_show(&page->note, post->place, true);
	shown = page->note.n;
	buf_add_str(&page->note, post->place.n > 0 ? " (" : "(");
	if (when_add_there(page, &page->note, time, post->zone))
		buf_add_byte(&page->note, ')');
	else
		page->note.n = shown;
	if (page->note.n == start)
		page->note.n = before; /* nothing to say after all */
}

void
note_conflict(struct page *page, const struct view_post *post)
{
	if (!post->time_conflict)
		return;
	note_next(page);
	buf_add_str(&page->note, "time conflict");
}

/* "Musk (x:188…)", or the key alone when it is not in this view. */
static void
add_parent(struct page *page, const struct view_node *nodes, const struct view_edge *edge)
{
	if (edge->parent != VIEW_NO_NODE) {
		author_add_short(&page->note, &nodes[edge->parent].p.author);
		buf_add_str(&page->note, " (");
	}
	utf8_show(&page->note, edge->parent_key, true);
	if (edge->parent != VIEW_NO_NODE)
		buf_add_byte(&page->note, ')');
}

static bool
is_primary(const struct view_node *node, const struct view_edge *edge)
{
	return node->parent != VIEW_NO_NODE && edge->type == node->via.type &&
	       rp_slice_eq(edge->parent_key, node->via.parent_key);
}

static void
note_edges(struct page *page, const struct view_node *nodes, const struct view_node *node)
{
	for (size_t i = 0; i < node->p.n_edges; i++) {
		const struct view_edge *edge = &node->p.edges[i];

		if (is_primary(node, edge) || edge->type == EDGE_CONV)
			continue;
		note_next(page);
		buf_printf(&page->note, "%s%s ",
		           node->parent != VIEW_NO_NODE ? "also " : "",
		           edge_verb(edge->type));
		add_parent(page, nodes, edge);
		if (edge->impossible)
			buf_add_str(&page->note, ", which is younger");
		if (edge->cyclic)
			buf_add_str(&page->note, ", in a circle");
	}
}

/* "3 reposts by @ana, @bob, @cleo, from 22 Jan … to …"; of many, the first few names. */
static void
note_reposts(struct page *page, const struct view_node *node)
{
	const size_t n = node->n_reposts;
	const size_t named = n > REPOSTERS_NAMED + 1 ? REPOSTERS_NAMED : n;

	note_next(page);
	buf_printf(&page->note, "%zu repost%s", n, n == 1 ? "" : "s");
	for (size_t i = 0; node->reposters != NULL && i < named; i++) {
		buf_add_str(&page->note, i == 0 ? " by " : ", ");
		author_add_short(&page->note, &node->reposters[i]);
	}
	if (named < n)
		buf_printf(&page->note, " and %zu more", n - named);
	if (node->first_repost == RP_TIME_UNKNOWN)
		return;
	buf_add_str(&page->note, n == 1 ? ", " : ", from ");
	when_add_full(page, &page->note, node->first_repost, RP_PRECISION_MIN);
	if (n > 1) {
		buf_add_str(&page->note, " to ");
		when_add_full(page, &page->note, node->last_repost, RP_PRECISION_MIN);
	}
}

void
note_answered(struct page *page, const struct view_node *node)
{
	enum { COLUMNS = 60 };
	const struct version *version = node->answered.version;
	size_t start;

	if (node->answered.n == 0)
		return;
	note_next(page);
	buf_printf(&page->note, "was replying to version %" PRIu32, node->answered.n);
	if (version == NULL)
		return;
	buf_add_str(&page->note, ": ");
	start = page->note.n;
	utf8_show(&page->note, version->text, true);
	if (utf8_width(rp_slice_skip(buf_slice(&page->note), start)) > COLUMNS) {
		page->note.n =
			start + utf8_wrap(rp_slice_skip(buf_slice(&page->note), start),
		                          COLUMNS - 1);
		buf_add_str(&page->note, "\xe2\x80\xa6");
	}
}

void
note_node(struct page *page, const struct view_node *nodes, const struct view_node *node)
{
	if (node->parent != VIEW_NO_NODE && node->via.origin == ORIGIN_INFERRED) {
		note_next(page);
		buf_printf(&page->note, "inferred, %d %%", node->via.confidence_percent);
	}
	note_conflict(page, &node->p);
	note_answered(page, node);
	note_edges(page, nodes, node);
	if (node->n_reposts > 0)
		note_reposts(page, node);
}
