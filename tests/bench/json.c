/*
 * Megabytes a second through the JSON reader, with yajl beside it in the same run.
 *
 *	spans    json_parse() of every record
 *	fields   the same, and 21 fields of each post picked, texts decoded
 *	splitter the ends of the records found in the stream
 *	yajl     every event taken and its bytes counted, nothing kept
 *
 * Argument: the directory of the data sets; empty: skipped (77).  Best of several rounds,
 * in which the contestants take turns.
 */
#include "core/parse/json.h"
#include "tests/bench/clock.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef HAVE_YAJL
#include <yajl/yajl_parse.h>
#endif

enum { SKIPPED = 77, ROUNDS = 9, REPEATS = 8 };

struct bench {
	struct json_doc doc;
	struct arena *arena;
	struct rp_buf file;
	struct json_names post_names, user_names;
	uint64_t seen; /* so that no work can be left out */
};

enum { USER, DATA, POST_NAMES = 16, USER_NAMES = 7 };

static const struct rp_slice post_names[POST_NAMES] = {
	[USER] = RP_LIT("user"),
	[DATA] = RP_LIT("data"),
	RP_LIT("id"),
	RP_LIT("id_str"),
	RP_LIT("text"),
	RP_LIT("created_at"),
	RP_LIT("lang"),
	RP_LIT("source"),
	RP_LIT("author_id"),
	RP_LIT("conversation_id"),
	RP_LIT("in_reply_to_status_id_str"),
	RP_LIT("in_reply_to_user_id_str"),
	RP_LIT("in_reply_to_screen_name"),
	RP_LIT("retweet_count"),
	RP_LIT("favorite_count"),
	RP_LIT("referenced_tweets"),
};

static const struct rp_slice user_names[USER_NAMES] = {
	RP_LIT("id_str"),   RP_LIT("screen_name"), RP_LIT("name"),
	RP_LIT("location"), RP_LIT("description"), RP_LIT("created_at"),
	RP_LIT("verified"),
};

static void
take(struct bench *b, uint32_t node)
{
	struct rp_slice text;
	int64_t number;

	if (json_type(&b->doc, node) == JSON_STRING &&
	    json_text(&b->doc, node, b->arena, &text, NULL) == RP_OK)
		b->seen += text.n;
	else if (json_int64(&b->doc, node, &number))
		b->seen += (uint64_t)number;
}

static void
take_post(struct bench *b, uint32_t post)
{
	uint32_t at[POST_NAMES], user[USER_NAMES];

	b->seen += json_pick(&b->doc, post, &b->post_names, at);
	for (int i = 0; i < POST_NAMES; i++)
		take(b, at[i]);
	b->seen += json_pick(&b->doc, at[USER], &b->user_names, user);
	for (int i = 0; i < USER_NAMES; i++)
		take(b, user[i]);
}

static void
take_record(struct bench *b)
{
	uint32_t data = json_get(&b->doc, JSON_ROOT, post_names[DATA]);
	struct json_each each = json_each(&b->doc, data);

	if (json_type(&b->doc, data) != JSON_ARRAY)
		take_post(b, JSON_ROOT);
	else
		while (json_next(&each))
			take_post(b, each.value);
	arena_reset(b->arena);
}

static void
run_spans(struct bench *b, struct rp_slice record)
{
	if (json_parse(&b->doc, record, NULL) == RP_OK)
		b->seen += b->doc.n;
}

static void
run_fields(struct bench *b, struct rp_slice record)
{
	if (json_parse(&b->doc, record, NULL) == RP_OK)
		take_record(b);
}

static void
run_splitter(struct bench *b, struct rp_slice record)
{
	struct json_splitter split;
	size_t used = 0;

	json_splitter_init(&split);
	if (json_split(&split, record, &used) == JSON_SPLIT_END)
		b->seen += used;
}

#ifdef HAVE_YAJL
static int
on_event(void *ctx)
{
	struct bench *b = ctx;

	b->seen++;
	return 1;
}

static int
on_boolean(void *ctx, int truth)
{
	struct bench *b = ctx;

	b->seen += (unsigned)truth;
	return 1;
}

