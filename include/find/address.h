/*
 * address - addresses in text as people and machines write them
 *
 * Reads IPv4 and IPv6, defanged in every way met (198[.]51[.]100[.]7, 198(.)51,
 * [dot], only the first dot, "198 . 51 . 100 . 7"), with a port
 * (198.51.100.7:22, [2001:db8::7]:443), a prefix (198.51.100.0/24), v4-mapped,
 * and masked spellings (198.51.100.xxx, 198.51.*.*), which are reported as
 * masked, never completed.
 *
 * Not an address: five or more dotted groups (an OID; but the fifth is a port where tcpdump's ">"
 * stands beside it: "198.51.100.7.43122 > "), an octet above 255 or
 * with a leading zero, a version ("Chrome/120.0.0.0", "v1.2.3.4", "version
 * 10.0.4.1"), a piece of a longer word or host name (198.51.100.7.example.net,
 * ip-198-51-100-7.example.net, 7.100.51.198.in-addr.arpa), hex that is a time
 * ("12:34:56"), a MAC address or a C++ name ("std::string").
 */
#pragma once
#include "base/ip.h"

typedef enum AddressKind { ADDRESS_IP, ADDRESS_NETWORK, ADDRESS_MASKED } AddressKind;

typedef struct Address {
    AddressKind kind;
    Ip ip;            /* ADDRESS_IP */
    IpNet net;        /* ADDRESS_NETWORK: bits below the full length; host bits cleared */
    guint port;       /* written with it ("ip:port", "[ip]:port"); 0 when none */
    Span original;    /* without the port; for ADDRESS_MASKED the text to show */
    Span port_text;   /* empty when port is 0 */
    gboolean defanged;
} Address;

/* The next address in `rest'; moves rest->p behind it (and its port).  FALSE at the end.
 * `line_start' is where the line begins: what stands before decides what a number is. */
gboolean address_next (const char *line_start, Span *rest, Address *ret);

/* The whole text, trimmed, is one address as a field's value would be: also "IPv6:2001:db8::1"
 * (RFC 5321 4.1.3), "[198.51.100.7]", "198.51.100.7/32", a trailing port. */
gboolean address_value (Span text, Address *ret);
