#include "core/base/base64.h"

static int
digit_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void
base64_write(struct rp_buf *out, struct rp_slice bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0;
	unsigned n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (n += 8; n >= 6; n -= 6)
			buf_add_byte(out, digits[bits >> (n - 6) & 63]);
	}
	if (n > 0)
		buf_add_byte(out, digits[bits << (6 - n) & 63]);
}

bool
base64_read(struct rp_buf *out, struct rp_slice text, bool strict)
{
	uint32_t bits = 0;
	unsigned n = 0;
	int digit;

	while (text.n > 0 && text.p[text.n - 1] == '=')
		text.n--;
	for (size_t i = 0; i < text.n; i++) {
		digit = digit_of(text.p[i]);
		if (digit < 0 && strict)
			return false;
		if (digit < 0)
			continue;
		bits = bits << 6 | (uint32_t)digit;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		buf_add_byte(out, (char)(unsigned char)(bits >> n & 255));
	}
	return true;
}
