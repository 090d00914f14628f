#include "core/net/address.h"

#include "tests/support/spec.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static bool
is_private(const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return address_is_private((struct sockaddr *)&v4, sizeof(v4));
	if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
		fail_msg("%s is no address", text);
	return address_is_private((struct sockaddr *)&v6, sizeof(v6));
}

static void
private_networks_end_where_they_end(void **state) /* S02 */
{
	static const char *const inside[] = {
		"0.0.0.0",
		"0.255.255.255",
		"10.0.0.0",
		"10.255.255.255",
		"100.64.0.0",
		"100.127.255.255",
		"127.0.0.1",
		"127.255.255.255",
		"169.254.0.0",
		"169.254.169.254",
		"172.16.0.0",
		"172.31.255.255",
		"192.168.0.0",
		"192.168.255.255",
		"192.0.0.8",
		"192.0.2.1",
		"198.18.0.1",
		"198.19.255.255",
		"198.51.100.1",
		"203.0.113.1",
		"224.0.0.1",
		"239.255.255.255",
		"240.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"::ffff:10.0.0.1",
		"::ffff:127.0.0.1",
		"::7f00:1",
		"64:ff9b::a00:1",
		"64:ff9b:1::1",
		"fc00::1",
		"fdff::1",
		"fe80::1",
		"febf::1",
		"fec0::1",
		"ff02::1",
		"2001:db8::1",
		"2001::1",
		"2002:a00:1::1",
		"2002:7f00:1::1",
		"100::1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(inside) / sizeof(*inside); i++)
		if (!is_private(inside[i]))
			fail_msg("%s", inside[i]);
}

static void
addresses_of_the_internet_are_let_through(void **state)
{
	static const char *const outside[] = {
		"1.1.1.1",         "9.255.255.255",   "11.0.0.0",
		"100.63.255.255",  "100.128.0.0",     "126.255.255.255",
		"128.0.0.0",       "169.253.255.255", "169.255.0.0",
		"172.15.255.255",  "172.32.0.0",      "192.167.255.255",
		"192.169.0.0",     "198.17.255.255",  "198.20.0.0",
		"223.255.255.255", "::ffff:8.8.8.8",  "64:ff9b::808:808",
		"2002:808:808::1", "2606:4700::1111", "2a00:1450::1",
		"2001:4860::8888",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		if (is_private(outside[i]))
			fail_msg("%s", outside[i]);
}

static void
what_is_no_address_of_the_internet_is_private(void **state)
{
	const struct sockaddr local = { .sa_family = AF_UNIX };
	const struct sockaddr_in v4 = { .sin_family = AF_INET,
		                        .sin_addr.s_addr = htonl(0x01010101) };

	(void)state;
	assert_true(address_is_private(&local, sizeof(local)));
	assert_true(address_is_private((const struct sockaddr *)&v4, 4));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_networks_end_where_they_end),
		cmocka_unit_test(addresses_of_the_internet_are_let_through),
		cmocka_unit_test(what_is_no_address_of_the_internet_is_private),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
