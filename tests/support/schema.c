#include "tests/support/schema.h"

#include "core/base/file.h"
#include "core/parse/json.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCHEMAS = 32, SCHEMA_CEILING = 1 << 20 };

struct schema {
	char name[64];
	struct rp_buf text;
	struct json_doc doc;
	bool *used; /* by node: a member's schema that met a value */
};

struct schemas {
	const char *folder;
	struct schema list[MAX_SCHEMAS];
	size_t n;
};

/* A place in a schema, and in the value held against it. */
struct place {
	struct schemas *all;
	struct schema *schema;
	uint32_t at;
	const struct json_doc *doc;
	uint32_t value;
	FILE *out;
};

struct schemas *
schemas_new(const char *folder)
{
	struct schemas *all = calloc(1, sizeof(*all));

	if (all != NULL)
		all->folder = folder;
	return all;
}

struct schemas *
schemas_free(struct schemas *all)
{
	for (size_t i = 0; all != NULL && i < all->n; i++) {
		json_done(&all->list[i].doc);
		buf_done(&all->list[i].text);
		free(all->list[i].used);
	}
	free(all);
	return NULL;
}

static struct schema *
load(struct schemas *all, struct rp_slice name, FILE *out)
{
	struct schema *s = &all->list[all->n];
	struct rp_error err = { .status = RP_OK };
	char path[4096];

	for (size_t i = 0; i < all->n; i++)
		if (rp_slice_eq(name, rp_slice_str(all->list[i].name)))
			return &all->list[i];
	if (all->n == MAX_SCHEMAS || name.n >= sizeof(s->name))
		return NULL;
	memcpy(s->name, name.p, name.n);
	s->name[name.n] = '\0';
	(void)snprintf(path, sizeof(path), "%s/%s", all->folder, s->name);
	buf_init(&s->text, SCHEMA_CEILING);
	json_init(&s->doc);
	all->n++;
	if (file_read(path, &s->text, &err) != RP_OK ||
	    json_parse(&s->doc, buf_slice(&s->text), &err) != RP_OK) {
		fprintf(out, "%s: %s\n", path, err.text);
		return NULL;
	}
	s->used = calloc(s->doc.n, sizeof(*s->used));
	return s->used != NULL ? s : NULL;
}

static uint32_t
get(const struct place *p, const char *keyword)
{
	return json_get(&p->schema->doc, p->at, rp_slice_str(keyword));
}

static bool
complain(const struct place *p, const char *what, struct rp_slice about)
{
	fprintf(p->out, "%s: %s %.*s\n", p->schema->name, what, RP_FMT(about));
	return false;
}

/* Where a $ref leads; false: nowhere. */
static bool
follow(struct place *p, uint32_t reference)
{
	static const struct rp_slice defs = RP_LIT("/$defs/");
	struct rp_slice text = json_raw_text(&p->schema->doc, reference);
	struct rp_slice file = rp_slice_cut(&text, '#');

	if (file.n > 0) {
		p->schema = load(p->all, file, p->out);
		if (p->schema == NULL)
			return false;
	}
	p->at = JSON_ROOT;
	if (text.n == 0)
		return true;
	if (!rp_slice_starts(text, defs))
		return complain(p, "a reference this checker cannot follow:", text);
	p->at = json_get(&p->schema->doc, get(p, "$defs"), rp_slice_skip(text, defs.n));
	return p->at != JSON_NONE || complain(p, "no definition", text);
}

static bool
is_type(enum json_type type, uint8_t flags, const struct json_doc *doc, uint32_t name)
{
	static const struct {
		struct rp_slice name;
		enum json_type type;
	} types[] = {
		{ RP_LIT("null"), JSON_NULL },     { RP_LIT("boolean"), JSON_TRUE },
		{ RP_LIT("boolean"), JSON_FALSE }, { RP_LIT("number"), JSON_NUMBER },
		{ RP_LIT("string"), JSON_STRING }, { RP_LIT("array"), JSON_ARRAY },
		{ RP_LIT("object"), JSON_OBJECT },
	};

	if (json_text_is(doc, name, RP_SLICE("integer")))
		return type == JSON_NUMBER && (flags & JSON_INTEGER) != 0;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type && json_text_is(doc, name, types[i].name))
			return true;
	return false;
}

static bool
check_type(const struct place *p)
{
	const struct json_doc *schema = &p->schema->doc;
	const struct json_node *value = &p->doc->nodes[p->value];
	uint32_t type = get(p, "type");
	struct json_each each = json_each(schema, type);
	bool fits = type == JSON_NONE;

	if (json_type(schema, type) == JSON_STRING)
		fits = is_type((enum json_type)value->type, value->flags, schema, type);
	while (json_next(&each))
		fits |= is_type((enum json_type)value->type, value->flags, schema,
		                each.value);
	return fits || complain(p, "of another type:", json_span(p->doc, p->value));
}

static bool
check_enum(const struct place *p)
{
	const struct json_doc *schema = &p->schema->doc;
	const uint32_t constant = get(p, "const"), list = get(p, "enum");
	struct json_each each = json_each(schema, list);
	bool fits = list == JSON_NONE;

	while (json_next(&each))
		fits |= rp_slice_eq(json_span(schema, each.value),
		                    json_span(p->doc, p->value));
	if (constant != JSON_NONE)
		fits &= rp_slice_eq(json_span(schema, constant),
		                    json_span(p->doc, p->value));
	return fits ||
	       complain(p, "none of the values there are:", json_span(p->doc, p->value));
}

