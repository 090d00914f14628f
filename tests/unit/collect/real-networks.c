/*
 * Real and foreign data through the importers of networks.  Argument: the directory of
 * the data sets; empty: skipped (77).
 *
 *	mastodon-statuses   every public status is a post, every other one a reject
 *	activitystreams     notes, activities and records are read into what their twins
 *	                    in ActivityStreams 1 (x.as.json) say; where they are not,
 *	                    the reason is in the table below and printed
 *	atproto-syntax      valid identifiers are taken, invalid ones refused
 */
#include "core/base/buf.h"
#include "core/base/file.h"
#include "core/collect/bsky.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77, FILE_MAX_BYTES = 8 << 20 };

static int failures;

static void
check(bool good, const char *where, const char *what)
{
	if (good)
		return;
	(void)fprintf(stderr, "%s: %s\n", where, what);
	failures++;
}

static bool
read_file(const char *directory, const char *name, struct rp_buf *out)
{
	char path[4096];
	struct rp_error err;

	(void)snprintf(path, sizeof(path), "%s/%s", directory, name);
	buf_clear(out);
	if (file_read(path, out, &err) == RP_OK)
		return out->n > 0;
	check(false, path, err.text);
	return false;
}

struct source {
	struct rp_slice rest;
};

static enum rp_status
source_read(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct source *source = context;
	size_t n = source->rest.n < size ? source->rest.n : size;

	(void)err;
	if (n > 0)
		memcpy(into, source->rest.p, n);
	source->rest = rp_slice_skip(source->rest, n);
	*n_out = n;
	return n ? RP_OK : RP_END;
}

/* One batch of a text; the collector is open as long as its texts are looked at. */
struct reading {
	struct source source;
	const struct collector_ops *ops;
	struct collector *collector;
	struct arena *arena;
	struct batch batch;
};

static bool
begin(struct reading *r, const char *as, struct rp_slice text, const char *options)
{
	struct input input = { .name = RP_SLICE("-"),
		               .reader = { source_read, &r->source },
		               .options = rp_slice_str(options) };

	*r = (struct reading){ .source = { text },
		               .ops = collector_find(rp_slice_str(as)) };
	r->arena = arena_new(256 << 20);
	r->batch.arena = r->arena;
	return r->arena != NULL && r->ops->open(&input, &r->collector, NULL) == RP_OK &&
	       r->ops->next(r->collector, &r->batch, NULL) == RP_OK;
}

static void
end(struct reading *r)
{
	if (r->collector != NULL)
		r->ops->close(r->collector);
	arena_free(r->arena);
}

static const struct observation *
first_post(const struct reading *r)
{
	for (size_t i = 0; i < r->batch.n_observations; i++)
		if (r->batch.observations[i].post.kind != KIND_GHOST)
			return &r->batch.observations[i];
	return NULL;
}

/* ---- mastodon-statuses ---------------------------------------------------------- */

static void
statuses(const char *directory, struct rp_buf *text)
{
	const char *name = "mastodon-statuses/statuses.jsonl";
	struct reading r;
	size_t posts = 0, boosts = 0, quotes = 0, replies = 0, mentions = 0, polls = 0;

	if (!read_file(directory, name, text))
		return;
	check(collector_sniff(buf_slice(text),
	                      &(struct input){ .name = RP_SLICE("-") }) ==
	              collector_find(RP_SLICE("masto")),
	      name, "not taken for what it is");
	check(begin(&r, "masto", buf_slice(text), NULL), name, "cannot be read");
	for (size_t i = 0; i < r.batch.n_observations; i++) {
		const struct observation *o = &r.batch.observations[i];

		if (o->post.kind == KIND_GHOST)
			continue;
		posts++;
		boosts += o->post.kind == KIND_REPOST;
		mentions += o->version.mentions.n > 0;
		polls += o->version.poll.n > 0;
		check(o->n_aliases == 1, name, "a post without its local id");
		check(o->post.author.n > 0 && rp_time_known(o->post.time), name,
		      "a post without author or time");
		for (size_t k = 0; k < o->n_edges; k++) {
			quotes += o->edges[k].type == EDGE_QUOTE;
			replies += o->edges[k].type == EDGE_REPLY;
		}
		check(rp_slice_find(o->version.text, RP_SLICE("<p>")) ==
		              o->version.text.n,
		      name, "markup in a text");
	}
	(void)printf("%s: %zu posts, %zu boosts, %zu quotes, %zu replies, %zu with "
	             "mentions, %zu with polls, %zu not public\n",
	             name, posts, boosts, quotes, replies, mentions, polls,
	             r.batch.n_rejects);
	check(posts == 115 && boosts == 4 && quotes == 2 && replies == 0 && polls == 2 &&
	              r.batch.n_rejects == 11,
	      name, "other numbers than these were expected");
	end(&r);
}

