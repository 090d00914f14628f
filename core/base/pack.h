/*
 * Compression: zstd frames of our own, and reading other people's .gz and .zst streams.
 *
 * Every frame we write carries a checksum: of 200 bit flips in frames without one, 166
 * came out as wrong bytes in silence.
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

/*
 * bytes: what pack_train() made, or any text (its last bytes are the cheapest to refer
 * to); copied.  level 1..19, or 0 for one that unpacks only, which is made in a tenth of
 * the time.  NULL: out of memory, or a damaged dictionary.
 */
struct pack_dict *pack_dict_new(struct rp_slice bytes, int level) RP_MUST_USE;
struct pack_dict *pack_dict_free(struct pack_dict *dict);
DEFINE_CLEANUP(struct pack_dict *, pack_dict_free);

/*
 * Make a dictionary of at most max_bytes out of n samples that lie back to back in
 * `samples`, their sizes in `sizes`: evenly spread samples, not more than a quarter of
 * them, and entropy tables.  Appended to out; the same samples give the same dictionary.
 * RP_NOT_FOUND when they are too few (16, and some KB) or too alike for one; RP_BAD_ITEM
 * when out has no room for max_bytes.  Nothing was appended then.  About 8 ms for 2 MB of
 * samples.
 */
enum rp_status pack_train(struct rp_slice samples, const size_t *sizes, size_t n,
                          size_t max_bytes, struct rp_buf *out,
                          struct rp_error *err) RP_MUST_USE;

/*
 * The same with a content of what the samples have in common, where small frames must
 * pay for it: twenty times the time (0.2 s for 2.4 MB), frames of columns 12 % smaller.
 */
enum rp_status pack_train_common(struct rp_slice samples, const size_t *sizes, size_t n,
                                 size_t max_bytes, struct rp_buf *out,
                                 struct rp_error *err) RP_MUST_USE;

/* That content alone, at most `want` bytes, appended;
 * false: out of memory, or no room. */
bool pack_common(struct rp_slice samples, size_t want,
                 struct rp_buf *content) RP_MUST_USE;

/*
 * One frame, appended to out, without the four magic bytes of zstd (drawn in pack.c).
 * dict may be NULL.  level 1..19 is used only without a dictionary.  RP_BAD_ITEM: no room
 * below out's ceiling.
 */
enum rp_status pack(struct packer *packer, const struct pack_dict *dict, int level,
                    struct rp_slice bytes, struct rp_buf *out,
                    struct rp_error *err) RP_MUST_USE;

/*
 * The content of one frame of ours, appended to out; content_bytes is what the writer
 * noted beside it.  Any bytes may be given.  RP_CORRUPT: checksum, wrong dictionary,
 * another length, or bytes behind the frame.  RP_BAD_ITEM: content_bytes is above out's
 * ceiling.  out is as it was then.  Never allocates by what the frame claims.
 */
enum rp_status unpack(struct packer *packer, const struct pack_dict *dict,
                      struct rp_slice frame, size_t content_bytes, struct rp_buf *out,
                      struct rp_error *err) RP_MUST_USE;

/*
 * Somebody else's file, read from a descriptor as it comes, decompressed when its first
 * bytes say gzip (all members) or zstd (all frames, skippable ones too).
 *
 * A compressed file is read to its end when it is opened, at the speed of decompression,
 * so that nothing of a member or frame that turns out to be damaged is ever handed out.
 * One that comes through a pipe is copied into a file without a name for that.
 */
struct instream;

enum instream_format { INSTREAM_PLAIN, INSTREAM_GZIP, INSTREAM_ZSTD };

/*
 * fd is borrowed and read from where it stands, at once, until the format is known; a
 * short or empty file is plain.  raw_seen, when not NULL, is called with every run of
 * bytes of a compressed file as it came from fd, each once, before they are decompressed
 * (to hash and keep them), from here and from instream_read().  A plain file's bytes are
 * what instream_read() gives; asked for 128 KiB or more it reads right into them.
 *
 * RP_BAD_SOURCE: a zip archive, zstd with a window above 128 MiB, or with a dictionary
 * (the text names what it is, the limit or the dictionary); a frame later in the file
 * tells in instream_read().  RP_FAILED: memory, the file cannot be read, or the copy of a
 * pipe not written.
 */
enum rp_status instream_open(int fd, void (*raw_seen)(void *context, struct rp_slice raw),
                             void *context, struct instream **out,
                             struct rp_error *err) RP_MUST_USE;
struct instream *instream_close(struct instream *stream);
DEFINE_CLEANUP(struct instream *, instream_close);

/*
 * How a compressed file seems to begin whose very beginning is damaged, so that nothing
 * of it is ever handed out: to tell what kind of file it is, and nothing else.  *out may
 * be empty.  false: something of it is sound.
 */
bool instream_seems(const struct instream *stream, struct rp_slice *out);

enum instream_format instream_format(const struct instream *stream);

/*
 * Up to `size` (not 0) more decompressed bytes, at least one.  RP_END after the last
 * complete one.  RP_BAD_SOURCE when compressed data is damaged, cut off, or followed by
 * something else.  What was handed out until then is good: everything before the cut, or
 * the members and frames before the damaged one.  (What has no checksum cannot be told to
 * be damaged, unless its form is; and of a gzip member that ends early, a damaged end
 * looks like a cut.)  RP_FAILED: the file cannot be read.  *n_out is written only on
 * RP_OK; the end and the trouble stay what they are in later calls.
 */
enum rp_status instream_read(struct instream *stream, char *into, size_t size,
                             size_t *n_out, struct rp_error *err) RP_MUST_USE;

/*
 * Behind trouble: the next run of bytes goes by undecompressed, to raw_seen.  RP_END when
 * there are no more.
 */
enum rp_status instream_pass(struct instream *stream, struct rp_error *err) RP_MUST_USE;

#endif
