/*
 * What a web page says of an event, for search engines (schema.org in JSON-LD): an Event,
 * a BroadcastEvent, a VideoObject, an episode of a podcast.
 *
 *	name                     title
 *	startDate                start, to the minute, since it was planned; or date
 *	uploadDate, datePublished   not_after, where nobody knows a start
 *	location                 place
 *	performer, actor         speaker, where there are two or more: one alone would be
 *	                         given all that is said
 *	url                      url, else the page's canonical address
 *
 * A page that lists several events says of none that it is its own.
 */
#ifndef RIPOSTE_CORE_COLLECT_EVENT_PAGE_H
#define RIPOSTE_CORE_COLLECT_EVENT_PAGE_H

#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum event_page {
	EVENT_PAGE_ITSELF,  /* the transcript's own: its title, language and address count
	                       also where it tells of no event */
	EVENT_PAGE_VIDEO,   /* beside captions: an event's, or that of one video */
	EVENT_PAGE_SESSION, /* beside a text: an event's alone */
};

/*
 * Append settings (options.h).  told: what counts more; what it says is not said again,
 * and nothing that contradicts it.  A page that cannot be read says nothing.  RP_FAILED:
 * out of memory.
 */
enum rp_status event_page_settings(struct rp_slice page, enum event_page use,
                                   struct rp_slice told, struct rp_buf *options,
                                   struct rp_error *err) RP_MUST_USE;

#endif
