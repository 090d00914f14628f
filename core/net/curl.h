/*
 * libcurl, loaded when the first request is made (core/base/lazy.h).  Inside of this room
 * its functions are called as curl.curl_easy_init().
 */
#ifndef RIPOSTE_CORE_NET_CURL_H
#define RIPOSTE_CORE_NET_CURL_H

#include "core/base/error.h"
#include "core/base/lazy.h"

#include <stdbool.h>

/* The macros that check types are no members of a struct. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* clang-format off */
#define CURL_FUNCTIONS(X)                                                                \
	X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt)   \
	X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_multi_init)                    \
	X(curl_multi_cleanup) X(curl_multi_setopt) X(curl_multi_add_handle)              \
	X(curl_multi_remove_handle) X(curl_multi_perform) X(curl_multi_poll)             \
	X(curl_multi_info_read) X(curl_multi_strerror) X(curl_slist_append)              \
	X(curl_slist_free_all) X(curl_url) X(curl_url_cleanup) X(curl_url_set)           \
	X(curl_url_get) X(curl_free)
/* clang-format on */

struct curl_functions {
	CURL_FUNCTIONS(LAZY_MEMBER)
};
extern struct curl_functions curl;

/* RP_BAD_CONFIG: it is not on this machine. */
enum rp_status curl_load(struct rp_error *err) RP_MUST_USE;

#endif
