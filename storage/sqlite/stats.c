/* How much there is, and what it takes. */
#include "storage/sqlite/sqlite.h"

#include <sys/stat.h>

/* One number out of a fixed query. */
static enum rp_status
count(struct sqlite_store *s, const char *query, uint64_t *out, struct rp_error *err)
{
	CLEANUP(sql_done) struct sql get = { 0 };
	enum rp_status st = sql_open_text(s, rp_slice_str(query), &get, err);

	if (st == RP_OK)
		st = sql_step(&get, err);
	if (st == RP_OK)
		*out = (uint64_t)sql_int(&get, 0);
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
count_edges(struct sqlite_store *s, uint64_t edges[EDGE_TYPES], struct rp_error *err)
{
	CLEANUP(sql_done) struct sql rows = { 0 };
	enum rp_status st = sql_open_text(
		s, RP_SLICE("SELECT type,count(*) FROM edge GROUP BY type"), &rows, err);

	if (st != RP_OK)
		return st;
	while ((st = sql_step(&rows, err)) == RP_OK) {
		int64_t type = sql_int(&rows, 0);

		if (type < 0 || type >= EDGE_TYPES)
			return rp_fail(
				err, RP_CORRUPT,
				"the archive is damaged: an edge of no known type");
		edges[type] = (uint64_t)sql_int(&rows, 1);
	}
	return st == RP_END ? RP_OK : st;
}

static enum rp_status
count_all(struct sqlite_store *s, struct store_stats *stats, struct rp_error *err)
{
	/* clang-format off */
	const struct {
		const char *query;
		uint64_t *out;
	} counts[] = {
		{ "SELECT count(*) FROM post WHERE kind<>0", &stats->posts },
		{ "SELECT count(*) FROM post WHERE kind=0", &stats->ghosts },
		{ "SELECT count(*) FROM version", &stats->versions },
		{ "SELECT count(DISTINCT key) FROM account", &stats->accounts },
		{ "SELECT count(*) FROM capture", &stats->captures },
		{ "SELECT count(*) FROM sighting", &stats->sightings },
		{ "SELECT count(*) FROM reject", &stats->rejected },
		{ "SELECT ifnull((SELECT sum(bytes) FROM capture),0)"
		  "+ifnull((SELECT sum(c.bytes) FROM again a JOIN capture c ON c.id=a.capture),0)",
		  &stats->bytes_in },
	};
	/* clang-format on */
	enum rp_status st = count_edges(s, stats->edges, err);

	for (size_t i = 0; st == RP_OK && i < sizeof(counts) / sizeof(counts[0]); i++)
		st = count(s, counts[i].query, counts[i].out, err);
	return st;
}

/*
 * Pages of what gives the bytes back, of the words, and of all else.  From SQLite's table
 * of pages; where it was built without, from the lengths of the values.
 */
static enum rp_status
measure(struct sqlite_store *s, struct store_stats *stats, struct rp_error *err)
{
	static const char payload[] =
		"SELECT ifnull(sum(pgsize),0) FROM dbstat WHERE aggregate=1 AND name IN"
		"('archive','run','capture','again','segment','record','sealed','block',"
		"'dictionary','reject','foreign_run','foreign_part')";
	static const char words[] = "SELECT ifnull(sum(pgsize),0) FROM dbstat"
				    " WHERE aggregate=1 AND name GLOB 'words_*'";
	static const char all[] =
		"SELECT ifnull(sum(pgsize),0) FROM dbstat WHERE aggregate=1";
	uint64_t used = 0;
	enum rp_status st = count(s, payload, &stats->payload_bytes, NULL);

	if (st == RP_OK)
		st = count(s, words, &stats->fulltext_bytes, err);
	else
		return count(s,
		             "SELECT ifnull((SELECT sum(length(frame)) FROM record),0)"
		             "+ifnull((SELECT sum(length(data)) FROM block),0)"
		             "+ifnull((SELECT sum(length(frame)) FROM dictionary),0)"
		             "+ifnull((SELECT sum(length(skeleton)+length(holes))"
		             " FROM segment),0)",
		             &stats->payload_bytes, err);
	if (st == RP_OK)
		st = count(s, all, &used, err);
	stats->index_bytes = used - stats->payload_bytes - stats->fulltext_bytes;
	return st;
}

static uint64_t
size_of(const char *path, const char *suffix)
{
	struct stat about;
	struct rp_buf name;
	uint64_t size = 0;

	buf_init(&name, 1 << 16);
	buf_add_str(&name, path);
	buf_add_str(&name, suffix);
	buf_add_byte(&name, '\0');
	if (!buf_failed(&name) && stat(name.p, &about) == 0)
		size = (uint64_t)about.st_size;
	buf_done(&name);
	return size;
}

uint64_t
sqlite_file_bytes(struct store *store)
{
	const struct sqlite_store *s = sqlite_store_of(store);

	return size_of(s->path, "") + size_of(s->path, "-wal");
}

uint64_t
sqlite_used_bytes(struct store *store)
{
	static const char used[] =
		"SELECT (n.page_count-f.freelist_count)*p.page_size FROM"
		" pragma_page_count n,pragma_freelist_count f,pragma_page_size p";
	uint64_t bytes = 0;

	return count(sqlite_store_of(store), used, &bytes, NULL) == RP_OK ? bytes : 0;
}

enum rp_status
sqlite_stats(struct store *store, struct store_stats *out, struct rp_error *err)
{
	struct sqlite_store *s = sqlite_store_of(store);
	struct store_stats stats = { 0 };
	enum rp_status st = pending_settle(s, err);

	if (st == RP_OK)
		st = count_all(s, &stats, err);
	if (st == RP_OK)
		st = measure(s, &stats, err);
	stats.file_bytes = sqlite_file_bytes(store);
	if (st == RP_OK)
		*out = stats;
	return st;
}
