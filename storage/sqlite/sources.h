/*
 * What the archive on disk keeps of collecting: sources, their coverage, their runs, what
 * they cost, who was asked for what.
 */
#ifndef RIPOSTE_STORAGE_SQLITE_SOURCES_H
#define RIPOSTE_STORAGE_SQLITE_SOURCES_H

#include "storage/sqlite/sqlite.h"

/* ---- sources.c ---- */

enum rp_status sources_get(struct store *store, struct rp_slice name, struct arena *arena,
                           struct source_state *out, struct rp_error *err);
enum rp_status sources_put(struct store *store, const struct source_state *state,
                           struct rp_error *err);
enum rp_status sources_coverage_set(struct store *store, struct rp_slice source,
                                    struct rp_slice subject, const struct coverage *list,
                                    size_t n, struct rp_error *err);
enum rp_status sources_run_put(struct store *store, const struct source_run *told,
                               struct rp_error *err);
enum rp_status sources_spending_put(struct store *store, const struct spending *spending,
                                    int64_t *id_out, struct rp_error *err);
enum rp_status sources_spending_sum(struct store *store, struct rp_slice source,
                                    int64_t since, int64_t *micro_out,
                                    struct rp_error *err);
enum rp_status sources_spending_run_sum(struct store *store, struct rp_slice source,
                                        int64_t run, int64_t *micro_out,
                                        struct rp_error *err);
enum rp_status sources_look_put(struct store *store, const struct look *look,
                                struct rp_error *err);

/* The statement for SCAN_COVERAGE, SCAN_LOOKS or SCAN_GHOSTS, bound. */
enum rp_status sources_scan(struct sqlite_store *s, const struct scan *scan,
                            struct sql *out, struct rp_error *err) RP_MUST_USE;

/* From a row to a struct, as those of rows.c. */
enum rp_status row_source(const struct sql *sql, struct source_state *out,
                          struct rp_error *err) RP_MUST_USE;
enum rp_status row_coverage(const struct sql *sql, struct coverage *out,
                            struct rp_error *err) RP_MUST_USE;
enum rp_status row_source_run(const struct sql *sql, struct source_run *out,
                              struct rp_error *err) RP_MUST_USE;
void row_spending(const struct sql *sql, struct spending *out);
enum rp_status row_look(struct sql *sql, struct look *out,
                        struct rp_error *err) RP_MUST_USE;

/* ---- sums.c ---- */

int64_t row_sum_of_source(struct row_sum *sum, const struct source_state *state);
int64_t row_sum_of_coverage(struct row_sum *sum, const struct coverage *coverage);
int64_t row_sum_of_source_run(struct row_sum *sum, const struct source_run *told);
int64_t row_sum_of_spending(struct row_sum *sum, const struct spending *spending);
int64_t row_sum_of_look(struct row_sum *sum, const struct look *look);

#endif
