/*
 * The networks, feeds and newspapers as a server on loopback, for tests and benchmarks.
 *
 *	mock --ready FILE [--world DIR] [--log FILE] [--state FILE] [--stay]
 *
 * Listens on 127.0.0.1 and, on the same port, 127.0.0.2; writes "http://127.0.0.1:PORT"
 * into FILE once it does.  Ends with the process that started it, unless told to stay.
 * Answers wear the time of its clock ($RIPOSTE_NOW).  Below the address are, each as a
 * `base` of the collector concerned:
 *
 *	/x /x-embed /x-oembed    X: API v2, public embeds, oEmbed
 *	/bsky /pds /plc          Bluesky: AppView, servers of accounts, directory
 *	/masto                   a Mastodon instance
 *	/feeds/NAME /pages/NAME  files of the world
 *	/feeds/many/N            as many small feeds as are wanted
 *	/feeds/nitter/NAME/rss   X posts as Nitter has them
 *	/wayback                 CDX lists and captures
 *	/_/...                   control (below)
 *
 * A world is a folder.  Its *.jsonl files, in the order of their names, are lines of
 * JSON, each an account, a post, a file or settings; feeds/ and pages/ (and robots.txt)
 * are served as they are.  All texts are plain: each network's escapes, markup, offsets
 * and shapes are put in where its answers are made.
 *
 *	{"account":"x:1001","name":"ada","display":"Ada","bio":"...","time":"2015-01-01T00:00:00Z",
 *	 "protected":true,"suspended":true,"deleted":true,"withheld":["DE"],"pinned":"x:12",
 *	 "status":"deactivated","extra":{...}}
 *	{"post":"x:12","by":"x:1001","text":"...","time":"2026-01-04T10:00:00Z",
 *	 "reply":"x:11","to":"x:1002","quote":"x:9","repost":"x:8","root":"x:10","edits":"x:11",
 *	 "lang":"en","media":[{...}],"poll":{...},
 *	 "withheld":["DE"],"deleted":true,"protected":true,"blocked":true,"hidden":true,
 *	 "extra":{...}}
 *	{"file":"feeds/a.xml","body":"...","type":"...","etag":"...","modified":"...",
 *	 "status":410,"to":"/feeds/b.xml","retry":"120","source":"feeds/b.xml"}
 *	{"capture":"https://x.com/ada/status/12","at":"20260104100000","file":"pages/a.html",
 *	 "type":"text/html","status":200}
 *	{"set":{"x-vocabulary":"post"}}
 *
 * Keys of accounts: x:ID, bsky:DID, masto:ID (the number on this instance; `name` is its
 * acct).  Of posts: x:ID, bsky:DID/RKEY, masto:ID.  A reference to a key that no line
 * has is a post that is gone.  A second line with the key of a post is a later wording
 * of it (X: a new post that `edits` the first); one of an account replaces it.
 * `hidden`: as if there were no such line.  `blocked`: X says nothing about it, neither
 * here nor gone; on Bluesky its author blocks.
 * `extra` is copied into the network's own object as it stands, over our members.
 *
 *	/_/add     body: lines as above          /_/delete?key=x:12
 *	/_/counts  what was asked and billed     /_/log       the requests
 *	/_/reset   all as at the start           /_/quit
 *	/_/set?NAME=VALUE&...                    settings (mock-control.c lists them)
 *	/_/set?path=GLOB&n=3&...                 a fault, for three such requests:
 *	    status=503 body=... type=text/html header=Retry-After:120
 *	    delay=MS slow=MS (16 bytes each)
 *	    cut=BYTES chunked=1 after=N (let N pass first)
 *	    paging=aba|aba-empty|skip|twice|shuffle|larger|smaller|endless|total|stuck
 */
#ifndef RIPOSTE_TESTS_SUPPORT_MOCK_H
#define RIPOSTE_TESTS_SUPPORT_MOCK_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/jsonw.h"
#include "core/base/map.h"
#include "core/base/time.h"
#include "core/parse/json.h"

