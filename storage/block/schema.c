#include "storage/block/schema.h"

#include <stdlib.h>

/* So many keys that the object before had may be missing in a row. */
enum { KEYS_AHEAD = 4 };

bool
schema_init(struct schema *schema, const struct shapes *shapes, size_t ceiling_bytes)
{
	*schema = (struct schema){ .shapes = shapes };
	schema->arena = arena_new(ceiling_bytes);
	schema->keys = map_new();
	schema->places = map_new();
	schema->list_index = map_new();
	for (int i = 0; i < SHAPES; i++)
		schema->shared_class[i] = NONE;
	return schema->arena != NULL && schema->keys != NULL && schema->places != NULL &&
	       schema->list_index != NULL;
}

void
schema_done(struct schema *schema)
{
	arena_free(schema->arena);
	map_free(schema->keys);
	map_free(schema->places);
	map_free(schema->list_index);
	free(schema->classes);
	free(schema->all_places);
	free(schema->lists);
	free(schema->templates);
	*schema = (struct schema){ .shapes = NULL };
}

void
schema_clear(struct schema *schema)
{
	arena_reset(schema->arena);
	map_clear(schema->keys);
	map_clear(schema->places);
	map_clear(schema->list_index);
	schema->n_classes = schema->n_places = 0;
	schema->n_lists = schema->n_templates = 0;
	schema->full = false;
	for (int i = 0; i < SHAPES; i++)
		schema->shared_class[i] = NONE;
}

/* Room for one more in an array of things of this size; false: out of memory. */
static bool
grow(void **array, uint32_t n, uint32_t *cap, size_t size)
{
	uint32_t more = *cap ? *cap * 2 : 64;
	void *moved;

	if (n < *cap)
		return true;
	moved = realloc(*array, more * size);
	if (moved == NULL)
		return false;
	*array = moved;
	*cap = more;
	return true;
}

bool
schema_note(struct schema *schema, struct numbers *numbers, uint32_t value)
{
	uint32_t cap = numbers->cap ? numbers->cap * 2 : 4;

	if (numbers->n == numbers->cap) {
		uint32_t *at = arena_array(schema->arena, cap, sizeof(*at));

		if (at == NULL)
			return false;
		if (numbers->n > 0)
			memcpy(at, numbers->at, numbers->n * sizeof(*at));
		numbers->at = at;
		numbers->cap = cap;
	}
	numbers->at[numbers->n++] = value;
	return true;
}

static uint32_t
add_place(struct schema *schema, uint32_t class, uint32_t key, uint32_t stem,
          struct rp_slice name)
{
	void *array = schema->all_places;
	struct place *place;

	if (schema->n_places == SCHEMA_MAX_PLACES) {
		schema->full = true;
		return NONE;
	}
	if (!grow(&array, schema->n_places, &schema->cap_places, sizeof(*place)))
		return NONE;
	schema->all_places = array;
	place = &schema->all_places[schema->n_places];
	*place = (struct place){ .class = class, .key = key, .stem = stem };
	place->name = key == KEY_NONE ? RP_SLICE("") : schema_key_name(schema, key);
	place->object = place->array = NONE;
	place->varies = shape_varies(name);
	for (int i = 0; i < COLUMN_USES; i++)
		place->columns[i] = NONE;
	place->rule = shapes_rule(schema->shapes,
	                          (enum shape)schema->classes[class].shape, key, name);
	return schema->n_places++;
}

static uint32_t
add_class(struct schema *schema, enum shape shape, bool is_array)
{
	void *array = schema->classes;
	struct class *class;
	uint32_t number = schema->n_classes;

	if (!grow(&array, number, &schema->cap_classes, sizeof(*class)))
		return NONE;
	schema->classes = array;
	class = &schema->classes[number];
	*class = (struct class){ .shape = (uint8_t)shape, .is_array = is_array };
	class->element = class->column = class->last_list = NONE;
	schema->n_classes++;
	if (is_array) {
		uint32_t element =
			add_place(schema, number, KEY_NONE, KEY_NONE, RP_SLICE(""));

		if (element == NONE)
			return NONE;
		schema->classes[number].element = element;
	}
	return number;
}

uint32_t
schema_root(struct schema *schema, enum shape shape, bool is_array)
{
	if (is_array || !shape_is_shared(shape))
		return add_class(schema, is_array ? SHAPE_ANY : shape, is_array);
	if (schema->shared_class[shape] == NONE)
		schema->shared_class[shape] = add_class(schema, shape, false);
	return schema->shared_class[shape];
}

uint32_t
schema_class_at(struct schema *schema, uint32_t place, bool is_array)
{
	const struct place *p = &schema->all_places[place];
	uint32_t class = is_array ? p->array : p->object;
	enum shape shape = (enum shape)(is_array ? p->rule->array : p->rule->object);

	if (class != NONE)
		return class;
	class = is_array ? add_class(schema, shape, true)
	                 : schema_root(schema, shape, false);
	if (is_array)
		schema->all_places[place].array = class;
	else
		schema->all_places[place].object = class;
	return class;
}

