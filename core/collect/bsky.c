/*
 * Files of Bluesky: what its servers answer, and records, in JSON; repositories in CAR
 * files.
 */
#include "core/collect/bsky.h"

#include "core/collect/bsky-car.h"
#include "core/collect/options.h"

#include <stdlib.h>

/* A page of records that is longer than a record may be is opened at these. */
static const struct rp_slice arrays[] = { RP_LIT("feed"), RP_LIT("posts"),
	                                  RP_LIT("records") };

enum { HEAD_BYTES = 64 };

/* The first bytes tell which of the two it is; they are read once more after that. */
struct head {
	struct reader reader;
	char bytes[HEAD_BYTES];
	size_t n, at;
	enum rp_status end; /* what came behind them, if anything did */
	struct rp_error why;
};

struct collector {
	struct head head;
	struct values values;
	struct car car;
	bool is_car;
	struct bsky bsky;
	struct rp_buf options;
};

static void
look_ahead(struct head *head, const struct reader *reader)
{
	size_t n;

	*head = (struct head){ .reader = *reader, .end = RP_OK };
	while (head->end == RP_OK && head->n < HEAD_BYTES) {
		head->end = reader->read(reader->context, head->bytes + head->n,
		                         HEAD_BYTES - head->n, &n, &head->why);
		if (head->end == RP_OK)
			head->n += n;
	}
}

static enum rp_status
read_again(void *context, char *into, size_t size, size_t *n_out, struct rp_error *err)
{
	struct head *head = context;
	size_t n = head->n - head->at < size ? head->n - head->at : size;

	if (n == 0 && head->end == RP_OK)
		return head->reader.read(head->reader.context, into, size, n_out, err);
	if (n == 0)
		return head->end == RP_END
		               ? RP_END
		               : rp_fail(err, head->end, "%s", head->why.text);
	memcpy(into, head->bytes + head->at, n);
	head->at += n;
	*n_out = n;
	return RP_OK;
}

static void
read_value(void *context, struct value *value)
{
	bsky_read(context, value);
}

static struct collector *
bsky_close(struct collector *c)
{
	if (c != NULL) {
		if (c->is_car)
			car_done(&c->car);
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
	const struct reader again = { read_again, c ? &c->head : NULL };
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	look_ahead(&c->head, &input->reader);
	buf_init(&c->options, RECORD_MAX_BYTES);
	buf_add(&c->options, input->options);
	bsky_init(&c->bsky, buf_slice(&c->options));
	if (car_sniff(rp_slice_from(c->head.bytes, c->head.n))) {
		st = car_open(&c->car, &again, limits, err);
		c->is_car = st == RP_OK;
		c->car.as_of = options_as_of(input->options);
	} else {
		st = values_init(&c->values, &again, limits, read_value, &c->bsky, err);
		c->values.as_of = options_as_of(input->options);
	}
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
	return c->is_car ? car_next(&c->car, &c->bsky, batch, err)
	                 : values_next(&c->values, batch, err);
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
	if (car_sniff(head))
		return 99;
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
	.summary = "posts of Bluesky: answers of its servers, records, repositories",
	.sniff = bsky_sniff,
	.open = bsky_open,
	.next = bsky_next,
	.close = bsky_close,
};
