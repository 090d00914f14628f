#include "cmd/sidecar.h"

#include "core/base/file.h"
#include "core/collect/options.h"

enum { SIDECAR_MAX_BYTES = 1 << 20 };

enum rp_status
sidecar_add(struct ingest *ingest, const char *path, struct rp_buf *settings,
            struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st;

	buf_init(&name, 1 << 16);
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
