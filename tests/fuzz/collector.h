/*
 * What the fuzzers of collectors share.  Whatever the bytes are: the batches give them
 * back without a gap, all that is said of them lies inside of them, and keys, texts and
 * times are such as the archive takes.
 */
#ifndef RIPOSTE_TESTS_FUZZ_COLLECTOR_H
#define RIPOSTE_TESTS_FUZZ_COLLECTOR_H

#include "core/collect/collector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Read whole, and three bytes at a time: no difference.  The first line of the input,
 * when it begins with "!", is the options, ";" for the ends of their lines.
 */
int fuzz_twice(const struct collector_ops *ops, const char *name, const uint8_t *data,
               size_t size);

/* How streams are read, in batches so small that short inputs meet the limits. */
struct fuzz_stream {
	const char *collector; /* its name */
	enum rp_status (*open)(const struct input *input, struct collector **out,
	                       struct rp_error *err);
	const char *options;
	unsigned told;      /* bit of the first byte: with these options */
	bool beside;        /* with options: the same bytes beside themselves, too */
	size_t arena_bytes; /* of a batch */
};

/*
 * Read once, in chunks of a size that the first byte chooses, which also says whether the
 * options are given and, by its bit 64, whether the source breaks off.
 */
int fuzz_in_chunks(const struct fuzz_stream *stream, const uint8_t *data, size_t size);

#endif
