/*
 * Statuses and errors: how far the trouble reaches, and one sentence about it.
 *
 * A status tells a loop what to do next (skip this record, leave this source, end the
 * run); the words ride in an object the caller owns, so that no "last error" can be
 * stale. core/ and storage/ return errors; only cmd/ prints them and only main() exits.
 */
#ifndef RIPOSTE_CORE_BASE_ERROR_H
#define RIPOSTE_CORE_BASE_ERROR_H

#include <stddef.h>
#include <stdint.h>

#define RP_MUST_USE __attribute__((warn_unused_result))
#define RP_PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))

enum rp_status {
	RP_OK = 0,
	RP_END,         /* iterator: nothing more; not an error */
	RP_NOT_FOUND,   /* one thing was asked for and is not here */
	RP_BAD_ITEM,    /* this record is unusable; the next may be fine */
	RP_RETRY_LATER, /* source or archive busy, or limiting us; see err->retry_at */
	RP_BAD_SOURCE,  /* this source is done for this run; others go on */
	RP_BAD_USAGE,   /* what the user asked for makes no sense; nothing was done */
	RP_BAD_CONFIG,  /* a setting or an archive made for another version; nothing was
	                   done */
	RP_CORRUPT,     /* stored bytes fail their check; nothing was written */
	RP_FAILED,      /* disk, memory, database: the run cannot continue */
};

struct rp_error {
	enum rp_status status;
	int64_t retry_at; /* not before, microseconds UTC; 0: it is not told */
	char where[128];  /* "bluesky:@ana", "posts.jsonl:812"; may be empty */
	char text[384];   /* one sentence, no newline; fixed so that ENOMEM can be told */
};

/*
 * Fill in err and hand the status back, so that failing is one line:
 *
 *	return rp_fail(err, RP_BAD_ITEM, "post without an id");
 *
 * err may be NULL.  The text is cut to fit, never in the middle of a UTF-8 sequence, and
 * bytes a terminal would act on are replaced by "?".  err->where is left as it was.
 */
enum rp_status rp_fail(struct rp_error *err, enum rp_status status, const char *format,
                       ...) RP_PRINTF(3, 4);

/* The same for a failed system call: ": " and the words for errno_value are added. */
enum rp_status rp_fail_errno(struct rp_error *err, enum rp_status status, int errno_value,
                             const char *format, ...) RP_PRINTF(4, 5);

/* RP_FAILED, "out of memory", and noted.  For the one line every allocation needs. */
enum rp_status rp_fail_memory(struct rp_error *err);

/*
 * Note that the machine had no memory for something.  Arenas, buffers, maps and hashes do
 * so: their NULL can also mean a ceiling, which is met by calling a text too long, a name
 * nobody's or a record unusable.
 */
void rp_memory_refuse(void);

/*
 * How often that was noted in this process.  Where it went up, what was found out since
 * is perhaps not so, and must be neither stored nor printed: who commits, and who
 * reports, looks here.
 */
size_t rp_memory_refusals(void);

/* Say where the trouble is ("posts.jsonl:812"), cleaned and cut like the text. */
void rp_error_where(struct rp_error *err, const char *format, ...) RP_PRINTF(2, 3);

#endif
