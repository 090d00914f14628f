#include "core/collect/collector.h"

#include "core/collect/article.h"
#include "core/collect/captions.h"
#include "core/collect/options.h"
#include "core/collect/transcript-event.h"
#include "core/collect/transcript.h"

extern const struct collector_ops x_collector, x_archive_collector;
extern const struct collector_ops masto_collector, bsky_collector;
extern const struct collector_ops feed_collector, list_collector;

/* clang-format off */
const struct collector_ops *const collectors[] = {
	&x_collector,
	&x_archive_collector,
	&masto_collector,
	&bsky_collector,
	&transcript_collector,
	&captions_collector,
	&article_collector,
	&feed_collector,
	&list_collector,
	NULL,
};
/* clang-format on */

const struct collector_ops *
collector_find(struct rp_slice name)
{
	for (const struct collector_ops *const *c = collectors; *c != NULL; c++)
		if (rp_slice_eq(name, rp_slice_str((*c)->name)))
			return *c;
	return NULL;
}

const struct collector_ops *
collector_sniff(struct rp_slice head, const struct input *input)
{
	const struct collector_ops *best = NULL;
	int most = 0, sure;

	for (const struct collector_ops *const *c = collectors; *c != NULL; c++) {
		sure = (*c)->sniff(head, input);
		if (sure > most) {
			most = sure;
			best = *c;
		}
	}
	return best;
}

#define MADE RP_SLICE("event.made")
#define DAMAGED RP_SLICE("damaged")
#define UNREAD RP_SLICE("unread")

enum rp_status
collector_settle(const struct collector_ops *ops, const struct input *input,
                 struct rp_slice head, struct rp_buf *options, struct rp_error *err)
{
	CLEANUP(arena_free) struct arena *arena = arena_new(1 << 20);
	struct event event = { .id = options_get(input->options, RP_SLICE("event")) };

	buf_add(options, input->options);
	if (!ops->events || event.id.n != 0)
		return buf_failed(options) ? rp_fail_memory(err) : RP_OK;
	if (arena == NULL || !event_settle(&event, arena, input->name, head))
		return rp_fail_memory(err);
	return options_add(options, MADE, event.id, err);
}

enum rp_status
collector_settle_damage(struct rp_buf *options, const char *why, struct rp_error *err)
{
	/* A library's words, perhaps with what it found in the file. */
	return options_add(options, DAMAGED, rp_slice_str(why), NULL) == RP_OK
	               ? RP_OK
	               : options_add(options, DAMAGED, RP_SLICE("damaged"), err);
}

bool
collector_settled_damage(struct rp_slice options)
{
	return options_get(options, DAMAGED).n > 0;
}

enum rp_status
collector_settle_unread(struct rp_buf *options, const char *why, struct rp_error *err)
{
	return options_add(options, UNREAD, rp_slice_str(why), err);
}

struct rp_slice
collector_unread(struct rp_slice options)
{
	return options_get(options, UNREAD);
}

/* Without the last line, if that is one of this key. */
static struct rp_slice
without_last(struct rp_slice options, struct rp_slice key)
{
	size_t at = options.n;

	while (at > 1 && options.p[at - 2] != '\n')
		at--;
	at -= at > 0;
	return rp_slice_starts(rp_slice_skip(options, at), key)
	               ? rp_slice_from(options.p, at)
	               : options;
}

/* Without how and when an answer came, which stands at the end. */
static struct rp_slice
without_answer(struct rp_slice options)
{
	size_t at = options.n;

	for (size_t end = at; end > 0; end = at) {
		struct rp_slice line;

		at = end - 1;
		while (at > 0 && options.p[at - 1] != '\n')
			at--;
		line = rp_slice_from(options.p + at, end - at);
		if (!options_is_of_answer(rp_slice_cut(&line, '=')))
			return rp_slice_from(options.p, end);
	}
	return rp_slice_from(options.p, at);
}

/* What was settled was added last, behind what gather added. */
struct rp_slice
collector_given(struct rp_slice options)
{
	return without_answer(without_last(without_last(options, DAMAGED), MADE));
}
