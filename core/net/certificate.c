#include "core/net/transfer.h"

#include "core/base/base64.h"

enum { CERTIFICATE_MAX = 64 << 10 };

static bool
hash_pem(struct rp_slice pem, struct sha256 *out)
{
	const struct rp_slice begin = RP_SLICE("-----BEGIN CERTIFICATE-----");
	CLEANUP(buf_done) struct rp_buf der;

	buf_init(&der, CERTIFICATE_MAX);
	pem = rp_slice_skip(pem, rp_slice_find(pem, begin) + begin.n);
	pem.n = rp_slice_find(pem, RP_SLICE("-----END"));
	if (!base64_read(&der, pem, false) || buf_failed(&der) || der.n == 0)
		return false;
	*out = sha256_of(buf_slice(&der));
	return true;
}

bool
certificate_of(CURL *easy, struct sha256 *out)
{
	const struct rp_slice name = RP_SLICE("Cert:");
	struct curl_certinfo *chain = NULL;

	if (curl.curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK ||
	    chain == NULL || chain->num_of_certs < 1)
		return false;
	for (struct curl_slist *line = chain->certinfo[0]; line; line = line->next)
		if (rp_slice_starts(rp_slice_str(line->data), name))
			return hash_pem(rp_slice_skip(rp_slice_str(line->data), name.n),
			                out);
	return false;
}
