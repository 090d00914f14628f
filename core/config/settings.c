#include "core/config/settings.h"

#include "core/base/file.h"
#include "core/config/reading.h"

#include <stdlib.h>

static int
by_name(const void *a, const void *b)
{
	return rp_slice_cmp(((const struct source *)a)->name,
	                    ((const struct source *)b)->name);
}

/* A list that a program wrote mostly is. */
static bool
in_order(const struct config *config)
{
	for (size_t i = 1; i < config->n_sources; i++)
		if (by_name(&config->sources[i - 1], &config->sources[i]) > 0)
			return false;
	return true;
}

static enum rp_status
begin_config(struct reading *r, const char *path)
{
	struct config *config = r->config;
	enum rp_status st;

	*config = (struct config){
		.archive = { .name = RP_SLICE("archive"),
		             .tables = { archive_settings } },
		.http = { .name = RP_SLICE("http"), .tables = { http_settings } },
		.prices = { .name = RP_SLICE("prices"), .tables = { price_settings } },
	};
	if (!arena_copy(r->arena, rp_slice_str(path), &config->path))
		return rp_fail_memory(r->err);
	if ((st = make_defaults(r, &config->archive)) != RP_OK ||
	    (st = make_defaults(r, &config->http)) != RP_OK)
		return st;
	return make_defaults(r, &config->prices);
}

/* "line 3: why" of ini_read() becomes "PATH:3" and "why". */
static enum rp_status
complain_ini(struct reading *r)
{
	struct rp_slice rest = rp_slice_str(r->err->text), line;
	struct rp_error why = *r->err;
	uint64_t number;

	if (why.status != RP_BAD_CONFIG)
		return why.status;
	line = rp_slice_cut(&rest, ':');
	if (!rp_slice_u64(rp_slice_skip(line, 5), &number))
		number = 0;
	complain_where(r->err, r->config->path, (uint32_t)number);
	return rp_fail(r->err, RP_BAD_CONFIG, "%s", why.text + line.n + 2);
}

enum rp_status
config_read_text(struct arena *arena, const char *path, struct rp_slice text,
                 config_collector *collector, struct config *out, struct rp_error *err)
{
	CLEANUP(map_free) struct map *names = map_new();
	CLEANUP(map_free) struct map *collectors = map_new();
	struct config config;
	struct reading r = { .arena = arena,
		             .collector = collector,
		             .config = &config,
		             .names = names,
		             .collectors = collectors,
		             .err = err };
	enum rp_status st;

	if (names == NULL || collectors == NULL)
		return rp_fail_memory(err);
	if ((st = begin_config(&r, path)) != RP_OK)
		return st;
	if (ini_read(arena, text, &r.ini, err) != RP_OK)
		return complain_ini(&r);
	if ((st = read_sections(&r)) != RP_OK)
		return st;
	if (!in_order(&config))
		qsort(config.sources, config.n_sources, sizeof(*config.sources), by_name);
	*out = config;
	return RP_OK;
}

static enum rp_status
read_file(const char *path, struct rp_buf *text, struct rp_error *err)
{
	enum rp_status st = file_read(path, text, err);

	if (st == RP_OK || st == RP_NOT_FOUND || buf_failed(text))
		return st;
	err->status = RP_BAD_CONFIG;
	return RP_BAD_CONFIG;
}

enum rp_status
config_read(struct arena *arena, const char *path, bool must, config_collector *collector,
            struct config *out, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st;

	buf_init(&text, CONFIG_MAX_BYTES);
	st = read_file(path, &text, err);
	if (st == RP_NOT_FOUND && !must) {
		st = config_read_text(arena, path, RP_SLICE(""), collector, out, err);
		if (st == RP_OK)
			out->path = RP_SLICE("");
		return st;
	}
	if (st == RP_NOT_FOUND)
		err->status = RP_BAD_CONFIG;
	if (st != RP_OK)
		return err->status;
	return config_read_text(arena, path, buf_slice(&text), collector, out, err);
}

