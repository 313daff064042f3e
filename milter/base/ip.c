#include "base/ip.h"
#include <arpa/inet.h>

static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };

gboolean
span_ipv4 (Span *s, Ip *ret)
{
    Span t = *s;
    Ip ip = { .family = 4 };

    for (int i = 0; i < 4; i++) {
        const char *start;
        guint octet;

        if (i > 0 && !span_lit (&t, "."))
            return FALSE;
        start = t.p;
        if (!span_uint (&t, 255, &octet) || (t.p - start > 1 && *start == '0'))
            return FALSE;
        ip.bytes[i] = (guint8)octet;
    }
    *s = t;
    *ret = ip;
    return TRUE;
}

gboolean
span_ipv6 (Span *s, Ip *ret)
{
    char text[IP_TEXT_MAX];
    const char *p = s->p;
    guint colons = 0;
    guint8 bytes[16];

    while (p < s->end && (g_ascii_isxdigit (*p) || *p == ':' || *p == '.'))
        colons += *p++ == ':';
    while (p > s->p && p[-1] == '.') /* the end of a sentence */
        p--;
    if (p - s->p >= 2 && p[-1] == ':' && p[-2] != ':') /* "2001:db8::1: connection refused" */
        p--, colons--;
    if (colons < 2 || p - s->p >= IP_TEXT_MAX)
        return FALSE;
    memcpy (text, s->p, (gsize)(p - s->p));
    text[p - s->p] = '\0';
    if (inet_pton (AF_INET6, text, bytes) != 1)
        return FALSE;
    *ret = (Ip) { .family = 6 };
    memcpy (ret->bytes, bytes, sizeof bytes);
    if (memcmp (bytes, mapped, sizeof mapped) == 0) {
        *ret = (Ip) { .family = 4 };
        memcpy (ret->bytes, bytes + sizeof mapped, 4);
    }
    s->p = p;
    return TRUE;
}

gboolean
ip_parse (Span text, Ip *ret)
{
    Span s = text;
    Ip ip;

    if ((!span_ipv4 (&s, &ip) && !span_ipv6 (&s, &ip)) || s.p != s.end)
        return FALSE;
    *ret = ip;
    return TRUE;
}

gboolean
ip_equal (const Ip *a, const Ip *b)
{
    return memcmp (a, b, sizeof *a) == 0;
}

int
ip_compare (const Ip *a, const Ip *b)
{
    return memcmp (a, b, sizeof *a);
}

guint
ip_hash (const Ip *ip)
{
    guint h = 2166136261u; /* FNV-1a */

    for (gsize i = 0; i < sizeof ip->bytes; i++)
        h = (h ^ ip->bytes[i]) * 16777619u;
    return h;
}

static const struct {
    const char *net;
    IpScope scope;
} special[] = {
    /* the first that holds */
    { "10.0.0.0/8", IP_PRIVATE },     { "172.16.0.0/12", IP_PRIVATE },
    { "192.168.0.0/16", IP_PRIVATE }, { "100.64.0.0/10", IP_PRIVATE },
    { "127.0.0.0/8", IP_LOOPBACK },   { "169.254.0.0/16", IP_LINK_LOCAL },
    { "224.0.0.0/4", IP_MULTICAST },  { "0.0.0.0/8", IP_UNSPECIFIED },
    { "240.0.0.0/4", IP_RESERVED },   { "192.0.0.0/24", IP_RESERVED },
    { "198.18.0.0/15", IP_RESERVED }, { "::/128", IP_UNSPECIFIED },
    { "::1/128", IP_LOOPBACK },       { "fe80::/10", IP_LINK_LOCAL },
    { "fc00::/7", IP_PRIVATE },       { "ff00::/8", IP_MULTICAST },
    { "100::/64", IP_RESERVED },      { "2000::/3", IP_PUBLIC },
    { "64:ff9b::/96", IP_PUBLIC },    { "::/0", IP_RESERVED },
};

/* The common IPv4 answer without the table: it is asked for every number in every log line. */
static gboolean
plainly_public (const Ip *ip)
{
    guint8 a = ip->bytes[0];

    return ip->family == 4 && a > 0 && a < 224 && a != 10 && a != 100 && a != 127 && a != 169 &&
           a != 172 && a != 192 && a != 198;
}

IpScope
ip_scope (const Ip *ip)
{
    if (plainly_public (ip))
        return IP_PUBLIC;
    for (gsize i = 0; i < G_N_ELEMENTS (special); i++) {
        IpNet net;

        if (ipnet_parse (span_of (special[i].net), &net) && ipnet_contains (&net, ip))
            return special[i].scope;
    }
    return IP_PUBLIC;
}

const char *
ip_format (const Ip *ip, char ret[IP_TEXT_MAX])
{
    ret[0] = '\0';
    if (ip->family != 0)
        inet_ntop (ip->family == 4 ? AF_INET : AF_INET6, ip->bytes, ret, IP_TEXT_MAX);
    return ret;
}

static gboolean
bits_zero_from (const Ip *ip, guint bits)
{
    for (guint i = bits; i < 128; i++)
        if (ip->bytes[i / 8] & (0x80 >> i % 8))
            return FALSE;
    return TRUE;
}

gboolean
ipnet_parse (Span text, IpNet *ret)
{
    IpNet net;
    guint bits, all;

    if (!span_ipv4 (&text, &net.base) && !span_ipv6 (&text, &net.base))
        return FALSE;
    bits = all = net.base.family == 4 ? 32 : 128;
    if (span_lit (&text, "/") && !span_uint (&text, all, &bits))
        return FALSE;
    if (text.p != text.end || !bits_zero_from (&net.base, bits))
        return FALSE;
    net.bits = (guint8)bits;
    *ret = net;
    return TRUE;
}

IpNet
ipnet_around (const Ip *ip, guint bits)
{
    IpNet net = { .base = *ip, .bits = (guint8)bits };
    guint whole = bits / 8;

    if (whole < sizeof net.base.bytes) {
        net.base.bytes[whole] &= (guint8)(0xff00 >> bits % 8);
        memset (net.base.bytes + whole + 1, 0, sizeof net.base.bytes - whole - 1);
    }
    return net;
}

gboolean
ipnet_contains (const IpNet *net, const Ip *ip)
{
    guint whole = net->bits / 8, rest = net->bits % 8;

    if (net->base.family != ip->family || memcmp (net->base.bytes, ip->bytes, whole) != 0)
        return FALSE;
    return rest == 0 || (net->base.bytes[whole] ^ ip->bytes[whole]) >> (8 - rest) == 0;
}

const char *
ipnet_format (const IpNet *net, char ret[IPNET_TEXT_MAX])
{
    char text[IP_TEXT_MAX];

    g_snprintf (ret, IPNET_TEXT_MAX, "%s/%u", ip_format (&net->base, text), net->bits);
    return ret;
}
