/*
 * Sources as the user sees them: what the config file says, and how far each got.
 */
#ifndef RIPOSTE_CMD_SOURCE_H
#define RIPOSTE_CMD_SOURCE_H

#include "cmd/command.h"
#include "core/base/arena.h"
#include "core/base/jsonw.h"
#include "core/base/map.h"
#include "core/model/source.h"

/* What the archive has of every source, by name. */
struct source_states {
	struct arena *arena;
	struct map *places;
	struct source_state *list;
	size_t n, room;
};
/* store may be NULL: then nobody was ever asked. */
enum rp_status source_states_load(struct source_states *states, struct store *store,
                                  struct rp_error *err) RP_MUST_USE;
void source_states_done(struct source_states *states);
DEFINE_CLEANUP_DONE(struct source_states, source_states_done);
/* NULL: never asked, never paused. */
const struct source_state *source_state_of(const struct source_states *states,
                                           struct rp_slice name);

/* "new", "paused", "failing", "due", "waiting"; of one that the config file does not name
 * "left". */
const char *source_standing(const struct source *source, const struct source_state *state,
                            int64_t now);

/* What it follows, in a few words: "elonmusk +2", "https://news.example/feed?…". */
void source_what(struct rp_buf *out, const struct source *source);

/*
 * The value of a setting, fit to be shown: of an address no part of its query that may be
 * a secret, of a secret only where it is read from.
 */
void source_value(struct rp_buf *out, const struct setting *setting);

/* "2026-01-05T12:00Z", "-" for a time that is not known. */
void source_time(struct rp_buf *out, int64_t us);
/* "$0.50". */
void source_money(struct rp_buf *out, int64_t micro);

int source_list(struct invocation *inv, bool json);
int source_show(struct invocation *inv, const struct source *source, bool json);
/* One request of each, of which nothing is kept. */
int source_test(struct invocation *inv, const struct source *source, bool json);

#endif
