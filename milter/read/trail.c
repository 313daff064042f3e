#include "read/trail.h"
#include "base/ip.h"

static gboolean
read_public (Span s, Span *ret)
{
    Span t = s;
    Ip ip;

    span_lit_nocase (&t, "IPv6:");
    s.p = t.p;
    if ((!span_ipv4 (&t, &ip) && !span_ipv6 (&t, &ip)) || ip_scope (&ip) != IP_PUBLIC)
        return FALSE;
    if (t.p < t.end && (g_ascii_isalnum (*t.p) || *t.p == '.' || *t.p == '-'))
        return FALSE; /* the beginning of a host name */
    *ret = span_to (s, t.p);
    return TRUE;
}

static gboolean
after (Span value, const char *mark, Span *ret)
{
    const char *at = span_find_nocase (value, mark);
    Span s;

    if (at == NULL)
        return FALSE;
    s = (Span) { at + strlen (mark), value.end };
    while (s.p < s.end && strchr (" \t[(\"=", *s.p) != NULL)
        s.p++;
    return read_public (s, ret);
}

static gboolean
behind_each (Span clause, char open, Span *ret)
{
    for (const char *p = clause.p; p < clause.end; p++)
        if (*p == open && read_public ((Span) { p + 1, clause.end }, ret))
            return TRUE;
    return FALSE;
}

static Span
word (Span s)
{
    Span w;

    span_blanks (&s);
    w = s;
    while (s.p < s.end && !g_ascii_isspace (*s.p) && strchr ("([;", *s.p) == NULL)
        s.p++;
    w.end = s.p;
    return w;
}

/* The last two labels of a host name: near enough to tell a hop inside one organisation. */
static Span
organisation (Span host)
{
    guint dots = 0;

    while (host.end > host.p && host.end[-1] == '.')
        host.end--;
    for (const char *p = host.end; p > host.p; p--)
        if (p[-1] == '.' && ++dots == 2) {
            host.p = p;
            break;
        }
    return dots > 0 ? host : (Span) { host.end, host.end };
}

static gboolean
same_organisation (Span a, Span b)
{
    Ip ip;

    if (ip_parse (a, &ip) || ip_parse (b, &ip))
        return FALSE;
    a = organisation (a);
    b = organisation (b);
    return span_left (a) > 0 && span_left (a) == span_left (b) &&
           g_ascii_strncasecmp (a.p, b.p, span_left (a)) == 0;
}

/* RFC 5321 4.4: "from HELO (name [address]) by HOST ..." */
static gboolean
from_received (Span value, Span *ret)
{
    Span from = span_trim (value);
    const char *by;

    if (!span_lit_nocase (&from, "from "))
        return FALSE;
    by = span_find_nocase (from, " by ");
    if (by != NULL) {
        Span host = { by + strlen (" by "), from.end };

        from.end = by;
        if (same_organisation (word (from), word (host)))
            return FALSE;
    }
    return behind_each (from, '[', ret) || behind_each (from, '(', ret) ||
           read_public (word (from), ret);
}

static gboolean
from_received_spf (Span value, Span *ret)
{
    return after (value, "client-ip=", ret);
}

static gboolean
from_authentication (Span value, Span *ret)
{
    return after (value, "sender IP is", ret) || after (value, "policy.iprev=", ret) ||
           after (value, "smtp.remote-ip=", ret);
}

static gboolean
from_address (Span value, Span *ret)
{
    Span s = span_trim (value);

    span_lit (&s, "[");
    return read_public (s, ret);
}

static const struct {
    const char *name;
    gboolean (*read) (Span value, Span *ret);
    const char *rule;
} sources[] = {
    { "Received-SPF", from_received_spf, "attached mail: Received-SPF client-ip" },
    { "Authentication-Results", from_authentication, "attached mail: Authentication-Results" },
    { "Received", from_received, "attached mail: Received from" },
    { "X-Originating-IP", from_address, "attached mail: X-Originating-IP" },
};

gboolean
trail_source (const Header *headers, guint n_headers, Trail *ret)
{
    for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
        for (guint k = 0; k < n_headers; k++)
            if (g_ascii_strcasecmp (headers[k].name, sources[i].name) == 0 &&
                sources[i].read (span_of (headers[k].value), &ret->address)) {
                ret->rule = sources[i].rule;
                return TRUE;
            }
    return FALSE;
}

gboolean
trail_time (const Header *headers, guint n_headers, Span *ret)
{
    for (guint i = 0; i < n_headers; i++) {
        const char *semicolon = strrchr (headers[i].value, ';');

        if (g_ascii_strcasecmp (headers[i].name, "Received") == 0 && semicolon != NULL) {
            *ret = span_trim (span_of (semicolon + 1));
            return TRUE;
        }
    }
    return FALSE;
}
