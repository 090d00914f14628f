/*
 * Files of Bluesky: what its servers answer, and records, in JSON.
 */
#include "core/collect/bsky.h"

#include "core/base/buf.h"

#include <stdlib.h>

/* A page of records that is longer than a record may be is opened at these. */
static const struct rp_slice arrays[] = { RP_LIT("feed"), RP_LIT("posts"),
	                                  RP_LIT("records") };

struct collector {
	struct values values;
	struct bsky bsky;
	struct rp_buf options;
};

static void
read_value(void *context, struct value *value)
{
	bsky_read(context, value);
}

static struct collector *
bsky_close(struct collector *c)
{
	if (c != NULL) {
		values_done(&c->values);
		buf_done(&c->options);
	}
	free(c);
	return NULL;
}

enum rp_status
bsky_open_limited(const struct input *input, const struct values_limits *limits,
                  struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	buf_init(&c->options, RECORD_MAX_BYTES);
	buf_add(&c->options, input->options);
	bsky_init(&c->bsky, buf_slice(&c->options));
	st = values_init(&c->values, &input->reader, limits, read_value, &c->bsky, err);
	if (st == RP_OK && buf_failed(&c->options))
		st = rp_fail_memory(err);
	if (st != RP_OK) {
		bsky_close(c);
		return st;
	}
	items_open(&c->values.items, arrays, sizeof(arrays) / sizeof(*arrays));
	*out = c;
	return RP_OK;
}

static enum rp_status
bsky_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	return bsky_open_limited(input, &values_limits, out, err);
}

static enum rp_status
bsky_next(struct collector *c, struct batch *batch, struct rp_error *err)
{
	return values_next(&c->values, batch, err);
}

/* Names of the network that stand in no other's JSON; a text has its quotes escaped. */
static const struct rp_slice marks[] = {
	RP_LIT("\"app.bsky."),
	RP_LIT("\"at://did:"),
};

static int
bsky_sniff(struct rp_slice head, const struct input *input)
{
	struct rp_slice start = rp_slice_trim(rp_slice_skip(head, json_bom(head)));

	(void)input;
	if (!rp_slice_starts(start, RP_SLICE("{")) &&
	    !rp_slice_starts(start, RP_SLICE("[")))
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (rp_slice_find(head, marks[i]) < head.n)
			return 95;
	return 0;
}

const struct collector_ops bsky_collector = {
	.name = "bsky",
	.summary = "posts of Bluesky: answers of its servers, records",
	.sniff = bsky_sniff,
	.open = bsky_open,
	.next = bsky_next,
	.close = bsky_close,
};
