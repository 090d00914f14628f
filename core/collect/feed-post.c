#include "core/collect/feed-post.h"

#include "core/base/date.h"
#include "core/base/url.h"
#include "core/base/utf8.h"

/* ---- times --------------------------------------------------------------- */

static struct rp_time
time_of(const struct feed_source *source, struct rp_slice written)
{
	const struct date_context context = { source->zone, RP_BASIS_PLATFORM };
	struct rp_time time = RP_TIME_NONE;

	if (written.n > 0)
		(void)date_read(written, &context, &time, NULL);
	return time;
}

/* The later of two moments, of which one or both may be unknown. */
static int64_t
later(int64_t as_of, struct rp_time time)
{
	if (!rp_time_exact(time))
		return as_of;
	return as_of == RP_TIME_UNKNOWN || time.lo > as_of ? time.lo : as_of;
}

struct feed_source
feed_source(const struct feed *feed, const struct zone *zone, struct arena *scratch)
{
	struct feed_source source = {
		.feed = feed, .zone = zone, .scratch = scratch, .as_of = RP_TIME_UNKNOWN
	};

	source.as_of = later(source.as_of, time_of(&source, feed->updated));
	source.as_of = later(source.as_of, time_of(&source, feed->published));
	return source;
}

static void
set_times(const struct feed_source *source, const struct feed_entry *entry,
          struct observation *out)
{
	const struct rp_time published = time_of(source, entry->published);
	const struct rp_time created = time_of(source, entry->created);
	const struct rp_time updated = time_of(source, entry->updated);

	out->post.time = rp_time_known(published) ? published
	                 : rp_time_known(created) ? created
	                                          : updated;
	out->version.printed = rp_time_known(updated) ? updated : out->post.time;
	out->version.as_of = later(later(source->as_of, out->post.time), updated);
	if (key_platform(out->post.key) == PLATFORM_X)
		out->post.time = post_x_time(out->post.key, out->post.time);
}

/* ---- who ----------------------------------------------------------------- */

/* On one line. */
static bool
one_line(struct arena *arena, struct rp_slice text, struct rp_slice *out)
{
	char *copy = arena_alloc(arena, text.n + 1);
	size_t n = 0;

	if (copy == NULL)
		return false;
	text = rp_slice_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		const bool blank = (unsigned char)text.p[i] <= ' ';

		if (!blank || copy[n > 0 ? n - 1 : 0] != ' ')
			copy[n++] = blank ? ' ' : text.p[i];
	}
	*out = rp_slice_from(copy, n);
	return true;
}

static bool
add_account(struct batch_lists *lists, struct rp_slice key, struct rp_slice handle,
            struct rp_slice name, int64_t as_of)
{
	struct account *account;

	if (key.n == 0)
		return true;
	account = batch_add_account(lists);
	if (account == NULL)
		return false;
	account->key = key;
	account->first = account->last = name.n ? as_of : RP_TIME_UNKNOWN;
	return one_line(lists->arena, handle, &account->handle) &&
	       one_line(lists->arena, name, &account->name);
}

static bool
set_author(struct batch_lists *lists, const struct feed_source *source,
           const struct feed_entry *entry, struct post *post)
{
	const struct feed_person *author = &entry->author;
	struct rp_slice name;

	if (!one_line(lists->arena,
	              author->name.n    ? author->name
	              : author->email.n ? author->email
	                                : author->uri,
	              &name))
		return false;
	if (!feed_author_key(lists->arena, source->identity, name, &post->author))
		return false;
	if (rp_slice_eq(post->author, source->author))
		name = source->feed->title.value;
	return add_account(lists, post->author, RP_SLICE(""), name, RP_TIME_UNKNOWN);
}

/* ---- edges --------------------------------------------------------------- */

static bool
has_edge(const struct observed_edge *edges, size_t n, struct rp_slice parent)
{
	for (size_t i = 0; i < n; i++)
		if (rp_slice_eq(edges[i].parent, parent))
			return true;
	return false;
}

