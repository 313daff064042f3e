#include "effect/reply_fill.h"

static guint
columns_of (Span word)
{
    guint n = 0;

    for (const char *p = word.p; p < word.end; p = g_utf8_next_char (p))
        n += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
    return n;
}

/* A full stop behind a link stands apart from it, so that mail programs do not take it for a part
 * of it. */
static gboolean
is_stop (Span word)
{
    return span_left (word) == 1 && g_ascii_ispunct (*word.p);
}

void
reply_wrap (GString *out, const char *text, const char *first, const char *others)
{
    Span rest = span_of (text), word;
    guint column = (guint)strlen (first);
    gboolean begun = FALSE;

    g_string_append (out, first);
    while (span_until (&rest, ' ', &word)) {
        guint wide = columns_of (word);

        if (begun && column + 1 + wide > REPLY_WIDTH && !is_stop (word)) {
            g_string_append_printf (out, "\n%s", others);
            column = (guint)strlen (others);
        } else if (begun) {
            g_string_append_c (out, ' ');
            column++;
        }
        g_string_append_len (out, word.p, (gssize)span_left (word));
        column += wide;
        begun = TRUE;
    }
    g_string_append_c (out, '\n');
}