static bool
check_required(const struct place *p)
{
	struct json_each each = json_each(&p->schema->doc, get(p, "required"));
	bool fits = true;

	if (json_type(p->doc, p->value) != JSON_OBJECT)
		return true;
	while (json_next(&each)) {
		struct rp_slice name = json_raw_text(&p->schema->doc, each.value);

		if (json_get(p->doc, p->value, name) == JSON_NONE)
			fits = complain(p, "missing:", name);
	}
	return fits;
}

static bool check(struct place p);

/* The schema of a member, here or in what this place refers to; JSON_NONE: no such. */
static struct place
member(struct place p, struct rp_slice name)
{
	struct json_each each = json_each(&p.schema->doc, get(&p, "allOf"));
	struct place none = p, found;
	uint32_t at = json_get(&p.schema->doc, get(&p, "properties"), name);

	none.at = JSON_NONE;
	if (at != JSON_NONE) {
		p.at = at;
		return p;
	}
	while (json_next(&each)) {
		found = p;
		found.at = each.value;
		found = member(found, name);
		if (found.at != JSON_NONE)
			return found;
	}
	at = get(&p, "$ref");
	if (at == JSON_NONE || !follow(&p, at))
		return none;
	return member(p, name);
}

static bool
check_members(const struct place *p)
{
	struct json_each each = json_each(p->doc, p->value);
	const bool closed =
		json_type(&p->schema->doc, get(p, "additionalProperties")) ==
			JSON_FALSE ||
		json_type(&p->schema->doc, get(p, "unevaluatedProperties")) == JSON_FALSE;
	bool fits = true;

	if (json_type(p->doc, p->value) != JSON_OBJECT)
		return true;
	while (json_next(&each)) {
		struct rp_slice name = json_raw_text(p->doc, each.key);
		uint32_t own = json_get(&p->schema->doc, get(p, "properties"), name);
		struct place next = *p;

		if (closed && member(*p, name).at == JSON_NONE)
			fits = complain(p, "not in the schema:", name);
		if (own == JSON_NONE)
			continue; /* allOf and $ref look after theirs */
		p->schema->used[own] = true;
		next.at = own;
		next.value = each.value;
		fits &= check(next);
	}
	return fits;
}

static bool
check_items(const struct place *p)
{
	struct json_each each = json_each(p->doc, p->value);
	struct place next = *p;
	bool fits = true;

	next.at = get(p, "items");
	if (next.at == JSON_NONE || json_type(p->doc, p->value) != JSON_ARRAY)
		return true;
	while (json_next(&each)) {
		next.value = each.value;
		fits &= check(next);
	}
	return fits;
}

static bool
check_keywords(const struct place *p)
{
	static const char known[] =
		" $schema $id $defs $ref title description type const enum properties "
		"required additionalProperties unevaluatedProperties items allOf "
		"minimum ";
	struct json_each each = json_each(&p->schema->doc, p->at);
	bool fits = true;

	while (json_next(&each)) {
		struct rp_slice name = json_raw_text(&p->schema->doc, each.key);
		char padded[64];

		(void)snprintf(padded, sizeof(padded), " %.*s ", RP_FMT(name));
		if (strstr(known, padded) == NULL)
			fits = complain(p, "a keyword this checker does not know:", name);
	}
	return fits;
}

static bool
check(struct place p)
{
	struct json_each each = json_each(&p.schema->doc, get(&p, "allOf"));
	const uint32_t reference = get(&p, "$ref");
	bool fits = check_keywords(&p);

	fits &= check_type(&p);
	fits &= check_enum(&p);
	fits &= check_required(&p);
	fits &= check_members(&p);
	fits &= check_items(&p);
	while (json_next(&each)) {
		struct place part = p;

		part.at = each.value;
		fits &= check(part);
	}
	if (reference == JSON_NONE)
		return fits;
	return follow(&p, reference) && check(p) && fits;
}

bool
schemas_check(struct schemas *all, const char *name, struct rp_slice json, FILE *out)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_error err = { .status = RP_OK };
	struct place p = { .all = all, .at = JSON_ROOT, .value = JSON_ROOT, .out = out };

	if (json_parse(&doc, json, &err) != RP_OK) {
		fprintf(out, "no JSON: %s\n", err.text);
		return false;
	}
	p.doc = &doc;
	p.schema = load(all, rp_slice_str(name), out);
	return p.schema != NULL && check(p);
}

/* Are these the members of a schema, and not of something else in the file? */
static size_t
unused_below(const struct schema *s, uint32_t properties, FILE *out)
{
	struct json_each each = json_each(&s->doc, properties);
	size_t n = 0;

	while (json_next(&each))
		if (!s->used[each.value]) {
			fprintf(out, "%s: never written: %.*s\n", s->name,
			        RP_FMT(json_raw_text(&s->doc, each.key)));
			n++;
		}
	return n;
}

size_t
schemas_unused(const struct schemas *all, FILE *out)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct schema *s = &all->list[i];

		for (uint32_t at = 0; at + 1 < s->doc.n; at++)
			if ((s->doc.nodes[at].flags & JSON_KEY) != 0 &&
			    json_text_is(&s->doc, at, RP_SLICE("properties")))
				n += unused_below(s, at + 1, out);
	}
	return n;
}
