/*
 * Many files in one: each member that is read becomes a capture of its own, named after
 * the bundle and itself.  The bundle is not kept: it holds what is private, and media.
 */
#include "core/collect/neighbours.h"
#include "core/ingest/run.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* Members that others need are remembered until the end; X hands out one to three. */
/* Which of the two somebody else's program would have shown, nobody knows. */
#define TWIN                                                                             \
	"a file of the same name stands before it in the archive: this one is not read"

enum { NAME_BYTES = 1 << 16, OPTIONS_BYTES = 1 << 20, GIVEN_MAX = 256 };

struct bundled {
	struct ingest *ingest;
	const struct import_file *file; /* the bundle */
	struct bundle *bundle;
	struct given {
		unsigned number;
		struct sha256 hash;
	} given[GIVEN_MAX];
	size_t n_given, n_read, n_known; /* members: read, and of a known format */
	size_t n_private;
	struct rp_error trouble; /* the first member that could not be read */
};

static void
add_name(const struct bundled *b, struct rp_slice member, struct rp_buf *name)
{
	struct rp_slice front = b->file->name;

	while (front.n > 1 && front.p[front.n - 1] == '/')
		front.n--;
	buf_add(name, front);
	if (!rp_slice_ends(front, RP_SLICE("/")))
		buf_add_byte(name, '/');
	buf_add(name, member);
}

/* What lay beside a member is called as the member is. */
static enum rp_status
keep_neighbour(void *context, struct rp_slice name, struct rp_slice bytes,
               struct rp_error *err)
{
	const struct bundled *b = context;
	CLEANUP(buf_done) struct rp_buf full;

	buf_init(&full, NAME_BYTES);
	add_name(b, name, &full);
	return buf_failed(&full)
	               ? rp_fail(err, RP_BAD_SOURCE, "names are too long")
	               : ingest_attachment(b->ingest, buf_slice(&full), bytes, err);
}

static enum rp_status
read_neighbour(void *context, struct rp_slice name, struct rp_buf *text,
               struct rp_error *err)
{
	return bundle_neighbour(((struct bundled *)context)->bundle, name, text, err);
}

/* The command line's word counts more. */
static enum rp_status
add_options(struct bundled *b, const struct bundle_member *member, struct rp_buf *options,
            struct rp_error *err)
{
	const struct neighbours neighbours = { read_neighbour, keep_neighbour, b };
	char hex[SHA256_HEX + 1];
	enum rp_status st;

	buf_add(options, member->options);
	rp_error_where(err, "%.*s", RP_FMT(member->name));
	st = neighbours_settings(&neighbours, member->name, b->file->options, options,
	                         err);
	for (size_t i = 0; i < b->n_given; i++)
		if (member->wants != 0 && b->given[i].number == member->wants) {
			sha256_hex(&b->given[i].hash, hex);
			buf_printf(options, "beside=%s\n", hex);
		}
	return st;
}

/* What is no error, and must be known. */
static void __attribute__((format(printf, 3, 4)))
tell(const struct bundled *b, struct rp_slice name, const char *format, ...)
{
	const struct ingest_options *options = &b->ingest->options;
	struct rp_error told = { .status = RP_BAD_ITEM };
	va_list args;

	rp_error_where(&told, "%.*s", RP_FMT(name));
	va_start(args, format);
	(void)vsnprintf(told.text, sizeof(told.text), format, args);
	va_end(args);
	if (options->trouble != NULL)
		options->trouble(options->context, &told);
}

static void
tell_missing(const struct bundled *b)
{
	struct bundle_missing missing;

	if (!bundle_missing(b->bundle, &missing))
		return;
	tell(b, b->file->name,
	     "not in it, though it says so: %.*s%s (%" PRIu64 " posts); is there another "
	     "part of it?",
	     RP_FMT(missing.first), missing.files > 1 ? " and others" : "",
	     missing.posts);
}

static void
tell_left(const struct bundled *b, struct rp_slice name, const char *why)
{
	const struct ingest_options *options = &b->ingest->options;
	const struct bundle_left left = { name, LEFT_PLAIN, why };

	if (options->left != NULL)
		options->left(options->context, b->file->name, &left);
}

/* What a neighbour is called in the bundle, as a name of the user's. */
static void
place_error(const struct bundled *b, struct rp_buf *name, struct rp_error *err)
{
	buf_clear(name);
	add_name(b, rp_slice_str(err->where), name);
	if (!buf_failed(name))
		rp_error_where(err, "%.*s", RP_FMT(buf_slice(name)));
}

static enum rp_status
read_one(struct bundled *b, const struct bundle_member *member, struct rp_buf *name,
         struct rp_buf *options, struct rp_error *err)
{
	struct import_file file = { .as = member->as.n ? member->as : b->file->as };
	struct again_found found;
	enum rp_status st;

