#include "base/span.h"

static gboolean
same_nocase (const char *a, const char *b, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (span_lower (a[i]) != span_lower (b[i]))
            return FALSE;
    return TRUE;
}

gboolean
span_uint (Span *s, guint max, guint *ret_value)
{
    const char *p = s->p;
    guint v = 0;

    while (p < s->end && g_ascii_isdigit (*p)) {
        guint digit = (guint)(*p++ - '0');

        if (digit > max || v > (max - digit) / 10)
            return FALSE;
        v = v * 10 + digit;
    }
    if (p == s->p)
        return FALSE;
    s->p = p;
    *ret_value = v;
    return TRUE;
}

gboolean
span_int64 (Span *s, gint64 *ret_value)
{
    const char *p = s->p;
    gboolean negative = p < s->end && *p == '-';
    const char *digits = p += negative;
    gint64 v = 0;

    while (p < s->end && g_ascii_isdigit (*p)) {
        int digit = *p++ - '0';

        if (v > (G_MAXINT64 - digit) / 10)
            return FALSE;
        v = v * 10 + digit;
    }
    if (p == digits)
        return FALSE;
    s->p = p;
    *ret_value = negative ? -v : v;
    return TRUE;
}

gboolean
span_line (Span *rest, Span *ret_line)
{
    if (!span_until (rest, '\n', ret_line))
        return FALSE;
    if (ret_line->end > ret_line->p && ret_line->end[-1] == '\r')
        ret_line->end--;
    return TRUE;
}

gboolean
span_until (Span *rest, char stop, Span *ret_field)
{
    const char *at;

    if (rest->p == rest->end)
        return FALSE;
    at = memchr (rest->p, stop, span_left (*rest));
    *ret_field = span_to (*rest, at != NULL ? at : rest->end);
    rest->p = at != NULL ? at + 1 : rest->end;
    return TRUE;
}

Span
span_trim (Span s)
{
    while (s.p < s.end && g_ascii_isspace (*s.p))
        s.p++;
    while (s.end > s.p && g_ascii_isspace (s.end[-1]))
        s.end--;
    return s;
}

Span
span_unwrap (Span s, const char *pairs)
{
    s = span_trim (s);
    for (const char *p = pairs; *p != '\0'; p += 2)
        if (span_left (s) > 2 && s.p[0] == p[0] && s.end[-1] == p[1])
            return span_trim ((Span) { s.p + 1, s.end - 1 });
    return s;
}

gboolean
span_ends_nocase (Span s, const char *text)
{
    gsize n = strlen (text);

    return span_left (s) >= n && (n == 0 || same_nocase (s.end - n, text, n));
}

const char *
span_find (Span s, const char *lit)
{
    if (s.p == s.end)
        return NULL;
    return memmem (s.p, span_left (s), lit, strlen (lit));
}

const char *
span_find_nocase (Span s, const char *lit)
{
    gsize n = strlen (lit);
    const char *last, *low, *high;

    if (n == 0 || span_left (s) < n)
        return n == 0 ? s.p : NULL;
    last = s.end - n + 1;
    low = high = s.p; /* the next place of the first letter in either case; NULL: none is left */
    for (const char *p = s.p; p < last;) {
        if (low != NULL && low <= p)
            low = memchr (p, span_lower (*lit), (gsize)(last - p));
        if (high != NULL && high <= p)
            high = memchr (p, g_ascii_toupper (*lit), (gsize)(last - p));
        if (low == NULL && high == NULL)
            return NULL;
        p = low != NULL && (high == NULL || low < high) ? low : high;
        if (same_nocase (p + 1, lit + 1, n - 1))
            return p;
        p++;
    }
    return NULL;
}

char *
span_dup (Span s)
{
    return g_strndup (s.p != NULL ? s.p : "", span_left (s));
}