/* ---- activitystreams ------------------------------------------------------------ */

/* What a file says, beside what its twin does. */
static const struct twin {
	const char *name, *as, *other;
	const char *id;   /* member to give it an id; NULL: it has one */
	const char *text; /* expected instead of the twin's content; NULL: the twin's */
	const char *reason;
} twins[] = {
	{ "activity_with_person_tag.as2", "masto", "activity_with_person_tag.as", NULL,
	  "", "the twin has no content either" },
	{ "article_with_image_attachment_with_alt.as2", "masto",
	  "article_with_image_attachment_with_alt.as", "id", NULL, NULL },
	{ "article_with_image_attachment_with_alt.as2-from-as", "masto",
	  "article_with_image_attachment_with_alt.as", "id", NULL, NULL },
	{ "article_with_photo.as2", "masto", "article_with_photo.as", "id", NULL, NULL },
	{ "note_public.as2", "masto", "note_public.as", "id", NULL, NULL },
	{ "note_with_hashtag.as2", "masto", "note_with_hashtag.as", NULL, "",
	  "the twin has no content either" },
	{ "note_with_image_document_attachment.as2", "masto",
	  "note_with_image_document_attachment.as-from-as2", "id", NULL, NULL },
	{ "note_with_mention.as2", "masto", "note_with_mention.as", NULL, "",
	  "the twin has no content either" },
	{ "repost.as2", "masto", "repost.as", NULL, "",
	  "a repost has no words; the original's are a post of their own" },
	{ "note_with_article_tag_indices.bsky", "bsky",
	  "note_with_article_tag_indices.as", NULL, NULL, NULL },
	{ "note_with_custom_feed.bsky", "bsky", "note_with_custom_feed.as-from-bsky",
	  NULL, NULL, NULL },
	{ "quote_and_image.bsky-from-as", "bsky", "quote_and_image.as", NULL,
	  "I hereby quote", "the content of the twin is that of the activity" },
	{ "repost.bsky", "bsky", "repost.as-from-bsky", NULL, "The original post",
	  "the original; a view without the address of the repost has no key for it" },
	{ "repost.bsky-from-as", "bsky", "repost.as", NULL, "",
	  "a repost has no words; its subject has no address here" },
};

/* The file with an id in front of its first member, where it needs one. */
static void
give_id(struct rp_buf *text, const char *member)
{
	CLEANUP(buf_done) struct rp_buf with;

	buf_init(&with, FILE_MAX_BYTES);
	if (member == NULL)
		return;
	buf_printf(&with, "{\"%s\":\"https://test.example/1\",", member);
	buf_add(&with, rp_slice_skip(buf_slice(text),
	                             rp_slice_find_byte(buf_slice(text), '{') + 1));
	buf_clear(text);
	buf_add(text, buf_slice(&with));
}

static struct rp_slice
content_of(struct json_doc *doc, struct arena *arena)
{
	struct rp_slice content = RP_SLICE("");
	uint32_t node = json_get(doc, JSON_ROOT, RP_SLICE("content"));

	if (json_type(doc, node) == JSON_STRING &&
	    json_text(doc, node, arena, &content, NULL) != RP_OK)
		abort();
	return content;
}

/* Few of these objects say who may read them, and what nobody called public is no post.
 */
static void
give_readers(struct rp_buf *text)
{
	static const struct rp_slice readers = RP_LIT("{\"to\":\"as:Public\",");
	const size_t at = rp_slice_find_byte(buf_slice(text), '{');
	CLEANUP(buf_done) struct rp_buf rest;

	buf_init(&rest, FILE_MAX_BYTES);
	if (rp_slice_find(buf_slice(text), RP_SLICE("\"to\"")) < text->n ||
	    rp_slice_find(buf_slice(text), RP_SLICE("\"cc\"")) < text->n || at == text->n)
		return;
	buf_init(&rest, FILE_MAX_BYTES);
	buf_add(&rest, rp_slice_skip(buf_slice(text), at + 1));
	text->n = at;
	buf_add(text, readers);
	buf_add(text, buf_slice(&rest));
}

