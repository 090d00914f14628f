#include "core/base/utf8.h"
#include "core/collect/feed-post.h"
#include "tests/support/memory-reader.h"
#include "tests/support/read-batches.h"
#include "tests/support/spec.h"

#include <stdio.h>
#include <stdlib.h>

/* What a feed was read as. */
static struct rp_buf posts;   /* "KEY by AUTHOR: text\n" */
static struct rp_buf edges;   /* "KEY reply KEY\n" */
static struct rp_buf times;   /* "2026-01-21T10:00:00Z..2026-…\n" */
static struct rp_buf rejects; /* "OFFSET+BYTES: reason\n" */
static struct rp_buf records; /* their bytes, each with "|" behind */
static struct rp_buf bytes;
static struct rp_buf others; /* "lang url as_of name\n" */
static size_t n_posts, n_records, n_rejects;

static struct rp_buf *const all[] = { &posts,   &edges, &times, &rejects,
	                              &records, &bytes, &others };

static int
begin(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_init(all[i], 64 << 20);
	n_posts = n_records = n_rejects = 0;
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_done(all[i]);
	return 0;
}

static void
gather_post(const struct batch *batch, const struct observation *o)
{
	const struct batch_record *record = &batch->records[o->record];

	if (o->post.kind == KIND_GHOST)
		return;
	assert_true(key_valid(o->post.key));
	assert_true(o->post.author.n == 0 || key_valid(o->post.author));
	assert_true(utf8_valid(o->version.text));
	assert_true(o->offset + o->bytes <= record->n);
	buf_add(&posts, o->post.key);
	buf_add_str(&posts, " by ");
	buf_add(&posts, o->post.author);
	buf_add_str(&posts, ": ");
	buf_add(&posts, o->version.text);
	buf_add_byte(&posts, '\n');
	for (size_t i = 0; i < o->n_edges; i++) {
		buf_add_str(&edges, edge_type_name(o->edges[i].type));
		buf_add_byte(&edges, ' ');
		buf_add(&edges, o->edges[i].parent);
		buf_add_byte(&edges, '\n');
	}
	rp_time_write(&times, o->post.time.lo, o->post.time.precision);
	buf_add_str(&times, "..");
	rp_time_write(&times, o->post.time.hi, o->post.time.precision);
	buf_add_byte(&times, '\n');
	buf_add(&others, o->version.lang);
	buf_add_byte(&others, ' ');
	buf_add(&others, o->post.url);
	buf_add_byte(&others, ' ');
	rp_time_write(&others, o->version.as_of, RP_PRECISION_S);
	buf_add_byte(&others, '\n');
}

static void
gather(const struct batch *batch)
{
	size_t end = 0;

	assert_int_equal(batch->offset, bytes.n);
	for (size_t i = 0; i < batch->n_records; i++) {
		const struct batch_record *r = &batch->records[i];

		assert_true(r->at >= end);
		end = r->at + r->n;
		assert_true(end <= batch->bytes.n);
		buf_add(&records, rp_slice_from(batch->bytes.p + r->at, r->n));
		buf_add_byte(&records, '|');
	}
	for (size_t i = 0; i < batch->n_observations; i++)
		gather_post(batch, &batch->observations[i]);
	buf_add(&bytes, batch->bytes);
	for (size_t i = 0; i < batch->n_rejects; i++) {
		const struct reject *r = &batch->rejects[i];

		assert_true(r->offset + r->bytes <= bytes.n);
		buf_printf(&rejects, "%llu+%llu: %.*s\n", (unsigned long long)r->offset,
		           (unsigned long long)r->bytes, RP_FMT(r->reason));
	}
	n_posts += batch->n_observations;
	n_records += batch->n_records;
	n_rejects += batch->n_rejects;
}

