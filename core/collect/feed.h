/*
 * Feeds: RSS 0.9x to 2.0, RSS 0.90 and 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed 1 and 1.1,
 * all read into one shape.
 *
 * The readers are lenient: elements of one format are understood in another, since feeds
 * mix them.  Texts stay as they were written, markup and all; what a post is made of them
 * is decided in feed-post.c.
 */
#ifndef RIPOSTE_CORE_COLLECT_FEED_H
#define RIPOSTE_CORE_COLLECT_FEED_H

#include "core/base/arena.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum feed_format { FEED_RSS, FEED_ATOM, FEED_JSON };

struct feed_text {
	struct rp_slice value; /* UTF-8 */
	struct rp_slice base; /* address that links in it are relative to; may be empty */
	bool html;            /* a fragment of HTML; else as people read it */
};

struct feed_person {
	struct rp_slice name, email, uri;
};

enum { FEED_REPLIES_MAX = 8 }; /* more parents than that are not one's to answer */

struct feed_reply {
	struct rp_slice ref;    /* id of the entry that is answered */
	struct rp_slice href;   /* its page */
	struct rp_slice source; /* address of the feed it is in */
};

struct feed_entry {
	struct rp_slice id; /* as written but for blanks around it; may be empty */
	bool id_is_link;    /* RSS: a guid that is a permalink, and there is no link */
	struct rp_slice link;
	struct rp_slice about; /* address of what it talks about */
	struct feed_text title, content, summary;
	struct feed_text description;       /* RSS: one of these two, when all is read */
	struct feed_person author;          /* the first one; or the feed's */
	struct rp_slice published, updated; /* dates as written */
	struct rp_slice created;
	struct rp_slice lang;
	struct feed_reply *replies; /* room for FEED_REPLIES_MAX */
	size_t n_replies;
	size_t at, n; /* its bytes in the document; n is 0: not known */
	bool cut;     /* the document ends in the middle of it */
};

struct feed {
	enum feed_format format;
	struct rp_slice id;   /* Atom's */
	struct rp_slice self; /* where it says that it is */
	struct rp_slice link; /* the page it goes with */
	struct feed_text title, subtitle;
	struct feed_person author;
	struct rp_slice updated, published, lang, generator;
	bool cut;           /* it ends before its root element does */
	const char *broken; /* what was not well-formed, in the arena; NULL: nothing */
	bool damaged;       /* the bytes did not fit their encoding */
	struct rp_slice encoding;
};

/*
 * Open a feed.  encoding: what the HTTP header said; url: where it came from; both may be
 * empty.  All three are borrowed until the reader is closed.
 *
 * RP_BAD_ITEM  no feed, or over a limit; the text says which
 */
struct feed_reader;
enum rp_status feed_reader_open(struct rp_slice bytes, struct rp_slice encoding,
                                struct rp_slice url, struct feed_reader **out,
                                struct rp_error *err) RP_MUST_USE;
struct feed_reader *feed_reader_close(struct feed_reader *reader);
DEFINE_CLEANUP(struct feed_reader *, feed_reader_close);

/*
 * The next entry, in the order of the document.  Its texts are in the arena, or good
 * until the reader is closed.
 *
 * RP_END       there are no more
 * RP_BAD_ITEM  over a limit, or the arena is full: nothing more comes
 */
enum rp_status feed_reader_next(struct feed_reader *reader, struct arena *arena,
                                struct feed_entry *out, struct rp_error *err) RP_MUST_USE;

/* What is known of the feed so far: all of it after RP_END.  The reader's. */
const struct feed *feed_reader_feed(const struct feed_reader *reader);

/*
 * Give an entry what it has of its feed, once all of that is known: an author, a
 * language, the address that its own is relative to.  false: the arena is full.
 */
bool feed_inherit(struct arena *arena, const struct feed *feed,
                  struct feed_entry *entry) RP_MUST_USE;

/* RP_BAD_ITEM: the arena is full. */
enum rp_status feed_full(struct rp_error *err);

/* ---- feed-address.c --------------------------------------------------------- */

/* "http://…" or "https://…", any case, with something behind it. */
bool feed_is_web(struct rp_slice url);

/* "h.example:8080" and "/x?y" of "https://bo@h.example:8080/x?y"; empty for all that is
 * no address of the web. */
struct rp_slice feed_host(struct rp_slice url);
struct rp_slice feed_path(struct rp_slice url);

/* What a reference means at `base`; as it is, without the blanks around it, where that
 * cannot be told.  false: the arena is full. */
bool feed_address(struct arena *arena, struct rp_slice base, struct rp_slice reference,
                  struct rp_slice *out) RP_MUST_USE;

/* ---- feed-person.c ---------------------------------------------------------- */

/* "bo@example.org (Bo)", "Bo (bo@example.org)", "Bo <bo@example.org>", a name, an
 * address.  Slices of the text. */
struct feed_person feed_person_read(struct rp_slice text);

#endif
