/*
 * The forms met in one block: classes of containers, the places in them, lists of keys,
 * templates.  The encoder builds it out of records, the decoder out of the block; both
 * meet everything in the same order.
 *
 * A class is what containers with one set of columns have in common ("user of a post",
 * "urls in its entities").  A place is one member of a class, or what all elements of an
 * array class share.  A key list is the keys of an object in their order; a template is a
 * key list (or a number of elements) with one tag for each value.
 *
 * Private to this room.
 */
#ifndef RIPOSTE_STORAGE_BLOCK_SCHEMA_H
#define RIPOSTE_STORAGE_BLOCK_SCHEMA_H

#include "core/base/arena.h"
#include "core/base/map.h"
#include "storage/block/shape.h"

#define NONE UINT32_MAX

/* Objects whose keys are data would have more; such records are kept as they are. */
enum { SCHEMA_MAX_PLACES = 1 << 13 };

/* How a value is written.  Stored: do not renumber. */
enum tag {
	TAG_OWN_COLUMN, /* in a template: the tag is in the place's own column */
	TAG_NULL,
	TAG_TRUE,
	TAG_FALSE,
	TAG_EMPTY_OBJECT,
	TAG_EMPTY_ARRAY,
	TAG_OBJECT,
	TAG_ARRAY,
	TAG_LIKE, /* an object like an earlier one, but for what varies */
	TAG_EMPTY_STRING,
	TAG_STRING,     /* its text, in UTF-8 */
	TAG_RAW_STRING, /* its bytes between the quotes: not in the record's style */
	TAG_PARTS,      /* text with parts that are known from elsewhere; see known.c */
	TAG_DIGITS,     /* a number in quotes */
	TAG_SNOWFLAKE,  /* an id with a time in it, in quotes */
	TAG_MEDIA_KEY,  /* a digit, "_" and such an id, in quotes */
	TAG_INTEGER,
	TAG_BARE_SNOWFLAKE,
	TAG_NUMBER,              /* any other number, as it is written */
	TAG_ENTRY,               /* an object that later ones are like */
	TAG_SAME,                /* an object the same as an earlier one */
	TAG_ANCHORED,            /* an id in quotes, its time since the block's base */
	TAG_BARE_ANCHORED,       /* the same, bare */
	TAG_AGAIN,               /* as in the record before */
	TAG_CHANGE,              /* an integer, told by its change since that record */
	TAG_DATE = 26,           /* and the date form, up to 5 */
	TAG_PREDICTED = 32,      /* a string; and the number of the prediction */
	TAG_BARE_PREDICTED = 40, /* a number */
	TAGS = 48,
};

/* Is a value with this tag told by it alone? */
static inline bool
tag_is_all(unsigned tag)
{
	return (tag >= TAG_NULL && tag <= TAG_EMPTY_ARRAY) || tag == TAG_EMPTY_STRING ||
	       tag >= TAG_PREDICTED;
}

/* What a place can have columns of. */
enum column_use {
	USE_TAG,
	USE_INTEGER,
	USE_TIME, /* of a snowflake */
	USE_WORKER,
	USE_SEQUENCE,
	USE_DATE,
	USE_TEXT,
	USE_RAW,
	USE_ENTRY,  /* which earlier object: how many were entered since */
	USE_CHANGE, /* of a number since that object, or since the record before */
	COLUMN_USES
};

struct place {
	uint32_t class;
	uint32_t key;
	uint32_t stem;        /* key of the member whose value this one repeats */
	struct rp_slice name; /* the key as it is written, without quotes */
	const struct rule *rule;
	uint32_t object, array;        /* classes of values; NONE: not met yet */
	uint32_t columns[COLUMN_USES]; /* NONE: not met yet */
	bool varies;     /* in objects that are otherwise alike: counts, offsets */
	bool own_column; /* encoder: its tags are not in templates */
};