static uint32_t
intern_key(struct schema *schema, struct rp_slice name)
{
	uint32_t key = shapes_key(schema->shapes, name);
	struct rp_slice copy = RP_SLICE("");
	const uint32_t *found;

	if (key != KEY_NONE)
		return key;
	found = map_get(schema->keys, name);
	if (found == NULL) {
		if (!arena_copy(schema->arena, name, &copy))
			return NONE;
		found = map_put(schema->keys, copy,
		                shapes_n_keys(schema->shapes) +
		                        (uint32_t)map_count(schema->keys),
		                NULL);
	}
	return found != NULL ? *found : NONE;
}

struct rp_slice
schema_key_name(const struct schema *schema, uint32_t key)
{
	uint32_t known = shapes_n_keys(schema->shapes);

	return key < known ? shapes_key_name(schema->shapes, key)
	                   : map_key(schema->keys, key - known);
}

uint32_t
schema_place(struct schema *schema, uint32_t class, struct rp_slice name)
{
	uint32_t key = name.n > 0 ? intern_key(schema, name) : (uint32_t)KEY_NONE;
	struct rp_slice stem = shape_stem(name);
	uint32_t stem_key = stem.n > 0 ? intern_key(schema, stem) : (uint32_t)KEY_NONE;
	uint32_t both[2] = { class, key };
	struct rp_slice id = rp_slice_from((const char *)both, sizeof(both));
	const uint32_t *found = map_get(schema->places, id);
	struct rp_slice copy = RP_SLICE("");
	uint32_t place;

	if (found != NULL)
		return *found;
	if (key == NONE || stem_key == NONE || !arena_copy(schema->arena, id, &copy))
		return NONE;
	place = add_place(schema, class, key, stem_key, name);
	if (place == NONE || map_put(schema->places, copy, place, NULL) == NULL)
		return NONE;
	return place;
}

uint32_t
schema_find_list(struct schema *schema, const uint32_t *places, uint32_t n)
{
	const uint32_t *found =
		map_get(schema->list_index,
	                rp_slice_from((const char *)places, n * sizeof(*places)));

	return found != NULL ? *found : NONE;
}

uint32_t
schema_next_key(struct schema *schema, uint32_t class, uint32_t *after,
                struct rp_slice key)
{
	uint32_t last = schema->classes[class].last_list;

	if (last != NONE) {
		const struct key_list *list = &schema->lists[last];

		for (uint32_t i = *after; i < list->n && i < *after + KEYS_AHEAD; i++)
			if (rp_slice_eq(schema->all_places[list->places[i]].name, key)) {
				*after = i + 1;
				return list->places[i];
			}
	}
	return schema_place(schema, class, key);
}

uint32_t
schema_add_list(struct schema *schema, uint32_t class, const uint32_t *places, uint32_t n)
{
	void *array = schema->lists;
	uint32_t *copy = arena_array(schema->arena, n, sizeof(*copy));
	uint32_t number = schema->classes[class].lists.n;

	if (copy == NULL ||
	    !grow(&array, schema->n_lists, &schema->cap_lists, sizeof(*schema->lists)))
		return NONE;
	schema->lists = array;
	memcpy(copy, places, n * sizeof(*copy));
	if (!schema_note(schema, &schema->classes[class].lists, schema->n_lists))
		return NONE;
	/* Places belong to one class, so they say which. */
	if (map_put(schema->list_index,
	            rp_slice_from((const char *)copy, n * sizeof(*copy)), schema->n_lists,
	            NULL) == NULL)
		return NONE;
	schema->lists[schema->n_lists] = (struct key_list){ class, n, copy, number };
	return schema->n_lists++;
}

/* Is anything stored for a value with this tag? */
static bool
is_stored(uint8_t tag)
{
	return !tag_is_all(tag) && tag != TAG_AGAIN;
}

uint32_t
schema_add_template(struct schema *schema, uint32_t class, uint32_t list,
                    const uint8_t *tags, uint32_t n)
{
	void *array = schema->templates;
	uint8_t *copy = arena_alloc(schema->arena, n);
	uint32_t *work, n_work = 0;

	for (uint32_t i = 0; i < n; i++)
		n_work += is_stored(tags[i]);
	work = arena_array(schema->arena, n_work, sizeof(*work));
	if (copy == NULL || work == NULL ||
	    !grow(&array, schema->n_templates, &schema->cap_templates,
	          sizeof(*schema->templates)))
		return NONE;
	schema->templates = array;
	memcpy(copy, tags, n);
	n_work = 0;
	for (uint32_t i = 0; i < n; i++)
		if (is_stored(tags[i]))
			work[n_work++] = i;
	if (!schema_note(schema, &schema->classes[class].templates, schema->n_templates))
		return NONE;
	schema->templates[schema->n_templates] = (struct layout){
		.list = list, .n = n, .tags = copy, .work = work, .n_work = n_work
	};
	return schema->n_templates++;
}
