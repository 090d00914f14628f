/*
 * What came in, and how: runs, captures, records, sightings, rejected records.
 *
 * A capture is the bytes of one file or one answer of a server.  It is kept as a skeleton
 * with holes, each hole a record (a post, a user) that is stored once however often it
 * comes; the records spliced into the skeleton give the capture back byte for byte.
 */
#ifndef RIPOSTE_CORE_MODEL_CAPTURE_H
#define RIPOSTE_CORE_MODEL_CAPTURE_H

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/base/slice.h"
#include "core/base/time.h"

/* What a record's bytes look like.  Stored: do not renumber.  One dictionary each. */
enum record_kind {
	RECORD_X1_POST = 1, /* X v1.1 post object */
	RECORD_X2_POST,     /* X v2 post object */
	RECORD_X2_USER,
	RECORD_X2_OTHER, /* media, polls, places */
	RECORD_TURN,     /* one turn of a transcript */
	RECORD_TEXT,     /* configuration beside a file: a sidecar */
	RECORD_JSON,     /* a post of another network, an entry of a JSON Feed */
	RECORD_MARKUP,   /* an entry of a feed in XML, a page */
	RECORD_LINE,     /* a line of a list or of a table */
	RECORD_CBOR,     /* a block of an atproto repository */
};
enum { RECORD_KINDS = RECORD_CBOR + 1 };

const char *record_kind_name(enum record_kind kind); /* "x1.post", … */

enum { RECORD_MAX_BYTES = 16 << 20 };

/* One run of a collector, or one import command. */
struct run {
	int64_t id;
	struct rp_slice kind;    /* "import", "collect", "rebuild" */
	struct rp_slice program; /* "riposte 0.1.0" */
	int64_t started,
		ended; /* ended: RP_TIME_UNKNOWN while it runs, or when it was killed */
	int64_t pid;
	bool open;    /* has no link in the chain yet */
	int64_t link; /* place in the chain, from 1; 0 while it is open */
	struct sha256
		previous; /* hash of the run that closed before this one; zeros: first */
	struct sha256 hash; /* see run_hash() */
};

enum { ARCHIVE_ID = 32 }; /* hex digits of an archive's id */

/*
 * A run of another archive, as that one tells it: what `merge` takes over unaltered.
 */
struct foreign_run {
	struct run
		run; /* id: ours; hash of one that is open: of what it was fed so far */
	char archive[ARCHIVE_ID + 1]; /* whose it is */
	int64_t number;               /* its id there */
	int64_t taken_by;             /* the run of ours that took it */
};

struct capture {
	int64_t id;
	int64_t run;
	int64_t inside;       /* capture whose decompressed bytes these are; 0: none */
	struct rp_slice name; /* file name as given, or URL */
	struct rp_slice
		format; /* importer: "x", "transcript", "raw" for compressed containers */
	struct rp_slice options; /* "key=value\n" lines the importer was given; rebuild
	                            needs them */
	int64_t at;              /* when we read it */
	uint64_t bytes;          /* so far, while open */
	bool complete;
	struct sha256 sha256; /* of the bytes so far, while not complete */
	uint64_t records;     /* posts met, rejected ones included */
	uint64_t rejected;
};

/* A record's place in a segment: `n` bytes at offset `at` are those of the record. */
struct hole {
	uint32_t at, n;
	int64_t record; /* the store's handle */
};

/* A stretch of a capture, at most SEGMENT_MAX_BYTES. */
struct segment {
	uint64_t offset; /* in the capture */
	struct rp_slice bytes;
	const struct hole *holes; /* in order, not overlapping */
	size_t n_holes;
};

enum { SEGMENT_MAX_BYTES = 32 << 20 };

/* This capture showed this version of this post: these bytes of that record. */
struct sighting {
	int64_t post, version; /* version 0: only the post was named */
	int64_t capture, record;
	uint32_t offset, bytes; /* inside the record: an embedded post is a part of it */
	int64_t as_of; /* when the source says it looked like this; may be unknown */
};

/* Bytes we could not read, kept where they are: a stretch of a capture and the reason. */
struct reject {
	int64_t capture;
	uint64_t offset, bytes;
	uint64_t line;          /* counted from 1; 0: the format has no lines */
	struct rp_slice reason; /* one sentence */
};

/* What the hash of a run is made of, piece by piece.  Stored: do not renumber. */
enum run_part_kind {
	PART_AGAIN,   /* a capture that it met again */
	PART_CAPTURE, /* a capture of its own */
	PART_RUN,     /* a closed run of another archive that it took over */
};

struct run_part {
	enum run_part_kind kind;

	/*
	 * But for PART_RUN.  Everything as the run's archive tells it, but the id: that
	 * of the capture in this archive that has these bytes, 0: none.  run and inside
	 * are 0.
	 */
	struct capture capture;
	int64_t seen; /* when it came: capture.at, or when it came again */

	/* PART_RUN */
	char archive[ARCHIVE_ID + 1];
	int64_t link;
	struct sha256 hash;
};

/* What a run did; the summary line and object of import and collect. */
struct tally {
	uint64_t captures; /* files and answers as they came: a compressed one is one */
	uint64_t records, fresh, same, versions, ghosts, rejected;
	uint64_t bytes_in;     /* of the captures, as they came */
	uint64_t bytes_stored; /* by which what is in use of the archive's file grew */
};

/*
 * A run's link in the chain: SHA-256 over previous, the run's fields, and name, format,
 * options, time, size and SHA-256 of each of its captures in order, and of captures it
 * met again, and the links of runs of other archives that it took over.  Fed in this
 * order: begin, part*, end.  Format: riposte-archive(5).
 */
struct run_hasher;
struct run_hasher *run_hasher_new(const struct run *run) RP_MUST_USE;
struct run_hasher *run_hasher_free(struct run_hasher *hasher);
DEFINE_CLEANUP(struct run_hasher *, run_hasher_free);
void run_hasher_capture(struct run_hasher *hasher, const struct capture *capture,
                        bool again);
void run_hasher_part(struct run_hasher *hasher, const struct run_part *part);
struct sha256 run_hasher_end(struct run_hasher *hasher);

#endif
