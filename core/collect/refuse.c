#include "core/collect/refuse.h"

#include "core/collect/bundle.h"
#include "core/parse/archive.h"
#include "core/parse/json.h"

/* A collector that is as sure has seen a signature; a file of bytes that says more than
 * text may hold anything. */
enum { SURE_OF_BYTES = 95 };

/* ---- archives of many files ----------------------------------------------------- */

/* clang-format off */
static const struct {
	struct rp_slice magic;
	const char *what;
} starts[] = {
	{ RP_LIT("PK\3\4"),                "a zip" },
	{ RP_LIT("PK\5\6"),                "a zip" },
	{ RP_LIT("PK\7\10"),               "a zip" },
	{ RP_LIT("7z\xbc\xaf\x27\x1c"),    "a 7z archive" },
	{ RP_LIT("Rar!\x1a\7"),            "a RAR archive" },
	{ RP_LIT("LZIP\1"),                "a lzip file" },
	{ RP_LIT("\x04\x22\x4d\x18"),      "a lz4 file" },
	{ RP_LIT("\x1f\x8b"),              "a gzip file" },
	{ RP_LIT("\x1f\x9d"),              "a file of compress" },
	{ RP_LIT("\x28\xb5\x2f\xfd"),      "a zstd file" },
};

/* Anywhere: no text has these. */
static const struct {
	struct rp_slice magic;
	const char *what;
} marks[] = {
	{ RP_LIT("PK\3\4"),   "a zip" },
	{ RP_LIT("PK\1\2"),   "a zip" },
	{ RP_LIT("PK\5\6"),   "a zip" },
	{ RP_LIT("ustar\0"),  "a tar file" },
	{ RP_LIT("ustar  "),  "a tar file" },
};
/* clang-format on */

static const char *
container_at_start(struct rp_slice head)
{
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (rp_slice_starts(head, starts[i].magic))
			return starts[i].what;
	return archive_is_packed(head) ? "an xz or bzip2 file" : NULL;
}

/* The first header of a tar file may be the one that is damaged, or not there. */
static const char *
container_inside(struct rp_slice head)
{
	enum { BLOCK = 512 };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (rp_slice_find(head, marks[i].magic) < head.n &&
		    rp_slice_find_byte(head, '\0') < head.n)
			return marks[i].what;
	for (size_t at = 0; at + BLOCK <= head.n; at += BLOCK)
		if (archive_is_tar(rp_slice_skip(head, at)))
			return "a tar file";
	return NULL;
}

static const char *
container(const struct refuse_look *look)
{
	const char *what = container_at_start(look->head);

	if (what == NULL && look->sure < SURE_OF_BYTES)
		what = container_inside(look->head);
	if (what == NULL && look->sure == 0 && look->has_zip)
		what = "a zip";
	return what;
}

/* ---- compressed, and damaged from its beginning on ------------------------------- */

static bool
is_plain_text(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' && text.p[i] != '\n' &&
		    text.p[i] != '\t' && text.p[i] != '\r' && text.p[i] != '\f')
			return false;
	return text.n > 0;
}

static bool
is_called_archive(struct rp_slice name)
{
	static const char *const endings[] = { ".tgz",     ".tar.gz", ".tzst",
		                               ".tar.zst", ".zip.gz", ".zip.zst" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const size_t n = strlen(endings[i]);

		if (name.n > n && rp_slice_eq_nocase(rp_slice_skip(name, name.n - n),
		                                     rp_slice_str(endings[i])))
			return true;
	}
	return false;
}

/* ---- what is private ------------------------------------------------------------- */

/* "likes" of "window.YTD.likes.part0 = [ … ]"; empty: it is nothing of that kind. */
static struct rp_slice
part_of_x(struct rp_slice head)
{
	static const struct rp_slice begin = RP_LIT("window.YTD.");
	struct rp_slice rest = rp_slice_trim(rp_slice_skip(head, json_bom(head)));
	size_t n = 0;

	if (!rp_slice_starts_nocase(rest, begin))
		return RP_SLICE("");
	rest = rp_slice_skip(rest, begin.n);
	while (n < rest.n && rest.p[n] != '.' && rest.p[n] != ' ' && rest.p[n] != '=')
		n++;
	return rp_slice_from(rest.p, n);
}

/* {"@context":…,"id":"likes.json","type":"OrderedCollection",…}, and the table of those
 * whom somebody follows. */
static bool
is_private_of_mastodon(struct rp_slice head)
{
	enum { NEAR = 1000 };

	if (head.n > NEAR)
		head.n = NEAR;
	if (rp_slice_starts(rp_slice_trim(rp_slice_skip(head, json_bom(head))),
	                    RP_SLICE("Account address,")))
		return true;
	return rp_slice_find(head, RP_SLICE("OrderedCollection")) < head.n &&
	       (rp_slice_find(head, RP_SLICE("\"likes.json\"")) < head.n ||
	        rp_slice_find(head, RP_SLICE("\"bookmarks.json\"")) < head.n);
}

static bool
is_private(const struct refuse_look *look, struct rp_slice head, struct rp_error *err)
{
	const struct rp_slice part = part_of_x(head);

	if (part.n > 0 && !bundle_reads_part(part)) {
		(void)rp_fail(err, RP_BAD_SOURCE,
		              "is private in an archive of X (%.*s): not read, not kept",
		              (int)(part.n < 40 ? part.n : 40), part.p);
		return true;
	}
	if (!is_private_of_mastodon(head) &&
	    (look->named || !bundle_is_private(look->name)))
		return false;
	(void)rp_fail(err, RP_BAD_SOURCE,
	              "is private in an archive of Mastodon: not read, not kept");
	return true;
}

/* ---- an archive of ours ------------------------------------------------------------ */

/* A database of SQLite with our mark in its header; see storage/sqlite/schema.c. */
static bool
is_ours(struct rp_slice head)
{
	enum { APPLICATION_AT = 68 };

	return rp_slice_starts(head, RP_SLICE("SQLite format 3\0")) &&
	       rp_slice_starts(rp_slice_skip(head, APPLICATION_AT), RP_SLICE("rpos"));
}

/* ---------------------------------------------------------------------------------- */

#define NEXT_STEP                                                                        \
	"what is in it may be private, so nothing is kept; unpack it and import the "    \
	"folder"

enum rp_status
refuse(const struct refuse_look *look, bool *private_out, struct rp_error *err)
{
	struct refuse_look seems = *look;
	const char *what = container(look);

	*private_out = is_private(look, look->head, err);
	if (*private_out)
		return RP_BAD_SOURCE;
	if (is_ours(look->head))
		return rp_fail(err, RP_BAD_SOURCE,
		               "is an archive of riposte: \"riposte merge\" takes it in");
	if (what != NULL)
		return rp_fail(err, RP_BAD_SOURCE,
		               "is %s, or has one in it, that cannot be read: " NEXT_STEP,
		               what);
	if (!look->unsound)
		return RP_OK;
	seems.head = look->seems;
	if (is_private(look, look->seems, err))
		return RP_BAD_SOURCE;
	if (container(&seems) != NULL || is_called_archive(look->name) ||
	    (!look->named && !is_plain_text(look->seems)))
		return rp_fail(err, RP_BAD_SOURCE,
		               "is damaged, and may be an archive: " NEXT_STEP);
	return RP_OK;
}
