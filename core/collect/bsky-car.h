/*
 * A repository in a CAR file: whose it is, and which of its blocks are posts.
 *
 * The file is a head and sections, each a block behind its hash.  A tree of blocks gives
 * records their names, COLLECTION/RKEY; a block does not know its own, and may stand
 * before those that do.  So the input is put aside as a whole, the tree is walked, and
 * then the sections go by once more, in their order, as batches.
 *
 *	varint n, head        DAG-CBOR {"roots":[CID],"version":1}
 *	varint n, CID, block  the commit, {"did","data":CID of the tree's root,…}
 *	varint n, CID, block  a node of the tree, {"l":CID,"e":[{"p","k","v","t"}]}
 *	varint n, CID, block  a record
 *
 * Signatures are not checked: a repository is as good as where it came from.
 */
#ifndef RIPOSTE_CORE_COLLECT_BSKY_CAR_H
#define RIPOSTE_CORE_COLLECT_BSKY_CAR_H

#include "core/base/map.h"
#include "core/base/spool.h"
#include "core/collect/bsky.h"
#include "core/parse/cbor.h"

enum { CAR_MAX_NODES = 4 << 20, CAR_NAME_MAX = 1024 };

/* Where a block is in the input. */
struct car_section {
	uint64_t block, end;
	size_t n; /* of the block */
	char cid[CID_TEXT_BYTES];
	char hash[SHA256_BYTES];
};

struct car {
	struct spool spool;
	bool broken;         /* the reader lost the rest */
	int64_t as_of;       /* when it was so; unknown until the importer says */
	struct arena *arena; /* of the names and hashes below */
	struct map *nodes;   /* CID of a node of the tree, to places[] */
	struct car_place {
		uint64_t block;
		size_t n;
		bool seen;
	} * places;
	size_t n_places, room_places;
	struct map *records; /* CID of a record that is a post, to names[] */
	struct car_name {
		struct rp_slice collection, rkey;
		uint32_t next; /* the same record under another name; UINT32_MAX: none */
		bool met;      /* its block went by, */
		bool read;     /* ... whole: further copies of it say nothing new */
	} * names;
	size_t n_names, room_names;
	struct rp_slice did; /* empty: there is no commit that can be read */
	const char *damage;  /* of the tree, the first; NULL: none */
	uint64_t first;      /* section */
	uint64_t at;         /* what was handed out */
	uint64_t passing;    /* up to here bytes go by unread */
	bool end_told;
	struct rp_buf window, json;
	struct json_doc doc;
	size_t batch_bytes, batch_records;
};

/* Does a file that begins like this hold a repository? */
bool car_sniff(struct rp_slice head);

/* Put the input aside and walk its tree.  RP_FAILED: memory, the disk, the reader. */
enum rp_status car_open(struct car *car, const struct reader *reader,
                        const struct values_limits *limits,
                        struct rp_error *err) RP_MUST_USE;
void car_done(struct car *car);

/* As collector_ops.next(). */
enum rp_status car_next(struct car *car, struct bsky *bsky, struct batch *batch,
                        struct rp_error *err) RP_MUST_USE;

/* ---- bsky-mst.c ------------------------------------------------------------- */

/* The section at that place; RP_END behind the last one, RP_BAD_ITEM when none can be
 * read there. */
enum rp_status car_section(const struct car *car, uint64_t at, struct car_section *out,
                           struct rp_error *err) RP_MUST_USE;

/* Find the nodes of the tree and give the records their names. */
enum rp_status car_walk(struct car *car, struct rp_error *err) RP_MUST_USE;

/* A block as JSON, in car->doc.  RP_BAD_ITEM: its bytes do not have its hash, or are no
 * DAG-CBOR. */
enum rp_status car_block(struct car *car, struct rp_slice block, const char *hash,
                         struct rp_error *err) RP_MUST_USE;

#endif
