/*
 * The names of a config file's sources, without reading the file.
 *
 * Of a file that was read and checked before, and has not changed since, that is all that
 * a run needs that has nothing to do.
 */
#include "core/base/ascii.h"
#include "core/base/file.h"
#include "core/base/time.h"
#include "core/config/settings.h"

#include <stdlib.h>
#include <sys/stat.h>

/* How long ago the file, or anything of it, was changed: nobody can set that back. */
static enum rp_status
when_changed(const char *path, int64_t *out)
{
	struct stat is;

	if (stat(path, &is) != 0)
		return RP_NOT_FOUND;
	*out = (int64_t)is.st_ctim.tv_sec * RP_SECOND + is.st_ctim.tv_nsec / 1000;
	return RP_OK;
}

/* Only blanks stand between here and the line's beginning. */
static bool
begins_line(struct rp_slice text, size_t at)
{
	while (at > 0 && text.p[at - 1] != '\n' && ascii_is_blank(text.p[at - 1]))
		at--;
	return at == 0 || text.p[at - 1] == '\n';
}

/* "source NAME]"; false: one that is not to be told at a glance. */
static bool
add_name(struct arena *arena, struct rp_slice line, struct config_names *out,
         size_t *room)
{
	const size_t end = rp_slice_find_byte(line, ']');
	struct rp_slice name = rp_slice_trim(rp_slice_from(line.p, end)), *names;

	if (end == line.n)
		return false;
	if (!rp_slice_eq(rp_slice_cut(&name, ' '), RP_SLICE("source")))
		return true; /* of another kind: or it was an error when it was read */
	names = arena_room(arena, out->names, out->n, room, sizeof(*names));
	if (names == NULL)
		return false;
	out->names = names;
	names[out->n++] = rp_slice_trim(name);
	return true;
}

static bool
find_names(struct arena *arena, struct rp_slice text, struct config_names *out)
{
	size_t room = 0, at = 0;

	/* A mark in front would hide the first section. */
	if (text.n == 0 || (unsigned char)text.p[0] >= 0x80)
		return false;
	while ((at += rp_slice_find_byte(rp_slice_skip(text, at), '[')) < text.n) {
		struct rp_slice rest = rp_slice_skip(text, ++at);

		if (begins_line(text, at - 1) &&
		    !add_name(arena, rp_slice_cut(&rest, '\n'), out, &room))
			return false;
	}
	return out->n > 0;
}

static int
by_name(const void *a, const void *b)
{
	return rp_slice_cmp(*(const struct rp_slice *)a, *(const struct rp_slice *)b);
}

static void
put_in_order(struct config_names *names)
{
	for (size_t i = 1; i < names->n; i++)
		if (by_name(&names->names[i - 1], &names->names[i]) > 0) {
			qsort(names->names, names->n, sizeof(*names->names), by_name);
			return;
		}
}

enum rp_status
config_names(struct arena *arena, const char *path, struct config_names *out)
{
	struct config_names names = { .n = 0 };
	struct rp_error err = { .status = RP_OK };
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice kept;

	buf_init(&text, CONFIG_MAX_BYTES);
	if (file_read(path, &text, &err) != RP_OK ||
	    when_changed(path, &names.changed) != RP_OK ||
	    !arena_copy(arena, buf_slice(&text), &kept) ||
	    !find_names(arena, kept, &names))
		return RP_NOT_FOUND;
	put_in_order(&names);
	*out = names;
	return RP_OK;
}
