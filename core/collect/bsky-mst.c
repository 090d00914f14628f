/*
 * The tree of a repository: which block is called what.
 */
#include "core/collect/bsky-car.h"

#include "core/base/base64.h"
#include "core/base/varint.h"

enum { HEAD_MAX = 4096 };

/* Up to n bytes of the input at `at`, into `out`. */
static enum rp_status
look(const struct car *car, uint64_t at, size_t n, struct rp_buf *out,
     struct rp_error *err)
{
	buf_clear(out);
	if (at >= car->spool.n)
		return RP_OK;
	if (n > car->spool.n - at)
		n = (size_t)(car->spool.n - at);
	return spool_read(&car->spool, at, n, out, err);
}

enum rp_status
car_section(const struct car *car, uint64_t at, struct car_section *out,
            struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf head;
	struct rp_slice bytes;
	uint64_t n;
	size_t used = 0;
	enum rp_status st;

	buf_init(&head, VARINT_MAX_BYTES + CID_BYTES);
	st = look(car, at, VARINT_MAX_BYTES + CID_BYTES, &head, err);
	if (st != RP_OK)
		return st;
	if (head.n == 0)
		return RP_END;
	bytes = buf_slice(&head);
	if (!varint_take(bytes, &used, &n) || n < CID_BYTES ||
	    n > car->spool.n - at - used ||
	    !cid_valid(rp_slice_from(bytes.p + used, CID_BYTES)))
		return rp_fail(err, RP_BAD_ITEM,
		               "no section of a repository begins here");
	*out = (struct car_section){ .block = at + used + CID_BYTES,
		                     .n = (size_t)(n - CID_BYTES),
		                     .end = at + used + n };
	cid_text(rp_slice_from(bytes.p + used, CID_BYTES), out->cid);
	memcpy(out->hash, cid_hash(rp_slice_from(bytes.p + used, CID_BYTES)).p,
	       SHA256_BYTES);
	return RP_OK;
}

enum rp_status
car_block(struct car *car, struct rp_slice block, const char *hash, struct rp_error *err)
{
	const struct sha256 sum = sha256_of(block);
	enum rp_status st;

	if (memcmp(sum.bytes, hash, SHA256_BYTES) != 0)
		return rp_fail(err, RP_BAD_ITEM,
		               "a damaged block: its bytes do not have its hash");
	buf_clear(&car->json);
	st = cbor_to_json(block, &car->json, err);
	return st == RP_OK ? json_parse(&car->doc, buf_slice(&car->json), err) : st;
}

/* ---- where nodes are -------------------------------------------------------- */

static enum rp_status
keep_cid(struct car *car, const char *cid, struct rp_slice *out, struct rp_error *err)
{
	return arena_copy(car->arena, rp_slice_from(cid, CID_TEXT_BYTES), out)
	               ? RP_OK
	               : rp_fail_memory(err);
}

/* {"e":… comes first in a node; the commit is known by name. */
static enum rp_status
keep_node(struct car *car, const struct car_section *section, struct rp_error *err)
{
	struct car_place *longer = arena_room(car->arena, car->places, car->n_places,
	                                      &car->room_places, sizeof(*longer));
	struct rp_slice cid;

	if (longer == NULL)
		return rp_fail_memory(err);
	car->places = longer;
	if (car->n_places == CAR_MAX_NODES) {
		car->damage = "its tree has more nodes than can be read";
		return RP_OK;
	}
	if (keep_cid(car, section->cid, &cid, err) != RP_OK ||
	    map_put(car->nodes, cid, (uint32_t)car->n_places, NULL) == NULL)
		return rp_fail_memory(err);
	car->places[car->n_places++] =
		(struct car_place){ section->block, section->n, false };
	return RP_OK;
}

static enum rp_status
find_nodes(struct car *car, struct rp_slice root, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf begin;
	struct car_section section;
	uint64_t at = car->first;
	enum rp_status st;

	buf_init(&begin, 3);
	while ((st = car_section(car, at, &section, err)) == RP_OK) {
		at = section.end;
		st = look(car, section.block, section.n < 3 ? section.n : 3, &begin, err);
		if (st == RP_OK &&
		    (rp_slice_eq(buf_slice(&begin), RP_SLICE("\xa2\x61\x65")) ||
		     rp_slice_eq(rp_slice_from(section.cid, CID_TEXT_BYTES), root)))
			st = keep_node(car, &section, err);
		if (st != RP_OK)
			return st;
	}
	return st == RP_FAILED ? st : RP_OK;
}

