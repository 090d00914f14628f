#include "cmd/web.h"

#include "cmd/report.h"

static size_t
mask(void *context, char *text, size_t n)
{
	const struct web_user *user = context;

	return user->secrets != NULL ? secrets_mask(user->secrets, text, n) : 0;
}

static void
log_request(void *context, const char *line)
{
	(void)context;
	report("%s", line);
}

static int64_t
now(void *context)
{
	const struct web_user *user = context;

	return user->now != NULL ? user->now(user->context) : web_now(NULL);
}

int64_t
web_now(void *context)
{
	int64_t now;

	(void)context;
	return rp_now(&now, NULL) == RP_OK ? now : RP_TIME_UNKNOWN;
}

/* "riposte/0.1.0 (+mailto:desk@paper.example)". */
static bool
name_us(const struct section *http, struct arena *arena, struct rp_slice *out)
{
	const struct rp_slice given = section_text(http, "user_agent"),
			      contact = section_text(http, "contact");

	if (given.n > 0)
		return arena_copy(arena, given, out);
	if (contact.n == 0)
		return arena_copy(arena, RP_SLICE("riposte/" RIPOSTE_VERSION), out);
	return arena_printf(arena, out, "riposte/" RIPOSTE_VERSION " (+%s%.*s)",
	                    rp_slice_find_byte(contact, ':') == contact.n ? "mailto:"
	                                                                  : "",
	                    RP_FMT(contact));
}

static bool
find_file(const struct config *config, const char *setting, struct arena *arena,
          struct rp_slice *out)
{
	*out = section_text(&config->http, setting);
	return out->n == 0 || config_file(arena, config, *out, out);
}

enum rp_status
web_open(const struct config *config, const struct web_user *user, struct arena *arena,
         struct http **out, struct rp_error *err)
{
	const struct section *http = &config->http;
	struct http_options options = {
		.allow_private = section_number(http, "allow_private", 0) != 0,
		.proxy = section_text(http, "proxy"),
		.max_bytes = (uint64_t)section_number(http, "max_body", 0),
		.connect_ms = section_number(http, "connect", 0) / 1000,
		.total_ms = section_number(http, "total", 0) / 1000,
		.patience_ms = section_number(http, "patience", 0) / 1000,
		.spacing_ms = section_number(http, "spacing", 0) / 1000,
		.parallel = (unsigned)section_number(http, "parallel", 0),
		.log = user->verbose ? log_request : NULL,
		.mask = mask,
		.now = now,
		.context = (void *)(uintptr_t)user, /* they only read it */
	};
	struct rp_slice agent;

	if (!name_us(http, arena, &agent) ||
	    !find_file(config, "ca", arena, &options.ca) ||
	    !find_file(config, "record", arena, &options.record) ||
	    !find_file(config, "replay", arena, &options.replay))
		return rp_fail_memory(err);
	options.user_agent = agent.p;
	return http_new(&options, out, err);
}
