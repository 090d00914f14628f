/*
 * Addresses of machines, as the socket is about to use them: what a name or an odd
 * spelling stands for has been found out by then, and cannot change any more.
 */
#ifndef RIPOSTE_CORE_NET_ADDRESS_H
#define RIPOSTE_CORE_NET_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * Is it anything but an address of the public internet?  This machine, private and
 * link-local networks, carriers' networks (100.64/10), multicast, addresses reserved or
 * for documentation; the same inside of v6 (v4-mapped, v4-compatible, 6to4, NAT64); any
 * family that is not IP.
 */
bool address_is_private(const struct sockaddr *address, socklen_t n);

#endif
