/*
 * What "doctor" finds: a line each, with what to do about it.
 */
#ifndef RIPOSTE_CMD_DOCTOR_H
#define RIPOSTE_CMD_DOCTOR_H

#include "cmd/command.h"
#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/config/settings.h"

enum finding_level { FINDING_OK, FINDING_WARNING, FINDING_ERROR };

struct finding {
	enum finding_level level;
	const char *about; /* "config", "clock" */
	struct rp_slice text, mend;
};

struct doctor {
	const struct invocation *inv;
	struct arena *arena; /* of everything here */
	struct config config;
	bool has_config;     /* it could be read, or there is none */
	const char *archive; /* NULL: nobody knows where it would be */
	struct store *store; /* NULL: it is not there, or cannot be opened */
	struct finding *findings;
	size_t n, room;
	bool failed; /* out of memory */
	int exit_status;
};

/*
 * One more: "%s" of text and mend may be long and have anything in them.  mend: what to
 * type or do; "" when nothing is wrong.
 */
void doctor_find(struct doctor *doctor, enum finding_level level, const char *about,
                 struct rp_slice text, struct rp_slice mend);
/* printf into the arena; empty when it is full. */
struct rp_slice doctor_words(struct doctor *doctor, const char *format, ...)
	RP_PRINTF(2, 3);

/* doctor-files.c: who may read and write, what was left behind, how much room there is.
 */
void doctor_files(struct doctor *doctor);
/* doctor-machine.c: clock, zones, libraries. */
void doctor_machine(struct doctor *doctor);
/* doctor-sources.c: tokens, last runs, whoever collects right now. */
void doctor_sources(struct doctor *doctor);
/* doctor-online.c: whether the hosts of sources answer, and what time they have. */
void doctor_online(struct doctor *doctor);

#endif
