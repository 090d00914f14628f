/* The server of `mock` (mock.h): options, connections, answers. */
#include "tests/support/mock.h"

#include "core/base/hash.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include <zlib.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static struct mock the_mock;
/* Held while an answer is made; connections have threads of their own, so that a slow
 * answer keeps nobody else waiting. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const struct route {
	const char *prefix;
	void (*answer)(struct mock *, const struct mock_request *, struct mock_answer *);
} routes[] = {
	{ "/_", mock_control },
	{ "/x/oauth2", mock_x_token },
	{ "/x-embed", mock_embed },
	{ "/x-oembed", mock_oembed },
	{ "/x", mock_x },
	{ "/bsky", mock_bsky },
	{ "/pds", mock_pds },
	{ "/plc", mock_plc },
	{ "/masto", mock_masto },
	{ "/feeds", mock_feeds },
	{ "/pages", mock_pages },
	{ "/wayback", mock_wayback },
	{ "/robots.txt", mock_pages },
};

/* The body on its way: in pieces, cut off, slowly. */
struct sending {
	char *bytes;
	size_t n, cut;
	int slow_ms;
};

static ssize_t
send_more(void *cls, uint64_t at, char *out, size_t room)
{
	struct sending *sending = cls;
	size_t left = at < sending->cut ? sending->cut - (size_t)at : 0;

	if (left == 0)
		return sending->cut < sending->n ? MHD_CONTENT_READER_END_WITH_ERROR
		                                 : MHD_CONTENT_READER_END_OF_STREAM;
	if (sending->slow_ms > 0) {
		usleep((useconds_t)sending->slow_ms * 1000);
		room = room < 16 ? room : 16;
	}
	left = left < room ? left : room;
	memcpy(out, sending->bytes + at, left);
	return (ssize_t)left;
}

static void
sent(void *cls)
{
	struct sending *sending = cls;

	free(sending->bytes);
	free(sending);
}

static struct MHD_Response *
response_of(const struct mock_answer *a, const struct mock_fault *fault)
{
	struct sending *sending;
	bool cut = fault != NULL && fault->cut >= 0 && (size_t)fault->cut < a->body.n;

	if (fault == NULL || (!cut && !fault->chunked && fault->slow_ms == 0))
		return MHD_create_response_from_buffer(a->body.n, a->body.p,
		                                       MHD_RESPMEM_MUST_COPY);
	sending = calloc(1, sizeof(*sending));
	if (sending == NULL || (sending->bytes = malloc(a->body.n + 1)) == NULL)
		abort();
	if (a->body.n > 0)
		memcpy(sending->bytes, a->body.p, a->body.n);
	sending->n = a->body.n;
	sending->cut = cut ? (size_t)fault->cut : a->body.n;
	sending->slow_ms = fault->slow_ms;
	return MHD_create_response_from_callback(fault->chunked ? MHD_SIZE_UNKNOWN
	                                                        : a->body.n,
	                                         1024, send_more, sending, sent);
}

static void
add_headers(struct MHD_Response *response, const struct mock_answer *a)
{
	struct rp_slice lines = buf_slice(&a->headers);

	MHD_add_response_header(response, "Content-Type", a->type);
	MHD_add_response_header(response, "Date", a->date);
	while (lines.n > 0) {
		struct rp_slice value = rp_slice_cut(&lines, '\n');
		struct rp_slice name = rp_slice_cut(&value, ':');
		char n[128], v[2048];

		(void)snprintf(n, sizeof(n), "%.*s", RP_FMT(name));
		(void)snprintf(v, sizeof(v), "%.*s", (int)rp_slice_trim(value).n,
		               rp_slice_trim(value).p);
		MHD_add_response_header(response, n, v);
	}
}

/* Put ETag and Last-Modified on, and turn the answer into a 304 when they match. */
static void
validate(const struct mock_request *r, struct mock_answer *a)
{
	char made[64] = "";
	bool same = false;

	if (a->status != 200)
		return;
	if (a->validate && a->etag.n == 0) {
		(void)snprintf(made, sizeof(made), "%s\"%llx\"", a->weak ? "W/" : "",
		               (unsigned long long)hash_stable(buf_slice(&a->body)));
		a->etag = rp_slice_str(made);
	}
	if (a->etag.n > 0)
		mock_header(a, "ETag", "%.*s", RP_FMT(a->etag));
	if (a->modified.n > 0)
		mock_header(a, "Last-Modified", "%.*s", RP_FMT(a->modified));
	if (r->if_none_match != NULL)
		same = a->etag.n > 0 && strstr(r->if_none_match, a->etag.p) != NULL;
	else if (r->if_modified_since != NULL)
		same = rp_slice_eq(a->modified, rp_slice_str(r->if_modified_since));
	if (same) {
		a->status = 304;
		buf_clear(&a->body);
	}
}

