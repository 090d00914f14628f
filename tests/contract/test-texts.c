/* What strangers write comes back as they wrote it, whatever it is. */
#include "tests/contract/contract.h"

static const struct rp_slice nasty[] = {
	RP_LIT(""),
	RP_LIT("\0"),
	RP_LIT("a\0b"),
	RP_LIT("\0\0\0\0"),
	RP_LIT("\xff\xfe\xfd"),
	RP_LIT("\xed\xa0\x80 lone surrogate"),
	RP_LIT("\xc0\x80 overlong"),
	RP_LIT("cut \xf0\x9f\x9a"),
	RP_LIT("'; DROP TABLE posts; --"),
	RP_LIT("\"quoted\" 'quoted' `quoted`"),
	RP_LIT("%s%n%d %%"),
	RP_LIT("line\nline\r\nline\ttab"),
	RP_LIT("\x1b[31mred\x1b[0m"),
	RP_LIT("\xe2\x80\xae override"),
	RP_LIT("e\xcc\x81 and \xc3\xa9"),
	RP_LIT(" blanks at both ends "),
	RP_LIT("12345678901234567890123456789"),
	RP_LIT("1e5"),
	RP_LIT("NULL"),
};
enum { N_NASTY = sizeof(nasty) / sizeof(nasty[0]) };

static struct rp_slice
nasty_at(size_t i)
{
	return nasty[i % N_NASTY];
}

#define assert_same(a, b) assert_true(rp_slice_eq((a), (b)))

static void
every_text_of_a_post_comes_back(void **state)
{
	struct fixture *f = *state;

	begin(f);
	for (size_t i = 0; i < N_NASTY; i++)
		put_post(f, (struct post){ .key = text(f, "x:%zu", i),
		                           .author = nasty_at(i),
		                           .conversation = nasty_at(i + 1),
		                           .url = nasty_at(i + 2),
		                           .context = nasty_at(i + 3),
		                           .place = nasty_at(i + 4),
		                           .zone = nasty_at(i + 5),
		                           .title = nasty_at(i + 6),
		                           .not_before = nasty_at(i + 7),
		                           .not_after = nasty_at(i + 8) });
	commit(f);

	reopen(f);
	for (size_t i = 0; i < N_NASTY; i++) {
		struct post post = get_post(f, text(f, "x:%zu", i).p);

		assert_same(post.author, nasty_at(i));
		assert_same(post.conversation, nasty_at(i + 1));
		assert_same(post.url, nasty_at(i + 2));
		assert_same(post.context, nasty_at(i + 3));
		assert_same(post.place, nasty_at(i + 4));
		assert_same(post.zone, nasty_at(i + 5));
		assert_same(post.title, nasty_at(i + 6));
		assert_same(post.not_before, nasty_at(i + 7));
		assert_same(post.not_after, nasty_at(i + 8));
	}
}

static void
check_version(struct fixture *f, const union scan_row *row, void *context)
{
	size_t i = *(size_t *)context;

	(void)f;
	assert_same(row->version.native, nasty_at(i));
	assert_same(row->version.text, nasty_at(i + 1));
	assert_same(row->version.text_raw, nasty_at(i + 2));
	assert_same(row->version.lang, nasty_at(i + 3));
	assert_same(row->version.mentions, nasty_at(i + 4));
	assert_same(row->version.media, nasty_at(i + 5));
	assert_same(row->version.poll, nasty_at(i + 6));
	*(size_t *)context = SIZE_MAX;
}

static void
every_text_of_a_version_comes_back(void **state)
{
	struct fixture *f = *state;
	int64_t ids[N_NASTY];

	begin(f);
	for (size_t i = 0; i < N_NASTY; i++) {
		ids[i] = put_ghost(f, text(f, "x:%zu", i).p);
		put_version(f, (struct version){ .post = ids[i],
		                                 .native = nasty_at(i),
		                                 .text = nasty_at(i + 1),
		                                 .text_raw = nasty_at(i + 2),
		                                 .lang = nasty_at(i + 3),
		                                 .mentions = nasty_at(i + 4),
		                                 .media = nasty_at(i + 5),
		                                 .poll = nasty_at(i + 6),
		                                 .printed = RP_TIME_NONE });
	}
	commit(f);

	reopen(f);
	for (size_t i = 0; i < N_NASTY; i++) {
		const struct scan scan = { .of = SCAN_VERSIONS, .id = ids[i] };
		size_t seen = i;

		each_row(f, &scan, check_version, &seen);
		assert_true(seen == SIZE_MAX);
	}
}

