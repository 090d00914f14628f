/*
 * Secrets: tokens, and the promise that they are in nothing that leaves this process but
 * the one header they are for.
 *
 *	env:NAME         the environment variable
 *	file:PATH        a regular file, ours, 0600 or 0400, no symbolic link, in a
 *	                 directory that nobody else may write to; a relative path is
 *beside the config file credential:NAME  $CREDENTIALS_DIRECTORY/NAME (systemd); NAME
 *alone means that too
 *
 * One line end at the end is cut.  What is shorter than 4 bytes or longer than 8 KiB, or
 * has anything in it that is no visible character of ASCII, is refused: it would be a
 * header of its own.  The text of an error names the place, says what to type to mend it,
 * and never has the secret.
 */
#ifndef RIPOSTE_CORE_CONFIG_SECRET_H
#define RIPOSTE_CORE_CONFIG_SECRET_H

#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum { SECRET_MIN_BYTES = 4, SECRET_MAX_BYTES = 8 << 10 };

struct section;
struct secrets; /* all that were read, kept in memory that is wiped and not dumped */

/* Makes the process non-dumpable (prctl) as well.  NULL: out of memory. */
struct secrets *secrets_new(void) RP_MUST_USE;
struct secrets *secrets_free(struct secrets *secrets);
DEFINE_CLEANUP(struct secrets *, secrets_free);

/*
 * Read one.  reference: the setting; config: the config file's path, for relative ones.
 * *out lives as long as `secrets`; the same reference again is not read again.
 * RP_BAD_CONFIG, or RP_FAILED: out of memory.
 */
enum rp_status secret_read(struct secrets *secrets, struct rp_slice reference,
                           struct rp_slice config, struct rp_slice *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * What stands in the query of an address among the settings and is called a key, a token
 * or a password there: it is sent as it is, and masked like a token.  Words of less than
 * 8 bytes are left alone, as they may be anything.  *secrets is made where there is
 * something.
 */
enum rp_status secrets_add_addresses(struct secrets **secrets,
                                     const struct section *settings,
                                     struct rp_error *err) RP_MUST_USE;

/*
 * Put asterisks over every secret in the text, in the forms it may come back in (as it
 * is, percent-encoded, as JSON escapes it, base64 of it or of a text it is in).  The
 * length stays.  How many places.  For everything a stranger sent and everything we
 * print.  Linear in the text for each secret.
 */
size_t secrets_mask(const struct secrets *secrets, char *text, size_t n);
/* Is there any?  Cheap when there are no secrets. */
bool secrets_in(const struct secrets *secrets, struct rp_slice text);

#endif