static void
compress_body(struct mock_answer *a)
{
	uLong room = compressBound(a->body.n) + 32;
	char *out = malloc(room);
	z_stream z = { 0 };

	if (out == NULL || deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, 0) != Z_OK)
		abort();
	z.next_in = (Bytef *)a->body.p;
	z.avail_in = (uInt)a->body.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)room;
	(void)deflate(&z, Z_FINISH);
	buf_clear(&a->body);
	buf_add(&a->body, rp_slice_from(out, z.total_out));
	mock_header(a, "Content-Encoding", "gzip");
	(void)deflateEnd(&z);
	free(out);
}

static void
route(struct mock *m, struct mock_request *r, struct mock_answer *a)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++) {
		size_t n = strlen(routes[i].prefix);

		if (strncmp(r->full, routes[i].prefix, n) == 0 &&
		    (r->full[n] == '/' || r->full[n] == '\0')) {
			r->path = r->full + n;
			mock_count(m, routes[i].prefix + 1, 1);
			routes[i].answer(m, r, a);
			return;
		}
	}
	a->status = 404;
}

/* What a fault says instead of, or on top of, the answer. */
static void
spoil(const struct mock_fault *fault, struct mock_answer *a)
{
	if (fault->status > 0) {
		a->status = fault->status;
		buf_clear(&a->body);
		buf_add(&a->body, buf_slice(&fault->body));
	}
	if (fault->type[0] != '\0')
		a->type = fault->type;
	if (fault->header[0] != '\0')
		buf_printf(&a->headers, "%s\n", fault->header);
}

static void
note(struct mock *m, const struct mock_request *r, const struct mock_answer *a)
{
	size_t from = m->lines.n;

	buf_printf(&m->lines, "%s %s %d %zu%s%s\n", r->method, r->raw, a->status,
	           a->body.n,
	           r->if_none_match != NULL || r->if_modified_since != NULL ? " if" : "",
	           r->authorization != NULL ? " auth" : "");
	if (m->log != NULL) {
		fwrite(m->lines.p + from, 1, m->lines.n - from, m->log);
		fflush(m->log);
	}
}

static void
date(const struct mock *m, struct mock_answer *a)
{
	CLEANUP(buf_done) struct rp_buf text;

	buf_init(&text, 64);
	mock_http_date(&text, mock_now(m));
	(void)snprintf(a->date, sizeof(a->date), "%.*s", RP_FMT(buf_slice(&text)));
}

/* What a connection has sent so far. */
struct coming {
	struct rp_buf body;
	char *uri;
	bool headers;
};

static void *
begun(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct coming *coming = calloc(1, sizeof(*coming));

	(void)cls;
	(void)connection;
	if (coming == NULL)
		return NULL;
	buf_init(&coming->body, 64 << 20);
	coming->uri = strdup(uri);
	return coming;
}

static void
ended(void *cls, struct MHD_Connection *connection, void **con_cls,
      enum MHD_RequestTerminationCode why)
{
	struct coming *coming = *con_cls;

	(void)cls;
	(void)connection;
	(void)why;
	if (coming == NULL)
		return;
	buf_done(&coming->body);
	free(coming->uri);
	free(coming);
}

static enum MHD_Result
parameter(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct mock_request *r = cls;

	(void)kind;
	if (r->n < MOCK_PARAMS) {
		r->names[r->n] = name;
		r->values[r->n++] = value != NULL ? value : "";
	}
	return MHD_YES;
}

static const char *
header_of(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void
answer(struct mock *m, struct mock_request *r, struct mock_answer *a,
       struct mock_fault *fault_out)
{
	bool control = strncmp(r->full, "/_/", 3) == 0;

	r->fault = control ? NULL : mock_fault_of(m, r->full);
	m->serial += !control;
	if (r->fault == NULL || r->fault->status == 0)
		route(m, r, a);
	else
		mock_count(m, "faults", 1);
	if (r->fault != NULL) {
		spoil(r->fault, a);
		*fault_out = *r->fault;
	}
	validate(r, a);
	date(m, a);
	if (!control)
		note(m, r, a);
}

static enum MHD_Result
reply(struct MHD_Connection *connection, struct mock_request *r)
{
	struct mock_fault fault = { .cut = -1 };
	struct mock_answer a = { .status = 200,
		                 .type = "application/json; charset=utf-8" };
	struct MHD_Response *response;
	const char *encodings = header_of(connection, "Accept-Encoding");
	enum MHD_Result result;

	buf_init(&a.body, 256 << 20);
	buf_init(&a.headers, 1 << 20);
	pthread_mutex_lock(&lock);
	answer(&the_mock, r, &a, &fault);
	pthread_mutex_unlock(&lock);
	if (encodings != NULL && strstr(encodings, "gzip") != NULL && a.body.n > 200 &&
	    mock_number(&the_mock, "gzip", 1) != 0)
		compress_body(&a);
	if (fault.delay_ms > 0)
		usleep((useconds_t)fault.delay_ms * 1000);
	response = response_of(&a, r->fault != NULL ? &fault : NULL);
	add_headers(response, &a);
	result = MHD_queue_response(connection, (unsigned)a.status, response);
	MHD_destroy_response(response);
	buf_done(&a.body);
	buf_done(&a.headers);
	return result;
}

static enum MHD_Result
handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
       const char *version, const char *upload, size_t *upload_n, void **con_cls)
{
	struct coming *coming = *con_cls;
	struct mock_request r = { .method = method, .full = url };
	enum MHD_Result result;

	(void)cls;
	(void)version;
	if (coming == NULL)
		return MHD_NO;
	if (!coming->headers) {
		coming->headers = true;
		return MHD_YES;
	}
	if (*upload_n > 0) {
		buf_add(&coming->body, rp_slice_from(upload, *upload_n));
		*upload_n = 0;
		return MHD_YES;
	}
	r.raw = coming->uri;
	r.body = buf_slice(&coming->body);
	r.host = header_of(connection, "Host");
	r.authorization = header_of(connection, "Authorization");
	r.if_none_match = header_of(connection, "If-None-Match");
	r.if_modified_since = header_of(connection, "If-Modified-Since");
	r.accept = header_of(connection, "Accept");
	r.agent = header_of(connection, "User-Agent");
	MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, parameter, &r);
	r.arena = arena_new(512 << 20);
	if (r.arena == NULL)
		return MHD_NO;
	result = reply(connection, &r);
	arena_free(r.arena);
	return result;
}

