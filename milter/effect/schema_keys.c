/* Addresses as keys that sort. */
#include "effect/schema.h"
#include <stdio.h>
#include <string.h>

const char *
schema_ip_key (const Ip *ip, char ret[SCHEMA_IP_KEY_MAX])
{
    static const char hex[] = "0123456789abcdef";
    guint n = ip->family == 4 ? 4 : 16;
    char *p = ret;

    *p++ = ip->family == 4 ? '4' : '6';
    for (guint i = 0; i < n; i++) {
        *p++ = hex[ip->bytes[i] >> 4];
        *p++ = hex[ip->bytes[i] & 15];
    }
    *p = '\0';
    return ret;
}

void
schema_net_keys (const IpNet *net, char ret_first[SCHEMA_IP_KEY_MAX],
                 char ret_last[SCHEMA_IP_KEY_MAX])
{
    guint all = net->base.family == 4 ? 32 : 128;
    Ip last = net->base;

    for (guint bit = net->bits; bit < all; bit++)
        last.bytes[bit / 8] |= (guint8)(0x80 >> bit % 8);
    schema_ip_key (&net->base, ret_first);
    schema_ip_key (&last, ret_last);
}

gboolean
schema_accused_key (const char *ip, guint bits, char ret[SCHEMA_KEY_MAX])
{
    Ip value;
    gsize n;

    if (!ip_parse (span_of (ip), &value))
        return FALSE;
    schema_ip_key (&value, ret);
    n = strlen (ret);
    if (bits != 0)
        snprintf (ret + n, SCHEMA_KEY_MAX - n, "/%u", bits);
    return TRUE;
}
