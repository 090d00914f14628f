/*
 * People: the file that says who owns which accounts, and finding them again.
 *
 *	[Satya Nadella]                    the name; unique
 *	short   = Nadella                  what an exchange prints; once
 *	account = x:@satyanadella          any number: a key, or a handle after "x:@"
 *	account = x:@20571756
 *	alias   = Satya Narayana Nadella   any number: what else they are called
 *	role    = CEO of Microsoft; 2014-  any number, with or without its years
 *
 * The same section may come twice; it is one person.  An account has one owner; short
 * names and aliases may be shared, they are then no use for finding anybody.
 */
#ifndef RIPOSTE_CORE_IDENTITY_PEOPLE_H
#define RIPOSTE_CORE_IDENTITY_PEOPLE_H

#include "core/base/arena.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/model/person.h"

/*
 * Read a people file.  Everything lives in the arena.
 *
 * Accounts come out as keys: "x:@satyanadella" (not all digits) is the handle
 * "x:@satyanadella?", in lower case; the same for Bluesky handles, which are no DIDs.
 * After them each person has the accounts "spoken:@NAME" for their name, and for their
 * short name and aliases as far as nobody else has them: who speaks under those names.
 *
 * RP_BAD_CONFIG  no INI, an unknown key, a key that makes no sense; the text names line
 *                and key
 * RP_FAILED      out of memory
 */
enum rp_status people_read(struct arena *arena, struct rp_slice text, struct people *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * Look-ups.  Names are compared without case, accents and doubled blanks (utf8_fold).
 * `people` is borrowed and must outlive the index.  NULL: out of memory.
 */
struct people_index;
struct people_index *people_index_new(const struct people *people) RP_MUST_USE;
struct people_index *people_index_free(struct people_index *index);
DEFINE_CLEANUP(struct people_index *, people_index_free);

/*
 * Whom the user means: "Satya Nadella", "nadella" (short name or alias), a handle as
 * "satyanadella" or "@satyanadella", an account as "x:@satyanadella" or by its key.  A
 * full name beats another's alias.
 *
 * RP_NOT_FOUND  nobody here; an account of that handle may be in the archive
 * RP_BAD_USAGE  several people; the text lists them
 */
enum rp_status people_find(struct people_index *index, struct rp_slice name,
                           const struct person **out, struct rp_error *err) RP_MUST_USE;

/*
 * Who wrote a post: by the account's key, else by its handle (may be empty) on the same
 * platform; speakers ("spoken:@NAME") by name.  NULL: nobody we know.  For every post:
 * two probes.
 */
const struct person *people_by_account(struct people_index *index, struct rp_slice key,
                                       struct rp_slice handle);

/* Who is called that: name, short name or alias.  NULL: nobody, or several. */
const struct person *people_by_speaker(struct people_index *index, struct rp_slice name);

#endif
