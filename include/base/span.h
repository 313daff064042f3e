/*
 * span - a run of bytes that somebody else owns
 *
 * Every parser here takes a Span and never expects a NUL.  The span_* readers
 * read at its start: on success they move `p' behind what they read, on
 * failure they leave the span as it was, so alternatives can be tried in turn.
 *
 * A Span lives as long as the memory it points into: for anything below a
 * message that is the message's arena.
 */
#pragma once
#include <glib.h>
#include <string.h>

typedef struct Span {
    const char *p, *end;
} Span;

#define SPAN_LIT(text) ((Span) { (text), (text) + sizeof (text) - 1 })

static inline gsize
span_left (Span s)
{
    return (gsize)(s.end - s.p);
}

static inline Span
span_of (const char *text) /* NUL-terminated; NULL is the empty span */
{
    return (Span) { text, text != NULL ? text + strlen (text) : NULL };
}

static inline Span
span_to (Span s, const char *end) /* what stands before `end' */
{
    return (Span) { s.p, end };
}

/* As g_ascii_tolower(), inline: for what runs over every byte of a mail. */
static inline char
span_lower (char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Reading at the start.  What is inline is asked for long lists at every line of a mail: nearly all
 * answers are known at the first byte. */
static inline gboolean
span_lit (Span *s, const char *lit)
{
    gsize n;

    if (*lit == '\0')
        return TRUE;
    if (s->p == s->end || *s->p != *lit)
        return FALSE;
    n = strlen (lit);
    if (span_left (*s) < n || memcmp (s->p, lit, n) != 0)
        return FALSE;
    s->p += n;
    return TRUE;
}

static inline gboolean
span_lit_nocase (Span *s, const char *lit) /* ASCII case */
{
    const char *p = s->p;

    for (; *lit != '\0'; p++, lit++)
        if (p == s->end || span_lower (*p) != span_lower (*lit))
            return FALSE;
    s->p = p;
    return TRUE;
}

static inline void
span_blanks (Span *s) /* past spaces and tabs */
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t'))
        s->p++;
}

gboolean span_uint (Span *s, guint max,
                    guint *ret_value);            /* digits up to `max'; 65536 is not 6553 */
gboolean span_int64 (Span *s, gint64 *ret_value); /* optional '-', digits */
gboolean span_line (Span *rest,
                    Span *ret_line); /* the next line, without LF or CRLF; FALSE at the end */
gboolean span_until (Span *rest, char stop, Span *ret_field); /* the next field; FALSE at the end */

/* Looking. */
Span span_trim (Span s); /* without ASCII white space at both ends */
Span span_unwrap (Span s, const char *pairs); /* also without a pair around it, as of "()<>" */

static inline gboolean
span_is (Span s, const char *text)
{
    return span_lit (&s, text) && s.p == s.end;
}

static inline gboolean
span_is_nocase (Span s, const char *text)
{
    return span_lit_nocase (&s, text) && s.p == s.end;
}

static inline gboolean
span_starts_nocase (Span s, const char *text)
{
    return span_lit_nocase (&s, text);
}

gboolean span_ends_nocase (Span s, const char *text);
const char *span_find (Span s, const char *lit); /* NULL when absent */
const char *span_find_nocase (Span s, const char *lit);
char *span_dup (Span s); /* g_free() it */
