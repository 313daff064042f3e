#include "base/mistakes.h"

struct Mistakes {
    GPtrArray *texts;
};

Mistakes *
mistakes_new (void)
{
    Mistakes *m = g_new (Mistakes, 1);

    m->texts = g_ptr_array_new_with_free_func (g_free);
    return m;
}

void
mistakes_free (Mistakes *m)
{
    if (m == NULL)
        return;
    g_ptr_array_unref (m->texts);
    g_free (m);
}

void
mistakes_add (Mistakes *m, const char *file, guint line, const char *format, ...)
{
    GString *text = g_string_new (file);
    va_list args;

    if (line > 0)
        g_string_append_printf (text, ":%u", line);
    g_string_append (text, ": ");
    va_start (args, format);
    g_string_append_vprintf (text, format, args);
    va_end (args);
    g_ptr_array_add (m->texts, g_string_free (text, FALSE));
}

guint
mistakes_count (const Mistakes *m)
{
    return m->texts->len;
}

const char *
mistakes_get (const Mistakes *m, guint i)
{
    g_assert (i < m->texts->len);
    return g_ptr_array_index (m->texts, i);
}

char *
mistakes_text (const Mistakes *m)
{
    GString *all = g_string_new (NULL);

    for (guint i = 0; i < m->texts->len; i++) {
        g_string_append (all, mistakes_get (m, i));
        g_string_append_c (all, '\n');
    }
    return g_string_free (all, FALSE);
}
