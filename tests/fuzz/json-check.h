/*
 * What must hold for every document json_parse() accepts, whatever the bytes were: used
 * by the fuzz target and over real data.
 */
#ifndef RIPOSTE_TESTS_FUZZ_JSON_CHECK_H
#define RIPOSTE_TESTS_FUZZ_JSON_CHECK_H

#include "core/parse/json.h"

/*
 * What is wrong with the document, or NULL:
 * - spans lie inside their container's, in order, and what is between them is blanks,
 *   commas and colons; tokens and gaps put together are the text again
 * - next leads behind the subtree; members are a key and a value
 * - every string decodes to UTF-8, equals itself, and survives being written again
 */
const char *json_check(const struct json_doc *doc);

/* Does the splitter, fed in such chunks, find the root's bounds?  NULL or a complaint. */
const char *json_check_split(const struct json_doc *doc, size_t chunk);

#endif
