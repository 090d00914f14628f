/*
 * The reader at the other end: what they want to see, where it goes, whom they mean.
 */
#ifndef RIPOSTE_CMD_READER_H
#define RIPOSTE_CMD_READER_H

#include "cmd/report.h"
#include "core/base/zone.h"
#include "core/identity/people.h"
#include "core/model/filter.h"
#include "core/query/query.h"
#include "core/render/writer.h"

/* A view of THREAD_MAX_NODES posts fits. */
#define VIEW_CEILING_BYTES ((size_t)2 << 30)

struct reader {
	const struct invocation *inv;
	struct arena *arena; /* lives as long as the command */
	struct zone *zone;
	struct style style;
	const struct writer *writer;
	struct people people;
	struct people_index *index;
};

/*
 * From the options and the environment: --format and --json, --tz and --utc, $TZ,
 * $COLUMNS or the terminal's width, $NO_COLOR, $TERM; and the people file.  otherwise:
 * the format when none is asked for.  A command need not have --format and --output.
 *
 * RP_BAD_USAGE   a format or a zone that is not there
 * RP_BAD_CONFIG  a people file that cannot be understood
 *
 * reader_done() is fine after a failure.
 */
enum rp_status reader_init(struct reader *reader, const struct invocation *inv,
                           const char *otherwise, struct rp_error *err) RP_MUST_USE;
void reader_done(struct reader *reader);

/*
 * The same before anything is opened, for command.check: complains, and says what was
 * read otherwise than it was meant.  Gives the exit status.
 */
int reader_check(struct reader *reader, const struct invocation *inv,
                 const char *otherwise) RP_MUST_USE;
DEFINE_CLEANUP_DONE(struct reader, reader_done);

/* "as text or json", for a format that cannot show this; gives EXIT_USAGE. */
int reader_cannot(const struct reader *reader, const char *what);

/*
 * Somebody by the words the user chose: a person of the people file by name, short name
 * or alias, or their account; else a handle, an account key or a speaker the archive
 * knows, who then becomes a person called by that.
 *
 * RP_NOT_FOUND  nobody; the text names who comes nearest
 * RP_BAD_USAGE  several; the text lists them
 */
enum rp_status reader_person(struct reader *reader, const char *name, struct person *out,
                             struct rp_error *err) RP_MUST_USE;

/*
 * What the archive has of a person's accounts, in place of what is written of them: a
 * handle is the accounts it is of now, or stays where no id is known; a name is the
 * account of who spoke under it, if anybody did.
 */
enum rp_status reader_accounts(struct reader *reader, struct person *person,
                               struct rp_error *err) RP_MUST_USE;

/* --since or --until as an instant; RP_TIME_UNKNOWN when not given. */
enum rp_status reader_date(struct reader *reader, const char *name, int64_t *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * The posts the user asked for: operands from the n-th on as a query, --since, --until,
 * --limit.  Order and ghosts are the caller's to set.
 */
enum rp_status reader_filter(struct reader *reader, struct filter *out,
                             struct rp_error *err) RP_MUST_USE;

/* Write every post that matches through the reader's writer; gives the exit status. */
int reader_list(struct invocation *inv, enum filter_order order);

#endif
