/*
 * Put a file into an archive as if it were an answer of a server, which `riposte import`
 * has no words for:
 *
 *	take-answer ARCHIVE FILE NAME FORMAT [KEY=VALUE]...
 */
#include "core/collect/options.h"
#include "core/ingest/ingest.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static enum rp_status
add_options(struct rp_buf *options, char **words, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (; st == RP_OK && *words != NULL; words++) {
		struct rp_slice value = rp_slice_str(*words);
		struct rp_slice key = rp_slice_cut(&value, '=');

		st = options_add(options, key, value, err);
	}
	return st;
}

static enum rp_status
take(struct store *store, const struct import_file *file, int64_t now,
     struct rp_error *err)
{
	const struct ingest_options options = { .kind = "collect",
		                                .program = "take-answer",
		                                .now = now };
	CLEANUP(ingest_free) struct ingest *ingest = ingest_new(store, &options);
	enum rp_status st =
		ingest != NULL ? ingest_file(ingest, file, err) : rp_fail_memory(err);
	struct tally tally;

	if (st != RP_OK && st != RP_BAD_SOURCE)
		return st;
	st = ingest_close(ingest, &tally, err);
	ingest = NULL;
	if (st == RP_OK)
		printf("%u new, %u same, %u versions, %u rejected\n",
		       (unsigned)tally.fresh, (unsigned)tally.same,
		       (unsigned)tally.versions, (unsigned)tally.rejected);
	return st;
}

static enum rp_status
take_answer(char **argv, struct rp_error *err)
{
	CLEANUP(store_close) struct store *store = NULL;
	CLEANUP(buf_done) struct rp_buf options;
	struct import_file file = { .name = rp_slice_str(argv[3]),
		                    .fd = open(argv[2], O_RDONLY),
		                    .as = rp_slice_str(argv[4]) };
	bool created;
	int64_t now;
	enum rp_status st = rp_now(&now, err);

	buf_init(&options, 1 << 16);
	if (st == RP_OK)
		st = add_options(&options, argv + 5, err);
	if (st == RP_OK)
		st = store_sqlite_open(argv[1], STORE_CREATE, &store, &created, err);
	file.options = buf_slice(&options);
	if (st == RP_OK)
		st = take(store, &file, now, err);
	if (file.fd >= 0)
		close(file.fd);
	return st;
}

int
main(int argc, char **argv)
{
	struct rp_error err = { .text = "" };

	if (argc < 5)
		return 64;
	if (take_answer(argv, &err) == RP_OK)
		return 0;
	fprintf(stderr, "take-answer: %s\n", err.text);
	return 1;
}
