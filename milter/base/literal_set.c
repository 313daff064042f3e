#include "base/literal_set.h"

Set *
set_new (void)
{
    Set *set = g_new0 (Set, 1);

    set->texts = g_ptr_array_new_with_free_func (g_free);
    return set;
}

void
set_free (Set *set)
{
    if (set == NULL)
        return;
    g_ptr_array_unref (set->texts);
    g_free (set);
}

/* How often a text holds one of them by chance, roughly. */
static double
commonness (const GPtrArray *texts)
{
    double sum = 0;

    for (guint i = 0; i < texts->len; i++) {
        double one = 1;

        for (gsize n = MIN (strlen (texts->pdata[i]), 10); n > 0; n--)
            one *= 0.35;
        sum += one;
    }
    return sum;
}

gboolean
set_is_rarer (const Set *a, const Set *b)
{
    return b == NULL || commonness (a->texts) < commonness (b->texts);
}

void
set_take (GPtrArray *into, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        if (!g_ptr_array_find_with_equal_func (into, from->pdata[i], g_str_equal, NULL))
            g_ptr_array_add (into, g_strdup (from->pdata[i]));
}
