#include "core/collect/options.h"

#include "core/base/ascii.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/base/utf8.h"
#include "core/base/zone.h"
#include "core/config/ini.h"
#include "core/model/key.h"

#include <string.h>

enum {
	VALUE_MAX_BYTES = 2000,
	FOUND_MAX_BYTES = 1000,
	EVENT_MAX_BYTES = 1000,
	SIDECAR_BYTES = 16 << 20,
};

typedef enum rp_status value_check(struct rp_slice value, struct rp_error *err);

bool
options_time_is_local(struct rp_slice time)
{
	char text[64];
	struct rp_time ignored;

	if (time.n + 1 > sizeof(text) || rp_slice_find_byte(time, ':') == time.n)
		return false;
	memcpy(text, time.p, time.n);
	text[time.n] = 'Z';
	return rp_time_read(rp_slice_from(text, time.n + 1), RP_BASIS_EVENT, &ignored);
}

static enum rp_status
check_text(struct rp_slice value, struct rp_error *err)
{
	(void)value;
	(void)err;
	return RP_OK;
}

/* It becomes a part of keys, "spoken:EVENT/1": never one that looks like an account. */
static enum rp_status
check_event(struct rp_slice value, struct rp_error *err)
{
	if (value.p[0] == '@' || value.n > EVENT_MAX_BYTES)
		return rp_fail(err, RP_BAD_USAGE, "is no name for an event");
	return RP_OK;
}

/* A zone or an offset pushes no time of these years out of those that can be written. */
static enum rp_status
check_years(struct rp_time time, struct rp_error *err)
{
	enum { FIRST = 1000, LAST = 9998 };

	if (rp_time_to_civil(time.lo).year >= FIRST &&
	    rp_time_to_civil(time.hi).year <= LAST)
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is not within the years %d to %d", FIRST,
	               LAST);
}

static enum rp_status
check_date(struct rp_slice value, struct rp_error *err)
{
	struct rp_time time;

	if (rp_slice_find_byte(value, ':') == value.n &&
	    rp_time_read(value, RP_BASIS_EVENT, &time))
		return check_years(time, err);
	return rp_fail(err, RP_BAD_USAGE, "is no date; write 2025-01-22");
}

static enum rp_status
check_start(struct rp_slice value, struct rp_error *err)
{
	struct rp_time time;

	if (rp_time_read(value, RP_BASIS_EVENT, &time))
		return check_years(time, err);
	return rp_fail(err, RP_BAD_USAGE,
	               "is no time; write 2025-01-22 16:10, or the day");
}

static enum rp_status
check_anchor(struct rp_slice value, struct rp_error *err)
{
	int64_t ignored;

	if (options_offset(value, &ignored) == value.n)
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is no place in a recording; write 1:12:30");
}

static enum rp_status
check_chapter(struct rp_slice value, struct rp_error *err)
{
	int64_t ignored;
	const size_t n = options_offset(value, &ignored);

	if (n != 0 && (n == value.n || value.p[n] == ' '))
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is no chapter; write 1:12:30 and its title");
}

static enum rp_status
check_bound(struct rp_slice value, struct rp_error *err)
{
	struct rp_time time;

	if (rp_time_read(value, RP_BASIS_EVENT, &time))
		return check_years(time, err);
	if (key_valid(value) && !key_is_account(value))
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is neither a time nor the key of a post");
}

static enum rp_status
check_zone(struct rp_slice value, struct rp_error *err)
{
	CLEANUP(zone_close) struct zone *zone = NULL, *other = NULL;
	enum rp_status st = zone_open(value, &zone, err);

	if (st != RP_NOT_FOUND)
		return st;
	/* A machine without zones, or a zone that nobody has? */
	if (zone_open(RP_SLICE("Etc/UTC"), &other, NULL) != RP_OK)
		return rp_fail(err, RP_BAD_CONFIG,
		               "cannot be looked up: there are no time zones on this "
		               "machine (package tzdata)");
	return rp_fail(err, RP_BAD_USAGE, "is no time zone; write Europe/Zurich");
}

