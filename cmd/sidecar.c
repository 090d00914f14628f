#include "cmd/sidecar.h"

#include "core/base/file.h"
#include "core/collect/bundle.h"
#include "core/collect/options.h"
#include "core/collect/ytdlp.h"

#include <string.h>

enum {
	SIDECAR_MAX_BYTES = 1 << 20,
	OWNER_MAX_BYTES = 4 << 20,
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

enum rp_status
sidecar_add_owner(const char *path, struct rp_buf *settings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	const char *const slash = strrchr(path, '/');
	const struct rp_slice folder =
		rp_slice_from(path, slash ? (size_t)(slash + 1 - path) : 0);
	enum rp_status st;

	buf_init(&name, 1 << 16);
	buf_init(&text, OWNER_MAX_BYTES);
	if (!bundle_has_owner(rp_slice_str(path)))
		return RP_OK;
	for (const char *const *file = bundle_owner_files; *file != NULL; file++) {
		buf_clear(&name);
		buf_clear(&text);
		buf_add(&name, folder);
		buf_add_str(&name, *file);
		buf_add_byte(&name, '\0');
		if (buf_failed(&name))
			return rp_fail(err, RP_BAD_USAGE, "the name is too long");
		st = file_read(name.p, &text, err);
		if (st == RP_FAILED)
			return st;
		if (st == RP_OK && bundle_owner(buf_slice(&text), settings))
			return RP_OK;
	}
	return RP_OK;
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
