#include "core/net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Networks that are no part of the public internet (IANA's registries). */
static const struct {
	uint32_t network;
	unsigned bits;
} v4_networks[] = {
	{ 0x00000000, 8 },  /* 0/8: this network */
	{ 0x0a000000, 8 },  /* 10/8 */
	{ 0x64400000, 10 }, /* 100.64/10: carriers */
	{ 0x7f000000, 8 },  /* 127/8 */
	{ 0xa9fe0000, 16 }, /* 169.254/16: link-local, and the keys of clouds */
	{ 0xac100000, 12 }, /* 172.16/12 */
	{ 0xc0000000, 24 }, /* 192.0.0/24: protocols */
	{ 0xc0000200, 24 }, /* 192.0.2/24: documentation */
	{ 0xc0586300, 24 }, /* 192.88.99/24: old relays of 6to4 */
	{ 0xc0a80000, 16 }, /* 192.168/16 */
	{ 0xc6120000, 15 }, /* 198.18/15: benchmarks */
	{ 0xc6336400, 24 }, /* 198.51.100/24: documentation */
	{ 0xcb007100, 24 }, /* 203.0.113/24: documentation */
	{ 0xe0000000, 4 },  /* 224/4: multicast */
	{ 0xf0000000, 4 },  /* 240/4: reserved, broadcast */
};

static bool
v4_is_private(uint32_t address)
{
	for (size_t i = 0; i < sizeof(v4_networks) / sizeof(*v4_networks); i++)
		if ((address ^ v4_networks[i].network) >> (32 - v4_networks[i].bits) == 0)
			return true;
	return false;
}

static uint32_t
v4_in(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool
begins(const unsigned char *address, const char *prefix, size_t n)
{
	return memcmp(address, prefix, n) == 0;
}

static bool
v6_is_private(const unsigned char *a)
{
	/* ::ffff:0:0/96 mapped, ::/96 compatible (also :: and ::1), 64:ff9b::/96 NAT64,
	 * 2002::/16 6to4: a v4 address is in them. */
	if (begins(a, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) ||
	    begins(a, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 12))
		return v4_is_private(v4_in(a + 12));
	if (begins(a, "\x20\x02", 2))
		return v4_is_private(v4_in(a + 2));
	/* 2001::/23 protocols (Teredo among them), 2001:db8::/32 documentation. */
	if (begins(a, "\x20\x01\x0d\xb8", 4) || (begins(a, "\x20\x01", 2) && a[2] < 2))
		return true;
	/* What is given out is 2000::/3.  Else: ::, fc00::/7, fe80::/10, ff00::/8 … */
	return (a[0] & 0xe0) != 0x20;
}

bool
address_is_private(const struct sockaddr *address, socklen_t n)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET && n >= sizeof(v4)) {
		memcpy(&v4, address, sizeof(v4));
		return v4_is_private(ntohl(v4.sin_addr.s_addr));
	}
	if (address->sa_family == AF_INET6 && n >= sizeof(v6)) {
		memcpy(&v6, address, sizeof(v6));
		return v6_is_private(v6.sin6_addr.s6_addr);
	}
	return true;
}