/* The node with this CID, in car->doc.  RP_NOT_FOUND: it is not there, damaged, or was
 * read before, which *again_out tells. */
static enum rp_status
read_node(struct car *car, struct rp_slice cid, bool *again_out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf block;
	const uint32_t *at = map_get(car->nodes, cid);
	struct sha256 sum;
	struct car_place *place;
	char text[CID_TEXT_BYTES];
	char bytes[CID_BYTES] = { 1, 0x71, 0x12, 0x20 };
	enum rp_status st;

	*again_out = false;
	buf_init(&block, CBOR_MAX_BYTES);
	if (at == NULL)
		return RP_NOT_FOUND;
	place = &car->places[*at];
	*again_out = place->seen;
	if (place->seen || place->n > CBOR_MAX_BYTES)
		return RP_NOT_FOUND;
	place->seen = true;
	if ((st = look(car, place->block, place->n, &block, err)) != RP_OK)
		return st;
	sum = sha256_of(buf_slice(&block));
	memcpy(bytes + 4, sum.bytes, SHA256_BYTES);
	cid_text(rp_slice_from(bytes, CID_BYTES), text);
	if (!rp_slice_eq(rp_slice_from(text, CID_TEXT_BYTES), cid))
		return RP_NOT_FOUND;
	st = car_block(car, buf_slice(&block), (const char *)sum.bytes, NULL);
	return st == RP_BAD_ITEM ? RP_NOT_FOUND : st;
}

/* ---- the tree --------------------------------------------------------------- */

static struct rp_slice
link_of(const struct car *car, uint32_t node)
{
	uint32_t link = json_get(&car->doc, node, RP_SLICE("$link"));

	return json_type(&car->doc, link) == JSON_STRING ? json_raw_text(&car->doc, link)
	                                                 : RP_SLICE("");
}

/* A CID that is still to be looked at. */
struct waiting {
	struct rp_slice *cids;
	size_t n, room;
};

static enum rp_status
push(struct car *car, struct waiting *waiting, struct rp_slice cid, struct rp_error *err)
{
	struct rp_slice *longer;

	if (cid.n == 0)
		return RP_OK;
	longer = arena_room(car->arena, waiting->cids, waiting->n, &waiting->room,
	                    sizeof(*longer));
	if (longer == NULL || !arena_copy(car->arena, cid, &longer[waiting->n]))
		return rp_fail_memory(err);
	waiting->cids = longer;
	waiting->n++;
	return RP_OK;
}

/* "app.bsky.feed.post/3k…": posts and reposts are what we are after, and who
 * wrote them. */
static enum rp_status
name_record(struct car *car, struct rp_slice name, struct rp_slice cid,
            struct rp_error *err)
{
	struct car_name *longer;
	struct rp_slice rest = RP_SLICE("");
	struct car_name own = { .next = UINT32_MAX };
	uint32_t *held;
	bool fresh;

	if (cid.n != CID_TEXT_BYTES ||
	    (!rp_slice_starts(name, RP_SLICE("app.bsky.feed.post/")) &&
	     !rp_slice_starts(name, RP_SLICE("app.bsky.feed.repost/")) &&
	     !rp_slice_eq(name, RP_SLICE("app.bsky.actor.profile/self"))))
		return RP_OK;
	longer = arena_room(car->arena, car->names, car->n_names, &car->room_names,
	                    sizeof(*longer));
	if (longer == NULL || !arena_copy(car->arena, name, &rest) ||
	    !arena_copy(car->arena, cid, &cid))
		return rp_fail_memory(err);
	car->names = longer;
	own.collection = rp_slice_cut(&rest, '/');
	own.rkey = rest;
	held = map_put(car->records, cid, (uint32_t)car->n_names, &fresh);
	if (held == NULL)
		return rp_fail_memory(err);
	if (!fresh) {
		own.next = car->names[*held].next;
		car->names[*held].next = (uint32_t)car->n_names;
	}
	car->names[car->n_names++] = own;
	return RP_OK;
}

/* "p": how many bytes of the name before it a name begins with; "k": the others. */
static bool
next_name(const struct car *car, uint32_t entry, struct rp_buf *name)
{
	uint32_t key = json_get(&car->doc, json_get(&car->doc, entry, RP_SLICE("k")),
	                        RP_SLICE("$bytes"));
	int64_t shared = -1;

	if (!json_int64(&car->doc, json_get(&car->doc, entry, RP_SLICE("p")), &shared) ||
	    shared < 0 || (uint64_t)shared > name->n ||
	    json_type(&car->doc, key) != JSON_STRING)
		return false;
	name->n = (size_t)shared;
	return base64_read(name, json_raw_text(&car->doc, key), true) &&
	       !buf_failed(name);
}

