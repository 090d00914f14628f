#include "core/config/ini.h"

#include "core/base/utf8.h"

#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

enum {
	LINE_ROOM = 8192 + 3, /* with the end of line and NUL that inih counts */
	ENTRIES_AT_ONCE = 1 << 14,
};

/*
 * inih is fed line by line, which tells us the number of the line whatever the library
 * was built with, and lets us keep the whole name of a section: it cuts them at 49 bytes.
 */
struct reading {
	struct arena *arena;
	struct rp_slice rest;
	uint32_t line;
	struct rp_slice section;
	struct ini_entry *entries;
	size_t n, room;
	size_t refusals; /* before the first line */
	enum rp_status status;
	struct rp_error *err;
};

static bool
stop(struct reading *r, const char *why)
{
	if (r->status == RP_OK)
		r->status = rp_memory_refusals() > r->refusals
		                    ? rp_fail_memory(r->err)
		                    : rp_fail(r->err, RP_BAD_CONFIG, "line %u: %s",
		                              r->line, why);
	return false;
}

/* Of an ordinary file, which then need not be moved as it grows. */
static size_t
entries_at_most(struct rp_slice rest)
{
	size_t n = 1;

	for (; rest.n > 0 && n < ENTRIES_AT_ONCE; n++)
		(void)rp_slice_cut(&rest, '\n');
	return n;
}

static bool
add_entry(struct reading *r, struct rp_slice key, struct rp_slice value)
{
	struct ini_entry *entry;

	if (r->n == r->room) {
		size_t room = r->room ? r->room * 2 : entries_at_most(r->rest);
		struct ini_entry *more =
			arena_grow(r->arena, r->entries, r->n, room, sizeof(*r->entries));

		if (more == NULL)
			return stop(r, "the file is too large");
		r->entries = more;
		r->room = room;
	}
	entry = &r->entries[r->n];
	entry->section = r->section;
	entry->line = r->line;
	if (!arena_copy(r->arena, key, &entry->key) ||
	    !arena_copy(r->arena, value, &entry->value))
		return stop(r, "the file is too large");
	r->n++;
	return true;
}

/* "[Satya Nadella]", the line trimmed. */
static bool
begin_section(struct reading *r, struct rp_slice line)
{
	size_t end = rp_slice_find_byte(line, ']');
	struct rp_slice name = rp_slice_trim(rp_slice_from(line.p + 1, end - 1));
	struct rp_slice behind = rp_slice_trim(rp_slice_skip(line, end + 1));

	if (end == line.n)
		return stop(r, "a section without its ]");
	if (name.n == 0)
		return stop(r, "a section without a name");
	if (behind.n > 0 && behind.p[0] != ';' && behind.p[0] != '#')
		return stop(r, "there is something behind the ] of the section");
	if (!arena_copy(r->arena, name, &r->section))
		return stop(r, "the file is too large");
	return add_entry(r, RP_SLICE(""), RP_SLICE(""));
}

static bool
check_line(struct reading *r, struct rp_slice line, size_t max_bytes)
{
	char why[64];

	if (line.n > max_bytes) {
		(void)snprintf(why, sizeof(why), "longer than %zu bytes", max_bytes);
		return stop(r, why);
	}
	if (rp_slice_find_byte(line, '\0') != line.n)
		return stop(r, "holds a NUL byte");
	if (!utf8_valid(line))
		return stop(r, "not valid UTF-8");
	return line.n == 0 || line.p[0] != '[' || begin_section(r, line);
}

/*
 * inih's idea of fgets().  Blanks in front are not passed on: they would make the line a
 * continuation of the last value.
 */
static char *
next_line(char *into, int size, void *context)
{
	struct reading *r = context;
	struct rp_slice line;

	if (r->status != RP_OK || r->rest.n == 0 || size < 4)
		return NULL;
	r->line++;
	line = rp_slice_trim(rp_slice_cut(&r->rest, '\n'));
	if (!check_line(r, line, (size_t)size - 3))
		return NULL;
	if (line.n > 0)
		memcpy(into, line.p, line.n);
	memcpy(into + line.n, "\n", 2);
	return into;
}

static int
take_entry(struct reading *r, const char *key, const char *value)
{
	if (r->status != RP_OK)
		return 0;
	if (*key == '\0')
		return stop(r, "a value without a key");
	return add_entry(r, rp_slice_str(key), rp_slice_str(value));
}

#if INI_HANDLER_LINENO
static int
handle(void *context, const char *section, const char *key, const char *value, int line)
{
	(void)section;
	(void)line;
	return take_entry(context, key, value ? value : "");
}
#else
static int
handle(void *context, const char *section, const char *key, const char *value)
{
	(void)section;
	/* Builds that announce sections do so without a key:
	 * we have seen them already. */
	return key == NULL ? 1 : take_entry(context, key, value ? value : "");
}
#endif

enum rp_status
ini_read(struct arena *arena, struct rp_slice text, struct ini *out, struct rp_error *err)
{
	struct reading r = {
		.arena = arena, .rest = text, .refusals = rp_memory_refusals(), .err = err
	};
	int bad_line;

#ifdef RIPOSTE_INI_MAX_LINE
	ini_max_line = LINE_ROOM;
#endif
	if (rp_slice_starts(r.rest, RP_SLICE("\xef\xbb\xbf")))
		r.rest = rp_slice_skip(r.rest, 3);
	bad_line = ini_parse_stream(next_line, &r, handle, &r);
	if (r.status != RP_OK)
		return r.status;
	if (bad_line < 0)
		return rp_fail_memory(err);
	if (bad_line > 0)
		return rp_fail(err, RP_BAD_CONFIG,
		               "line %d: neither a [section] nor a key = value",
		               bad_line);
	*out = (struct ini){ r.entries, r.n };
	return RP_OK;
}

enum rp_status
ini_complain(struct rp_error *err, const struct ini_entry *entry, const char *format, ...)
{
	char text[sizeof(err->text)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return rp_fail(err, RP_BAD_CONFIG, "line %u: %s", entry->line, text);
}
