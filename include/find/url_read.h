/*
 * url_read - the host of a URL or of a sentence, refanged
 */
#pragma once
#include "find/url.h"

#define HOST_MAX 253 /* RFC 1035 2.3.4, in text form without the last dot */

typedef struct HostText {
    char text[HOST_MAX + 1]; /* lower case, NUL-terminated */
    gsize n;
    gboolean defanged;
} HostText;

/* A dot in any disguise: ".", "[.]", "(dot)", "\.". */
gboolean url_dot (Span *s, gboolean *ret_defanged);

/* Labels with dots between, or an IPv6 address in brackets; nothing is said about the last label.
 */
gboolean host_read (Span *s, HostText *ret);

/* The last label is letters, at least two, or punycode. */
gboolean host_has_domain (const HostText *host);

/* A host that is an address in any spelling inet_aton() and browsers take: 3325256711, 0xc6336407,
 * 0306.51.100.7. */
gboolean host_ip (const char *host, Ip *ret);
