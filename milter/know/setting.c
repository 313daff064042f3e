/* The rows, and the types that any program's settings have. */
#include "know/setting.h"
#include "base/span.h"

typedef struct Unit {
    const char *name;
    gint64 factor;
} Unit;

static const Unit sizes[] = {
    { "GiB", 1 << 30 }, { "MiB", 1 << 20 }, { "KiB", 1 << 10 }, { "", 1 }
};
static const Unit durations[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60 * 1000 } };

static const Setting *
find_row (const Setting *rows, const char *key)
{
    for (; rows->key != NULL; rows++)
        if (strcmp (rows->key, key) == 0)
            return rows;
    return NULL;
}

static void
unknown_key (Want *w, const YamlNode *key, const Setting *rows, const char *what)
{
    g_autoptr (GPtrArray) known = g_ptr_array_new ();

    for (; rows->key != NULL; rows++)
        g_ptr_array_add (known, (gpointer)rows->key);
    g_ptr_array_add (known, NULL);
    want_unknown (w, key, what, (const char *const *)known->pdata);
}

gboolean
setting_read_block (Want *w, const YamlNode *map, const Setting *rows, const char *what,
                    gpointer into)
{
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (map); i++) {
        const YamlNode *key = yaml_key (map, i);
        const Setting *row = find_row (rows, yaml_text (key));

        if (row == NULL)
            unknown_key (w, key, rows, what);
        good = row != NULL &&
               row->set (w, yaml_value (map, i), row, G_STRUCT_MEMBER_P (into, row->at)) && good;
    }
    return good;
}

gboolean
set_block (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    g_autofree char *what = g_strdup_printf ("key of %s", row->key);

    return want_map (w, n, row->key) && setting_read_block (w, n, row->inside, what, field);
}

gboolean
set_text (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = want_text (w, n, row->key);

    if (text != NULL)
        *(const char **)field = text;
    return text != NULL;
}

gboolean
set_word (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    if (yaml_text (n) != NULL && !setting_is_word (yaml_text (n)))
        return want_no_value (w, n, row->key, "one word of ASCII");
    return set_text (w, n, row, field);
}

gboolean
setting_is_word (const char *text)
{
    for (; *text != '\0'; text++)
        if (!g_ascii_isgraph (*text))
            return FALSE;
    return TRUE;
}

gboolean
set_bool (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return want_bool (w, n, row->key, field);
}

gboolean
set_choice (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return want_word (w, n, row->key, row->words, field);
}

gboolean
set_count (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    gint64 v;

    if (!want_int (w, n, row->key, row->min, row->max, &v))
        return FALSE;
    *(guint *)field = (guint)v;
    return TRUE;
}

static gboolean
with_unit (const YamlNode *n, const Unit *units, gsize n_units, const Setting *row, gint64 *ret)
{
    Span text = span_of (yaml_text (n));
    gint64 v;

    if (text.p == NULL || !span_int64 (&text, &v))
        return FALSE;
    span_blanks (&text);
    for (gsize i = 0; i < n_units; i++)
        if (span_is_nocase (text, units[i].name) && v >= 0 && v <= row->max / units[i].factor) {
            *ret = v * units[i].factor;
            return *ret >= row->min;
        }
    return FALSE;
}

gboolean
set_size (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    g_autofree char *expected = NULL;
    gint64 bytes;

    if (with_unit (n, sizes, G_N_ELEMENTS (sizes), row, &bytes)) {
        *(gsize *)field = (gsize)bytes;
        return TRUE;
    }
    expected = g_strdup_printf ("a size such as 4MiB, from %" G_GINT64_FORMAT
                                "KiB to %" G_GINT64_FORMAT "MiB",
                                row->min >> 10, row->max >> 20);
    return want_no_value (w, n, row->key, expected);
}

gboolean
set_duration (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    g_autofree char *expected = NULL;
    gint64 ms;

    if (with_unit (n, durations, G_N_ELEMENTS (durations), row, &ms)) {
        *(guint *)field = (guint)ms;
        return TRUE;
    }
    expected =
        row->min > 0
            ? g_strdup_printf ("a duration such as 2s or 500ms, from %" G_GINT64_FORMAT
                               "ms to %" G_GINT64_FORMAT "s",
                               row->min, row->max / 1000)
            : g_strdup_printf ("a duration such as 2s or 500ms, at most %" G_GINT64_FORMAT "s",
                               row->max / 1000);
    return want_no_value (w, n, row->key, expected);
}

gboolean
set_path (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    if (yaml_text (n) == NULL || yaml_text (n)[0] != '/')
        return want_no_value (w, n, row->key, "a path from the root");
    return set_text (w, n, row, field);
}

gboolean
setting_list (Want *w, const YamlNode *n, const Setting *row,
              const char *(*problem) (const char *text), gpointer field)
{
    const char *const *texts = want_texts (w, n, row->key);
    gboolean good = texts != NULL;

    for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
        if (problem (texts[i]) != NULL)
            good = want_no_value (w, want_item (n, i), row->key, problem (texts[i]));
    if (good)
        *(const char *const **)field = texts;
    return good;
}

static const char *
path_problem (const char *text)
{
    return text[0] == '/' ? NULL : "paths from the root";
}

gboolean
set_paths (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return setting_list (w, n, row, path_problem, field);
}
