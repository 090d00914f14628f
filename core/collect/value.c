/*
 * Parts of a value, and what is added to a batch because of them.
 */
#include "core/collect/values.h"

#include "core/base/utf8.h"

#include <stdlib.h>

bool
value_record(struct value *value, uint32_t node, enum record_kind kind)
{
	struct batch_record *record = batch_add_record(value->lists);

	if (record == NULL) {
		value->full = true;
		return false;
	}
	record->at = value->at;
	record->n = value->made_of;
	if (record->n == 0) {
		record->at += value->doc->nodes[node].at;
		record->n = value->doc->nodes[node].n;
	}
	record->kind = kind;
	value->record = node;
	return true;
}

void
value_no_record(struct value *value)
{
	value->lists->n_records--;
}

struct observation *
value_observe(struct value *value, uint32_t node)
{
	struct observation *o = batch_add_observation(value->lists);
	const struct json_node *nodes = value->doc->nodes;

	if (o == NULL) {
		value->full = true;
		return NULL;
	}
	*o = (struct observation){ .record = value->lists->n_records - 1 };
	o->post.time = o->version.printed = RP_TIME_NONE;
	o->version.as_of = RP_TIME_UNKNOWN;
	o->offset = value->made_of ? 0 : nodes[node].at - nodes[value->record].at;
	o->bytes = value->made_of ? (uint32_t)value->made_of : nodes[node].n;
	return o;
}

void
value_refer(struct value_edges *edges, enum edge_type type, struct rp_slice key)
{
	if (key.n == 0 || edges->n == sizeof(edges->list) / sizeof(*edges->list))
		return;
	edges->list[edges->n++] = (struct observed_edge){
		.type = type,
		.origin = ORIGIN_PLATFORM,
		.parent = key,
	};
}

bool
value_observed(struct value *value, uint32_t node, const struct observation *o,
               const struct observed_edge *edges, size_t n_edges,
               const struct post_links *links)
{
	struct observation *added = value_observe(value, node), copy = *o;
	struct observation ghosts[LINKS_MAX];
	struct observed_edge *list = arena_array(value->arena, n_edges, sizeof(*list));
	size_t n = 0;

	if (added == NULL || list == NULL) {
		value->full = true;
		return false;
	}
	if (n_edges > 0)
		memcpy(list, edges, n_edges * sizeof(*list));
	copy.record = added->record;
	copy.offset = added->offset;
	copy.bytes = added->bytes;
	copy.edges = list;
	copy.n_edges = n_edges;
	value->full |= !links_become_edges(links, value->arena, &copy, ghosts, &n);
	*added = copy;
	for (size_t i = 0; i < n && !value->full; i++) {
		added = batch_add_observation(value->lists);
		if (added == NULL)
			value->full = true;
		else
			*added = ghosts[i];
	}
	return !value->full;
}

void
value_ghost(struct value *value, uint32_t node, struct rp_slice key,
            struct rp_slice author)
{
	struct observation *ghost;

	if (key.n == 0 || author.n == 0 || (ghost = value_observe(value, node)) == NULL)
		return;
	ghost->post.kind = KIND_GHOST;
	ghost->post.key = key;
	ghost->post.author = author;
	ghost->post.time = key_time(key);
}

void
value_reject(struct value *value, uint32_t node, const char *reason)
{
	const struct json_node *at = &value->doc->nodes[node];
	uint64_t offset = value->offset + (value->made_of ? 0 : at->at);
	uint64_t bytes = value->made_of ? value->made_of : at->n;

	if (batch_reject(value->lists, offset, bytes, value->line, reason, NULL) != RP_OK)
		value->full = true;
}

void
value_state(struct value *value, struct rp_slice subject, enum post_state state,
            int64_t as_of, struct rp_slice evidence)
{
	struct state_note *note;

	if (subject.n == 0)
		return;
	note = batch_add_state(value->lists);
	if (note == NULL) {
		value->full = true;
		return;
	}
	*note = (struct state_note){
		.subject = subject,
		.state = state,
		.as_of = as_of != RP_TIME_UNKNOWN ? as_of : value->as_of,
		.evidence = evidence,
	};
}

