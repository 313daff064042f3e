/* The fields of log-line templates. */
#include "find/address_read.h"
#include "find/chars.h"
#include "find/shape_rows.h"
#include "find/time_read.h"

static gboolean
read_address (Span *s, char stop)
{
    Span t = *s;
    Address a;

    (void)stop;
    if (!address_read (&t, &a))
        return FALSE;
    if (t.p < t.end && (char_in_word (*t.p)))
        return FALSE;
    *s = t;
    return TRUE;
}

static gboolean
read_port (Span *s, char stop)
{
    Span t = *s;
    guint port;

    (void)stop;
    if (!span_uint (&t, 65535, &port) || port == 0 || (t.p < t.end && char_in_word (*t.p)))
        return FALSE;
    *s = t;
    return TRUE;
}

static gboolean
read_time (Span *s, char stop)
{
    Span t = *s;
    Stamp st;

    (void)stop;
    if (!epoch_read (&t, &st) && !stamp_read (&t, TRUE, &st))
        return FALSE;
    *s = t;
    return TRUE;
}

static gboolean
read_digits (Span *s, char stop)
{
    const char *start = s->p;

    (void)stop;
    while (s->p < s->end && g_ascii_isdigit (*s->p))
        s->p++;
    return s->p > start;
}

/* By name or by number (IANA protocol numbers). */
static gboolean
read_protocol (Span *s, char stop)
{
    static const char *const names[] = { "ipv6-icmp", "icmpv6", "icmp6", "icmp", "tcp6",
                                         "udp6",      "tcp",    "udp",   "sctp", "dccp",
                                         "igmp",      "gre",    "esp",   "ah",   "ipip",
                                         "ipv6",      "ipv4",   "ip",    "quic" };
    Span t = *s;
    guint number;

    (void)stop;
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (char_lit_nocase (&t, names[i]))
            break;
    if (t.p == s->p && !span_uint (&t, 255, &number))
        return FALSE;
    if (t.p < t.end && char_in_word (*t.p))
        return FALSE;
    *s = t;
    return TRUE;
}

/* Up to a blank or what comes next in the template. */
static gboolean
read_word (Span *s, char stop)
{
    const char *start = s->p;

    while (s->p < s->end && *s->p != ' ' && *s->p != '\t' && (*s->p != stop || stop == '\0'))
        s->p++;
    return s->p > start;
}

static gboolean
read_host (Span *s, char stop)
{
    const char *start = s->p;
    gboolean letter = FALSE;

    (void)stop;
    while (s->p < s->end &&
           (char_in_word (*s->p) || char_in (*s->p, ".-") || (guchar)*s->p >= 0x80))
        letter |= g_ascii_isalpha (*s->p++);
    return s->p > start && letter;
}

static gboolean
read_user (Span *s, char stop)
{
    const char *start = s->p;

    while (s->p < s->end && !char_in (*s->p, " \t'\"<>(),;]") && (*s->p != stop || stop == '\0'))
        s->p++;
    return s->p > start;
}

static gboolean
read_quoted (Span *s, char stop)
{
    (void)stop;
    while (s->p < s->end && *s->p != '"')
        s->p += *s->p == '\\' && span_left (*s) > 1 ? 2 : 1;
    return TRUE;
}

static const ShapeSort sorts[] = {
    { "src", SHAPE_SRC, SHAPE_SKIP, read_address },
    { "dst", SHAPE_DST, SHAPE_SKIP, read_address },
    { "src:sport", SHAPE_SRC, SHAPE_SPORT, read_address },
    { "dst:dport", SHAPE_DST, SHAPE_DPORT, read_address },
    { "sport", SHAPE_SPORT, SHAPE_SKIP, read_port },
    { "dport", SHAPE_DPORT, SHAPE_SKIP, read_port },
    { "time", SHAPE_TIME, SHAPE_SKIP, read_time },
    { "proto", SHAPE_PROTO, SHAPE_SKIP, read_protocol },
    { "url", SHAPE_URL, SHAPE_SKIP, read_word },
    { "host", SHAPE_HOST, SHAPE_SKIP, read_host },
    { "user", SHAPE_USER, SHAPE_SKIP, read_user },
    { "count", SHAPE_COUNT, SHAPE_SKIP, read_digits },
    { "n", SHAPE_SKIP, SHAPE_SKIP, read_digits },
    { "w", SHAPE_SKIP, SHAPE_SKIP, read_word },
    { "q", SHAPE_SKIP, SHAPE_SKIP, read_quoted },
};

const ShapeSort *
shape_sort (Span name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
        if (span_is (name, sorts[i].name))
            return &sorts[i];
    return NULL;
}

gboolean
shape_may_start (const ShapeSort *sort, char before, char c)
{
    if (char_in_word (before))
        return FALSE;
    if (sort->read == read_digits || sort->read == read_port)
        return g_ascii_isdigit (c);
    if (sort->read == read_protocol)
        return g_ascii_isdigit (c) ? char_in (before, " \t,=\"|")
                                   : char_in (c, "tuisdgeaqTUISDGEAQ");
    if (sort->read == read_time)
        return g_ascii_isalnum (c) || (guchar)c >= 0x80;
    return c != ' ' && c != '\t';
}

gboolean
shape_port (Span *s, gboolean bracket, Span *ret_port)
{
    Span t = *s;
    guint port;
    char join;

    if (bracket && !span_lit (&t, "]"))
        return FALSE;
    if (t.p == t.end || !char_in (join = *t.p, ":/#.(,"))
        return FALSE;
    t.p++;
    if (!address_read_port (&t, &port, ret_port) || (join == '(' && !span_lit (&t, ")")))
        return FALSE;
    *s = t;
    return TRUE;
}
