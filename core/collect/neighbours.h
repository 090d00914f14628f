/*
 * Files that lie beside one that is read, in a folder or an archive, and say what it
 * cannot say itself.
 *
 *	NAME.riposte.ini    beside any NAME: settings that somebody wrote down
 *	TITLE.info.json     beside TITLE.LANG.EXT, captions: what yt-dlp knows (ytdlp.h)
 *	NAME.html           beside NAME.vtt, NAME.en.vtt, NAME.txt: the page of the event
 *	                    (event-page.h)
 */
#ifndef RIPOSTE_CORE_COLLECT_NEIGHBOURS_H
#define RIPOSTE_CORE_COLLECT_NEIGHBOURS_H

#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/* Of one file: what all that lies beside it and the command line may come to. */
enum { SETTINGS_MAX_BYTES = 1 << 20 };

struct neighbours {
	/* Append the file of that name.  RP_NOT_FOUND: there is none.  RP_BAD_ITEM: it
	 * is longer than the buffer may be. */
	enum rp_status (*read)(void *context, struct rp_slice name, struct rp_buf *text,
	                       struct rp_error *err);
	/* Keep its bytes, of which settings came. */
	enum rp_status (*keep)(void *context, struct rp_slice name, struct rp_slice bytes,
	                       struct rp_error *err);
	void *context;
};

/* Where that what lies beside a file begins, in its name: "TITLE" of "TITLE.en.vtt", for
 * the last two kinds; false: nothing of them is looked for. */
bool neighbours_stem(struct rp_slice name, struct rp_slice *stem_out);

/*
 * Append settings (options.h).  name: as neighbours are asked for.  said: settings that
 * count more than all of them, appended last.
 *
 * RP_BAD_CONFIG: a sidecar cannot be believed; what it is about is told in err.
 */
enum rp_status neighbours_settings(const struct neighbours *neighbours,
                                   struct rp_slice name, struct rp_slice said,
                                   struct rp_buf *settings,
                                   struct rp_error *err) RP_MUST_USE;

#endif