#include <stdio.h>

enum mock_text {
	M_NAME,
	M_DISPLAY,
	M_BIO,
	M_TEXT,
	M_TIME,
	M_BY,
	M_REPLY,
	M_TO,
	M_QUOTE,
	M_REPOST,
	M_ROOT,
	M_EDITS,
	M_LANG,
	M_PINNED,
	M_STATUS,
	M_BODY,
	M_TYPE,
	M_ETAG,
	M_MODIFIED,
	M_TARGET,
	M_RETRY,
	M_SOURCE,
	M_AT,
	M_FILE,
	M_TEXTS
};
enum mock_raw { M_MEDIA, M_POLL, M_WITHHELD, M_EXTRA, M_RAWS };
enum mock_flag { M_PROTECTED, M_SUSPENDED, M_DELETED, M_BLOCKED, M_HIDDEN, M_FLAGS };
/* A capture has a "file" too: it comes first. */
enum mock_kind { MOCK_ACCOUNT, MOCK_POST, MOCK_CAPTURE, MOCK_FILE };

/* One line of a world. */
struct mock_thing {
	enum mock_kind kind;
	struct rp_slice key; /* "x:12" */
	struct rp_slice id;  /* behind the first colon */
	struct rp_slice texts[M_TEXTS];
	struct rp_slice raws[M_RAWS]; /* JSON as written */
	bool flags[M_FLAGS];
	int64_t time;             /* of "time"; else of the id */
	int64_t made;             /* that of the first wording */
	struct mock_thing *older; /* the wording before this one */
	struct mock_thing *edit;  /* the post that `edits` this one */
};

/* A fault that was asked for: /_/set?path=... */
struct mock_fault {
	char path[256];
	int after, left, status, delay_ms, slow_ms;
	int64_t cut; /* -1: whole */
	bool chunked;
	char paging[16], type[128], header[256];
	struct rp_buf body;
};

struct mock_setting {
	char name[32], value[96];
};

enum { MOCK_FAULTS = 64, MOCK_SETTINGS = 128, MOCK_PARAMS = 64 };

struct mock {
	const char *dir;   /* of the world, NULL when there is none */
	const char *state; /* file of what was added, or NULL */
	FILE *log;
	struct arena *arena;
	struct map *keys; /* of all things: where in `things` the newest stands */
	struct mock_thing **things;
	size_t n, room;
	struct mock_fault faults[MOCK_FAULTS];
	struct mock_setting settings[MOCK_SETTINGS];
	size_t n_faults, n_settings;
	struct map *counts; /* "x", "bsky" ..., "billed-posts" */
	struct map *billed;
	struct map *windows; /* rate limits: endpoint -> requests in its window */
	struct rp_buf lines; /* the log, for /_/log */
	unsigned serial;     /* requests so far */
	bool quit;
};

struct mock_request {
	const char *method, *path; /* the path behind the prefix */
	const char *full;          /* with the prefix, without the query */
	const char *raw;           /* as it came, query and escapes included */
	const char *host, *authorization, *if_none_match, *if_modified_since, *accept;
	const char *agent;
	const char *names[MOCK_PARAMS], *values[MOCK_PARAMS];
	size_t n;
	struct rp_slice body;
	const struct mock_fault *fault; /* or NULL */
	struct arena *arena;            /* of this answer */
};

struct mock_answer {
	int status;
	const char *type;
	struct rp_buf body;
	struct rp_buf headers; /* "Name: value\n" */
	bool validate;         /* make an ETag, answer 304 */
	bool weak;
	struct rp_slice etag, modified; /* of their own, when not empty */
	char date[40];
};

/* mock-world.c */
void mock_load(struct mock *m);
bool mock_add(struct mock *m, struct rp_slice line);
bool mock_add_lines(struct mock *m, struct rp_slice lines);
struct mock_thing *mock_find(const struct mock *m, struct rp_slice key);
struct mock_thing *mock_find2(const struct mock *m, const char *network,
                              struct rp_slice id);
