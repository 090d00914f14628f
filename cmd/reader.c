#include "cmd/reader.h"

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/config/paths.h"
#include "core/thread/thread.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	READER_CEILING = 256 << 20,
	PEOPLE_CEILING = 16 << 20,
	DEFAULT_COLUMNS = 80,
	MAX_COLUMNS = 100000
};

/* ---- looks ----------------------------------------------------------------------------
 */

static bool
to_terminal(const struct invocation *inv)
{
	const char *path = option(&inv->options, "output");

	return (path == NULL || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO);
}

static size_t
page_columns(bool terminal)
{
	const char *text = getenv("COLUMNS");
	struct winsize size;
	uint64_t columns;

	if (text != NULL && rp_slice_u64(rp_slice_str(text), &columns) && columns > 0)
		return columns < MAX_COLUMNS ? (size_t)columns : MAX_COLUMNS;
	if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_COLUMNS;
}

static bool
wants_colour(bool terminal)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return terminal && (no == NULL || no[0] == '\0') && term != NULL &&
	       term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static enum rp_status
choose_writer(struct reader *reader, const char *otherwise, struct rp_error *err)
{
	const char *format = option(&reader->inv->options, "format");

	if (option(&reader->inv->options, "json") != NULL)
		format = "json";
	reader->writer = writer_find(rp_slice_str(format ? format : otherwise));
	if (reader->writer != NULL)
		return RP_OK;
	return rp_fail(
		err, RP_BAD_USAGE,
		"there is no format \"%.40s\"; there are text, json, jsonl and ids",
		format);
}

static enum rp_status
choose_style(struct reader *reader, struct rp_error *err)
{
	const struct invocation *inv = reader->inv;
	const char *zone = option(&inv->options, "tz");
	const bool terminal = to_terminal(inv);
	enum rp_status st;

	reader->style.utc = option(&inv->options, "utc") != NULL;
	reader->style.columns = page_columns(terminal);
	reader->style.colour = wants_colour(terminal) && !reader->writer->is_data;
	if (reader->style.utc)
		zone = "UTC";
	st = zone_open(rp_slice_str(zone ? zone : "local"), &reader->zone, err);
	reader->style.zone = reader->zone;
	return st == RP_NOT_FOUND
	               ? rp_fail(err, RP_BAD_USAGE,
	                         "there is no zone \"%.60s\" here (a name such "
	                         "as Europe/Paris)",
	                         zone)
	               : st;
}

/* ---- people ---------------------------------------------------------------------------
 */

static enum rp_status
load_people(struct reader *reader, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	const char *flag = option(&reader->inv->options, "config");
	const char *config = NULL, *path;
	struct rp_slice kept;
	enum rp_status st;

	buf_init(&text, PEOPLE_CEILING);
	/* Without a home there is still the file beside the archive. */
	if (path_config(reader->arena, flag, &config, NULL) != RP_OK)
		config = NULL;
	st = path_people(reader->arena, reader->inv->archive, config, &path, err);
	if (st == RP_NOT_FOUND)
		return RP_OK;
	if (st != RP_OK)
		return st;
	rp_error_where(err, "%s", path);
	st = file_read(path, &text, err);
	if (st == RP_BAD_ITEM)
		return rp_fail(err, RP_BAD_CONFIG, "no file of people: %s", err->text);
	if (st != RP_OK)
		return st;
	if (!arena_copy(reader->arena, buf_slice(&text), &kept))
		return rp_fail_memory(err);
	st = people_read(reader->arena, kept, &reader->people, err);
	if (st == RP_OK)
		rp_error_where(err, "%s", "");
	return st;
}

enum rp_status
reader_init(struct reader *reader, const struct invocation *inv, const char *otherwise,
            struct rp_error *err)
{
	enum rp_status st;

	*reader = (struct reader){ .inv = inv, .arena = arena_new(READER_CEILING) };
	if (reader->arena == NULL)
		return rp_fail_memory(err);
	if ((st = choose_writer(reader, otherwise, err)) != RP_OK ||
	    (st = choose_style(reader, err)) != RP_OK ||
	    (st = load_people(reader, err)) != RP_OK)
		return st;
	reader->index = people_index_new(&reader->people);
	return reader->index != NULL ? RP_OK : rp_fail_memory(err);
}

void
reader_done(struct reader *reader)
{
	reader->index = people_index_free(reader->index);
	reader->zone = zone_close(reader->zone);
	reader->arena = arena_free(reader->arena);
}

int
reader_cannot(const struct reader *reader, const char *what)
{
	return report_usage(reader->inv, "%s cannot be written as %s", what,
	                    reader->writer->name);
}

/* ---- whom they mean -------------------------------------------------------------------
 */

/* Edit distance of two short folded texts; SIZE_MAX when one is not short. */
static size_t
distance(struct rp_slice a, struct rp_slice b)
{
	size_t row[64];

	if (a.n >= 64 || b.n >= 64)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j];
			size_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);

			best = above + 1 < best ? above + 1 : best;
			row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			diagonal = above;
		}
	}
	return row[b.n];
}

