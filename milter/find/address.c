#include "find/address.h"
#include "base/eight.h"
#include "find/address_context.h"
#include "find/address_read.h"
#include "find/chars.h"

/* ":22", "[:]22", "]:443" of an address in brackets, "#53", tcpdump's ".53" behind IPv6. */
static void
take_port (Span *s, const char *before, Address *a)
{
    Span t = *s;
    gboolean bracket = *before == '[' && span_lit (&t, "]");
    gboolean v6 =
        a->kind == ADDRESS_IP && memchr (a->original.p, ':', span_left (a->original)) != NULL;

    if (!span_lit (&t, ":") && !span_lit (&t, "[:]") && !(!bracket && span_lit (&t, "#")) &&
        !(v6 && !bracket && span_lit (&t, ".")))
        return;
    if (address_read_port (&t, &a->port, &a->port_text))
        *s = t;
}

static void
clear_host_bits (Ip *ip, guint bits)
{
    for (guint i = bits; i < (ip->family == 4 ? 32u : 128u); i++)
        ip->bytes[i / 8] &= (guint8) ~(0x80 >> i % 8);
}

/* "/24", or what can only be a port: "/44321". */
static void
take_slash (Span *s, Address *a)
{
    guint bits;
    Span t = *s;

    if (address_read_prefix (s, &a->ip, &bits)) {
        if (bits == (a->ip.family == 4 ? 32u : 128u))
            return;
        a->kind = ADDRESS_NETWORK;
        a->net = (IpNet) { .base = a->ip, .bits = (guint8)bits };
        clear_host_bits (&a->net.base, bits);
        a->original.end = s->p;
        a->ip = (Ip) { 0 };
    } else if (a->ip.family == 4 && span_lit (&t, "/") &&
               address_read_port (&t, &a->port, &a->port_text)) {
        if (a->port > 128 && (t.p == t.end || !char_in (*t.p, "/.?")))
            *s = t;
        else
            a->port = 0, a->port_text = (Span) { NULL, NULL };
    }
}

static void
take_tail (Span *s, const char *line_start, Address *a)
{
    const char *before = a->original.p > line_start ? a->original.p - 1 : "";
    gboolean in_url = a->original.p - line_start >= 2 && before[0] == '/' && before[-1] == '/';

    if (a->kind != ADDRESS_IP)
        return;
    if (!in_url && s->p < s->end && *s->p == '/')
        take_slash (s, a);
    if (a->kind == ADDRESS_IP && a->port == 0)
        take_port (s, before, a);
    if (s->p < s->end && *s->p == '%' &&
        a->ip.family == 6) /* RFC 4007 11: a zone, "fe80::1%eth0" */
        for (s->p++; s->p < s->end && g_ascii_isalnum (*s->p);)
            s->p++;
}

static gboolean
behind_arrow (const char *line_start, const char *p)
{
    return p - line_start >= 4 && memcmp (p - 3, " > ", 3) == 0 && char_in_word (p[-4]);
}

/* tcpdump writes a fifth group for the port; the arrow beside it tells that from a version or an
 * OID: "198.51.100.7.43122 > 203.0.113.9.22: Flags". */
static gboolean
take_tcpdump_port (const char *line_start, Span *s, Address *a)
{
    Span t = *s, behind;

    if (a->kind != ADDRESS_IP || !span_lit (&t, ".") ||
        !address_read_port (&t, &a->port, &a->port_text))
        return FALSE;
    behind = t;
    span_blanks (&behind);
    if (span_lit (&behind, ">") || behind_arrow (line_start, a->original.p)) {
        *s = t;
        return TRUE;
    }
    a->port = 0;
    a->port_text = (Span) { NULL, NULL };
    return FALSE;
}