/* An account by its name on a network, letters of either case. */
struct mock_thing *mock_named(const struct mock *m, const char *network,
                              struct rp_slice name);
bool mock_is(const struct mock_thing *thing, const char *network, enum mock_kind kind);
bool mock_file(struct mock *m, struct rp_slice name, struct rp_buf *out);

/* A list of posts, newest first. */
struct mock_list {
	struct mock_thing **at;
	size_t n;
};
typedef bool (*mock_filter)(const struct mock *m, const struct mock_thing *post,
                            const void *context);
struct mock_list mock_posts(const struct mock *m, struct arena *arena,
                            const char *network, mock_filter filter, const void *context);

/*
 * A page of a list: from `start`, `size` long, as the fault of the request wants it.
 * `next` is where the next one begins, `has_next` whether there is one; empty_next asks
 * for a page that will come out empty.
 */
struct mock_page {
	struct mock_list posts;
	size_t next, total;
	bool has_next;
};
enum { MOCK_BEYOND = 1 << 30 }; /* where empty pages begin */
struct mock_page mock_page(const struct mock_request *r, struct mock_list all,
                           size_t start, size_t size);
/* The position in a token: opaque, and stable when posts come in before it. */
struct rp_slice mock_token(const struct mock_request *r, const struct mock_page *page,
                           struct mock_list all);
/* false: not a token of ours. */
bool mock_token_read(struct rp_slice token, struct mock_list all, size_t *start_out);

/* mock-control.c */
void mock_control(struct mock *m, const struct mock_request *r, struct mock_answer *a);
const char *mock_setting(const struct mock *m, const char *name, const char *otherwise);
int mock_number(const struct mock *m, const char *name, int otherwise);
bool mock_on(const struct mock *m, const char *name); /* "1", "yes" */
void mock_set(struct mock *m, const char *name, const char *value);
void mock_count(struct mock *m, const char *what, unsigned more);
uint32_t *mock_counter(struct mock *m, struct map *map, const char *what);
const struct mock_fault *mock_fault_of(struct mock *m, const char *path);
int64_t mock_now(const struct mock *m);
/* How many are left of `limit` in the window that ends at *reset_out; -1 when over. */
int mock_rate(struct mock *m, const char *endpoint, int limit, int window_s,
              int64_t *reset_out);

/* mock.c */
const char *mock_param(const struct mock_request *r, const char *name); /* or NULL */
int64_t mock_param_int(const struct mock_request *r, const char *name, int64_t otherwise);
void mock_header(struct mock_answer *a, const char *name, const char *format, ...)
	RP_PRINTF(3, 4);
struct rp_slice mock_print(const struct mock_request *r, const char *format, ...)
	RP_PRINTF(2, 3);
struct rp_slice mock_time(const struct mock_request *r, int64_t us, enum rp_precision p);
void mock_html(struct rp_buf *out, struct rp_slice text); /* escaped */
void mock_http_date(struct rp_buf *out, int64_t us);
/*
 * Begin an object, end it with the members of `extra`, which take the place of ours of
 * the same names.
 */
size_t mock_open(struct jsonw *w);
void mock_close(struct jsonw *w, size_t opened, struct rp_slice extra);
void mock_html_error(struct mock_answer *a, int status, const char *title);

/* The platforms. */
void mock_x(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_x_token(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_embed(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_oembed(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_bsky(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_pds(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_plc(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_masto(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_feeds(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_pages(struct mock *m, const struct mock_request *r, struct mock_answer *a);
void mock_wayback(struct mock *m, const struct mock_request *r, struct mock_answer *a);

static inline struct rp_slice
mock_text(const struct mock_thing *thing, enum mock_text which)
{
	return thing != NULL ? thing->texts[which] : RP_SLICE("");
}

#endif
