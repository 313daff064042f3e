/* A text that stands in a JSON string, its line ends written as "\n": read as the lines it is. */
#include "read/build.h"
#include "read/reader.h"

#define MIN_ESCAPED 24 /* bytes of such a string; a shorter one has no log lines */

/* The next string with an escaped line end; FALSE when there is none. */
static gboolean
next_text (Span *rest, Span *ret)
{
    while (rest->p < rest->end) {
        const char *open = memchr (rest->p, '"', span_left (*rest)), *p;
        gboolean lines = FALSE;

        if (open == NULL)
            return FALSE;
        for (p = open + 1; p < rest->end && *p != '"'; p++)
            if (*p == '\\' && p + 1 < rest->end)
                lines |= *++p == 'n';
        *ret = (Span) { open + 1, MIN (p, rest->end) };
        rest->p = p < rest->end ? p + 1 : rest->end;
        if (lines && span_left (*ret) >= MIN_ESCAPED)
            return TRUE;
    }
    return FALSE;
}

static void
unescape (GString *out, Span text)
{
    for (const char *p = text.p; p < text.end; p++) {
        if (*p != '\\' || p + 1 == text.end) {
            g_string_append_c (out, *p);
            continue;
        }
        p++;
        g_string_append_c (out, *p == 'n' ? '\n' : *p == 't' ? '\t' : *p == 'r' ? ' ' : *p);
    }
}

gboolean
escaped_read (Reader *r)
{
    Line *line = reader_line (r);
    Span text = span_trim (line->text), rest = text, inside;
    g_autoptr (GString) out = NULL;
    const char *from = text.p;
    Where where = { line->part, line->number, 0 };
    Zone zone;

    if (line->part == 0 || text.p == text.end || *text.p != '{' || !next_text (&rest, &inside))
        return FALSE;
    out = g_string_new (NULL);
    do { /* the object without its texts, which follow it */
        g_string_append_len (out, from, inside.p - from);
        from = inside.end;
    } while (next_text (&rest, &inside));
    g_string_append_len (out, from, text.end - from);
    for (rest = text; next_text (&rest, &inside);) {
        g_string_append_c (out, '\n');
        unescape (out, inside);
    }
    set_evidence (line);
    zone = line->zone;
    if (!reader_begin (r, RECORD_BLOCK, NULL))
        return FALSE;
    reader_mark (r);
    r->is_open = FALSE;
    build_lines (r->facts, where, span_of (arena_strdup (r->facts->message->arena, out->str)),
                 zone);
    return TRUE;
}