/* The sections but [archive] are passed over, whatever is wrong with them. */
static enum rp_status
read_archive(struct reading *r, struct rp_slice text, const char **out)
{
	struct section *archive = &r->config->archive;
	size_t at = 0, end;
	struct rp_slice path;
	enum rp_status st;

	if (ini_read(r->arena, text, &r->ini, r->err) != RP_OK)
		return complain_ini(r);
	r->settings = arena_array(r->arena, r->ini.n, sizeof(*r->settings));
	if (r->settings == NULL)
		return rp_fail_memory(r->err);
	while (at < r->ini.n && (r->ini.entries[at].key.n > 0 ||
	                         !rp_slice_eq(r->ini.entries[at].section, archive->name)))
		at++;
	for (end = at + 1; end < r->ini.n && r->ini.entries[end].key.n > 0;)
		end++;
	if (at == r->ini.n)
		return RP_NOT_FOUND;
	if ((st = read_settings(r, archive, at, end)) != RP_OK)
		return st;
	if (section_text(archive, "path").n == 0)
		return RP_NOT_FOUND;
	if (!config_file(r->arena, r->config, section_text(archive, "path"), &path))
		return rp_fail_memory(r->err);
	*out = path.p;
	return RP_OK;
}

/* Up to the section behind what looks like [archive], which mostly comes first. */
static struct rp_slice
up_to_archive(struct rp_slice text)
{
	const size_t at = rp_slice_find(text, RP_SLICE("[archive]"));

	return rp_slice_from(
		text.p, at + rp_slice_find(rp_slice_skip(text, at), RP_SLICE("\n[")));
}

enum rp_status
config_archive(struct arena *arena, const char *path, const char **out,
               struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	CLEANUP(arena_free) struct arena *scratch = NULL;
	struct config config;
	struct reading r = { .config = &config, .err = err };
	const char *found = NULL;
	struct rp_slice kept, part;
	enum rp_status st;

	buf_init(&text, CONFIG_MAX_BYTES);
	if ((st = read_file(path, &text, err)) != RP_OK)
		return st;
	/* Most config files need not be parsed for this. */
	if (rp_slice_find(buf_slice(&text), RP_SLICE("archive")) == text.n)
		return RP_NOT_FOUND;
	r.arena = scratch = arena_new(CONFIG_CEILING_BYTES);
	if (scratch == NULL)
		return rp_fail_memory(err);
	part = up_to_archive(buf_slice(&text));
	if ((st = begin_config(&r, path)) == RP_OK)
		st = read_archive(&r, part, &found);
	if (st == RP_NOT_FOUND && part.n < text.n &&
	    (st = begin_config(&r, path)) == RP_OK)
		st = read_archive(&r, buf_slice(&text), &found);
	if (st != RP_OK)
		return st;
	if (!arena_copy(arena, rp_slice_str(found), &kept))
		return rp_fail_memory(err);
	*out = kept.p;
	return RP_OK;
}

const struct source *
config_source(const struct config *config, struct rp_slice name)
{
	const struct source wanted = { .name = name };

	return config->n_sources == 0
	               ? NULL
	               : bsearch(&wanted, config->sources, config->n_sources,
	                         sizeof(*config->sources), by_name);
}

bool
config_file(struct arena *arena, const struct config *config, struct rp_slice value,
            struct rp_slice *out)
{
	struct rp_slice directory = config->path;

	if (value.n > 0 && value.p[0] == '/')
		directory.n = 0;
	while (directory.n > 0 && directory.p[directory.n - 1] != '/')
		directory.n--;
	return arena_printf(arena, out, "%.*s%.*s", (int)directory.n,
	                    directory.n ? directory.p : "", (int)value.n, value.p);
}

int64_t
config_price(const struct config *config, const char *name)
{
	const struct setting_row *row = section_row(&config->prices, rp_slice_str(name));

	return row != NULL ? section_number(&config->prices, row->name, 0) : 0;
}
