/*
 * riposte person list|show: people and their accounts.
 */
#include "cmd/reader.h"
#include "core/base/jsonw.h"
#include "core/base/utf8.h"
#include "core/model/key.h"
#include "core/thread/author.h"

#include <string.h>

static void
texts(struct jsonw *json, const char *name, const struct rp_slice *list, size_t n)
{
	jsonw_key(json, name);
	jsonw_array(json);
	for (size_t i = 0; i < n; i++)
		jsonw_text(json, list[i]);
	jsonw_end_array(json);
}

/* What is said of a person's accounts; live: nothing. */
static enum rp_status
account_states(struct store *store, const struct person *person, struct arena *arena,
               enum post_state **out, struct rp_error *err)
{
	CLEANUP(authors_done) struct authors authors = { 0 };
	enum post_state *states = arena_array(arena, person->n_accounts, sizeof(*states));
	enum rp_status st = authors_init(&authors, store, NULL, arena, err);

	if (states == NULL)
		return rp_fail_memory(err);
	for (size_t i = 0; st == RP_OK && i < person->n_accounts; i++)
		st = authors_state(&authors, person->accounts[i], &states[i], err);
	*out = states;
	return st;
}

static void
states_json(struct jsonw *json, const struct person *person,
            const enum post_state *states)
{
	jsonw_key(json, "states");
	jsonw_array(json);
	for (size_t i = 0; i < person->n_accounts; i++) {
		if (states[i] == STATE_LIVE)
			continue;
		jsonw_object(json);
		jsonw_field_text(json, "account", person->accounts[i]);
		jsonw_field_text(json, "state", rp_slice_str(post_state_name(states[i])));
		jsonw_end_object(json);
	}
	jsonw_end_array(json);
}

static void
person_json(struct jsonw *json, const struct person *person,
            const enum post_state *states)
{
	jsonw_object(json);
	jsonw_field_text(json, "name", person->name);
	jsonw_field_text_or_null(json, "short", person->short_name);
	texts(json, "accounts", person->accounts, person->n_accounts);
	texts(json, "aliases", person->aliases, person->n_aliases);
	texts(json, "roles", person->roles, person->n_roles);
	states_json(json, person, states);
	jsonw_end_object(json);
}

static void
lines(struct rp_buf *out, const char *label, const struct rp_slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "  %-8s ", label);
		utf8_show(out, list[i], true);
		buf_add_byte(out, '\n');
	}
}

/* "x:@44196397 (@elonmusk)  suspended", by the handle it had last. */
static enum rp_status
account_text(struct rp_buf *out, struct store *store, struct rp_slice account,
             enum post_state state, struct rp_error *err)
{
	const struct scan scan = { .of = SCAN_HANDLES, .key = account };
	CLEANUP(store_iter_close) struct store_iter *it = NULL;
	CLEANUP(buf_done) struct rp_buf handle;
	union scan_row row;
	enum rp_status st = store_scan(store, &scan, &it, err);

	buf_init(&handle, SIZE_MAX);
	while (st == RP_OK && (st = store_next(it, &row, err)) == RP_OK) {
		buf_clear(&handle);
		utf8_show(&handle, row.account.handle, true);
	}
	if (st != RP_END)
		return st;
	buf_printf(out, "  %-8s ", "account");
	utf8_show(out, account, true);
	if (handle.n > 0 && !key_is_handle_only(account))
		buf_printf(out, " (@%.*s)", RP_FMT(buf_slice(&handle)));
	if (state != STATE_LIVE)
		buf_printf(out, "  %s", post_state_name(state));
	buf_add_byte(out, '\n');
	return RP_OK;
}

static enum rp_status
person_text(struct rp_buf *out, struct store *store, const struct person *person,
            const enum post_state *states, struct rp_error *err)
{
	enum rp_status st = RP_OK;

	utf8_show(out, person->name, true);
	buf_add_byte(out, '\n');
	lines(out, "short", &person->short_name, person->short_name.n > 0);
	for (size_t i = 0; st == RP_OK && i < person->n_accounts; i++)
		st = account_text(out, store, person->accounts[i], states[i], err);
	lines(out, "alias", person->aliases, person->n_aliases);
	lines(out, "role", person->roles, person->n_roles);
	return st;
}

static enum rp_status
describe(struct reader *reader, const struct person *list, size_t n, bool json,
         struct rp_buf *out, struct rp_error *err)
{
	struct store *store = reader->inv->store;
	CLEANUP(arena_free) struct arena *arena = arena_new((size_t)1 << 30);
	struct jsonw w = jsonw_to(out);
	enum post_state *states = NULL;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	if (json)
		buf_add_str(out, "{\"v\":1,\"people\":[");
	for (size_t i = 0; i < n; i++) {
		struct person person = list[i];

		st = reader_accounts(reader, &person, err);
		if (st == RP_OK)
			st = account_states(store, &person, arena, &states, err);
		if (st == RP_OK && json)
			person_json(&w, &person, states);
		else if (st == RP_OK)
			st = person_text(out, store, &person, states, err);
		if (st != RP_OK)
			return st;
	}
	if (json)
		buf_add_str(out, "]}\n");
	return RP_OK;
}

static int
write_people(struct reader *reader, const struct person *list, size_t n, bool json)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error err = { .status = RP_OK };
	struct output out;

	buf_init(&text, (size_t)1 << 30);
	if (describe(reader, list, n, json, &text, &err) != RP_OK ||
	    output_open(reader->inv, &out, &err) != RP_OK)
		return report_error(&err);
	if (text.n > 0)
		fwrite(text.p, 1, text.n, out.stream);
	return output_close(&out, n > 0 ? EXIT_DONE : EXIT_NOTHING);
}

static int
show(struct reader *reader, bool json)
{
	struct rp_error err = { .status = RP_OK };
	struct person person;

	if (reader_person(reader, reader->inv->operands[1], &person, &err) != RP_OK)
		return report_error(&err);
	return write_people(reader, &person, 1, json);
}

static int
list(struct reader *reader, bool json)
{
	if (reader->people.n == 0)
		report("there is no people file, or nobody in it (see "
		       "riposte-person(1))");
	return write_people(reader, reader->people.list, reader->people.n, json);
}

static bool
is_json(const struct reader *reader)
{
	return strcmp(reader->writer->name, "json") == 0;
}

int
check_person(const struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	const char *verb = inv->operands[0];
	int exit_status;

	if ((strcmp(verb, "list") != 0 || inv->n_operands != 1) &&
	    (strcmp(verb, "show") != 0 || inv->n_operands != 2))
		return report_usage(inv, "person takes \"list\" or \"show NAME\"");
	exit_status = reader_check(&reader, inv, "text");
	if (exit_status != EXIT_DONE)
		return exit_status;
	if (!is_json(&reader) && strcmp(reader.writer->name, "text") != 0)
		return report_usage(inv, "people are written as text or json");
	return EXIT_DONE;
}

int
cmd_person(struct invocation *inv)
{
	CLEANUP(reader_done) struct reader reader = { .inv = inv };
	struct rp_error err = { .status = RP_OK };

	if (reader_init(&reader, inv, "text", &err) != RP_OK)
		return report_error(&err);
	return strcmp(inv->operands[0], "list") == 0 ? list(&reader, is_json(&reader))
	                                             : show(&reader, is_json(&reader));
}
