/*
 * Is a listing that comes page by page still getting anywhere?  Cursors are said to loop
 * (A, B, A, B; A, B, nothing, A), to repeat, to go on for ever.
 */
#ifndef RIPOSTE_CORE_COLLECT_PAGING_H
#define RIPOSTE_CORE_COLLECT_PAGING_H

#include "core/base/error.h"
#include "core/base/slice.h"

#include <stdbool.h>
#include <stdint.h>

struct paging; /* of one listing in one run */

/* An item of the page in hand, by what names it; optional, before paging_next(). */
void paging_item(struct paging *paging, struct rp_slice id);

/* most: pages at the most; empty: without an item, one behind the other. */
struct paging *paging_new(unsigned most, unsigned empty) RP_MUST_USE;
struct paging *paging_free(struct paging *paging);

enum paging_verdict {
	PAGING_ON,
	PAGING_END,   /* there is no next page */
	PAGING_LOOP,  /* this page, or the way to the next one, was there before */
	PAGING_EMPTY, /* too many empty pages */
	PAGING_MOST,  /* too many pages */
	PAGING_ODD,   /* the way to the next one is none; only callers say so */
};

/*
 * One more page: its bytes, how many items it had, and the way to the next one (empty:
 * none).  Of a page whose items were told none may be new where it goes on: the same ones
 * under ever new cursors lead nowhere.  All but ON and END mean that what lies behind was
 * not seen: a gap.
 */
enum paging_verdict paging_next(struct paging *paging, struct rp_slice body, size_t items,
                                struct rp_slice next);
/* In words, for a gap: "the server's pages repeat themselves". */
const char *paging_why(enum paging_verdict verdict);

#endif
