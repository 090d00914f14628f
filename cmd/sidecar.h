/*
 * Files that lie beside one that is imported, and say what it cannot say itself.
 */
#ifndef RIPOSTE_CMD_SIDECAR_H
#define RIPOSTE_CMD_SIDECAR_H

#include "core/base/buf.h"
#include "core/ingest/ingest.h"

/* Of one file: what all that lies beside it and the command line may come to. */
enum { SETTINGS_MAX_BYTES = 1 << 20 };

/*
 * PATH.riposte.ini, if it is there: its settings are appended (options.h), its bytes
 * become a capture of their own.  RP_BAD_CONFIG when it cannot be believed; what it is
 * about is told in err.
 */
enum rp_status sidecar_add(struct ingest *ingest, const char *path,
                           struct rp_buf *settings, struct rp_error *err) RP_MUST_USE;

/*
 * A file of an X archive that was taken out of it: what manifest.js or account.js beside
 * it say of the owner is appended, and neither is kept; note-tweet.js beside it becomes a
 * capture, and is named by "beside".
 */
enum rp_status sidecar_add_owner(struct ingest *ingest, const char *path,
                                 struct rp_buf *settings,
                                 struct rp_error *err) RP_MUST_USE;

/*
 * For captions that yt-dlp fetched, "TITLE [ID].LANG.EXT": what "TITLE [ID].info.json"
 * says (collect/ytdlp.h), in the same way.  told: the settings that count more.
 */
enum rp_status sidecar_add_info(struct ingest *ingest, const char *path,
                                struct rp_slice told, struct rp_buf *settings,
                                struct rp_error *err) RP_MUST_USE;

/*
 * For captions or a text, "NAME.vtt", "NAME.en.vtt", "NAME.txt": what the page of the
 * event, "NAME.html" or "NAME.htm", says (collect/event-page.h), in the same way.
 */
enum rp_status sidecar_add_page(struct ingest *ingest, const char *path,
                                struct rp_slice told, struct rp_buf *settings,
                                struct rp_error *err) RP_MUST_USE;

#endif
