#include "cmd/sidecar.h"

#include "core/base/file.h"
#include "core/collect/bundle.h"
#include "core/collect/event-page.h"
#include "core/collect/options.h"
#include "core/collect/ytdlp.h"

#include <string.h>

enum {
	SIDECAR_MAX_BYTES = 1 << 20,
	NEIGHBOUR_MAX_BYTES = 64 << 20, /* in an X archive */
	NAME_MAX_BYTES = 1 << 16,
};

enum rp_status
sidecar_add(struct ingest *ingest, const char *path, struct rp_buf *settings,
            struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st;

	buf_init(&name, NAME_MAX_BYTES);
	buf_init(&text, SIDECAR_MAX_BYTES);
	buf_printf(&name, "%s.riposte.ini", path);
	buf_add_byte(&name, '\0');
	if (buf_failed(&name))
		return rp_fail(err, RP_BAD_USAGE, "the name is too long");
	st = file_read(name.p, &text, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	rp_error_where(err, "%s", name.p);
	if (st == RP_OK)
		st = options_add_sidecar(settings, buf_slice(&text), err);
	if (st == RP_OK)
		st = ingest_attachment(ingest, rp_slice_str(name.p), buf_slice(&text),
		                       err);
	if (st == RP_OK)
		rp_error_where(err, "%s", path);
	return st;
}

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

enum rp_status
sidecar_add_info(struct ingest *ingest, const char *path, struct rp_slice told,
                 struct rp_buf *settings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice stem, lang;
	enum rp_status st;

	buf_init(&name, NAME_MAX_BYTES);
	buf_init(&text, RECORD_MAX_BYTES);
	if (!ytdlp_name(rp_slice_str(path), &stem, &lang))
		return RP_OK;
	buf_add(&name, stem);
	buf_add_str(&name, ".info.json");
	buf_add_byte(&name, '\0');
	if (buf_failed(&name))
		return rp_fail(err, RP_BAD_USAGE, "the name is too long");
	st = file_read(name.p, &text, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	if (st != RP_OK) {
		rp_error_where(err, "%s", name.p);
		return st;
	}
	st = ytdlp_settings(buf_slice(&text), lang, told, settings, err);
	if (st == RP_OK)
		st = ingest_attachment(ingest, rp_slice_str(name.p), buf_slice(&text),
		                       err);
	return st;
}

/* "NAME" of "NAME.en.vtt", "NAME.txt": of what a page may lie beside. */
static bool
may_have_page(struct rp_slice path, struct rp_slice *stem, enum event_page *use)
{
	static const struct rp_slice texts[] = { RP_LIT(".txt"), RP_LIT(".md") };
	struct rp_slice lang;

	*use = EVENT_PAGE_VIDEO;
	if (ytdlp_name(path, stem, &lang))
		return true;
	*use = EVENT_PAGE_SESSION;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (rp_slice_ends(path, texts[i])) {
			*stem = rp_slice_from(path.p, path.n - texts[i].n);
			return stem->n > 0;
		}
	return false;
}

/* One that says nothing of an event is none of ours. */
static enum rp_status
add_page(struct ingest *ingest, struct rp_slice name, struct rp_slice page,
         enum event_page use, struct rp_slice told, struct rp_buf *settings,
         struct rp_error *err)
{
	const size_t before = settings->n;
	enum rp_status st = event_page_settings(page, use, told, settings, err);

	if (st != RP_OK || settings->n == before)
		return st;
	return ingest_attachment(ingest, name, page, err);
}

enum rp_status
sidecar_add_page(struct ingest *ingest, const char *path, struct rp_slice told,
                 struct rp_buf *settings, struct rp_error *err)
{
	static const char *const endings[] = { ".html", ".htm" };
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice stem;
	enum event_page use;
	enum rp_status st = RP_NOT_FOUND;

	buf_init(&name, NAME_MAX_BYTES);
	buf_init(&text, RECORD_MAX_BYTES);
	if (!may_have_page(rp_slice_str(path), &stem, &use))
		return RP_OK;
	for (size_t i = 0; i < 2 && st == RP_NOT_FOUND; i++) {
		buf_clear(&name);
		buf_add(&name, stem);
		buf_add_str(&name, endings[i]);
		buf_add_byte(&name, '\0');
		if (buf_failed(&name))
			return rp_fail(err, RP_BAD_USAGE, "the name is too long");
		st = file_read(name.p, &text, err);
	}
	if (st == RP_OK)
		st = add_page(ingest, rp_slice_str(name.p), buf_slice(&text), use, told,
		              settings, err);
	else if (st != RP_FAILED)
		st = RP_OK;
	return st;
}
