/* Reading a cassette: all of it is in memory, and found by what was asked. */
#include "core/net/cassette-parts.h"

#include "core/base/file.h"

#include <stdlib.h>

enum { ASK_MAX = 8 << 20 };

struct reading {
	struct cassette *cassette;
	struct rp_slice rest;
	struct exchange *exchange;
	struct http_header *headers;
	size_t n_headers, header_room;
};

static bool
starts(struct rp_slice *line, const char *name)
{
	const size_t n = strlen(name);

	if (!rp_slice_starts(*line, rp_slice_str(name)) || line->n <= n ||
	    line->p[n] != ' ')
		return false;
	*line = rp_slice_skip(*line, n + 1);
	return true;
}

static bool
read_hash(struct rp_slice hex, struct sha256 *out)
{
	if (hex.n != SHA256_HEX)
		return false;
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		char pair[3] = { hex.p[2 * i], hex.p[2 * i + 1], '\0' };
		char *end;

		out->bytes[i] = (unsigned char)strtoul(pair, &end, 16);
		if (end != pair + 2)
			return false;
	}
	return true;
}

static bool
read_header(struct reading *reading, struct rp_slice line)
{
	struct http_header *list;

	list = arena_room(reading->cassette->arena, reading->headers, reading->n_headers,
	                  &reading->header_room, sizeof(*list));
	if (list == NULL)
		return false;
	reading->headers = list;
	list[reading->n_headers].name = rp_slice_cut(&line, ':');
	list[reading->n_headers++].value = rp_slice_trim(line);
	return true;
}

static bool
read_number(struct rp_slice text, uint64_t most, uint64_t *out)
{
	return rp_slice_u64(text, out) && *out <= most;
}

static bool
read_failure(struct exchange *exchange, struct rp_slice line)
{
	const int64_t again = exchange->problem.retry_at;
	const bool retry = starts(&line, "retry");

	if (!retry && !starts(&line, "refused"))
		return false;
	rp_fail(&exchange->problem, retry ? RP_RETRY_LATER : RP_BAD_SOURCE, "%.*s",
	        RP_FMT(line));
	exchange->problem.retry_at = again;
	return true;
}

static bool
read_line(struct reading *reading, struct rp_slice line)
{
	struct exchange *exchange = reading->exchange;
	struct http_answer *answer = &exchange->answer;
	uint64_t number = 0;
	bool good = true;

	if (starts(&line, "header"))
		return read_header(reading, line);
	if (starts(&line, "failed"))
		return read_failure(exchange, line);
	if (starts(&line, "at")) {
		good = read_number(line, INT64_MAX, &number);
		answer->at = (int64_t)number;
	} else if (starts(&line, "again")) {
		good = read_number(line, INT64_MAX, &number);
		exchange->problem.retry_at = (int64_t)number;
	} else if (starts(&line, "status")) {
		good = read_number(line, 999, &number);
		answer->status = (int)number;
	} else if (starts(&line, "hops")) {
		good = read_number(line, UINT32_MAX, &number);
		answer->hops = (unsigned)number;
	} else if (starts(&line, "wire")) {
		good = read_number(line, INT64_MAX, &answer->wire_bytes);
	} else if (starts(&line, "url")) {
		answer->url = line;
	} else if (starts(&line, "address")) {
		good = line.n < sizeof(answer->address);
		memcpy(answer->address, line.p, good ? line.n : 0);
	} else if (starts(&line, "certificate")) {
		good = read_hash(line, &answer->certificate);
	} else if (rp_slice_eq(line, RP_SLICE("moved-for-good yes"))) {
		answer->moved_for_good = true;
	} else if (rp_slice_eq(line, RP_SLICE("cut yes"))) {
		answer->cut = true;
	} else if (rp_slice_eq(line, RP_SLICE("unverified-end yes"))) {
		answer->unverified_end = true;
	} else {
		good = starts(&line, "post");
	}
	return good;
}

static bool
read_body(struct reading *reading, struct rp_slice length)
{
	struct rp_slice *rest = &reading->rest;
	uint64_t n;

	if (!rp_slice_u64(length, &n) || n >= rest->n || rest->p[n] != '\n')
		return false;
	reading->exchange->answer.body = rp_slice_from(rest->p, (size_t)n);
	*rest = rp_slice_skip(*rest, (size_t)n + 1);
	return true;
}

