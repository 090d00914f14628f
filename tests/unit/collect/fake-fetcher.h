/*
 * A fetcher that asks for page after page of /NAME/1, /NAME/2 … and goes on from its
 * cursor, the number of the last one it had.
 */
#ifndef RIPOSTE_TESTS_UNIT_COLLECT_FAKE_FETCHER_H
#define RIPOSTE_TESTS_UNIT_COLLECT_FAKE_FETCHER_H

#include "core/collect/fetcher.h"

#include <stdio.h>
#include <stdlib.h>

struct fetcher {
	const struct source *source;
	uint64_t page, most;
	char url[300], cursor[64];
};

/* How many pages there are, what each costs. */
static uint64_t fake_pages;
static const char *fake_price;
static bool fake_robots;
static uint32_t fake_spacing_ms;
static int fake_open;
static bool fake_divides;   /* it can ask for less */
static uint64_t fake_units; /* that come of a page */

static enum rp_status
fake_fetcher_open(const struct source *source, struct rp_slice cursor,
                  const struct archive_view *view, int64_t now, struct fetcher **out,
                  struct rp_error *err)
{
	struct fetcher *fetcher;

	(void)view;
	(void)now;
	if (rp_slice_eq(source->name, RP_SLICE("wrong")))
		return rp_fail(err, RP_BAD_CONFIG, "nothing to ask for");
	if (rp_slice_eq(source->name, RP_SLICE("large")))
		return rp_fail_memory(err);
	fetcher = calloc(1, sizeof(*fetcher));
	if (fetcher == NULL)
		return rp_fail_memory(err);
	fetcher->source = source;
	if (!rp_slice_u64(cursor, &fetcher->page))
		fetcher->page = 0;
	fetcher->most = 100;
	fake_open++;
	*out = fetcher;
	return RP_OK;
}

static enum rp_status
fake_fetcher_next(struct fetcher *fetcher, int64_t now, struct fetch_request *out,
                  struct rp_error *err)
{
	(void)now;
	(void)err;
	if (fetcher->page >= fake_pages)
		return RP_END;
	(void)snprintf(fetcher->url, sizeof(fetcher->url), "http://h/%.*s/%u",
	               RP_FMT(fetcher->source->name), (unsigned)fetcher->page + 1);
	out->url = rp_slice_str(fetcher->url);
	out->authorised = true;
	out->price = fake_price;
	out->robots = fake_robots;
	out->spacing_ms = fake_spacing_ms;
	out->most_units = fetcher->most;
	out->headers[0].name = "If-None-Match";
	out->headers[0].value = rp_slice_str(fetcher->cursor);
	out->n_headers = 1;
	return RP_OK;
}

static bool
fake_fetcher_fewer(struct fetcher *fetcher, uint64_t most_units)
{
	fetcher->most = most_units;
	return fake_divides;
}

static enum rp_status
fake_fetcher_take(struct fetcher *fetcher, const struct fetch_answer *answer,
                  struct fetch_taken *taken, struct rp_error *err)
{
	/* As a fetcher may: what was said before is gone. */
	memset(fetcher->url, 'x', sizeof(fetcher->url));
	taken->units = answer->status == 200 ? fake_units : 0;
	if (answer->status == 429 || answer->status >= 500) {
		taken->then = FETCH_AGAIN;
		return RP_OK;
	}
	if (answer->status == 304) {
		taken->then = FETCH_DONE;
		return RP_OK;
	}
	if (answer->status == 420)
		taken->payer_refused = true;
	if (answer->status != 200)
		return rp_fail(err, RP_BAD_SOURCE, "HTTP %d", answer->status);
	fetcher->page++;
	fetcher->most = 100;
	(void)snprintf(fetcher->cursor, sizeof(fetcher->cursor), "%u",
	               (unsigned)fetcher->page);
	taken->keep = true;
	taken->format = RP_SLICE("x");
	taken->options = RP_SLICE("asked=x:1\n");
	taken->has_cursor = true;
	taken->cursor = rp_slice_str(fetcher->cursor);
	taken->n_looks = 1;
	taken->looks[0] = (struct look){ .key = RP_SLICE("x:1"), .way = RP_SLICE("x") };
	return RP_OK;
}

static struct fetcher *
fake_fetcher_close(struct fetcher *fetcher)
{
	fake_open--;
	free(fetcher);
	return NULL;
}

static const struct fetcher_ops fake_fetcher = {
	.name = "fake",
	.summary = "pages of a test",
	.open = fake_fetcher_open,
	.next = fake_fetcher_next,
	.take = fake_fetcher_take,
	.fewer = fake_fetcher_fewer,
	.close = fake_fetcher_close,
};

#endif