static struct MHD_Daemon *
listen_on(const char *address, uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };

	(void)inet_pton(AF_INET, address, &to.sin_addr);
	return MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_POLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK,
		0, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&to,
		MHD_OPTION_URI_LOG_CALLBACK, begun, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		ended, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 60u, MHD_OPTION_END);
}

static bool
start(struct MHD_Daemon *daemons[2], uint16_t *port_out)
{
	/* A port that is free on one address need not be on the other. */
	for (int attempt = 0; attempt < 20; attempt++) {
		daemons[0] = listen_on("127.0.0.1", 0);
		if (daemons[0] == NULL)
			return false;
		*port_out =
			MHD_get_daemon_info(daemons[0], MHD_DAEMON_INFO_BIND_PORT)->port;
		daemons[1] = listen_on("127.0.0.2", *port_out);
		if (daemons[1] != NULL)
			return true;
		MHD_stop_daemon(daemons[0]);
	}
	return false;
}

/* Written beside it first: whoever waits for the file finds all of it. */
static void
tell(const char *path, uint16_t port)
{
	char temporary[4096];
	FILE *file;

	(void)snprintf(temporary, sizeof(temporary), "%s.new", path);
	file = fopen(temporary, "w");
	if (file == NULL) {
		perror(path);
		exit(74);
	}
	fprintf(file, "http://127.0.0.1:%u\n", port);
	if (fclose(file) != 0 || rename(temporary, path) != 0)
		exit(74);
}

static void
usage(void)
{
	fputs("usage: mock --ready FILE [--world DIR] [--log FILE] [--state FILE] "
	      "[--stay]\n",
	      stderr);
	exit(64);
}

static const char *
options(struct mock *m, int argc, char **argv)
{
	static const struct option known[] = {
		{ "ready", required_argument, NULL, 'r' },
		{ "world", required_argument, NULL, 'w' },
		{ "log", required_argument, NULL, 'l' },
		{ "state", required_argument, NULL, 's' },
		{ "stay", no_argument, NULL, 'y' },
		{ NULL, 0, NULL, 0 },
	};
	const char *ready = NULL;
	bool stay = false;
	int c;

	while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (c == 'r')
			ready = optarg;
		else if (c == 'w')
			m->dir = optarg;
		else if (c == 's')
			m->state = optarg;
		else if (c == 'y')
			stay = true;
		else if (c != 'l' || (m->log = fopen(optarg, "a")) == NULL)
			usage();
	}
	if (ready == NULL || optind != argc)
		usage();
		/* A test that dies leaves no server behind. */
#ifdef __linux__
	if (!stay)
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
#else
	(void)stay;
#endif
	return ready;
}

int
main(int argc, char **argv)
{
	struct mock *m = &the_mock;
	const char *ready = options(m, argc, argv);
	struct MHD_Daemon *daemons[2];
	uint16_t port;
	sigset_t stop;
	int caught;

	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	m->arena = arena_new((size_t)4 << 30);
	m->keys = map_new();
	m->counts = map_new();
	m->billed = map_new();
	m->windows = map_new();
	buf_init(&m->lines, 256 << 20);
	mock_load(m);
	if (!start(daemons, &port)) {
		fputs("mock: cannot listen\n", stderr);
		return 69;
	}
	tell(ready, port);
	(void)sigwait(&stop, &caught);
	for (int i = 0; i < 2; i++)
		MHD_stop_daemon(daemons[i]);
	if (m->log != NULL)
		(void)fclose(m->log);
	return 0;
}
