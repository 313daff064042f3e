/*
 * trail - the host that handed an attached mail to its receiver
 *
 * For reports whose own fields do not name it (JMRP and other sparse feedback
 * loops).  In the order of trust: what the receiver's SPF check saw
 * (Received-SPF client-ip, RFC 7208 9.1; iprev, RFC 8601 2.7.3, or "sender IP is"
 * in Authentication-Results), the top-most Received that is no hop inside one
 * organisation, X-Originating-IP.
 */
#pragma once
#include "value/message.h"

typedef struct Trail {
    Span address;     /* in a header's value */
    const char *rule; /* "Received-SPF: client-ip" */
} Trail;

/* When the last Received says that it arrived (RFC 5321 4.4: what stands behind the last ';'). */
gboolean trail_time (const Header *headers, guint n_headers, Span *ret);

gboolean trail_source (const Header *headers, guint n_headers, Trail *ret);
