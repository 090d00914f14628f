/*
 * What every spec of the contract starts from: an empty store of the backend named on the
 * command line, and builders that hide what a spec is not about.
 *
 * Builders fail the spec when the store does not say RP_OK.
 */
#ifndef RIPOSTE_TESTS_CONTRACT_CONTRACT_H
#define RIPOSTE_TESTS_CONTRACT_CONTRACT_H

#include "storage/store.h"
#include "tests/contract/backends.h"
#include "tests/support/spec.h"

struct fixture {
	const struct backend *backend;
	struct store *store;
	struct arena *arena;
	struct rp_error err;
	char directory[256];
	char path[300];
};

/* Opens an empty store of a backend; for specs that compare two. */
void fixture_open(struct fixture *f, const struct backend *backend);
void fixture_close(struct fixture *f);
DEFINE_CLEANUP_DONE(struct fixture, fixture_close);

/* Close and open again, where that keeps anything. */
void reopen(struct fixture *f);

/* The backend named on the command line. */
extern const struct backend *chosen_backend;

int contract_open(void **state);
int contract_close(void **state);
int contract_run(int argc, char **argv, const char *name, const struct CMUnitTest *specs,
                 size_t n);

#define SPEC(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, contract_open, contract_close)
#define CONTRACT_RUN(argc, argv, name, specs)                                            \
	contract_run(argc, argv, name, specs, sizeof(specs) / sizeof((specs)[0]))

/* ---- builders ---------------------------------------------------------------- */

/* Pack all records there are; harmless where there is nothing to gain. */
void compact(struct fixture *f, bool tight);

void begin(struct fixture *f);
void commit(struct fixture *f);

/* s with a life as long as the spec; "%" needs none of its meaning. */
struct rp_slice text(struct fixture *f, const char *format, ...) RP_PRINTF(2, 3);

int64_t put_run(struct fixture *f, int64_t started);
void end_run(struct fixture *f, int64_t run, int64_t ended);

/* A complete capture of these bytes without holes. */
int64_t put_capture(struct fixture *f, int64_t run, const char *name,
                    struct rp_slice bytes);
/* Say of a capture what its bytes are, and that they are all. */
void complete(struct fixture *f, int64_t capture, struct rp_slice bytes);
int64_t put_record(struct fixture *f, struct rp_slice bytes);
void put_again(struct fixture *f, int64_t capture, int64_t run, int64_t at);
void put_sighting(struct fixture *f, struct sighting sighting);
void put_reject(struct fixture *f, struct reject reject);

int64_t put_post(struct fixture *f, struct post post);
int64_t put_ghost(struct fixture *f, const char *key);
/* A post by author with one wording. */
int64_t say(struct fixture *f, const char *key, const char *author, const char *words);
int64_t put_version(struct fixture *f, struct version version);
/* A wording whose fingerprint follows from its text. */
int64_t put_words(struct fixture *f, int64_t post, const char *words);
/* A wording by x:@1 with more about it. */
void put_wording(struct fixture *f, int64_t post, const char *native, const char *words,
                 int64_t as_of, bool truncated);
void put_alias(struct fixture *f, const char *alias, int64_t post);
void put_edge(struct fixture *f, struct edge edge);
void put_reply(struct fixture *f, int64_t child, int64_t parent);
void put_account(struct fixture *f, const char *key, const char *handle, const char *name,
                 int64_t first, int64_t last);
void put_state(struct fixture *f, struct state_note note);

/* One instant, as the platform says. */
struct rp_time at(int64_t us);

/* ---- looking ----------------------------------------------------------------- */

struct post get_post(struct fixture *f, const char *key);
enum rp_status find_post(struct fixture *f, const char *key);

/*
 * A scan's rows in short, with ", " between: posts and aliases as "KEY", versions "TEXT",
 * edges "TYPE PARENT" or "CHILD TYPE", accounts "KEY HANDLE NAME", states "STATE@AS_OF",
 * runs "KIND", captures "NAME", again "RUN@AT", rejects "OFFSET REASON", sightings
 * "RECORD+OFFSET", sources "NAME CURSOR", coverage "SOURCE SUBJECT FROM..UNTIL", with
 * " gap", runs of sources "RUN SOURCE END", spending "SOURCE WHAT MICRO", looks "KEY WAY
 * OUTCOME", bytes as they are without anything between.
 */
const char *rows(struct fixture *f, enum scan_of of, int64_t id, const char *key);
const char *posts(struct fixture *f, struct filter filter);

/* Rows of a scan, one after another. */
typedef void row_seen(struct fixture *f, const union scan_row *row, void *context);
void each_row(struct fixture *f, const struct scan *scan, row_seen *seen, void *context);

/* A capture's bytes put together. */
struct rp_slice capture_bytes(struct fixture *f, int64_t capture);
/* The version a post has; the last one when there are several. */
struct version only_version(struct fixture *f, int64_t post);
struct store_stats stats_of(struct fixture *f);

#endif
