#include "find/address_read.h"
#include "find/chars.h"

#define MIN_PREFIX_BITS 8 /* "198.51.100.7/3" is a count or a page, not a network */
#define HEX_GROUP_MAX 4

/* How people keep a dot from being one; the plain dot is tried before these. */
static const char *const dots[] = {
    "[.]", "(.)", "{.}", "<.>",   "[dot]", "(dot)", "{dot}",   "[.",
    "\\.", ".]",  " . ", " dot ", " [.] ", " (.) ", " [dot] ", " (dot) ",
};

typedef struct Quad {
    guint8 octets[4];
    guint numbers, masks; /* groups of either sort */
    guint plain, spaced;  /* dots of either sort */
} Quad;

static gboolean
mask_char (char c)
{
    return c == 'x' || c == 'X' || c == '*' || c == '#';
}

/* "198" or a masked "xxx", "*", "1xx"; three characters at most. */
static gboolean
read_group (Span *s, Quad *q)
{
    const char *p = s->p;
    guint value = 0, digits = 0, masks = 0;

    while (p < s->end && p - s->p < 3 && g_ascii_isdigit (*p)) {
        value = value * 10 + (guint)(*p++ - '0');
        digits++;
    }
    while (p < s->end && p - s->p < 3 && mask_char (*p) &&
           (digits == 0 || *p == 'x' || *p == 'X')) {
        masks++;
        p++;
    }
    if (masks > 0 && digits > 0 && digits + masks < 3) { /* "7x" is no masked group */
        p -= masks;
        masks = 0;
    }
    if (p == s->p || (p < s->end && g_ascii_isdigit (*p)))
        return FALSE;
    if (masks == 0 && (value > 255 || (digits > 1 && *s->p == '0')))
        return FALSE;
    q->octets[q->numbers + q->masks] = (guint8)value;
    if (masks > 0)
        q->masks++;
    else
        q->numbers++;
    s->p = p;
    return TRUE;
}

static gboolean
may_be_dot (Span s)
{
    if (s.p < s.end && *s.p == ' ')
        return span_left (s) > 1 && char_in (s.p[1], ".dD[(");
    return s.p < s.end && char_in (*s.p, ".[({<\\");
}

static gboolean
read_dot (Span *s, Quad *q)
{
    if (s->p == s->end)
        return FALSE;
    if (*s->p == '.' && !(span_left (*s) > 1 && s->p[1] == ']')) {
        s->p++;
        q->plain++;
        return TRUE;
    }
    if (!may_be_dot (*s))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
        if (span_lit_nocase (s, dots[i])) {
            q->spaced += dots[i][0] == ' ';
            return TRUE;
        }
    return FALSE;
}

static gboolean
read_quad (Span *s, Address *ret)
{
    Span t = *s;
    Quad q = { 0 };

    for (int i = 0; i < 4; i++)
        if ((i > 0 && !read_dot (&t, &q)) || !read_group (&t, &q))
            return FALSE;
    if (q.numbers == 0 ||
        (q.spaced > 0 && q.spaced < 3)) /* a sentence's end is no dot of an address */
        return FALSE;
    *ret = (Address) { .kind = q.masks > 0 ? ADDRESS_MASKED : ADDRESS_IP,
                       .original = span_to (*s, t.p),
                       .defanged = q.plain < 3 };
    if (q.masks == 0) {
        ret->ip.family = 4;
        memcpy (ret->ip.bytes, q.octets, sizeof q.octets);
    }
    *s = t;
    return TRUE;
}

/* An IPv6 address undone of its brackets, with where each character stood. */
typedef struct Plain6 {
    char text[IP_TEXT_MAX];
    const char *after[IP_TEXT_MAX];
    guint n, colons, dots, digits, masks, wide; /* wide: groups that are not two characters */
    gboolean defanged;
} Plain6;

static gboolean
plain6_separator (Span *s, Plain6 *out, const char *bracketed, char c)
{
    if (span_lit (s, bracketed))
        out->defanged = TRUE;
    else if (s->p < s->end && *s->p == c)
        s->p++;
    else
        return FALSE;
    return TRUE;
}

/* Hex groups, colons, and the dots of an IPv4 tail, as far as they go. */
static void
plain6_fill (Span s, Plain6 *out)
{
    guint group = 0;

    while (s.p < s.end && out->n < IP_TEXT_MAX) {
        char c = *s.p;

        if (plain6_separator (&s, out, "[:]", ':')) {
            if (out->dots > 0) /* a port behind an IPv4 tail */
                return;
            out->colons++;
            out->wide += group != 2;
            group = 0;
            c = ':';
        } else if (out->colons >= 2 && plain6_separator (&s, out, "[.]", '.')) {
            out->dots++;
            group = 0;
            c = '.';
        } else if (g_ascii_isxdigit (c) || c == 'x' || c == 'X') {
            out->digits += g_ascii_isdigit (c);
            out->masks += !g_ascii_isxdigit (c);
            if (++group > HEX_GROUP_MAX)
                return;
            s.p++;
        } else {
            break;
        }
        out->text[out->n] = c;
        out->after[out->n++] = s.p;
    }
    out->wide += group != 2;
}

