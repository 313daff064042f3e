#include "value/message.h"
#include <stdio.h>

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

void
message_defect (Message *m, const char *format, ...)
{
    char text[256];
    va_list args;
    char *copy;

    va_start (args, format);
    vsnprintf (text, sizeof text, format, args);
    va_end (args);
    for (guint i = 0; i < m->defects.n; i++)
        if (strcmp (m->defects.items[i], text) == 0)
            return;
    if (m->defects.n >= LIMIT_DEFECTS)
        return;
    if (m->defects.room <
        LIMIT_DEFECTS) { /* reserved whole: a full arena is itself a defect to record */
        m->defects.items = arena_reserve (m->arena, LIMIT_DEFECTS * sizeof *m->defects.items);
        m->defects.room = LIMIT_DEFECTS;
    }
    copy = arena_reserve (m->arena, strlen (text) + 1);
    m->defects.items[m->defects.n++] = memcpy (copy, text, strlen (text) + 1);
}

const Part *
message_part (const Message *m, guint number)
{
    for (guint i = 0; i < m->n_parts; i++)
        if (m->parts[i].number == number)
            return &m->parts[i];
    return NULL;
}
