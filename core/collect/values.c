#include "core/collect/values.h"

#include "core/base/ascii.h"

#include <stdlib.h>

const struct values_limits values_limits = { 8 << 20, 16000, RECORD_MAX_BYTES };

/* ---- one batch ------------------------------------------------------------- */

static void
reject(struct value *value, const struct item *item, const char *reason)
{
	if (batch_reject(value->lists, item->offset, item->bytes, item->line, reason,
	                 NULL) != RP_OK)
		value->full = true;
}

/* What may stand between two pieces of garbage that are one. */
static bool
only_separators(const char *p, size_t n)
{
	while (n > 0 && (ascii_is_blank(*p) || *p == ',' || *p == ';' || *p == ']')) {
		p++;
		n--;
	}
	return n == 0;
}

static void
reject_garbage(struct values *values, struct value *value, const struct item *item)
{
	const struct batch_lists *lists = value->lists;
	struct reject *last =
		lists->n_rejects ? &lists->rejects[lists->n_rejects - 1] : NULL;
	uint64_t end = last ? last->offset + last->bytes : 0;

	if (last == NULL || end < values->items.offset ||
	    !rp_slice_eq(last->reason, RP_SLICE(ITEMS_GARBAGE)) ||
	    !only_separators(values->items.window + (end - values->items.offset),
	                     (size_t)(item->offset - end)))
		reject(value, item, ITEMS_GARBAGE);
	else
		last->bytes = item->offset + item->bytes - last->offset;
}

static void
read_json(struct values *values, struct value *value, const struct item *item)
{
	struct rp_error why;
	enum rp_status st = json_parse(&values->doc, item->value, &why);

	if (st == RP_FAILED)
		value->full = true;
	else if (st != RP_OK)
		reject(value, item, why.text);
	else
		values->read(values->context, value);
}

static void
read_item(struct values *values, struct value *value, const struct item *item)
{
	struct rp_error why;

	if (item->kind == ITEM_GARBAGE) {
		reject_garbage(values, value, item);
	} else if (!items_problem(&values->items, item, &why)) {
		read_json(values, value, item);
	} else {
		reject(value, item, why.text);
		values->loss_told |= item->kind == ITEM_CUT && values->items.broken;
	}
}

static void
back_to(struct batch_lists *lists, const struct batch_lists *before)
{
	lists->n_records = before->n_records;
	lists->n_observations = before->n_observations;
	lists->n_accounts = before->n_accounts;
	lists->n_states = before->n_states;
	lists->n_rejects = before->n_rejects;
}

/* false: it does not fit into what is left of the arena and was put back for the next
 * batch.  Alone in a batch and still too much, it is rejected. */
static bool
take_item(struct values *values, struct value *value, const struct item *item, bool alone)
{
	const struct batch_lists before = *value->lists;

	value->doc = &values->doc;
	value->at = item->at;
	value->offset = item->offset;
	value->line = item->line;
	read_item(values, value, item);
	if (!value->full)
		return true;
	back_to(value->lists, &before);
	value->full = false;
	if (!alone) {
		items_back(&values->items, item);
		return false;
	}
	arena_reset(value->arena);
	*value->lists = (struct batch_lists){ .arena = value->arena,
		                              .offset = value->lists->offset };
	reject(value, item, "needs more memory to read than a batch may have");
	return true;
}

/* The end that a broken reader made, unless a record was cut off by it. */
static void
tell_loss(struct values *values, struct value *value)
{
	struct item end = { .offset = values->items.offset + values->items.done,
		            .line = values->items.line };

	if (!values->items.broken || values->loss_told || !values->items.over ||
	    values->items.done < values->items.n)
		return;
	values->loss_told = true;
	reject(value, &end, REASON_BROKEN_OFF);
}

enum rp_status
values_next(struct values *values, struct batch *batch, struct rp_error *err)
{
	struct batch_lists lists = { .arena = batch->arena };
	struct value value = { .lists = &lists,
		               .arena = batch->arena,
		               .as_of = values->as_of };
	struct item item;
	enum rp_status st = RP_OK;
	bool alone = true;

	if (values->failed.status != RP_OK)
		return rp_fail(err, values->failed.status, "%s", values->failed.text);
	items_begin(&values->items);
	lists.offset = values->items.offset;
	while (lists.n_records < values->limits.batch_records &&
	       (st = items_next(&values->items, &item, &values->failed)) == RP_OK) {
		if (!take_item(values, &value, &item, alone))
			break;
		alone = false;
	}
	values->failed.status = st == RP_END ? RP_OK : st;
	if (values->failed.status != RP_OK && lists.n_records == 0 &&
	    lists.n_rejects == 0)
		return rp_fail(err, st, "%s", values->failed.text);
	if (st == RP_END)
		tell_loss(values, &value);
	if (values->finish != NULL)
		values->finish(values->context, &value);
	if (value.full)
		return rp_fail_memory(err);
	batch_finish(&lists, batch);
	batch->bytes = items_bytes(&values->items);
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}

enum rp_status
values_init(struct values *values, const struct reader *reader,
            const struct values_limits *limits, void (*read)(void *, struct value *),
            void *context, struct rp_error *err)
{
	*values = (struct values){ .limits = *limits,
		                   .read = read,
		                   .as_of = RP_TIME_UNKNOWN,
		                   .context = context };
	json_init(&values->doc);
	return items_init(&values->items, reader, limits->batch_bytes, limits->item_bytes,
	                  err);
}

void
values_done(struct values *values)
{
	items_done(&values->items);
	json_done(&values->doc);
}
