/*
 * People: who owns which accounts and speaks under which names.
 */
#ifndef RIPOSTE_CORE_MODEL_PERSON_H
#define RIPOSTE_CORE_MODEL_PERSON_H

#include "core/base/slice.h"

struct person {
	struct rp_slice name;       /* "Satya Nadella"; unique in the list */
	struct rp_slice short_name; /* "Nadella"; empty: not given */
	const struct rp_slice
		*accounts; /* account keys: "x:@satyanadella?", "x:@20571756" */
	size_t n_accounts;
	const struct rp_slice *aliases; /* other names they are called by */
	size_t n_aliases;
	const struct rp_slice *roles; /* "patron de Microsoft; 2014-", as written */
	size_t n_roles;
};

struct people {
	const struct person *list; /* by name, bytewise */
	size_t n;
};

#endif