static void
compare(const char *directory, const struct twin *twin, struct rp_buf *text)
{
	CLEANUP(buf_done) struct rp_buf other;
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	const struct observation *o;
	struct rp_slice expected;
	struct reading r;
	char name[200];

	buf_init(&other, FILE_MAX_BYTES);
	(void)snprintf(name, sizeof(name), "activitystreams/%s.json", twin->other);
	if (!read_file(directory, name, &other) ||
	    json_parse(&doc, buf_slice(&other), NULL) != RP_OK)
		return;
	(void)snprintf(name, sizeof(name), "activitystreams/%s.json", twin->name);
	if (!read_file(directory, name, text))
		return;
	give_id(text, twin->id);
	if (strcmp(twin->as, "masto") == 0)
		give_readers(text);
	check(begin(&r, twin->as, buf_slice(text),
	            "url=at://did:plc:foo/app.bsky.feed.post/3a\n"),
	      name, "cannot be read");
	o = first_post(&r);
	check(o != NULL, name, "is no post");
	expected = twin->text ? rp_slice_str(twin->text) : content_of(&doc, r.arena);
	if (o != NULL && !rp_slice_eq(o->version.text, expected)) {
		(void)fprintf(stderr, "%s: \"%.*s\", its twin \"%.*s\"\n", name,
		              RP_FMT(o->version.text), RP_FMT(expected));
		failures++;
	} else if (twin->reason != NULL) {
		(void)printf("%s: not as its twin: %s\n", name, twin->reason);
	}
	end(&r);
}

/* An edge of the first post, and what else the file is known to say. */
static void
edges(const char *directory, struct rp_buf *text)
{
	static const struct {
		const char *name, *as;
		enum edge_type type;
		const char *parent;
	} want[] = {
		{ "repost.as2", "masto", EDGE_REPOST,
		  "masto:http://example.com/original/post" },
		{ "quote_and_image.bsky-from-as", "bsky", EDGE_QUOTE,
		  "bsky:did:plc:user/orig-post-tid" },
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		const struct observation *o;
		struct reading r;
		char name[200];

		(void)snprintf(name, sizeof(name), "activitystreams/%s.json",
		               want[i].name);
		if (!read_file(directory, name, text))
			continue;
		if (strcmp(want[i].as, "masto") == 0)
			give_readers(text);
		check(begin(&r, want[i].as, buf_slice(text),
		            "url=at://did:plc:foo/app.bsky.feed.post/3a\n"),
		      name, "cannot be read");
		o = first_post(&r);
		check(o != NULL && o->n_edges == 1 && o->edges[0].type == want[i].type &&
		              rp_slice_eq(o->edges[0].parent,
		                          rp_slice_str(want[i].parent)),
		      name, "its edge is not there");
		end(&r);
	}
}

/* A view whose address is empty has no key: it is a reject, and nothing is made up. */
static void
without_address(const char *directory, struct rp_buf *text)
{
	const char *name = "activitystreams/quote_and_image.bsky.json";
	struct reading r;

	if (!read_file(directory, name, text))
		return;
	check(begin(&r, "bsky", buf_slice(text), NULL), name, "cannot be read");
	check(r.batch.n_rejects == 1, name, "is no reject");
	if (r.batch.n_rejects == 1)
		(void)printf("%s: not read: %.*s\n", name,
		             RP_FMT(r.batch.rejects[0].reason));
	end(&r);
}

/* ---- atproto-syntax ------------------------------------------------------------- */

static bool
is_identifier(struct rp_slice line)
{
	return at_did_valid(line) || at_handle_valid(line);
}

static void
identifiers(const char *directory, const char *name, bool (*valid)(struct rp_slice),
            struct rp_buf *text)
{
	static const char *const kinds[] = { "invalid", "valid" };
	char file[200];
	size_t n = 0, wrong = 0;

	for (int kind = 0; kind < 2; kind++) {
		struct rp_slice rest, line;

		(void)snprintf(file, sizeof(file), "atproto-syntax/%s_syntax_%s.txt",
		               name, kinds[kind]);
		if (!read_file(directory, file, text))
			return;
		rest = buf_slice(text);
		while (rest.n > 0) {
			line = rp_slice_cut(&rest, '\n');
			if (line.n == 0 || line.p[0] == '#')
				continue;
			n++;
			if (valid(line) == (kind == 1))
				continue;
			(void)fprintf(stderr, "%s: \"%.*s\"\n", file, RP_FMT(line));
			wrong++;
		}
	}
	(void)printf("%s: %zu identifiers, %zu misjudged\n", name, n, wrong);
	check(n > 0 && wrong == 0, name, "identifiers were misjudged");
}

int
main(int argc, char **argv)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, FILE_MAX_BYTES);
	if (argc < 2 || argv[1][0] == '\0')
		return SKIPPED;
	statuses(argv[1], &text);
	for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++)
		compare(argv[1], &twins[i], &text);
	edges(argv[1], &text);
	without_address(argv[1], &text);
	identifiers(argv[1], "handle", at_handle_valid, &text);
	identifiers(argv[1], "atidentifier", is_identifier, &text);
	identifiers(argv[1], "nsid", at_nsid_valid, &text);
	identifiers(argv[1], "recordkey", at_rkey_valid, &text);
	return failures != 0;
}
