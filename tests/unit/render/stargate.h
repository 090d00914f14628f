/*
 * The exchange after the announcement of Stargate as views made by hand: what the writers
 * are handed, without a store.  Ids, times and quotations are facts; the reply of
 * @satyanadella is invented.
 */
#ifndef RIPOSTE_TESTS_UNIT_RENDER_STARGATE_H
#define RIPOSTE_TESTS_UNIT_RENDER_STARGATE_H

#include "core/render/writer.h"
#include "tests/support/spec.h"

#include <stdlib.h>

#define S(literal) RP_LIT(literal)

static const struct person musk = { .name = S("Elon Musk"), .short_name = S("Musk") };
static const struct person altman = { .name = S("Sam Altman"),
	                              .short_name = S("Altman") };
static const struct person nadella = { .name = S("Satya Nadella"),
	                               .short_name = S("Nadella") };

static inline int64_t
us(const char *text)
{
	struct rp_time t;

	assert_true(rp_time_read(rp_slice_str(text), RP_BASIS_PLATFORM, &t));
	return t.lo;
}

static inline struct rp_time
at(const char *text)
{
	return rp_time_at(us(text), RP_PRECISION_MS, RP_BASIS_PLATFORM);
}

static inline struct rp_time
decoded(const char *text)
{
	return rp_time_at(us(text), RP_PRECISION_MS, RP_BASIS_ID);
}

static inline struct view_node
node(const char *key, const struct person *person, const char *handle,
     struct rp_time time, const char *text)
{
	struct view_node n = {
		.p = {
			.post = { .key = rp_slice_str(key), .kind = KIND_POST,
			          .time = time },
			.time = time,
			.version = { .text = rp_slice_str(text) },
			.n_versions = 1,
			.author = { .handle = rp_slice_str(handle), .person = person,
			            .name = person ? person->name
			                           : (struct rp_slice){ NULL, 0 } },
			.seen_until = RP_TIME_UNKNOWN,
			.gone_by = RP_TIME_UNKNOWN,
		},
		.parent = VIEW_NO_NODE,
		.shown = time.lo,
		.first_repost = RP_TIME_UNKNOWN,
		.last_repost = RP_TIME_UNKNOWN,
		.copy_of = VIEW_NO_NODE,
	};

	return n;
}

static inline struct view_node
ghost(const char *key, const char *handle, struct rp_time time)
{
	struct view_node n = node(key, NULL, handle, time, "");

	n.p.post.kind = KIND_GHOST;
	n.p.state = STATE_NEVER_SEEN;
	n.p.n_versions = 0;
	return n;
}

static inline struct view_node
below(struct view_node child, size_t parent, const char *parent_key, enum edge_type type,
      uint32_t depth)
{
	struct view_edge *edge = calloc(1, sizeof(*edge));

	assert_non_null(edge);
	*edge = (struct view_edge){ .type = type,
		                    .origin = ORIGIN_PLATFORM,
		                    .confidence_percent = 100,
		                    .parent_key = rp_slice_str(parent_key),
		                    .parent = parent };
	child.p.edges = edge;
	child.p.n_edges = 1;
	child.parent = parent;
	child.via = *edge;
	child.depth = depth;
	return child;
}

#define OPENAI "x:1881830103858172059"
#define MONEY "x:1881923570458304780"
#define SOFTBANK "x:1881944244480565497"
#define CLIP "x:1882085592135237737"
#define DAVOS "spoken:davos-2025-cnbc/1"
#define WRONG "x:1882106524090482701"
#define SATYA "x:1882303826214162580"
#define REPLY "x:1882350000000000000"
#define LAUGH "x:1882396566851666397"

enum { EXCHANGE_NODES = 8, EXCHANGE_TURNS = 5 };

struct stargate {
	struct view_node nodes[EXCHANGE_NODES];
	struct view_turn turns[EXCHANGE_TURNS];
	size_t order[EXCHANGE_NODES];
	const struct person *people[3];
	struct exchange_view view;
};

static inline struct view_node
in_turn(struct view_node n, uint32_t turn)
{
	n.turn = turn;
	return n;
}

static inline struct view_node
davos(void)
{
	struct view_node n = node(DAVOS, &nadella, "", at("2025-01-22T12:00:00Z"),
	                          "All I know is, I'm good for my $80 billion.");

	n.p.post.kind = KIND_SPOKEN;
	n.p.post.place = (struct rp_slice)S("Davos");
	n.p.post.zone = (struct rp_slice)S("Europe/Zurich");
	n.p.post.context = (struct rp_slice)S("What about Musk's posts on X?");
	n.p.post.time = (struct rp_time){ us("2025-01-21T23:00:00Z"),
		                          us("2025-01-22T22:59:59.999999Z"),
		                          RP_PRECISION_DAY, RP_BASIS_EVENT };
	n.p.time = (struct rp_time){ us("2025-01-22T05:57:27.374Z"),
		                     us("2025-01-22T15:19:07.281Z"), RP_PRECISION_DAY,
		                     RP_BASIS_EVENT };
	return n;
}

