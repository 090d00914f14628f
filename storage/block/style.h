/*
 * How a record is written: what is escaped and how, where the blanks stand.  Two JSON
 * texts with the same values and the same style are the same bytes.  Private to this
 * room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_STYLE_H
#define RIPOSTE_STORAGE_BLOCK_STYLE_H

#include "core/base/buf.h"
#include "core/parse/json.h"
#include "storage/block/tree.h"

enum style_escape {
	STYLE_ASCII = 1, /* everything past ASCII as \u */
	STYLE_SLASH = 2, /* "/" as "\/" */
	STYLE_UPPER = 4, /* hex digits A to F */
	STYLE_HTML = 8,  /* "<", ">" and "&" as \u */
	STYLE_ESCAPES = 15,
};

/* Stored as these bytes, in this order. */
struct style {
	uint8_t array;        /* the root is an array */
	uint8_t escapes;      /* enum style_escape */
	uint8_t before_colon; /* blanks, 0 or 1, here and below */
	uint8_t after_colon;
	uint8_t after_comma; /* where lines are not broken */
	uint8_t inside;      /* behind "{" and before "}", where lines are not broken */
	uint8_t empty;       /* between the brackets of "[ ]" and "{ }" */
	uint8_t indent;      /* 0, or the blank that lines begin with */
	uint8_t unit;        /* how many of them a level */
	uint8_t base;        /* levels' worth of the root itself, in blanks */
	uint8_t flat_arrays; /* lines are broken in objects only */
	uint8_t crlf;
};
enum { STYLE_BYTES = sizeof(struct style) };

/* The style a document is probably written in; false: none that could be told. */
bool style_of(const struct json_doc *doc, struct style *out);

/* Can these bytes be a style? */
bool style_valid(const struct style *style);

/* What stands between the quotes, for a text in UTF-8; appended. */
void style_escape(const struct style *style, struct rp_slice text, struct rp_buf *out);

/*
 * The record.  Texts are asked for as predictions do; false: one is damaged, or out is
 * full.
 */
bool style_write(const struct style *style, struct tree *tree, struct rp_buf *out);

#endif
