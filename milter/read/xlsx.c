#include "read/xlsx.h"
#include "base/markup.h"

struct Xlsx {
    GPtrArray *strings; /* the shared ones, by index */
    GPtrArray *sheets;  /* GBytes: read when the shared strings are known */
    GString *text;

    GString *value; /* of the cell or string being read */
    gboolean in_value, shared;
    guint column;
};

Xlsx *
xlsx_new (void)
{
    Xlsx *x = g_new0 (Xlsx, 1);

    x->strings = g_ptr_array_new_with_free_func (g_free);
    x->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    x->text = g_string_new (NULL);
    x->value = g_string_new (NULL);
    return x;
}

void
xlsx_free (Xlsx *x)
{
    if (x == NULL)
        return;
    g_ptr_array_unref (x->strings);
    g_ptr_array_unref (x->sheets);
    g_string_free (x->text, TRUE);
    g_string_free (x->value, TRUE);
    g_free (x);
}

gboolean
xlsx_is_member (const char *name)
{
    return name != NULL &&
           (strcmp (name, "[Content_Types].xml") == 0 || g_str_has_prefix (name, "_rels/") ||
            g_str_has_prefix (name, "xl/") || g_str_has_prefix (name, "docProps/") ||
            g_str_has_prefix (name, "word/") || g_str_has_prefix (name, "ppt/") ||
            g_str_has_prefix (name, "customXml/"));
}

static void
on_text (gpointer data, Span text)
{
    Xlsx *x = data;

    if (x->in_value)
        g_string_append_len (x->value, text.p, (gssize)span_left (text));
}

/* Shared strings: <si> with one <t>, or several in rich text; phonetic <rPh> is left in. */
static void
on_string_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    Xlsx *x = data;

    (void)attributes, (void)n;
    if (strcmp (name, "si") == 0)
        g_string_truncate (x->value, 0);
    x->in_value = strcmp (name, "t") == 0;
}

static void
on_string_end (gpointer data, const char *name)
{
    Xlsx *x = data;

    x->in_value = FALSE;
    if (strcmp (name, "si") == 0 && x->strings->len < XLSX_MAX_STRINGS)
        g_ptr_array_add (x->strings, g_strndup (x->value->str, x->value->len));
}

/* "C7" is in column 3. */
static guint
column_of (const char *reference)
{
    guint column = 0;

    for (; g_ascii_isupper (*reference) && column <= XLSX_MAX_COLUMNS; reference++)
        column = column * 26 + (guint)(*reference - 'A') + 1;
    return column;
}

static void
begin_cell (Xlsx *x, const MarkupAttribute *attributes, guint n)
{
    guint column = 0;

    x->shared = FALSE;
    g_string_truncate (x->value, 0);
    for (guint i = 0; i < n; i++) {
        if (strcmp (attributes[i].name, "r") == 0)
            column = column_of (attributes[i].value);
        if (strcmp (attributes[i].name, "t") == 0)
            x->shared = strcmp (attributes[i].value, "s") == 0;
    }
    column = CLAMP (column, x->column + 1, XLSX_MAX_COLUMNS + 1);
    for (; x->column < column; x->column++)
        if (x->column > 0)
            g_string_append_c (x->text, '\t');
}

static void
end_cell (Xlsx *x)
{
    const char *value = x->value->str;
    Span digits = span_of (value);
    guint index;

    if (x->shared)
        value = span_uint (&digits, G_MAXUINT, &index) && index < x->strings->len
                    ? g_ptr_array_index (x->strings, index)
                    : "";
    for (; *value != '\0' && x->text->len < XLSX_MAX_TEXT; value++)
        g_string_append_c (x->text,
                           *value == '\n' || *value == '\t' || *value == '\r' ? ' ' : *value);
}

static void
on_sheet_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    Xlsx *x = data;

    if (x->text->len >= XLSX_MAX_TEXT)
        return;
    if (strcmp (name, "row") == 0)
        x->column = 0;
    if (strcmp (name, "c") == 0)
        begin_cell (x, attributes, n);
    x->in_value = strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
}

static void
on_sheet_end (gpointer data, const char *name)
{
    Xlsx *x = data;

    x->in_value = FALSE;
    if (x->text->len >= XLSX_MAX_TEXT)
        return;
    if (strcmp (name, "c") == 0)
        end_cell (x);
    if (strcmp (name, "row") == 0 && x->column > 0)
        g_string_append_c (x->text, '\n');
}

void
xlsx_take (Xlsx *x, const char *name, Span bytes)
{
    static const MarkupHandler handler = { on_string_start, on_string_end, on_text };
    const char *defect;

    if (strcmp (name, "xl/sharedStrings.xml") == 0)
        (void)markup_xml (bytes, &handler, x, &defect);
    else if (g_str_has_prefix (name, "xl/worksheets/sheet"))
        g_ptr_array_add (x->sheets, g_bytes_new (bytes.p, span_left (bytes)));
}

Span
xlsx_text (Xlsx *x)
{
    static const MarkupHandler handler = { on_sheet_start, on_sheet_end, on_text };
    const char *defect;

    for (guint i = 0; i < x->sheets->len; i++) {
        gsize n;
        const char *p = g_bytes_get_data (g_ptr_array_index (x->sheets, i), &n);

        (void)markup_xml ((Span) { p, p + n }, &handler, x, &defect);
    }
    g_ptr_array_set_size (x->sheets, 0);
    return (Span) { x->text->str, x->text->str + x->text->len };
}
