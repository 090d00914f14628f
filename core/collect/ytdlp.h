/*
 * What yt-dlp writes beside the captions it fetches: TITLE [ID].info.json, which says
 * what TITLE [ID].LANG.EXT are the captions of.
 */
#ifndef RIPOSTE_CORE_COLLECT_YTDLP_H
#define RIPOSTE_CORE_COLLECT_YTDLP_H

#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/*
 * The name of a file of captions taken apart: false when it ends in none of their
 * extensions.  lang: "en", "en-orig", "fr-en"; empty when there is none in it.
 */
bool ytdlp_name(struct rp_slice path, struct rp_slice *stem_out,
                struct rp_slice *lang_out);

/*
 * Append the settings (options.h) that an info.json makes: title, url, event, lang,
 * start, chapters.  told: what somebody has said, and therefore knows better; times of
 * theirs are not mixed with those of the file.
 *
 * A live stream begins when it began.  Of everything else the file knows when it was
 * published, which is the latest moment at which it can have been said, and no more.
 *
 * RP_BAD_SOURCE: captions that a machine translated, and nobody told a language; or the
 * file cannot be read.
 */
enum rp_status ytdlp_settings(struct rp_slice json, struct rp_slice lang,
                              struct rp_slice told, struct rp_buf *options,
                              struct rp_error *err) RP_MUST_USE;

#endif
