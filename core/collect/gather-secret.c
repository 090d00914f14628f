/*
 * Our own secret, sent back to us in pieces: with a tag, an entity or something that
 * nobody sees in between.  Whoever reads the text would put it together again, so that
 * there is nothing to blot out in the bytes.
 *
 * A page may be escaped several times over (HTML in JSON, HTML in a feed), so what is
 * found behind entities and escapes is looked through once more, and so on.
 */
#include "core/base/ascii.h"
#include "core/collect/gather-line.h"
#include "core/config/secret.h"
#include "core/parse/html-entity.h"

enum { ROUNDS = 4, TAG_BYTES = 1000 };

/* Secrets are of visible letters of ASCII: others in between are left out. */
static void
add(struct rp_buf *out, int32_t code)
{
	if (code == ' ' || code == '\n' || code == '\t')
		buf_add_byte(out, ' ');
	else if (code > ' ' && code < 0x7f)
		buf_add_byte(out, (char)code);
}

static int
hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What JSON escapes, at the front of the text; its length, or 0. */
static size_t
json_escape(struct rp_slice text, int32_t *code_out)
{
	if (text.n < 2 || text.p[0] != '\\')
		return 0;
	*code_out = (unsigned char)text.p[1];
	if (memchr("\"\\/", text.p[1], 3) != NULL)
		return 2;
	*code_out = ' ';
	if (memchr("nrt", text.p[1], 3) != NULL)
		return 2;
	if (text.p[1] != 'u' || text.n < 6)
		return 0;
	*code_out = 0;
	for (size_t i = 2; i < 6; i++) {
		if (hex(text.p[i]) < 0)
			return 0;
		*code_out = 16 * *code_out + hex(text.p[i]);
	}
	return 6;
}

/* A tag or a comment at the front of the text; 0: none, or one that is longer than any.
 */
static size_t
tag(struct rp_slice text)
{
	const bool comment = rp_slice_starts(text, RP_SLICE("<!--"));
	char quote = '\0';

	if (text.n < 2 || text.p[0] != '<' ||
	    (!ascii_is_letter(text.p[1]) && memchr("/!?", text.p[1], 3) == NULL))
		return 0;
	for (size_t i = 1; i < text.n && i < TAG_BYTES; i++) {
		const char c = text.p[i];

		if (comment ? c == '>' && memcmp(text.p + i - 2, "--", 2) == 0
		            : c == '>' && quote == '\0')
			return i + 1;
		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if ((c == '"' || c == '\'') && text.p[i - 1] == '=')
			quote = c;
	}
	return 0;
}

/* The text with what escapes and entities mean, which is never longer. */
static void
unfold(struct rp_slice text, bool tags, struct rp_buf *out)
{
	buf_clear(out);
	while (text.n > 0) {
		struct html_entity entity = { .n = 0 };
		int32_t code = 0;
		size_t n = tags ? 0 : tag(text);

		if (n == 0 && (n = json_escape(text, &code)) > 0)
			add(out, code);
		else if (n == 0 && text.p[0] == '&' &&
		         (n = html_entity_read(text, false, &entity)) > 0)
			for (size_t i = 0; i < entity.n; i++)
				add(out, entity.codes[i]);
		else if (n == 0) {
			add(out, (unsigned char)text.p[0]);
			n = 1;
		}
		text = rp_slice_skip(text, n);
	}
}

static bool
was_told(const struct line *line)
{
	const struct secrets *secrets = line->gather->options.secrets;
	const struct fetch_request *request = &line->request;
	bool told = (request->authorised && line->source->token.n > 0) ||
	            secrets_in(secrets, request->url);

	for (size_t i = 0; !told && i < request->n_headers; i++)
		told = secrets_in(secrets, request->headers[i].value);
	return told;
}

bool
answer_hides_secret(const struct line *line, struct rp_slice body)
{
	const struct secrets *secrets = line->gather->options.secrets;
	CLEANUP(buf_done) struct rp_buf bare;
	struct rp_buf texts[2];
	bool found = false;

	buf_init(&bare, body.n + 1);
	buf_init(&texts[0], body.n + 1);
	buf_init(&texts[1], body.n + 1);
	for (int i = 0; secrets != NULL && was_told(line) && i < ROUNDS && !found; i++) {
		struct rp_buf *text = &texts[i % 2];
		const size_t before = body.n;

		unfold(body, false, &bare);
		unfold(body, true, text);
		body = buf_slice(text);
		/* Without memory nobody knows. */
		found = buf_failed(&bare) || buf_failed(text) ||
		        secrets_in(secrets, buf_slice(&bare)) ||
		        secrets_in(secrets, body);
		if (body.n == before)
			break;
	}
	buf_done(&texts[0]);
	buf_done(&texts[1]);
	return found;
}
