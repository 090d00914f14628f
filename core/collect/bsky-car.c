#include "core/collect/bsky-car.h"

#include <stdlib.h>

enum {
	SPOOL_MEMORY = 64 << 20,
	READ_AT_ONCE = 1 << 20,
};

bool
car_sniff(struct rp_slice head)
{
	struct rp_slice roots = RP_SLICE("eroots");

	return head.n > 12 && rp_slice_find(rp_slice_from(head.p, 12), roots) < 4 &&
	       (unsigned char)head.p[rp_slice_find(head, roots) - 1] == 0xa2;
}

void
car_done(struct car *car)
{
	spool_done(&car->spool);
	car->arena = arena_free(car->arena);
	car->nodes = map_free(car->nodes);
	car->records = map_free(car->records);
	buf_done(&car->window);
	buf_done(&car->json);
	json_done(&car->doc);
}

static enum rp_status
put_aside(struct car *car, const struct reader *reader, struct rp_error *err)
{
	char *chunk = malloc(READ_AT_ONCE);
	enum rp_status st = chunk ? RP_OK : rp_fail_memory(err);
	size_t n;

	while (st == RP_OK) {
		st = reader->read(reader->context, chunk, READ_AT_ONCE, &n, err);
		if (st == RP_OK)
			st = spool_add(&car->spool, rp_slice_from(chunk, n), err);
	}
	free(chunk);
	car->broken = st == RP_BAD_SOURCE;
	return st == RP_END || st == RP_BAD_SOURCE ? RP_OK : st;
}

enum rp_status
car_open(struct car *car, const struct reader *reader, const struct values_limits *limits,
         struct rp_error *err)
{
	enum rp_status st;

	*car = (struct car){ .batch_bytes = limits->batch_bytes,
		             .batch_records = limits->batch_records };
	spool_init(&car->spool, SPOOL_MEMORY);
	buf_init(&car->window, SEGMENT_MAX_BYTES);
	buf_init(&car->json, CBOR_MAX_OUT);
	json_init(&car->doc);
	car->arena = arena_new((size_t)2 << 30);
	car->nodes = map_new();
	car->records = map_new();
	if (car->arena == NULL || car->nodes == NULL || car->records == NULL)
		st = rp_fail_memory(err);
	else
		st = put_aside(car, reader, err);
	if (st == RP_OK)
		st = car_walk(car, err);
	if (st != RP_OK)
		car_done(car);
	return st;
}

/* ---- batches ---------------------------------------------------------------- */

/* What is looked at while sections become a batch. */
struct filling {
	struct car *car;
	struct bsky *bsky;
	struct value value;
	struct batch_lists lists;
};

static void
reject(struct filling *f, uint64_t offset, uint64_t bytes, const char *reason)
{
	if (batch_reject(&f->lists, offset, bytes, 0, reason, NULL) != RP_OK)
		f->value.full = true;
}

static bool
is_post(const struct car *car)
{
	uint32_t type = json_get(&car->doc, JSON_ROOT, RP_SLICE("$type"));

	return json_text_is(&car->doc, type, RP_SLICE("app.bsky.feed.post")) ||
	       json_text_is(&car->doc, type, RP_SLICE("app.bsky.feed.repost"));
}

/* A record under each of its names. */
static void
read_record(struct filling *f, const struct car_section *section, uint32_t name)
{
	struct bsky *bsky = f->bsky;
	struct bsky_record record = { .node = JSON_ROOT,
		                      .record = JSON_ROOT,
		                      .indexed = RP_TIME_NONE };
	const size_t before = f->lists.n_observations;
	struct rp_error why;

	f->value.doc = &f->car->doc;
	f->value.at = (size_t)(section->block - f->lists.offset);
	f->value.offset = section->block;
	f->value.made_of = section->n;
	bsky->value = &f->value;
	if (!value_record(&f->value, JSON_ROOT, RECORD_CBOR))
		return;
	for (; name != UINT32_MAX && !f->value.full; name = f->car->names[name].next) {
		record.uri.authority = f->car->did;
		record.uri.collection = f->car->names[name].collection;
		record.uri.rkey = f->car->names[name].rkey;
		if (bsky_record(bsky, &record, &why) != RP_OK)
			reject(f, section->block, section->n, why.text);
	}
	if (f->lists.n_observations == before)
		value_no_record(&f->value);
}

/* Its bytes are in the window. */
static void
read_section(struct filling *f, const struct car_section *section)
{
	struct car *car = f->car;
	struct rp_slice block = rp_slice_from(
		car->window.p + (size_t)(section->block - f->lists.offset), section->n);
	const uint32_t *name =
		map_get(car->records, rp_slice_from(section->cid, CID_TEXT_BYTES));
	struct rp_error why;
	enum rp_status st = car_block(car, block, section->hash, &why);

	if (name != NULL)
		car->names[*name].met = true;
	if (st == RP_FAILED)
		f->value.full = true;
	else if (st != RP_OK)
		reject(f, section->block, section->n, why.text);
	else if (name != NULL && car->names[*name].read)
		return;
	else if (name != NULL && car->did.n > 0)
		read_record(f, section, *name);
	else if (is_post(car))
		reject(f, section->block, section->n,
		       "a post that the repository's tree does not lead to");
	if (name != NULL && st == RP_OK && !f->value.full)
		car->names[*name].read = true;
}

