/*
 * How an answer of a server was got, as people read it and as JSON.
 */
#ifndef RIPOSTE_CORE_RENDER_ANSWER_H
#define RIPOSTE_CORE_RENDER_ANSWER_H

#include "core/base/buf.h"
#include "core/base/jsonw.h"
#include "core/model/answer.h"
#include "core/model/capture.h"

/* "fetched 2026-01-05T12:00:00Z, status 404, server's date …", without a line end. */
void answer_line(struct rp_buf *out, const struct answer *answer);

/* The member "answer" of an object; nothing for a capture that is none. */
void answer_member(struct jsonw *w, const struct capture *capture);

#endif
