#include "storage/block/walk.h"

#include "storage/block/read.h"

#include <stdlib.h>

enum {
	SCHEMA_MAX = 64 << 20,
	WALK_MAX_COLUMNS = 1 << 18,
	WALK_MAX_MARKED = 4 << 20, /* offsets kept in all marks together */
};

/* ---- setting up ---- */

static enum rp_status
damaged(struct rp_error *err)
{
	return rp_fail(err, RP_CORRUPT, "a block does not hold together");
}

/* The lengths of all columns, once they are known to be there. */
static bool
read_lengths(struct walk *walk, struct column in, struct column streams[2])
{
	uint64_t length;

	for (uint32_t i = 0; i < walk->n_columns; i++) {
		struct column *from;

		if (!column_number(&in, &length))
			return false;
		from = &streams[length & 1];
		if (length >> 1 > (size_t)(from->end - from->at))
			return false;
		walk->columns[i].at = walk->starts[i] = from->at;
		walk->columns[i].end = from->at += length >> 1;
	}
	return streams[0].at == streams[0].end && streams[1].at == streams[1].end;
}

static enum rp_status
read_directory(struct walk *walk, struct rp_slice numbers, struct rp_slice texts,
               struct rp_error *err)
{
	struct column in = { (const uint8_t *)numbers.p, (const uint8_t *)numbers.p };
	struct column streams[2] = { in, in }, directory;
	uint64_t n, length;

	if (numbers.n > 0)
		in.end += numbers.n;
	if (texts.n > 0) {
		streams[1].at = (const uint8_t *)texts.p;
		streams[1].end = streams[1].at + texts.n;
	}
	if (!column_number(&in, &n) || n < COLUMNS_FIXED || n > WALK_MAX_COLUMNS)
		return damaged(err);
	directory = in;
	for (uint64_t i = 0; i < n; i++)
		if (!column_number(&in, &length))
			return damaged(err);
	streams[0] = in;
	walk->n_columns = (uint32_t)n;
	walk->columns = calloc(n, sizeof(*walk->columns));
	walk->starts = calloc(n, sizeof(*walk->starts));
	if (walk->columns == NULL || walk->starts == NULL)
		return rp_fail_memory(err);
	return read_lengths(walk, directory, streams) ? RP_OK : damaged(err);
}

/* What follows one that is no tree, or too many, is not told after it. */
static bool
read_forms(struct walk *walk)
{
	struct column *in = &walk->columns[COLUMN_STYLE];

	for (uint32_t i = 0; i < walk->n_records; i++) {
		struct walk_form *form = &walk->forms[i];
		uint64_t number, n = 0;

		if (!column_number(in, &number) || number > UINT32_MAX ||
		    (number == FORM_BYTES && !column_number(in, &n)) || n > UINT32_MAX)
			return false;
		*form = (struct walk_form){ (uint32_t)number, (uint32_t)n, i };
		if (number != FORM_AGAIN)
			continue;
		if (i == 0 || walk->forms[i - 1].form < FORM_AGAIN)
			return false;
		form->first = walk->forms[i - 1].first;
		if (i - form->first >= (uint32_t)AGAIN_MAX)
			return false;
	}
	return true;
}

enum rp_status
walk_init(struct walk *walk, const struct shapes *shapes, enum shape shape,
          struct rp_slice numbers, struct rp_slice texts, uint32_t n_records,
          struct rp_error *err)
{
	enum rp_status st;

	*walk = (struct walk){ .shape = shape, .met = COLUMNS_FIXED };
	walk->roots[0] = walk->roots[1] = NONE;
	if (!schema_init(&walk->schema, shapes, SCHEMA_MAX))
		return rp_fail_memory(err);
	tree_init(&walk->spare, &walk->schema, NULL);
	walk->places = malloc(TREE_MAX_NODES * sizeof(*walk->places));
	walk->open = malloc(TREE_MAX_DEPTH * sizeof(*walk->open));
	if (walk->places == NULL || walk->open == NULL)
		return rp_fail_memory(err);
	walk->marks = calloc(n_records / WALK_STEP + 1u, sizeof(*walk->marks));
	walk->forms = calloc(n_records, sizeof(*walk->forms));
	if (walk->marks == NULL || walk->forms == NULL)
		return rp_fail_memory(err);
	tree_init(&walk->body, &walk->schema, NULL);
	tree_init(&walk->next_body, &walk->schema, NULL);
	walk->body_of = NONE;
	walk->n_records = n_records;
	st = read_directory(walk, numbers, texts, err);
	return st == RP_OK && !read_forms(walk) ? damaged(err) : st;
}

void
walk_done(struct walk *walk)
{
	schema_done(&walk->schema);
	for (uint32_t i = 0; i < walk->n_marks; i++)
		free(walk->marks[i].at);
	free(walk->marks);
	free(walk->columns);
	free(walk->starts);
	free(walk->styles);
	free(walk->places);
	free(walk->entries);
	free(walk->open);
	free(walk->forms);
	tree_done(&walk->spare);
	tree_done(&walk->body);
	tree_done(&walk->next_body);
}