static enum rp_status
read_entries(struct car *car, struct waiting *waiting, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	struct json_each each =
		json_each(&car->doc, json_get(&car->doc, JSON_ROOT, RP_SLICE("e")));
	enum rp_status st =
		push(car, waiting,
	             link_of(car, json_get(&car->doc, JSON_ROOT, RP_SLICE("l"))), err);

	buf_init(&name, CAR_NAME_MAX);
	while (st == RP_OK && json_next(&each)) {
		if (!next_name(car, each.value, &name)) {
			car->damage = "a node of its tree cannot be read";
			break;
		}
		st = name_record(
			car, buf_slice(&name),
			link_of(car, json_get(&car->doc, each.value, RP_SLICE("v"))),
			err);
		if (st == RP_OK)
			st = push(car, waiting,
			          link_of(car,
			                  json_get(&car->doc, each.value, RP_SLICE("t"))),
			          err);
	}
	return st;
}

/* The commit says whose repository it is, and where its tree begins. */
static enum rp_status
read_commit(struct car *car, struct rp_slice root, struct rp_slice *data,
            struct rp_error *err)
{
	uint32_t did;
	bool again;
	enum rp_status st = read_node(car, root, &again, err);

	if (st == RP_NOT_FOUND) {
		car->damage = "its commit is missing or damaged";
		return RP_OK;
	}
	if (st != RP_OK)
		return st;
	did = json_get(&car->doc, JSON_ROOT, RP_SLICE("did"));
	if (json_type(&car->doc, did) == JSON_STRING &&
	    at_did_valid(json_raw_text(&car->doc, did)) &&
	    !arena_copy(car->arena, json_raw_text(&car->doc, did), &car->did))
		return rp_fail_memory(err);
	if (car->did.n == 0)
		car->damage = "its commit does not say whose it is";
	*data = link_of(car, json_get(&car->doc, JSON_ROOT, RP_SLICE("data")));
	return arena_copy(car->arena, *data, data) ? RP_OK : rp_fail_memory(err);
}

/* The root that the head of the file names, and where the first section is.  Empty: it
 * is no head. */
static enum rp_status
read_head(struct car *car, struct rp_slice *root, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf head;
	struct json_each each;
	uint64_t n = 0;
	size_t used = 0;
	enum rp_status st;

	buf_init(&head, HEAD_MAX);
	st = look(car, 0, HEAD_MAX, &head, err);
	if (st != RP_OK)
		return st;
	if (!varint_take(buf_slice(&head), &used, &n) || n > head.n - used)
		return RP_OK;
	car->first = used + n;
	buf_clear(&car->json);
	if (cbor_to_json(rp_slice_from(head.p + used, (size_t)n), &car->json, NULL) !=
	            RP_OK ||
	    json_parse(&car->doc, buf_slice(&car->json), NULL) != RP_OK)
		return RP_OK;
	each = json_each(&car->doc, json_get(&car->doc, JSON_ROOT, RP_SLICE("roots")));
	if (!json_next(&each))
		return RP_OK;
	return arena_copy(car->arena, link_of(car, each.value), root)
	               ? RP_OK
	               : rp_fail_memory(err);
}

enum rp_status
car_walk(struct car *car, struct rp_error *err)
{
	struct rp_slice root = RP_SLICE(""), data = RP_SLICE(""), cid;
	struct waiting waiting = { .n = 0 };
	bool again;
	enum rp_status st = read_head(car, &root, err);

	if (st == RP_OK && root.n == 0)
		car->damage = "its head cannot be read";
	if (st == RP_OK)
		st = find_nodes(car, root, err);
	if (st == RP_OK && root.n > 0)
		st = read_commit(car, root, &data, err);
	if (st == RP_OK)
		st = push(car, &waiting, data, err);
	while (st == RP_OK && waiting.n > 0) {
		cid = waiting.cids[--waiting.n];
		st = read_node(car, cid, &again, err);
		if (st == RP_OK)
			st = read_entries(car, &waiting, err);
		else if (st == RP_NOT_FOUND) {
			st = RP_OK;
			if (!again && car->damage == NULL)
				car->damage = "a part of its tree is missing or damaged";
		}
	}
	return st;
}
