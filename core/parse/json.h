/*
 * JSON as spans: one pass over the bytes, one node a token, nothing copied or converted.
 *
 * A document is a flat array of nodes in the order in which they stand in the text. Every
 * node knows the exact bytes it was written as, so the text can be put back byte for
 * byte: what lies between two spans is blanks, commas and colons.  Numbers stay text (an
 * id never becomes a double), strings stay in their escaped form until asked for.
 *
 *	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
 *
 *	st = json_parse(&doc, line, err);
 *	if (st != RP_OK)
 *		return st;
 *	node = json_get(&doc, JSON_ROOT, RP_SLICE("id_str"));
 *	st = json_id(&doc, node, arena, &id, err);
 *
 * The grammar is RFC 8259's and nothing more, with one rule of our own: bytes inside a
 * string that are not UTF-8, and \u escapes of half a surrogate pair, are accepted and
 * marked (JSON_DAMAGED), because posts with such texts exist and are kept as they are.
 * Outside of strings any byte past 0x7f is an error, a byte order mark included: it
 * belongs to the file and not to the value, see json_bom().
 */
#ifndef RIPOSTE_CORE_PARSE_JSON_H
#define RIPOSTE_CORE_PARSE_JSON_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	JSON_MAX_BYTES = 16 * 1024 * 1024, /* longer records are kept, but not read */
	JSON_MAX_DEPTH = 512,              /* brackets open at the same time */
	JSON_MAX_NODES = 4 * 1024 * 1024,  /* 64 MB of nodes; a million members fit */
};

/* The node of the whole value, and the one that is not there. */
#define JSON_ROOT UINT32_C(0)
#define JSON_NONE UINT32_MAX

