/*
 * Who wrote: the accounts of one view, each looked up once, and the people they belong
 * to.
 */
#ifndef RIPOSTE_CORE_THREAD_AUTHOR_H
#define RIPOSTE_CORE_THREAD_AUTHOR_H

#include "core/base/map.h"
#include "core/model/person.h"
#include "core/model/view.h"
#include "storage/store.h"

struct author {
	struct view_author view;
	size_t asked;   /* 1 + index into authors.asked; 0: none of those */
	bool has_state; /* view.state was looked up: see authors_state() */
};

struct authors {
	struct store *store;
	const struct people *people;       /* may be NULL */
	const struct person *const *asked; /* looked through before people */
	size_t n_asked;
	struct arena *arena; /* owns the texts */
	struct map *by_key;
	struct author *list; /* [0] is the unknown author */
	size_t n, cap;
};

/* people is borrowed, so is the arena.  Call authors_done() also after a failure. */
enum rp_status authors_init(struct authors *authors, struct store *store,
                            const struct people *people, struct arena *arena,
                            struct rp_error *err) RP_MUST_USE;
void authors_done(struct authors *authors);
DEFINE_CLEANUP_DONE(struct authors, authors_done);

/*
 * The account with this key, as an index into authors->list; 0 for the empty key.  A key
 * that holds only a handle is the account that has or had this handle, if just one has:
 * both keys then have one index.
 *
 * A person's account given by handle takes in every account that has or had it.
 */
enum rp_status authors_find(struct authors *authors, struct rp_slice key, size_t *out,
                            struct rp_error *err) RP_MUST_USE;

/*
 * The state of the account behind `key`, out of the notes about it and, when it is the
 * only one that ever had its handle, about that handle; STATE_LIVE when there are none.
 */
enum rp_status authors_state(struct authors *authors, struct rp_slice key,
                             enum post_state *out, struct rp_error *err) RP_MUST_USE;

/*
 * The key of an account's handle, if states are noted of it and no other account ever had
 * it, so that they are the account's; else empty.
 */
enum rp_status authors_handle(struct authors *authors, struct rp_slice key,
                              struct rp_slice *out, struct rp_error *err) RP_MUST_USE;

/* The latest of the notes about a subject.  best->subject stays empty without any. */
enum rp_status state_latest(struct store *store, struct rp_slice subject,
                            struct state_note *best, struct rp_error *err) RP_MUST_USE;

/* "@handle", else the name, else the key's own part. */
bool author_label(const struct view_author *author, struct arena *arena,
                  struct rp_slice *out) RP_MUST_USE;

#endif
