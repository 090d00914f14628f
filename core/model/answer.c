#include "core/model/answer.h"

#include <stddef.h>

/* clang-format off */
static const struct {
	struct rp_slice key;
	size_t at; /* in struct answer */
} rows[] = {
	{ RP_LIT("fetched"),          offsetof(struct answer, fetched) },
	{ RP_LIT("as_of"),            offsetof(struct answer, as_of) },
	{ RP_LIT("asked"),            offsetof(struct answer, asked) },
	{ RP_LIT("status"),           offsetof(struct answer, status) },
	{ RP_LIT("http.date"),        offsetof(struct answer, date) },
	{ RP_LIT("http.type"),        offsetof(struct answer, type) },
	{ RP_LIT("http.server"),      offsetof(struct answer, server) },
	{ RP_LIT("http.etag"),        offsetof(struct answer, etag) },
	{ RP_LIT("http.modified"),    offsetof(struct answer, modified) },
	{ RP_LIT("http.url"),         offsetof(struct answer, url) },
	{ RP_LIT("http.address"),     offsetof(struct answer, address) },
	{ RP_LIT("http.certificate"), offsetof(struct answer, certificate) },
};
/* clang-format on */

static void
put(struct answer *answer, struct rp_slice key, struct rp_slice value)
{
	char *base = (char *)answer;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rp_slice_eq(key, rows[i].key))
			*(struct rp_slice *)(void *)(base + rows[i].at) = value;
	if (rp_slice_eq(key, RP_SLICE("masked")))
		answer->masked = true;
}

bool
answer_read(struct rp_slice options, struct answer *out)
{
	struct answer answer = { .masked = false };
	struct rp_slice line;

	while (options.n > 0) {
		line = rp_slice_cut(&options, '\n');
		put(&answer, rp_slice_cut(&line, '='), line);
	}
	*out = answer;
	return answer.fetched.n > 0;
}
