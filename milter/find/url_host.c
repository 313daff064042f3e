/* Host names as they stand in text. */
#include "find/chars.h"
#include "find/url_read.h"

#define LABEL_MAX 63 /* RFC 1035 2.3.4 */

gboolean
url_dot (Span *s, gboolean *ret_defanged)
{
    static const char *const dots[] = {
        "[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[.", "\\."
    };

    if (s->p == s->end)
        return FALSE;
    if (*s->p == '.') {
        s->p++;
        return TRUE;
    }
    if (!char_in (*s->p, "[({\\"))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
        if (span_lit_nocase (s, dots[i])) {
            *ret_defanged = TRUE;
            return TRUE;
        }
    return FALSE;
}

static gboolean
label_char (char c)
{
    return char_in_word (c) || c == '-' || (guchar)c >= 0x80;
}

static gboolean
label_read (Span *s, HostText *out)
{
    const char *start = s->p;

    while (s->p < s->end && label_char (*s->p) && s->p - start < LABEL_MAX && out->n < HOST_MAX)
        out->text[out->n++] = g_ascii_tolower (*s->p++);
    return s->p > start && (s->p == s->end || !label_char (*s->p));
}

static gboolean
bracketed6_read (Span *s, HostText *out)
{
    Span t = *s, inside;
    Ip ip;

    if (!span_lit (&t, "[") || !span_until (&t, ']', &inside) || t.p == s->p || t.p[-1] != ']' ||
        span_left (inside) >= IP_TEXT_MAX || !ip_parse (inside, &ip))
        return FALSE;
    ip_format (&ip, out->text);
    out->n = strlen (out->text);
    *s = t;
    return TRUE;
}

gboolean
host_read (Span *s, HostText *ret)
{
    Span t = *s;

    ret->n = 0;
    ret->defanged = FALSE;
    ret->text[0] = '\0';
    if (bracketed6_read (s, ret))
        return TRUE;
    if (!label_read (&t, ret))
        return FALSE;
    for (;;) {
        Span u = t;
        gsize n = ret->n;
        gboolean defanged = ret->defanged;

        if (n == HOST_MAX || !url_dot (&u, &defanged))
            break;
        ret->text[ret->n++] = '.';
        if (!label_read (&u, ret)) { /* the dot of a sentence */
            ret->n = n;
            break;
        }
        ret->defanged = defanged;
        t = u;
    }
    ret->text[ret->n] = '\0';
    *s = t;
    return TRUE;
}

gboolean
host_has_domain (const HostText *host)
{
    const char *top = strrchr (host->text, '.');

    if (top == NULL || top == host->text || strstr (host->text, "..") != NULL)
        return FALSE;
    top++;
    if (strncmp (top, "xn--", 4) == 0)
        return top[4] != '\0';
    if (strlen (top) < 2)
        return FALSE;
    for (const char *p = top; *p != '\0'; p++)
        if (!g_ascii_isalpha (*p) && (guchar)*p < 0x80)
            return FALSE;
    return TRUE;
}

/* One part of an IPv4 address as inet_aton() reads it: decimal, octal behind 0, hex behind 0x. */
static gboolean
part_read (const char **p, guint64 *ret)
{
    guint base = 10;
    guint64 v = 0;
    const char *start;

    if ((*p)[0] == '0' && ((*p)[1] == 'x' || (*p)[1] == 'X')) {
        base = 16;
        *p += 2;
    } else if ((*p)[0] == '0') {
        base = 8;
    }
    for (start = *p; g_ascii_isxdigit (**p); (*p)++) {
        guint digit = (guint)g_ascii_xdigit_value (**p);

        if (digit >= base || v > G_MAXUINT32)
            return FALSE;
        v = v * base + digit;
    }
    *ret = v;
    return *p > start;
}

gboolean
host_ip (const char *host, Ip *ret)
{
    guint64 parts[4], value = 0;
    const char *p = host;
    gsize n = 0;

    if (ip_parse (span_of (host), ret))
        return TRUE;
    if (!g_ascii_isdigit (*p))
        return FALSE;
    do {
        if (n == 4 || !part_read (&p, &parts[n++]))
            return FALSE;
    } while (*p == '.' && p++);
    if (*p != '\0')
        return FALSE;
    for (gsize i = 0; i + 1 < n; i++) {
        if (parts[i] > 255)
            return FALSE;
        value |= parts[i] << (24 - 8 * i);
    }
    if (parts[n - 1] >> (8 * (5 - n)) != 0) /* the last part fills what is left */
        return FALSE;
    value |= parts[n - 1];
    *ret = (Ip) { .family = 4 };
    for (int i = 0; i < 4; i++)
        ret->bytes[i] = (guint8)(value >> (24 - 8 * i));
    return TRUE;
}
