/*
 * Any bytes through the JSON reader.  What it accepts must hold together (json-check.h);
 * what it refuses must leave nothing behind; the splitter must get through both.
 */
#include "tests/fuzz/json-check.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(const char *wrong)
{
	if (wrong == NULL)
		return;
	(void)fprintf(stderr, "fuzz-json: %s\n", wrong);
	abort();
}

/* Ids, counts and names of whatever is there: the results are anything, the reads are
 * not. */
static void
ask_everything(const struct json_doc *doc)
{
	static const struct rp_slice list[] = { RP_LIT("id"), RP_LIT("a"), RP_LIT("") };
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	struct json_names names;
	uint32_t at[3], value;
	struct rp_slice text;
	uint64_t conflicts;
	int64_t number;
	bool truth;

	json_names_init(&names, list, 3);
	for (uint32_t i = 0; i < doc->n; i++) {
		(void)json_int64(doc, i, &number);
		(void)json_bool(doc, i, &truth);
		if (json_id(doc, i, arena, &text, NULL) == RP_OK && text.n == 0)
			require("an empty id");
		arena_reset(arena);
	}
	conflicts = json_pick(doc, JSON_ROOT, &names, at);
	for (uint32_t i = 0; i < 3; i++) {
		if (json_get(doc, JSON_ROOT, list[i]) != at[i])
			require("get and pick differ");
		/* A conflict that the last value does not show is seen by both too. */
		if ((json_get_unique(doc, JSON_ROOT, list[i], &value, NULL) != RP_OK) !=
		    ((conflicts >> i & 1) != 0))
			require("get_unique and pick differ");
	}
}

/* Values one after the other, as out of a stream: it must end, and never stand still. */
static void
split_all(struct rp_slice rest)
{
	struct json_splitter split;
	size_t used;

	while (rest.n > 0) {
		json_splitter_init(&split);
		switch (json_split(&split, rest, &used)) {
		case JSON_SPLIT_MORE:
			if (used != rest.n)
				require("the splitter leaves something and wants more");
			return;
		case JSON_SPLIT_END:
			if (used == 0)
				require("the splitter stands still");
			break;
		case JSON_SPLIT_STRAY:
			used++;
			break;
		}
		if (used > rest.n)
			require("the splitter takes more than there is");
		rest = rp_slice_skip(rest, used);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_slice text = rp_slice_from((const char *)data, size);
	struct rp_error err;

	split_all(text);
	if (json_parse(&doc, text, &err) == RP_OK) {
		require(json_check(&doc));
		require(json_check_split(&doc, 1));
		require(json_check_split(&doc, 7));
		require(json_check_split(&doc, size));
		ask_everything(&doc);
	} else if (doc.n != 0 || doc.error_at > size) {
		require("a refusal that leaves something behind");
	}
	return 0;
}
