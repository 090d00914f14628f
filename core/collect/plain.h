/*
 * What a text without markup is, as far as its lines tell: source code, a table, a mail,
 * a licence, the pages that come with a program.  Articles and transcripts are none of
 * these, and are told apart from them by this before they are looked at as such.
 */
#ifndef RIPOSTE_CORE_COLLECT_PLAIN_H
#define RIPOSTE_CORE_COLLECT_PLAIN_H

#include "core/base/slice.h"

/* Lines that are not empty, and how many of them are what; one may be several things. */
struct plain {
	size_t lines;
	size_t code;       /* of a program, a log, a shell */
	size_t fields;     /* "Package: riposte", "key = value" */
	size_t bullets;    /* "* this", "- that", "# those" */
	size_t underlines; /* "=====", "-----" */
	size_t indented;
	size_t mail;  /* "From: ", "Message-ID: ", near the front */
	bool binary;  /* a byte that no text has */
	bool licence; /* a sentence that licences have */
};

struct plain plain_look(struct rp_slice text);

/* A program, a log, a mail or a licence, whatever else is in it. */
bool plain_is_technical(const struct plain *plain);

/*
 * Sentences: words with blanks between them, no more signs than people put into them, and
 * an end.  "One." is one, "/usr/bin" and "yes" are none.
 */
bool plain_is_sentence(struct rp_slice text);

#endif
