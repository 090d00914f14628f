#include "core/collect/ytdlp.h"

#include "core/base/time.h"
#include "core/collect/cue.h"
#include "core/collect/options.h"
#include "core/parse/json.h"

enum { VALUE_BYTES = 1000, TEXT_BYTES = 1 << 20, CHAPTERS_MAX = 2000 };

/* ---- names ----------------------------------------------------------------------------
 */

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "en", "pt-BR", "zh-Hans-en": as what stands between two dots. */
static bool
is_lang(struct rp_slice text)
{
	struct rp_slice rest = text, part = rp_slice_cut(&rest, '-');

	if (part.n < 2 || part.n > 3)
		return false;
	for (;;) {
		for (size_t i = 0; i < part.n; i++)
			if (!is_alnum(part.p[i]))
				return false;
		if (rest.p == NULL)
			return true;
		part = rp_slice_cut(&rest, '-');
		if (part.n == 0 || part.n > 8)
			return false;
	}
}

/* Cut ".EXT" off the end; false: there is no dot behind the last slash. */
static bool
cut_extension(struct rp_slice *path, struct rp_slice *out)
{
	for (size_t i = path->n; i > 0 && path->p[i - 1] != '/'; i--)
		if (path->p[i - 1] == '.') {
			*out = rp_slice_skip(*path, i);
			path->n = i - 1;
			return true;
		}
	return false;
}

bool
ytdlp_name(struct rp_slice path, struct rp_slice *stem_out, struct rp_slice *lang_out)
{
	static const char *const extensions[] = { "vtt",  "srt",  "json3",
		                                  "srv1", "srv2", "srv3" };
	struct rp_slice stem = path, extension, lang;
	bool known = false;

	if (!cut_extension(&stem, &extension))
		return false;
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++)
		known = known || rp_slice_eq(extension, rp_slice_str(extensions[i]));
	if (!known)
		return false;
	*stem_out = stem;
	*lang_out = RP_SLICE("");
	if (cut_extension(&stem, &lang) && is_lang(lang)) {
		*stem_out = stem;
		*lang_out = lang;
	}
	return true;
}

/* ---- languages ------------------------------------------------------------------------
 */

/* "en" of "en-US". */
static struct rp_slice
base_of(struct rp_slice lang)
{
	struct rp_slice rest = lang;

	return rp_slice_cut(&rest, '-');
}

static struct rp_slice
without_orig(struct rp_slice lang)
{
	if (rp_slice_ends(lang, RP_SLICE("-orig")))
		lang.n -= 5;
	return lang;
}

/* "en" of "fr-en": regions are written large, languages small. */
static struct rp_slice
translated_from(struct rp_slice lang)
{
	struct rp_slice rest = lang, last = lang;

	(void)rp_slice_cut(&rest, '-');
	while (rest.p != NULL)
		last = rp_slice_cut(&rest, '-');
	if (last.p == lang.p || last.n < 2 || last.n > 3 || last.p[0] < 'a')
		return RP_SLICE("");
	return last;
}

/* The language that automatic captions were made in, "en" of "en-orig". */
static struct rp_slice
original_of(const struct json_doc *doc, uint32_t automatic)
{
	struct json_each each = json_each(doc, automatic);

	while (json_next(&each)) {
		const struct rp_slice name = json_raw_text(doc, each.key);

		if (rp_slice_ends(name, RP_SLICE("-orig")))
			return without_orig(name);
	}
	return RP_SLICE("");
}

/* What language a machine translated these captions from; empty: none. */
static struct rp_slice
find_translation(const struct json_doc *doc, struct rp_slice lang)
{
	const uint32_t automatic =
		json_get(doc, JSON_ROOT, RP_SLICE("automatic_captions"));
	const uint32_t by_people = json_get(doc, JSON_ROOT, RP_SLICE("subtitles"));
	struct rp_slice original;

	if (lang.n == 0 || !json_absent(doc, json_get(doc, by_people, lang)))
		return RP_SLICE("");
	original = translated_from(without_orig(lang));
	if (original.n != 0 || json_type(doc, automatic) != JSON_OBJECT)
		return original;
	original = original_of(doc, automatic);
	return rp_slice_eq(base_of(original), base_of(lang)) ? RP_SLICE("") : original;
}

