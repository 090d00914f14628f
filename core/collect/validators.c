#include "core/collect/validators.h"

#include "core/base/hash.h"

#include <inttypes.h>

enum { VALUE_MAX_BYTES = 1024 };

static const int64_t full_every = 7 * RP_DAY;

static bool
read_number(struct rp_slice value, int64_t *out)
{
	uint64_t number;

	if (rp_slice_u64(value, &number) && number <= INT64_MAX)
		*out = (int64_t)number;
	return true;
}

bool
validators_line(struct validators *v, struct rp_slice key, struct rp_slice value)
{
	if (rp_slice_eq(key, RP_SLICE("etag")))
		v->etag = value;
	else if (rp_slice_eq(key, RP_SLICE("modified")))
		v->modified = value;
	else if (rp_slice_eq(key, RP_SLICE("body")))
		(void)rp_slice_u64(value, &v->body);
	else if (rp_slice_eq(key, RP_SLICE("full")))
		return read_number(value, &v->full);
	else
		return false;
	return true;
}

static void
add_line(struct rp_buf *out, const char *key, struct rp_slice value)
{
	if (value.n > 0)
		buf_printf(out, "%s=%.*s\n", key, RP_FMT(value));
}

void
validators_write(const struct validators *v, struct rp_buf *out)
{
	add_line(out, "etag", v->etag);
	add_line(out, "modified", v->modified);
	if (v->body != 0)
		buf_printf(out, "body=%" PRIu64 "\n", v->body);
	if (v->full > 0)
		buf_printf(out, "full=%" PRId64 "\n", v->full);
}

static void
add_header(struct fetch_request *request, const char *name, struct rp_slice value)
{
	if (value.n > 0 && request->n_headers < FETCH_HEADERS_MAX)
		request->headers[request->n_headers++] =
			(struct fetch_header){ name, value };
}

void
validators_ask(struct validators *v, int64_t now, struct fetch_request *request)
{
	v->asked = v->etag.n + v->modified.n > 0 && v->full > 0 && now >= v->full &&
	           now - v->full < full_every;
	if (!v->asked)
		return;
	add_header(request, "If-None-Match", v->etag);
	add_header(request, "If-Modified-Since", v->modified);
}

/* What can be sent back and stands on one line of a cursor. */
static struct rp_slice
usable(struct arena *arena, struct rp_slice value)
{
	struct rp_slice copy;

	value = rp_slice_trim(value);
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
			return RP_SLICE("");
	if (value.n > VALUE_MAX_BYTES || !arena_copy(arena, value, &copy))
		return RP_SLICE("");
	return copy;
}

/* A 304 may have new ones, and most have none. */
static void
refresh(struct validators *v, struct arena *arena, const struct fetch_answer *answer)
{
	const struct rp_slice etag = usable(arena, answer->header(answer, "ETag"));
	const struct rp_slice modified =
		usable(arena, answer->header(answer, "Last-Modified"));

	if (answer->status != 304 || etag.n > 0)
		v->etag = etag;
	if (answer->status != 304 || modified.n > 0)
		v->modified = modified;
}

enum validators_verdict
validators_heard(struct validators *v, struct arena *arena,
                 const struct fetch_answer *answer)
{
	const uint64_t before = v->body;

	if (answer->status == 304 && !v->asked)
		return VALIDATORS_ODD;
	refresh(v, arena, answer);
	if (answer->status == 304)
		return VALIDATORS_SAME;
	v->body = hash_stable(answer->body);
	if (!v->asked)
		v->full = answer->at;
	return before != 0 && v->body == before ? VALIDATORS_SAME : VALIDATORS_NEW;
}

void
validators_forget(struct validators *v)
{
	*v = (struct validators){ .body = 0 };
}
