/*
 * port - ports named in words: "port 22", "ports 22, 80 and 443", "dst port: 22", "DPT=22",
 * "tcp/22", "22/udp"
 *
 * A port that stands with its address (a:p) is find/address's.  A service name
 * (ssh, imaps) is not a stated port.  The role comes from the words right
 * before: "source port", "destination port", "sport", "on port".
 */
#pragma once
#include "find/field.h"

typedef struct PortMention {
    guint port;           /* 1 to 65535 */
    Role role;            /* ROLE_OFFENDER: source; ROLE_VICTIM: destination; ROLE_UNKNOWN */
    const char *protocol; /* "tcp", "udp" when said with it; else NULL */
    Span original;        /* the digits */
} PortMention;

/* The next port in `rest'; moves rest->p behind it.  FALSE at the end. */
gboolean port_next (const char *line_start, Span *rest, PortMention *ret);
