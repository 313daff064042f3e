#include "effect/logfields.h"

#define FORM_VERSION 1
#define REAL_DECIMALS 6

/* Out */

static Json *
field_json (const Field *f, gconstpointer base)
{
    switch (f->type) {
    case FIELD_TEXT:
        return json_new_text (FIELD_GET (char *, base, f->at));
    case FIELD_NUMBER: {
        guint v = FIELD_GET (guint, base, f->at);

        return v != 0 ? json_new_int (v) : json_new_null ();
    }
    case FIELD_COUNT:
        return json_new_int ((gint64)MIN (FIELD_GET (guint64, base, f->at), G_MAXINT64));
    case FIELD_MOMENT: {
        gint64 v = FIELD_GET (gint64, base, f->at);

        return v != G_MININT64 ? json_new_int (v) : json_new_null ();
    }
    case FIELD_REAL:
        return json_new_real (FIELD_GET (double, base, f->at), REAL_DECIMALS);
    case FIELD_BOOL:
        return json_new_bool (FIELD_GET (gboolean, base, f->at));
    }
    g_assert_not_reached ();
}

/* The object that is to hold the last word of "a.b.c", which *name becomes. */
static Json *
inner_object (Json *object, const char **name)
{
    const char *dot;

    while ((dot = strchr (*name, '.')) != NULL) {
        g_autofree char *key = g_strndup (*name, (gsize)(dot - *name));

        if (json_get (object, key) == NULL)
            json_put (object, key, json_new_object ());
        object = (Json *)json_get (object, key); /* made here, so it may be changed here */
        *name = dot + 1;
    }
    return object;
}

static void
put_fields (Json *object, const FieldSet *set, gconstpointer base)
{
    for (guint i = 0; i < set->n_fields; i++) {
        const Field *f = &set->fields[i];
        const char *name = f->name;
        Json *at = inner_object (object, &name);

        json_put (at, name, field_json (f, base));
    }
}

static Json *
array_json (const FieldSet *set, const LogRow *row)
{
    const char *items = FIELD_GET (char *, row, set->at);
    guint n = FIELD_GET (guint, row, set->n_at);
    Json *list = json_new_list ();

    for (guint i = 0; i < n; i++) {
        Json *object = json_new_object ();

        put_fields (object, set, items + i * set->size);
        json_add (list, object);
    }
    return list;
}

static Json *
list_json (const char *const *items)
{
    Json *list = json_new_list ();

    for (; *items != NULL; items++)
        json_add (list, json_new_text (*items));
    return list;
}

Json *
logrow_to_json (const LogRow *row)
{
    Json *j = json_new_object ();

    json_put (j, "v", json_new_int (FORM_VERSION));
    put_fields (j, &log_report, row);
    for (guint i = 0; i < LOG_LISTS; i++)
        json_put (j, log_lists[i].name,
                  list_json (FIELD_GET (char *const *, row, log_lists[i].at)));
    for (guint i = 0; i < LOG_ARRAYS; i++)
        json_put (j, log_arrays[i].name, array_json (&log_arrays[i], row));
    if (row->text != NULL)
        json_put (j, "text", json_new_text (row->text));
    return j;
}

/* In */

static const Json *
field_find (const Json *object, const char *name)
{
    const char *dot;

    for (; (dot = strchr (name, '.')) != NULL; name = dot + 1) {
        g_autofree char *key = g_strndup (name, (gsize)(dot - name));

        object = json_get (object, key);
    }
    return json_get (object, name);
}

static void
take_fields (Arena *a, const FieldSet *set, const Json *object, gpointer base)
{
    for (guint i = 0; i < set->n_fields; i++)
        field_take_json (a, &set->fields[i], field_find (object, set->fields[i].name), base);
}

static void
take_array (LogRow *row, const FieldSet *set, const Json *list)
{
    gsize n = json_is_list (list) ? MIN (json_length (list), set->max) : 0;
    char *items = arena_alloc (row->arena, n * set->size);

    if (items == NULL)
        return;
    for (gsize i = 0; i < n; i++)
        take_fields (row->arena, set, json_item (list, i), items + i * set->size);
    *FIELD_AT (gpointer, row, set->at) = items;
    *FIELD_AT (guint, row, set->n_at) = (guint)n;
}

LogRow *
logrow_from_json (const Json *j)
{
    const char *id = json_text (json_get (j, "id"));
    Arena *a;
    LogRow *row;
    gboolean whole = TRUE;

    if (id == NULL || !ulid_valid (id))
        return NULL;
    a = arena_new (LOGROW_LIMIT_BYTES);
    row = arena_new0 (a, LogRow, 1);
    row->arena = a;
    take_fields (a, &log_report, j, row);
    for (guint i = 0; i < LOG_LISTS; i++)
        whole = field_take_list (row, &log_lists[i], json_get (j, log_lists[i].name)) && whole;
    for (guint i = 0; i < LOG_ARRAYS; i++)
        take_array (row, &log_arrays[i], json_get (j, log_arrays[i].name));
    row->text = arena_strdup (a, json_text (json_get (j, "text")));
    if (row->received_unix_ms == G_MININT64)
        row->received_unix_ms = ulid_unix_ms (id);
    if (row->accused == NULL)
        row->accused = logrow_accused (row);
    if (whole && row->scenario != NULL && row->priority != NULL && !arena_exhausted (a))
        return row;
    logrow_free (row);
    return NULL;
}