static void
read_ending(struct rp_slice text, const char *name, const char *options,
            enum rp_status ending)
{
	char *copy = malloc(text.n ? text.n : 1); /* of exactly its size */
	struct memory_reader from = { rp_slice_from(copy, text.n), 0, ending };
	const struct input input = { .name = rp_slice_str(name),
		                     .reader = { memory_read, &from },
		                     .options = rp_slice_str(options) };

	assert_non_null(copy);
	memcpy(copy, text.p, text.n);
	(void)finish(NULL);
	(void)begin(NULL);
	read_batches(&feed_collector, &input, gather);
	assert_true(rp_slice_eq(buf_slice(&bytes), text));
	free(copy);
}

static void
read_with(struct rp_slice text, const char *name, const char *options)
{
	read_ending(text, name, options, RP_OK);
}

#define READ(literal) read_with(RP_SLICE(literal), "f.xml", "")
#define RSS(items)                                                                       \
	READ("<rss version='2.0'><channel><title>T</title>" items "</channel></rss>")
#define ATOM(inside)                                                                     \
	READ("<feed xmlns='http://www.w3.org/2005/Atom'><id>F</id>" inside "</feed>")

static int
sniffs(struct rp_slice head)
{
	const struct input input = { .name = RP_SLICE("f") };

	return feed_collector.sniff(head, &input);
}

static void
feeds_are_recognised_and_pages_are_not(void **state)
{
	(void)state;
	assert_true(sniffs(RP_SLICE(
			    "\xef\xbb\xbf <?xml version='1.0'?><!-- x --><rss>")) > 90);
	assert_true(sniffs(RP_SLICE("<!DOCTYPE html><rss version='0.91'>")) > 90);
	assert_true(sniffs(RP_SLICE("<feed xmlns='http://purl.org/atom/ns#'>")) > 90);
	assert_true(sniffs(RP_SLICE("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>")) > 90);
	assert_true(sniffs(RP_SLICE("\xff\xfe<\0r\0s\0s\0>\0")) > 90);
	assert_true(sniffs(RP_SLICE(
			    "{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1\"")) >
	            90);
	assert_int_equal(sniffs(RP_SLICE("<rdf:RDF xmlns='http://xmlns.com/foaf/0.1/'>")),
	                 0);
	assert_int_equal(sniffs(RP_SLICE("<html><body><rss>")), 0);
	assert_int_equal(sniffs(RP_SLICE("{\"id_str\":\"1\"}")), 0);
	assert_int_equal(sniffs(RP_SLICE("Bo: <rss>")), 0);
	assert_int_equal(sniffs(RP_SLICE("")), 0);
	READ("<html><body>404</body></html>");
	assert_slice(buf_slice(&rejects), "0+29: a page (HTML), no feed\n");
}

static void
an_entry_of_rss_is_a_post(void **state)
{
	(void)state;
	READ("<rss version='2.0'><channel><title>The P</title>"
	     "<link>https://p.example/</link><language>fr</language>"
	     "<lastBuildDate>Thu, 22 Jan 2026 09:00:00 GMT</lastBuildDate>"
	     "<item><guid isPermaLink='false'>7</guid><title>Un titre</title>"
	     "<link>https://p.example/7</link><author>bo@p.example (Bo B)</author>"
	     "<pubDate>Wed, 21 Jan 2026 10:00:00 GMT</pubDate>"
	     "<description>&lt;p&gt;Un &lt;b&gt;mot&lt;/b&gt;.</description></item>"
	     "</channel></rss>");
	assert_slice(buf_slice(&posts),
	             "feed:https://p.example/#7 by "
	             "feed:@https://p.example/#Bo B: Un titre\n\nUn mot.\n");
	assert_slice(buf_slice(&times), "2026-01-21T10:00:00Z..2026-01-21T10:00:00Z\n");
	assert_slice(buf_slice(&others), "fr https://p.example/7 2026-01-22T09:00:00Z\n");
}