static void
add_edge(struct observation *out, struct observed_edge *edges, enum edge_type type,
         enum edge_origin origin, struct rp_slice parent)
{
	if (!key_valid(parent) || rp_slice_eq(parent, out->post.key) ||
	    has_edge(edges, out->n_edges, parent))
		return;
	edges[out->n_edges++] = (struct observed_edge){ type, origin, parent };
}

/*
 * The key of what is answered: a post of a network by its address; else an entry, of the
 * feed that is named, or of this one.
 */
static bool
parent_of(struct arena *arena, const struct feed_source *source,
          const struct feed_reply *reply, struct rp_slice *out)
{
	const struct feed elsewhere = { .self = reply->source };
	struct rp_slice identity = source->identity;
	struct url_meaning meaning = { .kind = URL_OTHER };

	if (!url_meaning(arena, reply->href.n ? reply->href : reply->ref, &meaning))
		return false;
	if (meaning.kind == URL_POST && meaning.key.n > 0) {
		*out = meaning.key;
		return true;
	}
	if (feed_is_web(reply->source) &&
	    !feed_identity(arena, &elsewhere, RP_SLICE(""), &identity))
		return false;
	return feed_key(arena, identity, reply->ref.n ? reply->ref : reply->href, out);
}

static bool
set_edges(struct arena *arena, const struct feed_source *source,
          const struct feed_entry *entry, const struct feed_native *native,
          struct feed_words *words, struct observation *out, struct observation *ghosts,
          size_t *n_ghosts_out)
{
	struct observed_edge *edges =
		arena_array(arena, entry->n_replies + 1, sizeof(*edges));

	if (edges == NULL)
		return false;
	out->edges = edges;
	for (size_t i = 0; i < entry->n_replies; i++) {
		struct rp_slice parent;

		if (!parent_of(arena, source, &entry->replies[i], &parent))
			return false;
		add_edge(out, edges, EDGE_REPLY, ORIGIN_PLATFORM, parent);
	}
	if (native->quoted.n > 0)
		add_edge(out, edges, EDGE_QUOTE, ORIGIN_PLATFORM, native->quoted);
	if (native->key.n == 0 && (!links_add(&words->links, arena, entry->link) ||
	                           !links_add(&words->links, arena, entry->about)))
		return false;
	return links_become_edges(&words->links, arena, out, ghosts, n_ghosts_out);
}

/* ---- the post ------------------------------------------------------------ */

bool
feed_post(struct batch_lists *lists, const struct feed_source *source,
          const struct feed_entry *entry, struct observation *out,
          struct observation *ghosts, size_t *n_ghosts_out)
{
	struct arena *arena = lists->arena;
	struct feed_native native;
	struct feed_words words;
	struct post *post = &out->post;

	post->kind = KIND_POST;
	if (!feed_native(arena, source->feed, entry, &native) ||
	    !feed_words(arena, source->scratch, entry, native.key.n ? &native : NULL,
	                &words))
		return false;
	if (native.key.n > 0) {
		post->key = native.key;
		post->author = native.author;
	} else if (!feed_entry_key(arena, source->identity, entry, &post->key)) {
		return false;
	}
	set_times(source, entry, out);
	if (native.key.n > 0 ? !add_account(lists, native.author, native.handle,
	                                    native.name, out->version.as_of)
	                     : !set_author(lists, source, entry, post))
		return false;
	if ((native.key.n == 0 && feed_is_web(entry->link) &&
	     !arena_copy(arena, entry->link, &post->url)) ||
	    !arena_copy(arena, words.text, &out->version.text) ||
	    !arena_copy(arena, entry->lang, &out->version.lang))
		return false;
	out->version.damaged =
		source->feed->damaged &&
		rp_slice_find(words.text, RP_SLICE(UTF8_REPLACEMENT)) < words.text.n;
	return set_edges(arena, source, entry, &native, &words, out, ghosts,
	                 n_ghosts_out);
}
