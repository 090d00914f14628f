/*
 * A config file while it is read: settings.c has the file, sections.c its sections,
 * keys.c what stands in one of them.
 */
#ifndef RIPOSTE_CORE_CONFIG_READING_H
#define RIPOSTE_CORE_CONFIG_READING_H

#include "core/base/map.h"
#include "core/config/ini.h"
#include "core/config/settings.h"

enum { FAR = 3 }; /* so many mistypings are another word */

struct reading {
	struct arena *arena;
	config_collector *collector;
	struct config *config;
	struct ini ini;
	struct map *names;      /* of sources: their places */
	struct map *collectors; /* that were met: places in `shared` */
	struct shared {
		const struct setting_row *own;
		const struct setting *defaults;
		size_t n_defaults;
	} * shared;
	size_t n_shared, shared_room, sources_room;
	struct setting *settings; /* of all sections, as many as entries */
	struct rp_error *err;
};

/*
 * Where, into err->where; then "[section] key: why" with what of these the entry has.
 * RP_BAD_CONFIG.
 */
enum rp_status complain(const struct reading *r, const struct ini_entry *entry,
                        const char *format, ...) RP_PRINTF(3, 4);
/* "PATH:LINE", the path's end if it is long; line 0: without. */
void complain_where(struct rp_error *err, struct rp_slice path, uint32_t line);

/* What the tables of a section say where it says nothing itself. */
enum rp_status make_defaults(struct reading *r, struct section *section) RP_MUST_USE;
/* Entries [at, end) are one section, its beginning first; its tables are set. */
enum rp_status read_settings(struct reading *r, struct section *section, size_t at,
                             size_t end) RP_MUST_USE;
/* All of r->ini into r->config. */
enum rp_status read_sections(struct reading *r) RP_MUST_USE;

#endif
