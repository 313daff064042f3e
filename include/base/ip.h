/*
 * ip - addresses and networks as values
 *
 * IPv4 and IPv6 in one struct.  A v4-mapped IPv6 address (::ffff:192.0.2.7,
 * RFC 4291 2.5.5.2) becomes the IPv4 address it stands for.  Text goes out in
 * the canonical form of RFC 5952.  Parsers here are strict: four octets without
 * leading zeros, nothing defanged; find/address reads what people write.
 */
#pragma once
#include "base/span.h"

#define IP_TEXT_MAX 46 /* INET6_ADDRSTRLEN */
#define IPNET_TEXT_MAX (IP_TEXT_MAX + 4)

typedef struct Ip {
    guint8 family;    /* 4 or 6; 0 is no address */
    guint8 bytes[16]; /* network order; IPv4 in the first four */
} Ip;

typedef struct IpNet {
    Ip base; /* host bits zero */
    guint8 bits;
} IpNet;

/* What an address is for, by the IANA special-purpose registries (RFC 6890). */
typedef enum IpScope {
    IP_PUBLIC,  /* documentation ranges count as public: samples and tests use them */
    IP_PRIVATE, /* RFC 1918, RFC 6598 shared space, RFC 4193 unique local */
    IP_LOOPBACK,
    IP_LINK_LOCAL,
    IP_MULTICAST,
    IP_UNSPECIFIED, /* 0.0.0.0/8, :: */
    IP_RESERVED     /* 240.0.0.0/4 with broadcast, 192.0.0.0/24, discard-only, ... */
} IpScope;

gboolean span_ipv4 (Span *s, Ip *ret); /* reads at the start; what follows is the caller's affair */
gboolean span_ipv6 (Span *s, Ip *ret); /* no zone id, no brackets; at least two colons */

gboolean ip_parse (Span text, Ip *ret); /* the whole span is one address */
gboolean ip_equal (const Ip *a, const Ip *b);
int ip_compare (const Ip *a, const Ip *b);
guint ip_hash (const Ip *ip);
IpScope ip_scope (const Ip *ip);
const char *ip_format (const Ip *ip, char ret[IP_TEXT_MAX]); /* returns `ret' */

gboolean ipnet_parse (Span text, IpNet *ret);  /* address or address/bits; host bits must be zero */
IpNet ipnet_around (const Ip *ip, guint bits); /* the network of that size that the address is in */
gboolean ipnet_contains (const IpNet *net, const Ip *ip);
const char *ipnet_format (const IpNet *net, char ret[IPNET_TEXT_MAX]);