static gboolean
read_in_context (const char *line_start, Span *s, Address *ret)
{
    Span t = *s;

    if (!address_may_begin (line_start, s->p) || !address_read (&t, ret))
        return FALSE;
    if (take_tcpdump_port (line_start, &t, ret)) {
        *s = t;
        return TRUE;
    }
    if (!address_stands_alone (line_start, ret->original, t.end))
        return FALSE;
    take_tail (&t, line_start, ret);
    *s = t;
    return TRUE;
}

/* "xxx.xxx.xxx.124": the digits come last. */
static gboolean
behind_mask (const char *floor, const char *p)
{
    return p - floor >= 2 && p[-1] == '.' && char_in (p[-2], "xX*");
}

/* Where the token of a digit or colon begins: "fe80:", "2a02:", "xxx.xxx.xxx.124". */
static const char *
token_start (const char *floor, const char *p)
{
    const char *start = p;

    if (behind_mask (floor, p))
        while (start > floor && char_in (start[-1], "xX*."))
            start--;
    else
        while (start > floor && p - start < 4 && g_ascii_isxdigit (start[-1]))
            start--;
    return start;
}

/* The next digit or, following them in ASCII, colon. */
static const char *
digit_or_colon (const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        guint64 hits = eight_between (eight_at (p), '0', ':');

        if (hits != 0)
            return p + eight_first (hits);
    }
    while (p < end && (guchar)(*p - '0') > 10)
        p++;
    return p;
}

/* A cheap look at the word from `start', which ends at `after': most numbers stop here. */
static gboolean
promising (const char *start, const char *after, const char *end)
{
    gsize n = (gsize)(after - start);

    if (after == end || n > 4)
        return FALSE;
    switch (*after) {
    case '.':
        return n <= 3 && end - after > 1 && char_in (after[1], "0123456789xX*#]");
    case ':':
        return TRUE;
    case '[':
    case '(':
    case '{':
    case '<':
    case ']':
    case '\\':
        return TRUE;
    case ' ':
        return n <= 3 && end - after > 1 && char_in (after[1], ".dD[(");
    default:
        return FALSE;
    }
}

/* "%3A198.51.100.7", "=3D198.51.100.7": what is left of an encoding ends before the address. */
static gboolean
encoded (const char *line_start, const char *p, const char *end)
{
    if (p == line_start || end - p < 3 || !g_ascii_isxdigit (p[1]))
        return FALSE;
    return p[-1] == '%' || (p[-1] == '=' && p[0] == '3' && p[1] == 'D');
}

gboolean
address_next (const char *line_start, Span *rest, Address *ret)
{
    const char *floor = rest->p, *p = rest->p, *end = rest->end;

    while ((p = digit_or_colon (p, end)) < end) {
        const char *after = p;
        Span s = { token_start (floor, p), end };

        while (after < end && g_ascii_isalnum (*after))
            after++;
        if (encoded (line_start, p, end)) {
            floor = p += 2;
            continue;
        }
        if ((behind_mask (floor, p) || promising (s.p, after, end)) &&
            read_in_context (line_start, &s, ret)) {
            rest->p = s.p;
            return TRUE;
        }
        p = MAX (after, p + 1);
    }
    rest->p = rest->end;
    return FALSE;
}

gboolean
address_value (Span text, Address *ret)
{
    Span s = span_unwrap (text, "\"\"''<>()``");
    const char *start;
    gboolean bracket;
    Address a;

    bracket = span_lit (&s, "[");
    span_lit_nocase (&s, "IPv6:"); /* RFC 5321 4.1.3 */
    span_lit_nocase (&s, "IPv4:");
    start = s.p;
    if (!address_read (&s, &a))
        return FALSE;
    if (bracket) {
        if (!span_lit (&s, "]"))
            return FALSE;
        if (s.p < s.end && (!span_lit (&s, ":") || !address_read_port (&s, &a.port, &a.port_text)))
            return FALSE;
    } else {
        take_tail (&s, start, &a);
    }
    if (s.p != s.end)
        return FALSE;
    *ret = a;
    return TRUE;
}
