/*
 * The search language: X's own operators, since everybody knows them.
 *
 * Here: words, "exact phrases", prefix*, -negation, from:, on:, since:, until:.
 * See riposte-query(7).
 */
#ifndef RIPOSTE_CORE_QUERY_QUERY_H
#define RIPOSTE_CORE_QUERY_QUERY_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/zone.h"
#include "core/model/filter.h"
#include "core/model/person.h"

/*
 * What words mean here: from:NAME is a person of the list (all their accounts and names),
 * else a handle, with or without "@", else an account key.  Dates without a zone are the
 * reader's.
 */
struct query_context {
	const struct people *people; /* may be NULL */
	const struct zone *zone;
	int64_t now; /* for "2 days ago", "yesterday", "today" */
};

/*
 * RP_BAD_USAGE  the text says what is wrong and at which column (from 1), and nothing of
 * it reaches a database: an unknown operator, a quote that does not end, a date that
 * cannot be read, since: after until:. Slices in *out point into text or the arena.  An
 * empty text is every post, oldest first.
 */
enum rp_status query_parse(struct rp_slice text, const struct query_context *context,
                           struct arena *arena, struct filter *out,
                           struct rp_error *err) RP_MUST_USE;

/*
 * A date or time as people write it: what rp_time_read() takes, "today", "yesterday",
 * "N minutes|hours|days|weeks|months|years ago".  The first instant it can mean.
 */
enum rp_status query_date(struct rp_slice text, const struct query_context *context,
                          int64_t *us_out, struct rp_error *err) RP_MUST_USE;

#endif