void
value_account(struct value *value, struct rp_slice key, struct rp_slice handle,
              struct rp_slice name, int64_t as_of)
{
	struct account *account;

	if (key.n == 0 || (handle.n == 0 && name.n == 0))
		return;
	account = batch_add_account(value->lists);
	if (account == NULL) {
		value->full = true;
		return;
	}
	account->key = key;
	account->handle = handle;
	account->name = name;
	account->first = account->last = name.n > 0 ? as_of : RP_TIME_UNKNOWN;
}

/* Texts may point into the batch's bytes, but not into what was made out of them. */
static bool
outlive(struct value *value, struct rp_slice *text)
{
	return value->made_of == 0 || arena_copy(value->arena, *text, text);
}

struct rp_slice
value_text(struct value *value, uint32_t node)
{
	struct rp_slice text = RP_SLICE("");

	if (json_type(value->doc, node) == JSON_STRING &&
	    (json_text(value->doc, node, value->arena, &text, NULL) != RP_OK ||
	     !outlive(value, &text)))
		value->full = true;
	return text;
}

struct rp_slice
value_word(struct value *value, uint32_t node)
{
	struct rp_slice word = RP_SLICE("");

	if (json_absent(value->doc, node) ||
	    json_id(value->doc, node, value->arena, &word, NULL) != RP_OK)
		return RP_SLICE("");
	if (!outlive(value, &word))
		value->full = true;
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.p[i] <= ' ' || word.p[i] == 0x7f)
			return RP_SLICE("");
	return word.n < KEY_MAX_BYTES && utf8_valid(word) ? word : RP_SLICE("");
}

struct rp_time
value_time(struct value *value, uint32_t node)
{
	struct rp_time time = RP_TIME_NONE;

	if (rp_time_read(value_text(value, node), RP_BASIS_PLATFORM, &time) &&
	    time.precision < RP_PRECISION_S && time.lo % RP_SECOND == 0)
		time.precision = RP_PRECISION_S;
	return time;
}

struct rp_slice
value_joined(struct value *value, struct rp_slice a, struct rp_slice b)
{
	struct rp_slice out = RP_SLICE("");

	if (!arena_join(value->arena, a, b, &out))
		value->full = true;
	return out;
}

struct rp_slice
value_copy(struct value *value, const struct rp_buf *buf)
{
	struct rp_slice out = RP_SLICE("");

	if (buf_failed(buf) || !arena_copy(value->arena, buf_slice(buf), &out))
		value->full = true;
	return out;
}

struct rp_slice
value_key(struct value *value, enum platform platform, struct rp_slice native)
{
	struct rp_slice key = RP_SLICE("");

	if (native.n == 0 || native.p[0] == '@')
		return key;
	if (!key_make(value->arena, platform, native, &key))
		value->full = true;
	return key_valid(key) ? key : RP_SLICE("");
}

struct rp_slice
value_account_key(struct value *value, enum platform platform, struct rp_slice native)
{
	struct rp_slice key = RP_SLICE("");

	if (native.n == 0)
		return key;
	if (!key_make_account(value->arena, platform, native, &key))
		value->full = true;
	return key_valid(key) ? key : RP_SLICE("");
}

static int
cmp_slice(const void *a, const void *b)
{
	return rp_slice_cmp(*(const struct rp_slice *)a, *(const struct rp_slice *)b);
}

struct rp_slice
value_lines(struct value *value, struct rp_slice *lines, size_t n)
{
	CLEANUP(buf_done) struct rp_buf out;

	buf_init(&out, RECORD_MAX_BYTES);
	if (n > 0)
		qsort(lines, n, sizeof(*lines), cmp_slice);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && rp_slice_eq(lines[i], lines[i - 1]))
			continue;
		buf_add(&out, lines[i]);
		buf_add_byte(&out, '\n');
	}
	return value_copy(value, &out);
}

void
value_queue(struct value *value, struct value_queue *queue, uint32_t node)
{
	uint32_t *nodes = arena_room(value->arena, queue->nodes, queue->n, &queue->room,
	                             sizeof(*nodes));

	if (nodes == NULL) {
		value->full = true;
		return;
	}
	queue->nodes = nodes;
	queue->nodes[queue->n++] = node;
}
