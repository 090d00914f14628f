#include "core/config/reading.h"

#include <stdarg.h>
#include <stdio.h>

enum { PATH_SHOWN = 100 }; /* of the config file's: its end says more than the start */

void
complain_where(struct rp_error *err, struct rp_slice path, uint32_t line)
{
	if (path.n > PATH_SHOWN) {
		path = rp_slice_skip(path, path.n - PATH_SHOWN);
		while (path.n > 0 && ((unsigned char)*path.p & 0xc0) == 0x80)
			path = rp_slice_skip(path, 1); /* not inside a character */
	}
	if (line > 0)
		rp_error_where(err, "%.*s:%u", RP_FMT(path), line);
	else
		rp_error_where(err, "%.*s", RP_FMT(path));
}

enum rp_status
complain(const struct reading *r, const struct ini_entry *entry, const char *format, ...)
{
	char why[sizeof(r->err->text)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	complain_where(r->err, r->config->path, entry->line);
	return rp_fail(r->err, RP_BAD_CONFIG, "%s%.80s%s%.40s%s%s",
	               entry->section.n > 0 ? "[" : "",
	               entry->section.n > 0 ? entry->section.p : "",
	               entry->section.n > 0 ? "] " : "",
	               entry->key.n > 0 ? entry->key.p : "", entry->key.n > 0 ? ": " : "",
	               why);
}

enum rp_status
config_complain(struct rp_error *err, const struct config *config,
                const struct section *section, const struct setting *setting,
                const char *format, ...)
{
	bool of_source = section != &config->archive && section != &config->http &&
	                 section != &config->prices;
	char why[sizeof(err->text)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	complain_where(err, config->path,
	               setting != NULL && setting->line > 0 ? setting->line
	                                                    : section->line);
	return rp_fail(err, RP_BAD_CONFIG, "[%s%.*s] %s%s%s", of_source ? "source " : "",
	               RP_FMT(section->name), setting != NULL ? setting->row->name : "",
	               setting != NULL ? ": " : "", why);
}
