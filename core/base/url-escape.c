#include "core/base/ascii.h"
#include "core/base/url.h"

static bool
is_one_of(char c, const char *bytes)
{
	return c != '\0' && strchr(bytes, c) != NULL;
}

static bool
is_unreserved(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || is_one_of(c, "-._~");
}

void
url_escape_byte(struct rp_buf *out, char byte)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_add_byte(out, '%');
	buf_add_byte(out, digits[(unsigned char)byte >> 4]);
	buf_add_byte(out, digits[(unsigned char)byte & 15]);
}

void
url_escape(struct rp_buf *out, struct rp_slice text, const char *also)
{
	for (size_t i = 0; i < text.n; i++)
		if (is_unreserved(text.p[i]) || is_one_of(text.p[i], also))
			buf_add_byte(out, text.p[i]);
		else
			url_escape_byte(out, text.p[i]);
}

bool
url_is_escaped(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!is_unreserved(text.p[i]) && text.p[i] != '%')
			return false;
	return text.n > 0;
}

bool
url_is_root(struct rp_slice url)
{
	struct rp_slice rest =
		rp_slice_starts(url, RP_SLICE("https://"))  ? rp_slice_skip(url, 8)
		: rp_slice_starts(url, RP_SLICE("http://")) ? rp_slice_skip(url, 7)
							    : RP_SLICE("");

	for (size_t i = 0; i < rest.n; i++)
		if ((unsigned char)rest.p[i] <= ' ' || (unsigned char)rest.p[i] >= 0x7f ||
		    is_one_of(rest.p[i], "@?#\\\"<>"))
			return false;
	return rest.n > 0 && rest.n < 500 && rest.p[0] != '/' && rest.p[0] != ':';
}
