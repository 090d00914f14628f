/*
 * Files of Mastodon and of other servers of its kind, and exports of accounts.
 */
#include "core/collect/masto.h"

#include "core/collect/options.h"

#include <stdlib.h>

/* An export is one object of any size around the first of these. */
static const struct rp_slice arrays[] = {
	RP_LIT("orderedItems"), RP_LIT("items"),    RP_LIT("ancestors"),
	RP_LIT("descendants"),  RP_LIT("statuses"),
};

struct collector {
	struct values values;
	struct masto masto;
	struct rp_buf options, name;
};

static void
read_value(void *context, struct value *value)
{
	masto_read(context, value);
}

static void
finish(void *context, struct value *value)
{
	struct masto *masto = context;

	masto->value = value;
	masto_resolve_locals(masto);
}

static struct collector *
masto_close(struct collector *c)
{
	if (c != NULL) {
		values_done(&c->values);
		masto_done(&c->masto);
		buf_done(&c->options);
		buf_done(&c->name);
	}
	free(c);
	return NULL;
}

enum rp_status
masto_open_limited(const struct input *input, const struct values_limits *limits,
                   struct collector **out, struct rp_error *err)
{
	struct collector *c = calloc(1, sizeof(*c));
	enum rp_status st;

	if (c == NULL)
		return rp_fail_memory(err);
	buf_init(&c->options, RECORD_MAX_BYTES);
	buf_add(&c->options, input->options);
	buf_init(&c->name, RECORD_MAX_BYTES);
	buf_add(&c->name, input->name);
	masto_init(&c->masto, buf_slice(&c->name), buf_slice(&c->options));
	st = values_init(&c->values, &input->reader, limits, read_value, &c->masto, err);
	c->values.as_of = options_as_of(input->options);
	if (st == RP_OK && (buf_failed(&c->options) || buf_failed(&c->name)))
		st = rp_fail_memory(err);
	if (st != RP_OK) {
		masto_close(c);
		return st;
	}
	c->values.finish = finish;
	items_open(&c->values.items, arrays, sizeof(arrays) / sizeof(*arrays));
	*out = c;
	return RP_OK;
}

static enum rp_status
masto_open(const struct input *input, struct collector **out, struct rp_error *err)
{
	return masto_open_limited(input, &values_limits, out, err);
}

static enum rp_status
masto_next_batch(struct collector *c, struct batch *batch, struct rp_error *err)
{
	return values_next(&c->values, batch, err);
}

/* Names that hardly stand in other JSON; a text has its quotes escaped. */
/* clang-format off */
static const struct rp_slice marks[] = {
	RP_LIT("\"acct\""),
	RP_LIT("\"spoiler_text\""),
	RP_LIT("\"in_reply_to_account_id\""),
	RP_LIT("\"media_attachments\""),
	RP_LIT("https://www.w3.org/ns/activitystreams"),
	RP_LIT("\"attributedTo\""),
	RP_LIT("\"inReplyTo\""),
	RP_LIT("\"orderedItems\""),
	RP_LIT("\"ancestors\""),
};
/* clang-format on */

static int
masto_sniff(struct rp_slice head, const struct input *input)
{
	struct rp_slice start = rp_slice_trim(rp_slice_skip(head, json_bom(head)));

	(void)input;
	if (!rp_slice_starts(start, RP_SLICE("{")) &&
	    !rp_slice_starts(start, RP_SLICE("[")))
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (rp_slice_find(head, marks[i]) < head.n)
			return 93;
	return 0;
}

const struct collector_ops masto_collector = {
	.name = "masto",
	.summary = "posts of Mastodon and ActivityPub: answers of servers, outbox.json",
	.sniff = masto_sniff,
	.open = masto_open,
	.next = masto_next_batch,
	.close = masto_close,
};