static enum rp_status
check_url(struct rp_slice value, struct rp_error *err)
{
	if (rp_slice_starts(value, RP_SLICE("https://")) ||
	    rp_slice_starts(value, RP_SLICE("http://")) ||
	    rp_slice_starts(value, RP_SLICE("at://")))
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is no web address");
}

static enum rp_status
check_lang(struct rp_slice value, struct rp_error *err)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (!ascii_is_letter(c) && !ascii_is_digit(c) && c != '-')
			return rp_fail(err, RP_BAD_USAGE, "is no language; write fr-CH");
	}
	return RP_OK;
}

/* Of an account: digits, as X has them. */
static enum rp_status
check_account(struct rp_slice value, struct rp_error *err)
{
	uint64_t ignored;

	if (rp_slice_u64(value, &ignored))
		return RP_OK;
	return rp_fail(err, RP_BAD_USAGE, "is no number of an account");
}

static enum rp_status
check_handle(struct rp_slice value, struct rp_error *err)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] <= ' ' || value.p[i] == '@')
			return rp_fail(err, RP_BAD_USAGE, "is no handle; write elonmusk");
	return RP_OK;
}

static enum rp_status
check_sha256(struct rp_slice value, struct rp_error *err)
{
	for (size_t i = 0; i < value.n; i++)
		if ((value.p[i] < '0' || value.p[i] > '9') &&
		    (value.p[i] < 'a' || value.p[i] > 'f'))
			return rp_fail(err, RP_BAD_USAGE, "is no SHA-256");
	return value.n == SHA256_HEX ? RP_OK
	                             : rp_fail(err, RP_BAD_USAGE, "is no SHA-256");
}

/* clang-format off */
static const struct setting {
	const char *key;
	value_check *check;
} settings[] = {
	{ "event",      check_event },
	{ "event.made", check_event },
	{ "damaged",    check_text },
	{ "unread",     check_text },
	{ "title",      check_text },
	{ "place",      check_text },
	{ "tz",         check_zone },
	{ "date",       check_date },
	{ "start",      check_start },
	{ "anchor",     check_anchor },
	{ "chapter",    check_chapter },
	{ "not_before", check_bound },
	{ "not_after",  check_bound },
	{ "url",        check_url },
	{ "lang",       check_lang },
	{ "speaker",    check_text },
	{ "account",    check_account },
	{ "handle",     check_handle },
	{ "name",       check_text },
	{ "beside",     check_sha256 },
};
/* clang-format on */

static value_check *
find_check(struct rp_slice key)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		if (rp_slice_eq(key, rp_slice_str(settings[i].key)))
			return settings[i].check;
	return options_speaker_label(key).n != 0 ? check_text : NULL;
}

/* One line of readable text: it is stored as one, and shown. */
static bool
is_line(struct rp_slice text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7f)
			return false;
	return text.n <= VALUE_MAX_BYTES && utf8_valid(text);
}

static enum rp_status
check_setting(struct rp_slice key, struct rp_slice value, struct rp_error *err)
{
	const bool fetched = options_is_of_fetch(key);
	value_check *check = fetched ? NULL : find_check(key);
	struct rp_error why = { .status = RP_OK };
	enum rp_status st;

	if (check == NULL && !fetched)
		return rp_fail(err, RP_BAD_USAGE, "unknown key \"%.*s\"", RP_FMT(key));
	if (value.n == 0)
		return rp_fail(err, RP_BAD_USAGE, "%.*s without a value", RP_FMT(key));
	if (!is_line(value) || !is_line(key))
		return rp_fail(err, RP_BAD_USAGE, "%.*s is not one line of UTF-8",
		               RP_FMT(key));
	st = fetched ? options_check_fetched(key, value, &why) : check(value, &why);
	if (st != RP_OK)
		return rp_fail(err, st, "%.*s \"%.*s\" %s", RP_FMT(key), RP_FMT(value),
		               why.text);
	return RP_OK;
}

