/* What a page says of the event that it is about. */
#include "core/collect/event-page.h"
#include "tests/support/spec.h"

#include <stdio.h>

static struct rp_error err;
static struct rp_buf out;

#define SCRIPT(json) "<script type=\"application/ld+json\">" json "</script>"
#define PAGE(json)                                                                       \
	"<html lang=\"en\"><link rel=\"canonical\" href=\"https://a.example/s\">"        \
	"<meta property=\"og:title\" content=\"A page\">" SCRIPT(json)

static void
given(const char *page, enum event_page use, const char *told)
{
	buf_done(&out);
	buf_init(&out, 1 << 20);
	assert_ok(event_page_settings(rp_slice_str(page), use, rp_slice_str(told), &out,
	                              &err),
	          err);
}

#define assert_settings(expected) assert_slice(buf_slice(&out), expected)

static void
a_session_has_a_start_to_the_minute_a_place_and_people(void **state)
{
	(void)state;
	given(PAGE("{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":[\"Event\"],"
	           "\"name\":\"AI &amp; us\",\"startDate\":\"2026-01-20T09:30:00+01:00\","
	           "\"location\":[{\"@type\":\"VirtualLocation\",\"name\":\"Web\"},"
	           "{\"@type\":\"Place\",\"name\":\"Congress Hall\",\"address\":"
	           "{\"addressLocality\":\"Davos\"}}],"
	           "\"performer\":[{\"@type\":\"Person\",\"name\":\"Ana Roe\"},"
	           "{\"@type\":\"Organization\",\"name\":\"WEF\"},\"Bo Li\"],"
	           "\"subEvent\":{\"@type\":\"Event\",\"name\":\"No\"}}]}"),
	      EVENT_PAGE_SESSION, "");
	assert_settings("title=AI & us\nurl=https://a.example/s\n"
	                "place=Congress Hall, Davos\nstart=2026-01-20T08:30Z\n"
	                "speaker=Ana Roe\nspeaker=Bo Li\n");
}

static void
a_clock_without_a_zone_stays_one(void **state)
{
	(void)state;
	given(PAGE("{\"@type\":\"Event\",\"startDate\":\"2026-01-20T09:30:00\"}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("url=https://a.example/s\nstart=2026-01-20T09:30\n");
	given(PAGE("{\"@type\":\"Event\",\"startDate\":\"2026-01-20T00:00:00\"}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("url=https://a.example/s\ndate=2026-01-20\n");
	given(PAGE("{\"@type\":\"Event\",\"startDate\":\"2026-01-20\"}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("url=https://a.example/s\ndate=2026-01-20\n");
}

static void
a_video_was_made_before_it_was_put_up(void **state)
{
	(void)state;
	given(PAGE("{\"@type\":\"VideoObject\",\"name\":\"V\",\"url\":\"/v\","
	           "\"uploadDate\":\"2026-01-21\",\"actor\":{\"name\":\"Ana Roe\"}}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("title=V\nurl=https://a.example/s\nnot_after=2026-01-21\n");
	given(PAGE("{\"@type\":\"VideoObject\",\"uploadDate\":\"2026-01-21\","
	           "\"publication\":[{\"@type\":\"BroadcastEvent\","
	           "\"startDate\":\"2026-01-20T08:30:07Z\"}]}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("url=https://a.example/s\nstart=2026-01-20T08:30Z\n");
	given(PAGE("{\"@type\":\"VideoObject\",\"name\":\"V\"}"), EVENT_PAGE_SESSION, "");
	assert_settings("");
}

static void
what_is_told_is_not_said_again_and_not_contradicted(void **state)
{
	static const char page[] =
		PAGE("{\"@type\":\"Event\",\"name\":\"E\",\"url\":\"https://b.example\","
	             "\"startDate\":\"2026-01-20T09:30+01:00\",\"location\":\"Davos\","
	             "\"performer\":[\"Ana Roe\",\"Bo Li\"]}");

	(void)state;
	given(page, EVENT_PAGE_VIDEO, "title=T\nurl=https://c.example\nspeaker=Cy Fox\n");
	assert_settings("place=Davos\nstart=2026-01-20T08:30Z\n");
	given(page, EVENT_PAGE_VIDEO, "title=T\ndate=2026-01-19\nspeaker=Cy Fox\n");
	assert_settings("url=https://b.example\nplace=Davos\n");
	given(page, EVENT_PAGE_VIDEO, "title=T\nnot_after=2026-01-19\nspeaker=Cy Fox\n");
	assert_settings("url=https://b.example\nplace=Davos\n");
	given(page, EVENT_PAGE_VIDEO, "title=T\nnot_after=2026-01-20\nspeaker=Cy Fox\n");
	assert_settings("url=https://b.example\nplace=Davos\nstart=2026-01-20T08:30Z\n");
}

static void
a_list_of_events_and_other_pages_say_nothing_but_of_themselves(void **state)
{
	static const char list[] = PAGE("[{\"@type\":\"Event\",\"name\":\"A\"},"
	                                "{\"@type\":\"Event\",\"name\":\"B\"}]");

	(void)state;
	given(list, EVENT_PAGE_VIDEO, "");
	assert_settings("");
	given(list, EVENT_PAGE_ITSELF, "");
	assert_settings("title=A page\nurl=https://a.example/s\nlang=en\n");
	given(PAGE("{\"@type\":\"NewsArticle\",\"name\":\"A\"}"), EVENT_PAGE_VIDEO, "");
	assert_settings("");
	given(PAGE("{\"@type\":\"Event\",\"name\""), EVENT_PAGE_VIDEO, "");
	assert_settings("");
	given("", EVENT_PAGE_ITSELF, "");
	assert_settings("");
	given("\xff\xfe{", EVENT_PAGE_ITSELF, "");
	assert_settings("");
}

static void
what_cannot_be_a_setting_is_none(void **state)
{
	(void)state;
	given(PAGE("{\"@type\":\"Event\",\"name\":\"A\\nstart=2020\\u0000\","
	           "\"startDate\":\"soon\",\"location\":7,\"performer\":[[],{},null],"
	           "\"url\":\"javascript:x\"}"),
	      EVENT_PAGE_VIDEO, "");
	assert_settings("title=A start=2020\nurl=https://a.example/s\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_has_a_start_to_the_minute_a_place_and_people),
		cmocka_unit_test(a_clock_without_a_zone_stays_one),
		cmocka_unit_test(a_video_was_made_before_it_was_put_up),
		cmocka_unit_test(what_is_told_is_not_said_again_and_not_contradicted),
		cmocka_unit_test(
			a_list_of_events_and_other_pages_say_nothing_but_of_themselves),
		cmocka_unit_test(what_cannot_be_a_setting_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
