/* Certificates, made when the server starts: a CA that tests may trust, and its servers.
 */
#include "tests/support/evil.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

const char *const tls_names[TLS_VARIANTS] = { "tls", "expired", "wrong-host",
	                                      "self-signed", "tls10" };

static const long day = 24 * 3600;

struct wish {
	const char *name; /* of the machine: "IP:127.0.0.1"; NULL: a CA */
	long from, until; /* seconds from now */
	X509 *issuer;     /* NULL: itself */
	EVP_PKEY *issuer_key;
};

static void
extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509_EXTENSION *extension;

	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	X509_add_ext(certificate, extension, -1);
	X509_EXTENSION_free(extension);
}

static X509 *
certify(EVP_PKEY *key, const struct wish *wish)
{
	static long serial = 1;
	X509 *made = X509_new(), *issuer = wish->issuer ? wish->issuer : made;
	X509_NAME *name = X509_get_subject_name(made);
	const char *cn = wish->name ? "evil" : "a CA for tests";

	X509_set_version(made, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
	X509_gmtime_adj(X509_getm_notBefore(made), wish->from);
	X509_gmtime_adj(X509_getm_notAfter(made), wish->until);
	X509_set_pubkey(made, key);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)cn,
	                           -1, -1, 0);
	X509_set_issuer_name(made, X509_get_subject_name(issuer));
	if (wish->name != NULL)
		extend(made, issuer, NID_subject_alt_name, wish->name);
	else
		extend(made, issuer, NID_basic_constraints, "critical,CA:TRUE");
	X509_sign(made, wish->issuer ? wish->issuer_key : key, EVP_sha256());
	return made;
}

static SSL_CTX *
context(EVP_PKEY *key, X509 *certificate)
{
	SSL_CTX *made = SSL_CTX_new(TLS_server_method());

	SSL_CTX_use_certificate(made, certificate);
	SSL_CTX_use_PrivateKey(made, key);
	X509_free(certificate);
	return made;
}

bool
tls_prepare(const char *ca_path, SSL_CTX *contexts[TLS_VARIANTS])
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *ca = certify(key, &(struct wish){ NULL, -day, day, NULL, NULL });
	FILE *file = fopen(ca_path, "w");
	const struct wish wishes[TLS_VARIANTS] = {
		{ "IP:127.0.0.1", -day, day, ca, key },
		{ "IP:127.0.0.1", -2 * day, -day, ca, key },
		{ "DNS:elsewhere.example", -day, day, ca, key },
		{ "IP:127.0.0.1", -day, day, NULL, NULL },
		{ "IP:127.0.0.1", -day, day, ca, key },
	};

	if (file == NULL || PEM_write_X509(file, ca) != 1 || fclose(file) != 0)
		return false;
	for (int i = 0; i < TLS_VARIANTS; i++) {
		EVP_PKEY *own = EVP_EC_gen("P-256");

		contexts[i] = context(own, certify(own, &wishes[i]));
		EVP_PKEY_free(own);
	}
	SSL_CTX_set_security_level(contexts[4], 0);
	SSL_CTX_set_min_proto_version(contexts[4], TLS1_VERSION);
	SSL_CTX_set_max_proto_version(contexts[4], TLS1_VERSION);
	X509_free(ca);
	EVP_PKEY_free(key);
	return true;
}