	buf_clear(name);
	buf_clear(options);
	add_name(b, member->name, name);
	if ((st = add_options(b, member, options, err)) != RP_OK) {
		if (err != NULL && !buf_failed(name))
			place_error(b, name, err);
		return st;
	}
	if (member->twin && (st = collector_settle_unread(options, TWIN, err)) != RP_OK)
		return st;
	if (buf_failed(name) || buf_failed(options))
		return rp_fail(err, RP_BAD_SOURCE, "names are too long");
	file.name = buf_slice(name);
	file.options = buf_slice(options);
	rp_error_where(err, "%.*s", RP_FMT(file.name));
	st = import_member(b->ingest, &file, b->bundle, member->size, &found, err);
	if (st == RP_NOT_FOUND) {
		b->n_private += found.private;
		tell_left(b, member->name,
		          found.private ? "private in somebody's archive"
		          : found.aside ? "kept for what it says of a file beside it"
		                        : "its content is of no known format");
	}
	if (st == RP_OK && member->gives != 0 && b->n_given < GIVEN_MAX)
		b->given[b->n_given++] = (struct given){ member->gives, found.hash };
	if (st == RP_OK && member->promised != UINT64_MAX &&
	    found.records < member->promised)
		tell(b, file.name,
		     "its archive says there are %" PRIu64
		     " posts in it, found: %" PRIu64,
		     member->promised, found.records);
	return st;
}

/* Others may be fine: the first is what the bundle's reading comes to. */
static void
note_trouble(struct bundled *b, const struct rp_error *err)
{
	const struct ingest_options *options = &b->ingest->options;

	if (b->trouble.status == RP_OK)
		b->trouble = *err;
	else if (options->trouble != NULL)
		options->trouble(options->context, err);
}

static bool
stopped(const struct ingest *ingest)
{
	return ingest->options.stop != NULL &&
	       ingest->options.stop(ingest->options.context);
}

/* What was chosen from, and left. */
static void
tell_all_left(const struct bundled *b)
{
	const struct ingest_options *options = &b->ingest->options;
	struct bundle_left left;
	size_t strange = 0;

	for (size_t i = 0; bundle_left(b->bundle, i, &left); i++) {
		strange += left.as == LEFT_STRANGE;
		if (options->left != NULL)
			options->left(options->context, b->file->name, &left);
	}
	if (strange > 0)
		tell(b, b->file->name,
		     "not read: %zu %s beside the archive of X in it (-v names %s); "
		     "import what you want of that by itself",
		     strange, strange == 1 ? "file" : "files",
		     strange == 1 ? "it" : "them");
}

static enum rp_status
read_all(struct bundled *b, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf options;
	struct bundle_member member;
	enum rp_status st;

	buf_init(&name, NAME_BYTES);
	buf_init(&options, OPTIONS_BYTES);
	while ((st = bundle_next(b->bundle, &member, err)) == RP_OK) {
		if (stopped(b->ingest))
			return RP_END;
		st = read_one(b, &member, &name, &options, err);
		if (st == RP_BAD_SOURCE || st == RP_BAD_ITEM)
			note_trouble(b, err);
		else if (st != RP_OK && st != RP_NOT_FOUND)
			return st;
		b->n_read += st == RP_OK;
		b->n_known += st != RP_NOT_FOUND;
	}
	return st == RP_END ? RP_OK : st;
}

enum rp_status
import_bundle(struct ingest *ingest, const struct import_file *file, int fd,
              enum bundle_kind kind, struct rp_error *err)
{
	CLEANUP(bundle_close) struct bundle *bundle = NULL;
	struct bundled b = { .ingest = ingest, .file = file };
	struct rp_error damage;
	enum rp_status st = bundle_open(fd, kind, &bundle, err);

	if (st != RP_OK)
		return st;
	b.bundle = bundle;
	if ((st = read_all(&b, err)) != RP_OK)
		return st;
	rp_error_where(err, "%.*s", RP_FMT(file->name));
	if (ingest->options.bundled != NULL)
		ingest->options.bundled(ingest->options.context, file->name,
		                        bundle_count(bundle), b.n_read);
	tell_missing(&b);
	tell_all_left(&b);
	if (b.n_private > 0)
		tell(&b, file->name, "left alone in it, being private: %zu %s",
		     b.n_private, b.n_private == 1 ? "file" : "files");
	if (bundle_damage(bundle, &damage) != RP_OK) {
		(void)rp_fail(err, RP_BAD_SOURCE, "%s; %s stands before that",
		              damage.text,
		              b.n_known > 0 ? "read is what" : "nothing that is read");
		note_trouble(&b, err);
	}
	if (b.n_known == 0 && b.trouble.status == RP_OK)
		return rp_fail(err, RP_BAD_SOURCE,
		               "no file in it is of a known format; name one by itself "
		               "to have it kept, and be told more");
	if (b.trouble.status == RP_OK)
		return RP_OK;
	if (err != NULL)
		*err = b.trouble;
	return b.trouble.status;
}
