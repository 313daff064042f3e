/*
 * trail - the host that handed an attached mail to its receiver
 *
 * For reports whose own fields do not name it (JMRP and other sparse feedback
 * loops).  In the order of trust: what the receiver's SPF check saw
 * (Received-SPF client-ip, RFC 7208 9.1; "sender IP is" in
 * Authentication-Results), the top-most Received that is no hop inside one
 * organisation, X-Originating-IP.
 */
#pragma once
#include "value/message.h"

typedef struct Trail {
    Span address;     /* in a header's value */
    const char *rule; /* "Received-SPF: client-ip" */
} Trail;

gboolean trail_source (const Header *headers, guint n_headers, Trail *ret);
