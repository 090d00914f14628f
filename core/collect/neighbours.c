#include "core/collect/neighbours.h"

#include "core/collect/event-page.h"
#include "core/collect/options.h"
#include "core/collect/ytdlp.h"
#include "core/model/capture.h"

enum { SIDECAR_MAX_BYTES = 1 << 20 };

/* NAME + ending, and its text.  RP_NOT_FOUND: there is none. */
static enum rp_status
read_beside(const struct neighbours *n, struct rp_slice stem, const char *ending,
            struct rp_buf *name, struct rp_buf *text, struct rp_error *err)
{
	enum rp_status st;

	buf_clear(name);
	buf_clear(text);
	buf_add(name, stem);
	buf_add_str(name, ending);
	if (buf_failed(name))
		return rp_fail(err, RP_BAD_USAGE, "the name is too long");
	st = n->read(n->context, buf_slice(name), text, err);
	if (st != RP_OK && st != RP_NOT_FOUND)
		rp_error_where(err, "%.*s", RP_FMT(buf_slice(name)));
	return st;
}

static enum rp_status
add_sidecar(const struct neighbours *n, struct rp_slice path, struct rp_buf *name,
            struct rp_buf *settings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	enum rp_status st;

	buf_init(&text, SIDECAR_MAX_BYTES);
	st = read_beside(n, path, ".riposte.ini", name, &text, err);
	if (st != RP_OK)
		return st == RP_NOT_FOUND ? RP_OK : st;
	rp_error_where(err, "%.*s", RP_FMT(buf_slice(name)));
	st = options_add_sidecar(settings, buf_slice(&text), err);
	if (st == RP_OK)
		st = n->keep(n->context, buf_slice(name), buf_slice(&text), err);
	if (st == RP_OK)
		rp_error_where(err, "%.*s", RP_FMT(path));
	return st;
}

static enum rp_status
add_info(const struct neighbours *n, struct rp_slice path, struct rp_slice told,
         struct rp_buf *name, struct rp_buf *settings, struct rp_error *err)
{
	CLEANUP(buf_done) struct rp_buf text;
	struct rp_slice stem, lang;
	enum rp_status st;

	buf_init(&text, RECORD_MAX_BYTES);
	if (!ytdlp_name(path, &stem, &lang))
		return RP_OK;
	st = read_beside(n, stem, ".info.json", name, &text, err);
	if (st != RP_OK)
		return st == RP_NOT_FOUND ? RP_OK : st;
	st = ytdlp_settings(buf_slice(&text), lang, told, settings, err);
	if (st == RP_OK)
		st = n->keep(n->context, buf_slice(name), buf_slice(&text), err);
	return st;
}

/* "NAME" of "NAME.en.vtt", "NAME.txt": of what a page may lie beside. */
static bool
may_have_page(struct rp_slice path, struct rp_slice *stem, enum event_page *use)
{
	static const struct rp_slice texts[] = { RP_LIT(".txt"), RP_LIT(".md") };
	struct rp_slice lang;

	*use = EVENT_PAGE_VIDEO;
	if (ytdlp_name(path, stem, &lang))
		return true;
	*use = EVENT_PAGE_SESSION;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (rp_slice_ends(path, texts[i])) {
			*stem = rp_slice_from(path.p, path.n - texts[i].n);
			return stem->n > 0;
		}
	return false;
}

bool
neighbours_stem(struct rp_slice name, struct rp_slice *stem_out)
{
	enum event_page use;

	return may_have_page(name, stem_out, &use);
}

/* One that says nothing of an event is none of ours. */
static enum rp_status
add_page(const struct neighbours *n, struct rp_slice path, struct rp_slice told,
         struct rp_buf *name, struct rp_buf *settings, struct rp_error *err)
{
	static const char *const endings[] = { ".html", ".htm" };
	CLEANUP(buf_done) struct rp_buf text;
	const size_t before = settings->n;
	struct rp_slice stem;
	enum event_page use;
	enum rp_status st = RP_NOT_FOUND;

	buf_init(&text, RECORD_MAX_BYTES);
	if (!may_have_page(path, &stem, &use))
		return RP_OK;
	for (size_t i = 0; i < 2 && st == RP_NOT_FOUND; i++)
		st = read_beside(n, stem, endings[i], name, &text, err);
	if (st != RP_OK)
		return st == RP_FAILED || st == RP_BAD_USAGE ? st : RP_OK;
	st = event_page_settings(buf_slice(&text), use, told, settings, err);
	if (st == RP_OK && settings->n > before)
		st = n->keep(n->context, buf_slice(name), buf_slice(&text), err);
	return st;
}

/* A page counts least: it says what nobody else does. */
enum rp_status
neighbours_settings(const struct neighbours *n, struct rp_slice path,
                    struct rp_slice said, struct rp_buf *settings, struct rp_error *err)
{
	enum { NAME_MAX_BYTES = 1 << 16 };
	CLEANUP(buf_done) struct rp_buf name;
	CLEANUP(buf_done) struct rp_buf told;
	CLEANUP(buf_done) struct rp_buf all;
	enum rp_status st;

	buf_init(&name, NAME_MAX_BYTES);
	buf_init(&told, SETTINGS_MAX_BYTES);
	buf_init(&all, 2 * SETTINGS_MAX_BYTES);
	st = add_sidecar(n, path, &name, &told, err);
	buf_add(&told, said);
	if (st == RP_OK)
		st = add_info(n, path, buf_slice(&told), &name, settings, err);
	buf_add(&all, buf_slice(settings));
	buf_add(&all, buf_slice(&told));
	if (st == RP_OK && (buf_failed(&told) || buf_failed(&all)))
		return rp_fail_memory(err);
	if (st == RP_OK)
		st = add_page(n, path, buf_slice(&all), &name, settings, err);
	buf_add(settings, buf_slice(&told));
	return st == RP_OK && buf_failed(settings) ? rp_fail_memory(err) : st;
}
