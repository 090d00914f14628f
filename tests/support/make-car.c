/*
 * make-car DID <LINES >FILE.car: a repository of the records that stand one a line, name
 * and JSON: "app.bsky.feed.post/3a {…}", in the order of their names.
 */
#include "car.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 100000, ALL = 64 << 20 };

/* Lines of `text`, cut in place. */
static size_t
cut(char *text, struct car_record *records)
{
	size_t n = 0;
	char *blank, *end;

	for (; *text != '\0' && n < MOST; text = end + 1) {
		blank = strchr(text, ' ');
		end = strchr(text, '\n');
		if (blank == NULL || end == NULL)
			return 0;
		*blank = *end = '\0';
		records[n++] = (struct car_record){ text, blank + 1 };
	}
	return n;
}

int
main(int argc, char **argv)
{
	CLEANUP(buf_done) struct rp_buf out;
	struct car_record *records = calloc(MOST, sizeof(*records));
	char *text = calloc(ALL + 1, 1);
	bool good = false;

	buf_init(&out, 256 << 20);
	if (argc == 2 && records != NULL && text != NULL &&
	    fread(text, 1, ALL, stdin) > 0)
		good = car_make(argv[1], records, cut(text, records), CAR_RECORDS_FIRST,
		                &out) &&
		       fwrite(out.p, 1, out.n, stdout) == out.n && fclose(stdout) == 0;
	free(records);
	free(text);
	return !good;
}
