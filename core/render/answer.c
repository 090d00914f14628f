#include "core/render/answer.h"

#include "core/base/utf8.h"

enum { CERTIFICATE_SHOWN = 16 };

static void
part(struct rp_buf *out, const char *what, struct rp_slice value)
{
	if (value.n == 0)
		return;
	buf_add_str(out, what);
	utf8_show(out, value, true);
}

void
answer_line(struct rp_buf *out, const struct answer *answer)
{
	struct rp_slice certificate = answer->certificate;

	part(out, "fetched ", answer->fetched);
	part(out, ", as it was on ", answer->as_of);
	part(out, ", asked for ", answer->asked);
	part(out, ", status ", answer->status);
	part(out, ", from ", answer->url);
	part(out, ", server's date ", answer->date);
	part(out, ", type ", answer->type);
	part(out, ", server ", answer->server);
	part(out, ", address ", answer->address);
	if (certificate.n > CERTIFICATE_SHOWN)
		certificate.n = CERTIFICATE_SHOWN;
	part(out, ", certificate ", certificate);
	if (answer->masked)
		buf_add_str(out, ", our secret in it blotted out");
}

static void
field(struct jsonw *w, const char *name, struct rp_slice value)
{
	if (value.n > 0)
		jsonw_field_text(w, name, value);
}

void
answer_member(struct jsonw *w, const struct capture *capture)
{
	struct answer answer;
	uint64_t status;

	if (!answer_read(capture->options, &answer))
		return;
	if (!rp_slice_u64(answer.status, &status))
		status = 200;
	jsonw_key(w, "answer");
	jsonw_object(w);
	jsonw_field_text(w, "fetched", answer.fetched);
	jsonw_field_text(w, "url", answer.url.n > 0 ? answer.url : capture->name);
	jsonw_field_int(w, "status", (int64_t)(status % 1000));
	field(w, "asked", answer.asked);
	field(w, "as_of", answer.as_of);
	field(w, "date", answer.date);
	field(w, "type", answer.type);
	field(w, "server", answer.server);
	field(w, "etag", answer.etag);
	field(w, "modified", answer.modified);
	field(w, "address", answer.address);
	field(w, "certificate", answer.certificate);
	if (answer.masked)
		jsonw_field_bool(w, "masked", true);
	jsonw_end_object(w);
}
