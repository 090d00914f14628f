/*
 * Other people's words in an article: quotations, and who is said to have said them.
 *
 * The article comes as blocks of text (collect/article.h makes them out of a page or of
 * plain text); what goes out are quotations.  A quotation is what stands between
 * quotation marks, or in an element made for it, and is somebody's words: no title, no
 * nickname, no word held at arm's length.  Direct speech only.
 *
 * The rules, the marks of each language and the frames of attribution are told in
 * docs/formats/articles.md.
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_H
#define RIPOSTE_CORE_COLLECT_PRESS_H

#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/slice.h"
#include "core/model/key.h"

enum {
	PRESS_MAX_BYTES =
		2 << 20, /* of an article are looked at: no newspaper prints more */
	PRESS_MAX_QUOTATIONS = 4000, /* of one article */
};

enum press_block_kind {
	PRESS_PARAGRAPH,
	PRESS_HEADING,
	PRESS_LIST_ITEM,
	PRESS_BLOCKQUOTE, /* <blockquote>, a whole one of an embedded copy is none */
	PRESS_PULL_QUOTE, /* drawn out of the text and set apart; often repeats it */
	PRESS_CREDIT,     /* the line below one of these two: "Elon Musk, sur X" */
	PRESS_CAPTION,    /* of a picture: quotations in it count as well */
};

/* A paragraph's worth of text; blanks collapsed to one, no-break spaces kept. */
struct press_block {
	enum press_block_kind kind;
	struct rp_slice text;
	struct rp_slice
		cite; /* the address an element names as its source; may be empty */
};

/* What is known of the article as a whole. */
struct press_article {
	struct rp_slice lang;   /* BCP 47; empty: not told, then guessed from the words */
	struct rp_slice title;  /* quotations in it are not taken twice */
	struct rp_slice author; /* a byline: never a speaker, unless in the text */
	int64_t published;      /* RP_TIME_UNKNOWN: not told */
	const struct zone *zone; /* the publisher's; NULL: not known */
};

/* How sure we are of the speaker. */
enum press_certainty {
	PRESS_NOBODY, /* no speaker was found */
	PRESS_LOW,    /* only the paragraph tells */
	PRESS_MEDIUM, /* the sentence beside it; a pronoun */
	PRESS_HIGH,   /* the same sentence, or a credit line */
};

/* Slices point into the blocks or live in the arena. */
struct press_quotation {
	struct rp_slice text;    /* without the outer marks; inner marks, elisions and
	                            insertions as printed; parts of one utterance, cut by
	                            an incise, joined by one blank */
	struct rp_slice speaker; /* the fullest form of the name in the article ("Satya
	                            Nadella"); empty: unknown */
	struct rp_slice role;    /* as printed ("PDG de Microsoft"); may be empty */
	enum press_certainty certainty;
	struct rp_slice venue; /* as printed ("à Davos", "CNBC"); may be empty */
	enum platform
		platform;    /* where it was written ("sur X"); PLATFORM_NONE: unknown */
	struct rp_time time; /* the day that the text tells; RP_TIME_NONE: none */
	struct rp_slice context; /* the sentence that introduces it, with the quotation
	                            itself left out when it is longer than the rest */
	size_t block;            /* in which it begins */
	size_t at;               /* in that block's text */
};

/*
 * All quotations of an article in the order of the text; each once, though a pull quote
 * repeats it.  Blocks past PRESS_MAX_BYTES are not looked at.  RP_BAD_ITEM: the arena is
 * full.  Linear in the text, which is UTF-8.
 */
enum rp_status press_quotations(struct arena *arena, const struct press_article *article,
                                const struct press_block *blocks, size_t n_blocks,
                                const struct press_quotation **out, size_t *n_out,
                                struct rp_error *err) RP_MUST_USE;

#endif
