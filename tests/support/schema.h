/*
 * Holding JSON against the schemas of docs/schema: the part of JSON Schema they use.
 *
 * type, const, enum, properties, required, additionalProperties and
 * unevaluatedProperties (false), items, allOf, $ref to "FILE", "FILE#/$defs/NAME" and
 * "#/$defs/NAME".  Minimum, titles and descriptions are passed over.  Any other keyword
 * is a failure: a schema must not promise what is not checked.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_SCHEMA_H
#define RIPOSTE_TESTS_SUPPORT_SCHEMA_H

#include "core/base/cleanup.h"
#include "core/base/slice.h"

#include <stdio.h>

/* All schemas of a folder, read as they are needed. */
struct schemas;
struct schemas *schemas_new(const char *folder);
struct schemas *schemas_free(struct schemas *schemas);
DEFINE_CLEANUP(struct schemas *, schemas_free);

/* One JSON value against "thread.json"; what is wrong is told on `out`. */
bool schemas_check(struct schemas *schemas, const char *name, struct rp_slice json,
                   FILE *out);

/* Members that a schema read so far has and no value checked had; told on `out`. */
size_t schemas_unused(const struct schemas *schemas, FILE *out);

#endif
