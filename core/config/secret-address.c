/* Secrets that are part of an address, as some feeds have them: "?page=2&api_key=…". */
#include "core/config/secrets.h"
#include "core/config/settings.h"

#include <string.h>

enum { LEAST_BYTES = 8 };

static bool
is_called_secret(struct rp_slice name)
{
	static const char *const names[] = {
		"access_key",    "access_token", "api_key",   "api-key",    "apikey",
		"auth",          "auth_token",   "authtoken", "credential", "credentials",
		"client_secret", "key",          "pass",      "passwd",     "password",
		"private_token", "secret",       "sig",       "signature",  "token",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (rp_slice_eq_nocase(name, rp_slice_str(names[i])))
			return true;
	return false;
}

static enum rp_status
add_value(struct secrets **secrets, struct rp_slice value, struct rp_error *err)
{
	char *text;

	if (*secrets == NULL && (*secrets = secrets_new()) == NULL)
		return rp_fail_memory(err);
	if (map_get((*secrets)->references, value) != NULL)
		return RP_OK;
	text = secrets_room(*secrets, value.n);
	if (text == NULL)
		return rp_fail_memory(err);
	memcpy(text, value.p, value.n);
	/* No reference is like it: those of tokens have a colon, or are names. */
	return secrets_add(*secrets, value, rp_slice_from(text, value.n), err);
}

static enum rp_status
add_address(struct secrets **secrets, struct rp_slice url, struct rp_error *err)
{
	struct rp_slice query = rp_slice_skip(url, rp_slice_find_byte(url, '?'));
	enum rp_status st = RP_OK;

	query = rp_slice_skip(query, query.n > 0);
	query.n = rp_slice_find_byte(query, '#');
	while (query.n > 0 && st == RP_OK) {
		struct rp_slice value = rp_slice_cut(&query, '&');
		const struct rp_slice name = rp_slice_cut(&value, '=');

		if (value.n >= LEAST_BYTES && value.n <= SECRET_MAX_BYTES &&
		    is_called_secret(name))
			st = add_value(secrets, value, err);
	}
	return st;
}

enum rp_status
secrets_add_addresses(struct secrets **secrets, const struct section *settings,
                      struct rp_error *err)
{
	enum rp_status st = RP_OK;

	for (size_t i = 0; i < settings->n && st == RP_OK; i++)
		if (settings->settings[i].row->type == SETTING_URL)
			st = add_address(secrets, settings->settings[i].value, err);
	return st;
}