enum rp_status
options_add(struct rp_buf *options, struct rp_slice key, struct rp_slice value,
            struct rp_error *err)
{
	enum rp_status st = check_setting(key, value, err);

	if (st != RP_OK)
		return st;
	if (rp_slice_find_byte(key, '=') != key.n)
		return rp_fail(err, RP_BAD_USAGE, "a speaker's name cannot have a =");
	buf_add(options, key);
	buf_add_byte(options, '=');
	buf_add(options, value);
	buf_add_byte(options, '\n');
	return buf_failed(options) ? rp_fail_memory(err) : RP_OK;
}

/* Controls become blanks; cut where a character ends. */
static struct rp_slice
make_line(char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = ' ';
	if (n > FOUND_MAX_BYTES) {
		n = FOUND_MAX_BYTES;
		while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	}
	return rp_slice_trim(rp_slice_from(text, n));
}

enum rp_status
options_add_found(struct rp_buf *options, struct rp_slice key, struct rp_slice value,
                  struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_error why = { .status = RP_OK };
	struct rp_slice line;

	buf_init(&text, 2 * FOUND_MAX_BYTES);
	if (options_is_of_fetch(key) && value.n > FOUND_MAX_BYTES)
		return RP_OK; /* half of an address is another one */
	value.n = value.n < 2 * FOUND_MAX_BYTES ? value.n : 2 * FOUND_MAX_BYTES;
	buf_add(&text, value);
	if (buf_failed(&text))
		return rp_fail_memory(err);
	line = make_line(text.p, text.n);
	if (line.n == 0)
		return RP_OK;
	return options_add(options, key, line, &why) == RP_FAILED ? rp_fail_memory(err)
	                                                          : RP_OK;
}

bool
options_next(struct rp_slice *rest, struct rp_slice *key_out, struct rp_slice *value_out)
{
	struct rp_slice line;

	if (rest->n == 0)
		return false;
	line = rp_slice_cut(rest, '\n');
	*key_out = rp_slice_cut(&line, '=');
	*value_out = line;
	return true;
}

struct rp_slice
options_get(struct rp_slice options, struct rp_slice key)
{
	struct rp_slice found = RP_SLICE(""), rest = options, name, value;

	while (options_next(&rest, &name, &value))
		if (rp_slice_eq(name, key))
			found = value;
	return found;
}

enum rp_status
options_check(struct rp_slice options, struct rp_error *err)
{
	struct rp_slice rest = options, key, value;
	enum rp_status st = RP_OK;

	while (st == RP_OK && options_next(&rest, &key, &value))
		st = check_setting(key, value, err);
	return st;
}

/* Up to five digits, which is a day in seconds; how many. */
static size_t
read_part(struct rp_slice text, int64_t *out)
{
	size_t n = 0;

	*out = 0;
	while (n < text.n && n < 6 && text.p[n] >= '0' && text.p[n] <= '9')
		*out = *out * 10 + (text.p[n++] - '0');
	return n < 6 ? n : 0;
}

size_t
options_offset(struct rp_slice text, int64_t *ms_out)
{
	int64_t total, part, worth = 100;
	size_t at = read_part(text, &total), n;

	if (at == 0)
		return 0;
	for (int parts = 1; parts < 3 && at < text.n && text.p[at] == ':'; parts++) {
		n = read_part(rp_slice_skip(text, at + 1), &part);
		if (n != 2 || part > 59)
			return 0;
		total = total * 60 + part;
		at += 3;
	}
	total *= 1000;
	if (at + 1 < text.n && text.p[at] == '.')
		for (at++; at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; at++) {
			total += (text.p[at] - '0') * worth;
			worth /= 10;
		}
	*ms_out = total;
	return at;
}