struct nearest {
	struct arena *arena;
	struct rp_slice wanted;
	const struct person *person;
	size_t best;
};

static void
compare(struct nearest *nearest, const struct person *person, struct rp_slice name)
{
	struct rp_slice folded;
	size_t d;

	if (name.n == 0 || !utf8_fold(nearest->arena, name, &folded))
		return;
	d = distance(nearest->wanted, folded);
	if (d < nearest->best) {
		nearest->best = d;
		nearest->person = person;
	}
}

static enum rp_status
nobody(struct reader *reader, struct rp_slice name, struct rp_error *err)
{
	struct nearest nearest = { .arena = reader->arena, .best = name.n / 3 + 2 };

	if (!utf8_fold(reader->arena, name, &nearest.wanted))
		return rp_fail_memory(err);
	for (size_t i = 0; i < reader->people.n; i++) {
		const struct person *person = &reader->people.list[i];

		compare(&nearest, person, person->name);
		compare(&nearest, person, person->short_name);
		for (size_t j = 0; j < person->n_aliases; j++)
			compare(&nearest, person, person->aliases[j]);
	}
	if (nearest.person == NULL)
		return rp_fail(err, RP_NOT_FOUND,
		               "nobody here is called \"%.*s\" (\"riposte person list\" "
		               "lists people)",
		               RP_FMT(name));
	return rp_fail(err, RP_NOT_FOUND,
	               "nobody here is called \"%.*s\"; did you mean %.*s?", RP_FMT(name),
	               RP_FMT(nearest.person->name));
}

/* Accounts found for one handle: more than one owner is for the user to settle. */
struct owners {
	struct rp_slice keys[8];
	struct rp_slice handle;
	size_t n, n_owners;
};

static enum rp_status
add_owner(struct reader *reader, struct owners *owners, const struct account *account,
          struct rp_error *err)
{
	/* One account under several names is one, called by the last. */
	const bool again =
		owners->n > 0 && rp_slice_eq(owners->keys[owners->n - 1], account->key);

	if (!again && owners->n == sizeof(owners->keys) / sizeof(owners->keys[0]))
		return RP_OK;
	if (!arena_copy(reader->arena, account->handle, &owners->handle))
		return rp_fail_memory(err);
	if (again)
		return RP_OK;
	if (!arena_copy(reader->arena, account->key, &owners->keys[owners->n]))
		return rp_fail_memory(err);
	/* "x:@name?" is the owner of "name" wherever the id was not told. */
	owners->n_owners += !key_is_handle_only(account->key);
	owners->n++;
	return RP_OK;
}

static enum rp_status
scan_owners(struct reader *reader, enum scan_of of, struct rp_slice key,
            struct owners *owners, struct rp_error *err)
{
	const struct scan scan = { .of = of, .key = key };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(reader->inv->store, &scan, &it, err);

	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		st = add_owner(reader, owners, &row.account, err);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
find_owners(struct reader *reader, struct rp_slice name, struct owners *owners,
            struct rp_error *err)
{
	struct rp_slice handle = name, speaker;
	enum rp_status st;

	if (key_valid(name) && key_is_account(name))
		return scan_owners(reader, SCAN_HANDLES, name, owners, err);
	if (rp_slice_starts(handle, RP_SLICE("@")))
		handle = rp_slice_skip(handle, 1);
	if (handle.n == 0 || !utf8_valid(handle))
		return RP_OK;
	st = scan_owners(reader, SCAN_HANDLE_USERS, handle, owners, err);
	if (st != RP_OK || owners->n > 0 || handle.n != name.n)
		return st;
	if (!key_make_account(reader->arena, PLATFORM_SPOKEN, name, &speaker))
		return rp_fail_memory(err);
	return scan_owners(reader, SCAN_HANDLES, speaker, owners, err);
}

static enum rp_status
several(const struct owners *owners, struct rp_slice name, struct rp_error *err)
{
	char list[256] = "";
	size_t n = 0;

	for (size_t i = 0; i < owners->n && n < sizeof(list) - 1; i++) {
		int wrote = snprintf(list + n, sizeof(list) - n, "%s%.*s", i ? ", " : "",
		                     RP_FMT(owners->keys[i]));

		n += wrote > 0 ? (size_t)wrote : 0;
	}
	return rp_fail(err, RP_BAD_USAGE, "\"%.*s\" is several accounts: %s",
	               RP_FMT(name), list);
}

/* All handle-only, or one id and its handle: one account as far as anybody can tell. */
static bool
is_one(const struct owners *owners)
{
	for (size_t i = 1; i < owners->n; i++)
		if (key_platform(owners->keys[i]) != key_platform(owners->keys[0]))
			return false;
	return owners->n_owners <= 1;
}

enum rp_status
reader_person(struct reader *reader, const char *words, struct person *out,
              struct rp_error *err)
{
	const struct rp_slice name = rp_slice_str(words);
	const struct person *known = NULL;
	struct owners owners = { .n = 0 };
	struct rp_slice *keys, called;
	enum rp_status st = people_find(reader->index, name, &known, err);

