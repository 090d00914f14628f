/*
 * A file several times over, its posts under other ids each time (renumber.h), the first
 * time as they are.
 *
 *	enlarge COPIES FILE
 */
#include "core/base/file.h"
#include "tests/support/renumber.h"

#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	struct rp_error err = { .status = RP_OK };
	struct rp_buf original, copy;

	if (argc != 3) {
		fputs("usage: enlarge COPIES FILE\n", stderr);
		return 64;
	}
	buf_init(&original, (size_t)1 << 30);
	buf_init(&copy, (size_t)1 << 30);
	if (file_read(argv[2], &original, &err) != RP_OK) {
		(void)fprintf(stderr, "enlarge: %s\n", err.text);
		return 1;
	}
	for (unsigned i = 0; i < (unsigned)atoi(argv[1]); i++) {
		buf_clear(&copy);
		buf_add(&copy, buf_slice(&original));
		if (buf_failed(&copy))
			return 1;
		renumber(copy.p, copy.n, i);
		(void)fwrite(copy.p, 1, copy.n, stdout);
	}
	buf_done(&original);
	buf_done(&copy);
	return fflush(stdout) == 0 ? 0 : 1;
}
