/*
 * What is not kept, though every other file is, byte for byte: archives of many files
 * that cannot be read as such, for messages and likes may be in them, and the private
 * files of somebody's archive that came by themselves.
 */
#ifndef RIPOSTE_CORE_COLLECT_REFUSE_H
#define RIPOSTE_CORE_COLLECT_REFUSE_H

#include "core/base/error.h"
#include "core/base/slice.h"

struct refuse_look {
	struct rp_slice name; /* of the file */
	struct rp_slice head; /* how it begins, decompressed; 64 KiB show most */
	/*
	 * Of a compressed file that is damaged before anything of it is sound: how it
	 * seems to begin.
	 */
	bool unsound;
	struct rp_slice seems;
	bool named;   /* the user said which format it is of */
	int sure;     /* how sure the collector is that would read it; see sniff */
	bool has_zip; /* something like a zip's directory stands near its end */
};

/* RP_BAD_SOURCE, and why: it must not be kept.  *private_out: it is private, and whole.
 */
enum rp_status refuse(const struct refuse_look *look, bool *private_out,
                      struct rp_error *err) RP_MUST_USE;

#endif
