#include "effect/accuracy.h"
#include <string.h>

struct Accuracy {
    GHashTable *lines; /* of AccuracyLine, by scenario, which the key owns */
    guint reports, right;
};

Accuracy *
accuracy_new (void)
{
    Accuracy *a = g_new0 (Accuracy, 1);

    a->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return a;
}

void
accuracy_free (Accuracy *a)
{
    if (a == NULL)
        return;
    g_hash_table_unref (a->lines);
    g_free (a);
}

static AccuracyLine *
line_of (Accuracy *a, const char *scenario)
{
    AccuracyLine *line = g_hash_table_lookup (a->lines, scenario);
    char *key;

    if (line != NULL)
        return line;
    key = g_strdup (scenario);
    line = g_new0 (AccuracyLine, 1);
    line->scenario = key;
    g_hash_table_insert (a->lines, key, line);
    return line;
}

void
accuracy_add (Accuracy *a, const char *found, const char *is)
{
    a->reports++;
    if (strcmp (found, is) == 0) {
        a->right++;
        line_of (a, is)->right++;
        return;
    }
    line_of (a, found)->wrong++;
    line_of (a, is)->missed++;
}

guint
accuracy_reports (const Accuracy *a)
{
    return a->reports;
}

guint
accuracy_right (const Accuracy *a)
{
    return a->right;
}

static gint
by_scenario (gconstpointer x, gconstpointer y)
{
    const AccuracyLine *const *a = x, *const *b = y;

    return strcmp ((*a)->scenario, (*b)->scenario);
}

GPtrArray *
accuracy_lines (const Accuracy *a)
{
    GPtrArray *lines = g_ptr_array_new ();
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init (&iter, a->lines);
    while (g_hash_table_iter_next (&iter, NULL, &line))
        g_ptr_array_add (lines, line);
    g_ptr_array_sort (lines, by_scenario);
    return lines;
}

static double
share (guint part, guint other)
{
    return part + other > 0 ? (double)part / (part + other) : -1;
}

double
accuracy_precision (const AccuracyLine *l)
{
    return share (l->right, l->wrong);
}

double
accuracy_recall (const AccuracyLine *l)
{
    return share (l->right, l->missed);
}
