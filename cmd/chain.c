#include "cmd/chain.h"

#include "cmd/open-runs.h"
#include "cmd/report.h"
#include "core/base/jsonw.h"
#include "core/base/map.h"

#include <stdlib.h>

/* A link of another archive's chain: "ID HASH". */
struct link {
	struct rp_slice name;
};

struct links {
	struct arena *arena;
	struct link *list;
	size_t n, room;
	struct map *followed; /* names of those on which a run follows */
};

static void
links_done(struct links *links)
{
	links->arena = arena_free(links->arena);
	links->followed = map_free(links->followed);
}
DEFINE_CLEANUP_DONE(struct links, links_done);

static bool
link_name(struct arena *arena, const char *archive, const struct sha256 *hash,
          struct rp_slice *out)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(hash, hex);
	return arena_printf(arena, out, "%s %s", archive, hex);
}

static bool
add_link(struct links *links, const struct foreign_run *run)
{
	struct rp_slice before;
	struct link *link;

	if (links->n == links->room) {
		size_t room = links->room ? links->room * 2 : 64;

		links->list = arena_grow(links->arena, links->list, links->n, room,
		                         sizeof(*links->list));
		if (links->list == NULL)
			return false;
		links->room = room;
	}
	link = &links->list[links->n++];
	return link_name(links->arena, run->archive, &run->run.hash, &link->name) &&
	       link_name(links->arena, run->archive, &run->run.previous, &before) &&
	       map_put(links->followed, before, 0, NULL) != NULL;
}

static int
cmp_link(const void *pa, const void *pb)
{
	const struct link *a = pa, *b = pb;

	return rp_slice_cmp(a->name, b->name);
}

static enum rp_status
list_links(struct store *store, struct links *links, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_FOREIGN_RUNS };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	links->arena = arena_new(SIZE_MAX / 2);
	links->followed = map_new();
	if (links->arena == NULL || links->followed == NULL)
		return rp_fail_memory(err);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK)
		if (!row.foreign.run.open && !add_link(links, &row.foreign))
			return rp_fail_memory(err);
	if (st == RP_END && links->n > 0)
		qsort(links->list, links->n, sizeof(*links->list), cmp_link);
	return st == RP_END ? RP_OK : st;
}

static void
add_heads_text(struct rp_buf *out, const struct links *links)
{
	for (size_t i = 0; i < links->n; i++)
		if (map_get(links->followed, links->list[i].name) == NULL) {
			struct rp_slice name = links->list[i].name;
			struct rp_slice id = rp_slice_cut(&name, ' ');

			buf_printf(out, "merged  %.*s\nhead    %.*s\n", RP_FMT(id),
			           RP_FMT(name));
		}
}

static void
add_heads_json(struct jsonw *json, const struct links *links)
{
	jsonw_key(json, "merged");
	jsonw_array(json);
	for (size_t i = 0; i < links->n; i++)
		if (map_get(links->followed, links->list[i].name) == NULL) {
			struct rp_slice name = links->list[i].name;

			jsonw_object(json);
			jsonw_field_text(json, "archive", rp_slice_cut(&name, ' '));
			jsonw_field_text(json, "head", name);
			jsonw_end_object(json);
		}
	jsonw_end_array(json);
}

int
chain_print(struct invocation *inv, bool json)
{
	CLEANUP(links_done) struct links links = { .n = 0 };
	CLEANUP(buf_done) struct rp_buf out;
	struct rp_error err = { .status = RP_OK };
	char id[ARCHIVE_ID + 1], head[SHA256_HEX + 1];
	struct jsonw w = jsonw_to(&out);
	struct open_runs runs;
	struct sha256 hash;

	buf_init(&out, SIZE_MAX);
	if (store_identity(inv->store, id, &hash, &err) != RP_OK ||
	    open_runs_count(inv->store, &runs, &err) != RP_OK ||
	    list_links(inv->store, &links, &err) != RP_OK)
		return report_error(&err);
	sha256_hex(&hash, head);
	if (json) {
		jsonw_object(&w);
		jsonw_field_int(&w, "v", 1);
		jsonw_field_text(&w, "archive", rp_slice_str(id));
		jsonw_field_text(&w, "head", rp_slice_str(head));
		jsonw_field_int(&w, "open", (int64_t)runs.n);
		add_heads_json(&w, &links);
		jsonw_end_object(&w);
		buf_add_byte(&out, '\n');
	} else {
		buf_printf(&out, "archive %s\nhead    %s\n", id, head);
		if (runs.n > 0) {
			buf_add_str(&out, "outside ");
			open_runs_text(&out, &runs);
			buf_add_byte(&out, '\n');
		}
		add_heads_text(&out, &links);
	}
	fwrite(out.p, 1, out.n, stdout);
	return finish_output(stdout, EXIT_DONE);
}
