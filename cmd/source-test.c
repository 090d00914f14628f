/*
 * riposte source test: one request, of which nothing is kept but what it cost.
 */
#include "cmd/collecting.h"
#include "cmd/report.h"
#include "cmd/signals.h"
#include "cmd/source.h"
#include "cmd/tally.h"
#include "cmd/web.h"
#include "core/base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TEST_CEILING = 16 << 20 };

/* What came of it. */
struct trial {
	unsigned asked;
	struct rp_buf url, format, remark;
	uint64_t bytes, units;
	const char *price; /* of what `units` counts, or NULL */
	bool kept, answered, more;
	struct collecting run; /* its archive is opened when something costs money */
};

/* The first request is made, and a second is not. */
static bool
asking(void *context, const struct gather_source *source,
       const struct fetch_request *request)
{
	struct trial *trial = context;

	(void)source;
	if (trial->asked++ > 0) {
		trial->more = true;
		return false;
	}
	buf_add(&trial->url, request->url);
	trial->price = request->price;
	return true;
}

static enum rp_status
note(void *context, struct gather_source *source, const struct page *page,
     const struct fetch_taken *taken, struct tally *told_out, struct rp_error *err)
{
	struct trial *trial = context;

	const struct fetch_taken paid = { .units = taken->units };

	if (trial->run.ingest != NULL) {
		enum rp_status st =
			collecting_store(&trial->run, source, NULL, &paid, told_out, err);

		if (st != RP_OK)
			return st;
	}
	trial->answered = source->told.requests > 0;
	trial->units += taken->units;
	buf_add(&trial->remark, taken->remark);
	if (page == NULL)
		return RP_OK;
	trial->kept = true;
	trial->bytes += page->body.n;
	buf_add(&trial->format, page->format);
	return RP_OK;
}

/* Without an archive nobody would know how often this was done. */
static enum rp_status
open_ledger(struct collecting *run, struct rp_error *err)
{
	const enum rp_status st = collecting_open(run, err);

	return st == RP_OK ? collecting_begin(run, err) : st;
}

static enum rp_status
spend(void *context, struct gather_source *source, const char *price, uint64_t units,
      struct rp_error *err)
{
	struct trial *trial = context;
	enum rp_status st = RP_OK;

	if (trial->run.ingest == NULL)
		st = open_ledger(&trial->run, err);
	return st == RP_OK ? collecting_spend(&trial->run, source, price, units, err)
	                   : st;
}

static enum rp_status
ended(void *context, struct gather_source *source, int64_t due, struct rp_error *err)
{
	(void)context;
	(void)source;
	(void)due;
	(void)err;
	return RP_OK;
}

static enum rp_status
try_it(const struct invocation *inv, struct gather_source *one, struct trial *trial,
       struct arena *arena, struct rp_error *err)
{
	CLEANUP(secrets_free) struct secrets *secrets = secrets_new();
	const struct web_user user = { .secrets = secrets };
	CLEANUP(http_free) struct http *http = NULL;
	const struct setting *token = section_get(&one->source->settings, "token");
	const struct gather_hooks hooks = { .context = trial,
		                            .store = note,
		                            .spend = spend,
		                            .ended = ended,
		                            .stop = signals_stop,
		                            .now = web_now,
		                            .asking = asking };
	struct gather_options options = { .secrets = secrets, .side_by_side = 1 };
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	if (secrets == NULL)
		return rp_fail_memory(err);
	if (token != NULL && secret_read(secrets, token->value, inv->config->path,
	                                 &one->token, &why) != RP_OK)
		return config_complain(err, inv->config, &one->source->settings, token,
		                       "%s", why.text);
	st = secrets_add_addresses(&secrets, &one->source->settings, err);
	if (st == RP_OK)
		st = web_open(inv->config, &user, arena, &http, err);
	if (st != RP_OK)
		return st;
	options.http = http;
	options.arena = arena;
	st = gather(one, 1, &options, &hooks, err);
	if (trial->run.ingest != NULL &&
	    collecting_end(&trial->run, EXIT_DONE, NULL) != EXIT_DONE && st == RP_OK)
		st = rp_fail(err, RP_FAILED, "what it cost could not be noted");
	/* It may be a stranger's words. */
	(void)secrets_mask(secrets, trial->remark.p, trial->remark.n);
	(void)secrets_mask(secrets, trial->url.p, trial->url.n);
	return st == RP_END ? RP_OK : st;
}

static void
add_line(struct rp_buf *out, const char *label, struct rp_slice text)
{
	if (text.n == 0)
		return;
	buf_printf(out, "  %-10s", label);
	utf8_show(out, text, true);
	buf_add_byte(out, '\n');
}

/* There is no money for it now. */
static bool
was_not_asked(const struct gather_source *one)
{
	return one->told.end == SOURCE_STOPPED && one->told.requests == 0;
}

