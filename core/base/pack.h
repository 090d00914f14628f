/*
 * Compression: zstd frames of our own, and reading other people's .gz and .zst streams.
 *
 * Every frame we write carries a checksum: of 200 bit flips in frames without one, 166 came
 * out as wrong bytes in silence.
 */
#ifndef RIPOSTE_CORE_BASE_PACK_H
#define RIPOSTE_CORE_BASE_PACK_H

#include "core/base/buf.h"
#include "core/base/cleanup.h"
#include "core/base/error.h"
#include "core/base/slice.h"

/* A compressor and a decompressor with their working memory; one a thread. */
struct packer;

struct packer *packer_new(void) RP_MUST_USE; /* NULL: out of memory */
struct packer *packer_free(struct packer *packer);
DEFINE_CLEANUP(struct packer *, packer_free);

/* A trained dictionary, digested for both directions.  Immutable; may be shared. */
struct pack_dict;

/* dict bytes are copied.  level 1..19. */
struct pack_dict *pack_dict_new(struct rp_slice bytes, int level) RP_MUST_USE;
struct pack_dict *pack_dict_free(struct pack_dict *dict);
DEFINE_CLEANUP(struct pack_dict *, pack_dict_free);

/*
 * Train a dictionary of at most max_bytes on n samples that lie back to back in `samples`,
 * their sizes in `sizes`.  Appended to out.  RP_NOT_FOUND when they are too few or too alike
 * for one; nothing was appended then.  About 50 ms for 2 MB of samples.
 */
enum rp_status pack_train(struct rp_slice samples, const size_t *sizes, size_t n,
                          size_t max_bytes, struct rp_buf *out,
                          struct rp_error *err) RP_MUST_USE;

/* One frame, appended to out.  dict may be NULL.  level is used only without a dictionary. */
enum rp_status pack(struct packer *packer, const struct pack_dict *dict, int level,
                    struct rp_slice bytes, struct rp_buf *out,
                    struct rp_error *err) RP_MUST_USE;

/*
 * The content of one frame of ours, appended to out; content_bytes is what the writer noted
 * beside it.  RP_CORRUPT: checksum, wrong dictionary, another length, or bytes behind the
 * frame; out is as it was.  Never allocates by what the frame claims.
 */
enum rp_status unpack(struct packer *packer, const struct pack_dict *dict,
                      struct rp_slice frame, size_t content_bytes, struct rp_buf *out,
                      struct rp_error *err) RP_MUST_USE;

/*
 * Somebody else's file, read from a descriptor as it comes, decompressed when its first bytes
 * say gzip (all members) or zstd (all frames, skippable ones too).
 */
struct instream;

enum instream_format { INSTREAM_PLAIN, INSTREAM_GZIP, INSTREAM_ZSTD };

/*
 * fd is borrowed and read from where it stands.  raw_seen, when not NULL, is called with every
 * run of bytes as it came from fd, before they are decompressed (to hash and keep them).
 * RP_BAD_SOURCE: a zstd window above 128 MiB (the text names the limit).
 */
enum rp_status instream_open(int fd, void (*raw_seen)(void *context, struct rp_slice raw),
                             void *context, struct instream **out,
                             struct rp_error *err) RP_MUST_USE;
struct instream *instream_close(struct instream *stream);
DEFINE_CLEANUP(struct instream *, instream_close);

enum instream_format instream_format(const struct instream *stream);

/*
 * Up to `size` more decompressed bytes, at least one.  RP_END after the last complete one.
 * RP_BAD_SOURCE when compressed data is damaged or cut off: everything before it has been
 * handed out, so what was read stays good and the end is known to be missing.
 * RP_FAILED: the file cannot be read.
 */
enum rp_status instream_read(struct instream *stream, char *into, size_t size, size_t *n_out,
                             struct rp_error *err) RP_MUST_USE;

#endif
