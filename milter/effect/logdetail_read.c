#include "effect/logdetail.h"
#include "effect/logfields.h"

/* The fields that an array's items do not share, in the order of their values; unknown ones NULL.
 */
static gsize
take_names (const FieldSet *set, const Json *names, const Field *ret[MAX_FIELDS])
{
    gsize n = json_is_list (names) ? MIN (json_length (names), MAX_FIELDS) : 0;

    for (gsize i = 0; i < n; i++) {
        const char *name = json_text (json_item (names, i));

        ret[i] = NULL;
        for (guint k = 0; name != NULL && k < set->n_fields; k++)
            if (strcmp (set->fields[k].name, name) == 0)
                ret[i] = &set->fields[k];
    }
    return n;
}

static void
take_array (LogRow *row, const FieldSet *set, const Json *array)
{
    const Json *all = json_get (array, "all"), *each = json_get (array, "each");
    gsize n = json_is_list (each) ? MIN (json_length (each), set->max) : 0;
    char *items = arena_alloc (row->arena, n * set->size);
    const Field *differ[MAX_FIELDS];
    gsize n_differ = take_names (set, json_get (array, "names"), differ);

    if (items == NULL || n == 0)
        return;
    for (guint i = 0; i < set->n_fields; i++)
        field_take_json (row->arena, &set->fields[i], json_get (all, set->fields[i].name), items);
    for (gsize i = n; i-- > 0;) { /* the first last, for the others begin as a copy of it */
        char *item = items + i * set->size;

        memcpy (item, items, set->size);
        for (gsize k = 0; k < n_differ; k++)
            if (differ[k] != NULL)
                field_take_json (row->arena, differ[k], json_item (json_item (each, i), k), item);
    }
    *FIELD_AT (gpointer, row, set->at) = items;
    *FIELD_AT (guint, row, set->n_at) = (guint)n;
}

gboolean
logdetail_read (const char *text, LogRow *row)
{
    const char *defect;
    g_autoptr (Json) j = json_read (span_of (text), &defect);
    gboolean good = json_is_object (j);

    for (guint i = 0; i < log_report.n_fields; i++)
        if (log_report.fields[i].in_detail)
            field_take_json (row->arena, &log_report.fields[i],
                             json_get (j, log_report.fields[i].name), row);
    for (guint i = 1; i < LOG_LISTS; i++)
        good = field_take_list (row, &log_lists[i], json_get (j, log_lists[i].name)) && good;
    for (guint i = 0; i < LOG_ARRAYS; i++)
        take_array (row, &log_arrays[i], json_get (j, log_arrays[i].name));
    return good;
}
