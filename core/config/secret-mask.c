#include "core/base/ascii.h"
#include "core/base/base64.h"
#include "core/config/secrets.h"

#include <stdlib.h>

enum { FORM_MIN_BYTES = 4, IN_THREES = 3 };

static bool
add_form(struct secrets *secrets, struct secret_form form)
{
	unsigned char first;

	if (form.text.n < FORM_MIN_BYTES)
		return true;
	if (secrets->n_forms == secrets->forms_room) {
		size_t room = secrets->forms_room ? 2 * secrets->forms_room : 8;
		struct secret_form *forms =
			reallocarray(secrets->forms, room, sizeof(*forms));

		if (forms == NULL)
			return false;
		secrets->forms = forms;
		secrets->forms_room = room;
	}
	secrets->forms[secrets->n_forms++] = form;
	first = (unsigned char)form.text.p[0];
	secrets->begins[first] = secrets->begins['%'] = secrets->begins['\\'] = true;
	if (form.base64 && first == '+')
		secrets->begins['-'] = true;
	if (form.base64 && first == '/')
		secrets->begins['_'] = true;
	return true;
}

static void
wipe(struct rp_buf *buf)
{
	if (buf->p != NULL)
		explicit_bzero(buf->p, buf->cap);
	buf_done(buf);
}

/*
 * The letters that follow from the secret alone where `offset` bytes stand before it in a
 * group of three; those at both ends may have bits of what stands beside it as well.
 */
static bool
add_base64(struct secrets *secrets, struct rp_slice secret, size_t offset)
{
	size_t from = (8 * offset + 5) / 6, to = 8 * (offset + secret.n) / 6;
	char *room = secrets_room(secrets, to - from);
	struct rp_buf bytes, letters;
	bool ok;

	buf_init(&bytes, secret.n + IN_THREES);
	buf_init(&letters, 2 * secret.n + 8);
	/* In one piece each, so that no copy is left behind by growing. */
	ok = room != NULL && buf_reserve(&bytes, secret.n + IN_THREES) != NULL &&
	     buf_reserve(&letters, 2 * secret.n + 8) != NULL;
	if (ok) {
		buf_add(&bytes, rp_slice_from("\0\0", offset));
		buf_add(&bytes, secret);
		base64_write(&letters, buf_slice(&bytes));
		ok = !buf_failed(&letters);
	}
	if (ok) {
		memcpy(room, letters.p + from, to - from);
		ok = add_form(secrets, (struct secret_form){
					       .text = rp_slice_from(room, to - from),
					       .base64 = true,
					       .before = offset > 0,
					       .after = (8 * (offset + secret.n)) % 6 > 0,
				       });
	}
	wipe(&bytes);
	wipe(&letters);
	return ok;
}

bool
secrets_add_forms(struct secrets *secrets, struct rp_slice secret)
{
	bool ok = add_form(secrets, (struct secret_form){ .text = secret });

	for (size_t offset = 0; ok && offset < IN_THREES; offset++)
		ok = add_base64(secrets, secret, offset);
	return ok;
}

/* ---- looking for them ------------------------------------------------------------ */

static int
hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that an escape at the front of text means, and how long it is; -1: none. */
static int
escaped(struct rp_slice text, size_t *n_out)
{
	int value = 0;
	size_t at, n;

	if (text.n < 2)
		return -1;
	if (text.p[0] == '\\' && memchr("\"\\/", text.p[1], 3) != NULL) {
		*n_out = 2;
		return (unsigned char)text.p[1];
	}
	at = text.p[0] == '%' ? 1 : 2;
	n = text.p[0] == '%' ? 3 : 6;
	if (text.n < n || (at == 2 && (text.p[0] != '\\' || text.p[1] != 'u')))
		return -1;
	for (; at < n; at++) {
		int digit = hex(text.p[at]);

		if (digit < 0)
			return -1;
		value = 16 * value + digit;
	}
	*n_out = n;
	return value;
}

static bool
same(int c, char wanted, bool base64)
{
	if (c == (unsigned char)wanted)
		return true;
	return base64 && ((c == '-' && wanted == '+') || (c == '_' && wanted == '/'));
}

/* How much of the text's front is the form; 0: it is not.  unescape: what is escaped
 * counts as what it means. */
static size_t
matches(const struct secret_form *form, struct rp_slice text, bool unescape)
{
	size_t at = 0, n = 1;

	for (size_t i = 0; i < form->text.n; i++) {
		struct rp_slice rest = rp_slice_skip(text, at);
		int c = unescape ? escaped(rest, &n) : -1;

		if (rest.n == 0)
			return 0;
		if (c < 0 || !same(c, form->text.p[i], form->base64)) {
			n = 1;
			if (!same((unsigned char)rest.p[0], form->text.p[i],
			          form->base64))
				return 0;
		}
		at += n;
	}
	return at;
}

/* The longest form at the front of the text; its length there. */
static size_t
form_at(const struct secrets *secrets, struct rp_slice text,
        const struct secret_form **form_out)
{
	size_t longest = 0;

	for (size_t i = 0; i < secrets->n_forms; i++) {
		size_t n = matches(&secrets->forms[i], text, false);

		if (n == 0)
			n = matches(&secrets->forms[i], text, true);
		if (n > longest) {
			longest = n;
			*form_out = &secrets->forms[i];
		}
	}
	return longest;
}

static bool
is_base64(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || memchr("+/-_", c, 4) != NULL;
}

static void
blot(char *text, size_t n, size_t at, size_t length, const struct secret_form *form)
{
	memset(text + at, '*', length);
	if (form->before && at > 0 && is_base64(text[at - 1]))
		text[at - 1] = '*';
	if (form->after && at + length < n && is_base64(text[at + length]))
		text[at + length] = '*';
}

size_t
secrets_mask(const struct secrets *secrets, char *text, size_t n)
{
	const struct secret_form *form;
	size_t places = 0, length;

	if (secrets == NULL || secrets->n_forms == 0)
		return 0;
	for (size_t at = 0; at<n; at += length> 0 ? length : 1) {
		length = 0;
		if (!secrets->begins[(unsigned char)text[at]])
			continue;
		length = form_at(secrets, rp_slice_from(text + at, n - at), &form);
		if (length == 0)
			continue;
		blot(text, n, at, length, form);
		places++;
	}
	return places;
}

bool
secrets_in(const struct secrets *secrets, struct rp_slice text)
{
	const struct secret_form *form;

	if (secrets == NULL || secrets->n_forms == 0)
		return false;
	for (size_t at = 0; at < text.n; at++)
		if (secrets->begins[(unsigned char)text.p[at]] &&
		    form_at(secrets, rp_slice_skip(text, at), &form) > 0)
			return true;
	return false;
}
