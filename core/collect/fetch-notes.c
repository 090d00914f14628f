#include "core/collect/fetch-notes.h"

#include <inttypes.h>
#include <stdio.h>

/* Bytes that a line can have; of a word no blank either. */
static bool
is_made_well(struct rp_slice text, unsigned char above)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] <= above || text.p[i] == 0x7f)
			return false;
	return text.n <= NOTE_MAX_BYTES;
}

/* "NAME SUBJECT VALUE" in three. */
static bool
take_apart(struct rp_slice line, struct rp_slice *name, struct rp_slice *subject,
           struct rp_slice *value)
{
	*name = rp_slice_cut(&line, ' ');
	*subject = rp_slice_cut(&line, ' ');
	*value = line;
	return name->n > 0 && subject->n > 0 && value->n > 0;
}

void
notes_init(struct notes *notes, const char *version, struct rp_slice cursor)
{
	struct rp_slice rest = cursor, line, name, subject, value;

	buf_init(&notes->text, NOTES_MAX_BYTES);
	buf_add_str(&notes->text, version);
	buf_add_byte(&notes->text, '\n');
	notes->head = notes->text.n;
	if (cursor.n > NOTES_MAX_BYTES ||
	    !rp_slice_eq(rp_slice_cut(&rest, '\n'), rp_slice_str(version)))
		return;
	while (rest.n > 0) {
		line = rp_slice_cut(&rest, '\n');
		if (!take_apart(line, &name, &subject, &value) ||
		    !is_made_well(name, ' ') || !is_made_well(subject, ' ') ||
		    !is_made_well(value, 0x1f))
			continue;
		buf_add(&notes->text, line);
		buf_add_byte(&notes->text, '\n');
	}
}

void
notes_done(struct notes *notes)
{
	buf_done(&notes->text);
}

/* The line at *at, which is moved behind it. */
static bool
next_line(const struct notes *notes, size_t *at, struct rp_slice *line)
{
	struct rp_slice rest;

	if (*at < notes->head)
		*at = notes->head;
	if (*at >= notes->text.n)
		return false;
	rest = rp_slice_skip(buf_slice(&notes->text), *at);
	*line = rp_slice_cut(&rest, '\n');
	*at += line->n + 1;
	return true;
}

bool
notes_each(const struct notes *notes, const char *name, size_t *at,
           struct rp_slice *subject_out, struct rp_slice *value_out)
{
	struct rp_slice line, is;

	while (next_line(notes, at, &line))
		if (take_apart(line, &is, subject_out, value_out) &&
		    rp_slice_eq(is, rp_slice_str(name)))
			return true;
	return false;
}

struct rp_slice
notes_get(const struct notes *notes, const char *name, struct rp_slice subject)
{
	struct rp_slice of, value;
	size_t at = 0;

	while (notes_each(notes, name, &at, &of, &value))
		if (rp_slice_eq(of, subject))
			return value;
	return RP_SLICE("");
}

/* Take the line out that ends before `end`. */
static void
cut_out(struct notes *notes, size_t begin, size_t end)
{
	memmove(notes->text.p + begin, notes->text.p + end, notes->text.n - end);
	notes->text.n -= end - begin;
}

void
notes_drop(struct notes *notes, const char *name, struct rp_slice subject)
{
	struct rp_slice line, is, of, value;
	size_t at = 0, begin = notes->head;

	for (; next_line(notes, &at, &line); begin = at) {
		if (!take_apart(line, &is, &of, &value) ||
		    !rp_slice_eq(is, rp_slice_str(name)) || !rp_slice_eq(of, subject))
			continue;
		cut_out(notes, begin, at);
		at = begin;
	}
}

void
notes_set(struct notes *notes, const char *name, struct rp_slice subject,
          struct rp_slice value)
{
	CLEANUP(buf_done) struct rp_buf line;

	/* What is noted now may be what the arguments are borrowed from. */
	buf_init(&line, (size_t)3 * NOTE_MAX_BYTES);
	buf_printf(&line, "%s ", name);
	buf_add(&line, subject);
	buf_add_byte(&line, ' ');
	buf_add(&line, value);
	buf_add_byte(&line, '\n');
	if (subject.n == 0 || value.n == 0 || !is_made_well(subject, ' ') ||
	    !is_made_well(value, 0x1f) || buf_failed(&line))
		line.n = 0;
	notes_drop(notes, name, subject);
	if (line.n > 0 && notes->text.n + line.n <= NOTES_MAX_BYTES)
		buf_add(&notes->text, buf_slice(&line));
}

void
notes_set_number(struct notes *notes, const char *name, struct rp_slice subject,
                 int64_t number)
{
	char digits[24];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, number);
	notes_set(notes, name, subject, rp_slice_str(digits));
}

void
notes_trim(struct notes *notes, const char *name, size_t most)
{
	struct rp_slice line, subject, value;
	size_t n = 0, at = 0, begin;

	while (notes_each(notes, name, &at, &subject, &value))
		n++;
	for (begin = at = notes->head; n > most && next_line(notes, &at, &line);
	     begin = at) {
		if (!rp_slice_eq(rp_slice_cut(&line, ' '), rp_slice_str(name)))
			continue;
		cut_out(notes, begin, at);
		at = begin;
		n--;
	}
}

struct rp_slice
note_word(struct rp_slice *value)
{
	return rp_slice_cut(value, ' ');
}

int64_t
note_number(struct rp_slice *value, int64_t otherwise)
{
	struct rp_slice word = note_word(value);
	bool minus = rp_slice_starts(word, RP_SLICE("-"));
	uint64_t number;

	if (!rp_slice_u64(rp_slice_skip(word, minus), &number) || number > INT64_MAX)
		return otherwise;
	return minus ? -(int64_t)number : (int64_t)number;
}
