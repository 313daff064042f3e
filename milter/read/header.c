#include "read/header.h"
#include "base/eight.h"
#include "read/sniff.h"

gboolean
header_is_simple (Span raw)
{
    const char *p = raw.p;

    for (; raw.end - p >= 8; p += 8) {
        guint64 x = eight_at (p);

        if (((x & EIGHT_TOPS) | eight_equal (x, '\x1B') | eight_equal (x, '=')) != 0)
            break;
    }
    for (; p < raw.end; p++)
        if ((guchar)*p >= 0x80 || *p == '\x1B' || (*p == '=' && p + 1 < raw.end && p[1] == '?'))
            return FALSE;
    return TRUE;
}

static gboolean
is_control (char c)
{
    return (guchar)c < 0x20 || c == 0x7F;
}

static const char *
next_control (const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        guint64 x = eight_at (p), hits = eight_between (x, 0, 0x1F) | eight_equal (x, 0x7F);

        if (hits != 0)
            return p + eight_first (hits);
    }
    while (p < end && !is_control (*p))
        p++;
    return p;
}

/* Folds and controls become one space: a value is one line whatever its encoded words held. */
const char *
header_one_line (Arena *arena, Span value)
{
    char *text, *at;

    value = span_trim (value);
    text = at = arena_alloc (arena, span_left (value) + 1);
    if (text == NULL)
        return "";
    while (value.p < value.end) {
        const char *stop = next_control (value.p, value.end);

        at = (char *)mempcpy (at, value.p, (gsize)(stop - value.p));
        if (stop < value.end && at > text && at[-1] != ' ')
            *at++ = ' ';
        for (value.p = stop; value.p < value.end && stop < value.end; value.p++)
            if (!is_control (*value.p) && *value.p != ' ')
                break;
    }
    return text; /* the arena's memory is zero */
}

/* What is no address list may still hold something with an @ in it. */
Span
header_word_with_at (Span s)
{
    const char *at = span_find (s, "@"), *from = at;

    if (at == NULL)
        return SPAN_LIT ("");
    while (from > s.p && strchr (" \t\r\n<>(),;:\"[]", from[-1]) == NULL)
        from--;
    while (at < s.end && strchr (" \t\r\n<>(),;:\"[]", *at) == NULL)
        at++;
    return (Span) { from, at };
}

const char *
header_message_id (Arena *arena, const char *value)
{
    Span s = span_of (value);
    const char *end;

    if (span_lit (&s, "<") && (end = span_find (s, ">")) != NULL)
        s.end = end;
    return header_one_line (arena, s);
}

/* The attached mail's header as lines, so that finders and people can read it. */
Span
header_lines (Arena *arena, const Header *headers, guint n)
{
    GString *text = g_string_new (NULL);
    Span lines;

    for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s: %s\n", headers[i].name, headers[i].value);
    lines.p = arena_strndup (arena, text->str, text->len);
    lines.end = lines.p != NULL ? lines.p + text->len : NULL;
    g_string_free (text, TRUE);
    return lines;
}

/* An mbox "From " line, or blanks before the header, belong to whoever stored the mail. */
Span
header_start (Span bytes)
{
    Span rest = bytes, line;

    while (rest.p < rest.end && g_ascii_isspace (*rest.p))
        rest.p++;
    if (rest.p > bytes.p && !sniff_is_mail (rest))
        return bytes;
    if ((span_starts_nocase (rest, "From ") || span_starts_nocase (rest, ">From ")) &&
        span_line (&rest, &line))
        return rest;
    return rest;
}

/* RFC 5322 2.2.3: a line that begins with a blank belongs to the field before. */
gboolean
header_next (Span *rest, Span *ret_name, Span *ret_value)
{
    Span line;

    while (span_line (rest, &line)) {
        const char *start = line.p;
        const char *colon = line.p < line.end ? memchr (line.p, ':', span_left (line)) : NULL;

        if (colon == NULL || *start == ' ' || *start == '\t')
            continue;
        while (rest->p < rest->end && (*rest->p == ' ' || *rest->p == '\t'))
            (void)span_line (rest, &line);
        *ret_name = span_trim ((Span) { start, colon });
        *ret_value = (Span) { colon + 1, line.end };
        return TRUE;
    }
    return FALSE;
}