static void
items_of_rdf_stand_beside_their_channel(void **state)
{
	(void)state;
	READ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
	     "xmlns='http://purl.org/rss/1.0/' "
	     "xmlns:dc='http://purl.org/dc/elements/1.1/'>"
	     "<channel rdf:about='https://p.example/rdf'><title>T</title>"
	     "<link>https://p.example/</link></channel>"
	     "<item rdf:about='https://p.example/1'><title>A</title>"
	     "<dc:creator>Bo</dc:creator><dc:date>2026-01-21</dc:date></item></rdf:RDF>");
	assert_slice(buf_slice(&posts), "feed:https://p.example/#https://p.example/1 by "
	                                "feed:@https://p.example/#Bo: A\n");
	assert_slice(buf_slice(&times), "2026-01-20..2026-01-22\n");
}

static void
texts_of_atom_say_how_they_are_written(void **state)
{
	(void)state;
	ATOM("<entry><id>1</id><title>a &lt;b&gt;</title></entry>"
	     "<entry><id>2</id><title type='html'>a &lt;b&gt;c&lt;/b&gt; &amp;amp; d"
	     "</title></entry>"
	     "<entry><id>3</id><content type='xhtml'><div xmlns='http://www.w3.org/1999/"
	     "xhtml'>a<br/>b</div></content></entry>"
	     "<entry><id>4</id><content type='text/x' mode='base64'>aGVsbG8=</content>"
	     "</entry><entry><id>5</id><content "
	     "type='image/png'>iVBORw0KGgoAAA==</content>"
	     "</entry>");
	assert_slice(buf_slice(&posts), "feed:F#1 by feed:@F: a <b>\n"
	                                "feed:F#2 by feed:@F: a c & d\n"
	                                "feed:F#3 by feed:@F: a\nb\n"
	                                "feed:F#4 by feed:@F: hello\n"
	                                "feed:F#5 by feed:@F: \n");
}

static void
an_entry_has_its_own_author_or_its_source_s_or_the_feed_s(void **state)
{
	(void)state;
	ATOM("<author><name>Al</name></author>"
	     "<entry><id>1</id><title>x</title></entry>"
	     "<entry><id>2</id><title>x</title><source><id>no</id><title>no</"
	     "title><author>"
	     "<name>Cy</name></author></source></entry>"
	     "<entry><id>3</id><title>x</title><author><name>Bo?</name></author></"
	     "entry>");
	assert_slice(buf_slice(&posts), "feed:F#1 by feed:@F#Al: x\n"
	                                "feed:F#2 by feed:@F#Cy: x\n"
	                                "feed:F#3 by feed:@F#Bo%3F: x\n");
}

