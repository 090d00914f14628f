/*
 * What is particular to the archives that X hands out to an account's owner.
 *
 * Their posts have no author, for all are the owner's; the platform's file that names the
 * owner is another one, so that the settings account, handle and name say it.  A repost
 * and a quotation are told by the text alone, a long post is cut, its whole text being
 * in note-tweet.js; and there are lists of posts that were deleted.
 */
#ifndef RIPOSTE_CORE_COLLECT_X_ARCHIVE_H
#define RIPOSTE_CORE_COLLECT_X_ARCHIVE_H

#include "core/collect/x.h"

/* One long text. */
struct x_note {
	int64_t created;
	struct rp_slice text; /* escaped as in posts */
	struct x_link *links;
	size_t n_links;
};

struct x_archive {
	bool is_archive; /* posts are the owner's */
	bool deleted;    /* the file is the list of those that were deleted */
	struct rp_slice account, handle, name;
	struct arena *arena;  /* of the notes */
	struct x_note *notes; /* by time */
	size_t n_notes;
};

/*
 * head: how the file begins.  beside: note-tweet.js, or nothing.  RP_FAILED: out of
 * memory, or the archive in which that is kept.
 */
enum rp_status x_archive_init(struct x_archive *archive, const struct input *input,
                              struct rp_slice head, struct rp_error *err) RP_MUST_USE;
void x_archive_done(struct x_archive *archive);

/* x-notes.c: its notes. */
enum rp_status x_notes_read(struct x_archive *archive, const struct reader *reader,
                            struct rp_error *err) RP_MUST_USE;

/* The assignment in front of a file's values; see items.h. */
bool x_archive_begins(struct rp_slice head);

/* A value that is no post but one of the archive's other things; false: it is none. */
bool x_archive_value(struct x_value *value, uint32_t node);

/* The owner's, if the post says nothing of an author. */
void x_archive_author(struct x_value *value, struct x_post *post);

/* What its text tells: that it passes on another post, or quotes one.  reply: it answers
 * one. */
void x_archive_references(struct x_value *value, struct x_post *post, uint32_t extended,
                          bool reply);

/* Its whole text, if it is cut and the notes have it. */
void x_archive_note(struct x_value *value, struct x_post *post);

/* It stands in the list of deleted ones. */
void x_archive_state(struct x_value *value, const struct x_post *post,
                     uint32_t deleted_at);

/* The owner's account, at the time of the batch's youngest post. */
void x_archive_owner(struct x_batch *batch, const struct x_archive *archive);

#endif
