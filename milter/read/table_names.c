/* The names of columns that stand too close together. */
#include "read/table.h"

static gboolean
is_whole (const FieldMeaning *m)
{
    return m->what != FIELD_NONE && m->what != FIELD_ANY;
}

/* "SrcPort DstIP", "Dst IP Dst Port", "Proto First seen": two names with but one blank between. */
static gboolean
split_names (Span cell, Span *ret_first, Span *ret_second)
{
    if (span_left (cell) > 2 * FIELD_MAX_NAME + 1)
        return FALSE;
    for (const char *p = cell.p; (p = memchr (p, ' ', (gsize)(cell.end - p))) != NULL; p++) {
        Span first = { cell.p, p }, second = { p + 1, cell.end };
        FieldMeaning a, b;

        if (!field_meaning (first, &a) || !field_meaning (second, &b) || !is_whole (&a) ||
            !is_whole (&b) || b.what == FIELD_COUNT || b.what == FIELD_ZONE)
            continue;
        if (b.role == ROLE_UNKNOWN
                ? b.what == FIELD_PROTOCOL || (b.what == FIELD_TIME && a.what != b.what)
                : b.role != a.role || b.what != a.what) {
            *ret_first = first;
            *ret_second = second;
            return TRUE;
        }
    }
    return FALSE;
}

guint
table_names_apart (Span cells[TABLE_MAX_COLUMNS], guint n)
{
    for (guint i = 0; i < n && n < TABLE_MAX_COLUMNS; i++) {
        Span first, second;

        if (!split_names (cells[i], &first, &second))
            continue;
        memmove (&cells[i + 2], &cells[i + 1], (n - i - 1) * sizeof *cells);
        cells[i] = first;
        cells[i + 1] = second;
        n++;
    }
    return n;
}