/* ---- settings -------------------------------------------------------------------------
 */

struct making {
	const struct json_doc *doc;
	struct rp_slice told;
	struct rp_buf *options;
	struct rp_buf text;
};

/* A member's text. */
static struct rp_slice
text_of(struct making *m, uint32_t object, const char *name)
{
	buf_clear(&m->text);
	return json_add_text(m->doc, json_get(m->doc, object, rp_slice_str(name)),
	                     &m->text)
	               ? rp_slice_trim(buf_slice(&m->text))
	               : RP_SLICE("");
}

static enum rp_status
add_text(struct making *m, struct rp_slice key, const char *name, struct rp_error *err)
{
	return options_add_found(m->options, key, text_of(m, JSON_ROOT, name), err);
}

/* "youtube-dQw4w9WgXcQ" */
static enum rp_status
add_event(struct making *m, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf event;
	struct rp_slice extractor, site;

	buf_init(&event, VALUE_BYTES);
	extractor = text_of(m, JSON_ROOT, "extractor");
	site = rp_slice_cut(&extractor, ':');
	for (size_t i = 0; i < site.n; i++)
		buf_add_byte(&event, site.p[i] >= 'A' && site.p[i] <= 'Z'
		                             ? (char)(site.p[i] | 0x20)
		                             : site.p[i]);
	buf_add_byte(&event, '-');
	site = text_of(m, JSON_ROOT, "id");
	buf_add(&event, site);
	if (event.n < 3 || site.n == 0 || event.p[0] == '-' || buf_failed(&event))
		return RP_OK;
	return options_add_found(m->options, RP_SLICE("event"), buf_slice(&event), err);
}

static bool
is_told(const struct making *m, const char *key)
{
	return options_get(m->told, rp_slice_str(key)).n != 0;
}

/* A member in seconds since 1970, as a setting. */
static enum rp_status
add_instant(struct making *m, struct rp_slice key, int64_t seconds, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf time;

	buf_init(&time, 100);
	rp_time_write(&time, seconds * RP_SECOND, RP_PRECISION_S);
	return options_add_found(m->options, key, buf_slice(&time), err);
}

static bool
read_instant(const struct making *m, const char *name, int64_t *out)
{
	struct rp_slice span =
		json_span(m->doc, json_get(m->doc, JSON_ROOT, rp_slice_str(name)));
	uint64_t seconds;

	span.n = rp_slice_find_byte(span, '.'); /* a float, at times */
	if (!rp_slice_u64(span, &seconds) || seconds > INT64_C(253402300799))
		return false;
	*out = (int64_t)seconds;
	return true;
}

static bool
was_live(struct making *m)
{
	const struct rp_slice status = text_of(m, JSON_ROOT, "live_status");
	bool live = false;

	if (status.n != 0)
		return rp_slice_eq(status, RP_SLICE("was_live")) ||
		       rp_slice_eq(status, RP_SLICE("is_live")) ||
		       rp_slice_eq(status, RP_SLICE("post_live"));
	(void)json_bool(m->doc, json_get(m->doc, JSON_ROOT, RP_SLICE("was_live")), &live);
	return live;
}

/* "20250122" as "2025-01-22". */
static enum rp_status
add_upload_day(struct making *m, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf day;
	const struct rp_slice digits = text_of(m, JSON_ROOT, "upload_date");
	uint64_t ignored;

	buf_init(&day, 100);
	if (digits.n != 8 || !rp_slice_u64(digits, &ignored))
		return RP_OK;
	buf_printf(&day, "%.4s-%.2s-%.2s", digits.p, digits.p + 4, digits.p + 6);
	return options_add_found(m->options, RP_SLICE("not_after"), buf_slice(&day), err);
}