/* Takes nasty texts off a count of how often each is still expected. */
struct expected {
	size_t left[N_NASTY];
};

static void
take_off(struct expected *expected, struct rp_slice s)
{
	for (size_t i = 0; i < N_NASTY; i++)
		if (expected->left[i] > 0 && rp_slice_eq(s, nasty[i])) {
			expected->left[i]--;
			return;
		}
	fail_msg("a text of %zu bytes nobody wrote", s.n);
}

static void
take_name(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	take_off(context, row->account.handle);
	take_off(context, row->account.name);
}

static void
take_evidence(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	take_off(context, row->state.evidence);
}

static void
take_reason(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	take_off(context, row->reject.reason);
}

static void
take_capture(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	take_off(context, row->capture.name);
	take_off(context, row->capture.format);
	take_off(context, row->capture.options);
}

static void
take_run(struct fixture *f, const union scan_row *row, void *context)
{
	(void)f;
	take_off(context, row->run.kind);
	take_off(context, row->run.program);
}

static void
assert_all_of(struct fixture *f, enum scan_of of, row_seen *take, size_t times)
{
	const struct scan scan = { .of = of, .key = RP_SLICE("x:@1") };
	struct expected expected;

	for (size_t i = 0; i < N_NASTY; i++)
		expected.left[i] = times;
	each_row(f, &scan, take, &expected);
	for (size_t i = 0; i < N_NASTY; i++)
		assert_int_equal(expected.left[i], 0);
}

static void
put_one_of_each(struct fixture *f, size_t i)
{
	const struct run run = { .kind = nasty_at(i), .program = nasty_at(i + 1) };
	struct capture capture = { .name = nasty_at(i),
		                   .format = nasty_at(i + 1),
		                   .options = nasty_at(i + 2) };
	const struct account account = { .key = RP_SLICE("x:@1"),
		                         .handle = nasty_at(i),
		                         .name = nasty_at(i + 1) };

	assert_ok(store_run_begin(f->store, &run, &capture.run, &f->err), f->err);
	assert_ok(store_capture_begin(f->store, &capture, &capture.id, &f->err), f->err);
	put_reject(f, (struct reject){ capture.id, 0, 0, 0, nasty_at(i) });
	assert_ok(store_account_put(f->store, &account, &f->err), f->err);
	put_state(f, (struct state_note){ .subject = RP_SLICE("x:@1"),
	                                  .state = STATE_DELETED,
	                                  .evidence = nasty_at(i) });
}

static void
texts_of_accounts_states_runs_captures_and_rejects_come_back(void **state)
{
	struct fixture *f = *state;

	begin(f);
	for (size_t i = 0; i < N_NASTY; i++)
		put_one_of_each(f, i);
	commit(f);

	reopen(f);
	assert_all_of(f, SCAN_HANDLES, take_name, 2);
	assert_all_of(f, SCAN_STATES, take_evidence, 1);
	assert_all_of(f, SCAN_REJECTS, take_reason, 1);
	assert_all_of(f, SCAN_CAPTURES, take_capture, 3);
	assert_all_of(f, SCAN_RUNS, take_run, 2);
}

static const char *const odd_keys[] = {
	"x:'; DROP TABLE posts; --",
	"x:\"quoted\"",
	"x:100%",
	"x:%s%n",
	"x:_",
	"x:a\nb",
	"x:A",
	"x:a",
	"x:\xc3\xa9",
	"x:e\xcc\x81",
	"x:007",
	"x:7",
	"x:7.0",
	"x:-1",
	"x:9223372036854775808",
	"x:18446744073709551616",
	"masto:https://host/users/ana/statuses/1",
	"masto:https://host/users/ana/statuses/1/",
	"masto:https://host/users/Ana/statuses/1",
	"bsky:7",
};