struct key_list {
	uint32_t class;
	uint32_t n;
	const uint32_t *places;
	uint32_t number; /* in its class */
};

/* How a value is stepped over. */
enum skip_how { SKIP_NONE, SKIP_NUMBER, SKIP_TEXT, SKIP_DATE, SKIP_TAG };

struct skip {
	uint32_t column;
	uint32_t value; /* its number in the template */
	uint8_t how;
};

/* A template: C++, which our formatter takes headers for, has that word. */
struct layout {
	uint32_t list; /* NONE: an array */
	uint32_t n;
	const uint8_t *tags;
	const uint32_t *work; /* the values that something is stored for */
	uint32_t n_work;
	struct skip *skips; /* the same for those that were read already, or NULL */
	uint32_t n_skips;
	bool met;
};

/* Indices into the schema's arrays; a class numbers them in the order it meets them. */
struct numbers {
	uint32_t *at;
	uint32_t n, cap;
};

struct class
{
	uint8_t shape;
	bool is_array;
	uint32_t element;   /* array: its place */
	uint32_t column;    /* of template numbers; NONE: not met yet */
	uint32_t last_list; /* most objects have the keys of the one before */
	struct numbers lists, templates;
	struct numbers entries; /* objects that later ones are like */
};

struct schema {
	const struct shapes *shapes;
	struct arena *arena;
	struct map *keys;       /* of this block, behind those of the shapes */
	struct map *places;     /* class and key -> place */
	struct map *list_index; /* encoder: class and places -> key list */
	struct class *classes;
	struct place *all_places;
	struct key_list *lists;
	struct layout *templates;
	uint32_t n_classes, n_places, n_lists, n_templates;
	uint32_t cap_classes, cap_places, cap_lists, cap_templates;
	uint32_t shared_class[SHAPES]; /* NONE: not met yet */
	bool full;                     /* a place was refused */
};

/* False: out of memory, here and below. */
bool schema_init(struct schema *schema, const struct shapes *shapes,
                 size_t ceiling_bytes) RP_MUST_USE;
void schema_done(struct schema *schema);

/* Forget everything. */
void schema_clear(struct schema *schema);

/* One more in such a list; false: out of memory. */
bool schema_note(struct schema *schema, struct numbers *numbers,
                 uint32_t value) RP_MUST_USE;

/* A class for a root; NONE: out of memory, here and below. */
uint32_t schema_root(struct schema *schema, enum shape shape, bool is_array) RP_MUST_USE;

/* The class of a container at this place. */
uint32_t schema_class_at(struct schema *schema, uint32_t place,
                         bool is_array) RP_MUST_USE;

/* The place of a member; key is its name as written.  Copied. */
uint32_t schema_place(struct schema *schema, uint32_t class,
                      struct rp_slice key) RP_MUST_USE;

/*
 * The same for the keys of an object one by one: most are those of the object before, in
 * its order.  *after: how many of those have gone by; 0 to begin with.
 */
uint32_t schema_next_key(struct schema *schema, uint32_t class, uint32_t *after,
                         struct rp_slice key) RP_MUST_USE;

/* The key list with these places, or NONE: it is new. */
uint32_t schema_find_list(struct schema *schema, const uint32_t *places, uint32_t n);

/* A new key list; the places are copied. */
uint32_t schema_add_list(struct schema *schema, uint32_t class, const uint32_t *places,
                         uint32_t n) RP_MUST_USE;

/* A new template; the tags are copied. */
uint32_t schema_add_template(struct schema *schema, uint32_t class, uint32_t list,
                             const uint8_t *tags, uint32_t n) RP_MUST_USE;

struct rp_slice schema_key_name(const struct schema *schema, uint32_t key);

/* The place of the i-th value in a container. */
static inline uint32_t
schema_nth_place(const struct schema *schema, uint32_t class, uint32_t list, uint32_t i)
{
	return list == NONE ? schema->classes[class].element
	                    : schema->lists[list].places[i];
}

#endif
