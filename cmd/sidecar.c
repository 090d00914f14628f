#include "cmd/sidecar.h"

#include "core/base/file.h"
#include "core/collect/bundle.h"
#include "core/collect/options.h"

#include <string.h>

enum {
	NEIGHBOUR_MAX_BYTES = 64 << 20, /* in an X archive */
	NAME_MAX_BYTES = 1 << 16,
};

/* The file of that name in the folder of `path`; RP_NOT_FOUND: there is none that can be
 * read. */
static enum rp_status
read_neighbour(const char *path, const char *file, struct rp_buf *name,
               struct rp_buf *text, struct rp_error *err)
{
	const char *const slash = strrchr(path, '/');
	enum rp_status st;

	buf_clear(name);
	buf_clear(text);
	buf_add(name, rp_slice_from(path, slash ? (size_t)(slash + 1 - path) : 0));
	buf_add_str(name, file);
	buf_add_byte(name, '\0');
	if (buf_failed(name))
		return rp_fail(err, RP_BAD_USAGE, "the name is too long");
	st = file_read(name->p, text, err);
	return st == RP_OK || st == RP_FAILED ? st : RP_NOT_FOUND;
}

static enum rp_status
add_notes(struct ingest *ingest, const char *path, struct rp_buf *name,
          struct rp_buf *text, struct rp_buf *settings, struct rp_error *err)
{
	enum rp_status st = read_neighbour(path, bundle_notes_file, name, text, err);
	char hex[SHA256_HEX + 1];
	struct sha256 hash;

	if (st != RP_OK)
		return st == RP_NOT_FOUND ? RP_OK : st;
	hash = sha256_of(buf_slice(text));
	sha256_hex(&hash, hex);
	st = ingest_attachment(ingest, rp_slice_str(name->p), buf_slice(text), err);
	return st == RP_OK
	               ? options_add(settings, RP_SLICE("beside"), rp_slice_str(hex), err)
	               : st;
}

enum rp_status
sidecar_add_owner(struct ingest *ingest, const char *path, struct rp_buf *settings,
                  struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st = RP_NOT_FOUND;

	buf_init(&name, NAME_MAX_BYTES);
	buf_init(&text, NEIGHBOUR_MAX_BYTES);
	if (!bundle_has_owner(rp_slice_str(path)))
		return RP_OK;
	for (const char *const *file = bundle_owner_files;
	     *file != NULL && st == RP_NOT_FOUND; file++) {
		st = read_neighbour(path, *file, &name, &text, err);
		if (st == RP_OK && !bundle_owner(buf_slice(&text), settings))
			st = RP_NOT_FOUND;
	}
	return st == RP_OK || st == RP_NOT_FOUND
	               ? add_notes(ingest, path, &name, &text, settings, err)
	               : st;
}

static enum rp_status
read_named(void *context, struct rp_slice name, struct rp_buf *text, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf path;

	(void)context;
	buf_init(&path, NAME_MAX_BYTES);
	buf_add(&path, name);
	buf_add_byte(&path, '\0');
	return buf_failed(&path) ? rp_fail(err, RP_BAD_USAGE, "the name is too long")
	                         : file_read(path.p, text, err);
}

static enum rp_status
keep(void *context, struct rp_slice name, struct rp_slice bytes, struct rp_error *err)
{
	return ingest_attachment(context, name, bytes, err);
}

enum rp_status
sidecar_settings(struct ingest *ingest, const char *path, struct rp_slice said,
                 struct rp_buf *settings, struct rp_error *err)
{
	const struct neighbours neighbours = { read_named, keep, ingest };

	return neighbours_settings(&neighbours, rp_slice_str(path), said, settings, err);
}
