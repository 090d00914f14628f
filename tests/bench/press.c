/*
 * How many of the quotations in pages of ours are found, and whose they are said to be.
 *
 *	bench-press [--quiet] DIRECTORY...
 *
 * A directory has pages (NAME.html, NAME.txt) and beside each what is in it
 * (NAME.truth.jsonl: one object a quotation, in order).  Pages go through the importer of
 * articles, as a user's would.  Texts are compared folded, without punctuation, and must
 * be equal.  Where one utterance ends is a convention: consecutive quotations of one
 *speaker that make up what is told as one, and the reverse, are found as well.  Exit
 *status 1 when less is found than is promised.
 */
#include "core/base/buf.h"
#include "core/base/file.h"
#include "core/collect/article.h"
#include "core/collect/press-build.h"
#include "core/parse/json.h"
#include "tests/support/memory-reader.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGES_MAX = 1000, QUOTATIONS_MAX = 500, PAGE_BYTES = 1 << 24 };

/* What is promised, in hundredths. */
enum { LEAST_FOUND = 95, LEAST_SPEAKERS = 90 };

struct quotation {
	struct rp_slice text, folded, speaker, venue;
	bool met;
};

struct page {
	struct quotation list[QUOTATIONS_MAX];
	size_t n;
};

static struct page_tally {
	size_t pages, told, found, met, speakers, venues_told, venues;
} all, tally;

static bool quiet;
static struct arena *arena;
static struct page truth, got;

static void
stop(const char *what, const char *about)
{
	(void)fprintf(stderr, "bench-press: %s: %s\n", about, what);
	exit(2);
}

static struct rp_slice
read_whole(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *bytes = arena_alloc(arena, PAGE_BYTES);
	size_t n;

	if (file == NULL || bytes == NULL)
		return RP_SLICE("");
	n = fread(bytes, 1, PAGE_BYTES, file);
	(void)fclose(file);
	return rp_slice_from(bytes, n);
}

static struct quotation *
add(struct page *page, struct rp_slice text)
{
	struct quotation *q = &page->list[page->n];

	if (page->n == QUOTATIONS_MAX)
		stop("too many quotations", "page");
	page->n++;
	*q = (struct quotation){ .text = text };
	if (!press_build_folded(arena, text, &q->folded))
		stop("no memory", "page");
	return q;
}

static struct rp_slice
member(const struct json_doc *doc, const char *name)
{
	struct rp_slice value = { NULL, 0 };
	struct rp_error err;

	if (json_text(doc, json_get(doc, JSON_ROOT, rp_slice_str(name)), arena, &value,
	              &err) != RP_OK)
		value.n = 0;
	return value;
}

static void
read_truth(struct rp_slice lines, const char *name)
{
	CLEANUP(json_done) struct json_doc doc = JSON_DOC_INIT;
	struct rp_error err;

	truth.n = 0;
	while (lines.n > 0) {
		struct rp_slice line = rp_slice_cut(&lines, '\n');
		struct quotation *q;

		if (line.n == 0)
			continue;
		if (json_parse(&doc, line, &err) != RP_OK)
			stop(err.text, name);
		q = add(&truth, member(&doc, "text"));
		q->speaker = member(&doc, "speaker");
		q->venue = member(&doc, "venue");
	}
}

static void
take(const struct observation *seen)
{
	static const struct rp_slice spoken = RP_LIT("spoken:@");
	struct quotation *q;
	struct rp_slice copy;

	if (seen->post.kind != KIND_PRESS_QUOTE)
		return;
	if (!arena_copy(arena, seen->version.text, &copy))
		stop("no memory", "page");
	q = add(&got, copy);
	if (rp_slice_starts(seen->post.author, spoken))
		(void)!arena_copy(arena, rp_slice_skip(seen->post.author, spoken.n),
		                  &q->speaker);
	(void)!arena_copy(arena, seen->post.place, &q->venue);
}

static void
read_page(struct rp_slice bytes, const char *name)
{
	CLEANUP(arena_free) struct arena *batches = arena_new(256 << 20);
	struct memory_reader from = { bytes, 0, RP_OK };
	const struct input input = { .name = rp_slice_str(name),
		                     .reader = { memory_read, &from } };
	struct collector *collector;
	struct rp_error err;
	enum rp_status st;

	got.n = 0;
	if (article_collector.open(&input, &collector, &err) != RP_OK)
		stop(err.text, name);
	do {
		struct batch batch = { .arena = batches };

		arena_reset(batches);
		st = article_collector.next(collector, &batch, &err);
		for (size_t i = 0; st == RP_OK && i < batch.n_observations; i++)
			take(&batch.observations[i]);
	} while (st == RP_OK);
	article_collector.close(collector);
	if (st != RP_END)
		stop(err.text, name);
}

static void
tell(const char *page, const char *what, struct rp_slice text, struct rp_slice was,
     struct rp_slice should)
{
	if (!quiet)
		printf("%s: %s: %.*s%s%.*s%s%.*s\n", page, what, RP_FMT(text),
		       was.n + should.n ? " | " : "", RP_FMT(was),
		       was.n + should.n ? " instead of " : "", RP_FMT(should));
}

static const struct rp_slice none = RP_LIT("");

static void
judge(const char *page, const struct quotation *want, const struct quotation *is)
{
	tally.met++;
	if (rp_slice_eq(is->speaker, want->speaker))
		tally.speakers++;
	else
		tell(page, "speaker", want->text, is->speaker, want->speaker);
	if (want->venue.n == 0)
		return;
	tally.venues_told++;
	if (rp_slice_eq(is->venue, want->venue))
		tally.venues++;
	else
		tell(page, "venue", want->text, is->venue, want->venue);
}

