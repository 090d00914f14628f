/*
 * Keys: the identity of a post or an account, "PLATFORM:NATIVE", text and never a number.
 *
 *	x:1881923570458304780    an X post; an edited one has its first id
 *	x:@44196397              an X account; x:@elonmusk? when only the handle is known
 *	bsky:did:plc:abc/3lgz…   DID and record key; bsky:HANDLE/3lgz… while only the
 *	                         author's handle is known
 *	masto:https://host/…     ActivityPub uri; masto:HOST!ID while only that is known
 *	feed:FEED#GUID           "#" inside FEED is written %23
 *	spoken:EVENT/N           N-th turn of an event; spoken:EVENT/N.5bd0c7e1 where the
 *	                         longest transcript has no such turn
 *	spoken:@Satya Nadella    a speaker; spoken:@EVENT/Q is somebody in this event
 *	press:URL                an article; press:URL#qN its quotations
 *	said:KEY                 the unseen original of quotations
 */
#ifndef RIPOSTE_CORE_MODEL_KEY_H
#define RIPOSTE_CORE_MODEL_KEY_H

#include "core/base/arena.h"
#include "core/base/slice.h"
#include "core/base/time.h"

enum platform {
	PLATFORM_NONE = 0,
	PLATFORM_X,
	PLATFORM_BSKY,
	PLATFORM_MASTO,
	PLATFORM_FEED,
	PLATFORM_SPOKEN,
	PLATFORM_PRESS,
	PLATFORM_SAID,
};

enum { KEY_MAX_BYTES = 2048 };

/* "x", "bsky", …; PLATFORM_NONE gives "". */
const char *platform_name(enum platform platform);
enum platform platform_from_name(struct rp_slice name);

/*
 * A known platform, a native part that is not empty, valid UTF-8 without control
 * characters, at most KEY_MAX_BYTES.  Nothing else is asked of the native part: ids are
 * opaque.
 */
bool key_valid(struct rp_slice key);

enum platform key_platform(struct rp_slice key); /* PLATFORM_NONE when it has none */
struct rp_slice key_native(struct rp_slice key); /* what follows the first colon */
bool key_is_account(struct rp_slice key);        /* native part starts with "@" */

/* An account key that holds only a handle: "x:@elonmusk?". */
bool key_is_handle_only(struct rp_slice key);

/* The time decoded from the id (X, Bluesky), basis id; RP_TIME_NONE for other keys. */
struct rp_time key_time(struct rp_slice key);

/*
 * Both keys are of one platform whose servers make the ids in order, and a's is the
 * later: then a cannot be the parent of b.  Numeric, whatever the length.
 */
bool key_is_later_id(struct rp_slice a, struct rp_slice b);

/* Make "PLATFORM:NATIVE" ("x:@ID" for accounts) in the arena; false when it is full. */
bool key_make(struct arena *arena, enum platform platform, struct rp_slice native,
              struct rp_slice *out) RP_MUST_USE;
bool key_make_account(struct arena *arena, enum platform platform, struct rp_slice native,
                      struct rp_slice *out) RP_MUST_USE;
/* "x:@name?", the handle in lower case and without a leading "@". */
bool key_make_handle(struct arena *arena, enum platform platform, struct rp_slice handle,
                     struct rp_slice *out) RP_MUST_USE;

/*
 * The public address of a post: https://x.com/HANDLE/status/ID, or /i/web/status/ID when
 * the handle is empty; of Bluesky by DID; the uri of a Mastodon post, which leads
 * browsers to its page; an article's.  Empty for platforms that have none.
 */
bool key_url(struct arena *arena, struct rp_slice key, struct rp_slice handle,
             struct rp_slice *out) RP_MUST_USE;

#endif