static void
keys_are_bytes_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	size_t n = sizeof(odd_keys) / sizeof(odd_keys[0]);
	int64_t ids[sizeof(odd_keys) / sizeof(odd_keys[0])];

	begin(f);
	for (size_t i = 0; i < n; i++)
		ids[i] = say(f, odd_keys[i], "", "words");
	for (size_t i = 0; i < n; i++) {
		put_reply(f, ids[i], ids[0]);
		put_alias(f, text(f, "alias:%s", odd_keys[i]).p, ids[i]);
		put_account(f, odd_keys[i], odd_keys[i], "", 1, 1);
		put_state(f, (struct state_note){ .subject = rp_slice_str(odd_keys[i]),
		                                  .state = STATE_DELETED,
		                                  .as_of = (int64_t)i });
	}
	commit(f);

	reopen(f);
	for (size_t i = 0; i < n; i++) {
		const char *key = odd_keys[i];

		assert_int_equal(get_post(f, key).id, ids[i]);
		assert_int_equal(get_post(f, text(f, "alias:%s", key).p).id, ids[i]);
		assert_string_equal(rows(f, SCAN_ALIASES, ids[i], ""),
		                    text(f, "alias:%s", key).p);
		assert_string_equal(rows(f, SCAN_HANDLES, 0, key),
		                    text(f, "%s %s ", key, key).p);
		assert_string_equal(rows(f, SCAN_STATES, 0, key),
		                    text(f, "deleted@%zu", i).p);
		assert_string_equal(rows(f, SCAN_PARENTS, ids[i], ""),
		                    text(f, "reply %s", odd_keys[0]).p);
	}
	assert_int_equal(stats_of(f).posts, n);
	assert_int_equal(stats_of(f).accounts, n);
}

static void
a_key_of_the_longest_allowed_length_is_a_key(void **state)
{
	struct fixture *f = *state;
	char key[KEY_MAX_BYTES + 1];
	int64_t id;

	memset(key, 'k', sizeof(key) - 1);
	memcpy(key, "x:", 2);
	key[KEY_MAX_BYTES] = '\0';
	begin(f);
	id = put_ghost(f, key);
	commit(f);

	reopen(f);
	assert_int_equal(get_post(f, key).id, id);
	key[KEY_MAX_BYTES - 1] = 'l';
	assert_int_equal(find_post(f, key), RP_NOT_FOUND);
}

static void
a_text_of_a_megabyte_comes_back_and_is_searched(void **state)
{
	struct fixture *f = *state;
	struct filter_term term = { RP_SLICE("needle"), false, false };
	struct filter filter = FILTER_ALL;
	CLEANUP(buf_done) struct rp_buf words;

	buf_init(&words, (size_t)2 << 20);
	while (words.n < (size_t)1 << 20)
		buf_add_str(&words, "hay stack ");
	buf_add_str(&words, "needle");
	buf_add_byte(&words, '\0');
	begin(f);
	say(f, "x:1", "", words.p);
	commit(f);

	reopen(f);
	filter.terms = &term;
	filter.n_terms = 1;
	assert_string_equal(posts(f, filter), "x:1");
	assert_string_equal(rows(f, SCAN_VERSIONS, get_post(f, "x:1").id, ""), words.p);
}

static void
what_is_put_is_copied_before_the_return(void **state)
{
	struct fixture *f = *state;
	char key[] = "x:1", words[] = "words", evidence[] = "gone";
	int64_t id;

	begin(f);
	id = say(f, key, key, words);
	put_alias(f, key, id);
	put_state(f, (struct state_note){ .subject = rp_slice_str(key),
	                                  .state = STATE_DELETED,
	                                  .evidence = rp_slice_str(evidence) });
	put_account(f, key, words, words, 1, 1);
	memset(key, '?', sizeof(key) - 1);
	memset(words, '?', sizeof(words) - 1);
	memset(evidence, '?', sizeof(evidence) - 1);
	commit(f);

	assert_slice(get_post(f, "x:1").author, "x:1");
	assert_string_equal(rows(f, SCAN_VERSIONS, id, ""), "words");
	assert_string_equal(rows(f, SCAN_STATES, 0, "x:1"), "deleted@0");
	assert_string_equal(rows(f, SCAN_HANDLES, 0, "x:1"), "x:1 words words");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest specs[] = {
		SPEC(every_text_of_a_post_comes_back),
		SPEC(every_text_of_a_version_comes_back),
		SPEC(texts_of_accounts_states_runs_captures_and_rejects_come_back),
		SPEC(keys_are_bytes_and_nothing_else),
		SPEC(a_key_of_the_longest_allowed_length_is_a_key),
		SPEC(a_text_of_a_megabyte_comes_back_and_is_searched),
		SPEC(what_is_put_is_copied_before_the_return),
	};

	return CONTRACT_RUN(argc, argv, "texts", specs);
}
