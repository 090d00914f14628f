/*
 * A number to the base 36, digit for digit as JavaScript writes it: as many digits behind
 * the point as tell it from its neighbours, the last one rounded.
 */
#include "core/collect/fetch-embed.h"

enum { BASE = 36, DIGITS_MAX = 80 };

#define PI 3.141592653589793

struct digits {
	unsigned char digit[DIGITS_MAX]; /* behind the point */
	size_t n;
};

/* Half of what lies between it and the next greater number. */
static double
half_step(double x)
{
	uint64_t bits;
	double next;

	memcpy(&bits, &x, sizeof(bits));
	bits++;
	memcpy(&next, &bits, sizeof(next));
	return (next - x) / 2;
}

/* One more at the last place; true: it went through to the front of the point. */
static bool
round_up(struct digits *d)
{
	while (d->n > 0) {
		if (d->digit[d->n - 1] + 1 < BASE) {
			d->digit[d->n - 1]++;
			return false;
		}
		d->n--;
	}
	return true;
}

static bool
fraction_digits(double rest, double step, struct digits *d)
{
	while (rest >= step && d->n < DIGITS_MAX) {
		rest *= BASE;
		step *= BASE;
		d->digit[d->n] = (unsigned char)rest;
		rest -= d->digit[d->n];
		d->n++;
		if ((rest > 0.5 || (rest >= 0.5 && d->digit[d->n - 1] % 2 != 0)) &&
		    rest + step > 1)
			return round_up(d);
	}
	return false;
}

static void
add_digit(struct rp_buf *out, unsigned digit)
{
	if (digit > 0)
		buf_add_byte(out, "0123456789abcdefghijklmnopqrstuvwxyz"[digit]);
}

void
embed_token(struct rp_buf *out, uint64_t id)
{
	const double x = (double)id / 1e15 * PI;
	uint64_t whole = (uint64_t)x;
	struct digits behind = { .n = 0 };
	unsigned char front[16];
	size_t n = 0;

	if (fraction_digits(x - (double)whole, half_step(x), &behind))
		whole++;
	for (; whole > 0; whole /= BASE)
		front[n++] = (unsigned char)(whole % BASE);
	while (n > 0)
		add_digit(out, front[--n]);
	for (size_t i = 0; i < behind.n; i++)
		add_digit(out, behind.digit[i]);
}
