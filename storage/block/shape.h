/*
 * What is known about records: which value usually follows from which other one.
 *
 * Shapes are data.  A row says of one member of one shape of object how soon its value is
 * known (its rank), what its own members look like, and up to eight predictions in the
 * order in which they are tried.  A prediction's number is stored, so: rows and
 * predictions may be added, but what stands in a released version never changes its
 * number or its meaning; see encode.c, "version".
 *
 * Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_SHAPE_H
#define RIPOSTE_STORAGE_BLOCK_SHAPE_H

#include "core/base/map.h"
#include "core/model/capture.h"

#include <stdint.h>

enum shape {
	SHAPE_ANY,
	SHAPE_X1_POST,
	SHAPE_X1_USER,
	SHAPE_X2_POST,
	SHAPE_X2_USER,
	SHAPE_ENTITIES,    /* mentions, urls, ... of a text beside it */
	SHAPE_ENTITY_LIST, /* an array of them */
	SHAPE_ENTITY,      /* one of them */
	SHAPE_INDICES,     /* [start, end) of an entity */
	SHAPE_TWIN,        /* extended_entities, which repeat entities */
	SHAPE_RANGE,       /* [0, length] of a text */
	SHAPE_EDITS,       /* edit_controls, edit_info */
	SHAPE_OWN_IDS,     /* a list of the post's own ids */
	SHAPES
};

/*
 * A prediction looks only at values of a lower rank, so that no circle can arise, and
 * among equal ranks at those of posts nested deeper (RANK_DEPTHS levels are told apart).
 */
enum rank {
	RANK_ID,     /* predicted by nothing */
	RANK_ID_TOO, /* the same id in another form; names */
	RANK_PLAIN,  /* whatever nothing depends on */
	RANK_TEXT,
	RANK_START, /* of an entity in its text */
	RANK_NAME,  /* what stands there */
	RANK_REPLY, /* follows from mentions */
	RANK_LATE,
	RANK_LATER, /* X_str, X_https, of whatever X */
	RANK_TWIN,
	RANK_LAST,
	RANKS
};
enum { RANK_DEPTHS = 4 };

enum op {
	OP_NONE,
	OP_SAME,       /* as the value at the path */
	OP_STEM,       /* as the member whose name this one's continues: X of X_str */
	OP_HTTPS,      /* the value at the path with https for http */
	OP_STEM_HTTPS, /* both */
	OP_DATE,       /* the time inside the id at the path, in date form arg */
	OP_HALF_HOUR,  /* half an hour later */
	OP_HOUR,       /* an hour later */
	OP_START,      /* start of the n-th entity of its kind in the text, n plus arg */
	OP_START_LAST, /* of the last one */
	OP_END,        /* where the entity that starts where this one does ends */
	OP_ENTITY,     /* what that entity says */
	OP_SLICE,      /* the text from start to end, end included */
	OP_DISPLAY,    /* the value at the path as an address is shown; arg: keep "/" */
	OP_PICTURE,    /* pic.twitter.com/ and the end of the address at the path */
	OP_LENGTH,     /* 0 as first, code points of the text as second element */
	OP_REPOST,     /* RT @name: text */
	OP_TWIN,       /* the same place in "entities" */
	OP_FIRST_TWIN, /* the same place in the first element of that list */
};

enum { OPS_MAX = 8, PATH_MAX_KEYS = 4 };

/* Steps above any number of a key. */
enum { STEP_INDEX = 0x8000, STEP_SAME_INDEX = 0xffff };

/* From where to go, and how.  See shape.c for the way it is written. */
struct path {
	bool from_post; /* else from the object that holds the value */
	uint8_t up;     /* containers up from there */
	uint8_t n;
	uint16_t keys[PATH_MAX_KEYS];
};

struct rule_op {
	uint8_t op, arg;
	struct path path;
};

struct rule {
	uint8_t rank;   /* enum rank */
	uint8_t object; /* enum shape of the value, when it is an object */
	uint8_t array;  /* ... an array */
	uint8_t n;
	struct rule_op ops[OPS_MAX];
};

/* Keys the predictions ask for by name; the numbers are not stored. */
enum key {
	KEY_NONE,
	KEY_ID,
	KEY_ID_STR,
	KEY_TEXT,
	KEY_FULL_TEXT,
	KEY_ENTITIES,
	KEY_EXTENDED_ENTITIES,
	KEY_INDICES,
	KEY_START,
	KEY_END,
	KEY_USER,
	KEY_SCREEN_NAME,
	KEY_USERNAME,
	KEY_USER_MENTIONS,
	KEY_MENTIONS,
	KEY_HASHTAGS,
	KEY_SYMBOLS,
	KEY_CASHTAGS,
	KEY_URLS,
	KEY_MEDIA,
	KEY_URL,
	KEY_RETWEETED_STATUS,
	KEY_NAMED /* further ones are those of the rows */
};

struct shapes;

struct shapes *shapes_new(void) RP_MUST_USE; /* NULL: out of memory */
struct shapes *shapes_free(struct shapes *shapes);

/* The number of a key, or KEY_NONE when no row knows it. */
uint32_t shapes_key(const struct shapes *shapes, struct rp_slice name);

/* How many numbers there are; keys of a block are numbered from here on. */
uint32_t shapes_n_keys(const struct shapes *shapes);

/* The name of a key below shapes_n_keys(). */
struct rp_slice shapes_key_name(const struct shapes *shapes, uint32_t key);

/*
 * The rule for a member of an object, or for the elements of an array (KEY_NONE, the
 * empty name).  Never NULL.
 */
const struct rule *shapes_rule(const struct shapes *shapes, enum shape shape,
                               uint32_t key, struct rp_slice name);

/* What a record of this kind is. */
enum shape shape_of_kind(enum record_kind kind);

/* Has this shape one set of columns, wherever it occurs? */
bool shape_is_shared(enum shape shape);

bool shape_is_post(enum shape shape);

/* Does a member of this name change where the rest of its object stays? */
bool shape_varies(struct rp_slice name);

/*
 * The name whose value `name` repeats: "id" of "id_str".  Empty when there is none.
 */
struct rp_slice shape_stem(struct rp_slice name);

#endif
