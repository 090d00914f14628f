/*
 * The value of one setting, as it is written.
 */
#ifndef RIPOSTE_CORE_CONFIG_VALUE_H
#define RIPOSTE_CORE_CONFIG_VALUE_H

#include "core/config/settings.h"

/*
 * row and value of *setting are given; number and per are filled in, and the value of a
 * URL loses the "/" at its end.  RP_BAD_CONFIG: the text says why, without the key, and
 * never has what may be a secret.
 */
enum rp_status value_read(struct setting *setting, struct rp_error *err) RP_MUST_USE;

#endif
