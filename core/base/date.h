/*
 * Dates as people and programs write them, in feeds, articles, captions and archives.
 *
 * One reader for all of it: RFC 3339 and its relatives (what rp_time_read() takes), RFC
 * 822 and 2822 with their everyday mistakes, asctime, SQL, W3CDTF, HTTP, seconds and
 * milliseconds since 1970, and the dates of newspapers in English, French, German,
 * Spanish and Italian ("Publié le 21 janvier 2026 à 10h32", "Updated 3:07 PM ET, Tue
 * January 20, 2026", "20 Jan 2026 09:30h - 09:50h").  Month names are looked up in all
 * languages, day names are never believed.
 *
 * Nothing is invented: what cannot be read is unknown, a day is a day and not its
 * midnight, and a time of day without a zone has the bounds of where on Earth it can be.
 */
#ifndef RIPOSTE_CORE_BASE_DATE_H
#define RIPOSTE_CORE_BASE_DATE_H

#include "core/base/time.h"
#include "core/base/zone.h"

/* What the reader of a date must know besides it. */
struct date_context {
	const struct zone *zone; /* of times without one, and of days; NULL: not known */
	enum rp_basis basis;
};

/* What had to be assumed, for those who want to tell. */
enum date_flag {
	DATE_NO_ZONE = 1,      /* none was written */
	DATE_UNKNOWN_ZONE = 2, /* one we do not know ("IST" is three): read as none */
	DATE_CLAMPED = 4,      /* second 60, 24:00 */
	DATE_GAP = 8, /* the clocks there skipped it, or showed it twice: bounds */
};

/*
 * Precision is what was written.  Without a zone in text and context a time of day lies
 * within the 26 hours in which clocks somewhere show it, and a date within 50.  An
 * interval of times ("09:30h - 09:50h") is read as its beginning.
 *
 * flags_out may be NULL.  false, and *out untouched, for anything that is no date: the
 * 31st of February, 25:14, an unknown word where a month must be, years before 1000 or
 * after 9999.
 */
bool date_read(struct rp_slice text, const struct date_context *context,
               struct rp_time *out, unsigned *flags_out);

/*
 * The day that a word means in a text that was published then: "hier", "mardi", "on
 * Tuesday", "le 21 janvier", "yesterday", "am Mittwoch"; the last such day that was not
 * later.  Looked for anywhere in the text; the first one counts.  Precision day, in the
 * context's zone.  false: there is none, or `published` is RP_TIME_UNKNOWN and the word
 * needs it.
 */
bool date_find_relative(struct rp_slice text, int64_t published,
                        const struct date_context *context, struct rp_time *out);

#endif