static bool
read_exchange(struct reading *reading)
{
	struct exchange *exchange = reading->exchange;
	struct rp_slice line = rp_slice_cut(&reading->rest, '\n');
	const char *begin = line.p;

	if (!starts(&line, "ask"))
		return false;
	exchange->ask = rp_slice_from(begin, (size_t)(line.p + line.n - begin));
	exchange->answer.url = line;
	rp_slice_cut(&exchange->answer.url, ' ');
	for (;;) {
		line = rp_slice_cut(&reading->rest, '\n');
		if (rp_slice_starts(line, RP_SLICE("post ")))
			exchange->ask.n = (size_t)(line.p + line.n - begin);
		if (starts(&line, "body"))
			break;
		if (line.n == 0 || !read_line(reading, line))
			return false;
	}
	exchange->answer.headers = reading->headers;
	exchange->answer.n_headers = reading->n_headers;
	return read_body(reading, line);
}

/* Behind those of the same ask.  The map has the last one while the cassette is read. */
static bool
chain(struct cassette *cassette, uint32_t number)
{
	struct exchange *exchange = &cassette->exchanges[number - 1];
	bool fresh;
	uint32_t *last = map_put(cassette->map, exchange->ask, number, &fresh);

	if (last == NULL)
		return false;
	if (!fresh)
		cassette->exchanges[*last - 1].next = number;
	*last = number;
	return true;
}

static void
rewind_all(struct cassette *cassette)
{
	for (size_t i = cassette->n; i > 0; i--)
		*map_get(cassette->map, cassette->exchanges[i - 1].ask) = (uint32_t)i;
}

static enum rp_status
read_all(struct cassette *cassette, struct rp_error *err)
{
	struct reading reading = { .cassette = cassette,
		                   .rest = buf_slice(&cassette->bytes) };

	if (!rp_slice_eq(rp_slice_cut(&reading.rest, '\n'), RP_SLICE(CASSETTE_MAGIC)))
		return rp_fail(err, RP_BAD_CONFIG, "is no cassette of ours");
	while (reading.rest.n > 0) {
		struct exchange *list =
			arena_room(cassette->arena, cassette->exchanges, cassette->n,
		                   &cassette->room, sizeof(*list));

		if (list == NULL)
			return rp_fail_memory(err);
		cassette->exchanges = list;
		reading.exchange = &list[cassette->n++];
		*reading.exchange = (struct exchange){ .next = 0 };
		reading.headers = NULL;
		reading.n_headers = reading.header_room = 0;
		if (rp_slice_cut(&reading.rest, '\n').n > 0 || !read_exchange(&reading))
			return rp_fail(err, RP_CORRUPT,
			               "exchange %zu of the cassette cannot be read",
			               cassette->n);
		if (!chain(cassette, (uint32_t)cassette->n))
			return rp_fail_memory(err);
	}
	rewind_all(cassette);
	return RP_OK;
}

enum rp_status
cassette_play(struct rp_slice path, struct cassette **out, struct rp_error *err)
{
	CLEANUP(cassette_free) struct cassette *cassette = calloc(1, sizeof(*cassette));
	struct rp_slice name;
	enum rp_status st;

	if (cassette == NULL)
		return rp_fail_memory(err);
	buf_init(&cassette->bytes, CASSETTE_MAX);
	cassette->arena = arena_new(CASSETTE_ARENA_MAX);
	cassette->map = map_new();
	if (cassette->arena == NULL || cassette->map == NULL ||
	    !arena_copy(cassette->arena, path, &name))
		return rp_fail_memory(err);
	rp_error_where(err, "%s", name.p);
	st = file_read(name.p, &cassette->bytes, err);
	if (st == RP_NOT_FOUND)
		return rp_fail(err, RP_BAD_CONFIG, "there is no such cassette to replay");
	if (st == RP_BAD_ITEM)
		return rp_fail(err, RP_BAD_CONFIG, "is no cassette of ours");
	if (st == RP_OK)
		st = read_all(cassette, err);
	if (st != RP_OK)
		return st;
	*out = cassette;
	cassette = NULL;
	return RP_OK;
}

enum rp_status
cassette_answer(struct cassette *cassette, const struct http_options *options,
                const struct http_request *request, struct http_answer *out,
                struct rp_error *err)
{
	const struct exchange *exchange;
	CLEANUP(buf_done) struct rp_buf ask;
	uint32_t *at = NULL;

	buf_init(&ask, ASK_MAX);
	cassette_ask(&ask, request);
	if (options->mask != NULL && !buf_failed(&ask))
		options->mask(options->context, ask.p, ask.n);
	/* Without the line end, as it is kept. */
	if (!buf_failed(&ask))
		at = map_get(cassette->map, rp_slice_from(ask.p, ask.n - 1));
	if (at == NULL || *at == 0)
		return rp_fail(err, RP_BAD_SOURCE, "not on the cassette%s: %.*s",
		               at ? " so often" : "",
		               RP_FMT(rp_slice_from(ask.p, ask.n - 1)));
	exchange = &cassette->exchanges[*at - 1];
	*at = exchange->next;
	if (exchange->problem.status != RP_OK) {
		*err = exchange->problem;
		return err->status;
	}
	*out = exchange->answer;
	return RP_OK;
}
