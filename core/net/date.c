/* Times in headers. */
#include "core/base/date.h"

#include "core/base/ascii.h"
#include "core/net/retry.h"

bool
http_date(struct rp_slice text, int64_t *out)
{
	const struct date_context context = { .zone = NULL };
	struct rp_time time;

	text = rp_slice_trim(text);
	/* Digits alone would be read as seconds since 1970. */
	if (text.n == ascii_digits(text) || !date_read(text, &context, &time, NULL) ||
	    !rp_time_exact(time))
		return false;
	*out = time.lo;
	return true;
}
