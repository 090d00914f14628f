/*
 * schema-check FOLDER SCHEMA < JSON: is every line a value as the schema has it?
 */
#include "core/base/buf.h"
#include "tests/support/schema.h"

enum { INPUT_CEILING = 256 << 20 };

int
main(int argc, char **argv)
{
	CLEANUP(schemas_free) struct schemas *schemas = NULL;
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice rest;
	size_t n = 0;

	buf_init(&text, INPUT_CEILING);
	if (argc != 3 || (schemas = schemas_new(argv[1])) == NULL)
		return 64;
	for (;;) {
		char *room = buf_reserve(&text, 1 << 16);
		size_t got = room ? fread(room, 1, 1 << 16, stdin) : 0;

		if (got == 0)
			break;
		text.n += got;
	}
	rest = buf_slice(&text);
	while (rest.n > 0) {
		struct rp_slice line = rp_slice_cut(&rest, '\n');

		if (line.n > 0 && !schemas_check(schemas, argv[2], line, stderr))
			return 1;
		n += line.n > 0;
	}
	return n > 0 ? 0 : 1;
}