enum json_type {
	JSON_MISSING, /* what JSON_NONE is */
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

enum json_flag {
	JSON_KEY = 1,     /* string: the name of a member; its value is the next node */
	JSON_ESCAPED = 2, /* string: at least one backslash */
	JSON_DAMAGED = 4, /* string: not UTF-8, or half a surrogate pair: decoding puts
	                     U+FFFD in its place */
	JSON_INTEGER = 8, /* number: digits, perhaps a minus, nothing else */
};

/*
 * Children follow their container: the elements of an array, or key, value, key, value of
 * an object.  To step over a value with all that is in it, go to `next`.
 */
struct json_node {
	uint32_t at; /* where the value begins, bytes from the start of the text */
	uint32_t n;  /* its length: quotes and brackets included, blanks around it not */
	uint32_t next; /* the node after this value and everything inside it */
	uint8_t type;  /* enum json_type */
	uint8_t flags; /* enum json_flag */
};

struct json_doc {
	struct rp_slice text;    /* borrowed: the bytes given to json_parse() */
	struct json_node *nodes; /* nodes[0] is the root */
	uint32_t n;              /* 0 before the first and after a failed parse */
	uint32_t cap;
	uint32_t flags;    /* JSON_DAMAGED when any string is; other bits likewise */
	uint32_t error_at; /* after RP_BAD_ITEM: the byte that could not be read */
};

#define JSON_DOC_INIT                                                                    \
	{                                                                                \
		.n = 0                                                                   \
	}

void json_init(struct json_doc *doc);
void json_done(struct json_doc *doc);
DEFINE_CLEANUP_DONE(struct json_doc, json_done);

/*
 * Read one value, with blanks around it at most.
 *
 * doc   initialised; what it held is forgotten, its memory is used again, so that a loop
 *       over records allocates nothing once the largest has been seen
 * text  borrowed: must outlive every use of doc
 *
 * RP_BAD_ITEM  not JSON, or over one of the limits above; the text of the error says what
 *              and at which byte, doc->error_at is that byte and doc is empty
 * RP_FAILED    out of memory
 *
 * Linear in the text, whatever is in it; no recursion; 16 bytes a node.
 */
enum rp_status json_parse(struct json_doc *doc, struct rp_slice text,
                          struct rp_error *err) RP_MUST_USE;

/* 3 when the bytes begin with a UTF-8 byte order mark, else 0. */
size_t json_bom(struct rp_slice bytes);

/*
 * Looking at nodes.  JSON_NONE is welcome everywhere and is JSON_MISSING, so look-ups can
 * be chained without a check after each.
 */
static inline enum json_type
json_type(const struct json_doc *doc, uint32_t node)
{
	return node < doc->n ? (enum json_type)doc->nodes[node].type : JSON_MISSING;
}

/* Not there, or null: most sources mean the same by both. */
static inline bool
json_absent(const struct json_doc *doc, uint32_t node)
{
	return json_type(doc, node) <= JSON_NULL;
}

static inline bool
json_damaged(const struct json_doc *doc, uint32_t node)
{
	return node < doc->n && (doc->nodes[node].flags & JSON_DAMAGED) != 0;
}

/* The bytes of a value exactly as written; empty for JSON_NONE. */
static inline struct rp_slice
json_span(const struct json_doc *doc, uint32_t node)
{
	if (node >= doc->n)
		return RP_SLICE("");
	return rp_slice_from(doc->text.p + doc->nodes[node].at, doc->nodes[node].n);
}

/* What stands between the quotes of a string, still escaped.
 * The node must be a string. */
static inline struct rp_slice
json_raw_text(const struct json_doc *doc, uint32_t node)
{
	return rp_slice_from(doc->text.p + doc->nodes[node].at + 1,
	                     doc->nodes[node].n - 2u);
}

/*
 * The children of a container, one after the other; a node of another type has none.
 *
 *	struct json_each each = json_each(doc, node);
 *
 *	while (json_next(&each))
 *		... each.key, each.value ...
 */
struct json_each {
	const struct json_doc *doc;
	uint32_t at, end;
	uint32_t key; /* JSON_NONE in an array */
	uint32_t value;
};

static inline struct json_each
json_each(const struct json_doc *doc, uint32_t node)
{
	struct json_each each = { doc, 0, 0, JSON_NONE, JSON_NONE };

	if (json_type(doc, node) >= JSON_ARRAY) {
		each.at = node + 1;
		each.end = doc->nodes[node].next;
	}
	return each;
}

static inline bool
json_next(struct json_each *each)
{
	if (each->at >= each->end)
		return false;
	each->key = JSON_NONE;
	if (each->doc->nodes[each->at].flags & JSON_KEY)
		each->key = each->at++;
	each->value = each->at;
	each->at = each->doc->nodes[each->at].next;
	return true;
}

/*
 * Is this the text of a string (a key or a value)?  "\u0069d" is "id".  A span compare
 * when nothing is escaped; never allocates.
 */
bool json_text_is(const struct json_doc *doc, uint32_t node, struct rp_slice text);

/*
 * Are two values of one document the same?  Strings by their text, numbers by their
 * digits as written (1 is not 1.0), containers byte for byte.
 */
bool json_same(const struct json_doc *doc, uint32_t a, uint32_t b);

/*
 * The value of a member, JSON_NONE if the object has no such member or is no object.
 * When a name stands twice the last one wins.  Walks the object: for one or two names;
 * whoever wants more uses json_pick().
 */
uint32_t json_get(const struct json_doc *doc, uint32_t object, struct rp_slice name);

/*
 * The same for what must not be ambiguous, ids above all: a name that stands twice with
 * different values is RP_BAD_ITEM.  A name that is missing is RP_OK and JSON_NONE.
 */
enum rp_status json_get_unique(const struct json_doc *doc, uint32_t object,
                               struct rp_slice name, uint32_t *value_out,
                               struct rp_error *err) RP_MUST_USE;

/*
 * Many names at once.  A table is made once from a list of names in static storage and
 * finds a key in constant time; a stranger cannot slow it down, since only our own names
 * are in it.
 *
 *	enum { ID, ID_STR, TEXT, N };
 *	static const struct rp_slice post_names[N] = {
 *		[ID] = RP_LIT("id"), [ID_STR] = RP_LIT("id_str"), [TEXT] = RP_LIT("text"),
 *	};
 *	uint32_t at[N];
 *
 *	json_names_init(&names, post_names, N);
 *	...
 *	conflicts = json_pick(doc, node, &names, at);
 *	if (conflicts & (UINT64_C(1) << ID | UINT64_C(1) << ID_STR))
 *		return rp_fail(err, RP_BAD_ITEM, "two different ids");
 */
enum { JSON_MAX_NAMES = 64 };

struct json_names {
	const struct rp_slice *names;
	uint32_t n;
	uint64_t lengths;   /* bit n: a name has n bytes, or 63 and more */
	uint8_t slots[256]; /* number of a name + 1; 0 is free */
};

/* n <= JSON_MAX_NAMES, all different; the list is borrowed. */
void json_names_init(struct json_names *table, const struct rp_slice *names, size_t n);

/* The number of the name a key spells, or -1. */
int json_name(const struct json_doc *doc, uint32_t key, const struct json_names *table);

/*
 * Fill values[table->n] with the value of each name, JSON_NONE for those that are missing
 * (all of them when the node is no object), the last one where a name stands twice.
 * Comes back with bit i set when name i stood twice with different values.
 */
uint64_t json_pick(const struct json_doc *doc, uint32_t object,
                   const struct json_names *table, uint32_t *values);

/*
 * The text of a string in UTF-8: escapes decoded, surrogate pairs joined, U+FFFD for each
 * damaged unit (see json_damaged()), \u0000 as a NUL byte.
 *
 * When nothing has to be decoded *out points into the document's text, else into the
 * arena; keep copies of what must outlive both.
 *
 * RP_BAD_ITEM  not a string, or the arena is full
 */
enum rp_status json_text(const struct json_doc *doc, uint32_t node, struct arena *arena,
                         struct rp_slice *out, struct rp_error *err) RP_MUST_USE;

/* The same, added to a buffer; false when the node is no string. */
bool json_add_text(const struct json_doc *doc, uint32_t node, struct rp_buf *out);

/*
 * An id: the text of a string, or the digits of an integer exactly as written.  "007" and
 * "7" are different, 9223372036854775808 is as good as 7, NULs are kept.
 *
 * RP_BAD_ITEM  missing or of another type; empty; damaged (two different ids could come
 *              out alike); a number with a fraction or an exponent (7.0, 7e0), or -0
 *
 * Memory as with json_text().
 */
enum rp_status json_id(const struct json_doc *doc, uint32_t node, struct arena *arena,
                       struct rp_slice *out, struct rp_error *err) RP_MUST_USE;

/*
 * A count or an offset: an integer, or its digits in quotes as X's own archive files have
 * them.  False, and *out as it was, for all else and for what int64_t cannot hold.
 */
bool json_int64(const struct json_doc *doc, uint32_t node, int64_t *out);

/* true or false; false comes back, and *out stays as it was, for all else. */
bool json_bool(const struct json_doc *doc, uint32_t node, bool *out);

/*
 * Where does this value end?  For values that come out of a stream: bytes are fed in
 * chunks of any size, memory stays constant, whatever the value's length.
 *
 * Counts brackets and minds strings, and that is all: what it cuts out goes to
 * json_parse() to be judged.  On valid JSON both agree on the end.  A number or word ends
 * before the first byte that cannot belong to it, which may be in the next chunk.
 *
 *	json_splitter_init(&split);
 *	do
 *		found = json_split(&split, chunk, &used);
 *	while (found == JSON_SPLIT_MORE && (chunk = next chunk, there was one));
 */
struct json_splitter {
	uint64_t fed;   /* bytes taken so far, over all chunks */
	uint64_t begin; /* of these, where the value begins (blanks may stand before) */
	uint64_t depth;
	int state;
};

enum json_split {
	JSON_SPLIT_MORE,  /* the chunk is used up and the value goes on */
	JSON_SPLIT_END,   /* the value is split->begin up to split->fed */
	JSON_SPLIT_STRAY, /* no value begins here: "," ":" "]" or "}"; it was not taken */
};

void json_splitter_init(struct json_splitter *split);

/*
 * Go on with a chunk; *used_out is how much of it was taken.  After END or STRAY use
 * json_splitter_init() before the next value.
 */
enum json_split json_split(struct json_splitter *split, struct rp_slice chunk,
                           size_t *used_out);

/* The input is over: END when that completes a number or word, MORE when it cuts a value
 * off, STRAY when none had begun. */
enum json_split json_split_finish(const struct json_splitter *split);

#endif