static inline struct view_turn
turn(uint32_t n, const struct person *who, const size_t *nodes, size_t n_nodes,
     struct rp_time first, struct rp_time last)
{
	return (struct view_turn){ .n = n,
		                   .author = { .person = who },
		                   .nodes = nodes,
		                   .n_nodes = n_nodes,
		                   .first = first,
		                   .last = last,
		                   .latency_lo = RP_TIME_UNKNOWN,
		                   .latency_hi = RP_TIME_UNKNOWN };
}

/* s outlives the view. */
static inline void
stargate_exchange(struct stargate *s)
{
	struct view_node *n = s->nodes;
	struct view_turn *t = s->turns;

	*s = (struct stargate){ .people = { &musk, &altman, &nadella } };
	for (size_t i = 0; i < EXCHANGE_NODES; i++)
		s->order[i] = i;
	n[0] = ghost(OPENAI, "OpenAI", decoded("2025-01-21T22:23:54.093Z"));
	n[1] = in_turn(
		below(node(MONEY, &musk, "elonmusk", at("2025-01-22T04:35:18.303Z"),
	                   "They don't actually have the money"),
	              0, OPENAI, EDGE_REPLY, 1),
		1);
	n[2] = in_turn(
		below(node(SOFTBANK, &musk, "elonmusk", at("2025-01-22T05:57:27.374Z"),
	                   "SoftBank has well under $10B secured. I have that on "
	                   "good authority."),
	              1, MONEY, EDGE_REPLY, 2),
		1);
	n[3] = in_turn(davos(), 2);
	n[4] = in_turn(below(node(WRONG, &altman, "sama", at("2025-01-22T16:42:17.848Z"),
	                          "wrong, as you surely know."),
	                     2, SOFTBANK, EDGE_REPLY, 3),
	               3);
	n[5] = in_turn(
		below(node(SATYA, &musk, "elonmusk", at("2025-01-23T05:46:18.340Z"),
	                   "On the other hand, Satya definitely does have the money"),
	              VIEW_NO_NODE, CLIP, EDGE_QUOTE, 0),
		4);
	n[6] = below(ghost(REPLY, "satyanadella", decoded("2025-01-23T08:50:00.000Z")), 5,
	             SATYA, EDGE_REPLY, 1);
	n[7] = in_turn(below(node(LAUGH, &musk, "elonmusk",
	                          at("2025-01-23T11:54:49.431Z"), "\xf0\x9f\x98\x82"),
	                     6, REPLY, EDGE_REPLY, 2),
	               5);

	t[0] = turn(1, &musk, &s->order[1], 2, n[1].p.time, n[2].p.time);
	t[1] = turn(2, &nadella, &s->order[3], 1, n[3].p.time, n[3].p.time);
	t[1].answers = 1;
	t[1].before_bound_only = true;
	t[1].latency_lo = 0;
	t[1].latency_hi = n[3].p.time.hi - n[2].p.time.hi;
	t[2] = turn(3, &altman, &s->order[4], 1, n[4].p.time, n[4].p.time);
	t[2].answers = 1;
	t[2].latency_lo = t[2].latency_hi = n[4].p.time.lo - n[2].p.time.hi;
	t[3] = turn(4, &musk, &s->order[5], 1, n[5].p.time, n[5].p.time);
	t[3].answers = 2;
	t[3].via = (struct rp_slice)S("@ns123abc");
	t[3].via_posts = 1;
	t[4] = turn(5, &musk, &s->order[7], 1, n[7].p.time, n[7].p.time);
	s->view = (struct exchange_view){ .people = s->people,
		                          .n_people = 3,
		                          .turns = t,
		                          .n_turns = EXCHANGE_TURNS,
		                          .nodes = n,
		                          .n_nodes = EXCHANGE_NODES,
		                          .last_word = &musk };
}

static inline void
stargate_free(struct stargate *s)
{
	for (size_t i = 0; i < EXCHANGE_NODES; i++) {
		union {
			const void *from;
			void *to;
		} edges = { s->nodes[i].p.edges };

		free(edges.to);
	}
}

/* What a writer wrote, as text the caller frees. */
struct written {
	char *p;
	size_t n;
	FILE *out;
};

static inline FILE *
written_open(struct written *w)
{
	w->out = open_memstream(&w->p, &w->n);
	assert_non_null(w->out);
	return w->out;
}

static inline struct rp_slice
written_text(struct written *w)
{
	assert_int_equal(fclose(w->out), 0);
	return rp_slice_from(w->p, w->n);
}

#endif