static void
an_author_is_written_in_many_ways(void **state)
{
	static const struct {
		const char *written, *name, *email;
	} cases[] = {
		{ "bo@b.example (Bo B)", "Bo B", "bo@b.example" },
		{ "Bo B (bo@b.example)", "Bo B", "bo@b.example" },
		{ " Bo B <bo@b.example> ", "Bo B", "bo@b.example" },
		{ "mailto:bo@b.example", "", "bo@b.example" },
		{ "Bo (the other)", "Bo (the other)", "" },
		{ "", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct feed_person person =
			feed_person_read(rp_slice_str(cases[i].written));

		assert_slice(person.name, cases[i].name);
		assert_slice(person.email, cases[i].email);
	}
	ATOM("<entry><id>1</id><title>x</title><author><uri>https://b.example</uri>"
	     "</author></entry>");
	assert_slice(buf_slice(&posts), "feed:F#1 by feed:@F#https://b.example: x\n");
}

static void
a_text_is_html_only_where_it_looks_like_it(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	RSS("<item><guid>1</guid><description>a &lt; b\n\n  c &gt; d, R&amp;amp;D"
	    "</description></item><item><guid>2</guid><description>a\n\n  b &lt;3"
	    "</description></item>");
	assert_slice(buf_slice(&posts), "feed:T#1 by feed:@T: a < b c > d, R&D\n"
	                                "feed:T#2 by feed:@T: a\n\n  b <3\n");
	buf_init(&text, 8 << 20);
	buf_add_str(&text, "<rss><channel><item><guid>1</guid><description><![CDATA[");
	for (int i = 0; i < 300000; i++)
		buf_add_str(&text, "<a");
	buf_add_str(&text, "]]></description></item></channel></rss>");
	read_with(buf_slice(&text), "f.xml", "");
	assert_int_equal(n_posts, 1);
}

static void
an_answer_points_at_what_it_answers(void **state)
{
	(void)state;
	ATOM("<entry xmlns:thr='http://purl.org/syndication/thread/1.0'><id>2</id>"
	     "<title>x</title><thr:in-reply-to ref='1'/>"
	     "<thr:in-reply-to ref='t' source='https://o.example/f#a'/>"
	     "<thr:in-reply-to ref='q' href='https://x.com/a/status/20'/></entry>");
	assert_slice(buf_slice(&edges), "reply feed:F#1\n"
	                                "reply feed:https://o.example/f%23a#t\n"
	                                "reply x:20\n");
}

static void
links_to_posts_are_edges(void **state)
{
	(void)state;
	RSS("<item><guid>1</guid><link>https://x.com/a/status/20</link><description>"
	    "see &lt;a href='https://twitter.com/b/status/21?s=20'&gt;this&lt;/a&gt;"
	    "</description></item>"
	    "<item><guid>2</guid><description>and (https://x.com/c/status/22) http"
	    "</description></item>");
	assert_slice(buf_slice(&edges), "link x:21\nlink x:20\nlink x:22\n");
}

static void
a_title_that_begins_the_text_is_not_said_twice(void **state)
{
	(void)state;
	RSS("<item><guid>1</guid><title>Today I\xe2\x80\xa6</title><description>Today I "
	    "went out.</description></item>");
	assert_slice(buf_slice(&posts), "feed:T#1 by feed:@T: Today I went out.\n");
}

static void
a_guid_is_taken_as_it_is(void **state)
{
	(void)state;
	RSS("<item><guid> HTTP://P.example/%7Ea?b#c\n</guid><title>x</title></item>"
	    "<item><guid "
	    "isPermaLink='FALSE'>http://p.example/</guid><title>y</title></item>"
	    "<item><guid>https://p.example/9</guid><title>z</title></item>");
	assert_slice(buf_slice(&posts), "feed:T#HTTP://P.example/%7Ea?b#c by feed:@T: x\n"
	                                "feed:T#http://p.example/ by feed:@T: y\n"
	                                "feed:T#https://p.example/9 by feed:@T: z\n");
	assert_slice(buf_slice(&others), " HTTP://P.example/%7Ea?b#c \n  \n"
	                                 " https://p.example/9 \n");
}

static void
an_entry_without_id_is_known_by_link_or_title_and_date(void **state)
{
	CLEANUP(buf_done) struct rp_buf first;

	(void)state;
	RSS("<item><link>https://p.example/1</link><title>x</title></item>"
	    "<item><title>x</title><pubDate>21 Jan 2026</pubDate></item>"
	    "<item><title>x</title><pubDate>22 Jan 2026</pubDate></item>");
	assert_int_equal(n_posts, 3);
	assert_true(rp_slice_starts(buf_slice(&posts),
	                            RP_SLICE("feed:T#https://p.example/1 by ")));
	buf_init(&first, 4096);
	buf_add(&first, buf_slice(&posts));
	RSS("<item><link>https://p.example/1</link><title>x</title></item>"
	    "<item><title>x</title><pubDate>21 Jan 2026</pubDate></item>"
	    "<item><title>x</title><pubDate>22 Jan 2026</pubDate></item>");
	assert_true(rp_slice_eq(buf_slice(&first), buf_slice(&posts)));
}

static void
a_feed_is_known_by_id_own_address_url_page_or_title(void **state)
{
	static const char plain[] = "<rss><channel><item><guid>1</guid><title>x</title>"
				    "</item></channel></rss>";
	const struct rp_slice text = rp_slice_from(plain, sizeof(plain) - 1);

	(void)state;
	read_with(text, "some/where/f.xml", "");
	assert_slice(buf_slice(&posts), "feed:untitled#1 by feed:@untitled: x\n");
	read_with(text, "f.xml", "url=https://p.example/rss\n");
	assert_slice(buf_slice(&posts), "feed:https://p.example/rss#1 by "
	                                "feed:@https://p.example/rss: x\n");
	read_with(
		RP_SLICE("<rss><channel><atom:link rel='self' href='https://s.example/'/>"
	                 "<item><guid>1</guid><title>x</title></item></channel></rss>"),
		"f.xml", "url=https://p.example/rss\n");
	assert_slice(buf_slice(&posts),
	             "feed:https://s.example/#1 by feed:@https://s.example/: x\n");
}

static void
ids_that_no_key_can_hold_stand_as_their_hash(void **state)
{
	(void)state;
	RSS("<item><guid>a\nb</guid><title>x</title></item>");
	assert_true(rp_slice_starts(buf_slice(&posts), RP_SLICE("feed:T#sha256:")));
	assert_int_equal(n_posts, 1);
}

static void
of_two_entries_with_one_id_the_newer_counts(void **state)
{
	(void)state;
	ATOM("<entry><id>1</id><title>old</title><updated>2026-01-21T10:00:00Z</updated>"
	     "</entry><entry><id>1</id><title>new</title><updated>2026-01-22T10:00:00Z"
	     "</updated></entry><entry><id>1</id><title>new</title></entry>");
	assert_slice(buf_slice(&posts),
	             "feed:F#1 by feed:@F: new\nfeed:F#1 by feed:@F: new\n");
	assert_int_equal(n_rejects, 1);
	RSS("<item><guid>1</guid><title>first</title></item>"
	    "<item><guid>1</guid><title>second</title></item>");
	assert_slice(buf_slice(&posts), "feed:T#1 by feed:@T: first\n");
}

static void
relative_links_are_relative_to_the_base_that_is_said(void **state)
{
	(void)state;
	ATOM("<entry xml:base='https://p.example/a/'><id>1</id><link href='7'/>"
	     "<title>x</title></entry><entry><id>2</id><link href='/7'/><title>x</title>"
	     "</entry>");
	assert_slice(buf_slice(&others), " https://p.example/a/7 \n  \n");
	RSS("<link>https://p.example/a/</link><item><guid>1</guid><link>7</link>"
	    "<title>x</title></item><item><guid>2</guid><title>x</title>"
	    "<link>javascript:alert(1)</link></item>");
	assert_slice(buf_slice(&others), " https://p.example/a/7 \n  \n");
}

static void
a_page_s_own_address_beats_one_that_counts_visits(void **state)
{
	(void)state;
	READ("<rss xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'><channel><item>"
	     "<guid isPermaLink='false'>1</guid><title>x</title>"
	     "<f:origLink>https://p.example/1</f:origLink>"
	     "<link>https://count.example/1</link></item></channel></rss>");
	assert_slice(buf_slice(&others), " https://p.example/1 \n");
}

static void
a_date_is_as_precise_as_it_is_written(void **state)
{
	static const char text[] =
		"<rss><channel><item><guid>1</guid><title>x</title>"
		"<pubDate>21 Jan 2026 10:00</pubDate></item><item>"
		"<guid>2</guid><title>x</title><pubDate>Sun, 99 Jun 2009"
		"</pubDate></item></channel></rss>";

	(void)state;
	read_with(rp_slice_from(text, sizeof(text) - 1), "f.xml", "");
	assert_slice(buf_slice(&times), "2026-01-20T20:00Z..2026-01-21T22:00Z\n..\n");
	read_with(rp_slice_from(text, sizeof(text) - 1), "f.xml", "tz=Europe/Zurich\n");
	assert_slice(buf_slice(&times), "2026-01-21T09:00Z..2026-01-21T09:00Z\n..\n");
}

static void
each_entry_is_a_record_of_its_own(void **state)
{
	(void)state;
	RSS("\n<item><guid>1</guid><title>a</title></item>\n"
	    "<!-- <item> "
	    "--><item><guid>2</guid><title><![CDATA[</item>]]></title></item>\n");
	assert_slice(buf_slice(&records),
	             "<item><guid>1</guid><title>a</title></item>|"
	             "<item><guid>2</guid><title><![CDATA[</item>]]></title></item>|");
	READ("\xff\xfe<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0<\0g\0u\0i\0d\0>\0001\0<\0/\0g\0"
	     "u\0i\0d\0>\0<\0/\0i\0t\0e\0m\0>\0<\0i\0t\0e\0m\0>\0<\0g\0u\0i\0d\0>\0002\0<"
	     "\0/\0g\0u\0i\0d\0>\0<\0/\0i\0t\0e\0m\0>\0<\0/\0r\0s\0s\0>\0");
	assert_int_equal(n_records, 1);
	assert_int_equal(n_posts, 2);
}

static void
what_was_whole_before_the_document_broke_off_is_read(void **state)
{
	(void)state;
	READ("<rss><channel><item><guid>1</guid><title>a</title></item><item><guid>2</"
	     "gu");
	assert_slice(buf_slice(&posts), "feed:untitled#1 by feed:@untitled: a\n");
	assert_slice(buf_slice(&rejects),
	             "57+17: the document ends in the middle of this entry\n");
	READ("<rss><channel><item><guid>1</guid><title>a</title></item>");
	assert_slice(buf_slice(&rejects), "57+0: the document ends before its end tag\n");
	READ("<rss><channel></channel></rss>");
	assert_int_equal(n_posts + n_rejects, 0);
	READ("");
	assert_int_equal(n_posts + n_rejects, 0);
	READ("  \n");
	assert_slice(buf_slice(&rejects), "0+3: no feed: there is no element in it\n");
}

static void
what_is_not_well_formed_is_read_leniently(void **state)
{
	(void)state;
	RSS("<item><guid>1</guid><title>R&D a < b</title><description>one<br>two &nbsp;"
	    "&amp;lt;3 <p>three</description></item>"
	    "<ITEM><GUID>2</GUID><dc:creator>Bo</dc:creator><Title>x</TITLE></ITEM>"
	    "<image><title>no</title><link>no</link></image>"
	    "<textInput><title>no</title></textInput>");
	assert_slice(buf_slice(&posts), "feed:T#1 by feed:@T: R&D a < b\n\none\n"
	                                "two \xc2\xa0&lt;3\n\nthree\n"
	                                "feed:T#2 by feed:@T#Bo: x\n");
}

static void
nothing_comes_from_elsewhere(void **state)
{
	(void)state;
	READ("<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><rss "
	     "xmlns:xi='http://www.w3.org/2001/XInclude'><channel><item><guid>1</guid>"
	     "<title>a &f; b</title><description><xi:include href='file:///etc/hostname' "
	     "parse='text'/>c</description></item></channel></rss>");
	assert_slice(buf_slice(&posts),
	             "feed:untitled#1 by feed:@untitled: a &f; b\n\nc\n");
}

static void
json_feeds_are_read(void **state)
{
	(void)state;
	READ("\xef\xbb\xbf{\"version\":\"https://jsonfeed.org/version/"
	     "1.1\",\"title\":\"J\","
	     "\"feed_url\":\"https://j.example/"
	     "feed.json\",\"language\":\"en\",\"items\":["
	     "{\"id\":7,\"content_text\":\"Hello\",\"authors\":[{\"name\":\"Bo\"}],"
	     "\"date_published\":\"2026-01-21T10:00:00+01:00\"},"
	     "{\"id\":\"8\",\"url\":\"/8\",\"title\":\"T\",\"content_html\":\"<p>a<p>b\","
	     "\"external_url\":\"https://x.com/a/status/20\","
	     "\"author\":{\"name\":\"Al\"}}]}");
	assert_slice(buf_slice(&edges), "link x:20\n");
	assert_slice(buf_slice(&posts),
	             "feed:https://j.example/feed.json#7 by "
	             "feed:@https://j.example/feed.json#Bo: Hello\n"
	             "feed:https://j.example/feed.json#8 by "
	             "feed:@https://j.example/feed.json#Al: T\n\na\n\nb\n");
	assert_slice(buf_slice(&others), "en  2026-01-21T09:00:00Z\n"
	                                 "en https://j.example/8 \n");
	assert_int_equal(n_records, 2);
	READ("{\"version\":\"2\",\"items\":[]}");
	assert_int_equal(n_rejects, 1);
}

#define NITTER(title, words)                                                             \
	READ("<rss version='2.0'><channel><title>Ada L / @ada</title>"                   \
	     "<link>https://n.example/ada</link><item><title>" title                     \
	     "</title><dc:creator>@ada</dc:creator><description><![CDATA[" words         \
	     "]]></description><pubDate>Wed, 19 Nov 2025 10:05:00 GMT</pubDate>"         \
	     "<guid>https://n.example/ada/status/1991085290367127556#m</guid>"           \
	     "<link>https://n.example/ada/status/1991085290367127556#m</link></item>"    \
	     "</channel></rss>")

static void
nitter_s_entries_are_posts_of_x(void **state)
{
	(void)state;
	NITTER("R to @bob: I disagree",
	       "<p>I disagree: <a "
	       "href='https://e.example/a/long'>e.example/a/l\xe2\x80\xa6"
	       "</a> <a href='https://n.example/bob'>@bob</a> "
	       "<a "
	       "href='https://n.example/bob/status/20#m'>n.example/bob/sta\xe2\x80\xa6</"
	       "a>"
	       "</p>");
	assert_slice(
		buf_slice(&posts),
		"x:1991085290367127556 by x:@ada?: I disagree: https://e.example/a/long "
		"@bob https://x.com/bob/status/20\n");
	assert_slice(buf_slice(&edges), "link x:20\n");
	assert_slice(buf_slice(&times),
	             "2025-11-19T10:05:00.456Z..2025-11-19T10:05:00.456Z\n");
}

static void
what_nitter_quotes_is_not_said_by_who_quotes_it(void **state)
{
	(void)state;
	NITTER("No",
	       "<p>No</p><hr/><blockquote><b>Bob "
	       "(@bob)</b><p>Yes</p><footer>\xe2\x80\x94 "
	       "<cite><a href='https://n.example/bob/status/20#m'>n</a></cite></footer>"
	       "</blockquote>");
	assert_slice(buf_slice(&posts), "x:1991085290367127556 by x:@ada?: No\n");
	assert_slice(buf_slice(&edges), "quote x:20\n");
}

static void
bluesky_s_entries_are_posts_of_bluesky(void **state)
{
	(void)state;
	RSS("<item><guid "
	    "isPermaLink='false'>at://did:plc:abc/app.bsky.feed.post/3lgzaaaaaaa2a"
	    "</guid><link>https://bsky.app/profile/ana.example/post/3lgzaaaaaaa2a</link>"
	    "<description>Hello</description></item>");
	assert_slice(buf_slice(&posts),
	             "bsky:did:plc:abc/3lgzaaaaaaa2a by bsky:@did:plc:abc: Hello\n");
}

static void
mastodon_s_entries_are_posts_of_its_server(void **state)
{
	(void)state;
	RSS("<link>https://m.example/@Ana</link><item>"
	    "<guid isPermaLink='true'>https://m.example/@Ana/113</guid>"
	    "<link>https://m.example/@Ana/113</link><pubDate>Wed, 21 Jan 2026 10:00:00 "
	    "+0000"
	    "</pubDate><description>&lt;p&gt;Hello&lt;/p&gt;</description></item>");
	assert_slice(buf_slice(&posts),
	             "masto:m.example!113 by masto:@ana@m.example?: Hello\n");
}

static void
a_blog_that_links_to_a_post_is_not_that_post(void **state)
{
	(void)state;
	RSS("<link>https://blog.example/</link><item><guid>1</guid>"
	    "<link>https://x.com/a/status/20</link><title>Look</title></item>");
	assert_slice(buf_slice(&posts), "feed:https://blog.example/#1 by "
	                                "feed:@https://blog.example/: Look\n");
	assert_slice(buf_slice(&edges), "link x:20\n");
}

static void
many_entries_come_in_several_batches(void **state)
{
	CLEANUP(buf_done) struct rp_buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	buf_add_str(&text, "<rss><channel>");
	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "<item><guid>%d</guid><title>x</title></item>\n", i);
	buf_add_str(&text, "</channel></rss>");
	read_with(buf_slice(&text), "f.xml", "");
	assert_int_equal(n_posts, 5000);
	assert_int_equal(n_records, 5000);
	assert_int_equal(n_rejects, 0);
	read_ending(rp_slice_from(text.p, text.n - 30), "f.xml", "", RP_BAD_SOURCE);
	assert_int_equal(n_posts, 4999);
	assert_int_equal(n_rejects, 2); /* the cut entry, and why */
}