static int
on_text(void *ctx, const unsigned char *p, size_t n)
{
	struct bench *b = ctx;

	b->seen += n + (n ? p[0] : 0u);
	return 1;
}

static int
on_number(void *ctx, const char *p, size_t n)
{
	return on_text(ctx, (const unsigned char *)p, n);
}

static void
run_yajl(struct bench *b, struct rp_slice record)
{
	static const yajl_callbacks callbacks = {
		.yajl_null = on_event,
		.yajl_boolean = on_boolean,
		.yajl_number = on_number,
		.yajl_string = on_text,
		.yajl_start_map = on_event,
		.yajl_map_key = on_text,
		.yajl_end_map = on_event,
		.yajl_start_array = on_event,
		.yajl_end_array = on_event,
	};
	yajl_handle handle = yajl_alloc(&callbacks, NULL, b);

	if (yajl_parse(handle, (const unsigned char *)record.p, record.n) !=
	            yajl_status_ok ||
	    yajl_complete_parse(handle) != yajl_status_ok)
		b->seen++;
	yajl_free(handle);
}
#endif

static const struct contestant {
	const char *name;
	void (*run)(struct bench *b, struct rp_slice record);
} contestants[] = {
	{ "spans", run_spans },
	{ "fields", run_fields },
	{ "splitter", run_splitter },
#ifdef HAVE_YAJL
	{ "yajl", run_yajl },
#endif
};

enum { CONTESTANTS = sizeof(contestants) / sizeof(contestants[0]) };

/* The whole file, record by record, a few times over; seconds for one time. */
static double
measure(struct bench *b, const struct contestant *who)
{
	double begin = cpu_seconds();
	struct rp_slice rest, record;

	for (int i = 0; i < REPEATS; i++)
		for (rest = buf_slice(&b->file); rest.n > 0;) {
			record = rp_slice_cut(&rest, '\n');
			who->run(b, record);
		}
	return (cpu_seconds() - begin) / REPEATS;
}

static bool
read_file(struct rp_buf *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t n = 1;
	char *at;

	buf_clear(out);
	if (file == NULL) {
		perror(path);
		return false;
	}
	while (n > 0 && (at = buf_reserve(out, 1 << 16)) != NULL) {
		n = fread(at, 1, 1 << 16, file);
		out->n += n;
	}
	(void)fclose(file);
	return out->n > 0;
}

static bool
bench_file(struct bench *b, const char *data, const char *name)
{
	double best[CONTESTANTS], seconds;
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", data, name);
	if (!read_file(&b->file, path))
		return false;
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < CONTESTANTS; i++) {
			seconds = measure(b, &contestants[i]);
			if (round == 0 || seconds < best[i])
				best[i] = seconds;
		}
	(void)printf("%s, %.1f MB\n", name, (double)b->file.n / 1e6);
	for (int i = 0; i < CONTESTANTS; i++)
		(void)printf("  %-9s %6.0f MB/s  %5.2f x %s\n", contestants[i].name,
		             (double)b->file.n / best[i] / 1e6,
		             best[CONTESTANTS - 1] / best[i],
		             contestants[CONTESTANTS - 1].name);
	return true;
}

int
main(int argc, char **argv)
{
	struct bench b = { .arena = arena_new(64 << 20) };
	const char *data = argc > 1 ? argv[1] : "";
	bool ok;

	if (data[0] == '\0')
		return SKIPPED;
	buf_init(&b.file, 256 << 20);
	json_names_init(&b.post_names, post_names, POST_NAMES);
	json_names_init(&b.user_names, user_names, USER_NAMES);
	ok = bench_file(&b, data, "tweets-threads/germanwings-crash.tweets.jsonl") &&
	     bench_file(&b, data, "tweets-v2/2sets.jsonl") &&
	     bench_file(&b, data, "tweets-v2/noflat.jsonl");
	(void)printf("(%llu)\n", (unsigned long long)b.seen);
	json_done(&b.doc);
	buf_done(&b.file);
	b.arena = arena_free(b.arena);
	return !ok;
}
