/*
 * Any bytes as a date, as an address and as a text in some encoding: what is read keeps
 * within its bounds, and what was cleaned once stays as it is.
 */
#include "core/base/charset.h"
#include "core/base/date.h"
#include "core/base/url.h"
#include "core/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CEILING = 16 << 20 };

static void
require(bool truth, const char *what)
{
	if (truth)
		return;
	(void)fprintf(stderr, "fuzz-date: %s\n", what);
	abort();
}

static void
try_date(struct rp_slice text)
{
	const struct date_context context = { NULL, RP_BASIS_ARTICLE };
	struct rp_time t;
	unsigned flags;

	if (date_read(text, &context, &t, &flags)) {
		require(t.lo <= t.hi, "bounds");
		require(t.precision != RP_PRECISION_UNKNOWN, "precision");
		require(t.hi - t.lo < 400 * RP_DAY, "too wide");
		require(rp_time_to_civil(t.lo).year >= 0, "year");
		require(rp_time_to_civil(t.hi).year <= 9999, "year");
	}
	if (date_find_relative(text, INT64_C(1768986000) * RP_SECOND, &context, &t)) {
		require(t.lo < t.hi, "bounds of a word");
		require(t.precision == RP_PRECISION_DAY, "precision of a word");
	}
	(void)date_find_relative(text, RP_TIME_UNKNOWN, &context, &t);
}

static void
try_url(struct arena *arena, struct rp_slice text)
{
	struct rp_slice once, twice, rest = text, base = rp_slice_cut(&rest, '\n');
	struct url_meaning meaning;
	int64_t at_s;

	require(url_clean(arena, text, &once), "no room to clean");
	require(url_clean(arena, once, &twice), "no room to clean twice");
	require(rp_slice_eq(once, twice), "cleaned twice");
	require(url_clean_at(arena, text, &once, &at_s) && at_s >= 0, "canonical");
	require(url_resolve(arena, base, rest, &once), "no room to resolve");
	require(once.n == 0 || utf8_valid(once), "resolved to no text");
	require(url_meaning(arena, text, &meaning), "no room for a meaning");
	require((meaning.kind == URL_POST) == (meaning.key.n > 0), "key");
}

static void
try_charset(struct rp_slice text)
{
	struct rp_slice bytes = text, name = rp_slice_cut(&bytes, '\n');
	CLEANUP(buf_done) struct rp_buf out;
	size_t mark;

	buf_init(&out, CEILING);
	(void)charset_of_mark(text, &mark);
	require(mark <= text.n, "mark");
	if (!charset_read(&out, bytes, name, false))
		require(out.n == 0, "not as it was");
	require(buf_failed(&out) || utf8_valid(buf_slice(&out)), "no UTF-8");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_slice text = rp_slice_from((const char *)data, size);
	CLEANUP(arena_free) struct arena *arena = arena_new(CEILING);

	require(arena != NULL, "no memory");
	try_date(text);
	try_url(arena, text);
	try_charset(text);
	return 0;
}
