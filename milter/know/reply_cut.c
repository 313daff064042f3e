#include "know/reply_cut.h"

static const char ideographic_stop[] = "\xe3\x80\x82"; /* U+3002, which no blank follows */

gboolean
reply_next_paragraph (Span *rest, Span *ret)
{
    Span line;

    *rest = span_trim (*rest);
    *ret = (Span) { rest->p, rest->p };
    while (span_line (rest, &line) && span_left (span_trim (line)) > 0)
        ret->end = line.end;
    return ret->p < ret->end;
}

/* Behind a full stop and what closes quotes and brackets there; NULL: it goes on. */
static const char *
end_at (const char *p, const char *end)
{
    if (end - p >= 3 && memcmp (p, ideographic_stop, 3) == 0)
        return p + 3;
    if (*p != '.' && *p != '!' && *p != '?')
        return NULL;
    for (p++; p < end && (*p == '"' || *p == '\'' || *p == ')'); p++)
        ;
    return p == end || g_ascii_isspace (*p) ? p : NULL;
}

gboolean
reply_next_sentence (Span *rest, Span *ret)
{
    const char *end = NULL;

    *rest = span_trim (*rest);
    for (const char *p = rest->p; p < rest->end && end == NULL; p++)
        end = end_at (p, rest->end);
    *ret = span_to (*rest, end != NULL ? end : rest->end);
    rest->p = ret->end;
    return ret->p < ret->end;
}

char *
reply_squeeze (Span text)
{
    GString *out = g_string_sized_new (span_left (text));

    for (text = span_trim (text); text.p < text.end; text.p++)
        if (!g_ascii_isspace (*text.p))
            g_string_append_c (out, *text.p);
        else if (out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
    return g_string_free (out, FALSE);
}
