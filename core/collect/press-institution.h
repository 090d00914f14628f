/*
 * Names of institutions, which go on behind their capitals: "Department of Enterprise",
 * "ministère de la Transition écologique", "Protezione civile".
 */
#ifndef RIPOSTE_CORE_COLLECT_PRESS_INSTITUTION_H
#define RIPOSTE_CORE_COLLECT_PRESS_INSTITUTION_H

#include "core/collect/press-text.h"

/* One word of tokens first..beyond is what institutions are called. */
bool press_institution_in(const struct press_text *t, size_t first, size_t beyond);

/* Where the name of an institution ends whose words with capitals are first..beyond. */
size_t press_institution_end(const struct press_text *t, size_t first, size_t beyond);

/* Written without a capital, "[le] parquet fédéral": where it ends; i: none begins there.
 */
size_t press_institution_lower(const struct press_text *t, size_t i);

/* "Tourismusverband", "Landratsamt": one word of German. */
bool press_institution_compound(const struct press_text *t, size_t i);

#endif
