/*
 * Everything a store tells, as text, by keys and places instead of handles: two stores
 * with the same dump are the same to everybody outside.
 */
#ifndef RIPOSTE_TESTS_CONTRACT_DUMP_H
#define RIPOSTE_TESTS_CONTRACT_DUMP_H

#include "tests/contract/contract.h"

/* Lives in the fixture's arena, NUL-terminated. */
const char *dump(struct fixture *f);

/* Fails with the first line that differs. */
void assert_same_dump(const char *got, const char *want, const char *where);

#endif
