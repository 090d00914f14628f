/*
 * Pieces of JSON that several formats share.  Members always come in the same order.
 */
#ifndef RIPOSTE_CORE_RENDER_JSON_POST_H
#define RIPOSTE_CORE_RENDER_JSON_POST_H

#include "core/base/jsonw.h"
#include "core/render/writer.h"

/* A line, or a part of one, on its way out. */
struct json_page {
	FILE *out;
	struct rp_buf buf;
	struct jsonw w;
};

void json_page_init(struct json_page *page, FILE *out);
void json_page_flush(struct json_page *page); /* hands over what is there */
void json_page_done(struct json_page *page);  /* flushes */
DEFINE_CLEANUP_DONE(struct json_page, json_page_done);

/* An instant as RFC 3339, null when unknown; UNKNOWN precision: the digits it needs. */
void json_instant(struct jsonw *w, const char *name, int64_t us,
                  enum rp_precision precision);
/* {"lo","hi","precision","basis"} */
void json_time(struct jsonw *w, const char *name, struct rp_time time);
/* "state" of an account, where something is said of it. */
void json_account_state(struct jsonw *w, enum post_state state);
/* Two decimals, or null when the edge is stated. */
void json_confidence(struct jsonw *w, enum edge_origin origin, int percent);
/* The members of a post object, without the braces. */
void json_post_members(struct jsonw *w, const struct view_post *post);
/* first_seen, last_seen, sources. */
void json_seen_members(struct jsonw *w, const struct view_seen *seen);

/* The functions of the writers "json", "jsonl" and "ids". */
void json_posts_begin(FILE *out, const struct style *style);
void json_post(FILE *out, const struct style *style, struct post_list *list,
               const struct view_post *post);
void json_posts_end(FILE *out, const struct style *style);
void json_thread(FILE *out, const struct style *style, const struct thread_view *view);
void json_exchange(FILE *out, const struct style *style,
                   const struct exchange_view *view);
void json_show(FILE *out, const struct style *style, const struct view_post *post,
               const struct view_seen *seen, const struct state_note *states,
               size_t n_states);
void jsonl_post(FILE *out, const struct style *style, struct post_list *list,
                const struct view_post *post);
void jsonl_thread(FILE *out, const struct style *style, const struct thread_view *view);

#endif