/* Bytes of the input behind those in the window, up to `end`. */
static enum rp_status
fill(struct car *car, uint64_t end, struct rp_error *err)
{
	uint64_t from = car->at + car->window.n;

	return end > from ? spool_read(&car->spool, from, (size_t)(end - from),
	                               &car->window, err)
	                  : RP_OK;
}

/* Bytes up to `to` go by unread, in pieces as long as a batch. */
static enum rp_status
pass(struct car *car, uint64_t to, struct rp_error *err)
{
	car->passing = to;
	if (car->window.n > 0)
		return RP_OK; /* in the next batch */
	return fill(car,
	            to - car->at > car->batch_bytes ? car->at + car->batch_bytes : to,
	            err);
}

/* true: the batch is full. */
static bool
is_full(const struct filling *f, const struct car_section *section)
{
	const struct car *car = f->car;

	return f->value.full || f->lists.n_records >= car->batch_records ||
	       (car->window.n > 0 && section->end - car->at > car->batch_bytes);
}

/* false: it needs more memory than is left, and is put back. */
static bool
take_section(struct filling *f, const struct car_section *section)
{
	const struct batch_lists before = f->lists;

	read_section(f, section);
	if (!f->value.full)
		return true;
	f->lists.n_records = before.n_records;
	f->lists.n_observations = before.n_observations;
	f->lists.n_accounts = before.n_accounts;
	f->lists.n_rejects = before.n_rejects;
	f->value.full = false;
	return false;
}

/* Alone in its batch and still too much, for it has names without end. */
static void
reject_alone(struct filling *f, const struct car_section *section)
{
	arena_reset(f->lists.arena);
	f->lists = (struct batch_lists){ .arena = f->lists.arena,
		                         .offset = f->lists.offset };
	reject(f, section->block, section->n,
	       "needs more memory to read than a batch may have");
}

/* The head is no section; what is wrong with the whole is told of it. */
static enum rp_status
take_head(struct filling *f, uint64_t *at, struct rp_error *err)
{
	struct car *car = f->car;

	if (*at > 0)
		return RP_OK;
	*at = car->first;
	if (car->damage != NULL)
		reject(f, 0, *at, car->damage);
	return fill(car, *at, err);
}

/* The end, if it is not that of a whole repository: the reader lost it, or what the tree
 * names did not come. */
static void
tell_end(struct filling *f, uint64_t at)
{
	struct car *car = f->car;
	struct rp_error why;
	size_t missing = 0;

	if (car->end_told)
		return;
	car->end_told = true;
	if (car->broken) {
		reject(f, at, car->spool.n - at, REASON_BROKEN_OFF);
		return;
	}
	for (size_t i = 0; i < map_count(car->records); i++)
		missing += !car->names[map_value(car->records, i)].met;
	if (missing == 0)
		return;
	(void)rp_fail(&why, RP_BAD_ITEM, "%zu records that its tree names are not in it",
	              missing);
	reject(f, at, 0, why.text);
}

static enum rp_status
take_sections(struct filling *f, struct rp_error *err)
{
	struct car *car = f->car;
	struct car_section section;
	struct rp_error why;
	uint64_t at = car->at;
	enum rp_status st = take_head(f, &at, err);

	while (st == RP_OK && (st = car_section(car, at, &section, &why)) == RP_OK &&
	       !is_full(f, &section)) {
		if (section.n > CBOR_MAX_BYTES) {
			reject(f, section.block, section.n,
			       "longer than a record may be");
			return pass(car, section.end, err);
		}
		st = fill(car, section.end, err);
		if (st == RP_OK && !take_section(f, &section)) {
			if (at > car->at) {
				car->window.n = (size_t)(at - car->at);
				return RP_OK;
			}
			reject_alone(f, &section);
		}
		at = section.end;
	}
	if (st == RP_FAILED)
		return st;
	if (st == RP_BAD_ITEM && !car->broken)
		reject(f, at, car->spool.n - at, why.text);
	if (st == RP_BAD_ITEM || st == RP_END)
		tell_end(f, at);
	return st == RP_BAD_ITEM ? pass(car, car->spool.n, err) : RP_OK;
}

enum rp_status
car_next(struct car *car, struct bsky *bsky, struct batch *batch, struct rp_error *err)
{
	struct filling f = { .car = car,
		             .bsky = bsky,
		             .lists = { .arena = batch->arena, .offset = car->at } };
	enum rp_status st;

	f.value.lists = &f.lists;
	f.value.arena = batch->arena;
	f.value.as_of = car->as_of;
	bsky->latest = car->as_of;
	buf_clear(&car->window);
	st = car->at < car->passing ? pass(car, car->passing, err)
	                            : take_sections(&f, err);
	if (st == RP_OK && buf_failed(&car->window))
		st = rp_fail_memory(err);
	if (st != RP_OK)
		return st;
	batch_finish(&f.lists, batch);
	batch->bytes = buf_slice(&car->window);
	car->at += car->window.n;
	return batch->bytes.n == 0 && batch->n_rejects == 0 ? RP_END : RP_OK;
}
