#include "value/message.h"
#include <stdio.h>

#define MAX_SENTENCE 256 /* bytes of a defect, with its NUL */

const char *
header_find (const Header *headers, guint n, const char *name)
{
    for (guint i = 0; i < n; i++)
        if (g_ascii_strcasecmp (headers[i].name, name) == 0)
            return headers[i].value;
    return NULL;
}

const char *
message_header (const Message *m, const char *name)
{
    return header_find (m->headers, m->n_headers, name);
}

static gboolean /* it is new */
record (Message *m, const char *text)
{
    char *copy;

    for (guint i = 0; i < m->defects.n; i++)
        if (strcmp (m->defects.items[i], text) == 0)
            return FALSE;
    if (m->defects.n >= LIMIT_DEFECTS)
        return FALSE;
    if (m->defects.room <
        LIMIT_DEFECTS) { /* reserved whole: a full arena is itself a defect to record */
        m->defects.items = arena_reserve (m->arena, LIMIT_DEFECTS * sizeof *m->defects.items);
        m->defects.room = LIMIT_DEFECTS;
    }
    copy = arena_reserve (m->arena, strlen (text) + 1);
    m->defects.items[m->defects.n++] = memcpy (copy, text, strlen (text) + 1);
    return TRUE;
}

void
message_defect (Message *m, const char *format, ...)
{
    char text[MAX_SENTENCE];
    va_list args;

    va_start (args, format);
    vsnprintf (text, sizeof text, format, args);
    va_end (args);
    record (m, text);
}

void
message_bound (Message *m, const char *format, ...)
{
    char text[MAX_SENTENCE];
    va_list args;

    va_start (args, format);
    vsnprintf (text, sizeof text, format, args);
    va_end (args);
    m->bounds += record (m, text) ? 1 : 0;
}

const Part *
message_part (const Message *m, guint number)
{
    for (guint i = 0; i < m->n_parts; i++)
        if (m->parts[i].number == number)
            return &m->parts[i];
    return NULL;
}