/* Without the colon or dot that belongs to the sentence, or the port of tcpdump's "2001:db8::7.53".
 */
static guint
plain6_length (const Plain6 *in)
{
    guint n = in->n;

    if (in->dots > 0 && in->dots < 3)
        n = (guint)((const char *)memchr (in->text, '.', n) - in->text);
    while (n > 0 && in->text[n - 1] == '.')
        n--;
    if (n >= 2 && in->text[n - 1] == ':' && in->text[n - 2] != ':')
        n--;
    return n;
}

/* As many groups as an address has, or "::": "2001:db8:xxxx:xxxx::". */
static gboolean
masked6 (const Plain6 *in, guint n)
{
    Span text = { in->text, in->text + n };

    return in->dots == 0 && in->digits > 0 && (in->colons == 7 || span_find (text, "::") != NULL);
}

/* Hex groups as of an address, not of "12:34:56": "::", seven colons, or an IPv4 tail. */
static gboolean
promising_hex (const char *p, const char *end)
{
    guint colons = 0;

    for (; p < end; p++) {
        if (g_ascii_isxdigit (*p))
            continue;
        if (*p != ':') {
            if (!char_in (*p, "xX[]"))
                break;
            continue;
        }
        if (p + 1 < end && (p[1] == ':' || p[1] == ']'))
            return TRUE;
        colons++;
    }
    return colons >= 6;
}

static gboolean
read_hex (Span *s, Address *ret)
{
    Plain6 plain = { .n = 0 };
    Span text;
    guint n;
    Ip ip = { 0 };

    plain6_fill (*s, &plain);
    n = plain6_length (&plain);
    if (n < 3 || plain.colons < 2 || plain.digits == 0) /* "dead::beef" is a name */
        return FALSE;
    text = (Span) { plain.text, plain.text + n };
    if (plain.masks > 0 ? !masked6 (&plain, n) : !ip_parse (text, &ip))
        return FALSE;
    if (plain.colons == 7 && plain.wide == 0) /* eight octets: an EUI-64 */
        return FALSE;
    *ret = (Address) { .kind = plain.masks > 0 ? ADDRESS_MASKED : ADDRESS_IP,
                       .ip = ip,
                       .original = span_to (*s, plain.after[n - 1]),
                       .defanged = plain.defanged };
    s->p = plain.after[n - 1];
    return TRUE;
}

gboolean
address_read (Span *s, Address *ret)
{
    const char *p = s->p;

    while (p < s->end && p - s->p <= HEX_GROUP_MAX && (g_ascii_isxdigit (*p) || mask_char (*p)))
        p++;
    if (p == s->end || (p - s->p > HEX_GROUP_MAX))
        return FALSE;
    if (*p == ':' || (*p == '[' && p + 1 < s->end && p[1] == ':'))
        return promising_hex (p, s->end) && read_hex (s, ret);
    return p > s->p && may_be_dot ((Span) { p, s->end }) && read_quad (s, ret);
}

gboolean
address_read_port (Span *s, guint *ret_port, Span *ret_text)
{
    Span t = *s;
    guint port;

    if (!span_uint (&t, 65535, &port) || port == 0)
        return FALSE;
    if (t.p < t.end && char_in_word (*t.p))
        return FALSE;
    if (span_left (t) >= 2 && char_in (*t.p, "-:.") && g_ascii_isdigit (t.p[1]))
        return FALSE; /* "198.51.100.7:12:34:56", "198.51.100.7:2024-01-02" */
    *ret_text = span_to (*s, t.p);
    *ret_port = port;
    *s = t;
    return TRUE;
}

static gboolean
netmask_bits (const Ip *mask, guint *ret_bits)
{
    guint32 m = (guint32)mask->bytes[0] << 24 | (guint32)mask->bytes[1] << 16 |
                (guint32)mask->bytes[2] << 8 | mask->bytes[3];
    guint bits = 0;

    while (bits < 32 && (m & (0x80000000u >> bits)))
        bits++;
    *ret_bits = bits;
    return bits >= MIN_PREFIX_BITS && (bits == 32 || (m << bits) == 0);
}

gboolean
address_read_prefix (Span *s, const Ip *ip, guint *ret_bits)
{
    Span t = *s;
    guint bits;
    Ip mask;

    if (!span_lit (&t, "/"))
        return FALSE;
    if (ip->family == 4 && span_ipv4 (&t, &mask)) {
        if (!netmask_bits (&mask, &bits))
            return FALSE;
    } else if (!span_uint (&t, ip->family == 4 ? 32 : 128, &bits) || bits < MIN_PREFIX_BITS) {
        return FALSE;
    }
    if (t.p < t.end && (g_ascii_isalnum (*t.p) || char_in (*t.p, "/_-:")))
        return FALSE;
    if (span_left (t) >= 2 && *t.p == '.' && g_ascii_isalnum (t.p[1]))
        return FALSE;
    *ret_bits = bits;
    *s = t;
    return TRUE;
}