/* ---- marks ---- */

/* Columns not met yet stand at their beginning.  Without memory there is no mark. */
static void
mark(struct walk *walk)
{
	struct walk_mark *mark = &walk->marks[walk->n_marks];

	if (walk->marked + walk->met > WALK_MAX_MARKED)
		return;
	mark->at = malloc(walk->met * sizeof(*mark->at));
	if (mark->at == NULL)
		return;
	for (uint32_t i = 0; i < walk->met; i++)
		mark->at[i] = (uint32_t)(walk->columns[i].at - walk->starts[i]);
	mark->n = walk->met;
	mark->entry = walk->entry;
	walk->marked += walk->met;
	walk->n_marks++;
}

/* Forms, styles, templates and keys are read once and stay known. */
static void
go_back(struct walk *walk, uint32_t number)
{
	for (uint32_t i = 0; i < walk->met; i++) {
		if (i <= COLUMN_KEYS)
			continue;
		walk->columns[i].at = walk->starts[i];
		if (number != NONE && i < walk->marks[number].n)
			walk->columns[i].at += walk->marks[number].at[i];
	}
	walk->record = number == NONE ? 0 : number * WALK_STEP;
	walk->entry = number == NONE ? 0 : walk->marks[number].entry;
}

/* ---- records ---- */

static bool
read_style(struct walk *walk, uint64_t number, struct style *out)
{
	struct rp_slice bytes;

	if (number < walk->n_styles) {
		*out = walk->styles[number];
		return true;
	}
	if (number > walk->n_styles ||
	    !column_bytes(&walk->columns[COLUMN_STYLES], STYLE_BYTES, &bytes))
		return false;
	memcpy(out, bytes.p, STYLE_BYTES);
	if (!style_valid(out))
		return false;
	if (walk->n_styles == walk->cap_styles) {
		uint32_t cap = walk->cap_styles ? walk->cap_styles * 2 : 8;
		struct style *more = realloc(walk->styles, cap * sizeof(*more));

		if (more == NULL)
			return false;
		walk->styles = more;
		walk->cap_styles = cap;
	}
	walk->styles[walk->n_styles++] = *out;
	return true;
}

/* Is a record told after this one? */
static bool
is_continued(const struct walk *walk, uint32_t record)
{
	return record + 1 < walk->n_records && walk->forms[record + 1].form == FORM_AGAIN;
}

/* A tree that is told after the one before, or that one after it. */
static bool
read_body(struct walk *walk, bool is_array, bool again, struct tree *tree)
{
	struct tree before = walk->body;

	walk->next_body.n = 0;
	if (!read_tree(walk, is_array, again ? &before : NULL, &walk->next_body))
		return false;
	walk->body = walk->next_body;
	walk->next_body = before;
	walk->body_of = walk->record;
	return tree_copy(tree, &walk->body);
}

/* Without a tree: over it. */
static bool
read_record(struct walk *walk, struct tree *tree, struct walked *out)
{
	struct column *bytes = &walk->columns[COLUMN_BYTES];
	const struct walk_form *form = &walk->forms[walk->record];
	bool again = form->form == FORM_AGAIN;

	out->is_tree = form->form >= FORM_AGAIN;
	if (form->form == FORM_TEXT)
		return column_text(bytes, &out->bytes);
	if (form->form == FORM_BYTES)
		return column_bytes(bytes, form->n, &out->bytes);
	if (!read_style(walk, walk->forms[form->first].form - FORM_STYLES, &out->style))
		return false;
	if (tree != NULL && (again || is_continued(walk, walk->record)))
		return read_body(walk, out->style.array, again, tree);
	return read_tree(walk, out->style.array, NULL, tree);
}

static void
go_near(struct walk *walk, uint32_t record)
{
	uint32_t nearest = record / WALK_STEP;

	if (nearest >= walk->n_marks)
		nearest = walk->n_marks - 1u; /* NONE when there is none */
	if (record < walk->record ||
	    (nearest != NONE && nearest * WALK_STEP > walk->record))
		go_back(walk, nearest);
}

enum rp_status
walk_to(struct walk *walk, uint32_t record, struct tree *tree, struct walked *out,
        struct rp_error *err)
{
	uint32_t from = walk->forms[record].first;

	if (walk->record == record && walk->body_of == record - 1u)
		from = record;
	go_near(walk, from);
	for (; walk->record <= record; walk->record++) {
		bool over = walk->record < from;

		if (walk->record == walk->n_marks * WALK_STEP)
			mark(walk);
		if (!read_record(walk, over ? NULL : tree, out)) {
			/* Whatever was read of it must not be gone on from. */
			go_back(walk, NONE);
			return damaged(err);
		}
	}
	return RP_OK;
}