	if (st == RP_OK)
		*out = *known;
	if (st != RP_NOT_FOUND)
		return st;
	st = find_owners(reader, name, &owners, err);
	if (st != RP_OK)
		return st;
	if (owners.n == 0)
		return nobody(reader, name, err);
	if (!is_one(&owners))
		return several(&owners, name, err);
	keys = arena_array(reader->arena, owners.n, sizeof(*keys));
	if (keys == NULL)
		return rp_fail_memory(err);
	memcpy(keys, owners.keys, owners.n * sizeof(*keys));
	called = owners.handle;
	if (key_platform(keys[0]) == PLATFORM_SPOKEN)
		called = rp_slice_skip(key_native(keys[0]), 1);
	else if (called.n == 0)
		called = keys[0];
	else if (!arena_join(reader->arena, RP_SLICE("@"), called, &called))
		return rp_fail_memory(err);
	*out = (struct person){ .name = called,
		                .accounts = keys,
		                .n_accounts = owners.n };
	return RP_OK;
}

/* ---- which posts ----------------------------------------------------------------------
 */

static struct query_context
query_context(const struct reader *reader)
{
	return (struct query_context){ .people = &reader->people,
		                       .zone = reader->zone,
		                       .now = reader->inv->now };
}

enum rp_status
reader_date(struct reader *reader, const char *name, int64_t *out, struct rp_error *err)
{
	const struct query_context context = query_context(reader);
	const char *text = option(&reader->inv->options, name);

	*out = RP_TIME_UNKNOWN;
	if (text == NULL)
		return RP_OK;
	rp_error_where(err, "--%s", name);
	return query_date(rp_slice_str(text), &context, out, err);
}

/* The operands as one text; the shell has already cut it into words. */
static enum rp_status
join_operands(struct reader *reader, struct rp_slice *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, READER_CEILING / 4);
	for (int i = 0; i < reader->inv->n_operands; i++) {
		if (i > 0)
			buf_add_byte(&text, ' ');
		buf_add_str(&text, reader->inv->operands[i]);
	}
	if (buf_failed(&text) || !arena_copy(reader->arena, buf_slice(&text), out))
		return rp_fail_memory(err);
	return RP_OK;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* RP_TIME_UNKNOWN is the earliest of all */
}

static int64_t
earlier_known(int64_t a, int64_t b)
{
	if (a == RP_TIME_UNKNOWN || b == RP_TIME_UNKNOWN)
		return later(a, b);
	return a < b ? a : b;
}

enum rp_status
reader_filter(struct reader *reader, struct filter *out, struct rp_error *err)
{
	const struct query_context context = query_context(reader);
	int64_t since, until, limit;
	struct rp_slice text;
	enum rp_status st;

	st = join_operands(reader, &text, err);
	if (st == RP_OK)
		st = query_parse(text, &context, reader->arena, out, err);
	if (st != RP_OK || (st = reader_date(reader, "since", &since, err)) != RP_OK ||
	    (st = reader_date(reader, "until", &until, err)) != RP_OK)
		return st;
	rp_error_where(err, "%s", "");
	out->since = later(out->since, since);
	out->until = earlier_known(out->until, until);
	if (out->until != RP_TIME_UNKNOWN && out->since >= out->until)
		return rp_fail(err, RP_BAD_USAGE,
		               "nothing lies between these dates: "
		               "--since is not before --until");
	st = option_number(&reader->inv->options, "limit", 1, INT64_MAX, 0, &limit, err);
	if (st == RP_OK)
		out->limit = (uint64_t)limit;
	return st;
}

static enum rp_status
write_posts(struct reader *reader, const struct filter *filter, FILE *out,
            uint64_t *n_out, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_POSTS, .filter = filter };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(arena_free) struct arena *arena = arena_new(VIEW_CEILING_BYTES);
	struct post_list list = { .n = 0 };
	union scan_row row;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = store_scan(reader->inv->store, &scan, &it, err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		struct view_post view;

		st = post_view(reader->inv->store, &row.post, &reader->people, arena,
		               &view, err);
		if (st != RP_OK)
			break;
		reader->writer->post(out, &reader->style, &list, &view);
		arena_reset(arena);
		if (ferror(out))
			st = RP_END; /* output_close() tells why */
	}
	*n_out = list.n;
	return st == RP_END ? RP_OK : st;
}

int
reader_list(struct invocation *inv, enum filter_order order)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct rp_error err = { .status = RP_OK };
	struct filter filter;
	struct output out;
	uint64_t n = 0;
	enum rp_status st;

	if (reader_init(&reader, inv, "text", &err) != RP_OK ||
	    reader_filter(&reader, &filter, &err) != RP_OK)
		return report_error(&err);
	filter.order = order;
	if (output_open(inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (reader.writer->posts_begin != NULL)
		reader.writer->posts_begin(out.stream, &reader.style);
	st = write_posts(&reader, &filter, out.stream, &n, &err);
	if (reader.writer->posts_end != NULL)
		reader.writer->posts_end(out.stream, &reader.style);
	if (st != RP_OK)
		return output_close(&out, report_error(&err));
	return output_close(&out, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}