#define SPEC(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
	const struct CMUnitTest specs[] = {
		SPEC(feeds_are_recognised_and_pages_are_not),
		SPEC(an_entry_of_rss_is_a_post),
		SPEC(items_of_rdf_stand_beside_their_channel),
		SPEC(texts_of_atom_say_how_they_are_written),
		SPEC(an_entry_has_its_own_author_or_its_source_s_or_the_feed_s),
		SPEC(an_author_is_written_in_many_ways),
		SPEC(a_text_is_html_only_where_it_looks_like_it),
		SPEC(an_answer_points_at_what_it_answers),
		SPEC(links_to_posts_are_edges),
		SPEC(a_title_that_begins_the_text_is_not_said_twice),
		SPEC(a_guid_is_taken_as_it_is),
		SPEC(an_entry_without_id_is_known_by_link_or_title_and_date),
		SPEC(a_feed_is_known_by_id_own_address_url_page_or_title),
		SPEC(ids_that_no_key_can_hold_stand_as_their_hash),
		SPEC(of_two_entries_with_one_id_the_newer_counts),
		SPEC(relative_links_are_relative_to_the_base_that_is_said),
		SPEC(a_page_s_own_address_beats_one_that_counts_visits),
		SPEC(a_date_is_as_precise_as_it_is_written),
		SPEC(each_entry_is_a_record_of_its_own),
		SPEC(what_was_whole_before_the_document_broke_off_is_read),
		SPEC(what_is_not_well_formed_is_read_leniently),
		SPEC(nothing_comes_from_elsewhere),
		SPEC(json_feeds_are_read),
		SPEC(nitter_s_entries_are_posts_of_x),
		SPEC(what_nitter_quotes_is_not_said_by_who_quotes_it),
		SPEC(bluesky_s_entries_are_posts_of_bluesky),
		SPEC(mastodon_s_entries_are_posts_of_its_server),
		SPEC(a_blog_that_links_to_a_post_is_not_that_post),
		SPEC(many_entries_come_in_several_batches),
	};

	return cmocka_run_group_tests_name("feed", specs, NULL, NULL);
}
