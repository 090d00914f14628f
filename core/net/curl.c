#include "core/net/curl.h"

struct curl_functions curl;
static const char *const curl_names[] = { CURL_FUNCTIONS(LAZY_NAME) };

enum rp_status
curl_load(struct rp_error *err)
{
	const bool loaded = curl.curl_global_init != NULL;
	enum rp_status st;

	st = lazy_load(LIBCURL_SONAME, curl_names, &curl, sizeof(curl), err);
	if (st == RP_OK && !loaded && curl.curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		return rp_fail(err, RP_FAILED, "libcurl cannot be initialised");
	return st;
}