struct rp_slice
options_speaker_label(struct rp_slice key)
{
	const struct rp_slice front = RP_LIT("speaker."), back = RP_LIT(".person");

	if (key.n <= front.n + back.n || !rp_slice_starts(key, front) ||
	    !rp_slice_ends(key, back))
		return RP_SLICE("");
	return rp_slice_from(key.p + front.n, key.n - front.n - back.n);
}

/* ---- sidecars ------------------------------------------------------------ */

/* "NADELLA" of the section "speaker NADELLA". */
static struct rp_slice
speaker_of(struct rp_slice section)
{
	if (!rp_slice_starts(section, RP_SLICE("speaker ")))
		return RP_SLICE("");
	return rp_slice_trim(rp_slice_skip(section, 8));
}

static enum rp_status
add_speaker(struct rp_buf *options, const struct ini_entry *entry, struct arena *arena,
            struct rp_error *err)
{
	struct rp_slice label = speaker_of(entry->section), key;

	if (entry->key.n == 0)
		return options_add(options, RP_SLICE("speaker"), label, err);
	if (!rp_slice_eq(entry->key, RP_SLICE("person")))
		return rp_fail(err, RP_BAD_USAGE, "unknown key \"%.*s\"",
		               RP_FMT(entry->key));
	if (!arena_join(arena, RP_SLICE("speaker."), label, &key) ||
	    !arena_join(arena, key, RP_SLICE(".person"), &key))
		return rp_fail_memory(err);
	return options_add(options, key, entry->value, err);
}

static enum rp_status
add_event(struct rp_buf *options, const struct ini_entry *entry, struct rp_error *err)
{
	const bool names_speaker = rp_slice_starts(entry->key, RP_SLICE("speaker"));

	if (entry->key.n == 0)
		return RP_OK;
	if (rp_slice_eq(entry->key, RP_SLICE("id")))
		return options_add(options, RP_SLICE("event"), entry->value, err);
	if (rp_slice_eq(entry->key, RP_SLICE("event")) ||
	    rp_slice_eq(entry->key, RP_SLICE("event.made")) ||
	    rp_slice_eq(entry->key, RP_SLICE("damaged")) ||
	    rp_slice_eq(entry->key, RP_SLICE("unread")) || names_speaker ||
	    options_is_of_fetch(entry->key))
		return rp_fail(err, RP_BAD_USAGE, "unknown key \"%.*s\"",
		               RP_FMT(entry->key));
	return options_add(options, entry->key, entry->value, err);
}

static enum rp_status
add_entry(struct rp_buf *options, const struct ini_entry *entry, struct arena *arena,
          struct rp_error *err)
{
	if (rp_slice_eq(entry->section, RP_SLICE("event")))
		return add_event(options, entry, err);
	if (speaker_of(entry->section).n != 0)
		return add_speaker(options, entry, arena, err);
	return rp_fail(err, RP_BAD_USAGE,
	               "there are [event] and [speaker NAME], no [%.*s]",
	               RP_FMT(entry->section));
}

enum rp_status
options_add_sidecar(struct rp_buf *options, struct rp_slice text, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(SIDECAR_BYTES);
	struct rp_error why = { .status = RP_OK };
	struct ini ini;
	enum rp_status st;

	if (arena == NULL)
		return rp_fail_memory(err);
	st = ini_read(arena, text, &ini, &why);
	if (st == RP_BAD_CONFIG)
		return rp_fail(err, st, "%s", why.text);
	for (size_t i = 0; st == RP_OK && i < ini.n; i++) {
		st = add_entry(options, &ini.entries[i], arena, &why);
		if (st == RP_BAD_USAGE || st == RP_BAD_CONFIG)
			return rp_fail(err, RP_BAD_CONFIG, "line %u: %s",
			               ini.entries[i].line, why.text);
	}
	return st == RP_OK ? RP_OK : rp_fail_memory(err);
}
