/*
 * Many files in one: somebody's archive as a platform hands it out, zipped, as a tar file
 * or as a folder; or any zip, tar file or folder with files that we know.
 *
 * Of the archives that X and Mastodon hand out, what was said in public is read, and who
 * said it.  Everything else in them (messages, contacts, likes, advertisements, addresses
 * of the network) is private, and not even looked at; which members are read is a list
 * (bundle-plan.c), so that what a platform adds is private until we know it.
 *
 *	st = bundle_open(fd, BUNDLE_ZIP, &bundle, err);
 *	while ((st = bundle_next(bundle, &member, err)) == RP_OK)
 *		... bundle_reader(bundle) ...
 */
#ifndef RIPOSTE_CORE_COLLECT_BUNDLE_H
#define RIPOSTE_CORE_COLLECT_BUNDLE_H

#include "core/base/buf.h"
#include "core/collect/collector.h"

enum bundle_kind { BUNDLE_NONE, BUNDLE_ZIP, BUNDLE_TAR, BUNDLE_FOLDER };

struct bundle;

/* Of the archive that is open: good until bundle_close(). */
struct bundle_member {
	struct rp_slice name;    /* "data/tweets.js" */
	struct rp_slice as;      /* its collector; empty: any that recognises it */
	struct rp_slice options; /* lines for it: whose posts these are; may be empty */
	uint64_t size;           /* as told, or UINT64_MAX */
	/*
	 * Not 0: members behind this one that want the same number cannot be understood
	 * without it; it is named to them by the setting "beside".
	 */
	unsigned gives, wants;
	bool twin;         /* another of that name came before it: not to be read */
	uint64_t promised; /* so many posts are in it, it is told; UINT64_MAX: not told */
};

/* What a list in the bundle names, and is not there. */
struct bundle_missing {
	size_t files;
	struct rp_slice first; /* of them */
	uint64_t posts;        /* in them, as told */
};

/* A file that is not read. */
enum bundle_left_as {
	LEFT_PLAIN,
	LEFT_ARCHIVE, /* it is one itself */
	LEFT_STRANGE, /* it stands beside the files of a platform's archive */
};
struct bundle_left {
	struct rp_slice name;
	enum bundle_left_as as;
	const char *why;
};

struct bundle_count {
	size_t members; /* files in it */
	size_t chosen;  /* of them, to be read */
	size_t odd;     /* links, devices and the like: left alone */
};

/* Does a zip begin, or end, where the descriptor stands? */
bool bundle_is_zip(int fd);

/* Is this how an xz or bzip2 file begins?  They are read where a tar file is in them. */
bool bundle_is_packed(struct rp_slice head);

/* Does something like a zip's directory stand near the end of the file? */
bool bundle_has_zip(int fd);

/* Is this how a tar file begins, decompressed? */
bool bundle_is_tar(struct rp_slice head);

/*
 * fd is borrowed: a directory, or a regular file from where it stands.  What is in it is
 * listed, and its owner's name is read.
 *
 * RP_BAD_SOURCE: incomplete (a zip), too large, damaged before anything that we know, or
 * there is nothing of that kind.  See bundle_damage().
 */
enum rp_status bundle_open(int fd, enum bundle_kind kind, struct bundle **out,
                           struct rp_error *err) RP_MUST_USE;
struct bundle *bundle_close(struct bundle *bundle);
DEFINE_CLEANUP(struct bundle *, bundle_close);

/* The next to be read.  RP_END: no more.  RP_BAD_SOURCE: what is left of it is lost. */
enum rp_status bundle_next(struct bundle *bundle, struct bundle_member *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * What lies beside the current member and says what it cannot say itself, or nothing; see
 * neighbours.h, of which this is the first function.  Members of platforms' archives have
 * no such files.
 */
enum rp_status bundle_neighbour(void *bundle, struct rp_slice name, struct rp_buf *text,
                                struct rp_error *err) RP_MUST_USE;

/* Its bytes.  RP_BAD_SOURCE from it: damaged, encrypted, or a bomb. */
struct reader bundle_reader(struct bundle *bundle);

/* The same member from its beginning. */
enum rp_status bundle_again(struct bundle *bundle, struct rp_error *err) RP_MUST_USE;

/* RP_BAD_SOURCE, and why: the archive is damaged, and only what stands before that was
 * handed out. */
enum rp_status bundle_damage(const struct bundle *bundle,
                             struct rp_error *err) RP_MUST_USE;

const struct bundle_count *bundle_count(const struct bundle *bundle);

/* The i-th that is not read, from 0; false: there are no more. */
bool bundle_left(const struct bundle *bundle, size_t i, struct bundle_left *out);

/* Is anything that X's manifest.js lists, and that would be read, not there? */
bool bundle_missing(const struct bundle *bundle, struct bundle_missing *out);

/* Is a file of X's archive read that begins with "window.YTD.", then this? */
bool bundle_reads_part(struct rp_slice part);

/* Is it the name of a file of a platform's archive that is private? */
bool bundle_is_private(struct rp_slice name);

/* Members whose owner a file tells that lies beside them. */
bool bundle_has_owner(struct rp_slice file_name);

/* Files that tell it, the best first; NULL at the end. */
extern const char *const bundle_owner_files[];

/* The file that they cannot be understood without. */
extern const char *const bundle_notes_file;

/*
 * Append what such a file says of its owner: account, handle, name.  false: nothing, and
 * nothing was appended.
 */
bool bundle_owner(struct rp_slice text, struct rp_buf *options);

#endif
