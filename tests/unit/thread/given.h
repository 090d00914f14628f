/*
 * What the specs of threads share: an empty archive for each test, views taken of it,
 * and a view as text, every field of it, to compare two.
 */
#ifndef RIPOSTE_TESTS_UNIT_THREAD_GIVEN_H
#define RIPOSTE_TESTS_UNIT_THREAD_GIVEN_H

#include "core/thread/thread.h"
#include "core/thread/view.h"
#include "tests/support/archive.h"
#include "tests/support/spec.h"

struct given {
	struct store *s;
	struct arena *arena;
	struct people people; /* empty unless the test says otherwise */
	struct rp_error err;
};

/* Over which store: the naive one unless a program sets another. */
typedef enum rp_status open_store(struct store **out, struct rp_error *err);
extern open_store *given_store;

int given_setup(void **state);
int given_teardown(void **state);
#define SPEC(test) cmocka_unit_test_setup_teardown(test, given_setup, given_teardown)

struct thread_view thread_of(struct given *g, const char *key);

/* The node with this key; the test fails without it. */
const struct view_node *node_of(const struct view_node *nodes, size_t n, const char *key);
#define node_in(view, key) node_of((view).nodes, (view).n_nodes, (key))

/* The key of a node's parent, "" at top level. */
const char *parent_of(const struct view_node *nodes, const struct view_node *node);
#define parent_in(view, key) parent_of((view).nodes, node_in((view), (key)))

/* Keys in order, separated by blanks, must be `expected`. */
void expect_keys(const struct view_node *nodes, size_t n, const char *expected);
#define expect_order(view, expected) expect_keys((view).nodes, (view).n_nodes, (expected))

/* All of it, for byte-wise comparison. */
void dump_thread(struct rp_buf *out, const struct thread_view *view);

#endif
