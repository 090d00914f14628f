/* What the evil server does at each of its paths: the table in evil-paths.c. */
#ifndef RIPOSTE_TESTS_SUPPORT_EVIL_PATHS_H
#define RIPOSTE_TESTS_SUPPORT_EVIL_PATHS_H

#include "tests/support/evil.h"

/* "127.0.0.1:4711": where redirects to others lead. */
void evil_know(const char *other_host, const char *other_port);

void evil_answer(struct peer *peer);

#endif
