#include "read/jsontext.h"
#include "read/quote.h"

JsonCursor
jsontext_cursor (const Part *part)
{
    return (JsonCursor) { part->number, part->text, 1 };
}

static guint
count_lines (Span s)
{
    guint n = 0;

    for (const char *p = s.p; p < s.end; p++)
        n += *p == '\n';
    return n;
}

static const char *
closing_brace (Span s)
{
    guint depth = 0;
    gboolean quoted = FALSE;

    for (const char *p = s.p; p < s.end; p++) {
        if (quoted && *p == '\\' && p + 1 < s.end)
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == '{')
            depth++;
        else if (!quoted && *p == '}' && --depth == 0)
            return p + 1;
    }
    return s.end;
}

static gboolean
is_quoted (Span text, const char *at)
{
    const char *start = at;

    while (start > text.p && start[-1] != '\n')
        start--;
    return quote_strip_line ((Span) { start, at }).p != start;
}

gboolean
jsontext_next (Arena *arena, JsonCursor *at, JsonText *ret)
{
    Span rest = at->rest;
    const char *open = span_find (rest, "{");
    const char *close;

    if (open == NULL)
        return FALSE;
    close = closing_brace ((Span) { open, rest.end });
    at->line += count_lines (span_to (rest, open));
    *ret = (JsonText) { { open, close }, at->part, at->line, 0 };
    at->line += count_lines (ret->text);
    ret->last_line = at->line;
    if (is_quoted (rest, open))
        ret->text = quote_strip (arena, ret->text);
    at->rest.p = close;
    return TRUE;
}

Where
jsontext_where (const JsonText *j, Span value)
{
    Where where = { j->part, j->first_line, 0 };
    const char *found = span_left (value) > 0
                            ? memmem (j->text.p, span_left (j->text), value.p, span_left (value))
                            : NULL;

    if (found != NULL)
        where.line += count_lines (span_to (j->text, found));
    return where;
}

static void
skip_white (Span *s)
{
    while (s->p < s->end && g_ascii_isspace (*s->p))
        s->p++;
}

static gboolean
quoted_text (Span *s, Span *ret)
{
    Span t = *s;

    if (!span_lit (&t, "\""))
        return FALSE;
    *ret = t;
    while (t.p < t.end && *t.p != '"' && *t.p != '\n')
        t.p += *t.p == '\\' && t.p + 1 < t.end ? 2 : 1;
    ret->end = t.p;
    if (!span_lit (&t, "\""))
        return FALSE;
    *s = t;
    return TRUE;
}

static gboolean
read_pair (Span *s, JsonPair *ret)
{
    Span t = *s;
    gint64 number;

    if (!quoted_text (&t, &ret->key))
        return FALSE;
    skip_white (&t);
    if (!span_lit (&t, ":"))
        return FALSE;
    skip_white (&t);
    ret->value = t;
    if (span_int64 (&t, &number))
        ret->value.end = t.p;
    else if (!quoted_text (&t, &ret->value))
        return FALSE;
    *s = t;
    return TRUE;
}

gboolean
jsontext_pair (JsonPair *at, JsonPair *ret)
{
    for (; at->rest.p < at->rest.end; at->rest.p++)
        if (*at->rest.p == '"' && read_pair (&at->rest, ret))
            return TRUE;
    return FALSE;
}
