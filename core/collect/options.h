/*
 * What the user says about a file that cannot say it itself: what, when, where and who.
 *
 * Kept as "key=value\n" lines, which are stored with the capture, since a rebuild needs
 * them.  Later lines win, so that a command line goes behind a sidecar.
 *
 *	event, title, place, url, lang   as they are
 *	event.made              its name where nobody gave it one: collector_settle()
 *	damaged                 why its bytes end early: collector_settle_damage()
 *	unread                  why nothing is read out of it
 *	tz                      IANA zone of the place
 *	date                    2025-01-22, 2025-01 or 2025, the place's calendar
 *	start                   2025-01-22 16:10, there; or with Z or +01:00; or the
 *	                        day alone, which is the same as date
 *	anchor                  12:30, 1:12:30.5: so far into the recording it starts
 *	chapter                 1:12:30 and a title; any number of lines
 *	not_before, not_after   a time, a date, or the key of a post
 *	speaker                 who speaks; any number of lines
 *	speaker.LABEL.person    who is meant by a label
 *	account, handle, name   of the one whose posts are in an X archive
 *	beside                  SHA-256 of a capture that this one needs; any number
 *	                        of lines
 *
 * Of an answer of a server; nobody can say these of a file of his own:
 *
 *	as_of                   when what it shows was so, where it is a copy of an older
 *	                        one: 2021-03-04T05:06:07Z
 *	asked                   key of the post or account that it was asked for
 *	status                  of HTTP, where it is not 200
 *	masked                  1: our own secret was in it, and is blotted out
 *	fetched                 when it came: 2026-01-05T12:00:00Z
 *	http.date, http.server, http.etag, http.modified
 *	                        what the server said in Date, Server, ETag, Last-Modified
 *	http.type               Content-Type, parameters and all
 *	http.url                who answered, after redirects, where it is not the name
 *	http.address            of the network: 192.0.2.7, 2001:db8::7
 *	http.certificate        SHA-256 of the server's, in hex
 *
 * fetched and http.* stand last: collector_given() leaves them out, so that the same
 * bytes are the same whenever they come.
 */
#ifndef RIPOSTE_CORE_COLLECT_OPTIONS_H
#define RIPOSTE_CORE_COLLECT_OPTIONS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/*
 * Append one setting.  RP_BAD_USAGE: no such key, or a value that it cannot have; the
 * text names both.  RP_BAD_CONFIG: no time zones on this machine.
 */
enum rp_status options_add(struct rp_buf *options, struct rp_slice key,
                           struct rp_slice value, struct rp_error *err) RP_MUST_USE;

/*
 * Append a setting that a file or an answer was found to say, on one line, and cut where
 * it is too long; of how an answer came nothing is cut but left out.  So is what cannot
 * be its value; only memory is an error.
 */
enum rp_status options_add_found(struct rp_buf *options, struct rp_slice key,
                                 struct rp_slice value, struct rp_error *err) RP_MUST_USE;

/*
 * Append what a sidecar says:
 *
 *	[event]
 *	id = davos-2025-cnbc
 *	title, place, tz, date, start, anchor, not_before, not_after, url, lang
 *	[speaker NADELLA]
 *	person = Satya Nadella
 *
 * A speaker's section without person says that there is a speaker of that name.
 * RP_BAD_CONFIG: it cannot be read or believed; the text names the line as well.
 */
enum rp_status options_add_sidecar(struct rp_buf *options, struct rp_slice text,
                                   struct rp_error *err) RP_MUST_USE;

/* The last value of a key; empty when there is none. */
struct rp_slice options_get(struct rp_slice options, struct rp_slice key);

/* Step through the lines: false at the end.  *rest starts as the options. */
bool options_next(struct rp_slice *rest, struct rp_slice *key_out,
                  struct rp_slice *value_out);

/*
 * Check options that came from elsewhere (an archive written by another version), line by
 * line, as options_add() does.
 */
enum rp_status options_check(struct rp_slice options, struct rp_error *err) RP_MUST_USE;

/*
 * "12:30", "1:12:30.5", "750.25" at the front of a text: how many bytes it takes, 0: it
 * is no offset in a recording.
 */
size_t options_offset(struct rp_slice text, int64_t *ms_out);

/* ---- of answers: options-fetched.c ------------------------------------------- */

/* When what the bytes show was so: as_of, else fetched; RP_TIME_UNKNOWN: nobody says. */
int64_t options_as_of(struct rp_slice options);

/* "iso-8859-1" of the http.type "text/html; charset=ISO-8859-1"; empty: it has none. */
struct rp_slice options_charset(struct rp_slice options);
/* The same of a Content-Type. */
struct rp_slice charset_of_type(struct rp_slice type);

/* fetched and http.*: true only of them. */
bool options_is_of_answer(struct rp_slice key);
/* Only a program may set it: fetched, http.*, status, asked, masked, as_of. */
bool options_is_of_fetch(struct rp_slice key);

/* Check the value of one of these.  RP_BAD_USAGE: "is no …". */
enum rp_status options_check_fetched(struct rp_slice key, struct rp_slice value,
                                     struct rp_error *err) RP_MUST_USE;

/* ------------------------------------------------------------------------------ */

/* "Nadella" of "speaker.Nadella.person"; empty for other keys. */
struct rp_slice options_speaker_label(struct rp_slice key);

/* A time of day without a zone of its own: the place's clocks, or not known where. */
bool options_time_is_local(struct rp_slice time);

#endif
