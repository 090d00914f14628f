/*
 * Signals: the first asks for a clean stop, the second is not waited for.
 */
#ifndef RIPOSTE_CMD_SIGNALS_H
#define RIPOSTE_CMD_SIGNALS_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP ask for a stop; the second time they end us. */
void signals_catch(void);

/* Was a stop asked for?  Fits ingest_options.stop. */
bool signals_stop(void *context);

/* End by the signal that was caught, so that the caller sees 128 + n; returns if none
 * was. */
void signals_end(void);

#endif
