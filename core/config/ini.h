/*
 * INI text as a list: the config file, the people file, sidecars of transcripts.
 *
 *	[Satya Nadella]                  a section; blanks inside its name are fine
 *	account = x:@satyanadella        a key and its value, blanks around both cut off
 *	account = x:@20571756            again: both are in the list, in order
 *	; or # at the front of a line, or a blank and ; behind a value: a comment
 *
 * "key: value" is taken as well.  Indented lines are no continuations.  What the keys
 * mean, and whether one may come twice, is for the caller to say.
 */
#ifndef RIPOSTE_CORE_CONFIG_INI_H
#define RIPOSTE_CORE_CONFIG_INI_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/* What to read such a file with at most; nobody types four megabytes. */
enum { INI_MAX_BYTES = 4 << 20 };

struct ini_entry {
	struct rp_slice section; /* empty: before the first section */
	struct rp_slice key;     /* empty: this is where the section begins */
	struct rp_slice value;   /* may be empty */
	uint32_t line;           /* from 1 */
};

struct ini {
	const struct ini_entry *entries; /* in the order of the text */
	size_t n;
};

/*
 * A byte order mark and CRLF are fine.  Everything is copied into the arena: about twice
 * the text, and 64 bytes a line.
 *
 * RP_BAD_CONFIG  not UTF-8, a NUL, a line of neither form, one that is too long (8 KiB
 *                where the library's limit can be raised, else what it takes); the text
 *                names the line, or the arena is full
 * RP_FAILED      out of memory
 */
enum rp_status ini_read(struct arena *arena, struct rp_slice text, struct ini *out,
                        struct rp_error *err) RP_MUST_USE;

/* "line 3: …", RP_BAD_CONFIG: what a caller has to say about an entry. */
enum rp_status ini_complain(struct rp_error *err, const struct ini_entry *entry,
                            const char *format, ...) RP_PRINTF(3, 4);

#endif
