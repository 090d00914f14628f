/*
 * riposte-config(5) has every setting there is, with its default, and no other.
 */
#include "core/collect/fetcher.h"
#include "core/config/settings.h"

#include "tests/support/spec.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_BYTES = 1 << 20 };

static char text[PAGE_BYTES];

static int
read_page(void **state)
{
	FILE *page = fopen(CONFIG_PAGE, "r");
	size_t n = 0;

	(void)state;
	if (page == NULL)
		return -1;
	n = fread(text, 1, sizeof(text) - 1, page);
	text[n] = '\0';
	return fclose(page);
}

/* From ".Ss NAME" to the next heading; empty: there is none. */
static struct rp_slice
section_of(const char *name)
{
	char heading[64];
	struct rp_slice rest = rp_slice_str(text);
	size_t end, chapter;

	snprintf(heading, sizeof(heading), "\n.Ss %s\n", name);
	rest = rp_slice_skip(rest, rp_slice_find(rest, rp_slice_str(heading)));
	rest = rp_slice_skip(rest, strlen(heading));
	end = rp_slice_find(rest, RP_SLICE("\n.Ss "));
	chapter = rp_slice_find(rest, RP_SLICE("\n.Sh "));
	end = chapter < end ? chapter : end;
	return rp_slice_from(rest.p, end < rest.n ? end : rest.n);
}

/* What it says of a setting. */
static struct rp_slice
item_of(struct rp_slice section, const char *name)
{
	char heading[64];
	size_t end;

	snprintf(heading, sizeof(heading), "\n.It Ic %s No =", name);
	section = rp_slice_skip(section, rp_slice_find(section, rp_slice_str(heading)));
	end = rp_slice_find(rp_slice_skip(section, 1), RP_SLICE("\n.It ")) + 1;
	return rp_slice_from(section.p, end < section.n ? end : section.n);
}

static bool
has_line(struct rp_slice item, const char *begin, const char *word, const char *end)
{
	char words[128];

	snprintf(words, sizeof(words), "\n%s%s%s", begin, word, end);
	return rp_slice_find(item, rp_slice_str(words)) < item.n;
}

static void
assert_described(const char *section, const struct setting_row *row)
{
	const struct rp_slice item = item_of(section_of(section), row->name);

	if (item.n == 0)
		fail_msg("%s: there is no \"%s\"", section, row->name);
	if (row->otherwise != NULL && !has_line(item, "Default: ", row->otherwise, "."))
		fail_msg("%s: the default of %s is %s", section, row->name,
		         row->otherwise);
	if (row->needed && !has_line(item, "", "Needed.", ""))
		fail_msg("%s: %s is needed", section, row->name);
	if (row->several && !has_line(item, "", "May come several times", "."))
		fail_msg("%s: %s may come several times", section, row->name);
}

static bool
is_in(const struct setting_row *table, struct rp_slice name)
{
	for (const struct setting_row *row = table; row->name != NULL; row++)
		if (rp_slice_eq(rp_slice_str(row->name), name))
			return true;
	return false;
}

static void
assert_agrees(const char *section, const struct setting_row *table)
{
	static const char item[] = "\n.It Ic ";
	struct rp_slice rest = section_of(section), name;

	if (rest.n == 0)
		fail_msg("there is no section %s", section);
	for (const struct setting_row *row = table; row->name != NULL; row++)
		assert_described(section, row);
	for (;;) {
		rest = rp_slice_skip(rest, rp_slice_find(rest, RP_SLICE("\n.It Ic ")));
		if (rest.n == 0)
			return;
		rest = rp_slice_skip(rest, strlen(item));
		name = rp_slice_from(rest.p, rp_slice_find_byte(rest, ' '));
		if (!is_in(table, name))
			fail_msg("%s: nobody knows \"%.*s\"", section, RP_FMT(name));
	}
}

static void
the_page_describes_the_settings_of_every_collector_and_no_others(void **state)
{
	(void)state;
	for (size_t i = 0; fetchers[i] != NULL; i++)
		assert_agrees(fetchers[i]->name, fetchers[i]->settings);
}

static void
the_page_describes_the_other_sections(void **state)
{
	(void)state;
	assert_agrees("[archive]", archive_settings);
	assert_agrees("[http]", http_settings);
	assert_agrees("[prices]", price_settings);
	assert_agrees("[source NAME]", source_settings);
}

int
main(void)
{
#define SPEC(name) cmocka_unit_test(name)
	const struct CMUnitTest specs[] = {
		SPEC(the_page_describes_the_settings_of_every_collector_and_no_others),
		SPEC(the_page_describes_the_other_sections),
	};
	return cmocka_run_group_tests_name("collect-config-page", specs, read_page, NULL);
}