static enum rp_status
add_time(struct making *m, struct rp_error *err)
{
	int64_t seconds;

	if (is_told(m, "start") || is_told(m, "date") || is_told(m, "not_before") ||
	    is_told(m, "not_after"))
		return RP_OK;
	if (read_instant(m, "release_timestamp", &seconds))
		return add_instant(
			m, was_live(m) ? RP_SLICE("start") : RP_SLICE("not_after"),
			seconds, err);
	if (read_instant(m, "timestamp", &seconds))
		return add_instant(m, RP_SLICE("not_after"), seconds, err);
	return add_upload_day(m, err);
}

static enum rp_status
add_chapter(struct making *m, uint32_t chapter, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf value;
	struct rp_slice span =
		json_span(m->doc, json_get(m->doc, chapter, RP_SLICE("start_time")));
	int64_t ms;

	buf_init(&value, 2 * VALUE_BYTES);
	if (!cue_seconds_read(span, &ms))
		return RP_OK;
	buf_printf(&value, "%lld:%02lld:%02lld", (long long)(ms / 3600000),
	           (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60));
	if (ms % 1000 != 0)
		buf_printf(&value, ".%03lld", (long long)(ms % 1000));
	buf_add_byte(&value, ' ');
	buf_add(&value, text_of(m, chapter, "title"));
	return options_add_found(m->options, RP_SLICE("chapter"),
	                         rp_slice_trim(buf_slice(&value)), err);
}

static enum rp_status
add_chapters(struct making *m, struct rp_error *err)
{
	struct json_each each =
		json_each(m->doc, json_get(m->doc, JSON_ROOT, RP_SLICE("chapters")));
	enum rp_status st = RP_OK;

	for (size_t n = 0; st == RP_OK && n < CHAPTERS_MAX && json_next(&each); n++)
		st = add_chapter(m, each.value, err);
	return st;
}

static enum rp_status
make(struct making *m, struct rp_slice lang, struct rp_error *err)
{
	enum rp_status st;

	if ((st = add_event(m, err)) != RP_OK ||
	    (st = add_text(m, RP_SLICE("title"), "title", err)) != RP_OK ||
	    (st = add_text(m, RP_SLICE("url"), "webpage_url", err)) != RP_OK)
		return st;
	st = lang.n != 0 ? options_add_found(m->options, RP_SLICE("lang"),
	                                     without_orig(lang), err)
	                 : add_text(m, RP_SLICE("lang"), "language", err);
	if (st == RP_OK)
		st = add_time(m, err);
	return st == RP_OK ? add_chapters(m, err) : st;
}

enum rp_status
ytdlp_settings(struct rp_slice json, struct rp_slice lang, struct rp_slice told,
               struct rp_buf *options, struct rp_error *err)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct making m = { .doc = &doc, .told = told, .options = options };
	struct rp_error why = { .status = RP_OK };
	struct rp_slice from;
	enum rp_status st = json_parse(&doc, json, &why);

	if (st != RP_OK || json_type(&doc, JSON_ROOT) != JSON_OBJECT)
		return rp_fail(err, st == RP_FAILED ? st : RP_BAD_SOURCE,
		               "the info.json beside it cannot be read: %s",
		               st == RP_OK ? "no object" : why.text);
	from = find_translation(&doc, lang);
	if (from.n != 0 && !is_told(&m, "lang"))
		return rp_fail(err, RP_BAD_SOURCE,
		               "a machine translated these captions from \"%.*s\"; to "
		               "take them all the same, say --lang",
		               RP_FMT(from));
	buf_init(&m.text, TEXT_BYTES);
	st = make(&m, lang, err);
	buf_done(&m.text);
	return st;
}