static int
exit_of(const struct gather_source *one)
{
	if (one->told.end == SOURCE_LATER || was_not_asked(one))
		return EXIT_LATER;
	return one->told.end == SOURCE_FAILED ? EXIT_UNAVAILABLE : EXIT_DONE;
}

static void
trial_text(struct rp_buf *out, const struct gather_source *one, const struct trial *trial,
           int64_t micro)
{
	buf_printf(out, "%.*s: %s\n", RP_FMT(one->source->name),
	           was_not_asked(one)          ? "was not asked"
	           : exit_of(one) != EXIT_DONE ? "does not work"
	           : trial->kept               ? "works"
	                                       : "answers");
	if (!was_not_asked(one))
		add_line(out, "asked", buf_slice(&trial->url));
	if (trial->kept)
		buf_printf(out, "  %-10s%" PRIu64 " bytes, to be read as %.*s\n", "got",
		           trial->bytes,
		           RP_FMT(trial->format.n > 0
		                          ? buf_slice(&trial->format)
		                          : RP_SLICE("what it turns out to be")));
	if (trial->asked == 0)
		add_line(out, "asked", RP_SLICE("nobody: all of it is in the archive"));
	if (micro > 0) {
		buf_printf(out, "  %-10s$", "costs");
		tally_dollars(out, micro);
		buf_printf(out, " (%" PRIu64 " of %s)\n", trial->units, trial->price);
	}
	add_line(out, "remark", buf_slice(&trial->remark));
	if (trial->more)
		buf_add_str(out, "  there is more to ask for\n");
	else
		add_line(out, "end", one->told.why);
}

static void
trial_json(struct rp_buf *out, const struct gather_source *one, const struct trial *trial,
           int64_t micro)
{
	struct jsonw json = jsonw_to(out);

	jsonw_object(&json);
	jsonw_field_int(&json, "v", 1);
	jsonw_field_text(&json, "name", one->source->name);
	jsonw_field_bool(&json, "answered", trial->answered);
	jsonw_field_bool(&json, "kept", trial->kept);
	jsonw_field_text_or_null(&json, "asked",
	                         was_not_asked(one) ? RP_SLICE("")
	                                            : buf_slice(&trial->url));
	jsonw_field_text_or_null(&json, "format", buf_slice(&trial->format));
	jsonw_field_int(&json, "bytes", (int64_t)trial->bytes);
	tally_json_dollars(&json, "spent_usd", micro);
	jsonw_field_bool(&json, "more", trial->more);
	jsonw_field_text(&json, "end", rp_slice_str(source_end_name(one->told.end)));
	jsonw_field_text_or_null(&json, "why", one->told.why);
	jsonw_end_object(&json);
	buf_add_byte(out, '\n');
}

static int64_t
cost_of(const struct invocation *inv, const struct trial *trial)
{
	return trial->price != NULL
	               ? config_price(inv->config, trial->price) * (int64_t)trial->units
	               : 0;
}

int
source_test(struct invocation *inv, const struct source *source, bool json)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	CLEANUP(buf_done) struct rp_buf text;
	struct gather_source one = { .source = source,
		                     .ops = fetcher_find(source->collector),
		                     .state = { .name = source->name,
		                                .collector = source->collector,
		                                .due = RP_TIME_UNKNOWN,
		                                .tried = RP_TIME_UNKNOWN,
		                                .worked = RP_TIME_UNKNOWN } };
	struct spending pending = { .id = 0 };
	struct trial trial = { .run = { .inv = inv,
		                        .arena = arena,
		                        .sources = &one,
		                        .pending = &pending,
		                        .n = 1,
		                        .clock = { .start = inv->now,
		                                   .mono_ms = rp_monotonic_ms(),
		                                   .frozen = getenv("RIPOSTE_NOW") !=
		                                             NULL },
		                        .made = true,
		                        .kind = "test" } };
	struct rp_error err = { .status = RP_OK };
	enum rp_status st;

	buf_init(&text, TEST_CEILING);
	buf_init(&trial.url, 1 << 16);
	buf_init(&trial.format, 64);
	buf_init(&trial.remark, 1 << 16);
	signals_catch();
	st = arena != NULL ? try_it(inv, &one, &trial, arena, &err)
	                   : rp_fail_memory(&err);
	if (st == RP_OK && json)
		trial_json(&text, &one, &trial, cost_of(inv, &trial));
	else if (st == RP_OK)
		trial_text(&text, &one, &trial, cost_of(inv, &trial));
	buf_done(&trial.url);
	buf_done(&trial.format);
	buf_done(&trial.remark);
	if (signals_stop(NULL))
		inv->store = store_close(inv->store);
	signals_end();
	if (st != RP_OK)
		return report_error(&err);
	fwrite(text.p, 1, text.n, stdout);
	return finish_output(stdout, exit_of(&one));
}