/* How many quotations from list[i] on, not met and of one speaker, make up `whole`; 0:
 * none do. */
static size_t
make_up(const struct page *parts, size_t i, struct rp_slice whole)
{
	struct rp_slice speaker = parts->list[i].speaker;

	for (size_t k = i; k < parts->n; k++) {
		const struct quotation *part = &parts->list[k];

		if (part->met || part->folded.n == 0 ||
		    !rp_slice_eq(part->speaker, speaker) ||
		    !rp_slice_starts(whole, part->folded))
			return 0;
		whole = rp_slice_skip(whole, part->folded.n);
		if (whole.n == 0)
			return k - i + 1;
		if (whole.p[0] != ' ')
			return 0;
		whole = rp_slice_skip(whole, 1);
	}
	return 0;
}

static void
meet_whole(const char *page)
{
	for (size_t i = 0; i < truth.n; i++)
		for (size_t k = 0; k < got.n && !truth.list[i].met; k++) {
			if (got.list[k].met ||
			    !rp_slice_eq(got.list[k].folded, truth.list[i].folded))
				continue;
			truth.list[i].met = got.list[k].met = true;
			judge(page, &truth.list[i], &got.list[k]);
		}
}

/* One that is told in parts: each of them is found. */
static void
meet_joined(const char *page)
{
	for (size_t k = 0; k < got.n; k++)
		for (size_t i = 0; i < truth.n && !got.list[k].met; i++) {
			size_t n = make_up(&truth, i, got.list[k].folded);

			got.list[k].met = n > 0;
			for (size_t part = i; part < i + n; part++) {
				truth.list[part].met = true;
				judge(page, &truth.list[part], &got.list[k]);
			}
			tally.found += n > 0 ? n - 1 : 0;
		}
}

/* Parts of one that is told as a whole: together they are one found. */
static void
meet_parts(const char *page)
{
	for (size_t i = 0; i < truth.n; i++)
		for (size_t k = 0; k < got.n && !truth.list[i].met; k++) {
			size_t n = make_up(&got, k, truth.list[i].folded);

			if (n == 0)
				continue;
			truth.list[i].met = true;
			judge(page, &truth.list[i], &got.list[k]);
			for (size_t part = k; part < k + n; part++)
				got.list[part].met = true;
			tally.found -= n - 1;
		}
}

static void
compare(const char *page)
{
	tally.found += got.n;
	meet_whole(page);
	meet_joined(page);
	meet_parts(page);
	for (size_t i = 0; i < truth.n; i++)
		if (!truth.list[i].met)
			tell(page, "not found", truth.list[i].text, none, none);
	for (size_t k = 0; k < got.n; k++)
		if (!got.list[k].met)
			tell(page, "no quotation", got.list[k].text, got.list[k].speaker,
			     none);
	tally.told += truth.n;
	tally.pages++;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t
list_pages(const char *directory, char **names)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	size_t n = 0;

	if (dir == NULL)
		stop("cannot be read", directory);
	while ((entry = readdir(dir)) != NULL && n < PAGES_MAX) {
		struct rp_slice name = rp_slice_str(entry->d_name);

		if (rp_slice_ends(name, RP_SLICE(".html")) ||
		    rp_slice_ends(name, RP_SLICE(".txt")))
			names[n++] = strdup(entry->d_name);
	}
	(void)closedir(dir);
	qsort(names, n, sizeof(*names), by_name);
	return n;
}

static void
print(const char *what, const struct page_tally *t)
{
	printf("%s: %zu pages, %zu quotations, recall %.3f, precision %.3f, "
	       "right speaker %.3f, venue %zu of %zu\n",
	       what, t->pages, t->told, (double)t->met / (double)(t->told ? t->told : 1),
	       (double)t->met / (double)(t->found ? t->found : 1),
	       (double)t->speakers / (double)(t->met ? t->met : 1), t->venues,
	       t->venues_told);
}

static bool
is_enough(const struct page_tally *t)
{
	return t->pages > 0 && t->met * 100 >= t->told * LEAST_FOUND &&
	       t->met * 100 >= t->found * LEAST_FOUND &&
	       t->speakers * 100 >= t->met * LEAST_SPEAKERS;
}

static bool
measure(const char *directory)
{
	static char *names[PAGES_MAX];
	size_t n = list_pages(directory, names);

	tally = (struct page_tally){ 0 };
	for (size_t i = 0; i < n; i++) {
		char path[4096];
		size_t stem = strcspn(names[i], ".");

		arena_reset(arena);
		(void)snprintf(path, sizeof(path), "%s/%.*s.truth.jsonl", directory,
		               (int)stem, names[i]);
		read_truth(read_whole(path), path);
		(void)snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		read_page(read_whole(path), names[i]);
		compare(names[i]);
		free(names[i]);
	}
	print(directory, &tally);
	all.pages += tally.pages;
	all.told += tally.told;
	all.found += tally.found;
	all.met += tally.met;
	all.speakers += tally.speakers;
	all.venues += tally.venues;
	all.venues_told += tally.venues_told;
	return is_enough(&tally);
}

int
main(int argc, char **argv)
{
	bool enough = true;
	int directories = 0;

	arena = arena_new(256 << 20);
	if (arena == NULL)
		return 2;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--quiet") == 0) {
			quiet = true;
			continue;
		}
		enough &= measure(argv[i]);
		directories++;
	}
	if (directories > 1)
		print("all", &all);
	arena_free(arena);
	return enough && directories > 0 ? 0 : 1;
}
